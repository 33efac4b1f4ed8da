package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.dse.study.EstimateReport;
import dev.kirchhoff.dse.study.EstimateReport.FigureError;
import dev.kirchhoff.dse.study.EstimateReport.LayerFit;
import dev.kirchhoff.dse.study.EstimateReport.Limit;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Table;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.Optional;
import java.util.OptionalDouble;

/** Errors of the estimates against simulated chips, as tables. */
final class EstimateText {
  private EstimateText() {}

  /** The report as text. */
  static Page of(EstimateReport report) {
    TextTable figures =
        new TextTable("  ")
            .head("", "designs", "rank correlation", "mean difference", "estimate over", "in band");
    figure("agreement", report.agreement(), figures);
    figure(Sentence.of("above {%.0f} %", 100 * EstimateReport.USEFUL), report.useful(), figures);
    figure("accuracyLoss", report.loss(), figures);
    return new Page()
        .line("{}", report.title())
        .line(
            "{} random designs ({} more cannot be simulated), {} samples on {} chip{|s} of each, seed"
                + " {}",
            report.rows().size(),
            report.refused(),
            report.items(),
            report.draws(),
            Long.toString(report.seed()))
        .append(figures)
        .append(
            new Table<Limit>("  ")
                .column("limit, by the low end", of -> Sentence.of("{%.0f} %", 100 * of.limit()))
                .column("accepted", Limit::accepted)
                .column("wrongly", Limit::wrongly)
                .column("rejected wrongly", Limit::rejectedWrongly)
                .column("within, simulated", Limit::within)
                .of(report.limits()))
        .append("products of the layers, estimated over simulated noise\n")
        .append(
            new Table<LayerFit>("  ")
                .column("layer", LayerFit::layer)
                .column("mean", fit -> decibels("{%+.1f} dB", fit.mean_dB()))
                .column("spread", fit -> decibels("{%.1f} dB", fit.spread_dB()))
                .of(report.layers()));
  }

  private static void figure(String name, Optional<FigureError> found, TextTable table) {
    if (found.isEmpty()) {
      table.row(name, "0", "-", "-", "-", "-");
      return;
    }
    FigureError figure = found.get();
    OptionalDouble rank = figure.error().rankCorrelation();
    table.row(
        name,
        Integer.toString(figure.error().pairs()),
        rank.isPresent() ? Sentence.of("{%.3f}", rank.getAsDouble()) : "-",
        Sentence.of("{%.1f} points", 100 * figure.error().absolute()),
        Sentence.of("{%+.1f} points", 100 * figure.error().bias()),
        Sentence.of("{%.0f} %", 100 * figure.inBand()));
  }

  private static String decibels(String format, OptionalDouble value) {
    return value.isPresent() ? Sentence.of(format, value.getAsDouble()) : "-";
  }
}
