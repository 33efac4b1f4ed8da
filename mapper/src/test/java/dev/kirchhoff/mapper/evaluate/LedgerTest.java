package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Interconnect.Configure;
import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;
import dev.kirchhoff.arch.chip.Interconnect.SwitchedChannels;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceLimits;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.mapper.evaluate.Ledger.Cost;
import dev.kirchhoff.mapper.evaluate.Ledger.Row;
import dev.kirchhoff.mapper.evaluate.Ledger.Use;
import dev.kirchhoff.mapper.explain.Explanation;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PriceLine;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Laws of the ledger: totals, layers, families, shares of error, bands and explanations are
 * groupings of the same rows.
 */
@Tag("broad")
class LedgerTest {
  private static final long SEED = 37L;
  private static final double EXACT = 1e-12;

  /** Designs whose ledgers have every use of rows: by name. */
  private static Map<String, Design> designs() {
    Map<String, Design> designs = new LinkedHashMap<>();
    Random random = new Random(SEED);
    for (int i = 0; i < 12; i++) {
      designs.put("random " + i, RandomDesigns.random(random, Designs.small()));
    }
    Designs networks = new Designs().runs(Designs.small(), Designs.resNet18());
    networks.schedule = MappingOptions.Schedule.LAYER_BY_LAYER;
    designs.put("networks, layer by layer", networks.design());
    designs.put("refreshed", refreshed().runs(Designs.small()).design());
    designs.put("reloaded", reloaded().design());
    designs.put("switched", switched().design());
    designs.put("without a workload", new Designs().design());
    designs.put("given", IsaacTest.isaac(128));
    for (String kernel : List.of("kMeans", "hopfield", "feedbackSolve")) {
      Map<String, Object> task = KernelDesigns.smallTasks().get(kernel);
      designs.put(kernel, KernelDesigns.design(KernelDesigns.kernel(kernel, task)));
    }
    return designs;
  }

  private static Designs refreshed() {
    Designs d = new Designs();
    Device redox = Designs.REDOX;
    d.device =
        new Device(
            "short",
            redox.family(),
            redox.window(),
            redox.write(),
            redox.statistics(),
            new DeviceLimits(1e6, 1),
            redox.cellArea_F2(),
            "test");
    return d;
  }

  private static Designs reloaded() {
    Designs d = new Designs().runs(Designs.small());
    d.tiles = OptionalInt.of(1);
    d.perTile = 1;
    d.perPe = 1;
    d.overflow = MappingOptions.Overflow.RELOAD;
    return d;
  }

  private static Designs switched() {
    Designs d = new Designs().runs(Designs.resNet18());
    d.topology = Topology.RECONFIGURABLE;
    d.schedule = MappingOptions.Schedule.LAYER_BY_LAYER;
    d.circuits = new SwitchedChannels(8, SwitchBox.WILTON, Configure.PER_LAYER);
    return d;
  }

  private static double sum(List<Row> rows, Predicate<Row> which) {
    return rows.stream().filter(which).mapToDouble(Row::cost).sum();
  }

  private static Map<String, EvaluatedDesign> evaluated() {
    Map<String, EvaluatedDesign> evaluated = new LinkedHashMap<>();
    designs().forEach((name, design) -> evaluated.put(name, new Evaluator().evaluated(design)));
    return evaluated;
  }

  @Test
  void everyUseIsOfSomeDesign() {
    Map<Use, Double> most = new LinkedHashMap<>();
    for (EvaluatedDesign design : evaluated().values()) {
      for (Cost cost : Cost.values()) {
        design.ledger().rows(cost).forEach(row -> most.merge(row.use(), row.cost(), Math::max));
      }
    }
    for (Use use : Use.values()) {
      boolean isWritten = use == Use.WRITE;
      assertEquals(!isWritten, most.getOrDefault(use, 0.0) > 0, use.name());
    }
  }

  @Test
  void costsAreTheSumsOfTheirRows() {
    evaluated()
        .forEach(
            (name, design) -> {
              Totals totals = design.totals();
              for (Cost cost : Cost.values()) {
                double sum = sum(design.ledger().rows(cost), row -> true) * cost.unit();
                boolean isFigure = cost != Cost.ENERGY || design.programs() > 0;
                if (isFigure && totals.has(cost.metric())) {
                  double value = totals.value(cost.metric());
                  assertEquals(value, sum, EXACT * value, name + " " + cost);
                }
              }
            });
  }

