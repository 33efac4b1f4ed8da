package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.report.MappingReport;
import dev.kirchhoff.dse.report.MappingReport.BlockPlace;
import dev.kirchhoff.dse.report.MappingReport.Chip;
import dev.kirchhoff.dse.report.MappingReport.Crossbars;
import dev.kirchhoff.dse.report.MappingReport.LayerFlow;
import dev.kirchhoff.dse.report.MappingReport.LayerMapping;
import dev.kirchhoff.dse.report.MappingReport.LayerSchedule;
import dev.kirchhoff.dse.report.MappingReport.LayerTraffic;
import dev.kirchhoff.dse.report.MappingReport.NetworkMapping;
import dev.kirchhoff.dse.report.MappingReport.PartialSums;
import dev.kirchhoff.dse.report.MappingReport.Phase;
import dev.kirchhoff.dse.report.MappingReport.Stored;
import dev.kirchhoff.dse.report.MappingReport.StoredLayer;
import dev.kirchhoff.dse.report.MappingReport.StoredMatrix;
import dev.kirchhoff.dse.report.MappingReport.Weights;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Text of a mapping: layers, floorplan, traffic, schedule. */
final class MapText {
  /** Characters of the schedule's bars. */
  private static final int BAR = 30;

  /** Order of the crossbars of blocks: of a tile that is loaded again behind all first loads. */
  private static final Comparator<BlockPlace> BY_CROSSBAR =
      Comparator.comparingInt((BlockPlace block) -> block.load().orElse(0))
          .thenComparingInt(BlockPlace::tile)
          .thenComparingInt(BlockPlace::pe)
          .thenComparingInt(BlockPlace::crossbar);

  private final MappingReport mapping;
  private final Optional<Path> file;
  private final Crossbars crossbars;
  private final int batch;
  private final Page out = new Page();

  private MapText(MappingReport mapping, Optional<Path> file) {
    this.mapping = mapping;
    this.file = file;
    crossbars = mapping.chip().crossbars();
    batch = mapping.batch().orElse(1);
  }

  /**
   * Text of a mapping.
   *
   * @param file the file that has all of it, where it is asked for; else the text names the option
   */
  static Page of(MappingReport mapping, Optional<Path> file) {
    return new MapText(mapping, file).text();
  }

  private Page text() {
    head();
    layers();
    phases();
    if (mapping.placement().isPresent()) {
      out.append(FloorplanText.of(mapping));
      out.append(MapTraffic.of(mapping));
      out.append(MapConnections.of(mapping));
      for (int n = 0; n < mapping.networks().size(); n++) {
        schedule(n, mapping.networks().get(n));
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
    long missing = crossbars.missing();
    int perTile = mapping.chip().crossbarsPerTile();
    long tiles = (missing + perTile - 1) / perTile;
    out.line(
        "infeasible: {} crossbar{ is|s are} missing, {}; or program them again during an inference:"
            + " --set mapping.overflow=reload",
        missing,
        perTile == 1 ? "a tile each" : Sentence.of("{} tile{|s} more", tiles));
  }

  private void head() {
    Chip chip = mapping.chip();
    out.line(
        "{}: {} on {}{} tile{|s} of {} PEs of {} crossbars of {} x {} cells",
        mapping.name(),
        mapping.networks().stream().map(NetworkMapping::name).toList(),
        isOnSeveralChips() ? chip.chips() + " chips with " : "",
        chip.tiles(),
        "" + chip.pesPerTile(),
        "" + chip.crossbarsPerPe(),
        "" + chip.rows(),
        "" + chip.columns());
    out.line(
        "  crossbars taken    {}{}{}{}",
        crossbars.taken(),
        isReloaded() ? " in turn on " : " of ",
        crossbars.onChip(),
        isReloaded()
            ? Sentence.of(
                ": {} are programmed again in each {}",
                crossbars.reloaded(),
                batch > 1 ? "batch of " + batch : "inference")
            : "");
  }

  private boolean isReloaded() {
    return crossbars.reloaded() > 0;
  }

  private boolean isOnSeveralChips() {
    return mapping.chip().chips() > 1;
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
        isReloaded() ? "phase" : "",
        isOnSeveralChips() ? "chip" : "",
        "tile.PE.crossbar",
        "used",
        "sums merged in");
    table.optional(10, 3, 2, 8);
    for (int n = 0; n < mapping.networks().size(); n++) {
      NetworkMapping network = mapping.networks().get(n);
      if (mapping.networks().size() > 1) {
        table.row("", network.name());
      }
      for (int l = 0; l < network.layers().size(); l++) {
        layer(table, mapping.number(n, l), network, network.layers().get(l));
      }
    }
    out.append(table);
  }

  private void layer(TextTable table, int n, NetworkMapping network, LayerMapping layer) {
    String number = Integer.toString(n);
    String name = layer.flow().name();
    if (!(layer instanceof StoredLayer found)) {
      table.row(number, name, "dynamic", "", "", "", "", "", "digital units", "", "");
      return;
    }
    Stored stored = found.stored();
    String copies = Units.count(network.copies(stored));
    if (stored.matrix().isEmpty()) {
      table.row(
          number,
          name,
          matrix(stored.weights()),
          "",
          copies,
          "0",
          "",
          "",
          "of " + stored.weightsOf().orElseThrow(),
          "",
          sums(stored.sums()));
      return;
    }
    table.row(
        number,
        name,
        matrix(stored.weights()),
        blocks(stored.matrix().get()),
        copies,
        Units.count(stored.crossbars()),
        !isReloaded() ? "" : stored.stays() ? "stays" : Integer.toString(stored.phase()),
        isOnSeveralChips() ? Integer.toString(stored.chip() + 1) : "",
        range(stored.copies().orElseThrow()),
        Units.print(stored.utilization(), Dimension.RATIO),
        sums(stored.sums()));
  }

  private static String matrix(Weights weights) {
    return Units.count(weights.inputs())
        + " x "
        + Units.count(weights.outputs())
        + (weights.groups() > 1 ? " x " + Units.count(weights.groups()) : "");
  }

  /** Prints the loading times of phases, where weights are loaded in phases. */
  private void phases() {
    if (mapping.networks().stream().allMatch(network -> network.phases().isEmpty())) {
      return;
    }
    TextTable table = new TextTable("  ");
    table.head("phase", "layers", "crossbars", "written from", "for", "maps put away");
    for (int n = 0; n < mapping.networks().size(); n++) {
      NetworkMapping network = mapping.networks().get(n);
      List<String> names = network.layers().stream().map(layer -> layer.flow().name()).toList();
      int first = mapping.number(n, 0);
      for (Phase phase : network.phases()) {
        table.row(
            Integer.toString(phase.phase()),
            numbers(phase.layers().stream().map(name -> first + names.indexOf(name)).toList()),
            Units.count(phase.crossbars()),
            Units.print(phase.start_ns(), Dimension.TIME),
            Units.print(phase.writing_ns(), Dimension.TIME),
            phase.putAway_bits() > 0 ? MapTraffic.bits(phase.putAway_bits()) : "-");
      }
    }
    out.append(table);
  }

  /** Numbers of layers, runs of them with two dots. */
  private static String numbers(List<Integer> layers) {
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < layers.size(); ) {
      int last = i;
      while (last + 1 < layers.size() && layers.get(last + 1) == layers.get(last) + 1) {
        last++;
      }
      runs.add(last == i ? "" + layers.get(i) : layers.get(i) + ".." + layers.get(last));
      i = last + 1;
    }
    return String.join(" ", runs);
  }

