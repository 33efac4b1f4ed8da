package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.OperatingPoint;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.peripherals.analog.ColumnAmplifier;
import dev.kirchhoff.peripherals.analog.FrontEndErrors;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.ErrorBudget;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import dev.kirchhoff.peripherals.readout.Signal;
import java.util.ArrayList;
import java.util.List;

/**
 * Circuits of a crossbar with the times of a pass, and the energies and errors that follow from
 * both.
 *
 * @param circuits circuits
 * @param timing times of a pass
 */
record TimedColumn(ColumnCircuits circuits, PassTiming timing) {

  /** Circuits with the times of their pass. */
  static TimedColumn of(ColumnCircuits circuits) {
    PassTiming timing =
        circuits.site().kind().settles()
            ? PassTimes.ofAnalog(circuits)
            : PassTimes.ofAdders(circuits);
    return new TimedColumn(circuits, timing);
  }

  private ColumnSite site() {
    return circuits.site();
  }

  private Turns order() {
    return site().kind().turns();
  }

  /** Energy that half-selected cells take in a pass: while one column is read, others float. */
  double halfSelect_fJ(Account account) {
    int turns = site().turns();
    double driven_ns = turns * site().pulses().perDigit() * timing.conduct_ns();
    return circuits.array().halfSelect_fJ(driven_ns, account);
  }

  /** A conversion's share of a pass. */
  double turn_ns() {
    return timing.pass_ns() / site().turns();
  }

  /**
   * Time that the buffer of a row is biased for one of a digit's pulses: while columns are read,
   * together or in turn, and one settling before each read; an idle bias is switched off (assumed).
   */
  double rowBiased_ns() {
    return Math.min(
        timing.pass_ns() / site().pulses().perDigit(),
        order().reads(site().turns()) * (timing.conduct_ns() + circuits.acquire_ns()));
  }

  /**
   * Time that a column's amplifier is biased for one of a digit's pulses: while its cells conduct
   * and one settling before (assumed), at most its share of a pass.
   */
  double biased_ns() {
    double share_ns =
        timing.pass_ns() / order().sharers(site().turns()) / site().pulses().perDigit();
    return Math.min(share_ns, timing.conduct_ns() + circuits.acquire_ns());
  }

  /** Time of the pulses of a single read. */
  double read_ns() {
    return timing.settle_ns() + circuits.integrate_ns();
  }

  /**
   * Time of single reads, as those that verify writes.
   *
   * @param turns reads of columns that share a converter
   */
  double reads_ns(double turns) {
    return order().readInTurn_ns(turns, read_ns(), timing.conversion_ns());
  }

  /** Energy of a cell in a single read. */
  double read_fJ(Account account) {
    double conversion_ns = circuits.converter().conducting_ns(timing.conversion_ns());
    return circuits.array().cellRead_fJ(order().conduct_ns(read_ns(), conversion_ns), account);
  }

  /** Energy of a cell in a pass. */
  double cellRead_fJ(Account account) {
    return circuits.array().cellRead_fJ(timing.conduct_ns(), account);
  }

  /** Errors of the readout: its converter's, its front end's, and what has not settled. */
  ReadoutErrors errors() {
    FrontEndErrors front =
        circuits.frontEnd().map(ColumnAmplifier::errors).orElse(FrontEndErrors.NONE);
    ErrorBudget own = circuits.converter().errors();
    double sampled_steps = circuits.sampler().offset_steps();
    return new ReadoutErrors(
            new ErrorBudget(
                NoiseTerm.sum_steps2(noise(Account.CLOSED)),
                StrictMath.hypot(own.offset_steps(), sampled_steps),
                StrictMath.hypot(own.gain(), front.gain()),
                StrictMath.hypot(own.bow_steps(), front.bow_steps())),
            front.noise(),
            front.offset_V(),
            circuits.signal().largestGain())
        .with(site().chip().pe().readout().stated());
  }

  /** Causes of the noise of a conversion, with what the column before it lacks. */
  List<NoiseTerm> noise(Account account) {
    // Deviation of the signal over a calibrated range.
    double deviations = site().circuits().shared("deviations");
    double deviation_steps = circuits.signal().codes() / (2 * deviations);
    double missing = timing.unsettled() * deviation_steps;
    double lost = Math.min(1, missing_V() / Signal.LEAST_RANGE_V) * deviation_steps;
    List<NoiseTerm> noise = new ArrayList<>(circuits.converter().noise(account));
    noise.addAll(circuits.sampler().noise(account));
    if (account.isOpen()) {
      account
          .formula("2 x (# x # steps)^2", timing.unsettled(), deviation_steps)
          .source("share of a column's swing that has not settled");
    }
    noise.add(NoiseTerm.of("settling", 2 * missing * missing, account));
    if (account.isOpen()) {
      account
          .formula(
              "(min(1, # V / # V) x # steps)^2", missing_V(), Signal.LEAST_RANGE_V, deviation_steps)
          .source("supply that the readout lacks for its range (assumed)");
    }
    noise.add(NoiseTerm.of("headroom", lost * lost, account));
    return noise;
  }

  /** Supply that the readout lacks for its range. */
  double missing_V() {
    return site().kind().missing_V(circuits.signal());
  }

  /** The setting of a column and its converter. */
  OperatingPoint operatingPoint() {
    Chip chip = site().chip();
    return new OperatingPoint(
        chip.crossbar().rowsActive(),
        site().kind().read_V(chip.cell()),
        site().kind().erringBits(chip.pe().readout()),
        site().turns() / timing.pass_ns(),
        chip.technology().node_nm());
  }
}
