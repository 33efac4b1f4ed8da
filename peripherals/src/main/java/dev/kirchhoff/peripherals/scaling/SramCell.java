package dev.kirchhoff.peripherals.scaling;

/**
 * Area of a six-transistor SRAM cell over the node, compiled from foundry announcements at IEDM and
 * VLSI (TSMC and Intel, high-density cells); foundries differ by about 15 %. Valid 180..5 nm.
 */
public final class SramCell {
  private static final NodeTable AREA =
      NodeTable.of(
          new double[] {5, 7, 10, 14, 16, 22, 28, 32, 45, 65, 90, 130, 180},
          new double[] {
            0.021, 0.027, 0.042, 0.0588, 0.07, 0.092, 0.127, 0.171, 0.299, 0.525, 1.0, 2.45, 4.65
          });

  private SramCell() {}

  /** Area of one cell. */
  public static double area_um2(double node_nm) {
    return AREA.at(node_nm);
  }
}
