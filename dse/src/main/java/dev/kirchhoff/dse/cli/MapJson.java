package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.layout.Block;
import dev.kirchhoff.mapper.layout.LayerLayout;
import dev.kirchhoff.mapper.layout.Layout;
import dev.kirchhoff.mapper.place.PlacementCost;
import dev.kirchhoff.mapper.report.MappedDesign;
import dev.kirchhoff.mapper.report.MappedDesign.MappedLayer;
import dev.kirchhoff.mapper.report.MappedDesign.MappedNetwork;
import dev.kirchhoff.mapper.report.TrafficReport;
import dev.kirchhoff.mapper.traffic.Flows;
import java.util.function.Function;

/**
 * A mapping as JSON; {@code docs/mapping.schema.json} is its schema, {@code docs/mapping.md}
 * explains it.
 */
final class MapJson {
  private static final int FORMAT = 1;
  private static final String PORT = "port";

  private final MapResult result;
  private final MappedDesign mapped;

  private MapJson(MapResult result) {
    this.result = result;
    mapped = result.mapped();
  }

  static ObjectNode of(MapResult result) {
    return new MapJson(result).root();
  }

  private ObjectNode root() {
    ObjectNode root = Console.mapper().createObjectNode();
    root.put("mapping", FORMAT);
    root.put("name", result.chosen().name());
    root.put("version", ModelVersion.text());
    root.put("fits", mapped.capacity().fits());
    chip(root.putObject("chip"));
    ArrayNode networks = root.putArray("networks");
    for (int n = 0; n < mapped.networks().size(); n++) {
      network(n, mapped.networks().get(n), networks.addObject());
    }
    if (!result.placed().isEmpty()) {
      placement(root);
      traffic(root);
      MapConnections.put(result, root);
    }
    return root;
  }

  private void chip(ObjectNode chip) {
    Layout.Size size = mapped.layout().size();
    MappedDesign.Capacity capacity = mapped.capacity();
    chip.put("chips", capacity.chips());
    chip.put("tiles", capacity.tiles());
    chip.put("pesPerTile", capacity.pesPerTile());
    chip.put("crossbarsPerPe", size.perPe());
    chip.put("rows", size.rows());
    chip.put("columns", size.columns());
    ObjectNode crossbars = chip.putObject("crossbars");
    crossbars.put("onChip", capacity.onChip());
    crossbars.put("taken", capacity.taken());
    crossbars.put("missing", capacity.missing());
    crossbars.put("reloaded", capacity.reloaded());
  }

  private void network(int n, MappedNetwork network, ObjectNode node) {
    node.put("name", network.name());
    node.put("share", network.share());
    node.put("pipelined", network.isPipelined());
    node.put("latency_ns", network.latency_ns());
    node.put("interval_ns", network.interval_ns());
    ArrayNode phases = node.putArray("phases");
    network.phases().forEach(phase -> phase(network, phase, phases.addObject()));
    ArrayNode layers = node.putArray("layers");
    for (int l = 0; l < network.layers().size(); l++) {
      layer(n, l, network, layers.addObject());
    }
  }

  private static void phase(MappedNetwork network, MappedDesign.Phase phase, ObjectNode node) {
    node.put("phase", phase.number());
    ArrayNode layers = node.putArray("layers");
    phase.layers().forEach(l -> layers.add(network.layers().get(l).name()));
    node.put("crossbars", phase.crossbars());
    node.put("start_ns", phase.start_ns());
    node.put("writing_ns", phase.writing_ns());
    node.put("putAway_bits", phase.putAway_bits());
  }

  private void layer(int n, int l, MappedNetwork network, ObjectNode node) {
    MappedLayer layer = network.layers().get(l);
    node.put("name", layer.name());
    node.put("dynamic", layer.isDynamic());
    ObjectNode time = node.putObject("schedule");
    time.put("start_ns", layer.time().start_ns());
    time.put("end_ns", layer.time().end_ns());
    time.put("busy_ns", layer.time().busy_ns());
    TrafficReport.OfLayer traffic = network.traffic().layers().get(l);
    node.putObject("traffic")
        .put("hops", traffic.hops())
        .put("bitHops", traffic.bitHops())
        .put("mostLoadedLink_bits", traffic.most().bits())
        .put("mostLoadedLink_ns", traffic.most().time_ns());
    node.put("spilled_bits", layer.spilled_bits());
    if (layer.isDynamic()) {
      return;
    }
    node.put("phase", layer.residency().phase());
    node.put("chip", layer.residency().chip());
    node.put("crossbars", layer.allocation().crossbars());
    node.put("utilization", layer.allocation().utilization());
    ObjectNode sums = node.putObject("sums");
    sums.put("inPe", layer.sums().inPe());
    sums.put("inTile", layer.sums().inTile());
    sums.put("overFabric", layer.sums().overFabric());
    LayerLayout layout = mapped.layout().layer(n, l).orElseThrow();
    ObjectNode matrix = node.putObject("matrix");
    matrix.put("groups", layer.shape().groups());
    matrix.put("kernelPositions", layout.matrix().positions());
    matrix.put("positionsApart", layout.matrix().kernels());
    matrix.put("parts", layout.matrix().parts());
    matrix.put("height", layout.matrix().height());
    matrix.put("width", layout.matrix().width());
    matrix.put("rowsPerWeight", layout.matrix().rowsPerWeight());
    matrix.put("columnsPerWeight", layout.matrix().columnsPerWeight());
    ArrayNode copies = node.putArray("copies");
    for (int copy = 0; copy < layout.copies(); copy++) {
      ArrayNode blocks = copies.addArray();
      layout.forEach(copy, block -> block(block, blocks.addObject()));
    }
  }

