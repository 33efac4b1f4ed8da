package dev.kirchhoff.dse.explore;

import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which constraints hold a front where it is. */
public final class Binding {
  private Binding() {}

  /**
   * Counts for each constraint the members of a front that come near its limit.
   *
   * @param problem the problem
   * @param front the front
   * @param within distance to the limit, as a share of the limit, that counts as near
   * @return one count per constraint; empty if the problem knows no slack
   */
  public static Optional<List<Integer>> nearLimits(
      Problem problem, List<FrontMember> front, double within) {
    Session session = problem.newSession();
    double[] slack = new double[problem.constraints().size()];
    int[] near = new int[slack.length];
    for (FrontMember member : front) {
      int[] design = member.ordinals().stream().mapToInt(Integer::intValue).toArray();
      if (!session.slack(design, slack)) {
        return Optional.empty();
      }
      for (int c = 0; c < slack.length; c++) {
        near[c] += slack[c] <= within ? 1 : 0;
      }
    }
    List<Integer> counts = new ArrayList<>();
    for (int count : near) {
      counts.add(count);
    }
    return Optional.of(counts);
  }
}
