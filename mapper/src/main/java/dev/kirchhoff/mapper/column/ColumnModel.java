package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.peripherals.CrossbarFigures;

/**
 * Column of a crossbar with its converter: encoding of weights, full scale, sums, thermal noise,
 * mismatch and wires. The closed form of the noise and the functional simulation read the same
 * model; cells err by {@link CellErrors} in the closed form and are drawn in the simulation.
 *
 * <p>FS, largest column sum in levels times steps of the input, of R_a rows read at once with D =
 * 2^b_d − 1 levels of a converted digit (b_d bits: one cell's, or those of combined columns) and U
 * = 2^b_x − 1 steps:
 *
 * <pre>
 * offset        R_a D U, half of that with inverted columns
 * differential  2 R_a D U (from −R_a D U), half of that with pairs on rows;
 *               R_a D U where both columns are converted
 * XNOR          R_a/2 matches
 * </pre>
 *
 * <p>Inputs of two polarities make a one-sided sum two-sided.
 *
 * @param array size of the crossbar
 * @param encoding encoding of signed weights as conductances
 * @param summation quantity that a column adds up
 * @param converter circuit that turns a sum into a code
 * @param cells levels of a cell
 * @param wires resistances of the lines
 * @param inputs errors of the levels that rows present
 */
public record ColumnModel(
    Array array,
    WeightEncoding encoding,
    Summation summation,
    ConverterModel converter,
    CellWindow cells,
    WireResistances wires,
    InputErrors inputs) {

  /**
   * Size of a crossbar.
   *
   * @param rows wordlines
   * @param columns bitlines that hold weights
   * @param rowsActive rows read at once
   * @param idleShare share of their conductance that cells of other rows keep, 0 behind transistors
   * @param skipsZeroRows whether rows whose digit is zero are skipped
   */
  public record Array(
      int rows, int columns, int rowsActive, double idleShare, boolean skipsZeroRows) {
    /** A crossbar of cells with transistors, or of passive ones, that reads all of its rows. */
    public Array(int rows, int columns, int rowsActive, boolean gated) {
      this(rows, columns, rowsActive, gated ? 0 : 1, false);
    }

    /** True if cells of other rows carry no current. */
    public boolean gated() {
      return idleShare == 0;
    }

    /** Groups of rows of a crossbar that are read one after the other. */
    public int groups() {
      return (rows + rowsActive - 1) / rowsActive;
    }
  }

  /**
   * Levels of a cell, equally spaced in conductance.
   *
   * @param bits bits of a cell
   * @param min_uS conductance of level 0
   * @param max_uS conductance of the last level
   */
  public record CellWindow(int bits, double min_uS, double max_uS) {
    /** Levels of a cell. */
    public int levels() {
      return 1 << bits;
    }

    /** Conductance of the last level above that of level 0. */
    public double window_uS() {
      return max_uS - min_uS;
    }

    /** Conductance of one level, ΔG. */
    public double step_uS() {
      return window_uS() / (levels() - 1);
    }
  }

  /** The columns of a chip. */
  public static ColumnModel of(Chip chip, CrossbarFigures crossbar) {
    return of(
        chip.crossbar(),
        chip.cell(),
        chip.pe().input(),
        chip.pe().readout(),
        AnalogPath.of(chip, crossbar));
  }

  /** The columns of a crossbar. */
  public static ColumnModel of(
      Crossbar crossbar, Cell cell, Input input, Readout readout, AnalogPath path) {
    return new ColumnModel(
        new Array(
            crossbar.rows(),
            crossbar.columns(),
            crossbar.rowsActive(),
            cell.access().idleShare(),
            crossbar.skipsZeroRows()),
        crossbar.weights(),
        Summation.of(crossbar, cell, input, path),
        ConverterModel.of(readout, path.errors()),
        new CellWindow(
            cell.bits(), cell.device().window().min_uS(), cell.device().window().max_uS()),
        path.wires(),
        path.inputs());
  }

  /**
   * Least and largest sum.
   *
   * @param least least sum, in levels times steps of the input
   * @param most largest sum
   */
  public record Span(double least, double most) {
    /** Width of a range that holds every sum. */
    public double width() {
      return most - least;
    }
  }

  /**
   * Least and largest sum of a number of weights in one column, or pair of columns.
   *
   * @param weights weights that are added up
   * @param largest largest product of a digit of a weight and one of an input, D U
   * @param polarities signs that a digit of an input may have in one pass
   */
  public Span span(double weights, double largest, int polarities) {
    if (encoding.countsMatches()) {
      return new Span(0, weights);
    }
    double most = weights * largest * (encoding.flip() && !encoding.isPair() ? 0.5 : 1);
    boolean twoSided = encoding.isPair() && !encoding.subtractsCodes() || polarities == 2;
    return new Span(twoSided ? -most : 0, most);
  }

  /**
   * Full range of a converter, of width FS: every sum that the circuit of the chip can deliver. One
   * converter takes the groups of columns of a weight in turn and sees no layer's signs, so that it
   * holds full groups and all polarities of the lines. It is made for currents without loss: where
   * wires leave a share s of them, it holds sums of up to FS/s.
   *
   * @param largest D U, D the largest digit of as many columns as are combined
   * @param linePolarities signs that a line can drive in one pass
   */
  public Span fullRange(double largest, int linePolarities) {
    double weights = array.rowsActive() / (double) encoding.rowsPerWeight();
    Span lossless = span(weights, largest, linePolarities);
    double retained = retained();
    return new Span(lossless.least() / retained, lossless.most() / retained);
  }

  /**
   * Share of the current that wires leave of a full array: of codes uniform over the window, a
   * quarter of it for pairs, whose one cell is at its foot, else half; all active rows conduct.
   */
  public double retained() {
    double level = encoding.isPair() ? 0.25 : 0.5;
    double conducting = array.gated() ? (double) array.rowsActive() / array.rows() : 1;
    return IrDrop.retained(column_uS(1, level), array.rows(), array.columns(), conducting, wires);
  }

  /** Largest current of a chip's columns, every active row at G_max and V; 0 of other sums. */
  public static double columnCurrent_uA(Chip chip) {
    return switch (chip.crossbar().compute().kind()) {
      case CURRENT ->
          chip.crossbar().rowsActive()
              * chip.cell().device().window().max_uS()
              * chip.cell().readVoltage_V();
      case DISCHARGE, CHARGE, DIGITAL -> 0;
    };
  }

  /**
   * Hash of the components in which designs differ most: keys hold a model and are hashed often.
   */
  @Override
  public int hashCode() {
    int hash = array.rows() + 31 * array.rowsActive() + 31 * 31 * array.columns();
    hash = 31 * hash + converter.bits();
    hash = 31 * hash + cells.bits();
    hash = 31 * hash + encoding.encoding().ordinal();
    hash = 31 * hash + summation.hashCode();
    hash = 31 * hash + Double.hashCode(converter.noise_steps2());
    return 31 * hash + Double.hashCode(wires.bitlineSegment_ohm());
  }

  /** Conductance of rows of a column whose cells are at a share of the window. */
  public double column_uS(double rows, double level) {
    return rows * (cells.min_uS() + cells.window_uS() * level);
  }

  /**
   * Conductance that the rows of a column add which are not read, held at the reference; rows
   * without weights are at the foot of the window.
   *
   * @param rows rows that are read
   * @param used rows that hold weights
   * @param level mean level of the cells that hold them
   */
  public double idle_uS(double rows, double used, double level) {
    return array.idleShare()
        * (column_uS(Math.max(0, used - rows), level)
            + column_uS(Math.max(0, array.rows() - Math.max(rows, used)), 0));
  }
}
