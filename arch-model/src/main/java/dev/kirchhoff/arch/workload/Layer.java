package dev.kirchhoff.arch.workload;

import java.util.List;

/**
 * One matrix layer of a network with the digital work that follows it.
 *
 * @param name name within its network, {@code 03} or {@code conv2_1}
 * @param shape matrix shape
 * @param window how it moves over its input map
 * @param dynamic both operands are activations: done on the digital vector units, not on crossbars
 * @param inputs statistics of the input values
 * @param weights statistics of the weights
 * @param origins where these statistics come from
 * @param after digital work on this layer's outputs (bias, activation, pooling, residual addition)
 * @param links where its values come from
 * @param matrix storage of its matrix
 * @param kernel work of a kernel beside its reads; none of a network's layer
 */
public record Layer(
    String name,
    MatrixShape shape,
    Window window,
    boolean dynamic,
    ValueStatistics inputs,
    ValueStatistics weights,
    ValueOrigins origins,
    List<DigitalWork> after,
    Links links,
    MatrixStorage matrix,
    KernelWork kernel) {
  public Layer {
    after = List.copyOf(after);
    if (shape.vectors() % window.steps() != 0) {
      throw new IllegalArgumentException(
          "The steps ("
              + window.steps()
              + ") of layer ("
              + name
              + ") must divide its vectors ("
              + shape.vectors()
              + ").");
    }
  }

  /** Copy of this layer whose inputs were measured. */
  Layer measured(ValueStatistics statistics) {
    return new Layer(
        name,
        shape,
        window,
        dynamic,
        statistics,
        weights,
        new ValueOrigins(StatisticsOrigin.MEASURED, StatisticsOrigin.MEASURED, origins.weights()),
        after,
        links,
        matrix,
        kernel);
  }

  /** A layer of a network. */
  public Layer(
      String name,
      MatrixShape shape,
      Window window,
      boolean dynamic,
      ValueStatistics inputs,
      ValueStatistics weights,
      ValueOrigins origins,
      List<DigitalWork> after,
      Links links,
      MatrixStorage matrix) {
    this(
        name,
        shape,
        window,
        dynamic,
        inputs,
        weights,
        origins,
        after,
        links,
        matrix,
        KernelWork.NONE);
  }

  /** A layer that stores a matrix of its own. */
  public Layer(
      String name,
      MatrixShape shape,
      Window window,
      boolean dynamic,
      ValueStatistics inputs,
      ValueStatistics weights,
      ValueOrigins origins,
      List<DigitalWork> after,
      Links links) {
    this(name, shape, window, dynamic, inputs, weights, origins, after, links, MatrixStorage.OWN);
  }

  /** A layer whose statistics are given. */
  public Layer(
      String name,
      MatrixShape shape,
      Window window,
      boolean dynamic,
      ValueStatistics inputs,
      ValueStatistics weights,
      List<DigitalWork> after,
      Links links) {
    this(name, shape, window, dynamic, inputs, weights, ValueOrigins.GIVEN, after, links);
  }

  /** A layer padded to the size of its output that reads one other. */
  public Layer(
      String name,
      MatrixShape shape,
      boolean dynamic,
      ValueStatistics inputs,
      ValueStatistics weights,
      List<DigitalWork> after,
      int producer) {
    this(name, shape, Window.padded(shape), dynamic, inputs, weights, after, Links.of(producer));
  }

  /** The layer that it reads first, −1 = the network's input. */
  public int producer() {
    return links.first();
  }
}
