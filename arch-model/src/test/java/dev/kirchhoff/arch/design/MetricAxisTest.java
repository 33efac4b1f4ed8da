package dev.kirchhoff.arch.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.MetricAxis;
import dev.kirchhoff.arch.spec.Dimension;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricAxisTest {
  private static Set<Metric> linear() {
    Set<Metric> linear = EnumSet.noneOf(Metric.class);
    for (Metric metric : Metric.values()) {
      if (!metric.axis().isLogarithmic()) {
        linear.add(metric);
      }
    }
    return linear;
  }

  @Test
  void decibelsSharesAndTheTimeThatMostChipsDoNotHaveAreLinearAllElseIsLogarithmic() {
    assertEquals(
        EnumSet.of(
            Metric.SNR,
            Metric.ACCURACY_LOSS,
            Metric.ACCURACY_LOSS_HIGH,
            Metric.AGREEMENT,
            Metric.AGREEMENT_LOW,
            Metric.UTILIZATION,
            Metric.RECONFIGURATION_TIME,
            Metric.QUALITY_LOSS,
            Metric.DIGITAL_SHARE),
        linear());
  }

  @Test
  void levelsAndRatiosAreNeverLogarithmic() {
    for (Metric metric : Metric.values()) {
      Dimension dimension = metric.dimension();
      if (dimension == Dimension.LEVEL || dimension == Dimension.RATIO) {
        assertTrue(linear().contains(metric), metric.word());
      }
    }
  }

  @Test
  void coordinatesByHand() {
    assertEquals(2, Metric.AREA.axis().coordinate(100), 1e-12);
    assertEquals(-2, Metric.TOPS.axis().minimised(100, true), 1e-12);
    assertEquals(0.06, Metric.ACCURACY_LOSS.axis().minimised(0.06, false), 0);
    assertEquals(0, Metric.ACCURACY_LOSS.axis().coordinate(0), 0);
    assertEquals(-18, Metric.SNR.axis().minimised(18, true), 0);
    assertEquals(-18, Metric.LEAKAGE.axis().coordinate(0), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> new MetricAxis(MetricAxis.Scale.LINEAR, 0));
  }
}
