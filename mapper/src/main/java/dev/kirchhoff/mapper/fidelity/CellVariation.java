package dev.kirchhoff.mapper.fidelity;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.device.ConductanceWindow;
import dev.kirchhoff.arch.device.DeviceStatistics;

/**
 * Variance of a programmed cell's conductance at each of its levels and at any age.
 *
 * <p>Level k of a b-bit cell is g = G_min + k (G_max − G_min)/(2^b − 1). σ² = σ_p(g)² + g² (s²
 * ln²(t/t0) + r²): programming error σ_p as a polynomial in g/G_max, scaled with G_max over the
 * reference conductance and linear in the logarithm of age between its tabulated ages; drift spread
 * s once the mean drift is removed by one gain; read noise r. Before the first age σ_p is that of
 * the first; after the last it goes on with the slope between first and last, never downwards
 * (assumed). {@link #variance_uS2(int, int)} is a table over ages that never falls: a value once
 * unreadable is not readable again. Neglected: correlation between cells, tails, temperature,
 * averaging of read noise over pulses. Immutable; made once per cell.
 */
public final class CellVariation {

  /** Ages of the table: {@link #FIRST_AGE_S} times 10^(i / {@link #AGES_PER_DECADE}). */
  public static final int AGES = 101;

  /** Youngest age of the table. */
  public static final double FIRST_AGE_S = 1;

  /** Table entries per factor of ten in age. */
  public static final int AGES_PER_DECADE = 10;

  private final DeviceStatistics statistics;
  private final ConductanceWindow window;
  private final int levels;
  private final double[] table;

  private CellVariation(DeviceStatistics statistics, ConductanceWindow window, int bits) {
    this.statistics = statistics;
    this.window = window;
    levels = 1 << bits;
    table = new double[AGES * levels];
    for (int age = 0; age < AGES; age++) {
      for (int level = 0; level < levels; level++) {
        double now = variance_uS2(level, age_s(age));
        double before = age == 0 ? 0 : table[(age - 1) * levels + level];
        table[age * levels + level] = Math.max(now, before);
      }
    }
  }

  /** The variation of a cell. */
  public static CellVariation of(Cell cell) {
    return new CellVariation(cell.device().statistics(), cell.device().window(), cell.bits());
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
  public double variance_uS2(int level, int entry) {
    return table[entry * levels + level];
  }

  /** The variation at one age. */
  public Aged at(double age_s) {
    return new Aged(this, age_s);
  }

  /** Variation of a cell at one age: computed once, read for every design that shares it. */
  public static final class Aged {
    private final double age_s;
    private final double kept;
    private final double[] variance_uS2;

    private Aged(CellVariation variation, double age_s) {
      this.age_s = age_s;
      kept = variation.kept(age_s);
      variance_uS2 = new double[variation.levels];
      for (int level = 0; level < variance_uS2.length; level++) {
        variance_uS2[level] = variation.variance_uS2(level, age_s);
      }
    }

    /** The age. */
    public double age_s() {
      return age_s;
    }

    /** Share of its conductance that a cell keeps after mean drift. */
    public double kept() {
      return kept;
    }

    /** Levels of the cell. */
    public int levels() {
      return variance_uS2.length;
    }

    /** Variance of a level. */
    public double variance_uS2(int level) {
      return variance_uS2[level];
    }
  }

  /** Share of its conductance that a cell keeps after mean drift, (t/t0)^-nu. */
  public double kept(double age_s) {
    double start_s = statistics.drift().start_s();
    return start_s > 0 && age_s > start_s && statistics.drift().exponent() != 0
        ? StrictMath.pow(age_s / start_s, -statistics.drift().exponent())
        : 1;
  }

  /** Variance of a level at an age. */
  public double variance_uS2(int level, double age_s) {
    double share = (double) level / (levels - 1);
    double g = window.min_uS() + share * (window.max_uS() - window.min_uS());
    double programming = statistics.programmingSigma_uS(g, window.max_uS(), age_s);
    double start = statistics.drift().start_s();
    double drift = 0;
    if (statistics.drift().spread() > 0 && start > 0 && age_s > start) {
      drift = statistics.drift().spread() * StrictMath.log(age_s / start);
    }
    double relative = drift * drift + statistics.readNoise() * statistics.readNoise();
    return programming * programming + g * g * relative;
  }
}
