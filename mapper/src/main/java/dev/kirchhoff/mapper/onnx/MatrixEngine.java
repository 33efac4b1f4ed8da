package dev.kirchhoff.mapper.onnx;

/** Multiplier of the stored matrices of a network: exact arithmetic, or simulated hardware. */
public interface MatrixEngine {

  /** Work space and counters of one thread. */
  Session newSession();

  /** Multiplies, for one thread. */
  @FunctionalInterface
  interface Session {
    /** True if all vectors of a matrix are needed before the first is multiplied. */
    default boolean observesFirst(int layer, int group) {
      return false;
    }

    /** Looks at vectors that will be multiplied; as those of {@link #multiply}. */
    default void observe(Call call, float[][] vectors) {}

    /**
     * Sets products = weightsᵀ · vectors.
     *
     * @param call the matrix and its vectors
     * @param vectors by input of the matrix, then vector; all arrays have the same length, which is
     *     that of the batch, zeros behind the vectors of the call
     * @param products by output of the matrix, then vector
     */
    void multiply(Call call, float[][] vectors, float[][] products);
  }

  /**
   * A batch of vectors of one matrix.
   *
   * @param layer number of the layer
   * @param group group of the layer
   * @param step time step of a recurrent layer, else 0
   * @param first number of the first vector among those of all items, even
   * @param count vectors in the batch
   */
  record Call(int layer, int group, int step, long first, int count) {}
}
