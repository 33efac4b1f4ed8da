package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ConverterMismatch;
import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.column.ValueDistribution;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** XNOR of several bits: exact products, and the closed form against drawn chips. */
class XnorPlanesTest {
  private static final long SEED = 20261129;
  private static final int INPUTS = 256;
  private static final int OUTPUTS = 24;
  private static final int VECTORS = 64;
  private static final double LEAST_DB = -12;
  private static final double MOST_DB = 25;
  private static final WeightEncoding XNOR = new WeightEncoding(Encoding.XNOR, false, false, false);
  private static final ValueStatistics SIGNED = new ValueStatistics(0, 0.2, 0.25, 0.5);
  private static final ValueStatistics UNSIGNED = new ValueStatistics(0.4, 0.15, 0.25, 0);

  private static TestChips chip(int rows, int bits) {
    TestChips chip = new TestChips();
    chip.weights = XNOR;
    chip.cellBits = 1;
    chip.rows = rows;
    chip.rowsActive = rows < 256 ? rows : rows / 2;
    chip.columns = 512;
    chip.adcBits = bits;
    chip.range = Readout.Range.CALIBRATED;
    return chip;
  }

  /** Odd values of a normal distribution of a quarter of full scale. */
  private static int[][] odd(Random random, int bits, int rows, int columns) {
    int most = (1 << bits) - 1;
    int[][] drawn = new int[rows][columns];
    for (int[] row : drawn) {
      for (int c = 0; c < columns; c++) {
        double value = 0.25 * random.nextGaussian() * most;
        int whole = 2 * (int) Math.floor(value / 2) + 1;
        row[c] = Math.max(-most, Math.min(most, whole));
      }
    }
    return drawn;
  }

  private static int[][] inputs(Random random, ValueStatistics statistics, int bits) {
    if (statistics.signed()) {
      return odd(random, bits, INPUTS, VECTORS);
    }
    int most = (1 << bits) - 1;
    int[][] codes =
        DrawnProducts.draw(random, ValueDistribution.ofInputs(statistics), bits, INPUTS, VECTORS);
    for (int[] row : codes) {
      for (int v = 0; v < row.length; v++) {
        row[v] = 2 * row[v] - most;
      }
    }
    return codes;
  }

  @Test
  void idealCrossbarsMultiplyOddIntegersExactly() {
    for (int trial = 0; trial < 100; trial++) {
      Random random = new Random(SEED + trial);
      TestChips chip = chip(16 + 2 * random.nextInt(40), 20);
      chip.columns = 8 + random.nextInt(60);
      chip.rowsActive = 2 + 2 * random.nextInt(chip.rows / 2);
      chip.range = random.nextBoolean() ? Readout.Range.FULL : Readout.Range.CALIBRATED;
      Precision bits = new Precision(1 + random.nextInt(5), 1 + random.nextInt(5), 8);
      int[][] w = odd(random, bits.weights(), 1 + random.nextInt(120), 1 + random.nextInt(20));
      int[][] x = odd(random, bits.inputs(), w.length, VECTORS);
      boolean converts = trial % 2 == 0;
      Set<NonIdeality> effects = converts ? EnumSet.of(NonIdeality.CONVERTER) : Set.of();
      ProgrammedMatrix matrix =
          ProgrammedMatrix.write(
              chip.model(),
              SimulationOptions.of(7, 1).with(effects),
              w,
              bits,
              random.nextBoolean(),
              RandomKey.of(1));
      matrix.calibrate(x);
      double[][] y = new double[matrix.outputs()][VECTORS];
      matrix.multiply(x, y, 0, 0, new MatrixWorkspace(VECTORS));
      double within = converts ? 0 : 1e-3 * (1 << bits.weights() + bits.inputs());
      for (int m = 0; m < y.length; m++) {
        double[] expected = DrawnProducts.exact(w, x, m);
        assertArrayEquals(expected, y[m], within, bits + ", seed " + (SEED + trial));
      }
    }
  }

