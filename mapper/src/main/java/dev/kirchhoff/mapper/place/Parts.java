package dev.kirchhoff.mapper.place;

import java.util.Arrays;

/**
 * Parts of the traffic of layers, in the order of the layers: from which site to which consecutive
 * ones, and how many bits. Reused; not safe for several threads.
 */
final class Parts {
  /** A part's site, or the port. */
  int[] from = new int[256];

  /** The first of a part's targets, or the port. */
  int[] to = new int[256];

  /** How many targets a part has. */
  int[] count = new int[256];

  double[] bits = new double[256];

  /** Index of a layer's first part, and that behind the last layer's last. */
  private int[] firstOf = new int[33];

  /** The chip that a part lies on. */
  int[] chip = new int[256];

  private int now;
  private int size;

  /** Forgets all parts and makes room for so many layers. */
  void clear(int layers) {
    size = 0;
    now = 0;
    if (firstOf.length <= layers) {
      firstOf = new int[layers + 1];
    }
  }

  /** Forgets the parts of all layers behind the first ones. */
  void cut(int layers) {
    size = firstOf[layers];
  }

  /** Begins with the next layer. */
  void begin(int layer) {
    firstOf[layer] = size;
    firstOf[layer + 1] = size;
  }

  /** Lets the parts that follow lie on a chip. */
  void on(int chip) {
    now = chip;
  }

  /** The chip that parts lie on now. */
  int chip() {
    return now;
  }

  /** Adds a part; one that loads no link is overwritten by the next, which takes no branch. */
  void add(int layer, int source, int target, int targets, double each, int links) {
    if (size == from.length) {
      grow(2 * size);
    }
    from[size] = source;
    to[size] = target;
    count[size] = targets;
    bits[size] = each;
    chip[size] = now;
    size += Math.min(1, links);
    firstOf[layer + 1] = size;
  }

  /** Adds the parts that a layer has in others. */
  void copy(int layer, Parts others) {
    int begin = others.firstOf[layer];
    int end = others.firstOf[layer + 1];
    int behind = size + end - begin;
    if (behind >= from.length) {
      grow(2 * behind);
    }
    for (int i = begin, at = size; i < end; i++, at++) {
      from[at] = others.from[i];
      to[at] = others.to[i];
      count[at] = others.count[i];
      bits[at] = others.bits[i];
      chip[at] = others.chip[i];
    }
    size = behind;
    firstOf[layer + 1] = size;
  }

  /** Adds a part to the loads of its links. */
  void send(int i, LinkLoads loads) {
    if (from[i] == Fabric.OUTSIDE) {
      loads.fromPort(to[i], count[i], bits[i]);
    } else if (to[i] == Fabric.OUTSIDE) {
      loads.toPort(from[i], bits[i]);
    } else {
      loads.multicast(from[i], to[i], count[i], bits[i]);
    }
  }

  /**
   * Writes the links that a part loads.
   *
   * @param links receives them, from index 0
   * @return how many there are
   */
  int route(int i, Fabric fabric, int[] links, int[] scratch) {
    if (to[i] == Fabric.OUTSIDE) {
      return fabric.routeToPort(from[i], links);
    }
    if (from[i] == Fabric.OUTSIDE) {
      return count[i] == 1
          ? fabric.routeFromPort(to[i], links)
          : fabric.multicastFromPort(to[i], count[i], links, scratch);
    }
    return count[i] == 1
        ? fabric.route(from[i], to[i], links)
        : fabric.multicast(from[i], to[i], count[i], links, scratch);
  }

  private void grow(int room) {
    from = Arrays.copyOf(from, room);
    to = Arrays.copyOf(to, room);
    count = Arrays.copyOf(count, room);
    bits = Arrays.copyOf(bits, room);
    chip = Arrays.copyOf(chip, room);
  }

  /** Index of a layer's first part; that of the next layer is behind its last. */
  int first(int layer) {
    return firstOf[layer];
  }

  int size() {
    return size;
  }
}
