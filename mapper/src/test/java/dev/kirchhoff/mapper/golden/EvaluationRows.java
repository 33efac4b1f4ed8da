package dev.kirchhoff.mapper.golden;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.OpsBasis;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.explain.Explanation;
import dev.kirchhoff.mapper.layout.LayerLayout;
import dev.kirchhoff.mapper.layout.Layout;
import dev.kirchhoff.mapper.place.PlacementCost;
import dev.kirchhoff.mapper.report.MappedDesign;
import dev.kirchhoff.mapper.report.MappedDesign.MappedLayer;
import dev.kirchhoff.mapper.report.MappedDesign.MappedNetwork;
import dev.kirchhoff.mapper.report.MappingReader;
import dev.kirchhoff.mapper.report.TrafficReport;
import dev.kirchhoff.mapper.traffic.Flows;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Adapter between golden tables and the mapper: the only class of the golden tests that calls the
 * evaluation. Paths are written here, not derived from names in the code, so that a renamed field
 * leaves the tables as they are.
 */
final class EvaluationRows {
  /** Number of the chip's port in the tables. */
  private static final int PORT = -1;

  private final Evaluator evaluator = new Evaluator();

  /** Everything that is known of a design, by an evaluator of its own. */
  static Rows of(Design design) {
    EvaluationRows fresh = new EvaluationRows();
    Rows rows = fresh.evaluation(design);
    EvaluatedDesign evaluated = fresh.evaluator.evaluated(design);
    Explanation explanation = new Explanation(evaluated);
    leaves(rows, "energyByLayer", explanation.energyByLayer());
    leaves(rows, "noise", explanation.noise());
    map(rows, MappingReader.read(evaluated));
    return rows;
  }

  /** Evaluation and trees, by the evaluator of the designs before. */
  Rows evaluation(Design design) {
    Rows rows = new Rows();
    EvaluatedDesign evaluated = evaluator.evaluated(design);
    Evaluation evaluation = Evaluator.evaluation(evaluated);
    totals(rows, "totals", evaluation.totals());
    for (int n = 0; n < evaluation.totals().networks(); n++) {
      totals(rows, "network." + evaluation.totals().networkName(n), evaluation.totals().network(n));
    }
    basis(rows, evaluation.basis());
    bands(rows, evaluation);
    evaluation.warnings().forEach(warning -> rows.put("warning", warning));
    evaluation.layers().forEach(layer -> layer(rows, layer));
    Explanation trees = new Explanation(evaluated);
    leaves(rows, "energy", trees.energy());
    leaves(rows, "area", trees.area());
    leaves(rows, "latency", trees.latency());
    leaves(rows, "power", trees.power());
    return rows;
  }

  private static void totals(Rows rows, String path, Totals totals) {
    for (Metric metric : Metric.values()) {
      rows.put(
          path + "." + metric.key(),
          totals.has(metric) ? Double.toString(totals.value(metric)) : "none");
    }
    for (Limit limit : Limit.values()) {
      rows.put(path + ".shortage." + limit.name(), totals.shortage(limit));
    }
  }

  private static void basis(Rows rows, OpsBasis basis) {
    rows.put("basis.weightBits", basis.weightBits());
    rows.put("basis.inputBits", basis.inputBits());
    rows.put("basis.scope", basis.scope().name());
    rows.put("basis.sustained", Boolean.toString(basis.sustained()));
    rows.put("basis.leakageIncluded", Boolean.toString(basis.leakageIncluded()));
    rows.put("basis.remarks", basis.remarks());
  }

  private static void bands(Rows rows, Evaluation evaluation) {
    evaluation
        .disputed()
        .forEach(
            (metric, band) -> {
              rows.put("band." + metric.key() + ".low", band.low());
              rows.put("band." + metric.key() + ".high", band.high());
            });
  }

