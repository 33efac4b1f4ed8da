package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A programmed matrix of which a sample of vectors is read with every conversion, and all others as
 * its cells conduct:
 *
 * <pre>y_m = a_m + b_m x · w_m + r_m</pre>
 *
 * <p>w are the elements that its cells hold, each group of slices and the errors of its cells with
 * the share that conversions pass on: one where steps are fine or sums are noisy, none of errors
 * that rounding removes, less than one of sums that a range clips. Shares of all outputs together,
 * and the line of each output, are those of least squares for the sampled vectors. What is left,
 * rounding and noise, is r: that of the sampled vector whose inputs are nearest in size (sum of
 * squares), of all outputs together. Neglected: what of r belongs to the pattern of a vector's own
 * inputs. Immutable.
 */
final class SampledMatrix implements ChipMatrix {
  /** Sampled vectors at most (chosen: lines add 2 % to the variance of r). */
  private static final int MOST_SAMPLES = 128;

  /** Weight of a share of 1 beside that of the sample, for parts that no vector reads. */
  private static final double PULL = 1e-9;

  private final AnalogProduct cells;
  private final double[] sizes;

  /** Rests by output, then sampled vector, by rising size. */
  private final float[][] rests;

  private SampledMatrix(AnalogProduct cells, double[] sizes, float[][] rests) {
    this.cells = cells;
    this.sizes = sizes;
    this.rests = rests;
  }