  @Test
  void layersAreTheRowsOfTheirActions() {
    evaluated()
        .forEach(
            (name, design) -> {
              List<LayerResult> layers = LayerResults.of(design);
              List<Row> rows = design.ledger().rows(Cost.ENERGY);
              int next = 0;
              for (int j = 0; j < design.programs(); j++) {
                double share = design.programs() == 1 ? 1 : design.share(j);
                for (int l = 0; l < design.program(j).layers(); l++) {
                  OptionalInt program = OptionalInt.of(j);
                  OptionalInt layer = OptionalInt.of(l);
                  double sum =
                      sum(rows, r -> r.program().equals(program) && r.layer().equals(layer));
                  double energy_fJ = layers.get(next++).energy_uJ() * 1e9 * share;
                  assertEquals(energy_fJ, sum, EXACT * energy_fJ, name + " " + l);
                }
              }
            });
  }

  @Test
  void sharesOfErrorAreTheRowsOfTheirSource() {
    Map<Metric, Cost> followed =
        Map.of(
            Metric.ENERGY, Cost.ENERGY,
            Metric.TOPS_PER_W, Cost.ENERGY,
            Metric.AREA, Cost.AREA,
            Metric.TOPS_PER_MM2, Cost.AREA,
            Metric.PEAK_POWER, Cost.PEAK_POWER,
            Metric.LEAKAGE, Cost.LEAKAGE);
    evaluated()
        .forEach(
            (name, design) -> {
              ErrorShares shares = ErrorShares.of(design);
              followed.forEach(
                  (metric, cost) -> {
                    Cost of = design.programs() == 0 && cost == Cost.ENERGY ? PEAK : cost;
                    List<Row> rows = design.ledger().rows(of);
                    List<Double> found = shares.shares(metric);
                    for (int k = 0; k < found.size(); k++) {
                      ErrorSource source = shares.sources().get(k);
                      double sum = sum(rows, row -> row.source().equals(source));
                      double expected = design.totals().has(metric) ? sum / all(rows) : 0;
                      assertEquals(expected, found.get(k), 1e-11, name + " " + metric + " " + k);
                    }
                  });
            });
  }

  private static final Cost PEAK = Cost.PEAK_POWER;

  private static double all(List<Row> rows) {
    return sum(rows, row -> true);
  }

  @Test
  void termsOfWhatIfAddUpToTheirCost() {
    List<Cost> costs = List.of(Cost.values());
    evaluated()
        .forEach(
            (name, design) -> {
              List<double[]> terms = design.ledger().byTerm(costs);
              for (int c = 0; c < costs.size(); c++) {
                double sum = all(design.ledger().rows(costs.get(c))) * costs.get(c).unit();
                assertEquals(sum, Arrays.stream(terms.get(c)).sum(), 1e-11 * sum, name);
              }
            });
  }

  @Test
  void leavesOfExplanationsAreRows() {
    Map<Cost, Function<Explanation, List<CostTree>>> trees =
        Map.of(
            Cost.ENERGY, e -> List.of(e.energy(), e.energyByLayer()),
            Cost.AREA, e -> List.of(e.area()),
            Cost.PEAK_POWER, e -> List.of(e.power()));
    evaluated()
        .forEach(
            (name, design) ->
                trees.forEach(
                    (cost, tree) -> {
                      double sum = all(design.ledger().rows(cost));
                      for (CostTree each : tree.apply(new Explanation(design))) {
                        assertEquals(sum, each.value(), 1e-11 * sum, name + " " + cost);
                      }
                    }));
  }

