package dev.kirchhoff.mapper.onnx;

import java.util.Optional;

/** Graph that is cut at its stored matrices: matrix i stands behind part i. */
interface SplitGraph {
  /** Number of matrices. */
  int matrixCount();

  /** A node with stored matrices. */
  MatrixNode matrix(int i);

  /** Part before a matrix, or behind the last; empty if nothing is there. */
  Optional<GraphPart> part(int i);

  /** Constant value of a name that a matrix node reads. */
  Optional<Values> constant(String name);

  /** Name of the output. */
  String output();

  /** True if no stage behind one reads a value. */
  boolean isDone(String name, int stage);
}
