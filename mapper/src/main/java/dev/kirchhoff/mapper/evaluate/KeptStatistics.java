package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.noise.NoiseModel;

/**
 * Statistics of the networks met last. They do not depend on circuits, and making them takes longer
 * than a thousand evaluations, so evaluators that look at the same designs share them. Not safe for
 * several threads.
 */
final class KeptStatistics {
  private static final int NETWORKS = 16;

  private final NetworkStatistics[] kept = new NetworkStatistics[NETWORKS];
  private final NoiseModel noise = new NoiseModel();
  private int next;

  /** Noise of the networks. */
  NoiseModel noise() {
    return noise;
  }

  /** The statistics of a network, made if they are not kept. */
  NetworkStatistics of(Network network) {
    for (NetworkStatistics known : kept) {
      if (known != null && known.isOf(network)) {
        return known;
      }
    }
    for (NetworkStatistics known : kept) {
      if (known != null && known.isOfEqual(network)) {
        return known;
      }
    }
    NetworkStatistics fresh = new NetworkStatistics(noise.values(network));
    kept[next] = fresh;
    next = (next + 1) % NETWORKS;
    return fresh;
  }
}
