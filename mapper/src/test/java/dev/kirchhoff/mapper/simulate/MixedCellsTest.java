package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.column.ValueDistribution;
import dev.kirchhoff.mapper.slice.WeightSlicer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Weights in cells of one and of two bits: exact products, and the closed form against chips. */
class MixedCellsTest {
  private static final long SEED = 20261130;
  private static final int INPUTS = 256;
  private static final int OUTPUTS = 24;
  private static final int VECTORS = 64;
  private static final int BITS = 6;
  private static final double LEAST_DB = 1;
  private static final double MOST_DB = 25;
  private static final ValueStatistics VALUES = new ValueStatistics(0.4, 0.15, 0.25, 0);

  private static WeightEncoding weights(
      Encoding encoding, boolean flip, boolean rows, boolean codes, boolean whole, int oneBit) {
    OptionalInt combine = whole ? OptionalInt.empty() : OptionalInt.of(1);
    return new WeightEncoding(encoding, flip, rows, codes, combine, 0, 0, oneBit);
  }

  private static List<WeightEncoding> encodings(int oneBit) {
    return List.of(
        weights(Encoding.OFFSET, false, false, false, false, oneBit),
        weights(Encoding.OFFSET, true, false, false, false, oneBit),
        weights(Encoding.OFFSET, false, false, false, true, oneBit),
        weights(Encoding.DIFFERENTIAL, false, false, false, false, oneBit),
        weights(Encoding.DIFFERENTIAL, false, true, false, false, oneBit),
        weights(Encoding.DIFFERENTIAL, false, false, true, false, oneBit),
        weights(Encoding.DIFFERENTIAL, false, false, false, true, oneBit));
  }

  @Test
  void idealCrossbarsMultiplyExactly() {
    for (int trial = 0; trial < 140; trial++) {
      Random random = new Random(SEED + trial);
      TestChips chip = new TestChips();
      chip.weights = encodings(1 + random.nextInt(4)).get(trial % 7);
      chip.cellBits = 2 + random.nextInt(3);
      chip.rows = 16 + 2 * random.nextInt(40);
      chip.columns = 20 + random.nextInt(60);
      chip.rowsActive = 2 + 2 * random.nextInt(chip.rows / 2);
      chip.adcBits = 20;
      chip.range = random.nextBoolean() ? Readout.Range.FULL : Readout.Range.CALIBRATED;
      Precision bits = new Precision(2 + random.nextInt(7), 1 + random.nextInt(4), 8);
      WeightSlicer slicer = new WeightSlicer(chip.weights, chip.cellBits, bits.weights());
      int[][] w = new int[1 + random.nextInt(100)][1 + random.nextInt(12)];
      int[][] x = new int[w.length][VECTORS];
      for (int i = 0; i < w.length; i++) {
        for (int m = 0; m < w[i].length; m++) {
          w[i][m] = slicer.smallest() + random.nextInt(slicer.largest() - slicer.smallest() + 1);
        }
        for (int v = 0; v < VECTORS; v++) {
          x[i][v] = random.nextInt(1 << bits.inputs());
        }
      }
      boolean converts = trial % 2 == 0;
      Set<NonIdeality> effects = converts ? EnumSet.of(NonIdeality.CONVERTER) : Set.of();
      ProgrammedMatrix matrix =
          ProgrammedMatrix.write(
              chip.model(),
              SimulationOptions.of(7, 1).with(effects),
              w,
              bits,
              false,
              RandomKey.of(1));
      matrix.calibrate(x);
      double[][] y = new double[matrix.outputs()][VECTORS];
      matrix.multiply(x, y, 0, 0, new MatrixWorkspace(VECTORS));
      for (int m = 0; m < y.length; m++) {
        double[] expected = DrawnProducts.exact(w, x, m);
        String where = chip.weights + ", " + bits + ", seed " + (SEED + trial);
        assertArrayEquals(expected, y[m], converts ? 0 : 0.5, where);
      }
    }
  }

  @Test
  @Tag("slow")
  void eachErrorAloneEqualsThatOfDrawnChips() {
    List<String> apart = new ArrayList<>();
    for (ReadoutTermsTest.Term term : ReadoutTermsTest.Term.values()) {
      for (int oneBit : new int[] {1, 3}) {
        for (WeightEncoding encoding : encodings(oneBit)) {
          boolean isBow = term == ReadoutTermsTest.Term.BOW;
          if (isBow && oneBit > 1) {
            continue;
          }
          // Codes of a level round a bow away in some converters and not in others.
          TestChips chip = chip(encoding, isBow ? 4 : 5);
          term.set(chip);
          Set<NonIdeality> causes = EnumSet.of(NonIdeality.CONVERTER, NonIdeality.READOUT);
          compare(term.toString(), term.within_dB(), chip, causes, apart);
        }
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  @Test
  void errorsOfCellsEqualThoseOfDrawnChips() {
    List<String> apart = new ArrayList<>();
    for (int oneBit : new int[] {1, 3}) {
      for (WeightEncoding encoding : encodings(oneBit)) {
        for (int adcBits : new int[] {5, 10}) {
          TestChips chip = chip(encoding, adcBits);
          // Cells that no error takes to the end of what a conductance can be.
          chip.device = "mtj-generic";
          chip.variation = 2;
          Set<NonIdeality> causes = EnumSet.of(NonIdeality.CONVERTER, NonIdeality.PROGRAMMING);
          compare("CELLS", 2, chip, causes, apart);
        }
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  private static TestChips chip(WeightEncoding encoding, int adcBits) {
    TestChips chip = new TestChips();
    chip.weights = encoding;
    chip.rows = 128;
    chip.rowsActive = 128;
    chip.columns = 512;
    chip.cellBits = 2;
    chip.adcBits = adcBits;
    chip.range = Readout.Range.CALIBRATED;
    return chip;
  }

  private static void compare(
      String name, double within_dB, TestChips chip, Set<NonIdeality> causes, List<String> apart) {
    double simulated = simulated_dB(chip, causes);
    double estimated =
        new DrawnProducts(INPUTS, OUTPUTS, VECTORS, BITS, SEED).estimated_dB(chip, VALUES, causes);
    boolean counts = simulated > LEAST_DB && simulated < MOST_DB;
    String text =
        String.format(
            Locale.ROOT,
            "%s, %s, %d bits of a code: simulated %.1f dB, estimated %.1f",
            name,
            chip.weights,
            chip.adcBits,
            simulated,
            estimated);
    if (counts && Math.abs(estimated - simulated) > within_dB) {
      apart.add(text);
    }
  }

  private static double simulated_dB(TestChips chip, Set<NonIdeality> causes) {
    Random random = new Random(SEED);
    DrawnProducts.Powers powers = DrawnProducts.Powers.NONE;
    for (int draw = 0; draw < 4; draw++) {
      int[][] w = DrawnProducts.draw(random, DrawnProducts.weights(), BITS - 1, INPUTS, OUTPUTS);
      int[][] x =
          DrawnProducts.draw(random, ValueDistribution.ofInputs(VALUES), BITS, INPUTS, VECTORS);
      ProgrammedMatrix matrix =
          ProgrammedMatrix.write(
              chip.model(),
              SimulationOptions.of(1, 1).withDraw(draw).with(causes),
              w,
              new Precision(BITS, BITS, BITS),
              false,
              RandomKey.of(1));
      matrix.calibrate(x);
      powers = powers.plus(matrix, w, x);
    }
    return powers.snr_dB();
  }
}
