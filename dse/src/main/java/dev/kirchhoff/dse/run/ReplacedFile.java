package dev.kirchhoff.dse.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Small files that are replaced as a whole, by rename, so that a reader sees the old text or the
 * new, never half.
 */
public final class ReplacedFile {
  private ReplacedFile() {}

  /**
   * Writes a file that its owner alone may read.
   *
   * @throws IOException if it cannot be written; the old text stays
   */
  public static void write(Path file, String text) throws IOException {
    String name = file.getFileName().toString();
    Path fresh = Files.createTempFile(file.getParent(), name + ".", ".new");
    try {
      PrivateFiles.protectFile(fresh);
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
