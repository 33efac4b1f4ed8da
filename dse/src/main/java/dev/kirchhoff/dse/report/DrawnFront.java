package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.JointDraws;
import dev.kirchhoff.dse.design.SpecDraws;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.front.OnFrontShare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A front and its rivals in joint draws of the models' errors: how sure it is that its members are
 * on it, and who else may be.
 *
 * @param draws the draws
 * @param members by index of the member
 * @param rivals designs off the front that are on it in some draws, the surest first
 * @param drawnRivals rivals that were drawn
 */
public record DrawnFront(
    JointDraws draws, Map<Long, OnFrontShare> members, List<Rival> rivals, int drawnRivals) {
  /** Designs × designs × draws that are compared at most; beyond it there are fewer draws. */
  private static final double MOST_COMPARISONS = 1e9;

  private static final int FEWEST_DRAWS = 100;

  public DrawnFront {
    members = Map.copyOf(members);
    rivals = List.copyOf(rivals);
  }

  /**
   * A design off the front.
   *
   * @param design the design, its objectives by the nominal figures
   * @param share its share of the draws
   */
  public record Rival(FrontMember design, OnFrontShare share) {}

  /** Front and rivals of a search in the draws of its seed. */
  public static DrawnFront of(DesignSpec spec, ExploreResult result, long seed) {
    List<FrontMember> all = new ArrayList<>(result.front());
    all.addAll(result.rivals());
    double pairs = Math.max(1, (double) all.size() * all.size());
    int count =
        (int) Math.max(FEWEST_DRAWS, Math.min(JointDraws.DEFAULT_COUNT, MOST_COMPARISONS / pairs));
    JointDraws draws = new JointDraws(seed, count);
    List<int[]> designs = all.stream().map(RankedFront::ordinals).toList();
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

  /** The shares as part of a run's last state, by rising index. */
  public RunEvent.Draws event() {
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
