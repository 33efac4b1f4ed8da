package dev.kirchhoff.mapper.train;

import java.util.List;

/** A map as a vector: nothing to compute. */
final class FlatStage implements Stage {
  private final int size;

  FlatStage(int size) {
    this.size = size;
  }

  @Override
  public String name() {
    return "flatten";
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
    return graph.node(name(), "Flatten", List.of(input));
  }

  @Override
  public float[] forward(float[] x, int batch) {
    return x;
  }

  @Override
  public float[] backward(float[] dy, int batch, boolean isFirst) {
    return dy;
  }
}
