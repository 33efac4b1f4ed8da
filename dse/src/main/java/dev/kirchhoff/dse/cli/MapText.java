package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.report.PlacedMapping;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.mapper.layout.LayerLayout;
import dev.kirchhoff.mapper.layout.Layout;
import dev.kirchhoff.mapper.layout.Matrix;
import dev.kirchhoff.mapper.report.MappedDesign;
import dev.kirchhoff.mapper.report.MappedDesign.MappedLayer;
import dev.kirchhoff.mapper.report.MappedDesign.MappedNetwork;
import dev.kirchhoff.mapper.report.MappedDesign.Sums;
import dev.kirchhoff.mapper.report.TrafficReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Text of a mapping: layers, floorplan, traffic, schedule. */
final class MapText {
  /** Characters of the schedule's bars. */
  private static final int BAR = 30;

  private final PlacedMapping result;
  private final Optional<Path> file;
  private final MappedDesign mapped;
  private final Page out = new Page();

  private MapText(PlacedMapping result, Optional<Path> file) {
    this.result = result;
    this.file = file;
    mapped = result.mapped();
  }

  /**
   * Text of a mapping.
   *
   * @param file the file that has all of it, where it is asked for; else the text names the option
   */
  static Page of(PlacedMapping result, Optional<Path> file) {
    return new MapText(result, file).text();
  }

  private Page text() {
    head();
    layers();
    phases();
    if (!result.placed().isEmpty()) {
      result.placed().forEach(placed -> out.append(FloorplanText.of(result, placed)));
      out.append(MapTraffic.of(result));
      out.append(MapConnections.of(result));
      for (int n = 0; n < mapped.networks().size(); n++) {
        schedule(n, mapped.networks().get(n));
      }
      if (file.isEmpty()) {
        out.append("Every block of every copy, routes and loads: --output FILE.json\n");
      }
    } else {
      missing();
    }
    return out;
  }

  private void missing() {
    long crossbars = mapped.capacity().missing();
    int perTile = mapped.layout().size().perTile();
    long tiles = (crossbars + perTile - 1) / perTile;
    out.append("infeasible: ")
        .append(Units.count(crossbars))
        .append(crossbars == 1 ? " crossbar is missing, " : " crossbars are missing, ")
        .append(perTile == 1 ? "a tile each" : Units.count(tiles))
        .append(perTile == 1 ? "" : tiles == 1 ? " tile more" : " tiles more")
        .append("; or program them again during an inference: ")
        .append("--set mapping.overflow=reload\n");
  }

  private void head() {
    Layout.Size size = mapped.layout().size();
    MappedDesign.Capacity capacity = mapped.capacity();
    List<String> names = mapped.networks().stream().map(MappedNetwork::name).toList();
    out.append(result.name()).append(": ").append(String.join(", ", names));
    out.append(" on ");
    if (capacity.chips() > 1) {
      out.append(capacity.chips()).append(" chips with ");
    }
    out.append(Units.count(capacity.tiles()))
        .append(capacity.tiles() == 1 ? " tile of " : " tiles of ")
        .append(capacity.pesPerTile())
        .append(" PEs of ")
        .append(size.perPe())
        .append(" crossbars of ")
        .append(size.rows())
        .append(" x ")
        .append(size.columns())
        .append(" cells\n");
    out.append("  crossbars taken    ")
        .append(Units.count(capacity.taken()))
        .append(capacity.reloaded() > 0 ? " in turn on " : " of ")
        .append(Units.count(capacity.onChip()));
    int batch = result.design().mapping().batching().batch().orElse(1);
    if (capacity.reloaded() > 0) {
      out.append(": ")
          .append(Units.count(capacity.reloaded()))
          .append(" are programmed again in each ")
          .append(batch > 1 ? "batch of " + batch : "inference");
    }
    out.append('\n');
  }

