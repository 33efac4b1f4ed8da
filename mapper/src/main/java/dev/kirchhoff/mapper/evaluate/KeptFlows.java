package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Interconnect;
import java.util.Arrays;

/**
 * Flows of the placements of a network met last. A design takes those with which it shares most of
 * its layers, from the first on; of several that share as many, those unused for longest, so that
 * the others stay. Not safe for several threads.
 */
final class KeptFlows {
  private final JobFlow[] kept;
  private final long[] used;
  private long clock;
  private int standing;

  /** Keeps so many; 1 for a mapping that does not remember. */
  KeptFlows(JobMapping mapping, LayerLinks links, int size) {
    kept = new JobFlow[size];
    used = new long[size];
    Arrays.setAll(kept, i -> new JobFlow(mapping, links, size > 1));
  }

  /** Flows to take for the layers on a floor. */
  JobFlow of(SentLayers layers, Floor floor, Interconnect interconnect) {
    int best = 0;
    standing = kept.length == 1 ? 0 : kept[0].standing(layers, floor, interconnect, 0);
    for (int i = 1; i < kept.length && standing < layers.count(); i++) {
      int as = kept[i].standing(layers, floor, interconnect, standing);
      if (as > standing || as == standing && used[i] < used[best]) {
        best = i;
        standing = as;
      }
    }
    used[best] = ++clock;
    return kept[best];
  }

  /** How many layers, from the first on, stand in the flows taken last as they are to. */
  int standing() {
    return standing;
  }
}
