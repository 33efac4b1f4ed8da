package dev.kirchhoff.peripherals.scaling;

/**
 * x^exponent, from a table where x is a multiple of a quarter up to 32: sizes that double and
 * numbers of ports are, and a power costs as much as all the rest of a price.
 */
public final class PowerLaw {
  private static final int STEPS = 4;
  private static final int LARGEST = 32;

  private final double exponent;
  private final double[] table = new double[LARGEST * STEPS + 1];

  /** The law of an exponent. */
  public PowerLaw(double exponent) {
    this.exponent = exponent;
    for (int i = 0; i < table.length; i++) {
      table[i] = StrictMath.pow((double) i / STEPS, exponent);
    }
  }

  /** x^exponent, the same bits as {@link StrictMath#pow}. */
  public double of(double x) {
    double step = x * STEPS;
    int i = (int) step;
    return i == step && i < table.length && i >= 0 ? table[i] : StrictMath.pow(x, exponent);
  }
}
