package dev.kirchhoff.arch.spec;

/** Endings of file names, compared without case. */
public final class FileEndings {
  private FileEndings() {}

  /** True if a file's name ends with {@code ending}, ignoring case. */
  public static boolean matches(String file, String ending) {
    int from = file.length() - ending.length();
    return from >= 0 && file.regionMatches(true, from, ending, 0, ending.length());
  }
}
