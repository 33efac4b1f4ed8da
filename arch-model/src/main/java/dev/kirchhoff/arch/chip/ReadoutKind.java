package dev.kirchhoff.arch.chip;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Converter architecture: the word, keys and defaults of the spec language, the input of the
 * converter and the circuit family of its fitted factors. Its circuit is a model of the library of
 * peripherals.
 */
public enum ReadoutKind {
  /** Successive approximation on a capacitor array. */
  SAR(
      "sar",
      CircuitFamily.SAR,
      Senses.VOLTAGE,
      new Keys(
          16,
          8,
          8,
          "time of a step, of which a conversion takes one a bit and one more; without it the model's")),
  /** One comparator a threshold. */
  FLASH(
      "flash",
      CircuitFamily.FLASH,
      Senses.VOLTAGE,
      new Keys(10, 4, 8, "time in which the comparators decide; without it a clock cycle")),
  /** Binary search of a current, or of a voltage without a front end, against references. */
  SENSE_AMPLIFIER(
      "senseAmplifier",
      CircuitFamily.SENSE_AMPLIFIER,
      Senses.CURRENT,
      new Keys(
          4, 1, 1, "time of one decision; without it the least that currents and latch allow")),
  /** Adders in a tree over the active rows. */
  ADDER_TREE("adderTree", CircuitFamily.ADDER_TREE, OptionalInt.of(1)),
  /** A full adder in every cell. */
  ADDER_CHAIN("adderChain", CircuitFamily.ADDER_CHAIN, OptionalInt.empty()),
  /** A ramp of 2^B steps, shared by all columns. */
  RAMP(
      "ramp",
      CircuitFamily.OSCILLATOR,
      Senses.VOLTAGE,
      new Keys(12, 8, 1, "time of one step of the ramp; without it the model's")),
  /** An oscillator whose frequency follows the column's current, and a counter. */
  OSCILLATOR(
      "oscillator",
      CircuitFamily.OSCILLATOR,
      Senses.CURRENT,
      new Keys(14, 8, 1, "time of one count at full scale; without it the model's")),
  /** A neuron that integrates samples of the column's voltage and takes the charge away again. */
  CHARGE_DECREMENT(
      "chargeDecrement",
      CircuitFamily.CHARGE_DECREMENT,
      Senses.OPEN_COLUMN,
      new Keys(12, 8, 1, "time of one step of integration or decrement; without it the model's")),
  /** The time in which a column discharges a capacitor. */
  TIME_TO_DIGITAL(
      "timeToDigital",
      CircuitFamily.TIME_TO_DIGITAL,
      Senses.CURRENT,
      new Keys(12, 8, 1, "time of one code; without it the model's")),
  /** A neuron that fires whenever the column has delivered a quantum of charge. */
  INTEGRATE_FIRE(
      "integrateFire",
      CircuitFamily.INTEGRATE_FIRE,
      Senses.CURRENT,
      new Keys(12, 8, 1, "least time between two spikes; without it the model's"));

  /** Input of a converter. */
  public enum Senses {
    /** Voltage behind the front end, before which charge can be shared. */
    VOLTAGE,
    /** Current of a held bitline. */
    CURRENT,
    /** Voltage of a column that nothing holds. */
    OPEN_COLUMN,
    /** Products of single bits, added exactly. */
    BITS
  }

  /**
   * Keys of a converter and their defaults.
   *
   * @param mostBits most bits that the spec may ask for
   * @param bits bits by default
   * @param columns columns that share one by default
   * @param step sentence of the key {@code step}
   */
  public record Keys(int mostBits, int bits, int columns, String step) {}

  private final String word;
  private final CircuitFamily family;
  private final Senses senses;
  private final Optional<Keys> keys;
  private final OptionalInt adderColumns;

  ReadoutKind(String word, CircuitFamily family, Senses senses, Keys keys) {
    this.word = word;
    this.family = family;
    this.senses = senses;
    this.keys = Optional.of(keys);
    this.adderColumns = OptionalInt.empty();
  }

  /** Adders, whose bits follow from what they add. */
  ReadoutKind(String word, CircuitFamily family, OptionalInt adderColumns) {
    this.word = word;
    this.family = family;
    this.senses = Senses.BITS;
    this.keys = Optional.empty();
    this.adderColumns = adderColumns;
  }

  /** Word of the spec language. */
  public String word() {
    return word;
  }

  /**
   * Kind of a word.
   *
   * @throws IllegalArgumentException if no kind has the word
   */
  public static ReadoutKind ofWord(String word) {
    for (ReadoutKind kind : values()) {
      if (kind.word.equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("No readout is of kind (" + word + ").");
  }

  /** Circuit family of a converter behind a front end. */
  public CircuitFamily family() {
    return family;
  }

  /** Input of the converter behind its default front end. */
  public Senses senses() {
    return senses;
  }

  /** Keys of a converter and their defaults; empty of adders. */
  public Optional<Keys> keys() {
    return keys;
  }

  /** Columns that share adders by default; empty where each has its own, and of converters. */
  public OptionalInt adderColumns() {
    return adderColumns;
  }

  /** True if it adds bits instead of converting an analogue sum. */
  public boolean isDigital() {
    return senses == Senses.BITS;
  }

  /** True if nothing holds the column that it reads. */
  public boolean opensColumn() {
    return senses == Senses.OPEN_COLUMN;
  }
}
