package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.List;

/**
 * Rule by which a spin follows its field h against noise.
 *
 * <ul>
 *   <li>{@code sign}: s ← sgn(h + noise).
 *   <li>{@code metropolis}: a flip costs ΔE = 2 s h and is accepted with probability min(1,
 *       exp(−ΔE/T)), T the level of the noise.
 * </ul>
 *
 * @param isMetropolis the second rule instead of the first
 * @param isArrayNoise noise is the difference of two reads of the field, amplified, instead of a
 *     draw of the random source
 * @param noise level and schedule
 */
record SpinRule(boolean isMetropolis, boolean isArrayNoise, Noise noise) {
  private static final int BITS = 8;

  /** Keys: the rule, the noise, its schedule and source. */
  static List<Key> keys() {
    return List.of(
        Key.of("update", Type.word("sign", "metropolis"), "sign", "update rule of a spin"),
        Noise.key("a coupling of 1; temperature of metropolis, gain of source: array", "3"),
        Noise.schedule("decaying"),
        Key.of(
            "source",
            Type.word("random", "array"),
            "random",
            "random source, or the difference of two reads of the array"));
  }

  /** A rule by the settings of {@link #keys}. */
  static SpinRule of(Settings settings, int sweeps) throws Unfit {
    SpinRule rule =
        new SpinRule(
            settings.word("update").equals("metropolis"),
            settings.word("source").equals("array"),
            Noise.of(settings, sweeps));
    if (rule.isMetropolis && rule.isArrayNoise) {
      throw new Unfit("source", "is array, which update: metropolis cannot use; take update: sign");
    }
    return rule;
  }

  /** True if each field is read twice. */
  boolean readsTwice() {
    return isArrayNoise && noise.level() > 0;
  }

  /**
   * The next state of a spin.
   *
   * @param spin its state, ±1
   * @param again a second read of the field if noise is that of the array
   */
  double next(Machine machine, double spin, double field, double again, int sweep) {
    machine.digital(VectorOperation.COMPARE, 1, BITS);
    if (isMetropolis) {
      double change = 2 * spin * field;
      return change <= 0 || isAccepted(machine, change, noise.at(sweep)) ? -spin : spin;
    }
    double added =
        isArrayNoise ? noise.amplify(machine, field - again, sweep) : noise.draw(machine, sweep);
    return field + added == 0 ? spin : Math.signum(field + added);
  }

  private static boolean isAccepted(Machine machine, double change, double temperature) {
    if (temperature == 0) {
      return false;
    }
    machine.digital(VectorOperation.LOOKUP, 1, BITS);
    return machine.uniform() < StrictMath.exp(-change / temperature);
  }
}
