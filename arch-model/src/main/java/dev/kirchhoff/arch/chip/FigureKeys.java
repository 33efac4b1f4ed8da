package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.ArrayList;
import java.util.List;

/** Keys of the figures that a spec gives for a part, with their ranges. */
final class FigureKeys {
  /** A square metre: no instance is larger, and sums over a chip stay finite. */
  private static final double MOST_UM2 = 1e12;

  /** A megawatt. */
  private static final double MOST_UW = 1e12;

  /** A kilojoule. */
  private static final double MOST_FJ = 1e18;

  /** A thousand seconds. */
  private static final double MOST_NS = 1e12;

  /** A femtosecond. */
  private static final double LEAST_NS = 1e-6;

  private FigureKeys() {}

  /**
   * Keys of given figures.
   *
   * @param timed whether the time of an action is among them
   * @param actions names of the part's actions, the natural one first
   */
  static List<Key> of(String part, boolean timed, String... actions) {
    List<Key> keys = new ArrayList<>();
    keys.add(Key.optional("area", quantity(Dimension.AREA, 0, MOST_UM2), "area of one instance"));
    keys.add(
        Key.optional(
            "power",
            quantity(Dimension.POWER, 0, MOST_UW),
            "power of one instance while it is busy, everything included"));
    keys.add(
        Key.optional(
            "energy",
            new Type.PerAction(Dimension.ENERGY, MOST_FJ, part, List.of(actions)),
            "energy of the part's natural action, or of each action by name; the natural one stands first where the part's actions are listed"));
    keys.add(
        Key.optional("leakage", quantity(Dimension.POWER, 0, MOST_UW), "leakage of one instance"));
    if (timed) {
      keys.add(Key.optional("time", quantity(Dimension.TIME, 0, MOST_NS), "time of one action"));
      keys.add(
          Key.optional(
              "rate",
              quantity(Dimension.RATE, 1 / MOST_NS, 1 / LEAST_NS),
              "actions per second, in place of time"));
    }
    keys.add(
        Key.optional(
            "node",
            quantity(Dimension.LENGTH, 0.003, 0.25),
            "node that the figures hold for; without it that of their file"));
    keys.add(
        Key.optional(
            "supply", quantity(Dimension.VOLTAGE, 0.3, 5), "supply that the figures hold for"));
    keys.add(Key.optional("source", new Type.Text(), "paper or measurement"));
    return keys;
  }
}
