package dev.kirchhoff.arch.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Metric;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of one metric, as the constraints of a spec or a log write them. */
class PlainLimitTest {
  @ParameterizedTest
  @CsvSource({
    "area <= 250 mm2, AREA, true, 2.5e8",
    "area<=250mm2, AREA, true, 2.5e8",
    "snr>=12 dB, SNR, false, 12",
    "latency <= 2 * 2.5 ms, LATENCY, true, 5e6",
    "accuracyLoss <= 6 %, ACCURACY_LOSS_HIGH, true, 0.06",
    "accuracyLoss >= 6 %, ACCURACY_LOSS, false, 0.06",
    "agreement >= 75 %, AGREEMENT_LOW, false, 0.75",
    "agreement <= 75 %, AGREEMENT, true, 0.75"
  })
  void textsStateMetricSideAndBound(String text, Metric metric, boolean atMost, double bound) {
    PlainLimit limit = PlainLimit.of(text).orElseThrow();
    assertEquals(metric, limit.metric());
    assertEquals(atMost, limit.atMost());
    assertEquals(bound, limit.bound(), 1e-12 * bound);
    assertTrue(limit.isMet(bound));
    assertFalse(limit.isMet(Double.NaN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "latency[resnet18] <= 5 ms",
        "area <= 2 mm2 * pe.perTile",
        "area + area <= 5 mm2",
        "pe.perTile <= 8",
        "line width beyond the rules of its layer",
        "area <= "
      })
  void otherTextsAreNone(String text) {
    assertEquals(Optional.empty(), PlainLimit.of(text));
  }

  @Test
  void looserLimitsAreMetByAllThatMeetTheTighter() {
    PlainLimit tight = PlainLimit.of("snr >= 13 dB").orElseThrow();
    PlainLimit loose = PlainLimit.of("snr >= 12 dB").orElseThrow();
    assertTrue(loose.isLooserThan(tight));
    assertFalse(tight.isLooserThan(loose));
    assertFalse(loose.isLooserThan(PlainLimit.of("snr <= 14 dB").orElseThrow()));
  }
}
