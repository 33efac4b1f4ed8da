package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Score;
import dev.kirchhoff.mapper.simulate.Confidence;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Accuracy by bits of the converters, as text and JSON.
 *
 * @param title network and design
 * @param data samples that it was judged on
 * @param draws chips that were drawn
 * @param quantised the network on ideal hardware, which losses are against
 * @param limit loss that is allowed, of 1
 * @param kinds converters by kind
 */
record BitsReport(
    String title, String data, int draws, Score quantised, double limit, List<OfKind> kinds) {
  /** No estimate. */
  static final Band UNKNOWN = new Band(Double.NaN, Double.NaN, Double.NaN);

  /**
   * A number of bits.
   *
   * @param bits bits of a code
   * @param score simulated accuracy
   * @param loss accuracy lost against ideal hardware, of 1
   * @param estimate estimated loss, of 1; not a number where there is none
   */
  record Row(int bits, Score score, double loss, Band estimate) {
    boolean isEstimated() {
      return !Double.isNaN(estimate.nominal());
    }
  }

  /**
   * Converters of a kind.
   *
   * @param kind word of the kind
   * @param rows by bits, falling
   * @param estimated fewest bits whose estimated loss is allowed, as that of all more bits
   */
  record OfKind(String kind, List<Row> rows, Optional<Integer> estimated) {
    OfKind {
      rows = List.copyOf(rows);
    }

    /** Fewest bits whose simulated loss is allowed, as that of all more bits. */
    Optional<Integer> simulated(double limit) {
      Optional<Integer> fewest = Optional.empty();
      for (Row row : rows) {
        if (row.loss() > limit) {
          return fewest;
        }
        fewest = Optional.of(row.bits());
      }
      return fewest;
    }

    boolean isEstimated() {
      return rows.stream().anyMatch(Row::isEstimated);
    }
  }

  /** As text tables. */
  String text() {
    StringBuilder out = new StringBuilder(title).append('\n').append(data).append('\n');
    out.append(
        String.format(
            Locale.ROOT,
            "on ideal hardware %.1f %%; losses against it, %s points allowed; differences below %s may"
                + " be chance%n",
            100 * quantised.mean(),
            points(limit),
            points(Confidence.chance(quantised.mean(), quantised.items()))));
    for (OfKind kind : kinds) {
      TextTable table = new TextTable("  ");
      table.row(kind.kind(), "accuracy", "95 % interval", "loss", "", "estimated loss", "");
      for (Row row : kind.rows()) {
        Confidence interval = row.score().confidence(draws);
        table.row(
            row.bits() + " b",
            String.format(Locale.ROOT, "%.1f %%", 100 * row.score().mean()),
            String.format(
                Locale.ROOT, "%.1f..%.1f %%", 100 * interval.low(), 100 * interval.high()),
            points(row.loss()),
            row.loss() <= limit ? "" : "too much",
            row.isEstimated() ? estimated(row.estimate()) : "",
            row.isEstimated() && row.estimate().nominal() > limit ? "too much" : "");
      }
      out.append(table).append("  fewest bits: ").append(fewest(kind.simulated(limit)));
      out.append(
          kind.isEstimated() ? " simulated, " + fewest(kind.estimated()) + " estimated\n" : "\n");
    }
    return out.toString();
  }

  private static String fewest(Optional<Integer> bits) {
    return bits.map(b -> b + " b").orElse("none");
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share + 0.0);
  }

  private static String estimated(Band band) {
    String nominal = points(band.nominal());
    return band.isPoint()
        ? nominal
        : nominal + " (" + points(band.low()) + ".." + points(band.high()) + ")";
  }

  /** As JSON; shares are 0..1. */
  ObjectNode json() {
    ObjectNode root = Console.mapper().createObjectNode();
    root.put("title", title).put("data", data).put("draws", draws).put("allowedLoss", limit);
    SimulationReport.put(root.putObject("quantised"), quantised, 1);
    ArrayNode byKind = root.putArray("converters");
    for (OfKind kind : kinds) {
      ObjectNode own = byKind.addObject().put("kind", kind.kind());
      kind.simulated(limit).ifPresent(bits -> own.put("fewestBits", bits));
      if (kind.isEstimated()) {
        kind.estimated().ifPresent(bits -> own.put("fewestBitsEstimated", bits));
      }
      ArrayNode rows = own.putArray("rows");
      for (Row row : kind.rows()) {
        ObjectNode node = rows.addObject().put("bits", row.bits());
        SimulationReport.put(node, row.score(), draws);
        node.put("loss", row.loss());
        if (row.isEstimated()) {
          node.put("estimatedLoss", row.estimate().nominal())
              .put("estimatedLossLow", row.estimate().low())
              .put("estimatedLossHigh", row.estimate().high());
        }
      }
    }
    return root;
  }
}
