package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.FactoredPrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * The totals of one design at any factors of its sources of error, without another evaluation.
 *
 * <p>Energies, powers and areas are sums of counts × prices, and every price has one source of
 * error. A cost C is therefore linear in their factors f_k, and what is had per cost its inverse:
 *
 * <pre>
 *   C = C₀ (1 + Σ_k s_k (f_k − 1)),   TOPS/W = (TOPS/W)₀ / (1 + Σ_k s_k (f_k − 1)),
 * </pre>
 *
 * s_k the share of source k in the cost (docs/models.md, eq. 45). Shares are had by evaluating the
 * figures once with each factor doubled. Exact, but for rounding; peak power density and its miss
 * follow from the drawn power and area.
 *
 * <p>Neglected, as in the bands: times, noise and counts do not move, and wires keep the length of
 * the nominal tile.
 */
public final class ErrorShares {
  private static final Metric[] METRICS = Metric.values();

  /** Shares below this are rounding. */
  private static final double LEAST = 1e-12;

  private final List<ErrorSource> sources;
  private final Totals nominal;
  private final List<SensitiveFigure> moved;
  private final boolean isPhysical;

  /**
   * A figure that some source moves.
   *
   * @param network the network that it is of; empty = all together
   * @param isCost whether it is proportional to a cost; else to its inverse
   * @param shares share of each source
   */
  private record SensitiveFigure(
      Metric metric, OptionalInt network, double value, boolean isCost, double[] shares) {}

  private ErrorShares(
      List<ErrorSource> sources, Totals nominal, List<SensitiveFigure> moved, boolean isPhysical) {
    this.sources = sources;
    this.nominal = nominal;
    this.moved = moved;
    this.isPhysical = isPhysical;
  }

  /** The shares of a design's sources of error, at the nominal figures. */
  public static ErrorShares of(EvaluatedDesign evaluated) {
    List<ErrorSource> sources = evaluated.prices().errors();
    Totals nominal = Figures.withNetworks(evaluated);
    List<Totals> doubled = new ArrayList<>();
    for (ErrorSource source : sources) {
      doubled.add(
          Figures.withNetworks(
              Figures.of(
                  evaluated.at(
                      FactoredPrices.of(evaluated.prices(), s -> s.equals(source) ? 2 : 1)))));
    }
    List<SensitiveFigure> moved = new ArrayList<>();
    for (Metric metric : METRICS) {
      add(moved, metric, OptionalInt.empty(), nominal, doubled);
    }
    for (int n = 0; n < nominal.networks(); n++) {
      for (Metric metric : METRICS) {
        add(moved, metric, OptionalInt.of(n), nominal, doubled);
      }
    }
    return new ErrorShares(sources, nominal, List.copyOf(moved), Limits.isPhysical(evaluated));
  }

  private static void add(
      List<SensitiveFigure> moved,
      Metric metric,
      OptionalInt network,
      Totals nominal,
      List<Totals> doubled) {
    double value = of(nominal, network).value(metric);
    if (!Double.isFinite(value)) {
      return;
    }
    boolean isCost = !metric.higherIsBetter();
    double[] shares = new double[doubled.size()];
    boolean moves = false;
    for (int k = 0; k < shares.length; k++) {
      double other = of(doubled.get(k), network).value(metric);
      double share = isCost ? other / value - 1 : value / other - 1;
      shares[k] = Math.abs(share) < LEAST || value == 0 ? 0 : share;
      moves |= shares[k] != 0;
    }
    if (moves) {
      moved.add(new SensitiveFigure(metric, network, value, isCost, shares));
    }
  }

  private static Totals of(Totals totals, OptionalInt network) {
    return network.isPresent() ? totals.network(network.getAsInt()) : totals;
  }

  /** The sources of error, in the order of factors. */
  public List<ErrorSource> sources() {
    return sources;
  }

  /** The totals at factors of one, with those of the networks. */
  public Totals nominal() {
    return nominal;
  }

  /** The share of each source in a figure of the whole workload; zeros where nothing moves it. */
  public List<Double> shares(Metric metric) {
    for (SensitiveFigure figure : moved) {
      if (figure.metric() == metric && figure.network().isEmpty()) {
        return Arrays.stream(figure.shares()).boxed().toList();
      }
    }
    return sources.stream().map(source -> 0.0).toList();
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

  /** Totals to be drawn into: a copy of the nominal ones, with those of the networks. */
  public Totals copy() {
    Totals copy = new Totals();
    copy.copyFrom(nominal);
    for (int n = 0; n < nominal.networks(); n++) {
      copy.addNetwork(nominal.networkName(n)).copyFrom(nominal.network(n));
    }
    return copy;
  }

  /**
   * Sets the totals at factors.
   *
   * @param factors one a source
   * @param drawn a {@link #copy}
   */
  public void draw(double[] factors, Totals drawn) {
    for (SensitiveFigure figure : moved) {
      double[] shares = figure.shares();
      double cost = 1;
      for (int k = 0; k < shares.length; k++) {
        cost += shares[k] * (factors[k] - 1);
      }
      double value = figure.isCost() ? figure.value() * cost : figure.value() / cost;
      of(drawn, figure.network()).set(figure.metric(), value);
    }
    if (isPhysical) {
      drawn.setShortage(Limit.POWER_DENSITY, Limits.missedDensity_WperMm2(drawn));
    }
  }
}
