package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.design.Condition;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Knee;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Representatives;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.Binding;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Front of a search in the order of its first objective, the best first, with its knee. Holds
 * nothing that depends on the clock or on the run's id: same spec, seed, budget and islands, same
 * front.
 *
 * @param spec spec that was searched
 * @param result result of the search
 * @param members members of the front
 * @param knee place of the {@link Knee} among the members; empty without one
 */
public record RankedFront(
    DesignSpec spec, ExploreResult result, List<FrontMember> members, Optional<Integer> knee) {

  /** Slack, as a share of a limit, that counts as leaning on it. */
  public static final double NEAR = 0.05;

  /** Members in a table that shows a spread of the front. */
  public static final int ROWS = 20;

  public RankedFront {
    members = List.copyOf(members);
  }

  /** The front of a search. */
  public static RankedFront of(DesignSpec spec, ExploreResult result) {
    boolean best = spec.objectives().get(0).maximise();
    Comparator<FrontMember> byFirst = Comparator.comparingDouble(m -> m.values().get(0));
    List<FrontMember> sorted = new ArrayList<>(result.front());
    sorted.sort((best ? byFirst.reversed() : byFirst).thenComparingLong(FrontMember::index));
    return new RankedFront(spec, result, sorted, knee(spec, sorted));
  }

  private static Optional<Integer> knee(DesignSpec spec, List<FrontMember> members) {
    return Knee.of(axes(spec), values(members)).stream().boxed().findFirst();
  }

  private static List<Knee.Objective> axes(DesignSpec spec) {
    return spec.objectives().stream()
        .map(o -> new Knee.Objective(o.metric().axis(), o.maximise()))
        .toList();
  }

  private static List<List<Double>> values(List<FrontMember> members) {
    return members.stream().map(FrontMember::values).toList();
  }

  /** Members that cover the shape of the front, the knee first ({@link Representatives}). */
  public List<FrontMember> representatives(int most) {
    return Representatives.of(axes(spec), values(members), most).stream()
        .map(members::get)
        .toList();
  }

  /** True if there is no member. */
  public boolean isEmpty() {
    return members.isEmpty();
  }

  /** Members, those first that say most of the front: the knee, the ends, what lies between. */
  public List<FrontMember> byImportance() {
    Set<Integer> places = new LinkedHashSet<>();
    places.add(knee.orElse(0));
    places.add(0);
    places.add(members.size() - 1);
    List<int[]> gaps = new ArrayList<>(List.<int[]>of(new int[] {0, members.size() - 1}));
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
    return places.stream().map(members::get).toList();
  }

  /**
   * Places of a number of members, spread over the front from end to end; the knee is one of them.
   */
  public List<Integer> spread(int rows) {
    int[] places = new int[rows];
    for (int i = 0; i < rows; i++) {
      places[i] =
          rows == members.size()
              ? i
              : (int) Math.round((double) i * (members.size() - 1) / (rows - 1));
    }
    int found = knee.isEmpty() ? 0 : Arrays.binarySearch(places, knee.get());
    if (found < 0) {
      places[Math.min(-found - 1, rows - 2)] = knee.orElseThrow();
    }
    return Arrays.stream(places).boxed().toList();
  }

  /** Limits and bounds of knobs that hold the front, by the totals of its members. */
  public Binding binding(List<Totals> totals) {
    SpecProblemSpace problem = new SpecProblemSpace(spec);
    List<double[]> slack = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      slack.add(problem.slack(ordinals(members.get(i)), totals.get(i)));
    }
    return Binding.of(problem, members, slack, NEAR);
  }

  /** Designs that miss a constraint, by the constraint's text. */
  public List<MissedConstraint> missed() {
    List<String> constraints = new SpecProblemSpace(spec).constraints();
    List<MissedConstraint> missed = new ArrayList<>();
    for (int c = 0; c < constraints.size(); c++) {
      missed.add(new MissedConstraint(constraints.get(c), result.missed().get(c)));
    }
    return missed;
  }

  /** The infeasible design of least violation; empty without one. */
  public Optional<NearMiss> nearest() {
    return result.nearest().map(member -> new NearMiss(member.index(), misses(member)));
  }

  /** An infeasible design with the limits that it misses, each with its figure there. */
  public record NearMiss(long index, List<String> misses) {}

  private List<String> misses(FrontMember member) {
    Totals totals = Evaluator.at(spec.band()).totalsByNetwork(design(member));
    View view = spec.tree().view(ordinals(member));
    List<String> misses = new ArrayList<>();
    for (Condition condition : spec.conditions()) {
      double miss = condition.miss(view, totals);
      if (miss > 0) {
        String figure =
            condition
                .plain()
                .map(limit -> "is " + totals.print(limit.metric()))
                .orElseGet(() -> condition.describe(miss));
        misses.add(condition.text() + " (" + figure + ")");
      }
    }
    for (Limit limit : Limit.values()) {
      double shortage = totals.shortage(limit);
      if (shortage > 0) {
        misses.add(
            new PricedDesign.Miss(limit.sentence(), shortage, limit.unit(), false).sentence());
      }
    }
    return misses;
  }

  /** A constraint with the number of designs that miss it. */
  public record MissedConstraint(String constraint, long designs) {}

  /** A member as bound. */
  public Design design(FrontMember member) {
    return spec.newBinder().bind(ordinals(member));
  }

  /** Values of each member's knobs by path, those of single layers left out. */
  public List<Map<String, String>> knobs() {
    List<Map<String, String>> knobs = new ArrayList<>();
    for (FrontMember member : members) {
      Map<String, String> texts = new LinkedHashMap<>();
      ChosenKnobs.of(spec, member.ordinals())
          .forEach((path, value) -> texts.put(path, value.asText()));
      texts.keySet().removeIf(path -> path.contains("["));
      knobs.add(texts);
    }
    return knobs;
  }

  /** Ordinals of a member. */
  public static int[] ordinals(FrontMember member) {
    return member.ordinals().stream().mapToInt(Integer::intValue).toArray();
  }
}