  private void layers() {
    TextTable table = new TextTable("  ", 2);
    table.head(
        "",
        "layer",
        "matrix",
        "blocks",
        "copies",
        "crossbars",
        result.mapped().capacity().reloaded() > 0 ? "phase" : "",
        result.mapped().capacity().chips() > 1 ? "chip" : "",
        "tile.PE.crossbar",
        "used",
        "sums merged in");
    table.optional(10, 3, 2, 8);
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
    if (layer.weightsOf().isPresent()) {
      table.row(
          number,
          layer.name(),
          matrix(layer),
          "",
          Units.count(layer.allocation().copies()),
          "0",
          "",
          "",
          "of " + layer.weightsOf().get(),
          "",
          sums(layer.sums()));
      return;
    }
    if (found.isEmpty()) {
      table.row(number, layer.name(), "dynamic", "", "", "", "", "", "digital units", "", "");
      return;
    }
    table.row(
        number,
        layer.name(),
        matrix(layer),
        blocks(found.get().matrix()),
        Units.count(layer.allocation().copies()),
        Units.count(layer.allocation().crossbars()),
        phase(layer),
        mapped.capacity().chips() > 1 ? Integer.toString(layer.residency().chip() + 1) : "",
        range(found.get()),
        Units.print(layer.allocation().utilization(), Dimension.RATIO),
        sums(layer.sums()));
  }

  private static String matrix(MappedLayer layer) {
    int groups = layer.shape().groups();
    return Units.count(layer.shape().inputsPerOutput())
        + " x "
        + Units.count(layer.shape().outputsPerGroup())
        + (groups > 1 ? " x " + Units.count(groups) : "");
  }

  private String phase(MappedLayer layer) {
    if (mapped.capacity().reloaded() == 0) {
      return "";
    }
    OptionalInt phase = layer.residency().phase();
    return phase.isPresent() ? Integer.toString(phase.getAsInt()) : "stays";
  }

  /** Prints the loading times of phases, where weights are loaded in phases. */
  private void phases() {
    if (mapped.networks().stream().allMatch(network -> network.phases().isEmpty())) {
      return;
    }
    TextTable table = new TextTable("  ");
    table.head("phase", "layers", "crossbars", "written from", "for", "maps put away");
    for (int n = 0; n < mapped.networks().size(); n++) {
      for (MappedDesign.Phase phase : mapped.networks().get(n).phases()) {
        table.row(
            Integer.toString(phase.number()),
            numbers(n, phase.layers()),
            Units.count(phase.crossbars()),
            Units.print(phase.start_ns(), Dimension.TIME),
            Units.print(phase.writing_ns(), Dimension.TIME),
            phase.putAway_bits() > 0 ? MapTraffic.bits(phase.putAway_bits()) : "-");
      }
    }
    out.append(table);
  }

  /** Numbers of layers, runs of them with two dots. */
  private String numbers(int n, List<Integer> layers) {
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < layers.size(); ) {
      int last = i;
      while (last + 1 < layers.size() && layers.get(last + 1) == layers.get(last) + 1) {
        last++;
      }
      String from = Integer.toString(result.number(n, layers.get(i)));
      runs.add(last == i ? from : from + ".." + result.number(n, layers.get(last)));
      i = last + 1;
    }
    return String.join(" ", runs);
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
    Layout.CrossbarLocation place = mapped.layout().place(crossbar);
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
    int batch = result.design().mapping().batching().batch().orElse(1);
    if (batch > 1 && !network.phases().isEmpty()) {
      out.append(" for a batch of ").append(batch).append("; times of its first inference");
      whole = 0;
      for (MappedLayer layer : network.layers()) {
        whole = Math.max(whole, layer.time().end_ns());
      }
    }
    out.append('\n');
    boolean spills = network.layers().stream().anyMatch(layer -> layer.spilled_bits() > 0);
    TextTable table = new TextTable("  ", 2).left(2);
    table.head(
        "",
        "",
        "",
        "start",
        "end",
        network.isPipelined() ? "of interval" : "of latency",
        "bit-hops",
        "busiest link",
        spills ? "spilled" : "");
    table.optional(7, 6, 8, 5);
    for (int l = 0; l < network.layers().size(); l++) {
      MappedLayer layer = network.layers().get(l);
      TrafficReport.OfLayer traffic = network.traffic().layers().get(l);
      double of = network.isPipelined() ? network.interval_ns() : whole;
      table.row(
          Integer.toString(result.number(n, l)),
          layer.name(),
          bar(layer, whole),
          Units.print(layer.time().start_ns(), Dimension.TIME),
          Units.print(layer.time().end_ns(), Dimension.TIME),
          Units.print(layer.time().busy_ns() / of, Dimension.RATIO),
          MapTraffic.bits(traffic.bitHops()),
          traffic.most().map(link -> Units.print(link.time_ns(), Dimension.TIME)).orElse("-"),
          layer.spilled_bits() > 0 ? MapTraffic.bits(layer.spilled_bits()) : "");
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
