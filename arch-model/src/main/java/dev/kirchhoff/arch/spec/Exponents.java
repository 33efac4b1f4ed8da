package dev.kirchhoff.arch.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Unit of a quantity as exponents over the base units um, ns, V, uA, B, K, dB and F (feature size).
 * Products, quotients and powers of quantities add, subtract and scale them, so that any unit of a
 * formula can be checked, named or not. Exponents count halves: the root of a length has a unit.
 */
public final class Exponents {
  private static final String[] BASE = {"um", "ns", "V", "uA", "B", "K", "dB", "F"};

  /** Dimensions that a unit is most often by. */
  private static List<Dimension> divisors() {
    return List.of(
        Dimension.LENGTH, Dimension.AREA, Dimension.TIME, Dimension.VOLTAGE, Dimension.CURRENT);
  }

  /** Exponents of a pure number. */
  public static final Exponents ONE = new Exponents(new int[BASE.length]);

  private final int[] halves;

  private Exponents(int[] halves) {
    this.halves = halves;
  }

  /** Whole exponents in the order of the base units. */
  static Exponents of(int... whole) {
    int[] halves = new int[BASE.length];
    for (int i = 0; i < halves.length; i++) {
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

  /** Named dimension with these exponents. */
  public Optional<Dimension> dimension() {
    for (Dimension dimension : Dimension.values()) {
      if (dimension.exponents().equals(this)) {
        return Optional.of(dimension);
      }
    }
    return Optional.empty();
  }

  /**
   * The coherent unit: {@code fF}, {@code fF/um2}, or a product {@code V um}; empty of a number.
   */
  public String unit() {
    Optional<Dimension> named = dimension();
    if (named.isPresent()) {
      return named.get().coherentUnit();
    }
    for (Dimension divisor : divisors()) {
      Optional<Dimension> dividend = times(divisor.exponents()).dimension();
      if (dividend.isPresent()) {
        String unit = isNumberOf(dividend.get()) ? "1" : dividend.get().coherentUnit();
        return unit + "/" + divisor.coherentUnit();
      }
    }
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

  private static boolean isNumberOf(Dimension dimension) {
    return dimension.exponents().isNumber();
  }

  /** In a message: {@code a capacitance (fF)}, {@code a number}, {@code ns uA}. */
  public String article() {
    return dimension()
        .map(named -> isNumber() ? named.article() : named.article() + " (" + unit() + ")")
        .orElse(unit());
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
    return unit();
  }
}
