package dev.kirchhoff.dse.desk;

import java.nio.file.Path;

/** Folders that are shipped with the program. */
final class ProjectFiles {
  private ProjectFiles() {}

  /** Folder of the launcher. */
  static Path home() {
    String home = System.getenv("KIRCHHOFF_HOME");
    return Path.of(home == null || home.isEmpty() ? "." : home);
  }
}
