package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.device.CellSampler;
import dev.kirchhoff.arch.device.ConductanceLaw;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.column.Summation;
import dev.kirchhoff.mapper.column.WireResistances;
import java.util.Arrays;
import java.util.Optional;

/**
 * The cells of one crossbar that hold a block of a layer's weights: what was written, what became
 * of it, and what an input meets through the wires. Cells can be written again.
 *
 * <p>Wires: rows that are read together are solved exactly ({@link EffectiveConductance}) once;
 * rows of other groups are gated off. The line below the group, the front end and the drivers are
 * resistances in series with a whole line, I = G V / (1 + R ΣG), which neglects that lines drive
 * each other through them. Without a gate all rows of the block conduct: they are solved together.
 * Rows of a read that lie anywhere in the block, as with zero rows skipped, are solved with all of
 * it, bitlines with the share of the current that one read has. Neglected: crossbars shared with
 * other layers, cells of the crossbar outside the block.
 *
 * <p>Transpose reads drive the bitline ends and sense the wordline ends. By reciprocity a cell's
 * effective conductance is the same in both directions where the same lines are on; neglected is
 * that rows of other groups then conduct too, and that drivers and front ends change places. Their
 * gains are calibrated row by row.
 *
 * <p>A cell that is written again keeps the share of its current that the wires leave; the wires
 * are solved anew once the conductance of rows, or of columns, has moved by {@value #MOVED} on the
 * mean. Calibrated gains stay.
 */
final class CellBlock {
  private static final int CAPACITORS = 2;
  private static final int REWRITES = 3;
  private static final int THRESHOLDS = 9;

  /** Share of the conductance of lines: the loss in wires moves by about as much of itself. */
  private static final double MOVED = 0.02;

  /** Far below what cells and converters do. */
  static final double WIRES_TOLERANCE = 1e-7;

  private final CrossbarModel model;
  private final Optional<WireLosses> losses;
  private final SimulationOptions options;
  private final int rows;
  private final int columns;
  private final double[] target_uS;
  private final double[] actual_uS;
  private final double[] sigma_uS;
  private final double[] effective_uS;

  /** Gains of columns by cell: rows of another group have one of their own. */
  private final double[] gain;

  private final RandomKey key;
  private final ConductanceLaw law;
  private final CellSampler young;
  private final boolean[] disturbed;
  private double[] rowGain = new double[0];
  private double arrayGain = 1;
  private int solvedRows;
  private double conducting;
  private final double[] rowMoved_uS;
  private final double[] columnMoved_uS;
  private long writes;

  /**
   * Writes a block.
   *
   * @param levels level of each cell, row by row
   * @param columns columns of the block
   * @param key key of the crossbar and its draw
   */
  CellBlock(
      CrossbarModel model, SimulationOptions options, int[] levels, int columns, RandomKey key) {
    this(model, options, levels, columns, key, Optional.empty());
  }

  /**
   * Writes a block of a chip whose wires are solved with those of others.
   *
   * @param losses losses of the mean chip; empty if each chip is solved by itself
   */
  CellBlock(
      CrossbarModel model,
      SimulationOptions options,
      int[] levels,
      int columns,
      RandomKey key,
      Optional<WireLosses> losses) {
    this.model = model;
    this.losses = losses;
    this.options = options;
    this.columns = columns;
    this.key = key;
    law = ConductanceLaw.of(model.device());
    young = new CellSampler(model.device(), effects(), 0);
    disturbed = new boolean[levels.length];
    rows = levels.length / columns;
    rowMoved_uS = new double[rows];
    columnMoved_uS = new double[columns];
    target_uS = new double[levels.length];
    for (int i = 0; i < levels.length; i++) {
      target_uS[i] = model.min_uS() + levels[i] * model.step_uS();
    }
    actual_uS = target_uS.clone();
    sigma_uS = new double[levels.length];
    if (model.column().summation().isCurrent()) {
      program();
    } else if (model.column().summation() instanceof Summation.Charge charge
        && options.has(NonIdeality.PROGRAMMING)) {
      mismatch(charge, levels);
    }
    effective_uS = actual_uS.clone();
    gain = new double[levels.length];
    Arrays.fill(gain, 1);
  }

