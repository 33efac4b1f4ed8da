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
        .append(dominators("A", a, "B", b))
        .append(dominators("B", b, "A", a))
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
      String run, RunComparison.Side own, String rival, RunComparison.Side other) {
    return own.strongest()
        .map(
            index ->
                run
                    + " has designs that dominate "
                    + Units.count(Math.round(other.dominated() * other.compared()))
                    + " of the "
                    + Units.count(other.compared())
                    + " members of "
                    + rival
                    + ", #"
                    + index
                    + " the most.\n")
        .orElse("");
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
