package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.circuit.Thermal;
import dev.kirchhoff.peripherals.array.CellArray;
import dev.kirchhoff.peripherals.input.DrivenRow;
import dev.kirchhoff.peripherals.input.RowInput;
import dev.kirchhoff.peripherals.input.SelectedRows;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import java.util.Optional;

/**
 * Circuits that drive the rows of an array, sized for its lines and for the time in which the
 * readout settles.
 *
 * @param input driver of one row
 * @param errors errors of the levels that rows present
 * @param selector circuit that picks rows whose digit is not zero
 */
record RowCircuits(RowInput input, InputErrors errors, SheetCircuit selector) {

  /**
   * Rows of an array.
   *
   * @param integrate_ns time for which inputs are applied
   * @param acquire_ns time in which a front end settles its load
   */
  static RowCircuits of(ColumnSite site, CellArray array, double integrate_ns, double acquire_ns) {
    Circuits circuits = site.circuits();
    Chip chip = site.chip();
    Input stated = chip.pe().input();
    Optional<DrivenRow.Levels> levels = levels(site, integrate_ns, acquire_ns);
    RowInput input =
        RowInput.of(
            circuits,
            new DrivenRow(
                site.process(), wordline(site, array), beside(site, array), levels, train(site)));
    double applied_ns = Math.max(site.pulses().all_ns(), integrate_ns);
    InputErrors errors =
        levels.isPresent()
            ? input.errors()
            : site.kind().pulseErrors(circuits, site.process(), site.pulses(), applied_ns);
    int digitBits = stated.bitsOfPulse(site.pulses().bits());
    return new RowCircuits(
        input,
        stated.stated().over(errors),
        new SelectedRows(site.process(), chip.crossbar().rows(), digitBits).selector(circuits));
  }

  /**
   * Circuits that drive one column in a transpose read. Its line carries the current of its cells,
   * also where wordlines of a forward read drive gates.
   */
  static RowInput ofColumn(
      ColumnSite site, CellArray array, double integrate_ns, double acquire_ns) {
    DrivenRow.Line bitline =
        new DrivenRow.Line(
            site.lineBits(),
            false,
            array.bitline_fF(),
            site.chip().crossbar().rows() * site.mean_uS(),
            site.chip().cell().readVoltage_V(),
            array.readSupply_V(),
            false,
            Input.Swing.SUPPLY);
    return RowInput.of(
        site.circuits(),
        new DrivenRow(
            site.process(),
            bitline,
            Optional.empty(),
            levels(site, integrate_ns, acquire_ns),
            train(site)));
  }

  private static DrivenRow.Line wordline(ColumnSite site, CellArray array) {
    Chip chip = site.chip();
    Input.Swing swing = chip.pe().input().wordline();
    double supply_V = site.process().supply_V();
    double write_V = chip.cell().device().writeAt(supply_V).voltage_V();
    boolean isHighLine = Math.max(write_V, swing.high_V().orElse(supply_V)) > supply_V;
    return new DrivenRow.Line(
        site.lineBits(),
        site.drivesGates(),
        array.wordline_fF(),
        chip.crossbar().allColumns() * site.mean_uS(),
        chip.cell().readVoltage_V(),
        array.readSupply_V(),
        isHighLine,
        swing);
  }

  /** Amplitudes of several bits. */
  private static Optional<DrivenRow.Levels> levels(
      ColumnSite site, double integrate_ns, double acquire_ns) {
    if (site.lineBits() == 1) {
      return Optional.empty();
    }
    Chip chip = site.chip();
    Input input = chip.pe().input();
    double settle_ns =
        input.pulse_ns().isPresent()
            ? Math.min(acquire_ns, input.pulse_ns().getAsDouble() / 2)
            : acquire_ns;
    return Optional.of(
        new DrivenRow.Levels(
            input.magnitudeBits(site.pulses().bits()),
            site.kind().read_V(chip.cell()).orElse(site.process().supply_V()),
            chip.crossbar().rows(),
            settle_ns,
            site.kind().averaging_ns(integrate_ns > 0 ? integrate_ns : acquire_ns),
            Thermal.kT_fJ(chip.technology().temperature_K())));
  }

  private static DrivenRow.Train train(ColumnSite site) {
    return site.kind().train(site.pulses());
  }

  /** Line beside a wordline of gates, where inputs are signed. */
  private static Optional<DrivenRow.SignedLine> beside(ColumnSite site, CellArray array) {
    Chip chip = site.chip();
    if (site.lineBits() != 1
        || !site.drivesGates()
        || !site.kind().takesInputLine(chip.pe().input().sign())) {
      return Optional.empty();
    }
    // Half of the active rows pulse in a plane and charge all open columns between them.
    boolean isOpen = site.kind().isOpen();
    double columns_fF =
        chip.crossbar().allColumns() * array.bitline_fF() / (0.5 * chip.crossbar().rowsActive());
    return Optional.of(
        new DrivenRow.SignedLine(array.inputLine_fF(), isOpen ? columns_fF : 0, isOpen));
  }
}
