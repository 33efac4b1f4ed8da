package dev.kirchhoff.arch.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Functions of the language at their borders. */
class FunctionTest {
  /** A logarithm errs in its last bit, of which a count must not become one more or less. */
  @Test
  void wholeNumbersThatErrInTheirLastBitStayWhole() {
    for (int n = 1; n < 1023; n++) {
      double bits = Function.LOG2.of(StrictMath.scalb(1.0, n));
      assertEquals(n, Function.CEIL.of(bits), "ceil(log2(2^" + n + "))");
      assertEquals(n, Function.FLOOR.of(bits), "floor(log2(2^" + n + "))");
    }
    assertEquals(3, Function.CEIL.of(Math.nextUp(3.0)));
    assertEquals(3, Function.FLOOR.of(Math.nextDown(3.0)));
    assertEquals(-3, Function.CEIL.of(Math.nextUp(-3.0)));
    assertEquals(4, Function.CEIL.of(3 + 1e-9));
    assertEquals(2, Function.FLOOR.of(3 - 1e-9));
    assertEquals(11, Function.CEIL.of(Function.LOG2.of(1025)));
  }

  @Test
  void wholePowersOfTwoAreThoseOfTheStrictLibrary() {
    for (int n = -1100; n <= 1100; n++) {
      for (double y : new double[] {n, Math.nextUp((double) n), n + 0.5}) {
        for (double x : new double[] {2, -2, Math.nextUp(2.0)}) {
          assertEquals(StrictMath.pow(x, y), Function.power(x, y), x + "^" + y);
        }
      }
    }
    for (double y : new double[] {-0.0, Double.NaN, 1e300, -1e300, Double.POSITIVE_INFINITY}) {
      assertEquals(StrictMath.pow(2, y), Function.power(2, y), "2^" + y);
    }
  }

  @Test
  void whatIsNotStatedHasItsDefault() {
    assertEquals(2, Function.STATED.of(Double.NaN, 2));
    assertEquals(0, Function.STATED.of(0, 2));
  }
}
