package dev.kirchhoff.mapper.fidelity;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;

/**
 * Variance that converters, and what comes before them, add to a layer's integer output.
 *
 * <p>A column sum of slice s of the weights and t of the inputs over n weights has, in units of one
 * cell level times one input level, mean μ = n E[u]E[d] and variance σ² = n [S E[u²] var(d) + X
 * var(u) E[d]²]: S = S(n) of the layer's structure, that of blocks of inputs where it was measured,
 * else 1 + (S(K) − 1)(n − 1)/(K − 1), all pairs of inputs correlating alike; X the same of inputs
 * alone. Before conversion it has the noise n E[u²] σ_s² + heat + offset ({@link ColumnNoise}), of
 * which mismatch of converters is a part; the converter itself has that of lost bits, (4^lost − 1)
 * step²/12.
 *
 * <p>Steps and ends: {@link ConverterRange}, τ² = σ² with the noise of cells and offset. Steps of
 * one level leave sums as they are and round their noise ({@link Rounding#square}). Wider steps
 * round a sum about 0 together with its noise ({@link Rounding#error}); about another mean, which
 * may lie anywhere between codes, they add step²/12. Lost bits are noise before steps of a level
 * and add to wider ones. Noise of cells comes as if in 1/(1 + c) of all reads, and calibrated
 * ranges are made for sums with a tail ({@link ColumnTail}). Stuck cells add n E[u²] times their
 * mean square miss, none more than half the range, and are not rounded away. All that a sum loses
 * is no more than σ²: one that says less than its mean is not listened to. What sums leave out they
 * lose together, by what their digits carry of whole products. Clipping: τ² h(c) for each side that
 * is not a physical limit. Two or four codes of a calibrated range are taken as they are ({@link
 * FewCodes}). The output weighs slices by (2^(b_c s) 2^(b_x t))²; errors of cells, and offsets
 * unless a second pass takes them off, are the same in all pulses ({@link
 * DigitStatistics#together}, {@link DigitStatistics#always}).
 *
 * <p>FS, largest column sum of n = R_a rows in levels: offset R_a D U with D = 2^b_c − 1 and U =
 * 2^b_x − 1, half of that with inverted columns, differential ±R_a D U (±R_a/2 D U with pairs on
 * rows), XNOR R_a/2 matches; inputs of two polarities make a one-sided sum two-sided.
 *
 * <p>Neglected: noise of slices that goes together, sums and noise that are not Gaussian, columns
 * that differ. Source: uniform quantisation and clipping of a Gaussian; checks in docs/models.md.
 * One per design, for one thread: it keeps the layer at hand and columns of those before.
 */
final class ConverterNoise {
  /** Variances of a result: those of {@link SignalToNoise} from quantisation to cells. */
  static final int LENGTH = 4;

  /** Variance of a converter's own noise below which steps of a level round it away. */
  private static final double NOTICED = 0.02;

  private final WeightEncoding encoding;
  private final ColumnNoise noise;
  private final ConverterRange range;
  private final int rowsActive;
  private final int groupsOfBlock;
  private final double lost;

  /** The layer at hand: its inputs, weights of a column, structure of a column. */
  private DigitStatistics inputs;

  private DigitStatistics weights;
  private double n;
  private double structure;

  /** What an output feels more of one converter than of many; 0 where they do not differ. */
  private double alike;

  /** That of the inputs alone. */
  private double inputStructure;

  private double together;
  private double always;

  private final ColumnTail tails = new ColumnTail();

  /** The slice at hand: noise of its columns, the input at full pulse. */
  private double ofCells;

  private double ofStuck;
  private double stuckSquare;
  private double ofHeat;
  private double ofGround;

  /** What the conversion at hand adds to a sum by the ground and converters' offsets, by gains. */
  private double ofOffset;

  private double ofGain;

  /** Codes of the conversion at hand, where a calibrated range has only a few; else null. */
  private FewCodes few;

  /** Sums over the input slices of a column. */
  private double quantised;

  private double clipped;
  private double cells;
  private double front;

  /** What the slice at hand carries of a whole weight. */
  private double ofWeight;

  /** Columns of layers before, and those at hand. */
  private final ColumnKinds kinds = new ColumnKinds();

  private ColumnSums sums;

  /**
   * @param encoding how weights become conductances
   * @param range the converters' steps and ends
   * @param rowsActive rows driven at once
   * @param groupsOfBlock groups of rows of a crossbar, which share its converters
   * @param lostBits bits − effective bits
   * @param noise noise of a column before it is converted
   */
  ConverterNoise(
      WeightEncoding encoding,
      ConverterRange range,
      int rowsActive,
      int groupsOfBlock,
      double lostBits,
      ColumnNoise noise) {
    this.encoding = encoding;
    this.rowsActive = rowsActive;
    this.groupsOfBlock = groupsOfBlock;
    this.noise = noise;
    this.range = range;
    lost = lostBits > 0 ? (StrictMath.pow(4, lostBits) - 1) / 12 : 0;
  }

