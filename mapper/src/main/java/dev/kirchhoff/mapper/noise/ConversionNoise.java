package dev.kirchhoff.mapper.noise;

import static dev.kirchhoff.mapper.column.ConverterRange.smaller;

import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.ConverterRange;
import dev.kirchhoff.mapper.column.DigitStatistics;
import dev.kirchhoff.mapper.column.Rounding;
import java.util.List;

/**
 * Variance that converters, and the noise before them, add to the sums of a layer's columns
 * (docs/models.md, eq. 8 to 34).
 *
 * <p>Each conversion, of a column at a slice of the inputs, takes four stages: moments of its sum
 * ({@link ColumnSums}, {@link RowErrors}), the range ({@link ConversionRange}), errors of its reads
 * ({@link ReadErrors}), and here its error by cause. Stages keep the figures of one conversion in
 * fields that the next one overwrites, as objects for each of up to 64 conversions cost more than
 * the conversions; figures of a slice of the inputs alone are arrays made once a layer.
 *
 * <p>Cases:
 *
 * <pre>
 * step                     sum                         errors
 * at most one level        any                         noise, rounded (Rounding.noiseGain)
 * wider, 2 or 4 codes of
 *   a calibrated range     any                         sum with noise (CoarseQuantiser)
 * wider                    about 0, σ² &lt; 3/4 step²     sum with noise (Rounding.error)
 * wider                    any other                   step²/12, and noise as it is
 * </pre>
 *
 * <p>Lost bits are noise before steps of a level and add to wider ones. Noise of cells counts as
 * present in 1/(1 + ζ) of all reads, and calibrated ranges are made for sums with a tail ({@link
 * ColumnTail}). Stuck cells add n E[u²] times their mean-square error, none more than half the
 * range, and are not rounded away. The error of a sum is capped at its variance σ²: a sum whose
 * code carries less information than its mean is replaced by its mean. Signal that sums do not pass
 * on is lost coherently, by the share of whole products that their digits carry. Clipping: τ² h(c)
 * for each side that is not a physical limit. The output weighs slices by (2^(b_c s) 2^(b_x t))²;
 * errors of cells, and offsets unless a second pass takes them off, are the same in all pulses
 * ({@link DigitStatistics#coherentGain}, {@link DigitStatistics#offsetGain}).
 *
 * <p>Neglected: correlated noise of slices, sums and noise that are not Gaussian, columns that
 * differ. Source: uniform quantisation and clipping of a Gaussian; checks in docs/models.md.
 */
final class ConversionNoise {
  /** Variation of the square of a normal sum over its squared mean, E[v⁴]/E[v²]² − 1. */
  private static final double OF_SQUARES = 2;

  private final DigitStatistics inputs;
  private final double cellGain;
  private final ConverterRange range;
  private final ColumnTail tails;
  private final List<LayerColumn> columns;
  private final ColumnSums sums;
  private final RowErrors rows;
  private final ConversionRange ranges;
  private final ReadErrors reads;

  /** Errors of the column whose conversions are added up. */
  private ErrorSums errors;

  private ConversionNoise(LayerColumns key, ConverterRange range) {
    ColumnModel column = key.column();
    ColumnNoise noise = new ColumnNoise(column, key.cells());
    ColumnCurve curve = new ColumnCurve(key);
    inputs = key.inputs();
    cellGain = cellGain(column, inputs);
    this.range = range;
    tails = column.encoding().countsMatches() ? ColumnTail.ofMatches(key) : ColumnTail.of(key);
    columns = LayerColumn.of(key, noise, tails);
    sums = new ColumnSums(key, noise, curve);
    rows = new RowErrors(key);
    ranges = new ConversionRange(key, range, tails);
    reads = new ReadErrors(key, range, curve.gain(columns));
  }

  /**
   * Gain of errors of cells, the same in all pulses of an input, over errors of single pulses. Half
   * of the error of the two cells of an XNOR pair changes sign with the input, half does not.
   */
  static double cellGain(ColumnModel column, DigitStatistics inputs) {
    return column.encoding().countsMatches()
        ? (inputs.coherentGain() + inputs.offsetGain()) / 2
        : inputs.coherentGain();
  }

