package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.dse.report.ConnectionSet;
import dev.kirchhoff.dse.report.MappingReport;
import dev.kirchhoff.dse.report.MappingReport.NetworkMapping;
import dev.kirchhoff.dse.report.MappingReport.Placement;

/** Text of the connections of a mapping: a sentence for each network. */
final class MapConnections {
  private MapConnections() {}

  /** A sentence a network; nothing on fabrics that are not circuit-switched. */
  static String of(MappingReport mapping) {
    StringBuilder out = new StringBuilder();
    for (NetworkMapping network : mapping.networks()) {
      mapping.connections().stream()
          .filter(set -> set.network().equals(network.name()))
          .max(MapConnections::byNeed)
          .ifPresent(set -> out.append(sentence(mapping, set)));
    }
    return out.toString();
  }

  /** Order of two sets by the tracks that they need. */
  private static int byNeed(ConnectionSet a, ConnectionSet b) {
    int byShared = Integer.compare(a.shared(), b.shared());
    return byShared != 0 ? byShared : Integer.compare(a.firstFitTracks(), b.firstFitTracks());
  }

  private static String sentence(MappingReport mapping, ConnectionSet set) {
    Placement placement = mapping.placement().orElseThrow();
    return Sentence.of(
        "  {} connections{}{}{}, {} tracks, {} boxes: {}; on fixed ways {} tracks would do\n",
        set.connections(),
        mapping.networks().size() > 1 ? " of " + set.network() : "",
        set.layer().map(layer -> ", most before layer " + layer).orElse(""),
        set.chip().map(chip -> ", most on chip " + (chip + 1)).orElse(""),
        placement.tracks().orElseThrow(),
        placement.switchBox().orElseThrow(),
        set.legal()
            ? Sentence.of("all laid over {} wires", set.wires())
            : Sentence.of(
                "{} wires are wanted by more than one, {} tracks would do",
                set.shared(),
                set.fewestTracks().orElseThrow()),
        set.firstFitTracks());
  }
}
