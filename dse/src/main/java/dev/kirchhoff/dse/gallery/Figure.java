package dev.kirchhoff.dse.gallery;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Dimension;
import java.util.List;

/** Figure that a value of {@code expect} is compared with. */
sealed interface Figure {
  /**
   * A metric.
   *
   * @param metric the metric
   */
  record OfMetric(Metric metric) implements Figure {}

  /**
   * A figure of the peak state: one vector on every crossbar.
   *
   * @param kind which
   */
  record OfPeak(Peak kind) implements Figure {}

  /**
   * The share of some parts in an area, an energy or a power.
   *
   * @param of which tree
   * @param parts paths of parts whose shares are added
   */
  record Share(Tree of, List<String> parts) implements Figure {}

  /** Figures of the peak state other than metrics. */
  enum Peak {
    VECTOR_LATENCY("vectorLatency", Dimension.TIME),
    VECTOR_ENERGY("vectorEnergy", Dimension.ENERGY),
    PASS_TIME("passTime", Dimension.TIME);

    private final String word;
    private final Dimension dimension;

    Peak(String word, Dimension dimension) {
      this.word = word;
      this.dimension = dimension;
    }

    String word() {
      return word;
    }
  }

  /** Trees that have shares. */
  enum Tree {
    AREA("areaShares"),
    ENERGY("energyShares"),
    POWER("powerShares");

    private final String word;

    Tree(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Dimension of the figure. */
  default Dimension dimension() {
    if (this instanceof OfMetric of) {
      return of.metric().dimension();
    }
    return this instanceof OfPeak of ? of.kind().dimension : Dimension.RATIO;
  }

  /** True if ours and the published value are compared by their difference, in points. */
  default boolean isShare() {
    return this instanceof Share;
  }

  /**
   * True if the figure measures the quality of a model: a cost, a time, a rate; not a count or a
   * level.
   */
  default boolean countsForTheError() {
    if (this instanceof OfMetric of) {
      return of.metric().isModelled();
    }
    return !isShare();
  }
}
