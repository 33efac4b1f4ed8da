package dev.kirchhoff.dse.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.ChipAtlas.BlockOnTile;
import dev.kirchhoff.arch.event.ChipAtlas.ChipSheet;
import dev.kirchhoff.arch.event.ReportJson;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Chips as the page shows them against {@code map --json}. */
class SpecAtlasTest {
  private record Chip(PlacedChip placed, JsonNode map, Evaluation evaluation, boolean isResident) {}

  private static Chip chip(String example, String... settings) throws Exception {
    Path file = Path.of("../examples/" + example + ".yaml");
    DesignSpec spec =
        DesignSpec.load(
            file.toString(),
            List.of(settings).stream().map(Setting::parse).toList(),
            List.of(),
            SpecEnvironment.of(new FileSources()));
    EvaluatedDesign evaluated =
        new Evaluator().evaluated(spec.newBinder().bind(spec.tree().start()));
    PlacedMapping placed = PlacedMapping.of(example, evaluated.design(), 1, Optional.of(2000L));
    JsonNode map = ReportJson.mapper().valueToTree(MappingReport.of(placed));
    return new Chip(
        new PlacedChip(evaluated, placed),
        map,
        Evaluator.evaluation(evaluated),
        !evaluated.mapping().inPhases());
  }

  private static List<Chip> chips() throws Exception {
    return List.of(
        chip("resnet18-reram"),
        chip("two-networks"),
        chip("vgg8-pcm"),
        chip(
            "resnet18-reram",
            "chip.interconnect={kind: concentratedMesh, tilesPerRouter: 4, width: 64}"),
        chip("resnet18-reram", "chip.interconnect={kind: hTree, width: 64}"),
        chip("resnet18-reram", "chip.tile={count: 9}", "mapping.overflow=reload"));
  }

  /** A block in {@code map --json} and on a tile, as text. */
  private static List<String> blocks(JsonNode map) {
    List<String> blocks = new ArrayList<>();
    int layer = 0;
    for (JsonNode network : map.get("networks")) {
      for (JsonNode of : network.get("layers")) {
        if (of.has("copies")) {
          int copy = 0;
          for (JsonNode list : of.get("copies")) {
            for (JsonNode block : list) {
              blocks.add(
                  block.get("tile").asInt()
                      + " "
                      + block.get("pe").asInt()
                      + " "
                      + block.get("crossbar").asInt()
                      + " "
                      + block.path("load").asInt(0)
                      + " "
                      + layer
                      + " "
                      + copy
                      + " "
                      + block.get("part").asInt()
                      + " "
                      + block.get("rows")
                      + block.get("columns"));
            }
            copy++;
          }
          layer++;
        }
      }
    }
    blocks.sort(null);
    return blocks;
  }

  private static List<String> blocks(Chip chip) {
    List<String> blocks = new ArrayList<>();
    for (int tile : chip.placed.chip().tiles().tile()) {
      for (BlockOnTile block : chip.placed.tile(tile).blocks()) {
        blocks.add(
            tile
                + " "
                + block.pe()
                + " "
                + block.crossbar()
                + " "
                + block.load().orElse(0)
                + " "
                + block.layer()
                + " "
                + block.copy()
                + " "
                + block.part()
                + " ["
                + block.row()
                + ","
                + block.rows()
                + "]["
                + block.column()
                + ","
                + block.columns()
                + "]");
      }
    }
    blocks.sort(null);
    return blocks;
  }

  @Test
  void tilesAndBlocksAreThoseOfTheMapping() throws Exception {
    for (Chip chip : chips()) {
      assertEquals(blocks(chip.map), blocks(chip), chip.map.get("name").asText());
      ChipSheet sheet = chip.placed.chip();
      JsonNode crossbars = chip.map.get("chip").get("crossbars");
      assertEquals(crossbars.get("taken").asLong(), sheet.size().crossbars());
      Map<Integer, Integer> nodes = new TreeMap<>();
      for (JsonNode site : chip.map.get("placement").get("sites")) {
        nodes.put(site.get("tile").asInt(), site.get("node").asInt());
      }
      for (int k = 0; k < sheet.tiles().tile().size(); k++) {
        assertEquals(nodes.get(sheet.tiles().tile().get(k)), sheet.tiles().node().get(k));
      }
    }
  }

  @Test
  void linksCarryWhatTheMappingSays() throws Exception {
    for (Chip chip : chips()) {
      Map<String, Long> expected = new TreeMap<>();
      for (JsonNode link : chip.map.get("traffic").get("links")) {
        expected.put(end(link.get("from")) + ">" + end(link.get("to")), link.get("bits").asLong());
      }
      Map<String, Long> found = new TreeMap<>();
      ChipSheet sheet = chip.placed.chip();
      for (int k = 0; k < sheet.links().bits().size(); k++) {
        found.put(
            sheet.links().from().get(k) + ">" + sheet.links().to().get(k),
            sheet.links().bits().get(k));
      }
      assertEquals(expected, found);
      assertEquals(expected.size(), sheet.linkCount());
    }
  }

  private static int end(JsonNode end) {
    return end.isNumber() ? end.asInt() : -1;
  }

  @Test
  void cellsEnergiesAndAreasAddUpToTheFiguresOfTheDesign() throws Exception {
    for (Chip chip : chips()) {
      ChipSheet sheet = chip.placed.chip();
      double cells = sheet.tiles().cells().stream().mapToLong(Long::longValue).sum();
      double all =
          (double) sheet.size().tiles()
              * sheet.size().pesPerTile()
              * sheet.size().crossbarsPerPe()
              * sheet.size().rows()
              * sheet.size().columns();
      if (chip.isResident) {
        assertEquals(
            chip.evaluation.totals().value(Metric.UTILIZATION), cells / all, 1e-9 * cells / all);
      }
      double energy_uJ = sheet.tiles().energy_uJ().stream().mapToDouble(e -> e).sum();
      Map<String, Double> share = new TreeMap<>();
      chip.map
          .get("networks")
          .forEach(n -> share.put(n.get("name").asText(), n.get("share").asDouble()));
      double layers_uJ = 0;
      for (LayerResult layer : chip.evaluation.layers()) {
        boolean isStored = layer.mapping().crossbars() > 0 && layer.mapping().weightsOf().isEmpty();
        layers_uJ += isStored ? share.get(layer.network()) * layer.energy_uJ() : 0;
      }
      assertEquals(layers_uJ, energy_uJ, 1e-9 * layers_uJ);
      double area_um2 = 0;
      for (var area : sheet.areas()) {
        double times =
            switch (area.level()) {
              case "pe" -> (double) sheet.size().tiles() * sheet.size().pesPerTile();
              case "tile" -> sheet.size().tiles();
              default -> sheet.size().chips();
            };
        area_um2 += times * area.area_um2();
      }
      double area_mm2 = chip.evaluation.totals().value(Metric.AREA);
      assertEquals(area_mm2, area_um2 * 1e-6, 1e-9 * area_mm2);
    }
  }

  @Test
  void aTileThatTheChipDoesNotHaveIsRefused() throws Exception {
    Chip chip = chip("resnet18-reram");
    assertTrue(chip.placed.tile(0).blocks().size() > 0);
    assertThrows(IllegalArgumentException.class, () -> chip.placed.tile(1_000_000));
    assertThrows(IllegalArgumentException.class, () -> chip.placed.tile(-1));
  }
}
