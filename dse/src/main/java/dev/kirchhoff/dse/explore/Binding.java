package dev.kirchhoff.dse.explore;

import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.space.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Binding limits and bounds of knobs of a front. A member leans on a limit if its slack is a small
 * share of it. A spec that allowed values beyond the end of a knob might have a better front.
 *
 * <p>Knobs of numbers have ends. Of h members with a knob of v values, m have the value at an end,
 * evenly spread h/v of them. The knob is at a bound if
 *
 * <pre>
 *   m ≥ 2h/3                            of three values or more, or
 *   m ≥ h/2  and  m ≥ h/v + 2 s         of three values or more, or      (1)
 *   m ≥ 2h/3 and  m ≥ h/v + 3 s         of two values, of which one is always an end,
 *   s² = h/v (1 − 1/v)
 * </pre>
 *
 * and at least two members and a tenth of the front have it. Knobs that each layer has are one: m
 * counts the members with the value in most layers that (1) holds for at once, half of the layers
 * or more.
 *
 * <p>A knob that is not at a bound may still be at one in all members that are best in an
 * objective: a fifth of the front or 100 members, five at least, more than chance explains (p &lt;
 * 0.001). Ends below which no value exists are left out there.
 *
 * @param limits limits that members lean on, those of most members first
 * @param bounds knobs at a bound, those of the largest share of members first
 * @param ends ends of other knobs that hold the best of an objective, those of most members first
 */
public record Binding(List<BindingLimit> limits, List<AtBound> bounds, List<AtEnd> ends) {
  // Shares and numbers below which a bound or an end tells nothing of a front (chosen).
  private static final double FEWEST_SHARE = 0.1;
  private static final double END_SHARE = 0.2;
  private static final int FEWEST_OF_END = 5;
  private static final int MOST_OF_END = 100;
  private static final double BY_CHANCE = 1e-3;