  /**
   * Calibrates a matrix with some typical vectors and samples it with the same ones.
   *
   * @param matrix the matrix, not calibrated
   * @param typical vectors that are typical, by input, then vector
   */
  static SampledMatrix calibrate(ProgrammedMatrix matrix, int[][] typical) {
    int inputs = matrix.inputs();
    int outputs = matrix.outputs();
    int all = typical[0].length;
    int count = Math.min(MOST_SAMPLES, all);
    int[][] sample = new int[inputs][count];
    double[] squares = new double[count];
    for (int v = 0; v < count; v++) {
      int taken = (int) ((long) v * all / count);
      for (int i = 0; i < inputs; i++) {
        sample[i][v] = typical[i][taken];
        squares[v] += (double) sample[i][v] * sample[i][v];
      }
    }
    matrix.calibrate(sample);
    double[][] read = matrix.read(sample);
    double[][] weights = passedOn(matrix.parts(), sample, read);
    double[][] meant = products(weights, sample);
    float[][] slopes = new float[inputs][outputs];
    float[] offsets = new float[outputs];
    float[][] unsorted = new float[count][outputs];
    for (int m = 0; m < outputs; m++) {
      Line line = Line.of(meant[m], read[m]);
      offsets[m] = (float) line.offset();
      for (int i = 0; i < inputs; i++) {
        slopes[i][m] = (float) (line.slope() * weights[i][m]);
      }
      for (int v = 0; v < count; v++) {
        double rest = read[m][v] - line.offset() - line.slope() * meant[m][v];
        unsorted[v][m] = (float) (line.widening() * rest);
      }
    }
    int[] bySize =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble(v -> squares[v]))
            .mapToInt(Integer::intValue)
            .toArray();
    float[][] rests = new float[outputs][count];
    for (int m = 0; m < outputs; m++) {
      for (int v = 0; v < count; v++) {
        rests[m][v] = unsorted[bySize[v]][m];
      }
    }
    return new SampledMatrix(
        new AnalogProduct(slopes, new float[0][], offsets, new float[0]),
        Arrays.stream(bySize).mapToDouble(v -> squares[v]).toArray(),
        rests);
  }

  /** The sum of the parts of elements, each with the share that conversions pass on. */
  private static double[][] passedOn(
      ProgrammedMatrix.Parts parts, int[][] sample, double[][] read) {
    List<double[][]> converted = parts.converted();
    int count = converted.size();
    double[][] squares = new double[count][count];
    double[] products = new double[count];
    List<double[][]> meant = converted.stream().map(part -> centred(part, sample)).toList();
    double[][] digital = centred(parts.digital(), sample);
    for (int m = 0; m < read.length; m++) {
      double mean = Arrays.stream(read[m]).average().orElse(0);
      for (int v = 0; v < read[m].length; v++) {
        for (int p = 0; p < count; p++) {
          double of = meant.get(p)[m][v];
          products[p] += of * (read[m][v] - mean - digital[m][v]);
          for (int q = 0; q < count; q++) {
            squares[p][q] += of * meant.get(q)[m][v];
          }
        }
      }
    }
    for (int p = 0; p < count; p++) {
      double pull = PULL * squares[p][p] + Double.MIN_NORMAL;
      squares[p][p] += pull;
      products[p] += pull;
    }
    double[] shares =
        LinearAlgebra.solve(squares, products, 0)
            .orElseThrow(() -> new IllegalStateException("Pulled squares are never singular."));
    double[][] all = parts.digital();
    for (int p = 0; p < count; p++) {
      for (int i = 0; i < all.length; i++) {
        LinearAlgebra.add(all[i], shares[p], converted.get(p)[i]);
      }
    }
    return all;
  }

  /** Products of a sample without their means, by output, then vector. */
  private static double[][] centred(double[][] weights, int[][] sample) {
    double[][] products = products(weights, sample);
    for (double[] ofOutput : products) {
      double mean = Arrays.stream(ofOutput).average().orElse(0);
      for (int v = 0; v < ofOutput.length; v++) {
        ofOutput[v] -= mean;
      }
    }
    return products;
  }

  /** Products of a sample, by output, then vector. */
  private static double[][] products(double[][] weights, int[][] sample) {
    double[][] products = new double[weights[0].length][sample[0].length];
    for (int i = 0; i < weights.length; i++) {
      for (int m = 0; m < products.length; m++) {
        double weight = weights[i][m];
        for (int v = 0; v < products[m].length && weight != 0; v++) {
          products[m][v] += weight * sample[i][v];
        }
      }
    }
    return products;
  }

  /**
   * The line of least squares through what an output comes to.
   *
   * @param widening what residuals are multiplied by, for the freedom that the line took
   */
  private record Line(double offset, double slope, double widening) {
    static Line of(double[] meant, double[] read) {
      double x = Arrays.stream(meant).average().orElse(0);
      double y = Arrays.stream(read).average().orElse(0);
      double square = 0;
      double product = 0;
      for (int v = 0; v < meant.length; v++) {
        square += (meant[v] - x) * (meant[v] - x);
        product += (meant[v] - x) * (read[v] - y);
      }
      int free = meant.length - 2;
      double slope = square > 0 && free > 0 ? product / square : 1;
      return new Line(y - slope * x, slope, free > 0 ? Math.sqrt((double) meant.length / free) : 1);
    }
  }

  @Override
  public void multiply(
      int[][] vectors, double[][] products, int call, long first, MatrixWorkspace space) {
    int batch = space.batch();
    float[][] inputs = space.digits(vectors.length);
    double[] squares = new double[batch];
    for (int i = 0; i < vectors.length; i++) {
      for (int v = 0; v < batch; v++) {
        inputs[i][v] = vectors[i][v];
        squares[v] += (double) vectors[i][v] * vectors[i][v];
      }
    }
    float[][] sums = space.sums(products.length);
    cells.multiply(inputs, sums, space.analog());
    int[] nearest = new int[batch];
    for (int v = 0; v < batch; v++) {
      nearest[v] = nearest(squares[v]);
    }
    for (int m = 0; m < products.length; m++) {
      float[] rest = rests[m];
      for (int v = 0; v < batch; v++) {
        products[m][v] = sums[m][v] + rest[nearest[v]];
      }
    }
  }

  /** The sampled vector that is nearest in size. */
  private int nearest(double square) {
    int at = Arrays.binarySearch(sizes, square);
    int above = Math.min(sizes.length - 1, at < 0 ? -at - 1 : at);
    int below = Math.max(0, above - 1);
    return square - sizes[below] < sizes[above] - square ? below : above;
  }
}
