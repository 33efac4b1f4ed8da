package dev.kirchhoff.arch.spec;

import java.util.Arrays;
import java.util.List;

/** Access to the files that a spec consists of; models do not read files themselves. */
public interface Sources {
  /** Failure to read a file; the message completes "FILE ...". */
  final class SourceException extends Exception {
    private final boolean isAbsence;

    /** A file that cannot be read: {@code "is a directory"}. */
    public SourceException(String message) {
      this(message, false);
    }

    private SourceException(String message, boolean isAbsence) {
      super(message);
      this.isAbsence = isAbsence;
    }

    /** A file that does not exist or may not be named: {@code "does not exist"}. */
    public static SourceException absent(String message) {
      return new SourceException(message, true);
    }

    /** True if there is no such file, or none may be named. */
    public boolean isAbsence() {
      return isAbsence;
    }
  }

  /** The name of a file that another file names, relative to that file. */
  String resolve(String from, String name);

  /**
   * The bytes of a file.
   *
   * @throws SourceException if they cannot be read
   */
  byte[] read(String file) throws SourceException;

  /**
   * The bytes of a file that may be larger than a spec.
   *
   * @param limit_B most bytes
   * @throws SourceException if they cannot be read or exceed the limit
   */
  default byte[] read(String file, long limit_B) throws SourceException {
    return read(file);
  }

  /** True if a name is that of a folder of files. */
  default boolean isFolder(String file) {
    return false;
  }

  /**
   * The size of a file in bytes.
   *
   * @throws SourceException if it cannot be determined
   */
  default long size(String file) throws SourceException {
    return read(file).length;
  }

  /**
   * Part of a file; shorter where the file ends earlier.
   *
   * @throws SourceException if it cannot be determined
   */
  default byte[] read(String file, long offset, int length) throws SourceException {
    byte[] bytes = read(file);
    int start = (int) Math.min(bytes.length, offset);
    return Arrays.copyOfRange(bytes, start, (int) Math.min(bytes.length, (long) start + length));
  }

  /**
   * The name of a file that another file names and that must be in its folder or below.
   *
   * @throws SourceException if it is not
   */
  default String resolveBeside(String from, String name) throws SourceException {
    String plain = name.replace('\\', '/');
    if (plain.isEmpty()
        || plain.startsWith("/")
        || plain.matches("[A-Za-z]:.*")
        || plain.indexOf('\0') >= 0
        || List.of(plain.split("/")).contains("..")) {
      throw new SourceException("must be in the folder of " + from);
    }
    return resolve(from, name);
  }
}
