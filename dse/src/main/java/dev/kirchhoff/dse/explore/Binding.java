package dev.kirchhoff.dse.explore;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The limits and the ends of knobs that hold a front where it is. A member leans on a limit if its
 * slack is a small share of it. A knob is at a bound if two thirds of the members or more have its
 * lowest or its highest value: a spec that allowed more might have a better front.
 *
 * <p>Only knobs of three numbers or more have bounds: of two values one is always an end.
 *
 * @param limits limits that members lean on, those of most members first
 * @param bounds knobs at a bound, in their order
 */
public record Binding(List<BindingLimit> limits, List<AtBound> bounds) {
  private static final int FEWEST_VALUES = 3;

  public Binding {
    limits = List.copyOf(limits);
    bounds = List.copyOf(bounds);
  }

  /**
   * A limit that members lean on.
   *
   * @param constraint its text
   * @param members how many
   */
  public record BindingLimit(String constraint, int members) {}

  /**
   * A knob at a bound.
   *
   * @param knob its index
   * @param value the value at the bound, as printed
   * @param isLowest whether that is its lowest value; else its highest
   * @param members how many members have it
   * @param leaning the limit that most of these lean on
   */
  public record AtBound(
      int knob, String value, boolean isLowest, int members, Optional<BindingLimit> leaning) {}

  /**
   * Limits and bounds of knobs that a front leans on.
   *
   * @param problem the problem
   * @param front the front
   * @param within slack, as a share of the limit, that counts as leaning on it
   */
  public static Binding of(Problem problem, List<FrontMember> front, double within) {
    Session session = problem.newSession();
    List<boolean[]> leans = new ArrayList<>();
    for (FrontMember member : front) {
      double[] slack = new double[problem.constraints().size()];
      boolean[] near = new boolean[slack.length];
      int[] design = member.ordinals().stream().mapToInt(Integer::intValue).toArray();
      if (session.slack(design, slack)) {
        for (int c = 0; c < slack.length; c++) {
          near[c] = slack[c] <= within;
        }
      }
      leans.add(near);
    }
    List<AtBound> bounds = new ArrayList<>();
    for (int k = 0; k < problem.space().knobs().size(); k++) {
      Optional<KnobBounds> ends = KnobBounds.of(problem.space().knobs().get(k));
      if (ends.isPresent()) {
        atBound(problem, front, leans, k, ends.get().lowest(), true).ifPresent(bounds::add);
        atBound(problem, front, leans, k, ends.get().highest(), false).ifPresent(bounds::add);
      }
    }
    return new Binding(limits(problem, leans), bounds);
  }

  private static Optional<AtBound> atBound(
      Problem problem,
      List<FrontMember> front,
      List<boolean[]> leans,
      int knob,
      int ordinal,
      boolean isLowest) {
    List<boolean[]> there = new ArrayList<>();
    for (int i = 0; i < front.size(); i++) {
      if (front.get(i).ordinals().get(knob) == ordinal) {
        there.add(leans.get(i));
      }
    }
    if (there.isEmpty() || 3 * there.size() < 2 * front.size()) {
      return Optional.empty();
    }
    String value = problem.space().knobs().get(knob).values().get(ordinal);
    return Optional.of(
        new AtBound(
            knob, value, isLowest, there.size(), limits(problem, there).stream().findFirst()));
  }

  private static List<BindingLimit> limits(Problem problem, List<boolean[]> members) {
    List<BindingLimit> limits = new ArrayList<>();
    for (int c = 0; c < problem.constraints().size(); c++) {
      int limit = c;
      int near = (int) members.stream().filter(leans -> leans[limit]).count();
      if (near > 0) {
        limits.add(new BindingLimit(problem.constraints().get(c), near));
      }
    }
    limits.sort(Comparator.comparingInt(BindingLimit::members).reversed());
    return limits;
  }

  /** Ordinals of the lowest and the highest value of a knob. */
  private record KnobBounds(int lowest, int highest) {

    /** Ends of a knob whose values are numbers of one dimension. */
    static Optional<KnobBounds> of(Knob knob) {
      if (knob.cardinality() < FEWEST_VALUES) {
        return Optional.empty();
      }
      int lowest = 0;
      int highest = 0;
      try {
        Dimension dimension = Units.dimensionOf(knob.values().get(0));
        for (int i = 1; i < knob.cardinality(); i++) {
          double value = Units.quantity(knob.values().get(i), dimension);
          lowest = value < Units.quantity(knob.values().get(lowest), dimension) ? i : lowest;
          highest = value > Units.quantity(knob.values().get(highest), dimension) ? i : highest;
        }
        return Optional.of(new KnobBounds(lowest, highest));
      } catch (Units.UnitException e) {
        return Optional.empty();
      }
    }
  }
}
