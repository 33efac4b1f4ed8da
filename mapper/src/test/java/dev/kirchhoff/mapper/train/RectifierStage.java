package dev.kirchhoff.mapper.train;

import java.util.List;

/** y = max(0, x). */
final class RectifierStage implements Stage {
  private final String name;
  private final int size;
  private float[] y;
  private float[] dx;

  RectifierStage(String name, int size) {
    this.name = name;
    this.size = size;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int outputs() {
    return size;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public String export(OnnxGraph graph, String input) {
    return graph.node(name, "Relu", List.of(input));
  }

  @Override
  public float[] forward(float[] x, int batch) {
    y = Stage.zeros(y, batch * size);
    for (int i = 0; i < batch * size; i++) {
      y[i] = Math.max(0f, x[i]);
    }
    return y;
  }

  @Override
  public float[] backward(float[] dy, int batch, boolean isFirst) {
    dx = Stage.zeros(dx, batch * size);
    for (int i = 0; i < batch * size; i++) {
      dx[i] = y[i] > 0 ? dy[i] : 0;
    }
    return dx;
  }
}
