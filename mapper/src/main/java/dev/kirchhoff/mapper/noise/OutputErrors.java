package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.mapper.column.CellErrors;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.ConverterRange;
import dev.kirchhoff.mapper.column.DigitStatistics;

/**
 * Variances that conversions add to a layer's integer output, by cause (docs/models.md, eq. 10):
 *
 * <pre>
 *   v = N_g n_p Σ_s Σ_t (2^(b_d s) 2^(b_x t))² e²(s, t),   of matches (XNOR)  v = 4 N_g Σ_s Σ_t (2^s 2^t)² e²(s, t)
 * </pre>
 *
 * <p>Sums over the slices t of the inputs are those of {@link ConversionNoise}, in which errors
 * that are common to all pulses of a value have the gain of eq. 34. Both codes of a pair that are
 * subtracted count. Signal that slices lose together (eq. 33) adds to the quantisation.
 *
 * @param output the variances
 * @param retainedSignal fraction of the output's signal amplitude that codes pass on, at least 0
 */
record OutputErrors(ColumnErrors output, double retainedSignal) {
  /** Errors of an exact sum. */
  static final OutputErrors NONE =
      new OutputErrors(new ColumnErrors(0, 0, ReadoutNoise.NONE, 0, InputNoise.NONE), 1);

  /**
   * The errors of a layer.
   *
   * @param inputs digits of the inputs
   * @param weights digits of the weights
   * @param reads reads that one output adds up
   * @param column the columns
   * @param cells errors of their cells
   */
  static OutputErrors of(
      DigitStatistics inputs,
      DigitStatistics weights,
      LayerReads reads,
      ColumnModel column,
      CellErrors cells) {
    Structure structure = inputs.structure();
    double groups = reads.groups();
    double perGroup = reads.inputsPerRead();
    double all = reads.inputs();
    double products = structure.products().of(perGroup, all);
    double rowGroups = reads.perCrossbar();
    ConverterRange range = ConverterRange.of(column);
    double shared = column.converter().hasMismatch() ? range.sharedGain(stepSizes(weights)) : 0;
    // A match more is a product of two less.
    double weight = column.encoding().countsMatches() ? 4 * groups : groups * inputs.passes();
    ErrorSums errors =
        ConversionNoise.of(
            new LayerColumns(
                inputs,
                weights,
                reads,
                structure.tails().of(perGroup, all),
                products,
                structure.inputs().of(perGroup, all),
                shared * rowGroups,
                rowGroups,
                column,
                cells),
            range,
            weight);
    double lost = errors.lostSignal();
    if (lost > 0) {
      errors.add(lostTogether(inputs, weights, all, products, errors), 0);
    }
    // Digits of offset codes go against each other: losing one may leave more than all.
    return new OutputErrors(errors.errors(), lost <= 0 ? 1 : lost < 1 ? 1 - lost : 0);
  }

  /** Significance of a converter's step in the output, by slice, over that in the first. */
  private static double[] stepSizes(DigitStatistics weights) {
    double[] sizes = new double[weights.slices()];
    for (int s = 0; s < sizes.length; s++) {
      sizes[s] = weights.significance(s) * weights.largestDigit(s) / weights.largestDigit(0);
    }
    return sizes;
  }

  /**
   * Signal that sums lose coherently, beyond the loss of each. A digit's product is a share a of
   * the whole product, its covariance with it, and a rest of its own; conversions that do not pass
   * on the shares lose one part u = Σ a of the output, u² of its variance, in which each has
   * counted a² of its own group's.
   */
  private static double lostTogether(
      DigitStatistics inputs,
      DigitStatistics weights,
      double all,
      double products,
      ErrorSums errors) {
    double mean = inputs.valueMean() * weights.valueMean();
    double each = inputs.valueSquare() * weights.valueSquare() - mean * mean;
    double lost = errors.lostSignal();
    double together =
        lost * lost * inputs.structure().products().whole() - errors.lostSquares() * products;
    return together > 0 ? all * each * together : 0;
  }
}
