package dev.kirchhoff.dse.cli;

import static java.util.stream.Collectors.joining;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.event.RunEvent.Contest;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.EstimateError;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.report.DesignTraits;
import dev.kirchhoff.dse.report.FrontReport;
import dev.kirchhoff.dse.report.FrontReport.BoundReport;
import dev.kirchhoff.dse.report.FrontReport.EndReport;
import dev.kirchhoff.dse.report.FrontReport.MemberReport;
import dev.kirchhoff.dse.report.FrontReport.PartStanding;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Style;
import dev.kirchhoff.dse.terminal.Table;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Front of a search as a table with the sentences below it. */
final class FrontText {
  /** Rivals that are named. */
  private static final int SHOWN = 3;

  private FrontText() {}

  /**
   * The text of a front.
   *
   * @param all all its members; else a spread of them
   */
  static Page of(FrontReport report, boolean all) {
    int members = report.front().size();
    if (members == 0) {
      return nothingFeasible(report);
    }
    Collection<Integer> places = places(report, all);
    Page out = new Page().append(table(report, places));
    String note =
        Stream.of(
                places.size() < members ? more(report, members - places.size()) : "",
                report.knee().isPresent() ? "* knee" : "",
                report.band().equals(BandEnd.NOMINAL.word())
                    ? ""
                    : "figures of the band's " + report.band() + " end")
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; "));
    if (!note.isEmpty()) {
      out.line("  ({})", note);
    }
    out.line(
        "{} design{|s} on the front; {} evaluated, {} feasible. {}",
        members,
        report.evaluated(),
        report.feasible(),
        ending(report));
    report.proved().ifPresent(proved -> proved(proved, out));
    List<String> common = report.words().traits().common();
    if (!common.isEmpty()) {
      out.line("All: {}.", common);
    }
    draws(report, out);
    contests(report, out);
    simulated(report, out);
    silicon(report.front().stream().map(MemberReport::standing).toList(), out);
    binding(report.binding(), out);
    return out.append(misses(report));
  }

  /** The distance from the true front. */
  private static void proved(RunEvent.Proved proved, Page out) {
    out.line(
        "Complete within {%.2f} %: by the estimate no design of the space is ahead of the front by"
            + " more in every objective at once ({} blocks bounded, {} design{|s} found so).",
        100 * proved.gap(), Units.count(proved.blocks()), proved.found());
  }

  private static Page nothingFeasible(FrontReport report) {
    if (report.evaluated() == 0) {
      return new Page().append("No design is evaluated yet.\n");
    }
    ExploreResult.End end = report.words().end();
    boolean isOver = end != ExploreResult.End.STOPPED && end != ExploreResult.End.UNFINISHED;
    return new Page()
        .line(
            "no design of {} meets every constraint{}{}.",
            report.evaluated(),
            isOver ? "" : " yet",
            report
                .words()
                .nearest()
                .map(near -> Sentence.of("; #" + near.index() + " misses least: {}", near.misses()))
                .orElse(""))
        .append(misses(report))
        .line("{}", ending(report));
  }

  /**
   * The command to go on with.
   *
   * @param run the run as a command takes it
   * @param data the option of its data directory, with a space before it; empty without one
   * @param isOver false for a run that can be resumed
   */
  static String next(FrontReport report, String run, String data, boolean isOver) {
    String resume = isOver ? "" : "The search goes on with ./kirchhoff resume " + run + data;
    if (!report.front().isEmpty()) {
      return (isOver ? "" : resume + "; ")
          + "Next: ./kirchhoff explain --design "
          + run
          + "#"
          + report.suggested()
          + data;
    }
    if (!isOver) {
      return resume;
    }
    return report
        .words()
        .nearest()
        .map(
            near ->
                "Next: loosen a limit that #"
                    + near.index()
                    + " misses, or search longer; all of its figures: ./kirchhoff evaluate --design"
                    + " "
                    + run
                    + "#"
                    + near.index()
                    + data)
        .orElse("Next: loosen a limit");
  }

  private static String more(FrontReport report, int members) {
    return report.accuracies().isEmpty()
        ? members + " more: --all"
        : members + " more, of which no chip is simulated: --all; --simulations N simulates more";
  }

  /**
   * Places of the members of the table: all, those that are simulated where some are, or else a
   * spread with the one that sentences name.
   */
  private static Collection<Integer> places(FrontReport report, boolean all) {
    List<Integer> every = IntStream.range(0, report.front().size()).boxed().toList();
    if (all) {
      return every;
    }
    List<Integer> simulated =
        every.stream().filter(place -> report.front().get(place).accuracy().isPresent()).toList();
    if (!simulated.isEmpty()) {
      return simulated;
    }
    TreeSet<Integer> places = new TreeSet<>(report.words().places());
    places.add(report.front().indexOf(report.leastSure()));
    return places;
  }

