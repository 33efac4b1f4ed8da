package dev.kirchhoff.dse.decision;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.event.RunEvent.Contender;
import dev.kirchhoff.arch.event.RunEvent.Contest;
import dev.kirchhoff.arch.event.RunEvent.Turn;
import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.design.SpecDraws;
import dev.kirchhoff.dse.front.DrawnPair;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Contest of the values of one knob (kinds of readout, devices, fabrics) for the best figure of an
 * objective, in joint draws of the models' errors. Each value enters with its best feasible design
 * of each draw, so that a value wins by what could be built of it.
 *
 * <p>A value before the others in at least {@value RunEvent.Contest#SURE} of the draws, by more
 * than {@link DrawnPair#within}, wins; those that it is not before so often tie with it. A source
 * of error turns a win if its factor alone, anywhere within its band, makes the best design of
 * another value better than the winner's; a setting that the spec does not vary ({@link
 * Alternative}) turns it if it does so.
 *
 * <p>Neglected: designs that were not evaluated; several sources that turn a win together, which
 * the draws contain.
 */
public final class KindContest {
  /** Turns that are kept. */
  private static final int MOST_TURNS = 3;

  /** Halvings of a band's logarithm in the search for the factor that turns. */
  private static final int HALVINGS = 20;

  private KindContest() {}

  /** Designs that take part: the front and its rivals, with their numbers in the draws. */
  public record Drawn(DesignSpec spec, SpecDraws draws, List<int[]> ordinals, List<Long> indices) {}

  /**
   * The contests of a front: for each knob, the one for each objective that has more than one value
   * among the designs.
   *
   * @param knobs the knobs, by number
   */
  public static List<Contest> of(Drawn drawn, List<Integer> knobs) {
    List<Contest> contests = new ArrayList<>();
    List<double[][]> figures = figures(drawn);
    for (int knob : knobs) {
      for (int m = 0; m < drawn.draws().objectives().size(); m++) {
        of(drawn, figures, knob, m).ifPresent(contests::add);
      }
    }
    return contests;
  }

  /** Coordinates by design, objective and draw; infinite where a limit is missed. */
  private static List<double[][]> figures(Drawn drawn) {
    List<Objective> objectives = drawn.draws().objectives();
    List<double[][]> figures = new ArrayList<>();
    double[] values = new double[objectives.size()];
    for (int i = 0; i < drawn.draws().designs(); i++) {
      double[][] of = new double[values.length][drawn.draws().draws()];
      for (int d = 0; d < drawn.draws().draws(); d++) {
        boolean isMet = drawn.draws().draw(i, d, values);
        for (int m = 0; m < values.length; m++) {
          of[m][d] = isMet ? objectives.get(m).coordinate(values[m]) : Double.POSITIVE_INFINITY;
        }
      }
      figures.add(of);
    }
    return figures;
  }

  private static Optional<Contest> of(Drawn drawn, List<double[][]> figures, int knob, int place) {
    TreeMap<Integer, List<Integer>> byValue = new TreeMap<>();
    for (int i = 0; i < drawn.ordinals().size(); i++) {
      int value = drawn.ordinals().get(i)[knob];
      if (value != Knob.ABSENT) {
        byValue.computeIfAbsent(value, v -> new ArrayList<>()).add(i);
      }
    }
    if (byValue.size() < 2) {
      return Optional.empty();
    }
    Objective objective = drawn.draws().objectives().get(place);
    record Side(int value, int design, double coordinate, double[] byDraw) {}
    List<Side> sides = new ArrayList<>();
    byValue.forEach(
        (value, designs) -> {
          int best =
              designs.stream()
                  .min(
                      Comparator.comparingDouble((Integer i) -> nominal(drawn, i, place))
                          .thenComparing(i -> drawn.indices().get(i)))
                  .orElseThrow();
          double[] byDraw = new double[drawn.draws().draws()];
          Arrays.fill(byDraw, Double.POSITIVE_INFINITY);
          for (int design : designs) {
            double[] own = figures.get(design)[place];
            for (int d = 0; d < byDraw.length; d++) {
              byDraw[d] = Math.min(byDraw[d], own[d]);
            }
          }
          sides.add(new Side(value, best, nominal(drawn, best, place), byDraw));
        });
    sides.sort(Comparator.comparingDouble(Side::coordinate).thenComparingInt(Side::value));
    Side first = sides.get(0);
    double step = DrawnPair.step(objective.axis());
    List<Contender> others = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    for (Side side : sides.subList(1, sides.size())) {
      int before = 0;
      for (int d = 0; d < first.byDraw().length; d++) {
        before += first.byDraw()[d] < side.byDraw()[d] - step ? 1 : 0;
      }
      String word = word(drawn, knob, side.value());
      others.add(
          new Contender(
              word,
              drawn.indices().get(side.design()),
              drawn.draws().objective(side.design(), place),
              (double) before / first.byDraw().length));
      turns.addAll(turns(drawn, first.design(), side.design(), place, word));
    }
    others.sort(Comparator.comparingDouble(Contender::behind));
    int nearest = drawn.indices().indexOf(others.get(0).index());
    List<RunEvent.Alternative> alternatives =
        alternatives(drawn, first.design(), nearest, place, others.get(0).value());
    turns.sort(
        Comparator.comparingDouble((Turn turn) -> Math.abs(StrictMath.log(turn.factor())))
            .thenComparing(Turn::model));
    return Optional.of(
        new Contest(
            drawn.spec().knobs().get(knob).path(),
            objective.name(),
            new Contender(
                word(drawn, knob, first.value()),
                drawn.indices().get(first.design()),
                drawn.draws().objective(first.design(), place),
                0),
            others,
            others.stream().anyMatch(other -> other.behind() < Contest.SURE),
            turns.subList(0, Math.min(MOST_TURNS, turns.size())),
            alternatives));
  }

