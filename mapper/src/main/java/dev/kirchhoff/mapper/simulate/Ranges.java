package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.chip.ConverterMismatch;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.ConverterModel;
import dev.kirchhoff.mapper.column.Rounding;
import java.util.Arrays;
import java.util.List;

/**
 * The converters of a layer: one range for each group of weight slices and each digit of the input.
 *
 * <p>Full range: {@link ColumnModel#fullRange}, steps of at least one level. Calibrated: centred on
 * the mean of the sums of typical inputs and as wide as makes the mean square error of those sums,
 * as cells without errors would add them up, least, noise of lost bits included, tried downwards in
 * steps of 2^(1/4) from their largest distance, or from as many levels as there are codes, offsets
 * that differ included; a step is at least one level, and then codes lie on levels, so that nothing
 * is lost where the range holds all levels. Zero is always a code. Ranges follow no later input.
 * Digits of which a converter would tell less than their mean does count as their mean.
 */
final class Ranges {
  private static final int MOST_SAMPLES = 1 << 15;
  private static final int WIDTHS = 33;
  private static final int MOST_BITS = 20;

  /** Sums between looks at an error that grows. */
  private static final int LOOKS = 256;

  private final SimulatedConverter[][] converters;
  private final TypicalSums[][] typical;
  private final float[][] lostVariance;
  private final ConverterMismatch mismatch;

  private Ranges(
      SimulatedConverter[][] converters,
      TypicalSums[][] typical,
      float[][] lostVariance,
      ConverterMismatch mismatch) {
    this.converters = converters;
    this.typical = typical;
    this.lostVariance = lostVariance;
    this.mismatch = mismatch;
  }

  /**
   * Typical sums of a converter, of which gain and bow are known and taken off digitally.
   *
   * @param step step of its circuit
   * @param ownStep step that its own noise and offset are shares of
   * @param mean mean of the sums
   * @param bow mean of 4 t (1 − t) at their places t in the range
   */
  private record TypicalSums(double step, double ownStep, double mean, double bow) {}

  /** Sums of typical inputs. */
  static final class Samples {
    private final float[][][] values;
    private final float[][][] exact;
    private final int[][] counts;
    private final int[][] seen;

    Samples(int groups, int digits) {
      values = new float[groups][digits][MOST_SAMPLES];
      exact = new float[groups][digits][MOST_SAMPLES];
      counts = new int[groups][digits];
      seen = new int[groups][digits];
    }

    /** Keeps sums, evenly thinned out once there are many. */
    void add(int group, int digit, float[] sums, float[] exactSums, int count) {
      for (int v = 0; v < count; v++) {
        int n = seen[group][digit]++;
        if (counts[group][digit] < MOST_SAMPLES) {
          exact[group][digit][counts[group][digit]] = exactSums[v];
          values[group][digit][counts[group][digit]++] = sums[v];
        } else if (n % 7 == 0) {
          // A place that the number of the sum decides: the same samples for the same inputs.
          int place = (int) ((n * 0x9e3779b1L >>> 7) & (MOST_SAMPLES - 1));
          values[group][digit][place] = sums[v];
          exact[group][digit][place] = exactSums[v];
        }
      }
    }

    private Sums of(int group, int digit) {
      int count = counts[group][digit];
      return new Sums(
          Arrays.copyOf(values[group][digit], count), Arrays.copyOf(exact[group][digit], count));
    }
  }

  /**
   * Sums of typical inputs.
   *
   * @param values as the cells add them up
   * @param exact as cells without errors would
   */
  private record Sums(float[] values, float[] exact) {
    int count() {
      return values.length;
    }

    double mean() {
      double mean = 0;
      for (float sum : exact) {
        mean += (double) sum / exact.length;
      }
      return mean;
    }

    double variance() {
      double mean = mean();
      double variance = 0;
      for (float sum : exact) {
        variance += (sum - mean) * (sum - mean);
      }
      return variance;
    }

    /**
     * Squared error of the codes in an output of several sums: the squares of the single errors,
     * and the square of their mean once for each further sum.
     *
     * @param most error beyond which it need not be known; then it is infinite
     */
    double error(SimulatedConverter converter, int together, double most) {
      double error = 0;
      double mean = 0;
      for (int i = 0; i < values.length; i++) {
        if (i % LOOKS == 0 && error > most) {
          return Double.POSITIVE_INFINITY;
        }
        double miss = converter.converted(values[i]) - exact[i];
        error += miss * miss;
        mean += miss / values.length;
      }
      return error + (together - 1) * mean * mean * values.length;
    }
  }

