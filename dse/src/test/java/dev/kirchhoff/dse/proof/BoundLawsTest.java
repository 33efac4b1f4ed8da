package dev.kirchhoff.dse.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.mapper.bound.LayerCosts;
import dev.kirchhoff.mapper.bound.LayerCosts.Scope;
import dev.kirchhoff.mapper.bound.Relaxation;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.noise.NoiseRows;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws that a proof rests on, on random designs: each bound is on the right side of its figure. */
class BoundLawsTest {
  private static final double ROUNDING = 1e-9;

  private DesignSpec spec;
  private DesignSpace space;
  private DesignBinder binder;
  private LayerKnobs layers;
  private List<List<Precision>> options;
  private final Evaluator evaluator = new Evaluator();

  private void load(String example) throws Exception {
    spec =
        DesignSpec.load(
            "../examples/" + example, List.of(), List.of(), SpecEnvironment.of(new FileSources()));
    space = new SpecProblemSpace(spec).space();
    binder = spec.newBinder();
    layers = LayerKnobs.of(space.knobs(), space.start(), binder);
    options = layers.options();
  }

  private List<int[]> random(int number) {
    SplittableRandom random = new SplittableRandom(7);
    return IntStream.range(0, number)
        .mapToObj(
            i -> {
              int[] design = new int[space.dimension()];
              space.random(random, design);
              return design;
            })
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bench/resnet18-12db.yaml", "quickstart.yaml"})
  void noDesignIsBetterThanItsBounds(String example) throws Exception {
    holds(example, 400);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"bench/resnet18-12db.yaml", "quickstart.yaml", "bench/enumerable.yaml"})
  void noneOfManyDesignsIsBetterThanItsBounds(String example) throws Exception {
    holds(example, 20_000);
  }

  private void holds(String example, int number) throws Exception {
    load(example);
    int[] start = space.start();
    for (int[] ordinals : random(number)) {
      Design design = binder.bind(ordinals);
      EvaluatedDesign whole = evaluator.evaluated(design);
      String told = example + " " + Arrays.toString(ordinals);
      bounds(design, Scope.CHIP, whole, told, true);
      int[] elsewhere = ordinals.clone();
      for (int k = 0; k < elsewhere.length; k++) {
        String path = space.knobs().get(k).path();
        boolean isOutside =
            path.startsWith("tile.")
                || path.startsWith("interconnect")
                || path.equals("pe.perTile");
        elsewhere[k] = isOutside ? start[k] : elsewhere[k];
      }
      space.normalise(elsewhere);
      Design moved = binder.bind(elsewhere);
      bounds(moved, Scope.PE, whole, told + " in its PEs", false);
      int[] most = elsewhere.clone();
      for (int k = 0; k < most.length; k++) {
        boolean isOfPe = space.knobs().get(k).path().equals("crossbar.perPe");
        most[k] = isOfPe ? space.cardinality(k) - 1 : most[k];
      }
      bounds(binder.bind(most), Scope.CROSSBARS, whole, told + " by crossbars", false);
      double noise = evaluator.evaluated(moved).noise().ratio();
      assertEquals(whole.noise().ratio(), noise, ROUNDING * noise, told + ": noise of other tiles");
      for (Limit limit : Limit.values()) {
        assertEquals(shortage(design, limit), shortage(moved, limit), told + ": " + limit);
      }
    }
  }

  /** Bounds from the design's own bits, then from any of the options up to its widest. */
  private void bounds(
      Design design, Scope scope, EvaluatedDesign whole, String told, boolean isExact) {
    PriceTable prices = evaluator.prices(design);
    List<Precision> own = design.jobs().get(0).precision();
    int width = 0;
    for (int o = 0; o < options.size(); o++) {
      int widest = options.get(o).stream().mapToInt(Precision::weights).max().getAsInt();
      width = widest <= design.widest().weights() ? o : width;
    }
    List<List<Precision>> all = new ArrayList<>(options.subList(0, width + 1));
    int[] any = new int[layers.layers()];
    Arrays.fill(any, -1);
    check(design, prices, List.of(own), new int[layers.layers()], scope, whole, told, isExact);
    check(design, prices, all, any, scope, whole, told + " any bits", false);
  }

