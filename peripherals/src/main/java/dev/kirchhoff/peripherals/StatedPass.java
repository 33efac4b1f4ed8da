package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.ProcessingElement;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.OptionalDouble;

/**
 * Times of inputs and conversions that follow from the stated time of a pass over resistive cells,
 * so that {@code crossbar.passTime} and {@code pulse} with {@code step} are two spellings of one
 * time.
 *
 * <p>A turn of a pass is a settling, the inputs and a conversion. What the spec states of them
 * stands. The rest of the turn is the pulse's before a flash or a ramp, which convert at a pace of
 * their own, and before counters of a train of pulses, else the conversion's: a SAR takes its bits
 * more slowly for less energy while cells rest, kinds that sense the current take longer steps
 * while cells conduct. Published macros without a SAR draw the same power however long they read
 * (Yu, CICC 2020, a ramp, 5 and 155 ns; Xue, ISSCC 2021, sense amplifiers, 4.9 and 10.3 ns). Where
 * one of the two is stated, or columns are sampled, the rest is the other's; where both are, or
 * where the converter's time is that of its figures, it is idle. Where too little is left,
 * conversions take half of the turn or their least time, and {@link PassTimes} counts what the pass
 * is short of.
 *
 * <p>The time of a pass is linear in pulse and in step, so its values at two of them give the rest.
 * Charge arrays and arrays of SRAM hold what they add up: a stated pass there is the time of their
 * conversions.
 */
final class StatedPass {
  private static final double SHORTEST = 1e-6;

  private StatedPass() {}

  /** Part of a turn that takes its rest. */
  private enum Remainder {
    PULSE,
    STEP,
    IDLE
  }

  /** Circuits of a design's crossbar, with the pulse or step that its stated pass leaves. */
  static TimedColumn column(Design design, Process process, Circuits library) {
    return column(design, process, library, withStatedPass(design, process, library));
  }

  private static TimedColumn column(Design design, Process process, Circuits library, Chip chip) {
    return TimedColumn.of(ColumnCircuits.of(design, process, library, chip));
  }

  /** The chip with the pulse or step that its stated pass leaves; else the chip itself. */
  private static Chip withStatedPass(Design design, Process process, Circuits library) {
    Chip chip = design.chip();
    Compute compute = chip.crossbar().compute();
    if (compute.pass_ns().isEmpty() || !isShared(chip)) {
      return chip;
    }
    double pass_ns = compute.pass_ns().getAsDouble();
    Chip untold = chip.with(chip.crossbar().with(compute.withPass(OptionalDouble.empty())));
    TimedColumn timed = column(design, process, library, untold);
    Converter converter = timed.circuits().converter();
    Remainder rest = rest(timed.circuits());
    if (rest == Remainder.IDLE) {
      return chip;
    }
    // Conversions get half of a turn or their least time, whatever is left.
    int turns = timed.circuits().site().turns();
    double most_ns = Math.max(pass_ns / turns / 2, converter.needed_ns());
    boolean isSlow = timed.timing().conversion_ns() > most_ns;
    if (rest == Remainder.PULSE && chip.pe().readout().step_ns().isEmpty() && isSlow) {
      TimedColumn slow = column(design, process, library, with(untold, Remainder.STEP, most_ns));
      double step_ns = most_ns * most_ns / slow.timing().conversion_ns();
      chip = with(chip, Remainder.STEP, step_ns);
      untold = with(untold, Remainder.STEP, step_ns);
    }
    double once_ns =
        column(design, process, library, with(untold, rest, pass_ns)).timing().pass_ns();
    double twice_ns =
        column(design, process, library, with(untold, rest, 2 * pass_ns)).timing().pass_ns();
    double slope = (twice_ns - once_ns) / pass_ns;
    if (slope <= 0) {
      // Inputs of sampled columns hide the conversions: nothing is left to share out.
      return chip;
    }
    double least_ns = rest == Remainder.STEP ? turns * most_ns / slope : SHORTEST * pass_ns;
    return with(chip, rest, Math.max(pass_ns + (pass_ns - once_ns) / slope, least_ns));
  }

  /** True if settling, inputs and conversions of currents share a pass. */
  private static boolean isShared(Chip chip) {
    return ColumnKind.of(chip).settlesInPulse() && !chip.crossbar().isTable();
  }

  private static Remainder rest(ColumnCircuits circuits) {
    Readout readout = circuits.site().chip().pe().readout();
    if (!CircuitLibrary.isDrawn(readout.model())) {
      return Remainder.IDLE;
    }
    Pulses pulses = circuits.site().pulses();
    Input input = pulses.input();
    boolean isTrainOfReadout = pulses.isPaced() && input.encoding() == Input.Encoding.PULSE_COUNT;
    boolean isPulseOpen = input.pulse_ns().isEmpty() && !isTrainOfReadout;
    boolean isStepOpen = readout.step_ns().isEmpty();
    Converter converter = circuits.converter();
    boolean isSampled = circuits.site().kind().turns().areSampled();
    boolean isOwnPace = !isSampled && !converter.usesSpareTime();
    // Counters count while a train of pulses is on, whatever their steps are.
    isOwnPace |= converter.countsInputs() && !pulses.train().sustained();
    if (isPulseOpen && (isOwnPace || !isStepOpen)) {
      return Remainder.PULSE;
    }
    return isStepOpen ? Remainder.STEP : Remainder.IDLE;
  }

  private static Chip with(Chip chip, Remainder rest, double time_ns) {
    ProcessingElement pe = chip.pe();
    return chip.with(
        rest == Remainder.PULSE
            ? pe.with(pe.input().withPulse(time_ns), pe.readout())
            : pe.with(pe.input(), pe.readout().withStep(time_ns)));
  }
}
