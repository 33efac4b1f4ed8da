package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Which circuits of a chip are those of a chip that was priced before, by equality of all that each
 * is made of. A circuit is immutable and made of nothing else, so that it is the same either way.
 */
final class UnchangedCircuits {
  private final ChipCircuits before;
  private final Chip chip;
  private final boolean crossbar;
  private final boolean cell;
  private final boolean input;
  private final boolean readout;
  private final boolean peakBits;
  private final boolean cycle;
  private final boolean calibration;

  /** Nothing is known of a chip before. */
  private UnchangedCircuits(Chip chip) {
    this.chip = chip;
    before = null;
    crossbar = false;
    cell = false;
    input = false;
    readout = false;
    peakBits = false;
    cycle = false;
    calibration = false;
  }

  private UnchangedCircuits(ChipCircuits before, Design design, double cycle_ns) {
    Chip now = design.chip();
    this.before = before;
    chip = before.chip;
    crossbar = now.crossbar().equals(chip.crossbar());
    cell = now.cell().equals(chip.cell());
    input = now.pe().input().equals(chip.pe().input());
    readout = now.pe().readout().equals(chip.pe().readout());
    peakBits =
        design.peakWeightBits() == before.weightBits && design.peakInputBits() == before.inputBits;
    cycle = cycle_ns == before.cycle_ns;
    calibration = design.calibration().equals(before.ownFactors());
  }

  /**
   * Of a design.
   *
   * @param before circuits of a chip priced before, or null
   * @param process process of the design
   * @param cycle_ns clock cycle of the design
   */
  static UnchangedCircuits of(
      ChipCircuits before, Design design, Process process, double cycle_ns) {
    return before == null || before.process != process
        ? new UnchangedCircuits(design.chip())
        : new UnchangedCircuits(before, design, cycle_ns);
  }

  /** The chip before; the design's own where there is none. */
  Chip chip() {
    return chip;
  }

  /** Whether the factors that a spec states itself are the same. */
  boolean calibration() {
    return calibration;
  }

  /** Whether the parts of a chip with the same models are of the same circuit families. */
  boolean families(Chip now) {
    return crossbar
        && cell
        && input
        && now.pe().readout().kind() == chip.pe().readout().kind()
        && now.pe().readout().frontEnd() == chip.pe().readout().frontEnd()
        && isOneKind(now.pe().inputRegister(), chip.pe().inputRegister())
        && isOneKind(now.pe().outputRegister(), chip.pe().outputRegister())
        && isOneKind(now.tile().buffer(), chip.tile().buffer())
        && isOneKind(now.tile().outputRegister(), chip.tile().outputRegister())
        && isOneKind(now.uncore().globalBuffer(), chip.uncore().globalBuffer());
  }

  private static boolean isOneKind(Memory a, Memory b) {
    return a.kind() == b.kind();
  }

  boolean array(boolean gateDriven, Readout.ReadoutKind kind) {
    return crossbar
        && cell
        && gateDriven == before.gateDriven
        && kind == chip.pe().readout().kind();
  }

  boolean converter() {
    return crossbar && cell && input && readout && peakBits && cycle && calibration;
  }

  /** Rows see no more of a readout than how it senses. */
  boolean rowInput(ChipCircuits now) {
    return crossbar
        && cell
        && input
        && peakBits
        && now.array == before.array
        && now.amplified == before.amplified
        && now.converter.sensing() == before.converter.sensing()
        && now.converter.takesCurrent() == before.converter.takesCurrent();
  }

  boolean sampleHold(int bits, double hold_ns, double temperature_K) {
    return before != null
        && bits == chip.pe().readout().bits()
        && hold_ns == before.hold_ns
        && temperature_K == chip.technology().temperature_K();
  }

  boolean frontEnd(Readout.FrontEnd kind, int bits, double load_fF, double acquire_ns) {
    return crossbar
        && cell
        && kind != Readout.FrontEnd.INTEGRATOR
        && kind == chip.pe().readout().frontEnd()
        && bits == chip.pe().readout().bits()
        && load_fF == before.load_fF
        && acquire_ns == before.acquire_ns;
  }

  boolean columnMux(int columnsPerAdc, boolean sampled) {
    return crossbar
        && cell
        && columnsPerAdc == chip.pe().readout().columnsPerAdc()
        && sampled == before.sampled;
  }

  boolean writeDriver() {
    return crossbar && cell;
  }

  boolean shiftAdd(int codeBits) {
    return before != null && codeBits == before.codeBits;
  }

  boolean partialSum(int sumBits) {
    return peakBits && sumBits == before.sumBits;
  }

  /** Whether circuits that depend on peak precision alone are the same. */
  boolean units() {
    return peakBits;
  }

  /** Whether a memory of the chip before is the same store. */
  boolean store(Memory now, Memory before) {
    return cycle && now.equals(before);
  }

  boolean io(Io io) {
    return before != null && io.equals(chip.uncore().io());
  }
}
