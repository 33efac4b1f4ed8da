package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.memo.Memo;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Rank;
import dev.kirchhoff.arch.spec.Ranking;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Limits on what noise does to a workload (signal-to-noise ratio, loss of accuracy, agreement),
 * judged before anything of a design is mapped or, where its noise is known, bound. Designs that
 * are equal in all knobs that noise depends on ({@link NoiseDependence}) have equal noise, which is
 * kept by the rank of those knobs.
 *
 * <p>Neglected: limits that name networks, and specs whose layers have precisions of their own,
 * where hardly two designs have equal ranks.
 */
final class FirstLimits {
  /** Bytes of noise that is kept at most: some 60,000 ranks (chosen). */
  private static final long BOUND_B = 32L << 20;

  /** Bytes of totals: a number and a flag a metric. */
  private static final long TOTALS_B = 512;

  private final List<Integer> conditions;
  private final Ranking ranking;
  private final Memo<Rank, Totals> noise;

  private FirstLimits(List<Integer> conditions, int[] knobs, DesignSpec spec, Evaluator evaluator) {
    this.conditions = conditions;
    ranking = spec.tree().rankingBy(knobs);
    DesignBinder binder = spec.newBinder();
    noise =
        new Memo<>(
            rank -> evaluator.noise(binder.bind(ranking.ordinals(rank))),
            BOUND_B,
            totals -> TOTALS_B);
  }

  /** First limits of a spec; empty where it has none, or noise is not of few knobs. */
  static Optional<FirstLimits> of(DesignSpec spec, Evaluator evaluator) {
    List<Integer> conditions =
        IntStream.range(0, spec.conditions().size())
            .filter(c -> NoiseDependence.isLimitOf(spec.conditions().get(c)))
            .boxed()
            .toList();
    boolean isRanked = spec.knobs().stream().noneMatch(knob -> knob.path().contains("["));
    return conditions.isEmpty() || !isRanked
        ? Optional.empty()
        : Optional.of(new FirstLimits(conditions, NoiseDependence.knobs(spec), spec, evaluator));
  }

  /** Indices of the conditions among those of the spec. */
  List<Integer> conditions() {
    return conditions;
  }

  /** Figures of noise of a design; nobody changes them. */
  Totals noise(int[] ordinals) {
    return noise.get(ranking.of(ordinals));
  }
}
