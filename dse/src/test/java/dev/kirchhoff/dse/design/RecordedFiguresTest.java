package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.dse.space.LatinHypercube;
import dev.kirchhoff.dse.space.Session;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedFiguresTest {
  private static final long SEED = 20261128;
  private static final int DESIGNS = 40;

  private static DesignSpec spec(String name) throws Exception {
    Path file = Path.of("../examples/" + name + ".yaml");
    return DesignSpec.load(
        file.toString(), List.of(), List.of(), SpecEnvironment.of(new FileSources()));
  }

  /** Of every design: parts sum to totals, slack has the sign of the miss, values are the same. */
  @Test
  void figuresAreThoseOfTheEvaluation() throws Exception {
    for (String name : List.of("resnet18-reram", "two-networks", "mram-binary", "vgg8-pcm")) {
      SpecProblemSpace problem = new SpecProblemSpace(spec(name));
      RunEvent.Recorded recorded = problem.recorded();
      int constraints = problem.constraints().size();
      List<String> metrics = recorded.metrics().stream().map(RunEvent.Column::key).toList();
      assertEquals(
          List.of("energy_uJ", "latency_ms", "area_mm2", "snr_dB", "power_W"),
          metrics.subList(0, 5));
      assertEquals(
          name.equals("two-networks")
              ? List.of("agreement", "reconfigurationTime_ms")
              : List.of("agreement"),
          metrics.subList(5, metrics.size()),
          "metrics that only a constraint of " + name + " limits");
      assertEquals(
          problem.constraints(), recorded.slacks().stream().map(RunEvent.Column::name).toList());
      Session session = problem.newSession();
      double[] values = new double[problem.objectives().size()];
      double[] again = new double[values.length];
      double[] missed = new double[constraints];
      double[] missedAgain = new double[constraints];
      float[] figures = new float[recorded.size()];
      for (int[] design : LatinHypercube.designs(problem.space(), DESIGNS, SEED)) {
        session.evaluate(design, values, missed, new double[constraints], figures);
        session.evaluate(design, again, missedAgain, new double[constraints]);
        String what = name + " " + Arrays.toString(design);
        assertArrayEquals(again, values, what);
        assertArrayEquals(missedAgain, missed, what);
        for (int c = 0; c < constraints; c++) {
          float slack = figures[recorded.metrics().size() + c];
          boolean isEndless = Float.isNaN(slack);
          if (missed[c] > 0 && !isEndless) {
            assertEquals(-missed[c], slack, 1e-6 * missed[c], what);
          } else {
            assertTrue(isEndless || slack >= 0, what + " slack " + c + " is " + slack);
          }
        }
        assertEquals(figures[0], sum(recorded, figures, "energy_uJ"), 1e-5 * figures[0], what);
        assertEquals(figures[2], sum(recorded, figures, "area_mm2"), 1e-5 * figures[2], what);
      }
    }
  }

  /** A limit of the command line stands in the spec of the log, which is read for a resumption. */
  @Test
  void aSpecOfALogRecordsWhatTheSpecOfItsRunDid() throws Exception {
    DesignSpec limited =
        DesignSpec.load(
            "../examples/bench/vgg8-pcm.yaml",
            List.of(),
            List.of("throughput >= 1 1/s"),
            SpecEnvironment.of(new FileSources()));
    DesignSpec again = RunDesigns.resolved(SpecText.json(limited), "the run's spec");
    assertTrue(limited.recorded().contains(Metric.THROUGHPUT), limited.recorded().toString());
    assertEquals(limited.recorded(), again.recorded());
  }

  /** Sum of the terms that a design has of a cost. */
  private static double sum(RunEvent.Recorded recorded, float[] figures, String metric) {
    List<RunEvent.Column> all = recorded.all();
    double sum = 0;
    for (int k = 0; k < all.size(); k++) {
      if (all.get(k).key().startsWith("parts." + metric + ".") && !Float.isNaN(figures[k])) {
        sum += figures[k];
      }
    }
    return sum;
  }
}
