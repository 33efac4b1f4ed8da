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
    totals.set(Metric.SNR, 20);
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "kirchhoff: 1;chip: {};constraints: [accuracyLoss <= 1 %] | snr stands in for it",
        "kirchhoff: 1;chip: {};constraints: [agreement >= 95 %] | sensitivity NAME.onnx --samples FILE",
        "kirchhoff: 1;chip: {};workload: resnet18;constraints: [\"latency[resnet81] <= 5 ms\"] | no network 'resnet81' in the workload; did you mean resnet18?",
        "kirchhoff: 1;chip: {};workload: resnet18;constraints: [\"area[resnet18] <= 5 mm2\"] | area is the chip's, not a network's; write area without [resnet18]",
        "kirchhoff: 1;chip: {};constraints: [area < 5 mm2] | must compare with <= or >=",
      })
  void invalidConstraintsAreReportedWithTheAllowedForms(String text, String message) {
    String told = problems(text.replace(";", "\n")).toString();
    assertTrue(told.contains(message), told);
  }
}
