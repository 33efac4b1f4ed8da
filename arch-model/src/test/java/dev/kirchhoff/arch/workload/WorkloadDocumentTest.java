package dev.kirchhoff.arch.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The tables of docs/workloads.md say what the program says. */
class WorkloadDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "workloads.md");

  @Test
  void theTableOfNetworksIsTheCatalogue() throws IOException {
    NetworkCatalogue catalogue = new NetworkCatalogue();
    List<String> rows =
        Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith("| `")).toList();
    assertEquals(catalogue.names().size(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      NetworkSummary summary = catalogue.summary(catalogue.names().get(i)).orElseThrow();
      long digital =
          catalogue.find(summary.name()).orElseThrow().layers().stream()
              .flatMap(layer -> layer.after().stream())
              .mapToLong(DigitalWork::elements)
              .sum();
      String start =
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %d | %,d | %,d | %,d | ",
              summary.name(),
              summary.title(),
              summary.layers(),
              summary.macs(),
              summary.weights(),
              digital);
      assertTrue(rows.get(i).startsWith(start), "wanted " + start + " but " + rows.get(i));
    }
  }

  @Test
  void theTableOfStatisticsIsTheConstants() throws IOException {
    String document = Files.readString(DOCUMENT);
    for (TypicalValues each : TypicalValues.values()) {
      ValueStatistics values = each.statistics();
      String cells =
          String.join(
              " | ",
              digits(values.zeroShare()),
              digits(values.meanAbs()),
              digits(values.rms()),
              digits(values.negativeShare()));
      assertTrue(document.contains("| " + cells + " |"), each + ": " + cells);
    }
  }

  /** Three significant digits of a number below 1. */
  private static String digits(double value) {
    if (value == 0) {
      return "0";
    }
    return String.format(Locale.ROOT, value < 0.1 ? "%.4f" : "%.3f", value);
  }
}
