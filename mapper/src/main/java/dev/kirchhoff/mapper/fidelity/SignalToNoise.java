package dev.kirchhoff.mapper.fidelity;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.result.LayerResult.Noise;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.Arrays;

/**
 * Signal-to-noise ratio of a matrix layer on one chip, closed form.
 *
 * <p>NSR = (v_adc + v_frontEnd + v_cells + v_rounding)/var(y) + NSR_ir with var(y) = K S
 * (E[x²]E[w²] − E[x]²E[w]²) of the layer's integer output. Converters, front end and cells, of
 * which converters round away a part: {@link ConverterNoise}, {@link ColumnNoise}. Stuck cells,
 * which miss by whole levels: K E[x²] Σ significance² σ²/ΔG², ΔG = (G_max − G_min)/(2^b_c − 1).
 * Rounding of values to their bits: K (E[w²] E[ε_x²] + E[x²] E[ε_w²]), ε² = P(≠0)/12 of a step, or
 * what few bits miss in truth ({@link ValueDistribution#missed}). Wires: {@link IrDrop}. XNOR: y =
 * 2 m − K of m matches, var(y) = 4 K q(1−q), and all variances of m count four times.
 *
 * <p>Charge arrays: kT/C of the shared column, kT n/(C_u V²) in products², and mismatch of the unit
 * capacitors instead of cells (of a ladder as much for each weight as a whole). Digital arrays are
 * exact: only the rounding of values remains.
 *
 * <p>Neglected: correlation of inputs and weights, gains of mean drift and mean wire loss (one gain
 * removes them), averaging of read noise over pulses, coherent errors below 5 dB. Ratios are
 * bounded to {@link #LEAST_NSR} .. {@link #LARGEST_NSR}, so the ratio in dB is always finite.
 * Source and checks: docs/models.md, "Signal-to-noise".
 *
 * <p>{@link #set} allocates nothing and takes no roots or logarithms. One per design, for one
 * thread.
 */
public final class SignalToNoise {

  /** Noise-to-signal ratio of converter steps. */
  public static final int QUANTISATION = 0;

  /** Noise-to-signal ratio of values beyond the converter's range. */
  public static final int CLIPPING = 1;

  /** Noise-to-signal ratio of thermal noise, virtual ground and lost effective bits. */
  public static final int FRONT_END = 2;

  /** Noise-to-signal ratio of programming error, drift spread and read noise. */
  public static final int CELLS = 3;

  /** Noise-to-signal ratio of position-dependent wire loss. */
  public static final int IR_DROP = 4;

  /** Noise-to-signal ratio of values rounded to their bits. */
  public static final int ROUNDING = 5;

  /** Sum of the six, bounded. */
  public static final int TOTAL = 6;

  /** Parameter a of {@link IrDrop}. */
  public static final int IR_PARAMETER = 7;

  /** Share of the output's signal that codes say, 0..1. */
  public static final int SAID = 8;

  /** Length of a result. */
  public static final int SLOTS = 9;

  /** Least noise-to-signal ratio reported: 150 dB. */
  public static final double LEAST_NSR = 1e-15;

  /** Largest noise-to-signal ratio reported: −150 dB. */
  public static final double LARGEST_NSR = 1e15;

  /**
   * Mismatch of a unit capacitor of one femtofarad; smaller with the root of its size. Assumed 1 %:
   * metal fringe capacitors of 1 fF match within 0.5 to 1 % (Tripathi and Murmann, IEEE Trans.
   * Circuits Syst. I 2014, doi 10.1109/TCSI.2014.2332264).
   */
  private static final double CAPACITOR_MISMATCH = 0.01;

  /** Boltzmann's constant in fJ/K (SI, exact). */
  private static final double BOLTZMANN_FJ_PER_K = 1.380649e-8;

