package dev.kirchhoff.peripherals.scaling;

import dev.kirchhoff.arch.chip.NominalSupply;

/**
 * Energy and area of digital logic over node and supply.
 *
 * <p>Energy ~ a V^2 + b V + c with a, b, c per node, relative to one another; area factors relative
 * to 32 nm. Read: Stillmaker and Baas, Integration 58 (2017), doi 10.1016/j.vlsi.2017.02.002,
 * general-purpose process, 130 to 7 nm. Between nodes log-log interpolated; 180 nm and 5 nm
 * continue the slope of the last two nodes (assumed). Low supplies follow V^2 (assumed): from the
 * supply at which a parabola's E/V^2 is least, or from the node's nominal supply if that is lower.
 * Further down the constant term of the fits would let E/V^2, a gate's capacitance, grow as the
 * supply falls, and energy with it in the end. Neglected: leakage (see {@link Process}),
 * temperature.
 */
public final class LogicScaling {
  private static final double[] NODE_NM = {7, 10, 14, 16, 20, 32, 45, 65, 90, 130};
  private static final double[] A = {
    0.1776, 0.2068, 0.2363, 0.2958, 0.373, 0.9559, 1.103, 3.755, 4.762, 7.171
  };
  private static final double[] B = {
    -0.09097, -0.09311, -0.09675, -0.1241, -0.1582, -0.7823, -0.362, -4.398, -4.781, -6.709
  };
  private static final double[] C = {
    0.02447, 0.02375, 0.02239, 0.03024, 0.04104, 0.471, 0.2767, 1.975, 2.092, 2.904
  };
  private static final double[] LOG_NODE = new double[NODE_NM.length];
  private static final double[] SQUARE_BELOW_V = new double[NODE_NM.length];
  private static final NodeTable AREA =
      NodeTable.of(NODE_NM, new double[] {0.13, 0.22, 0.38, 0.41, 0.46, 1, 2.2, 3.3, 6.1, 14});

  static {
    for (int i = 0; i < NODE_NM.length; i++) {
      LOG_NODE[i] = StrictMath.log(NODE_NM[i]);
      SQUARE_BELOW_V[i] = Math.min(-2 * C[i] / B[i], NominalSupply.of(NODE_NM[i]));
    }
  }

  private LogicScaling() {}

  /** Energy of a given piece of logic, in units of the fit (1.0 has no meaning; ratios do). */
  public static double energy(double node_nm, double supply_V) {
    double log = StrictMath.log(node_nm);
    int i = 0;
    while (i < NODE_NM.length - 2 && LOG_NODE[i + 1] <= log) {
      i++;
    }
    double low = StrictMath.log(atTableNode(i, supply_V));
    double high = StrictMath.log(atTableNode(i + 1, supply_V));
    double share = (log - LOG_NODE[i]) / (LOG_NODE[i + 1] - LOG_NODE[i]);
    return StrictMath.exp(low + share * (high - low));
  }

  /** Area of a given piece of logic relative to 32 nm. */
  public static double area(double node_nm) {
    return AREA.at(node_nm);
  }

  private static double atTableNode(int i, double supply_V) {
    double v = Math.max(supply_V, SQUARE_BELOW_V[i]);
    double energy = A[i] * v * v + B[i] * v + C[i];
    double below = supply_V / v;
    return energy * below * below;
  }
}
