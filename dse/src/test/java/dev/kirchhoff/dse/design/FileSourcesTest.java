package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kirchhoff.arch.spec.Sources.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are read as they are, whole or in part. */
class FileSourcesTest {
  @TempDir private Path folder;

  /** Around the size of the pieces that a file is read in. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_000_000})
  void allBytesOfAFileOfAnySizeAreRead(int size) throws Exception {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    String file = Files.write(folder.resolve("f"), bytes).toString();
    FileSources sources = new FileSources();
    assertArrayEquals(bytes, sources.read(file));
    assertArrayEquals(bytes, sources.read(file, size));
    assertArrayEquals(bytes, sources.read(file, 1L << 40));
    assertEquals(size, sources.size(file));
    assertEquals(1, sources.digests().size());
    if (size > 0) {
      assertThrows(SourceException.class, () -> sources.read(file, size - 1));
    }
  }

  /** A spec may come through a pipe, a network may not. */
  @Test
  void pipesAreRefusedBeforeTheyAreWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    FileSources sources = new FileSources();
    String file = pipe.toString();
    assertRefused(() -> sources.read(file, 1000));
    assertRefused(() -> sources.read(file, 0, 1000));
    assertRefused(() -> sources.size(file));
    assertRefused(() -> sources.read(file));
  }

  private static void assertRefused(org.junit.jupiter.api.function.Executable read) {
    assertEquals(
        "is not a regular file but a pipe or device",
        assertThrows(SourceException.class, read).getMessage());
  }
}