  private CellSampler.Effects effects() {
    return new CellSampler.Effects(
        options.has(NonIdeality.PROGRAMMING),
        options.has(NonIdeality.AGEING),
        options.has(NonIdeality.READ_NOISE),
        options.has(NonIdeality.STUCK_CELLS));
  }

  private void program() {
    CellSampler.Effects effects = effects();
    CellSampler sampler = new CellSampler(model.device(), effects, options.age_s());
    sampler.sample(key, target_uS, actual_uS, sigma_uS);
    boolean compensated = options.compensation() == SimulationOptions.Compensation.CALIBRATED;
    if (effects.ageing() && compensated) {
      CellSampler.Effects unaged =
          new CellSampler.Effects(effects.programming(), false, false, effects.stuck());
      double[] fresh_uS = new double[target_uS.length];
      new CellSampler(model.device(), unaged, 0)
          .sample(key, target_uS, fresh_uS, new double[target_uS.length]);
      double old_uS = Arrays.stream(actual_uS).sum();
      arrayGain = old_uS > 0 ? Arrays.stream(fresh_uS).sum() / old_uS : 1;
    }
  }

  private void mismatch(Summation.Charge charge, int[] levels) {
    for (int i = 0; i < levels.length; i++) {
      actual_uS[i] += mismatch_uS(charge, i, levels[i]);
    }
  }

  private double mismatch_uS(Summation.Charge charge, int cell, double level) {
    double error = charge.mismatch() * key.child(CAPACITORS).gaussian(cell);
    return level * model.step_uS() * error;
  }

  /**
   * Computes what an input meets through the wires.
   *
   * @param group rows read together
   * @param gated whether other rows are off
   */
  void solveWires(int group, boolean gated) {
    solvedRows = gated ? group : rows;
    conducting = 1;
    solveGroups(true);
  }

  private void solveGroups(boolean calibrates) {
    for (int first = 0; first < rows && hasWires(); first += solvedRows) {
      solve(first, Math.min(rows, first + solvedRows), calibrates);
    }
  }

  /**
   * Computes what an input meets where a read takes any rows: the mean current of as many.
   *
   * @param group rows read together
   */
  void solveScatteredRows(int group) {
    solvedRows = rows;
    conducting = Math.min(1, (double) group / rows);
    solveGroups(true);
  }

  private boolean hasWires() {
    return options.has(NonIdeality.WIRES) && model.column().summation().isCurrent();
  }

