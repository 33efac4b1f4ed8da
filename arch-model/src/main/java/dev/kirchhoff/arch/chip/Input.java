package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;
import static dev.kirchhoff.arch.spec.Type.word;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Conversion of an input value to pulses on a wordline.
 *
 * @param encoding signal representation
 * @param bitsPerPulse input bits that one pulse or train of pulses carries; empty = the whole
 *     magnitude
 * @param combine pulses of an input whose column values are sampled, weighted by their significance
 *     and added before one conversion; empty = those of the whole magnitude
 * @param sign presentation of the sign of an input
 * @param pulse_ns time of one pulse (of one step of a pulse's width); empty = the shortest that
 *     clock and readout allow
 * @param wordline swing of lines that drive gates
 * @param stated errors of the levels that are stated
 * @param model model that prices one row's driver
 */
public record Input(
    Encoding encoding,
    OptionalInt bitsPerPulse,
    OptionalInt combine,
    Sign sign,
    OptionalDouble pulse_ns,
    Swing wordline,
    StatedInputErrors stated,
    ComponentModel model) {

  private static final WordIndex<Encoding> ENCODINGS =
      new WordIndex<>(Encoding.values(), Encoding::word);
  private static final WordIndex<Sign> SIGNS = new WordIndex<>(Sign.values(), Sign::word);

  /** Pulses that are converted one by one. */
  private static final OptionalInt ONE = OptionalInt.of(1);

  /** Magnitude bits that one phase carries before a two-phase input needs a second one. */
  private static final int ONE_PHASE_BITS = 3;

  /** Inputs whose sign takes a second pass, pulses of one clock cycle, gates at the core supply. */
  public Input(Encoding encoding, int bitsPerPulse, ComponentModel model) {
    this(
        encoding,
        OptionalInt.of(bitsPerPulse),
        Sign.SECOND_PASS,
        OptionalDouble.empty(),
        Swing.SUPPLY,
        model);
  }

  /** Inputs whose pulses, or trains, are converted one by one. */
  public Input(
      Encoding encoding,
      OptionalInt bitsPerPulse,
      Sign sign,
      OptionalDouble pulse_ns,
      Swing wordline,
      ComponentModel model) {
    this(encoding, bitsPerPulse, ONE, sign, pulse_ns, wordline, model);
  }

  /** Inputs with the errors of their circuits. */
  public Input(
      Encoding encoding,
      OptionalInt bitsPerPulse,
      OptionalInt combine,
      Sign sign,
      OptionalDouble pulse_ns,
      Swing wordline,
      ComponentModel model) {
    this(encoding, bitsPerPulse, combine, sign, pulse_ns, wordline, StatedInputErrors.NONE, model);
  }

  /** These inputs with pulses of another time. */
  public Input withPulse(double other_ns) {
    return new Input(
        encoding,
        bitsPerPulse,
        combine,
        sign,
        OptionalDouble.of(other_ns),
        wordline,
        stated,
        model);
  }

  /** Bits of the magnitude of an input of a number of bits: lines of two polarities save one. */
  public int magnitudeBits(int inputBits) {
    return sign == Sign.SECOND_PASS ? inputBits : Math.max(1, inputBits - 1);
  }

  /** Signs that a line can drive in one pass. */
  public int polarities() {
    return sign == Sign.SECOND_PASS ? 1 : 2;
  }

  /** Bits of the magnitude that one pulse or train of pulses carries. */
  public int bitsOfPulse(int inputBits) {
    int magnitude = magnitudeBits(inputBits);
    if (encoding == Encoding.AMPLITUDE) {
      return magnitude;
    }
    if (bitsPerPulse.isPresent()) {
      return bitsPerPulse.getAsInt();
    }
    return sign == Sign.TWO_PHASE && magnitude > ONE_PHASE_BITS ? (magnitude + 1) / 2 : magnitude;
  }

  /** Pulses or trains that present a magnitude once. */
  public int pulsesOf(int inputBits) {
    int bits = bitsOfPulse(inputBits);
    return (magnitudeBits(inputBits) + bits - 1) / bits;
  }

  /** Bits of a digit, of the magnitude, that one conversion sees. */
  public int bitsOfDigit(int inputBits) {
    int pulse = bitsOfPulse(inputBits);
    int magnitude = magnitudeBits(inputBits);
    if (combine.isEmpty()) {
      return magnitude;
    }
    return combines() ? Math.min(magnitude, pulse * combine.getAsInt()) : pulse;
  }

  /** Digits that present a magnitude once. */
  public int digitsOf(int inputBits) {
    int bits = bitsOfDigit(inputBits);
    return (magnitudeBits(inputBits) + bits - 1) / bits;
  }

  /** These inputs with pulses that are converted one by one. */
  public Input uncombined() {
    return combines()
        ? new Input(encoding, bitsPerPulse, ONE, sign, pulse_ns, wordline, stated, model)
        : this;
  }

  /** Voltages of more than one level: cells must conduct in proportion to them. */
  public boolean hasAmplitudes() {
    return encoding == Encoding.AMPLITUDE || encoding == Encoding.BIT_SERIAL && !isBitByBit();
  }

  private boolean isBitByBit() {
    return bitsPerPulse.isPresent() && bitsPerPulse.getAsInt() == 1;
  }

  /** True if pulses are combined before a conversion. */
  public boolean combines() {
    return combine.isEmpty() || combine.getAsInt() > 1;
  }

  /** Signal representation of inputs. */
  public enum Encoding {
    /** Slices of {@code bitsPerPulse} bits, pulse after pulse. */
    BIT_SERIAL("bitSerial"),
    /** The whole value as one amplitude. */
    AMPLITUDE("amplitude"),
    /** A pulse as long as the digit, one amplitude. */
    PULSE_WIDTH("pulseWidth"),
    /** Train of equal pulses, their number the digit. */
    PULSE_COUNT("pulseCount");

    private final String word;

    Encoding(String word) {
      this.word = word;
    }

    /** The word of the spec language. */
    public String word() {
      return word;
    }

    /** True if a digit is an amplitude, so that lines carry levels and cells must be linear. */
    public boolean isAmplitude() {
      return this == BIT_SERIAL || this == AMPLITUDE;
    }
  }

  /** Presentation of the sign of an input. */
  public enum Sign {
    /** Positive values in one pass, negative ones in a second. */
    SECOND_PASS("secondPass"),
    /** Lines drive both polarities; the sign is one of the input's bits. */
    BIPOLAR("bipolar"),
    /** Both polarities; magnitudes above 3 bits come in two phases. */
    TWO_PHASE("twoPhase");

    private final String word;

    Sign(String word) {
      this.word = word;
    }

    /** The word of the spec language. */
    public String word() {
      return word;
    }
  }

  /**
   * Voltages of a line that drives gates.
   *
   * @param low_V low level
   * @param high_V high level; empty = the core supply
   */
  public record Swing(double low_V, OptionalDouble high_V) {

    /** From ground to the core supply. */
    public static final Swing SUPPLY = new Swing(0, OptionalDouble.empty());

    private static Shape shape() {
      return new Shape(
          "wordline",
          "a wordline",
          List.of(
              Key.of(
                  "low", quantity(Dimension.VOLTAGE, 0, 5), "0 V", "level of a gate that is off"),
              Key.of(
                  "high",
                  Type.aboveZero(Dimension.VOLTAGE, 10, "supply"),
                  "supply",
                  "level of a gate that is on")));
    }

    private static Swing of(View.Section wordline) {
      return new Swing(
          wordline.number("low"),
          wordline.isWord("high", "supply")
              ? OptionalDouble.empty()
              : OptionalDouble.of(wordline.number("high")));
    }
  }

  /** Keys of an input. */
  static Shape shape() {
    List<Key> keys =
        new ArrayList<>(
            List.of(
                Key.of(
                    "encoding",
                    word(ENCODINGS.words()),
                    "bitSerial",
                    "pulses of some bits one after the other as amplitudes, the whole value as one amplitude, one pulse as long as the digit, or a number of pulses equal to the digit"),
                Key.optional(
                        "bitsPerPulse",
                        whole(1, 8),
                        "input bits that one pulse or train of pulses carries; without it 1 (bitSerial) or the whole magnitude")
                    .setting(),
                Key.optional(
                        "combine",
                        new Type.WholeNumber(1, 16, List.of("value")),
                        "pulses of an input whose column voltages are sampled, each halving what was sampled before (charge shared by two capacitors), and converted once; value = all of an input; without it 1")
                    .setting(),
                Key.of(
                    "sign",
                    word(SIGNS.words()),
                    "secondPass",
                    "negative inputs in a second pass, or by lines of both polarities, which saves a bit of the magnitude; twoPhase is bipolar with magnitudes above 3 bits in two phases"),
                Key.optional(
                    "pulse",
                    quantity(Dimension.TIME, 0.001, 1e6),
                    "time of one pulse, or of one step of a pulse width; without it a clock cycle, or as long as the readout requires"),
                Key.optional(
                    "wordline",
                    new Type.Section(Swing.shape()),
                    "swing of lines that drive gates")));
    keys.addAll(StatedInputErrors.keys());
    keys.add(ComponentModel.key("input", "pulses", "wordlines", "rowConvert"));
    return new Shape("input", "an input", keys);
  }

  /**
   * Inputs of a design.
   *
   * @param inputBits bits of the widest input, all of which an amplitude carries
   */
  static Input of(View.Section input, int inputBits, PartBinder parts) {
    Encoding encoding = ENCODINGS.get(input.word("encoding"));
    OptionalInt bitsPerPulse =
        encoding == Encoding.BIT_SERIAL ? OptionalInt.of(1) : OptionalInt.empty();
    if (encoding == Encoding.AMPLITUDE) {
      bitsPerPulse = OptionalInt.of(inputBits);
    } else if (input.has("bitsPerPulse")) {
      bitsPerPulse = OptionalInt.of(input.whole("bitsPerPulse"));
    }
    return new Input(
        encoding,
        bitsPerPulse,
        combineOf(input),
        SIGNS.get(input.word("sign")),
        input.optionalNumber("pulse"),
        input.has("wordline") ? Swing.of(input.section("wordline")) : Swing.SUPPLY,
        StatedInputErrors.of(input),
        parts.model(input));
  }

  private static OptionalInt combineOf(View.Section input) {
    if (!input.has("combine")) {
      return ONE;
    }
    return input.isWord("combine", "value")
        ? OptionalInt.empty()
        : OptionalInt.of(input.whole("combine"));
  }
}
