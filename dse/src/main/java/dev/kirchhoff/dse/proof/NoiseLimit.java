package dev.kirchhoff.dse.proof;

import dev.kirchhoff.arch.design.Condition;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.dse.design.NoiseDependence;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.util.List;

/**
 * The most noise at a network's output that all limits on what noise does allow: loss never rises
 * with the signal-to-noise ratio, so that there is one.
 */
final class NoiseLimit {
  private static final double LEAST_DB = -160;
  private static final double MOST_DB = 160;
  private static final int HALVINGS = 100;
  private static final double ROUNDING = 1e-9;

  private NoiseLimit() {}

  /** The largest noise-to-signal ratio; infinite without a limit on noise, 0 if none is enough. */
  static double ratio(DesignSpec spec, Network network) {
    List<Condition> limits =
        spec.conditions().stream()
            .filter(limit -> limit.plain().isPresent() && NoiseDependence.isLimitOf(limit))
            .toList();
    if (limits.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    View view = spec.tree().view(spec.tree().start());
    double low_dB = LEAST_DB;
    double high_dB = MOST_DB;
    if (!meets(limits, view, network, high_dB)) {
      return 0;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle_dB = (low_dB + high_dB) / 2;
      if (meets(limits, view, network, middle_dB)) {
        high_dB = middle_dB;
      } else {
        low_dB = middle_dB;
      }
    }
    return ratio(high_dB) * (1 + ROUNDING);
  }

  private static boolean meets(List<Condition> limits, View view, Network network, double snr_dB) {
    Totals totals = Evaluator.noiseAt(network, ratio(snr_dB));
    return limits.stream().allMatch(limit -> limit.miss(view, totals) == 0);
  }

  private static double ratio(double snr_dB) {
    return StrictMath.pow(10, -snr_dB / 10);
  }
}
