package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.Readout.Range;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceLimits;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Layers;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.explain.Explanation;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final long SEED = 20261125L;
  private static final Network RESNET18 = Designs.resNet18();
  private static final Network SMALL = Designs.small();

  private static Totals evaluate(Design design) {
    Totals totals = new Evaluator(HandPrices::plain).totals(design);
    return totals;
  }

  static Designs random(Random random) {
    Designs d = new Designs();
    d.side = 64 << random.nextInt(3);
    d.rowsActive = d.side >> random.nextInt(4);
    d.perPe = 4 << random.nextInt(3);
    d.perTile = 4 * (1 + random.nextInt(4));
    d.cellBits = 1 + random.nextInt(4);
    d.bitsPerPulse = 1 << random.nextInt(3);
    d.adcBits = 4 + random.nextInt(6);
    d.range = random.nextBoolean() ? Range.CALIBRATED : Range.FULL;
    d.columnsPerAdc = 8 << random.nextInt(4);
    d.bufferSize_B = 1024 << random.nextInt(7);
    d.extra = random.nextInt(5) * 0.5;
    d.topology = Topology.values()[random.nextInt(Topology.values().length)];
    d.schedule = MappingOptions.Schedule.values()[random.nextInt(2)];
    d.packing = MappingOptions.Packing.values()[random.nextInt(2)];
    d.weights =
        new WeightEncoding(
            random.nextBoolean() ? Encoding.OFFSET : Encoding.DIFFERENTIAL,
            false,
            random.nextInt(4) == 0,
            random.nextInt(4) == 0);
    if (random.nextBoolean()) {
      d.io = Optional.of(new Io(Io.IoKind.PARALLEL, 2, 1, Designs.MODEL));
    }
    if (random.nextInt(4) == 0) {
      d.tiles = OptionalInt.of(1 + random.nextInt(4));
      d.overflow = MappingOptions.Overflow.values()[random.nextInt(3)];
    }
    if (random.nextInt(4) == 0) {
      d.batch(1 + random.nextInt(20));
    }
    if (random.nextInt(4) == 0) {
      d.writes();
    }
    if (random.nextInt(3) == 0) {
      d.global(1024 << random.nextInt(12));
    }
    return switch (random.nextInt(4)) {
      case 0 -> d;
      case 1 -> d.runs(SMALL);
      case 2 -> d.runs(RESNET18);
      default -> d.runs(RESNET18, SMALL);
    };
  }

  private static void assertSums(CostTree tree, String message) {
    assertFalse(Double.isNaN(tree.value()) || Double.isInfinite(tree.value()), message);
    if (tree.parts().isEmpty()) {
      assertFalse(tree.formula().isEmpty(), message + " " + tree.name());
      assertFalse(tree.source().isEmpty(), message + " " + tree.name());
      return;
    }
    double sum = 0;
    for (CostTree part : tree.parts()) {
      assertSums(part, message);
      assertEquals(tree.unit(), part.unit(), message);
      sum += part.value();
    }
    assertEquals(sum, tree.value(), 1e-9 * Math.abs(sum), message + " " + tree.name());
  }

  static void assertTotal(double expected, double inUnits, CostTree tree, String message) {
    assertSums(tree, message);
    assertEquals(
        expected, tree.value() * inUnits, 1e-9 * Math.abs(expected), message + " " + tree.name());
  }

  @Test
  @Tag("broad")
  void treesHaveTheEvaluatorsTotals() {
    Random random = new Random(SEED);
    for (int i = 0; i < 24; i++) {
      Design design = random(random).design();
      Totals totals = evaluate(design);
      String message = "seed " + SEED + " case " + i;
      assertTotal(
          totals.value(Metric.AREA),
          1e-6,
          new Explanation(new Evaluator(HandPrices::plain).evaluated(design)).area(),
          message);
      assertTotal(
          totals.value(Metric.PEAK_POWER),
          1e-6,
          new Explanation(new Evaluator(HandPrices::plain).evaluated(design)).power(),
          message);
      CostTree energy =
          new Explanation(new Evaluator(HandPrices::plain).evaluated(design)).energy();
      CostTree byLayer =
          new Explanation(new Evaluator(HandPrices::plain).evaluated(design)).energyByLayer();
      CostTree latency =
          new Explanation(new Evaluator(HandPrices::plain).evaluated(design)).latency();
      if (design.jobs().isEmpty()) {
        assertTotal(energy.value(), 1, byLayer, message);
        assertTotal(totals.value(Metric.PEAK_POWER) * 1e6, 1 / latency.value(), energy, message);
      } else {
        assertTotal(totals.value(Metric.ENERGY), 1e-9, energy, message);
        assertTotal(totals.value(Metric.ENERGY), 1e-9, byLayer, message);
        assertTotal(totals.value(Metric.LATENCY), 1e-6, latency, message);
      }
    }
  }

  @Test
  @Tag("broad")
  void idealFiguresDoNotDependOnThePriceOfConverters() {
    Random random = new Random(SEED);
    for (int i = 0; i < 60; i++) {
      Design design = random(random).design();
      double ideal = evaluate(design).value(Metric.IDEAL_TOPS_PER_W);
      Function<Design, PriceTable> dear =
          of -> {
            HandPrices prices = HandPrices.plain(of);
            for (Action action : Action.values()) {
              if (action.part() == Part.READOUT) {
                prices.energy.merge(action, 3.0, (a, b) -> a * b);
              }
            }
            prices.pass.put(Part.READOUT, 50.0);
            prices.statics.merge(Part.READOUT, 3.0, (a, b) -> a * b);
            return prices;
          };
      double same = new Evaluator(dear).totals(design).value(Metric.IDEAL_TOPS_PER_W);
      assertEquals(ideal, same, 1e-9 * ideal, "seed " + SEED + " case " + i);
    }
  }

  /** 64 of 128 rows and all columns are used: half of the rated energy of a pass is waste. */
  @Test
  void anIdealPassIsOfAFullCrossbar() {
    MatrixShape half = new MatrixShape(64, 32, 1, 1, 1, 1, 1, 1);
    Network network = Layers.network("n", List.of(Layers.Description.of("a", half)), "");
    Design design = new Designs().runs(network).design();
    double passes =
        new Evaluator(HandPrices::plain).evaluated(design).flow(0).actions().of(Action.ARRAY_PASS);
    double rated_fJ = idealEnergy_fJ(design, 100) - idealEnergy_fJ(design, 0);
    assertEquals(100 * passes / 2, rated_fJ, 1e-9 * idealEnergy_fJ(design, 100));
  }

  /** Energy of an inference in the ideal, of 2 x 64 x 32 operations. */
  private static double idealEnergy_fJ(Design design, double pass_fJ) {
    Function<Design, PriceTable> rated =
        of -> {
          HandPrices prices = HandPrices.plain(of);
          prices.pass.put(Part.INPUT_REGISTER, pass_fJ);
          return prices;
        };
    double opsPerPj = new Evaluator(rated).totals(design).value(Metric.IDEAL_TOPS_PER_W);
    return 1000 * 2 * 64 * 32 / opsPerPj;
  }

  @Test
  void idealFiguresAreNotBelowSustainedOnes() {
    Random random = new Random(SEED);
    for (int i = 0; i < 60; i++) {
      Totals totals = evaluate(random(random).design());
      String message = "seed " + SEED + " case " + i;
      for (int j = 0; j < totals.networks(); j++) {
        Totals network = totals.network(j);
        assertAtLeast(
            network.value(Metric.TOPS_PER_W), network.value(Metric.IDEAL_TOPS_PER_W), message);
        assertAtLeast(
            network.value(Metric.TOPS_PER_MM2), network.value(Metric.IDEAL_TOPS_PER_MM2), message);
      }
    }
  }

  private static void assertAtLeast(double least, double value, String message) {
    assertTrue(value >= least * (1 - 1e-12), () -> message + ": " + value + " < " + least);
  }

  @Test
  @Tag("broad")
  void metricsAgreeWithEachOther() {
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      Design design = random(random).design();
      Totals totals = evaluate(design);
      String message = "seed " + SEED + " case " + i;
      assertTrue(
          totals.value(Metric.IDEAL_TOPS_PER_W) >= totals.value(Metric.TOPS_PER_W) * (1 - 1e-12),
          message);
      assertTrue(
          totals.value(Metric.IDEAL_TOPS_PER_MM2)
              >= totals.value(Metric.TOPS_PER_MM2) * (1 - 1e-12),
          message);
      assertEquals(
          totals.value(Metric.TOPS) / totals.value(Metric.POWER),
          totals.value(Metric.TOPS_PER_W),
          1e-9 * totals.value(Metric.TOPS_PER_W),
          message);
      if (!design.jobs().isEmpty()) {
        assertEquals(
            totals.value(Metric.ENERGY) * totals.value(Metric.THROUGHPUT) * 1e-6,
            totals.value(Metric.POWER),
            1e-9 * totals.value(Metric.POWER),
            message);
        assertTrue(
            totals.value(Metric.LATENCY) * 1e-3 * (1 + 1e-9) >= 1 / totals.value(Metric.THROUGHPUT),
            message);
        assertTrue(totals.value(Metric.UTILIZATION) <= 1, message);
      }
      for (Metric metric : Metric.values()) {
        assertFalse(Double.isInfinite(totals.value(metric)), message + " " + metric);
        assertFalse(totals.value(metric) < 0 && metric != Metric.SNR, message + " " + metric);
      }
    }
  }

  @Test
  void resNet18NeedsThePublishedCrossbars() {
    Designs four = new Designs().runs(RESNET18);
    Totals totals = evaluate(four.design());
    assertEquals(2864, totals.value(Metric.CROSSBARS));
    assertEquals(45, totals.value(Metric.TILES));
    assertEquals(0.990, totals.value(Metric.UTILIZATION), 0.0005);
    Designs eight = new Designs();
    eight.bits = 16;
    assertEquals(5724, evaluate(eight.runs(RESNET18).design()).value(Metric.CROSSBARS));
  }

  @Test
  void conversionsOfResNet18() {
    // 4 cells a weight, 8 pulses, one pass: 0.491 G conversions with 128 active rows, 1.82 G with
    // 32, 6.84 G with 9 (columns of
    // signed inputs, the first layer's second pass, taken off).
    List<Layer> unsigned = new ArrayList<>();
    for (Layer layer : RESNET18.layers()) {
      unsigned.add(
          new Layer(
              layer.name(),
              layer.shape(),
              false,
              Designs.RELU,
              layer.weights(),
              layer.after(),
              layer.producer()));
    }
    Network network = new Network("resnet18u", unsigned, "");
    int[] rows = {128, 32, 9};
    double[] expected = {0.491e9, 1.82e9, 6.84e9};
    for (int i = 0; i < rows.length; i++) {
      Designs d = new Designs();
      d.rowsActive = rows[i];
      Evaluator evaluator = new Evaluator(HandPrices::plain);
      double conversions =
          evaluator
              .evaluated(d.runs(network).design())
              .flow(0)
              .actions()
              .of(dev.kirchhoff.peripherals.Action.CONVERSION);
      assertEquals(expected[i], conversions, 0.004 * expected[i]);
    }
  }

  @Test
  void twiceTheVectorsTwiceTheDynamicEnergyAndTheSameArea() {
    Designs d = new Designs();
    Layer once = Designs.conv("a", 16, 16, 3, 16, 1, 1, -1);
    MatrixShape s = once.shape();
    MatrixShape twiceShape = new MatrixShape(16, 16, 3, 3, 32, 16, 1, 1);
    Layer twice =
        new Layer(
            "a",
            twiceShape,
            false,
            once.inputs(),
            once.weights(),
            List.of(
                new dev.kirchhoff.arch.workload.DigitalWork(
                    dev.kirchhoff.arch.workload.DigitalOperation.BIAS, twiceShape.outputs()),
                new dev.kirchhoff.arch.workload.DigitalWork(
                    dev.kirchhoff.arch.workload.DigitalOperation.RELU, twiceShape.outputs())),
            -1);
    assertEquals(2 * s.vectors(), twiceShape.vectors());
    Evaluation one =
        new Evaluator(HandPrices::plain)
            .evaluate(d.runs(new Network("n", List.of(once), "")).design());
    Evaluation two =
        new Evaluator(HandPrices::plain)
            .evaluate(d.runs(new Network("n", List.of(twice), "")).design());
    assertEquals(
        2 * one.layers().get(0).energy_uJ(),
        two.layers().get(0).energy_uJ(),
        1e-9 * two.layers().get(0).energy_uJ());
    assertEquals(one.totals().value(Metric.AREA), two.totals().value(Metric.AREA));
  }

  @Test
  @Tag("broad")
  void moreConverterBitsNeverReduceEnergy() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100; i++) {
      Designs d = random(random).runs(SMALL);
      d.adcBits = 4;
      double before = 0;
      for (; d.adcBits <= 9; d.adcBits++) {
        double energy = evaluate(d.design()).value(Metric.ENERGY);
        assertTrue(energy >= before, "seed " + SEED + " case " + i);
        before = energy;
      }
    }
  }

  @Test
  @Tag("broad")
  void moreExtraCrossbarsNeverReduceThroughput() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100; i++) {
      Designs d = random(random).runs(RESNET18);
      // Copies hold more lines: where buffers overflow they take bandwidth off the tiles.
      d.bufferSize_B = 1 << 20;
      // On more chips they take bandwidth between them.
      boolean several = d.overflow == MappingOptions.Overflow.CHIPS;
      d.overflow = several ? MappingOptions.Overflow.INFEASIBLE : d.overflow;
      d.extra = 0;
      double before = 0;
      for (; d.extra <= 2; d.extra += 0.25) {
        double throughput = evaluate(d.design()).value(Metric.THROUGHPUT);
        assertTrue(throughput >= before * (1 - 1e-12), "seed " + SEED + " case " + i);
        before = throughput;
      }
    }
  }

  @Test
  void theOrderOfLayersDoesNotChangeAreaCrossbarsOrDynamicEnergyWithoutAFabric() {
    List<Layer> layers =
        List.of(
            Designs.conv("a", 16, 32, 3, 16, 1, 1, -1),
            Designs.conv("b", 32, 64, 3, 16, 1, 1, -1),
            Designs.conv("c", 64, 10, 3, 8, 1, 1, -1));
    List<Layer> reversed = List.of(layers.get(2), layers.get(1), layers.get(0));
    Designs d = new Designs();
    d.topology = Topology.NONE;
    d.extra = 1;
    Totals one = evaluate(d.runs(new Network("n", layers, "")).design());
    Totals two = evaluate(d.runs(new Network("n", reversed, "")).design());
    for (Metric metric :
        new Metric[] {
          Metric.AREA, Metric.CROSSBARS, Metric.TILES, Metric.UTILIZATION, Metric.THROUGHPUT
        }) {
      assertEquals(one.value(metric), two.value(metric), 1e-12 * one.value(metric), metric.word());
    }
  }

  @Test
  void missingCrossbarsAreAnAmountAndReloadChargesThem() {
    Designs d = new Designs().runs(RESNET18);
    d.tiles = OptionalInt.of(40);
    Totals infeasible = evaluate(d.design());
    assertEquals(2864 - 40 * 64, infeasible.shortage(Limit.CROSSBARS));
    assertFalse(infeasible.isFeasible());
    d.overflow = MappingOptions.Overflow.RELOAD;
    Evaluation reload = new Evaluator(HandPrices::plain).evaluate(d.design());
    assertEquals(0, reload.totals().shortage(Limit.CROSSBARS));
    assertTrue(reload.totals().value(Metric.LATENCY) > infeasible.value(Metric.LATENCY));
    assertTrue(reload.totals().value(Metric.ENERGY) > infeasible.value(Metric.ENERGY));
    assertTrue(reload.warnings().stream().anyMatch(w -> w.contains("programmed again")));
  }

  @Test
  void aRefreshWearsCellsAsAnUpdateDoes() {
    Designs d = new Designs().runs(SMALL);
    // Endurance 10^6, 8.5 pulses a write, retention 3.15e8 s: written once a day or, though weights
    // never change, once in ten years.
    assertEquals(1e6 * 86_400 / 8.5, evaluate(d.design()).value(Metric.LIFETIME), 1);
    d.updateInterval_s = Double.POSITIVE_INFINITY;
    Totals never = evaluate(d.design());
    assertEquals(3.15e8, never.value(Metric.REFRESH_INTERVAL), 1);
    assertEquals(1e6 * 3.15e8 / 8.5, never.value(Metric.LIFETIME), 1e4);
  }

  /** Cells that hold for a second are written again every second: 1000 fJ each. */
  @Test
  void aRefreshTakesThePowerOfWritingAllCellsInItsInterval() {
    Designs d = new Designs().runs(SMALL);
    d.updateInterval_s = Double.POSITIVE_INFINITY;
    d.device =
        new Device(
            "short",
            Designs.REDOX.family(),
            Designs.REDOX.window(),
            Designs.REDOX.write(),
            Designs.REDOX.statistics(),
            new DeviceLimits(1e6, 1),
            Designs.REDOX.cellArea_F2(),
            "test");
    EvaluatedDesign evaluated = new Evaluator(HandPrices::plain).evaluated(d.design());
    Totals totals = evaluated.totals();
    assertEquals(1, totals.value(Metric.REFRESH_INTERVAL), 1e-9);
    double cells = evaluated.mapping().storedCells();
    double refresh_uW = 1e-6 * cells;
    double interval_ns = 1e9 / totals.value(Metric.THROUGHPUT);
    double read_uW = evaluated.costs().work_fJ(0) / interval_ns;
    double others_uW = read_uW + 1e6 * totals.value(Metric.LEAKAGE);
    assertEquals(refresh_uW, 1e6 * totals.value(Metric.POWER) - others_uW, 1e-9 * others_uW);
    assertTrue(refresh_uW > 1e-6 * others_uW, "tells nothing: " + refresh_uW);
  }

  /** 6.5 % of the weights are zero and are multiplied as all others are. */
  @Test
  void layersAddUpToTheMultiplicationsOfTheirNetwork() {
    Evaluation evaluation =
        new Evaluator(HandPrices::plain).evaluate(new Designs().runs(RESNET18).design());
    long sum = evaluation.layers().stream().mapToLong(LayerResult::macs).sum();
    long all = RESNET18.layers().stream().mapToLong(layer -> layer.shape().macs()).sum();
    assertEquals(all, sum);
  }

  @Test
  void layersAddUpToTheDynamicEnergy() {
    Design design = new Designs().runs(RESNET18, SMALL).design();
    Evaluation evaluation = new Evaluator(HandPrices::plain).evaluate(design);
    double sum = 0;
    for (LayerResult layer : evaluation.layers()) {
      sum += layer.energy_uJ() / 2;
    }
    double statics =
        evaluation.totals().value(Metric.LEAKAGE)
            * 1e6
            / evaluation.totals().value(Metric.THROUGHPUT);
    assertEquals(evaluation.totals().value(Metric.ENERGY), sum + statics, 1e-9 * sum);
    assertEquals(RESNET18.layers().size() + SMALL.layers().size(), evaluation.layers().size());
  }

  @Test
  void bandwidthCanBind() {
    Design design = new Designs().runs(RESNET18).design();
    Totals free = evaluate(design);
    for (int which = 0; which < 3; which++) {
      int narrow = which;
      Totals bound =
          new Evaluator(
                  d -> {
                    HandPrices prices = HandPrices.plain(d);
                    prices.buffer_bitPerNs = narrow == 0 ? 1 : 0;
                    prices.bus_bitPerNs = narrow == 1 ? 1 : 0;
                    prices.link_bitPerNs = narrow == 2 ? 0.1 : 0;
                    return prices;
                  })
              .totals(design);
      assertTrue(bound.value(Metric.THROUGHPUT) < free.value(Metric.THROUGHPUT), "part " + which);
    }
  }

  @Test
  void theBufferOfADynamicMatrixCanBind() {
    // 64 vectors of 64 values against 64 x 16: 65,536 MACs on 64 lanes take 1,024 cycles of 1 ns.
    // The buffer gives 64 x 64 + 65,536 operands of 8 bits and takes 64 x 16: 565,248 bits.
    MatrixShape shape = new MatrixShape(64, 16, 1, 1, 8, 8, 1, 1);
    Layer layer = new Layer("qk", shape, true, Designs.RELU, Designs.RELU, List.of(), -1);
    Designs d = new Designs().runs(new Network("dynamic", List.of(layer), "test"));
    d.schedule = MappingOptions.Schedule.LAYER_BY_LAYER;
    Totals free = evaluate(d.design());
    Totals bound =
        new Evaluator(
                design -> {
                  HandPrices prices = HandPrices.plain(design);
                  prices.buffer_bitPerNs = 1;
                  return prices;
                })
            .totals(d.design());
    assertEquals(
        565_248 - 1_024,
        1e6 * (bound.value(Metric.LATENCY) - free.value(Metric.LATENCY)),
        1e-6 * 565_248);
  }

  @Test
  void reusingAnEvaluatorChangesNothing() {
    Random random = new Random(SEED);
    Evaluator reused = new Evaluator(HandPrices::plain);
    Totals totals = new Totals();
    for (int i = 0; i < 100; i++) {
      Design design = random(random).design();
      totals = reused.totals(design);
      Totals fresh = evaluate(design);
      for (Metric metric : Metric.values()) {
        assertEquals(fresh.value(metric), totals.value(metric), "seed " + SEED + " case " + i);
      }
    }
  }
}
