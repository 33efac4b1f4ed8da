package dev.kirchhoff.dse.front;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import java.util.List;

/**
 * Draws written down: by design and draw the objectives, and whether the limits are met.
 *
 * @param objectives the objectives
 * @param values design, draw, objective
 * @param met design, draw
 */
record DrawnTable(List<Objective> objectives, double[][][] values, boolean[][] met)
    implements DrawnDesigns {
  static final Objective EFFICIENCY = new Objective(Metric.TOPS_PER_W, true);
  static final Objective AREA = new Objective(Metric.AREA, false);
  static final Objective SNR = new Objective(Metric.SNR, true);

  @Override
  public int designs() {
    return values.length;
  }

  @Override
  public int draws() {
    return values[0].length;
  }

  @Override
  public boolean draw(int design, int draw, double[] into) {
    System.arraycopy(values[design][draw], 0, into, 0, into.length);
    return met[design][draw];
  }
}
