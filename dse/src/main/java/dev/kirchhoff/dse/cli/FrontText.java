package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.Condition;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.report.DrawnFront;
import dev.kirchhoff.dse.report.FrontReport;
import dev.kirchhoff.dse.report.FrontReport.MemberReport;
import dev.kirchhoff.dse.report.RankedFront;
import dev.kirchhoff.dse.report.SimulatedFront;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Style;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Front of a search as a table with the sentences below it. */
final class FrontText {
  private final FrontReport report;
  private final RankedFront front;
  private final DesignSpec spec;
  private final ExploreResult result;
  private final SimulatedFront simulated;
  private final DrawnFront drawn;

  private FrontText(
      FrontReport report, RankedFront front, DrawnFront drawn, SimulatedFront simulated) {
    this.report = report;
    this.front = front;
    this.spec = front.spec();
    this.result = front.result();
    this.simulated = simulated;
    this.drawn = drawn;
  }

  /**
   * The text of a front.
   *
   * @param report its figures
   * @param all all its members; else a spread of them
   */
  static Page of(
      FrontReport report,
      RankedFront front,
      DrawnFront drawn,
      SimulatedFront simulated,
      boolean all) {
    return new FrontText(report, front, drawn, simulated).text(all);
  }

  private Page text(boolean all) {
    if (front.isEmpty()) {
      return nothingFeasible();
    }
    DesignBinder binder = spec.newBinder();
    List<Design> designs =
        front.members().stream().map(m -> binder.bind(RankedFront.ordinals(m))).toList();
    DesignTraits traits = DesignTraits.of(designs, front.knobs());
    List<Integer> places = places(all);
    Page out = new Page().append(table(traits, places));
    int hidden = front.members().size() - places.size();
    String more = hidden > 0 ? hidden + " more: --all" : "";
    String marks = front.knee().isPresent() ? "* knee" : "";
    String band =
        spec.band() == BandEnd.NOMINAL ? "" : "figures of the band's " + report.band() + " end";
    String note =
        String.join("; ", List.of(more, marks, band).stream().filter(s -> !s.isEmpty()).toList());
    if (!note.isEmpty()) {
      out.append("  (").append(note).append(")\n");
    }
    out.append(Units.count(front.members().size()))
        .append(front.members().size() == 1 ? " design" : " designs")
        .append(" on the front; ");
    out.append(Units.count(report.evaluated())).append(" evaluated, ");
    out.append(Units.count(report.feasible())).append(" feasible. ");
    out.append(ending()).append('\n');
    out.append(traits.sentence());
    out.append(DrawnFrontText.sentence(drawn, front.members().size()))
        .append(SimulatedFrontText.sentence(simulated, front.members().size()));
    out.append(
        FitCoverageText.sentence(report.front().stream().map(MemberReport::standing).toList()));
    return out.append(BindingText.of(report.binding())).append(misses());
  }

  private Page nothingFeasible() {
    long evaluated = report.evaluated();
    if (evaluated == 0) {
      return new Page().append("No design is evaluated yet.\n");
    }
    String nearest =
        front
            .nearest()
            .map(
                near -> "; #" + near.index() + " misses least: " + String.join(", ", near.misses()))
            .orElse("");
    return new Page()
        .append("no design of " + Units.count(evaluated) + " meets every constraint")
        .append(isOver(result.reason()) ? "" : " yet")
        .append(nearest + ".\n" + misses() + ending() + "\n");
  }

  /** False for a search that can be resumed. */
  private static boolean isOver(ExploreResult.End reason) {
    return reason != ExploreResult.End.STOPPED && reason != ExploreResult.End.UNFINISHED;
  }

  /**
   * The command to go on with.
   *
   * @param run the run as a command takes it
   * @param data the option of its data directory, with a space before it; empty without one
   * @param isOver false for a run that can be resumed
   */
  static String next(RankedFront front, String run, String data, boolean isOver) {
    String resume = isOver ? "" : "The search goes on with ./kirchhoff resume " + run + data;
    if (!front.isEmpty()) {
      return (isOver ? "" : resume + "; ")
          + "Next: ./kirchhoff explain --design "
          + run
          + "#"
          + front.suggested().index()
          + data;
    }
    if (!isOver) {
      return resume;
    }
    return front
        .nearest()
        .map(
            near ->
                "Next: loosen a limit that #"
                    + near.index()
                    + " misses, or search longer; all of its figures: ./kirchhoff evaluate --design "
                    + run
                    + "#"
                    + near.index()
                    + data)
        .orElse("Next: loosen a limit");
  }