  /**
   * Errors of a layer's output, and the signal that its conversions do not pass on.
   *
   * @param range range of its converters
   * @param weight weight of the columns of the first slice
   */
  static ErrorSums of(LayerColumns key, ConverterRange range, double weight) {
    return new ConversionNoise(key, range).output(key, weight);
  }

  private ErrorSums output(LayerColumns key, double weight) {
    ErrorSums output = new ErrorSums();
    for (LayerColumn column : columns) {
      errors = new ErrorSums();
      for (int t = 0; t < inputs.slices(); t++) {
        sums.of(column, t);
        rows.of(column, t, sums);
        ranges.of(column, t, sums, rows, errors);
        reads.of(sums, rows, ranges);
        double lost = 1 - (1 - ranges.cut) * (1 - rounded(column.noise(), t));
        if (lost > 0) {
          output.addLoss(lost * column.signalShare() * inputs.signalShare(t));
        }
      }
      double significance = key.weights().significance(column.slice());
      output.add(weight * (significance * significance), errors);
    }
    return output;
  }

  /** Rounds a sum; returns the share of it that codes do not pass on, 0..1. */
  private double rounded(LayerColumn.SliceNoise noise, int t) {
    double stepSquare = ranges.stepSquare;
    double stuck = sums.stuck > 0 ? stuckError(t) : 0;
    if (stepSquare <= 1) {
      return onLevels(noise.tail(), t, stuck);
    }
    boolean isAboutCode = noise.span().least() < 0 && sums.variance < Rounding.LARGEST * stepSquare;
    return isAboutCode || ranges.isCoarse ? aboutCode(t, stuck) : betweenCodes(t, stuck);
  }

  /**
   * Error that stuck cells add to a sum: no more than half the range each. They are rare and off by
   * whole levels, so that no step rounds them away, but a range may end before their sums do.
   */
  private double stuckError(int t) {
    double square = sums.square[t];
    double most = sums.stuckSquare * square;
    double half = range.halfSquare(ranges.stepSquare) * sums.driven[t];
    return sums.stuck * (most > half ? square * half / most : square);
  }

  /**
   * A conversion with steps of one level, which leave the sum as it is and round its noise; codes
   * may be finer than levels.
   *
   * @param stuck error of the stuck cells
   * @return share of the sum that codes do not pass on, 0..1
   */
  private double onLevels(ColumnTail.SliceTail cells, int t, double stuck) {
    double noisy = sums.noisy;
    double transfer = reads.transfer;
    double ofRows = reads.ofRows;
    double steady = reads.steady + reads.converter;
    double floor = cells.quietestShare() * noisy;
    double excess = noisy - floor;
    double quietestVariation = tails.quietestVariation(t);
    double variation = tails.excessVariation(t, cells);
    double loud = excess + transfer + ofRows;
    if (loud > excess) {
      double driven = ofRows > 0 ? tails.drivenVariation(t, cells) * ofRows : 0;
      double sum = variation * excess + OF_SQUARES * transfer + driven;
      variation = sum > quietestVariation * loud ? sum / loud : quietestVariation;
    }
    double floorAlone = (1 + quietestVariation) * floor;
    double most = steady + floorAlone + (1 + variation) * loud;
    if (most < Rounding.LEAST) {
      return add(t, 0, cellGain * stuck, 0, 0, 0, 0, 0, 0, 0);
    }
    double shareOfExcess = 1 / (1 + variation);
    double noisyShare = tails.noisyShare(t);
    double strong = Rounding.noiseGain(most);
    double weak = steady + floorAlone;
    double usual =
        weak < Rounding.LEAST ? 0 : (noisyShare - shareOfExcess) * Rounding.noiseGain(weak);
    double quiet = steady < Rounding.LEAST ? 0 : (1 - noisyShare) * Rounding.noiseGain(steady);
    double ofNoisy = strong * (excess + shareOfExcess * floorAlone) + usual * floorAlone;
    double ofSteady = shareOfExcess * strong + usual + quiet;
    // Errors are alike in all pulses only as far as codes follow them.
    double passed = Rounding.gain(most);
    double alike = smaller(1, passed * passed / strong);
    double ofCells = (1 + alike * (cellGain - 1)) * ofNoisy + cellGain * stuck;
    double ofTransfer = transfer + alike * (reads.gain - transfer);
    double ofCurve = sums.curved + alike * (reads.curvature - sums.curved);
    return add(
        t,
        0,
        ofCells,
        ofSteady,
        ofSteady,
        strong * ofTransfer,
        strong * ofCurve,
        strong * rows.alike(alike),
        strong * rows.mismatch,
        0);
  }