  private void check(
      Design design,
      PriceTable prices,
      List<List<Precision>> of,
      int[] fixed,
      Scope scope,
      EvaluatedDesign whole,
      String told,
      boolean isExact) {
    LayerCosts costs = LayerCosts.of(evaluator, design, prices, of, scope);
    Network network = design.jobs().get(0).network();
    NoiseRows rows = evaluator.layerNoise(design, prices, network);
    double[][] noise = new double[costs.layers()][of.size()];
    double least = 0;
    for (int l = 0; l < noise.length; l++) {
      for (int o = 0; o < of.size(); o++) {
        noise[l][o] = rows.reaching(l, of.get(o).get(l));
      }
      least += Arrays.stream(noise[l]).min().getAsDouble();
    }
    double ratio = whole.noise().ratio() * rows.depth(noise.length);
    assertTrue(least <= ratio * (1 + ROUNDING), told + ": noise " + least + " > " + ratio);
    Relaxation relaxed =
        new Relaxation(
            costs, noise, ratio * (1 + ROUNDING), whole.design().mapping().extraCrossbars());
    assertTrue(relaxed.bound(fixed), told);
    Totals totals = whole.totals();
    atMost(relaxed.leastArea_um2() * 1e-6, totals.value(Metric.AREA), told + ": area");
    atMost(relaxed.leastEnergy_fJ() * 1e-9, totals.value(Metric.ENERGY), told + ": energy");
    atMost(relaxed.leastLatency_ns() * 1e-6, totals.value(Metric.LATENCY), told + ": latency");
    if (isExact) {
      if (whole.design().mapping().extraCrossbars() == 0) {
        double area = totals.value(Metric.AREA);
        assertEquals(
            area, relaxed.leastArea_um2() * 1e-6, ROUNDING * area, told + ": area without copies");
      }
      assertEquals(ratio, least, ROUNDING * ratio, told + ": noise of its own bits");
    }
  }

  private static void atMost(double bound, double figure, String told) {
    assertTrue(bound <= figure * (1 + ROUNDING), told + " " + bound + " > " + figure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickstart.yaml", "fashion-accuracy.yaml"})
  void layersAreAsNoisyOnChipsOfAnyWidth(String example) throws Exception {
    load(example);
    for (int[] ordinals : random(200)) {
      int widest = options.size() - 1;
      NoiseRows all = noise(ordinals, widest);
      for (int width = 0; width < widest; width++) {
        NoiseRows rows = noise(ordinals, width);
        for (int l = 0; l < layers.layers(); l++) {
          Precision own = options.get(width).get(l);
          assertEquals(
              all.reaching(l, own), rows.reaching(l, own), example + Arrays.toString(ordinals));
        }
      }
    }
  }

  private NoiseRows noise(int[] ordinals, int width) {
    int[] design = ordinals.clone();
    int[] chosen = new int[layers.layers()];
    Arrays.fill(chosen, width);
    layers.set(design, options, chosen);
    Design bound = binder.bind(design);
    return evaluator.layerNoise(bound, evaluator.crossbar(bound), bound.jobs().get(0).network());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bench/resnet18-12db.yaml", "quickstart.yaml"})
  void moreColumnsLowerNoiseByLessThanTheMargin(String example) throws Exception {
    load(example);
    int compared = 0;
    for (int[] ordinals : random(1_000)) {
      for (int k = 0; k < ordinals.length; k++) {
        boolean isOfColumns = space.knobs().get(k).path().endsWith("readout.columnsPerAdc");
        if (isOfColumns && ordinals[k] > 0) {
          int[] fewest = ordinals.clone();
          fewest[k] = 0;
          Design design = binder.bind(ordinals);
          Design other = binder.bind(fewest);
          if (isSound(design) && isSound(other)) {
            double many = evaluator.evaluated(design).noise().ratio();
            double few = evaluator.evaluated(other).noise().ratio();
            assertTrue(
                few <= BoundedSpace.COLUMNS_MARGIN * many,
                example + " " + Arrays.toString(ordinals));
            compared++;
          }
        }
      }
    }
    assertTrue(compared > 100, "compared " + compared);
  }

  private double shortage(Design design, Limit limit) {
    return Evaluator.shortages(design, evaluator.crossbar(design)).shortage(limit);
  }

  private boolean isSound(Design design) {
    return Arrays.stream(Limit.values()).allMatch(limit -> shortage(design, limit) == 0);
  }
}
