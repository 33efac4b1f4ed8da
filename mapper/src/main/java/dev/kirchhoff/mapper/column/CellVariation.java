package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.device.ConductanceLaw;
import dev.kirchhoff.arch.device.ConductanceWindow;
import dev.kirchhoff.arch.device.DeviceStatistics;
import dev.kirchhoff.arch.device.LawKind;

/**
 * Variance of a programmed cell's conductance at each of its levels and at any age (docs/models.md,
 * eq. 11).
 *
 * <p>Level k of a b-bit cell is g = G_min + k (G_max − G_min)/(2^b − 1). σ² = σ_p(g)² + g² (ν_s²
 * ln²(t_a/t_0) + ν_r²) at the age t_a: programming error σ_p as a polynomial in g/G_max, scaled
 * with G_max over the reference conductance and linear in the logarithm of age between its
 * tabulated ages; drift spread ν_s, counted from t_0, once the mean drift is removed by one gain;
 * read noise ν_r. Before the first age σ_p is that of the first; after the last it continues with
 * the slope between first and last, if that is positive (assumed). {@link #tabulated_uS2} is a
 * table over ages that never falls: a value that has become unreadable stays so. A device that
 * follows a law of its own ({@link ConductanceLaw}) has the mean square error over the law's draws
 * instead, after one gain for all levels. Stuck cells count with their share. Neglected:
 * correlation between cells, tails, temperature, averaging of read noise over pulses. Immutable;
 * equal where {@link Source} is.
 */
public final class CellVariation {

  /** Ages of the table: {@link #FIRST_AGE_S} times 10^(i / {@link #AGES_PER_DECADE}). */
  public static final int AGES = 101;

  /** Youngest age of the table. */
  public static final double FIRST_AGE_S = 1;

  /** Table entries per factor of ten in age. */
  public static final int AGES_PER_DECADE = 10;

  /** Nodes and weights of Gauss-Hermite quadrature over a standard normal draw, five points. */
  private static final double[] DRAWS = {-2.856970, -1.355626, 0, 1.355626, 2.856970};

  private static final double[] WEIGHTS = {0.011257, 0.222076, 0.533334, 0.222076, 0.011257};

  private final Source source;
  private final DeviceStatistics statistics;
  private final ConductanceWindow window;
  private final ConductanceLaw law;
  private final int levels;
  private final double[] table;
  private final int hash;

  /**
   * Figures of a cell that its variation depends on.
   *
   * @param statistics programming error, drift, read noise, stuck cells
   * @param window range of conductance
   * @param bits bits of the cell
   */
  public record Source(DeviceStatistics statistics, ConductanceWindow window, int bits) {
    /** The figures of a cell. */
    public static Source of(Cell cell) {
      return new Source(cell.device().statistics(), cell.device().window(), cell.bits());
    }
  }

  private CellVariation(Source source) {
    this.source = source;
    hash = source.hashCode();
    statistics = source.statistics();
    window = source.window();
    law = ConductanceLaw.of(statistics, window);
    levels = 1 << source.bits();
    table = new double[AGES * levels];
    for (int age = 0; age < AGES; age++) {
      double[] variances_uS2 = variances_uS2(age_s(age));
      for (int level = 0; level < levels; level++) {
        double now = variances_uS2[level];
        double before = age == 0 ? 0 : table[(age - 1) * levels + level];
        table[age * levels + level] = Math.max(now, before);
      }
    }
  }

  /** The variation of a cell. */
  public static CellVariation of(Cell cell) {
    return of(Source.of(cell));
  }

  /** The variation of cells with equal figures. */
  public static CellVariation of(Source source) {
    return new CellVariation(source);
  }

  /** Levels of the cell, 2^bits. */
  public int levels() {
    return levels;
  }

  /** Age of a table entry. */
  public static double age_s(double entry) {
    return FIRST_AGE_S * StrictMath.pow(10, entry / AGES_PER_DECADE);
  }

  /** Variance of a level at one age of the table, never below that of a younger age. */
  public double tabulated_uS2(int level, int entry) {
    return table[entry * levels + level];
  }

