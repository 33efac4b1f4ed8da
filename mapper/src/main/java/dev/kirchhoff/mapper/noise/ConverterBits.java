package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.chip.Readout.Range;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.column.CellErrors;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.ConverterModel;
import dev.kirchhoff.mapper.column.DigitStatistics;
import dev.kirchhoff.mapper.column.OptimalRange;
import dev.kirchhoff.mapper.column.Summation;
import dev.kirchhoff.mapper.column.ValueDistribution;
import dev.kirchhoff.mapper.column.WireResistances;

/**
 * Converter bits that a ratio of signal to quantisation and clipping needs.
 *
 * <p>The closed form of {@link ConversionNoise} alone: no noise of cells or readout, no wires.
 * Valid above 5 dB.
 *
 * @param encoding encoding of weights as conductances
 * @param range converter range
 * @param rowsActive rows driven at once
 * @param inputs digits of the inputs
 * @param weights digits of the weights in this encoding
 */
public record ConverterBits(
    WeightEncoding encoding,
    Range range,
    int rowsActive,
    DigitStatistics inputs,
    DigitStatistics weights) {

  /** Reference inputs: 57 % zeros, the rest half-normal with 0.3 of full scale (assumed). */
  public static final ValueStatistics REFERENCE_INPUTS =
      new ValueStatistics(0.57, 0.43 * 0.3 * 0.7978846, 0.3 * 0.6557439, 0);

  /** Reference weights: normal with a fifth of full scale (assumed). */
  public static final ValueStatistics REFERENCE_WEIGHTS =
      new ValueStatistics(0, 0.2 * 0.7978846, 0.2, 0.5);

  /** The reference data at 8 × 8 bits with 1-bit inputs. */
  public static ConverterBits reference(
      WeightEncoding encoding, Range range, int rowsActive, int cellBits) {
    ValueDistribution x = ValueDistribution.ofInputs(REFERENCE_INPUTS);
    ValueDistribution w = ValueDistribution.ofWeights(REFERENCE_WEIGHTS);
    boolean offset = encoding.encoding() == Encoding.OFFSET;
    return new ConverterBits(
        encoding,
        range,
        rowsActive,
        DigitStatistics.inputs(x, 8, 1),
        offset
            ? DigitStatistics.offsetWeights(w, 8, cellBits)
            : DigitStatistics.differentialWeights(w, 8, cellBits));
  }

  /** Least bits, 1..16, at which the ratio is reached; 17 if none does. */
  public int needed(double snr_dB) {
    int bits = 1;
    while (bits <= OptimalRange.MOST_BITS && snr_dB(bits) < snr_dB) {
      bits++;
    }
    return bits;
  }

  /**
   * Ratio of signal to quantisation and clipping of one column group; independent of the number of
   * groups.
   */
  public double snr_dB(int bits) {
    double n = weightsOfColumn();
    double mean = inputs.valueMean() * weights.valueMean();
    double signal = n * (inputs.valueSquare() * weights.valueSquare() - mean * mean);
    ColumnErrors errors = errors(bits).output();
    return NoiseRatio.decibel((errors.quantisation() + errors.clipping()) / signal);
  }

  /** Fraction of the signal amplitude that the codes of a number of bits pass on. */
  double retainedSignal(int bits) {
    return errors(bits).retainedSignal();
  }

  private double weightsOfColumn() {
    return rowsActive / (double) encoding.rowsPerWeight();
  }

  private OutputErrors errors(int bits) {
    int cellBits = weights.cells().width();
    ColumnModel column =
        new ColumnModel(
            new ColumnModel.Array(rowsActive, 1, rowsActive, true),
            encoding,
            new Summation.Digital(),
            ConverterModel.of(range, bits, 0),
            new ColumnModel.CellWindow(cellBits, 0, 1),
            new WireResistances(0, 0, 0, 0),
            InputErrors.NONE);
    return OutputErrors.of(
        inputs,
        weights,
        LayerReads.ofAllRows(weightsOfColumn(), 1, column.array()),
        column,
        CellErrors.none(1 << cellBits));
  }
}
