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
 * <p>NSR = (v_adc + v_frontEnd + v_cells + v_rounding)/var(y) + NSR_ir with var(y) = K (E[x²]E[w²]
 * − E[x]²E[w]²) of the layer's integer output. Converter: {@link ConverterNoise}. Front end, per
 * conversion and in units of one level I = ΔG V_r/(2^b_x − 1), ΔG = (G_max − G_min)/(2^b_c − 1):
 * thermal 2 kT G_col/t_int / I², which mean drift raises by what it takes of G_col and I, and
 * virtual ground (v_vg G_col / I)². Cells: K E[x²] Σ significance² σ²/ΔG² of {@link CellVariation}.
 * Rounding of values to their bits: K (E[w²] P(x≠0) + E[x²] P(w≠0))/12. Wires: {@link IrDrop}.
 * XNOR: y = 2 m − K of m matches, var(y) = 4 K q(1−q), and all variances of m count four times.
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
 * <p>{@link #set} allocates nothing and takes no roots or logarithms. Immutable; one per design.
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

  /** Length of a result. */
  public static final int SLOTS = 8;

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
  private final int blockRows;
  private final int rowsActive;
  private final int groupsOfBlock;
  private final int rowsPerWeight;
  private final int columnsPerDigit;
  private final double min_uS;
  private final double window_uS;
  private final double step_uS;
  private final double thermal;
  private final double offset;
  private final double current_uA;
  private final double shared;
  private final boolean exact;
  private final boolean sumsCurrents;
  private final boolean ladder;
  private final double[] cellVariance;

  private SignalToNoise(
      Crossbar crossbar,
      Readout readout,
      Cell cell,
      CellVariation.Aged variation,
      FrontEnd frontEnd) {
    this.crossbar = crossbar;
    xnor = crossbar.weights().encoding() == Encoding.XNOR;
    boolean pair = crossbar.weights().encoding() == Encoding.DIFFERENTIAL;
    boolean onRows = pair && crossbar.weights().pairOnRows();
    rowsPerWeight = xnor || onRows ? 2 : 1;
    columnsPerDigit = pair && !onRows ? 2 : 1;
    converter =
        new ConverterNoise(
            crossbar.weights(),
            readout.range(),
            readout.bits(),
            crossbar.rowsActive(),
            frontEnd.lostBits());
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
    thermal = 2 * kT / frontEnd.averaging_ns() / (level_uA * level_uA * variation.kept());
    offset = frontEnd.virtualGround_V() / level_uA;
    Compute.Kind kind = crossbar.compute().kind();
    ladder = kind == Compute.Kind.CHARGE && crossbar.weights().combine() > 1;
    exact = kind == Compute.Kind.DIGITAL;
    sumsCurrents = kind == Compute.Kind.CURRENT;
    shared = kind == Compute.Kind.CHARGE ? kT / sharedSignal_fJ(crossbar, frontEnd) : 0;
    current_uA =
        kind != Compute.Kind.CURRENT
            ? 0
            : crossbar.rowsActive() * cell.device().window().max_uS() * cell.readVoltage_V();
    cellVariance = new double[variation.levels()];
    for (int level = 0; level < cellVariance.length; level++) {
      cellVariance[level] = cellVariance(crossbar, variation, level);
    }
  }

  /**
   * Variance of a cell in squares of a level: of its conductance, of its capacitor in a charge
   * array, none of a bit that is added.
   */
  private double cellVariance(Crossbar crossbar, CellVariation.Aged variation, int level) {
    return switch (crossbar.compute().kind()) {
      case CURRENT -> variation.variance_uS2(level) / (step_uS * step_uS);
      case CHARGE ->
          level * CAPACITOR_MISMATCH * CAPACITOR_MISMATCH / crossbar.compute().capacitor_fF();
      case DIGITAL -> 0;
    };
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

  /** Whether another model gives every layer the same ratios, bit for bit. */
  public boolean givesSameAs(SignalToNoise other) {
    return blockRows == other.blockRows
        && rowsActive == other.rowsActive
        && crossbar.columns() == other.crossbar.columns()
        && xnor == other.xnor
        && gated == other.gated
        && exact == other.exact
        && sumsCurrents == other.sumsCurrents
        && ladder == other.ladder
        && rowsPerWeight == other.rowsPerWeight
        && columnsPerDigit == other.columnsPerDigit
        && min_uS == other.min_uS
        && window_uS == other.window_uS
        && step_uS == other.step_uS
        && thermal == other.thermal
        && offset == other.offset
        && shared == other.shared
        && converter.givesSameAs(other.converter)
        && wires.equals(other.wires)
        && Arrays.equals(cellVariance, other.cellVariance);
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
      result[QUANTISATION] = 0;
      result[CLIPPING] = 0;
      result[ConverterNoise.LOST_BITS] = 0;
    } else {
      converter.set(inputs, weights, k / groups, groups, result);
    }
    double lost = result[ConverterNoise.LOST_BITS];
    double noise =
        xnor
            ? 4 * groups * frontEndOfMatches(weights, (double) rows / groups)
            : frontEnd(inputs, weights, groups, (double) rows / groups);
    double rounding =
        xnor
            ? 0
            : k
                * (weights.valueSquare() * inputs.valueNonzero()
                    + inputs.valueSquare() * weights.valueNonzero())
                / 12;
    result[QUANTISATION] *= perSignal;
    result[CLIPPING] *= perSignal;
    result[FRONT_END] = (lost + noise) * perSignal;
    result[CELLS] = cells(inputs, weights, k) * perSignal;
    result[ROUNDING] = rounding * perSignal;
    setOutputs(weights, inputsPerOutput, outputs, result);
  }

  /**
   * Changes the ratios of one layer to those with another number of outputs: only wires differ.
   *
   * @param result ratios of a layer with the same digits and inputs
   */
  public void setOutputs(
      DigitStatistics weights, int inputsPerOutput, int outputs, double[] result) {
    setWires(weights, inputsPerOutput * rowsPerWeight, outputs, result);
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
    return k * inputs.structure() * (inputs.valueSquare() * weights.valueSquare() - mean * mean);
  }

  /** Passes over the row groups that one output adds up. */
  private int groups(int rows) {
    int whole = (rows - 1) / blockRows;
    int rest = rows - whole * blockRows;
    return whole * groupsOfBlock + (rest + rowsActive - 1) / rowsActive;
  }

  /**
   * Variance that the front end adds to an output: all conversions of all slices. With columns of
   * conductance r (G_min + ΔG l_s) of r rows and mean level l_s the sums over slices, significance²
   * apiece, are those of 1, l_s and l_s².
   */
  private double frontEnd(
      DigitStatistics inputs, DigitStatistics weights, double groups, double rows) {
    double pulse = inputs.largestDigit();
    double passes = inputs.passes() * groups * inputs.squareSignificance() * pulse * pulse;
    double slices = weights.squareSignificance();
    if (!sumsCurrents) {
      double levels = weights.largestDigit();
      return passes * columnsPerDigit * shared * levels * levels * slices;
    }
    double level = weights.squareLevel();
    double least_uS = rows * min_uS;
    double most_uS = rows * window_uS;
    double column = least_uS * slices + most_uS * level;
    double columnSquare =
        least_uS * (column + most_uS * level) + most_uS * most_uS * weights.squareLevelSquare();
    return passes * columnsPerDigit * (thermal * column + offset * offset * columnSquare);
  }

  /** Variance that the front end adds to one count of matches. */
  private double frontEndOfMatches(DigitStatistics weights, double rows) {
    if (!sumsCurrents) {
      double levels = weights.largestDigit();
      return columnsPerDigit * shared * levels * levels;
    }
    double column_uS = rows * (min_uS + window_uS * weights.cellLevel(0));
    double ground = offset * column_uS;
    return columnsPerDigit * (thermal * column_uS + ground * ground);
  }

  private double cells(DigitStatistics inputs, DigitStatistics weights, double k) {
    if (xnor) {
      double match = match(inputs, weights);
      return 4 * k * (match * cellVariance[1] + (1 - match) * cellVariance[0]);
    }
    if (ladder) {
      return k * inputs.valueSquare() * weights.valueSquare() * cellVariance[1];
    }
    double sum = 0;
    for (int level = 0; level < cellVariance.length; level++) {
      sum += weights.levelWeight(level) * cellVariance[level];
    }
    return k * inputs.valueSquare() * sum;
  }

  private static double match(DigitStatistics inputs, DigitStatistics weights) {
    double x = inputs.meanDigit(0);
    double w = weights.meanDigit(0);
    return x * w + (1 - x) * (1 - w);
  }

  /**
   * Adds how strongly a layer's noise-to-signal ratio depends on each level's variance, for {@link
   * RefreshInterval}: the ratio of the cells is the sum over levels of sensitivity times variance
   * in uS².
   *
   * @param kappa weight of the layer in its network
   * @param perLevel sums by level
   */
  public void addCellSensitivity(
      DigitStatistics inputs,
      DigitStatistics weights,
      int inputsPerOutput,
      double kappa,
      double[] perLevel) {
    if (!sumsCurrents) {
      return;
    }
    double signal = signal(inputs, weights, inputsPerOutput);
    double scale = kappa * inputsPerOutput / (signal * step_uS * step_uS);
    if (xnor) {
      double match = match(inputs, weights);
      perLevel[0] += 4 * scale * (1 - match);
      perLevel[1] += 4 * scale * match;
      return;
    }
    for (int level = 0; level < cellVariance.length; level++) {
      perLevel[level] += scale * inputs.valueSquare() * weights.levelWeight(level);
    }
  }

  private void setWires(DigitStatistics weights, int rows, int outputs, double[] result) {
    int c = crossbar.columns();
    double used = Math.min(1, (double) outputs * columnsPerDigit * weights.slices() / c);
    double filled = Math.min(1, (double) rows / blockRows);
    double conducting = gated ? (double) Math.min(rows, rowsActive) / blockRows : 1;
    double share = used * (gated ? 1 : filled);
    double mean_uS = min_uS + window_uS * weights.cellLevel() * share;
    result[IR_PARAMETER] = IrDrop.parameter(mean_uS, blockRows, c, conducting, wires);
    result[IR_DROP] =
        IrDrop.noiseToSignal(mean_uS, blockRows, conducting, wires.bitlineSegment_ohm());
  }

  /** A result as the record of a layer; rounding counts as quantisation. */
  public static Noise noise(double[] result) {
    return new Noise(
        decibel(result[TOTAL]),
        result[QUANTISATION] + result[ROUNDING],
        result[CLIPPING],
        result[FRONT_END],
        result[CELLS],
        result[IR_DROP]);
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
