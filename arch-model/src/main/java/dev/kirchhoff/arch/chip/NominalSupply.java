package dev.kirchhoff.arch.chip;

/**
 * Nominal core supply of a node, the value of {@code supply: nominal}.
 *
 * <p>Read: 1.3, 1.2, 1.1, 1.0, 0.9, 0.85, 0.8, 0.75, 0.7 V at 130, 90, 65, 45, 32, 22, 14, 10, 7 nm
 * (ITRS low-power and high-performance tables, as DNN+NeuroSim V1.3 uses them); 1.8 V at 180 nm
 * (Mochida et al., VLSI 2018, doi 10.1109/VLSIT.2018.8510676); 0.9 V at 28 nm (ZigZag-IMC, the
 * silicon its fits are made on). Assumed: 0.65 V at 5 nm. Between nodes: linear in the logarithm of
 * the node; outside 5..180 nm: the nearest end.
 */
public final class NominalSupply {
  private static final double[] NODE_NM = {5, 7, 10, 14, 22, 28, 32, 45, 65, 90, 130, 180};
  private static final double[] SUPPLY_V = {
    0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.9, 1.0, 1.1, 1.2, 1.3, 1.8
  };

  private NominalSupply() {}

  /** Nominal supply of a node. */
  public static double of(double node_nm) {
    int last = NODE_NM.length - 1;
    if (!(node_nm > NODE_NM[0])) {
      return SUPPLY_V[0];
    }
    if (node_nm >= NODE_NM[last]) {
      return SUPPLY_V[last];
    }
    int i = 0;
    while (NODE_NM[i + 1] <= node_nm) {
      i++;
    }
    double share =
        StrictMath.log(node_nm / NODE_NM[i]) / StrictMath.log(NODE_NM[i + 1] / NODE_NM[i]);
    return SUPPLY_V[i] + share * (SUPPLY_V[i + 1] - SUPPLY_V[i]);
  }
}
