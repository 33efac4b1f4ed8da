package dev.kirchhoff.arch.design;

import static dev.kirchhoff.arch.design.LoadedSpecs.example;
import static dev.kirchhoff.arch.design.LoadedSpecs.load;
import static dev.kirchhoff.arch.design.LoadedSpecs.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
  @Test
  void conditionsMissByAmounts() throws Exception {
    DesignSpec spec = example("resnet18-reram.yaml");
    Totals totals = new Totals();
    totals.set(Metric.AREA, 262);
    totals.set(Metric.AGREEMENT, 0.92);
    totals.set(Metric.LATENCY, 5.5);
    var view = spec.tree().view(spec.tree().start());
    Condition area = spec.conditions().get(0);
    Condition latency = spec.conditions().get(2);
    assertEquals(12, area.reported(area.miss(view, totals)), 1e-9);
    assertEquals("12.0 mm2 too much", area.describe(area.miss(view, totals)));
    assertEquals(0, spec.conditions().get(1).miss(view, totals), 0);
    assertEquals(0.5, latency.reported(latency.miss(view, totals)), 1e-9);
    assertFalse(area.isOnKnobs());
  }

  @Test
  void aDesignWithoutTheFigureMissesItsLimitByEverything() throws Exception {
    DesignSpec spec = example("resnet18-reram.yaml");
    var view = spec.tree().view(spec.tree().start());
    assertEquals(Double.MAX_VALUE, spec.conditions().get(1).miss(view, new Totals()));
  }

  @Test
  void aConstraintOnOneOfSeveralNetworksIsJudgedByItsOwnFigure() throws Exception {
    DesignSpec spec =
        load(
            "a.yaml",
            Map.of(
                "a.yaml",
                """
                kirchhoff: 1
                chip: {}
                workload: [{network: nets/two.yaml, weight: 3}, resnet18]
                constraints:
                  - latency[two] <= 5 ms
                  - latency[nets/two.yaml] - latency[resnet18] <= 0 ms
                  - latency <= 5 ms
                """,
                "nets/two.yaml",
                "kirchhoff: 1\nnetwork: ours\nlayers: [{inputs: 3, outputs: 4}]\n"));
    var view = spec.tree().view(spec.tree().start());
    Totals totals = new Totals();
    totals.set(Metric.LATENCY, 4);
    totals.addNetwork("ours").set(Metric.LATENCY, 7);
    totals.addNetwork("resnet18").set(Metric.LATENCY, 3);
    Condition own = spec.conditions().get(0);
    assertEquals(2, own.reported(own.miss(view, totals)), 1e-9);
    assertEquals("ms", own.unit());
    assertEquals("[Term[metric=LATENCY, network=ours]]", own.terms().toString());
    assertEquals(4e6, spec.conditions().get(1).miss(view, totals), 1e-3);
    assertEquals(0, spec.conditions().get(2).miss(view, totals), 0);
    assertTrue(spec.judgesNetworks());
    totals.clear();
    totals.set(Metric.LATENCY, 12);
    totals.addNetwork("resnet18").set(Metric.LATENCY, 9);
    assertEquals(0, own.miss(view, totals), 0);
    // One of two networks is no pair to compare.
    assertEquals(0, spec.conditions().get(1).miss(view, totals), 0);
  }

  private static DesignSpec spec(String text) throws Exception {
    return load("a.yaml", Map.of("a.yaml", "kirchhoff: 1\nchip: {}\n" + text));
  }

  /** The band of an estimate by kind of layer is the same for all designs: its middle judges. */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 0.91, 0",
    "resnet18, 0.87, 0.03",
    "'{network: resnet18, sensitivity: kind}', 0.91, 0",
  })
  void aLimitOnAgreementByKindIsHeldByTheMiddle(String workload, double agreement, double miss)
      throws Exception {
    DesignSpec spec = spec("workload: " + workload + "\nconstraints: [agreement >= 90 %]\n");
    Totals totals = new Totals();
    totals.set(Metric.AGREEMENT, agreement);
    totals.set(Metric.AGREEMENT_LOW, 0.7);
    Condition limit = spec.conditions().get(0);
    assertEquals(miss, limit.miss(spec.tree().view(spec.tree().start()), totals), 1e-12);
    assertEquals(Metric.AGREEMENT, limit.plain().orElseThrow().metric());
    assertEquals("points in the middle of the band", limit.unit());
  }

  /** More agreement than wanted is no matter of a band. */
  @Test
  void anUpperLimitOnAgreementIsOnItsFigureAlone() throws Exception {
    DesignSpec spec = spec("workload: resnet18\nconstraints: [agreement <= 90 %]\n");
    Totals totals = new Totals();
    totals.set(Metric.AGREEMENT, 0.95);
    totals.set(Metric.AGREEMENT_LOW, 0.7);
    Condition limit = spec.conditions().get(0);
    assertEquals(0.05, limit.miss(spec.tree().view(spec.tree().start()), totals), 1e-12);
    assertEquals("", limit.unit());
  }

  @Test
  void theLowEndIsALimitOfItsOwn() throws Exception {
    DesignSpec spec = spec("workload: resnet18\nconstraints: [agreementLow >= 90 %]\n");
    Totals totals = new Totals();
    totals.set(Metric.AGREEMENT, 0.95);
    totals.set(Metric.AGREEMENT_LOW, 0.7);
    Condition limit = spec.conditions().get(0);
    assertEquals(0.2, limit.miss(spec.tree().view(spec.tree().start()), totals), 1e-12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "kirchhoff: 1;chip: {};constraints: [accuracyLoss <= 1 %] | where there are no weights: agreement >= 90 %",
        "kirchhoff: 1;chip: {};constraints: [agreement >= 95 %] | sensitivity NAME.onnx --samples FILE",
        "kirchhoff: 1;chip: {};workload: {network: resnet18, sensitivity: equal};constraints: [agreement >= 95 %] | sensitivity: equal leaves them open",
        "kirchhoff: 1;chip: {};workload: {kernel: dct, rows: 8, columns: 8};constraints: [agreement >= 95 %] | kernels decide nothing",
        "kirchhoff: 1;chip: {};workload: resnet18;constraints: [\"latency[resnet81] <= 5 ms\"] | no network 'resnet81' in the workload; did you mean resnet18?",
        "kirchhoff: 1;chip: {};workload: resnet18;constraints: [\"area[resnet18] <= 5 mm2\"] | area is the chip's, not a network's; write area without [resnet18]",
        "kirchhoff: 1;chip: {};constraints: [area < 5 mm2] | must compare with <= or >=",
      })
  void invalidConstraintsAreReportedWithTheAllowedForms(String text, String message) {
    String told = problems(text.replace(";", "\n")).toString();
    assertTrue(told.contains(message), told);
  }
}
