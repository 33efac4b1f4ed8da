package dev.kirchhoff.arch.chip;

/**
 * Links that leave the chip.
 *
 * @param kind link circuit
 * @param links number of links
 * @param bandwidth_GBps bandwidth of one link
 * @param model which model prices one link
 */
public record Io(IoKind kind, int links, double bandwidth_GBps, ComponentModel model) {
  /** Link circuit. */
  public enum IoKind {
    NONE("none"),
    HYPER_TRANSPORT("hyperTransport"),
    PARALLEL("parallel");

    private final String word;

    IoKind(String word) {
      this.word = word;
    }

    /** The word of the spec language. */
    public String word() {
      return word;
    }
  }
}
