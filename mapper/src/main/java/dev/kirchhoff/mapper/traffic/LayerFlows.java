package dev.kirchhoff.mapper.traffic;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
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
 * The flows between units that the layers of a network cause.
 *
 * <p>A unit wants the channels of its pieces, each once for all positions of the kernel; it gets
 * them from the units that end the sums of these channels, as a multicast where several units want
 * the same. Partial sums go from unit to unit along the pieces of an output and are complete where
 * the last one stands. Copies take equal bands of the map, so copy i of a layer talks to those of
 * the next whose bands overlap. Joined outputs go from the units that made them to those that hold
 * the same channels. The network's input comes from the port to the first layers, and what nobody
 * reads goes there.
 *
 * <p>A dynamic matrix is taken to be done where its first operand is made; the others come to all
 * these units. Neglected: overlap of neighbouring bands, borders, what buffers cannot hold.
 */
public final class LayerFlows {
  /** Ends of a segment closer than this, as a share of all channels, are one. */
  private static final double NARROWEST = 1e-9;

  /**
   * Bits of a layer per inference.
   *
   * @param inputs of its input map, each value once
   * @param outputs of its output map
   * @param sums of all its outputs as partial sums, once
   */
  public record Bits(double inputs, double outputs, double sums) {}

  /** Channels from a share to a share of all, and the units that hold or want them. */
  private record Segment(double from, double to, int[] units) {}

  private final Network network;
  private final List<Bits> bits;
  private final List<Piece.OfLayer> pieces;
  private final double weight;
  private final IntFunction<Flows.Builder> byLayer;
  private final List<List<List<Segment>>> made = new ArrayList<>();

  private LayerFlows(
      Network network,
      List<Bits> bits,
      List<Piece.OfLayer> pieces,
      double weight,
      IntFunction<Flows.Builder> byLayer) {
    this.network = network;
    this.bits = bits;
    this.pieces = pieces;
    this.weight = weight;
    this.byLayer = byLayer;
  }

  /**
   * Adds the flows of a network.
   *
   * @param pieces of each layer
   * @param weight share of this network's inferences in all
   */
  public static void add(
      Network network,
      List<Bits> bits,
      List<Piece.OfLayer> pieces,
      double weight,
      Flows.Builder into) {
    new LayerFlows(network, bits, pieces, weight, layer -> into).add();
  }

  /**
   * Adds the flows of each layer of a network, those that it reads, joins and hands on, to a
   * builder of its own.
   */
  public static void addByLayer(
      Network network, List<Bits> bits, List<Piece.OfLayer> pieces, List<Flows.Builder> byLayer) {
    new LayerFlows(network, bits, pieces, 1, byLayer::get).add();
  }

  private void add() {
    List<Layer> layers = network.layers();
    boolean[] isUsed = new boolean[layers.size()];
    for (int l = 0; l < layers.size(); l++) {
      Flows.Builder into = byLayer.apply(l);
      Layer layer = layers.get(l);
      boolean isDynamic = pieces.get(l).isDynamic();
      made.add(isDynamic ? madeBy(layer.producer()) : outputs(pieces.get(l)));
      reads(l, layer, isDynamic, into);
      for (int from : layer.links().joins()) {
        if (from != Links.INPUT) {
          isUsed[from] = true;
        }
        double joined = from < 0 ? bits.get(l).outputs() : bits.get(from).outputs();
        pass(from, 0, 1, made.get(l), joined, into);
      }
      for (int from : layer.links().reads()) {
        if (from != Links.INPUT) {
          isUsed[from] = true;
        }
      }
      if (!isDynamic) {
        sums(pieces.get(l), bits.get(l).sums(), into);
        into.run(all(inputs(pieces.get(l))));
      }
    }
    for (int l = 0; l < layers.size(); l++) {
      if (!isUsed[l]) {
        List<List<Segment>> port = List.of(List.of(new Segment(0, 1, new int[] {Flows.PORT})));
        pass(l, 0, 1, port, bits.get(l).outputs(), byLayer.apply(l));
      }
    }
  }

  /** Units that complete the values of a layer; the port for the network's input. */
  private List<List<Segment>> madeBy(int layer) {
    return layer == Links.INPUT
        ? List.of(List.of(new Segment(0, 1, new int[] {Flows.PORT})))
        : made.get(layer);
  }