  private final Crossbar crossbar;
  private final ConverterNoise converter;
  private final IrDrop.Wires wires;
  private final boolean gated;
  private final boolean xnor;
  private final boolean offset;
  private final int blockRows;
  private final int rowsActive;
  private final int groupsOfBlock;
  private final int rowsPerWeight;
  private final int columnsPerDigit;
  private final double min_uS;
  private final double window_uS;
  private final double step_uS;
  private final double current_uA;
  private final boolean exact;
  private final boolean sumsCurrents;
  private final ColumnNoise column;

  private SignalToNoise(
      Crossbar crossbar,
      Readout readout,
      Cell cell,
      CellVariation.Aged variation,
      FrontEnd frontEnd) {
    this.crossbar = crossbar;
    xnor = crossbar.weights().encoding() == Encoding.XNOR;
    offset = crossbar.weights().encoding() == Encoding.OFFSET;
    boolean pair = crossbar.weights().encoding() == Encoding.DIFFERENTIAL;
    boolean onRows = pair && crossbar.weights().pairOnRows();
    rowsPerWeight = xnor || onRows ? 2 : 1;
    columnsPerDigit = pair && !onRows ? 2 : 1;
    blockRows = crossbar.rows();
    rowsActive = crossbar.rowsActive();
    groupsOfBlock = (blockRows + rowsActive - 1) / rowsActive;
    wires = frontEnd.wires();
    gated = cell.access() == Access.ONE_TRANSISTOR;
    min_uS = cell.device().window().min_uS();
    window_uS = cell.device().window().max_uS() - min_uS;
    step_uS = window_uS / (variation.levels() - 1);
    double level_uA = step_uS * cell.readVoltage_V();
    double kT = BOLTZMANN_FJ_PER_K * frontEnd.temperature_K();
    Compute.Kind kind = crossbar.compute().kind();
    exact = kind == Compute.Kind.DIGITAL;
    sumsCurrents = kind == Compute.Kind.CURRENT;
    current_uA =
        kind != Compute.Kind.CURRENT
            ? 0
            : crossbar.rowsActive() * cell.device().window().max_uS() * cell.readVoltage_V();
    double mismatch = CAPACITOR_MISMATCH * CAPACITOR_MISMATCH / crossbar.compute().capacitor_fF();
    double[] stuck = new double[variation.levels()];
    double[] working = new double[variation.levels()];
    for (int level = 0; level < stuck.length; level++) {
      double perLevel = 1 / (step_uS * step_uS);
      stuck[level] = sumsCurrents ? variation.stuck_uS2(level) * perLevel : 0;
      working[level] =
          sumsCurrents
              ? variation.variance_uS2(level) * perLevel - stuck[level]
              : kind == Compute.Kind.CHARGE ? level * mismatch : 0;
    }
    column =
        new ColumnNoise(
            kind,
            working,
            stuck,
            sumsCurrents
                ? cell.device().statistics().faults().low()
                    + cell.device().statistics().faults().high()
                : 0,
            columnsPerDigit,
            min_uS,
            window_uS,
            2 * kT / frontEnd.averaging_ns() / (level_uA * level_uA * variation.kept()),
            frontEnd.virtualGround_V() / level_uA,
            kind == Compute.Kind.CHARGE ? kT / sharedSignal_fJ(crossbar, frontEnd) : 0);
    converter =
        new ConverterNoise(
            crossbar.weights(),
            ConverterRange.of(readout, crossbar.weights()),
            crossbar.rowsActive(),
            groupsOfBlock,
            frontEnd.lostBits(),
            column);
  }

  /** Energy n C_u V² of a whole column over n², so that kT over it is the variance in products². */
  private static double sharedSignal_fJ(Crossbar crossbar, FrontEnd frontEnd) {
    double v = frontEnd.electrics().readSupply_V();
    return crossbar.compute().capacitor_fF() * v * v / crossbar.rowsActive();
  }

