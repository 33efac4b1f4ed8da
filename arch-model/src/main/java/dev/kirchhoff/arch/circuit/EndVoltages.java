package dev.kirchhoff.arch.circuit;

/**
 * Voltages at the driven ends of a crossbar; those at other ends are ignored.
 *
 * <pre>{@code
 * EndVoltages read = EndVoltages.left(new double[] {0.2, 0, 0.2}, 4);
 * }</pre>
 */
public final class EndVoltages {
  final double[] left_V;
  final double[] right_V;
  final double[] top_V;
  final double[] bottom_V;

  /**
   * Voltages of all ends.
   *
   * @param left_V one a row
   * @param right_V one a row
   * @param top_V one a column
   * @param bottom_V one a column
   */
  public EndVoltages(double[] left_V, double[] right_V, double[] top_V, double[] bottom_V) {
    this.left_V = left_V.clone();
    this.right_V = right_V.clone();
    this.top_V = top_V.clone();
    this.bottom_V = bottom_V.clone();
  }

  /** Wordlines driven from the left. */
  public static EndVoltages left(double[] left_V, int columns) {
    return new EndVoltages(
        left_V, new double[left_V.length], new double[columns], new double[columns]);
  }

  /** Bitlines driven from the bottom. */
  public static EndVoltages bottom(double[] bottom_V, int rows) {
    return new EndVoltages(
        new double[rows], new double[rows], new double[bottom_V.length], bottom_V);
  }
}
