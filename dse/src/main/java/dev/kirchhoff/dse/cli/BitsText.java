package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.dse.study.BitsReport;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Table;
import java.util.Optional;

/** Accuracy by bits of the converters, as tables. */
final class BitsText {
  private BitsText() {}

  /** A table a kind. */
  static Page of(BitsReport report) {
    double limit = report.allowedLoss();
    Page out =
        new Page()
            .line("{}\n{}", report.title(), report.data())
            .line(
                "on ideal hardware {%.1f} %; losses against it, {} points allowed; differences"
                    + " below {} may be chance",
                100 * report.quantised().accuracy(), points(limit), points(report.chance()));
    for (BitsReport.OfKind kind : report.converters()) {
      out.append(
              new Table<BitsReport.Row>("  ")
                  .column(kind.kind(), row -> row.bits() + " b")
                  .column(report.figure(), row -> SimulatedText.percent(row.score().accuracy()))
                  .column("95 % interval", row -> SimulatedText.interval(row.score()))
                  .column("loss", row -> points(row.loss()))
                  .column("", row -> row.loss() <= limit ? "" : "too much")
                  .column("estimated loss", row -> row.estimate().map(BitsText::band).orElse(""))
                  .column(
                      "",
                      row ->
                          row.estimate()
                              .filter(at -> at.nominal() > limit)
                              .map(at -> "too much")
                              .orElse(""))
                  .of(kind.rows()))
          .line(
              "  fewest bits: {}{}",
              fewest(kind.fewestBits()),
              kind.isEstimated()
                  ? " simulated, " + fewest(kind.fewestBitsEstimated()) + " estimated"
                  : "");
    }
    return out;
  }

  private static String fewest(Optional<Integer> bits) {
    return bits.map(b -> b + " b").orElse("none");
  }

  private static String points(double share) {
    return Sentence.of("{%.1f}", 100 * share + 0.0);
  }

  private static String band(Band band) {
    String nominal = points(band.nominal());
    return band.isPoint()
        ? nominal
        : Sentence.of("{} ({}..{})", nominal, points(band.low()), points(band.high()));
  }
}
