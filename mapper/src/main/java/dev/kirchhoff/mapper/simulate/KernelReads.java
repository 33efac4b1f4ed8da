package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Reads of a kernel's matrix in one direction.
 *
 * <p>A vector is scaled so that its largest magnitude is the largest integer that the drivers
 * present, and its products are scaled back digitally: iterates of a solver shrink, and so would
 * their share of the drivers' range. A vector of zeros is not read.
 *
 * <p>The converters' ranges are set at the first read, from its vectors and from others of their
 * kind ({@link TypicalVectors}); no later read changes them. Each vector has its number, by which
 * its noise is drawn.
 */
final class KernelReads {
  /** Vectors that are multiplied together. */
  private static final int BATCH = 64;

  /** Vectors fewer than these are read one by one: units fill the vector instructions. */
  private static final int FEW = 6;

  private final Setting setting;
  private final InputPasses passes;
  private final List<WeightBlock> blocks;
  private final List<List<RowGroup>> groups = new ArrayList<>();
  private MatrixWorkspace space = new MatrixWorkspace(1);
  private ProgrammedMatrix matrix;
  private boolean isCurrent;
  private long reads;

  /**
   * Setting of the reads.
   *
   * @param layout crossbars as the direction reads them
   * @param inputBits bits of an input
   * @param inputs inputs of a read
   * @param outputs outputs of a read
   * @param groups lines of a block that are driven together, by its largest digit
   * @param matching vectors that match the matrix
   * @param typical key of typical vectors
   */
  record Setting(
      WeightBlock.Layout layout,
      int inputBits,
      int inputs,
      int outputs,
      BiFunction<WeightBlock, Integer, List<RowGroup>> groups,
      double[][] matching,
      RandomKey typical) {}

  /** Reads of blocks. */
  KernelReads(Setting setting, List<WeightBlock> blocks) {
    this.setting = setting;
    this.blocks = List.copyOf(blocks);
    CrossbarModel model = setting.layout().model();
    passes = InputPasses.of(model.column().encoding(), model.input(), setting.inputBits(), true);
    for (int b = 0; b < blocks.size(); b++) {
      groups.add(List.of());
    }
  }

  /** Pulses of an input. */
  InputPasses passes() {
    return passes;
  }

  /** Takes note that cells of a block have changed. */
  void changed(int block) {
    groups.set(block, List.of());
    isCurrent = false;
  }

  /** The matrix as its cells are now. */
  ProgrammedMatrix current() {
    if (isCurrent) {
      return matrix;
    }
    List<RowGroup> all = new ArrayList<>();
    for (int b = 0; b < groups.size(); b++) {
      if (groups.get(b).isEmpty()) {
        groups.set(b, setting.groups().apply(blocks.get(b), passes.largestDigit()));
      }
      all.addAll(groups.get(b));
    }
    matrix =
        matrix == null
            ? ProgrammedMatrix.of(
                setting.layout(),
                passes,
                setting.inputBits(),
                setting.inputs(),
                setting.outputs(),
                all)
            : matrix.with(all);
    isCurrent = true;
    return matrix;
  }

  /**
   * Products of vectors with the integers of the matrix.
   *
   * @param vectors by vector, then input
   * @return by vector, then output
   */
  double[][] read(double[][] vectors) {
    return read(vectors, new AnalogProduct.Units(0, setting.outputs()));
  }

  /** One output of the products of vectors, the same as that of a read of all. */
  double[] read(double[][] vectors, int output) {
    AnalogProduct.Units one = new AnalogProduct.Units(output, output + 1);
    double[][] products = read(vectors, one);
    double[] found = new double[vectors.length];
    Arrays.setAll(found, v -> products[v][output]);
    return found;
  }

  private double[][] read(double[][] vectors, AnalogProduct.Units some) {
    double[][] products = new double[vectors.length][setting.outputs()];
    ProgrammedMatrix matrix = current();
    if (!matrix.isCalibrated()) {
      matrix.calibrate(TypicalVectors.of(vectors, setting.matching(), passes, setting.typical()));
    }
    int first = 0;
    while (first < vectors.length) {
      int left = vectors.length - first;
      int count = left < FEW ? 1 : Math.min(BATCH, left);
      read(matrix, vectors, first, count, some, products);
      first += count;
    }
    return products;
  }

  private void read(
      ProgrammedMatrix matrix,
      double[][] vectors,
      int first,
      int count,
      AnalogProduct.Units some,
      double[][] products) {
    if (space.batch() != count) {
      space = new MatrixWorkspace(count);
    }
    int[][] wholes = new int[setting.inputs()][count];
    double[] scales = new double[count];
    boolean any = false;
    for (int v = 0; v < count; v++) {
      scales[v] = passes.quantise(vectors[first + v], wholes, v);
      any |= scales[v] > 0;
    }
    if (any) {
      double[][] sums = new double[setting.outputs()][count];
      matrix.multiply(wholes, some, sums, 0, reads, space);
      for (int v = 0; v < count; v++) {
        for (int m = some.from(); m < some.to(); m++) {
          products[first + v][m] = scales[v] * sums[m][v];
        }
      }
    }
    // Numbers of a batch begin with an even one.
    reads += count + 1 & ~1;
  }
}
