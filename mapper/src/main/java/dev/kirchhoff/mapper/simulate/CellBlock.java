package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.circuit.CrossbarCircuit;
import dev.kirchhoff.arch.circuit.EffectiveConductance;
import dev.kirchhoff.arch.device.CellSampler;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.mapper.column.Summation;
import dev.kirchhoff.mapper.column.Wires;
import java.util.Arrays;

/**
 * The cells of one crossbar that hold a block of a layer's weights: what was written, what became
 * of it, and what an input meets through the wires.
 *
 * <p>Wires: rows that are read together are solved exactly ({@link EffectiveConductance}) once;
 * rows of other groups are gated off. The line below the group, the front end and the drivers are
 * resistances in series with a whole line, I = G V / (1 + R ΣG), which neglects that lines drive
 * each other through them. Without a gate all rows of the block conduct: they are solved together.
 * Rows of a read that lie anywhere in the block, as with zero rows skipped, are solved with all of
 * it, bitlines with the share of the current that one read has. Neglected: crossbars shared with
 * other layers, cells of the crossbar outside the block.
 */
final class CellBlock {
  private static final double SIEMENS_PER_US = 1e-6;
  private static final int CAPACITORS = 2;

  /** Far below what cells and converters do. */
  private static final double WIRES_TOLERANCE = 1e-7;

  private final CrossbarModel model;
  private final SimulationOptions options;
  private final int rows;
  private final int columns;
  private final double[] target_uS;
  private final double[] actual_uS;
  private final double[] sigma_uS;
  private final double[] effective_uS;
  private double arrayGain = 1;

  /**
   * Writes a block.
   *
   * @param levels level of each cell, row by row
   * @param columns columns of the block
   * @param key key of the crossbar and its draw
   */
  CellBlock(
      CrossbarModel model, SimulationOptions options, int[] levels, int columns, RandomKey key) {
    this.model = model;
    this.options = options;
    this.columns = columns;
    rows = levels.length / columns;
    target_uS = new double[levels.length];
    for (int i = 0; i < levels.length; i++) {
      target_uS[i] = model.min_uS() + levels[i] * model.step_uS();
    }
    actual_uS = target_uS.clone();
    sigma_uS = new double[levels.length];
    if (model.column().summation().isCurrent()) {
      program(key);
    } else if (model.column().summation() instanceof Summation.Charge charge
        && options.has(NonIdeality.PROGRAMMING)) {
      mismatch(charge, key, levels);
    }
    effective_uS = actual_uS.clone();
  }

  private void program(RandomKey key) {
    CellSampler.Effects effects =
        new CellSampler.Effects(
            options.has(NonIdeality.PROGRAMMING),
            options.has(NonIdeality.AGEING),
            options.has(NonIdeality.READ_NOISE),
            options.has(NonIdeality.STUCK_CELLS));
    CellSampler sampler = new CellSampler(model.device(), effects, options.age_s());
    sampler.sample(key, target_uS, actual_uS, sigma_uS);
    boolean compensated = options.compensation() == SimulationOptions.Compensation.CALIBRATED;
    if (effects.ageing() && compensated) {
      CellSampler.Effects young =
          new CellSampler.Effects(effects.programming(), false, false, effects.stuck());
      double[] fresh_uS = new double[target_uS.length];
      new CellSampler(model.device(), young, 0)
          .sample(key, target_uS, fresh_uS, new double[target_uS.length]);
      double old_uS = Arrays.stream(actual_uS).sum();
      arrayGain = old_uS > 0 ? Arrays.stream(fresh_uS).sum() / old_uS : 1;
    }
  }

  private void mismatch(Summation.Charge charge, RandomKey key, int[] levels) {
    RandomKey capacitors = key.child(CAPACITORS);
    for (int i = 0; i < levels.length; i++) {
      double error = charge.mismatch() * capacitors.gaussian(i);
      actual_uS[i] += levels[i] * model.step_uS() * error;
    }
  }

  /**
   * Computes what an input meets through the wires.
   *
   * @param group rows read together
   * @param gated whether other rows are off
   */
  void solveWires(int group, boolean gated) {
    if (!hasWires()) {
      return;
    }
    int size = gated ? group : rows;
    for (int first = 0; first < rows; first += size) {
      solve(first, Math.min(rows, first + size), 1);
    }
  }