  /**
   * The model of a crossbar, its cells and its readout.
   *
   * @param variation variation of {@code cell}
   * @param age_s time since programming
   */
  public static SignalToNoise of(
      Crossbar crossbar,
      Readout readout,
      Cell cell,
      CellVariation variation,
      FrontEnd frontEnd,
      double age_s) {
    return new SignalToNoise(crossbar, readout, cell, variation.at(age_s), frontEnd);
  }

  /** The model of a chip. */
  public static SignalToNoise of(Chip chip, PriceTable prices, CellVariation.Aged variation) {
    FrontEnd frontEnd = FrontEnd.of(chip, prices);
    return new SignalToNoise(
        chip.crossbar(), chip.pe().readout(), chip.cell(), variation, frontEnd);
  }

  /** Largest current of a column, every active row at G_max and V_r. */
  public double columnCurrent_uA() {
    return current_uA;
  }

  /**
   * Sets the noise-to-signal ratios of one layer.
   *
   * @param inputs digits of the inputs ({@link DigitStatistics#binary} for XNOR)
   * @param weights digits of the weights in the crossbar's encoding
   * @param inputsPerOutput K
   * @param outputs M
   * @param result {@link #SLOTS} values, by the constants of this class
   */
  public void set(
      DigitStatistics inputs,
      DigitStatistics weights,
      int inputsPerOutput,
      int outputs,
      double[] result) {
    double k = inputsPerOutput;
    int rows = inputsPerOutput * rowsPerWeight;
    int groups = groups(rows);
    double perSignal = 1 / signal(inputs, weights, k);
    if (exact) {
      Arrays.fill(result, 0, ConverterNoise.LENGTH, 0);
    } else {
      converter.set(inputs, weights, k / groups, groups, result);
    }
    result[SAID] = exact ? 1 : converter.said();
    double rounding =
        k
            * (weights.valueSquare() * inputs.valueMissed()
                + inputs.valueSquare() * weights.valueMissed());
    result[QUANTISATION] *= perSignal;
    result[CLIPPING] *= perSignal;
    result[FRONT_END] *= perSignal;
    result[CELLS] *= perSignal;
    result[ROUNDING] = rounding * perSignal;
    setOutputs(inputs, weights, inputsPerOutput, outputs, result);
  }

  /**
   * Changes the ratios of one layer to those with another number of outputs: only wires differ.
   *
   * @param inputs digits of the inputs
   * @param weights digits of the weights
   * @param inputsPerOutput K
   * @param outputs M
   * @param result ratios of a layer with the same digits and inputs
   */
  public void setOutputs(
      DigitStatistics inputs,
      DigitStatistics weights,
      int inputsPerOutput,
      int outputs,
      double[] result) {
    setWires(weights, inputsPerOutput * rowsPerWeight, outputs, result);
    if (offset) {
      result[IR_DROP] *= codesOverSignal(inputs, weights, inputsPerOutput);
    }
    double total =
        result[QUANTISATION]
            + result[CLIPPING]
            + result[FRONT_END]
            + result[CELLS]
            + result[IR_DROP]
            + result[ROUNDING];
    // Written so that a NaN (no signal and no noise) becomes the largest ratio.
    result[TOTAL] = total <= LARGEST_NSR ? Math.max(total, LEAST_NSR) : LARGEST_NSR;
  }

  /** Variance of the integer output. */
  private double signal(DigitStatistics inputs, DigitStatistics weights, double k) {
    double mean = inputs.valueMean() * weights.valueMean();
    return k
        * inputs.structure().products().whole()
        * (inputs.valueSquare() * weights.valueSquare() - mean * mean);
  }

  /** Passes over the row groups that one output adds up. */
  private int groups(int rows) {
    int whole = (rows - 1) / blockRows;
    int rest = rows - whole * blockRows;
    return whole * groupsOfBlock + (rest + rowsActive - 1) / rowsActive;
  }

  private static double match(DigitStatistics inputs, DigitStatistics weights) {
    double x = inputs.meanDigit(0);
    double w = weights.meanDigit(0);
    return x * w + (1 - x) * (1 - w);
  }

