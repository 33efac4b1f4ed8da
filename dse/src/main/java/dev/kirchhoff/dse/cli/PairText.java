package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.JointDraws;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.design.RatioError;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.front.DrawnPair;
import dev.kirchhoff.dse.report.PairReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Two designs of one run as a table; ratios have as many digits as their interval leaves. */
final class PairText {
  private static final int FEWEST_DIGITS = 2;
  private static final int MOST_DIGITS = 3;
  private static final int MOST_KNOBS = 12;
  private static final int MOST_SOURCES = 3;

  private final RunDesigns.RunDesign a;
  private final RunDesigns.RunDesign b;
  private final DrawnPair pair;
  private final List<List<RatioError>> errors;
  private final JointDraws draws;
  private final Totals ofA;
  private final Totals ofB;

  private PairText(PairReport report) {
    a = report.a();
    b = report.b();
    pair = report.pair();
    errors = report.errors();
    draws = report.draws();
    ofA = report.ofA();
    ofB = report.ofB();
  }

  /** The comparison in text. */
  static String of(PairReport report) {
    return new PairText(report).text();
  }

  private DesignSpec spec() {
    return a.spec();
  }

  private String text() {
    TextTable table = new TextTable("  ");
    table.row("objective", "A", "B", "A / B", "95 % of draws", "A better in");
    for (int m = 0; m < pair.objectives().size(); m++) {
      Objective objective = spec().objectives().get(m);
      DrawnPair.ByObjective by = pair.objectives().get(m);
      double ours = objective.value(ofA);
      double theirs = objective.value(ofB);
      boolean isRatio = objective.metric().axis().isLogarithmic();
      table.row(
          objective.name(),
          objective.metric().print(ours),
          objective.metric().print(theirs),
          isRatio
              ? digits(ours / theirs, by)
              : "A - B = " + objective.metric().print(ours - theirs),
          isRatio ? digits(by.low(), by) + " .. " + digits(by.high(), by) : "",
          DrawnFrontText.percent(by.aBetter()));
    }
    StringBuilder out = new StringBuilder();
    out.append("A = #").append(a.index()).append(", B = #").append(b.index());
    out.append(" of run ").append(a.run()).append(", ").append(spec().name()).append("; ");
    out.append(Units.count(draws.count()))
        .append(" joint draws of the models' errors, seed ")
        .append(draws.seed())
        .append('\n')
        .append(table);
    for (int m = 0; m < errors.size(); m++) {
      if (!errors.get(m).isEmpty()) {
        out.append("Error of the ratio of ")
            .append(spec().objectives().get(m).name())
            .append(": ")
            .append(
                errors.get(m).stream()
                    .limit(MOST_SOURCES)
                    .map(PairText::words)
                    .collect(Collectors.joining(", ")))
            .append(".\n");
      }
    }
    out.append(dominance("A", "B", pair.aDominates()))
        .append(dominance("B", "A", pair.bDominates()));
    out.append("Every limit is met by A in ")
        .append(DrawnFrontText.percent(pair.aFeasible()))
        .append(" of draws, by B in ")
        .append(DrawnFrontText.percent(pair.bFeasible()))
        .append(".\n");
    return out.append(differences()).toString();
  }

  private static String words(RatioError error) {
    return error.source().quantity().word()
        + " of "
        + error.source().model()
        + " ("
        + DrawnFrontText.percent(error.share())
        + ")";
  }

  private static String dominance(String one, String other, double share) {
    return one
        + " beats "
        + other
        + " in every objective in "
        + DrawnFrontText.percent(share)
        + " of draws.\n";
  }

  /** A ratio, with digits down to a tenth of its interval, two or three. */
  private static String digits(double value, DrawnPair.ByObjective by) {
    double width = (by.high() - by.low()) / by.median();
    int digits =
        width > 0
            ? (int)
                Math.max(
                    FEWEST_DIGITS, Math.min(MOST_DIGITS, 1 + Math.ceil(-StrictMath.log10(width))))
            : MOST_DIGITS;
    int exponent = (int) Math.floor(StrictMath.log10(Math.abs(value)));
    double last = StrictMath.pow(10, exponent - digits + 1);
    double rounded = Math.rint(value / last) * last;
    int decimals = Math.max(0, digits - 1 - exponent);
    return String.format(Locale.ROOT, "%." + decimals + "f", rounded);
  }

  /** Knobs in which the designs differ, with both values; where there is none it is a dash. */
  private List<String[]> differing() {
    List<String[]> rows = new ArrayList<>();
    for (int k = 0; k < spec().knobs().size(); k++) {
      int ours = a.ordinals()[k];
      int theirs = b.ordinals()[k];
      if (ours != theirs) {
        Knob knob = spec().knobs().get(k);
        rows.add(new String[] {knob.path(), value(knob, ours), value(knob, theirs)});
      }
    }
    return rows;
  }

  private static String value(Knob knob, int ordinal) {
    return ordinal == Knob.ABSENT ? "-" : knob.values().get(ordinal);
  }

  private String differences() {
    List<String[]> rows = differing();
    TextTable table = new TextTable("  ");
    table.row("differ in", "A", "B");
    rows.stream().limit(MOST_KNOBS).forEach(table::row);
    String more =
        rows.size() > MOST_KNOBS ? "  (" + (rows.size() - MOST_KNOBS) + " more: --json)\n" : "";
    return table + more;
  }
}
