package dev.kirchhoff.arch.spec;

/** Paths as they are shown: written from the top, {@code chip.} left out. */
public final class Paths {
  private Paths() {}

  /** A path without a leading {@code chip.}. */
  public static String shown(String path) {
    if (path.equals("chip")) {
      return "chip";
    }
    return path.startsWith("chip.") ? path.substring("chip.".length()) : path;
  }

  /** A path one key deeper. */
  public static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
