package dev.kirchhoff.mapper.report;

import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.fabric.LinkLoads;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.schedule.TileRates;
import dev.kirchhoff.mapper.traffic.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Traffic of a network on the fabric, from the transfers that the evaluation counts: by layer, and
 * the load of every link. On a circuit-switched fabric links are channels with the load of their
 * connections; no connection waits for another.
 *
 * @param network network
 * @param layers by layer, in their order
 * @param most the most loaded link, of all layers together; empty without traffic
 * @param links links with traffic, of all layers together
 */
public record TrafficReport(
    String network, List<OfLayer> layers, Optional<Link> most, List<Link> links) {
  public TrafficReport {
    layers = List.copyOf(layers);
    links = List.copyOf(links);
  }

  /**
   * Traffic of a layer: what it reads, joins, hands on as partial sums, and moves over the port.
   *
   * @param layer layer name
   * @param hops longest way of its bits
   * @param bitHops bits times hops of an inference
   * @param most the most loaded link of this layer alone; empty without traffic
   */
  public record OfLayer(String layer, int hops, double bitHops, Optional<Link> most) {}

  /**
   * A link with its load.
   *
   * @param chip chip of its fabric, from 0
   * @param from node that it leaves; empty for the port
   * @param to node that it enters; empty for the port
   * @param bits bits of an inference
   * @param time_ns time that they take
   */
  public record Link(int chip, OptionalInt from, OptionalInt to, double bits, double time_ns) {}

  /** Traffic of a program of an evaluated design. */
  public static TrafficReport of(EvaluatedDesign evaluated, int program) {
    double link_nsPerBit = link_nsPerBit(evaluated);
    Traffic traffic = evaluated.flow(program).traffic();
    MappedProgram mapped = evaluated.program(program);
    List<OfLayer> layers = new ArrayList<>();
    for (int l = 0; l < mapped.layers(); l++) {
      layers.add(
          new OfLayer(
              mapped.counts().layer(l).name(),
              traffic.hops(l),
              traffic.bitHops(l),
              most(links(traffic, l, l + 1, link_nsPerBit))));
    }
    List<Link> links = links(traffic, 0, mapped.layers(), link_nsPerBit);
    return new TrafficReport(mapped.name(), layers, most(links), links);
  }

  /** Links with traffic of some layers, chip by chip. */
  private static List<Link> links(Traffic traffic, int first, int end, double link_nsPerBit) {
    Fabric fabric = traffic.fabric();
    List<Link> links = new ArrayList<>();
    for (int chip = 0; chip < traffic.chips(); chip++) {
      LinkLoads loads = traffic.loads(first, end, chip);
      for (int link = 0; link < fabric.links(); link++) {
        if (loads.bits(link) > 0) {
          double bits = loads.bits(link);
          double time_ns = bits / fabric.capacity(link) * link_nsPerBit;
          links.add(new Link(chip, fabric.tail(link), fabric.head(link), bits, time_ns));
        }
      }
    }
    return links;
  }

  private static Optional<Link> most(List<Link> links) {
    return links.stream()
        .max(Comparator.comparingDouble(Link::time_ns).thenComparingDouble(Link::bits));
  }

  /** Time of a bit on a link of one width. */
  static double link_nsPerBit(EvaluatedDesign evaluated) {
    int tracks = evaluated.design().chip().uncore().interconnect().tracks();
    return TileRates.transfer_ns(
        tracks, evaluated.flow().timing().link_bitPerNs(evaluated.mapping().pitches().hop()));
  }
}
