package dev.kirchhoff.mapper.schedule;

import dev.kirchhoff.mapper.dataflow.ActivationBits;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import java.util.List;

/**
 * Activations that the buffers of tiles cannot hold, by layer, in bits of an inference.
 *
 * <p><b>Pipelined:</b> a layer's tiles hold the part of its input maps that {@link
 * Pipeline#heldShareOfRead} gives, in equal parts for each of its crossbars. Layers on one tile
 * share its buffer; the overflow is taken from each in proportion to what it holds there. Layers
 * without crossbars lie on all tiles. <b>Layer by layer:</b> the tiles together hold every map from
 * its making to its last use. A map that is alive while they overflow is away by the share of the
 * overflow at its making or its last use, whichever is larger. <b>Data of a kernel</b> stay in the
 * buffers as far as they fit, {@link #ofData}.
 *
 * <p>The overflow is written to the next level once and read once by each layer that takes it.
 */
public final class BufferOverflow {
  /** Buffers that hold everything. */
  public static final BufferOverflow NONE = new BufferOverflow(new double[0], new double[0], 0);

  /** Difference below which two counts of crossbars are equal, and a tile does not overflow. */
  private static final double WHOLE = 1e-9;

  private final double[] out_bits;
  private final double[] in_bits;
  private final double offChip_bits;

  private BufferOverflow(double[] out_bits, double[] in_bits, double away_bits) {
    this.out_bits = out_bits;
    this.in_bits = in_bits;
    this.offChip_bits = away_bits;
  }

  /**
   * Input maps of a layer in the buffers of its tiles.
   *
   * @param map_bits size of the maps
   * @param held_bits part of them that is held at a time
   */
  record BufferedMaps(double map_bits, double held_bits) {}

  /**
   * The overflow of layers that run side by side.
   *
   * @param spans crossbars of each layer
   */
  public static BufferOverflow pipelined(
      Pipeline pipeline, ActivationBits bits, List<CrossbarSpan> spans, TileBuffers buffers) {
    boolean fits = true;
    for (int l = 0; l < spans.size() && fits; l++) {
      // A layer whose whole maps fit holds no more for a crossbar than a tile has for one.
      double room_bits = buffers.tile_bits() * spans.get(l).count();
      fits =
          bits.taken(l) * buffers.perTile() <= room_bits
              || held(pipeline, bits, l).held_bits() * buffers.perTile() <= room_bits;
    }
    if (fits) {
      return NONE;
    }
    BufferedMaps[] held = new BufferedMaps[spans.size()];
    for (int l = 0; l < held.length; l++) {
      held[l] = held(pipeline, bits, l);
    }
    return of(List.of(held), spans, buffers);
  }