  /**
   * Computes what an input meets where a read takes any rows: the mean current of as many.
   *
   * @param group rows read together
   */
  void solveScatteredRows(int group) {
    if (hasWires()) {
      solve(0, rows, Math.min(1, (double) group / rows));
    }
  }

  private boolean hasWires() {
    return options.has(NonIdeality.WIRES) && model.column().summation().isCurrent();
  }

  /**
   * Solves rows from one to another.
   *
   * @param conducting share of them that conduct at a time: a bitline carries as much less current
   */
  private void solve(int first, int end, double conducting) {
    Wires wires = model.column().wires();
    double wordline_ohm = wires.wordlineSegment_ohm();
    double bitline_ohm = conducting * wires.bitlineSegment_ohm();
    double[] part = Arrays.copyOfRange(actual_uS, first * columns, end * columns);
    if (wordline_ohm > 0 || bitline_ohm > 0) {
      CrossbarCircuit circuit =
          CrossbarCircuit.read(end - first, columns, part, wordline_ohm, bitline_ohm);
      EffectiveConductance effective = EffectiveConductance.of(circuit, WIRES_TOLERANCE);
      for (int i = 0; i < end - first; i++) {
        for (int j = 0; j < columns; j++) {
          part[i * columns + j] = effective.effective_uS(i, j);
        }
      }
    }
    double tail_ohm = (rows - end) * bitline_ohm;
    series(part, wires.driver_ohm(), tail_ohm + conducting * wires.frontEndInput_ohm());
    boolean compensated = options.compensation() == SimulationOptions.Compensation.CALIBRATED;
    for (int j = 0; j < columns; j++) {
      double gain = compensated ? gain(part, first, j) : 1;
      for (int i = first; i < end; i++) {
        effective_uS[i * columns + j] = gain * part[(i - first) * columns + j];
      }
    }
  }

  /** Resistances in series with whole rows and whole columns. */
  private void series(double[] part_uS, double driver_ohm, double end_ohm) {
    int n = part_uS.length / columns;
    double[] ofRow = new double[n];
    double[] ofColumn = new double[columns];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < columns; j++) {
        ofRow[i] += part_uS[i * columns + j];
        ofColumn[j] += part_uS[i * columns + j];
      }
    }
    for (int i = 0; i < n; i++) {
      double row = 1 + SIEMENS_PER_US * driver_ohm * ofRow[i];
      for (int j = 0; j < columns; j++) {
        double column = 1 + SIEMENS_PER_US * end_ohm * ofColumn[j];
        part_uS[i * columns + j] /= row * column;
      }
    }
  }

  /** Gain that restores a column's sum, all rows of the group driven. */
  private double gain(double[] part_uS, int first, int column) {
    double without = 0;
    double with = 0;
    for (int i = 0; i < part_uS.length / columns; i++) {
      without += actual_uS[(first + i) * columns + column];
      with += part_uS[i * columns + column];
    }
    return with > 0 ? without / with : 1;
  }

  /** Rows of the block. */
  int rows() {
    return rows;
  }

  /** Columns of the block. */
  int columns() {
    return columns;
  }

  /** Conductance of a cell as written, before wires. */
  double actual_uS(int row, int column) {
    return actual_uS[row * columns + column];
  }

  /** Level that a cell was written to. */
  double target(int row, int column) {
    return Math.rint((target_uS[row * columns + column] - model.min_uS()) / model.step_uS());
  }

  /** Effective conductance of a cell, gains calibrated, in levels above zero. */
  double levels(int row, int column) {
    return arrayGain * effective_uS[row * columns + column] / model.step_uS();
  }

  /** Deviation of a read of a cell, in levels. */
  double sigma(int row, int column) {
    double share =
        actual_uS[row * columns + column] > 0
            ? effective_uS[row * columns + column] / actual_uS[row * columns + column]
            : 1;
    return arrayGain * share * sigma_uS[row * columns + column] / model.step_uS();
  }

  /** Level that stands for nothing. */
  double baseline() {
    return model.min_uS() / model.step_uS();
  }
}
