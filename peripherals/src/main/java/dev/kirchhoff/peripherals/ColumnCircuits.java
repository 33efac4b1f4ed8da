package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.peripherals.analog.AmplifiedColumn;
import dev.kirchhoff.peripherals.analog.ColumnAmplifier;
import dev.kirchhoff.peripherals.analog.MuxedColumns;
import dev.kirchhoff.peripherals.analog.SampledColumn;
import dev.kirchhoff.peripherals.analog.Sampler;
import dev.kirchhoff.peripherals.array.ArrayCells;
import dev.kirchhoff.peripherals.array.CellArray;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.ReadoutColumn;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Circuits of a crossbar, each sized for the others, from the wordline's driver to the converter.
 * {@link #of} is the order of the equations: each size is a function of those before it.
 *
 * @param site the column before its circuits have sizes
 * @param array array of cells, whose conductances load a column
 * @param signal signal that the readout is designed for (docs/circuits.md, eq. 1 to 4)
 * @param converter converter
 * @param conversion_ns time of one conversion
 * @param integrate_ns time for which inputs are applied
 * @param sampler sample-and-hold of a column, or the capacitors that combine pulses
 * @param acquire_ns time in which a front end settles its load
 * @param rows drivers of rows
 * @param frontEnd amplifier between a column and its converter, where there is one
 * @param mux column mux
 * @param electrics electrical quantities of the lines
 */
record ColumnCircuits(
    ColumnSite site,
    CellArray array,
    Signal signal,
    Converter converter,
    double conversion_ns,
    double integrate_ns,
    Sampler sampler,
    double acquire_ns,
    RowCircuits rows,
    Optional<ColumnAmplifier> frontEnd,
    SheetCircuit mux,
    Electrics electrics) {

  /**
   * Circuits of a design.
   *
   * @param chip the design's chip with the pulse and step that are meant
   */
  static ColumnCircuits of(Design design, Process process, Circuits library, Chip chip) {
    ColumnSite site = ColumnSite.of(design, process, library, chip);
    CellArray array = CellArray.of(site.circuits(), site.kind().array(), cells(site));
    ColumnLoad load = site.load();
    Signal signal = signal(site, load);
    Converter converter = converter(site, load, signal);
    double conversion_ns = conversion_ns(site, converter);
    double integrate_ns = converter.integrate_ns(site.pulses().all_ns());
    Sampler sampler = sampler(site, signal, conversion_ns);
    double acquire_ns = acquire_ns(site, converter, conversion_ns, integrate_ns);
    RowCircuits rows = RowCircuits.of(site, array, integrate_ns, acquire_ns);
    double average_ns = integrate_ns > 0 ? integrate_ns : acquire_ns;
    double load_fF = load_fF(site, converter, sampler);
    AmplifiedColumn amplified =
        new AmplifiedColumn(
            process,
            signal,
            load,
            array.bitline_fF(),
            load_fF,
            acquire_ns,
            average_ns,
            integrate_ns);
    Optional<ColumnAmplifier> frontEnd =
        site.kind()
            .frontEnd()
            .map(circuit -> ColumnAmplifier.of(site.circuits(), circuit, amplified));
    SheetCircuit mux = mux(site, load, converter, acquire_ns);
    Electrics electrics = site.kind().electrics(array, rows.input(), input_ohm(frontEnd, load));
    return new ColumnCircuits(
        site,
        array,
        signal,
        converter,
        conversion_ns,
        integrate_ns,
        sampler,
        acquire_ns,
        rows,
        frontEnd,
        mux,
        electrics);
  }

  private static ArrayCells cells(ColumnSite site) {
    Chip chip = site.chip();
    double reading = 1.0 / site.kind().turns().sharers(site.turns());
    return new ArrayCells(
        site.process(),
        chip.crossbar(),
        chip.cell(),
        site.drivesGates(),
        site.kind().addsInCells(),
        chip.crossbar().allColumns() * (1 - reading));
  }

  /**
   * The signal, of a weighted sum of bits narrowed where no gain is stated: each bit's column spans
   * the range of voltages, and a calibrated sum deviates by √((2^n + 1)/(3 (2^n − 1))) of that,
   * 0.58 of eight bits.
   */
  private static Signal signal(ColumnSite site, ColumnLoad load) {
    Signal ofPulse = site.kind().signal(site.circuits(), site.process(), site.chip(), load);
    boolean isStated = site.chip().pe().readout().largestGain().isPresent();
    return !site.chip().pe().input().combines() || isStated
        ? ofPulse
        : ofPulse.narrowed(1 / Math.sqrt(site.pulses().averaged()));
  }

  private static Converter converter(ColumnSite site, ColumnLoad load, Signal signal) {
    Readout readout = site.chip().pe().readout();
    int perAdc = Math.max(1, readout.columnsPerAdc());
    int sharers = (site.chip().crossbar().allColumns() + perAdc - 1) / perAdc;
    ReadoutColumn column =
        new ReadoutColumn(
            site.circuits(),
            site.process(),
            readout.bits(),
            readout.step_ns(),
            load,
            signal,
            site.pulses().train(),
            site.pulses().all_ns(),
            sharers,
            (double) site.sums().rangesOfLayer() / site.chip().crossbar().perPe(),
            site.pulses().cycle_ns(),
            site.kind().statedConversion_ns(site.chip().crossbar(), site.turns()),
            site.kind().holdsSum(site.chip()));
    Converter plain = site.kind().converter(readout, site.sums().added(), column);
    return readout.range() == Readout.Range.CALIBRATED ? plain.trimmed(column) : plain;
  }

  private static double conversion_ns(ColumnSite site, Converter converter) {
    return site.chip().pe().readout().model() instanceof ComponentModel.Given given
            && given.time_ns().isPresent()
        ? given.time_ns().getAsDouble()
        : converter.time_ns()
            * Families.factor(site.calibration(), site.chip(), Part.READOUT, Quantity.TIME);
  }

  private static Sampler sampler(ColumnSite site, Signal signal, double conversion_ns) {
    Input input = site.chip().pe().input();
    return Sampler.of(
        site.circuits(),
        input.combines() ? "charge-sharing" : "sample-hold",
        new SampledColumn(
            site.process(),
            signal,
            site.turns() * conversion_ns,
            input.bitsOfDigit(site.pulses().bits()),
            site.pulses().all_ns()));
  }

  /** Load that a front end drives. */
  private static double load_fF(ColumnSite site, Converter converter, Sampler sampler) {
    if (site.kind().turns().areSampled()) {
      return sampler.capacitance_fF() + converter.input_fF();
    }
    return site.chip().pe().input().combines()
        ? sampler.capacitance_fF()
        : site.kind().readoutLoad_fF(converter);
  }

  /**
   * Time in which a front end settles its load: half of the time that cells conduct, which a stated
   * pass bounds, a quarter of a conversion of a slow converter unless its time is told and it holds
   * its input, at least a clock cycle (assumed).
   */
  private static double acquire_ns(
      ColumnSite site, Converter converter, double conversion_ns, double integrate_ns) {
    Turns order = site.kind().turns();
    double needed_ns = order.conduct_ns(integrate_ns, converter.conducting_ns(conversion_ns));
    double conduct_ns = Math.min(needed_ns, statedTurn_ns(site));
    boolean rests = converter.holdsInput() && site.chip().pe().readout().step_ns().isPresent();
    double slow_ns = order.areSampled() || rests ? 0 : conversion_ns / 4;
    return Math.max(site.pulses().cycle_ns(), Math.max(conduct_ns / 2, slow_ns));
  }

  /** Time that a column has in a stated pass; unbounded where none is stated. */
  private static double statedTurn_ns(ColumnSite site) {
    OptionalDouble pass_ns = site.chip().crossbar().compute().pass_ns();
    return pass_ns.isPresent()
        ? pass_ns.getAsDouble()
            / site.kind().turns().sharers(site.turns())
            / site.pulses().perDigit()
        : Double.POSITIVE_INFINITY;
  }

  /**
   * A mux in front of an amplifier, or of a fit that holds one, passes currents; others voltages.
   */
  private static SheetCircuit mux(
      ColumnSite site, ColumnLoad load, Converter converter, double acquire_ns) {
    Readout readout = site.chip().pe().readout();
    int columns = readout.columnsPerAdc() * site.chip().crossbar().perSet();
    boolean isSampled = site.kind().turns().areSampled();
    MuxedColumns muxed =
        !isSampled && site.kind().muxesCurrents()
            ? MuxedColumns.ofCurrents(site.process(), columns, load.typical_uS())
            : MuxedColumns.ofVoltages(
                site.process(),
                columns,
                isSampled ? 0 : converter.input_fF(),
                readout.bits(),
                acquire_ns);
    return muxed.mux(site.circuits());
  }

  /** Resistance at the end of a bitline. */
  private static double input_ohm(Optional<ColumnAmplifier> frontEnd, ColumnLoad load) {
    // 1e6/uS = ohm.
    return frontEnd
        .map(ColumnAmplifier::input_ohm)
        .orElse(1e6 / (100 * (load.rowsActive() * load.full_uS())));
  }

  /** Time of picking the rows of a read, while the read before is converted; 0 without picking. */
  double pickRows_ns() {
    return site.chip().crossbar().skipsZeroRows()
        ? site.chip().crossbar().rowsActive() * rows.selector().time_ns("pick")
        : 0;
  }

  /** Time that the circuits need over a stated clock's or conversion's, less 1. */
  double overrun(double conversion_ns) {
    boolean isGiven = site.chip().pe().readout().model() instanceof ComponentModel.Given;
    return Math.max(site.clockOverrun(), isGiven ? 0 : converter.needed_ns() / conversion_ns - 1);
  }

  /** True if the input lines charge the columns through the cells. */
  boolean inputChargesColumns() {
    return rows.input().hasLine() && site.kind().isOpen();
  }
}
