package dev.kirchhoff.arch.spec;

import java.util.Arrays;
import java.util.Optional;

/**
 * Unit of a quantity as exponents over the base units um, ns, V, uA, B, K, dB, F (feature size) and
 * steps of a code. Products, quotients and powers of quantities add, subtract and scale them, so
 * that any unit of a formula can be checked, named or not. Exponents count halves: the root of a
 * length has a unit.
 */
public final class Exponents {
  private static final String[] BASE = {"um", "ns", "V", "uA", "B", "K", "dB", "F", "steps"};

  /** Exponents of a pure number. */
  public static final Exponents ONE = new Exponents(new int[BASE.length]);

  /** Exponents of a number of steps. */
  static final Exponents STEPS = of(0, 0, 0, 0, 0, 0, 0, 0, 1);

  private final int[] halves;

  private Exponents(int[] halves) {
    this.halves = halves;
  }

  /** Whole exponents in the order of the base units; of those left out 0. */
  static Exponents of(int... whole) {
    int[] halves = new int[BASE.length];
    for (int i = 0; i < whole.length; i++) {
      halves[i] = 2 * whole[i];
    }
    return new Exponents(halves);
  }

  /** Exponents of a product. */
  public Exponents times(Exponents other) {
    return plus(other, 1);
  }

  /** Exponents of a quotient. */
  public Exponents over(Exponents other) {
    return plus(other, -1);
  }

  private Exponents plus(Exponents other, int sign) {
    int[] sum = new int[halves.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = halves[i] + sign * other.halves[i];
    }
    return new Exponents(sum);
  }

  /** Exponents of a power; empty where they are no multiples of a half. */
  public Optional<Exponents> power(double exponent) {
    int[] scaled = new int[halves.length];
    for (int i = 0; i < scaled.length; i++) {
      double product = halves[i] * exponent;
      if (product != Math.rint(product)) {
        return Optional.empty();
      }
      scaled[i] = (int) product;
    }
    return Optional.of(new Exponents(scaled));
  }

  /** True of a pure number. */
  public boolean isNumber() {
    return equals(ONE);
  }

  /** Product of base units: {@code V um}; empty of a number. */
  public String product() {
    StringBuilder product = new StringBuilder();
    for (int i = 0; i < BASE.length; i++) {
      if (halves[i] != 0) {
        product.append(product.length() == 0 ? "" : " ").append(BASE[i]);
        if (halves[i] != 2) {
          boolean whole = halves[i] % 2 == 0;
          product.append('^').append(whole ? Integer.toString(halves[i] / 2) : halves[i] / 2.0);
        }
      }
    }
    return product.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Exponents exponents && Arrays.equals(halves, exponents.halves);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(halves);
  }

  @Override
  public String toString() {
    return product();
  }
}
