package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;

/**
 * Reads of single rows, by which every cell of a matrix is converted: the rows of one weight at a
 * time, at the full level of an input.
 *
 * <p>Converters have a range of their own for them, that of one row: a chip that verifies what it
 * writes has it. They are calibrated on what the cells hold, not on what they should hold: cells
 * written anew among drifted ones are read far from their elements. Neglected: that wires lose less
 * of the current of one row; the mean loss is that of rows read together.
 */
final class CellReads {
  /** Reads of this kind among those of a row group. */
  private static final int CALL = 1;

  private final WeightBlock.Layout layout;
  private final InputPasses once;
  private final int perConverter;
  private final AnalogProduct.Workspace space = new AnalogProduct.Workspace(1);
  private Ranges ranges;
  private long reads;

  /**
   * Reads.
   *
   * @param layout crossbars of the matrix
   * @param passes pulses of an input
   */
  CellReads(WeightBlock.Layout layout, InputPasses passes) {
    this.layout = layout;
    once = new InputPasses(passes.bitsPerPulse(), 1, passes.bitsPerPulse(), false, false);
    perConverter = layout.plan().sumsOf(layout.model().column().converter().columns());
  }

  /** Integers of the matrix as they are read, by input, then output. */
  double[][] read(ProgrammedMatrix matrix) {
    if (ranges == null) {
      ranges = calibrated(matrix);
    }
    double[][] found = new double[matrix.inputs()][matrix.outputs()];
    for (RowGroup group : matrix.groups()) {
      for (int i = 0; i < group.product().rows(); i++) {
        read(group, i, found[group.firstInput() + i]);
      }
    }
    reads++;
    for (double[] ofRow : found) {
      for (int m = 0; m < ofRow.length; m++) {
        ofRow[m] -= layout.plan().offset();
      }
    }
    return found;
  }

  private Ranges calibrated(ProgrammedMatrix matrix) {
    UnitPlan plan = layout.plan();
    Ranges.Samples samples = new Ranges.Samples(plan.groups(), 1);
    for (RowGroup group : matrix.groups()) {
      float[][] sums = new float[group.product().units()][1];
      for (int i = 0; i < group.product().rows(); i++) {
        AnalogProduct.Driven row = row(group, i);
        group.product().multiply(row, sums, space);
        for (int u = 0; u < sums.length; u++) {
          samples.add(plan.group(u % plan.units()), 0, sums[u], sums[u], 1);
        }
      }
    }
    return Ranges.of(layout.model().byRows(), layout.options(), plan, once, samples, 1);
  }

  private AnalogProduct.Driven row(RowGroup group, int row) {
    float[][] digit = {{once.largestDigit()}};
    return new AnalogProduct.Driven(row, digit, new float[] {1f / group.product().rows()});
  }

  private void read(RowGroup group, int row, double[] found) {
    UnitPlan plan = layout.plan();
    RandomKey key = group.key().child(CALL).child(row);
    AnalogProduct product = group.product();
    float[][] sums = new float[product.units()][1];
    AnalogProduct.Driven meant = row(group, row);
    AnalogProduct.Driven shown =
        group.levels().isExact()
            ? meant
            : group
                .levels()
                .of(
                    meant,
                    meant,
                    key.child(product.units()),
                    2 * reads,
                    new float[1][1],
                    new float[1]);
    product.multiply(
        shown, sums, new AnalogProduct.Noise(key, 2 * reads, ranges.lostVariance(0)), space);
    for (int u = 0; u < sums.length; u++) {
      int unit = u % plan.units();
      ranges.convert(sums[u], plan.group(unit), 0, group.converters().child(u / perConverter));
      found[group.firstOutput() + u / plan.units()] +=
          plan.significance(unit) * sums[u][0] / once.largestDigit();
    }
  }
}
