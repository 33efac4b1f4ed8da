package dev.kirchhoff.arch.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceFigure;
import dev.kirchhoff.arch.device.Mechanism;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds docs/devices.md to the catalogue, and its example to the language. */
class DeviceDocumentTest {

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "devices.md"));
  }

  @Test
  void everyPresetStandsInTheLineOfItsMechanism() throws Exception {
    DeviceCatalogue catalogue = new DeviceCatalogue();
    for (String name : catalogue.names()) {
      Mechanism mechanism = catalogue.device(name).orElseThrow().material().mechanism();
      assertTrue(
          page()
              .lines()
              .anyMatch(
                  line ->
                      line.startsWith("| ")
                          && line.contains("`" + mechanism.word() + "`")
                          && line.matches(".*[ ,]" + name + "[ ,].*")),
          name);
    }
  }

  @Test
  void theExampleIsADevice() throws Exception {
    String page = page();
    int start = page.lastIndexOf("```yaml\n") + "```yaml\n".length();
    String text = "kirchhoff: 1\n" + page.substring(start, page.indexOf("```", start));
    DesignSpec spec =
        DesignSpec.load(
            "a.yaml", List.of(), List.of(), MapSources.environment(Map.of("a.yaml", text)));
    Device device = spec.newBinder().bind(spec.tree().start()).chip().cell().device();
    assertEquals(2.1, device.write().reset().voltage_V(), 0);
    assertEquals(80, device.write().reset().current_uA(), 0);
    assertEquals("fitted", device.provenance().word(DeviceFigure.PROGRAMMING));
    assertEquals("given", device.provenance().word(DeviceFigure.AREA));
  }
}
