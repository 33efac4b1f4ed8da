package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.workload.MappingOptions.Arrangement;
import dev.kirchhoff.mapper.column.FrontEnd;
import dev.kirchhoff.peripherals.Electrics;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.PassTiming;

/**
 * Parameters of a chip that determine the products of its crossbars.
 *
 * @param crossbar sizes, encoding, rows at once
 * @param cell device, bits, read voltage
 * @param input pulses
 * @param readout converters
 * @param frontEnd resistances, times, lost bits, temperature
 * @param kernelsApart whether positions of kernels of ungrouped convolutions lie on row blocks of
 *     their own
 */
public record CrossbarModel(
    Crossbar crossbar,
    Cell cell,
    Input input,
    Readout readout,
    FrontEnd frontEnd,
    boolean kernelsApart) {

  /**
   * Mismatch of a unit capacitor of one femtofarad, as {@link
   * dev.kirchhoff.mapper.column.Summation} assumes it (source there).
   */
  private static final double CAPACITOR_MISMATCH = 0.01;

  /** Boltzmann's constant in fJ/K (SI, exact). */
  private static final double BOLTZMANN_FJ_PER_K = 1.380649e-8;

  /** The model of a chip that unrolls kernels. */
  public static CrossbarModel of(Chip chip, PriceTable prices) {
    return new CrossbarModel(
        chip.crossbar(),
        chip.cell(),
        chip.pe().input(),
        chip.pe().readout(),
        FrontEnd.of(chip, prices),
        false);
  }

  /** The model of a design's chip with kernels as the design arranges them. */
  public static CrossbarModel of(Design design, PriceTable prices) {
    CrossbarModel unrolled = of(design.chip(), prices);
    return new CrossbarModel(
        unrolled.crossbar(),
        unrolled.cell(),
        unrolled.input(),
        unrolled.readout(),
        unrolled.frontEnd(),
        design.mapping().ground().arrangement() == Arrangement.KERNEL_POSITION);
  }

  /**
   * Model reduced to the parameters that products depend on. Crossbars of a PE, columns of a
   * converter without mismatch, times without averaging, capacitances and models of prices alone
   * take fixed values. Chips whose reduced models are equal give the same results bit for bit.
   */
  public CrossbarModel ofProducts() {
    ComponentModel none = ComponentModel.standard();
    Crossbar c = crossbar;
    Electrics e = frontEnd.electrics();
    double averaged_ns = Math.max(frontEnd.timing().integrate_ns(), 0);
    double conduct_ns = averaged_ns > 0 ? 0 : frontEnd.timing().conduct_ns();
    return new CrossbarModel(
        new Crossbar(
            1, c.rows(), c.columns(), c.rowsActive(), c.weights(), c.wires(), none, c.compute()),
        cell,
        input,
        new Readout(
            readout.kind(),
            readout.bits(),
            readout.range(),
            readout.mismatch().isNone() ? 1 : readout.columnsPerAdc(),
            readout.mismatch(),
            0,
            readout.frontEnd(),
            none),
        new FrontEnd(
            new Electrics(
                e.wordlineSegment_ohm(),
                e.bitlineSegment_ohm(),
                e.driver_ohm(),
                e.frontEndInput_ohm(),
                0,
                0,
                e.readSupply_V()),
            new PassTiming(0, averaged_ns, 0, 0, conduct_ns, 0),
            frontEnd.lostBits(),
            frontEnd.temperature_K(),
            frontEnd.virtualGround_V()),
        kernelsApart);
  }

  /** Conductance of one level, ΔG. */
  double step_uS() {
    return (cell.device().window().max_uS() - min_uS()) / ((1 << cell.bits()) - 1);
  }

  /** Conductance of level 0. */
  double min_uS() {
    return cell.device().window().min_uS();
  }

  /** Current of one level at the full read voltage. */
  double level_uA() {
    return step_uS() * cell.readVoltage_V();
  }

  /** Whether columns add up currents of cells. */
  boolean sumsCurrents() {
    return crossbar.sumsCurrents();
  }

  /** Whether columns add up bits, so that no converter and no noise is in the way. */
  boolean isDigital() {
    return crossbar.compute().kind() == Compute.Kind.DIGITAL;
  }

  /** Deviation of a unit capacitor, relative. */
  double capacitorMismatch() {
    return CAPACITOR_MISMATCH / Math.sqrt(crossbar.compute().capacitor_fF());
  }

  /**
   * Thermal noise of a sum, variance in squares of one level times one step of the input: of
   * currents 2 kT G / t over a level's current squared, of charges kT n / (C V²).
   *
   * @param column_uS conductance of the column's driven cells
   * @param largestDigit steps of the input
   */
  double thermalVariance(double column_uS, int largestDigit) {
    double kT = BOLTZMANN_FJ_PER_K * frontEnd.temperature_K();
    double square = (double) largestDigit * largestDigit;
    if (!sumsCurrents()) {
      double v = frontEnd.electrics().readSupply_V();
      double levels = (1 << cell.bits()) - 1;
      return kT
          * crossbar.rowsActive()
          / (crossbar.compute().capacitor_fF() * v * v)
          * levels
          * levels
          * square;
    }
    double time = frontEnd.timing().integrate_ns();
    double averaging_ns = Math.max(time > 0 ? time : frontEnd.timing().conduct_ns(), 1e-3);
    return 2 * kT / averaging_ns * column_uS / (level_uA() * level_uA()) * square;
  }

  /** Deviation of the sum that an error of the virtual ground makes, in the same units. */
  double groundOffset(double column_uS, int largestDigit) {
    return sumsCurrents() ? frontEnd.virtualGround_V() * column_uS / level_uA() * largestDigit : 0;
  }

  /** Variance of a sum by the bits that a converter loses, in squares of its step. */
  double lostBitsVariance() {
    return frontEnd.lostBits() > 0 ? (StrictMath.pow(4, frontEnd.lostBits()) - 1) / 12 : 0;
  }

  /** Ohms of a segment of a wordline that carries read current; 0 where it drives gates only. */
  double wordline_ohm() {
    return frontEnd.electrics().driver_ohm() > 0 ? frontEnd.electrics().wordlineSegment_ohm() : 0;
  }
}
