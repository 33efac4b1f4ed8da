package dev.kirchhoff.arch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.RunEvent.Accuracy;
import dev.kirchhoff.arch.event.RunEvent.Sampled;
import dev.kirchhoff.arch.result.EstimateError;
import dev.kirchhoff.arch.result.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstimatesOfChipsTest {
  private static Accuracy chips(
      double loss, Double estimatedLoss, double agreement, Double estimatedAgreement) {
    return new Accuracy(
        "net",
        sampled(0.9 - loss),
        sampled(loss),
        estimatedLoss,
        sampled(agreement),
        estimatedAgreement,
        null,
        200,
        1,
        1,
        0);
  }

  private static Sampled sampled(double value) {
    return new Sampled(value, value - 0.01, value + 0.01);
  }

  /**
   * By hand: 0.98 - 0.96 and 0.97 - 0.97; a design without an estimate of it counts for nothing.
   */
  @Test
  void theErrorIsThatOfTheAgreementWhereItIsEstimated() {
    EstimateError error =
        Accuracy.errorOfEstimates(
                List.of(
                    chips(0.02, 0.01, 0.96, 0.98),
                    chips(0.05, 0.01, 0.97, 0.97),
                    chips(0.09, 0.01, 0.97, null)))
            .orElseThrow();
    assertEquals(Metric.AGREEMENT, error.metric());
    assertEquals(2, error.pairs());
    assertEquals(0.01, error.bias(), 1e-12);
  }

  /** By hand: 0.01 - 0.02 and 0.01 - 0.05. */
  @Test
  void withoutOneItIsThatOfTheLoss() {
    EstimateError error =
        Accuracy.errorOfEstimates(
                List.of(chips(0.02, 0.01, 0.96, null), chips(0.05, 0.01, 0.97, null)))
            .orElseThrow();
    assertEquals(Metric.ACCURACY_LOSS, error.metric());
    assertEquals(-0.025, error.bias(), 1e-12);
    assertTrue(Accuracy.errorOfEstimates(List.of(chips(0.1, null, 0.9, null))).isEmpty());
    assertTrue(Accuracy.errorOfEstimates(List.of()).isEmpty());
  }
}
