package dev.kirchhoff.dse.cli;

import static dev.kirchhoff.dse.cli.SimulatedText.interval;
import static dev.kirchhoff.dse.cli.SimulatedText.percent;

import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.dse.study.ScoreReport;
import dev.kirchhoff.dse.study.SimulationReport;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Table;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.mapper.simulate.LayerError;

/** Accuracy of a network on simulated chips, as tables. */
final class SimulationText {
  private SimulationText() {}

  /** The tables of a report. */
  static Page of(SimulationReport report) {
    String figure = report.labelled() ? "accuracy" : "agreement";
    TextTable references = new TextTable("  ").head("", figure, "95 % interval");
    if (report.labelled()) {
      reference("trained, single precision", report.trained(), references);
    }
    reference("quantised, ideal hardware", report.quantised(), references);
    Page out =
        new Page()
            .line("{}\n{}", report.title(), report.data())
            .append(references)
            .append("simulated, by time since programming\n")
            .append(
                new Table<SimulationReport.Age>("  ")
                    .column("age", age -> age.name() + (age.isDesigns() ? " (the spec's)" : ""))
                    .column(figure, age -> percent(age.score().accuracy()))
                    .column("95 % interval", age -> interval(age.score()))
                    .column("worst chip", age -> percent(age.score().worstChip()))
                    .column("best chip", age -> percent(age.score().bestChip()))
                    .of(report.ages()))
            .append(told(report))
            .append("products of the layers, signal over what the hardware adds\n")
            .append(
                new Table<SimulationReport.LayerRow>("  ")
                    .column("layer", SimulationReport.LayerRow::layer)
                    .column("simulated", row -> decibel(row.snr_dB()))
                    .column(
                        "estimated",
                        row -> row.estimate_dB().stream().mapToObj(dB -> decibel(dB)).findFirst())
                    .of(report.layers()));
    if (!report.costs().isEmpty()) {
      double quantised = report.quantised().accuracy();
      double whole = report.atAge().accuracy();
      out.line(
              "what each effect costs, in points of " + figure + "; below {%.1f} it may be chance",
              100 * report.chance().orElseThrow())
          .append(
              new Table<SimulationReport.Cost>("  ")
                  .column("effect", SimulationReport.Cost::effect)
                  .column("alone", cost -> percent(cost.alone().accuracy()))
                  .column("loss", cost -> tenths(quantised - cost.alone().accuracy()))
                  .column("all without", cost -> percent(cost.without().accuracy()))
                  .column("gain", cost -> tenths(cost.without().accuracy() - whole))
                  .of(report.costs()));
    }
    return out;
  }

  /** Agreement and loss at the age that is told, simulated and estimated. */
  private static Page told(SimulationReport report) {
    String age = report.told().isDesigns() ? "the spec's" : "this";
    Page page =
        new Page()
            .line(
                "agreement at {} age: {%.1f} % simulated, {}",
                age,
                100 * report.agreement(),
                report
                    .estimatedAgreement()
                    .map(band -> estimated(band.agreement(), band.low(), band.high()))
                    .orElse("no estimate"));
    if (report.loss().isPresent()) {
      page.line(
          "accuracyLoss at {} age: {%.1f} points simulated, {}",
          age,
          100 * report.loss().getAsDouble(),
          report
              .estimate()
              .map(band -> estimated(band.loss(), band.low(), band.high()))
              .orElse("no estimate"));
    }
    return page;
  }

  private static String estimated(double share, double low, double high) {
    return Sentence.of("{%.1f} estimated ({%.1f} .. {%.1f})", 100 * share, 100 * low, 100 * high);
  }

  private static void reference(String name, ScoreReport score, TextTable table) {
    table.row(name, percent(score.accuracy()), interval(score));
  }

  private static String tenths(double share) {
    return Sentence.of("{%.1f}", 100 * share);
  }

  private static String decibel(double dB) {
    return dB >= LayerError.MOST_DB ? "exact" : Sentence.of("{%.1f} dB", dB);
  }
}
