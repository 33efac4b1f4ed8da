package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.evaluate.MappedDesign;
import dev.kirchhoff.mapper.evaluate.MappedDesign.MappedLayer;
import dev.kirchhoff.mapper.evaluate.MappedDesign.MappedNetwork;
import dev.kirchhoff.mapper.evaluate.MappedDesign.Sums;
import dev.kirchhoff.mapper.layout.LayerLayout;
import dev.kirchhoff.mapper.layout.Layout;
import dev.kirchhoff.mapper.layout.Matrix;
import dev.kirchhoff.mapper.place.Fabric;
import dev.kirchhoff.mapper.place.PlacementCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A mapping for people: layers, floorplan, traffic, schedule. */
final class MapText {
  /** Characters of the schedule's bars. */
  private static final int BAR = 50;

  private final MapResult result;
  private final MappedDesign mapped;
  private final StringBuilder out = new StringBuilder();

  private MapText(MapResult result) {
    this.result = result;
    mapped = result.mapped();
  }

  static String of(MapResult result) {
    return new MapText(result).text();
  }

  private String text() {
    head();
    layers();
    if (result.placed().isPresent()) {
      out.append(FloorplanText.of(result));
      traffic(result.placed().get());
      for (int n = 0; n < mapped.networks().size(); n++) {
        schedule(n, mapped.networks().get(n));
      }
      out.append("Every block of every copy, routes and loads: --output FILE.json\n");
    } else {
      out.append("infeasible: ")
          .append(Units.count(mapped.room().missing()))
          .append(" crossbars are missing, ")
          .append(
              Units.count(
                  (mapped.room().missing() + mapped.layout().size().perTile() - 1)
                      / mapped.layout().size().perTile()))
          .append(" tiles of these; or program them again during an inference: ")
          .append("--set mapping.overflow=reload\n");
    }
    return out.toString();
  }

  private void head() {
    Layout.Size size = mapped.layout().size();
    MappedDesign.Room room = mapped.room();
    List<String> names = mapped.networks().stream().map(MappedNetwork::name).toList();
    out.append(result.chosen().name()).append(": ").append(String.join(", ", names));
    out.append(" on ")
        .append(Units.count(room.tiles()))
        .append(room.tiles() == 1 ? " tile of " : " tiles of ")
        .append(room.pesPerTile())
        .append(" PEs of ")
        .append(size.perPe())
        .append(" crossbars of ")
        .append(size.rows())
        .append(" x ")
        .append(size.columns())
        .append(" cells\n");
    out.append("  crossbars taken    ")
        .append(Units.count(room.taken()))
        .append(" of ")
        .append(Units.count(room.onChip()));
    if (room.reloaded() > 0) {
      out.append(", ")
          .append(Units.count(room.reloaded()))
          .append(" of them programmed again in each inference");
    }
    out.append('\n');
  }

  private void layers() {
    TextTable table = new TextTable("  ", 2);
    table.row(
        "",
        "layer",
        "matrix",
        "blocks",
        "copies",
        "crossbars",
        "tile.PE.crossbar",
        "used",
        "sums merged in");
    for (int n = 0; n < mapped.networks().size(); n++) {
      MappedNetwork network = mapped.networks().get(n);
      if (mapped.networks().size() > 1) {
        table.row("", network.name());
      }
      for (int l = 0; l < network.layers().size(); l++) {
        layer(table, n, l, network.layers().get(l));
      }
    }
    out.append(table);
  }

  private void layer(TextTable table, int n, int l, MappedLayer layer) {
    String number = Integer.toString(result.number(n, l));
    Optional<LayerLayout> found = mapped.layout().layer(n, l);
    if (found.isEmpty()) {
      table.row(number, layer.name(), "dynamic", "", "", "", "digital units", "", "");
      return;
    }
    int groups = layer.shape().groups();
    table.row(
        number,
        layer.name(),
        Units.count(layer.shape().inputsPerOutput())
            + " x "
            + Units.count(layer.shape().outputsPerGroup())
            + (groups > 1 ? " x " + Units.count(groups) : ""),
        blocks(found.get().matrix()),
        Units.count(layer.copies()),
        Units.count(layer.crossbars()),
        range(found.get()),
        Units.print(layer.utilization(), Dimension.RATIO),
        sums(layer.sums()));
  }

  /** Row blocks x column blocks of a part, x parts. */
  private String blocks(Matrix matrix) {
    Layout.Size size = mapped.layout().size();
    int down = (matrix.height() + size.rows() - 1) / size.rows();
    int across = (matrix.width() + size.columns() - 1) / size.columns();
    String parts = matrix.parts() > 1 ? " x " + Units.count(matrix.parts()) : "";
    return Units.count(down) + " x " + Units.count(across) + parts;
  }

