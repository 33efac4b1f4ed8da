package dev.kirchhoff.mapper.noise;

/**
 * Variances, or ratios to a signal, that a readout adds, by cause.
 *
 * @param converter noise of a conversion and lost bits
 * @param thermal thermal noise of cells and front end
 * @param virtualGround offsets of virtual grounds
 * @param offset offsets and bows of converters
 * @param gain gains of converters
 * @param curvature currents of cells that are not proportional to the voltages of inputs
 */
public record ReadoutNoise(
    double converter,
    double thermal,
    double virtualGround,
    double offset,
    double gain,
    double curvature) {
  /** No noise. */
  public static final ReadoutNoise NONE = new ReadoutNoise(0, 0, 0, 0, 0, 0);

  /** The sum of the causes. */
  public double total() {
    return converter + thermal + virtualGround + offset + gain + curvature;
  }

  /** All of it times a factor. */
  ReadoutNoise times(double factor) {
    return new ReadoutNoise(
        factor * converter,
        factor * thermal,
        factor * virtualGround,
        factor * offset,
        factor * gain,
        factor * curvature);
  }
}
