package dev.kirchhoff.arch.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Counts of a crossbar where they do not divide, by hand. */
class CrossbarTest {
  private static WeightEncoding combined(OptionalInt digits) {
    return new WeightEncoding(Encoding.OFFSET, false, false, false, digits, 0, 0);
  }

  private static int perSet(int perPe, int working) {
    return new Crossbar(
            perPe,
            working,
            128,
            128,
            128,
            combined(OptionalInt.of(1)),
            Crossbar.Wires.OF_PITCH,
            ComponentModel.standard(),
            Compute.current())
        .perSet();
  }

  @Test
  void theLargestSetTakesWhatDoesNotDivide() {
    assertEquals(1, perSet(8, 8));
    assertEquals(2, perSet(8, 7));
    assertEquals(3, perSet(8, 3));
    assertEquals(4, perSet(8, 2));
    assertEquals(8, perSet(8, 1));
  }

  @Test
  void theLastSumOfAWeightTakesTheDigitsThatAreLeft() {
    WeightEncoding threes = combined(OptionalInt.of(3));
    int[] sums = {1, 1, 1, 2, 2, 2, 3};
    for (int digits = 1; digits <= sums.length; digits++) {
      assertEquals(sums[digits - 1], threes.sums(digits), digits + " digits");
      assertEquals(digits, combined(OptionalInt.of(1)).sums(digits));
      assertEquals(1, combined(OptionalInt.empty()).sums(digits));
    }
    // Eight bits in cells of four are two digits; a sum has no more.
    assertEquals(2, threes.digitsPerSum(8, 4));
    assertEquals(3, threes.digitsPerSum(8, 2));
    assertEquals(8, combined(OptionalInt.empty()).digitsPerSum(8, 1));
  }

  /** Bits 0..2, 3..5, 6, 7: seven bits from the first digit to the last, over three gaps. */
  @Test
  void digitsOfUnequalWidthAreSpacedByTheirMeanRoundedUp() {
    WeightDigits mixed = new WeightDigits(8, 3, 2);
    assertEquals(4, mixed.count());
    assertEquals(6, mixed.first(2));
    assertEquals(7, mixed.first(3));
    assertEquals(3, mixed.spacing());
    // Bits 0..3, 4..5, 6: six bits over two gaps.
    assertEquals(3, new WeightDigits(7, 4, 1).spacing());
    assertEquals(4, WeightDigits.alike(8, 4).spacing());
  }
}
