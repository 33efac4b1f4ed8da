package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.JointDraws;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.design.SpecDraws;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.front.OnFrontShare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A front in joint draws of the models' errors: how sure its members are.
 *
 * @param draws the draws
 * @param shares by index of the member
 */
record DrawnFront(JointDraws draws, Map<Long, OnFrontShare> shares) {
  /** Members × members × draws that are compared at most; beyond it there are fewer draws. */
  private static final double MOST_COMPARISONS = 1e9;

  private static final int FEWEST_DRAWS = 100;

  DrawnFront {
    shares = Map.copyOf(shares);
  }

  /** A front in the draws of its run's seed. */
  static DrawnFront of(DesignSpec spec, List<FrontMember> front, long seed) {
    double pairs = Math.max(1, (double) front.size() * front.size());
    int count =
        (int) Math.max(FEWEST_DRAWS, Math.min(JointDraws.DEFAULT_COUNT, MOST_COMPARISONS / pairs));
    JointDraws draws = new JointDraws(seed, count);
    List<int[]> designs = front.stream().map(FrontReport::ordinals).toList();
    List<OnFrontShare> shares = OnFrontShare.of(new SpecDraws(spec, designs, draws));
    Map<Long, OnFrontShare> byIndex = new LinkedHashMap<>();
    for (int i = 0; i < front.size(); i++) {
      byIndex.put(front.get(i).index(), shares.get(i));
    }
    return new DrawnFront(draws, byIndex);
  }

  /** The share of a member in words. */
  String share(long index) {
    return percent(shares.get(index).onFront());
  }

  /** A share in whole per cent: a thousand draws know no more. Nearly all is not all. */
  static String percent(double share) {
    long whole = Math.round(100 * share);
    if (whole == 100 && share < 1) {
      return "> 99 %";
    }
    return whole == 0 && share > 0 ? "< 1 %" : whole + " %";
  }

  /** What the shares are of, and the least sure member. */
  String sentence() {
    Map.Entry<Long, OnFrontShare> least =
        shares.entrySet().stream()
            .min(
                Comparator.<Map.Entry<Long, OnFrontShare>>comparingDouble(
                        e -> e.getValue().onFront())
                    .thenComparing(Map.Entry::getKey))
            .orElseThrow();
    double missed = 1 - least.getValue().feasible();
    return "On front: share of "
        + Units.count(draws.count())
        + " joint draws of the models' errors in which a design meets every limit and no other"
        + " here beats it; least "
        + percent(least.getValue().onFront())
        + " (#"
        + least.getKey()
        + (missed > 0 ? ", a limit missed in " + percent(missed) : "")
        + ").\n";
  }

  /** The shares of a member as JSON. */
  void put(ObjectNode member, long index) {
    OnFrontShare share = shares.get(index);
    member.putObject("draws").put("onFront", share.onFront()).put("feasible", share.feasible());
  }

  /** The draws as JSON. */
  void put(ObjectNode root) {
    root.putObject("draws").put("count", draws.count()).put("seed", draws.seed());
  }

  /** The shares as part of a run's last state, by rising index. */
  RunEvent.Draws event() {
    List<Long> indices = shares.keySet().stream().sorted().toList();
    List<Double> onFront = new ArrayList<>();
    List<Double> feasible = new ArrayList<>();
    for (long index : indices) {
      onFront.add(shares.get(index).onFront());
      feasible.add(shares.get(index).feasible());
    }
    return new RunEvent.Draws(draws.count(), indices, onFront, feasible);
  }
}