  /**
   * Sets the variances of one layer's output.
   *
   * @param inputs digits of the inputs
   * @param weights digits of the weights
   * @param perGroup weights that one column sums up in one pass
   * @param groups passes that one output adds up
   * @param variance {@value #LENGTH} variances, by the constants of {@link SignalToNoise}
   */
  void set(
      DigitStatistics inputs,
      DigitStatistics weights,
      double perGroup,
      double groups,
      double[] variance) {
    this.inputs = inputs;
    this.weights = weights;
    n = perGroup;
    structure = inputs.structure().products().of(n, n * groups);
    inputStructure = inputs.structure().inputs().of(n, n * groups);
    double shared = range.differ() ? range.together(weights.slices(), weights.width()) : 0;
    alike = shared * ConverterRange.smaller(groups, groupsOfBlock);
    sums = kinds.find(inputs, weights, n, structure, inputStructure, alike);
    if (!sums.isMade()) {
      tails.set(inputs, n, n * groups, structure, inputStructure);
      setColumns();
    }
    if (encoding.encoding() == Encoding.XNOR) {
      sums.weigh(4 * groups, 1, 1, variance);
    } else {
      double next = 1 << weights.width();
      sums.weigh(groups * inputs.passes(), next * next, isDigital() ? 2 : 1, variance);
    }
    if (sums.unsaid() > 0) {
      variance[SignalToNoise.QUANTISATION] += lostTogether(n * groups);
    }
  }

  /** Makes the columns of the layer at hand. */
  private void setColumns() {
    together = inputs.together();
    always = inputs.always();
    switch (encoding.encoding()) {
      case XNOR -> setMatches();
      case OFFSET -> setOffset();
      case DIFFERENTIAL -> setDifferential();
    }
  }

  /** Whether both columns of a pair are converted. */
  private boolean isDigital() {
    return encoding.encoding() == Encoding.DIFFERENTIAL
        && encoding.subtractDigitally()
        && !encoding.pairOnRows();
  }

  /**
   * What sums lose together beyond what each loses. A digit's product is a share a of the whole
   * product, its covariance with it, and a rest of its own; what conversions leave out of the
   * shares is one part u = Σ a of the output, u² of its variance, in which each has counted a² of
   * its own group's.
   */
  private double lostTogether(double all) {
    double mean = inputs.valueMean() * weights.valueMean();
    double each = inputs.valueSquare() * weights.valueSquare() - mean * mean;
    double unsaid = sums.unsaid();
    double together =
        unsaid * unsaid * inputs.structure().products().whole() - sums.squareUnsaid() * structure;
    return together > 0 ? all * each * together : 0;
  }

  /** Share of the last layer's output that codes say, at least 0. */
  double said() {
    return sums.said();
  }

  private void setOffset() {
    boolean flip = encoding.flip();
    int digit = weights.largestDigit();
    double levels = (double) digit * inputs.largestDigit();
    double share = flip ? 0.5 : 1;
    double most = n * levels * share;
    double full = inputs.polarities() * rowsActive * levels * share;
    for (int s = 0; s < weights.slices(); s++) {
      double d = weights.meanDigit(s);
      double dd = weights.squareDigit(s);
      if (flip && d > digit / 2.0) {
        dd += digit * (digit - 2 * d);
        d = digit - d;
      }
      setNoise(s, 1, n);
      ofWeight = weights.carried(s);
      column(d, dd, least(most), most, full);
    }
  }

  private void setDifferential() {
    double levels = (double) weights.largestDigit() * inputs.largestDigit();
    double most = n * levels;
    boolean onRows = encoding.pairOnRows();
    double rows = onRows ? rowsActive / 2.0 : rowsActive;
    boolean digital = isDigital();
    double full = (digital ? inputs.polarities() : 2) * rows * levels;
    double least = least(most);
    double positive = digital ? weights.positiveShare() : 1;
    for (int s = 0; s < weights.slices(); s++) {
      double dd = weights.squareDigit(s);
      if (digital) {
        double size = weights.magnitudeDigit(s);
        setNoise(s, 0.5, n);
        ofWeight = positive * weights.carried(s);
        column(positive * size, positive * dd, least, most, full);
        double other = 1 - positive;
        ofWeight = other * weights.carried(s);
        column(other * size, other * dd, least, most, full);
      } else {
        setNoise(s, 1, onRows ? 2 * n : n);
        ofWeight = weights.carried(s);
        column(weights.meanDigit(s), dd, -most, most, full);
      }
    }
  }

