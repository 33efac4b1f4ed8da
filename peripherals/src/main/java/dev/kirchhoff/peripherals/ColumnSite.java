package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.device.ConductanceWindow;
import dev.kirchhoff.peripherals.calibration.Calibration;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;

/**
 * Column of a chip before any of its circuits has a size: its kind, its sums, its clock and the
 * pulses of its rows.
 *
 * @param chip the chip with the pulse and step that are meant
 * @param process process
 * @param circuits circuit files of the design, with the constants that it changes
 * @param calibration fitted factors
 * @param kind kind of the column
 * @param sums sums that are added up at once
 * @param pulses pulses of the rows
 */
record ColumnSite(
    Chip chip,
    Process process,
    Circuits circuits,
    Calibration calibration,
    ColumnKind kind,
    ColumnSums sums,
    Pulses pulses) {
  /**
   * Gate delays of a cycle where nothing else sets it: a register, an adder and margin (assumed).
   */
  private static final double FASTEST_GATES = 20;

  /** Shortest cycle of a deeply pipelined clock (assumed). */
  private static final double LEAST_CYCLE_FO4 = 12;

  /**
   * The columns of a design.
   *
   * @param chip the design's chip with the pulse and step that are meant
   */
  static ColumnSite of(Design design, Process process, Circuits library, Chip chip) {
    Calibration calibration = Calibration.of(design.calibration());
    ColumnKind kind = ColumnKind.of(chip);
    int inputBits = design.widest().inputs();
    ColumnSums sums = new ColumnSums(chip, kind, design.widest().weights(), inputBits);
    double cycle_ns =
        chip.clock_GHz().isPresent()
            ? 1 / chip.clock_GHz().getAsDouble()
            : fastest_ns(chip, process, calibration, kind.stage_ns(process, library, sums.added()));
    boolean isPaced = chip.pe().readout().kind().opensColumn();
    Pulses pulses = Pulses.of(chip.pe().input(), inputBits, cycle_ns, isPaced);
    return new ColumnSite(chip, process, library, calibration, kind, sums, pulses);
  }

  /** A cycle of the clock that nothing states: the time that the slowest stage of a pass takes. */
  private static double fastest_ns(
      Chip chip, Process process, Calibration calibration, double stage_ns) {
    return Math.max(
        FASTEST_GATES * process.gate_ns(),
        stage_ns * Families.factor(calibration, chip, Part.READOUT, Quantity.TIME));
  }

  /** Load of the readout: conductances of the cells. */
  ColumnLoad load() {
    return new ColumnLoad(
        chip.crossbar().rows(),
        chip.crossbar().rowsActive(),
        chip.cell().device().window().max_uS(),
        mean_uS(),
        chip.cell().readVoltage_V());
  }

  /** Conductance of a cell in the middle of its window. */
  double mean_uS() {
    ConductanceWindow window = chip.cell().device().window();
    return (window.max_uS() + window.min_uS()) / 2;
  }

  /** Bits that the amplitude of one pulse carries. */
  int lineBits() {
    return kind.lineBits(chip.pe().input(), pulses.bits());
  }

  /** True if wordlines drive gates only. */
  boolean drivesGates() {
    return kind.drivesGates(chip.cell(), lineBits());
  }

  /** Turns of a converter in a pass. */
  int turns() {
    return sums.turns();
  }

  /** Share by which the clock that is stated is too fast; 0 where none is stated. */
  double clockOverrun() {
    return chip.clock_GHz().isPresent()
        ? LEAST_CYCLE_FO4 * process.fo4_ns() / pulses.cycle_ns() - 1
        : 0;
  }
}
