package dev.kirchhoff.mapper.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Partition of a workload that is larger than the chip into layers that stay and phases that are
 * loaded.
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
 * buffers hold a batch. If it costs, the set that stays is improved by turning one layer or a pair
 * round while that is faster, which need not end at the fastest of all choices (955 of 1,000 random
 * small cases did, the worst was 19 % slower).
 *
 * <p>Neglected: that the first phase of a batch may follow the last of the one before (nothing is
 * shared by the two), and that layers of one phase differ in time. Beyond {@link #SUMS} crossbars
 * sums are counted in groups, rounded up.
 */
public final class PhasePlan {
  /** Sums told apart. */
  static final int SUMS = 1 << 16;

  private final List<Load> layers;
  private final Writing writing;
  private final int phases;
  private final boolean[] stays;
  private final boolean[] isLoaded;
  private final int[] phaseOf;

  /**
   * Load of one layer.
   *
   * @param crossbars crossbars that it stands on, 0 for digital ones
   * @param stored crossbars of these that hold stored weights
   * @param network its network, rising; a phase has layers of one network
   * @param cut_ns time of putting away and fetching what is alive before it
   * @param mustStay whether it cannot be loaded, as a matrix that several layers use
   */
  public record Load(
      double crossbars, double stored, int network, double cut_ns, boolean mustStay) {
    /** A layer that may be loaded. */
    public Load(double crossbars, double stored, int network, double cut_ns) {
      this(crossbars, stored, network, cut_ns, false);
    }
  }

  /**
   * Crossbars that are written.
   *
   * @param available crossbars of the chip
   * @param tiles tiles that write side by side
   * @param crossbar_ns time of writing a crossbar
   */
  public record Writing(double available, double tiles, double crossbar_ns) {
    double time_ns(double crossbars) {
      return Math.ceil(crossbars / tiles) * crossbar_ns;
    }
  }

  private PhasePlan(List<Load> layers, Writing writing, Partition partition) {
    this.layers = List.copyOf(layers);
    this.writing = writing;
    phases = partition.phases;
    stays = partition.stays;
    isLoaded = new boolean[layers.size()];
    phaseOf = new int[layers.size()];
    int phase = phases;
    for (int i = partition.loaded.length; i > 0; i = partition.from[i]) {
      phase--;
      for (int j = partition.from[i]; j < i; j++) {
        isLoaded[partition.loaded[j]] = true;
        phaseOf[partition.loaded[j]] = phase;
      }
    }
  }

  private PhasePlan(PhasePlan plan, List<Load> layers) {
    this.layers = List.copyOf(layers);
    writing = plan.writing;
    phases = plan.phases;
    stays = plan.stays;
    isLoaded = plan.isLoaded;
    phaseOf = plan.phaseOf;
  }

  /** The phases of layers, those of one network after another. */
  public static PhasePlan of(List<Load> layers, Writing writing) {
    return new PhasePlan(layers, writing, improved(layers, writing, fastest(layers, writing)));
  }

  /** Plan of these phases for layers with copies. */
  public PhasePlan withCopies(List<Load> layers) {
    return new PhasePlan(this, layers);
  }

  /** The fastest partition over all regions, from that which is the whole chip on. */
  private static Partition fastest(List<Load> layers, Writing writing) {
    double available = writing.available();
    Partition best = Partition.of(layers, staying(layers, available, available), writing);
    double tried = Double.POSITIVE_INFINITY;
    while (true) {
      double next = 0;
      for (Load layer : layers) {
        if (layer.crossbars() < tried && layer.crossbars() <= available) {
          next = Math.max(next, layer.crossbars());
        }
      }
      if (next == 0) {
        return best;
      }
      tried = next;
      boolean[] stays = staying(layers, next, available);
      double left = available - next;
      for (int l = 0; l < stays.length; l++) {
        left -= stays[l] ? layers.get(l).crossbars() : 0;
      }
      if (left >= 0) {
        fill(layers, next, left, stays);
        best = best.fasterOf(Partition.of(layers, stays, writing));
      }
    }
  }

  /** Layers that must stay where the region need hold none of more than {@code largest}. */
  private static boolean[] staying(List<Load> layers, double largest, double available) {
    boolean[] stays = new boolean[layers.size()];
    for (int l = 0; l < stays.length; l++) {
      stays[l] =
          layers.get(l).mustStay() || layers.get(l).crossbars() > largest && largest < available;
    }
    return stays;
  }

  /** Lets the subset with most crossbars stay, of layers of at most {@code largest}. */
  private static void fill(List<Load> layers, double largest, double room, boolean[] stays) {
    double group = Math.max(1, Math.ceil(room / SUMS));
    int limit = (int) Math.floor(room / group);
    if (limit == 0) {
      return;
    }
    int[] sizes = new int[layers.size()];
    long[] reached = new long[limit / Long.SIZE + 1];
    int[] sumBy = new int[limit + 1];
    reached[0] = 1;
    int most = 0;
    for (int l = 0; l < layers.size(); l++) {
      Load layer = layers.get(l);
      int size = (int) Math.ceil(layer.crossbars() / group);
      boolean mayStay = layer.stored() > 0 && !layer.mustStay();
      if (mayStay && layer.crossbars() <= largest && size <= limit) {
        most = Math.max(most, reach(reached, size, Math.min(limit, most + size), l, sumBy));
        sizes[l] = size;
      }
    }
    for (int sum = most; sum > 0; sum -= sizes[sumBy[sum]]) {
      stays[sumBy[sum]] = true;
    }
  }

  /**
   * Adds a layer to the sums that are reached, 64 sums a word.
   *
   * @param reached a bit for each sum
   * @param limit largest sum that may be new
   * @param sumBy by sum, the layer that first reached it
   * @return the largest new sum, 0 without one
   */
  private static int reach(long[] reached, int size, int limit, int layer, int[] sumBy) {
    int words = size / Long.SIZE;
    int most = 0;
    for (int w = limit / Long.SIZE; w >= words; w--) {
      long moved = reached[w - words] << size;
      if (size % Long.SIZE > 0 && w > words) {
        moved |= reached[w - words - 1] >>> -size;
      }
      long fresh = moved & ~reached[w];
      if (w == limit / Long.SIZE) {
        fresh &= -1L >>> -(limit + 1);
      }
      reached[w] |= fresh;
      for (long left = fresh; left != 0; left &= left - 1) {
        int sum = w * Long.SIZE + Long.numberOfTrailingZeros(left);
        sumBy[sum] = layer;
        most = Math.max(most, sum);
      }
    }
    return most;
  }

  /** Lets single layers stay or move as long as that is faster; of use only where cuts cost. */
  private static Partition improved(List<Load> layers, Writing writing, Partition found) {
    boolean costs = layers.stream().anyMatch(layer -> layer.cut_ns() > 0);
    Partition best = found;
    for (boolean better = costs; better; ) {
      better = false;
      for (int l = 0; l < layers.size(); l++) {
        for (int other = l; other < layers.size(); other++) {
          if (isFree(layers.get(l)) && isFree(layers.get(other))) {
            Partition turned = best.turned(layers, writing, l, other);
            better |= turned.time_ns < best.time_ns;
            best = turned;
          }
        }
      }
    }
    return best;
  }

  private static boolean isFree(Load layer) {
    return layer.crossbars() > 0 && !layer.mustStay();
  }

  /** Best phases for what stays. */
  private static final class Partition {
    private final boolean[] stays;

    /** Layers that are loaded, in their order. */
    private final int[] loaded;

    /** By the number of layers loaded, the first of its last phase. */
    private final int[] from;

    private final double time_ns;
    private final double stored;
    private final int phases;

    private Partition(
        boolean[] stays, int[] loaded, int[] from, double time_ns, double stored, int phases) {
      this.stays = stays;
      this.loaded = loaded;
      this.from = from;
      this.time_ns = time_ns;
      this.stored = stored;
      this.phases = phases;
    }

    static Partition of(List<Load> layers, boolean[] stays, Writing writing) {
      double region = writing.available();
      int count = 0;
      int[] loaded = new int[stays.length];
      double stored = 0;
      for (int l = 0; l < stays.length; l++) {
        if (stays[l]) {
          region -= layers.get(l).crossbars();
        } else if (layers.get(l).crossbars() > 0) {
          loaded[count++] = l;
          stored += layers.get(l).stored();
        }
      }
      double[] best_ns = new double[count + 1];
      int[] bestPhases = new int[count + 1];
      int[] from = new int[count + 1];
      for (int i = 1; i <= count; i++) {
        best_ns[i] = Double.POSITIVE_INFINITY;
        double size = 0;
        double written = 0;
        for (int j = i - 1; j >= 0; j--) {
          Load layer = layers.get(loaded[j]);
          size += layer.crossbars();
          written += layer.stored();
          boolean alone = j == i - 1;
          boolean isOfOther = layer.network() != layers.get(loaded[i - 1]).network();
          if ((size > region && !alone) || isOfOther) {
            break;
          }
          double time_ns = best_ns[j] + writing.time_ns(written) + (j > 0 ? layer.cut_ns() : 0);
          int number = bestPhases[j] + 1;
          if (time_ns < best_ns[i] || (time_ns == best_ns[i] && number < bestPhases[i])) {
            best_ns[i] = time_ns;
            bestPhases[i] = number;
            from[i] = j;
          }
        }
      }
      return new Partition(
          stays, Arrays.copyOf(loaded, count), from, best_ns[count], stored, bestPhases[count]);
    }

    /** The faster of two; of equal ones the one that loads less, then that with fewer phases. */
    Partition fasterOf(Partition other) {
      boolean isAsFast = other.time_ns == time_ns;
      boolean isLess = other.stored < stored || (other.stored == stored && other.phases < phases);
      return other.time_ns < time_ns || (isAsFast && isLess) ? other : this;
    }

    /** The better of this and of that with one layer or two turned round. */
    Partition turned(List<Load> layers, Writing writing, int l, int other) {
      if (l != other && stays[l] == stays[other]) {
        return this;
      }
      boolean[] turned = stays.clone();
      turned[l] = !stays[l];
      turned[other] = !stays[other];
      double left = writing.available();
      double largest = 0;
      for (int i = 0; i < turned.length; i++) {
        double crossbars = layers.get(i).crossbars();
        left -= turned[i] ? crossbars : 0;
        largest = turned[i] ? largest : Math.max(largest, crossbars);
      }
      return left < Math.min(largest, writing.available())
          ? this
          : fasterOf(of(layers, turned, writing));
    }
  }

  /** True if a layer stays on the chip. */
  public boolean stays(int layer) {
    return stays[layer];
  }

  /** True if a layer is loaded: it has crossbars and does not stay. */
  public boolean isLoaded(int layer) {
    return isLoaded[layer];
  }

  /** The phase that a layer is loaded in. */
  public OptionalInt phaseOf(int layer) {
    return isLoaded[layer] ? OptionalInt.of(phaseOf[layer]) : OptionalInt.empty();
  }

  /** True if a phase other than the first of its network starts at a layer. */
  public boolean isCutBefore(int layer) {
    boolean isCut = false;
    if (isLoaded[layer]) {
      OptionalInt before = loadedBefore(layer);
      isCut = before.isPresent() && phaseOf[before.getAsInt()] != phaseOf[layer];
    }
    return isCut;
  }

  private boolean isFirstOfPhase(int layer) {
    return isLoaded[layer] && (loadedBefore(layer).isEmpty() || isCutBefore(layer));
  }

  /** The last layer of the same network before a layer that is loaded. */
  private OptionalInt loadedBefore(int layer) {
    int network = layers.get(layer).network();
    for (int l = layer - 1; l >= 0 && layers.get(l).network() == network; l--) {
      if (isLoaded[l]) {
        return OptionalInt.of(l);
      }
    }
    return OptionalInt.empty();
  }

  /** Number of phases of all networks. */
  public int phases() {
    return phases;
  }

  /** Time that a batch takes beside the layers' own. */
  public double time_ns() {
    double time_ns = 0;
    int network = 0;
    for (int l = 0; l < isLoaded.length; l++) {
      if (l == 0 || layers.get(l).network() != network) {
        network = layers.get(l).network();
        time_ns += writing_ns(network);
      }
      time_ns += isCutBefore(l) ? layers.get(l).cut_ns() : 0;
    }
    return time_ns;
  }

  /** Crossbars loaded in a batch of a network. */
  public double reloaded(int network) {
    double sum = 0;
    for (int l = 0; l < isLoaded.length; l++) {
      sum += isLoaded[l] && layers.get(l).network() == network ? layers.get(l).stored() : 0;
    }
    return sum;
  }

  /** Phases of a network. */
  public int phases(int network) {
    int number = 0;
    for (int l = 0; l < isLoaded.length; l++) {
      number += layers.get(l).network() == network && isFirstOfPhase(l) ? 1 : 0;
    }
    return number;
  }

  /** Time of writing in a batch of a network. */
  public double writing_ns(int network) {
    double time_ns = 0;
    double written = 0;
    for (int l = 0; l < isLoaded.length; l++) {
      if (isLoaded[l] && layers.get(l).network() == network) {
        if (isFirstOfPhase(l)) {
          time_ns += writing.time_ns(written);
          written = 0;
        }
        written += layers.get(l).stored();
      }
    }
    return time_ns + writing.time_ns(written);
  }
}
