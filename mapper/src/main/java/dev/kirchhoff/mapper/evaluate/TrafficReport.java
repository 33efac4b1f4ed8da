package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.mapper.place.Fabric;
import dev.kirchhoff.mapper.place.LinkLoads;
import dev.kirchhoff.mapper.schedule.TileWork;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What networks send over the fabric, from the same parts that the evaluation counts: by layer, and
 * the load of every link. On a fabric of circuits links are channels; their loads say how busy they
 * are, but no circuit waits for another.
 *
 * @param network network
 * @param layers by layer, in their order
 * @param most the most loaded link, of all layers together
 * @param links links with traffic, of all layers together
 */
public record TrafficReport(String network, List<OfLayer> layers, Link most, List<Link> links) {
  /** Where nothing moves. */
  private static final Link NONE = new Link(Fabric.OUTSIDE, Fabric.OUTSIDE, 0, 0);

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
   * @param most the most loaded link of this layer alone
   */
  public record OfLayer(String layer, int hops, double bitHops, Link most) {}

  /**
   * A link with its load.
   *
   * @param from node that it leaves, −1 for the port
   * @param to node that it enters, −1 for the port
   * @param bits bits of an inference
   * @param time_ns time that they take
   */
  public record Link(int from, int to, double bits, double time_ns) {}

  /** One report a network of a design. */
  public static List<TrafficReport> of(Design design) {
    return of(design, Prices::of);
  }

  static List<TrafficReport> of(Design design, Function<Design, PriceTable> pricing) {
    DesignMapping mapping = new DesignMapping(new KeptStatistics(), false);
    mapping.map(design, pricing.apply(design));
    List<TrafficReport> reports = new ArrayList<>();
    for (int j = 0; j < mapping.jobs(); j++) {
      reports.add(of(mapping, mapping.job(j)));
    }
    return reports;
  }

  /** The report of a network of a mapped design. */
  static TrafficReport of(DesignMapping mapping, JobMapping job) {
    Fabric fabric = mapping.placement.fabric();
    double link_nsPerBit = link_nsPerBit(mapping);
    LinkLoads all = new LinkLoads();
    LinkLoads own = new LinkLoads();
    all.set(fabric);
    own.set(fabric);
    List<OfLayer> layers = new ArrayList<>();
    for (int l = 0; l < job.layers(); l++) {
      own.clear();
      job.traffic().load(l, own);
      job.traffic().load(l, all);
      layers.add(
          new OfLayer(
              job.job().network().layers().get(l).name(),
              job.traffic().hops(l),
              job.traffic().bitHops(l),
              link(own, own.mostLoaded(), link_nsPerBit)));
    }
    List<Link> links = new ArrayList<>();
    for (int link = 0; link < fabric.links(); link++) {
      if (all.bits(link) > 0) {
        links.add(link(all, link, link_nsPerBit));
      }
    }
    return new TrafficReport(
        job.job().network().name(), layers, link(all, all.mostLoaded(), link_nsPerBit), links);
  }

  /** Time of a bit on a link of one width. */
  static double link_nsPerBit(DesignMapping mapping) {
    int tracks = mapping.design().chip().uncore().interconnect().tracks();
    return TileWork.transfer_ns(tracks, mapping.prices().linkBandwidth_bitPerNs());
  }

  private static Link link(LinkLoads loads, int link, double link_nsPerBit) {
    if (link < 0) {
      return NONE;
    }
    Fabric fabric = loads.fabric();
    double bits = loads.bits(link);
    double time_ns = bits / fabric.capacity(link) * link_nsPerBit;
    return new Link(fabric.tail(link), fabric.head(link), bits, time_ns);
  }
}
