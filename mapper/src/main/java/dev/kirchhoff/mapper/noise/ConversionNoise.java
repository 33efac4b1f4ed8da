package dev.kirchhoff.mapper.noise;

import static dev.kirchhoff.mapper.column.ConverterRange.smaller;

import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.ConverterRange;
import dev.kirchhoff.mapper.column.DigitStatistics;
import dev.kirchhoff.mapper.column.GaussianTail;
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
 * alone. Before conversion it has the noise n E[u²] σ_s² + thermal noise + offset ({@link
 * ColumnNoise}), of which mismatch of converters is a part; the converter itself has that of lost
 * bits, (4^lost − 1) step²/12.
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
  /** Variance of a converter's own noise below which steps of a level round it away. */
  private static final double NOTICED = 0.02;

  /** Variation of the square of a normal sum over its squared mean, E[v⁴]/E[v²]² − 1. */
  private static final double OF_SQUARES = 2;

  private final ColumnModel column;
  private final DigitStatistics inputs;
  private final DigitStatistics weights;
  private final LayerReads reads;
  private final double n;
  private final double structure;
  private final double inputStructure;
  private final double sharedGain;
  private final double coherentGain;
  private final double cellGain;
  private final double offsetGain;
  private final double inputGain;

  /** Further slices of a weight, by their significance, that its converter reads. */
  private final double sharedSlices;

  private final double converterVariance;
  private final RowGains rowGains;
  private final double rowGroups;
  private final List<Ends> ends;
  private final ConverterRange range;
  private final ColumnNoise noise;
  private final ColumnTail tails;
  private final ColumnCurve curve;

  private ConversionNoise(LayerColumns key) {
    column = key.column();
    inputs = key.inputs();
    weights = key.weights();
    reads = key.reads();
    n = reads.weights();
    structure = key.structure();
    inputStructure = key.inputStructure();
    sharedGain = key.sharedGain();
    coherentGain = inputs.coherentGain();
    offsetGain = inputs.offsetGain();
    inputGain = inputs.inputGain();
    cellGain = cellGain(column, inputs);
    sharedSlices = Math.max(0, sharedGain / key.rowGroups() - 1);
    converterVariance = column.converter().noise_steps2();
    rowGroups = key.rowGroups();
    ends = new ArrayList<>(weights.slices());
    for (int s = 0; s < weights.slices(); s++) {
      double largest = (double) weights.largestDigit(s) * inputs.largestDigit();
      ends.add(
          new Ends(
              column.fullRange(largest, inputs.linePolarities()),
              column.span(n, largest, inputs.polarities())));
    }
    range = ConverterRange.of(column);
    noise = new ColumnNoise(column, key.cells());
    rowGains = rowGains(key);
    tails = column.encoding().countsMatches() ? ColumnTail.ofMatches(key) : ColumnTail.of(key);
    curve = new ColumnCurve(key);
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
   * Ends of the sums of a slice of the weights.
   *
   * @param full those of the full range
   * @param span those of the layer's sums
   */
  private record Ends(ColumnModel.Span full, ColumnModel.Span span) {}

  /**
   * Gains of the inputs' errors in the output over those of single sums.
   *
   * @param noise that of what all slices of the weights share
   * @param offset that with offsets alike in all pulses
   * @param level that with levels alike in pulses of one digit
   */
  private record RowGains(double noise, double offset, double level) {
    static final RowGains NONE = new RowGains(0, 0, 0);
  }

  /** Gains of the inputs' errors; digits of an input that are not zero taken as independent. */
  private RowGains rowGains(LayerColumns key) {
    if (column.inputs().isNone() || column.encoding().countsMatches()) {
      return RowGains.NONE;
    }
    double next = 1 << inputs.width();
    double size = 1;
    double all = 0;
    double squares = 0;
    double alone = 0;
    for (int t = 0; t < inputs.slices(); t++) {
      double driven = inputs.nonzeroDigit(t);
      all += size * driven;
      squares += size * size * driven;
      alone += size * size * driven * driven;
      size *= next;
    }
    double others = squares > 0 ? (all * all - alone) / squares : 0;
    double ofWeights = gainOfSlices(key.weights());
    return new RowGains(
        ofWeights, ofWeights * (1 + others), ofWeights * (1 + others / inputs.largestDigit()));
  }

  /**
   * Mean square of a weight's code over that of its slices each by itself: a row's error meets all
   * of them. An inverted column counts its levels from the other end.
   */
  private double gainOfSlices(DigitStatistics statistics) {
    boolean isPair = column.encoding().isPair();
    boolean flips = column.encoding().flip() && !isPair;
    double apart = 0;
    double means = 0;
    for (int s = 0; s < statistics.slices(); s++) {
      double mean = statistics.meanDigit(s);
      double size = statistics.significance(s);
      double inverted = statistics.largestDigit(s) - mean;
      boolean isInverted = flips && mean > inverted;
      double centre = isInverted ? inverted : mean;
      double variance = statistics.squareDigit(s) - mean * mean;
      apart += size * size * (variance + centre * centre);
      means += size * size * centre * centre;
    }
    double whole = isPair ? statistics.valueSquare() : statistics.codeSquare();
    if (flips) {
      whole = statistics.codeSquare() - statistics.codeMean() * statistics.codeMean() + means;
    }
    return apart > 0 ? whole / apart : 1;
  }

  /** Errors of a layer's conversions. */
  static ConversionErrors of(LayerColumns key) {
    return new ConversionNoise(key).errors();
  }

  private ConversionErrors errors() {
    ErrorSums sums = new ErrorSums();
    List<ColumnErrors> columns =
        switch (column.encoding().encoding()) {
          case XNOR -> matches(sums);
          case OFFSET -> offset(sums);
          case DIFFERENTIAL -> differential(sums);
        };
    return new ConversionErrors(columns, sums.lostSignal(), sums.lostSquares());
  }

  /**
   * Noise of a slice's columns, and the ends of their sums.
   *
   * @param ends ends of their sums
   * @param tail variation of the noise of its cells
   * @param cells variance of the working cells for each squared input
   * @param stuck variance of the stuck cells for each squared input
   * @param stuckSquare mean-square error of a weight with a stuck cell
   * @param thermal thermal noise
   * @param virtualGround square of the offset of the virtual ground
   */
  private record SliceNoise(
      Ends ends,
      ColumnTail.SliceTail tail,
      double cells,
      double stuck,
      double stuckSquare,
      double thermal,
      double virtualGround) {
    /**
     * Noise of reads of fewer rows.
     *
     * @param share their rows over those of a full read
     * @param square its mean square
     */
    private SliceNoise of(double share, double square) {
      return new SliceNoise(
          ends,
          tail,
          share * cells,
          share * stuck,
          stuckSquare,
          share * thermal,
          square * virtualGround);
    }
  }

  /**
   * Sums of a column over the slices of the inputs.
   *
   * @param digit E[d] of the weights
   * @param square E[d²]
   * @param size E[|d|] of the digits that slices of one weight have of one sign; 0 where they
   *     cancel
   * @param signalShare share of a whole weight that the column carries
   */
  private record ColumnSum(double digit, double square, double size, double signalShare) {
    double variance() {
      return square - digit * digit;
    }
  }

  private List<ColumnErrors> offset(ErrorSums sums) {
    boolean flip = column.encoding().flip();
    double heldMean = 0;
    double heldApart = 0;
    List<ColumnSum> parts = new ArrayList<>(weights.slices());
    for (int s = 0; s < weights.slices(); s++) {
      int digit = weights.largestDigit(s);
      double d = weights.meanDigit(s);
      double dd = weights.squareDigit(s);
      double sign = flip && !curve.isStraight() ? meanSign(digit, d, dd) : 1;
      if (flip && d > digit / 2.0) {
        dd += digit * (digit - 2 * d);
        d = digit - d;
      }
      double held = weights.significance(s) * d;
      heldMean += sign * held;
      heldApart += (1 - sign * sign) * held * held;
      parts.add(new ColumnSum(d, dd, d, weights.signalShare(s)));
    }
    double mean = weights.valueMean();
    double held = StrictMath.sqrt(heldMean * heldMean + heldApart);
    double curveGain = curveGain(parts, 1, held, weights.valueSquare() - mean * mean);
    List<ColumnErrors> columns = new ArrayList<>(weights.slices());
    for (int s = 0; s < weights.slices(); s++) {
      columns.add(column(parts.get(s), noise(s, 1, n), curveGain, sums));
    }
    return columns;
  }

  /**
   * Mean sign of a slice where columns of more than half of the largest sum are inverted: −1 of an
   * inverted one.
   *
   * @param digit largest digit
   * @param d E[d]
   * @param dd E[d²]
   */
  private double meanSign(int digit, double d, double dd) {
    double spread = StrictMath.sqrt(Math.max(0, dd - d * d) / n);
    double away = d - digit / 2.0;
    return spread > 0 ? 1 - 2 * GaussianTail.above(-away / spread) : away > 0 ? -1 : 1;
  }

  private List<ColumnErrors> differential(ErrorSums sums) {
    double positive = weights.positiveShare();
    double negative = 1 - positive;
    boolean apart = column.encoding().subtractsCodes();
    List<ColumnSum> parts = new ArrayList<>(2 * weights.slices());
    for (int s = 0; s < weights.slices(); s++) {
      double dd = weights.squareDigit(s);
      double share = weights.signalShare(s);
      double size = weights.magnitudeDigit(s);
      if (apart) {
        parts.add(new ColumnSum(positive * size, positive * dd, 0, positive * share));
        parts.add(new ColumnSum(negative * size, negative * dd, 0, negative * share));
      } else {
        parts.add(new ColumnSum(weights.meanDigit(s), dd, size, share));
      }
    }
    int perSlice = apart ? 2 : 1;
    double mean = weights.valueMean();
    double curveGain = curveGain(parts, perSlice, mean, weights.valueSquare() - mean * mean);
    List<ColumnErrors> columns = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      int s = i / perSlice;
      SliceNoise noise =
          apart ? noise(s, 0.5, n) : noise(s, 1, column.encoding().rowsPerWeight() * n);
      columns.add(column(parts.get(i), noise, curveGain, sums));
    }
    return columns;
  }

  /**
   * Gain of the error of curved cells, which slices of a weight and pulses of an input share, over
   * errors of their own.
   *
   * @param mean E[z] of the weights as cells hold them
   * @param variance var(z)
   */
  private double curveGain(List<ColumnSum> parts, int perSlice, double mean, double variance) {
    if (curve.isStraight()) {
      return 0;
    }
    double sum = 0;
    double conversions = reads.groups() * inputs.passes();
    for (int i = 0; i < parts.size(); i++) {
      ColumnSum part = parts.get(i);
      double ofPulses = 0;
      for (int t = 0; t < inputs.slices(); t++) {
        LayerReads.Slice read = reads.slice(t);
        ofPulses +=
            StrictMath.scalb(read.share(), 2 * t * inputs.width())
                * curve.variance(t, read, part.digit(), part.variance());
      }
      double size = weights.significance(i / perSlice);
      sum += conversions * (size * size) * ofPulses;
    }
    return sum > 0 ? curve.ofOutput(reads.inputs(), mean, variance) / sum : 0;
  }

  /** Noise of a slice's columns, a share of which is one conversion's. */
  private SliceNoise noise(int slice, double share, double rows) {
    double pulse = inputs.largestDigit();
    ColumnTail.SliceTail tail = tails.slice(weights, slice, noise.errors(), share < 1);
    double stuck = share * noise.stuckCells(weights, slice);
    double probability = share * noise.stuckShare(weights);
    return new SliceNoise(
        ends.get(slice),
        tail,
        share * n * tail.variance(),
        n * stuck,
        probability > 0 ? stuck / probability : 0,
        share * pulse * pulse * noise.thermal(weights, slice, rows, rows * reads.perCrossbar()),
        share * pulse * pulse * noise.virtualGround(weights, slice, rows));
  }

  private List<ColumnErrors> matches(ErrorSums sums) {
    List<ColumnErrors> columns = new ArrayList<>(weights.slices());
    double alike = alikePlanes();
    for (int s = 0; s < weights.slices(); s++) {
      double significance = 1;
      for (int t = 0; t < inputs.slices(); t++) {
        matches(s, t, significance, alike, sums);
        significance *= 4;
      }
      columns.add(sums.column());
    }
    return columns;
  }

  /** E[±1 ±1] of two planes of a weight, mean by their significances; 0 of one plane. */
  private double alikePlanes() {
    double most = weights.significances();
    double squares = most * most / weights.offsetGain();
    double odd = 4 * weights.codeSquare() - 4 * most * weights.codeMean() + most * most;
    double others = most * most - squares;
    return others > 0 ? (odd - squares) / others : 0;
  }

  /**
   * P(match) of two signs.
   *
   * @param x share of the inputs that are positive
   * @param w share of the weights that are positive
   */
  static double match(double x, double w) {
    return x * w + (1 - x) * (1 - w);
  }

  /**
   * Matches m of n products of ±1: y = 2 m − n, σ² = n q (1 − q), q = P(match).
   *
   * @param s plane of the weights
   * @param t plane of the inputs
   * @param alike E[±1 ±1] of two planes of a weight
   */
  private void matches(int s, int t, double significance, double alike, ErrorSums sums) {
    double q = match(inputs.meanDigit(t), weights.meanDigit(s));
    double cells = n * noise.cellsOfMatches(q);
    double stuck = noise.stuckMatches(q);
    // One cell of each pair is on.
    SliceNoise ofSlice =
        new SliceNoise(
            ends.get(s),
            ColumnTail.SliceTail.uniform(cells),
            cells,
            n * stuck,
            noise.stuckShare() > 0 ? stuck / noise.stuckShare() : 0,
            noise.thermal(weights, s, n, 2 * n * reads.perCrossbar()),
            noise.virtualGround(weights, s, n));
    double variance = n * structure * q * (1 - q);
    Moments moments = new Moments(n * q, variance, 0, 0, alike * variance, 0, 0, 0, RowErrors.NONE);
    convert(ofSlice, t, significance, reads.slice(t), moments, 1, 1, sums);
  }

  /** All input slices of one column. */
  private ColumnErrors column(
      ColumnSum sum, SliceNoise ofAllRows, double curveGain, ErrorSums sums) {
    double d = sum.digit();
    double dd = sum.square();
    double size = sum.size();
    double next = 1 << inputs.width();
    double significance = 1;
    for (int t = 0; t < inputs.slices(); t++) {
      LayerReads.Slice read = reads.slice(t);
      double rows = read.weights();
      double square = inputs.squareDigit(t) * read.perDriven();
      double mean = inputs.meanDigit(t) * read.perDriven();
      Moments moments =
          new Moments(
              rows * mean * d,
              rows * structure * square * (dd - d * d),
              rows * inputStructure * d * d * (square - mean * mean),
              read.variance() * mean * mean * d * d,
              rows * (square * size * size - mean * mean * d * d),
              curve.variance(t, read, d, sum.variance()),
              curve.mean(t, read, d),
              curveGain,
              rowErrors(rows * dd, square, inputs.nonzeroDigit(t) * read.perDriven()));
      double lost =
          convert(
              noise(read, ofAllRows),
              t,
              significance * read.share(),
              read,
              moments,
              square,
              inputs.nonzeroDigit(t) * read.perDriven(),
              sums);
      if (lost > 0) {
        sums.addLoss(lost * sum.signalShare() * inputs.signalShare(t));
      }
      significance *= next * next;
    }
    return sums.column();
  }

  /**
   * Errors of the inputs of a sum.
   *
   * @param noiseOnce variance of the noise of pulses in one conversion
   * @param mismatchOnce that of rows and levels
   * @param noise {@code noiseOnce} in the output
   * @param mismatch {@code mismatchOnce} in the output
   */
  private record RowErrors(double noiseOnce, double mismatchOnce, double noise, double mismatch) {
    static final RowErrors NONE = new RowErrors(0, 0, 0, 0);

    /** Variance in one conversion. */
    double once() {
      return noiseOnce + mismatchOnce;
    }

    /**
     * Errors behind a conversion. Those of rows stay, so that codes round them alike.
     *
     * @param share share of a variance that it passes on
     * @param alike share of the noise that slices have in common that their codes follow
     */
    RowErrors passed(double share, double alike) {
      return new RowErrors(
          share * noiseOnce,
          share * mismatchOnce,
          share * (noiseOnce + alike * (noise - noiseOnce)),
          share * mismatch);
    }
  }

  /**
   * Errors of the inputs of a sum (docs/models.md, eq. 20f).
   *
   * @param weights Σ d² over the rows that are read
   * @param square E[u²] of the inputs
   * @param driven P(u ≠ 0)
   */
  private RowErrors rowErrors(double weights, double square, double driven) {
    InputErrors errors = column.inputs();
    if (errors.isNone()) {
      return RowErrors.NONE;
    }
    double noise = weights * driven * errors.noise_steps() * errors.noise_steps();
    double offset = weights * driven * errors.offset_steps() * errors.offset_steps();
    double level = weights * driven * errors.level_steps() * errors.level_steps();
    double gain = weights * square * errors.gain() * errors.gain();
    return new RowErrors(
        noise,
        offset + level + gain,
        rowGains.noise() * noise,
        rowGains.offset() * offset
            + rowGains.level() * level
            + rowGains.noise() * coherentGain * gain);
  }

  private SliceNoise noise(LayerReads.Slice read, SliceNoise ofAllRows) {
    if (read.weights() == n && read.variance() == 0) {
      return ofAllRows;
    }
    double share = read.weights() / n;
    return ofAllRows.of(share, share * share + read.variance() / (n * n));
  }

  /**
   * Moments of a sum.
   *
   * @param mean μ
   * @param ofProducts variance by the weights that inputs meet
   * @param ofInputs variance by the inputs alone
   * @param ofReads variance by the number of weights that reads add up
   * @param common covariance with the sums of other slices of the same weights, each over its
   *     significance
   * @param curve variance of the error of curved cells
   * @param curveMean its mean, which bias takes off after the conversion
   * @param curveGain what it counts in the output
   * @param rows errors of its inputs
   */
  private record Moments(
      double mean,
      double ofProducts,
      double ofInputs,
      double ofReads,
      double common,
      double curve,
      double curveMean,
      double curveGain,
      RowErrors rows) {
    double variance() {
      return ofProducts + ofInputs + ofReads;
    }
  }

  /**
   * Converts a sum.
   *
   * @param read reads of the slice of the inputs
   * @param square E[u²] of the inputs
   * @param driven P(u ≠ 0)
   * @return share of the sum that codes do not pass on, 0..1
   */
  private double convert(
      SliceNoise slice,
      int t,
      double significance,
      LayerReads.Slice read,
      Moments moments,
      double square,
      double driven,
      ErrorSums sums) {
    ColumnModel.Span full = slice.ends().full();
    ColumnModel.Span span = slice.ends().span();
    double variance = moments.variance();
    double noisy = square * slice.cells();
    double stepSquare = range.stepSquareOf(full.width());
    double place = (moments.mean() - full.least()) / full.width();
    boolean coarse = false;
    double cut = 0;
    if (range.isCalibrated()) {
      double spreadSquare = variance + noisy + slice.virtualGround() + moments.rows().once();
      double ofReads = read.tail(moments.ofReads() / spreadSquare);
      double tail =
          ofReads * (tails.isHeavy() ? tails.ofBlocks(moments.ofProducts() / spreadSquare) : 1);
      double below = moments.mean() - span.least();
      double above = span.most() - moments.mean();
      double widestSquare = range.stepSquareOf(smaller(full.width(), span.width()));
      stepSquare = range.stepSquare(tail * spreadSquare, full.width(), widestSquare);
      double notRounded = column.converter().own_steps2();
      double own = notRounded * range.ownStepSquare(stepSquare, full.width());
      if (stepSquare <= 1 && own > NOTICED) {
        stepSquare =
            range.quietStepSquare(stepSquare, spreadSquare, tail, notRounded, full.width());
      }
      coarse = range.isCoarse(below, above, stepSquare, widestSquare);
      place = range.place(below, above, stepSquare);
      double beyond = ofReads * tails.beyond(t, slice.tail(), tail / ofReads);
      cut = range.cutSignal(below, above, spreadSquare, stepSquare, widestSquare);
      double clipped =
          spreadSquare
              * range.clippedShare(below, above, spreadSquare, stepSquare, widestSquare, beyond);
      sums.clip(significance * Math.max(0, clipped - cut * cut * variance));
    }
    Conversion conversion =
        new Conversion(
            slice,
            t,
            significance,
            variance,
            stepSquare,
            converterVariance * range.ownStepSquare(stepSquare, full.width()),
            noisy,
            slice.stuck() > 0 ? stuckError(slice, square, driven, stepSquare) : 0,
            readout(slice, moments, stepSquare, place));
    return 1 - (1 - cut) * (1 - rounded(conversion, coarse, span, sums));
  }

  /** Rounds a sum; returns the share of it that codes do not pass on, 0..1. */
  private double rounded(
      Conversion conversion, boolean coarse, ColumnModel.Span span, ErrorSums sums) {
    double stepSquare = conversion.stepSquare();
    if (stepSquare <= 1) {
      return onLevels(conversion, sums);
    }
    if (coarse || span.least() < 0 && conversion.variance() < Rounding.LARGEST * stepSquare) {
      return aboutCode(conversion, coarse, sums);
    }
    return betweenCodes(conversion, sums);
  }

  /**
   * Errors of a read but for the converter's own noise: as one conversion meets them, and as they
   * count in the output, where those of virtual grounds and converters are alike in sums that share
   * them.
   *
   * @param steady thermal noise, offsets and bows, no larger in one read than in another
   * @param ofRows curved cells and errors of inputs, which go with the rows that are driven
   * @param transfer what gains that differ make of a sum about its mean
   * @param thermal thermal noise in the output
   * @param virtualGround offsets of virtual grounds in the output
   * @param offset offsets and bows of converters in the output
   * @param gain {@code transfer} in the output
   * @param curve error of curved cells
   * @param curvature {@code curve} in the output
   * @param rows errors of inputs
   */
  private record ReadErrors(
      double steady,
      double ofRows,
      double transfer,
      double thermal,
      double virtualGround,
      double offset,
      double gain,
      double curve,
      double curvature,
      RowErrors rows) {}

  /**
   * Errors of the readout.
   *
   * @param place place of the mean in the range, 0..1
   */
  private ReadErrors readout(SliceNoise slice, Moments moments, double stepSquare, double place) {
    double full = slice.ends().full().width();
    double offset = range.offsetVariance(range.ownStepSquare(stepSquare, full));
    double variance = moments.variance();
    double gain = range.gainVariance();
    double bow = range.bowSlopeVariance(place);
    double bend = range.bendVariance(variance, stepSquare);
    // Of sums of all pulses and slices that one converter reads.
    double together =
        coherentGain * moments.ofProducts()
            + inputGain * (moments.ofInputs() + moments.ofReads())
            + sharedSlices * (hasSigns() ? coherentGain : inputGain) * moments.common();
    return new ReadErrors(
        slice.thermal() + slice.virtualGround() + offset + bow * variance + bend,
        curved(moments) + moments.rows().once(),
        gain * variance,
        slice.thermal(),
        reads.offsetGain().orElse(offsetGain * rowGroups) * slice.virtualGround(),
        offsetGain * sharedGain * offset + bow * together + bend,
        gain * together,
        moments.curve(),
        moments.curveGain() * moments.curve(),
        moments.rows());
  }

  /** True if digits of weights have signs, so that their sums are about zero. */
  private boolean hasSigns() {
    return column.encoding().isPair() || column.encoding().countsMatches();
  }

  /** Error of curved cells as steps of a level meet it: its mean moves sums between levels. */
  private static double curved(Moments moments) {
    double mean = moments.curveMean();
    return moments.curve() + smaller(mean * mean, 1.0 / 12);
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
   * @param converter noise of the converter itself
   * @param noisy noise of the working cells
   * @param stuck error of the stuck cells
   * @param readout errors of the readout
   */
  private record Conversion(
      SliceNoise slice,
      int t,
      double significance,
      double variance,
      double stepSquare,
      double converter,
      double noisy,
      double stuck,
      ReadErrors readout) {}

  /**
   * A conversion with steps of one level, which leave the sum as it is and round its noise; codes
   * may be finer than levels.
   *
   * @return share of the sum that codes do not pass on, 0..1
   */
  private double onLevels(Conversion conversion, ErrorSums sums) {
    ColumnTail.SliceTail cells = conversion.slice().tail();
    ReadErrors readout = conversion.readout();
    double steady = readout.steady() + conversion.converter();
    double floor = cells.quietestShare() * conversion.noisy();
    double excess = conversion.noisy() - floor;
    double quietestVariation = tails.quietestVariation(conversion.t());
    double variation = tails.excessVariation(conversion.t(), cells);
    double transfer = readout.transfer();
    double loud = excess + transfer + readout.ofRows();
    if (loud > excess) {
      double ofRows = tails.drivenVariation(conversion.t(), cells) * readout.ofRows();
      double sum = variation * excess + OF_SQUARES * transfer + ofRows;
      variation = sum > quietestVariation * loud ? sum / loud : quietestVariation;
    }
    double floorAlone = (1 + quietestVariation) * floor;
    double most = steady + floorAlone + (1 + variation) * loud;
    if (most < Rounding.LEAST) {
      return add(conversion, 0, cellGain * conversion.stuck(), 0, 0, 0, 0, RowErrors.NONE, 0, sums);
    }
    double shareOfExcess = 1 / (1 + variation);
    double noisyShare = tails.noisyShare(conversion.t());
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
    double ofCells = (1 + alike * (cellGain - 1)) * ofNoisy + cellGain * conversion.stuck();
    double ofTransfer = transfer + alike * (readout.gain() - transfer);
    double ofCurve = readout.curve() + alike * (readout.curvature() - readout.curve());
    RowErrors rows = readout.rows().passed(strong, alike);
    return add(
        conversion,
        0,
        ofCells,
        ofSteady,
        ofSteady,
        strong * ofTransfer,
        strong * ofCurve,
        rows,
        0,
        sums);
  }

  /**
   * A conversion with wider steps of a sum about a mean that may lie anywhere between codes: the
   * steps add step²/12.
   *
   * @return share of the sum that codes do not pass on, 0..1
   */
  private double betweenCodes(Conversion conversion, ErrorSums sums) {
    double alone = smaller(conversion.stepSquare() / 12, conversion.variance());
    double ofCells = cellGain * (conversion.noisy() + conversion.stuck());
    ReadErrors readout = conversion.readout();
    return add(
        conversion,
        alone,
        ofCells,
        1,
        1,
        readout.gain(),
        readout.curvature(),
        readout.rows(),
        0,
        sums);
  }

  /**
   * A conversion with wider steps of a sum about a code, or with two or four codes: it rounds the
   * sum together with its noise.
   *
   * @param coarse whether it has two or four codes
   * @return share of the sum that codes do not pass on, 0..1
   */
  private double aboutCode(Conversion conversion, boolean coarse, ErrorSums sums) {
    double variance = conversion.variance();
    ReadErrors readout = conversion.readout();
    double before = conversion.noisy() + readout.steady() + readout.ofRows() + readout.transfer();
    double perStep = 1 / conversion.stepSquare();
    double signal = variance * perStep;
    double all = signal + before * perStep;
    double retained = coarse ? range.coarse().gain(all) : Rounding.gain(all);
    double square = coarse ? range.coarse().square(all) : Rounding.square(all);
    double error = conversion.stepSquare() * (square + signal * (1 - 2 * retained));
    double quiet = coarse ? range.coarse().error(signal, signal) : Rounding.error(signal, signal);
    double alone = smaller(conversion.stepSquare() * quiet, variance);
    double through = before > 0 ? (error - alone) / before : 0;
    double ofCells = cellGain * (through * conversion.noisy() + conversion.stuck());
    double ofGain = through * readout.gain();
    double ofCurve = through * readout.curvature();
    RowErrors rows = readout.rows().passed(through, 1);
    return add(conversion, alone, ofCells, 1, through, ofGain, ofCurve, rows, 1 - retained, sums);
  }

  /**
   * Adds the errors of a conversion: of the sum alone, by the noise of cells, by that of the front
   * end; all of them capped at the variance of the sum.
   *
   * @param converted share of the converter's own noise that reaches the code
   * @param passed share of the steady noise before it that does
   * @param gain what does of gains that differ
   * @param curvature what does of the error of curved cells
   * @param rows what does of the errors of inputs
   * @return share of the sum that codes do not pass on, 0..1
   */
  private double add(
      Conversion conversion,
      double alone,
      double ofCells,
      double converted,
      double passed,
      double gain,
      double curvature,
      RowErrors rows,
      double lost,
      ErrorSums sums) {
    double converter = converted * conversion.converter();
    double thermal = passed * conversion.readout().thermal();
    double ground = passed * conversion.readout().virtualGround();
    double offset = passed * conversion.readout().offset();
    double ofReadout = converter + thermal + ground + offset + gain + curvature;
    double inputNoise = rows.noise();
    double inputMismatch = rows.mismatch();
    double noise = ofCells + ofReadout + (inputNoise + inputMismatch);
    double room = conversion.variance() - alone;
    double share = 1;
    double quantised = alone;
    boolean isLost = noise >= room && conversion.variance() > 0;
    if (isLost) {
      share = noise > 0 && noise < Double.MAX_VALUE ? room / noise : 0;
      quantised = conversion.variance() - share * noise;
    }
    double weight = conversion.significance() * share;
    sums.add(conversion.significance() * quantised, weight * ofCells);
    sums.addReadout(
        weight * converter,
        weight * thermal,
        weight * ground,
        weight * offset,
        weight * gain,
        weight * curvature);
    sums.addInput(weight * inputNoise, weight * inputMismatch);
    return isLost ? 1 : lost;
  }
}
