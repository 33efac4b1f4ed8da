package dev.kirchhoff.mapper.simulate;

/** A matrix of integers on a chip, which multiplies vectors of integers. Immutable. */
interface ChipMatrix {

  /**
   * Multiplies a batch.
   *
   * @param vectors inputs, by input, then vector; as many vectors as the work space has
   * @param products results, by output, then vector
   * @param call index of the product of this matrix, in a network that uses it several times
   * @param first number of the first vector, even
   * @param space scratch of one thread
   */
  void multiply(int[][] vectors, double[][] products, int call, long first, MatrixWorkspace space);
}