  /** The objectives stay at any width; traits go before figures of limits. */
  private static TextTable table(FrontReport report, Collection<Integer> places) {
    boolean isSimulated = !report.accuracies().isEmpty();
    List<FrontReport.Figure> figures = report.words().figures();
    boolean isOnLoss = hasFigure(figures, Metric.ACCURACY_LOSS);
    boolean isOnAgreement = hasFigure(figures, Metric.AGREEMENT);
    boolean isLabelled = report.accuracies().stream().anyMatch(known -> known.loss() != null);
    boolean hasLoss = isLabelled && (isOnLoss || !isOnAgreement);
    boolean hasAgreement = isSimulated && (isOnAgreement || !isLabelled);
    List<DesignTraits.Trait> traits = report.words().traits().differing();
    int turns = traits.size() + figures.size();
    Table<Integer> table = new Table<>("  ");
    table.column("design", place -> cell(report, place, m -> name(report, m)));
    for (int f = 0; f < figures.size(); f++) {
      FrontReport.Figure figure = figures.get(f);
      table.column(figure.name(), place -> cell(report, place, figure.of()));
      if (f >= report.objectives().size()) {
        table.optional(turns - f);
      }
    }
    table
        .column("on front", place -> cell(report, place, FrontText::onFront))
        .optional(turns + 1)
        .column("estimated loss", place -> cell(report, place, FrontText::estimate))
        .onlyIf(
            hasLoss
                && !isOnLoss
                && report.accuracies().stream().anyMatch(known -> known.estimatedLoss() != null))
        .column("simulated loss", place -> cell(report, place, FrontText::loss))
        .onlyIf(hasLoss)
        .column("simulated agreement", place -> cell(report, place, FrontText::agreement))
        .onlyIf(hasAgreement);
    for (int t = 0; t < traits.size(); t++) {
      List<String> values = traits.get(t).values();
      table
          .column(traits.get(t).name(), place -> cell(report, place, m -> values.get(place)))
          .left()
          .optional(traits.size() - t);
    }
    return table
        .column("silicon", place -> cell(report, place, m -> marks(m.standing())))
        .left()
        .optional(0)
        .of(places);
  }

  private static boolean hasFigure(List<FrontReport.Figure> figures, Metric metric) {
    return figures.stream().anyMatch(figure -> figure.metric() == metric);
  }

  /** A cell, emphasised in the row of the knee. */
  private static String cell(FrontReport report, int place, Function<MemberReport, String> of) {
    MemberReport member = report.front().get(place);
    return isKnee(report, member) ? Style.STRONG.of(of.apply(member)) : of.apply(member);
  }

  private static String name(FrontReport report, MemberReport member) {
    return "#" + member.design().index() + (isKnee(report, member) ? " *" : "");
  }

  private static String onFront(MemberReport member) {
    return member.draws().map(share -> percent(share.onFront())).orElse("-");
  }

  private static String loss(MemberReport member) {
    return member
        .accuracy()
        .filter(accuracy -> accuracy.loss() != null)
        .map(SimulatedText::loss)
        .orElse("-");
  }

  private static String agreement(MemberReport member) {
    return member
        .accuracy()
        .map(RunEvent.Accuracy::agreement)
        .map(SimulatedText::agreement)
        .orElse("-");
  }

  private static boolean isKnee(FrontReport report, MemberReport member) {
    return report.knee().filter(index -> index == member.design().index()).isPresent();
  }

  private static String estimate(MemberReport member) {
    return member
        .accuracy()
        .filter(accuracy -> accuracy.estimatedLoss() != null)
        .map(accuracy -> SimulatedText.points(accuracy.estimatedLoss()) + " points")
        .orElse("-");
  }

  /** A share in whole per cent: a thousand draws know no more. Nearly all is not all. */
  static String percent(double share) {
    long whole = Math.round(100 * share);
    if (whole == 100 && share < 1) {
      return "> 99 %";
    }
    return whole == 0 && share > 0 ? "< 1 %" : whole + " %";
  }

