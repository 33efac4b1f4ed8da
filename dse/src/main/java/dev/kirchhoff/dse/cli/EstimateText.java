package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.result.EstimateError;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.dse.study.EstimateReport;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Table;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Error of the accuracy estimate against simulated chips, as tables. */
final class EstimateText {
  private EstimateText() {}

  /** The report as text. */
  static Page of(EstimateReport report) {
    List<EstimateReport.Row> rows = report.rows();
    TextTable table = new TextTable("  ");
    table.row("rank correlation", number(report.rankCorrelation(), "{%.3f}", 1));
    table.row("mean difference", points(report.error().map(EstimateError::absolute)));
    table.row("estimate over simulation", points(report.error().map(EstimateError::bias)));
    table.row("median difference", number(report.medianError(), "{%.2f} points", 100));
    table.row("within its band", number(report.inBand(), "{%.0f} %", 100));
    List<Integer> layers =
        IntStream.range(0, rows.isEmpty() ? 0 : rows.get(0).noise().size()).boxed().toList();
    return new Page()
        .line("{}", report.title())
        .line(
            "{} random designs{} ({} more cannot be simulated), {} samples dealt out to chips of"
                + " each: {}, seed {}",
            rows.size(),
            report.bestOf() > 1
                ? ", every second one the best of " + report.bestOf() + " by the estimate,"
                : "",
            report.refused(),
            report.items(),
            Integer.toString(report.settings().draws()),
            Long.toString(report.settings().seed()))
        .append(table)
        .append(
            new Table<Double>("  ")
                .column(
                    "limit, by the high end", limit -> Sentence.of("{%.0f} points", 100 * limit))
                .column("accepted", report::accepted)
                .column("wrongly", report::acceptedWrongly)
                .column("rejected wrongly", report::rejectedWrongly)
                .column("within, simulated", report::within)
                .of(EstimateReport.LIMITS))
        .append("products of the layers, estimated over simulated noise\n")
        .append(
            new Table<Integer>("  ")
                .column("layer", layer -> rows.get(0).measured().layers().get(layer).layer())
                .column("mean", layer -> number(mean(excess_dB(rows, layer)), "{%+.1f} dB", 1))
                .column("spread", layer -> number(spread(excess_dB(rows, layer)), "{%.1f} dB", 1))
                .of(layers));
  }

  private static double[] excess_dB(List<EstimateReport.Row> rows, int layer) {
    return rows.stream()
        .map(row -> EstimateReport.excess_dB(row, layer))
        .flatMapToDouble(OptionalDouble::stream)
        .filter(Double::isFinite)
        .toArray();
  }

  private static OptionalDouble mean(double[] values) {
    return Arrays.stream(values).average();
  }

  /** Standard deviation around the mean; empty without values. */
  private static OptionalDouble spread(double[] values) {
    return mean(values).stream()
        .map(m -> Math.sqrt(Arrays.stream(values).map(v -> (v - m) * (v - m)).average().orElse(0)))
        .findFirst();
  }

  private static String points(Optional<Double> share) {
    return share.map(of -> Sentence.of("{%.2f} points", 100 * of)).orElse("-");
  }

  private static String number(OptionalDouble value, String format, double times) {
    return value.isPresent() ? Sentence.of(format, times * value.getAsDouble()) : "-";
  }
}
