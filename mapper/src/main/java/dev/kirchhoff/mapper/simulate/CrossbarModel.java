package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.workload.MappingOptions.Arrangement;
import dev.kirchhoff.mapper.column.AnalogPath;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.DigitFormat;
import dev.kirchhoff.peripherals.PriceTable;

/**
 * Crossbars of a chip as far as products depend on them: the columns that the closed form reads
 * ({@link ColumnModel}), the device whose cells are drawn, the pulses of the inputs. Chips whose
 * models are equal give the same results bit for bit; figures that decide prices alone are left
 * out.
 *
 * @param column columns and converters
 * @param device device of the cells
 * @param input pulses
 * @param kernelsApart whether positions of kernels of ungrouped convolutions lie on row blocks of
 *     their own
 */
public record CrossbarModel(ColumnModel column, Device device, Input input, boolean kernelsApart) {

  /** The model of a chip that unrolls kernels. */
  public static CrossbarModel of(Chip chip, PriceTable prices) {
    return of(
        chip.crossbar(),
        chip.cell(),
        chip.pe().input(),
        chip.pe().readout(),
        AnalogPath.of(chip, prices),
        false);
  }

  /** The model of a design's chip with kernels as the design arranges them. */
  public static CrossbarModel of(Design design, PriceTable prices) {
    Chip chip = design.chip();
    return of(
        chip.crossbar(),
        chip.cell(),
        chip.pe().input(),
        chip.pe().readout(),
        AnalogPath.of(chip, prices),
        design.mapping().allocation().arrangement() == Arrangement.KERNEL_POSITION);
  }

  /** The model of crossbars. */
  static CrossbarModel of(
      Crossbar crossbar,
      Cell cell,
      Input input,
      Readout readout,
      AnalogPath path,
      boolean kernelsApart) {
    return new CrossbarModel(
        ColumnModel.of(crossbar, cell, input, readout, path),
        cell.device(),
        DigitFormat.pulses(input),
        kernelsApart);
  }

  /** Conductance of one level, ΔG. */
  double step_uS() {
    return column.cells().step_uS();
  }

  /** Conductance of level 0. */
  double min_uS() {
    return column.cells().min_uS();
  }

  /** Conductance of the last level. */
  double max_uS() {
    return column.cells().max_uS();
  }

  /**
   * These crossbars read from their columns: drivers and converters of the same kind. Columns of a
   * slice are driven at a time, its codes combined digitally; a pair that lies on columns is driven
   * with opposite signs, one that lies on rows is subtracted behind them, and codes stay subtracted
   * as they are.
   *
   * @param plan units of a weight in the forward direction
   */
  CrossbarModel transposed(UnitPlan plan) {
    ColumnModel.Array array = column.array();
    WeightEncoding from = column.encoding();
    WeightEncoding back =
        new WeightEncoding(
            from.encoding(),
            false,
            from.isPair() && !from.pairOnRows() && !from.subtractDigitally(),
            from.subtractDigitally());
    int driven = Math.max(1, array.columns() / plan.columnsPerWeight()) * back.rowsPerWeight();
    ColumnModel.Array turned =
        new ColumnModel.Array(
            driven, array.rows(), Math.min(array.rowsActive(), driven), array.idleShare(), false);
    return with(turned, back);
  }

  /** These crossbars without inverted columns. */
  CrossbarModel withoutInversion() {
    WeightEncoding from = column.encoding();
    return with(
        column.array(),
        new WeightEncoding(
            from.encoding(),
            false,
            from.pairOnRows(),
            from.subtractDigitally(),
            from.combine(),
            from.carryColumns(),
            from.referenceColumns()));
  }

  /** These crossbars with one weight's rows read at a time. */
  CrossbarModel byRows() {
    ColumnModel.Array array = column.array();
    int one = column.encoding().rowsPerWeight();
    return with(
        new ColumnModel.Array(array.rows(), array.columns(), one, array.idleShare(), false),
        column.encoding());
  }

  private CrossbarModel with(ColumnModel.Array array, WeightEncoding encoding) {
    ColumnModel other =
        new ColumnModel(
            array,
            encoding,
            column.summation(),
            column.converter(),
            column.cells(),
            column.wires(),
            column.inputs());
    return new CrossbarModel(other, device, input, kernelsApart);
  }

  /** True if columns add up bits, so that no converter and no noise is in the way. */
  boolean isDigital() {
    return column.summation().isExact();
  }

  /**
   * Thermal noise of a column of currents, variance in squares of one level times one step of the
   * input.
   *
   * @param column_uS conductance of the column's active cells
   * @param largestInput largest digit of the inputs
   */
  double thermalVariance(double column_uS, double largestInput) {
    return column.summation().thermalPer_uS(step_uS(), 1) * column_uS * largestInput * largestInput;
  }

  /**
   * Thermal noise of a sum of charges, in the same units.
   *
   * @param largest largest product of a digit of a weight and one of an input
   */
  double chargeVariance(double largest) {
    return column.encoding().columnsPerDigit()
        * column.summation().columnThermal(column.array().rowsActive())
        * largest
        * largest;
  }

  /** Deviation of a column's sum by the offset of its virtual ground, in levels times steps. */
  double groundOffset(double column_uS, double largestInput) {
    return column.summation().offsetPer_uS(step_uS()) * column_uS * largestInput;
  }
}
