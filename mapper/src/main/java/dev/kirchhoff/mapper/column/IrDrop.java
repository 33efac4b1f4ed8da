package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.spec.Units;

/**
 * Current lost in the wires of a crossbar, closed form (docs/models.md, eq. 36 to 38).
 *
 * <p>A line of n cells of conductance G and segments r is a ladder, from which cell i (i = 0 at the
 * far end) reaches the near end with cosh(κ i)/cosh(κ n) of its current, κ² = r G. Its mean is T(a)
 * = tanh(√(3a))/√(3a) with the loss parameter a = κ² n²/3. A bitline with the share α of its R rows
 * conducting has a_b = α G r_b (R+1)(2R+1)/6, a wordline a_w = G r_w (C+1)(2C+1)/6, and the
 * circuits at their ends a_e = G (C R_drv + α R R_in). Both lines together keep
 *
 * <pre>s = (T(a_w) T(a_b) + T(a_w + a_b))/2,     retained = s/(1 + a_e s)</pre>
 *
 * <p>of the current, a gain that calibration removes after the conversion: converters see what is
 * left. What remains after one gain a column and group of n rows that conduct together is the
 * variance of the ladder, a noise-to-signal ratio of
 *
 * <pre>u (1/2 + sinh(2√u)/(4√u))/sinh²(√u) − 1,     u = √T(a_w) r_b G n²</pre>
 *
 * <p>u²/45 where u is small. Checked against exact nodal solutions of random arrays to a = 12, loss
 * within 1 point where wordlines drive gates, within 4 where both lines carry the current; residue
 * within 0.3 dB and 3 dB. Neglected: data dependence, spread between rows of a wordline's loss
 * (more than the residue where wordlines lose more than bitlines), non-linear cells, sneak paths.
 */
public final class IrDrop {
  /** Below this residue's argument its closed form cancels: the first term of its series holds. */
  private static final double SMALL = 0.01;

  private IrDrop() {}

  /**
   * Share of the ideal current that is left, mean over the array.
   *
   * @param conductance_uS mean conductance of a cell
   * @param rows wordlines
   * @param columns bitlines
   * @param conducting share of rows that conduct
   * @param wires segment, driver and front-end resistances, see {@link WireResistances}
   */
  public static double retained(
      double conductance_uS, int rows, int columns, double conducting, WireResistances wires) {
    double siemens = Units.SIEMENS_PER_US * conductance_uS;
    double wordline = siemens * wires.wordlineSegment_ohm() * square(columns);
    double bitline = siemens * conducting * wires.bitlineSegment_ohm() * square(rows);
    double ends =
        siemens * (columns * wires.driver_ohm() + conducting * rows * wires.frontEndInput_ohm());
    double lines = (ladder(wordline) * ladder(bitline) + ladder(wordline + bitline)) / 2;
    return lines / (1 + ends * lines);
  }

  /**
   * Noise-to-signal ratio that remains after one gain per column and group of rows that conduct
   * together.
   *
   * @param rows neighbouring rows that conduct together: current of others does not flow
   * @param columns cells of a wordline
   */
  public static double noiseToSignal(
      double conductance_uS, double rows, int columns, WireResistances wires) {
    double siemens = Units.SIEMENS_PER_US * conductance_uS;
    double wordline = ladder(siemens * wires.wordlineSegment_ohm() * square(columns));
    double u = siemens * wires.bitlineSegment_ohm() * rows * rows * Math.sqrt(wordline);
    if (u < SMALL) {
      return u * u / 45;
    }
    double root = Math.sqrt(u);
    // sinh(2x)/sinh²(x) = 2/tanh(x); 1/sinh² vanishes where sinh overflows.
    double sinh = StrictMath.sinh(Math.min(root, 300));
    return u / 2 / (sinh * sinh) + root / (2 * StrictMath.tanh(root)) - 1;
  }

  /** Mean of n² over cells of a line, for large n a third of its square. */
  private static double square(int cells) {
    return (cells + 1.0) * (2.0 * cells + 1) / 6;
  }

  /** Mean share of its current that a line of parameter a is left with. */
  private static double ladder(double a) {
    double root = Math.sqrt(3 * a);
    return root < 1e-4 ? 1 - a : StrictMath.tanh(root) / root;
  }
}
