package dev.kirchhoff.arch.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The totals of one design on primitives: a value per {@link Metric}, NaN where the design has
 * none, as in all columns of values, and an amount per {@link Limit}. Where they were asked for,
 * also the totals of each network on the chip by itself. An evaluation fills new totals and does
 * not change them later; while they are filled they are one thread's.
 */
public final class Totals {
  private static final Metric[] METRICS = Metric.values();
  private static final Limit[] LIMITS = Limit.values();

  private final double[] values = new double[METRICS.length];
  private final double[] shortages = new double[LIMITS.length];
  private final List<Totals> known = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /** All values unknown, nothing missing. */
  public Totals() {
    clear();
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(values, Double.NaN);
    Arrays.fill(shortages, 0);
    names.clear();
  }

  /**
   * The value of a metric in its unit; NaN where the design has none (no workload, for example).
   */
  public double value(Metric metric) {
    return values[metric.ordinal()];
  }

  /** The value of a metric in text, with its unit. */
  public String print(Metric metric) {
    return metric.print(value(metric));
  }

  /** Sets the value of a metric. */
  public void set(Metric metric, double value) {
    values[metric.ordinal()] = value;
  }

  /** Sets the value of a metric, or leaves it without one. */
  public void set(Metric metric, OptionalDouble value) {
    values[metric.ordinal()] = value.orElse(Double.NaN);
  }

  /** True if the design has this metric. */
  public boolean has(Metric metric) {
    return !Double.isNaN(values[metric.ordinal()]);
  }

  /** By how much a limit is missed; 0 = met. */
  public double shortage(Limit limit) {
    return shortages[limit.ordinal()];
  }

  /** Sets by how much a limit is missed. */
  public void setShortage(Limit limit, double amount) {
    shortages[limit.ordinal()] = amount;
  }

  /** True if every limit is met. */
  public boolean isFeasible() {
    for (double shortage : shortages) {
      if (shortage > 0) {
        return false;
      }
    }
    return true;
  }

  /** Takes over all values and shortages of another, not its networks. */
  public void copyFrom(Totals other) {
    System.arraycopy(other.values, 0, values, 0, values.length);
    System.arraycopy(other.shortages, 0, shortages, 0, shortages.length);
  }

  /** Networks whose own totals are known; none unless they were asked for. */
  public int networks() {
    return names.size();
  }

  /** Name of a network. */
  public String networkName(int network) {
    return names.get(network);
  }

  /** Totals of a network by itself; what is the chip's is the same as in these. */
  public Totals network(int network) {
    return known.get(network);
  }

  /** Totals of the first network of a name; empty if there is none. */
  public Optional<Totals> network(String name) {
    int index = names.indexOf(name);
    return index < 0 ? Optional.empty() : Optional.of(known.get(index));
  }

  /** Adds a network with the values of these totals, for its own to be set. */
  public Totals addNetwork(String name) {
    if (known.size() == names.size()) {
      known.add(new Totals());
    }
    Totals network = known.get(names.size());
    network.copyFrom(this);
    names.add(name);
    return network;
  }
}
