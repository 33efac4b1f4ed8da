package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.peripherals.analog.ColumnAmplifier;
import dev.kirchhoff.peripherals.analog.FrontEndErrors;
import dev.kirchhoff.peripherals.calibration.OperatingPoint;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.ErrorBudget;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.ArrayList;
import java.util.List;

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
    timing = column.pass(this);
    kernels = new KernelCircuits(this);
  }

  /** Energy that half-selected cells take in a pass: while one column is read, others float. */
  double halfSelect_fJ(Account account) {
    int turns = sums.turns();
    double floating = chip.crossbar().allColumns() * (1 - 1.0 / column.turns().sharers(turns));
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
    int times = column.turns().reads(sums.turns());
    return Math.min(timing.pass_ns() / pulsesPerDigit, times * (timing.conduct_ns() + acquire_ns));
  }

  /**
   * Time that a column's amplifier is biased for one of a digit's pulses: while its cells conduct
   * and one settling before (assumed), at most its share of a pass.
   */
  double biased_ns() {
    double share_ns = timing.pass_ns() / column.turns().sharers(sums.turns()) / pulsesPerDigit;
    return Math.min(share_ns, timing.conduct_ns() + acquire_ns);
  }

  /** Errors of the readout: its converter's, its front end's, and what has not settled. */
  ReadoutErrors errors() {
    FrontEndErrors front = frontEnd.map(ColumnAmplifier::errors).orElse(FrontEndErrors.NONE);
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
    double clipped = Math.min(1, column.missing_V(signal) / Signal.LEAST_RANGE_V);
    double lost = clipped * signal.deviation_steps();
    List<NoiseTerm> noise = new ArrayList<>(converter.noise());
    noise.addAll(sampleHold.noise());
    noise.add(new NoiseTerm("settling", 2 * missing * missing));
    noise.add(new NoiseTerm("headroom", lost * lost));
    return noise;
  }

  /** The setting of a column and its converter. */
  OperatingPoint operatingPoint() {
    return new OperatingPoint(
        chip.crossbar().rowsActive(),
        column.read_V(chip.cell()),
        column.erringBits(chip.pe().readout()),
        sums.turns() / timing.pass_ns(),
        chip.technology().node_nm());
  }
}