  private static void layer(Rows rows, LayerResult layer) {
    String path = "layer." + layer.network() + "." + layer.layer() + ".";
    rows.put(path + "macs", layer.macs());
    rows.put(path + "crossbars", layer.mapping().crossbars());
    rows.put(path + "copies", layer.mapping().copies());
    rows.put(path + "utilization", layer.mapping().utilization());
    rows.put(path + "energy_uJ", layer.energy_uJ());
    rows.put(path + "latency_ms", layer.latency_ms());
    LayerResult.LayerTimes timing = layer.timing();
    rows.put(path + "start_ms", timing.start_ms());
    rows.put(path + "end_ms", timing.end_ms());
    rows.put(path + "busy_ms", timing.busy_ms());
    rows.put(path + "waiting_ms", timing.waiting_ms());
    rows.put(path + "bandwidth_ms", timing.bandwidth_ms());
    rows.put(path + "occupancy", timing.occupancy());
    rows.put(path + "startsAfter", timing.startsAfter());
    rows.put(path + "endsAfter", timing.endsAfter());
    LayerResult.Noise noise = layer.noise();
    rows.put(path + "snr_dB", noise.snr_dB());
    rows.put(path + "noise.quantisation", noise.quantisation());
    rows.put(path + "noise.clipping", noise.clipping());
    rows.put(path + "noise.readout", noise.readout());
    rows.put(path + "noise.cells", noise.cells());
    rows.put(path + "noise.irDrop", noise.irDrop());
    rows.put(path + "noise.retainedSignal", noise.retainedSignal());
    rows.put(path + "noise.rounding", noise.rounding());
    if (noise.input() > 0) {
      rows.put(path + "noise.input", noise.input());
    }
    rows.put(path + "noise.hardware_dB", noise.hardware_dB());
  }

  private static void leaves(Rows rows, String path, CostTree tree) {
    if (tree.parts().isEmpty()) {
      rows.put(path, tree.value());
    }
    for (CostTree part : tree.parts()) {
      leaves(rows, path + "/" + part.name(), part);
    }
  }

  private static void map(Rows rows, MappedDesign mapped) {
    MappedDesign.Capacity capacity = mapped.capacity();
    rows.put("map.tiles", capacity.tiles());
    rows.put("map.pesPerTile", capacity.pesPerTile());
    rows.put("map.chips", capacity.chips());
    rows.put("map.crossbars.onChip", capacity.onChip());
    rows.put("map.crossbars.taken", capacity.taken());
    rows.put("map.crossbars.missing", capacity.missing());
    rows.put("map.crossbars.reloaded", capacity.reloaded());
    rows.put("map.fits", Boolean.toString(capacity.fits()));
    rows.put("map.layout.crossbars", mapped.layout().crossbars());
    rows.put("map.hop.energy_fJ", mapped.hop().traffic_fJ(1));
    rows.put("map.hop.counted", mapped.hop().counted());
    rows.put("map.hop.link_nsPerBit", mapped.hop().link_nsPerBit());
    for (int n = 0; n < mapped.networks().size(); n++) {
      network(rows, mapped, n);
    }
    for (int n = 0; n < mapped.connections().size(); n++) {
      for (int l = 0; l < mapped.connections().get(n).size(); l++) {
        Flows flows = mapped.connections().get(n).get(l);
        String path = "map." + mapped.networks().get(n).name() + ".circuits." + l + ".";
        rows.put(path + "count", flows.count());
        rows.put(path + "bits", flows.bits());
      }
    }
    if (capacity.fits()) {
      inOrder(rows, mapped);
    }
  }

  private static void network(Rows rows, MappedDesign mapped, int n) {
    MappedNetwork network = mapped.networks().get(n);
    String path = "map." + network.name() + ".";
    rows.put(path + "share", network.share());
    rows.put(path + "pipelined", Boolean.toString(network.isPipelined()));
    rows.put(path + "latency_ns", network.latency_ns());
    rows.put(path + "interval_ns", network.interval_ns());
    for (MappedDesign.Phase phase : network.phases()) {
      String of = path + "phase" + phase.number() + ".";
      rows.put(of + "layers", phase.layers().toString());
      rows.put(of + "crossbars", phase.crossbars());
      rows.put(of + "start_ns", phase.start_ns());
      rows.put(of + "writing_ns", phase.writing_ns());
      rows.put(of + "putAway_bits", phase.putAway_bits());
    }
    for (int l = 0; l < network.layers().size(); l++) {
      MappedLayer layer = network.layers().get(l);
      String of = path + layer.name() + ".";
      layer(rows, of, layer);
      mapped.layout().layer(n, l).ifPresent(layout -> layout(rows, of, mapped.layout(), layout));
      TrafficReport.OfLayer traffic = network.traffic().layers().get(l);
      rows.put(of + "traffic.hops", traffic.hops());
      rows.put(of + "traffic.bitHops", traffic.bitHops());
      link(rows, of + "traffic.mostLoaded", traffic.most());
    }
    link(rows, path + "traffic.mostLoaded", network.traffic().most());
    rows.put(path + "traffic.links", network.traffic().links().size());
  }

