package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecProblemSpaceTest {
  private static final String CHIP =
      """
      kirchhoff: 1
      name: test
      workload: lenet5
      chip:
        technology: {node: 32 nm}
        pe: {readout: {kind: sar, bits: {any: [1, 8]}}}
        crossbar: {weights: {encoding: offset}}
        cell: {device: redox-generic, readVoltage: 2 mV}
      objectives: {maximise: [TOPS/W], minimise: [area]}
      constraints:
      """;

  /** Relative violations of the start and their sum. */
  private static double[] relative(String constraint, float[] total) throws Exception {
    String text = CHIP + "  - " + constraint + "\n";
    DesignSpec spec =
        DesignSpec.load(
            "a.yaml", List.of(), List.of(), SpecEnvironment.of(new InMemorySource("a.yaml", text)));
    SpecProblemSpace problem = new SpecProblemSpace(spec);
    int constraints = problem.constraints().size();
    double[] relative = new double[constraints];
    double[] violations = new double[constraints];
    total[0] =
        IslandEvaluator.compute(
            problem.newSession(), problem.space().start(), new double[2], violations, relative);
    assertTrue(violations[0] > 0, constraint);
    return relative;
  }

  @Test
  void aMissIsAShareOfItsLimitAndOfAZeroLimitAnAmount() throws Exception {
    float[] total = new float[1];
    // One bit of offset sums and the front end at 2 mV miss both; the levels differ by 40 dB.
    double atZero = relative("snr >= 0 dB", total)[0];
    assertTrue(atZero < 100, "amount in dB: " + atZero);
    double atForty = relative("snr >= 40 dB", total)[0];
    assertEquals(atZero + 40, 40 * atForty, 1e-9);
  }

  @Test
  void aMissBeyondAllBoundsStaysFinite() throws Exception {
    float[] total = new float[1];
    assertEquals(1e9, relative("latency / 1e300 <= 1e-320 s", total)[0]);
    assertTrue(total[0] >= 1e9f && total[0] < Float.POSITIVE_INFINITY);
  }

  private static DesignSpec spec(String text) throws Exception {
    return DesignSpec.load(
        "a.yaml", List.of(), List.of(), SpecEnvironment.of(new InMemorySource("a.yaml", text)));
  }

  private static double[] values(SpecProblemSpace problem, double[] violations) {
    double[] values = new double[2];
    IslandEvaluator.compute(
        problem.newSession(),
        problem.space().start(),
        values,
        violations,
        new double[violations.length]);
    return values;
  }

  /** All that a chip does with its network, at a precision of its layers. */
  private static Totals sustained(String precision, int... ordinals) throws Exception {
    DesignSpec spec =
        spec(
            """
            kirchhoff: 1
            workload: lenet5
            precision: %s
            chip:
              technology: {node: 32 nm}
              pe: {readout: {kind: sar, bits: 7}, outputRegister: {size: fit}}
              cell: {device: redox-generic}
            """
                .formatted(precision));
    Totals totals = new Evaluator().totals(spec.newBinder().bind(ordinals));
    return totals;
  }

  private static void assertPricedAlike(Totals one, Totals other) {
    for (Metric metric : Metric.values()) {
      if (!metric.name().startsWith("PEAK")) {
        assertEquals(one.value(metric), other.value(metric), metric.key());
      }
    }
  }

  @Test
  void aDesignCostsTheSameWhereverTheSearchStarts() throws Exception {
    String weights = "{weights: {any: [4, 8], per: layer, start: %d}}";
    for (int[] ordinals : new int[][] {{0, 0, 0, 0, 0}, {0, 1, 0, 1, 0}, {1, 1, 1, 1, 1}}) {
      assertPricedAlike(
          sustained(weights.formatted(4), ordinals), sustained(weights.formatted(8), ordinals));
    }
  }

  @Test
  void aNetworkCostsTheSameWhicheverWayItsPrecisionIsGiven() throws Exception {
    Totals expected = sustained("{weights: 5, inputs: 6}");
    for (String top : List.of("weights: 8, inputs: 8", "weights: 2, inputs: 3")) {
      String layers = ", layers: [{match: \"*\", weights: 5, inputs: 6, outputs: 6}]}";
      assertPricedAlike(expected, sustained("{" + top + layers));
    }
  }

  @Test
  void theBandStatesWhichEndObjectivesAndConstraintsAreJudgedBy() throws Exception {
    DesignSpec nominal = spec(CHIP + "  - area <= 100000 mm2\n");
    Evaluation start = new Evaluator().evaluate(nominal.newBinder().bind(nominal.tree().start()));
    Band efficiency = start.band(Metric.TOPS_PER_W);
    Band area = start.band(Metric.AREA);
    double between_mm2 = (area.nominal() + area.high()) / 2;
    String limited = CHIP + "  - area <= " + between_mm2 + " mm2\n";
    String[] words = {"nominal", "low", "high"};
    double[][] expected = {
      {efficiency.nominal(), area.nominal()},
      {efficiency.low(), area.high()},
      {efficiency.high(), area.low()}
    };
    for (int i = 0; i < words.length; i++) {
      String text = limited.replace("[area]}", "[area], band: " + words[i] + "}");
      SpecProblemSpace problem = new SpecProblemSpace(spec(text));
      double[] violations = new double[problem.constraints().size()];
      assertArrayEquals(expected[i], values(problem, violations), words[i]);
      assertEquals(words[i].equals("low"), violations[0] > 0, words[i]);
    }
    // A table of figures stays nominal.
    DesignSpec low = spec(limited.replace("[area]}", "[area], band: low}"));
    SpecProblemSpace table =
        SpecProblemSpace.withMetrics(low, List.of(Metric.TOPS_PER_W, Metric.AREA));
    double[] misses = new double[table.constraints().size()];
    assertArrayEquals(expected[0], values(table, misses));
    assertEquals(0, misses[0]);
  }
}