  public Binding {
    limits = List.copyOf(limits);
    bounds = List.copyOf(bounds);
    ends = List.copyOf(ends);
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
   * @param knob its index; of knobs that each layer has the first
   * @param value the value at the bound, as printed
   * @param isLowest whether that is its lowest value; else its highest
   * @param members members that have it
   * @param holders members that have the knob
   * @param layers layers that have it in all of these members; 1 for a knob of the chip
   * @param allLayers layers that have the knob
   * @param leaning the limit that most of these members lean on
   */
  public record AtBound(
      int knob,
      String value,
      boolean isLowest,
      int members,
      int holders,
      int layers,
      int allLayers,
      Optional<BindingLimit> leaning) {
    private double share() {
      return (double) members / holders;
    }
  }

  /**
   * An end of a knob that holds the best of an objective.
   *
   * @param knob its index
   * @param value the value at the end, as printed
   * @param isLowest whether that is its lowest value; else its highest
   * @param objective place of the objective
   * @param members members that have it and are better than every other member
   * @param worst worst value of the objective among these
   */
  public record AtEnd(
      int knob, String value, boolean isLowest, int objective, int members, double worst) {}

  /**
   * Limits and bounds of knobs that a front leans on.
   *
   * @param problem the problem
   * @param front the front
   * @param slack room that each member leaves to each constraint, as a share of it; NaN where the
   *     constraint has none
   * @param within slack, as a share of the limit, that counts as leaning on it
   */
  public static Binding of(
      Problem problem, List<FrontMember> front, List<double[]> slack, double within) {
    List<boolean[]> leans = new ArrayList<>();
    for (double[] rooms : slack) {
      boolean[] near = new boolean[rooms.length];
      for (int c = 0; c < rooms.length; c++) {
        near[c] = rooms[c] <= within;
      }
      leans.add(near);
    }
    List<AtBound> bounds = new ArrayList<>();
    List<AtEnd> ends = new ArrayList<>();
    for (List<Integer> group : groups(problem.space().knobs())) {
      Optional<KnobBounds> found = KnobBounds.of(problem.space().knobs().get(group.get(0)));
      if (found.isPresent()) {
        for (boolean isLowest : List.of(true, false)) {
          int ordinal = isLowest ? found.get().lowest() : found.get().highest();
          Optional<AtBound> bound = atBound(problem, front, leans, group, ordinal, isLowest);
          bound.ifPresent(bounds::add);
          if (bound.isEmpty() && group.size() == 1 && !(isLowest && found.get().isFloor())) {
            atEnd(problem, front, group.get(0), ordinal, isLowest).ifPresent(ends::add);
          }
        }
      }
    }
    bounds.sort(
        Comparator.comparingDouble(AtBound::share).thenComparingInt(AtBound::members).reversed());
    ends.sort(Comparator.comparingInt(AtEnd::members).reversed());
    return new Binding(limits(problem, leans), bounds, ends);
  }

  /** Knobs in their order, those together that each layer has under one condition. */
  private static Collection<List<Integer>> groups(List<Knob> knobs) {
    Map<List<Object>, List<Integer>> groups = new LinkedHashMap<>();
    for (int k = 0; k < knobs.size(); k++) {
      Knob knob = knobs.get(k);
      List<Object> key =
          List.of(Knob.pathOfAllLayers(knob.path()), knob.condition(), knob.values());
      groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(k);
    }
    return groups.values();
  }

  private static Optional<AtBound> atBound(
      Problem problem,
      List<FrontMember> front,
      List<boolean[]> leans,
      List<Integer> group,
      int ordinal,
      boolean isLowest) {
    Knob knob = problem.space().knobs().get(group.get(0));
    BitSet there = new BitSet();
    for (int i = 0; i < front.size(); i++) {
      there.set(i, front.get(i).ordinals().get(group.get(0)) != Knob.ABSENT);
    }
    int holders = there.cardinality();
    if (holders < Math.min(front.size(), Math.max(2, FEWEST_SHARE * front.size()))) {
      return Optional.empty();
    }
    List<BitSet> layers = new ArrayList<>();
    for (int k : group) {
      BitSet of = new BitSet();
      for (int i = 0; i < front.size(); i++) {
        of.set(i, front.get(i).ordinals().get(k) == ordinal);
      }
      layers.add(of);
    }
    layers.sort(Comparator.comparingInt(BitSet::cardinality).reversed());
    int count = 0;
    for (BitSet layer : layers) {
      BitSet both = (BitSet) there.clone();
      both.and(layer);
      if (!isAtBound(both.cardinality(), holders, knob.cardinality())) {
        break;
      }
      there = both;
      count++;
    }
    if (count == 0 || 2 * count < group.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new AtBound(
            group.get(0),
            knob.values().get(ordinal),
            isLowest,
            there.cardinality(),
            holders,
            count,
            group.size(),
            limits(problem, there.stream().mapToObj(leans::get).toList()).stream().findFirst()));
  }

  /** Rule (1). */
  private static boolean isAtBound(int members, int holders, int values) {
    double even = (double) holders / values;
    double spread = Math.sqrt(even * (1 - 1.0 / values));
    boolean isTwoThirds = 3 * members >= 2 * holders;
    return values < 3
        ? isTwoThirds && members >= even + 3 * spread
        : isTwoThirds || (2 * members >= holders && members >= even + 2 * spread);
  }

  private static Optional<AtEnd> atEnd(
      Problem problem, List<FrontMember> front, int knob, int ordinal, boolean isLowest) {
    List<FrontMember> there =
        front.stream().filter(member -> member.ordinals().get(knob) == ordinal).toList();
    if (there.size() < FEWEST_OF_END) {
      return Optional.empty();
    }
    double share = (double) there.size() / front.size();
    AtEnd most = null;
    for (int m = 0; m < problem.objectives().size(); m++) {
      Objective objective = problem.objectives().get(m);
      int place = m;
      ToDoubleFunction<FrontMember> cost =
          member -> objective.minimised(member.values().get(place));
      double other =
          front.stream()
              .filter(member -> member.ordinals().get(knob) != ordinal)
              .mapToDouble(cost)
              .min()
              .orElse(Double.POSITIVE_INFINITY);
      double[] better = there.stream().mapToDouble(cost).filter(at -> at < other).toArray();
      int least = Math.max(FEWEST_OF_END, Math.min(MOST_OF_END, ceiling(END_SHARE * front.size())));
      if (better.length >= least
          && StrictMath.pow(share, better.length) <= BY_CHANCE
          && (most == null || better.length > most.members())) {
        double worst = Arrays.stream(better).max().orElseThrow();
        String value = problem.space().knobs().get(knob).values().get(ordinal);
        most =
            new AtEnd(
                knob, value, isLowest, m, better.length, objective.maximise() ? -worst : worst);
      }
    }
    return Optional.ofNullable(most);
  }

  private static int ceiling(double value) {
    return (int) Math.ceil(value);
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

  /**
   * Ordinals of the lowest and the highest value of a knob.
   *
   * @param isFloor whether no value exists below the lowest: nothing is below zero, no count below
   *     one
   */
  private record KnobBounds(int lowest, int highest, boolean isFloor) {

    /** Ends of a knob whose values are numbers of one dimension. */
    static Optional<KnobBounds> of(Knob knob) {
      if (knob.cardinality() < 2) {
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
        String least = knob.values().get(lowest);
        boolean isFloor = least.equals("1") || Units.quantity(least, dimension) == 0;
        return Optional.of(new KnobBounds(lowest, highest, isFloor));
      } catch (Units.UnitException e) {
        return Optional.empty();
      }
    }
  }
}
