package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.workload.LossCurve;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Noise of a design: that of the worst of its networks. Without a network it is that of a matrix
 * with as many inputs as rows are active and uniform values. SNR = −10 log10(ratio) [dB].
 *
 * @param networks noise of its networks, in order
 * @param ratio noise-to-signal ratio of the worst; 0 where no matrix is computed by crossbars
 * @param depth layers of the worst that have noise
 * @param wireLoss largest share of its current that any layer loses in wires
 * @param refresh_s time after which weights must be written again; infinite if never
 */
public record DesignNoise(
    List<NetworkNoise> networks, double ratio, int depth, double wireLoss, double refresh_s) {
  public DesignNoise {
    networks = List.copyOf(networks);
  }

  /** The noise of networks that share a chip. */
  public static DesignNoise of(List<NetworkNoise> networks) {
    double worst = 0;
    int depth = 1;
    double wireLoss = 0;
    double refresh_s = Double.POSITIVE_INFINITY;
    for (NetworkNoise network : networks) {
      if (network.ratio() > worst) {
        worst = network.ratio();
        depth = network.depth();
      }
      wireLoss = Math.max(wireLoss, network.wireLoss());
      refresh_s = Math.min(refresh_s, network.refresh_s());
    }
    return new DesignNoise(networks, worst, depth, wireLoss, refresh_s);
  }

  /** The noise of a chip without networks: that of one matrix. */
  public static DesignNoise of(LayerNoise matrix) {
    return new DesignNoise(
        List.of(), matrix.total(), 1, matrix.wireLoss(), Double.POSITIVE_INFINITY);
  }

  /** True if some matrix is computed by crossbars at all. */
  public boolean exists() {
    return ratio > 0;
  }

  /** Signal-to-noise ratio of the worst network. */
  public double snr_dB() {
    return NoiseRatio.decibel(ratio);
  }

  /**
   * Signal-to-noise ratio if the noise of every layer reached the output in full: a lower bound.
   */
  public double snrSummed_dB() {
    return NoiseRatio.decibel(ratio * depth);
  }

  /**
   * Estimated loss of accuracy of the network that loses most, with its band; empty where no
   * network has an estimate.
   */
  public Optional<LossCurve.Point> accuracy() {
    return most(networks, NetworkNoise::accuracy);
  }

  /**
   * Estimated share of decisions that differ from the exact network's, of the network where most
   * do, with its band; empty where no network has an estimate.
   */
  public Optional<LossCurve.Point> decisions() {
    return most(networks, NetworkNoise::decisions);
  }

  /** The point of most loss, with the highest end of all bands. */
  private static Optional<LossCurve.Point> most(
      List<NetworkNoise> networks, Function<NetworkNoise, Optional<LossCurve.Point>> point) {
    Optional<LossCurve.Point> most = Optional.empty();
    double high = 0;
    for (NetworkNoise network : networks) {
      Optional<LossCurve.Point> own = point.apply(network);
      if (own.isPresent()) {
        high = Math.max(high, own.get().high());
        most = most.isEmpty() || own.get().loss() >= most.get().loss() ? own : most;
      }
    }
    double highest = high;
    return most.map(at -> new LossCurve.Point(at.snr_dB(), at.loss(), at.low(), highest));
  }
}
