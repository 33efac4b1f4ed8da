package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.JointDraws;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.dse.decision.KindContest;
import dev.kirchhoff.dse.design.SpecDraws;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.engine.Niches;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.front.Fronts.Niche;
import dev.kirchhoff.dse.front.OnFrontShare;
import dev.kirchhoff.dse.run.DataProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Front and rivals in joint draws of the models' errors: the confidence that members are on the
 * front, and the designs off it that may be. Of a front of more than {@value #MOST_MEMBERS} members
 * those are drawn that cover its shape, that are best in an objective and that a table shows, each
 * with its nearest competitors among the members: those that come to dominate it by the smallest
 * step on all axes at once. Rivals have competitors too.
 *
 * @param draws the draws
 * @param members by index of the member, where it was drawn
 * @param rivals designs off the front that are on it in some draws, by falling share
 * @param drawnRivals rivals that were drawn
 * @param contests values of knobs whose values are names, for the best of each objective
 */
public record DrawnFront(
    JointDraws draws,
    Map<Long, OnFrontShare> members,
    List<Rival> rivals,
    int drawnRivals,
    List<RunEvent.Contest> contests) {
  /** Designs × designs × draws that are compared at most; beyond it there are fewer draws. */
  private static final double MOST_COMPARISONS = 1e9;

  private static final int FEWEST_DRAWS = 100;

  /** Members that are all drawn (chosen: a second of draws). */
  private static final int MOST_MEMBERS = 400;

  /** Members that cover the shape of a larger front, a chosen number. */
  private static final int REPRESENTATIVES = 100;

  /** Competitors of each of them (chosen). */
  private static final int COMPETITORS = 4;

  /** Designs x draws of a larger front (chosen: a second of draws). */
  private static final double MOST_FIGURES = 250_000;

  public DrawnFront {
    members = Map.copyOf(members);
    rivals = List.copyOf(rivals);
    contests = List.copyOf(contests);
  }

  /**
   * A design off the front.
   *
   * @param design the design, its objectives by the nominal figures
   * @param share its share of the draws
   */
  public record Rival(FrontMember design, OnFrontShare share) {}

  /** Front and rivals of a search in the draws of its seed. */
  public static DrawnFront of(RankedFront front, long seed) {
    DesignSpec spec = front.spec();
    ExploreResult result = front.result();
    List<FrontMember> chosen = chosen(front);
    List<FrontMember> all = new ArrayList<>(chosen);
    all.addAll(result.rivals());
    double pairs = Math.max(1, (double) all.size() * all.size());
    double most =
        chosen.size() == result.front().size()
            ? MOST_COMPARISONS / pairs
            : MOST_FIGURES / all.size();
    int count = (int) Math.max(FEWEST_DRAWS, Math.min(JointDraws.DEFAULT_COUNT, most));
    JointDraws draws = new JointDraws(seed, count);
    List<int[]> designs = all.stream().map(RankedFront::ordinals).toList();
    SpecDraws drawn = new SpecDraws(spec, designs, draws);
    List<OnFrontShare> shares = OnFrontShare.of(drawn);
    Map<Long, OnFrontShare> members = new LinkedHashMap<>();
    List<Rival> rivals = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i < chosen.size()) {
        members.put(all.get(i).index(), shares.get(i));
      } else if (shares.get(i).onFront() > 0) {
        rivals.add(new Rival(all.get(i), shares.get(i)));
      }
    }
    rivals.sort(
        Comparator.comparingDouble((Rival r) -> -r.share().onFront())
            .thenComparingLong(r -> r.design().index()));
    List<Long> indices = all.stream().map(FrontMember::index).toList();
    List<Integer> kinds =
        Niches.of(new SpecProblemSpace(spec).space()).stream().map(Niche::knob).distinct().toList();
    List<RunEvent.Contest> contests =
        all.isEmpty()
            ? List.of()
            : KindContest.of(new KindContest.Drawn(spec, drawn, designs, indices), kinds);
    return new DrawnFront(draws, members, rivals, result.rivals().size(), contests);
  }

  /** Shares of a member; empty if it was not drawn. */
  public Optional<OnFrontShare> member(long index) {
    return Optional.ofNullable(members.get(index));
  }

  /** The members that are drawn, by rising index. */
  private static List<FrontMember> chosen(RankedFront front) {
    List<FrontMember> members = front.result().front();
    if (members.size() <= MOST_MEMBERS) {
      return members;
    }
    List<Objective> objectives = new SpecProblemSpace(front.spec()).objectives();
    Set<FrontMember> judged = new HashSet<>(front.representatives(REPRESENTATIVES));
    front.spread(RankedFront.ROWS).forEach(place -> judged.add(front.members().get(place)));
    judged.addAll(bests(objectives, members));
    Set<FrontMember> chosen = new HashSet<>(judged);
    judged.addAll(front.result().rivals());
    double[][] points = points(objectives, members);
    for (FrontMember design : judged) {
      double[] point = points(objectives, List.of(design))[0];
      double[] steps = Arrays.stream(points).mapToDouble(other -> step(other, point)).toArray();
      // A member is the nearest to itself.
      for (int i = 0; i <= COMPETITORS; i++) {
        int nearest = 0;
        for (int j = 1; j < steps.length; j++) {
          nearest = steps[j] < steps[nearest] ? j : nearest;
        }
        chosen.add(members.get(nearest));
        steps[nearest] = Double.POSITIVE_INFINITY;
      }
    }
    return chosen.stream().sorted(Comparator.comparingLong(FrontMember::index)).toList();
  }

  /** The best of each objective, of equal ones that of the least index. */
  static List<FrontMember> bests(List<Objective> objectives, List<FrontMember> members) {
    List<FrontMember> bests = new ArrayList<>();
    for (int m = 0; m < objectives.size(); m++) {
      Objective objective = objectives.get(m);
      int place = m;
      bests.add(
          members.stream()
              .min(
                  Comparator.comparingDouble(
                          (FrontMember member) -> objective.minimised(member.values().get(place)))
                      .thenComparingLong(FrontMember::index))
              .orElseThrow());
    }
    return bests;
  }

  /** Coordinates of designs in wide differences. */
  private static double[][] points(List<Objective> objectives, List<FrontMember> designs) {
    double[][] points = new double[designs.size()][objectives.size()];
    for (int i = 0; i < points.length; i++) {
      for (int m = 0; m < objectives.size(); m++) {
        Objective objective = objectives.get(m);
        points[i][m] =
            objective.coordinate(designs.get(i).values().get(m)) / objective.axis().wideSpan();
      }
    }
    return points;
  }

  /** The step on all axes at once with which a point covers another. */
  private static double step(double[] from, double[] to) {
    double step = Double.NEGATIVE_INFINITY;
    for (int m = 0; m < to.length; m++) {
      step = Math.max(step, from[m] - to[m]);
    }
    return step;
  }

  /** The shares as part of a run's last state, by rising index. */
  public RunEvent.Draws event() {
    List<Long> indices = members.keySet().stream().sorted().toList();
    List<OnFrontShare> shares = indices.stream().map(members::get).toList();
    List<OnFrontShare> others = rivals.stream().map(Rival::share).toList();
    return new RunEvent.Draws(
        draws.count(),
        indices,
        shares.stream().map(OnFrontShare::onFront).toList(),
        shares.stream().map(OnFrontShare::feasible).toList(),
        new RunEvent.Rivals(
            drawnRivals,
            rivals.stream().map(rival -> rival.design().index()).toList(),
            others.stream().map(OnFrontShare::onFront).toList(),
            others.stream().map(OnFrontShare::feasible).toList()),
        contests);
  }

  /**
   * Front and rivals of a search as its last state in the log tells them.
   *
   * @throws DataProblemException if they are not of this search
   */
  public static DrawnFront logged(ExploreResult result, long seed, RunEvent.Draws event) {
    RunEvent.Rivals others = event.rivals();
    Map<Long, FrontMember> designs = new HashMap<>();
    result.rivals().forEach(rival -> designs.put(rival.index(), rival));
    Set<Long> front = new HashSet<>(result.front().stream().map(FrontMember::index).toList());
    if (!front.containsAll(event.index())
        || !designs.keySet().containsAll(others.index())
        || !isWhole(event.index(), event.onFront(), event.feasible())
        || !isWhole(others.index(), others.onFront(), others.feasible())) {
      throw new DataProblemException(
          "the joint draws of the run's last state are not of its designs");
    }
    Map<Long, OnFrontShare> members = new HashMap<>();
    for (int i = 0; i < event.index().size(); i++) {
      members.put(
          event.index().get(i), new OnFrontShare(event.onFront().get(i), event.feasible().get(i)));
    }
    List<Rival> rivals = new ArrayList<>();
    for (int i = 0; i < others.index().size(); i++) {
      rivals.add(
          new Rival(
              designs.get(others.index().get(i)),
              new OnFrontShare(others.onFront().get(i), others.feasible().get(i))));
    }
    return new DrawnFront(
        new JointDraws(seed, event.count()), members, rivals, others.drawn(), event.contests());
  }

  private static boolean isWhole(List<Long> index, List<Double> onFront, List<Double> feasible) {
    return onFront.size() == index.size() && feasible.size() == index.size();
  }
}
