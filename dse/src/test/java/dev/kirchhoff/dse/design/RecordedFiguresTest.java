package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.dse.space.LatinHypercube;
import dev.kirchhoff.dse.space.Session;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.evaluate.Ledger;
import dev.kirchhoff.peripherals.PriceTerm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordedFiguresTest {
  private static final long SEED = 20261128;
  private static final int DESIGNS = 40;

  private static DesignSpec spec(String name) throws Exception {
    Path file = Path.of("../examples/" + name + ".yaml");
    return DesignSpec.load(
        file.toString(), List.of(), List.of(), SpecEnvironment.of(new FileSources()));
  }

  /** Of every design: costs sum to totals, slack has the sign of the miss, values are the same. */
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
      CostColumns costs = new CostColumns(spec(name), problem.band());
      List<int[]> designs = LatinHypercube.designs(problem.space(), DESIGNS, SEED);
      float[][] parts = costs.of(designs);
      for (int i = 0; i < parts.length; i++) {
        int[] design = designs.get(i);
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
        assertEquals(figures[0], sum(costs, parts[i], "energy_uJ"), 1e-5 * figures[0], what);
        assertEquals(figures[2], sum(costs, parts[i], "area_mm2"), 1e-5 * figures[2], what);
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

  /**
   * Costs that are computed on demand, of many designs on all processors, bit for bit the terms of
   * the evaluation by which a session of the run judges each design: at the band's end of the run's
   * values, and at nominal prices in a sweep.
   */
  @Test
  void costsOnDemandAreThoseOfTheSessionsEvaluation() throws Exception {
    for (BandEnd end : List.of(BandEnd.NOMINAL, BandEnd.PESSIMISTIC)) {
      for (String name : List.of("bench/resnet18-12db", "two-networks", "mram-binary")) {
        DesignSpec spec = at(end, name);
        SpecProblemSpace problem = new SpecProblemSpace(spec);
        assertEquals(end, problem.band());
        Explainer.FamilyCosts costs = new SpecExplainer().costs(header(spec, problem));
        List<int[]> designs = LatinHypercube.designs(problem.space(), DESIGNS, SEED);
        float[][] found = costs.of(designs);
        Session session = problem.newSession();
        Evaluator evaluator = Evaluator.at(end);
        double[] values = new double[problem.objectives().size()];
        double[] missed = new double[problem.constraints().size()];
        for (int i = 0; i < designs.size(); i++) {
          String what = name + " " + Arrays.toString(designs.get(i));
          EvaluatedDesign one = evaluator.evaluated(spec.newBinder().bind(designs.get(i)));
          session.evaluate(designs.get(i), values, missed, new double[missed.length]);
          for (int m = 0; m < values.length; m++) {
            assertEquals(problem.objectives().get(m).value(one.totals()), values[m], what);
          }
          assertArrayEquals(terms(one, costs.columns()), found[i], what);
          assertArrayEquals(found[i], costs.of(List.of(designs.get(i)))[0], what);
        }
      }
    }
  }

  /** An example whose objectives are judged at an end of their band. */
  private static DesignSpec at(BandEnd end, String name) throws Exception {
    String file = "../examples/" + name + ".yaml";
    return DesignSpec.load(
        file,
        end == BandEnd.NOMINAL
            ? List.of()
            : List.of(Setting.parse("objectives.band=" + end.word())),
        List.of(),
        SpecEnvironment.of(new FileSources()));
  }

  @Test
  void modelsOfTwoRunsThatAreAskedInTurnAreMadeOnce() throws Exception {
    SpecExplainer explainer = new SpecExplainer();
    List<RunEvent.Run> runs = new ArrayList<>();
    for (BandEnd end : List.of(BandEnd.NOMINAL, BandEnd.PESSIMISTIC)) {
      DesignSpec spec = at(end, "mram-binary");
      runs.add(header(spec, new SpecProblemSpace(spec)));
    }
    Explainer.FamilyCosts first = explainer.costs(runs.get(0));
    Explainer.FamilyCosts second = explainer.costs(runs.get(1));
    assertNotSame(first, second);
    assertSame(first, explainer.costs(runs.get(0).in("stopped", "by hand", null)));
    assertSame(second, explainer.costs(runs.get(1)));
  }

  private static RunEvent.Run header(DesignSpec spec, SpecProblemSpace problem) {
    List<RunEvent.Axis> axes =
        problem.objectives().stream()
            .map(o -> RunEvent.Axis.at(problem.band(), o.name(), o.key(), "", o.maximise()))
            .toList();
    return new RunEvent.Run(
        "finished",
        "",
        ModelVersion.text(),
        1,
        DESIGNS,
        "random",
        1,
        SpecText.json(spec),
        List.of(),
        List.of(),
        axes.stream().map(RunEvent.Axis::name).toList(),
        problem.constraints(),
        spec.name(),
        axes);
  }

  /**
   * Terms of the ledger by the keys of columns; the least of a cost, and what has no column, are
   * fixed.
   */
  private static float[] terms(EvaluatedDesign design, List<RunEvent.Column> columns) {
    float[] row = new float[columns.size()];
    Arrays.fill(row, Float.NaN);
    for (Ledger.Cost cost : Ledger.Cost.values()) {
      Map<String, Integer> places = new HashMap<>();
      for (int k = 0; k < row.length; k++) {
        String prefix = "parts." + cost.metric().key() + ".";
        if (columns.get(k).key().startsWith(prefix)) {
          places.put(columns.get(k).key().substring(prefix.length()), k);
        }
      }
      if (places.isEmpty()) {
        continue;
      }
      double[] terms = design.ledger().byTerm(List.of(cost)).get(0);
      double all = Arrays.stream(terms).sum();
      double fixed = 0;
      for (PriceTerm term : PriceTerm.values()) {
        double value = terms[term.index()];
        Integer place = places.get(term.word());
        if (place != null && !term.word().equals("fixed") && value >= 1e-6 * all) {
          row[place] = value == 0 ? Float.NaN : (float) value;
        } else {
          fixed += value;
        }
      }
      row[places.get("fixed")] = fixed == 0 ? Float.NaN : (float) fixed;
    }
    return row;
  }

  /** Sum of the terms that a design has of a cost. */
  private static double sum(CostColumns costs, float[] figures, String metric) {
    List<RunEvent.Column> all = costs.columns();
    double sum = 0;
    for (int k = 0; k < all.size(); k++) {
      if (all.get(k).key().startsWith("parts." + metric + ".") && !Float.isNaN(figures[k])) {
        sum += figures[k];
      }
    }
    return sum;
  }
}
