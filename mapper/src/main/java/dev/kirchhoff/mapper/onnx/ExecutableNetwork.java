package dev.kirchhoff.mapper.onnx;

import java.util.List;
import java.util.function.Predicate;

/**
 * Network that runs: the vectors of its stored matrices are multiplied by an engine, everything
 * between them is digital arithmetic of single precision. Immutable; safe for several threads.
 */
public interface ExecutableNetwork {

  /** The layers with stored matrices, in order of execution. */
  List<MatrixLayer> layers();

  /** Dimensions of one item, the batch's left out; of several inputs their values in a row. */
  List<Integer> itemShape();

  /** Values of an output of one item. */
  int outputSize();

  /**
   * Runs a batch of items.
   *
   * @param items inputs, one array an item; the values of several inputs one after the other
   * @param first number of the first item among all, even
   * @param session engine that multiplies
   * @return the first output of each item
   * @throws ExecutionException if a node's inputs do not fit it
   */
  List<float[]> run(float[][] items, long first, MatrixEngine.Session session);

  /**
   * Copy of this network with both matrices of some recurrent cells stored as one.
   *
   * @param layer accepts the names of the layers of such matrices, {@code lstm/joint}
   */
  ExecutableNetwork joined(Predicate<String> layer);
}
