package dev.kirchhoff.mapper.fabric;

import java.util.Arrays;

/**
 * Transfers of the layers of a network over the fabric of one or more chips, in the order of the
 * layers: a source, one or more consecutive sites that receive the same bits, and the bits. Source
 * or receiver may be the port.
 *
 * <p>A chain is a transfer of equal bits from each of several consecutive sites to the next.
 */
public final class Transfers {
  /**
   * Mark of the port in the columns of sources and receivers, which a search fills and reads for
   * every design.
   */
  private static final int PORT = -1;

  /** Mark of a chain in the column of numbers of receivers. */
  private static final int CHAIN = 0;

  private final int[] firstOf;
  private final int[] from;
  private final int[] to;
  private final int[] count;
  private final int[] chip;
  private final double[] bits;

  private Transfers(Builder built) {
    firstOf = built.firstOf;
    from = built.from;
    to = built.to;
    count = built.count;
    chip = built.chip;
    bits = built.bits;
  }

  /** Bytes that the transfers take. */
  public long size_B() {
    return (long) bits.length * (Double.BYTES + 4 * Integer.BYTES);
  }

  /** Number of layers. */
  public int layers() {
    return firstOf.length - 1;
  }

  /** Number of transfers. */
  public int size() {
    return firstOf[layers()];
  }

  /** Index of a layer's first transfer; its last transfer precedes the first of the next layer. */
  public int first(int layer) {
    return firstOf[layer];
  }

  /** True if a transfer comes from the port. */
  public boolean isFromPort(int i) {
    return from[i] == PORT;
  }

  /** True if a transfer goes to the port. */
  public boolean isToPort(int i) {
    return to[i] == PORT;
  }

  /** Source site of a transfer that does not come from the port. */
  public int from(int i) {
    return from[i];
  }

  /** First receiving site of a transfer that does not go to the port. */
  public int to(int i) {
    return to[i];
  }

  /** True if a transfer is a chain, from its source to its only receiver. */
  public boolean isChain(int i) {
    return count[i] == CHAIN;
  }

  /** Number of receivers of a transfer that is not a chain. */
  public int count(int i) {
    return count[i];
  }

  /** Bits of a transfer. */
  public double bits(int i) {
    return bits[i];
  }

  /** The chip whose fabric carries a transfer. */
  public int chip(int i) {
    return chip[i];
  }

  /**
   * Writes the links of a transfer that is not a chain, each once and behind those that lead to it.
   *
   * @param links receives them, from index 0
   * @return their number
   */
  public int route(int i, Fabric fabric, int[] links) {
    if (to[i] == PORT) {
      return fabric.routeToPort(from[i], links);
    }
    if (from[i] == PORT) {
      return count[i] == 1
          ? fabric.routeFromPort(to[i], links)
          : fabric.multicastFromPort(to[i], count[i], links);
    }
    return count[i] == 1
        ? fabric.route(from[i], to[i], links)
        : fabric.multicast(from[i], to[i], count[i], links);
  }

  /** Collects transfers, layer by layer. */
  public static final class Builder {
    private final int[] firstOf;
    private int[] from;
    private int[] to;
    private int[] count;
    private int[] chip;
    private double[] bits;

    /**
     * No transfers.
     *
     * @param layers number of layers
     * @param most transfers for which there is room at first
     */
    public Builder(int layers, int most) {
      firstOf = new int[layers + 1];
      from = new int[most + 1];
      to = new int[most + 1];
      count = new int[most + 1];
      chip = new int[most + 1];
      bits = new double[most + 1];
    }

    /** Begins with the next layer. */
    public void begin(int layer) {
      firstOf[layer + 1] = firstOf[layer];
    }

    /** Number of transfers up to a layer, the one at hand. */
    public int size(int layer) {
      return firstOf[layer + 1];
    }

    /** Adds transfers of others, from one to before another, to a layer. */
    public void addAll(int layer, Transfers others, int begin, int end) {
      int first = firstOf[layer + 1];
      int more = end - begin;
      while (first + more > from.length) {
        grow();
      }
      System.arraycopy(others.from, begin, from, first, more);
      System.arraycopy(others.to, begin, to, first, more);
      System.arraycopy(others.count, begin, count, first, more);
      System.arraycopy(others.chip, begin, chip, first, more);
      System.arraycopy(others.bits, begin, bits, first, more);
      firstOf[layer + 1] = first + more;
    }

    private void grow() {
      int twice = 2 * from.length;
      from = Arrays.copyOf(from, twice);
      to = Arrays.copyOf(to, twice);
      count = Arrays.copyOf(count, twice);
      chip = Arrays.copyOf(chip, twice);
      bits = Arrays.copyOf(bits, twice);
    }

    /**
     * Adds a transfer of a layer; one that loads no link is overwritten by the next, without a
     * branch.
     *
     * @param ofChip the chip whose fabric carries it
     * @param links links that it loads
     */
    public void add(
        int layer, int ofChip, int source, int target, int targets, double each, int links) {
      int end = firstOf[layer + 1];
      if (end == from.length) {
        grow();
      }
      from[end] = source;
      to[end] = target;
      count[end] = targets;
      bits[end] = each;
      chip[end] = ofChip;
      firstOf[layer + 1] = end + Math.min(1, links);
    }

    /** Adds a transfer from the port to consecutive sites; see {@link #add}. */
    public void addFromPort(
        int layer, int ofChip, int target, int targets, double each, int links) {
      add(layer, ofChip, PORT, target, targets, each, links);
    }

    /** Adds a transfer from a site to the port; see {@link #add}. */
    public void addToPort(int layer, int ofChip, int source, double each, int links) {
      add(layer, ofChip, source, PORT, 1, each, links);
    }

    /**
     * Adds a chain over one chip from a site to another behind it.
     *
     * @param each bits from each site to the next
     */
    public void addChain(int layer, int first, int last, double each) {
      add(layer, 0, first, last, CHAIN, each, 1);
    }

    /** The transfers of all layers; nothing is added after. */
    public Transfers build() {
      return new Transfers(this);
    }
  }
}
