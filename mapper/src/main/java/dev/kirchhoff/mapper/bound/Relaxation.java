package dev.kirchhoff.mapper.bound;

import dev.kirchhoff.mapper.duplicate.Stage;

/**
 * Lower bounds of area and energy of all designs that have one chip, one share of extra crossbars
 * and any precision of each layer, as long as their noise is within a limit.
 *
 * <p>Linear relaxation over the layers' options: each layer is anywhere on the lower hull of
 * (noise, cost), and the least sum of costs with a sum of noise within the limit follows from
 * taking the segments of all hulls by their slope. Two costs are taken so: energy, and crossbars at
 * the longest interval that any choice of options has. The interval is at least the time T at which
 * the crossbars of the fewest copies d that are fast enough can be paid for,
 *
 * <pre>Σ_l min over options of c (d(T) − 1 − x) &lt;= 0</pre>
 *
 * <p>with c crossbars a copy and x the share of extra crossbars; no interval of a choice is longer
 * than the T at which the greatest of these terms can be paid for. Options are then rounded to the
 * choice that is cheapest in the relaxation and holds the limit.
 *
 * <p>Not thread-safe: it keeps what it has found last.
 */
public final class Relaxation {
  /** Two times closer than this, relatively, are one. */
  private static final double TOLERANCE = 1e-12;

  /** Relative width of the interval in which a time is found. */
  private static final double NARROW = 1e-5;

  private final LayerCosts costs;
  private final double[][] noise;
  private final double mostNoise;
  private final double extra;
  private final int layers;
  private final int options;
  private final double[][] crossbars;

  private final double[] slopes;
  private final int[] segments;
  private final int[] froms;
  private final int[] tos;
  private final int[] choice;
  private int split;

  private double area_um2;
  private double energy_fJ;
  private double interval_ns;
  private double latency_ns;
  private final double[] times_ns;
  private final int[] cheapest;
  private final int[] smallest;
  private int undecided;

  /**
   * A relaxation.
   *
   * @param noise by layer and option, noise that reaches the output
   * @param mostNoise the most of their sum
   * @param extra crossbars for copies as a share of those of one copy of each layer
   */
  public Relaxation(LayerCosts costs, double[][] noise, double mostNoise, double extra) {
    this.costs = costs;
    this.noise = noise;
    this.mostNoise = mostNoise;
    this.extra = extra;
    layers = costs.layers();
    options = costs.options();
    crossbars = new double[layers][options];
    int most = layers * options;
    slopes = new double[most];
    segments = new int[most];
    froms = new int[most];
    tos = new int[most];
    choice = new int[layers];
    times_ns = new double[layers];
    cheapest = new int[layers];
    smallest = new int[layers];
  }

  /**
   * Bounds the designs whose layers have some options.
   *
   * @param fixed by layer the option that it has; negative where it may have any
   * @return false if none of them holds the limit on noise
   */
  public boolean bound(int[] fixed) {
    double work_fJ = least(costs.work_fJ(), fixed);
    if (work_fJ == Double.POSITIVE_INFINITY) {
      return false;
    }
    undecided = split;
    System.arraycopy(choice, 0, cheapest, 0, layers);
    double shortest_ns = time_ns(fixed, true);
    // Without the times of a tile no interval is known to be long enough: one copy of everything.
    double longest_ns = costs.hasTiles() ? time_ns(fixed, false) : Double.POSITIVE_INFINITY;
    for (int l = 0; l < layers; l++) {
      for (int o = 0; o < options; o++) {
        double copies = Math.min(costs.vectors(l), copies(l, o, longest_ns));
        crossbars[l][o] = costs.crossbars(l, o) * Math.max(1, copies);
      }
    }
    for (int l = 0; l < layers; l++) {
      times_ns[l] = Double.POSITIVE_INFINITY;
      for (int o = 0; o < options; o++) {
        if (fixed[l] < 0 || fixed[l] == o) {
          times_ns[l] = Math.min(times_ns[l], timeFor_ns(l, o, shortest_ns));
        }
      }
    }
    latency_ns = costs.latency_ns(times_ns);
    double taken = least(crossbars, fixed);
    System.arraycopy(choice, 0, smallest, 0, layers);
    undecided = undecided >= 0 ? undecided : split;
    interval_ns = Math.max(shortest_ns, costs.port_ns());
    area_um2 = costs.area_um2(taken);
    energy_fJ = work_fJ + costs.static_uW(taken) * interval_ns;
    return true;
  }

