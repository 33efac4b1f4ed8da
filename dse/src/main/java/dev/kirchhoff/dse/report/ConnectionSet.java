package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
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
 * @param layer their layer; absent for all
 * @param chip their chip, from 0; absent of one chip
 * @param legal whether all are laid and no wire has two of them
 * @param shared wires that have more than one connection
 * @param rounds iterations of negotiation
 * @param firstFitTracks tracks that they need on their fixed ways
 * @param fewestTracks the fewest tracks with which all can be laid; absent where they are laid
 * @param ways wires of each connection
 */
public record ConnectionSet(
    String network,
    Optional<String> layer,
    Optional<Integer> chip,
    boolean legal,
    int shared,
    int rounds,
    int firstFitTracks,
    Optional<Integer> fewestTracks,
    List<List<Wire>> ways) {

  /**
   * A wire, written as node, node and track.
   *
   * @param from node at one end
   * @param to node at the other end
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"from", "to", "track"})
  public record Wire(int from, int to, int track) {}

  /** Number of connections. */
  public int connections() {
    return ways.size();
  }

  /** Wires of all connections together. */
  public int wires() {
    return ways.stream().mapToInt(List::size).sum();
  }

  /** All sets of a mapping; none on fabrics that are not circuit-switched. */
  public static List<ConnectionSet> of(PlacedMapping mapping) {
    return new Reader(mapping).sets();
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
          mapping.placed().size() > 1 ? Optional.of(chip) : Optional.empty(),
          routing.isLegal(),
          routing.shared(),
          routing.iterations(),
          ConnectionRouter.firstFitTracks(on, nets, fabric().switchBox()),
          routing.isLegal()
              ? Optional.empty()
              : Optional.of(ConnectionRouter.fewestTracks(on, nets, fabric().switchBox())),
          routing.ways().stream()
              .map(
                  way ->
                      way.stream()
                          .map(wire -> new Wire(wire.from(), wire.to(), wire.track()))
                          .toList())
              .toList());
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
