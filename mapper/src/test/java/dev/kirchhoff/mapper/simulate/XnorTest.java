package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.ShippedData;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class XnorTest {
  private static final long SEED = 8;
  private static final int BATCH = 32;
  private static final WeightEncoding XNOR = new WeightEncoding(Encoding.XNOR, false, false, false);
  private static final Precision ONE_BIT = new Precision(1, 1, 1);

  private static TestChips chip() {
    TestChips chip = new TestChips();
    chip.weights = XNOR;
    chip.cellBits = 1;
    chip.adcBits = 20;
    return chip;
  }

  private static int[][] signs(Random random, int rows, int columns) {
    int[][] signs = new int[rows][columns];
    for (int[] row : signs) {
      for (int c = 0; c < columns; c++) {
        row[c] = random.nextBoolean() ? 1 : -1;
      }
    }
    return signs;
  }

  @Test
  void idealCrossbarsCountProductsOfSignsExactly() {
    for (int trial = 0; trial < 100; trial++) {
      Random random = new Random(SEED + trial);
      TestChips chip = chip();
      chip.rows = 16 + 2 * random.nextInt(40);
      chip.columns = 8 + random.nextInt(60);
      chip.rowsActive = 2 + 2 * random.nextInt(chip.rows / 2);
      chip.range = random.nextBoolean() ? Readout.Range.FULL : Readout.Range.CALIBRATED;
      int[][] w = signs(random, 1 + random.nextInt(120), 1 + random.nextInt(20));
      int[][] x = signs(random, w.length, BATCH);
      boolean converts = trial % 2 == 0;
      Set<NonIdeality> effects = converts ? EnumSet.of(NonIdeality.CONVERTER) : Set.of();
      ProgrammedMatrix matrix =
          ProgrammedMatrix.write(
              chip.model(),
              SimulationOptions.of(7, 1).with(effects),
              w,
              ONE_BIT,
              true,
              RandomKey.of(1));
      matrix.calibrate(x);
      double[][] y = new double[matrix.outputs()][BATCH];
      matrix.multiply(x, y, 0, 0, new MatrixWorkspace(BATCH));
      for (int m = 0; m < y.length; m++) {
        double[] expected = DrawnProducts.exact(w, x, m);
        assertArrayEquals(expected, y[m], converts ? 0 : 1e-3, "seed " + (SEED + trial));
      }
    }
  }

  /** Of 1,000 pairs a half of the cells that are read are on: noise of one cell a pair. */
  @Test
  void oneCellOfAPairIsRead() {
    TestChips chip = chip();
    chip.rows = 2048;
    chip.rowsActive = 2048;
    Random random = new Random(SEED);
    int[][] w = signs(random, 1000, 2);
    int[][] x = signs(random, 1000, BATCH);
    ProgrammedMatrix matrix =
        ProgrammedMatrix.write(
            chip.model(),
            SimulationOptions.of(7, 1).with(EnumSet.of(NonIdeality.READ_NOISE)),
            w,
            ONE_BIT,
            true,
            RandomKey.of(1));
    matrix.calibrate(x);
    double square = 0;
    int runs = 300;
    for (int run = 0; run < runs; run++) {
      double[][] y = new double[2][BATCH];
      matrix.multiply(x, y, 0, (long) run * BATCH, new MatrixWorkspace(BATCH));
      for (int v = 0; v < BATCH; v++) {
        double exact = 0;
        for (int i = 0; i < 1000; i++) {
          exact += w[i][0] * x[i][v];
        }
        square += Math.pow(y[0][v] - exact, 2) / (runs * BATCH);
      }
    }
    // 1 % of the conductances in levels, G_min a 39th of a level; 2 m counts them four times.
    double low = 0.01 / 39;
    double high = 0.01 * (1 + 1 / 39.0);
    double expected = 4 * 1000 * (low * low + high * high) / 2;
    assertEquals(expected, square, 0.06 * expected);
  }

  @Test
  void aNetworkOnIdealCrossbarsIsTheOneOfTwoValues() throws Exception {
    int right = right(ONE_BIT);
    // It was not trained with two values: worse than trained, better than chance.
    assertTrue(right > 12 && right < 50, () -> "right " + right + " of 60");
  }

  @Test
  void aNetworkKeepsItsAccuracyWithOddValuesOfFiveBits() throws Exception {
    int right = right(new Precision(5, 5, 8));
    assertTrue(right >= 48, () -> "right " + right + " of 60");
  }

  private static int right(Precision bits) throws Exception {
    SplitNetwork network = SplitNetwork.of(TrainedNetworks.bytes("fashion-mlp"), Map.of());
    DataSet data = ShippedData.fashionCalibration();
    List<float[]> items = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      float[] item = new float[data.valuesPerSample()];
      data.copy(i, item, 0);
      items.add(item);
    }
    CrossbarModel model = chip().model();
    QuantisedNetwork two = QuantisedNetwork.of(network, model, layer -> bits, items);
    SimulationOptions options = SimulationOptions.of(1, 1).with(EnumSet.of(NonIdeality.CONVERTER));
    Classification simulated = FunctionalSimulation.of(two, model, options).run(items, 1);
    assertEquals(two.run(items, 1).outputs(), simulated.outputs());
    return simulated.right(data::label);
  }
}
