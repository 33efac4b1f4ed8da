package dev.kirchhoff.mapper.place;

import java.util.Arrays;

/**
 * Links in bundles of those that the same transfers load, and what layers send over each bundle.
 *
 * <p>All links begin in one bundle. A transfer splits every bundle that it comes through: the links
 * on its way leave for a new bundle, which carries what the old one did and the transfer. So a
 * bundle knows only what the last layer sends over it and which bundle carries the rest. Bundles
 * are fewer than links, as routes run through stretches of links that nothing tells apart.
 *
 * <p>Transfers come in the order of their layers. Scratch; not safe for several threads.
 */
final class LinkBundles {
  /** The bundle of links that carry nothing. */
  private static final int EMPTY = 0;

  private int links;
  private int[] bundleOf = new int[64];

  /** The last layer that sends over a bundle. */
  private int[] layer = new int[256];

  /** The bundle that carries what earlier layers send over one. */
  private int[] before = new int[256];

  /** What the last layer sends over a bundle, and what all send. */
  private double[] bits = new double[256];

  private double[] all = new double[256];

  /** The last transfer that split a bundle, and the bundle that it made. */
  private int[] splitBy = new int[256];

  private int[] splitInto = new int[256];

  /** The least capacity of a bundle's links; infinite if none is left. */
  private double[] narrowest = new double[256];

  /** The least capacity of the links over which a bundle's last layer sends as much. */
  private double[] narrowestOfLayer = new double[256];

  private int size;

  /** Number, layer and bits of the transfer now. */
  private int transfers;

  private int now;
  private double more;

  /** Begins without traffic on so many links. */
  void clear(int links) {
    if (bundleOf.length < links) {
      bundleOf = new int[links];
    }
    this.links = links;
    Arrays.fill(bundleOf, 0, links, EMPTY);
    splitBy[EMPTY] = 0;
    layer[EMPTY] = Fabric.OUTSIDE;
    size = 1;
    transfers = 0;
  }

  /** Begins with a transfer. */
  void begin(int ofLayer, double bits) {
    now = ofLayer;
    more = bits;
    transfers++;
  }

  /** Lets the transfer load a link, once at most. */
  void load(int link) {
    int from = bundleOf[link];
    if (splitBy[from] != transfers) {
      split(from);
    }
    bundleOf[link] = splitInto[from];
  }

  /** The same of links from one to before another. */
  void load(int first, int behind) {
    for (int link = first; link < behind; link++) {
      load(link);
    }
  }

  /**
   * The same of the links of a route.
   *
   * @param offset what the numbers of the links count from
   */
  void load(int[] route, int count, int offset) {
    for (int i = 0; i < count; i++) {
      load(offset + route[i]);
    }
  }

  private void split(int from) {
    if (size == layer.length) {
      grow(2 * size);
    }
    boolean isAlso = layer[from] == now;
    layer[size] = now;
    before[size] = isAlso ? before[from] : from;
    bits[size] = bits[isAlso ? from : EMPTY] + more;
    all[size] = all[from] + more;
    splitBy[size] = 0;
    splitBy[from] = transfers;
    splitInto[from] = size;
    size++;
  }

  private void grow(int room) {
    layer = Arrays.copyOf(layer, room);
    before = Arrays.copyOf(before, room);
    bits = Arrays.copyOf(bits, room);
    all = Arrays.copyOf(all, room);
    splitBy = Arrays.copyOf(splitBy, room);
    splitInto = Arrays.copyOf(splitInto, room);
    narrowest = new double[room];
    narrowestOfLayer = new double[room];
  }

  /** Finds the bundles that links are left in; all links have one capacity. */
  void settle(double capacity) {
    Arrays.fill(narrowest, 0, size, Double.POSITIVE_INFINITY);
    for (int link = 0; link < links; link++) {
      narrowest[bundleOf[link]] = capacity;
    }
    settleLayers();
  }

  /** Finds the bundles that links are left in, links of all chips having those of a fabric. */
  void settle(Fabric fabric) {
    Arrays.fill(narrowest, 0, size, Double.POSITIVE_INFINITY);
    for (int link = 0; link < links; link++) {
      int bundle = bundleOf[link];
      if (bundle != EMPTY) {
        double capacity = fabric.capacity(link % fabric.links());
        narrowest[bundle] = Math.min(narrowest[bundle], capacity);
      }
    }
    settleLayers();
  }

  private void settleLayers() {
    System.arraycopy(narrowest, 0, narrowestOfLayer, 0, size);
    for (int bundle = size - 1; bundle > EMPTY; bundle--) {
      int earlier = before[bundle];
      narrowestOfLayer[earlier] = Math.min(narrowestOfLayer[earlier], narrowestOfLayer[bundle]);
    }
  }

  /** What all layers send over the most loaded link, over its capacity. */
  double most() {
    double most = 0;
    for (int bundle = 1; bundle < size; bundle++) {
      double relative = all[bundle] / narrowest[bundle];
      most = relative > most ? relative : most;
    }
    return most;
  }

  /** Number of bundles, that without traffic as the first; what a bundle carries is before it. */
  int size() {
    return size;
  }

  /** The least capacity of a bundle's links; infinite if it has none. */
  double narrowest(int bundle) {
    return narrowest[bundle];
  }

  /** The same of all links over which the bundle's last layer sends as much. */
  double narrowestOfLayer(int bundle) {
    return narrowestOfLayer[bundle];
  }

  /** The last layer that sends over a bundle; {@link Fabric#OUTSIDE} if none does. */
  int layer(int bundle) {
    return layer[bundle];
  }

  /** What the last layer sends over a bundle. */
  double bits(int bundle) {
    return bits[bundle];
  }

  /** What all layers send over a bundle. */
  double all(int bundle) {
    return all[bundle];
  }

  /** The bundle that carries what the layers before the last send over one. */
  int before(int bundle) {
    return before[bundle];
  }
}