  /** Least column sum of what inputs of one polarity can only make positive. */
  private double least(double most) {
    return inputs.polarities() == 2 ? -most : 0;
  }

  /** Sets the noise of a slice's columns, a share of which is one conversion's. */
  private void setNoise(int slice, double share, double rows) {
    double pulse = inputs.largestDigit();
    ofCells = share * n * tails.setSlice(weights, slice, noise.working(), share < 1);
    setStuck(share * noise.stuckCells(weights, slice), share * noise.stuckShare(weights));
    ofHeat = share * pulse * pulse * noise.heat(weights, slice, rows);
    ofGround = share * pulse * pulse * noise.ground(weights, slice, rows);
  }

  /**
   * Sets the noise of stuck cells: they are rare and miss by whole levels, so that no step rounds
   * them away, but a range may end before their sums do.
   *
   * @param variance of a weight's digit
   * @param probability that one of its cells is stuck
   */
  private void setStuck(double variance, double probability) {
    ofStuck = n * variance;
    stuckSquare = probability > 0 ? variance / probability : 0;
  }

  /** Matches m of n products of ±1: y = 2 m − n, σ² = n q (1 − q), q = P(match). */
  private void setMatches() {
    double x = inputs.meanDigit(0);
    double w = weights.meanDigit(0);
    double q = x * w + (1 - x) * (1 - w);
    double full = rowsActive / 2.0;
    double variance = n * structure * q * (1 - q);
    quantised = clipped = front = cells = 0;
    few = null;
    ofCells = n * noise.cellsOfMatches(q);
    tails.setAlike();
    setStuck(noise.stuckMatches(q), noise.stuckShare());
    ofHeat = noise.heat(weights, 0, 2 * n);
    ofGround = noise.ground(weights, 0, 2 * n);
    double stepSquare = range.stepOf(full);
    if (range.isCalibrated()) {
      double spread = variance + ofCells + ofGround;
      double widest = range.stepOf(Math.min(full, n));
      stepSquare = range.step(spread, widest);
      few = range.few(n * q, n * (1 - q), stepSquare, widest);
      clipped = spread * range.lostSides(n * q, n * (1 - q), spread, stepSquare, widest, 1);
    }
    together = 1;
    always = 1;
    ofOffset = ofGround + alike * range.offsets(stepSquare);
    ofGain = range.gains() * (variance + alike * n * q * n * q);
    double miss = missed(1, 1, stepSquare);
    if (stepSquare <= 1) {
      onLevels(1, variance, stepSquare, ofCells, miss, 0);
    } else {
      wide(1, variance, stepSquare, ofCells, miss, false);
    }
    sums.add(quantised, clipped, front, cells);
  }

  /** All input slices of one weight slice. */
  private void column(double d, double dd, double least, double most, double full) {
    quantised = clipped = front = cells = 0;
    few = null;
    boolean centred = least < 0;
    double next = 1 << inputs.width();
    double nextSquare = next * next;
    double widest = range.stepOf(ConverterRange.smaller(full, most - least));
    double stepSquare = range.stepOf(full);
    double significance = 1;
    double own = lost + range.offsets(1);
    int slices = inputs.slices();
    for (int t = 0; t < slices; t++) {
      double square = inputs.squareDigit(t);
      double mean = inputs.meanDigit(t);
      double centre = n * mean * d;
      double ofMean = d * d * (square - mean * mean);
      double ofProducts = n * structure * square * (dd - d * d);
      double variance = ofProducts + n * inputStructure * ofMean;
      double noisy = square * ofCells;
      if (range.isCalibrated()) {
        double spread = variance + noisy + ofGround;
        double tail = tails.areHeavy() ? tails.ofBlocks(ofProducts / spread) : 1;
        stepSquare = range.step(tail * spread, widest);
        if (stepSquare <= 1 && own * stepSquare > NOTICED) {
          stepSquare = range.quietStep(stepSquare, spread, tail, own);
        }
        few = range.few(centre - least, most - centre, stepSquare, widest);
        clipped +=
            significance
                * spread
                * range.lostSides(
                    centre - least,
                    most - centre,
                    spread,
                    stepSquare,
                    widest,
                    tails.beyond(t, tail));
      }
      ofOffset = ofGround + alike * range.offsets(stepSquare);
      ofGain = range.gains() * (variance + alike * centre * centre);
      double miss = ofStuck > 0 ? missed(square, inputs.nonzeroDigit(t), stepSquare) : 0;
      double missed =
          stepSquare <= 1
              ? onLevels(significance, variance, stepSquare, noisy, miss, t)
              : wide(significance, variance, stepSquare, noisy, miss, centred);
      if (missed > 0) {
        sums.miss(missed * ofWeight * inputs.carried(t));
      }
      significance *= nextSquare;
    }
    sums.add(quantised, clipped, front, cells);
  }

