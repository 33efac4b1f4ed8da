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

/**
 * Conversion of a column's sum to a code: a current, a voltage, a charge, or bits of adders.
 *
 * @param kind converter architecture
 * @param bits bits of the code
 * @param range how the code's range is chosen
 * @param gain largest gain of a calibrated range: the full range over the narrowest one that the
 *     circuits are sized for; empty = that of a typical layer
 * @param columnsPerAdc columns that share one converter through the column mux
 * @param stated errors that the design states; the others are those of its circuits
 * @param step_ns time of one step, count, bit or decision of a converter; empty = that of its model
 * @param frontEnd amplifier that holds a bitline at virtual ground in front of the converter
 * @param model model that prices it
 */
public record Readout(
    ReadoutKind kind,
    int bits,
    Range range,
    OptionalDouble gain,
    int columnsPerAdc,
    StatedErrors stated,
    OptionalDouble step_ns,
    FrontEnd frontEnd,
    ComponentModel model) {
  private static final String CONVERSION = "conversion";
  private static final int EXACT_BITS = 16;

  /** A range eight bits below the full one (chosen). */
  private static final double MOST_GAIN = 256;

  private static final WordIndex<FrontEnd> FRONT_ENDS =
      new WordIndex<>(FrontEnd.values(), FrontEnd::word);

  /**
   * A readout with the mismatch of its circuits and its model's step behind a transimpedance
   * amplifier.
   */
  public Readout(ReadoutKind kind, int bits, Range range, int columnsPerAdc, ComponentModel model) {
    this(
        kind,
        bits,
        range,
        OptionalDouble.empty(),
        columnsPerAdc,
        StatedErrors.NONE,
        OptionalDouble.empty(),
        FrontEnd.TIA,
        model);
  }

  /** Copy of this readout with another mismatch of its converters. */
  public Readout with(ConverterMismatch other) {
    return new Readout(
        kind, bits, range, gain, columnsPerAdc, stated.with(other), step_ns, frontEnd, model);
  }

  /** This readout with codes of another number of bits. */
  public Readout withBits(int other) {
    return new Readout(kind, other, range, gain, columnsPerAdc, stated, step_ns, frontEnd, model);
  }

  /** Largest gain, 1 of a full range; empty = that of a typical layer. */
  public OptionalDouble largestGain() {
    return range == Range.FULL ? OptionalDouble.of(1) : gain;
  }

  /** This readout with steps of another time. */
  public Readout withStep(double other_ns) {
    return new Readout(
        kind,
        bits,
        range,
        gain,
        columnsPerAdc,
        stated,
        OptionalDouble.of(other_ns),
        frontEnd,
        model);
  }

  public Readout {
    if (columnsPerAdc < 1) {
      throw new IllegalArgumentException(
          "The columnsPerAdc (" + columnsPerAdc + ") of a readout must be positive.");
    }
  }

  /** Circuit between a bitline and a converter that takes a voltage. */
  public enum FrontEnd {
    /** A transimpedance amplifier holds the bitline at virtual ground. */
    TIA("tia"),
    /** An integrator holds the bitline at virtual ground and collects its charge. */
    INTEGRATOR("integrator"),
    /** Nothing: the column is a voltage divider. */
    NONE("none");

    private final String word;

    FrontEnd(String word) {
      this.word = word;
    }

    /** The word of the spec language. */
    public String word() {
      return word;
    }
  }

  /** Converter range. */
  public enum Range {
    /** Covers the largest sum that a column can deliver. */
    FULL,
    /** Covers what the layer's data produce; costs a trimmed reference per converter. */
    CALIBRATED
  }

  /** Keys of a readout of any kind. */
  static Type type() {
    List<Shape> kinds = new ArrayList<>();
    for (ReadoutKind kind : ReadoutKind.values()) {
      kinds.add(kind.keys().map(keys -> converter(kind, keys)).orElseGet(() -> adders(kind)));
    }
    return new Type.Kinds("readout", kinds);
  }

  /** Keys of adders, whose bits follow from what they add. */
  private static Shape adders(ReadoutKind kind) {
    return shape(
        kind.word(),
        kind.adderColumns().isEmpty()
            ? List.of(ComponentModel.figuresKey("readout", CONVERSION))
            : List.of(
                columnsPerAdc(kind.adderColumns().getAsInt()),
                ComponentModel.figuresKey("readout", CONVERSION, "product")));
  }

  /** Keys of a readout that turns an analogue sum into a code. */
  private static Shape converter(ReadoutKind kind, ReadoutKind.Keys standard) {
    List<Key> keys = new ArrayList<>();
    keys.add(bits(standard.mostBits(), standard.bits()));
    keys.add(rangeKey());
    keys.add(gainKey());
    keys.add(columnsPerAdc(standard.columns()));
    keys.addAll(StatedErrors.keys());
    keys.add(step(standard.step()));
    keys.add(ComponentModel.key("readout", CONVERSION));
    return shape(kind.word(), keys);
  }

  private static Key rangeKey() {
    return Key.of(
        "range",
        word("calibrated", "full"),
        "calibrated",
        "range that the code covers: that of the layer's data (a trimmed reference), or up to the largest possible sum");
  }

  private static Key gainKey() {
    return Key.optional(
        "gain",
        quantity(Dimension.NUMBER, 1, MOST_GAIN),
        "largest gain of a calibrated range: full range over the narrowest one that amplifiers and comparators are sized for; noise and offset fall no further with the range; without it that of a typical layer");
  }

  private static Shape shape(String kind, List<Key> keys) {
    return new Shape(kind, (kind.matches("[aeiou].*") ? "an " : "a ") + kind + " readout", keys);
  }

  private static Key step(String doc) {
    return Key.optional("step", quantity(Dimension.TIME, 1e-6, 1e6), doc).setting();
  }

  private static Key bits(int max, int standard) {
    return Key.of("bits", whole(1, max), Integer.toString(standard), "bits of a code").setting();
  }

  private static Key columnsPerAdc(int standard) {
    return Key.of(
        "columnsPerAdc",
        whole(1, 8192),
        Integer.toString(standard),
        "columns that share one converter through the column mux");
  }

  /** The key of the front end, which stands beside the readout. */
  static Key frontEndKey() {
    return Key.of(
        "frontEnd",
        word(FRONT_ENDS.words()),
        "tia",
        "amplifier before a sar, flash or ramp readout: virtual ground, virtual ground that collects charge, or none, so that the column is a voltage divider");
  }

  /** Readout of a PE with the front end beside it. */
  static Readout of(View.Section pe, PartBinder parts) {
    View.Section readout = pe.section("readout");
    ReadoutKind kind = ReadoutKind.ofWord(readout.kind());
    if (kind.isDigital()) {
      // Exact: the bits follow from what is added.
      int columns = kind.adderColumns().isPresent() ? readout.whole("columnsPerAdc") : 1;
      return new Readout(kind, EXACT_BITS, Range.FULL, columns, parts.model(readout));
    }
    return new Readout(
        kind,
        readout.whole("bits"),
        readout.isWord("range", "full") ? Range.FULL : Range.CALIBRATED,
        readout.optionalNumber("gain"),
        readout.whole("columnsPerAdc"),
        StatedErrors.of(readout),
        readout.optionalNumber("step"),
        FRONT_ENDS.get(pe.word("frontEnd")),
        parts.model(readout));
  }
}
