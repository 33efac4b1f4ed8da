package dev.kirchhoff.dse.gallery;

/**
 * Scope of a row of {@code expect}: a level of the hierarchy, or a part in one.
 *
 * @param level chip, tile, pe or crossbar; empty = the level that the part is in
 * @param part path of the part, {@code readout}, or empty
 */
record Scope(String level, String part) {
  /** The word of a level in trees. */
  static String inTree(String level) {
    return level.equals("pe") ? "PE" : level;
  }

  static Scope of(String text) {
    if (text.equals("chip") || text.equals("tile") || text.equals("pe")) {
      return new Scope(text, "");
    }
    if (text.equals("crossbar")) {
      return new Scope(text, "pe.crossbar");
    }
    return new Scope("", text);
  }

  boolean isChip() {
    return level.equals("chip");
  }

  /** True if it has a throughput of its own: a chip, a tile or a PE. */
  boolean computes() {
    return part.isEmpty();
  }
}
