package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelVersionTest {
  @TempDir Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve("classes").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String digest() throws IOException {
    return ModelVersion.digest(List.of(folder.resolve("classes")), List.of("engine-8.jar"));
  }

  @Test
  void aVersionIsTheReleaseWithADigestAndARemarkThatDoesNotMakeItAnother() {
    String identity = ModelVersion.identity();
    assertTrue(identity.matches("[^+]+[+][0-9a-f]{12}"), identity);
    assertTrue(ModelVersion.isOurs(ModelVersion.text()));
    assertTrue(ModelVersion.isOurs(identity));
    assertTrue(ModelVersion.isOurs(identity + ".dirty"));
    assertFalse(ModelVersion.isOurs(identity + "0"));
    assertFalse(ModelVersion.isOurs("0.0.1+ab12cd34ef56"));
  }

  @Test
  void modelsDataAndSearchDecideTheDigestAndCommandsPagesAndEventsDoNot() throws IOException {
    write("dev/kirchhoff/mapper/noise/NoiseModel.class", "noise");
    write("dev/kirchhoff/peripherals/circuits/sar.json", "data");
    write("dev/kirchhoff/dse/engine/RandomEngine.class", "engine");
    String before = digest();
    write("dev/kirchhoff/dse/cli/Main.class", "command");
    write("dev/kirchhoff/arch/event/RunEvent.class", "event");
    write("dev/kirchhoff/dashboards/page/main.js", "page");
    write("META-INF/MANIFEST.MF", "built by");
    assertEquals(before, digest());
    for (String decisive :
        List.of(
            "dev/kirchhoff/mapper/noise/NoiseModel.class",
            "dev/kirchhoff/peripherals/circuits/sar.json",
            "dev/kirchhoff/dse/engine/RandomEngine.class",
            "dev/kirchhoff/arch/chip/Chip.class")) {
      String last = digest();
      write(decisive, "changed");
      assertNotEquals(last, digest(), decisive);
    }
    assertNotEquals(
        digest(), ModelVersion.digest(List.of(folder.resolve("classes")), List.of("engine-9.jar")));
  }

  @Test
  void aJarAndTheFolderThatItWasMadeOfHaveOneDigest() throws IOException {
    write("dev/kirchhoff/mapper/noise/NoiseModel.class", "noise");
    write("dev/kirchhoff/peripherals/circuits/sar.json", "data");
    Path jar = folder.resolve("models.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("dev/kirchhoff/peripherals/"));
      for (String name :
          List.of(
              "dev/kirchhoff/peripherals/circuits/sar.json",
              "META-INF/MANIFEST.MF",
              "dev/kirchhoff/mapper/noise/NoiseModel.class")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write((name.endsWith("json") ? "data" : "noise").getBytes());
      }
    }
    assertEquals(digest(), ModelVersion.digest(List.of(jar), List.of("engine-8.jar")));
  }
}
