package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.space.LatinHypercube;
import dev.kirchhoff.dse.space.Session;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A large sweep, which judges limits of noise first, beside a sweep that computes everything. */
class FirstLimitsTest {
  private static final int DESIGNS = 150;
  private static final long SEED = 20261202;

  private static final class Outcome {
    final double[] values;
    final double[] amounts;
    final double[] shares;
    final float[] recorded;

    Outcome(SpecProblemSpace problem, Session session, int[] design) {
      values = new double[problem.objectives().size()];
      amounts = new double[problem.constraints().size()];
      shares = new double[amounts.length];
      recorded = new float[problem.recorded().size()];
      IslandEvaluator.compute(session, design, values, amounts, shares, recorded);
    }
  }

  /** A limit that some designs meet, and one that all miss, so that every amount is compared. */
  @ParameterizedTest
  @CsvSource({
    "array-adc-sweep, snr >= 14 dB,",
    "array-adc-sweep, snr >= 90 dB,",
    "mram-binary, snr >= 14 dB,",
    "quickstart, snr >= 14 dB,",
    "resnet18-reram, snr >= 14 dB,",
    "resnet18-reram, snr >= 90 dB,",
    "two-networks, snr >= 14 dB,",
    "bench/resnet18-12db, snr >= 14 dB,",
    "bench/vgg8-pcm, snr >= 14 dB,",
    "bench/vgg8-pcm, snr >= 90 dB, 'pe.frontEnd={any: [none, tia]}'",
    "bench/vgg8-pcm, snr >= 90 dB, 'mapping.granularity={any: [crossbar, tile]}'",
    "bench/vgg8-pcm, snr >= 90 dB, 'workload=sequence-lstm;mapping.share={any: [none, layers]}'",
    "bench/vgg8-pcm, snr >= 90 dB,"
        + " 'workload=sequence-lstm;mapping.granularity={any: [crossbar, pe, tile]}'"
  })
  void aDesignHasTheFiguresOfAFullEvaluationOrMissesAFirstLimitByTheSameAmount(
      String example, String limit, String settings) throws Exception {
    DesignSpec spec =
        DesignSpec.load(
            "../examples/" + example + ".yaml",
            settings == null
                ? List.of()
                : Arrays.stream(settings.split(";")).map(Setting::parse).toList(),
            List.of(limit),
            SpecEnvironment.of(new FileSources()));
    SpecProblemSpace whole = SpecProblemSpace.ofSweep(spec);
    SpecProblemSpace first = SpecProblemSpace.ofLargeSweep(spec);
    assertEquals(whole.constraints(), first.constraints());
    Session full = whole.newSession();
    Session session = first.newSession();
    int at = whole.constraints().indexOf(limit);
    assertFalse(full.isJudgedFirst(at));
    boolean isFirst = session.isJudgedFirst(at);
    // Layers with precisions of their own are not ranked.
    assertEquals(spec.knobs().stream().noneMatch(knob -> knob.path().contains("[")), isFirst);
    int refused = 0;
    for (int[] design : LatinHypercube.designs(whole.space(), DESIGNS, SEED)) {
      Outcome expected = new Outcome(whole, full, design);
      Outcome found = new Outcome(first, session, design);
      boolean isRefused = false;
      for (int c = 0; c < expected.amounts.length; c++) {
        isRefused |= session.isJudgedFirst(c) && expected.amounts[c] > 0;
      }
      if (!isRefused) {
        assertTrue(Arrays.equals(expected.values, found.values), Arrays.toString(design));
        assertTrue(Arrays.equals(expected.amounts, found.amounts), Arrays.toString(design));
        assertTrue(Arrays.equals(expected.shares, found.shares), Arrays.toString(design));
        assertTrue(Arrays.equals(expected.recorded, found.recorded), Arrays.toString(design));
        continue;
      }
      refused++;
      assertTrue(Arrays.stream(found.values).allMatch(Double::isNaN));
      for (int c = 0; c < expected.amounts.length; c++) {
        boolean isJudged = session.isJudgedFirst(c);
        assertEquals(isJudged ? expected.amounts[c] : 0, found.amounts[c], 0);
        assertEquals(isJudged ? expected.shares[c] : 0, found.shares[c], 0);
      }
      for (int k = 0; k < found.recorded.length; k++) {
        assertTrue(Float.isNaN(found.recorded[k]) || found.recorded[k] == expected.recorded[k]);
      }
    }
    assertEquals(isFirst, refused > 0, "refused: " + refused);
  }
}
