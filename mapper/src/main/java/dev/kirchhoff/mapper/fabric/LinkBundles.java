package dev.kirchhoff.mapper.fabric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bundles of links that the same transfers load, with the bits of each layer over each bundle.
 *
 * <p>All links begin in one bundle. A transfer splits every bundle that it comes through: the links
 * on its way leave for a new bundle, which carries what the old one did and the transfer. So a
 * bundle knows only what the last layer sends over it and which bundle carries the rest. Bundles
 * are fewer than links, as routes run through stretches of links that nothing tells apart.
 */
public final class LinkBundles {
  private final Bundle[] bundles;

  /** By bundle, the least capacity of its links; infinite if it has none. */
  private final double[] narrowest;

  /** By bundle, the least capacity of the links over which its last layer sends as much. */
  private final double[] narrowestOfLayer;

  private LinkBundles(Bundle[] bundles, double[] narrowest) {
    this.bundles = bundles;
    this.narrowest = narrowest;
    narrowestOfLayer = narrowest.clone();
    for (int bundle = bundles.length - 1; bundle > 0; bundle--) {
      int earlier = before(bundle);
      narrowestOfLayer[earlier] = Math.min(narrowestOfLayer[earlier], narrowestOfLayer[bundle]);
    }
  }

  /** Relative load of the most loaded link: what all layers send over it, over its capacity. */
  public double most() {
    double most = 0;
    for (int bundle = 1; bundle < bundles.length; bundle++) {
      double relative = all(bundle) / narrowest[bundle];
      most = relative > most ? relative : most;
    }
    return most;
  }

  /** Number of bundles, that without traffic as the first; what a bundle carries is before it. */
  public int size() {
    return bundles.length;
  }

  /** The least capacity of a bundle's links; infinite if it has none. */
  public double narrowest(int bundle) {
    return narrowest[bundle];
  }

  /** The least capacity of all links over which the bundle's last layer sends as much. */
  public double narrowestOfLayer(int bundle) {
    return narrowestOfLayer[bundle];
  }

  /** The last layer that sends over a bundle, which is not the first bundle. */
  public int layer(int bundle) {
    return bundles[bundle].layer;
  }

  /** Bits that the last layer sends over a bundle. */
  public double bits(int bundle) {
    return bundles[bundle].bits;
  }

  /** Bits that all layers send over a bundle. */
  public double all(int bundle) {
    return bundles[bundle].all;
  }

  /** The bundle that carries what the layers before the last send over a bundle. */
  public int before(int bundle) {
    return bundles[bundle].before.number;
  }

  /** Links that the same transfers load. */
  private static final class Bundle {
    final int number;
    final int layer;
    final Bundle before;
    final double bits;
    final double all;

    /** The last transfer that split it, and the bundle that it made. */
    int splitBy;

    Bundle splitInto;

    Bundle(int number, int layer, Bundle before, double bits, double all) {
      this.number = number;
      this.layer = layer;
      this.before = before;
      this.bits = bits;
      this.all = all;
    }
  }

  /** Splits bundles, transfer by transfer, in the order of their layers. */
  public static final class Builder {
    private final List<Bundle> bundles = new ArrayList<>();
    private final Bundle[] bundleOf;
    private int transfers;
    private int layer;
    private double bits;

    /** Links without traffic. */
    public Builder(int links) {
      bundles.add(new Bundle(0, 0, null, 0, 0));
      bundleOf = new Bundle[links];
      Arrays.fill(bundleOf, bundles.get(0));
    }

    /** Begins with a transfer. */
    public void begin(int ofLayer, double ofTransfer) {
      layer = ofLayer;
      bits = ofTransfer;
      transfers++;
    }

    /** Lets the transfer load a link, once at most. */
    public void load(int link) {
      Bundle from = bundleOf[link];
      if (from.splitBy != transfers) {
        from.splitBy = transfers;
        from.splitInto = split(from);
      }
      bundleOf[link] = from.splitInto;
    }

    private Bundle split(Bundle from) {
      boolean isAlso = from.before != null && from.layer == layer;
      Bundle behind =
          new Bundle(
              bundles.size(),
              layer,
              isAlso ? from.before : from,
              isAlso ? from.bits + bits : bits,
              from.all + bits);
      bundles.add(behind);
      return behind;
    }

    /** The bundles of links that all have one capacity. */
    public LinkBundles build(double capacity) {
      double[] narrowest = new double[bundles.size()];
      Arrays.fill(narrowest, Double.POSITIVE_INFINITY);
      for (Bundle bundle : bundleOf) {
        narrowest[bundle.number] = capacity;
      }
      return new LinkBundles(bundles.toArray(Bundle[]::new), narrowest);
    }

    /** The bundles of links of one or several chips, each of which has those of a fabric. */
    public LinkBundles build(Fabric fabric) {
      if (fabric.isUniform() && fabric.links() > 0) {
        return build(fabric.capacity(0));
      }
      double[] narrowest = new double[bundles.size()];
      Arrays.fill(narrowest, Double.POSITIVE_INFINITY);
      for (int link = 0; link < bundleOf.length; link++) {
        int bundle = bundleOf[link].number;
        if (bundle > 0) {
          double capacity = fabric.capacity(link % fabric.links());
          narrowest[bundle] = Math.min(narrowest[bundle], capacity);
        }
      }
      return new LinkBundles(bundles.toArray(Bundle[]::new), narrowest);
    }
  }
}
