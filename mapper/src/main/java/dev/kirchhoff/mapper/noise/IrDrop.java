package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.column.WireResistances;

/**
 * Current lost in the wires of a crossbar, closed form (docs/models.md, eq. 36 to 38).
 *
 * <p>a = G [ r_w (C+1)(2C+1)/6 + α r_b (R+1)(2R+1)/6 + C R_drv + α R R_in ] with the array's mean
 * conductance G, ohms per segment r and the share α of rows that conduct; mean loss a/(1 + 1.05 a),
 * a gain that calibration removes. The residue after one gain per column and group of rows that
 * conduct together, n = α R neighbours, is a noise-to-signal ratio (r_b G n²)²/45: the rest of the
 * line carries the current of the whole group, which is one gain. Checked against exact nodal
 * solutions by the tests: loss within 1.2 points (4 at 32×64 and 10 Ω). Valid for a ≤ {@link
 * #LARGEST}; beyond it a design is infeasible. Neglected: data dependence, non-linear cells, sneak
 * paths. Source: fitted to nodal solutions (linear cells, wordlines driven at one end, bitlines
 * into a virtual ground at one end).
 */
public final class IrDrop {

  /** Largest parameter a at which the closed form and the array are usable. */
  public static final double LARGEST = 0.5;

  private IrDrop() {}

  /**
   * Parameter a, dimensionless.
   *
   * @param conductance_uS mean conductance of a cell
   * @param rows wordlines
   * @param columns bitlines
   * @param conducting share of rows that conduct
   * @param wires segment, driver and front-end resistances, see {@link WireResistances}
   */
  public static double parameter(
      double conductance_uS, int rows, int columns, double conducting, WireResistances wires) {
    double wordline = wires.wordlineSegment_ohm() * (columns + 1.0) * (2.0 * columns + 1) / 6;
    double bitline = wires.bitlineSegment_ohm() * (rows + 1.0) * (2.0 * rows + 1) / 6;
    double ends = columns * wires.driver_ohm() + conducting * rows * wires.frontEndInput_ohm();
    return Units.SIEMENS_PER_US * conductance_uS * (wordline + conducting * bitline + ends);
  }

  /** Mean share of the ideal current that is lost. */
  public static double loss(double parameter) {
    return parameter / (1 + 1.05 * parameter);
  }

  /**
   * Noise-to-signal ratio that remains after one gain per column and group of rows that conduct
   * together.
   *
   * @param rows neighbouring rows that conduct together: current of others does not flow
   */
  public static double noiseToSignal(
      double conductance_uS, double rows, double bitlineSegment_ohm) {
    double drop = Units.SIEMENS_PER_US * conductance_uS * bitlineSegment_ohm * rows * rows;
    return drop * drop / 45;
  }
}