  /** Least area of these designs. */
  public double leastArea_um2() {
    return area_um2;
  }

  /** Least energy of these designs. */
  public double leastEnergy_fJ() {
    return energy_fJ;
  }

  /** Least time between two inferences of these designs. */
  public double leastInterval_ns() {
    return interval_ns;
  }

  /** Least latency of these designs. */
  public double leastLatency_ns() {
    return latency_ns;
  }

  /** By layer the option of the choice that is cheapest in energy, rounded. */
  public int[] cheapest() {
    return cheapest.clone();
  }

  /** By layer the option of the choice that takes fewest crossbars, rounded. */
  public int[] smallest() {
    return smallest.clone();
  }

  /**
   * A layer that the relaxation has between two options, or in which the choices differ; −1 if
   * none.
   */
  public int undecided() {
    for (int l = 0; l < layers && undecided < 0; l++) {
      undecided = cheapest[l] != smallest[l] ? l : -1;
    }
    return undecided;
  }

  /**
   * The least sum of costs with noise within the limit, options in parts; infinite if there is
   * none. Leaves the rounded choice, and the layer in parts.
   */
  private double least(double[][] cost, int[] fixed) {
    double sum = 0;
    double all = 0;
    int count = 0;
    split = -1;
    for (int l = 0; l < layers; l++) {
      double[] own = cost[l];
      double[] of = noise[l];
      int at = Math.max(0, fixed[l]);
      for (int o = 0; o < options && fixed[l] < 0; o++) {
        boolean isLess = own[o] < own[at] || own[o] == own[at] && of[o] < of[at];
        at = isLess ? o : at;
      }
      choice[l] = at;
      sum += own[at];
      all += of[at];
      int next = fixed[l] < 0 ? next(own, of, at) : -1;
      while (next >= 0) {
        slopes[count] = (own[next] - own[at]) / (of[at] - of[next]);
        segments[count] = l;
        froms[count] = at;
        tos[count++] = next;
        at = next;
        next = next(own, of, at);
      }
    }
    if (all <= mostNoise) {
      return sum;
    }
    sort(count);
    for (int i = 0; i < count; i++) {
      int l = segments[i];
      double quieter = noise[l][froms[i]] - noise[l][tos[i]];
      double dearer = cost[l][tos[i]] - cost[l][froms[i]];
      choice[l] = tos[i];
      if (all - quieter <= mostNoise) {
        double share = (all - mostNoise) / quieter;
        split = share < 1 - TOLERANCE ? l : -1;
        return sum + dearer * share;
      }
      all -= quieter;
      sum += dearer;
    }
    return Double.POSITIVE_INFINITY;
  }

