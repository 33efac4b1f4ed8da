package dev.kirchhoff.dse.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders of a data directory, for their owner alone: 0600 and 0700, whatever the
 * process's umask. On file systems without POSIX permissions they are made as the system makes
 * them; {@link #isSupported} tells.
 */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  /** True if the file system of an existing path has POSIX permissions. */
  public static boolean isSupported(Path existing) {
    return Files.getFileAttributeView(existing, PosixFileAttributeView.class) != null;
  }

  /**
   * Makes a folder in an existing one.
   *
   * @throws FileAlreadyExistsException if there is something of that name
   * @throws IOException if it cannot be made
   */
  public static void createFolder(Path folder) throws IOException {
    Files.createDirectory(folder, attributes(folder.toAbsolutePath().getParent(), FOLDER));
    protectFolder(folder);
  }

  /** Makes a folder in an existing one unless it is there. */
  public static void createFolderIfAbsent(Path folder) throws IOException {
    try {
      createFolder(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /**
   * Makes an empty file.
   *
   * @throws FileAlreadyExistsException if there is something of that name
   * @throws IOException if it cannot be made
   */
  public static void createFile(Path file) throws IOException {
    Files.createFile(file, attributes(file.toAbsolutePath().getParent(), FILE));
    protectFile(file);
  }

  /**
   * Makes an empty file unless there is one.
   *
   * @throws IOException if it cannot be made
   */
  public static void createFileIfAbsent(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    try {
      createFile(file);
    } catch (FileAlreadyExistsException e) {
      return; // another process was faster, and made it alike
    }
  }

  /** Takes a folder from everybody but its owner. */
  static void protectFolder(Path folder) throws IOException {
    protect(folder, FOLDER);
  }

  /** Takes a file from everybody but its owner. */
  static void protectFile(Path file) throws IOException {
    protect(file, FILE);
  }

  private static void protect(Path path, Set<PosixFilePermission> permissions) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(permissions);
    }
  }

  /** Permissions from the start, so that there is no moment in which others may read. */
  private static FileAttribute<?>[] attributes(Path parent, Set<PosixFilePermission> permissions) {
    return isSupported(parent)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }
}
