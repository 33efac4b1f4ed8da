package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.random.RandomKey;
import java.util.Arrays;

/**
 * The converters of a layer: one range for each group of weight slices and each digit of the input.
 *
 * <p>Full range: from the least to the largest sum that the rows read at once can deliver, steps of
 * at least one level. Calibrated: centred on the mean of the sums of typical inputs (on 0 where
 * they have both signs) and as wide as makes the mean square error of those sums least, tried from
 * their largest distance downwards in steps of 2^(1/4); the noise of the converter itself, which
 * grows with the range, counts as well. A step is at least one level, and then codes lie on levels,
 * so that nothing is lost where the range holds all levels. Zero is always a code. Ranges follow no
 * later input. Digits of which a converter would tell less than their mean does count as their
 * mean.
 */
final class Ranges {
  private static final int MOST_SAMPLES = 1 << 15;
  private static final int WIDTHS = 17;
  private static final int MOST_BITS = 20;

  /** Levels at each end of a range for sums that samples did not show. */
  private static final int UNSEEN = 2;

  private final Converter[][] converters;
  private final float[] lostVariance;
  private final ConverterErrors errors;
  private final RandomKey key;
  private final int perConverter;

  private Ranges(
      Converter[][] converters,
      float[] lostVariance,
      ConverterErrors errors,
      RandomKey key,
      int perConverter) {
    this.converters = converters;
    this.lostVariance = lostVariance;
    this.errors = errors;
    this.key = key;
    this.perConverter = perConverter;
  }

  /** Sums of typical inputs. */
  static final class Samples {
    private final float[][][] values;
    private final int[][] counts;
    private final int[][] seen;

    Samples(int groups, int digits) {
      values = new float[groups][digits][MOST_SAMPLES];
      counts = new int[groups][digits];
      seen = new int[groups][digits];
    }

    /** Keeps sums, evenly thinned out once there are many. */
    void add(int group, int digit, float[] sums, int count) {
      for (int v = 0; v < count; v++) {
        int n = seen[group][digit]++;
        if (counts[group][digit] < MOST_SAMPLES) {
          values[group][digit][counts[group][digit]++] = sums[v];
        } else if (n % 7 == 0) {
          // A place that the number of the sum decides: the same samples for the same inputs.
          int place = (int) ((n * 0x9e3779b1L >>> 7) & (MOST_SAMPLES - 1));
          values[group][digit][place] = sums[v];
        }
      }
    }

    private float[] of(int group, int digit) {
      return Arrays.copyOf(values[group][digit], counts[group][digit]);
    }
  }

  static Ranges of(
      CrossbarModel model,
      SimulationOptions options,
      UnitPlan plan,
      InputPasses passes,
      Samples samples,
      RandomKey key) {
    boolean exact = model.isDigital() || !options.has(NonIdeality.CONVERTER);
    double ownPerStep = options.has(NonIdeality.FRONT_END) ? model.lostBitsVariance() : 0;
    Converter[][] converters = new Converter[plan.groups()][passes.digits()];
    float[] lost = new float[passes.digits()];
    int bits = Math.min(MOST_BITS, model.readout().bits());
    for (int g = 0; g < plan.groups() && !exact; g++) {
      for (int t = 0; t < passes.digits(); t++) {
        int unit = g * (plan.units() / plan.groups());
        double[] span = span(model, plan, passes, unit);
        Calibrated calibrated =
            model.readout().range() == Readout.Range.FULL
                ? full(span, bits)
                : calibrated(span, samples.of(g, t), bits, ownPerStep);
        double own = ownPerStep * calibrated.analogStep() * calibrated.analogStep();
        float[] sums = samples.of(g, t);
        boolean tells = tells(calibrated.converter(), sums, own);
        converters[g][t] = tells ? calibrated.converter() : Converter.constant(mean(sums));
        lost[t] = tells ? Math.max(lost[t], (float) own) : lost[t];
      }
    }
    return new Ranges(
        converters, lost, options.errors(), key, Math.max(1, model.readout().columnsPerAdc()));
  }

  /**
   * A converter and the step of its circuit. A converter's own noise is a share of its range: where
   * the range has fewer levels than codes, codes finer than a level are rounded to levels, but the
   * noise is that of the finer step.
   *
   * @param converter codes on levels
   * @param analogStep range over codes, below 1 where codes are finer than levels
   */
  private record Calibrated(Converter converter, double analogStep) {}

  /** Least and largest sum that the rows read at once can deliver. */
  private static double[] span(CrossbarModel model, UnitPlan plan, InputPasses passes, int unit) {
    int rows = Math.min(model.crossbar().rows(), model.crossbar().rowsActive());
    double[] span = plan.span(unit, Math.max(1, rows / plan.rowsPerWeight()));
    span[0] *= passes.largestDigit();
    span[1] *= passes.largestDigit();
    if (passes.signed() && !passes.secondPass()) {
      double most = Math.max(-span[0], span[1]);
      return new double[] {-most, most};
    }
    return span;
  }

