package dev.kirchhoff.dse.front;

import dev.kirchhoff.arch.result.Objective;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Fronts of a search: the non-dominated feasible designs and the infeasible ones of least
 * violation, both of all designs and of each niche, the designs that share one value of one knob.
 * The content depends on the set of designs, not on their order.
 */
public final class Fronts {

  /**
   * Niche of a search: the designs in which a knob has a value.
   *
   * @param knob index of the knob
   * @param ordinal the value
   */
  public record Niche(int knob, int ordinal) {}

  /**
   * Front and near misses of a set of designs.
   *
   * @param front the feasible ones that no other dominates
   * @param nearMisses the infeasible ones of least violation
   */
  public record FrontState(Archive front, NearMisses nearMisses) {
    private FrontState copy() {
      return new FrontState(front.copy(), nearMisses.copy());
    }
  }

  private final List<Objective> objectives;
  private final List<Niche> niches;
  private final FrontState all;
  private final List<FrontState> byNiche;
  private final double[] compared;

  /** Empty fronts of some niches. */
  public Fronts(List<Objective> objectives, List<Niche> niches) {
    this(
        objectives,
        niches,
        empty(objectives),
        niches.stream().map(n -> empty(objectives)).toList());
  }

  private Fronts(
      List<Objective> objectives, List<Niche> niches, FrontState all, List<FrontState> byNiche) {
    this.objectives = List.copyOf(objectives);
    this.niches = List.copyOf(niches);
    this.all = all;
    this.byNiche = byNiche;
    this.compared = new double[2 * objectives.size()];
  }

  private static FrontState empty(List<Objective> objectives) {
    return new FrontState(new Archive(objectives.size()), new NearMisses());
  }

  /** Fronts with the same content, which change apart from these. */
  public Fronts copy() {
    return new Fronts(
        objectives, niches, all.copy(), byNiche.stream().map(FrontState::copy).toList());
  }

  /** The objectives. */
  public List<Objective> objectives() {
    return objectives;
  }

  /** The front of all designs. */
  public Archive whole() {
    return all.front();
  }

  /** Infeasible designs nearest to being feasible. */
  public NearMisses nearMisses() {
    return all.nearMisses();
  }

  /** The niches. */
  public List<Niche> niches() {
    return niches;
  }

  /** Front and near misses of a niche. */
  public FrontState niche(int number) {
    return byNiche.get(number);
  }

  /**
   * Takes note of a design.
   *
   * @param index its index
   * @param ordinals the design
   * @param values its objectives in metric units; not read if it is infeasible
   * @param relativeTotal sum of its relative violations; 0 = feasible
   * @return whether it entered the front of all designs
   */
  public boolean offer(long index, int[] ordinals, double[] values, float relativeTotal) {
    if (relativeTotal == 0) {
      // A logarithm is taken once per design; every view of a front needs it again.
      int dimensions = objectives.size();
      for (int m = 0; m < dimensions; m++) {
        compared[m] = objectives.get(m).minimised(values[m]);
        compared[dimensions + m] = objectives.get(m).coordinate(values[m]);
      }
    }
    for (int i = 0; i < niches.size(); i++) {
      Niche niche = niches.get(i);
      if (ordinals[niche.knob()] == niche.ordinal()) {
        offer(byNiche.get(i), index, relativeTotal);
      }
    }
    return offer(all, index, relativeTotal);
  }

  private boolean offer(FrontState known, long index, float relativeTotal) {
    if (relativeTotal > 0) {
      known.nearMisses().offer(index, relativeTotal);
      return false;
    }
    return known.front().offer(index, compared);
  }

  /**
   * Designs near the front but not on it: from the front of each niche those that the smallest
   * step, on all axes at once, would put on the whole front, and the best of each objective.
   *
   * @param most designs of a niche at most, beside the best
   * @return their indices, rising
   */
  public long[] rivals(int most) {
    Set<Long> members = new HashSet<>();
    for (int place = 0; place < whole().size(); place++) {
      members.add(whole().index(place));
    }
    Set<Long> rivals = new TreeSet<>();
    for (FrontState niche : byNiche) {
      Archive front = niche.front();
      record Rival(long index, double gap) {}
      IntStream.range(0, front.size())
          .filter(place -> !members.contains(front.index(place)))
          .mapToObj(place -> new Rival(front.index(place), gap(front, place)))
          .sorted(Comparator.comparingDouble(Rival::gap).thenComparingLong(Rival::index))
          .limit(most)
          .forEach(rival -> rivals.add(rival.index()));
      for (int m = 0; m < objectives.size() && front.size() > 0; m++) {
        int objective = m;
        IntStream.range(0, front.size())
            .boxed()
            .min(
                Comparator.comparingDouble((Integer place) -> front.value(place, objective))
                    .thenComparingLong(front::index))
            .map(front::index)
            .filter(index -> !members.contains(index))
            .ifPresent(rivals::add);
      }
    }
    return rivals.stream().mapToLong(Long::longValue).toArray();
  }

  /** The step on all axes at once, in wide differences, that puts a design on the whole front. */
  private double gap(Archive front, int place) {
    double gap = Double.NEGATIVE_INFINITY;
    for (int member = 0; member < whole().size(); member++) {
      double step = Double.POSITIVE_INFINITY;
      for (int m = 0; m < objectives.size() && step > gap; m++) {
        double worse = coordinate(front, place, m) - coordinate(whole(), member, m);
        step = Math.min(step, worse / objectives.get(m).axis().wideSpan());
      }
      gap = Math.max(gap, step);
    }
    return gap;
  }

  /** Objectives of a member in metric units. */
  public double[] values(Archive archive, int place) {
    double[] values = new double[objectives.size()];
    for (int m = 0; m < values.length; m++) {
      double value = archive.value(place, m);
      values[m] = objectives.get(m).maximise() ? -value : value;
    }
    return values;
  }

  /**
   * Coordinate of a member on the axis of an objective: {@link Objective#coordinate} of its value.
   */
  public double coordinate(Archive archive, int place, int objective) {
    return archive.value(place, objectives.size() + objective);
  }
}
