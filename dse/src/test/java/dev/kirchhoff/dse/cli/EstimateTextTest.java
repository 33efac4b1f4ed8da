package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.LayerResult.Noise;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.LossCurve;
import dev.kirchhoff.dse.study.EstimateReport;
import dev.kirchhoff.dse.study.EstimateReport.DesignReport;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Measured;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Score;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Settings;
import dev.kirchhoff.mapper.simulate.LayerError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Tables of designs without an estimate, of layers without an error. */
class EstimateTextTest {
  private static final int ITEMS = 100;
  private static final Noise NOISE = new Noise(20, 0.01, 0, 0, 0, 0, 1, 0, 0);

  private static EstimateReport.Row row(double error, Optional<Band> estimate) {
    return new EstimateReport.Row(
        Map.of(),
        0.9,
        0.9,
        new Measured(
            new Score(88, ITEMS, 0.88, 0.88),
            List.of(new LayerError("exact", 1, 1, 0), new LayerError("noisy", 1, 1, error))),
        estimate.isPresent() ? OptionalDouble.of(20) : OptionalDouble.empty(),
        estimate,
        List.of(NOISE, NOISE));
  }

  private static EstimateReport report(EstimateReport.Row... rows) {
    return new EstimateReport(
        "a network",
        ITEMS,
        new Settings(1, 1, 1),
        0,
        1,
        new AccuracyModel(
            0.9,
            List.of(),
            new LossCurve(List.of(new LossCurve.Point(10, 0, 0, 0))),
            LossCurve.NONE,
            ""),
        List.of(rows));
  }

  @Test
  void aLayerWithoutAnErrorHasADash() {
    String text =
        EstimateText.of(report(row(0.1, Optional.of(new Band(0.01, 0.02, 0.03))))).toString();
    assertTrue(text.matches("(?s).*\\n  exact +- +-\\n.*"), text);
    assertTrue(text.matches("(?s).*\\n  noisy +-10\\.0 dB +0\\.0 dB\\n.*"), text);
    assertFalse(text.contains("NaN"), text);
  }

  /** It counts among the designs, but neither as accepted nor as rejected. */
  @Test
  void aDesignWithoutAnEstimateIsLeftOutOfTheErrors() {
    EstimateReport report =
        report(row(0.1, Optional.of(new Band(0.01, 0.03, 0.04))), row(0.1, Optional.empty()));
    EstimateReport.Document document = report.document();
    assertEquals(2, document.designs());
    assertEquals(0.01, document.meanError().orElseThrow(), 1e-12);
    assertEquals(0.01, document.medianError().orElseThrow(), 1e-12);
    assertEquals(1, document.inBand().orElseThrow());
    assertEquals(1, report.accepted(0.05));
    assertEquals(1, report.rejectedWrongly(0.03));
    DesignReport last = document.rows().get(1);
    assertTrue(last.estimate().isEmpty() && last.estimateHigh().isEmpty());
    assertTrue(last.snr_dB().isEmpty());
    assertFalse(EstimateText.of(report).toString().contains("NaN"));
    EstimateReport none = report(row(0.1, Optional.empty()));
    assertTrue(none.error().isEmpty() && none.inBand().isEmpty());
  }
}
