package dev.kirchhoff.dse.front;

import dev.kirchhoff.arch.result.Objective;
import java.util.ArrayList;
import java.util.List;

/**
 * In how many joint draws a design is on the front of the designs that are drawn: it meets every
 * constraint, and none of the others that do dominates it. Of designs that are equal in a draw the
 * first counts, as in an {@link Archive}.
 *
 * <p>Neglected: designs that are not drawn. One of them may dominate in a draw, so the share is an
 * upper end; of what a search has not seen nothing is known either way.
 *
 * @param onFront share of draws on the front, 0..1
 * @param feasible share of draws in which it meets every constraint, 0..1; never less
 */
public record OnFrontShare(double onFront, double feasible) {

  /** The share of each design, in their order. */
  public static List<OnFrontShare> of(DrawnDesigns drawn) {
    int designs = drawn.designs();
    List<Objective> objectives = drawn.objectives();
    int[] on = new int[designs];
    int[] met = new int[designs];
    double[] values = new double[objectives.size()];
    for (int draw = 0; draw < drawn.draws(); draw++) {
      Archive front = new Archive(values.length);
      for (int i = 0; i < designs; i++) {
        if (drawn.draw(i, draw, values)) {
          met[i]++;
          for (int m = 0; m < values.length; m++) {
            values[m] = objectives.get(m).minimised(values[m]);
          }
          front.offer(i, values);
        }
      }
      for (int place = 0; place < front.size(); place++) {
        on[(int) front.index(place)]++;
      }
    }
    List<OnFrontShare> shares = new ArrayList<>();
    for (int i = 0; i < designs; i++) {
      shares.add(new OnFrontShare((double) on[i] / drawn.draws(), (double) met[i] / drawn.draws()));
    }
    return shares;
  }
}
