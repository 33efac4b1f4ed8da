package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.device.ConductanceLaw;
import dev.kirchhoff.arch.kernel.Machine.Gate;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.linear.FloatingLines;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A kernel's matrix on crossbars, w ≈ s q: integers q of one symmetric scale, the cells that hold
 * them, and reads of both directions on the same cells.
 *
 * <p>Elements are rounded to the bits of the precision and spread over all levels that their cells
 * have: full scale takes the whole window of every digit, where the integers of a network leave
 * that of the last digit partly empty. No column is inverted, since elements change and columns are
 * inputs too. Blind pulses change the cells of the most significant digit of an element, whose
 * window alone can take any change; of a pair the cell of the other sign is lowered first, as far
 * as the controller believes that it is raised, and the rest raises the cell of the own sign. The
 * controller knows what it has asked of a cell, not what became of it.
 */
final class StoredMatrix {
  /** Key of the cells, of that of the matrix; those of typical vectors follow. */
  static final int CELLS = 0;

  private static final int FORWARD = 1;
  private static final int BACK = 2;
  private static final int TWIN = 3;

  private static final int MOST_BITS = 31;

  /** Lines of the matrix among typical vectors. */
  private static final int MATCHING = 16;

  private final WeightBlock.Layout layout;
  private final List<WeightBlock> blocks;
  private final KernelReads forward;
  private final KernelReads back;
  private final CellReads cells;
  private final int rows;
  private final int columns;
  private final int largest;

  /** Largest integer of the precision. */
  private final int steps;

  private final double scale;
  private final Precision precision;
  private final RandomKey key;

