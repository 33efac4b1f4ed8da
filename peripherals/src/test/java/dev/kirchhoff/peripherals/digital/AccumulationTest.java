package dev.kirchhoff.peripherals.digital;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccumulationTest {
  private static final long SEED = 17;
  private static final int WIDE_BITS = 64;
  private static final Process NM28 = Process.of(new Technology(28, 0.9, Flavour.LOW_POWER, 300));

  @Test
  void aSumIsAsWideAsItsCodesSoFarByHand() {
    // One code: its 5 bits. Two: 5 and 6 bits.
    assertEquals(5, meanBits(new Accumulation(5, 1, 2, 1, 8, 1)), 1e-12);
    assertEquals(5.5, meanBits(new Accumulation(5, 1, 2, 1, 8, 2)), 1e-3);
    // 8 digits of a bit, no slices: 5 .. 12 bits.
    assertEquals(8.5, meanBits(new Accumulation(5, 1, 2, 8, 1, 1)), 1e-12);
    // 4 slices of 2 bits, one digit: 8, 10, 12, 14 bits.
    assertEquals(11, meanBits(new Accumulation(8, 4, 2, 1, 8, 1)), 1e-12);
    // Those 8 digits: the first as before, then 14 + 1 .. 14 + 7, (11 + 7 x 14 + 28) / 8.
    assertEquals(17.125, meanBits(new Accumulation(8, 4, 2, 8, 1, 1)), 1e-12);
  }

  @Test
  void meanOverAdditionsOneByOne() {
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      Accumulation sum = random(random);
      assertEquals(oneByOne(sum), meanBits(sum), 1e-3, "seed " + SEED + ": " + sum);
    }
  }

  private static Accumulation random(Random random) {
    return new Accumulation(
        1 + random.nextInt(10),
        1 + random.nextInt(8),
        1 + random.nextInt(4),
        1 + random.nextInt(8),
        1 + random.nextInt(4),
        1 + random.nextInt(64));
  }

  /** From the energy of an addition in a wide register, (0.5 x 6 w + 3 b) E_g. */
  private static double meanBits(Accumulation sum) {
    AddedCodes codes = new AddedCodes(NM28, WIDE_BITS, sum);
    double gates = codes.accumulator(Circuits.CATALOGUE).energy_fJ(Account.CLOSED) / NM28.gate_fJ();
    return (gates - 3 * WIDE_BITS) / 3;
  }

  private static double oneByOne(Accumulation sum) {
    double bits = 0;
    int last = sum.bitsPerSlice() * (sum.slices() - 1);
    for (int t = 0; t < sum.digits(); t++) {
      for (int k = 1; k <= sum.groups(); k++) {
        for (int s = 0; s < sum.slices(); s++) {
          int groups = t == 0 ? k : sum.groups();
          int offset = t == 0 && k == 1 ? sum.bitsPerSlice() * s : last;
          bits += sum.codeBits() + offset + sum.bitsPerDigit() * t + log2(groups);
        }
      }
    }
    return bits / ((double) sum.digits() * sum.groups() * sum.slices());
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  /** Sums of random codes of 16 results in turn on one adder, its output bits that toggle. */
  @Test
  void randomDataToggleHalfOfThoseBits() {
    List<Accumulation> sums =
        List.of(
            new Accumulation(8, 4, 2, 8, 1, 1),
            new Accumulation(4, 8, 1, 8, 1, 1),
            new Accumulation(4, 1, 1, 1, 1, 8),
            new Accumulation(6, 4, 2, 4, 2, 4),
            new Accumulation(5, 4, 2, 8, 1, 8),
            new Accumulation(3, 7, 1, 4, 1, 32),
            new Accumulation(8, 2, 4, 1, 8, 2),
            new Accumulation(5, 1, 1, 1, 1, 36),
            new Accumulation(14, 1, 8, 8, 1, 1));
    for (Accumulation sum : sums) {
      double expected = Circuits.CATALOGUE.shared("activity") * meanBits(sum);
      double toggled = toggledBits(sum, new Random(SEED));
      assertTrue(
          Math.abs(toggled / expected - 1) < 0.15, sum + ": " + toggled + " for " + expected);
    }
  }

  private static double toggledBits(Accumulation sum, Random random) {
    long toggled = 0;
    long additions = 0;
    long before = 0;
    for (int repeat = 0; repeat < 20; repeat++) {
      long[] results = new long[16];
      for (int step = 0; step < sum.digits() * sum.groups() * sum.slices(); step++) {
        int slice = step % sum.slices();
        boolean isNextDigit = step % (sum.groups() * sum.slices()) == 0;
        for (int r = 0; r < results.length; r++) {
          long code = random.nextInt(1 << sum.codeBits());
          long shifted = isNextDigit ? results[r] << sum.bitsPerDigit() : results[r];
          results[r] = shifted + (code << sum.bitsPerSlice() * slice);
          toggled += Long.bitCount(before ^ results[r]);
          before = results[r];
          additions++;
        }
      }
    }
    return (double) toggled / additions;
  }

  @Test
  void refusesSumsOfNothing() {
    assertThrows(IllegalArgumentException.class, () -> new Accumulation(5, 0, 2, 1, 8, 1));
    assertThrows(IllegalArgumentException.class, () -> new Accumulation(5, 1, 2, 0, 8, 1));
    assertThrows(IllegalArgumentException.class, () -> new Accumulation(5, 1, 2, 1, 8, 0));
  }
}
