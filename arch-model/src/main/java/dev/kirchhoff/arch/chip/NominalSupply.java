package dev.kirchhoff.arch.chip;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.View;

/**
 * Nominal core supply of a node and flavour, the value of {@code supply: nominal}.
 *
 * <p>Read: 1.3, 1.2, 1.1, 1.0, 0.9, 0.85, 0.8, 0.75, 0.7 V at 130, 90, 65, 45, 32, 22, 14, 10, 7 nm
 * (ITRS low-power and high-performance tables, as DNN+NeuroSim V1.3 uses them); 1.8 V at 180 nm
 * (Mochida et al., VLSI 2018, doi 10.1109/VLSIT.2018.8510676); 0.9 V at 28 nm (ZigZag-IMC, the
 * silicon its fits are made on). Assumed: 0.65 V at 5 nm. Between nodes: linear in the logarithm of
 * the node; outside 5..180 nm: the nearest end. Low standby power has 0.1 V more (read: nominal
 * supplies of PTM's cards of 45, 32, 22 and 16 nm, 1.1, 1.0, 0.95 and 0.9 V; other nodes assumed).
 */
public final class NominalSupply {
  private static final double[] NODE_NM = {5, 7, 10, 14, 22, 28, 32, 45, 65, 90, 130, 180};
  private static final double[] SUPPLY_V = {
    0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.9, 1.0, 1.1, 1.2, 1.3, 1.8
  };

  private NominalSupply() {}

  /** Supply of a section of technology: that which it states, or the nominal one. */
  public static double stated(View.Section technology) {
    return technology.isWord("supply", "nominal")
        ? of(technology.number("node") * Units.NM_PER_UM, Flavour.of(technology))
        : technology.number("supply");
  }

  /** Nominal supply of a node and flavour. */
  public static double of(double node_nm, Flavour flavour) {
    return of(node_nm) + flavour.higher_V();
  }

  private static double of(double node_nm) {
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
