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
    PrivateFiles.protectFile(fresh);
    replace(file, fresh, text);
  }

  /**
   * Writes a file that others may read as far as the process's mask lets them.
   *
   * @throws IOException if it cannot be written; the old text stays
   */
  public static void writeForAll(Path file, String text) throws IOException {
    String name = file.getFileName() + "." + ProcessHandle.current().pid() + ".new";
    replace(file, file.resolveSibling(name), text);
  }

  private static void replace(Path file, Path fresh, String text) throws IOException {
    try {
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
