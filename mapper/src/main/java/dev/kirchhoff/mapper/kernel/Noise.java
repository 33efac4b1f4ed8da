package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;

/**
 * Noise that an algorithm works with: normal numbers of the random source, of constant level or of
 * a level that decays in a straight line, to 0 after the last sweep.
 *
 * @param level standard deviation in the first sweep
 * @param isDecaying whether it decays
 * @param sweeps sweeps of a run
 */
record Noise(double level, boolean isDecaying, int sweeps) {

  /** The key of the level. */
  static Key key(String unit, String level) {
    return Key.of(
        "noise",
        Type.quantity(Dimension.NUMBER, 0, 1e6),
        level,
        "standard deviation of added noise over " + unit);
  }

  /** The key of the schedule. */
  static Key schedule(String word) {
    return Key.of(
        "schedule",
        Type.word("constant", "decaying"),
        word,
        "noise over the sweeps: constant, or linearly to 0");
  }

  /** Noise by the settings of both keys. */
  static Noise of(Settings settings, int sweeps) {
    return new Noise(
        settings.number("noise"), settings.word("schedule").equals("decaying"), sweeps);
  }

  /** Level of a sweep, from 0. */
  double at(int sweep) {
    return isDecaying ? level * (sweeps - sweep) / sweeps : level;
  }

  /** A draw, scaled; nothing is drawn where there is no noise. */
  double draw(Machine machine, int sweep) {
    return level == 0 ? 0 : amplify(machine, machine.gaussian(), sweep);
  }

  /** A random value, scaled to be added. */
  double amplify(Machine machine, double value, int sweep) {
    if (level == 0) {
      return 0;
    }
    machine.digital(VectorOperation.MULTIPLY_ADD, 1, 8);
    return at(sweep) * value;
  }
}