  static Ranges of(
      CrossbarModel model,
      SimulationOptions options,
      UnitPlan plan,
      InputPasses passes,
      Samples samples,
      int together) {
    boolean exact = model.isDigital() || !options.has(NonIdeality.CONVERTER);
    SimulatedConverter[][] converters = new SimulatedConverter[plan.groups()][passes.digits()];
    TypicalSums[][] typical = new TypicalSums[plan.groups()][passes.digits()];
    float[][] lost = new float[passes.digits()][plan.units()];
    ConverterModel converter = model.column().converter().atMost(MOST_BITS);
    double lostBits = options.has(NonIdeality.READOUT) ? converter.noise_steps2() : 0;
    double differ = converter.offset_steps2();
    for (int g = 0; g < plan.groups() && !exact; g++) {
      for (int t = 0; t < passes.digits(); t++) {
        int unit = g * (plan.units() / plan.groups());
        ColumnModel.Span span = span(model.column(), plan, passes, unit);
        Sums sums = samples.of(g, t);
        ColumnModel.Span full = fullRange(model, plan, passes, g);
        Calibrated calibrated =
            converter.range() == Readout.Range.FULL
                ? full(full, converter)
                : calibrated(
                    span,
                    sums,
                    new RangeRequirements(converter, lostBits + differ, full.width(), together));
        double ownStep = converter.ownStep(calibrated.analogStep(), full.width());
        typical[g][t] = typical(calibrated, ownStep, sums);
        double lostSteps = lostBits * ownStep * ownStep;
        double all = lostSteps + differ * ownStep * ownStep;
        double left = calibrated.analogStep() > 1 ? all : Rounding.square(all);
        boolean tells = reducesError(calibrated.converter(), sums, left);
        converters[g][t] =
            tells ? calibrated.converter() : SimulatedConverter.constant(sums.mean());
        for (int u = 0; u < plan.units() && tells; u++) {
          lost[t][u] = plan.group(u) == g ? (float) lostSteps : lost[t][u];
        }
      }
    }
    return new Ranges(converters, typical, lost, converter.mismatch());
  }

  /**
   * A converter and the step of its circuit. A converter's own noise is a share of its range: where
   * the range has fewer levels than codes, codes finer than a level are rounded to levels, but the
   * noise is that of the finer step.
   *
   * @param converter codes on levels
   * @param analogStep range over codes, below 1 where codes are finer than levels
   */
  private record Calibrated(SimulatedConverter converter, double analogStep) {}

  private static ColumnModel.Span fullRange(
      CrossbarModel model, UnitPlan plan, InputPasses passes, int group) {
    return model
        .column()
        .fullRange(plan.largestDigit(group) * passes.largestDigit(), model.input().polarities());
  }

  /** Least and largest sum that the weights and inputs of a layer can deliver. */
  private static ColumnModel.Span span(
      ColumnModel column, UnitPlan plan, InputPasses passes, int unit) {
    int rows = Math.min(column.array().rows(), column.array().rowsActive());
    boolean bipolar = passes.signed() && !passes.secondPass();
    return column.span(
        Math.max(1, rows / plan.rowsPerWeight()),
        plan.largestSum(unit) * passes.largestDigit(),
        bipolar ? 2 : 1);
  }

  private static Calibrated full(ColumnModel.Span span, ConverterModel converter) {
    double step = span.width() / converter.steps();
    return new Calibrated(aligned(span.least(), Math.max(1, step), converter.steps()), step);
  }

  /** A converter of which zero is a code. */
  private static SimulatedConverter aligned(double lowest, double step, int steps) {
    return new SimulatedConverter(
        (float) (Math.rint(lowest / step) * step), (float) step, steps + 1);
  }

  /**
   * Requirements on the range of a converter.
   *
   * @param converter the converter
   * @param converterVariance variance of lost bits and of offsets that differ, in squares of a step
   * @param fullWidth width of the full range
   * @param sumsPerOutput sums that an output adds up
   */
  private record RangeRequirements(
      ConverterModel converter, double converterVariance, double fullWidth, int sumsPerOutput) {
    int steps() {
      return converter.steps();
    }

    /** Variance of its own errors in a range with a step. */
    double variance(double step) {
      double own = converter.ownStep(step, fullWidth);
      return converterVariance * own * own;
    }
  }