  private void block(Block block, ObjectNode node) {
    Layout.CrossbarLocation place = mapped.layout().place(block.crossbar());
    node.put("tile", result.tile(place.tile()));
    node.put("pe", place.pe());
    node.put("crossbar", place.crossbar());
    if (result.tile(place.tile()) != place.tile()) {
      node.put("load", place.tile() / mapped.capacity().tiles());
    }
    node.putArray("rows").add(block.rows().first()).add(block.rows().count());
    node.putArray("columns").add(block.columns().first()).add(block.columns().count());
    node.put("part", block.part());
    node.put("firstRow", block.firstRow());
    node.put("firstColumn", block.firstColumn());
  }

  private void placement(ObjectNode root) {
    Fabric fabric = mapped.fabric();
    ObjectNode placement = root.putObject("placement");
    placement.put("fabric", result.design().chip().uncore().interconnect().kind().word());
    placement.put("seed", result.placed().get(0).seed());
    placement.put("steps", result.placed().stream().mapToLong(MapResult.Placed::moves).sum());
    if (fabric.columns() > 0) {
      placement.put("columns", fabric.columns());
    }
    ArrayNode sites = placement.putArray("sites");
    for (int chip = 0; chip < result.placed().size(); chip++) {
      MapResult.Placed placed = result.placed().get(chip);
      for (int unit = 0; unit < placed.flows().units(); unit++) {
        int site = placed.refined().siteOf(unit);
        ObjectNode node = sites.addObject().put("tile", placed.firstTile() + unit);
        putChip(node, chip);
        node.put("site", site).put("node", fabric.node(site));
      }
    }
  }

  private void traffic(ObjectNode root) {
    ObjectNode traffic = root.putObject("traffic");
    double counted = mapped.hop().counted();
    traffic
        .putObject("evaluated")
        .put("bitHops", counted)
        .put("energy_fJ", counted * mapped.hop().energy_fJ());
    cost(MapResult.Placed::inOrder, traffic.putObject("inOrder"));
    cost(MapResult.Placed::refined, traffic.putObject("refined"));
    ArrayNode flows = traffic.putArray("flows");
    ArrayNode links = traffic.putArray("links");
    for (int chip = 0; chip < result.placed().size(); chip++) {
      MapResult.Placed placed = result.placed().get(chip);
      for (int f = 0; f < placed.flows().count(); f++) {
        flow(chip, f, placed, flows.addObject());
      }
      links(chip, placed.refined(), links);
    }
  }

  private void links(int chip, PlacementCost cost, ArrayNode links) {
    Fabric fabric = mapped.fabric();
    for (int link = 0; link < fabric.links(); link++) {
      if (cost.load(link) > 0) {
        ObjectNode node = links.addObject().put("link", link);
        putChip(node, chip);
        putNode(node, "from", fabric.tail(link));
        putNode(node, "to", fabric.head(link));
        node.put("bits", cost.load(link)).put("capacity", fabric.capacity(link));
      }
    }
  }

  private void putChip(ObjectNode node, int chip) {
    if (result.placed().size() > 1) {
      node.put("chip", chip);
    }
  }

  private void cost(Function<MapResult.Placed, PlacementCost> of, ObjectNode node) {
    long bitHops = 0;
    long most = 0;
    for (MapResult.Placed placed : result.placed()) {
      bitHops += of.apply(placed).bitHops();
      most = Math.max(most, of.apply(placed).mostLoad());
    }
    node.put("bitHops", bitHops);
    node.put("energy_fJ", bitHops * mapped.hop().energy_fJ());
    node.put("mostLoadedLink_bits", most);
  }

  private void flow(int chip, int f, MapResult.Placed placed, ObjectNode node) {
    Flows flows = placed.flows();
    putChip(node, chip);
    putTile(node, flows.source(f), placed.firstTile());
    ArrayNode to = node.putArray("to");
    for (int t = 0; t < flows.targets(f); t++) {
      if (flows.target(f, t) == Flows.PORT) {
        to.add(PORT);
      } else {
        to.add(placed.firstTile() + flows.target(f, t));
      }
    }
    node.put("bits", flows.bits(f));
    ArrayNode links = node.putArray("links");
    for (int link : placed.refined().links(f)) {
      links.add(link);
    }
  }

  private static void putTile(ObjectNode node, int tile, int firstTile) {
    if (tile == Flows.PORT) {
      node.put("from", PORT);
    } else {
      node.put("from", firstTile + tile);
    }
  }

  private static void putNode(ObjectNode node, String key, int fabricNode) {
    if (fabricNode == Fabric.OUTSIDE) {
      node.put(key, PORT);
    } else {
      node.put(key, fabricNode);
    }
  }
}
