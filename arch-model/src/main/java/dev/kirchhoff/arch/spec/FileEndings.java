package dev.kirchhoff.arch.spec;

/** What names of files end with, in small letters or in capitals. */
public final class FileEndings {
  private FileEndings() {}

  /** Whether a file's name ends with {@code ending}, whatever the case of its letters. */
  public static boolean matches(String file, String ending) {
    int from = file.length() - ending.length();
    return from >= 0 && file.regionMatches(true, from, ending, 0, ending.length());
  }
}
