package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.fidelity.CellVariation;
import dev.kirchhoff.mapper.fidelity.SignalToNoise;

/**
 * Noise of networks under the models met last, the one unused for longest replaced. A search that
 * tries neighbours of one design comes back to that design's model again and again.
 */
final class KeptNoises {
  private final KeptNoise[] kept;
  private final long[] used;
  private long clock;

  /** Keeps so many; 0 keeps none. */
  KeptNoises(int size) {
    kept = new KeptNoise[size];
    used = new long[size];
  }

  /** Whether nothing is to be kept. */
  boolean isEmpty() {
    return kept.length == 0;
  }

  /** What is kept of a network under a model; started anew if nothing is. */
  KeptNoise of(Network network, CellVariation variation, SignalToNoise model) {
    int oldest = 0;
    for (int i = 0; i < kept.length; i++) {
      if (kept[i] != null && kept[i].isOf(network, variation, model)) {
        used[i] = ++clock;
        return kept[i];
      }
      oldest = used[i] < used[oldest] ? i : oldest;
    }
    if (kept[oldest] == null) {
      kept[oldest] = new KeptNoise();
    }
    kept[oldest].start(network, variation, model);
    used[oldest] = ++clock;
    return kept[oldest];
  }
}