  /**
   * What stuck cells add to a sum: no more than half the range each.
   *
   * @param square E[u²]
   * @param driven P(u ≠ 0)
   */
  private double missed(double square, double driven, double stepSquare) {
    double most = stuckSquare * square;
    double half = range.half(stepSquare) * driven;
    return ofStuck * (most > half ? square * half / most : square);
  }

  /**
   * Adds a conversion with steps of one level, which leave the sum as it is and round its noise.
   *
   * @param stepSquare square of the analogue step, below 1 where codes are finer than levels
   * @param noisy noise of the working cells
   * @param miss what stuck cells add
   * @param t slice of the inputs
   * @return the part of the sum that codes do not say, 0..1
   */
  private double onLevels(
      double significance, double variance, double stepSquare, double noisy, double miss, int t) {
    double own = lost * stepSquare;
    double steady = ofHeat + ofOffset + ofGain + own;
    double c = tails.ofExcess(t);
    double floor = tails.floorShare() * noisy;
    double excess = noisy - floor;
    double floorAlone = (1 + tails.ofFloor(t)) * floor;
    double most = steady + floorAlone + (1 + c) * excess;
    if (most < Rounding.LEAST) {
      return add(significance, variance, 0, together * miss, 0, 0);
    }
    double shareOfExcess = 1 / (1 + c);
    double strong = Rounding.through(most);
    double weak = steady + floorAlone;
    double usual =
        weak < Rounding.LEAST ? 0 : (tails.perFloor(t) - shareOfExcess) * Rounding.through(weak);
    double quiet = steady < Rounding.LEAST ? 0 : (1 - tails.perFloor(t)) * Rounding.through(steady);
    double ofNoisy = strong * (excess + shareOfExcess * floorAlone) + usual * floorAlone;
    double ofSteady = shareOfExcess * strong + usual + quiet;
    double ofAll = together * (ofNoisy + miss);
    double ofFront = ofSteady * (own + ofHeat + always * ofOffset + together * ofGain);
    return add(significance, variance, 0, ofAll, ofFront, 0);
  }

  /**
   * Adds a conversion with wider steps, which round a sum about a code together with its noise, and
   * one about anything else as if it lay anywhere between codes.
   *
   * @param centred whether the mean of the sum is a code
   * @return the part of the sum that codes do not say, 0..1
   */
  private double wide(
      double significance,
      double variance,
      double stepSquare,
      double noisy,
      double miss,
      boolean centred) {
    double own = lost * stepSquare;
    if (few == null && (!centred || variance >= Rounding.LARGEST * stepSquare)) {
      double ofFront = own + ofHeat + always * ofOffset + together * ofGain;
      double alone = ConverterRange.smaller(stepSquare / 12, variance);
      return add(significance, variance, alone, together * (noisy + miss), ofFront, 0);
    }
    double before = noisy + ofHeat + ofOffset + ofGain;
    double perStep = 1 / stepSquare;
    double signal = variance * perStep;
    double all = signal + before * perStep;
    double kept = few == null ? Rounding.kept(all) : few.kept(all);
    double square = few == null ? Rounding.square(all) : few.square(all);
    double error = stepSquare * (square + signal * (1 - 2 * kept));
    double quiet = few == null ? Rounding.error(signal, signal) : few.error(signal, signal);
    double alone = ConverterRange.smaller(stepSquare * quiet, variance);
    double through = before > 0 ? (error - alone) / before : 0;
    double ofAll = together * (through * noisy + miss);
    double ofFront = own + through * (ofHeat + always * ofOffset + together * ofGain);
    return add(significance, variance, alone, ofAll, ofFront, 1 - kept);
  }

  /**
   * Adds what a conversion does to a sum: alone, by the noise of cells, by that of the front end;
   * all of it no more than the sum itself says.
   */
  private double add(
      double significance,
      double variance,
      double alone,
      double ofAll,
      double ofFront,
      double missed) {
    double noise = ofAll + ofFront;
    double room = variance - alone;
    if (noise >= room && variance > 0) {
      double share = noise > 0 && noise < Double.MAX_VALUE ? room / noise : 0;
      double ofCells = share * ofAll;
      double ofOthers = share * ofFront;
      quantised += significance * (variance - ofCells - ofOthers);
      cells += significance * ofCells;
      front += significance * ofOthers;
      return 1;
    }
    quantised += significance * alone;
    cells += significance * ofAll;
    front += significance * ofFront;
    return missed;
  }
}
