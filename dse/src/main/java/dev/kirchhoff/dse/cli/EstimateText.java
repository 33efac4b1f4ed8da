package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.result.EstimateError;
import dev.kirchhoff.dse.study.EstimateReport;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Error of the accuracy estimate against simulated chips, as tables. */
final class EstimateText {
  private EstimateText() {}

  /** The report as text. */
  static Page of(EstimateReport report) {
    List<EstimateReport.Row> rows = report.rows();
    Page out = new Page().append(report.title()).append('\n');
    out.append(
        String.format(
            Locale.ROOT,
            "%,d random designs%s (%,d more cannot be simulated), %,d samples dealt out to chips of each: %d, seed %d%n",
            rows.size(),
            report.bestOf() > 1
                ? ", every second one the best of " + report.bestOf() + " by the estimate,"
                : "",
            report.refused(),
            report.items(),
            report.settings().draws(),
            report.settings().seed()));
    TextTable table = new TextTable("  ");
    table.row("rank correlation", number(report.rankCorrelation(), "%.3f", 1));
    table.row("mean difference", points(report.error().map(EstimateError::absolute)));
    table.row("estimate over simulation", points(report.error().map(EstimateError::bias)));
    table.row("median difference", number(report.medianError(), "%.2f points", 100));
    table.row("within its band", number(report.inBand(), "%.0f %%", 100));
    out.append(table);
    TextTable byLimit = new TextTable("  ");
    byLimit.head(
        "limit, by the high end", "accepted", "wrongly", "rejected wrongly", "within, simulated");
    for (double limit : EstimateReport.LIMITS) {
      byLimit.row(
          String.format(Locale.ROOT, "%.0f points", 100 * limit),
          Long.toString(report.accepted(limit)),
          Long.toString(report.acceptedWrongly(limit)),
          Long.toString(report.rejectedWrongly(limit)),
          Long.toString(report.within(limit)));
    }
    out.append(byLimit).append("products of the layers, estimated over simulated noise\n");
    TextTable byLayer = new TextTable("  ");
    byLayer.head("layer", "mean", "spread");
    for (int l = 0; !rows.isEmpty() && l < rows.get(0).noise().size(); l++) {
      int layer = l;
      double[] dB =
          rows.stream()
              .map(row -> EstimateReport.excess_dB(row, layer))
              .flatMapToDouble(OptionalDouble::stream)
              .filter(Double::isFinite)
              .toArray();
      OptionalDouble mean = Arrays.stream(dB).average();
      byLayer.row(
          rows.get(0).measured().layers().get(l).layer(),
          number(mean, "%+.1f dB", 1),
          number(spread(dB, mean), "%.1f dB", 1));
    }
    return out.append(byLayer);
  }

  /** Standard deviation around the mean; empty without values. */
  private static OptionalDouble spread(double[] values, OptionalDouble mean) {
    return mean.stream()
        .map(m -> Math.sqrt(Arrays.stream(values).map(v -> (v - m) * (v - m)).average().orElse(0)))
        .findFirst();
  }

  private static String points(Optional<Double> share) {
    return share.map(of -> String.format(Locale.ROOT, "%.2f points", 100 * of)).orElse("-");
  }

  private static String number(OptionalDouble value, String format, double times) {
    return value.isPresent()
        ? String.format(Locale.ROOT, format, times * value.getAsDouble())
        : "-";
  }
}
