package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.design.Condition;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Metric;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Dependence on noise: limits that speak of nothing else, and the knobs that noise is a function
 * of. Tiles, links between them and crossbars beyond the weights' do not change it.
 */
public final class NoiseDependence {
  private static final Set<Metric> FIGURES =
      EnumSet.of(
          Metric.SNR,
          Metric.ACCURACY_LOSS,
          Metric.ACCURACY_LOSS_HIGH,
          Metric.AGREEMENT,
          Metric.AGREEMENT_LOW);

  /** Paths that noise does not depend on. Of a key that is not among them it is taken to do so. */
  private static final String[] UNSEEN = {
    "chip.tile",
    "chip.interconnect",
    "chip.globalBuffer",
    "chip.io",
    "chip.control",
    "chip.pe.perTile",
    "mapping.extraCrossbars"
  };

  private NoiseDependence() {}

  /** True if a limit is on what noise does to all networks together. */
  public static boolean isLimitOf(Condition condition) {
    return !condition.isOnKnobs()
        && !condition.namesNetworks()
        && condition.terms().stream()
            .allMatch(term -> FIGURES.contains(term.metric()) && term.network().isEmpty());
  }

  /**
   * Indices of the knobs that noise depends on, without those of single layers.
   *
   * @param others further paths that it is known not to depend on
   */
  public static int[] knobs(DesignSpec spec, String... others) {
    return spec.tree()
        .knobsBeside(Stream.of(UNSEEN, others).flatMap(Stream::of).toArray(String[]::new));
  }
}
