package dev.kirchhoff.mapper.schedule;

import dev.kirchhoff.mapper.dataflow.Dataflow;
import java.util.Arrays;

/**
 * What the buffers of tiles hold of a network's activations, and what they cannot hold.
 *
 * <p><b>Pipelined</b> ({@link #share}): a layer's tiles hold the part of its input maps that {@link
 * Schedule#heldShare} says, in equal parts for each of its crossbars. Layers on one tile share its
 * buffer; what does not fit is taken from each in proportion to what it holds there. Layers without
 * crossbars lie on all tiles. <b>Layer by layer</b> ({@link #alive}): the tiles together hold every
 * map from its making to its last use. A map that is alive while they overflow is away by the share
 * of the overflow at its making or its last use, whichever is larger.
 *
 * <p>What is away is written to the next level once and read once by each layer that takes it.
 * Reused; not safe for several threads.
 */
public final class TileBuffers {
  private static final double WHOLE = 1e-9;

  private int layers;
  private double[] held = new double[32];
  private double[] maps = new double[32];
  private double[] spilled = new double[32];
  private double[] out = new double[32];
  private double[] in = new double[32];
  private double[] overflow = new double[33];
  private int[] inTile = new int[32];
  private double[] part = new double[32];
  private double away;
  private boolean isAway;
  private double base;
  private double room;

  /** Forgets everything. */
  public void clear(int layers) {
    clear(layers, 0);
  }

  /** Forgets everything but what the first layers hold. */
  public void clear(int layers, int asBefore) {
    this.layers = layers;
    away = 0;
    if (held.length < layers) {
      held = new double[layers];
      maps = new double[layers];
      spilled = new double[layers];
      out = new double[layers];
      in = new double[layers];
      overflow = new double[layers + 1];
      inTile = new int[layers];
      part = new double[layers];
    }
    Arrays.fill(held, asBefore, layers, 0);
    Arrays.fill(maps, asBefore, layers, 0);
    isAway = false;
  }

  /**
   * Adds a map that a layer of a pipeline takes.
   *
   * @param map_bits its size
   * @param share the share of it that must be held at a time
   */
  public void hold(int layer, double map_bits, double share) {
    held[layer] += map_bits * share;
    maps[layer] += map_bits;
  }

  /** Bits that a layer of a pipeline holds. */
  public double held(int layer) {
    return held[layer];
  }

  /**
   * Shares the buffers among the layers of a pipeline.
   *
   * @param firstCrossbar a layer's first crossbar, rising; tiles hold {@code perTile} each
   * @param crossbars crossbars of a layer; 0 if it lies on all tiles
   * @param tile_bits capacity of a tile's buffer
   * @return whether anything does not fit
   */
  public boolean share(
      double[] firstCrossbar, double[] crossbars, double perTile, double tiles, double tile_bits) {
    base = 0;
    room = tile_bits;
    int first = layers;
    int last = -1;
    for (int l = 0; l < layers; l++) {
      if (crossbars[l] == 0) {
        base += held[l] / tiles;
      }
    }
    for (int l = 0; l < layers; l++) {
      // A little less than what does not fit, so that no tile overflows by rounding alone.
      if (crossbars[l] > 0 && base + held[l] / crossbars[l] * perTile > tile_bits * (1 - WHOLE)) {
        first = Math.min(first, l);
        last = l;
      }
    }
    if (base > tile_bits * (1 - WHOLE)) {
      first = 0;
      last = layers - 1;
    }
    if (last < 0) {
      return false;
    }
    Arrays.fill(spilled, 0, layers, 0);
    first = alone(firstCrossbar, crossbars, perTile, first);
    double ofBase = sweep(firstCrossbar, crossbars, perTile, tiles, first, last);
    for (int l = 0; l < layers; l++) {
      double share = 0;
      if (crossbars[l] == 0) {
        share = ofBase / tiles;
        spilled[l] = held[l] * share;
      } else if (held[l] > 0) {
        share = spilled[l] / held[l];
      }
      away += spilled[l];
      out[l] = maps[l] * share;
      in[l] = out[l];
    }
    isAway = away > 0;
    return isAway;
  }

  /** A layer that shares no tile with those before it that overflows, at or before another. */
  private static int alone(
      double[] firstCrossbar, double[] crossbars, double perTile, int overflowing) {
    double tile = Math.floor(firstCrossbar[overflowing] / perTile + WHOLE);
    int first = overflowing;
    while (first > 0 && Math.floor(firstCrossbar[first] / perTile + WHOLE) >= tile) {
      first--;
    }
    return first;
  }

