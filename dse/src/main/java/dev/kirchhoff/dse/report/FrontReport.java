package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.design.Condition;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.EstimateError;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.explore.Binding;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.front.OnFrontShare;
import dev.kirchhoff.dse.report.EvaluationReport.NetworkFigures;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.peripherals.FitCoverage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Front of a search, from which {@code explore} and {@code show} print text and JSON alike. Figures
 * are those that the spec judges by: of the end of the band that it names. Components that JSON
 * leaves out are words for people.
 *
 * @param name name of the spec
 * @param band end of the band that the spec judges by
 * @param objectives objectives in the order of values
 * @param constraints texts of the constraints
 * @param front members in the order of the first objective
 * @param excluded designs that commands took off the front, those among them whose simulated chips
 *     missed a limit
 * @param draws joint draws of the models' errors
 * @param rivals designs off the front that are on it in some draws
 * @param contests kinds that win the best of each objective, or tie for it
 * @param binding limits and bounds of knobs that hold the front
 * @param estimateError error of the estimates; absent where nothing was simulated
 * @param knee index of the knee; absent without one
 * @param evaluated unique designs
 * @param requested designs asked for, repeats included
 * @param feasible designs that meet every constraint
 * @param hypervolume hypervolume of the front, 0..1
 * @param ended reason of the end
 * @param repeatBudget budget that repeats the search
 * @param proved distance that the front may have from the true one, by the estimate; absent where
 *     nothing is known
 * @param missed designs that miss a constraint, by its text
 * @param words words of the table and of the sentences below it
 */
