package dev.kirchhoff.mapper.slice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Input;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlicerTest {
  private static final WeightEncoding OFFSET =
      new WeightEncoding(Encoding.OFFSET, false, false, false);
  private static final WeightEncoding PAIR =
      new WeightEncoding(Encoding.DIFFERENTIAL, false, false, false);
  private static final WeightEncoding DIGITAL =
      new WeightEncoding(Encoding.DIFFERENTIAL, false, false, true);
  private static final WeightEncoding ROWS =
      new WeightEncoding(Encoding.DIFFERENTIAL, false, true, false);
  private static final WeightEncoding XNOR = new WeightEncoding(Encoding.XNOR, false, false, false);
  private static final Input SERIAL =
      new Input(Input.Encoding.BIT_SERIAL, 1, ComponentModel.standard());

  @Test
  void slicesFollowTheTableOfEncodings() {
    // 8-bit weights in 2-bit cells: four digits offset; seven magnitude bits need four digits as
    // well.
    assertEquals(new Slicing(4, 8, 4, 1, 4), Slicing.of(OFFSET, 2, SERIAL, 8, 8));
    assertEquals(new Slicing(4, 8, 8, 1, 4), Slicing.of(PAIR, 2, SERIAL, 8, 8));
    assertEquals(new Slicing(4, 8, 8, 1, 8), Slicing.of(DIGITAL, 2, SERIAL, 8, 8));
    assertEquals(new Slicing(4, 8, 4, 2, 4), Slicing.of(ROWS, 2, SERIAL, 8, 8));
    // ISAAC: 16 bits in 2-bit cells are 8 cells and 16 pulses.
    assertEquals(new Slicing(8, 16, 8, 1, 8), Slicing.of(OFFSET, 2, SERIAL, 16, 16));
    assertEquals(new Slicing(1, 1, 1, 2, 1), Slicing.of(XNOR, 1, SERIAL, 1, 1));
    // Four columns of a weight combined before one conversion; a chain with carries of 7 bits.
    WeightEncoding four =
        new WeightEncoding(Encoding.OFFSET, false, false, false, OptionalInt.of(4), 0, 0);
    assertEquals(new Slicing(8, 8, 8, 1, 2), Slicing.of(four, 1, SERIAL, 8, 8));
    WeightEncoding chain =
        new WeightEncoding(Encoding.OFFSET, false, false, false, OptionalInt.empty(), 7, 0);
    assertEquals(new Slicing(8, 8, 15, 1, 1), Slicing.of(chain, 1, SERIAL, 8, 8));
  }

  @Test
  void anAmplitudeIsOnePulseAndPulsesOfSeveralBitsAreFewer() {
    Input amplitude = new Input(Input.Encoding.AMPLITUDE, 1, ComponentModel.standard());
    Input three = new Input(Input.Encoding.BIT_SERIAL, 3, ComponentModel.standard());
    assertEquals(1, Slicing.inputSlices(OFFSET, amplitude, 8));
    assertEquals(3, Slicing.inputSlices(OFFSET, three, 8));
  }

  /** Signs of one bit are matched, not weighed: they need no pass of their own. */
  @Test
  void negativeInputsTakeASecondPassUnlessMatchesAreCounted() {
    assertTrue(Slicing.secondPass(OFFSET, SERIAL, true));
    assertFalse(Slicing.secondPass(OFFSET, SERIAL, false));
    assertFalse(Slicing.secondPass(XNOR, SERIAL, true));
    // Each bit of an input is matched by itself, whatever a pulse carries.
    Input amplitude = new Input(Input.Encoding.AMPLITUDE, 4, ComponentModel.standard());
    assertEquals(4, Slicing.inputSlices(XNOR, amplitude, 4));
    assertEquals(4, Slicing.pulses(XNOR, amplitude, 4));
    assertEquals(1, Slicing.pulses(OFFSET, amplitude, 4));
  }

  @Test
  void levelsOfSmallWeightsByHand() {
    // −3 + 128 = 125 = 1·64 + 3·16 + 3·4 + 1
    assertArrayEquals(new int[] {1, 3, 3, 1}, new WeightSlicer(OFFSET, 2, 8).levels(-3));
    // |−6| = 1·4 + 2, in the negative cells
    assertArrayEquals(new int[] {0, 2, 0, 1, 0, 0, 0, 0}, new WeightSlicer(PAIR, 2, 8).levels(-6));
    assertArrayEquals(new int[] {0, 1}, new WeightSlicer(XNOR, 1, 1).levels(-1));
  }

  @Test
  void randomWeightsReassembleExactly() {
    long seed = 20261124L;
    Random random = new Random(seed);
    WeightEncoding[] all = {OFFSET, PAIR, DIGITAL, ROWS, XNOR};
    for (int i = 0; i < 20_000; i++) {
      WeightEncoding encoding = mixed(all[random.nextInt(all.length)], random.nextInt(5));
      int bits = 1 + random.nextInt(encoding.countsMatches() ? 8 : 16);
      WeightSlicer slicer =
          new WeightSlicer(encoding, encoding.countsMatches() ? 1 : 1 + random.nextInt(5), bits);
      long span = (long) slicer.largest() - slicer.smallest() + 1;
      int weight = (int) (slicer.smallest() + Math.floorMod(random.nextLong(), span));
      if (encoding.countsMatches() && (weight & 1) == 0) {
        weight = slicer.largest();
      }
      int[] levels = slicer.levels(weight);
      for (int level : levels) {
        assertTrue(level >= 0 && level < 1 << slicer.cellBits(), "seed " + seed + " case " + i);
        assertEquals(level, slicer.flip(slicer.flip(level)));
      }
      assertEquals(slicer.cells(), levels.length);
      assertEquals(weight, slicer.weight(levels), "seed " + seed + " case " + i + " " + slicer);
    }
  }

  private static WeightEncoding mixed(WeightEncoding of, int oneBitCells) {
    return new WeightEncoding(
        of.encoding(),
        of.flip(),
        of.pairOnRows(),
        of.subtractDigitally(),
        of.combine(),
        of.carryColumns(),
        of.referenceColumns(),
        oneBitCells);
  }

  @Test
  void cellsOfOneBitAreAtTheEndsOfTheirWindow() {
    // 13 = 1101: 01 and 1 below in cells of 2 bits, 1 in one of a bit; −5 = −101: 01 and 1.
    assertArrayEquals(
        new int[] {1, 0, 1, 0, 3, 0}, new WeightSlicer(mixed(PAIR, 1), 2, 5).levels(13));
    assertArrayEquals(new int[] {0, 1, 0, 3}, new WeightSlicer(mixed(PAIR, 1), 2, 4).levels(-5));
    assertEquals(4, Slicing.of(mixed(OFFSET, 2), 3, SERIAL, 8, 8).weightSlices());
    assertEquals(8, Slicing.of(mixed(OFFSET, 16), 3, SERIAL, 8, 8).weightSlices());
  }

  @Test
  void slicedProductsAddUpToTheProduct() {
    // Shift-and-add: the product of a row of inputs and a column of weights from column
    // sums.
    long seed = 11L;
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      WeightSlicer weights = new WeightSlicer(OFFSET, 1 + random.nextInt(4), 8);
      int bitsPerPulse = 1 + random.nextInt(4);
      int pulses = (8 + bitsPerPulse - 1) / bitsPerPulse;
      long expected = 0;
      long sumOfInputs = 0;
      int slices = weights.cells();
      long[][] columns = new long[slices][pulses];
      for (int k = 0; k < 50; k++) {
        int w = random.nextInt(256) - 128;
        int x = random.nextInt(256);
        expected += (long) w * x;
        sumOfInputs += x;
        int[] levels = weights.levels(w);
        for (int s = 0; s < slices; s++) {
          for (int t = 0; t < pulses; t++) {
            int digit = x >> t * bitsPerPulse & (1 << bitsPerPulse) - 1;
            columns[s][t] += (long) levels[s] * digit;
          }
        }
      }
      long sum = -128 * sumOfInputs;
      for (int s = 0; s < slices; s++) {
        for (int t = 0; t < pulses; t++) {
          sum += columns[s][t] << (s * weights.cellBits() + t * bitsPerPulse);
        }
      }
      assertEquals(expected, sum, "seed " + seed + " case " + i);
    }
  }

  @Test
  void valuesOutsideTheRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new WeightSlicer(OFFSET, 2, 8).levels(128));
    assertThrows(IllegalArgumentException.class, () -> new WeightSlicer(PAIR, 2, 8).levels(-128));
    assertThrows(IllegalArgumentException.class, () -> new WeightSlicer(XNOR, 1, 2).levels(2));
    assertThrows(IllegalArgumentException.class, () -> new WeightSlicer(OFFSET, 0, 8));
  }
}