  /** The part of its input maps that a layer of a pipeline holds. */
  private static BufferedMaps held(Pipeline pipeline, ActivationBits bits, int l) {
    Dataflow flow = bits.flow();
    double held = 0;
    double maps = 0;
    for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
      held += bits.read(i) * pipeline.heldShareOfRead(l, i);
      maps += bits.read(i);
    }
    for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
      held += bits.join(i) * pipeline.heldShareOfJoin(l, i);
      maps += bits.join(i);
    }
    return new BufferedMaps(maps, held);
  }

  /** The overflow of maps held in the buffers of tiles; the spans of layers rise. */
  static BufferOverflow of(List<BufferedMaps> held, List<CrossbarSpan> spans, TileBuffers buffers) {
    int layers = held.size();
    double base = 0;
    for (int l = 0; l < layers; l++) {
      base += spans.get(l).count() == 0 ? held.get(l).held_bits() / buffers.tiles() : 0;
    }
    // A little less than what does not fit, so that no tile overflows by rounding alone.
    double full_bits = buffers.tile_bits() * (1 - WHOLE);
    int first = layers;
    int last = 0;
    for (int l = 0; l < layers; l++) {
      double crossbars = spans.get(l).count();
      double load = base;
      if (crossbars > 0) {
        load += held.get(l).held_bits() / crossbars * buffers.perTile();
        if (load > full_bits) {
          first = Math.min(first, l);
          last = l;
        }
      }
    }
    if (base > full_bits) {
      first = 0;
      last = layers - 1;
    }
    if (first == layers) {
      return NONE;
    }
    Sweep sweep = new Sweep(held, spans, buffers, base);
    double ofBase = sweep.over(sweep.ownTile(first), last);
    double away = 0;
    double[] moved = new double[layers];
    for (int l = 0; l < layers; l++) {
      double held_bits = held.get(l).held_bits();
      double spilled = sweep.spilled[l];
      double share = 0;
      if (spans.get(l).count() == 0) {
        share = ofBase / buffers.tiles();
        spilled = held_bits * share;
      } else if (held_bits > 0) {
        share = spilled / held_bits;
      }
      away += spilled;
      moved[l] = held.get(l).map_bits() * share;
    }
    return away > 0 ? new BufferOverflow(moved, moved, away) : NONE;
  }

  /** Pass over the tiles that may overflow. */
  private static final class Sweep {
    private final List<BufferedMaps> held;
    private final List<CrossbarSpan> spans;
    private final TileBuffers buffers;

    /** Bits in every buffer that layers without crossbars hold. */
    private final double base;

    /** By layer, bits that do not fit. */
    private final double[] spilled;

    /** Layers on the tile that is looked at. */
    private final int[] onTile;

    private final double[] part;

    Sweep(List<BufferedMaps> held, List<CrossbarSpan> spans, TileBuffers buffers, double base) {
      this.held = held;
      this.spans = spans;
      this.buffers = buffers;
      this.base = base;
      spilled = new double[spans.size()];
      onTile = new int[spans.size()];
      part = new double[spans.size()];
    }

    /** A layer that shares no tile with those before it, at or before another. */
    int ownTile(int overflowing) {
      double tile = tileOf(spans.get(overflowing).first());
      int first = overflowing;
      while (first > 0 && tileOf(spans.get(first).first()) >= tile) {
        first--;
      }
      return first;
    }

    private double tileOf(double crossbar) {
      return Math.floor(crossbar / buffers.perTile() + WHOLE);
    }

    /**
     * Spills what does not fit, tile by tile; gives the overflows of all tiles, added up.
     *
     * @param first the first layer on tiles that may overflow
     * @param last the last layer that holds more than its tiles can
     */
    double over(int first, int last) {
      double perTile = buffers.perTile();
      double overflows = 0;
      double filled = 0;
      double load = base;
      // Crossbars are whole numbers, so that a product finds the same tile as a division.
      double perCrossbar = 1 / perTile;
      int count = 0;
      boolean isOnTile = false;
      double tile = 0;
      for (int l = first; l < spilled.length; l++) {
        double left = spans.get(l).count();
        double each = left > 0 ? held.get(l).held_bits() / left : 0;
        double position = spans.get(l).first();
        boolean isBehind = !isOnTile || Math.floor(position * perCrossbar + WHOLE) > tile;
        if (l > last && left > 0 && isBehind) {
          break;
        }
        while (left > WHOLE) {
          double here = Math.floor(position * perCrossbar + WHOLE);
          if (!isOnTile || here != tile) {
            overflows += spill(count, load);
            filled += isOnTile ? 1 : 0;
            count = 0;
            load = base;
            tile = here;
            isOnTile = true;
          }
          double end = (here + 1) * perTile;
          double take = left < end - position ? left : end - position;
          onTile[count] = l;
          part[count++] = each * take;
          load += each * take;
          left -= take;
          position = take < end - position ? position + take : end;
          double whole = Math.floor(left * perCrossbar + WHOLE);
          if (whole > 1 && left > 0) {
            // Tiles that the layer has for itself are alike.
            double share = overflow(base + each * perTile, buffers.tile_bits());
            spilled[l] += share * each * perTile * (whole - 1);
            overflows += share * (whole - 1);
            filled += whole - 1;
            left -= perTile * (whole - 1);
            position += perTile * (whole - 1);
          }
        }
      }
      overflows += spill(count, load);
      filled += isOnTile ? 1 : 0;
      // Of tiles that nothing overflows are filled or not, which makes no difference.
      double rest = Math.max(0, buffers.tiles() - filled);
      return overflows + rest * overflow(base, buffers.tile_bits());
    }

    /** Takes the overflow of a tile from the layers on it. */
    private double spill(int count, double load) {
      double share = overflow(load, buffers.tile_bits());
      for (int i = 0; i < count && share > 0; i++) {
        spilled[onTile[i]] += share * part[i];
      }
      return count > 0 ? share : 0;
    }
  }

  /** Share of a load that does not fit. */
  private static double overflow(double load_bits, double room_bits) {
    return load_bits > room_bits ? 1 - room_bits / load_bits : 0;
  }

  /** The overflow of layers that run one after another. */
  public static BufferOverflow layerByLayer(ActivationBits bits, double room_bits) {
    return layerByLayer(bits.flow(), bits.keptMaps(), bits.inputBits(), room_bits);
  }

  /**
   * The overflow of data that stay in memory during a kernel's task: the buffers hold what fits for
   * the whole task, accesses to the rest go to the next level.
   *
   * @param data_bits size of the data
   * @param read_bits by layer, bits that digital work reads of them
   * @param written_bits by layer, bits that digital work writes
   * @param room_bits capacity of all tiles' buffers
   */
  public static BufferOverflow ofData(
      double data_bits, double[] read_bits, double[] written_bits, double room_bits) {
    double share = overflow(data_bits, room_bits);
    if (share == 0) {
      return NONE;
    }
    double[] out = new double[written_bits.length];
    double[] in = new double[read_bits.length];
    for (int l = 0; l < in.length; l++) {
      out[l] = share * written_bits[l];
      in[l] = share * read_bits[l];
    }
    return new BufferOverflow(out, in, share * data_bits);
  }

  /**
   * The overflow of layers that run one after another.
   *
   * @param map_bits size of each layer's output map, of what leaves the chip for the last
   * @param input_bits size of the network's input
   * @param room_bits capacity of all tiles' buffers
   */
  static BufferOverflow layerByLayer(
      Dataflow flow, double[] map_bits, double input_bits, double room_bits) {
    Lifetimes maps = new Lifetimes(flow, map_bits, input_bits);
    int layers = flow.layers();
    double[] overflow = new double[layers + 1];
    boolean fits = true;
    double alive = input_bits;
    double away = 0;
    for (int l = 0; l < layers; l++) {
      alive += map_bits[l];
      overflow[l] = overflow(alive, room_bits);
      fits &= overflow[l] == 0;
      away = Math.max(away, alive - room_bits);
      alive -= maps.endingAt(l);
    }
    if (fits) {
      return NONE;
    }
    double[] out = new double[layers];
    double[] in = new double[layers];
    for (int l = 0; l < layers; l++) {
      out[l] += map_bits[l] * maps.share(l, overflow);
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        maps.fetch(l, flow.read(i), overflow, out, in);
      }
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        maps.fetch(l, flow.join(i), overflow, out, in);
      }
    }
    return new BufferOverflow(out, in, away);
  }

  /** Sizes and last uses of the maps of layers that run one after another. */
  private static final class Lifetimes {
    private final Dataflow flow;
    private final double[] map_bits;
    private final double input_bits;

    Lifetimes(Dataflow flow, double[] map_bits, double input_bits) {
      this.flow = flow;
      this.map_bits = map_bits;
      this.input_bits = input_bits;
    }

    private double bits(int producer) {
      return Dataflow.isInput(producer) ? input_bits : map_bits[producer];
    }

    private int lastUse(int producer) {
      return Dataflow.isInput(producer) ? flow.lastUseOfInput() : flow.lastUse(producer);
    }

    /** Share of a map that is away. */
    double share(int producer, double[] overflow) {
      int last = lastUse(producer);
      boolean isUnused = last == producer;
      return isUnused ? 0 : Math.max(overflow[Math.max(0, producer)], overflow[last]);
    }

    /** Brings back what is away of a map that a layer takes; the first layer sends the input. */
    void fetch(int l, int producer, double[] overflow, double[] out, double[] in) {
      double away = bits(producer) * share(producer, overflow);
      out[0] += Dataflow.isInput(producer) && l == flow.lastUseOfInput() ? away : 0;
      in[l] += away;
    }

    /** Bits of the maps that a layer is the last to take; its own if nothing does. */
    double endingAt(int l) {
      double bits = flow.lastUse(l) == l ? map_bits[l] : 0;
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        int p = flow.read(i);
        bits += lastUse(p) == l ? bits(p) : 0;
      }
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        int p = flow.join(i);
        bits += lastUse(p) == l && !reads(l, p) ? bits(p) : 0;
      }
      return bits;
    }

    private boolean reads(int l, int producer) {
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        if (flow.read(i) == producer) {
          return true;
        }
      }
      return false;
    }
  }

  /** True if anything does not fit. */
  public boolean exists() {
    return offChip_bits > 0;
  }

  /** Bits that a layer sends to the next level. */
  public double out_bits(int layer) {
    return exists() ? out_bits[layer] : 0;
  }

  /** Bits that come back from the next level for a layer. */
  public double in_bits(int layer) {
    return exists() ? in_bits[layer] : 0;
  }

  /** Most bits that are away at a time. */
  public double offChip_bits() {
    return offChip_bits;
  }
}
