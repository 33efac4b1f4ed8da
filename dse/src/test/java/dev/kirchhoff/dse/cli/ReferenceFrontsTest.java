package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The specs of the reference fronts: five networks on four technologies, alike in all else. */
class ReferenceFrontsTest {
  private static final Path FOLDER = Path.of("..", "examples", "fronts");
  private static final List<String> KINDS =
      List.of(
          "sar",
          "flash",
          "senseAmplifier",
          "ramp",
          "oscillator",
          "chargeDecrement",
          "timeToDigital",
          "integrateFire");

  static List<String> specs() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(Path::toString)
          .filter(f -> f.matches(".*-[a-z0-9]*\\.yaml"))
          .sorted()
          .toList();
    }
  }

  @Test
  void thereAreTwentyOfFiveNetworksOnFourTechnologies() throws IOException {
    Set<String> networks = new HashSet<>();
    Set<String> technologies = new HashSet<>();
    for (String spec : specs()) {
      String[] words = Path.of(spec).getFileName().toString().split("[-.]");
      networks.add(words[0]);
      technologies.add(words[1]);
    }
    assertEquals(20, specs().size());
    assertEquals(5, networks.size());
    assertEquals(4, technologies.size());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void everyReadoutHasTheSameBitsSharingAndVoltage(String spec) {
    JsonNode check = CommandRun.of("check", "--json", spec).exits(0).json();
    List<String> kinds = new ArrayList<>();
    for (JsonNode knob : check.get("knobs")) {
      String path = knob.get("path").asText();
      if (path.equals("pe.readout.bits")) {
        String kind = knob.get("condition").get("value").asText();
        kinds.add(kind);
        // The language knows sense amplifiers of four bits at most.
        int most = kind.equals("senseAmplifier") ? 4 : 10;
        assertEquals(most, knob.get("values").size(), kind);
        assertEquals(1, knob.get("values").get(0).asInt(), kind);
        assertEquals(most, knob.get("values").get(most - 1).asInt(), kind);
      } else {
        assertFalse(path.startsWith("pe.readout."), path + " is free for some kinds alone");
        assertFalse(path.equals("cell.readVoltage") && knob.has("condition"), path);
      }
    }
    assertEquals(KINDS, kinds);
  }
}
