package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.design.Condition;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.result.Aggregation;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Knee;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.Binding;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.peripherals.FitCoverage;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A front as a table and as JSON. Holds nothing that depends on the clock or on the run's id: same
 * spec, seed, budget and islands, same text.
 */
final class FrontReport {
  private static final int ROWS = 20;

  /** Slack, as a share of a limit, that counts as leaning on it. */
  private static final double NEAR = 0.05;

  private final DesignSpec spec;
  private final ExploreResult result;
  private final SimulatedFront simulated;
  private final DrawnFront drawn;
  private final List<FrontMember> front;
  private final int knee;

  FrontReport(DesignSpec spec, ExploreResult result, SimulatedFront simulated, DrawnFront drawn) {
    this.spec = spec;
    this.result = result;
    this.simulated = simulated;
    this.drawn = drawn;
    boolean best = spec.objectives().get(0).maximise();
    Comparator<FrontMember> byFirst = Comparator.comparingDouble(m -> m.values().get(0));
    List<FrontMember> sorted = new ArrayList<>(result.front());
    sorted.sort((best ? byFirst.reversed() : byFirst).thenComparingLong(FrontMember::index));
    this.front = sorted;
    this.knee = knee();
  }

  /** Place of the {@link Knee}; −1 without one. */
  private int knee() {
    return Knee.of(
            spec.objectives().stream()
                .map(o -> new Knee.Objective(o.metric().axis(), o.maximise()))
                .toList(),
            front.stream().map(FrontMember::values).toList())
        .orElse(-1);
  }

  String text(boolean all) {
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
    int shown = all ? front.size() : Math.min(ROWS, front.size());
    for (int at : shown(shown)) {
      table.row(row(at, columns, binder, evaluator));
    }
    out.append(table);
    String more = front.size() > shown ? front.size() - shown + " more: --all" : "";
    String marks = knee >= 0 ? "* knee" : "";
    String band =
        spec.band() == BandEnd.NOMINAL
            ? ""
            : "figures of the band's " + spec.band().word() + " end";
    String note =
        String.join("; ", List.of(more, marks, band).stream().filter(s -> !s.isEmpty()).toList());
    if (!note.isEmpty()) {
      out.append("  (").append(note).append(")\n");
    }
    out.append(Units.count(front.size()))
        .append(front.size() == 1 ? " design" : " designs")
        .append(" on the front; ");
    out.append(Units.count(result.counts().evaluated())).append(" evaluated, ");
    out.append(Units.count(result.counts().feasible())).append(" feasible. ");
    out.append(ending()).append('\n');
    out.append(drawn.sentence()).append(simulated.sentence(front.size()));
    out.append(
        StandingText.sentence(
            front.stream().map(m -> standings(binder.bind(ordinals(m)))).toList()));
    return out.append(new BindingText(spec, front.size(), NEAR).of(binding()))
        .append(misses())
        .toString();
  }

  /** Whether estimates of accuracy were made and no column shows them. */
  private boolean needsEstimate(List<Column> columns) {
    return simulated.hasEstimates()
        && columns.stream().noneMatch(column -> column.metric() == Metric.ACCURACY_LOSS);
  }

  /** Members, those first that say most of the front: the knee, the ends, what lies between. */
  List<FrontMember> byImportance() {
    Set<Integer> places = new LinkedHashSet<>();
    places.add(Math.max(0, knee));
    places.add(0);
    places.add(front.size() - 1);
    List<int[]> gaps = new ArrayList<>(List.<int[]>of(new int[] {0, front.size() - 1}));
    for (int g = 0; g < gaps.size(); g++) {
      int from = gaps.get(g)[0];
      int to = gaps.get(g)[1];
      if (to - from > 1) {
        int middle = (from + to) / 2;
        places.add(middle);
        gaps.add(new int[] {from, middle});
        gaps.add(new int[] {middle, to});
      }
    }
    return places.stream().map(front::get).toList();
  }

  /** The design to look at first: the knee, or the first where there is none. */
  FrontMember suggested() {
    return front.get(Math.max(0, knee));
  }

  /** Places that are shown, spread over the front from end to end; the knee is one of them. */
  private int[] shown(int rows) {
    int[] places = new int[rows];
    for (int i = 0; i < rows; i++) {
      places[i] =
          rows == front.size() ? i : (int) Math.round((double) i * (front.size() - 1) / (rows - 1));
    }
    int found = knee < 0 ? 0 : Arrays.binarySearch(places, knee);
    if (found < 0) {
      places[Math.min(-found - 1, rows - 2)] = knee;
    }
    return places;
  }

