package dev.kirchhoff.mapper.noise;

import static dev.kirchhoff.mapper.column.ConverterRange.smaller;

import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.ConverterRange;
import dev.kirchhoff.mapper.column.DigitStatistics;
import dev.kirchhoff.mapper.column.Rounding;
import java.util.ArrayList;
import java.util.List;

/**
 * Variance that converters, and the noise before them, add to the sums of a layer's columns
 * (docs/models.md, eq. 8 to 34).
 *
 * <p>A column sum of slice s of the weights and t of the inputs over n weights has, in units of one
 * cell level times one input level, mean μ = n E[u]E[d] and variance σ² = n [S E[u²] var(d) + S_x
 * var(u) E[d]²]: S = S(n) of the layer's structure, that of blocks of inputs where it was measured,
 * else 1 + (S(K) − 1)(n − 1)/(K − 1), all pairs of inputs correlating alike; S_x the same of inputs
 * alone. Before conversion it has the noise n E[u²] σ_s² + heat + offset ({@link ColumnNoise}), of
 * which mismatch of converters is a part; the converter itself has that of lost bits, (4^lost − 1)
 * step²/12.
 *
 * <p>Steps and ends: {@link ConverterRange}, τ² = σ² with the noise of cells and offset. Cases:
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
 * <p>Lost bits are noise before steps of a level and add to wider ones. Noise of cells comes as if
 * in 1/(1 + ζ) of all reads, and calibrated ranges are made for sums with a tail ({@link
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
  /** Variance of a converter's own noise below which steps of a level round it away. */
  private static final double NOTICED = 0.02;

  private final ColumnModel column;
  private final DigitStatistics inputs;
  private final DigitStatistics weights;
  private final double n;
  private final double structure;
  private final double inputStructure;
  private final double sharedGain;
  private final double coherentGain;
  private final double offsetGain;
  private final double own;
  private final double full;
  private final ColumnModel.Span span;
  private final ConverterRange range;
  private final ColumnNoise noise;
  private final ColumnTail tails;

  private ConversionNoise(LayerColumns key) {
    column = key.column();
    inputs = key.inputs();
    weights = key.weights();
    n = key.perGroup();
    structure = key.structure();
    inputStructure = key.inputStructure();
    sharedGain = key.sharedGain();
    // A count of matches has one pulse.
    coherentGain = column.encoding().countsMatches() ? 1 : inputs.coherentGain();
    offsetGain = column.encoding().countsMatches() ? 1 : inputs.offsetGain();
    own = column.converter().noise_steps2();
    double largest = (double) weights.largestDigit() * inputs.largestDigit();
    full = column.fullRange(largest, inputs.linePolarities()).width();
    span = column.span(n, largest, inputs.polarities());
    range = ConverterRange.of(column);
    noise = new ColumnNoise(column, key.cells());
    tails = column.encoding().countsMatches() ? ColumnTail.ofMatches(key) : ColumnTail.of(key);
  }

  /** Errors of a layer's conversions. */
  static ConversionErrors of(LayerColumns key) {
    return new ConversionNoise(key).errors();
  }

  private ConversionErrors errors() {
    ErrorSums sums = new ErrorSums();
    List<ColumnErrors> columns =
        switch (column.encoding().encoding()) {
          case XNOR -> List.of(matches(sums));
          case OFFSET -> offset(sums);
          case DIFFERENTIAL -> differential(sums);
        };
    return new ConversionErrors(columns, sums.lostSignal(), sums.lostSquares());
  }

  /**
   * Noise of a slice's columns.
   *
   * @param tail variation of the noise of its cells
   * @param cells variance of the working cells for each squared input
   * @param stuck variance of the stuck cells for each squared input
   * @param stuckSquare mean-square error of a weight with a stuck cell
   * @param heat thermal noise
   * @param ground square of the offset of the virtual ground
   */
  private record SliceNoise(
      ColumnTail.OfSlice tail,
      double cells,
      double stuck,
      double stuckSquare,
      double heat,
      double ground) {}

  /**
   * Sums of a column over the slices of the inputs.
   *
   * @param digit E[d] of the weights
   * @param square E[d²]
   * @param signalShare share of a whole weight that the column carries
   */
  private record ColumnSum(double digit, double square, double signalShare) {}

  private List<ColumnErrors> offset(ErrorSums sums) {
    boolean flip = column.encoding().flip();
    int digit = weights.largestDigit();
    List<ColumnErrors> columns = new ArrayList<>(weights.slices());
    for (int s = 0; s < weights.slices(); s++) {
      double d = weights.meanDigit(s);
      double dd = weights.squareDigit(s);
      if (flip && d > digit / 2.0) {
        dd += digit * (digit - 2 * d);
        d = digit - d;
      }
      ColumnSum sum = new ColumnSum(d, dd, weights.signalShare(s));
      columns.add(column(sum, noise(s, 1, n), sums));
    }
    return columns;
  }

  private List<ColumnErrors> differential(ErrorSums sums) {
    double positive = weights.positiveShare();
    double negative = 1 - positive;
    List<ColumnErrors> columns = new ArrayList<>(2 * weights.slices());
    for (int s = 0; s < weights.slices(); s++) {
      double dd = weights.squareDigit(s);
      double share = weights.signalShare(s);
      if (column.encoding().subtractsCodes()) {
        double size = weights.magnitudeDigit(s);
        SliceNoise half = noise(s, 0.5, n);
        ColumnSum plus = new ColumnSum(positive * size, positive * dd, positive * share);
        ColumnSum minus = new ColumnSum(negative * size, negative * dd, negative * share);
        columns.add(column(plus, half, sums));
        columns.add(column(minus, half, sums));
      } else {
        SliceNoise both = noise(s, 1, column.encoding().rowsPerWeight() * n);
        ColumnSum sum = new ColumnSum(weights.meanDigit(s), dd, share);
        columns.add(column(sum, both, sums));
      }
    }
    return columns;
  }

  /** Noise of a slice's columns, a share of which is one conversion's. */
  private SliceNoise noise(int slice, double share, double rows) {
    double pulse = inputs.largestDigit();
    ColumnTail.OfSlice tail = tails.slice(weights, slice, noise.errors(), share < 1);
    double stuck = share * noise.stuckCells(weights, slice);
    double probability = share * noise.stuckShare(weights);
    return new SliceNoise(
        tail,
        share * n * tail.variance(),
        n * stuck,
        probability > 0 ? stuck / probability : 0,
        share * pulse * pulse * noise.heat(weights, slice, rows),
        share * pulse * pulse * noise.ground(weights, slice, rows));
  }

  /** Matches m of n products of ±1: y = 2 m − n, σ² = n q (1 − q), q = P(match). */
  private ColumnErrors matches(ErrorSums sums) {
    double x = inputs.meanDigit(0);
    double w = weights.meanDigit(0);
    double q = x * w + (1 - x) * (1 - w);
    double variance = n * structure * q * (1 - q);
    double cells = n * noise.cellsOfMatches(q);
    double stuck = noise.stuckMatches(q);
    SliceNoise ofSlice =
        new SliceNoise(
            ColumnTail.OfSlice.alike(cells),
            cells,
            n * stuck,
            noise.stuckShare() > 0 ? stuck / noise.stuckShare() : 0,
            noise.heat(weights, 0, 2 * n),
            noise.ground(weights, 0, 2 * n));
    double stepSquare = range.stepSquareOf(full);
    boolean coarse = false;
    if (range.isCalibrated()) {
      double spreadSquare = variance + cells + ofSlice.ground();
      double widestSquare = range.stepSquareOf(Math.min(full, n));
      stepSquare = range.stepSquare(spreadSquare, widestSquare);
      coarse = range.isCoarse(n * q, n * (1 - q), stepSquare, widestSquare);
      sums.clip(
          spreadSquare
              * range.clippedShare(n * q, n * (1 - q), spreadSquare, stepSquare, widestSquare, 1));
    }
    double gain = gainVariance() * (variance + sharedGain * n * q * n * q);
    Conversion conversion =
        new Conversion(
            ofSlice,
            0,
            1,
            variance,
            stepSquare,
            cells,
            stuckError(ofSlice, 1, 1, stepSquare),
            ofSlice.ground() + sharedGain * range.offsetVariance(stepSquare),
            gain);
    if (stepSquare <= 1) {
      onLevels(conversion, sums);
    } else if (coarse) {
      aboutCode(conversion, true, sums);
    } else {
      betweenCodes(conversion, sums);
    }
    return sums.column();
  }

  private double gainVariance() {
    return column.converter().gainVariance();
  }

  /** All input slices of one column. */
  private ColumnErrors column(ColumnSum sum, SliceNoise slice, ErrorSums sums) {
    double d = sum.digit();
    double dd = sum.square();
    double next = 1 << inputs.width();
    double nextSquare = next * next;
    double widestSquare = range.stepSquareOf(smaller(full, span.width()));
    double stepSquare = range.stepSquareOf(full);
    double significance = 1;
    double notRounded = own + range.offsetVariance(1);
    for (int t = 0; t < inputs.slices(); t++) {
      double square = inputs.squareDigit(t);
      double mean = inputs.meanDigit(t);
      double centre = n * mean * d;
      double ofMean = d * d * (square - mean * mean);
      double ofProducts = n * structure * square * (dd - d * d);
      double variance = ofProducts + n * inputStructure * ofMean;
      double noisy = square * slice.cells();
      boolean coarse = false;
      if (range.isCalibrated()) {
        double spreadSquare = variance + noisy + slice.ground();
        double tail = tails.isHeavy() ? tails.ofBlocks(ofProducts / spreadSquare) : 1;
        double below = centre - span.least();
        double above = span.most() - centre;
        stepSquare = range.stepSquare(tail * spreadSquare, widestSquare);
        if (stepSquare <= 1 && notRounded * stepSquare > NOTICED) {
          stepSquare = range.quietStepSquare(stepSquare, spreadSquare, tail, notRounded);
        }
        coarse = range.isCoarse(below, above, stepSquare, widestSquare);
        double beyond = tails.beyond(t, slice.tail(), tail);
        sums.clip(
            significance
                * spreadSquare
                * range.clippedShare(below, above, spreadSquare, stepSquare, widestSquare, beyond));
      }
      double stuck =
          slice.stuck() > 0 ? stuckError(slice, square, inputs.nonzeroDigit(t), stepSquare) : 0;
      Conversion conversion =
          new Conversion(
              slice,
              t,
              significance,
              variance,
              stepSquare,
              noisy,
              stuck,
              slice.ground() + sharedGain * range.offsetVariance(stepSquare),
              gainVariance() * (variance + sharedGain * centre * centre));
      double lost;
      if (stepSquare <= 1) {
        lost = onLevels(conversion, sums);
      } else if (coarse || span.least() < 0 && variance < Rounding.LARGEST * stepSquare) {
        lost = aboutCode(conversion, coarse, sums);
      } else {
        lost = betweenCodes(conversion, sums);
      }
      if (lost > 0) {
        sums.lose(lost * sum.signalShare() * inputs.signalShare(t));
      }
      significance *= nextSquare;
    }
    return sums.column();
  }

  /**
   * Error that stuck cells add to a sum: no more than half the range each. They are rare and off by
   * whole levels, so that no step rounds them away, but a range may end before their sums do.
   *
   * @param square E[u²]
   * @param driven P(u ≠ 0)
   */
  private double stuckError(SliceNoise slice, double square, double driven, double stepSquare) {
    double most = slice.stuckSquare() * square;
    double half = range.halfSquare(stepSquare) * driven;
    return slice.stuck() * (most > half ? square * half / most : square);
  }

  /**
   * Conversion of a sum.
   *
   * @param slice noise of the slice of the weights
   * @param t slice of the inputs
   * @param significance weight of the slice in the output
   * @param variance of the sum
   * @param stepSquare square of the analogue step
   * @param noisy noise of the working cells
   * @param stuck error of the stuck cells
   * @param offset offsets of the ground and of converters
   * @param gain error of the converters' gains
   */
  private record Conversion(
      SliceNoise slice,
      int t,
      double significance,
      double variance,
      double stepSquare,
      double noisy,
      double stuck,
      double offset,
      double gain) {}

  /**
   * A conversion with steps of one level, which leave the sum as it is and round its noise; codes
   * may be finer than levels.
   *
   * @return share of the sum that codes do not pass on, 0..1
   */
  private double onLevels(Conversion of, ErrorSums sums) {
    ColumnTail.OfSlice cells = of.slice().tail();
    double converter = own * of.stepSquare();
    double steady = of.slice().heat() + of.offset() + of.gain() + converter;
    double variation = tails.excessVariation(of.t(), cells);
    double floor = cells.quietestShare() * of.noisy();
    double excess = of.noisy() - floor;
    double floorAlone = (1 + tails.quietestVariation(of.t())) * floor;
    double most = steady + floorAlone + (1 + variation) * excess;
    if (most < Rounding.LEAST) {
      return add(of, 0, coherentGain * of.stuck(), 0, 0, 0, sums);
    }
    double shareOfExcess = 1 / (1 + variation);
    double noisyShare = tails.noisyShare(of.t());
    double strong = Rounding.noiseGain(most);
    double weak = steady + floorAlone;
    double usual =
        weak < Rounding.LEAST ? 0 : (noisyShare - shareOfExcess) * Rounding.noiseGain(weak);
    double quiet = steady < Rounding.LEAST ? 0 : (1 - noisyShare) * Rounding.noiseGain(steady);
    double ofNoisy = strong * (excess + shareOfExcess * floorAlone) + usual * floorAlone;
    double ofSteady = shareOfExcess * strong + usual + quiet;
    double ofCells = coherentGain * (ofNoisy + of.stuck());
    return add(of, 0, ofCells, ofSteady, ofSteady, 0, sums);
  }

  /**
   * A conversion with wider steps of a sum about a mean that may lie anywhere between codes: the
   * steps add step²/12.
   *
   * @return share of the sum that codes do not pass on, 0..1
   */
  private double betweenCodes(Conversion of, ErrorSums sums) {
    double alone = smaller(of.stepSquare() / 12, of.variance());
    return add(of, alone, coherentGain * (of.noisy() + of.stuck()), 1, 1, 0, sums);
  }

  /**
   * A conversion with wider steps of a sum about a code, or with two or four codes: it rounds the
   * sum together with its noise.
   *
   * @param coarse whether it has two or four codes
   * @return share of the sum that codes do not pass on, 0..1
   */
  private double aboutCode(Conversion of, boolean coarse, ErrorSums sums) {
    double variance = of.variance();
    double before = of.noisy() + of.slice().heat() + of.offset() + of.gain();
    double perStep = 1 / of.stepSquare();
    double signal = variance * perStep;
    double all = signal + before * perStep;
    double retained = coarse ? range.coarse().gain(all) : Rounding.gain(all);
    double square = coarse ? range.coarse().square(all) : Rounding.square(all);
    double error = of.stepSquare() * (square + signal * (1 - 2 * retained));
    double quiet = coarse ? range.coarse().error(signal, signal) : Rounding.error(signal, signal);
    double alone = smaller(of.stepSquare() * quiet, variance);
    double through = before > 0 ? (error - alone) / before : 0;
    double ofCells = coherentGain * (through * of.noisy() + of.stuck());
    return add(of, alone, ofCells, 1, through, 1 - retained, sums);
  }

  /**
   * Adds the errors of a conversion: of the sum alone, by the noise of cells, by that of the front
   * end; all of them capped at the variance of the sum.
   *
   * @param converted share of the converter's own noise that reaches the code
   * @param passed share of the noise before it that does
   * @return share of the sum that codes do not pass on, 0..1
   */
  private double add(
      Conversion of,
      double alone,
      double ofCells,
      double converted,
      double passed,
      double lost,
      ErrorSums sums) {
    double converter = converted * own * of.stepSquare();
    double heat = passed * of.slice().heat();
    double offset = passed * offsetGain * of.offset();
    double gain = passed * coherentGain * of.gain();
    double ofReadout = converter + heat + offset + gain;
    double noise = ofCells + ofReadout;
    double room = of.variance() - alone;
    double share = 1;
    double quantised = alone;
    boolean isLost = noise >= room && of.variance() > 0;
    if (isLost) {
      share = noise > 0 && noise < Double.MAX_VALUE ? room / noise : 0;
      quantised = of.variance() - share * noise;
    }
    double weight = of.significance() * share;
    double ground = passed * offsetGain * of.slice().ground();
    sums.add(of.significance() * quantised, weight * ofCells);
    sums.addReadout(
        weight * converter,
        weight * heat,
        weight * ground,
        weight * (offset - ground),
        weight * gain);
    return isLost ? 1 : lost;
  }
}
