package dev.kirchhoff.arch.chip;

/**
 * Links that leave the chip, with the memory behind them where the kind is one of memory.
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
    PARALLEL("parallel"),
    /** LPDDR4 memory and its interface. */
    LPDDR4("lpddr4"),
    /** DDR3 memory and its interface. */
    DDR3("ddr3"),
    /** GDDR5 memory and its interface. */
    GDDR5("gddr5"),
    /** Stacked memory of the second generation and its interface. */
    HBM2("hbm2");

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
