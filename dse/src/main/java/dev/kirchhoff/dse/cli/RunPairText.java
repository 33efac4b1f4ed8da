package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.event.RunComparison;
import dev.kirchhoff.arch.result.Aggregation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Units;
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
    table.row("state", a.state(), b.state(), "");
    table.row("designs", Units.count(a.evaluated()), Units.count(b.evaluated()), "");
    table.row("members", Units.count(a.members()), Units.count(b.members()), "");
    boolean isProjected = !pair.onlyA().isEmpty() || !pair.onlyB().isEmpty();
    if (isProjected) {
      table.row("members compared", Units.count(a.compared()), Units.count(b.compared()), "");
    }
    table.row(
        "hypervolume",
        Units.significant(a.hypervolume()),
        Units.significant(b.hypervolume()),
        b.hypervolume() > 0 ? Units.significant(a.hypervolume() / b.hypervolume()) : "");
    table.row(
        "dominated by the other",
        DrawnFrontText.percent(a.dominated()),
        DrawnFrontText.percent(b.dominated()),
        "");
    for (RunComparison.BestPair best : pair.best()) {
      Optional<Metric> metric = Aggregation.metricOf(best.key());
      table.row(
          (best.maximise() ? "most " : "least ") + best.name(),
          value(metric, best.a(), best.aIndex()),
          value(metric, best.b(), best.bIndex()),
          best.ratio().isPresent()
              ? Units.significant(best.ratio().getAsDouble())
              : best.difference().isPresent()
                  ? "A - B = " + print(metric, best.difference().getAsDouble())
                  : "");
    }
    String head =
        "A = run "
            + a.run()
            + ", seed "
            + a.seed()
            + "; B = run "
            + b.run()
            + ", seed "
            + b.seed()
            + "\n";
    return new Page()
        .append(head)
        .append(table)
        .append(Units.count(pair.common()))
        .append(pair.common() == 1 ? " member is" : " members are")
        .append(" on both fronts. Hypervolume: share of the box around both fronts.\n")
        .append(isProjected ? projection(pair) : "")
        .append(dominators("A", a.strongest(), "B", b.dominated(), b.compared()))
        .append(dominators("B", b.strongest(), "A", a.dominated(), a.compared()))
        .append(pair.underBoth().map(RunPairText::underBoth).orElse(""))
        .append(knobs(pair))
        .append(differences(pair));
  }

  private static String projection(RunComparison pair) {
    return "Compared on "
        + pair.best().stream().map(RunComparison.BestPair::name).collect(Collectors.joining(", "))
        + ", the objectives of both, by the members that are on the front of these"
        + alone("A", pair.onlyA())
        + alone("B", pair.onlyB())
        + ".\n";
  }

  private static String alone(String run, List<String> objectives) {
    return objectives.isEmpty() ? "" : "; " + run + " alone has " + String.join(", ", objectives);
  }

  /** Sentence on the designs of a run that dominate members of the other. */
  private static String dominators(
      String run, Optional<Long> strongest, String rival, double dominated, int members) {
    return strongest
        .map(
            index ->
                run
                    + " has designs that dominate "
                    + Units.count(Math.round(dominated * members))
                    + " of the "
                    + Units.count(members)
                    + " members of "
                    + rival
                    + ", #"
                    + index
                    + " the most.\n")
        .orElse("");
  }

  /** Both runs by the limits of both. */
  private static String underBoth(RunComparison.UnderBoth both) {
    RunComparison.Judged a = both.a();
    RunComparison.Judged b = both.b();
    StringBuilder text = new StringBuilder("By the limits of both (");
    text.append(String.join(", ", both.limits()))
        .append("): ")
        .append(Units.count(a.meeting()))
        .append(" evaluated designs of A meet them, ")
        .append(Units.count(b.meeting()))
        .append(" of B; hypervolume ")
        .append(Units.significant(a.hypervolume()))
        .append(" and ")
        .append(Units.significant(b.hypervolume()));
    for (RunComparison.BestPair best : both.best()) {
      Optional<Metric> metric = Aggregation.metricOf(best.key());
      text.append("; ")
          .append(best.maximise() ? "most " : "least ")
          .append(best.name())
          .append(" A ")
          .append(value(metric, best.a(), best.aIndex()).replace("  ", " "))
          .append(", B ")
          .append(value(metric, best.b(), best.bIndex()).replace("  ", " "));
    }
    text.append(".\n");
    if (!both.unjudged().isEmpty()) {
      text.append("Not judged, for want of a recorded figure: ")
          .append(String.join(", ", both.unjudged()))
          .append(".\n");
    }
    return text.append(dominators("By these A", a.strongest(), "B", b.dominated(), b.members()))
        .append(dominators("By these B", b.strongest(), "A", a.dominated(), a.members()))
        .toString();
  }

  /** Knobs by which the fronts differ the most, with the shares of their values. */
  private static Page knobs(RunComparison pair) {
    if (pair.knobs().isEmpty()) {
      return new Page();
    }
    TextTable table = new TextTable("  ");
    table.head("fronts differ in", "value", "A", "B").texts(1).keep(1, 2, 3);
    for (RunComparison.KnobShares knob :
        pair.knobs().subList(0, Math.min(MOST_KNOBS, pair.knobs().size()))) {
      String path = knob.path();
      for (RunComparison.ValueShare share :
          knob.values().subList(0, Math.min(MOST_VALUES, knob.values().size()))) {
        table.row(
            path,
            share.value(),
            DrawnFrontText.percent(share.a()),
            DrawnFrontText.percent(share.b()));
        path = "";
      }
    }
    return new Page().append(table);
  }

  private static String value(Optional<Metric> metric, OptionalDouble value, Optional<Long> index) {
    return value.isEmpty()
        ? "-"
        : print(metric, value.getAsDouble()) + index.map(i -> "  #" + i).orElse("");
  }

  private static String print(Optional<Metric> metric, double value) {
    return metric.map(known -> known.print(value)).orElse(Double.toString(value));
  }

  private static Page differences(RunComparison pair) {
    if (pair.differ().isEmpty()) {
      return new Page().append("The specs are equal.\n");
    }
    TextTable table = new TextTable("  ");
    table.head("specs differ in", "A", "B").texts(1, 2).keep(1, 2);
    pair.differ().stream()
        .limit(MOST_DIFFERENCES)
        .forEach(
            each -> table.row(each.path(), PairText.value(each.a()), PairText.value(each.b())));
    int more = pair.differ().size() - MOST_DIFFERENCES;
    return new Page().append(table).append(more > 0 ? "  (" + more + " more: --json)\n" : "");
  }
}