  private static String word(Drawn drawn, int knob, int ordinal) {
    return SpecText.scalar(drawn.spec().knobs().get(knob).values().get(ordinal)).asText();
  }

  private static double nominal(Drawn drawn, int design, int place) {
    return drawn.draws().objectives().get(place).coordinate(drawn.draws().objective(design, place));
  }

  /** Settings that the spec does not vary under which the other design is better. */
  private static List<RunEvent.Alternative> alternatives(
      Drawn drawn, int best, int other, int place, String word) {
    Objective objective = drawn.draws().objectives().get(place);
    DesignBinder binder = drawn.spec().newBinder();
    Design ours = binder.bind(drawn.ordinals().get(best));
    Design theirs = binder.bind(drawn.ordinals().get(other));
    List<RunEvent.Alternative> turning = new ArrayList<>();
    for (Alternative alternative : Alternative.all(ours.chip())) {
      boolean isVaried =
          drawn.spec().knobs().stream().anyMatch(k -> k.path().equals(alternative.path()));
      if (!isVaried
          && figure(objective, theirs, alternative) < figure(objective, ours, alternative)) {
        turning.add(new RunEvent.Alternative(alternative.setting(), word));
      }
    }
    return turning;
  }

  /** Coordinate of a design's figure under an alternative. */
  private static double figure(Objective objective, Design design, Alternative alternative) {
    Design other = design.with(alternative.of().apply(design.chip()));
    return objective.coordinate(
        objective.value(Evaluator.totalsByNetwork(new Evaluator().evaluated(other))));
  }

  /** Sources of either design whose factor alone makes the other better. */
  private static List<Turn> turns(Drawn drawn, int best, int other, int place, String word) {
    SpecDraws draws = drawn.draws();
    Objective objective = draws.objectives().get(place);
    List<Turn> turns = new ArrayList<>();
    for (ErrorSource source : draws.sources(best, other)) {
      for (double end : new double[] {source.spread().low(), source.spread().high()}) {
        double most = StrictMath.log(end);
        if (most != 0 && isBetter(draws, objective, best, other, place, source, end)) {
          double kept = 0;
          double turned = 1;
          for (int i = 0; i < HALVINGS; i++) {
            double middle = (kept + turned) / 2;
            double factor = StrictMath.exp(middle * most);
            if (isBetter(draws, objective, best, other, place, source, factor)) {
              turned = middle;
            } else {
              kept = middle;
            }
          }
          turns.add(
              new Turn(
                  source.model(),
                  source.quantity().word(),
                  StrictMath.exp(turned * most),
                  source.spread().low(),
                  source.spread().high(),
                  word));
        }
      }
    }
    return turns;
  }

  private static boolean isBetter(
      SpecDraws draws,
      Objective objective,
      int best,
      int other,
      int place,
      ErrorSource source,
      double factor) {
    return objective.coordinate(draws.objective(other, place, source, factor))
        < objective.coordinate(draws.objective(best, place, source, factor));
  }
}