  private void reads(int l, Layer layer, boolean isDynamic, Flows.Builder into) {
    List<Integer> reads = layer.links().reads();
    if (isDynamic) {
      List<List<Segment>> everywhere = List.of(List.of(new Segment(0, 1, all(made.get(l)))));
      for (int i = 1; i < reads.size(); i++) {
        int from = reads.get(i);
        double operand = from < 0 ? bits.get(l).inputs() : bits.get(from).outputs();
        pass(from, 0, 1, everywhere, operand, into);
      }
      return;
    }
    List<List<Segment>> wanted = inputs(pieces.get(l));
    double channels = 0;
    for (int from : reads) {
      channels += channels(from, reads.size());
    }
    double at = 0;
    for (int from : reads) {
      double share = channels(from, reads.size()) / channels;
      pass(from, at, at + share, wanted, bits.get(l).inputs() * share, into);
      at += share;
    }
  }

  private double channels(int layer, int of) {
    if (layer == Links.INPUT || of == 1) {
      return 1;
    }
    MatrixShape shape = network.layers().get(layer).shape();
    return (double) shape.outputsPerGroup() * shape.groups();
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
   * @param windowFrom where its channels begin among those wanted, to {@code windowTo}
   * @param wanted by copy
   * @param amount bits in all
   */
  private void pass(
      int from,
      double windowFrom,
      double windowTo,
      List<List<Segment>> wanted,
      double amount,
      Flows.Builder into) {
    List<List<Segment>> makers = madeBy(from);
    double width = windowTo - windowFrom;
    for (int j = 0; j < wanted.size(); j++) {
      double begin = (double) j / wanted.size();
      double end = (double) (j + 1) / wanted.size();
      int first = (int) Math.floor(begin * makers.size() + NARROWEST);
      for (int i = first; i < makers.size(); i++) {
        double overlap =
            Math.min(end, (double) (i + 1) / makers.size())
                - Math.max(begin, (double) i / makers.size());
        if (overlap <= NARROWEST / makers.size()) {
          break;
        }
        for (Segment maker : makers.get(i)) {
          double makerFrom = windowFrom + width * maker.from();
          double makerTo = windowFrom + width * maker.to();
          for (Segment want : wanted.get(j)) {
            double common = Math.min(makerTo, want.to()) - Math.max(makerFrom, want.from());
            if (common > NARROWEST) {
              into.add(maker.units()[0], want.units(), weight * amount * overlap * common / width);
            }
          }
        }
      }
    }
  }

  /** Units that want input channels, by copy. */
  private static List<List<Segment>> inputs(Piece.OfLayer layer) {
    return layer.copies().stream()
        .map(
            copy -> {
              Map<Piece.Share, Set<Integer>> wanted = new LinkedHashMap<>();
              for (Piece piece : copy) {
                wanted
                    .computeIfAbsent(piece.inputs(), k -> new LinkedHashSet<>())
                    .add(piece.unit());
              }
              return segments(wanted);
            })
        .toList();
  }

  /** Units that complete output channels, by copy. */
  private static List<List<Segment>> outputs(Piece.OfLayer layer) {
    return layer.copies().stream()
        .map(
            copy -> {
              Map<Piece.Share, Set<Integer>> last = new LinkedHashMap<>();
              copy.forEach(piece -> last.put(piece.outputs(), Set.of(piece.unit())));
              return segments(last);
            })
        .toList();
  }

  /** Segments in the order of the map; neighbours with the same units are one. */
  private static List<Segment> segments(Map<Piece.Share, Set<Integer>> units) {
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

  /** Partial sums, from piece to piece of an output. */
  private void sums(Piece.OfLayer layer, double sumBits, Flows.Builder into) {
    for (List<Piece> copy : layer.copies()) {
      Map<Piece.Share, Integer> at = new LinkedHashMap<>();
      for (Piece piece : copy) {
        Integer before = at.put(piece.outputs(), piece.unit());
        if (before != null) {
          double share = piece.outputs().width() / layer.copies().size();
          into.add(before, piece.unit(), weight * sumBits * share);
        }
      }
    }
  }
}