  /**
   * Adds how strongly a layer's noise-to-signal ratio depends on each level's variance, for {@link
   * RefreshInterval}: the ratio of the cells is the sum over levels of sensitivity times variance
   * in uS². What converters round away of it is taken to be the same share at all ages.
   *
   * @param kappa weight of the layer in its network
   * @param ratios the layer's ratios
   * @param perLevel sums by level
   */
  public void addCellSensitivity(
      DigitStatistics inputs,
      DigitStatistics weights,
      int inputsPerOutput,
      double kappa,
      double[] ratios,
      double[] perLevel) {
    if (!sumsCurrents) {
      return;
    }
    double signal = signal(inputs, weights, inputsPerOutput);
    double scale = inputsPerOutput / (signal * step_uS * step_uS);
    double match = xnor ? match(inputs, weights) : 0;
    double square = inputs.valueSquare();
    double all = 0;
    for (int level = 0; level < perLevel.length && level < column.levels(); level++) {
      all += scale * cellsAt(weights, level, square, match) * column.variance(level);
    }
    double passed = all > 0 ? kappa * ratios[CELLS] / (all * step_uS * step_uS) : kappa;
    for (int level = 0; level < perLevel.length && level < column.levels(); level++) {
      perLevel[level] += passed * scale * cellsAt(weights, level, square, match);
    }
  }

  /** What a level's variance counts in a product, for each input. */
  private double cellsAt(DigitStatistics weights, int level, double square, double match) {
    return xnor ? 4 * (level == 1 ? match : 1 - match) : square * weights.driven().weight(level);
  }

  /**
   * What wires do to an offset code, which is larger than the weight that it stands for, over the
   * signal: K var(x) E[(code + b)²]/var(y), b that of the lowest conductance of all its cells. What
   * the mean input makes of it is part of the gain.
   */
  private double codesOverSignal(DigitStatistics inputs, DigitStatistics weights, double k) {
    double lowest = min_uS / step_uS * weights.significances();
    double codes = weights.codeSquare() + lowest * (2 * weights.codeMean() + lowest);
    double mean = inputs.valueMean();
    return k * (inputs.valueSquare() - mean * mean) * codes / signal(inputs, weights, k);
  }

  private void setWires(DigitStatistics weights, int rows, int outputs, double[] result) {
    int c = crossbar.columns();
    double used = Math.min(1, (double) outputs * columnsPerDigit * weights.cells().slices() / c);
    double filled = Math.min(1, (double) rows / blockRows);
    double conducting = gated ? (double) Math.min(rows, rowsActive) / blockRows : 1;
    double share = used * (gated ? 1 : filled);
    double mean_uS = min_uS + window_uS * weights.cells().level() * share;
    result[IR_PARAMETER] = IrDrop.parameter(mean_uS, blockRows, c, conducting, wires);
    result[IR_DROP] =
        IrDrop.noiseToSignal(mean_uS, conducting * blockRows, wires.bitlineSegment_ohm());
  }

  /** A result as the record of a layer; rounding counts as quantisation. */
  public static Noise noise(double[] result) {
    return new Noise(
        decibel(result[TOTAL]),
        result[QUANTISATION] + result[ROUNDING],
        result[CLIPPING],
        result[FRONT_END],
        result[CELLS],
        result[IR_DROP],
        result[SAID],
        result[ROUNDING]);
  }

  /**
   * Signal-to-noise ratio of a network or layer, −10 log10 NSR. A network's NSR is Σ κ_l NSR_l over
   * its layers; κ = 1 is a pessimistic default (21 equal layers cost 13 dB).
   */
  public static double decibel(double noiseToSignal) {
    double bounded =
        noiseToSignal <= LARGEST_NSR ? Math.max(noiseToSignal, LEAST_NSR) : LARGEST_NSR;
    return -10 * StrictMath.log10(bounded);
  }
}
