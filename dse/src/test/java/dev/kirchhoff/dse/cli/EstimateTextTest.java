package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.LayerResult.Noise;
import dev.kirchhoff.dse.study.EstimateReport;
import dev.kirchhoff.mapper.simulate.LayerError;
import dev.kirchhoff.mapper.simulate.NetworkAccuracy.Measured;
import dev.kirchhoff.mapper.simulate.PairedCount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Tables of designs without an estimate, of layers without an error. */
class EstimateTextTest {
  private static final int ITEMS = 100;
  private static final Noise NOISE = new Noise(20, 0.01, 0, 0, 0, 0, 1, 0, 0);

  private static EstimateReport.Row row(PairedCount count, double error, Optional<Band> agreement) {
    return new EstimateReport.Row(
        Map.of(),
        new Measured(
            count, List.of(new LayerError("exact", 1, 1, 0), new LayerError("noisy", 1, 1, error))),
        agreement.isPresent() ? OptionalDouble.of(20) : OptionalDouble.empty(),
        agreement,
        agreement.map(band -> new Band(0, 0.02, 0.05)),
        List.of(NOISE, NOISE));
  }

  private static EstimateReport.Row kept(int kept, Optional<Band> agreement) {
    return row(new PairedCount(ITEMS, 1, kept), 0.1, agreement);
  }

  private static EstimateReport report(EstimateReport.Row... rows) {
    return new EstimateReport("a network", ITEMS, 1, 1, 0, List.of(rows));
  }

  @Test
  void aLayerWithoutAnErrorHasADash() {
    String text =
        EstimateText.of(report(kept(95, Optional.of(new Band(0.9, 0.93, 0.97))))).toString();
    assertTrue(text.matches("(?s).*\\n  exact +- +-\\n.*"), text);
    assertTrue(text.matches("(?s).*\\n  noisy +\\+0\\.0 dB|(?s).*\\n  noisy +-10\\.0 dB.*"), text);
    assertFalse(text.contains("NaN"), text);
  }

  /** By hand: 96 and 60 kept, 94 and 70 estimated: off by 2 and 10, 4 too high in the mean. */
  @Test
  void errorsAreThoseOfTheDesignsThatHaveAnEstimate() {
    EstimateReport report =
        report(
            kept(96, Optional.of(new Band(0.9, 0.94, 0.97))),
            kept(60, Optional.of(new Band(0.65, 0.7, 0.75))),
            kept(99, Optional.empty()));
    EstimateReport.FigureError all = report.agreement().orElseThrow();
    assertEquals(2, all.error().pairs());
    assertEquals(0.06, all.error().absolute(), 1e-12);
    assertEquals(0.04, all.error().bias(), 1e-12);
    assertEquals(0.5, all.inBand(), 1e-12);
    assertEquals(0.02, report.useful().orElseThrow().error().absolute(), 1e-12);
    assertTrue(report.loss().isEmpty());
    EstimateReport.Limit limit = report.limits().get(1);
    assertEquals(new EstimateReport.Limit(0.9, 1, 0, 0, 2), limit);
    assertEquals(new EstimateReport.Limit(0.95, 0, 0, 1, 2), report.limits().get(2));
    assertTrue(EstimateText.of(report).toString().contains("accuracyLoss        0"));
  }

  /** With labels the loss is compared too: 3 of 100 are lost, 2 estimated. */
  @Test
  void labelsGiveTheErrorOfTheLoss() {
    PairedCount count = new PairedCount(ITEMS, 1, 95, 90, 4, 1);
    EstimateReport report = report(row(count, 0.1, Optional.of(new Band(0.9, 0.93, 0.97))));
    assertEquals(0.01, report.loss().orElseThrow().error().absolute(), 1e-12);
    EstimateReport.DesignReport design = report.document().rows().get(0);
    assertEquals(0.03, design.accuracyLoss().orElseThrow().simulated(), 1e-12);
    assertEquals(0.95, design.agreement().simulated(), 1e-12);
    EstimateReport none = report(kept(80, Optional.empty()));
    assertTrue(none.agreement().isEmpty());
    assertFalse(EstimateText.of(none).toString().contains("NaN"));
  }
}
