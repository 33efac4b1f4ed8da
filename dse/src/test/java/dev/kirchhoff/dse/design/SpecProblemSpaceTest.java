package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.dse.budget.IslandEvaluator;
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
        cell: {device: redox-generic, readVoltage: 0.2 V}
      objectives: {maximise: [TOPS/W], minimise: [area]}
      constraints:
      """;

  /** Relative violations of the start and their sum. */
  private static double[] relative(String constraint, float[] total) throws Exception {
    String text = CHIP + "  - " + constraint + "\n";
    DesignSpec spec =
        DesignSpec.load(
            "a.yaml", List.of(), List.of(), SpecEnvironment.of(new TextSource("a.yaml", text)));
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
    // The 1-bit converter of the start misses both; the levels differ by 40 dB.
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
}
