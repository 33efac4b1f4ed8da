package dev.kirchhoff.mapper.traffic;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Flows between units that the layers of a network cause.
 *
 * <p>A unit reads the channels of its blocks, each once for all positions of the kernel, from the
 * units that complete the sums of these channels, as a multicast where several units read the same.
 * Partial sums go from unit to unit along the blocks of an output and are complete in the unit of
 * the last one. Copies take equal strips of the map, so copy i of a layer exchanges data with those
 * of the next whose strips overlap. Joined outputs go from the units that made them to those that
 * hold the same channels. The network's input comes from the port to the first layers, and outputs
 * that no layer reads go to the port.
 *
 * <p>A dynamic matrix is taken to be done where its first operand is made; the others come to all
 * these units. Neglected: overlap of neighbouring strips, borders, values that buffers cannot hold.
 */
public final class LayerFlows {
  /** Ends of a segment closer than this, as a share of all channels, are one. */
  private static final double NARROWEST = 1e-9;

  /**
   * Bits of a layer per inference.
   *
   * @param reads of what it reads, by read
   * @param joins of what it joins, by join
   * @param sums of all its outputs as partial sums, once
   * @param output of its outputs that leave the chip
   * @param spillOut of maps that its tiles do not hold, written through the port
   * @param spillIn of such maps read back
   */
  public record Bits(
      List<Double> reads,
      List<Double> joins,
      double sums,
      double output,
      double spillOut,
      double spillIn) {
    public Bits {
      reads = List.copyOf(reads);
      joins = List.copyOf(joins);
    }
  }

  /** Channels from a share to a share of all, and the units that hold or read them. */
  private record Segment(double from, double to, int[] units) {}

  private final Network network;
  private final List<Bits> bits;
  private final List<TrafficBlock.LayerBlocks> blocks;
  private final double weight;
  private final IntFunction<Flows.Builder> byLayer;
  private final List<List<List<Segment>>> made = new ArrayList<>();

  private LayerFlows(
      Network network,
      List<Bits> bits,
      List<TrafficBlock.LayerBlocks> blocks,
      double weight,
      IntFunction<Flows.Builder> byLayer) {
    this.network = network;
    this.bits = bits;
    this.blocks = blocks;
    this.weight = weight;
    this.byLayer = byLayer;
  }

  /**
   * Adds the flows of a network.
   *
   * @param blocks of each layer
   * @param weight share of this network's inferences in all
   */
  public static void add(
      Network network,
      List<Bits> bits,
      List<TrafficBlock.LayerBlocks> blocks,
      double weight,
      Flows.Builder into) {
    new LayerFlows(network, bits, blocks, weight, layer -> into).add();
  }

  /**
   * Adds the flows of each layer of a network, those that it reads, joins and hands on, to a
   * builder of its own.
   */
  public static void addByLayer(
      Network network,
      List<Bits> bits,
      List<TrafficBlock.LayerBlocks> blocks,
      List<Flows.Builder> byLayer) {
    new LayerFlows(network, bits, blocks, 1, byLayer::get).add();
  }

  private void add() {
    List<Layer> layers = network.layers();
    for (int l = 0; l < layers.size(); l++) {
      Flows.Builder into = byLayer.apply(l);
      Layer layer = layers.get(l);
      boolean isDigital = blocks.get(l).isDynamic();
      made.add(isDigital ? producedBy(layer.producer()) : outputs(blocks.get(l)));
      reads(l, layer, isDigital, into);
      List<Integer> joins = layer.links().joins();
      for (int i = 0; i < joins.size(); i++) {
        pass(joins.get(i), 0, 1, made.get(l), bits.get(l).joins().get(i), into);
      }
      if (!isDigital) {
        sums(blocks.get(l), bits.get(l).sums(), into);
        into.run(all(inputs(blocks.get(l))));
      }
      int[] units = isDigital ? all(made.get(l)) : all(inputs(blocks.get(l)));
      for (int unit : units) {
        into.add(unit, Flows.PORT, weight * bits.get(l).spillOut() / units.length);
        into.add(Flows.PORT, unit, weight * bits.get(l).spillIn() / units.length);
      }
      List<List<Segment>> port = List.of(List.of(new Segment(0, 1, new int[] {Flows.PORT})));
      pass(l, 0, 1, port, bits.get(l).output(), into);
    }
  }

  /** Units that complete the values of a layer; the port for the network's input. */
  private List<List<Segment>> producedBy(int layer) {
    return layer == Links.INPUT
        ? List.of(List.of(new Segment(0, 1, new int[] {Flows.PORT})))
        : made.get(layer);
  }

