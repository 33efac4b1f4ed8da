package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.Arrays;
import java.util.List;

/** Least squares: x = (AᵀA)⁻¹ Aᵀ b by two arrays of A, that is linear regression in one step. */
record FeedbackRegression(double[][] matrix, double[] load, double[] solution)
    implements FeedbackProblem {
  static Type.Shape shape() {
    return new Type.Shape(
        "leastSquares",
        "a leastSquares problem",
        List.of(
            Key.of("rows", Type.whole(2, MOST), "64", "samples that are drawn"),
            Key.of(
                "columns",
                Type.whole(1, MOST),
                "4",
                "coefficients: a column of ones, then features uniform in 0..1"),
            Key.of(
                "noise",
                Type.quantity(Dimension.NUMBER, 0, 100),
                "0.1",
                "standard deviation of a sample about the line; coefficients are uniform in 0..1"),
            FeedbackProblem.seed("seed of the samples"),
            Key.optional(
                "data",
                new Type.Text(),
                "MatrixMarket file in place of drawn samples: one a row, the last column is b")));
  }

  static FeedbackRegression of(Settings settings, String path) throws Unfit {
    double[][] samples =
        settings.has("data")
            ? ModelMatrix.file(settings, "data", path + "data")
            : samples(settings);
    String key = path + (settings.has("data") ? "data" : "columns");
    int columns = samples[0].length - 1;
    double[][] a = new double[samples.length][];
    double[] b = new double[samples.length];
    Arrays.setAll(a, i -> Arrays.copyOf(samples[i], columns));
    Arrays.setAll(b, i -> samples[i][columns]);
    if (columns == 0 || columns > a.length) {
      throw new Unfit(
          key,
          "makes "
              + columns
              + " coefficients of "
              + a.length
              + " samples; it takes 1 coefficient and as many samples at least");
    }
    FeedbackProblem.fitting(a, key);
    return new FeedbackRegression(a, b, exact(a, b, key));
  }

  private static double[][] samples(Settings settings) {
    RandomKey key = RandomKey.of(settings.whole("seed"));
    int columns = settings.whole("columns");
    double[][] samples = new double[settings.whole("rows")][columns + 1];
    for (int i = 0; i < samples.length; i++) {
      samples[i][columns] = settings.number("noise") * key.child(2).gaussian(i);
      for (int j = 0; j < columns; j++) {
        samples[i][j] = j == 0 ? 1 : key.child(0).uniform((long) i * columns + j);
        samples[i][columns] += samples[i][j] * key.child(1).uniform(j);
      }
    }
    return samples;
  }

  private static double[] exact(double[][] a, double[] b, String path) throws Unfit {
    ArithmeticMachine machine = ArithmeticMachine.exact(0);
    try {
      return machine.leastSquares(machine.store("A", a), b);
    } catch (Machine.Unstable e) {
      throw new Unfit(path, "gives no one solution: " + e.getMessage());
    }
  }

  @Override
  public Outcome.Measure measure() {
    return ERROR;
  }

  @Override
  public Outcome solve(Machine machine) throws Machine.Unstable {
    double[] x = machine.leastSquares(machine.store("A", matrix), load);
    machine.endOfIteration();
    return Outcome.of(ERROR, LinearSystem.error(x, solution), 1);
  }
}
