package dev.kirchhoff.mapper.duplicate;

import java.util.ArrayList;
import java.util.List;

/**
 * Stages of a network: a stage with d copies takes (docs/mapping.md, eq. 4)
 *
 * <pre>t_stage(d) = max(⌈N / d⌉ · interval, shared / max(1, A d / Q))</pre>
 *
 * <p>with N input vectors, the crossbars' time for one vector (interval), the time that a tile's
 * buffer, bus, link and digital units would take if one tile did all of the stage's work (shared),
 * A crossbars a copy and Q crossbars a tile: copies that fill more tiles bring more buffers and
 * units with them. It takes A d crossbars of the budget, rounded up to whole granules: a PE or a
 * tile if a layer's crossbars must end with one, else a crossbar. Neglected: layers that share a
 * tile are assumed not to need its buffer at the same time. Immutable.
 */
public final class Stages {
  /**
   * Two times closer than this, relatively, are one: a multiple of an interval must not be lost to
   * rounding.
   */
  static final double TOLERANCE = 1e-12;

  private final double[] vectors;
  private final double[] interval_ns;
  private final double[] shared_ns;
  private final double[] crossbars;
  private final double crossbarsPerTile;
  private final double granule;

  private Stages(List<Stage> stages, double crossbarsPerTile, double granule) {
    this.crossbarsPerTile = crossbarsPerTile;
    this.granule = granule;
    int count = stages.size();
    vectors = new double[count];
    interval_ns = new double[count];
    shared_ns = new double[count];
    crossbars = new double[count];
    for (int s = 0; s < count; s++) {
      Stage stage = stages.get(s);
      vectors[s] = stage.vectors();
      interval_ns[s] = stage.interval_ns();
      shared_ns[s] = stage.shared_ns();
      crossbars[s] = stage.crossbars();
    }
  }

  /**
   * Stages on tiles of so many crossbars.
   *
   * @param granule crossbars of which a stage takes whole multiples; 1 = as many as it needs
   */
  public static Stages of(List<Stage> stages, double crossbarsPerTile, double granule) {
    return new Stages(stages, crossbarsPerTile, granule);
  }

  /** These stages as if what tiles share never made one wait. */
  public Stages onOwnTiles() {
    List<Stage> own = new ArrayList<>(count());
    for (int s = 0; s < count(); s++) {
      own.add(new Stage(vectors[s], interval_ns[s], 0, crossbars[s]));
    }
    return of(own, crossbarsPerTile, granule);
  }

  /** Number of stages. */
  public int count() {
    return vectors.length;
  }

  /** A stage by itself. */
  public Stage stage(int stage) {
    return new Stage(vectors[stage], interval_ns[stage], shared_ns[stage], crossbars[stage]);
  }

  /** Input vectors of a stage. */
  public double vectors(int stage) {
    return vectors[stage];
  }

  /** Crossbars' time for one vector. */
  public double interval_ns(int stage) {
    return interval_ns[stage];
  }

  /** Time that one tile's buffer, bus, link and digital units would take for all of a stage. */
  public double shared_ns(int stage) {
    return shared_ns[stage];
  }

  /** Crossbars of one copy of a stage. */
  public double crossbars(int stage) {
    return crossbars[stage];
  }

  /** Crossbars of a tile. */
  double crossbarsPerTile() {
    return crossbarsPerTile;
  }

  /** Crossbars of all stages with their copies. */
  public double crossbars(Copies copies) {
    double sum = 0;
    for (int s = 0; s < vectors.length; s++) {
      sum += price(s, copies.of(s));
    }
    return sum;
  }

  /** Crossbars that a stage takes with d copies, in whole granules. */
  public double price(int stage, double d) {
    double needed = crossbars[stage] * d;
    return granule == 1 ? needed : Math.ceil(needed / granule) * granule;
  }

  /** Time of a stage with d copies. */
  public double time_ns(int stage, double d) {
    double reads_ns = reads_ns(stage, d);
    if (shared_ns[stage] <= reads_ns) {
      return reads_ns;
    }
    double tiles = Math.max(1, crossbars[stage] * d / crossbarsPerTile);
    return Math.max(reads_ns, shared_ns[stage] / tiles);
  }

  /** The fewest copies with which a stage takes at most a time; infinite if none do. */
  public double copiesFor(int stage, double limit_ns) {
    double d = Math.ceil(vectors[stage] / Math.floor(limit_ns / interval_ns[stage]));
    if (shared_ns[stage] > limit_ns) {
      double tiles = shared_ns[stage] / limit_ns;
      d = Math.max(d, Math.ceil(tiles * crossbarsPerTile / crossbars[stage]));
    }
    return d > vectors[stage] ? Double.POSITIVE_INFINITY : d;
  }

  /** Time that the crossbars of one of a stage's d copies read. */
  public double reads_ns(int stage, double d) {
    return Math.ceil(vectors[stage] / d) * interval_ns[stage];
  }

  /** True if a stage takes exactly the crossbars of its copies and has no other bound. */
  boolean isBoundByCrossbars(int stage) {
    // Then shared / (A d / Q) <= N · interval / d <= ⌈N / d⌉ · interval for every d.
    return granule == 1
        && shared_ns[stage] * crossbarsPerTile
            <= vectors[stage] * interval_ns[stage] * crossbars[stage];
  }

  /**
   * The next number of copies that can be faster than d: reads get fewer, or more tiles share the
   * work.
   */
  int next(int stage, int d) {
    double reads = Math.ceil(vectors[stage] / d);
    if (reads * interval_ns[stage] >= time_ns(stage, d)) {
      return reads > 1 ? (int) Math.ceil(vectors[stage] / (reads - 1)) : Integer.MAX_VALUE;
    }
    return Math.max(d + 1, (int) Math.floor(crossbarsPerTile / crossbars[stage]) + 1);
  }
}