  private static Calibrated full(double[] span, int bits) {
    double step = (span[1] - span[0]) / ((1 << bits) - 1);
    return new Calibrated(aligned(span[0], Math.max(1, step), bits), step);
  }

  /** A converter of which zero is a code. */
  private static Converter aligned(double lowest, double step, int bits) {
    return new Converter((float) (Math.rint(lowest / step) * step), (float) step, 1 << bits);
  }

  /**
   * The range with the least error.
   *
   * @param ownPerStep variance of the converter's noise in squares of its step
   */
  private static Calibrated calibrated(double[] span, float[] sums, int bits, double ownPerStep) {
    int codes = 1 << bits;
    double least = 0;
    double most = 0;
    double mean = 0;
    for (float sum : sums) {
      least = Math.min(least, sum);
      most = Math.max(most, sum);
      mean += sum / sums.length;
    }
    double centre = span[0] < 0 ? 0 : mean;
    double widest = Math.max(0.5, Math.max(most - centre, centre - least));
    Calibrated best = null;
    double bestError = Double.POSITIVE_INFINITY;
    for (int i = 0; i < WIDTHS; i++) {
      double half = widest * StrictMath.pow(2, -i / 4.0);
      double from = Math.max(span[0], centre - half);
      double to = Math.min(span[1], centre + half);
      Calibrated tried = over(span, from, to, bits, ownPerStep > 0);
      double own = ownPerStep * tried.analogStep() * tried.analogStep() * sums.length;
      double error = error(tried.converter(), sums) + own;
      if (error < bestError) {
        best = tried;
        bestError = error;
      }
    }
    return best;
  }

  /**
   * A converter over a range. With fewer levels in it than there are codes, those to spare are
   * levels beyond it; where a converter is noisy they are parts of a level instead, for its noise
   * is a share of what it covers.
   */
  private static Calibrated over(double[] span, double from, double to, int bits, boolean noisy) {
    int codes = 1 << bits;
    double analogStep = (to - from) / (codes - 1);
    if (analogStep > 1) {
      return new Calibrated(aligned(from, analogStep, bits), analogStep);
    }
    double lowest = Math.max(span[0], Math.floor(from) - UNSEEN);
    int levels = (int) (Math.min(span[1], Math.ceil(to) + UNSEEN) - lowest) + 1;
    if (!noisy || levels >= codes) {
      return new Calibrated(aligned(lowestOfLevels(span, from, to, codes), 1, bits), 1);
    }
    Converter converter = new Converter((float) Math.rint(lowest), 1, Math.max(2, levels));
    return new Calibrated(converter, (levels - 1.0) / (codes - 1));
  }

  /**
   * Whether codes tell more of typical sums than their mean does. A converter that makes them worse
   * is not listened to: its sums count as their mean.
   */
  private static boolean tells(Converter converter, float[] sums, double own) {
    double mean = mean(sums);
    double variance = 0;
    for (float sum : sums) {
      variance += (sum - mean) * (sum - mean);
    }
    return sums.length == 0 || error(converter, sums) + own * sums.length <= variance;
  }

  private static double mean(float[] sums) {
    double mean = 0;
    for (float sum : sums) {
      mean += (double) sum / sums.length;
    }
    return mean;
  }

  /** Codes that are levels: as many on both sides of the range as there are. */
  private static double lowestOfLevels(double[] span, double from, double to, int codes) {
    double spare = codes - 1 - (to - from);
    return Math.max(span[0], Math.floor(from - spare / 2));
  }

  private static double error(Converter converter, float[] sums) {
    double error = 0;
    for (float sum : sums) {
      double miss = converter.converted(sum) - sum;
      error += miss * miss;
    }
    return error;
  }

  /** The converter of a group of slices and a digit; null where sums are not converted. */
  Converter converter(int group, int digit) {
    return converters[group][digit];
  }

  /** Variance of a sum by the bits that converters lose. */
  float lostVariance(int digit) {
    return lostVariance[digit];
  }

  /** Converts the sums of one column. */
  void convert(float[] sums, int group, int digit, int column) {
    Converter converter = converters[group][digit];
    if (converter == null) {
      return;
    }
    if (!errors.equals(ConverterErrors.NONE)) {
      distort(sums, converter, key.child(column / perConverter));
    }
    converter.convert(sums);
  }

  private void distort(float[] sums, Converter converter, RandomKey own) {
    float gain = (float) (1 + errors.gain() * own.gaussian(0));
    float offset = (float) (converter.step() * errors.offset_steps() * own.gaussian(1));
    float bow = (float) (4 * converter.step() * errors.bow_steps() * own.gaussian(2));
    float range = converter.step() * (converter.codes() - 1);
    for (int v = 0; v < sums.length; v++) {
      float t = Math.min(1, Math.max(0, (sums[v] - converter.lowest()) / range));
      sums[v] = sums[v] * gain + offset + bow * t * (1 - t);
    }
  }
}
