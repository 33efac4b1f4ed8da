package dev.kirchhoff.dse.report;

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
import java.util.Optional;

/**
 * Connections that are set at once on a reconfigurable fabric, laid by negotiation for the tiles as
 * they are placed: those of a network, or of a layer where the switches are set before each and
 * layers run one by one; on several chips those of each, whose connections to others end at the
 * port.
 *
 * @param network their network
 * @param layer their layer; empty for all
 * @param chip their chip, from 0
 * @param nets connections
 * @param routing as laid
 * @param firstFitTracks tracks that they need on their fixed ways
 * @param fewestTracks the fewest tracks with which all can be laid
 */
public record ConnectionSet(
    String network,
    Optional<String> layer,
    int chip,
    List<Net> nets,
    Routing routing,
    int firstFitTracks,
    int fewestTracks) {

  /**
   * Connections of a mapping with every wire of each.
   *
   * @param shared wires that have more than one connection
   * @param rounds iterations of negotiation
   * @param ways wires of each connection as node, node and track
   */
  public record Report(
      String network,
      Optional<String> layer,
      Optional<Integer> chip,
      boolean legal,
      int shared,
      int rounds,
      int firstFitTracks,
      Optional<Integer> fewestTracks,
      List<List<List<Integer>>> ways) {}

  /** All sets of a mapping; none on fabrics that are not circuit-switched. */
  public static List<ConnectionSet> of(PlacedMapping mapping) {
    return new Reader(mapping).sets();
  }

  static List<Report> reports(PlacedMapping mapping) {
    boolean isSeveral = mapping.placed().size() > 1;
    return of(mapping).stream().map(set -> set.report(isSeveral)).toList();
  }

  private Report report(boolean onSeveralChips) {
    return new Report(
        network,
        layer,
        onSeveralChips ? Optional.of(chip) : Optional.empty(),
        routing.isLegal(),
        routing.shared(),
        routing.iterations(),
        firstFitTracks,
        routing.isLegal() ? Optional.empty() : Optional.of(fewestTracks),
        routing.ways().stream()
            .map(
                way ->
                    way.stream()
                        .map(wire -> List.of(wire.from(), wire.to(), wire.track()))
                        .toList())
            .toList());
  }

  private record Reader(PlacedMapping mapping) {
    private SwitchedChannels fabric() {
      return mapping.design().chip().uncore().interconnect().channels().orElseThrow();
    }

    List<ConnectionSet> sets() {
      List<ConnectionSet> sets = new ArrayList<>();
      for (int n = 0; n < mapping.mapped().connections().size(); n++) {
        for (int chip = 0; chip < mapping.placed().size(); chip++) {
          add(n, chip, sets);
        }
      }
      return sets;
    }

    private void add(int n, int chip, List<ConnectionSet> sets) {
      MappedDesign.MappedNetwork network = mapping.mapped().networks().get(n);
      List<Net> all = new ArrayList<>();
      boolean perLayer = fabric().configure() == Configure.PER_LAYER && !network.isPipelined();
      for (int l = 0; l < mapping.mapped().connections().get(n).size(); l++) {
        List<Net> own = nets(mapping.mapped().connections().get(n).get(l), chip);
        all.addAll(own);
        if (perLayer && !own.isEmpty()) {
          sets.add(set(network.name(), Optional.of(network.layers().get(l).name()), chip, own));
        }
      }
      if (!perLayer && !all.isEmpty()) {
        sets.add(set(network.name(), Optional.empty(), chip, all));
      }
    }

    private ConnectionSet set(String network, Optional<String> layer, int chip, List<Net> nets) {
      Fabric on = mapping.mapped().fabric();
      Routing routing = ConnectionRouter.route(on, nets, fabric().switchBox(), fabric().tracks());
      return new ConnectionSet(
          network,
          layer,
          chip,
          nets,
          routing,
          ConnectionRouter.firstFitTracks(on, nets, fabric().switchBox()),
          routing.isLegal()
              ? fabric().tracks()
              : ConnectionRouter.fewestTracks(on, nets, fabric().switchBox()));
    }

    /** Connections of a chip. */
    private List<Net> nets(Flows all, int chip) {
      PlacedMapping.Placed placed = mapping.placed().get(chip);
      Flows flows =
          mapping.placed().size() == 1 ? all : all.part(placed.firstTile(), placed.flows().units());
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

    /** The node of an end of a flow; the port is at node 0. */
    private int node(PlacedMapping.Placed placed, int unit) {
      return unit == Flows.PORT ? 0 : mapping.mapped().fabric().node(placed.refined().siteOf(unit));
    }
  }
}
