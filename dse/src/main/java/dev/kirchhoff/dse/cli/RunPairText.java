package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.event.RunComparison;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Two runs as tables: fronts, best values, differences of their specs. */
final class RunPairText {
  private static final int MOST_DIFFERENCES = 20;
  private static final int MOST_KNOBS = 6;
  private static final int MOST_VALUES = 3;

  private RunPairText() {}

  /** The comparison in text. */
  static Page of(RunComparison pair) {
    RunComparison.Side a = pair.a();
    RunComparison.Side b = pair.b();
    TextTable table = new TextTable("  ");
    table.head("", "A", "B", "A / B");
    table.row("state", a.state(), b.state());
    table.row("designs", a.evaluated(), b.evaluated());
    table.row("members", a.members(), b.members());
    boolean isProjected = !pair.onlyA().isEmpty() || !pair.onlyB().isEmpty();
    if (isProjected) {
      table.row("members compared", a.compared(), b.compared());
    }
    table.row(
        "hypervolume",
        a.hypervolume(),
        b.hypervolume(),
        b.hypervolume() > 0 ? a.hypervolume() / b.hypervolume() : "");
    table.row(
        "dominated by the other",
        FrontText.percent(a.dominated()),
        FrontText.percent(b.dominated()));
    for (RunComparison.BestPair best : pair.best()) {
      table.row(
          name(best),
          value(best, best.a(), best.aIndex(), "  #"),
          value(best, best.b(), best.bIndex(), "  #"),
          best.ratio().isPresent()
              ? best.ratio()
              : best.difference().isPresent()
                  ? "A - B = " + PairText.print(best.key(), best.difference().getAsDouble())
                  : "");
    }
    Page out =
        new Page()
            .line(
                "A = run {}, seed {}; B = run {}, seed {}",
                a.run(),
                Long.toString(a.seed()),
                b.run(),
                Long.toString(b.seed()))
            .append(table)
            .line(
                "{} member{ is|s are} on both fronts. Hypervolume: share of the box around both"
                    + " fronts.",
                pair.common());
    if (isProjected) {
      out.line(
          "Compared on {}, the objectives of both, by the members that are on the front of"
              + " these{}{}.",
          pair.best().stream().map(RunComparison.BestPair::name).toList(),
          alone("A", pair.onlyA()),
          alone("B", pair.onlyB()));
    }
    dominators("A", a.strongest(), "B", b.dominated(), b.compared(), out);
    dominators("B", b.strongest(), "A", a.dominated(), a.compared(), out);
    pair.underBoth().ifPresent(both -> underBoth(both, out));
    knobs(pair, out);
    if (pair.differ().isEmpty()) {
      return out.append("The specs are equal.\n");
    }
    PairText.differences("specs differ in", pair.differ(), MOST_DIFFERENCES, out);
    return out;
  }

  private static String alone(String run, List<String> objectives) {
    return objectives.isEmpty() ? "" : Sentence.of("; {} alone has {}", run, objectives);
  }

  /** Sentence on the designs of a run that dominate members of the other. */
  private static void dominators(
      String run, Optional<Long> strongest, String rival, double dominated, int members, Page out) {
    strongest.ifPresent(
        index ->
            out.line(
                "{} has designs that dominate {} of the {} members of {}, #{} the most.",
                run,
                Math.round(dominated * members),
                members,
                rival,
                Long.toString(index)));
  }

  /** Both runs by the limits of both. */
  private static void underBoth(RunComparison.UnderBoth both, Page out) {
    RunComparison.Judged a = both.a();
    RunComparison.Judged b = both.b();
    out.line(
        "By the limits of both ({}): {} evaluated designs of A meet them, {} of B; hypervolume {}"
            + " and {}{}.",
        both.limits(),
        a.meeting(),
        b.meeting(),
        a.hypervolume(),
        b.hypervolume(),
        both.best().stream()
            .map(
                best ->
                    Sentence.of(
                        "; {} A {}, B {}",
                        name(best),
                        value(best, best.a(), best.aIndex(), " #"),
                        value(best, best.b(), best.bIndex(), " #")))
            .collect(Collectors.joining()));
    if (!both.unjudged().isEmpty()) {
      out.line("Not judged, for want of a recorded figure: {}.", both.unjudged());
    }
    dominators("By these A", a.strongest(), "B", b.dominated(), b.members(), out);
    dominators("By these B", b.strongest(), "A", a.dominated(), a.members(), out);
  }

  /** Knobs by which the fronts differ the most, with the shares of their values. */
  private static void knobs(RunComparison pair, Page out) {
    TextTable table = new TextTable("  ");
    table.head("fronts differ in", "value", "A", "B").texts(1).keep(1, 2, 3);
    pair.knobs().stream()
        .limit(MOST_KNOBS)
        .forEach(
            knob -> {
              List<RunComparison.ValueShare> values = knob.values();
              for (int v = 0; v < Math.min(MOST_VALUES, values.size()); v++) {
                table.row(
                    v == 0 ? knob.path() : "",
                    values.get(v).value(),
                    FrontText.percent(values.get(v).a()),
                    FrontText.percent(values.get(v).b()));
              }
            });
    if (!pair.knobs().isEmpty()) {
      out.append(table);
    }
  }

  private static String name(RunComparison.BestPair best) {
    return (best.maximise() ? "most " : "least ") + best.name();
  }

  private static String value(
      RunComparison.BestPair best, OptionalDouble value, Optional<Long> index, String mark) {
    return value.isEmpty()
        ? "-"
        : PairText.print(best.key(), value.getAsDouble())
            + index.map(design -> mark + design).orElse("");
  }
}
