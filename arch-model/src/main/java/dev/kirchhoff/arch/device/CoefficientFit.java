package dev.kirchhoff.arch.device;

import java.util.List;

/** A fitted function of the normalised conductance x = g / g_max, as papers print them. */
public sealed interface CoefficientFit {
  /** Value at x ≥ 0. */
  double at(double x);

  /**
   * a ln x + b, kept between two bounds; at x = 0 the bound that the logarithm runs into.
   *
   * @param slope a
   * @param intercept b
   * @param least lower bound
   * @param most upper bound
   */
  record Logarithm(double slope, double intercept, double least, double most)
      implements CoefficientFit {
    @Override
    public double at(double x) {
      return Math.min(most, Math.max(least, slope * StrictMath.log(x) + intercept));
    }
  }

  /**
   * a / max(x^b, floor), at most a bound.
   *
   * @param factor a
   * @param power b
   * @param floor least denominator
   * @param most upper bound
   */
  record InversePower(double factor, double power, double floor, double most)
      implements CoefficientFit {
    @Override
    public double at(double x) {
      return Math.min(most, factor / Math.max(StrictMath.pow(x, power), floor));
    }
  }

  /**
   * Σ c_i x^i.
   *
   * @param coefficients c_0, c_1, ...
   */
  record Polynomial(List<Double> coefficients) implements CoefficientFit {
    public Polynomial {
      coefficients = List.copyOf(coefficients);
    }

    /** A polynomial of these coefficients. */
    public static Polynomial of(Double... coefficients) {
      return new Polynomial(List.of(coefficients));
    }

    @Override
    public double at(double x) {
      double sum = 0;
      for (int i = coefficients.size() - 1; i >= 0; i--) {
        sum = sum * x + coefficients.get(i);
      }
      return sum;
    }
  }

  /**
   * One fit below a border and another from there on.
   *
   * @param border x from which {@code above} holds
   * @param below fit below it
   * @param above fit above it
   */
  record Split(double border, CoefficientFit below, CoefficientFit above)
      implements CoefficientFit {
    @Override
    public double at(double x) {
      return (x < border ? below : above).at(x);
    }
  }
}
