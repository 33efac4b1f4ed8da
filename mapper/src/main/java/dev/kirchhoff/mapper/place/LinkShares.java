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
 * <p>Links that the same transfers load are one ({@link LinkBundles}).
 *
 * <p>Neglected: bursts, what waits for other inferences of a stream, and that a first round needs
 * all of its window. Scratch; not safe for several threads.
 */
public final class LinkShares {
  /** What a sum may differ by from the same sum in another order, and more. */
  private static final double ROUNDING = 1e-9;

  private LinkBundles bundles = new LinkBundles();
  private int layers;

  /** What layers have on a link of the bundle that is looked at, and how many they are. */
  private int[] layer = new int[32];

  private double[] bits = new double[32];
  private int size;

  /** By bundle: links that carry less make none of its layers wait. */
  private double[] least = new double[256];

  private double[] own = new double[32];
  private double[] together = new double[32];
  private double[] from_ns = new double[32];
  private double[] to_ns = new double[32];

  /** Time between a layer's start and its end; any of a layer without, which shares nothing. */
  private double[] takes_ns = new double[32];

  private double[] enough = new double[32];

  /** Row by row the parts of all layers' times in which one runs, and whether they are known. */
  private double[][] meets = new double[32][32];

  private boolean[] isMet = new boolean[32];

  /**
   * Takes the traffic of the first layers.
   *
   * @param enough by layer, bits in whose time it is through if its links carry no more
   */
  public void set(Traffic traffic, int layers, double[] enough) {
    set(traffic.bundles(layers, enough), layers);
  }

  /** Takes what layers send over links. */
  void set(LinkBundles bundles, int layers) {
    this.bundles = bundles;
    this.layers = layers;
    if (own.length < layers) {
      own = new double[layers];
      together = new double[layers];
      from_ns = new double[layers];
      to_ns = new double[layers];
      takes_ns = new double[layers];
      meets = new double[layers][layers];
      isMet = new boolean[layers];
      enough = new double[layers];
      layer = new int[layers];
      bits = new double[layers];
    }
    Arrays.fill(own, 0, layers, 0);
    for (int bundle = 1; bundle < bundles.size(); bundle++) {
      double has = bundles.bits(bundle) / bundles.narrowestOfLayer(bundle);
      int l = bundles.layer(bundle);
      own[l] = Math.max(own[l], has);
    }
  }

  /** Bits of a layer on the link that it loads most; less where it has enough with them. */
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
    takes_ns[layer] = to_ns > from_ns ? to_ns - from_ns : 1;
    this.enough[layer] = enough;
  }

  /**
   * Finds what layers share, from when they run. Links that carry less than what a layer has enough
   * with, or than is known of another of its links, are not looked at closer.
   */
  public void share() {
    System.arraycopy(own, 0, together, 0, layers);
    Arrays.fill(isMet, 0, layers, false);
    if (least.length < bundles.size()) {
      least = new double[2 * bundles.size()];
    }
    least[0] = Double.POSITIVE_INFINITY;
    for (int bundle = 1; bundle < bundles.size(); bundle++) {
      int l = bundles.layer(bundle);
      double ofLayer = Math.max(together[l], enough[l]);
      least[bundle] = Math.min(least[bundles.before(bundle)], ofLayer);
    }
    // Later bundles carry more, so that those before need not be looked at closer.
    for (int bundle = bundles.size() - 1; bundle > 0; bundle--) {
      double carried = bundles.all(bundle) / bundles.narrowest(bundle) * (1 + ROUNDING);
      if (carried > least[bundle]) {
        share(bundle, carried);
      }
    }
  }

  private void share(int bundle, double carried) {
    take(bundle);
    for (int i = 0; i < size; i++) {
      int l = layer[i];
      if (carried > together[l] && carried > enough[l]) {
        double sum = sum(i);
        together[l] = sum > together[l] ? sum : together[l];
      }
    }
  }

  /** Writes what layers have on a link of a bundle, the last layer first. */
  private void take(int bundle) {
    double wide = bundles.narrowest(bundle);
    size = 0;
    for (int b = bundle; b > 0; b = bundles.before(b)) {
      layer[size] = bundles.layer(b);
      bits[size] = bundles.bits(b) / wide;
      size++;
    }
  }

  /** What a layer has on the link and what it waits for there. */
  private double sum(int own) {
    double[] parts = meets[layer[own]];
    if (!isMet[layer[own]]) {
      isMet[layer[own]] = true;
      meet(layer[own], parts);
    }
    double sum = bits[own];
    for (int i = size - 1; i >= 0; i--) {
      sum += bits[i] * parts[layer[i]];
    }
    return sum;
  }

  /** Finds the part of each other layer's time in which a layer runs. */
  private void meet(int l, double[] parts) {
    double begins = from_ns[l];
    double ends = to_ns[l];
    for (int j = 0; j < layers; j++) {
      double both_ns = Math.min(to_ns[j], ends) - Math.max(from_ns[j], begins);
      parts[j] = Math.max(both_ns, 0) / takes_ns[j];
    }
    parts[l] = 0;
  }

  /**
   * Bits in whose time a layer's transfers and what they wait for are through; what is at most
   * enough may come out as less.
   */
  public double together(int layer) {
    return together[layer];
  }
}
