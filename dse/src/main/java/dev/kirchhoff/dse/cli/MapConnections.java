package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.chip.Interconnect.Configure;
import dev.kirchhoff.arch.chip.Interconnect.SwitchedChannels;
import dev.kirchhoff.mapper.fabric.ConnectionRouter;
import dev.kirchhoff.mapper.fabric.ConnectionRouter.Net;
import dev.kirchhoff.mapper.fabric.ConnectionRouter.Routing;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.report.MappedDesign;
import dev.kirchhoff.mapper.traffic.Flows;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections of a mapping on a reconfigurable fabric, laid by negotiation for the tiles as they
 * are placed; for people and as JSON. Connections that stand together are those of a network, or of
 * a layer where the switches are set before each and layers run one by one; on several chips those
 * of each, whose connections to others end at the port.
 */
final class MapConnections {
  private final MapResult result;
  private final MappedDesign mapped;
  private final SwitchedChannels fabric;

  private MapConnections(MapResult result) {
    this.result = result;
    mapped = result.mapped();
    fabric = result.design().chip().uncore().interconnect().channels();
  }

  /**
   * Connections that stand together.
   *
   * @param network their network
   * @param layer their layer; empty for all
   * @param chip their chip, from 0
   * @param nets connections
   * @param routing as laid
   * @param firstFit tracks that they need on their fixed ways
   * @param fewest the fewest tracks with which all can be laid, if they could not
   */
  private record Set(
      String network,
      String layer,
      int chip,
      List<Net> nets,
      Routing routing,
      int firstFit,
      int fewest) {}

  /** A sentence a network; nothing on fabrics that are not circuit-switched. */
  static String of(MapResult result) {
    StringBuilder out = new StringBuilder();
    MapConnections connections = new MapConnections(result);
    List<Set> sets = connections.sets();
    for (MappedDesign.MappedNetwork network : result.mapped().networks()) {
      sets.stream()
          .filter(set -> set.network().equals(network.name()))
          .max(MapConnections::byNeed)
          .ifPresent(set -> out.append(connections.sentence(set)));
    }
    return out.toString();
  }

  /** Which of two sets needs more. */
  private static int byNeed(Set a, Set b) {
    int byShared = Integer.compare(a.routing().shared(), b.routing().shared());
    return byShared != 0 ? byShared : Integer.compare(a.firstFit(), b.firstFit());
  }

  private String sentence(Set set) {
    String of = mapped.networks().size() > 1 ? " of " + set.network() : "";
    String before = set.layer().isEmpty() ? "" : ", most before layer " + set.layer();
    String on = result.placed().size() == 1 ? "" : ", most on chip " + (set.chip() + 1);
    return "  "
        + set.nets().size()
        + " connections"
        + of
        + before
        + on
        + ", "
        + fabric.tracks()
        + " tracks, "
        + fabric.switchBox().word()
        + " boxes: "
        + (set.routing().isLegal()
            ? "all laid over " + set.routing().wires() + " wires"
            : set.routing().shared()
                + " wires are wanted by more than one, "
                + set.fewest()
                + " tracks would do")
        + "; on fixed ways "
        + set.firstFit()
        + " tracks would do\n";
  }

  private List<Set> sets() {
    List<Set> sets = new ArrayList<>();
    for (int n = 0; n < mapped.connections().size(); n++) {
      for (int chip = 0; chip < result.placed().size(); chip++) {
        add(n, chip, sets);
      }
    }
    return sets;
  }

  private void add(int n, int chip, List<Set> sets) {
    MappedDesign.MappedNetwork network = mapped.networks().get(n);
    List<Net> all = new ArrayList<>();
    boolean perLayer = fabric.configure() == Configure.PER_PHASE && !network.isPipelined();
    for (int l = 0; l < mapped.connections().get(n).size(); l++) {
      List<Net> own = nets(mapped.connections().get(n).get(l), chip);
      all.addAll(own);
      if (perLayer && !own.isEmpty()) {
        sets.add(set(network.name(), network.layers().get(l).name(), chip, own));
      }
    }
    if (!perLayer && !all.isEmpty()) {
      sets.add(set(network.name(), "", chip, all));
    }
  }

  private Set set(String network, String layer, int chip, List<Net> nets) {
    Routing routing =
        ConnectionRouter.route(mapped.fabric(), nets, fabric.switchBox(), fabric.tracks());
    return new Set(
        network,
        layer,
        chip,
        nets,
        routing,
        ConnectionRouter.firstFitTracks(mapped.fabric(), nets, fabric.switchBox()),
        routing.isLegal()
            ? fabric.tracks()
            : ConnectionRouter.fewestTracks(mapped.fabric(), nets, fabric.switchBox()));
  }

  /** Connections of a chip. */
  private List<Net> nets(Flows all, int chip) {
    MapResult.Placed placed = result.placed().get(chip);
    Flows flows =
        result.placed().size() == 1 ? all : all.part(placed.firstTile(), placed.flows().units());
    List<Net> nets = new ArrayList<>();
    for (int f = 0; f < flows.count(); f++) {
      List<Integer> to = new ArrayList<>();
      for (int t = 0; t < flows.targets(f); t++) {
        to.add(node(placed, flows.target(f, t)));
      }
      nets.add(new Net(node(placed, flows.source(f)), to));
    }
    return nets;
  }

  private int node(MapResult.Placed placed, int unit) {
    return unit == Flows.PORT
        ? Fabric.OUTSIDE
        : mapped.fabric().node(placed.refined().siteOf(unit));
  }

  /** All sets with every wire of every circuit. */
  static void put(MapResult result, ObjectNode root) {
    List<Set> sets = new MapConnections(result).sets();
    if (sets.isEmpty()) {
      return;
    }
    ArrayNode list = root.putArray("circuits");
    for (Set set : sets) {
      ObjectNode node = list.addObject().put("network", set.network());
      if (!set.layer().isEmpty()) {
        node.put("layer", set.layer());
      }
      if (result.placed().size() > 1) {
        node.put("chip", set.chip());
      }
      node.put("legal", set.routing().isLegal());
      node.put("shared", set.routing().shared());
      node.put("rounds", set.routing().iterations());
      node.put("firstFitTracks", set.firstFit());
      if (!set.routing().isLegal()) {
        node.put("fewestTracks", set.fewest());
      }
      ArrayNode ways = node.putArray("ways");
      for (List<ConnectionRouter.Wire> way : set.routing().ways()) {
        ArrayNode wires = ways.addArray();
        way.forEach(wire -> wires.addArray().add(wire.from()).add(wire.to()).add(wire.track()));
      }
    }
  }
}
