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
  private double[] enough = new double[32];

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
      enough = new double[layers];
      layer = new int[layers];
      bits = new double[layers];
    }
    Arrays.fill(own, 0, layers, 0);
    for (int bundle = 1; bundle < bundles.size(); bundle++) {
      double has = bundles.bits(bundle) / bundles.narrowestOfLayer(bundle);
      int l = bundles.layer(bundle);
      own[l] = has > own[l] ? has : own[l];
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
    this.enough[layer] = enough;
  }

  /**
   * Finds what layers share, from when they run. Links that carry less than what a layer has enough
   * with, or than is known of another of its links, are not looked at closer.
   */
  public void share() {
    System.arraycopy(own, 0, together, 0, layers);
    if (least.length < bundles.size()) {
      least = new double[2 * bundles.size()];
    }
    least[0] = Double.POSITIVE_INFINITY;
    for (int bundle = 1; bundle < bundles.size(); bundle++) {
      int l = bundles.layer(bundle);
      double ofEarlier = least[bundles.before(bundle)];
      double ofLayer = together[l] > enough[l] ? together[l] : enough[l];
      least[bundle] = ofLayer < ofEarlier ? ofLayer : ofEarlier;
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
    int l = layer[own];
    double sum = bits[own];
    for (int i = size - 1; i >= 0; i--) {
      sum += i == own ? 0 : bits[i] * part(layer[i], l);
    }
    return sum;
  }

  /** The part of a layer's time in which another runs. */
  private double part(int ofLayer, int other) {
    // Comparisons, as Math.max looks for NaN and negative zero too.
    double from = from_ns[ofLayer] > from_ns[other] ? from_ns[ofLayer] : from_ns[other];
    double to = to_ns[ofLayer] < to_ns[other] ? to_ns[ofLayer] : to_ns[other];
    return to > from ? (to - from) / (to_ns[ofLayer] - from_ns[ofLayer]) : 0;
  }

  /**
   * Bits in whose time a layer's transfers and what they wait for are through; what is at most
   * enough may come out as less.
   */
  public double together(int layer) {
    return together[layer];
  }
}
