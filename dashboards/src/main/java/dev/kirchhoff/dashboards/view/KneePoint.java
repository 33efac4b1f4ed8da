package dev.kirchhoff.dashboards.view;

import java.util.List;

/**
 * A knee that the front had from the end of a round on.
 *
 * @param round the round
 * @param evaluated unique designs at its end
 * @param index index of the design in the run
 * @param values objective values, in the order of objectives
 */
public record KneePoint(int round, long evaluated, long index, List<Double> values) {
  public KneePoint {
    values = List.copyOf(values);
  }
}
