package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.dse.study.BitsReport;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.mapper.simulate.Confidence;
import java.util.Locale;
import java.util.Optional;

/** Accuracy by bits of the converters, as tables. */
final class BitsText {
  private BitsText() {}

  /** A table a kind. */
  static Page of(BitsReport report) {
    double limit = report.limit();
    Page out = new Page().append(report.title()).append('\n').append(report.data()).append('\n');
    out.append(
        String.format(
            Locale.ROOT,
            "on ideal hardware %.1f %%; losses against it, %s points allowed; differences below %s may"
                + " be chance%n",
            100 * report.quantised().mean(),
            points(limit),
            points(Confidence.chance(report.quantised().mean(), report.quantised().items()))));
    for (BitsReport.OfKind kind : report.kinds()) {
      TextTable table = new TextTable("  ");
      table.head(kind.kind(), "accuracy", "95 % interval", "loss", "", "estimated loss", "");
      for (BitsReport.Row row : kind.rows()) {
        Confidence interval = row.score().confidence(report.draws());
        table.row(
            row.bits() + " b",
            String.format(Locale.ROOT, "%.1f %%", 100 * row.score().mean()),
            String.format(
                Locale.ROOT, "%.1f..%.1f %%", 100 * interval.low(), 100 * interval.high()),
            points(row.loss()),
            row.loss() <= limit ? "" : "too much",
            row.estimate().map(BitsText::estimated).orElse(""),
            row.estimate().filter(at -> at.nominal() > limit).map(at -> "too much").orElse(""));
      }
      out.append(table).append("  fewest bits: ").append(fewest(kind.simulated(limit)));
      out.append(
          kind.isEstimated() ? " simulated, " + fewest(kind.estimated()) + " estimated\n" : "\n");
    }
    return out;
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
}