  @Test
  void anEndOfTheBandIsAnEvaluationAtItsPrices() {
    for (Map.Entry<String, Design> each : designs().entrySet()) {
      EvaluatedDesign nominal = new Evaluator().evaluated(each.getValue());
      for (BandEnd end : BandEnd.values()) {
        Totals expected =
            new Evaluator(d -> MovedPrices.of(Prices.of(d), s -> s.spread().factor(end)))
                .totalsByNetwork(each.getValue());
        Totals regrouped = Evaluator.totalsAt(nominal, end);
        EvaluatedDesign searched = Evaluator.at(end).evaluated(each.getValue());
        for (Metric metric : Metric.values()) {
          String where = each.getKey() + " " + end + " " + metric;
          double value = expected.value(metric);
          double most = Double.isFinite(value) ? EXACT * Math.abs(value) : 0;
          assertEquals(value, regrouped.value(metric), most, where);
          assertEquals(value, searched.totals().value(metric), most, where);
        }
        for (PriceLine line : PriceLine.all()) {
          double price = searched.ledger().price(line);
          assertEquals(price, searched.ledger().explain(line).value(), 1e-9 * price);
        }
      }
    }
  }

  /** Writes that are no part of an inference have a band too: both kinds are of one driver. */
  @Test
  void thePulseOfACellHasTheBandOfItsDriver() {
    Ledger ledger = new Evaluator().evaluated(designs().get("random 0")).ledger();
    for (Action action : List.of(Action.CELL_WRITE, Action.CELL_PULSE)) {
      PriceLine line = PriceLine.energy(action);
      ErrorSource source = ledger.error(line);
      assertFalse(source.isNone(), action.name());
      for (BandEnd end : BandEnd.values()) {
        double factor = source.spread().factor(end);
        assertEquals(factor * ledger.price(line), ledger.at(end).price(line), action.name());
        assertTrue(end == BandEnd.NOMINAL || factor != 1, action.name());
      }
    }
  }

  /** A setting writes every bit once and carries it the mean hops; the formulas say so. */
  @Test
  void aSettingOfTheFabricIsBitsWrittenAndBitsCarriedByHand() {
    EvaluatedDesign design = new Evaluator().evaluated(switched().design());
    double bits = design.mapping().tiles() * 64;
    double hops = (design.mapping().fabric().diameter() + 1) / 2.0;
    double settings = design.program(0).layers();
    assertTrue(hops > 1, "tells nothing");
    CostTree node = part(new Explanation(design).energy(), "reconfiguration");
    Map<String, Double> counts = Map.of("configure", bits, "hop", bits * hops);
    assertEquals(counts.keySet(), Map.copyOf(byName(node)).keySet());
    byName(node)
        .forEach(
            (name, leaf) -> {
              Action action = name.equals("hop") ? Action.HOP_BIT : Action.CONFIGURE_BIT;
              double price_fJ = design.prices().energy_fJ(action);
              double count = counts.get(name);
              assertEquals(settings * count * price_fJ, leaf.value(), 1e-9 * leaf.value(), name);
              String start = String.format("%,.0f x %,.0f bits x ", settings, count);
              assertTrue(leaf.formula().startsWith(start), leaf.formula() + " not " + start);
            });
  }

  private static Map<String, CostTree> byName(CostTree node) {
    Map<String, CostTree> byName = new LinkedHashMap<>();
    node.parts().forEach(part -> byName.put(part.name(), part));
    return byName;
  }

  private static CostTree part(CostTree tree, String name) {
    return tree.parts().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  /** Prices by hand: of an inference of one layer, every row is count × price. */
  @Test
  void rowsByHand() {
    EvaluatedDesign design =
        new Evaluator(HandPrices::plain).evaluated(new Designs().runs(Designs.small()).design());
    List<Row> rows = design.ledger().rows(Cost.ENERGY);
    List<Row> found = new ArrayList<>();
    for (Row row : rows) {
      if (row.line() == PriceLine.energy(Action.CONVERSION)) {
        found.add(row);
      }
    }
    assertEquals(4, found.size(), "layers on crossbars");
    for (Row row : found) {
      assertEquals(800, row.price());
      double count = design.flow(0).actions().of(row.layer().getAsInt(), Action.CONVERSION);
      assertEquals(count, row.count());
      assertEquals(Use.WORK, row.use());
    }
    double interval_ns = 1e9 / design.totals().value(Metric.THROUGHPUT);
    double statics = sum(rows, row -> row.line() == PriceLine.standing(Part.GLOBAL_BUFFER));
    double power_uW = 0.1 + Part.GLOBAL_BUFFER.ordinal() / 100.0;
    assertEquals(power_uW * interval_ns, statics, 1e-9 * statics);
  }
}
