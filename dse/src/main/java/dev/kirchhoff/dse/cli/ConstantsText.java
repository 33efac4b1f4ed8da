package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.event.FigureConstants;
import dev.kirchhoff.arch.event.FigureConstants.Constant;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.report.ConstantsReport;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/** Constants of circuit files that figures lean on, in text. */
final class ConstantsText {
  private ConstantsText() {}

  /**
   * The text.
   *
   * @param varied of a setting, where the user can evaluate the design with it
   */
  static Page of(ConstantsReport report, UnaryOperator<String> varied) {
    Page out = new Page();
    if (report.circuit().isEmpty()) {
      out.line("{}: constants of circuits that its figures lean on.", report.name());
    } else {
      out.line("{}: constants that figures of {} lean on.", report.name(), report.circuit());
    }
    out.append(
        "share: change of the figure in percent with one percent more of the constant; band:"
            + " factors from the constant to the ends of what it may be, and the figure there, by"
            + " a run each. What is read or chosen has no band.\n");
    report.figures().forEach(figure -> figure(figure, out));
    report.figures().stream()
        .flatMap(figure -> figure.constants().stream())
        .findFirst()
        .ifPresent(first -> out.append('\n').line("Vary one: {}", varied.apply(first.set())));
    return out;
  }

  /** A figure with the constants that it leans on. */
  static void figure(FigureConstants figure, Page out) {
    TextTable table = new TextTable("  ", 1).left(1, 2, 4).texts(6).optional(6, 2).keep(3, 5);
    table.head(
        "constant", "value", "origin", "share", "band", figure.figure() + " there", "source");
    for (Constant constant : figure.constants()) {
      table.row(
          constant.circuit() + "." + constant.name(),
          Units.brief(constant.value())
              + (constant.unit().equals("1") ? "" : " " + constant.unit()),
          constant.origin(),
          Sentence.of("{%+.2f} %", constant.share()),
          constant.band().map(b -> "x " + Units.brief(b.low()) + " .. " + Units.brief(b.high())),
          constant.band().map(b -> there(figure, b.atLow()) + " .. " + there(figure, b.atHigh())),
          constant.source());
    }
    out.append('\n')
        .line(
            "{} {}: moved by {} constant{|s}{}",
            figure.figure(),
            value(figure, figure.value()),
            figure.of(),
            figure.constants().size() < figure.of() ? ", by these most" : "")
        .append(table);
  }

  private static String there(FigureConstants figure, OptionalDouble value) {
    return value.isPresent() ? value(figure, value.getAsDouble()) : "none";
  }

  private static String value(FigureConstants figure, double value) {
    return Metric.ofWord(figure.figure())
        .filter(metric -> metric.unit().equals(figure.unit()))
        .map(metric -> metric.print(value))
        .orElseGet(() -> print(value, figure.unit()));
  }

  private static String print(double value, String unit) {
    return Dimension.ofUnit(unit)
        .map(
            dimension ->
                Units.print(value * dimension.unit(unit).orElseThrow().factor(), dimension))
        .orElseGet(() -> Units.significant(value) + (unit.equals("1") ? "" : " " + unit));
  }
}
