package dev.kirchhoff.mapper.place;

import java.util.Arrays;

/**
 * How long the transfers of a layer of a pipeline take on links that other layers use as well.
 *
 * <p>A layer has o bits on a link, and others have theirs there. Those of another layer that runs
 * from a to b come evenly in this time; the part of it in which both run is what the two share. So
 * the layer's transfers are through after
 *
 * <pre>o + Σ over other layers j: o_j · (time in which both run) / (b_j − a_j)</pre>
 *
 * <p>bits of the link, and the longest of these on all of its links is what it waits for: at least
 * what it takes where it has its links to itself ({@link #own}), at most the load of its most
 * loaded link. Bits are over the capacity of their link, times those of a link of one width. Times
 * are those of layers as slow as {@code own} makes them.
 *
 * <p>Against a simulator of pipelines on links that serve one transfer after another (tests), with
 * links busy all the time, latency is 0.94 of the simulated one in the median, 0.71 to 1.10 of it
 * in eight of ten cases; without waiting for links it would be 0.49, 0.35 to 0.74.
 *
 * <p>Neglected: bursts, what waits for other inferences of a stream, and that a first round needs
 * all of its window. Scratch; not safe for several threads.
 */
public final class LinkShares {
  private static final int NONE = -1;

  /** What a sum may differ by from the same sum in another order, and more. */
  private static final double ROUNDING = 1e-9;

  private final LinkLoads loads = new LinkLoads();
  private int layers;

  /** What layers have on links, one entry for each layer and link. */
  private int size;

  private int[] link = new int[256];
  private int[] layer = new int[256];
  private double[] bits = new double[256];

  /** The next entry on the same link. */
  private int[] next = new int[256];

  /**
   * The first and the last entry of a link that has been used in this round, and all bits there.
   */
  private int[] first = new int[64];

  private int[] last = new int[64];
  private double[] all = new double[64];
  private int[] usedIn = new int[64];
  private int round;

  private double[] own = new double[32];
  private double[] together = new double[32];
  private double[] from_ns = new double[32];
  private double[] to_ns = new double[32];
  private double[] enough = new double[32];

  /** Takes the traffic of the first layers. */
  public void set(Traffic traffic, int layers) {
    Fabric fabric = traffic.fabric();
    clear(fabric.links() * traffic.chips(), layers);
    loads.set(fabric);
    boolean isUniform = fabric.isUniform() && fabric.links() > 0;
    double capacity = isUniform ? fabric.capacity(0) : 1;
    for (int chip = 0; chip < traffic.chips(); chip++) {
      for (int l = 0; l < layers; l++) {
        loads.clear();
        traffic.load(l, chip, loads);
        for (int i = 0; i < loads.loaded(); i++) {
          int loaded = loads.loadedLink(i);
          double wide = isUniform ? capacity : fabric.capacity(loaded);
          add(l, chip * fabric.links() + loaded, loads.bits(loaded) / wide);
        }
      }
    }
  }

  /** Begins without traffic. */
  void clear(int links, int layers) {
    this.layers = layers;
    size = 0;
    if (own.length < layers) {
      own = new double[layers];
      together = new double[layers];
      from_ns = new double[layers];
      to_ns = new double[layers];
      enough = new double[layers];
    }
    if (first.length < links) {
      first = new int[links];
      last = new int[links];
      all = new double[links];
      usedIn = new int[links];
      round = 0;
    }
    if (round == Integer.MAX_VALUE) {
      Arrays.fill(usedIn, 0);
      round = 0;
    }
    round++;
    Arrays.fill(own, 0, layers, 0);
  }

  /** Adds what a layer has on a link, each once. */
  void add(int ofLayer, int onLink, double more) {
    if (size == link.length) {
      link = Arrays.copyOf(link, 2 * size);
      layer = Arrays.copyOf(layer, 2 * size);
      bits = Arrays.copyOf(bits, 2 * size);
      next = Arrays.copyOf(next, 2 * size);
    }
    link[size] = onLink;
    layer[size] = ofLayer;
    bits[size] = more;
    next[size] = NONE;
    if (usedIn[onLink] == round) {
      next[last[onLink]] = size;
      all[onLink] += more;
    } else {
      usedIn[onLink] = round;
      first[onLink] = size;
      all[onLink] = more;
    }
    last[onLink] = size;
    own[ofLayer] = Math.max(own[ofLayer], more);
    size++;
  }

  /** Bits of a layer on the link that it loads most. */
  public double own(int layer) {
    return own[layer];
  }

  /**
   * Says when a layer runs.
   *
   * @param enough bits in whose time the layer is through whatever its links carry
   */
  public void runs(int layer, double from_ns, double to_ns, double enough) {
    this.from_ns[layer] = from_ns;
    this.to_ns[layer] = to_ns;
    this.enough[layer] = enough;
  }

  /**
   * Finds what layers share, from when they run. Links that carry less than what a layer has enough
   * with, or than is known of another of its links, are not looked at closer.
   */
  public void share() {
    System.arraycopy(own, 0, together, 0, layers);
    for (int i = 0; i < size; i++) {
      int l = layer[i];
      double carried = all[link[i]] * (1 + ROUNDING);
      if (carried > together[l] && carried > enough[l]) {
        double sum = bits[i];
        for (int j = first[link[i]]; j != NONE; j = next[j]) {
          sum += i == j ? 0 : bits[j] * part(layer[j], l);
        }
        together[l] = sum > together[l] ? sum : together[l];
      }
    }
  }

  /** The part of a layer's time in which another runs. */
  private double part(int ofLayer, int other) {
    double from = Math.max(from_ns[ofLayer], from_ns[other]);
    double both_ns = Math.min(to_ns[ofLayer], to_ns[other]) - from;
    return both_ns > 0 ? both_ns / (to_ns[ofLayer] - from_ns[ofLayer]) : 0;
  }

  /**
   * Bits in whose time a layer's transfers and what they wait for are through; what is at most
   * enough may come out as less.
   */
  public double together(int layer) {
    return together[layer];
  }
}