  /**
   * A conversion with wider steps of a sum about a mean that may lie anywhere between codes: the
   * steps add step²/12.
   *
   * @param stuck error of the stuck cells
   * @return share of the sum that codes do not pass on, 0..1
   */
  private double betweenCodes(int t, double stuck) {
    double alone = smaller(ranges.stepSquare / 12, sums.variance);
    double ofCells = cellGain * (sums.noisy + stuck);
    return add(t, alone, ofCells, 1, 1, reads.gain, reads.curvature, rows.noise, rows.mismatch, 0);
  }

  /**
   * A conversion with wider steps of a sum about a code, or with two or four codes: it rounds the
   * sum together with its noise.
   *
   * @param stuck error of the stuck cells
   * @return share of the sum that codes do not pass on, 0..1
   */
  private double aboutCode(int t, double stuck) {
    boolean coarse = ranges.isCoarse;
    double stepSquare = ranges.stepSquare;
    double variance = sums.variance;
    double before = sums.noisy + reads.steady + reads.ofRows + reads.transfer;
    double perStep = 1 / stepSquare;
    double signal = variance * perStep;
    double all = signal + before * perStep;
    double retained = coarse ? range.coarse().gain(all) : Rounding.gain(all);
    double square = coarse ? range.coarse().square(all) : Rounding.square(all);
    double error = stepSquare * (square + signal * (1 - 2 * retained));
    double quiet = coarse ? range.coarse().error(signal, signal) : Rounding.error(signal, signal);
    double alone = smaller(stepSquare * quiet, variance);
    double through = before > 0 ? (error - alone) / before : 0;
    return add(
        t,
        alone,
        cellGain * (through * sums.noisy + stuck),
        1,
        through,
        through * reads.gain,
        through * reads.curvature,
        through * rows.alike(1),
        through * rows.mismatch,
        1 - retained);
  }

  /**
   * Adds the errors of a conversion: of the sum alone, by the noise of cells, by that of the front
   * end; all of them capped at the variance of the sum.
   *
   * @param converted share of the converter's own noise that reaches the code
   * @param passed share of the steady noise before it that does
   * @param gain what does of gains that differ
   * @param curvature what does of the error of curved cells
   * @param inputNoise what does of the noise of inputs
   * @param inputMismatch what does of the mismatch of inputs
   * @return share of the sum that codes do not pass on, 0..1
   */
  private double add(
      int t,
      double alone,
      double ofCells,
      double converted,
      double passed,
      double gain,
      double curvature,
      double inputNoise,
      double inputMismatch,
      double lost) {
    double variance = sums.variance;
    double converter = converted * reads.converter;
    double thermal = passed * sums.thermal;
    double ground = passed * reads.virtualGround;
    double offset = passed * reads.offset;
    double ofReadout = converter + thermal + ground + offset + gain + curvature;
    double noise = ofCells + ofReadout + (inputNoise + inputMismatch);
    double room = variance - alone;
    double share = 1;
    double quantised = alone;
    boolean isLost = noise >= room && variance > 0;
    if (isLost) {
      share = noise > 0 && noise < Double.MAX_VALUE ? room / noise : 0;
      quantised = variance - share * noise;
    }
    double significance = sums.significance[t];
    double weight = significance * share;
    errors.add(significance * quantised, weight * ofCells);
    errors.addReadout(
        weight * converter,
        weight * thermal,
        weight * ground,
        weight * offset,
        weight * gain,
        weight * curvature);
    errors.addInput(weight * inputNoise, weight * inputMismatch);
    return isLost ? 1 : lost;
  }
}
