package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.explain.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kernels on any chip that a spec can say: either a located problem, or an evaluation that is
 * complete.
 */
class KernelsOnRandomChipsTest {
  private static final int CHIPS = 40;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{kernel: dct, rows: 8, columns: 8}",
        "{kernel: hopfield, neurons: 8, patterns: 1, probes: 1, update: asynchronous}",
        "{kernel: sparseCoding, patches: 1, iterations: 2, cosines: 3}",
        "{kernel: statefulAdder, bits: 1, rows: 4}",
        "{kernel: kMeans, passes: 1, update: online}",
        "{kernel: fingerprint, rows: 4, columns: 8, reads: 2}",
        "{kernel: feedbackSolve, problem: {kind: inverse, matrix: {kind: spd, size: 4}}}"
      })
  void aKernelIsRefusedWithItsPlaceOrEvaluated(String kernel) {
    String text =
        RandomSpecs.SPEC.replaceAll("(?s)workload:.*?chip:", "workload: " + kernel + "\nchip:");
    int evaluated = 0;
    for (long seed = 1; seed <= CHIPS; seed++) {
      List<String> settings = new ArrayList<>(RandomSpecs.settings(seed));
      Optional<DesignSpec> spec = RandomSpecs.load(text, settings);
      if (spec.isPresent()) {
        Design design = spec.get().newBinder().bind(spec.get().tree().start());
        check(new Evaluator().evaluated(design), "seed " + seed + " " + settings);
        evaluated++;
      }
    }
    assertTrue(evaluated > 1, evaluated + " of " + CHIPS);
  }

  private static void check(EvaluatedDesign evaluated, String where) {
    Totals totals = evaluated.totals();
    for (Metric metric : Metric.values()) {
      assertFalse(Double.isInfinite(totals.value(metric)), metric + " " + where);
    }
    for (Metric metric : List.of(Metric.ENERGY, Metric.LATENCY, Metric.AREA)) {
      assertTrue(totals.value(metric) > 0, metric + " " + where);
    }
    boolean hasQuality = totals.has(Metric.RESULT_QUALITY);
    boolean isMissed =
        totals.shortage(Limit.CONVERGENCE) > 0 || totals.shortage(Limit.KERNEL_PARTS) > 0;
    assertTrue(hasQuality || isMissed, where);
    double energy_fJ = totals.value(Metric.ENERGY) * 1e9;
    Explanation explanation = new Explanation(evaluated);
    assertEquals(energy_fJ, explanation.energy().value(), 1e-9 * energy_fJ, where);
    assertEquals(energy_fJ, explanation.energyByLayer().value(), 1e-9 * energy_fJ, where);
    double latency_ns = totals.value(Metric.LATENCY) * 1e6;
    assertEquals(latency_ns, explanation.latency().value(), 1e-9 * latency_ns, where);
  }
}
