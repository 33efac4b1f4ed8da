package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.gallery.Comparisons;

/** An evaluation as JSON. */
final class EvaluationJson {
  private EvaluationJson() {}

  static ObjectNode of(Priced priced, Comparisons expectations) {
    ObjectNode root = Console.mapper().createObjectNode();
    root.put("name", priced.chosen().name());
    root.put("version", ModelVersion.text());
    root.put("feasible", priced.isFeasible());
    root.put("judgedBy", priced.chosen().spec().band().word());
    root.set("basis", Console.mapper().valueToTree(priced.evaluation().basis()));
    root.set("totals", totals(priced.evaluation().totals()));
    root.set("bands", bands(priced.evaluation()));
    NetworksText.put(priced.design(), priced.evaluation().totals(), root.putArray("networks"));
    priced
        .chosen()
        .accuracy()
        .ifPresent(known -> root.set("accuracy", Console.mapper().valueToTree(known)));
    ObjectNode levels = root.putObject("levels");
    for (Priced.Level level : priced.levels()) {
      ObjectNode node = levels.putObject(level.name());
      node.put("count", level.count());
      node.put("area_mm2", level.area_um2() * 1e-6);
      // A level whose power is not stated has none: JSON knows no NaN.
      if (!Double.isNaN(level.power_uW())) {
        node.put("power_W", level.power_uW() * 1e-6);
      }
      ObjectNode bands = node.putObject("bands");
      band(bands, "area_mm2", level.area_um2() * 1e-6, level.area());
      band(bands, "power_W", level.power_uW() * 1e-6, level.power());
    }
    ArrayNode misses = root.putArray("missed");
    for (Priced.Miss miss : priced.misses()) {
      misses
          .addObject()
          .put("constraint", miss.text())
          .put("amount", miss.amount())
          .put("unit", miss.unit());
    }
    ArrayNode expected = root.putArray("expected");
    expectations.values().forEach(value -> ValidationJson.put(value, expected.addObject()));
    ArrayNode layers = root.putArray("layers");
    for (LayerResult layer : priced.evaluation().layers()) {
      layers.add(Console.mapper().<ObjectNode>valueToTree(layer));
    }
    StatisticsText.put(priced.design(), priced.chosen().spec(), root.putArray("statistics"));
    ObjectNode trees = root.putObject("trees");
    trees.set("area", tree(priced.explanation().area()));
    trees.set("power", tree(priced.explanation().power()));
    if (!priced.design().jobs().isEmpty()) {
      trees.set("energy", tree(priced.explanation().energy()));
      trees.set("latency", tree(priced.explanation().latency()));
    }
    if (priced.design().jobs().size() > 1) {
      FabricText.put(priced.design(), root.putArray("fabrics"));
    }
    ArrayNode warnings = root.putArray("warnings");
    priced.evaluation().warnings().forEach(warnings::add);
    return root;
  }

  /** Metric keys to values; metrics that the design lacks are left out, endless ones are text. */
  static ObjectNode totals(Totals totals) {
    ObjectNode node = Console.mapper().createObjectNode();
    for (Metric metric : Metric.values()) {
      double value = totals.value(metric);
      if (Double.isInfinite(value)) {
        node.put(metric.key(), "unlimited");
      } else if (!Double.isNaN(value)) {
        node.put(metric.key(), value);
      }
    }
    return node;
  }

  /** Metric keys to bands; a total that is not named is exact. */
  private static ObjectNode bands(Evaluation evaluation) {
    ObjectNode node = Console.mapper().createObjectNode();
    evaluation
        .disputed()
        .forEach((metric, band) -> node.set(metric.key(), Console.mapper().valueToTree(band)));
    return node;
  }

  private static void band(ObjectNode bands, String key, double value, Spread spread) {
    if (!spread.isNone() && !Double.isNaN(value)) {
      Band band = new Band(value * spread.low(), value, value * spread.high());
      bands.set(key, Console.mapper().valueToTree(band));
    }
  }

  static ObjectNode tree(CostTree tree) {
    return Console.mapper().valueToTree(tree);
  }
}
