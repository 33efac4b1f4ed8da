package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.scaling.NodeTable;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Processes of round figures, for circuits that are computed by hand: FO4 of 0.45 ps/nm, which
 * follows V / (V - 0.35 V)^1.3, latches of 0.4 FO4 and 20 unit gates, 0.1 nA/um off, on-currents of
 * 600 uA/um at 32 nm and (V - 0.45 V)^1.3.
 */
public final class StatedProcess {
  private static final double[] NODE_NM = {5, 7, 10, 14, 22, 32, 45, 65, 90, 130};
  private static final NodeTable ON =
      NodeTable.of(NODE_NM, new double[] {822, 822, 862, 893, 792, 600, 500, 400, 346, 301});

  private StatedProcess() {}

  /** The process of a node and supply at 300 K. */
  public static Process of(double node_nm, double supply_V) {
    return of(new Technology(node_nm, supply_V, Flavour.LOW_POWER, 300));
  }

  /** The process of a technology. */
  public static Process of(Technology technology) {
    double node_nm = technology.node_nm();
    double supply_V = technology.supply_V();
    double nominal_V = NominalSupply.of(node_nm, technology.flavour());
    double fo4_ns = 0.45e-3 * node_nm * delay(supply_V) / delay(nominal_V);
    double on = ON.at(node_nm);
    double overdrive = Math.max(supply_V - 0.45, 0.05) / (nominal_V - 0.45);
    double gate_fJ = Process.of(technology).gate_fJ();
    return Process.of(
        technology,
        new Process.Transistor(
            22,
            180,
            fo4_ns,
            0.4 * fo4_ns,
            20 * gate_fJ,
            gate_fJ,
            0.5 * 4 * node_nm / 1000 * 1e-4 * supply_V,
            supply_V == nominal_V ? on : on * StrictMath.pow(overdrive, 1.3),
            on,
            1e-4));
  }

  private static double delay(double supply_V) {
    return supply_V / Math.pow(supply_V - 0.35, 1.3);
  }
}