public record FrontReport(
    String name,
    String band,
    List<ObjectiveReport> objectives,
    List<String> constraints,
    List<MemberReport> front,
    List<Long> excluded,
    DrawsReport draws,
    List<RivalReport> rivals,
    List<RunEvent.Contest> contests,
    BindingReport binding,
    Optional<EstimateError> estimateError,
    Optional<Long> knee,
    long evaluated,
    long requested,
    long feasible,
    double hypervolume,
    String ended,
    long repeatBudget,
    Optional<RunEvent.Proved> proved,
    Map<String, Long> missed,
    @JsonIgnore Words words) {

  /**
   * Words of the table and of the sentences below it.
   *
   * @param figures columns of the table: objectives, then the figures that constraints speak of
   * @param traits traits of the members
   * @param places members of a table that shows a spread of the front, by their places
   * @param nearest the infeasible design of least violation; empty without one
   * @param end reason of the end
   * @param rounds rounds done
   * @param refused why members cannot be simulated
   */
  public record Words(
      List<Figure> figures,
      DesignTraits traits,
      List<Integer> places,
      Optional<RankedFront.NearMiss> nearest,
      ExploreResult.End end,
      int rounds,
      List<String> refused) {
    static Words of(RankedFront front, List<Design> designs, SimulatedFront simulated) {
      int members = front.members().size();
      return new Words(
          Figure.all(front.spec()),
          DesignTraits.of(designs, front.knobs()),
          front.isEmpty() ? List.of() : front.spread(Math.min(RankedFront.ROWS, members)),
          front.nearest(),
          front.result().reason(),
          front.result().rounds(),
          List.copyOf(simulated.refused().values()));
    }
  }

  /** A figure of a member as the table shows it. */
  public record Figure(String name, Metric metric, Function<MemberReport, String> of) {
    private static List<Figure> all(DesignSpec spec) {
      Map<String, Figure> figures = new LinkedHashMap<>();
      for (int place = 0; place < spec.objectives().size(); place++) {
        int at = place;
        Metric metric = spec.objectives().get(at).metric();
        String name = spec.objectives().get(at).name();
        figures.put(
            name,
            new Figure(name, metric, member -> metric.print(member.design().values().get(at))));
      }
      for (Condition condition : spec.conditions()) {
        for (Condition.Term term : condition.terms()) {
          Figure figure = of(term);
          figures.putIfAbsent(figure.name(), figure);
        }
      }
      return List.copyOf(figures.values());
    }

    /** A figure of all networks, or of one of them where one is named. */
    private static Figure of(Condition.Term term) {
      Metric metric = term.metric();
      return term.network().isEmpty()
          ? new Figure(metric.word(), metric, member -> member.totals().print(metric))
          : new Figure(
              metric.word() + "[" + term.network() + "]",
              metric,
              member -> member.network(term.network()).map(own -> own.print(metric)).orElse("-"));
    }
  }

  /** The drawn member that is on the front in the fewest draws, the first of several. */
  public MemberReport leastSure() {
    return front.stream()
        .filter(member -> member.draws().isPresent())
        .min(
            Comparator.comparingDouble((MemberReport member) -> member.draws().get().onFront())
                .thenComparingLong(member -> member.design().index()))
        .orElseThrow();
  }

  /** A value of an objective as printed. */
  public String print(String objective, double value) {
    return words.figures().stream()
        .filter(figure -> figure.name().equals(objective))
        .findFirst()
        .orElseThrow()
        .metric()
        .print(value);
  }

  /** Accuracies of the members that were simulated. */
  public List<RunEvent.Accuracy> accuracies() {
    return front.stream().flatMap(member -> member.accuracy().stream()).toList();
  }

  /** The design to look at first: the knee, or the first where there is none. */
  public long suggested() {
    return knee.orElseGet(() -> front.get(0).design().index());
  }

  /** An objective with its direction and the scale of its axis. */
  public record ObjectiveReport(String name, String key, boolean maximise, String scale) {
    static ObjectiveReport of(Objective objective) {
      return new ObjectiveReport(
          objective.name(),
          objective.key(),
          objective.maximise(),
          objective.metric().axis().scale().word());
    }
  }

  /**
   * A design of the run.
   *
   * @param values values of the objectives
   * @param knobs values by path of the knobs that it has
   */
  public record DesignReport(
      long index, List<Double> values, List<Integer> ordinals, Map<String, JsonNode> knobs) {
    static DesignReport of(DesignSpec spec, FrontMember member) {
      return new DesignReport(
          member.index(),
          member.values(),
          member.ordinals(),
          ChosenKnobs.of(spec, member.ordinals()));
    }
  }

  /**
   * A member of the front.
   *
   * @param totals totals at the end of the band that the spec judges by
   * @param networks totals of each network by itself, at the same end
   * @param standing agreement of its parts with silicon
   * @param draws shares of the draws; absent unless drawn
   * @param accuracy accuracy on simulated chips; absent unless simulated
   */
  public record MemberReport(
      @JsonUnwrapped DesignReport design,
      MetricFigures totals,
      List<NetworkFigures> networks,
      List<PartStanding> standing,
      Optional<OnFrontShare> draws,
      Optional<RunEvent.Accuracy> accuracy) {

    static MemberReport of(
        DesignReport report,
        EvaluatedDesign evaluated,
        Totals totals,
        Optional<OnFrontShare> draws,
        Optional<RunEvent.Accuracy> accuracy) {
      return new MemberReport(
          report,
          MetricFigures.of(totals),
          NetworkFigures.of(evaluated.design(), totals),
          evaluated.prices().fitCoverage().stream().map(PartStanding::of).toList(),
          draws,
          accuracy);
    }

    /** Figures of the first network of a name; empty if the design has none of it. */
    public Optional<MetricFigures> network(String name) {
      return networks.stream()
          .filter(network -> network.name().equals(name))
          .map(NetworkFigures::totals)
          .findFirst();
    }
  }

  /**
   * Agreement of a part with silicon.
   *
   * @param isMarked whether results that rest on it carry a mark
   * @param ranges quantities outside the range of the fitted chips, each with that range
   */
  public record PartStanding(
      String part,
      String family,
      String grade,
      String reason,
      @JsonIgnore boolean isMarked,
      @JsonIgnore List<String> ranges) {
    static PartStanding of(FitCoverage fit) {
      return new PartStanding(
          fit.part().word(),
          fit.family().map(CircuitFamily::word).orElse("own circuit"),
          fit.grade().word(),
          fit.reason(),
          fit.isMarked(),
          fit.outside().stream()
              .map(span -> span.axis().word() + ", fitted at " + span.range())
              .toList());
    }
  }

  /** Joint draws of the models' errors: their number and seed, the members and rivals drawn. */
  public record DrawsReport(int count, long seed, int members, int rivals) {}

  /** A design off the front with its shares of the draws. */
  public record RivalReport(@JsonUnwrapped DesignReport design, OnFrontShare draws) {}

  /**
   * Limits and bounds of knobs that hold the front.
   *
   * @param within slack, as a share of a limit, that counts as leaning on it
   */
  public record BindingReport(
      double within,
      List<Binding.BindingLimit> limits,
      List<BoundReport> bounds,
      List<EndReport> ends) {
    static BindingReport of(RankedFront front, Binding binding) {
      List<Knob> knobs = front.spec().knobs();
      return new BindingReport(
          RankedFront.NEAR,
          binding.limits(),
          binding.bounds().stream()
              .map(
                  bound ->
                      new BoundReport(
                          Knob.pathOfAllLayers(knobs.get(bound.knob()).path()),
                          name(knobs, bound.knob()),
                          bound.knob(),
                          SpecText.scalar(bound.value()),
                          bound.isLowest() ? "lowest" : "highest",
                          bound.members(),
                          bound.holders(),
                          bound.layers(),
                          bound.allLayers(),
                          bound.leaning()))
              .toList(),
          binding.ends().stream()
              .map(
                  at ->
                      new EndReport(
                          knobs.get(at.knob()).path(),
                          name(knobs, at.knob()),
                          at.knob(),
                          SpecText.scalar(at.value()),
                          at.isLowest() ? "lowest" : "highest",
                          front.spec().objectives().get(at.objective()).key(),
                          front.spec().objectives().get(at.objective()),
                          at.members(),
                          at.worst()))
              .toList());
    }

    /**
     * The path of a knob without its layer; where alternatives of a choice share it, with the one
     * that it is of.
     */
    private static String name(List<Knob> knobs, int index) {
      Knob knob = knobs.get(index);
      boolean isShared =
          knobs.stream().filter(other -> other.path().equals(knob.path())).count() > 1;
      return knob.condition()
          .filter(condition -> isShared)
          .map(condition -> knob.path() + " (" + condition.values(knobs) + ")")
          .orElse(Knob.pathOfAllLayers(knob.path()));
    }
  }

  /**
   * A knob at an end of its values.
   *
   * @param name its path, with the alternative that it is of where several share the path
   * @param members members that have this value
   * @param holders members that have the knob
   * @param layers layers that have the value in all of these members; 1 for a knob of the chip
   * @param allLayers layers that have the knob
   * @param leaning limit that most of these lean on
   */
  public record BoundReport(
      String path,
      @JsonIgnore String name,
      int knob,
      JsonNode value,
      String end,
      int members,
      int holders,
      int layers,
      int allLayers,
      Optional<Binding.BindingLimit> leaning) {}

  /**
   * A knob at an end of its values in the best members of an objective.
   *
   * @param name its path, with the alternative that it is of where several share the path
   * @param objective key of the objective
   * @param best the objective
   * @param members members that are better than all with another value
   * @param worst worst value of the objective among these
   */
  public record EndReport(
      String path,
      @JsonIgnore String name,
      int knob,
      JsonNode value,
      String end,
      String objective,
      @JsonIgnore Objective best,
      int members,
      double worst) {}

  /** The report of a front with its draws, simulated chips and distance from the true one. */
  public static FrontReport of(
      RankedFront front,
      DrawnFront drawn,
      SimulatedFront simulated,
      Optional<RunEvent.Proved> proved) {
    DesignSpec spec = front.spec();
    DesignBinder binder = spec.newBinder();
    Evaluator evaluator = Evaluator.at(spec.band());
    List<Totals> totals = new ArrayList<>();
    List<Design> designs = new ArrayList<>();
    List<MemberReport> members = new ArrayList<>();
    for (FrontMember member : front.members()) {
      EvaluatedDesign evaluated = evaluator.evaluated(binder.bind(RankedFront.ordinals(member)));
      Totals figures = Evaluator.totalsByNetwork(evaluated);
      totals.add(figures);
      designs.add(evaluated.design());
      members.add(
          MemberReport.of(
              DesignReport.of(spec, member),
              evaluated,
              figures,
              drawn.member(member.index()),
              Optional.ofNullable(simulated.accuracies().get(member.index()))));
    }
    Map<String, Long> missed = new LinkedHashMap<>();
    front.missed().forEach(miss -> missed.put(miss.constraint(), miss.designs()));
    return new FrontReport(
        spec.name(),
        spec.band().word(),
        spec.objectives().stream().map(ObjectiveReport::of).toList(),
        spec.conditions().stream().map(Condition::text).toList(),
        members,
        front.result().excluded(),
        new DrawsReport(
            drawn.draws().count(),
            drawn.draws().seed(),
            drawn.members().size(),
            drawn.drawnRivals()),
        drawn.rivals().stream()
            .map(rival -> new RivalReport(DesignReport.of(spec, rival.design()), rival.share()))
            .toList(),
        drawn.contests(),
        BindingReport.of(front, front.binding(totals)),
        simulated.error(),
        front.knee().map(place -> front.members().get(place).index()),
        front.result().counts().evaluated(),
        front.result().counts().requested(),
        front.result().counts().feasible(),
        front.result().hypervolume(),
        front.result().reason().name().toLowerCase(Locale.ROOT),
        front.result().repeatBudget(),
        proved,
        missed,
        Words.of(front, designs, simulated));
  }
}
