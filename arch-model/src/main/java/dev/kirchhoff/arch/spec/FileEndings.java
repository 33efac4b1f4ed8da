package dev.kirchhoff.arch.spec;

/** Endings of file names, compared without case. */
public final class FileEndings {
  private FileEndings() {}

  /** True if a file's name ends with {@code ending}, ignoring case. */
  public static boolean matches(String file, String ending) {
    int from = file.length() - ending.length();
    return from >= 0 && file.regionMatches(true, from, ending, 0, ending.length());
  }

  /** A file's name without an ending, if it has it. */
  public static String without(String file, String ending) {
    return matches(file, ending) ? file.substring(0, file.length() - ending.length()) : file;
  }
}
