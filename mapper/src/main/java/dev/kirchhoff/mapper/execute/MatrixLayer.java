package dev.kirchhoff.mapper.execute;

/**
 * Stored matrices of one layer: one a group.
 *
 * <p>Named as the importer of networks names its layers, so that precisions and results of either
 * find each other.
 */
public final class MatrixLayer {
  private final String name;
  private final float[][][] weights;

  MatrixLayer(String name, float[][][] weights) {
    this.name = name;
    this.weights = weights;
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

  /** A weight. */
  public float weight(int group, int input, int output) {
    return weights[group][input][output];
  }
}
