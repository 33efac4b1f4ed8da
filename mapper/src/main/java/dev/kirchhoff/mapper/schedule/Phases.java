package dev.kirchhoff.mapper.schedule;

import java.util.Arrays;

/**
 * In which phases a workload that is larger than the chip is loaded, and what stays.
 *
 * <p>Some layers stay on their crossbars for good; the others share the rest of the chip, the
 * region, phase by phase: a phase is a run of them in topological order that fits the region, is
 * written in one go (each tile one crossbar at a time) and worked off before the next. A layer
 * larger than the chip is a phase of its own, loaded in parts. A phase that starts before layer l
 * costs, once a batch, the time of writing ⌈crossbars / tiles⌉ of them and what it takes to put
 * away and fetch the maps that are alive there.
 *
 * <p><b>Partition</b>, exact for what stays: f(i) = min over j of f(j) + cost(j .. i) over all runs
 * that fit. Proof: the last phase of a best partition of the first i layers is some j .. i, what is
 * before it is a partition of the first j, and costs add up, so f(j) + cost(j .. i) with the best
 * partition before it is not above it.
 *
 * <p><b>What stays</b>, for a region that need not hold a layer of more than r crossbars: larger
 * layers must stay; of the others a subset with the most crossbars within chip − r, found over all
 * sums that subsets reach, so that no choice loads fewer crossbars in a batch. Proof: the region is
 * at least its largest layer, r for some layer of size r, so what stays has at most chip − r; the
 * choices of r go through all sizes, and r = chip (nothing stays). The fastest of them all is
 * taken, of equal ones that which loads least, then that with fewest phases.
 *
 * <p>So both are exact where putting maps away costs nothing, as for single inferences or where
 * buffers hold a batch. Where it costs, what stays is improved by turning one layer or a pair round
 * while that is faster, which need not end at the fastest of all choices (955 of 1,000 random small
 * cases did, the worst was 19 % slower).
 *
 * <p>Neglected: that the first phase of a batch may follow the last of the one before (nothing is
 * shared by the two), and that layers of one phase differ in time. Beyond {@link #SUMS} crossbars
 * sums are counted in groups, rounded up. Scratch; not safe for several threads.
 */
public final class Phases {
  /** Sums told apart. */
  static final int SUMS = 1 << 16;

  private int count;
  private double[] crossbars;
  private double[] loaded;
  private int[] network;
  private double[] cut_ns;
  private double available;
  private double tiles;
  private double crossbar_ns;
  private boolean[] stays = new boolean[32];
  private int[] phaseOf = new int[32];
  private boolean[] trialStays = new boolean[32];
  private int[] moving = new int[32];
  private double[] best_ns = new double[33];
  private int[] bestPhases = new int[33];
  private int[] from = new int[33];
  private double time_ns;
  private double crossbarsMoved;
  private int phases;

  /**
   * What is loaded.
   *
   * @param crossbars crossbars that each layer stands on, 0 for digital ones
   * @param loaded crossbars of these that hold stored weights
   * @param network the network of each layer, rising; a phase has layers of one network
   * @param cut_ns time of putting away and fetching what is alive before each layer
   */
  public record Work(double[] crossbars, double[] loaded, int[] network, double[] cut_ns) {}

  /**
   * Plans the phases of layers.
   *
   * @param count number of layers
   * @param available crossbars of the chip
   * @param tiles tiles that write side by side
   * @param crossbar_ns time of writing a crossbar
   */
  public void plan(Work work, int count, double available, double tiles, double crossbar_ns) {
    this.count = count;
    this.available = available;
    this.tiles = tiles;
    this.crossbar_ns = crossbar_ns;
    crossbars = work.crossbars();
    loaded = work.loaded();
    network = work.network();
    cut_ns = work.cut_ns();
    room();
    time_ns = Double.POSITIVE_INFINITY;
    phases = 0;
    attempt(available);
    double tried = Double.POSITIVE_INFINITY;
    while (true) {
      double next = 0;
      for (int l = 0; l < count; l++) {
        if (crossbars[l] < tried && crossbars[l] <= available) {
          next = Math.max(next, crossbars[l]);
        }
      }
      if (next == 0) {
        break;
      }
      attempt(next);
      tried = next;
    }
    improve();
  }

  /** Lets single layers stay or move as long as that is faster; of use only where cuts cost. */
  private void improve() {
    boolean costs = false;
    for (int l = 0; l < count; l++) {
      costs |= cut_ns[l] > 0;
    }
    for (boolean better = costs; better; ) {
      better = false;
      for (int l = 0; l < count; l++) {
        for (int other = l; other < count; other++) {
          better |= crossbars[l] > 0 && crossbars[other] > 0 && flip(l, other);
        }
      }
    }
  }

  /** Tries what stays with one layer or two turned round. */
  private boolean flip(int l, int other) {
    if (l != other && stays[l] == stays[other]) {
      return false;
    }
    System.arraycopy(stays, 0, trialStays, 0, count);
    trialStays[l] = !trialStays[l];
    trialStays[other] = l == other ? trialStays[l] : !trialStays[other];
    double left = available;
    double largest = 0;
    for (int i = 0; i < count; i++) {
      left -= trialStays[i] ? crossbars[i] : 0;
      largest = trialStays[i] ? largest : Math.max(largest, crossbars[i]);
    }
    double before_ns = time_ns;
    if (left < Math.min(largest, available)) {
      return false;
    }
    settle();
    return time_ns < before_ns;
  }

  /** Tries a region that need hold no layer of more than {@code largest}. */
  private void attempt(double largest) {
    double room = available - largest;
    for (int l = 0; l < count; l++) {
      trialStays[l] = crossbars[l] > largest && largest < available;
      room -= trialStays[l] ? crossbars[l] : 0;
    }
    if (room < 0) {
      return;
    }
    fill(largest, room);
    settle();
  }