  private void reads(int l, Layer layer, boolean isDigital, Flows.Builder into) {
    List<Integer> reads = layer.links().reads();
    List<Double> widths = bits.get(l).reads();
    if (isDigital) {
      List<List<Segment>> everywhere = List.of(List.of(new Segment(0, 1, all(made.get(l)))));
      for (int i = 1; i < reads.size(); i++) {
        pass(reads.get(i), 0, 1, everywhere, widths.get(i), into);
      }
      return;
    }
    List<List<Segment>> readers = inputs(blocks.get(l));
    if (layer.dynamic()) {
      pass(reads.get(0), 0, 1, readers, widths.get(0), into);
      for (int i = 1; i < reads.size(); i++) {
        for (List<Segment> copy : made.get(l)) {
          pass(reads.get(i), 0, 1, List.of(copy), widths.get(i), into);
        }
      }
      return;
    }
    double all = widths.stream().mapToDouble(more -> more).sum();
    double end = 0;
    for (int i = 0; i < reads.size(); i++) {
      double share = widths.get(i) / all;
      pass(reads.get(i), end, end + share, readers, widths.get(i), into);
      end += share;
    }
  }

  private static int[] all(List<List<Segment>> copies) {
    return copies.stream()
        .flatMap(List::stream)
        .flatMapToInt(s -> Arrays.stream(s.units()))
        .filter(u -> u != Flows.PORT)
        .distinct()
        .toArray();
  }

  /**
   * Passes the values of a layer on.
   *
   * @param from the layer that made them
   * @param windowFrom begin of its channels among those that are read, to {@code windowTo}
   * @param readers units that read the values, by copy
   * @param amount bits in all
   */
  private void pass(
      int from,
      double windowFrom,
      double windowTo,
      List<List<Segment>> readers,
      double amount,
      Flows.Builder into) {
    List<List<Segment>> producers = producedBy(from);
    double width = windowTo - windowFrom;
    for (int j = 0; j < readers.size(); j++) {
      double begin = (double) j / readers.size();
      double end = (double) (j + 1) / readers.size();
      int first = (int) Math.floor(begin * producers.size() + NARROWEST);
      for (int i = first; i < producers.size(); i++) {
        double overlap =
            Math.min(end, (double) (i + 1) / producers.size())
                - Math.max(begin, (double) i / producers.size());
        if (overlap <= NARROWEST / producers.size()) {
          break;
        }
        for (Segment producer : producers.get(i)) {
          double producedFrom = windowFrom + width * producer.from();
          double producedTo = windowFrom + width * producer.to();
          for (Segment reader : readers.get(j)) {
            double common =
                Math.min(producedTo, reader.to()) - Math.max(producedFrom, reader.from());
            if (common > NARROWEST) {
              into.add(
                  producer.units()[0], reader.units(), weight * amount * overlap * common / width);
            }
          }
        }
      }
    }
  }

  /** Units that read input channels, by copy. */
  private static List<List<Segment>> inputs(TrafficBlock.LayerBlocks layer) {
    return layer.copies().stream()
        .map(
            copy -> {
              Map<TrafficBlock.ChannelRange, Set<Integer>> readers = new LinkedHashMap<>();
              for (TrafficBlock block : copy) {
                readers
                    .computeIfAbsent(block.inputs(), k -> new LinkedHashSet<>())
                    .add(block.unit());
              }
              return segments(readers);
            })
        .toList();
  }

  /** Units that complete output channels, by copy. */
  private static List<List<Segment>> outputs(TrafficBlock.LayerBlocks layer) {
    return layer.copies().stream()
        .map(
            copy -> {
              Map<TrafficBlock.ChannelRange, Set<Integer>> last = new LinkedHashMap<>();
              copy.forEach(block -> last.put(block.outputs(), Set.of(block.unit())));
              return segments(last);
            })
        .toList();
  }

  /** Segments in the order of the map; neighbours with the same units are one. */
  private static List<Segment> segments(Map<TrafficBlock.ChannelRange, Set<Integer>> units) {
    List<Segment> segments = new ArrayList<>();
    units.forEach(
        (share, found) -> {
          int[] all = found.stream().mapToInt(unit -> unit).toArray();
          Segment before = segments.isEmpty() ? null : segments.get(segments.size() - 1);
          if (before != null
              && Math.abs(before.to() - share.from()) < NARROWEST
              && Arrays.equals(before.units(), all)) {
            segments.set(segments.size() - 1, new Segment(before.from(), share.to(), all));
          } else {
            segments.add(new Segment(share.from(), share.to(), all));
          }
        });
    return segments;
  }

  /** Partial sums, from block to block of an output. */
  private void sums(TrafficBlock.LayerBlocks layer, double sumBits, Flows.Builder into) {
    for (List<TrafficBlock> copy : layer.copies()) {
      Map<TrafficBlock.ChannelRange, Integer> units = new LinkedHashMap<>();
      for (TrafficBlock block : copy) {
        Integer before = units.put(block.outputs(), block.unit());
        if (before != null) {
          double share = block.outputs().width() / layer.copies().size();
          into.add(before, block.unit(), weight * sumBits * share);
        }
      }
    }
  }
}
