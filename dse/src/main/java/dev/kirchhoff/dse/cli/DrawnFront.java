package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.JointDraws;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.design.SpecDraws;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.front.OnFrontShare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A front and its rivals in joint draws of the models' errors: how sure it is that its members are
 * on it, and who else may be.
 *
 * @param draws the draws
 * @param members by index of the member
 * @param rivals designs off the front that are on it in some draws, the surest first
 * @param drawnRivals rivals that were drawn
 */
record DrawnFront(
    JointDraws draws, Map<Long, OnFrontShare> members, List<Rival> rivals, int drawnRivals) {
  private static final int SHOWN = 3;

  /** Designs × designs × draws that are compared at most; beyond it there are fewer draws. */
  private static final double MOST_COMPARISONS = 1e9;

  private static final int FEWEST_DRAWS = 100;

  DrawnFront {
    members = Map.copyOf(members);
    rivals = List.copyOf(rivals);
  }

  /**
   * A design off the front.
   *
   * @param design the design, its objectives by the nominal figures
   * @param share its share of the draws
   */
  record Rival(FrontMember design, OnFrontShare share) {}

  /** Front and rivals of a search in the draws of its seed. */
  static DrawnFront of(DesignSpec spec, ExploreResult result, long seed) {
    List<FrontMember> all = new ArrayList<>(result.front());
    all.addAll(result.rivals());
    double pairs = Math.max(1, (double) all.size() * all.size());
    int count =
        (int) Math.max(FEWEST_DRAWS, Math.min(JointDraws.DEFAULT_COUNT, MOST_COMPARISONS / pairs));
    JointDraws draws = new JointDraws(seed, count);
    List<int[]> designs = all.stream().map(FrontReport::ordinals).toList();
    List<OnFrontShare> shares = OnFrontShare.of(new SpecDraws(spec, designs, draws));
    Map<Long, OnFrontShare> members = new LinkedHashMap<>();
    List<Rival> rivals = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i < result.front().size()) {
        members.put(all.get(i).index(), shares.get(i));
      } else if (shares.get(i).onFront() > 0) {
        rivals.add(new Rival(all.get(i), shares.get(i)));
      }
    }
    rivals.sort(
        Comparator.comparingDouble((Rival r) -> -r.share().onFront())
            .thenComparingLong(r -> r.design().index()));
    return new DrawnFront(draws, members, rivals, result.rivals().size());
  }

  /** The share of a member in words. */
  String share(long index) {
    return percent(members.get(index).onFront());
  }

  /** A share in whole per cent: a thousand draws know no more. Nearly all is not all. */
  static String percent(double share) {
    long whole = Math.round(100 * share);
    if (whole == 100 && share < 1) {
      return "> 99 %";
    }
    return whole == 0 && share > 0 ? "< 1 %" : whole + " %";
  }

  /** Sentence on the meaning of the shares, with the least sure member. */
  String sentence() {
    Map.Entry<Long, OnFrontShare> least =
        members.entrySet().stream()
            .min(
                Comparator.<Map.Entry<Long, OnFrontShare>>comparingDouble(
                        e -> e.getValue().onFront())
                    .thenComparing(Map.Entry::getKey))
            .orElseThrow();
    double missed = 1 - least.getValue().feasible();
    return "On front: share of "
        + Units.count(draws.count())
        + " joint draws of the models' errors in which a design meets every limit and no other"
        + (drawnRivals > 0 ? ", the " + Units.count(drawnRivals) + " rivals included," : " here")
        + " beats it; least "
        + percent(least.getValue().onFront())
        + " (#"
        + least.getKey()
        + (missed > 0 ? ", a limit missed in " + percent(missed) : "")
        + ").\n"
        + others();
  }

  /** The designs off the front that are on it most often. */
  private String others() {
    if (rivals.isEmpty()) {
      return "";
    }
    return "Off the front, on it in draws: "
        + rivals.stream()
            .limit(SHOWN)
            .map(r -> "#" + r.design().index() + " (" + percent(r.share().onFront()) + ")")
            .collect(Collectors.joining(", "))
        + (rivals.size() > SHOWN ? ", " + Units.count(rivals.size() - SHOWN) + " more: --json" : "")
        + ".\n";
  }

  /** The shares of a member as JSON. */
  void put(ObjectNode member, long index) {
    put(member, members.get(index));
  }

  /** Shares of a design as JSON. */
  static void put(ObjectNode member, OnFrontShare share) {
    member.putObject("draws").put("onFront", share.onFront()).put("feasible", share.feasible());
  }

  /** The draws as JSON. */
  void put(ObjectNode root) {
    root.putObject("draws")
        .put("count", draws.count())
        .put("seed", draws.seed())
        .put("rivals", drawnRivals);
  }

  /** The shares as part of a run's last state, by rising index. */
  RunEvent.Draws event() {
    List<Long> indices = members.keySet().stream().sorted().toList();
    List<Double> onFront = new ArrayList<>();
    List<Double> feasible = new ArrayList<>();
    for (long index : indices) {
      onFront.add(members.get(index).onFront());
      feasible.add(members.get(index).feasible());
    }
    return new RunEvent.Draws(draws.count(), indices, onFront, feasible);
  }
}
