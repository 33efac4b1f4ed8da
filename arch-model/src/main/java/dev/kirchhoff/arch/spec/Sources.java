package dev.kirchhoff.arch.spec;

/** Hands over the files that a spec consists of; models do not read files themselves. */
public interface Sources {
  /** Why a file cannot be had; the message completes "FILE ...". */
  final class SourceException extends Exception {
    /** {@code "does not exist"}, {@code "is a directory"}. */
    public SourceException(String message) {
      super(message);
    }
  }

  /** The name of a file that another file names, relative to that file. */
  String resolve(String from, String name);

  /**
   * The bytes of a file.
   *
   * @throws SourceException if they cannot be had
   */
  byte[] read(String file) throws SourceException;
}
