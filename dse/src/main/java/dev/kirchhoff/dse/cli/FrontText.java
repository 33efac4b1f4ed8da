package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.Condition;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.report.DrawnFront;
import dev.kirchhoff.dse.report.RankedFront;
import dev.kirchhoff.dse.report.SimulatedFront;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Style;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.peripherals.FitCoverage;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Front of a search as a table with the sentences below it. */
final class FrontText {
  /** Traits that stay longer than the figures of limits (chosen: they fit 80 columns). */
  private static final int KEPT_TRAITS = 3;

  private final RankedFront front;
  private final DesignSpec spec;
  private final ExploreResult result;
  private final SimulatedFront simulated;
  private final DrawnFront drawn;

  private FrontText(RankedFront front, DrawnFront drawn, SimulatedFront simulated) {
    this.front = front;
    this.spec = front.spec();
    this.result = front.result();
    this.simulated = simulated;
    this.drawn = drawn;
  }

  /** The text of a front; all its members, or a spread of them. */
  static Page of(RankedFront front, DrawnFront drawn, SimulatedFront simulated, boolean all) {
    return new FrontText(front, drawn, simulated).text(all);
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
    Page out = new Page().append(table(designs, traits, places));
    int hidden = front.members().size() - places.size();
    String more = hidden > 0 ? hidden + " more: --all" : "";
    String marks = front.knee().isPresent() ? "* knee" : "";
    String band =
        spec.band() == BandEnd.NOMINAL
            ? ""
            : "figures of the band's " + spec.band().word() + " end";
    String note =
        String.join("; ", List.of(more, marks, band).stream().filter(s -> !s.isEmpty()).toList());
    if (!note.isEmpty()) {
      out.append("  (").append(note).append(")\n");
    }
    out.append(Units.count(front.members().size()))
        .append(front.members().size() == 1 ? " design" : " designs")
        .append(" on the front; ");
    out.append(Units.count(result.counts().evaluated())).append(" evaluated, ");
    out.append(Units.count(result.counts().feasible())).append(" feasible. ");
    out.append(ending()).append('\n');
    out.append(traits.sentence());
    out.append(DrawnFrontText.sentence(drawn, front.members().size()))
        .append(SimulatedFrontText.sentence(simulated, front.members().size()));
    out.append(FitCoverageText.sentence(designs.stream().map(FrontText::coverages).toList()));
    return out.append(new BindingText(spec, RankedFront.NEAR).of(front.binding())).append(misses());
  }

  private Page nothingFeasible() {
    long evaluated = result.counts().evaluated();
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
        && columns.stream().noneMatch(column -> column.figure().metric() == Metric.ACCURACY_LOSS);
  }

  /** A figure of a design: of all networks, or one of them where one is named. */
  private record Column(String name, Objective figure, String network) {
    String print(Totals totals) {
      Optional<Totals> of = network.isEmpty() ? Optional.of(totals) : totals.network(network);
      return of.map(own -> figure.metric().print(figure.value(own))).orElse("-");
    }
  }

  /** Objectives, then the figures that constraints speak of. */
  private List<Column> columns() {
    Map<String, Column> columns = new LinkedHashMap<>();
    spec.objectives().forEach(o -> columns.put(o.name(), new Column(o.name(), o, "")));
    for (Condition condition : spec.conditions()) {
      for (Condition.Term term : condition.terms()) {
        String of = term.network().isEmpty() ? "" : "[" + term.network() + "]";
        String name = term.metric().word() + of;
        Objective figure = new Objective(term.metric(), term.metric().higherIsBetter());
        columns.putIfAbsent(name, new Column(name, figure, term.network()));
      }
    }
    return new ArrayList<>(columns.values());
  }

  /** The objectives stay at any width; figures of limits go before the most telling traits. */
  private TextTable table(List<Design> designs, DesignTraits traits, List<Integer> places) {
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
    for (int column = silicon - 1; column >= firstTrait + KEPT_TRAITS; column--) {
      table.optional(column);
    }
    for (int column = onFront - 1; column > spec.objectives().size(); column--) {
      table.optional(column);
    }
    table.optional(onFront).left(IntStream.rangeClosed(firstTrait, silicon).toArray());
    Evaluator evaluator = Evaluator.at(spec.band());
    for (int at : places) {
      FrontMember member = front.members().get(at);
      Design design = designs.get(at);
      Totals totals = evaluator.totalsByNetwork(design);
      List<String> cells = new ArrayList<>();
      cells.add("#" + member.index() + (front.isKnee(at) ? " *" : ""));
      columns.forEach(column -> cells.add(column.print(totals)));
      cells.add(DrawnFrontText.share(drawn, member.index()));
      if (!simulated.isEmpty()) {
        cells.add(needsEstimate ? SimulatedFrontText.estimate(simulated, member.index()) : "");
        cells.add(SimulatedFrontText.loss(simulated, member.index()));
      }
      traits.differing().forEach(trait -> cells.add(trait.values().get(at)));
      cells.add(FitCoverageText.marks(coverages(design)));
      table.row(
          cells.stream()
              .map(cell -> front.isKnee(at) ? Style.STRONG.of(cell) : cell)
              .toArray(String[]::new));
    }
    return table;
  }

  private static List<FitCoverage> coverages(Design design) {
    return Prices.of(design).fitCoverage();
  }

  private String misses() {
    String missed =
        front.missed().stream()
            .filter(miss -> miss.designs() > 0)
            .map(miss -> miss.constraint() + " (" + Units.count(miss.designs()) + ")")
            .collect(Collectors.joining(", "));
    return missed.isEmpty() ? "" : "What makes designs infeasible: " + missed + ".\n";
  }

  private String ending() {
    return switch (result.reason()) {
      case BUDGET -> "Ended by the budget; same seed, same front.";
      case EXHAUSTED -> "Ended because every design is evaluated; the front is exact.";
      case TIME -> "Ended by time; --budget " + result.repeatBudget() + " repeats it.";
      case STOPPED -> "Stopped; --budget " + result.repeatBudget() + " repeats it.";
      case STUCK -> "Ended because the engine found nothing new to try.";
      case UNFINISHED -> "Not ended: this is its last whole round, " + result.rounds() + ".";
    };
  }
}
