package dev.kirchhoff.arch.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.spec.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Document of the metrics, held to their registration. {@code -Dkirchhoff.rewrite=true} writes it
 * again; the difference is then reviewed.
 */
class MetricDocumentTest {
  private static final Path FILE = Path.of("..", "docs", "metrics.md");
  private static final String HEAD =
      "# Metrics\n\nMade from the registration of the metrics; `./kirchhoff catalog metrics` prints the"
          + " same. Names stand in `objectives`, `constraints`, `sweep` and `expect`, keys in JSON and"
          + " CSV. A metric of a *network* has a value of each network on the chip and one of all"
          + " together (`objectives: {over: ...}`, [spec.md](spec.md)); one of the *chip* is the same"
          + " for all. Distances are taken on the axis: factors on a logarithmic one, differences on a"
          + " linear one.\n";

  private static String text() {
    StringBuilder text = new StringBuilder(HEAD);
    Metric.Group group = null;
    for (Metric metric : Metric.inReadingOrder()) {
      if (metric.group() != group) {
        group = metric.group();
        text.append("\n## ")
            .append(group.title())
            .append(
                "\n\n| name | key | unit | better | axis | of | |\n|---|---|---|---|---|---|---|\n");
      }
      MetricDescription d = MetricDescription.of(metric);
      text.append(
          String.format(
              Locale.ROOT,
              "| `%s` | `%s` | %s | %s | %s | %s | %s |%n",
              d.name(),
              d.key(),
              d.unit().isEmpty() ? "–" : d.unit(),
              d.better(),
              d.scale(),
              d.scope(),
              d.title()));
    }
    return text.toString();
  }

  @Test
  void documentIsMadeFromTheMetrics() throws IOException {
    if (Boolean.getBoolean("kirchhoff.rewrite")) {
      Files.writeString(FILE, text());
    }
    assertEquals(text(), Files.readString(FILE), FILE + " is old; -Dkirchhoff.rewrite=true");
  }

  @Test
  void wordsKeysAndTitlesAreUnique() {
    Set<String> names = new HashSet<>();
    for (Metric metric : Metric.values()) {
      assertTrue(names.add("word " + metric.word()), metric.word());
      assertTrue(names.add("key " + metric.key()), metric.key());
      assertTrue(names.add("title " + metric.title()), metric.title());
    }
  }

  @Test
  void keysEndWithTheUnit() {
    for (Metric metric : Metric.values()) {
      String unit = metric.unit().replace("1/", "per").replace("/", "per");
      String suffix = unit.equals("pers") ? "perS" : unit;
      assertTrue(suffix.isEmpty() || metric.key().endsWith("_" + suffix), metric.key());
    }
  }

  @Test
  void figuresOfTopsAndCountsArePlainNumbersAllOthersHaveADimension() {
    for (Metric metric : Metric.values()) {
      boolean isPlain = metric.unit().isEmpty() || metric.unit().startsWith("TOPS");
      boolean isNumber =
          metric.dimension() == Dimension.NUMBER || metric.dimension() == Dimension.RATIO;
      assertEquals(isPlain, isNumber, metric.word());
    }
  }

  @Test
  void textsByHand() {
    assertEquals("12.3", Metric.TOPS.print(12.34));
    assertEquals("0.372 mm2", Metric.AREA.print(0.372));
    assertEquals("1,024", Metric.CROSSBARS.print(1024));
    assertEquals("1.50 points", Metric.ACCURACY_LOSS.print(0.015));
    assertEquals("0.500", Metric.UTILIZATION.print(0.5));
    assertEquals("2 hours", Metric.REFRESH_INTERVAL.print(7200));
    assertEquals("over 1,000 years", Metric.LIFETIME.print(1e12));
    assertEquals("1000 inferences/s", Metric.THROUGHPUT.print(1000));
    assertEquals("1.62 us", Metric.LATENCY.print(1.62e-3));
  }

  @Test
  void coherentUnitsByHand() {
    assertEquals(2e6, Metric.AREA.coherent(2), 0);
    assertEquals(2, Metric.AREA.inUnit(2e6), 0);
    assertEquals(3e6, Metric.LATENCY.coherent(3), 0);
    assertEquals(5, Metric.TOPS.coherent(5), 0);
    assertEquals(0.05, Metric.ACCURACY_LOSS.coherent(0.05), 0);
  }
}