  /**
   * Solves rows from one to another, of which a share conducts at a time: a bitline carries as much
   * less current.
   *
   * @param calibrates whether the gains of columns are measured
   */
  private void solve(int first, int end, boolean calibrates) {
    WireResistances wires = model.column().wires();
    double wordline_ohm = wires.wordlineSegment_ohm();
    double bitline_ohm = conducting * wires.bitlineSegment_ohm();
    double[] part = Arrays.copyOfRange(actual_uS, first * columns, end * columns);
    if (wordline_ohm > 0 || bitline_ohm > 0) {
      WireLosses.Lines lines =
          new WireLosses.Lines(
              Arrays.copyOfRange(target_uS, first * columns, end * columns),
              columns,
              wordline_ohm,
              bitline_ohm,
              model.device(),
              effects(),
              options.age_s());
      part =
          losses.isPresent() && calibrates
              ? losses.get().of(lines, part)
              : WireLosses.effective_uS(lines, part);
    }
    double tail_ohm = (rows - end) * bitline_ohm;
    series(part, wires.driver_ohm(), tail_ohm + conducting * wires.frontEndInput_ohm());
    boolean compensated = options.compensation() == SimulationOptions.Compensation.CALIBRATED;
    for (int j = 0; j < columns; j++) {
      double ofColumn = compensated && calibrates ? gain(part, first, j) : 1;
      for (int i = first; i < end; i++) {
        gain[i * columns + j] = calibrates ? ofColumn : gain[i * columns + j];
        effective_uS[i * columns + j] = part[(i - first) * columns + j];
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
      double row = 1 + Units.SIEMENS_PER_US * driver_ohm * ofRow[i];
      for (int j = 0; j < columns; j++) {
        double column = 1 + Units.SIEMENS_PER_US * end_ohm * ofColumn[j];
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
    int cell = row * columns + column;
    return arrayGain * (gain[cell] * effective_uS[cell]) / model.step_uS();
  }

  /** Deviation of a read of a cell, in levels. */
  double sigma(int row, int column) {
    int cell = row * columns + column;
    double share = actual_uS[cell] > 0 ? gain[cell] * effective_uS[cell] / actual_uS[cell] : 1;
    return arrayGain * share * sigma_uS[cell] / model.step_uS();
  }

  /** As {@link #levels}, of a transpose read. */
  double levelsBack(int row, int column) {
    return arrayGain * rowGain(row) * effective_uS[row * columns + column] / model.step_uS();
  }

  /** As {@link #sigma}, of a transpose read. */
  double sigmaBack(int row, int column) {
    int cell = row * columns + column;
    double share = actual_uS[cell] > 0 ? effective_uS[cell] / actual_uS[cell] : 1;
    return arrayGain * rowGain(row) * share * sigma_uS[cell] / model.step_uS();
  }

  /** Gain that restores a row's sum with all columns driven, as it was when first asked for. */
  private double rowGain(int row) {
    if (rowGain.length == 0) {
      rowGain = new double[rows];
      boolean compensated = options.compensation() == SimulationOptions.Compensation.CALIBRATED;
      for (int i = 0; i < rows; i++) {
        double without = 0;
        double with = 0;
        for (int j = 0; j < columns; j++) {
          without += actual_uS[i * columns + j];
          with += effective_uS[i * columns + j];
        }
        rowGain[i] = compensated && with > 0 ? without / with : 1;
      }
    }
    return rowGain[row];
  }

  /**
   * Writes a cell again, with verification: a cell that was verified at this level and has not been
   * pulsed since takes no pulse. Reads of verification pass the array's gain, so that a new cell
   * among drifted ones is written as much lower. It is read young: a task is short beside the age
   * of what was programmed before it.
   */
  void write(int row, int column, int level) {
    int cell = row * columns + column;
    double aim_uS = model.min_uS() + level * model.step_uS();
    if (aim_uS == target_uS[cell] && !disturbed[cell]) {
      return;
    }
    target_uS[cell] = aim_uS;
    disturbed[cell] = false;
    if (model.column().summation().isCurrent()) {
      double draw = options.has(NonIdeality.PROGRAMMING) ? draw() : 0;
      setWorking(cell, law.programmed_uS(within(aim_uS / arrayGain), draw));
    } else if (model.column().summation() instanceof Summation.Charge charge
        && options.has(NonIdeality.PROGRAMMING)) {
      set(cell, aim_uS + mismatch_uS(charge, cell, level));
    } else {
      set(cell, aim_uS);
    }
  }

  /**
   * Changes a cell by pulses that are not verified. A pulse takes one of the device's states to the
   * next, on a straight line from one end of its window to the other (no entry of the catalogue
   * states curved or asymmetric updates in a form that could be used), and changes of less than
   * half of one are not made. The error is one draw of the programming error at the conductance
   * that is reached: no entry states the spread of a single pulse, except those of synapses, whose
   * programming error is that from cycle to cycle.
   *
   * @param levels change
   * @return the change that was asked of the cell: pulses times steps, within the window that the
   *     controller believes in
   */
  double pulse(int row, int column, double levels) {
    int cell = row * columns + column;
    double step_uS = pulse_uS(model);
    double asked_uS = step_uS * Math.rint(levels * model.step_uS() / step_uS);
    if (asked_uS == 0) {
      return 0;
    }
    double before_uS = target_uS[cell];
    target_uS[cell] = within(before_uS + asked_uS);
    disturbed[cell] = true;
    double reached_uS = within(actual_uS[cell] + asked_uS);
    if (model.column().summation().isCurrent()) {
      double sigma_uS = law.programmingSigma_uS(reached_uS);
      double error_uS = options.has(NonIdeality.PROGRAMMING) ? sigma_uS * draw() : 0;
      setWorking(cell, within(reached_uS + error_uS));
    } else {
      set(cell, reached_uS);
    }
    return (target_uS[cell] - before_uS) / model.step_uS();
  }

  /**
   * Switches a cell to a level by a single pulse, whatever it was: no verification, no gain of
   * reads; the error is that of programming.
   */
  void switchTo(int row, int column, int level) {
    int cell = row * columns + column;
    target_uS[cell] = model.min_uS() + level * model.step_uS();
    disturbed[cell] = true;
    double draw = options.has(NonIdeality.PROGRAMMING) ? draw() : 0;
    setWorking(cell, law.programmed_uS(target_uS[cell], draw));
  }

  /** Switching threshold of a cell over its mean. */
  double threshold(int row, int column) {
    boolean spreads = options.has(NonIdeality.PROGRAMMING);
    double draw = spreads ? key.child(THRESHOLDS).gaussian(row * columns + column) : 0;
    return 1 + GateCircuit.SPREAD * draw;
  }

  /** Change of a cell by one pulse: from a state of the device to the next. */
  static double pulse_uS(CrossbarModel model) {
    return (model.max_uS() - model.min_uS()) / (model.device().window().levels() - 1);
  }

  private double draw() {
    return key.child(REWRITES).gaussian(writes++);
  }

  private double within(double g_uS) {
    return Math.max(model.min_uS(), Math.min(model.max_uS(), g_uS));
  }

  /** Sets a cell that is not stuck. */
  private void setWorking(int cell, double g_uS) {
    if (!young.isStuck(key, cell)) {
      set(cell, g_uS);
      sigma_uS[cell] = options.has(NonIdeality.READ_NOISE) ? law.readSigma_uS(g_uS, g_uS, 0) : 0;
    }
  }

  private void set(int cell, double g_uS) {
    rowMoved_uS[cell / columns] += g_uS - actual_uS[cell];
    columnMoved_uS[cell % columns] += g_uS - actual_uS[cell];
    double share = actual_uS[cell] > 0 ? effective_uS[cell] / actual_uS[cell] : 1;
    effective_uS[cell] = share * g_uS;
    actual_uS[cell] = g_uS;
  }

  /** Solves the wires anew where writes have moved much. */
  void settle() {
    if (!hasWires()) {
      return;
    }
    double bound_uS = MOVED * Arrays.stream(actual_uS).sum();
    if (sizes(rowMoved_uS) > bound_uS || sizes(columnMoved_uS) > bound_uS) {
      Arrays.fill(rowMoved_uS, 0);
      Arrays.fill(columnMoved_uS, 0);
      solveGroups(false);
    }
  }

  private static double sizes(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }

  /** Conductance of a cell without its wires, in levels. */
  double held(int row, int column) {
    return (actual_uS[row * columns + column] - model.min_uS()) / model.step_uS();
  }

  /** Conductance of a cell as the controller believes it, in levels. */
  double believed(int row, int column) {
    return (target_uS[row * columns + column] - model.min_uS()) / model.step_uS();
  }

  /** Level that stands for nothing. */
  double baseline() {
    return model.min_uS() / model.step_uS();
  }
}
