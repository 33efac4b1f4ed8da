package dev.kirchhoff.peripherals.scaling;

/**
 * Energy and area of digital logic over node and supply.
 *
 * <p>Energy ~ C V² with C in proportion to the side of a six-transistor cell, √A: capacitance of
 * gates and local wires follows drawn lengths ({@link SramCell}, foundry announcements). Between 28
 * and 5 nm that falls 2.5 times, as published adder trees do (Chih, ISSCC 2021, 22 nm; Fujiwara,
 * ISSCC 2022, 5 nm); predictive models with a planar process beside a fin one fall 5.8 times and
 * miss them by a factor of 2 (Stillmaker and Baas, Integration 58, 2017).
 *
 * <p>Area factors relative to 32 nm. Read: Stillmaker and Baas, doi 10.1016/j.vlsi.2017.02.002,
 * general-purpose process, 130 to 7 nm; between nodes log-log interpolated, 180 nm and 5 nm
 * continue the slope of the last two nodes (assumed). Neglected: leakage (see {@link Process}),
 * temperature.
 */
public final class LogicScaling {
  private static final double[] NODE_NM = {7, 10, 14, 16, 20, 32, 45, 65, 90, 130};
  private static final NodeTable AREA =
      NodeTable.of(NODE_NM, new double[] {0.13, 0.22, 0.38, 0.41, 0.46, 1, 2.2, 3.3, 6.1, 14});

  private LogicScaling() {}

  /** Energy of a given piece of logic, in um V² (1.0 has no meaning; ratios do). */
  public static double energy(double node_nm, double supply_V) {
    return Math.sqrt(SramCell.area_um2(node_nm)) * supply_V * supply_V;
  }

  /** Area of a given piece of logic relative to 32 nm. */
  public static double area(double node_nm) {
    return AREA.at(node_nm);
  }
}
