package dev.kirchhoff.mapper.onnx;

/**
 * Places of a matrix's inputs in the values of an item, and of its outputs in the result.
 *
 * @param layer number of the layer
 * @param group group of the layer
 * @param step time step
 * @param positions vectors of an item
 * @param places place of each input, by input, then position; −1 = zero. Shared, not copied
 * @param target places of the outputs
 */
record Gather(int layer, int group, int step, int positions, int[] places, Target target) {

  /**
   * Output m of position p of an item goes to {@code first + m · perOutput + p · perPosition}.
   *
   * @param first place of the first one
   * @param perOutput distance of outputs
   * @param perPosition distance of positions
   */
  record Target(int first, int perOutput, int perPosition) {}

  /** Inputs of the matrix. */
  int inputs() {
    return places.length / positions;
  }
}