  /** The meaning of the shares, the least sure member, and the designs off the front. */
  private static void draws(FrontReport report, Page out) {
    FrontReport.DrawsReport draws = report.draws();
    MemberReport least = report.leastSure();
    double missed = 1 - least.draws().orElseThrow().feasible();
    out.line(
        "On front: share of {} joint draws of the models' errors in which a design meets every"
            + " limit and no other{} beats it{}; least {} (#{}{}).",
        draws.count(),
        draws.rivals() > 0 ? Sentence.of(", the {} rivals included,", draws.rivals()) : " here",
        draws.members() < report.front().size()
            ? Sentence.of("; {} members drawn", draws.members())
            : "",
        percent(least.draws().get().onFront()),
        Long.toString(least.design().index()),
        missed > 0 ? ", a limit missed in " + percent(missed) : "");
    List<FrontReport.RivalReport> rivals = report.rivals();
    if (!rivals.isEmpty()) {
      out.line(
          "Off the front, on it in draws: {}{}.",
          rivals.stream()
              .limit(SHOWN)
              .map(r -> "#" + r.design().index() + " (" + percent(r.draws().onFront()) + ")")
              .toList(),
          rivals.size() > SHOWN ? Sentence.of(", {} more: --json", rivals.size() - SHOWN) : "");
    }
  }

  /** A line for each knob and objective that more than one value contends for. */
  private static void contests(FrontReport report, Page out) {
    if (report.contests().isEmpty()) {
      return;
    }
    out.append("Winners, each before others in so many draws, by more than 1 %:\n")
        .append(
            new Table<Contest>("  ")
                .column("", Contest::knob)
                .column("", Contest::objective)
                .left()
                .column("", FrontText::outcome)
                .left()
                .keep()
                .column("", contest -> before(report, contest))
                .text()
                .of(report.contests()));
    List<String> turning =
        report.contests().stream().flatMap(contest -> turns(contest).stream()).toList();
    out.line(
        "{}",
        turning.isEmpty()
            ? "No error of one model, other flavour or least width of lines turns one of them."
            : "What would turn them: " + String.join("; ", turning) + ".");
  }

  private static String outcome(Contest contest) {
    return contest.isTie()
        ? contest.best().value()
            + ", "
            + contest.ties().stream().map(RunEvent.Contender::value).collect(joining(", "))
            + ": a tie"
        : contest.best().value();
  }

  private static String before(FrontReport report, Contest contest) {
    return contest.others().stream()
        .limit(SHOWN)
        .map(
            other ->
                Sentence.of(
                    "{} {} ({})",
                    other.value(),
                    report.print(contest.objective(), other.figure()),
                    percent(other.behind())))
        .collect(
            joining(", ", report.print(contest.objective(), contest.best().figure()) + "; ", ""));
  }

  /** The least error and the settings that turn a contest, in words. */
  private static List<String> turns(Contest contest) {
    String where = contest.knob() + ", " + contest.objective() + ": ";
    return Stream.concat(
            contest.turns().stream()
                .limit(1)
                .map(
                    turn ->
                        Sentence.of(
                            "{} if {} of {} is {} {}x (band {}x .. {}x)",
                            turn.to(),
                            turn.quantity(),
                            turn.model(),
                            turn.factor() > 1 ? ">" : "<",
                            turn.factor(),
                            turn.low(),
                            turn.high())),
            contest.alternatives().stream()
                .map(alternative -> alternative.to() + " with " + alternative.setting()))
        .map(text -> where + text)
        .toList();
  }

  /** Summary of the simulated members and of the estimate's error. */
  private static void simulated(FrontReport report, Page out) {
    List<RunEvent.Accuracy> accuracies = report.accuracies();
    if (!accuracies.isEmpty()) {
      out.line(
          "Simulated: {} of a design, 95 % intervals; {}{} designs. {}",
          SimulatedText.basis(accuracies.get(0)),
          accuracies.size() == report.front().size() ? "all " : accuracies.size() + " of ",
          report.front().size(),
          report.estimateError().map(FrontText::error).orElse(""));
    }
    if (!report.excluded().isEmpty()) {
      out.line(
          "Excluded: {} design{|s} that simulated chips or commands took off the front ({}).",
          report.excluded().size(),
          report.excluded().stream().map(index -> "#" + index).toList());
    }
    List<String> refused = report.words().refused();
    if (!refused.isEmpty()) {
      out.line("Not simulated: {} design{|s}. {}", refused.size(), refused.get(0));
    }
  }

  private static String error(EstimateError error) {
    return Sentence.of(
        "The estimate of {} is {%.1f} points too {} in the mean over {} design{|s}, {%.1f} points"
            + " off; {}.",
        error.metric().word(),
        100 * Math.abs(error.bias()),
        error.bias() < 0 ? "low" : "high",
        error.pairs(),
        100 * error.absolute(),
        error.rankCorrelation().isEmpty()
            ? "too few designs differ for a rank correlation"
            : Sentence.of(
                "rank correlation {%.2f} over {} different pairs",
                error.rankCorrelation().getAsDouble(), error.different()));
  }

