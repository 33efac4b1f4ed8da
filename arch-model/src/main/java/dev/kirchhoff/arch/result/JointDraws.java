package dev.kirchhoff.arch.result;

import dev.kirchhoff.arch.random.InverseNormal;
import dev.kirchhoff.arch.random.RandomKey;
import java.util.Arrays;

/**
 * Joint draws of all sources of error: draw d gives every {@link ErrorSource} one factor, the same
 * in every design, so that errors which designs share cancel where designs are compared.
 *
 * <p>The logarithm of a factor f of a model m in a family F is normal on either side of zero,
 *
 * <pre>
 *   ln f = (|z| / z90) ln(z &lt; 0 ? low : high),   z = √ρ z_F + √(1 − ρ) z_m,
 * </pre>
 *
 * z_F and z_m standard normal, z90 = Φ⁻¹(0.9) (docs/models.md, eq. 44). The model's own figure is
 * the median; the ends of its {@link Spread} are the 10th and the 90th percentile, the percentiles
 * that the survey of converters is quoted at (assumed for the other models). A share ρ = 0.8 of the
 * variance is the family's (assumed: sources of one family share their node, their tool and often
 * their circuit).
 *
 * <p>Neglected: correlation of different families, of energy with area, and of one model's error at
 * different settings with itself (it is taken as complete).
 *
 * @param seed seed of the run; the keys of families and models are children of it
 * @param count number of draws
 */
public record JointDraws(long seed, int count) {
  /** Draws unless there is reason for fewer: shares are known to ±3 points (95 %). */
  public static final int DEFAULT_COUNT = 1_000;

  /** Share of the variance of ln f that is the family's (assumed). */
  static final double FAMILY_SHARE = 0.8;

  private static final double Z90 = InverseNormal.of(0.9);
  private static final double FAMILY_WEIGHT = Math.sqrt(FAMILY_SHARE);
  private static final double MODEL_WEIGHT = Math.sqrt(1 - FAMILY_SHARE);

  /** Sets these streams apart from those of searches and simulated chips of the same seed. */
  private static final long STREAM = text("joint draws");

  private static final long OF_FAMILIES = 0;
  private static final long OF_MODELS = 1;

  /**
   * @throws IllegalArgumentException if there is no draw
   */
  public JointDraws {
    if (count < 1) {
      throw new IllegalArgumentException("The count (" + count + ") of draws must be positive.");
    }
  }

  /** Draws of a run's seed. */
  public static JointDraws of(long seed) {
    return new JointDraws(seed, DEFAULT_COUNT);
  }

  /** The factor of a source in each draw. */
  public double[] factors(ErrorSource source) {
    double[] factors = new double[count];
    if (source.isNone()) {
      Arrays.fill(factors, 1);
      return factors;
    }
    double low = StrictMath.log(source.spread().low()) / Z90;
    double high = StrictMath.log(source.spread().high()) / Z90;
    RandomKey family = key(OF_FAMILIES, source.family(), source);
    RandomKey model = key(OF_MODELS, source.model(), source);
    for (int d = 0; d < count; d++) {
      double z = FAMILY_WEIGHT * family.gaussian(d) + MODEL_WEIGHT * model.gaussian(d);
      factors[d] = StrictMath.exp(Math.abs(z) * (z < 0 ? low : high));
    }
    return factors;
  }

  /**
   * Variance of ln f of a source: that of a normal variable with a slope of its own on either side,
   * (a² + b²) / 2 − (a − b)² / 2π with a = ln high / z90, b = −ln low / z90.
   */
  public static double logVariance(ErrorSource source) {
    double a = StrictMath.log(source.spread().high()) / Z90;
    double b = -StrictMath.log(source.spread().low()) / Z90;
    return (a * a + b * b) / 2 - (a - b) * (a - b) / (2 * Math.PI);
  }

  private RandomKey key(long draw, String name, ErrorSource source) {
    return RandomKey.of(seed)
        .child(STREAM)
        .child(draw)
        .child(text(name))
        .child(text(source.quantity().word()));
  }

  /** A number of a name that does not depend on the other names there are. */
  private static long text(String name) {
    return name.hashCode();
  }
}
