package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.DesignComparison;
import dev.kirchhoff.arch.event.PartPair;
import dev.kirchhoff.arch.event.SpecDifference;
import dev.kirchhoff.arch.result.JointDraws;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.design.RatioError;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.front.DrawnPair;
import dev.kirchhoff.dse.report.PairReport;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Two designs as a table; ratios have as many digits as their interval leaves. */
final class PairText {
  private static final int FEWEST_DIGITS = 2;
  private static final int MOST_DIGITS = 3;
  private static final int MOST_KNOBS = 12;
  private static final int MOST_SOURCES = 3;
  private static final int MOST_PARTS = 8;
  private static final int WIDEST = 40;

  private final PairReport report;
  private final RunDesigns.RunDesign a;
  private final RunDesigns.RunDesign b;
  private final DrawnPair pair;
  private final List<List<RatioError>> errors;
  private final JointDraws draws;
  private final Totals ofA;
  private final Totals ofB;

  private PairText(PairReport report) {
    this.report = report;
    a = report.a();
    b = report.b();
    pair = report.pair();
    errors = report.errors();
    draws = report.draws();
    ofA = report.ofA();
    ofB = report.ofB();
  }

  /** The comparison in text. */
  static Page of(PairReport report) {
    return new PairText(report).text();
  }

  private DesignSpec spec() {
    return a.spec();
  }

  private Page text() {
    TextTable table = new TextTable("  ");
    table.head("objective", "A", "B", "A / B", "95 % of draws", "outcome").texts(5).optional(4, 3);
    for (int m = 0; m < pair.objectives().size(); m++) {
      DrawnPair.ByObjective by = pair.objectives().get(m);
      Objective objective = by.objective();
      double ours = objective.value(ofA);
      double theirs = objective.value(ofB);
      boolean isRatio = objective.metric().axis().isLogarithmic();
      if (Double.isNaN(ours - theirs)) {
        // One of them has no such figure, as a kernel that has diverged.
        table.row(
            objective.name(),
            objective.metric().print(ours),
            objective.metric().print(theirs),
            "-",
            "",
            "-");
        continue;
      }
      table.row(
          objective.name(),
          objective.metric().print(ours),
          objective.metric().print(theirs),
          isRatio
              ? digits(ours / theirs, by)
              : "A - B = " + objective.metric().print(ours - theirs),
          isRatio && report.modelled().get(m)
              ? digits(by.low(), by) + " .. " + digits(by.high(), by)
              : "",
          outcome(m));
    }
    Page out = new Page();
    out.append("A = #").append(a.index()).append(", B = #").append(b.index());
    out.append(
        report.isOfOneRun()
            ? " of run " + a.run() + ", " + spec().name() + "; "
            : " of runs " + a.run() + " and " + b.run() + "; ");
    out.append(Units.count(draws.count()))
        .append(" joint draws of the models' errors, seed ")
        .append(draws.seed())
        .append('\n')
        .append(table);
    DesignComparison document = report.document();
    List<String> alone = new ArrayList<>(document.onlyA());
    alone.addAll(document.onlyB());
    if (!alone.isEmpty()) {
      out.append("Compared on the objectives that both runs have; not on ")
          .append(String.join(", ", alone))
          .append(".\n");
    }
    for (int m = 0; m < errors.size(); m++) {
      if (!errors.get(m).isEmpty()) {
        out.append("Error of the ratio of ")
            .append(pair.objectives().get(m).objective().name())
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
    for (DesignComparison.MissedLimit missed : report.missed()) {
      out.append("Missed in draws: ").append(missed.limit()).append(misses(missed)).append(".\n");
    }
    for (String note : report.notes()) {
      out.append("Beware: ").append(note).append(".\n");
    }
    return out.append(differences()).append(parts());
  }

  private static String misses(DesignComparison.MissedLimit missed) {
    return (missed.a().isPresent()
            ? ", by A in " + DrawnFrontText.percent(missed.a().getAsDouble())
            : ", no limit of A")
        + (missed.b().isPresent()
            ? ", by B in " + DrawnFrontText.percent(missed.b().getAsDouble())
            : ", no limit of B");
  }

  /** Outcome by an objective; a share of draws only where errors are drawn. */
  private String outcome(int m) {
    DrawnPair.ByObjective by = pair.objectives().get(m);
    boolean isModelled = report.modelled().get(m);
    String a = isModelled ? " in " + DrawnFrontText.percent(by.aBetter()) : "; no error modelled";
    String b = isModelled ? " in " + DrawnFrontText.percent(by.bBetter()) : "; no error modelled";
    return switch (report.verdict(m)) {
      case SAME -> "the same";
      case EQUAL -> "equal within " + within(by.objective());
      case A_BETTER -> "A better" + a;
      case B_BETTER -> "B better" + b;
      case A_AHEAD -> "A ahead" + a;
      case B_AHEAD -> "B ahead" + b;
      case NONE -> "-";
    };
  }

  private static String within(Objective objective) {
    double within = DrawnPair.within(objective.axis());
    return objective.axis().isLogarithmic() ? "1 %" : objective.metric().print(within);
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
    return one + " dominates " + other + " in " + DrawnFrontText.percent(share) + " of draws.\n";
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

  /** Values in which the designs differ; where one has none it is a dash. */
  private Page differences() {
    List<SpecDifference> differ = report.differences();
    TextTable table = new TextTable("  ");
    table.head("differ in", "A", "B").texts(1, 2).keep(1, 2);
    differ.stream()
        .limit(MOST_KNOBS)
        .forEach(each -> table.row(each.path(), value(each.a()), value(each.b())));
    String more =
        differ.size() > MOST_KNOBS ? "  (" + (differ.size() - MOST_KNOBS) + " more: --json)\n" : "";
    return new Page().append(table).append(more);
  }

  static String value(Optional<JsonNode> value) {
    String text = value.map(v -> v.isValueNode() ? v.asText() : v.toString()).orElse("-");
    return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
  }

  /** Energy and area by part, the largest parts of either design. */
  private Page parts() {
    Page out = new Page();
    for (String figure : List.of("energy", "area")) {
      List<PartPair> pairs =
          report.parts().stream().filter(pair -> pair.figure().equals(figure)).toList();
      TextTable table = new TextTable("  ");
      table.head(figure, "A", "B", "A / B");
      for (PartPair pair : pairs.subList(0, Math.min(MOST_PARTS, pairs.size()))) {
        table.row(
            pair.part(),
            print(pair, pair.a()),
            print(pair, pair.b()),
            pair.ratio().isPresent() ? Units.significant(pair.ratio().getAsDouble()) : "");
      }
      out.append(table);
      if (pairs.size() > MOST_PARTS) {
        out.append("  (").append(pairs.size() - MOST_PARTS).append(" more: --json)\n");
      }
    }
    return out;
  }

  private static String print(PartPair pair, OptionalDouble value) {
    return value.isEmpty()
        ? "-"
        : Units.print(
            value.getAsDouble(), pair.unit().equals("fJ") ? Dimension.ENERGY : Dimension.AREA);
  }
}
