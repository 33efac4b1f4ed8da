package dev.kirchhoff.dse.engine;

import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.front.Fronts.Niche;
import dev.kirchhoff.dse.space.DesignSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Niches of a search, each with a front of its own, because designs of different devices or
 * circuits do not turn into each other by small steps: one for each value of the knobs that every
 * design has and whose values are names (devices, kinds of readout, kinds of interconnect). Knobs
 * that decide whether others exist come first.
 */
public final class Niches {
  private static final int MOST_VALUES = 12;
  private static final int MOST_NICHES = 12;

  private Niches() {}

  /** Niches of a space; empty if it has no such knob. */
  public static List<Niche> of(DesignSpace space) {
    List<Integer> knobs = new ArrayList<>();
    for (int k = 0; k < space.dimension(); k++) {
      Knob knob = space.knobs().get(k);
      if (!knob.isConditional()
          && !knob.ordered()
          && knob.cardinality() > 1
          && knob.cardinality() <= MOST_VALUES) {
        knobs.add(k);
      }
    }
    knobs.sort(
        Comparator.comparing((Integer k) -> isDevice(space, k) ? 0 : hasChildren(space, k) ? 1 : 2)
            .thenComparing(k -> k));
    List<Niche> niches = new ArrayList<>();
    for (int k : knobs) {
      if (niches.size() + space.cardinality(k) <= MOST_NICHES) {
        for (int v = 0; v < space.cardinality(k); v++) {
          niches.add(new Niche(k, v));
        }
      }
    }
    return niches;
  }

  private static boolean isDevice(DesignSpace space, int knob) {
    String path = space.knobs().get(knob).path();
    return path.equals("device") || path.endsWith(".device") || path.endsWith("device.name");
  }

  private static boolean hasChildren(DesignSpace space, int knob) {
    return space.knobs().stream().anyMatch(other -> other.isUnder(knob));
  }
}
