package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.circuit.Thermal;
import dev.kirchhoff.peripherals.array.CellArray;
import dev.kirchhoff.peripherals.array.WriteDriver;
import dev.kirchhoff.peripherals.input.InputLineDriver;
import dev.kirchhoff.peripherals.input.LevelDriver;
import dev.kirchhoff.peripherals.input.RowDriver;
import dev.kirchhoff.peripherals.input.RowInput;
import dev.kirchhoff.peripherals.input.RowSelector;
import java.util.Optional;

/**
 * Circuits that drive the rows of an array, sized for its lines and for the time in which the
 * readout settles.
 *
 * @param input driver of one row
 * @param errors errors of the levels that rows present
 * @param selector circuit that picks rows whose digit is not zero
 */
record RowCircuits(RowInput input, InputErrors errors, RowSelector selector) {

  /**
   * Rows of an array.
   *
   * @param integrate_ns time for which inputs are applied
   * @param acquire_ns time in which a front end settles its load
   */
  static RowCircuits of(ColumnSite site, CellArray array, double integrate_ns, double acquire_ns) {
    Chip chip = site.chip();
    Input stated = chip.pe().input();
    RowDriver wordline = wordline(site, array);
    Optional<LevelDriver> levels = levels(site, wordline, integrate_ns, acquire_ns);
    double applied_ns = Math.max(site.pulses().all_ns(), integrate_ns);
    InputErrors errors =
        levels
            .map(LevelDriver::errors)
            .orElseGet(() -> site.kind().pulseErrors(site.process(), site.pulses(), applied_ns));
    return new RowCircuits(
        levels.isPresent()
            ? new RowInput(wordline, levels.get(), train(site))
            : withoutLevels(site, array, wordline),
        stated.stated().over(errors),
        new RowSelector(
            site.process(), chip.crossbar().rows(), stated.bitsOfPulse(site.pulses().bits())));
  }

  /**
   * Circuits that drive one column in a transpose read. Its line carries the current of its cells,
   * also where wordlines of a forward read drive gates.
   */
  static RowInput ofColumn(
      ColumnSite site, CellArray array, double integrate_ns, double acquire_ns) {
    double column_uS = site.chip().crossbar().rows() * site.mean_uS();
    RowDriver.Line bitline = line(site, array, array.bitline_fF(), column_uS);
    RowDriver driver = new RowDriver(site.process(), site.lineBits(), false, bitline, 0);
    return levels(site, driver, integrate_ns, acquire_ns)
        .map(levels -> new RowInput(driver, levels, train(site)))
        .orElseGet(() -> new RowInput(driver, train(site)));
  }

  private static RowDriver.Line line(
      ColumnSite site, CellArray array, double line_fF, double cells_uS) {
    return new RowDriver.Line(
        line_fF, cells_uS, site.chip().cell().readVoltage_V(), array.readSupply_V());
  }

  private static double row_uS(ColumnSite site) {
    return site.chip().crossbar().allColumns() * site.mean_uS();
  }

  private static RowDriver wordline(ColumnSite site, CellArray array) {
    Chip chip = site.chip();
    Input.Swing swing = chip.pe().input().wordline();
    double supply_V = site.process().supply_V();
    double write_V = chip.cell().device().writeAt(supply_V).voltage_V();
    boolean isHighLine = Math.max(write_V, swing.high_V().orElse(supply_V)) > supply_V;
    return new RowDriver(
        site.process(),
        site.lineBits(),
        site.drivesGates(),
        line(site, array, array.wordline_fF(), row_uS(site)),
        isHighLine ? WriteDriver.levelShifter_um2(site.process()) : 0,
        swing);
  }

  /** Driver of amplitudes of several bits. */
  private static Optional<LevelDriver> levels(
      ColumnSite site, RowDriver line, double integrate_ns, double acquire_ns) {
    if (site.lineBits() == 1) {
      return Optional.empty();
    }
    Chip chip = site.chip();
    Input input = chip.pe().input();
    double averaged_ns = site.kind().averaging_ns(integrate_ns > 0 ? integrate_ns : acquire_ns);
    double settle_ns =
        input.pulse_ns().isPresent()
            ? Math.min(acquire_ns, input.pulse_ns().getAsDouble() / 2)
            : acquire_ns;
    double full_V = site.kind().read_V(chip.cell()).orElse(site.process().supply_V());
    return Optional.of(
        LevelDriver.of(
            site.process(),
            new LevelDriver.Levels(
                site.lineBits(), input.magnitudeBits(site.pulses().bits()), full_V),
            new LevelDriver.Load(
                line.load_fF(),
                chip.crossbar().rows(),
                settle_ns,
                averaged_ns,
                Thermal.kT_fJ(chip.technology().temperature_K()))));
  }

  private static RowInput.Train train(ColumnSite site) {
    return site.kind().train(site.pulses());
  }

  private static RowInput withoutLevels(ColumnSite site, CellArray array, RowDriver wordline) {
    Chip chip = site.chip();
    if (!site.drivesGates() || !site.kind().takesInputLine(chip.pe().input().sign())) {
      return new RowInput(wordline, train(site));
    }
    // Half of the active rows pulse in a plane and charge all open columns between them.
    boolean isOpen = site.kind().isOpen();
    double columns_fF =
        chip.crossbar().allColumns() * array.bitline_fF() / (0.5 * chip.crossbar().rowsActive());
    InputLineDriver.Line line =
        new InputLineDriver.Line(
            array.inputLine_fF(),
            isOpen ? columns_fF : 0,
            row_uS(site),
            chip.cell().readVoltage_V(),
            array.readSupply_V(),
            isOpen);
    return new RowInput(wordline, new InputLineDriver(site.process(), line), train(site));
  }
}
