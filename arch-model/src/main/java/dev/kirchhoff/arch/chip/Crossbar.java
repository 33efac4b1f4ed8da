package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;
import static dev.kirchhoff.arch.spec.Type.word;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.View;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * An array of cells on wordlines (rows) and bitlines (columns).
 *
 * @param perPe crossbars in one PE
 * @param working those of them that work at once, each with a set of converters that the others
 *     behind it take turns with
 * @param rows wordlines
 * @param columns bitlines
 * @param rowsActive rows driven at once; the rest are gated off
 * @param weights how signed weights become conductances
 * @param wires its lines
 * @param model {@link ComponentModel.Given}: a table model, used as given, that includes decoder,
 *     column mux, front end and write drivers; otherwise the physical model
 * @param compute how cells multiply and columns add up
 * @param skipsZeroRows whether rows whose digit is zero are skipped, so that a read takes the next
 *     {@code rowsActive} of those that are driven
 */
public record Crossbar(
    int perPe,
    int working,
    int rows,
    int columns,
    int rowsActive,
    WeightEncoding weights,
    Wires wires,
    ComponentModel model,
    Compute compute,
    boolean skipsZeroRows) {
  private static final WordIndex<Encoding> ENCODINGS =
      new WordIndex<>(Encoding.values(), Encoding::word);

  public Crossbar {
    if (working < 1 || working > perPe) {
      throw new IllegalArgumentException(
          "The crossbars that work at once ("
              + working
              + ") must be 1 .. perPe ("
              + perPe
              + ").\nMaybe the binder let working through.");
    }
  }

  /** An array that reads all of its rows. */
  public Crossbar(
      int perPe,
      int working,
      int rows,
      int columns,
      int rowsActive,
      WeightEncoding weights,
      Wires wires,
      ComponentModel model,
      Compute compute) {
    this(perPe, working, rows, columns, rowsActive, weights, wires, model, compute, false);
  }

  /**
   * An array that works with all others, currents on its columns, its lines half of their pitch.
   */
  public Crossbar(
      int perPe,
      int rows,
      int columns,
      int rowsActive,
      WeightEncoding weights,
      ComponentModel model) {
    this(
        perPe, perPe, rows, columns, rowsActive, weights, Wires.OF_PITCH, model, Compute.current());
  }

  /** This array with other lines. */
  public Crossbar with(Wires other) {
    return new Crossbar(
        perPe, working, rows, columns, rowsActive, weights, other, model, compute, skipsZeroRows);
  }

  /** This array with another way of adding up. */
  public Crossbar with(Compute other) {
    return new Crossbar(
        perPe, working, rows, columns, rowsActive, weights, wires, model, other, skipsZeroRows);
  }

  /** Crossbars that take turns behind one set of converters, most of a PE's sets. */
  public int perSet() {
    return (perPe + working - 1) / working;
  }

  /** Columns, those for reference included. */
  public int allColumns() {
    return columns + weights.referenceColumns();
  }

  /** True if columns add up currents of cells. */
  public boolean sumsCurrents() {
    return switch (compute.kind()) {
      case CURRENT, DISCHARGE -> true;
      case CHARGE, DIGITAL -> false;
    };
  }

  /**
   * Lines of the array, where a spec states them.
   *
   * @param wordline_ohm resistance of a wordline between two cells; empty = that of its width over
   *     a cell's pitch
   * @param bitline_ohm of a bitline
   * @param width_um width of both; empty = half of a cell's pitch
   */
  public record Wires(
      OptionalDouble wordline_ohm, OptionalDouble bitline_ohm, OptionalDouble width_um) {
    /** Lines as wide as the spaces between them. */
    public static final Wires OF_PITCH =
        new Wires(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    private static Shape shape() {
      return new Shape(
          "wires",
          "wires",
          List.of(
              Key.of(
                  "width",
                  quantity(Dimension.LENGTH, 0.001, 100, "nominal"),
                  "nominal",
                  "width of lines; nominal = half of a cell's pitch, at least the node's least"),
              segment("wordline"),
              segment("bitline")));
    }

    private static Key segment(String line) {
      return Key.of(
          line,
          quantity(Dimension.RESISTANCE, 0, 1, "nominal"),
          "nominal",
          "resistance of a "
              + line
              + " between two cells; nominal = that of its width over the pitch of a cell");
    }

    private static Wires of(View.Section wires) {
      return new Wires(
          segment_ohm(wires, "wordline"),
          segment_ohm(wires, "bitline"),
          wires.isWord("width", "nominal")
              ? OptionalDouble.empty()
              : OptionalDouble.of(wires.number("width")));
    }

    private static OptionalDouble segment_ohm(View.Section wires, String line) {
      return wires.isWord(line, "nominal")
          ? OptionalDouble.empty()
          : OptionalDouble.of(wires.number(line) * Units.OHM_PER_MOHM);
    }
  }

  /** True if published figures of the whole array are used instead of the physical model. */
  public boolean isTable() {
    return model instanceof ComponentModel.Given;
  }

  /**
   * Representation of signed weights by conductances (equations in {@code docs/models.md}).
   *
   * @param encoding number representation
   * @param flip columns are inverted where that lowers the column sum (offset only)
   * @param pairOnRows a differential pair sits on two rows of one column instead of two columns
   * @param subtractDigitally a differential pair is subtracted after conversion, at twice the
   *     conversions
   * @param combine cells of a weight whose columns are weighted by their significance and added
   *     before one conversion, at most those that a weight has; empty = all of a weight
   * @param carryColumns further columns of each such group, in which carries ripple
   * @param referenceColumns columns of a crossbar that hold no weights: references, dummies, sums
   *     of inputs; they are read and converted with every pass
   * @param oneBitCells most significant bits of a weight that have a cell, or pair of cells, of one
   *     bit each
   */
  public record WeightEncoding(
      Encoding encoding,
      boolean flip,
      boolean pairOnRows,
      boolean subtractDigitally,
      OptionalInt combine,
      int carryColumns,
      int referenceColumns,
      int oneBitCells) {

    private static Shape shape() {
      return new Shape(
          "weights",
          "an encoding of weights",
          List.of(
              Key.of(
                  "encoding",
                  word(ENCODINGS.words()),
                  "differential",
                  "number representation; xnor = bits of weights and inputs are -1 or +1"),
              Key.of(
                  "flip",
                  word("true", "false"),
                  "false",
                  "columns are inverted where that lowers the sum (offset)"),
              Key.of(
                  "pair",
                  word("columns", "rows"),
                  "columns",
                  "position of the two cells of a differential pair"),
              Key.of(
                  "subtract",
                  word("analog", "digital"),
                  "analog",
                  "a differential pair is subtracted before or after conversion"),
              Key.optional(
                  "combine",
                  new Type.WholeNumber(1, 16, List.of("weight")),
                  "cells of a weight whose columns are weighted and added before one conversion (capacitor ladder, adder tree over words); weight = all; without it 1, in a digital array all"),
              Key.of(
                  "oneBitCells",
                  whole(0, 16),
                  "0",
                  "most significant bits of a weight that have a cell of one bit each, over the whole window; the others are in cells of cell.bits")));
    }

    private static WeightEncoding of(View.Section chip, Compute.Kind compute) {
      View.Section weights = chip.section("crossbar").section("weights");
      return new WeightEncoding(
          ENCODINGS.get(weights.word("encoding")),
          weights.isWord("flip", "true"),
          weights.isWord("pair", "rows"),
          weights.isWord("subtract", "digital"),
          combineOf(weights, compute),
          carryColumnsOf(chip),
          chip.section("crossbar").whole("referenceColumns"),
          weights.whole("oneBitCells"));
    }

    private static OptionalInt combineOf(View.Section weights, Compute.Kind compute) {
      if (!weights.has("combine")) {
        return compute == Compute.Kind.DIGITAL ? OptionalInt.empty() : OptionalInt.of(1);
      }
      return weights.isWord("combine", "weight")
          ? OptionalInt.empty()
          : OptionalInt.of(weights.whole("combine"));
    }

    /**
     * Carries of a sum of rows ripple into log2(rows) further columns of an in-cell adder chain.
     */
    private static int carryColumnsOf(View.Section chip) {
      if (!chip.section("pe").section("readout").kind().equals("adderChain")) {
        return 0;
      }
      int rows = chip.section("crossbar").whole("rowsActive");
      return 32 - Integer.numberOfLeadingZeros(Math.max(1, rows - 1));
    }

    /** A weight in equal cells. */
    public WeightEncoding(
        Encoding encoding,
        boolean flip,
        boolean pairOnRows,
        boolean subtractDigitally,
        OptionalInt combine,
        int carryColumns,
        int referenceColumns) {
      this(
          encoding,
          flip,
          pairOnRows,
          subtractDigitally,
          combine,
          carryColumns,
          referenceColumns,
          0);
    }

    /** Every column is converted by itself. */
    public WeightEncoding(
        Encoding encoding, boolean flip, boolean pairOnRows, boolean subtractDigitally) {
      this(encoding, flip, pairOnRows, subtractDigitally, OptionalInt.of(1), 0, 0);
    }

    /** True if a digit lies in a pair of cells, one for each sign. */
    public boolean isPair() {
      return encoding == Encoding.DIFFERENTIAL;
    }

    /** True if the cells of a pair lie on two columns. */
    public boolean isPairOfColumns() {
      return isPair() && !pairOnRows;
    }

    /** True if both columns of such a pair are converted and their codes subtracted. */
    public boolean subtractsCodes() {
      return isPairOfColumns() && subtractDigitally;
    }

    /** True if the columns of such a pair are subtracted before a conversion. */
    public boolean subtractsColumns() {
      return isPairOfColumns() && !subtractDigitally;
    }

    /** True if a column counts the products of two signs that are positive. */
    public boolean countsMatches() {
      return encoding == Encoding.XNOR;
    }

    /** Columns of a digit. */
    public int columnsPerDigit() {
      return isPairOfColumns() ? 2 : 1;
    }

    /** Rows of a weight. */
    public int rowsPerWeight() {
      return countsMatches() || isPair() && pairOnRows ? 2 : 1;
    }

    /** Digits that a weight is cut into. */
    public WeightDigits digits(int weightBits, int cellBits) {
      return encoding.digits(weightBits, cellBits, oneBitCells);
    }

    /** Digits of a weight whose columns are added before one conversion. */
    public int digitsPerSum(int weightBits, int cellBits) {
      int digits = digits(weightBits, cellBits).count();
      return combine.isPresent() ? Math.min(combine.getAsInt(), digits) : digits;
    }

    /** Sums that the digits of a weight are added to before conversions. */
    public int sums(int digits) {
      return combine.isPresent() ? (digits + combine.getAsInt() - 1) / combine.getAsInt() : 1;
    }

    /** True if a sum takes several cells of a weight. */
    public boolean combines() {
      return combine.isEmpty() || combine.getAsInt() > 1;
    }
  }

  /** Number representation of signed weights. */
  public enum Encoding {
    /** Two cells per digit, one for each sign. */
    DIFFERENTIAL("differential"),
    /** Offset binary: one shared sum-of-inputs column corrects the offset. */
    OFFSET("offset"),
    /**
     * Bits of weights and inputs are −1 or +1 times their power of two, two complementary cells per
     * bit of a weight; a column counts matches. Values are odd.
     */
    XNOR("xnor");

    private final String word;

    Encoding(String word) {
      this.word = word;
    }

    /** The word of the spec language. */
    public String word() {
      return word;
    }

    /**
     * Digits of a weight: a sign takes none where one of two cells holds the magnitude, and XNOR
     * has one bit plane each.
     *
     * @param oneBitCells most significant bits in cells of one bit
     */
    public WeightDigits digits(int weightBits, int cellBits, int oneBitCells) {
      int bits = this == DIFFERENTIAL ? Math.max(1, weightBits - 1) : weightBits;
      boolean areAlike = this == XNOR || cellBits == 1;
      return new WeightDigits(
          bits, this == XNOR ? 1 : cellBits, areAlike ? 0 : Math.min(oneBitCells, bits));
    }
  }

  /** Keys of a crossbar. */
  static Shape shape() {
    return new Shape(
        "crossbar",
        "a crossbar",
        List.of(
            Key.of("perPe", whole(1, 4096), "8", "crossbars in one PE"),
            Key.of(
                "working",
                whole(1, 4096),
                "= crossbar.perPe",
                "crossbars of a PE that work at once, each with its set of converters; the others hold weights and take turns behind it"),
            Key.of("rows", whole(1, 8192), "128", "wordlines").setting(),
            Key.of("columns", whole(1, 8192), "128", "bitlines").setting(),
            Key.of(
                "rowsActive",
                whole(1, 8192),
                "= crossbar.rows",
                "rows driven at once; the others are gated off"),
            Key.of(
                "skipZeroRows",
                word("true", "false"),
                "false",
                "rows whose digit is zero are skipped: a read takes the next rowsActive of those that are driven (bitSerial inputs of an array that adds up currents)"),
            Key.of(
                "weights",
                new Type.Section(WeightEncoding.shape()),
                "{}",
                "representation of signed weights as conductances"),
            Key.of("wires", new Type.Section(Wires.shape()), "{}", "lines of the array"),
            Key.optional(
                "compute",
                word("current", "charge", "digital"),
                "quantity that a column adds up: currents of cells, charge of a capacitor in each cell, or bits by adders; without it digital where the readout adds bits, else current"),
            Key.optional(
                "passTime",
                quantity(Dimension.TIME, 0.001, 1e9),
                "time of one pass where it is known; without it that of the circuits"),
            Key.of(
                "referenceColumns",
                whole(0, 8192),
                "0",
                "further columns, which hold no weights but are read and converted in every pass"),
            ComponentModel.key("crossbar", "pass")));
  }

  /** Crossbar of a chip; the readout decides how its columns may add up. */
  static Crossbar of(View.Section chip, PartBinder parts) {
    View.Section crossbar = chip.section("crossbar");
    Compute compute = Compute.of(chip);
    return new Crossbar(
        crossbar.whole("perPe"),
        // A knob on perPe may leave fewer than work at once.
        Math.min(crossbar.whole("working"), crossbar.whole("perPe")),
        crossbar.whole("rows"),
        crossbar.whole("columns"),
        crossbar.whole("rowsActive"),
        WeightEncoding.of(chip, compute.kind()),
        Wires.of(crossbar.section("wires")),
        parts.model(crossbar),
        compute,
        crossbar.isWord("skipZeroRows", "true"));
  }
}
