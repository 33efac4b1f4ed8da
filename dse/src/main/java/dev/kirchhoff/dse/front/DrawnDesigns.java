package dev.kirchhoff.dse.front;

import dev.kirchhoff.arch.result.Objective;
import java.util.List;

/**
 * Designs whose figures are known but for errors, in joint draws of these: in one draw an error is
 * the same for all designs. A pure function of design and draw.
 */
public interface DrawnDesigns {

  /** The objectives, in the order of values. */
  List<Objective> objectives();

  /** Number of designs. */
  int designs();

  /** Number of draws. */
  int draws();

  /**
   * The figures of a design in a draw.
   *
   * @param values receives the objectives in metric units
   * @return whether it meets every constraint
   */
  boolean draw(int design, int draw, double[] values);
}
