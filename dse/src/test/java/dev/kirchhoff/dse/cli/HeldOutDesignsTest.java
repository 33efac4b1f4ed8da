package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.dse.study.EstimateReport;
import dev.kirchhoff.dse.study.EstimateReport.FigureError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The estimates against designs whose chips were simulated once. */
class HeldOutDesignsTest {
  @ParameterizedTest
  @CsvSource({"fashion-resnet20, 0.9, 12"})
  void agreementIsEstimatedAsChipsHaveIt(String network, double rank, double points)
      throws Exception {
    EstimateReport report = HeldOutDesigns.of(network);
    FigureError found = report.agreement().orElseThrow();
    double correlation = found.error().rankCorrelation().orElseThrow();
    assertTrue(correlation >= rank, () -> "rank correlation " + correlation);
    double mean = 100 * found.error().absolute();
    assertTrue(mean <= points, () -> "mean difference " + mean + " points");
  }
}