  private static void layer(Rows rows, String path, MappedLayer layer) {
    rows.put(path + "dynamic", Boolean.toString(layer.isDynamic()));
    rows.put(path + "copies", layer.allocation().copies());
    rows.put(path + "crossbars", layer.allocation().crossbars());
    rows.put(path + "utilization", layer.allocation().utilization());
    rows.put(path + "phase", layer.residency().phase().orElse(0));
    rows.put(path + "chip", layer.residency().chip());
    rows.put(path + "spilled_bits", layer.spilled_bits());
    rows.put(path + "sums.inPe", layer.sums().inPe());
    rows.put(path + "sums.inTile", layer.sums().inTile());
    rows.put(path + "sums.overFabric", layer.sums().overFabric());
    rows.put(path + "start_ns", layer.time().start_ns());
    rows.put(path + "end_ns", layer.time().end_ns());
    rows.put(path + "busy_ns", layer.time().busy_ns());
  }

  /** Blocks of a layer: how many, and a sum that a block in another place changes. */
  private static void layout(Rows rows, String path, Layout layout, LayerLayout layer) {
    long[] sum = new long[1];
    layer.forEach(
        block -> {
          Layout.CrossbarLocation place = layout.place(block.crossbar());
          sum[0] =
              31 * sum[0]
                  + List.of(
                          place.tile(),
                          place.pe(),
                          place.crossbar(),
                          block.copy(),
                          block.part(),
                          block.rows().first(),
                          block.rows().count(),
                          block.columns().first(),
                          block.columns().count(),
                          block.firstRow(),
                          block.firstColumn())
                      .hashCode();
        });
    rows.put(path + "blocks", layer.size());
    rows.put(path + "blocks.sum", Long.toHexString(sum[0]));
  }

  private static void link(Rows rows, String path, Optional<TrafficReport.Link> link) {
    int chip = link.map(TrafficReport.Link::chip).orElse(0);
    int from = link.map(at -> node(at.from())).orElse(PORT);
    int to = link.map(at -> node(at.to())).orElse(PORT);
    rows.put(path, "chip " + chip + " from " + from + " to " + to);
    rows.put(path + "_bits", link.map(TrafficReport.Link::bits).orElse(0.0));
    rows.put(path + "_ns", link.map(TrafficReport.Link::time_ns).orElse(0.0));
  }

  private static int node(OptionalInt node) {
    return node.orElse(PORT);
  }

  /** Traffic by tiles, chip by chip, with tiles in the order of sites. */
  private static void inOrder(Rows rows, MappedDesign mapped) {
    int tiles = mapped.flows().units();
    int ofChip = mapped.capacity().chips() == 1 ? tiles : mapped.capacity().tilesOfChip();
    for (int first = 0; first < tiles; first += ofChip) {
      Flows flows =
          mapped.capacity().chips() == 1
              ? mapped.flows()
              : mapped.flows().part(first, Math.min(ofChip, tiles - first));
      PlacementCost cost = new PlacementCost(flows, mapped.fabric(), 1);
      cost.set(IntStream.range(0, flows.units()).toArray());
      String path = "map.inOrder.chip" + first / ofChip + ".";
      rows.put(path + "flows", flows.count());
      rows.put(path + "bits", flows.bits());
      rows.put(path + "bitHops", cost.bitHops());
      rows.put(path + "mostLoadedLink_bits", cost.mostLoad());
    }
  }
}
