package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.dse.study.EstimateReport;
import dev.kirchhoff.dse.study.EstimateReport.FigureError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The estimates against designs whose chips were simulated once. */
class HeldOutDesignsTest {
  @ParameterizedTest
  @CsvSource({
    "fashion-mlp, 0.97, 4.6, 2, 0",
    "fashion-cnn, 0.94, 12, 7.6, 0",
    "sequence-lstm, 0.9, 10, 5, 4",
    "fashion-resnet20, 0.85, 10, 2, 0"
  })
  void agreementIsEstimatedAsChipsHaveIt(
      String network, double rank, double points, double usefulPoints, int wrongly)
      throws Exception {
    EstimateReport report = HeldOutDesigns.of(network);
    FigureError found = report.agreement().orElseThrow();
    double correlation = found.error().rankCorrelation().orElseThrow();
    assertTrue(correlation >= rank, () -> "rank correlation " + correlation);
    double mean = 100 * found.error().absolute();
    assertTrue(mean <= points, () -> "mean difference " + mean + " points");
    double useful = 100 * report.useful().orElseThrow().error().absolute();
    assertTrue(useful <= usefulPoints, () -> "of useful designs " + useful + " points");
    report.limits().forEach(limit -> assertTrue(limit.wrongly() <= wrongly, limit.toString()));
  }
}
