package dev.kirchhoff.mapper.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;

/**
 * Contents of a small constant tensor, what shapes are computed of. Whole numbers stay exact; a sum
 * or product that leaves 64 bits saturates as a double does. At most {@value #MOST} values are
 * kept: larger constants are known by their shape and file only.
 */
final class Numbers {
  static final int MOST = 65_536;

  private final long[] longs;
  private final double[] doubles;

  private Numbers(long[] longs, double[] doubles) {
    this.longs = longs;
    this.doubles = doubles;
  }

  static Numbers of(long... values) {
    return new Numbers(values, null);
  }

  static Numbers ofReals(double... values) {
    return new Numbers(null, values);
  }

  /** Values of several tensors, one behind the other; whole if all of them are. */
  static Numbers concatenated(List<Numbers> parts) {
    return parts.stream().allMatch(Numbers::isWhole)
        ? of(parts.stream().flatMapToLong(part -> Arrays.stream(part.longs)).toArray())
        : ofReals(
            parts.stream()
                .flatMapToDouble(part -> Arrays.stream(part.toReals().doubles))
                .toArray());
  }

  boolean isWhole() {
    return longs != null;
  }

  int size() {
    return longs != null ? longs.length : doubles.length;
  }

  long at(int i) {
    return longs != null ? longs[i] : (long) doubles[i];
  }

  double real(int i) {
    return longs != null ? longs[i] : doubles[i];
  }

  long[] longs() {
    long[] all = new long[size()];
    Arrays.setAll(all, this::at);
    return all;
  }

  /** Values in another order, {@code from} giving the position of each. */
  Numbers pick(int size, IntUnaryOperator from) {
    if (longs != null) {
      long[] picked = new long[size];
      Arrays.setAll(picked, i -> longs[from.applyAsInt(i)]);
      return of(picked);
    }
    double[] picked = new double[size];
    Arrays.setAll(picked, i -> doubles[from.applyAsInt(i)]);
    return ofReals(picked);
  }

  Numbers toWhole() {
    return of(longs());
  }

  Numbers toReals() {
    double[] all = new double[size()];
    Arrays.setAll(all, this::real);
    return ofReals(all);
  }

  /** A function of each value; whole numbers stay whole. */
  Numbers map(DoubleUnaryOperator function) {
    double[] all = new double[size()];
    Arrays.setAll(all, i -> function.applyAsDouble(real(i)));
    return isWhole() ? ofReals(all).toWhole() : ofReals(all);
  }

  /** Element by element, {@code ia} and {@code ib} giving the positions of the operands. */
  static Numbers combine(
      Numbers a,
      Numbers b,
      int size,
      IntUnaryOperator[] positions,
      LongBinaryOperator whole,
      DoubleBinaryOperator real) {
    if (a.isWhole() && b.isWhole()) {
      long[] all = new long[size];
      Arrays.setAll(
          all,
          i ->
              whole.applyAsLong(
                  a.at(positions[0].applyAsInt(i)), b.at(positions[1].applyAsInt(i))));
      return of(all);
    }
    double[] all = new double[size];
    Arrays.setAll(
        all,
        i ->
            real.applyAsDouble(
                a.real(positions[0].applyAsInt(i)), b.real(positions[1].applyAsInt(i))));
    return ofReals(all);
  }

  /** True if a condition holds for any of the values. */
  boolean isAny(DoublePredicate condition) {
    for (int i = 0; i < size(); i++) {
      if (condition.test(real(i))) {
        return true;
      }
    }
    return false;
  }

  /** The one value that all have. */
  OptionalDouble uniform() {
    if (size() == 0) {
      return OptionalDouble.empty();
    }
    double first = real(0);
    for (int i = 1; i < size(); i++) {
      if (real(i) != first) {
        return OptionalDouble.empty();
      }
    }
    return OptionalDouble.of(first);
  }
}
