package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.ProcessingElement;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Times of inputs and conversions that follow from the stated time of a pass over resistive cells,
 * so that {@code crossbar.passTime} and {@code pulse} with {@code step} are two spellings of one
 * time.
 *
 * <p>A turn of a pass is a settling, the inputs and a conversion. What the spec states of them
 * stands; the rest of the turn is the conversion's, whose steps are as long as it takes. Cells and
 * front end rest meanwhile where the readout holds its input, and conduct where it senses their
 * current. Where the steps are stated, the rest is the pulse's, for which cells conduct; where both
 * are, or where the converter's time is that of its figures, it is idle. Where too little is left,
 * the step is the least of the converter and the pulse a millionth of the pass, and {@link
 * PassTimes} counts what the pass is short of.
 *
 * <p>The time of a pass is linear in pulse and in step, so its values at two of them give the rest.
 * Charge arrays and arrays of SRAM hold what they add up: a stated pass there is the time of their
 * conversions.
 */
final class StatedPass {
  private static final double SHORTEST = 1e-6;

  private StatedPass() {}

  /** What takes the rest of a turn. */
  private enum Rest {
    PULSE,
    STEP,
    IDLE
  }

  /** The chip with the pulse or step that its stated pass leaves; else the chip itself. */
  static Chip told(Design design, Process process) {
    Chip chip = design.chip();
    if (!chip.crossbar().compute().hasPass() || !isResistive(chip)) {
      return chip;
    }
    Rest rest = rest(chip);
    if (rest == Rest.IDLE) {
      return chip;
    }
    double pass_ns = chip.crossbar().compute().pass_ns();
    Chip untold = chip.with(chip.crossbar().with(chip.crossbar().compute().withPass(0)));
    double once_ns =
        new ChipCircuits(design, process, with(untold, rest, pass_ns)).timing.pass_ns();
    double twice_ns =
        new ChipCircuits(design, process, with(untold, rest, 2 * pass_ns)).timing.pass_ns();
    double slope = (twice_ns - once_ns) / pass_ns;
    double rest_ns = Math.max(pass_ns + (pass_ns - once_ns) / slope, SHORTEST * pass_ns);
    if (rest == Rest.STEP) {
      ChipCircuits circuits = new ChipCircuits(design, process, with(untold, rest, rest_ns));
      rest_ns *= Math.max(1, circuits.converter.needed_ns() / circuits.timing.conversion_ns());
    }
    return with(chip, rest, rest_ns);
  }

  /** Whether cells of a resistive device conduct, whose array has no figures of its own. */
  static boolean isResistive(Chip chip) {
    return ChipCircuits.isResistive(chip) && !chip.crossbar().isTable();
  }

  private static Rest rest(Chip chip) {
    Readout readout = chip.pe().readout();
    if (!(readout.model() instanceof ComponentModel.Default)) {
      return Rest.IDLE;
    }
    if (readout.step_ns() == 0) {
      return Rest.STEP;
    }
    Input input = chip.pe().input();
    boolean isTrainOfReadout =
        readout.kind() == Readout.ReadoutKind.CHARGE_DECREMENT
            && input.encoding() == Input.Encoding.PULSE_COUNT;
    return input.pulse_ns() == 0 && !isTrainOfReadout ? Rest.PULSE : Rest.IDLE;
  }

  private static Chip with(Chip chip, Rest rest, double time_ns) {
    ProcessingElement pe = chip.pe();
    return chip.with(
        rest == Rest.PULSE
            ? pe.with(pe.input().withPulse(time_ns), pe.readout())
            : pe.with(pe.input(), pe.readout().withStep(time_ns)));
  }
}
