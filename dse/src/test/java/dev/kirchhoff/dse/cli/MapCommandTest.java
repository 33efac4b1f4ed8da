package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.place.PlacementCost;
import dev.kirchhoff.mapper.traffic.Flows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws of mapping, held by the output of {@code map}. */
class MapCommandTest {
  private static final String SPEC = CommandRun.example("resnet18-reram");

  private static CommandRun map(String... more) {
    List<String> all = new ArrayList<>(List.of("map", SPEC, "--steps", "2000"));
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mapping.extraCrossbars=50 %",
        "mapping.pack=blockDiagonal",
        "mapping.floorplan=ownTiles",
        "mapping.floorplan=ownKernels",
        "mapping.arrange=kernelPosition",
        "mapping.share=layers",
        "chip.interconnect.kind=hTree",
        "chip.interconnect.kind=ring",
        "chip.interconnect.kind=none"
      })
  void aMappingReadBackKeepsTheLaws(String setting) throws IOException {
    String network = setting.contains("pack") ? "mobilenet_v2" : "resnet18";
    CommandRun run = map("--json", "--network", network, "--set", setting).exits(0);
    JsonNode mapping = run.json();
    var problems =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(Path.of("..", "docs", "mapping.schema.json")), InputFormat.JSON)
            .validate(run.out(), InputFormat.JSON);
    assertTrue(problems.isEmpty(), problems.toString());
    eachWeightIsPlacedOncePerCopy(mapping);
    noCellIsTakenTwice(mapping);
    loadsConserveFlow(mapping);
  }

  private static void eachWeightIsPlacedOncePerCopy(JsonNode mapping) {
    for (JsonNode network : mapping.get("networks")) {
      for (JsonNode layer : network.get("layers")) {
        if (layer.get("dynamic").asBoolean()) {
          continue;
        }
        JsonNode matrix = layer.get("matrix");
        int height = matrix.get("height").asInt();
        int width = matrix.get("width").asInt();
        for (JsonNode copy : layer.get("copies")) {
          BitSet[] placed = new BitSet[matrix.get("parts").asInt()];
          for (JsonNode block : copy) {
            int part = block.get("part").asInt();
            placed[part] = placed[part] == null ? new BitSet() : placed[part];
            for (int r = 0; r < block.get("rows").get(1).asInt(); r++) {
              int from =
                  (block.get("firstRow").asInt() + r) * width + block.get("firstColumn").asInt();
              int to = from + block.get("columns").get(1).asInt();
              assertFalse(placed[part].get(from, to).cardinality() > 0, layer.get("name").asText());
              placed[part].set(from, to);
            }
          }
          for (BitSet part : placed) {
            assertEquals(height * width, part.cardinality(), layer.get("name").asText());
          }
        }
      }
    }
  }

  private static void noCellIsTakenTwice(JsonNode mapping) {
    JsonNode chip = mapping.get("chip");
    int columns = chip.get("columns").asInt();
    Map<String, BitSet> crossbars = new HashMap<>();
    for (JsonNode network : mapping.get("networks")) {
      for (JsonNode layer : network.get("layers")) {
        for (JsonNode copy : layer.path("copies")) {
          for (JsonNode block : copy) {
            take(block, chip, columns, crossbars);
          }
        }
      }
    }
    long taken =
        crossbars.keySet().stream().map(at -> at.substring(at.indexOf(' '))).distinct().count();
    assertTrue(taken <= chip.get("crossbars").get("onChip").asInt());
  }

  private static void take(
      JsonNode block, JsonNode chip, int columns, Map<String, BitSet> crossbars) {
    assertTrue(block.get("tile").asInt() < chip.get("tiles").asInt());
    assertTrue(block.get("pe").asInt() < chip.get("pesPerTile").asInt());
    assertTrue(block.get("crossbar").asInt() < chip.get("crossbarsPerPe").asInt());
    JsonNode rows = block.get("rows");
    JsonNode span = block.get("columns");
    assertTrue(rows.get(0).asInt() + rows.get(1).asInt() <= chip.get("rows").asInt());
    assertTrue(span.get(0).asInt() + span.get(1).asInt() <= columns);
    String at =
        block.path("load")
            + " "
            + block.get("tile")
            + " "
            + block.get("pe")
            + " "
            + block.get("crossbar");
    BitSet cells = crossbars.computeIfAbsent(at, k -> new BitSet());
    for (int r = rows.get(0).asInt(); r < rows.get(0).asInt() + rows.get(1).asInt(); r++) {
      int from = r * columns + span.get(0).asInt();
      assertEquals(0, cells.get(from, from + span.get(1).asInt()).cardinality(), at);
      cells.set(from, from + span.get(1).asInt());
    }
  }

  /** Flows' links form trees from source to targets, and their bits are the links' loads. */
  private static void loadsConserveFlow(JsonNode mapping) {
    Map<Integer, String> nodes = new HashMap<>();
    mapping
        .get("placement")
        .get("sites")
        .forEach(site -> nodes.put(site.get("tile").asInt(), site.get("node").asText()));
    Map<Integer, JsonNode> links = new HashMap<>();
    mapping.get("traffic").get("links").forEach(link -> links.put(link.get("link").asInt(), link));
    Map<Integer, Long> loads = new HashMap<>();
    long bitHops = 0;
    for (JsonNode flow : mapping.get("traffic").get("flows")) {
      Map<String, Integer> entered = new HashMap<>();
      entered.put(node(flow.get("from"), nodes), 0);
      for (JsonNode link : flow.get("links")) {
        loads.merge(link.asInt(), flow.get("bits").asLong(), Long::sum);
        bitHops += flow.get("bits").asLong();
        JsonNode known = links.get(link.asInt());
        entered.merge(known.get("to").asText(), 1, Integer::sum);
      }
      for (JsonNode link : flow.get("links")) {
        assertTrue(
            entered.containsKey(links.get(link.asInt()).get("from").asText()), flow.toString());
      }
      if (!mapping.get("placement").get("fabric").asText().equals("none")) {
        for (JsonNode target : flow.get("to")) {
          assertTrue(entered.containsKey(node(target, nodes)), flow.toString());
        }
      }
      assertTrue(entered.values().stream().allMatch(times -> times <= 1), flow.toString());
    }
    links.forEach((link, node) -> assertEquals(loads.get(link), node.get("bits").asLong()));
    assertEquals(bitHops, mapping.get("traffic").get("refined").get("bitHops").asLong());
  }

  private static String node(JsonNode end, Map<Integer, String> nodes) {
    return end.isTextual() ? end.asText() : nodes.get(end.asInt());
  }

  private static PlacementCost cost(JsonNode mapping, Fabric fabric, int[] sites) {
    Flows.Builder flows = new Flows.Builder(sites.length);
    for (JsonNode flow : mapping.get("traffic").get("flows")) {
      int[] to = new int[flow.get("to").size()];
      for (int t = 0; t < to.length; t++) {
        to[t] = tile(flow.get("to").get(t));
      }
      flows.add(tile(flow.get("from")), to, flow.get("bits").asLong());
    }
    PlacementCost cost = new PlacementCost(flows.build(), fabric, 0);
    cost.set(sites);
    return cost;
  }

  private static int tile(JsonNode end) {
    return end.isTextual() ? Flows.PORT : end.asInt();
  }

  /**
   * Tiles numbered row by row, layers in their order, against what is written. Trees and rings have
   * no rows: their order is kept, or given up for a less loaded link.
   */
  @ParameterizedTest
  @CsvSource({"MESH, mesh, 0.80", "TORUS, torus, 0.95", "H_TREE, hTree, 1", "RING, ring, 1.01"})
  void resNet50OverMoreThanAHundredTilesTravelsLessThanInRows(
      Topology topology, String word, double share) {
    JsonNode mapping =
        CommandRun.of(
                "map",
                SPEC,
                "--network",
                "resnet50",
                "--json",
                "--steps",
                "100000",
                "--set",
                "chip.interconnect.kind=" + word,
                "--set",
                "pe.perTile=6")
            .exits(0)
            .json();
    int tiles = mapping.get("chip").get("tiles").asInt();
    assertTrue(tiles >= 100, tiles + " tiles");
    Fabric fabric = Fabric.of(new Interconnect(topology, 64, 1, ComponentModel.standard()), tiles);
    int[] refined = new int[tiles];
    mapping
        .get("placement")
        .get("sites")
        .forEach(site -> refined[site.get("tile").asInt()] = site.get("site").asInt());
    int[] rows =
        IntStream.range(0, tiles)
            .boxed()
            .sorted(Comparator.comparingInt(fabric::node))
            .mapToInt(site -> site)
            .toArray();
    int[] order = IntStream.range(0, tiles).toArray();
    JsonNode traffic = mapping.get("traffic");
    long ours = cost(mapping, fabric, refined).bitHops();
    long inRows = cost(mapping, fabric, rows).bitHops();
    assertEquals(traffic.get("refined").get("bitHops").asLong(), ours);
    assertEquals(
        traffic.get("inOrder").get("bitHops").asLong(), cost(mapping, fabric, order).bitHops());
    assertTrue(ours <= share * inRows, ours + " against " + inRows);
  }

  @Test
  void theTextNamesLayersPlacesTrafficAndSchedule() {
    String text = map().exits(0).out();
    for (String part :
        List.of("tile.PE.crossbar", "mesh, 7 x 7", "in order", "most loaded", "schedule:", "|#")) {
      assertTrue(text.contains(part), part + " is missing in\n" + text);
    }
    assertTrue(text.lines().allMatch(line -> line.length() <= 160), text);
    String dynamic = map("--network", "bert_base_seq128").exits(0).out();
    assertTrue(dynamic.contains("digital units"), dynamic);
  }

  @Test
  void equalSeedsGiveEqualMappingsAndTheFileEqualsTheOutput(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("mapping.json");
    String printed = map("--json", "--output", file.toString()).exits(0).out();
    assertEquals(printed, Files.readString(file));
    assertEquals(printed, map("--json").exits(0).out());
    assertFalse(map("--output", file.toString()).exits(0).out().contains("--output"));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void whatDoesNotFitIsAShortageAndNoPlacement() {
    CommandRun run = map("--set", "chip.tile.count=40").exits(1);
    assertTrue(run.out().contains("304 crossbars are missing"), run.out());
    JsonNode mapping = map("--set", "chip.tile.count=40", "--json").exits(1).json();
    assertFalse(mapping.get("fits").asBoolean());
    assertEquals(304, mapping.get("chip").get("crossbars").get("missing").asInt());
    assertFalse(mapping.has("placement"));
    String each =
        map("--set", "tile.count=40", "--set", "pe.perTile=1", "--set", "crossbar.perPe=1")
            .exits(1)
            .out();
    assertTrue(each.contains(" crossbars are missing, a tile each; or program"), each);
  }

  @Test
  void whatIsProgrammedAgainTakesTilesASecondTime() {
    JsonNode mapping =
        map("--set", "chip.tile.count=40", "--set", "mapping.overflow=reload", "--json")
            .exits(0)
            .json();
    eachWeightIsPlacedOncePerCopy(mapping);
    loadsConserveFlow(mapping);
    assertTrue(mapping.toString().contains("\"load\":1"));
  }

  @Test
  void problemsAreRefusedBeforeAnythingIsMapped(@TempDir Path folder) {
    CommandRun.of("map", CommandRun.example("isaac")).refuses("needs a workload");
    map("--steps", "-1").refuses("--steps");
    CommandRun.of("map", SPEC, "--steps", "-1").refuses("--steps is -1");
    CommandRun.of("map", SPEC, "--steps", "99999999999999")
        .refuses("--steps is 99999999999999, must be 0..100000000");
    CommandRun.of("map", SPEC, "--seed", "abc").refuses("'abc' is not a whole number");
    map("--output", folder.resolve("no").resolve("m.json").toString())
        .refuses("m.json cannot be written: there is no directory");
    map("--output", folder.toString())
        .refuses("cannot be written: it is a directory; name a file in it");
    CommandRun.of("map").refuses("SPEC is missing");
  }

  private static JsonNode heldToTheSchema(CommandRun run) throws IOException {
    var problems =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(Path.of("..", "docs", "mapping.schema.json")), InputFormat.JSON)
            .validate(run.out(), InputFormat.JSON);
    assertTrue(problems.isEmpty(), problems.toString());
    JsonNode mapping = run.json();
    eachWeightIsPlacedOncePerCopy(mapping);
    noCellIsTakenTwice(mapping);
    return mapping;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "4"})
  void phasesAreWrittenBehindResidentLayersAndTheirTimesAddUp(String batch) throws IOException {
    String[] settings = {
      "--set",
      "mapping.overflow=reload",
      "--set",
      "tile.count=16",
      "--set",
      "mapping.batch=" + batch
    };
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("--json");
    JsonNode mapping = heldToTheSchema(map(all.toArray(String[]::new)).exits(0));
    JsonNode network = mapping.get("networks").get(0);
    Map<Integer, List<String>> crossbars = new HashMap<>();
    for (JsonNode layer : network.get("layers")) {
      List<String> of =
          crossbars.computeIfAbsent(layer.get("phase").asInt(), k -> new ArrayList<>());
      layer
          .get("copies")
          .get(0)
          .forEach(b -> of.add(b.get("tile") + "." + b.get("pe") + "." + b.get("crossbar")));
    }
    assertTrue(crossbars.get(0).size() > 0);
    double all_ns = 0;
    int written = 0;
    for (JsonNode phase : network.get("phases")) {
      List<String> own = crossbars.get(phase.get("phase").asInt());
      assertEquals(own.size(), phase.get("crossbars").asInt());
      assertEquals(own.size(), own.stream().distinct().count());
      assertTrue(own.stream().noneMatch(crossbars.get(0)::contains));
      all_ns += phase.get("writing_ns").asDouble();
      written += own.size();
    }
    assertEquals(mapping.get("chip").get("crossbars").get("reloaded").asInt(), written);
    JsonNode last = network.get("layers").get(network.get("layers").size() - 1);
    double end_ns = last.get("schedule").get("end_ns").asDouble();
    double latency_ns = network.get("latency_ns").asDouble();
    assertTrue(all_ns < end_ns && end_ns <= latency_ns * (1 + 1e-12), end_ns + ", " + latency_ns);
    if (batch.equals("1")) {
      assertEquals(latency_ns, end_ns, 1e-3 * latency_ns);
    }
    String text = map(settings).exits(0).out();
    assertTrue(text.contains("stays") && text.contains("written from"), text);
    assertTrue(text.contains(batch.equals("1") ? "in each inference" : "batch of 4"), text);
  }

  @Test
  void severalChipsHaveTheirLayersAndAFabricEach() throws IOException {
    String[] settings = {
      "--set", "mapping.overflow=chips", "--set", "tile.count=16", "--set", "tile.buffer.size=32 KB"
    };
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("--json");
    JsonNode mapping = heldToTheSchema(map(all.toArray(String[]::new)).exits(0));
    assertEquals(4, mapping.get("chip").get("chips").asInt());
    for (JsonNode layer : mapping.get("networks").get(0).get("layers")) {
      for (JsonNode block : layer.get("copies").get(0)) {
        assertEquals(layer.get("chip").asInt(), block.get("tile").asInt() / 16);
      }
    }
    for (JsonNode site : mapping.get("placement").get("sites")) {
      assertEquals(site.get("chip").asInt(), site.get("tile").asInt() / 16);
      assertTrue(site.get("site").asInt() < 16);
    }
    Map<String, Long> loads = new HashMap<>();
    boolean leaves = false;
    for (JsonNode flow : mapping.get("traffic").get("flows")) {
      for (JsonNode end : flow.get("to")) {
        assertTrue(end.isTextual() || end.asInt() / 16 == flow.get("chip").asInt());
        leaves |= end.isTextual() && flow.get("chip").asInt() < 3;
      }
      for (JsonNode link : flow.get("links")) {
        loads.merge(flow.get("chip") + " " + link, flow.get("bits").asLong(), Long::sum);
      }
    }
    assertTrue(leaves);
    for (JsonNode link : mapping.get("traffic").get("links")) {
      assertEquals(loads.get(link.get("chip") + " " + link.get("link")), link.get("bits").asLong());
    }
    String text = map(settings).exits(0).out();
    for (String part : List.of("on 4 chips with 64 tiles", "chip 4: mesh", "spilled", "busiest")) {
      assertTrue(text.contains(part), part + " is missing in\n" + text);
    }
  }

  @ParameterizedTest
  @CsvSource({"perNetwork, pipelined", "perPhase, layerByLayer"})
  void circuitsOfAReconfigurableFabricShareNoWire(String configure, String schedule)
      throws IOException {
    String[] settings = {
      "--set",
      "chip.interconnect={kind: reconfigurable, width: 64, tracks: 32, switchBox: universal,"
          + " configure: "
          + configure
          + "}",
      "--set",
      "mapping.schedule=" + schedule
    };
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("--json");
    JsonNode mapping = heldToTheSchema(map(all.toArray(String[]::new)).exits(0));
    assertTrue(mapping.get("circuits").size() > (configure.equals("perPhase") ? 5 : 0));
    for (JsonNode set : mapping.get("circuits")) {
      assertTrue(set.get("legal").asBoolean());
      List<String> wires = new ArrayList<>();
      set.get("ways").forEach(way -> way.forEach(wire -> wires.add(wire.toString())));
      assertEquals(wires.size(), wires.stream().distinct().count());
    }
    String text = map(settings).exits(0).out();
    assertTrue(text.contains("universal boxes: all laid over"), text);
  }
}
