package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.peripherals.analog.FrontEndErrors;
import dev.kirchhoff.peripherals.calibration.OperatingPoint;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.ErrorBudget;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Circuits of a chip with the times of a pass, and what follows from these. */
final class TimedCircuits extends ChipCircuits {
  final PassTiming timing;

  /** Circuits that kernels beyond networks need. */
  final KernelCircuits kernels;

  /**
   * Circuits of a design.
   *
   * @param chip the design's chip with the pulse and step that are meant
   */
  TimedCircuits(Design design, Process process, Chip chip) {
    super(design, process, chip);
    timing = PassTimes.of(this);
    kernels = new KernelCircuits(this);
  }

  /** Energy that half-selected cells take in a pass: while one column is read, others float. */
  double halfSelect_fJ(Account account) {
    int turns = sums.turns();
    double floating = sampled ? 0 : chip.crossbar().allColumns() * (1 - 1.0 / turns);
    return array.halfSelect_fJ(floating, turns * pulsesPerDigit * timing.conduct_ns(), account);
  }

  /** A conversion's share of a pass. */
  double turn_ns() {
    return timing.pass_ns() / sums.turns();
  }

  /**
   * Time that the buffer of a row is biased for one of a digit's pulses: while columns are read,
   * together or in turn, and one settling before each read; an idle bias is switched off (assumed).
   */
  double rowBiased_ns() {
    int times = chip.crossbar().sumsCurrents() && !sampled ? sums.turns() : 1;
    return Math.min(timing.pass_ns() / pulsesPerDigit, times * (timing.conduct_ns() + acquire_ns));
  }

  /**
   * Time that a column's amplifier is biased for one of a digit's pulses: while its cells conduct
   * and one settling before (assumed), at most its share of a pass.
   */
  double biased_ns() {
    double share_ns = (sampled ? timing.pass_ns() : turn_ns()) / pulsesPerDigit;
    return Math.min(share_ns, timing.conduct_ns() + acquire_ns);
  }

  /** Errors of the readout: its converter's, its front end's, and what has not settled. */
  ReadoutErrors errors() {
    FrontEndErrors front = amplified ? frontEnd.errors() : FrontEndErrors.NONE;
    ErrorBudget own = converter.errors();
    return new ReadoutErrors(
            new ErrorBudget(
                NoiseTerm.sum_steps2(noise()),
                StrictMath.hypot(own.offset_steps(), sampleHold.offset_steps()),
                StrictMath.hypot(own.gain(), front.gain()),
                StrictMath.hypot(own.bow_steps(), front.bow_steps())),
            front.noise(),
            front.offset_V())
        .with(chip.pe().readout().stated());
  }

  /** Causes of the noise of a conversion, with what the column before it lacks. */
  List<NoiseTerm> noise() {
    double missing = timing.unsettled() * signal.deviation_steps();
    double clipped =
        amplified || isOpen() ? Math.min(1, signal.missing_V() / Signal.LEAST_RANGE_V) : 0;
    double lost = clipped * signal.deviation_steps();
    List<NoiseTerm> noise = new ArrayList<>(converter.noise());
    noise.addAll(sampleHold.noise());
    noise.add(new NoiseTerm("settling", 2 * missing * missing));
    noise.add(new NoiseTerm("headroom", lost * lost));
    return noise;
  }

  /** The setting of a column and its converter. */
  OperatingPoint operatingPoint() {
    Readout readout = chip.pe().readout();
    return new OperatingPoint(
        chip.crossbar().rowsActive(),
        isResistive(chip) ? OptionalDouble.of(chip.cell().readVoltage_V()) : OptionalDouble.empty(),
        readout.kind().isDigital() ? OptionalInt.empty() : OptionalInt.of(readout.bits()),
        sums.turns() / timing.pass_ns(),
        chip.technology().node_nm());
  }
}