  private static Calibrated calibrated(ColumnModel.Span span, Sums sums, RangeRequirements aim) {
    double least = 0;
    double most = 0;
    double mean = sums.mean();
    for (float sum : sums.values()) {
      least = Math.min(least, sum);
      most = Math.max(most, sum);
    }
    double centre = mean;
    double seen = Math.max(most - centre, centre - least);
    double widest = Math.max(seen, aim.steps() / 2.0);
    Calibrated best = null;
    double bestError = Double.POSITIVE_INFINITY;
    for (int i = 0; i < WIDTHS; i++) {
      double half = widest * StrictMath.pow(2, -i / 4.0);
      if (half < seen / 16) {
        break;
      }
      double from = Math.max(span.least(), centre - half);
      double to = Math.min(span.most(), centre + half);
      double analogStep = (to - from) / aim.steps();
      double step = Math.max(1, analogStep);
      double variance = aim.variance(analogStep);
      for (SimulatedConverter tried : of(from, to, step, aim)) {
        double own = sums.count() * (step > 1 ? variance : Rounding.square(variance));
        double error = sums.error(tried, aim.sumsPerOutput(), bestError - own) + own;
        if (error < bestError) {
          best = new Calibrated(tried, analogStep);
          bestError = error;
        }
      }
    }
    return best;
  }

  /** Converters of a range: codes that are levels, or else zero a code or the ends codes. */
  private static List<SimulatedConverter> of(
      double from, double to, double step, RangeRequirements aim) {
    int codes = aim.steps() + 1;
    return step > 1
        ? List.of(
            aligned(from, step, aim.steps()),
            new SimulatedConverter((float) from, (float) step, codes))
        : List.of(ofLevels(from, to, codes));
  }

  /**
   * True if codes carry more information about typical sums than their mean does. A converter that
   * increases the error is ignored: its sums are replaced by their mean.
   */
  private static boolean reducesError(SimulatedConverter converter, Sums sums, double variance) {
    return sums.count() == 0
        || sums.error(converter, 1, sums.variance()) + variance * sums.count() <= sums.variance();
  }

  /** Codes that are the levels of a range. */
  private static SimulatedConverter ofLevels(double from, double to, int codes) {
    int levels = (int) (Math.rint(to) - Math.rint(from)) + 1;
    return new SimulatedConverter((float) Math.rint(from), 1, Math.max(2, Math.min(codes, levels)));
  }

  /** The converter of a group of slices and a digit; null where sums are not converted. */
  SimulatedConverter converter(int group, int digit) {
    return converters[group][digit];
  }

  /** Variance of a sum by the bits that converters lose, by unit of a weight. */
  float[] lostVariance(int digit) {
    return lostVariance[digit];
  }

  /**
   * Converts the sums of one column.
   *
   * @param draws key of its converter
   */
  void convert(float[] sums, int group, int digit, RandomKey draws) {
    SimulatedConverter converter = converters[group][digit];
    if (converter == null) {
      return;
    }
    if (!mismatch.isNone()) {
      distort(sums, converter, typical[group][digit], draws);
    }
    converter.convert(sums);
  }

  /** Offset and bow are those of the circuit: in steps of its own, finer than a level or not. */
  private void distort(
      float[] sums, SimulatedConverter converter, TypicalSums typical, RandomKey draws) {
    float gain = (float) (mismatch.gain() * draws.gaussian(0));
    float offset = (float) (typical.ownStep() * mismatch.offset_steps() * draws.gaussian(1));
    float bow = (float) (typical.step() * mismatch.bow_steps() * draws.gaussian(2));
    float mean = (float) typical.mean();
    float meanBow = (float) typical.bow();
    for (int v = 0; v < sums.length; v++) {
      float bent = bow(converter, sums[v]) - meanBow;
      sums[v] += offset + gain * (sums[v] - mean) + bow * bent;
    }
  }

  /** 4 t (1 − t) at a place t in the range. */
  private static float bow(SimulatedConverter converter, float sum) {
    float range = converter.step() * (converter.codes() - 1);
    float t = Math.min(1, Math.max(0, (sum - converter.lowest()) / range));
    return 4 * t * (1 - t);
  }

  private static TypicalSums typical(Calibrated calibrated, double ownStep, Sums sums) {
    double bow = 0;
    for (float sum : sums.exact()) {
      bow += bow(calibrated.converter(), sum) / sums.count();
    }
    return new TypicalSums(calibrated.analogStep(), ownStep, sums.mean(), bow);
  }
}