  /** The next corner of a layer's lower hull: the quieter option of least slope; −1 if none. */
  private int next(double[] cost, double[] of, int at) {
    int next = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int o = 0; o < options; o++) {
      if (of[o] < of[at]) {
        double slope = (cost[o] - cost[at]) / (of[at] - of[o]);
        if (slope < least || slope == least && next >= 0 && of[o] < of[next]) {
          least = slope;
          next = o;
        }
      }
    }
    return next;
  }

  /** Sorts the segments by slope; those of a layer rise already. */
  private void sort(int count) {
    for (int i = 1; i < count; i++) {
      double slope = slopes[i];
      int segment = segments[i];
      int from = froms[i];
      int to = tos[i];
      int j = i;
      for (; j > 0 && slopes[j - 1] > slope; j--) {
        slopes[j] = slopes[j - 1];
        segments[j] = segments[j - 1];
        froms[j] = froms[j - 1];
        tos[j] = tos[j - 1];
      }
      slopes[j] = slope;
      segments[j] = segment;
      froms[j] = from;
      tos[j] = to;
    }
  }

  /**
   * The shortest interval that any choice of options can have, or the longest that one must have.
   */
  private double time_ns(int[] fixed, boolean isShortest) {
    double high_ns = 0;
    for (int l = 0; l < layers; l++) {
      double own_ns = isShortest ? Double.POSITIVE_INFINITY : 0;
      for (int o = 0; o < options; o++) {
        if (fixed[l] < 0 || fixed[l] == o) {
          double once_ns = costs.time_ns(l, o, 1);
          own_ns = isShortest ? Math.min(own_ns, once_ns) : Math.max(own_ns, once_ns);
        }
      }
      high_ns = Math.max(high_ns, own_ns);
    }
    if (extra == 0) {
      return high_ns;
    }
    double low_ns = 0;
    high_ns *= 1 + TOLERANCE;
    while (high_ns - low_ns > NARROW * high_ns) {
      double middle_ns = (low_ns + high_ns) / 2;
      if (isPaid(fixed, middle_ns, isShortest)) {
        high_ns = middle_ns;
      } else {
        low_ns = middle_ns;
      }
    }
    return isShortest ? next_ns(fixed, low_ns) : high_ns;
  }

  /** The shortest time that some stage can have from a time on: intervals are such times. */
  private double next_ns(int[] fixed, double from_ns) {
    double next_ns = Double.POSITIVE_INFINITY;
    for (int l = 0; l < layers; l++) {
      for (int o = 0; o < options; o++) {
        if (fixed[l] < 0 || fixed[l] == o) {
          Stage stage = costs.stage(l, o);
          double reads = Math.ceil(from_ns / stage.interval_ns() * (1 - TOLERANCE));
          if (reads <= stage.vectors()) {
            next_ns = Math.min(next_ns, Math.max(1, reads) * stage.interval_ns());
          }
          double once_ns = stage.shared_ns() * costs.perTile() / stage.crossbars();
          double copies = Math.floor(once_ns / from_ns * (1 + TOLERANCE));
          if (copies >= 1 && copies <= stage.vectors()) {
            next_ns = Math.min(next_ns, once_ns / copies);
          }
          if (stage.shared_ns() >= from_ns) {
            next_ns = Math.min(next_ns, stage.shared_ns());
          }
        }
      }
    }
    return next_ns < Double.POSITIVE_INFINITY ? Math.max(from_ns, next_ns) : from_ns;
  }

  /** Time of a layer with the copies that an interval asks for, of one copy without any. */
  private double timeFor_ns(int layer, int option, double interval_ns) {
    double most = extra == 0 ? 1 : costs.vectors(layer);
    return costs.time_ns(layer, option, Math.min(most, copies(layer, option, interval_ns)));
  }

  private boolean isPaid(int[] fixed, double time_ns, boolean isShortest) {
    double sum = 0;
    for (int l = 0; l < layers; l++) {
      double own = isShortest ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      for (int o = 0; o < options; o++) {
        if (fixed[l] < 0 || fixed[l] == o) {
          double more = costs.crossbars(l, o) * (copies(l, o, time_ns) - 1 - extra);
          own = isShortest ? Math.min(own, more) : Math.max(own, more);
        }
      }
      sum += own;
    }
    // The budget is whole: of a choice up to one crossbar less.
    return isShortest ? sum <= 1e-6 : sum <= -1;
  }

  private double copies(int layer, int option, double time_ns) {
    return costs.copiesFor(layer, option, time_ns * (1 + TOLERANCE));
  }
}
