package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Models of Debian's libonnx-testdata. Tests that need them carry the tag {@code testdata}. */
final class TestData {
  static final Path DATA = Path.of("/usr/share/libonnx-testdata/data");
  static final Path LIGHT = DATA.resolve("light");

  private TestData() {}

  /** A file or folder of the package; fails with what to install if it is not there. */
  static Path require(Path path) {
    assertTrue(
        Files.exists(path),
        path + " is missing: install the package libonnx-testdata of Debian or Ubuntu");
    return path;
  }
}
