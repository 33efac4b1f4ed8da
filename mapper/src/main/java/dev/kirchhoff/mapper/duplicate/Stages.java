package dev.kirchhoff.mapper.duplicate;

import java.util.Arrays;

/**
 * Stages of a network as duplication sees them: a stage with d copies takes
 *
 * <pre>T(d) = max(⌈N / d⌉ · interval, shared / max(1, A d / Q))</pre>
 *
 * <p>with N input vectors, the crossbars' time for one vector (interval), the time that a tile's
 * buffer, bus, link and digital units would take if one tile did all of the stage's work (shared),
 * A crossbars a copy and Q crossbars a tile: copies that fill more tiles bring more buffers and
 * units with them. It takes A d crossbars of the budget, rounded up to whole granules: a PE or a
 * tile if a layer's ground must end with one, else a crossbar. Neglected: layers that share a tile
 * are assumed not to want its buffer at the same time. Filled anew for every design; not safe for
 * several threads.
 */
public final class Stages {
  private int count;
  private double[] vectors = new double[32];
  private double[] interval_ns = new double[32];
  private double[] shared_ns = new double[32];
  private double[] crossbars = new double[32];
  private int[] copies = new int[32];
  private double[] wanted = new double[32];
  private double[] time_ns = new double[32];
  private double[] faster = new double[32];
  private double[] waiting_ns = new double[32];
  private double crossbarsPerTile = 1;
  private double granule = 1;

  /** Forgets all stages. */
  public void clear(double crossbarsPerTile) {
    clear(crossbarsPerTile, 1);
  }

  /**
   * Forgets all stages.
   *
   * @param granule crossbars of which a stage takes whole multiples; 1 = as many as it needs
   */
  public void clear(double crossbarsPerTile, double granule) {
    count = 0;
    setGround(crossbarsPerTile, granule);
  }

  /** Sets the crossbars of a tile, and those of which a stage takes whole multiples. */
  public void setGround(double crossbarsPerTile, double granule) {
    this.crossbarsPerTile = crossbarsPerTile;
    this.granule = granule;
  }

  /** Adds a stage with one copy; stages without crossbars are not added. */
  public void add(double vectors, double interval_ns, double shared_ns, double crossbars) {
    if (count == copies.length) {
      grow();
    }
    this.vectors[count] = vectors;
    this.interval_ns[count] = interval_ns;
    this.shared_ns[count] = shared_ns;
    this.crossbars[count] = crossbars;
    copies[count] = 1;
    waiting_ns[count] = 0;
    count++;
  }

  /** Changes a stage but for its vectors; it has one copy and waits for nothing. */
  public void set(int stage, double interval_ns, double shared_ns, double crossbars) {
    this.interval_ns[stage] = interval_ns;
    this.shared_ns[stage] = shared_ns;
    this.crossbars[stage] = crossbars;
    copies[stage] = 1;
    waiting_ns[stage] = 0;
  }

  /** Makes these stages those of others, copies included. */
  public void set(Stages other) {
    clear(other.crossbarsPerTile, other.granule);
    while (copies.length < other.count) {
      grow();
    }
    count = other.count;
    System.arraycopy(other.vectors, 0, vectors, 0, count);
    System.arraycopy(other.interval_ns, 0, interval_ns, 0, count);
    System.arraycopy(other.shared_ns, 0, shared_ns, 0, count);
    System.arraycopy(other.crossbars, 0, crossbars, 0, count);
    System.arraycopy(other.copies, 0, copies, 0, count);
    System.arraycopy(other.waiting_ns, 0, waiting_ns, 0, count);
  }

  /**
   * Takes the copies of other stages if these are the same but for their copies.
   *
   * @return whether they are
   */
  public boolean takeCopies(Stages other) {
    boolean isSame =
        crossbarsPerTile == other.crossbarsPerTile
            && granule == other.granule
            && count == other.count;
    for (int l = 0; l < count && isSame; l++) {
      isSame =
          crossbars[l] == other.crossbars[l]
              && vectors[l] == other.vectors[l]
              && interval_ns[l] == other.interval_ns[l]
              && shared_ns[l] == other.shared_ns[l];
    }
    if (isSame) {
      System.arraycopy(other.copies, 0, copies, 0, count);
    }
    return isSame;
  }

  private void grow() {
    int size = 2 * copies.length;
    vectors = Arrays.copyOf(vectors, size);
    interval_ns = Arrays.copyOf(interval_ns, size);
    shared_ns = Arrays.copyOf(shared_ns, size);
    crossbars = Arrays.copyOf(crossbars, size);
    copies = Arrays.copyOf(copies, size);
    wanted = new double[size];
    time_ns = new double[size];
    faster = new double[size];
    waiting_ns = Arrays.copyOf(waiting_ns, size);
  }

