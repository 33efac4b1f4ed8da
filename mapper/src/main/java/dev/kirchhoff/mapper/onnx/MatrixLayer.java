package dev.kirchhoff.mapper.onnx;

import java.util.List;

/**
 * Stored matrices of one layer: one per group.
 *
 * <p>Named as the importer of networks names its layers, so that precisions and results of either
 * find each other.
 */
public final class MatrixLayer {
  private final String name;
  private final float[][][] weights;
  private final int positions;
  private final List<Object> source;

  /**
   * Matrices of a layer.
   *
   * @param weights by group, input and output
   * @param positions positions of a kernel: input k is channel k / positions at position k mod
   *     positions
   * @param source stored values and their arrangement: layers of equal sources are one
   */
  MatrixLayer(String name, float[][][] weights, int positions, List<Object> source) {
    this.name = name;
    this.weights = weights;
    this.positions = positions;
    this.source = List.copyOf(source);
  }

  /** True if another layer multiplies with this matrix. */
  boolean isStoredAs(MatrixLayer other) {
    return source.equals(other.source);
  }

  /** Name of a layer of a node, as the importer makes it. */
  static String name(String node, String suffix) {
    String plain = (node + suffix).replaceAll("[^A-Za-z0-9_./:-]", "_").replaceAll("^/+", "");
    return plain.length() > 120 ? plain.substring(0, 120) : plain.isEmpty() ? "_" : plain;
  }

  /** Name of the layer. */
  public String name() {
    return name;
  }

  /** Number of groups. */
  public int groups() {
    return weights.length;
  }

  /** Inputs of an output. */
  public int inputs() {
    return weights[0].length;
  }

  /** Outputs of a group. */
  public int outputs() {
    return weights[0][0].length;
  }

  /** Positions of a kernel: input k is channel k / positions at position k mod positions. */
  public int positions() {
    return positions;
  }

  /** A weight. */
  public float weight(int group, int input, int output) {
    return weights[group][input][output];
  }
}
