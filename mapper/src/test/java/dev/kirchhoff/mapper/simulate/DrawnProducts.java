package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.column.CellErrors;
import dev.kirchhoff.mapper.column.CellVariation;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.DigitFormat;
import dev.kirchhoff.mapper.column.DigitStatistics;
import dev.kirchhoff.mapper.column.ValueDistribution;
import dev.kirchhoff.mapper.noise.LayerNoise;
import dev.kirchhoff.mapper.noise.NoiseKey;
import dev.kirchhoff.mapper.noise.SignalToNoise;
import java.util.Random;
import java.util.Set;

/**
 * Products of drawn weights and inputs, on a simulated chip and exact.
 *
 * @param inputs inputs of the matrix
 * @param outputs its outputs
 * @param vectors vectors that it multiplies
 * @param bits bits of weights and inputs
 * @param seed seed of weights and inputs
 */
record DrawnProducts(int inputs, int outputs, int vectors, int bits, long seed) {

  /** Weights of tests: half of them zero on average, of both signs. */
  static ValueDistribution weights() {
    return ValueDistribution.ofWeights(new ValueStatistics(0, 0.2, 0.25, 0.5));
  }

  /** Signal of the exact products over the variance of the simulated ones' errors, at most 120. */
  double snr_dB(TestChips chip, ValueStatistics statistics, Set<NonIdeality> causes) {
    Random random = new Random(seed);
    int magnitude = chip.model().input().magnitudeBits(bits);
    int[][] w = draw(random, weights(), bits - 1, inputs, outputs);
    int[][] x = draw(random, ValueDistribution.ofInputs(statistics), magnitude, inputs, vectors);
    ProgrammedMatrix matrix =
        ProgrammedMatrix.write(
            chip.model(),
            SimulationOptions.of(1, 1).with(causes),
            w,
            new Precision(bits, bits, bits),
            statistics.signed(),
            RandomKey.of(1));
    matrix.calibrate(x);
    double[][] y = new double[outputs][vectors];
    matrix.multiply(x, y, 0, 0, new MatrixWorkspace(vectors));
    double[] moments = new double[4];
    int count = outputs * vectors;
    for (int m = 0; m < outputs; m++) {
      double[] products = exact(w, x, m);
      for (int v = 0; v < vectors; v++) {
        double exact = products[v];
        double error = y[m][v] - exact;
        moments[0] += exact / count;
        moments[1] += exact * exact / count;
        moments[2] += error / count;
        moments[3] += error * error / count;
      }
    }
    double signal = moments[1] - moments[0] * moments[0];
    double noise = moments[3] - moments[2] * moments[2];
    return 10 * Math.log10(signal / Math.max(noise, 1e-12 * signal));
  }

  /** Noise of a layer of these products in closed form, of cells without errors. */
  LayerNoise noise(TestChips chip, ValueStatistics statistics) {
    return noise(chip, statistics, CellErrors.none(1 << chip.cellBits));
  }

  private LayerNoise noise(TestChips chip, ValueStatistics statistics, CellErrors errors) {
    ColumnModel column = chip.model().column();
    DigitFormat format = DigitFormat.of(chip.weights, chip.model().input(), chip.cellBits);
    return SignalToNoise.of(
        new NoiseKey(
            DigitStatistics.of(format.inputs(ValueDistribution.ofInputs(statistics), bits)),
            DigitStatistics.of(format.weights(weights(), bits)),
            inputs,
            outputs,
            column,
            errors));
  }

  /**
   * Signal over the noise of converters in closed form, with that of readouts and of cells at their
   * first second where these are among the causes; at most 120.
   */
  double estimated_dB(TestChips chip, ValueStatistics statistics, Set<NonIdeality> causes) {
    CellVariation variation = CellVariation.of(CellVariation.Source.of(chip.cell()));
    CellErrors errors =
        causes.contains(NonIdeality.PROGRAMMING)
            ? CellErrors.of(chip.model().column(), variation, 1)
            : CellErrors.none(1 << chip.cellBits);
    LayerNoise noise = noise(chip, statistics, errors);
    double all = noise.quantisation() + noise.clipping() + noise.cells();
    if (causes.contains(NonIdeality.READOUT)) {
      all += noise.readout();
    }
    return -10 * Math.log10(Math.max(1e-12, all));
  }

  /** Exact products of one output with every vector. */
  static double[] exact(int[][] w, int[][] x, int output) {
    double[] exact = new double[x[0].length];
    for (int v = 0; v < exact.length; v++) {
      for (int i = 0; i < w.length; i++) {
        exact[v] += (double) w[i][output] * x[i][v];
      }
    }
    return exact;
  }

  /**
   * Powers of products, added over chips.
   *
   * @param signal variance of exact products
   * @param noise mean square of their errors, means included
   */
  record Powers(double signal, double noise) {
    static final Powers NONE = new Powers(0, 0);

    /** These powers and those of a calibrated chip's products. */
    Powers plus(ProgrammedMatrix matrix, int[][] w, int[][] x) {
      int outputs = w[0].length;
      int vectors = x[0].length;
      double[][] y = new double[outputs][vectors];
      matrix.multiply(x, y, 0, 0, new MatrixWorkspace(vectors));
      double sum = 0;
      double squares = 0;
      double errors = 0;
      for (int m = 0; m < outputs; m++) {
        double[] products = exact(w, x, m);
        for (int v = 0; v < vectors; v++) {
          double exact = products[v];
          sum += exact;
          squares += exact * exact;
          errors += (y[m][v] - exact) * (y[m][v] - exact);
        }
      }
      int count = outputs * vectors;
      return new Powers(
          signal + (squares / count - sum / count * (sum / count)), noise + errors / count);
    }

    /** Signal over noise, at most 120. */
    double snr_dB() {
      return 10 * Math.log10(signal / Math.max(noise, 1e-12 * signal));
    }
  }

  /** Codes of a distribution, by input. */
  static int[][] draw(Random random, ValueDistribution values, int bits, int inputs, int count) {
    double[] codes = values.codes(bits);
    int[][] drawn = new int[inputs][count];
    for (int[] row : drawn) {
      for (int v = 0; v < count; v++) {
        double sign = random.nextDouble();
        double level = random.nextDouble();
        int code = 0;
        while (code < codes.length - 1 && level >= codes[code]) {
          level -= codes[code++];
        }
        double positive = values.positiveShare();
        row[v] = sign < positive ? code : sign < positive + values.negativeShare() ? -code : 0;
      }
    }
    return drawn;
  }
}
