package dev.kirchhoff.mapper.train;

import java.util.Arrays;
import java.util.List;

/** A step of a network that training can pass in both directions. */
interface Stage {
  /** Name of its node and of the value that it computes. */
  String name();

  /** Values of one sample that it returns. */
  int outputs();

  /** Trained parameters. */
  List<Parameter> parameters();

  /**
   * Results of a batch, kept until the next one.
   *
   * @param x inputs, a sample after the other
   * @param batch how many samples
   */
  float[] forward(float[] x, int batch);

  /**
   * Adds to the gradients of the parameters and returns those of the inputs of the last {@link
   * #forward}.
   *
   * @param dy gradients of its results
   * @param batch how many samples
   * @param isFirst whether nobody needs the gradients of the inputs, so that they may be left zero
   */
  float[] backward(float[] dy, int batch, boolean isFirst);

  /**
   * Writes its nodes.
   *
   * @param graph what they are added to
   * @param input the value that they read
   * @return the value that they compute
   */
  String export(OnnxGraph graph, String input);

  /** An array of at least the given size: the old one, set to zero, or a new one. */
  static float[] zeros(float[] old, int size) {
    if (old == null || old.length < size) {
      return new float[size];
    }
    Arrays.fill(old, 0, size, 0);
    return old;
  }
}
