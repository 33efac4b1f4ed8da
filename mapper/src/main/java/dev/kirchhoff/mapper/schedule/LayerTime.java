package dev.kirchhoff.mapper.schedule;

import dev.kirchhoff.mapper.dataflow.Dataflow;

/**
 * Time of one layer for the vectors of an inference, whenever it runs:
 *
 * <pre>busy = lead + iterations · iteration</pre>
 *
 * @param iterations iterations of as many vectors as the layer has copies, ⌈N / copies⌉; of a
 *     recurrent layer its steps
 * @param iteration_ns time of an iteration
 * @param own_ns time of all iterations on the layer's own crossbars and tiles, before {@link
 *     #atLeast}
 * @param lead time beside the iterations: writing a matrix of activations into crossbars before
 *     them, or the work of a kernel
 * @param fill_ns time from the end of an iteration to its outputs
 * @param way_ns time of the layer's inputs on the fabric
 * @param firstShare share of its input map that the first iteration needs
 */
public record LayerTime(
    double iterations,
    double iteration_ns,
    double own_ns,
    LeadTime lead,
    double fill_ns,
    double way_ns,
    double firstShare) {
  /**
   * Passes from buffer to buffer beside those of the input bits, as in ISAAC (Shafiee et al., ISCA
   * 2016, doi 10.1109/ISCA.2016.12, section V: 22 cycles of which 16 are input bits).
   */
  public static final int PIPELINE_DEPTH = 6;

  /**
   * Time of a layer; each step of a recurrent one takes its iterations and a fill.
   *
   * @param copies vectors of an iteration
   * @param iteration_ns time of an iteration
   * @param fill_ns time from the end of a vector's passes to its output
   * @param way_ns time of the layer's inputs on the fabric
   */
  public static LayerTime of(
      Dataflow flow, int layer, double copies, double iteration_ns, double fill_ns, double way_ns) {
    int steps = flow.steps(layer);
    double vectors = flow.vectors(layer);
    if (steps > 1) {
      double step_ns = Math.ceil(vectors / steps / copies) * iteration_ns + fill_ns;
      return of(steps, step_ns, 0, way_ns, flow.firstShare(layer));
    }
    double iterations = Math.ceil(vectors / copies);
    return of(
        iterations, iteration_ns, fill_ns, way_ns, flow.firstShare(layer, iterations, copies));
  }

  private static LayerTime of(
      double iterations, double iteration_ns, double fill_ns, double way_ns, double firstShare) {
    return new LayerTime(
        iterations,
        iteration_ns,
        iterations * iteration_ns,
        LeadTime.NONE,
        fill_ns,
        way_ns,
        firstShare);
  }

  /** The layer with something to do beside its iterations. */
  public LayerTime withLead(LeadTime lead) {
    return new LayerTime(iterations, iteration_ns, own_ns, lead, fill_ns, way_ns, firstShare);
  }

  /**
   * The layer no faster than a part that it shares with others; the same object where it is not.
   *
   * @param least_ns time that the part takes for the layer, with what others want of it meanwhile
   */
  public LayerTime atLeast(double least_ns) {
    boolean isFaster = time_ns() < least_ns;
    return isFaster
        ? new LayerTime(
            iterations, least_ns / iterations, own_ns, lead, fill_ns, way_ns, firstShare)
        : this;
  }

  /** Time beside the iterations. */
  public double lead_ns() {
    return lead.sum_ns();
  }

  /** Time of all iterations. */
  public double time_ns() {
    return iterations * iteration_ns;
  }

  /** Time of all iterations and of what precedes them. */
  public double busy_ns() {
    return lead_ns() + time_ns();
  }
}