  /** A figure of a design: of all networks, or one of them where one is named. */
  private record Column(String name, Metric metric, Aggregation over, String network) {
    String print(Totals totals) {
      int own = network.isEmpty() ? -1 : totals.networkOf(network);
      if (own < 0 && !network.isEmpty()) {
        return "-";
      }
      return metric.print(over.value(metric, own < 0 ? totals : totals.network(own)));
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
    FrontMember member = front.get(at);
    Design design = binder.bind(ordinals(member));
    Totals totals = evaluator.totalsByNetwork(design);
    List<String> cells = new ArrayList<>();
    cells.add("#" + member.index() + (at == knee ? " *" : ""));
    columns.forEach(column -> cells.add(column.print(totals)));
    cells.add(drawn.share(member.index()));
    if (!simulated.isEmpty()) {
      cells.add(needsEstimate(columns) ? simulated.estimate(member.index()) : "");
      cells.add(simulated.loss(member.index()));
    }
    Chip chip = design.chip();
    List<FitCoverage> standings = standings(design);
    cells.add(
        chip.crossbar().rows()
            + " x "
            + chip.crossbar().columns()
            + StandingText.mark(standings, Part.CROSSBAR));
    cells.add(chip.cell().bits() + "b " + chip.crossbar().weights().encoding().word());
    Readout readout = chip.pe().readout();
    cells.add(
        readout.kind().word()
            + " "
            + readout.bits()
            + "b /"
            + readout.columnsPerAdc()
            + StandingText.mark(standings, Part.READOUT));
    cells.add(chip.cell().device().name());
    if (choosesFabric()) {
      Interconnect fabric = chip.uncore().interconnect();
      cells.add(fabric.kind().word() + " " + fabric.width_bits());
    }
    return cells.toArray(String[]::new);
  }

  private static List<FitCoverage> standings(Design design) {
    return Prices.of(design).fitCoverage();
  }

  /** Whether designs differ in the kind of their interconnect. */
  private boolean choosesFabric() {
    return spec.knobs().stream().anyMatch(knob -> knob.path().equals("interconnect"));
  }

  static int[] ordinals(FrontMember member) {
    return member.ordinals().stream().mapToInt(Integer::intValue).toArray();
  }

  private Binding binding() {
    return Binding.of(new SpecProblemSpace(spec), front, NEAR);
  }

  private String misses() {
    List<String> constraints = new SpecProblemSpace(spec).constraints();
    List<String> parts = new ArrayList<>();
    for (int c = 0; c < constraints.size(); c++) {
      if (result.missed().get(c) > 0) {
        parts.add(constraints.get(c) + " (" + Units.count(result.missed().get(c)) + ")");
      }
    }
    return parts.isEmpty()
        ? ""
        : "What makes designs infeasible: " + String.join(", ", parts) + ".\n";
  }

  private String ending() {
    return switch (result.reason()) {
      case BUDGET -> "Ended by the budget; same seed, same front.";
      case EXHAUSTED -> "Ended because every design is evaluated; the front is exact.";
      case TIME -> "Ended by time; --budget " + result.repeatBudget() + " repeats it.";
      case STOPPED -> "Stopped; --budget " + result.repeatBudget() + " repeats it.";
      case STUCK -> "Ended because the engine found nothing new to try.";
    };
  }

  ObjectNode json() {
    ObjectNode root = Console.mapper().createObjectNode();
    root.put("name", spec.name());
    root.put("band", spec.band().word());
    ArrayNode objectives = root.putArray("objectives");
    for (Objective objective : spec.objectives()) {
      objectives
          .addObject()
          .put("name", objective.name())
          .put("key", objective.key())
          .put("maximise", objective.maximise())
          .put("scale", objective.metric().axis().scale().word());
    }
    ArrayNode constraints = root.putArray("constraints");
    spec.conditions().stream().map(Condition::text).forEach(constraints::add);
    ArrayNode members = root.putArray("front");
    DesignBinder binder = spec.newBinder();
    Evaluator evaluator = new Evaluator();
    for (FrontMember member : front) {
      ObjectNode node = members.addObject();
      put(node, member);
      Design design = binder.bind(ordinals(member));
      node.set("totals", EvaluationJson.totals(evaluator.totals(design)));
      StandingText.put(node, standings(design));
      drawn.put(node, member.index());
      if (simulated.accuracies().containsKey(member.index())) {
        node.set(
            "accuracy", Console.mapper().valueToTree(simulated.accuracies().get(member.index())));
      }
    }
    drawn.put(root);
    ArrayNode rivals = root.putArray("rivals");
    for (DrawnFront.Rival rival : drawn.rivals()) {
      ObjectNode node = rivals.addObject();
      put(node, rival.design());
      DrawnFront.put(node, rival.share());
    }
    root.set("binding", new BindingText(spec, front.size(), NEAR).json(binding()));
    simulated.put(root);
    root.put("knee", knee < 0 ? -1 : front.get(knee).index());
    root.put("evaluated", result.counts().evaluated());
    root.put("requested", result.counts().requested());
    root.put("feasible", result.counts().feasible());
    root.put("hypervolume", result.hypervolume());
    root.put("ended", result.reason().name().toLowerCase(Locale.ROOT));
    root.put("repeatBudget", result.repeatBudget());
    ObjectNode missed = root.putObject("missed");
    List<String> texts = new SpecProblemSpace(spec).constraints();
    for (int c = 0; c < texts.size(); c++) {
      missed.put(texts.get(c), result.missed().get(c));
    }
    return root;
  }

  private void put(ObjectNode node, FrontMember member) {
    node.put("index", member.index());
    ArrayNode values = node.putArray("values");
    member.values().forEach(values::add);
    ArrayNode ordinals = node.putArray("ordinals");
    member.ordinals().forEach(ordinals::add);
    node.set("knobs", knobs(member));
  }

  private ObjectNode knobs(FrontMember member) {
    ObjectNode node = Console.mapper().createObjectNode();
    for (int k = 0; k < spec.knobs().size(); k++) {
      int ordinal = member.ordinals().get(k);
      if (ordinal >= 0) {
        Knob knob = spec.knobs().get(k);
        node.set(knob.path(), SpecText.scalar(knob.values().get(ordinal)));
      }
    }
    return node;
  }
}