  @Test
  @Tag("slow")
  void eachErrorAloneEqualsThatOfDrawnChips() {
    List<String> apart = new ArrayList<>();
    for (ReadoutTermsTest.Term term : ReadoutTermsTest.Term.values()) {
      for (ValueStatistics statistics : List.of(SIGNED, UNSIGNED)) {
        for (int bits = 2; bits <= 4; bits++) {
          for (int adcBits = 4; adcBits <= mostBits(term); adcBits++) {
            TestChips chip = chip(bits == 3 ? 256 : 128, adcBits);
            term.set(chip);
            strengthen(term, chip);
            Set<NonIdeality> causes = EnumSet.of(NonIdeality.CONVERTER, NonIdeality.READOUT);
            compare(term.toString(), term.within_dB(), chip, statistics, bits, causes, apart);
          }
        }
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  /** Gains that codes of a level do not round away. */
  private static void strengthen(ReadoutTermsTest.Term term, TestChips chip) {
    if (term == ReadoutTermsTest.Term.GAIN) {
      chip.mismatch = new ConverterMismatch(0, 0.2, 0);
    }
  }

  /** Codes of a level round the bow of a single converter away, or do not (docs/models.md, 7). */
  private static int mostBits(ReadoutTermsTest.Term term) {
    return term == ReadoutTermsTest.Term.BOW ? 4 : 5;
  }

  @Test
  void errorsOfCellsEqualThoseOfDrawnChips() {
    List<String> apart = new ArrayList<>();
    for (ValueStatistics statistics : List.of(SIGNED, UNSIGNED)) {
      for (int bits = 2; bits <= 4; bits++) {
        for (int adcBits : new int[] {5, 8}) {
          TestChips chip = chip(128, adcBits);
          chip.variation = 2;
          Set<NonIdeality> causes = EnumSet.of(NonIdeality.CONVERTER, NonIdeality.PROGRAMMING);
          compare("CELLS", 2, chip, statistics, bits, causes, apart);
        }
      }
    }
    assertTrue(apart.isEmpty(), () -> String.join("\n", apart));
  }

  private static void compare(
      String name,
      double within_dB,
      TestChips chip,
      ValueStatistics statistics,
      int bits,
      Set<NonIdeality> causes,
      List<String> apart) {
    double simulated = simulated_dB(chip, statistics, bits, causes);
    double estimated =
        new DrawnProducts(INPUTS, OUTPUTS, VECTORS, bits, SEED)
            .estimated_dB(chip, statistics, causes);
    boolean counts = simulated > LEAST_DB && simulated < MOST_DB;
    String text =
        String.format(
            Locale.ROOT,
            "%s, %d bits %s, %d rows, %d bits of a code: simulated %.1f dB, estimated %.1f",
            name,
            bits,
            statistics.signed() ? "signed" : "unsigned",
            chip.rows,
            chip.adcBits,
            simulated,
            estimated);
    if (counts && Math.abs(estimated - simulated) > within_dB) {
      apart.add(text);
    }
  }

  /**
   * Mean error removed. Products of odd inputs, and of those without a sign with the offset that
   * makes zero zero.
   */
  private static double simulated_dB(
      TestChips chip, ValueStatistics statistics, int bits, Set<NonIdeality> causes) {
    Random random = new Random(SEED);
    double signal = 0;
    double noise = 0;
    double mean = 0;
    int draws = Math.max(4, chip.rows / 32);
    for (int draw = 0; draw < draws; draw++) {
      int[][] w = odd(random, bits, INPUTS, OUTPUTS);
      int[][] x = inputs(random, statistics, bits);
      ProgrammedMatrix matrix =
          ProgrammedMatrix.write(
              chip.model(),
              SimulationOptions.of(1, 1).withDraw(draw).with(causes),
              w,
              new Precision(bits, bits, bits),
              statistics.signed(),
              RandomKey.of(1));
      matrix.calibrate(x);
      double[][] y = new double[OUTPUTS][VECTORS];
      matrix.multiply(x, y, 0, 0, new MatrixWorkspace(VECTORS));
      int zero = statistics.signed() ? 0 : (1 << bits) - 1;
      for (int m = 0; m < OUTPUTS; m++) {
        for (int v = 0; v < VECTORS; v++) {
          double exact = 0;
          double ofCodes = 0;
          for (int i = 0; i < INPUTS; i++) {
            exact += (double) w[i][m] * x[i][v];
            ofCodes += (double) w[i][m] * (x[i][v] + zero);
          }
          signal += ofCodes * ofCodes;
          noise += (y[m][v] - exact) * (y[m][v] - exact);
          mean += y[m][v] - exact;
        }
      }
    }
    noise -= mean * mean / (draws * OUTPUTS * VECTORS);
    return 10 * Math.log10(signal / Math.max(noise, 1e-12 * signal));
  }
}