  /**
   * Goes from tile to tile, over those that may overflow; gives the overflows of all tiles, added
   * up.
   *
   * @param first the first layer on such tiles
   * @param last the last layer that holds more than its tiles can
   */
  private double sweep(
      double[] firstCrossbar,
      double[] crossbars,
      double perTile,
      double tiles,
      int first,
      int last) {
    double overflows = 0;
    double filled = 0;
    double load = base;
    // Crossbars are whole numbers, so that a product finds the same tile as a division.
    double perCrossbar = 1 / perTile;
    int count = 0;
    double tile = -1;
    for (int l = first; l < layers; l++) {
      double left = crossbars[l];
      double each = left > 0 ? held[l] / left : 0;
      double at = firstCrossbar[l];
      if (l > last && left > 0 && Math.floor(at * perCrossbar + WHOLE) > tile) {
        break;
      }
      while (left > WHOLE) {
        double here = Math.floor(at * perCrossbar + WHOLE);
        if (here != tile) {
          overflows += close(count, load);
          filled += tile >= 0 ? 1 : 0;
          count = 0;
          load = base;
          tile = here;
        }
        double end = (here + 1) * perTile;
        double take = left < end - at ? left : end - at;
        inTile[count] = l;
        part[count++] = each * take;
        load += each * take;
        left -= take;
        at = take < end - at ? at + take : end;
        double whole = Math.floor(left * perCrossbar + WHOLE);
        if (whole > 1 && left > 0) {
          // Tiles that the layer has for itself are alike.
          double share = overflow(base + each * perTile, room);
          spilled[l] += share * each * perTile * (whole - 1);
          overflows += share * (whole - 1);
          filled += whole - 1;
          left -= perTile * (whole - 1);
          at += perTile * (whole - 1);
        }
      }
    }
    overflows += close(count, load);
    filled += tile >= 0 ? 1 : 0;
    // Of tiles that nothing overflows are filled or not, which makes no difference.
    return overflows + Math.max(0, tiles - filled) * overflow(base, room);
  }

  private double close(int count, double load) {
    double share = overflow(load, room);
    for (int i = 0; i < count && share > 0; i++) {
      spilled[inTile[i]] += share * part[i];
    }
    return count > 0 ? share : 0;
  }

  private static double overflow(double load, double room) {
    return load > room ? 1 - room / load : 0;
  }

  /**
   * Follows the maps of layers that run one after another.
   *
   * @param map_bits size of each layer's output map, of what leaves the chip for the last
   * @param input_bits size of the network's input
   * @param room_bits capacity of all tiles' buffers
   * @return whether anything does not fit
   */
  public boolean alive(Dataflow flow, double[] map_bits, double input_bits, double room_bits) {
    double alive = input_bits;
    boolean fits = true;
    for (int l = 0; l < layers; l++) {
      alive += map_bits[l];
      overflow[l] = overflow(alive, room_bits);
      fits &= overflow[l] == 0;
      away = Math.max(away, alive - room_bits);
      alive -= ended(flow, l, map_bits, input_bits);
    }
    overflow[layers] = 0;
    if (fits) {
      return false;
    }
    isAway = true;
    Arrays.fill(out, 0, layers, 0);
    Arrays.fill(in, 0, layers, 0);
    for (int l = 0; l < layers; l++) {
      out[l] += map_bits[l] * share(flow, l);
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        fetch(flow, l, flow.read(i), map_bits, input_bits);
      }
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        fetch(flow, l, flow.join(i), map_bits, input_bits);
      }
    }
    return true;
  }

  private void fetch(Dataflow flow, int l, int p, double[] map_bits, double input_bits) {
    if (p >= 0) {
      in[l] += map_bits[p] * share(flow, p);
    } else {
      double share = Math.max(overflow[0], overflow[flow.lastUseOfInput()]);
      out[0] += l == flow.lastUseOfInput() ? input_bits * share : 0;
      in[l] += input_bits * share;
    }
  }

  private double share(Dataflow flow, int p) {
    return flow.lastUse(p) == p ? 0 : Math.max(overflow[p], overflow[flow.lastUse(p)]);
  }

  /** Bits of the maps that a layer is the last to take; its own if nothing does. */
  private static double ended(Dataflow flow, int l, double[] map_bits, double input_bits) {
    double bits = flow.lastUse(l) == l ? map_bits[l] : 0;
    for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
      int p = flow.read(i);
      if (p < 0) {
        bits += flow.lastUseOfInput() == l ? input_bits : 0;
      } else if (flow.lastUse(p) == l) {
        bits += map_bits[p];
      }
    }
    for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
      int p = flow.join(i);
      boolean isLast = (p < 0 ? flow.lastUseOfInput() : flow.lastUse(p)) == l;
      if (isLast && !reads(flow, l, p)) {
        bits += p < 0 ? input_bits : map_bits[p];
      }
    }
    return bits;
  }

  private static boolean reads(Dataflow flow, int l, int p) {
    for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
      if (flow.read(i) == p) {
        return true;
      }
    }
    return false;
  }

  /** Bits that go to the next level for a layer. */
  public double out(int layer) {
    return isAway ? out[layer] : 0;
  }

  /** Bits that come back from the next level for a layer. */
  public double in(int layer) {
    return isAway ? in[layer] : 0;
  }

  /** Bits that are away at a time. */
  public double away() {
    return away;
  }
}