  /** Parts with marks behind them; empty where no part has one. */
  private static String marks(List<PartStanding> parts) {
    return parts.stream()
        .filter(PartStanding::isMarked)
        .map(part -> part.part() + " " + part.grade())
        .collect(Collectors.joining(", "));
  }

  /** Members whose parts carry a mark, counted by part, grade and family. */
  private static void silicon(List<List<PartStanding>> members, Page out) {
    Map<String, List<PartStanding>> groups =
        members.stream()
            .flatMap(List::stream)
            .filter(PartStanding::isMarked)
            .collect(
                Collectors.groupingBy(
                    part -> part.part() + " " + part.grade() + " (" + part.family(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    if (!groups.isEmpty()) {
      out.line(
          "Silicon: {}.",
          groups.entrySet().stream()
              .sorted(Comparator.comparingInt(group -> -group.getValue().size()))
              .map(
                  group ->
                      Sentence.of(
                          "{} of {} members: {}: {})",
                          group.getValue().size(),
                          members.size(),
                          group.getKey(),
                          reason(group.getValue())))
              .collect(Collectors.joining("; ")));
    }
  }

  /** The ranges that parts of a grade and family are outside of; without any their own reason. */
  private static String reason(List<PartStanding> group) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    group.forEach(part -> part.ranges().forEach(range -> counts.merge(range, 1, Integer::sum)));
    return counts.isEmpty()
        ? group.get(0).reason()
        : counts.entrySet().stream()
            .sorted(Comparator.comparingInt(count -> -count.getValue()))
            .map(count -> count.getKey() + " (" + count.getValue() + ")")
            .collect(Collectors.joining("; "));
  }

  /** A sentence on limits that hold the front, and a line for each knob that does. */
  private static void binding(FrontReport.BindingReport binding, Page out) {
    if (!binding.limits().isEmpty()) {
      out.line(
          "Designs within {} of a limit: {}.",
          percent(binding.within()),
          binding.limits().stream()
              .map(limit -> limit.constraint() + " (" + limit.members() + ")")
              .toList());
    }
    if (!binding.bounds().isEmpty()) {
      out.append("Knobs at a bound in most designs:\n")
          .append(
              new Table<BoundReport>("  ")
                  .column("", bound -> bound.name() + layers(bound))
                  .column("", bound -> bound.value().asText() + ", the " + bound.end() + " allowed")
                  .text()
                  .keep()
                  .column("", bound -> bound.members() + " of " + bound.holders())
                  .called("members")
                  .column(
                      "",
                      bound ->
                          bound
                              .leaning()
                              .map(l -> l.members() + " lean on " + l.constraint())
                              .orElse(""))
                  .text()
                  .called("limit leaned on")
                  .of(binding.bounds()));
    }
    if (!binding.ends().isEmpty()) {
      out.append("Knobs at a bound at one end of the front:\n")
          .append(
              new Table<EndReport>("  ")
                  .column("", EndReport::name)
                  .column("", end -> end.value().asText() + ", the " + end.end() + " allowed")
                  .text()
                  .keep()
                  .column(
                      "",
                      end ->
                          Sentence.of(
                              "the {} best in {}, {} or better",
                              end.members(),
                              end.best().name(),
                              end.best().metric().print(end.worst())))
                  .text()
                  .keep()
                  .of(binding.ends()));
    }
  }

  private static String layers(BoundReport bound) {
    if (bound.allLayers() == 1) {
      return "";
    }
    return bound.layers() == bound.allLayers()
        ? ", all " + bound.layers() + " layers"
        : ", " + bound.layers() + " of " + bound.allLayers() + " layers";
  }

  private static String misses(FrontReport report) {
    List<String> missed =
        report.missed().entrySet().stream()
            .filter(miss -> miss.getValue() > 0)
            .map(miss -> Sentence.of("{} ({})", miss.getKey(), miss.getValue()))
            .toList();
    return missed.isEmpty() ? "" : Sentence.of("What makes designs infeasible: {}.\n", missed);
  }

  private static String ending(FrontReport report) {
    return switch (report.words().end()) {
      case BUDGET -> "Ended by the budget; same seed, same front.";
      case EXHAUSTED -> "Ended because every design is evaluated; the front is exact.";
      case TIME -> "Ended by time; --budget " + report.repeatBudget() + " repeats it.";
      case STOPPED -> "Stopped; --budget " + report.repeatBudget() + " repeats it.";
      case STUCK -> "Ended because the engine found nothing new to try.";
      case UNFINISHED ->
          "Not ended: this is its last whole round, " + report.words().rounds() + ".";
    };
  }
}