  /** Takes the best partition for what stays in the trial, if it is better than what is known. */
  private void settle() {
    double region = available;
    int movers = 0;
    for (int l = 0; l < count; l++) {
      if (trialStays[l]) {
        region -= crossbars[l];
      } else if (crossbars[l] > 0) {
        moving[movers++] = l;
      }
    }
    partition(movers, region);
    double moved = 0;
    for (int i = 0; i < movers; i++) {
      moved += loaded[moving[i]];
    }
    boolean asFast = best_ns[movers] == time_ns;
    boolean fewer =
        moved < crossbarsMoved || (moved == crossbarsMoved && bestPhases[movers] < phases);
    if (best_ns[movers] < time_ns || (asFast && fewer)) {
      crossbarsMoved = moved;
      keep(movers);
    }
  }

  /** Lets the subset with most crossbars stay, of layers of at most {@code largest}. */
  private void fill(double largest, double room) {
    double group = Math.max(1, Math.ceil(room / SUMS));
    int limit = (int) Math.floor(room / group);
    if (limit == 0) {
      return;
    }
    int[] sumBy = new int[limit + 1];
    int[] sumBefore = new int[limit + 1];
    Arrays.fill(sumBy, -1);
    sumBy[0] = count;
    int most = 0;
    for (int l = 0; l < count; l++) {
      int size = (int) Math.ceil(crossbars[l] / group);
      if (loaded[l] == 0 || crossbars[l] > largest || size > limit) {
        continue;
      }
      for (int sum = limit; sum >= size; sum--) {
        if (sumBy[sum] < 0 && sumBy[sum - size] >= 0 && sumBy[sum - size] != l) {
          sumBy[sum] = l;
          sumBefore[sum] = sum - size;
          most = Math.max(most, sum);
        }
      }
    }
    for (int sum = most; sum > 0; sum = sumBefore[sum]) {
      trialStays[sumBy[sum]] = true;
    }
  }

  private void partition(int movers, double region) {
    best_ns[0] = 0;
    bestPhases[0] = 0;
    for (int i = 1; i <= movers; i++) {
      best_ns[i] = Double.POSITIVE_INFINITY;
      double size = 0;
      double written = 0;
      for (int j = i - 1; j >= 0; j--) {
        int l = moving[j];
        size += crossbars[l];
        written += loaded[l];
        boolean alone = j == i - 1;
        if ((size > region && !alone) || network[l] != network[moving[i - 1]]) {
          break;
        }
        double time =
            best_ns[j] + Math.ceil(written / tiles) * crossbar_ns + (j > 0 ? cut_ns[l] : 0);
        int number = bestPhases[j] + 1;
        if (time < best_ns[i] || (time == best_ns[i] && number < bestPhases[i])) {
          best_ns[i] = time;
          bestPhases[i] = number;
          from[i] = j;
        }
      }
    }
  }

  private void keep(int movers) {
    time_ns = best_ns[movers];
    phases = bestPhases[movers];
    System.arraycopy(trialStays, 0, stays, 0, count);
    Arrays.fill(phaseOf, 0, count, -1);
    int phase = phases;
    for (int i = movers; i > 0; i = from[i]) {
      phase--;
      for (int j = from[i]; j < i; j++) {
        phaseOf[moving[j]] = phase;
      }
    }
  }

  private void room() {
    if (stays.length < count) {
      stays = new boolean[count];
      phaseOf = new int[count];
      trialStays = new boolean[count];
      moving = new int[count];
      best_ns = new double[count + 1];
      bestPhases = new int[count + 1];
      from = new int[count + 1];
    }
  }

  /** Whether a layer stays on the chip. */
  public boolean stays(int layer) {
    return stays[layer];
  }

  /** The phase that a layer is loaded in; −1 if it stays or has no crossbars. */
  public int phaseOf(int layer) {
    return phaseOf[layer];
  }

  /** Whether a phase other than the first of its network starts at a layer. */
  public boolean isCutBefore(int layer) {
    if (phaseOf[layer] < 0) {
      return false;
    }
    for (int l = layer - 1; l >= 0 && network[l] == network[layer]; l--) {
      if (phaseOf[l] >= 0) {
        return phaseOf[l] != phaseOf[layer];
      }
    }
    return false;
  }

  /** Number of phases of all networks. */
  public int phases() {
    return phases;
  }

  /** Time that a batch takes beside the layers' own. */
  public double time_ns() {
    return time_ns;
  }

  /** Crossbars loaded in a batch of a network. */
  public double reloaded(int ofNetwork) {
    double sum = 0;
    for (int l = 0; l < count; l++) {
      sum += network[l] == ofNetwork && phaseOf[l] >= 0 ? loaded[l] : 0;
    }
    return sum;
  }

  /** Phases of a network. */
  public int phases(int ofNetwork) {
    int number = 0;
    int last = -1;
    for (int l = 0; l < count; l++) {
      if (network[l] == ofNetwork && phaseOf[l] >= 0 && phaseOf[l] != last) {
        last = phaseOf[l];
        number++;
      }
    }
    return number;
  }

  /** Time of writing in a batch of a network. */
  public double writing_ns(int ofNetwork) {
    double time = 0;
    double written = 0;
    int last = -1;
    for (int l = 0; l < count; l++) {
      if (network[l] == ofNetwork && phaseOf[l] >= 0) {
        if (phaseOf[l] != last) {
          time += Math.ceil(written / tiles) * crossbar_ns;
          written = 0;
          last = phaseOf[l];
        }
        written += loaded[l];
      }
    }
    return time + Math.ceil(written / tiles) * crossbar_ns;
  }
}
