package dev.kirchhoff.peripherals.scaling;

/**
 * A positive figure tabulated over technology nodes; between nodes log-log interpolated, outside
 * continued with the slope of the last two entries.
 */
public final class NodeTable {
  private final double[] logNode;
  private final double[] logValue;

  private NodeTable(double[] node_nm, double[] value) {
    if (node_nm.length != value.length || node_nm.length < 2) {
      throw new IllegalArgumentException(
          "A table of nodes ("
              + node_nm.length
              + ") must have as many values ("
              + value.length
              + ") and at least two.");
    }
    logNode = new double[node_nm.length];
    logValue = new double[node_nm.length];
    for (int i = 0; i < node_nm.length; i++) {
      if (i > 0 && !(node_nm[i] > node_nm[i - 1])) {
        throw new IllegalArgumentException("The nodes of a table must ascend.");
      }
      logNode[i] = StrictMath.log(node_nm[i]);
      logValue[i] = StrictMath.log(value[i]);
    }
  }

  /** A table over ascending nodes. */
  public static NodeTable of(double[] node_nm, double[] value) {
    return new NodeTable(node_nm, value);
  }

  /** The figure at a node, given the natural logarithm of the node in nm. */
  public double atLog(double logNode_nm) {
    return StrictMath.exp(logAtLog(logNode_nm));
  }

  /** The natural logarithm of {@link #atLog}. */
  double logAtLog(double logNode_nm) {
    int i = segment(logNode_nm);
    double share = (logNode_nm - logNode[i]) / (logNode[i + 1] - logNode[i]);
    return logValue[i] + share * (logValue[i + 1] - logValue[i]);
  }

  /** The figure at a node. */
  public double at(double node_nm) {
    return atLog(StrictMath.log(node_nm));
  }

  private int segment(double log) {
    int i = 0;
    while (i < logNode.length - 2 && logNode[i + 1] <= log) {
      i++;
    }
    return i;
  }
}