  private String range(LayerLayout layout) {
    long[] ends = {Long.MAX_VALUE, Long.MIN_VALUE};
    layout.forEach(
        block -> {
          ends[0] = Math.min(ends[0], block.crossbar());
          ends[1] = Math.max(ends[1], block.crossbar());
        });
    return place(ends[0]) + (ends[0] == ends[1] ? "" : " .. " + place(ends[1]));
  }

  private String place(long crossbar) {
    Layout.Place place = mapped.layout().place(crossbar);
    return result.tile(place.tile()) + "." + place.pe() + "." + place.crossbar();
  }

  private static String sums(Sums sums) {
    double all = sums.inPe() + sums.inTile() + sums.overFabric();
    if (all <= 0) {
      return "-";
    }
    List<String> parts = new ArrayList<>();
    String[] names = {"PE", "tile", "fabric"};
    double[] amounts = {sums.inPe(), sums.inTile(), sums.overFabric()};
    for (int i = 0; i < names.length; i++) {
      if (amounts[i] > 0) {
        parts.add(names[i] + " " + Units.brief(amounts[i] / all, Dimension.RATIO));
      }
    }
    return String.join(", ", parts);
  }

  private void traffic(MapResult.Placed placed) {
    PlacementCost before = placed.inOrder();
    PlacementCost after = placed.refined();
    if (before.bitHops() == 0) {
      out.append("  no traffic between tiles\n");
      return;
    }
    TextTable table = new TextTable("  ");
    table.row("traffic of one inference", "in order", "refined", "");
    table.row(
        "bits times hops",
        bits(before.bitHops()),
        bits(after.bitHops()),
        change(before.bitHops(), after.bitHops()));
    double hop_fJ = mapped.hop().energy_fJ();
    table.row(
        "energy",
        Units.print(before.bitHops() * hop_fJ, Dimension.ENERGY),
        Units.print(after.bitHops() * hop_fJ, Dimension.ENERGY),
        "");
    table.row(
        "most loaded link",
        bits(before.mostLoad()),
        bits(after.mostLoad()),
        change(before.mostLoad(), after.mostLoad()));
    out.append(table);
    out.append("  most loaded: the link ")
        .append(link(after.mostLoaded()))
        .append("; traffic energy in evaluate: ")
        .append(Units.print(mapped.hop().counted() * hop_fJ, Dimension.ENERGY))
        .append(" (in order, by layers)\n");
  }

  private static String bits(double bits) {
    return Units.significant(bits / 1e6) + " Mb";
  }

  private static String change(double before, double after) {
    double change = after / before - 1;
    return Math.abs(change) < 5e-4 ? "same" : String.format(Locale.ROOT, "%+.1f %%", 100 * change);
  }

  private String link(int link) {
    Fabric fabric = mapped.fabric();
    if (link < 0) {
      return "nowhere";
    }
    if (fabric.tail(link) == fabric.head(link)) {
      return "between all tiles";
    }
    return "from " + node(fabric.tail(link)) + " to " + node(fabric.head(link));
  }

  private String node(int node) {
    if (node == Fabric.OUTSIDE) {
      return "the port";
    }
    int columns = mapped.fabric().columns();
    return columns == 0
        ? "node " + node
        : "row " + (node / columns + 1) + " column " + (node % columns + 1);
  }

  private void schedule(int n, MappedNetwork network) {
    double whole = network.latency_ns();
    out.append("  schedule");
    if (mapped.networks().size() > 1) {
      out.append(" of ").append(network.name());
    }
    out.append(": ").append(Units.print(whole, Dimension.TIME)).append(", ");
    out.append(
        network.isPipelined()
            ? "a new inference every " + Units.print(network.interval_ns(), Dimension.TIME)
            : "layer by layer");
    out.append('\n');
    TextTable table = new TextTable("  ", 3);
    table.row("", "", "", "start", "end", network.isPipelined() ? "of interval" : "of latency");
    for (int l = 0; l < network.layers().size(); l++) {
      MappedLayer layer = network.layers().get(l);
      double of = network.isPipelined() ? network.interval_ns() : whole;
      table.row(
          Integer.toString(result.number(n, l)),
          layer.name(),
          bar(layer, whole),
          Units.print(layer.time().start_ns(), Dimension.TIME),
          Units.print(layer.time().end_ns(), Dimension.TIME),
          Units.print(layer.time().busy_ns() / of, Dimension.RATIO));
    }
    out.append(table);
  }

  /** A bar from start to end, at least one character. */
  private static String bar(MappedLayer layer, double whole_ns) {
    int from = (int) Math.min(BAR - 1, Math.floor(layer.time().start_ns() / whole_ns * BAR));
    int to = (int) Math.min(BAR, Math.ceil(layer.time().end_ns() / whole_ns * BAR));
    int length = Math.max(1, to - from);
    return "|" + " ".repeat(from) + "#".repeat(length) + " ".repeat(BAR - from - length) + "|";
  }
}
