package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.chip.Interconnect.SwitchedChannels;
import dev.kirchhoff.dse.report.ConnectionSet;
import dev.kirchhoff.dse.report.PlacedMapping;
import dev.kirchhoff.mapper.report.MappedDesign;
import java.util.List;

/** Text of the connections of a mapping: a sentence for each network. */
final class MapConnections {
  private MapConnections() {}

  /** A sentence a network; nothing on fabrics that are not circuit-switched. */
  static String of(PlacedMapping mapping) {
    StringBuilder out = new StringBuilder();
    List<ConnectionSet> sets = ConnectionSet.of(mapping);
    for (MappedDesign.MappedNetwork network : mapping.mapped().networks()) {
      sets.stream()
          .filter(set -> set.network().equals(network.name()))
          .max(MapConnections::byNeed)
          .ifPresent(set -> out.append(sentence(mapping, set)));
    }
    return out.toString();
  }

  /** Order of two sets by the tracks that they need. */
  private static int byNeed(ConnectionSet a, ConnectionSet b) {
    int byShared = Integer.compare(a.routing().shared(), b.routing().shared());
    return byShared != 0 ? byShared : Integer.compare(a.firstFitTracks(), b.firstFitTracks());
  }

  private static String sentence(PlacedMapping mapping, ConnectionSet set) {
    SwitchedChannels fabric =
        mapping.design().chip().uncore().interconnect().channels().orElseThrow();
    String of = mapping.mapped().networks().size() > 1 ? " of " + set.network() : "";
    String before = set.layer().map(layer -> ", most before layer " + layer).orElse("");
    String on = mapping.placed().size() == 1 ? "" : ", most on chip " + (set.chip() + 1);
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
                + set.fewestTracks()
                + " tracks would do")
        + "; on fixed ways "
        + set.firstFitTracks()
        + " tracks would do\n";
  }
}