  /**
   * Programs a matrix.
   *
   * @param chip the chip's crossbars
   * @param options effects, draw and age
   * @param losses losses in wires of the mean chip; empty if each chip is solved by itself
   * @param precision bits of elements, inputs and outputs
   * @param matrix elements by row, then column
   * @param fullScale largest magnitude of an element
   * @param key key of the matrix
   * @throws IllegalArgumentException if cells hold signs alone
   */
  StoredMatrix(
      CrossbarModel chip,
      SimulationOptions options,
      Optional<WireLosses> losses,
      Precision precision,
      double[][] matrix,
      double fullScale,
      RandomKey key) {
    if (chip.column().encoding().countsMatches()) {
      throw new IllegalArgumentException(
          "The elements of a kernel's matrix have magnitudes, which XNOR crossbars cannot hold."
              + "\nMaybe a differential pair is meant.");
    }
    CrossbarModel model = chip.withoutInversion();
    Precision held = held(model, precision);
    UnitPlan plan = ProgrammedMatrix.plan(model, held);
    layout = new WeightBlock.Layout(model, options, plan, losses);
    this.precision = precision;
    this.key = key;
    rows = matrix.length;
    columns = matrix[0].length;
    largest = plan.slicer().largest();
    steps = ProgrammedMatrix.plan(model, precision).slicer().largest();
    scale = fullScale / largest;
    int[][] wholes = new int[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        wholes[i][j] = whole(matrix[i][j]);
      }
    }
    blocks = layout.write(wholes, rows, key.child(CELLS).child(options.draw())).toList();
    forward =
        new KernelReads(
            new KernelReads.Setting(
                layout,
                precision.inputs(),
                rows,
                columns,
                WeightBlock::groups,
                matching(columns, rows, (j, i) -> matrix[i][j]),
                key.child(FORWARD)),
            blocks);
    CrossbarModel turned = model.transposed(plan);
    WeightBlock.Layout fromColumns =
        new WeightBlock.Layout(turned, options, ProgrammedMatrix.plan(turned, held));
    back =
        new KernelReads(
            new KernelReads.Setting(
                fromColumns,
                precision.inputs(),
                columns,
                rows,
                (block, digit) -> block.groupsBack(fromColumns, digit),
                matching(rows, columns, (i, j) -> matrix[i][j]),
                key.child(BACK)),
            blocks);
    cells = new CellReads(layout, forward.passes());
  }

  /** Precision of the integers that as many cells hold. */
  private static Precision held(CrossbarModel model, Precision precision) {
    WeightEncoding encoding = model.column().encoding();
    int cellBits = model.column().cells().bits();
    int digits = encoding.digits(precision.weights(), cellBits).count();
    int bits = digits * cellBits + (encoding.isPair() ? 1 : 0);
    return new Precision(Math.min(MOST_BITS, bits), precision.inputs(), precision.outputs());
  }

  /** Some of the lines of a matrix, as vectors of the other lines' length. */
  private static double[][] matching(int lines, int length, Changes elements) {
    double[][] some = new double[Math.min(MATCHING, lines)][length];
    for (int v = 0; v < some.length; v++) {
      int line = (int) ((long) v * lines / some.length);
      Arrays.setAll(some[v], i -> elements.of(line, i));
    }
    return some;
  }

  private int whole(double value) {
    double step = Math.rint(value / scale / largest * steps);
    return (int) Math.rint(Math.max(-1, Math.min(1, step / steps)) * largest);
  }

  /** Products of rows, by vector, then column. */
  double[][] read(double[][] vectors) {
    return rounded(scaled(forward.read(vectors)));
  }

  /** Products of columns, by vector, then row. */
  double[][] readBack(double[][] vectors) {
    return rounded(scaled(back.read(vectors)));
  }

  /** Products with one column, by vector. */
  double[] readLine(int column, double[][] vectors) {
    double[] products = forward.read(vectors, column);
    LinearAlgebra.scale(products, scale);
    return products;
  }

  /** Elements as single rows are read. */
  double[][] readCells() {
    double[][] found = scaled(cells.read(forward.current()));
    for (double[] row : found) {
      round(row, fullScale());
    }
    return found;
  }

  private double[][] scaled(double[][] values) {
    for (double[] row : values) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= scale;
      }
    }
    return values;
  }

  private double[][] rounded(double[][] outputs) {
    for (double[] vector : outputs) {
      round(vector);
    }
    return outputs;
  }

  /** Rounds a vector to the bits of an output, sign included, of full scale its largest value. */
  void round(double[] vector) {
    double most = 0;
    for (double value : vector) {
      most = Math.max(most, Math.abs(value));
    }
    round(vector, most);
  }

  private void round(double[] vector, double full) {
    double step = full / Math.max(1, Math.scalb(1.0, precision.outputs() - 1) - 1);
    for (int i = 0; i < vector.length && step > 0; i++) {
      vector[i] = step * Math.rint(vector[i] / step);
    }
  }

  /** Elements as a forward read meets them, wires and gains included, without its converters. */
  double[][] effective() {
    return scaled(forward.current().effective());
  }

  /**
   * Writes elements with verification.
   *
   * @param target elements by row, then column; NaN keeps one
   */
  void write(double[][] target) {
    write((i, j) -> target[i][j]);
  }

  private void write(Changes target) {
    UnitPlan plan = layout.plan();
    change(
        (block, i, m) -> {
          double value = target.of(block.firstInput() + i, block.firstOutput() + m);
          if (Double.isNaN(value)) {
            return false;
          }
          int[] levels = plan.slicer().levels(whole(value));
          for (int l = 0; l < levels.length; l++) {
            int row = i * plan.rowsPerWeight() + plan.slicer().row(l);
            int column = m * plan.columnsPerWeight() + plan.slicer().column(l);
            block.cells().write(row, column, levels[l]);
          }
          return true;
        });
  }

  /**
   * A stateful gate in every row. An element that is 0 or 1 lies in all digits of its positive
   * cells alike; digit after digit, the cells of the inputs and of the output are a {@link
   * GateCircuit}. The lines of crossbars that a row lies on are joined. Where cells do not conduct
   * currents, the gate follows its truth table.
   */
  void gate(Gate gate, int[] inputs, int output) {
    if (!layout.model().column().summation().isCurrent()) {
      follow(gate, inputs, output);
      return;
    }
    UnitPlan plan = layout.plan();
    CrossbarModel model = layout.model();
    ConductanceLaw law = ConductanceLaw.of(model.device());
    GateCircuit circuit = GateCircuit.of(law, model.max_uS(), model.min_uS());
    boolean isSet = gate == Gate.IMPLY || gate == Gate.TRUE;
    int[] on = plan.slicer().levels(largest);
    for (int digit = 0; digit < plan.slices(); digit++) {
      int level = plan.slicer().weights().isPair() ? 2 * digit : digit;
      double[] driven_uS = new double[rows];
      for (int input : inputs) {
        LinearAlgebra.add(driven_uS, 1, cells_uS(input, level));
      }
      double[] output_uS = cells_uS(output, level);
      change(
          (block, i, m) -> {
            int row = block.firstInput() + i;
            if (block.firstOutput() + m != output) {
              return false;
            }
            Place place = place(block, i, m, level);
            double threshold = block.cells().threshold(place.row(), place.column());
            boolean switches = circuit.switches(gate, driven_uS[row], output_uS[row], threshold);
            if (switches) {
              block.cells().switchTo(place.row(), place.column(), isSet ? on[level] : 0);
            }
            return switches;
          });
    }
  }

  /** A gate by its truth table, cells at half of full scale and above being 1. */
  private void follow(Gate gate, int[] inputs, int output) {
    double half = fullScale() / 2;
    double[] was = held(output);
    boolean[] anyInput = new boolean[rows];
    for (int input : inputs) {
      double[] column = held(input);
      for (int i = 0; i < rows; i++) {
        anyInput[i] |= column[i] >= half;
      }
    }
    double[] target = new double[rows];
    Arrays.setAll(target, i -> gate.output(anyInput[i], was[i] >= half) ? fullScale() : 0);
    write((i, j) -> j == output ? target[i] : Double.NaN);
  }

  /** Conductance of the cells that hold a level of the elements of a column, by row. */
  private double[] cells_uS(int column, int level) {
    double[] found_uS = new double[rows];
    for (WeightBlock block : blocks) {
      int m = column - block.firstOutput();
      for (int i = 0; m >= 0 && m < block.outputs() && i < block.inputs(); i++) {
        Place place = place(block, i, m, level);
        found_uS[block.firstInput() + i] = block.cells().actual_uS(place.row(), place.column());
      }
    }
    return found_uS;
  }

  /** Change of an element by a level of a cell of its most significant digit. */
  private double levelOfTop() {
    UnitPlan plan = layout.plan();
    return scale * Math.scalb(1.0, (plan.slices() - 1) * plan.slicer().cellBits());
  }

  /** Change of an element by one pulse. */
  double pulseSize() {
    return levelOfTop() * CellBlock.pulse_uS(layout.model()) / layout.model().step_uS();
  }

  /**
   * Changes elements by blind pulses.
   *
   * @param changes change of the element at a row and column
   */
  void pulse(Changes changes) {
    UnitPlan plan = layout.plan();
    int top = plan.slices() - 1;
    double unit = levelOfTop();
    boolean isPair = plan.slicer().weights().isPair();
    change(
        (block, i, m) -> {
          double levels = changes.of(block.firstInput() + i, block.firstOutput() + m) / unit;
          if (levels == 0) {
            return false;
          }
          Place place = place(block, i, m, isPair ? 2 * top + (levels < 0 ? 1 : 0) : top);
          if (!isPair) {
            return block.cells().pulse(place.row(), place.column(), levels) != 0;
          }
          Place other = place(block, i, m, 2 * top + (levels < 0 ? 0 : 1));
          double size = Math.abs(levels);
          double believed = block.cells().believed(other.row(), other.column());
          double lowered =
              block.cells().pulse(other.row(), other.column(), -Math.min(size, believed));
          double raised = block.cells().pulse(place.row(), place.column(), size + lowered);
          return lowered != 0 || raised != 0;
        });
  }

  /** Values or changes of elements. */
  interface Changes {
    /** Value or change of the element at a row and column. */
    double of(int row, int column);
  }

  private record Place(int row, int column) {}

  /** Row and column of the block of a cell of a weight, numbered as its levels are. */
  private Place place(WeightBlock block, int i, int m, int level) {
    UnitPlan plan = layout.plan();
    return new Place(
        i * plan.rowsPerWeight() + plan.slicer().row(level),
        m * plan.columnsPerWeight() + plan.slicer().column(level));
  }

  private interface Change {
    /** Changes a weight of a block; says whether its cells were touched. */
    boolean of(WeightBlock block, int input, int output);
  }

  private void change(Change change) {
    for (int b = 0; b < blocks.size(); b++) {
      WeightBlock block = blocks.get(b);
      boolean touched = false;
      for (int i = 0; i < block.inputs(); i++) {
        for (int m = 0; m < block.outputs(); m++) {
          touched |= change.of(block, i, m);
        }
      }
      if (touched) {
        block.cells().settle();
        forward.changed(b);
        back.changed(b);
      }
    }
  }

  /** Value of a level of a cell, signed, by its place among the levels of a weight. */
  private interface Levels {
    double of(CellBlock cells, int row, int column);
  }

  private double[][] elements(Levels levels) {
    double[][] found = new double[rows][columns];
    for (WeightBlock block : blocks) {
      for (int i = 0; i < block.inputs(); i++) {
        for (int m = 0; m < block.outputs(); m++) {
          found[block.firstInput() + i][block.firstOutput() + m] = element(block, i, m, levels);
        }
      }
    }
    return found;
  }

  private double element(WeightBlock block, int i, int m, Levels levels) {
    UnitPlan plan = layout.plan();
    boolean isPair = plan.slicer().weights().isPair();
    double sum = -plan.offset();
    for (int l = 0; l < plan.slicer().cells(); l++) {
      int digit = isPair ? l / 2 : l;
      if (digit >= plan.slices()) {
        continue;
      }
      Place place = place(block, i, m, l);
      double level = levels.of(block.cells(), place.row(), place.column());
      double size = Math.scalb(level, digit * plan.slicer().cellBits());
      sum += isPair && l % 2 == 1 ? -size : size;
    }
    return scale * sum;
  }

  /** Elements as the controller believes that they are. */
  double[][] believed() {
    return elements(CellBlock::believed);
  }

  /** Elements of a column that the cells hold, wires and converters aside. */
  private double[] held(int column) {
    double[] found = new double[rows];
    for (WeightBlock block : blocks) {
      int m = column - block.firstOutput();
      for (int i = 0; m >= 0 && m < block.outputs() && i < block.inputs(); i++) {
        found[block.firstInput() + i] = element(block, i, m, CellBlock::held);
      }
    }
    return found;
  }

  /**
   * Currents of columns with floating lines over the read voltage, in elements. The lines are those
   * of the crossbars: all columns of a grounded element's cells are grounded and sensed, and added
   * up digitally with sign and significance; columns of other elements float. Crossbars do not
   * share lines.
   */
  double[] floating(boolean[] biased, boolean[] grounded) {
    UnitPlan plan = layout.plan();
    boolean isPair = plan.slicer().weights().isPair();
    double[] currents = new double[columns];
    for (WeightBlock block : blocks) {
      CellBlock cells = block.cells();
      boolean[] high = new boolean[cells.rows()];
      boolean[] low = new boolean[cells.columns()];
      double[][] levels = new double[high.length][low.length];
      for (int r = 0; r < high.length; r++) {
        high[r] = biased[block.firstInput() + r / plan.rowsPerWeight()];
        for (int c = 0; c < low.length; c++) {
          low[c] = grounded[block.firstOutput() + c / plan.columnsPerWeight()];
          levels[r][c] = cells.actual_uS(r, c) / layout.model().step_uS();
        }
      }
      double[] found = FloatingLines.currents(levels, high, low);
      for (int c = 0; c < found.length; c++) {
        int digit = c % plan.columnsPerWeight() / plan.slicer().weights().columnsPerDigit();
        if (digit < plan.slices()) {
          double size = scale * Math.scalb(found[c], digit * plan.slicer().cellBits());
          boolean isNegative = isPair && plan.rowsPerWeight() == 1 && c % 2 == 1;
          currents[block.firstOutput() + c / plan.columnsPerWeight()] += isNegative ? -size : size;
        }
      }
    }
    return currents;
  }

  /** Conductance of the cells of each row, weighted by their significance, in elements. */
  double[] rowLoads() {
    return loads(true);
  }

  /** As {@link #rowLoads}, of each column. */
  double[] columnLoads() {
    return loads(false);
  }

  private double[] loads(boolean ofRows) {
    UnitPlan plan = layout.plan();
    boolean isPair = plan.slicer().weights().isPair();
    double[] loads = new double[ofRows ? rows : columns];
    for (WeightBlock block : blocks) {
      for (int i = 0; i < block.inputs(); i++) {
        for (int m = 0; m < block.outputs(); m++) {
          for (int l = 0; l < plan.slicer().cells(); l++) {
            int digit = isPair ? l / 2 : l;
            if (digit < plan.slices()) {
              Place place = place(block, i, m, l);
              double level =
                  block.cells().actual_uS(place.row(), place.column()) / layout.model().step_uS();
              int line = ofRows ? block.firstInput() + i : block.firstOutput() + m;
              loads[line] += scale * Math.scalb(level, digit * plan.slicer().cellBits());
            }
          }
        }
      }
    }
    return loads;
  }

  /** Another array of the same elements as the controller believes them, with cells of its own. */
  StoredMatrix twin() {
    return new StoredMatrix(
        layout.model(),
        layout.options(),
        layout.losses(),
        precision,
        believed(),
        scale * largest,
        key.child(TWIN));
  }

  /** Key of the matrix. */
  RandomKey key() {
    return key;
  }

  /** Largest magnitude of an element. */
  double fullScale() {
    return scale * largest;
  }

  /** Rows. */
  int rows() {
    return rows;
  }

  /** Columns. */
  int columns() {
    return columns;
  }
}
