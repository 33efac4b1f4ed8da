package dev.kirchhoff.arch.program;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Precision;
import java.util.List;

/**
 * Step of a {@link Program}.
 *
 * <p>Each of {@link Multiply} and {@link Digital} makes one map of values, which later steps may
 * read or join; steps of a {@link Repeat} make theirs once all repetitions are done.
 */
public sealed interface Step {

  /**
   * Product of a matrix in crossbars with input vectors, and the digital work that follows it.
   *
   * @param layer matrix, vectors, value statistics, digital work and dependences
   * @param precision bits of matrix, inputs and outputs
   */
  record Multiply(Layer layer, Precision precision) implements Step {}

  /**
   * Write of a matrix of activations into the crossbars of the product that follows it.
   *
   * @param layer product that multiplies with the matrix
   * @param precision bits of the matrix
   */
  record Write(Layer layer, Precision precision) implements Step {}

  /**
   * Work on the digital units of tiles: the product of two matrices of activations, and the
   * element-wise work that follows it.
   *
   * @param layer operands, digital work and dependences
   * @param precision bits of operands and outputs
   */
  record Digital(Layer layer, Precision precision) implements Step {}

  /**
   * Steps that are done several times, each time with the results of the time before: the time
   * steps of a recurrent cell, the iterations of a solver. The vectors of its steps are those of
   * all times together.
   *
   * @param times number of repetitions, at least 2
   * @param steps steps of one repetition
   */
  record Repeat(int times, List<Step> steps) implements Step {
    public Repeat {
      steps = List.copyOf(steps);
      if (times < 2) {
        throw new IllegalArgumentException(
            "The times ("
                + times
                + ") of a repeat must be at least 2.\nMaybe its steps need no repeat.");
      }
    }
  }
}