  /** Number of stages. */
  public int count() {
    return count;
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

  /** Copies of a stage. */
  public int copies(int stage) {
    return copies[stage];
  }

  /** Sets the copies of a stage. */
  public void setCopies(int stage, int number) {
    copies[stage] = number;
  }

  /** Crossbars of all stages with their copies. */
  public double crossbars() {
    double sum = 0;
    for (int l = 0; l < count; l++) {
      sum += price(l, copies[l]);
    }
    return sum;
  }

  /** Crossbars that a stage takes with its copies. */
  public double taken(int stage) {
    return price(stage, copies[stage]);
  }

  /** Crossbars that a stage takes with d copies. */
  double price(int stage, double d) {
    double needed = crossbars[stage] * d;
    return granule == 1 ? needed : Math.ceil(needed / granule) * granule;
  }

  /** Whether a stage takes exactly the crossbars of its copies and waits for nothing else. */
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

  /** Time of a stage with its copies, and with the others on crossbars that it shares. */
  public double time_ns(int stage) {
    return Math.max(time_ns(stage, copies[stage]), waiting_ns[stage]);
  }

  /** Time that the crossbars of one of a stage's copies read. */
  public double reads_ns(int stage) {
    return Math.ceil(vectors[stage] / copies[stage]) * interval_ns[stage];
  }

  /** Time that crossbars of a stage read for it and for others. */
  public double waiting_ns(int stage) {
    return waiting_ns[stage];
  }

  /** Sets how long crossbars of a stage read for it and for others. */
  public void setWaiting_ns(int stage, double waiting_ns) {
    this.waiting_ns[stage] = waiting_ns;
  }

  /** Time of a stage with d copies on crossbars of its own. */
  public double time_ns(int stage, double d) {
    double reads = Math.ceil(vectors[stage] / d) * interval_ns[stage];
    if (shared_ns[stage] <= reads) {
      return reads;
    }
    double tiles = Math.max(1, crossbars[stage] * d / crossbarsPerTile);
    return Math.max(reads, shared_ns[stage] / tiles);
  }

  /**
   * Finds for each stage the fewest copies that bring it to at most {@code limit_ns}.
   *
   * @return their crossbars; infinite if some stage cannot be so fast
   */
  double price(double limit_ns) {
    want(limit_ns * (1 + TOLERANCE));
    double cost = 0;
    for (int l = 0; l < count; l++) {
      if (wanted[l] > vectors[l]) {
        wanted[l] = Double.POSITIVE_INFINITY;
      }
      cost += price(l, wanted[l]);
    }
    return cost;
  }

  /**
   * Writes the fewest copies that bring each stage to a limit: ⌈N / ⌊limit / interval⌋⌉, and
   * ⌈shared / limit · Q / A⌉ where shared is longer than the limit; more than N where none can.
   * Without branches, so that several stages are computed at once.
   */
  private void want(double limit) {
    for (int l = 0; l < count; l++) {
      double reads = Math.floor(limit / interval_ns[l]);
      double tiles = shared_ns[l] / limit;
      double isLonger = Math.min(1, Math.ceil(tiles) - 1);
      double forTiles = isLonger * Math.ceil(tiles * crossbarsPerTile / crossbars[l]);
      wanted[l] = Math.max(Math.ceil(vectors[l] / reads), forTiles);
    }
  }

  /**
   * Gives the slowest of all stages with the copies found last, those that take as long together,
   * the fewest copies that make them faster. {@link #reach} comes before the first of these.
   *
   * @param left crossbars that this may take
   * @return crossbars that it takes; below 0 if it takes too many and nothing has changed
   */
  double speedUp(double left) {
    double least = slowest_ns() / (1 + TOLERANCE);
    double limit = least * (1 - TOLERANCE);
    double more = 0;
    for (int l = 0; l < count; l++) {
      if (time_ns[l] >= least) {
        faster[l] = copiesFor(l, limit);
        more += price(l, faster[l]) - price(l, wanted[l]);
        if (!(more <= left)) {
          return -1;
        }
      }
    }
    for (int l = 0; l < count; l++) {
      if (time_ns[l] >= least) {
        wanted[l] = faster[l];
        time_ns[l] = wantedTime_ns(l);
      }
    }
    return more;
  }

  private double copiesFor(int stage, double limit_ns) {
    double d = Math.ceil(vectors[stage] / Math.floor(limit_ns / interval_ns[stage]));
    if (shared_ns[stage] > limit_ns) {
      double tiles = shared_ns[stage] / limit_ns;
      d = Math.max(d, Math.ceil(tiles * crossbarsPerTile / crossbars[stage]));
    }
    return d > vectors[stage] ? Double.POSITIVE_INFINITY : d;
  }

  /** Finds the times of all stages with the copies found last, before they are sped up. */
  void reach() {
    for (int l = 0; l < count; l++) {
      time_ns[l] = wantedTime_ns(l);
    }
  }

  private double wantedTime_ns(int l) {
    double d = wanted[l];
    double reads = Math.ceil(vectors[l] / d) * interval_ns[l];
    return Math.max(reads, shared_ns[l] / Math.max(1, crossbars[l] * d / crossbarsPerTile));
  }

  private double slowest_ns() {
    double slowest = 0;
    for (int l = 0; l < count; l++) {
      slowest = time_ns[l] > slowest ? time_ns[l] : slowest;
    }
    return slowest;
  }

  /** The shortest time at which some stage needs fewer copies than those found last. */
  double next_ns() {
    for (int l = 0; l < count; l++) {
      // A copy less; as many as there are vectors where no number was enough. Without any copy a
      // stage takes for ever.
      double d = Math.min(wanted[l] - 1, vectors[l]);
      double reads = Math.ceil(vectors[l] / d) * interval_ns[l];
      time_ns[l] = Math.max(reads, shared_ns[l] / Math.max(1, crossbars[l] * d / crossbarsPerTile));
    }
    double next = Double.POSITIVE_INFINITY;
    for (int l = 0; l < count; l++) {
      next = time_ns[l] < next ? time_ns[l] : next;
    }
    return next;
  }

  /** Takes the copies found last. */
  void take() {
    for (int l = 0; l < count; l++) {
      copies[l] = (int) wanted[l];
    }
  }

  /**
   * Two times closer than this, relatively, are one: a multiple of an interval must not be lost to
   * rounding.
   */
  static final double TOLERANCE = 1e-12;
}
