package dev.kirchhoff.mapper.train;

import java.util.List;

/** The largest of each 2 x 2 square of a map; the first one, if several are equal. */
final class MaximumStage implements Stage {
  private final String name;
  private final int channels;
  private final int height;
  private final int width;
  private float[] y;
  private float[] dx;
  private int[] from = new int[0];

  /**
   * For maps of the given size, both even.
   *
   * @param name of its node
   * @param channels how many maps
   * @param height rows
   * @param width columns
   */
  MaximumStage(String name, int channels, int height, int width) {
    this.name = name;
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int outputs() {
    return channels * height * width / 4;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public String export(OnnxGraph graph, String input) {
    return graph.node(
        name,
        "MaxPool",
        List.of(input),
        OnnxGraph.wholes("kernel_shape", 2, 2),
        OnnxGraph.wholes("strides", 2, 2));
  }

  @Override
  public float[] forward(float[] x, int batch) {
    int results = batch * outputs();
    y = Stage.zeros(y, results);
    if (from.length < results) {
      from = new int[results];
    }
    int o = 0;
    for (int plane = 0; plane < batch * channels; plane++) {
      for (int row = 0; row < height; row += 2) {
        int at = (plane * height + row) * width;
        for (int column = 0; column < width; column += 2, at += 2, o++) {
          int best = x[at + 1] > x[at] ? at + 1 : at;
          int below = x[at + width + 1] > x[at + width] ? at + width + 1 : at + width;
          best = x[below] > x[best] ? below : best;
          from[o] = best;
          y[o] = x[best];
        }
      }
    }
    return y;
  }

  @Override
  public float[] backward(float[] dy, int batch, boolean isFirst) {
    dx = Stage.zeros(dx, batch * channels * height * width);
    for (int o = 0; o < batch * outputs(); o++) {
      dx[from[o]] += dy[o];
    }
    return dx;
  }
}