  /** Places of the members of the table: all, or a spread with the one that sentences name. */
  private List<Integer> places(boolean all) {
    int members = front.members().size();
    Set<Integer> places =
        new TreeSet<>(front.spread(all ? members : Math.min(RankedFront.ROWS, members)));
    IntStream.range(0, members)
        .filter(place -> front.members().get(place).index() == drawn.leastSure())
        .forEach(places::add);
    return List.copyOf(places);
  }

  /** True if estimates of accuracy were made and no column shows them. */
  private boolean needsEstimate(List<Column> columns) {
    return simulated.hasEstimates()
        && columns.stream().noneMatch(column -> column.metric() == Metric.ACCURACY_LOSS);
  }

  /** A figure of a design. */
  private record Column(String name, Metric metric, Function<MemberReport, String> print) {
    static Column of(Objective objective, int place) {
      return new Column(
          objective.name(),
          objective.metric(),
          member -> objective.metric().print(member.design().values().get(place)));
    }

    /** A figure of all networks, or of one of them where one is named. */
    static Column of(Condition.Term term) {
      Metric metric = term.metric();
      return term.network().isEmpty()
          ? new Column(metric.word(), metric, member -> member.totals().print(metric))
          : new Column(
              metric.word() + "[" + term.network() + "]",
              metric,
              member -> member.network(term.network()).map(own -> own.print(metric)).orElse("-"));
    }
  }

  /** Objectives, then the figures that constraints speak of. */
  private List<Column> columns() {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (int place = 0; place < spec.objectives().size(); place++) {
      Column column = Column.of(spec.objectives().get(place), place);
      columns.put(column.name(), column);
    }
    for (Condition condition : spec.conditions()) {
      for (Condition.Term term : condition.terms()) {
        Column column = Column.of(term);
        columns.putIfAbsent(column.name(), column);
      }
    }
    return new ArrayList<>(columns.values());
  }

  /** The objectives stay at any width; traits go before figures of limits. */
  private TextTable table(DesignTraits traits, List<Integer> places) {
    List<Column> columns = columns();
    boolean needsEstimate = needsEstimate(columns);
    List<String> head = new ArrayList<>(List.of("design"));
    columns.forEach(column -> head.add(column.name()));
    int onFront = head.size();
    head.add("on front");
    if (!simulated.isEmpty()) {
      head.addAll(List.of(needsEstimate ? "estimated loss" : "", "simulated loss"));
    }
    int firstTrait = head.size();
    traits.differing().forEach(trait -> head.add(trait.name()));
    int silicon = head.size();
    head.add("silicon");
    TextTable table = new TextTable("  ").head(head.toArray(String[]::new)).optional(silicon);
    for (int column = silicon - 1; column >= firstTrait; column--) {
      table.optional(column);
    }
    for (int column = onFront - 1; column > spec.objectives().size(); column--) {
      table.optional(column);
    }
    table.optional(onFront).left(IntStream.rangeClosed(firstTrait, silicon).toArray());
    for (int at : places) {
      MemberReport member = report.front().get(at);
      long index = member.design().index();
      List<String> cells = new ArrayList<>();
      cells.add("#" + index + (front.isKnee(at) ? " *" : ""));
      columns.forEach(column -> cells.add(column.print().apply(member)));
      cells.add(DrawnFrontText.share(drawn, index));
      if (!simulated.isEmpty()) {
        cells.add(needsEstimate ? SimulatedFrontText.estimate(simulated, index) : "");
        cells.add(SimulatedFrontText.loss(simulated, index));
      }
      traits.differing().forEach(trait -> cells.add(trait.values().get(at)));
      cells.add(FitCoverageText.marks(member.standing()));
      table.row(
          cells.stream()
              .map(cell -> front.isKnee(at) ? Style.STRONG.of(cell) : cell)
              .toArray(String[]::new));
    }
    return table;
  }

  private String misses() {
    String missed =
        report.missed().entrySet().stream()
            .filter(miss -> miss.getValue() > 0)
            .map(miss -> miss.getKey() + " (" + Units.count(miss.getValue()) + ")")
            .collect(Collectors.joining(", "));
    return missed.isEmpty() ? "" : "What makes designs infeasible: " + missed + ".\n";
  }

  private String ending() {
    return switch (result.reason()) {
      case BUDGET -> "Ended by the budget; same seed, same front.";
      case EXHAUSTED -> "Ended because every design is evaluated; the front is exact.";
      case TIME -> "Ended by time; --budget " + report.repeatBudget() + " repeats it.";
      case STOPPED -> "Stopped; --budget " + report.repeatBudget() + " repeats it.";
      case STUCK -> "Ended because the engine found nothing new to try.";
      case UNFINISHED -> "Not ended: this is its last whole round, " + result.rounds() + ".";
    };
  }
}