  /** Row blocks x column blocks of a part, x parts. */
  private String blocks(StoredMatrix matrix) {
    int down = (matrix.height() + mapping.chip().rows() - 1) / mapping.chip().rows();
    int across = (matrix.width() + mapping.chip().columns() - 1) / mapping.chip().columns();
    String parts = matrix.parts() > 1 ? " x " + Units.count(matrix.parts()) : "";
    return Units.count(down) + " x " + Units.count(across) + parts;
  }

  private static String range(List<List<BlockPlace>> copies) {
    BlockPlace first = copies.get(0).get(0);
    BlockPlace last = first;
    for (List<BlockPlace> copy : copies) {
      for (BlockPlace block : copy) {
        first = BY_CROSSBAR.compare(block, first) < 0 ? block : first;
        last = BY_CROSSBAR.compare(block, last) > 0 ? block : last;
      }
    }
    return place(first) + (BY_CROSSBAR.compare(first, last) == 0 ? "" : " .. " + place(last));
  }

  private static String place(BlockPlace block) {
    return block.tile() + "." + block.pe() + "." + block.crossbar();
  }

  private static String sums(PartialSums sums) {
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

  private void schedule(int n, NetworkMapping network) {
    double whole = network.latency_ns();
    out.append("  schedule");
    if (mapping.networks().size() > 1) {
      out.append(" of ").append(network.name());
    }
    out.append(": ").append(Units.print(whole, Dimension.TIME)).append(", ");
    out.append(
        network.pipelined()
            ? "a new inference every " + Units.print(network.interval_ns(), Dimension.TIME)
            : "layer by layer");
    if (batch > 1 && !network.phases().isEmpty()) {
      out.append(" for a batch of ").append(batch).append("; times of its first inference");
      whole = 0;
      for (LayerMapping layer : network.layers()) {
        whole = Math.max(whole, layer.flow().schedule().end_ns());
      }
    }
    out.append('\n');
    boolean spills = network.layers().stream().anyMatch(layer -> layer.flow().spilled_bits() > 0);
    TextTable table = new TextTable("  ", 2).left(2);
    table.head(
        "",
        "",
        "",
        "start",
        "end",
        network.pipelined() ? "of interval" : "of latency",
        "bit-hops",
        "busiest link",
        spills ? "spilled" : "");
    table.optional(7, 6, 8, 5);
    for (int l = 0; l < network.layers().size(); l++) {
      LayerFlow layer = network.layers().get(l).flow();
      LayerTraffic traffic = layer.traffic();
      double of = network.pipelined() ? network.interval_ns() : whole;
      table.row(
          Integer.toString(mapping.number(n, l)),
          layer.name(),
          bar(layer.schedule(), whole),
          Units.print(layer.schedule().start_ns(), Dimension.TIME),
          Units.print(layer.schedule().end_ns(), Dimension.TIME),
          Units.print(layer.schedule().busy_ns() / of, Dimension.RATIO),
          MapTraffic.bits(traffic.bitHops()),
          traffic.mostLoadedLink_bits() > 0
              ? Units.print(traffic.mostLoadedLink_ns(), Dimension.TIME)
              : "-",
          layer.spilled_bits() > 0 ? MapTraffic.bits(layer.spilled_bits()) : "");
    }
    out.append(table);
  }

  /** A bar from start to end, at least one character. */
  private static String bar(LayerSchedule layer, double whole_ns) {
    int from = (int) Math.min(BAR - 1, Math.floor(layer.start_ns() / whole_ns * BAR));
    int to = (int) Math.min(BAR, Math.ceil(layer.end_ns() / whole_ns * BAR));
    int length = Math.max(1, to - from);
    return "|" + " ".repeat(from) + "#".repeat(length) + " ".repeat(BAR - from - length) + "|";
  }
}