  /**
   * Share of its conductance that a cell keeps after mean drift: (t/t0)^-nu, or the share that the
   * device's law leaves over all levels.
   */
  public double kept(double age_s) {
    if (isLawful()) {
      double aged_uS = 0;
      double target_uS = 0;
      for (int level = 0; level < levels; level++) {
        aged_uS += mean_uS(level_uS(level), age_s);
        target_uS += level_uS(level);
      }
      return aged_uS / target_uS;
    }
    double start_s = statistics.drift().start_s();
    return start_s > 0 && age_s > start_s && statistics.drift().exponent() != 0
        ? StrictMath.pow(age_s / start_s, -statistics.drift().exponent())
        : 1;
  }

  private double level_uS(int level) {
    double share = (double) level / (levels - 1);
    return window.min_uS() + share * (window.max_uS() - window.min_uS());
  }

  /**
   * Variance of a level at an age, about its nominal conductance, with mean drift compensated.
   * Stuck cells err by their distance from the end of the window that they are stuck at.
   */
  public double variance_uS2(int level, double age_s) {
    return variance_uS2(level, age_s, isLawful() ? kept(age_s) : 1);
  }

  /** Variances of all levels at an age, whose mean drift is computed once: levels × draws². */
  double[] variances_uS2(double age_s) {
    double kept = isLawful() ? kept(age_s) : 1;
    double[] variances_uS2 = new double[levels];
    for (int level = 0; level < levels; level++) {
      variances_uS2[level] = variance_uS2(level, age_s, kept);
    }
    return variances_uS2;
  }

  private boolean isLawful() {
    return statistics.law() != LawKind.TABULATED;
  }

  private double variance_uS2(int level, double age_s, double kept) {
    double g_uS = level_uS(level);
    double working = isLawful() ? lawful(g_uS, age_s, kept) : tabulated(g_uS, age_s);
    return (1 - stuckShare()) * working + stuckAt_uS2(g_uS);
  }

  /** Variance that stuck cells add to a level. */
  double stuck_uS2(int level) {
    return stuckAt_uS2(level_uS(level));
  }

  /** Share of cells that are stuck. */
  double stuckShare() {
    return statistics.faults().low() + statistics.faults().high();
  }

  /** Conductance of one level, ΔG. */
  double step_uS() {
    return (window.max_uS() - window.min_uS()) / (levels - 1);
  }

  private double stuckAt_uS2(double g_uS) {
    double below = g_uS - window.min_uS();
    double above = window.max_uS() - g_uS;
    return statistics.faults().low() * below * below + statistics.faults().high() * above * above;
  }

  private double tabulated(double g_uS, double age_s) {
    double programming = statistics.programmingSigma_uS(g_uS, window.max_uS(), age_s);
    double start = statistics.drift().start_s();
    double drift = 0;
    if (statistics.drift().spread() > 0 && start > 0 && age_s > start) {
      drift = statistics.drift().spread() * StrictMath.log(age_s / start);
    }
    double relative = drift * drift + statistics.readNoise() * statistics.readNoise();
    return programming * programming + g_uS * g_uS * relative;
  }

  /** Mean square over the draws of a law. */
  private double lawful(double g_uS, double age_s, double kept) {
    double sum = 0;
    for (int p = 0; p < DRAWS.length; p++) {
      double programmed_uS = law.programmed_uS(g_uS, DRAWS[p]);
      for (int a = 0; a < DRAWS.length; a++) {
        double aged_uS = law.aged_uS(g_uS, age_s, DRAWS[p], DRAWS[a]);
        double miss = aged_uS / kept - g_uS;
        double read = law.readSigma_uS(programmed_uS, aged_uS, age_s) / kept;
        sum += WEIGHTS[p] * WEIGHTS[a] * (miss * miss + read * read);
      }
    }
    return sum;
  }

  private double mean_uS(double g_uS, double age_s) {
    double sum = 0;
    for (int p = 0; p < DRAWS.length; p++) {
      for (int a = 0; a < DRAWS.length; a++) {
        sum += WEIGHTS[p] * WEIGHTS[a] * law.aged_uS(g_uS, age_s, DRAWS[p], DRAWS[a]);
      }
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof CellVariation variation
            && hash == variation.hash
            && source.equals(variation.source);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
