package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.DesignComparison;
import dev.kirchhoff.arch.event.DesignComparison.ByObjective;
import dev.kirchhoff.arch.event.PartPair;
import dev.kirchhoff.arch.event.SpecDifference;
import dev.kirchhoff.arch.result.Aggregation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Two designs as a table; ratios have as many digits as their interval leaves. */
final class PairText {
  private static final int FEWEST_DIGITS = 2;
  private static final int MOST_DIGITS = 3;
  private static final int MOST_KNOBS = 12;
  private static final int MOST_SOURCES = 3;
  private static final int MOST_PARTS = 8;
  private static final int WIDEST = 40;

  private PairText() {}

  /** The comparison in text. */
  static Page of(DesignComparison pair) {
    Page out =
        new Page()
            .line(
                "A = #{}, B = #{}{}; {} joint draws of the models' errors, seed {}",
                Long.toString(pair.a()),
                Long.toString(pair.b()),
                pair.otherRun()
                    .map(other -> " of runs " + pair.run() + " and " + other)
                    .orElse(" of run " + pair.run() + ", " + pair.name()),
                pair.draws().count(),
                Long.toString(pair.draws().seed()))
            .append(
                new Table<ByObjective>("  ")
                    .column("objective", ByObjective::name)
                    .column("A", by -> print(by.key(), by.a()))
                    .column("B", by -> print(by.key(), by.b()))
                    .column("A / B", PairText::ratio)
                    .optional(1)
                    .column("95 % of draws", PairText::interval)
                    .optional(0)
                    .column("outcome", PairText::outcome)
                    .text()
                    .of(pair.objectives()));
    List<String> alone = Stream.concat(pair.onlyA().stream(), pair.onlyB().stream()).toList();
    if (!alone.isEmpty()) {
      out.line("Compared on the objectives that both runs have; not on {}.", alone);
    }
    for (ByObjective by : pair.objectives()) {
      if (!by.sources().isEmpty()) {
        out.line(
            "Error of the ratio of {}: {}.",
            by.name(),
            by.sources().stream()
                .limit(MOST_SOURCES)
                .map(
                    source ->
                        Sentence.of(
                            "{} of {} ({})",
                            source.quantity(),
                            source.model(),
                            FrontText.percent(source.share())))
                .toList());
      }
    }
    out.line("A dominates B in {} of draws.", FrontText.percent(pair.aDominates()));
    out.line("B dominates A in {} of draws.", FrontText.percent(pair.bDominates()));
    out.line(
        "Every limit is met by A in {} of draws, by B in {}.",
        FrontText.percent(pair.aFeasible()),
        FrontText.percent(pair.bFeasible()));
    for (DesignComparison.MissedLimit missed : pair.missed()) {
      out.line(
          "Missed in draws: {}{}{}.",
          missed.limit(),
          missed(missed.a(), "A"),
          missed(missed.b(), "B"));
    }
    pair.notes().forEach(note -> out.line("Beware: {}.", note));
    differences("differ in", pair.differ(), MOST_KNOBS, out);
    parts(pair.parts(), "energy", Dimension.ENERGY, out);
    parts(pair.parts(), "area", Dimension.AREA, out);
    return out;
  }

  private static String missed(OptionalDouble share, String design) {
    return share.isPresent()
        ? ", by " + design + " in " + FrontText.percent(share.getAsDouble())
        : ", no limit of " + design;
  }

  /** A figure of a metric by its key. */
  static String print(String key, double value) {
    Optional<Metric> metric = Aggregation.metricOf(key);
    return metric.map(known -> known.print(value)).orElse(Double.toString(value));
  }

  /** A over B, or A less B; a dash where one has no such figure, as a kernel that has diverged. */
  private static String ratio(ByObjective by) {
    return Double.isNaN(by.a() - by.b())
        ? "-"
        : by.ratio()
            .map(interval -> digits(interval.nominal(), interval))
            .orElseGet(() -> "A - B = " + print(by.key(), by.a() - by.b()));
  }

  private static String interval(ByObjective by) {
    return by.ratio()
        .filter(interval -> by.modelled() && !Double.isNaN(by.a() - by.b()))
        .map(of -> digits(of.low(), of) + " .. " + digits(of.high(), of))
        .orElse("");
  }

  /** Outcome by an objective; a share of draws only where errors are drawn. */
  private static String outcome(ByObjective by) {
    String a = by.modelled() ? " in " + FrontText.percent(by.aBetter()) : "; no error modelled";
    String b = by.modelled() ? " in " + FrontText.percent(by.bBetter()) : "; no error modelled";
    return switch (by.verdict()) {
      case SAME -> "the same";
      case EQUAL ->
          "equal within " + (by.ratio().isPresent() ? "1 %" : print(by.key(), by.within()));
      case A_BETTER -> "A better" + a;
      case B_BETTER -> "B better" + b;
      case A_AHEAD -> "A ahead" + a;
      case B_AHEAD -> "B ahead" + b;
      case NONE -> "-";
    };
  }

  /** A ratio, with digits down to a tenth of its interval, two or three. */
  private static String digits(double value, DesignComparison.Interval by) {
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

  /** Values in which designs or specs differ; where one has none it is a dash. */
  static void differences(String head, List<SpecDifference> differ, int most, Page out) {
    out.append(
        new Table<SpecDifference>("  ")
            .column(head, SpecDifference::path)
            .column("A", each -> value(each.a()))
            .text()
            .keep()
            .column("B", each -> value(each.b()))
            .text()
            .keep()
            .of(differ.subList(0, Math.min(most, differ.size()))));
    more(differ.size() - most, out);
  }

  private static void more(int more, Page out) {
    if (more > 0) {
      out.line("  ({} more: --json)", more);
    }
  }

  private static String value(Optional<JsonNode> value) {
    String text = value.map(v -> v.isValueNode() ? v.asText() : v.toString()).orElse("-");
    return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
  }

  /** Parts of a figure, the largest of either design. */
  private static void parts(List<PartPair> parts, String figure, Dimension dimension, Page out) {
    List<PartPair> pairs = parts.stream().filter(pair -> pair.figure().equals(figure)).toList();
    out.append(
        new Table<PartPair>("  ")
            .column(figure, PartPair::part)
            .column("A", pair -> print(pair.a(), dimension))
            .column("B", pair -> print(pair.b(), dimension))
            .column("A / B", pair -> pair.ratio().isPresent() ? Sentence.word(pair.ratio()) : "")
            .of(pairs.subList(0, Math.min(MOST_PARTS, pairs.size()))));
    more(pairs.size() - MOST_PARTS, out);
  }

  private static String print(OptionalDouble value, Dimension dimension) {
    return value.isEmpty() ? "-" : Units.print(value.getAsDouble(), dimension);
  }
}
