package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The totals of one design at any factors of its sources of error, without another evaluation.
 *
 * <p>A row of the ledger has one source of error. A cost C is therefore linear in the factors f_k,
 * and what is had per cost its inverse:
 *
 * <pre>
 *   C = Σ_k f_k C_k = C₀ (1 + Σ_k s_k (f_k − 1)),   TOPS/W = (TOPS/W)₀ / (1 + Σ_k s_k (f_k − 1)),
 * </pre>
 *
 * C_k the sum of the rows of source k and s_k its share in the cost (docs/models.md, eq. 45).
 * Exact, but for rounding.
 *
 * <p>Neglected, as in the bands: times, noise and counts do not move, and wires keep the length of
 * the nominal tile.
 */
public final class ErrorShares {
  /** Shares below this are rounding. */
  private static final double LEAST = 1e-12;

  private final EvaluatedDesign evaluated;
  private final List<ErrorSource> sources;

  /** Costs that nothing moves, then those of each source. */
  private final List<Costs> costs;

  private final Totals nominal;

  private ErrorShares(EvaluatedDesign evaluated) {
    this.evaluated = evaluated;
    sources = evaluated.ledger().errors();
    costs = Costs.bySource(evaluated.ledger(), evaluated.mapping(), sources);
    nominal = Figures.withNetworks(evaluated.stages(), evaluated.totals());
  }

  /** The shares of a design's sources of error, at the figures of its ledger. */
  public static ErrorShares of(EvaluatedDesign evaluated) {
    return new ErrorShares(evaluated);
  }

  /** The sources of error, in the order of factors. */
  public List<ErrorSource> sources() {
    return sources;
  }

  /** The totals at factors of one, with those of the networks. */
  public Totals nominal() {
    return nominal;
  }

  /**
   * The share of each source in a figure of the whole workload: what the rows of the source add to
   * a cost, or take from what is had per cost; zeros where nothing moves it.
   */
  public List<Double> shares(Metric metric) {
    double value = nominal.value(metric);
    Totals twice = whole();
    double[] factors = ones();
    List<Double> shares = new ArrayList<>();
    for (int k = 0; k < factors.length; k++) {
      factors[k] = 2;
      draw(factors, twice);
      factors[k] = 1;
      double other = twice.value(metric);
      double share = metric.higherIsBetter() ? value / other - 1 : other / value - 1;
      shares.add(Double.isFinite(share) && Math.abs(share) >= LEAST ? share : 0);
    }
    return shares;
  }

  private double[] ones() {
    double[] ones = new double[sources.size()];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** A limit in words; of the one that draws move, as a rule with its bound. */
  public static String rule(Limit limit) {
    return limit == Limit.POWER_DENSITY
        ? "peak power / area <= "
            + Units.significant(Limits.LARGEST_DENSITY_WPERMM2)
            + " "
            + limit.unit()
        : limit.sentence();
  }

  /** Totals to be drawn into: a copy of the nominal ones, of the whole workload alone. */
  public Totals whole() {
    Totals copy = new Totals();
    copy.copyFrom(nominal);
    return copy;
  }

  /** Totals to be drawn into: a copy of the nominal ones, with those of the networks. */
  public Totals copy() {
    Totals copy = whole();
    for (int n = 0; n < nominal.networks(); n++) {
      copy.addNetwork(nominal.networkName(n)).copyFrom(nominal.network(n));
    }
    return copy;
  }

  /**
   * Sets the totals at factors.
   *
   * @param factors one a source
   * @param drawn a {@link #copy}, or {@link #whole}
   */
  public void draw(double[] factors, Totals drawn) {
    Figures.at(evaluated.stages(), Costs.atFactors(costs, factors), drawn);
  }
}
