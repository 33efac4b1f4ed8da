package dev.kirchhoff.arch.chip;

/**
 * How an input value becomes pulses on a wordline.
 *
 * @param encoding signal representation
 * @param bitsPerPulse input bits that one pulse carries; more than one needs a multi-level DAC
 * @param model which model prices one row's driver
 */
public record Input(Encoding encoding, int bitsPerPulse, ComponentModel model) {
  /** Signal representation of inputs. */
  public enum Encoding {
    /** Slices of {@code bitsPerPulse} bits, pulse after pulse. */
    BIT_SERIAL("bitSerial"),
    /** The whole value as one amplitude. */
    AMPLITUDE("amplitude");

    private final String word;

    Encoding(String word) {
      this.word = word;
    }

    /** The word of the spec language. */
    public String word() {
      return word;
    }
  }
}
