package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.mapper.column.CellErrors;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.DigitStatistics;
import dev.kirchhoff.mapper.column.IrDrop;
import dev.kirchhoff.mapper.column.ValueDistribution;

/**
 * Signal-to-noise ratio of a matrix layer on the columns of a chip, closed form (docs/models.md,
 * eq. 1 to 4).
 *
 * <p>NSR = (v_q + v_clip + v_read + v_cells + v_in + v_round)/var(y) + NSR_ir with var(y) = K S
 * (E[x²]E[w²] − E[x]²E[w]²) of the layer's integer output. Quantisation, clipping, readout and
 * cells, stuck ones included, of which converters round away a part: {@link ConversionNoise},
 * {@link ColumnNoise}. Rounding of values to their bits: K (E[w²] E[ε_x²] + E[x²] E[ε_w²]), ε² =
 * P(≠0)/12 of a step, or the true error of few bits ({@link ValueDistribution}). Wires: {@link
 * IrDrop}. XNOR: y = Σ_s Σ_t 2^s 2^t (2 m − K) of the matches m of two planes, one of each of one
 * bit with var(y) = 4 K q(1−q); all variances of m count four times.
 *
 * <p>Charge arrays: kT/C of the shared column, kT n/(C_u V²) in products², and mismatch of the unit
 * capacitors instead of cells (of a ladder as much for each weight as a whole). Digital arrays are
 * exact: only the rounding of values remains.
 *
 * <p>Neglected: correlation of inputs and weights, gains of mean drift and mean wire loss (one gain
 * removes them), averaging of read noise over pulses, coherent errors below 5 dB. Source and
 * checks: docs/models.md, section 7.
 */
public final class SignalToNoise {
  private final NoiseKey key;
  private final ColumnModel column;
  private final DigitStatistics inputs;
  private final DigitStatistics weights;
  private final double k;
  private final double signal;

  private SignalToNoise(NoiseKey key) {
    this.key = key;
    column = key.column();
    inputs = key.inputs();
    weights = key.weights();
    k = key.inputsPerOutput();
    double mean = inputs.valueMean() * weights.valueMean();
    // Variance of the integer output.
    signal =
        k
            * inputs.structure().products().whole()
            * (inputs.valueSquare() * weights.valueSquare() - mean * mean);
  }

  /** The noise of a layer. */
  public static LayerNoise of(NoiseKey key) {
    return new SignalToNoise(key).noise();
  }

  private LayerNoise noise() {
    OutputErrors errors =
        column.summation().isExact()
            ? OutputErrors.NONE
            : OutputErrors.of(inputs, weights, LayerReads.of(key), column, key.cells());
    double perSignal = 1 / signal;
    double rounded =
        k
            * (weights.valueSquare() * inputs.valueError()
                + inputs.valueSquare() * weights.valueError());
    return withWires(
        errors.output().quantisation() * perSignal,
        errors.output().clipping() * perSignal,
        errors.output().byReadout().times(perSignal),
        errors.output().cells() * perSignal,
        errors.output().byInput().times(perSignal),
        rounded * perSignal,
        errors.retainedSignal());
  }

  private LayerNoise withWires(
      double quantisation,
      double clipping,
      ReadoutNoise readout,
      double cells,
      InputNoise input,
      double rounding,
      double retained) {
    ColumnModel.Array array = column.array();
    int rows = key.inputsPerOutput() * column.encoding().rowsPerWeight();
    boolean gated = array.gated();
    double columns =
        (double) key.outputs() * column.encoding().columnsPerDigit() * weights.cells().slices();
    double used = Math.min(1, columns / array.columns());
    double filled = Math.min(1, (double) rows / array.rows());
    double conducting = gated ? (double) Math.min(rows, array.rowsActive()) / array.rows() : 1;
    double share = used * (gated ? 1 : filled);
    double mean_uS =
        column.cells().min_uS() + column.cells().window_uS() * weights.cells().level() * share;
    double retainedByWires =
        IrDrop.retained(mean_uS, array.rows(), array.columns(), conducting, column.wires());
    // Rows that are skipped to lie anywhere on the line, with the current of a read.
    boolean scattered = gated && array.skipsZeroRows();
    double apart = scattered ? filled * array.rows() : conducting * array.rows();
    double irDrop =
        IrDrop.noiseToSignal(
            scattered ? mean_uS * conducting / filled : mean_uS,
            apart,
            array.columns(),
            column.wires());
    if (column.encoding().encoding() == Encoding.OFFSET) {
      irDrop *= codesOverSignal();
    }
    double total =
        quantisation + clipping + readout.total() + cells + input.total() + irDrop + rounding;
    return new LayerNoise(
        quantisation,
        clipping,
        readout,
        cells,
        input,
        irDrop,
        rounding,
        NoiseRatio.bounded(total),
        1 - retainedByWires,
        retained,
        sensitivity(cells));
  }

  private CellSensitivity sensitivity(double cellsRatio) {
    CellErrors errors = key.cells();
    if (!column.summation().isCurrent()) {
      return CellSensitivity.of(errors.levels(), level -> 0);
    }
    double step_uS = column.cells().step_uS();
    double scale = k / (signal * step_uS * step_uS);
    double all = 0;
    for (int level = 0; level < errors.levels(); level++) {
      all += scale * cellsAt(level) * errors.variance(level);
    }
    double passed = all > 0 ? cellsRatio / (all * step_uS * step_uS) : 1;
    return CellSensitivity.of(errors.levels(), level -> passed * scale * cellsAt(level));
  }

  /** Weight of a level's variance in a product, for each input. */
  private double cellsAt(int level) {
    return column.encoding().countsMatches()
        ? 4 * ConversionNoise.cellGain(column, inputs) * matchesAt(level)
        : inputs.valueSquare() * weights.inputWeightedCells().weight(level);
  }

  /** Significance of a level in all cells of a weight; of combined ones that of the digits. */
  private double levels() {
    if (weights.cellsOfDigit() > 1) {
      return weights.significances();
    }
    double sum = 0;
    for (int s = 0; s < weights.cells().slices(); s++) {
      sum += weights.cells().significance(s);
    }
    return sum;
  }

  /** Cells at a level of those that are read, each counted by the squares of its two planes. */
  private double matchesAt(int level) {
    double sum = 0;
    double ofWeight = 1;
    for (int s = 0; s < weights.slices(); s++) {
      double counts = ofWeight;
      for (int t = 0; t < inputs.slices(); t++) {
        double match = ColumnSums.match(inputs.meanDigit(t), weights.meanDigit(s));
        sum += counts * (level == 1 ? match : 1 - match);
        counts *= 4;
      }
      ofWeight *= 4;
    }
    return sum;
  }

  /**
   * Power of the offset codes, which are larger than the weights that they stand for, over the
   * signal: K var(x) E[(code + b)²]/var(y), b that of the lowest conductance of all its cells. The
   * part of the mean input belongs to the gain.
   */
  private double codesOverSignal() {
    double lowest = column.cells().min_uS() / column.cells().step_uS() * levels();
    double codes = weights.codeSquare() + lowest * (2 * weights.codeMean() + lowest);
    double mean = inputs.valueMean();
    return k * (inputs.valueSquare() - mean * mean) * codes / signal;
  }
}
