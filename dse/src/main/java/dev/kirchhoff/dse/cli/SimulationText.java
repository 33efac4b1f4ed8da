package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.dse.study.SimulationReport;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Score;
import dev.kirchhoff.mapper.simulate.Confidence;
import dev.kirchhoff.mapper.simulate.LayerError;
import java.util.Locale;
import java.util.OptionalDouble;

/** Accuracy of a network on simulated chips, as tables. */
final class SimulationText {
  private SimulationText() {}

  /** The tables of a report. */
  static Page of(SimulationReport report) {
    Score trained = report.trained();
    Score quantised = report.quantised();
    Page out = new Page().append(report.title()).append('\n').append(report.data()).append('\n');
    TextTable references = new TextTable("  ");
    references.head("", "accuracy", "95 % interval");
    references.row("trained, single precision", percent(trained.mean()), interval(trained, 1));
    references.row("quantised, ideal hardware", percent(quantised.mean()), interval(quantised, 1));
    out.append(references).append("simulated, by time since programming\n");
    TextTable byAge = new TextTable("  ");
    byAge.head("age", "accuracy", "95 % interval", "worst chip", "best chip");
    for (SimulationReport.Age age : report.ages()) {
      Score score = age.score();
      byAge.row(
          age.name() + (age.isDesigns() ? " (the spec's)" : ""),
          percent(score.mean()),
          interval(score, report.draws()),
          percent(score.least()),
          percent(score.most()));
    }
    out.append(byAge)
        .append(loss(report))
        .append("products of the layers, signal over what the hardware adds\n");
    TextTable byLayer = new TextTable("  ");
    byLayer.head("layer", "simulated", "estimated");
    for (SimulationReport.LayerRow row : report.layers()) {
      byLayer.row(row.error().layer(), decibel(row.error().snr_dB()), decibel(row.estimate_dB()));
    }
    out.append(byLayer);
    if (!report.costs().isEmpty()) {
      out.append(costs(report));
    }
    return out;
  }

  /** Simulated and estimated loss of accuracy. */
  private static String loss(SimulationReport report) {
    String simulated =
        String.format(
            Locale.ROOT,
            "accuracyLoss at the spec's age: %s points simulated",
            points(report.loss()));
    if (report.estimate().isEmpty()) {
      return simulated + ", no estimate\n";
    }
    Band estimate = report.estimate().get();
    return String.format(
        Locale.ROOT,
        "%s, %s estimated (%s .. %s)%n",
        simulated,
        points(estimate.nominal()),
        points(estimate.low()),
        points(estimate.high()));
  }

  private static Page costs(SimulationReport report) {
    TextTable table = new TextTable("  ");
    table.head("effect", "alone", "loss", "all without", "gain");
    double whole = report.atAge().mean();
    for (SimulationReport.Cost cost : report.costs()) {
      double alone = cost.alone().score().mean();
      double without = cost.without().score().mean();
      table.row(
          cost.effect(),
          percent(alone),
          points(report.quantised().mean() - alone),
          percent(without),
          points(without - whole));
    }
    return new Page()
        .append("what each effect costs, in points of accuracy; below ")
        .append(points(report.chance()))
        .append(" it may be chance\n")
        .append(table);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private static String decibel(OptionalDouble dB) {
    return dB.isPresent() ? decibel(dB.getAsDouble()) : "-";
  }

  private static String decibel(double dB) {
    return dB >= LayerError.MOST_DB ? "exact" : String.format(Locale.ROOT, "%.1f dB", dB);
  }

  private static String interval(Score score, int draws) {
    Confidence interval = score.confidence(draws);
    return String.format(Locale.ROOT, "%.1f..%.1f %%", 100 * interval.low(), 100 * interval.high());
  }
}
