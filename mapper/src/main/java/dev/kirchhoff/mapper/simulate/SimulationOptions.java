package dev.kirchhoff.mapper.simulate;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Options of a simulation: the draw, its age, the effects and their compensation.
 *
 * @param seed seed of all draws
 * @param draw number of the programming of the chip, from 0: another draw is another chip
 * @param age_s time since programming
 * @param effects non-idealities that are simulated; all others are ideal
 * @param compensation gains that are calibrated out
 */
public record SimulationOptions(
    long seed, int draw, double age_s, Set<NonIdeality> effects, Compensation compensation) {

  public SimulationOptions {
    if (draw < 0 || !(age_s >= 0)) {
      throw new IllegalArgumentException(
          "The draw (" + draw + ") and the age (" + age_s + " s) must not be negative.");
    }
    EnumSet<NonIdeality> copy = EnumSet.noneOf(NonIdeality.class);
    copy.addAll(effects);
    effects = Collections.unmodifiableSet(copy);
  }

  /** Everything that a design has, with its gains calibrated. */
  public static SimulationOptions of(long seed, double age_s) {
    return new SimulationOptions(
        seed, 0, age_s, EnumSet.allOf(NonIdeality.class), Compensation.CALIBRATED);
  }

  /** Options with other effects. */
  public SimulationOptions with(Set<NonIdeality> other) {
    return new SimulationOptions(seed, draw, age_s, other, compensation);
  }

  /** Options without one effect. */
  public SimulationOptions without(NonIdeality effect) {
    EnumSet<NonIdeality> rest = EnumSet.allOf(NonIdeality.class);
    rest.retainAll(effects);
    rest.remove(effect);
    return with(rest);
  }

  /** Options for another chip. */
  public SimulationOptions withDraw(int other) {
    return new SimulationOptions(seed, other, age_s, effects, compensation);
  }

  /** Options at another age. */
  public SimulationOptions at(double otherAge_s) {
    return new SimulationOptions(seed, draw, otherAge_s, effects, compensation);
  }

  /** True if an effect is simulated. */
  public boolean has(NonIdeality effect) {
    return effects.contains(effect);
  }

  /** Gains that are calibrated out. */
  public enum Compensation {
    /** None. */
    NONE,
    /**
     * Loss of a column's sum in wires and of an array's by drift: one gain a column, measured when
     * the chip is programmed, and one an array, measured at the age (global drift compensation, Le
     * Gallo et al., IEEE Trans. Electron Devices 65 (2018), doi 10.1109/TED.2018.2865352).
     */
    CALIBRATED
  }
}
