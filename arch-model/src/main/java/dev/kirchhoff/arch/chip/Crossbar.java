package dev.kirchhoff.arch.chip;

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
 * @param wires resistance of its lines
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

  /** An array that works with all others, currents on its columns, its lines the node's wires. */
  public Crossbar(
      int perPe,
      int rows,
      int columns,
      int rowsActive,
      WeightEncoding weights,
      ComponentModel model) {
    this(perPe, perPe, rows, columns, rowsActive, weights, Wires.OF_NODE, model, Compute.current());
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
    return compute.kind() == Compute.Kind.CURRENT;
  }

  /**
   * Resistance of lines between two cells, where a spec states it.
   *
   * @param wordline_ohm of a wordline; empty = the node's array wire over a cell's pitch
   * @param bitline_ohm of a bitline
   */
  public record Wires(OptionalDouble wordline_ohm, OptionalDouble bitline_ohm) {
    /** The node's array wires. */
    public static final Wires OF_NODE = new Wires(OptionalDouble.empty(), OptionalDouble.empty());
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
   */
  public record WeightEncoding(
      Encoding encoding,
      boolean flip,
      boolean pairOnRows,
      boolean subtractDigitally,
      OptionalInt combine,
      int carryColumns,
      int referenceColumns) {

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

    /** Digits of a weight whose columns are added before one conversion. */
    public int digitsPerSum(int weightBits, int cellBits) {
      int digits = encoding.digits(weightBits, cellBits);
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
    /** Offset binary: one shared sum-of-inputs column corrects the offset. */
    OFFSET("offset"),
    /** Two cells per digit, one for each sign. */
    DIFFERENTIAL("differential"),
    /** Binary weights and inputs, two complementary cells per weight; a column counts matches. */
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
     * S, digits of a weight: a sign takes no digit where one of two cells holds the magnitude, and
     * XNOR has one bit plane each.
     */
    public int digits(int weightBits, int cellBits) {
      return switch (this) {
        case OFFSET -> (weightBits + cellBits - 1) / cellBits;
        case DIFFERENTIAL -> (Math.max(1, weightBits - 1) + cellBits - 1) / cellBits;
        case XNOR -> weightBits;
      };
    }
  }
}
