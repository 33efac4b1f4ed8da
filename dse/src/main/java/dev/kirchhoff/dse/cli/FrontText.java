package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.design.Condition;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Aggregation;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.report.DrawnFront;
import dev.kirchhoff.dse.report.RankedFront;
import dev.kirchhoff.dse.report.SimulatedFront;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.peripherals.FitCoverage;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Front of a search as a table with the sentences below it. */
final class FrontText {
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
  static String of(RankedFront front, DrawnFront drawn, SimulatedFront simulated, boolean all) {
    return new FrontText(front, drawn, simulated).text(all);
  }

  private String text(boolean all) {
    if (front.isEmpty()) {
      return "no design of "
          + Units.count(result.counts().evaluated())
          + " meets every constraint.\n"
          + misses()
          + ending()
          + "\n";
    }
    StringBuilder out = new StringBuilder();
    List<Column> columns = columns();
    TextTable table = new TextTable("  ");
    List<String> head = new ArrayList<>(List.of("design"));
    columns.forEach(column -> head.add(column.name()));
    head.add("on front");
    if (!simulated.isEmpty()) {
      head.addAll(List.of(needsEstimate(columns) ? "estimated loss" : "", "simulated loss"));
    }
    head.addAll(List.of("crossbar", "cells", "readout", "device"));
    if (choosesFabric()) {
      head.add("fabric");
    }
    table.row(head.toArray(String[]::new));
    DesignBinder binder = spec.newBinder();
    Evaluator evaluator = Evaluator.at(spec.band());
    int shown = all ? front.members().size() : Math.min(RankedFront.ROWS, front.members().size());
    for (int at : front.spread(shown)) {
      table.row(row(at, columns, binder, evaluator));
    }
    out.append(table);
    String more =
        front.members().size() > shown ? front.members().size() - shown + " more: --all" : "";
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
    out.append(DrawnFrontText.sentence(drawn, front.members().size()))
        .append(SimulatedFrontText.sentence(simulated, front.members().size()));
    out.append(
        FitCoverageText.sentence(
            front.members().stream()
                .map(m -> coverages(binder.bind(RankedFront.ordinals(m))))
                .toList()));
    return out.append(
            new BindingText(spec, front.members().size(), RankedFront.NEAR).of(front.binding()))
        .append(misses())
        .toString();
  }

  /** True if estimates of accuracy were made and no column shows them. */
  private boolean needsEstimate(List<Column> columns) {
    return simulated.hasEstimates()
        && columns.stream().noneMatch(column -> column.metric() == Metric.ACCURACY_LOSS);
  }

  /** A figure of a design: of all networks, or one of them where one is named. */
  private record Column(String name, Metric metric, Aggregation over, String network) {
    String print(Totals totals) {
      Optional<Totals> of = network.isEmpty() ? Optional.of(totals) : totals.network(network);
      return of.map(own -> metric.print(over.value(metric, own))).orElse("-");
    }
  }

  /** Objectives, then the figures that constraints speak of. */
  private List<Column> columns() {
    Set<Column> columns = new LinkedHashSet<>();
    spec.objectives()
        .forEach(o -> columns.add(new Column(o.name(), o.metric(), o.aggregation(), "")));
    for (Condition condition : spec.conditions()) {
      for (Condition.Term term : condition.terms()) {
        String of = term.network().isEmpty() ? "" : "[" + term.network() + "]";
        columns.add(
            new Column(
                term.metric().word() + of, term.metric(), Aggregation.WEIGHTED, term.network()));
      }
    }
    return new ArrayList<>(columns);
  }

  private String[] row(int at, List<Column> columns, DesignBinder binder, Evaluator evaluator) {
    FrontMember member = front.members().get(at);
    Design design = binder.bind(RankedFront.ordinals(member));
    Totals totals = evaluator.totalsByNetwork(design);
    List<String> cells = new ArrayList<>();
    cells.add("#" + member.index() + (front.isKnee(at) ? " *" : ""));
    columns.forEach(column -> cells.add(column.print(totals)));
    cells.add(DrawnFrontText.share(drawn, member.index()));
    if (!simulated.isEmpty()) {
      cells.add(
          needsEstimate(columns) ? SimulatedFrontText.estimate(simulated, member.index()) : "");
      cells.add(SimulatedFrontText.loss(simulated, member.index()));
    }
    Chip chip = design.chip();
    List<FitCoverage> coverages = coverages(design);
    cells.add(
        chip.crossbar().rows()
            + " x "
            + chip.crossbar().columns()
            + FitCoverageText.mark(coverages, Part.CROSSBAR));
    cells.add(chip.cell().bits() + "b " + chip.crossbar().weights().encoding().word());
    Readout readout = chip.pe().readout();
    cells.add(
        readout.kind().word()
            + " "
            + readout.bits()
            + "b /"
            + readout.columnsPerAdc()
            + FitCoverageText.mark(coverages, Part.READOUT));
    cells.add(chip.cell().device().name());
    if (choosesFabric()) {
      Interconnect fabric = chip.uncore().interconnect();
      cells.add(fabric.kind().word() + " " + fabric.width_bits());
    }
    return cells.toArray(String[]::new);
  }

  private static List<FitCoverage> coverages(Design design) {
    return Prices.of(design).fitCoverage();
  }

  /** True if designs differ in the kind of their interconnect. */
  private boolean choosesFabric() {
    return spec.knobs().stream().anyMatch(knob -> knob.path().equals("interconnect"));
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
