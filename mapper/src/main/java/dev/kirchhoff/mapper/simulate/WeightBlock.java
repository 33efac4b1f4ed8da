package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Block of the weights of a matrix in one crossbar.
 *
 * @param layout crossbars that the matrix is written to
 * @param cells cells of the block
 * @param flipped for each column of the crossbar, whether it is inverted
 * @param firstInput first row of the matrix in the block
 * @param firstOutput first output of the matrix in the block
 * @param key key of the crossbar and its draw
 */
record WeightBlock(
    Layout layout,
    CellBlock cells,
    boolean[] flipped,
    int firstInput,
    int firstOutput,
    RandomKey key) {

  /**
   * Crossbars of a matrix: row blocks of R / n_r weights, column blocks of C / n_c outputs.
   *
   * @param model the chip's crossbars
   * @param options effects, draw and age
   * @param plan units of a weight
   * @param losses losses in wires of the mean chip; empty if each chip is solved by itself
   */
  record Layout(
      CrossbarModel model, SimulationOptions options, UnitPlan plan, Optional<WireLosses> losses) {
    /** Crossbars whose wires are solved for each chip. */
    Layout(CrossbarModel model, SimulationOptions options, UnitPlan plan) {
      this(model, options, plan, Optional.empty());
    }

    /** Rows of weights in a crossbar. */
    int weightsDown() {
      return Math.max(1, model.column().array().rows() / plan.rowsPerWeight());
    }

    /** Outputs in a crossbar. */
    int weightsAcross() {
      return Math.max(1, model.column().array().columns() / plan.columnsPerWeight());
    }

    /** Rows of weights of a block that are read at once. */
    int perRead() {
      int active = model.column().array().rowsActive() / plan.rowsPerWeight();
      return Math.max(1, Math.min(weightsDown(), active));
    }

    /**
     * Writes a matrix block by block, each as the stream comes to it.
     *
     * @param weights by row and output
     * @param part rows that may share a row block, from a multiple of as many on
     * @param draw key of the matrix and its draw
     */
    Stream<WeightBlock> write(int[][] weights, int part, RandomKey draw) {
      List<int[]> places = new ArrayList<>();
      for (int from = 0; from < weights.length; from += part) {
        for (int k = from; k < from + part; k += weightsDown()) {
          for (int m = 0; m < weights[0].length; m += weightsAcross()) {
            places.add(new int[] {k, m, Math.min(weightsDown(), from + part - k)});
          }
        }
      }
      return IntStream.range(0, places.size())
          .mapToObj(
              array -> {
                int[] position = places.get(array);
                return block(weights, position[0], position[1], position[2], draw.child(array));
              });
    }

    /** Writes the block of as many weights from row k and output m on. */
    private WeightBlock block(int[][] weights, int k, int m, int count, RandomKey key) {
      int across = Math.min(weightsAcross(), weights[0].length - m);
      int wide = across * plan.columnsPerWeight();
      int[] levels = levels(weights, k, count, m, wide);
      boolean[] flipped = flip(levels, wide);
      CellBlock cells = new CellBlock(model, options, levels, wide, key.child(0), losses);
      boolean gated = model.column().array().gated();
      int group = perRead() * plan.rowsPerWeight();
      if (model.column().array().skipsZeroRows() && gated) {
        cells.solveScatteredRows(group);
      } else {
        cells.solveWires(group, gated);
      }
      return new WeightBlock(this, cells, flipped, k, m, key);
    }

    private int[] levels(int[][] weights, int k, int count, int m, int wide) {
      int tall = plan.rowsPerWeight();
      int perWeight = plan.columnsPerWeight();
      int[] levels = new int[count * tall * wide];
      for (int i = 0; i < count; i++) {
        for (int o = 0; o < wide / perWeight; o++) {
          int[] ofWeight = plan.slicer().levels(weights[k + i][m + o]);
          for (int l = 0; l < ofWeight.length; l++) {
            int row = i * tall + plan.slicer().row(l);
            levels[row * wide + o * perWeight + plan.slicer().column(l)] = ofWeight[l];
          }
        }
      }
      return levels;
    }

    /** Inverts the columns of whose levels the sum is more than half of the largest. */
    private boolean[] flip(int[] levels, int wide) {
      boolean[] flipped = new boolean[wide];
      if (!model.column().encoding().flip() || plan.offset() == 0) {
        return flipped;
      }
      int rows = levels.length / wide;
      for (int c = 0; c < wide; c++) {
        long sum = 0;
        for (int r = 0; r < rows; r++) {
          sum += levels[r * wide + c];
        }
        flipped[c] = 2 * sum > (long) rows * plan.largestLevel();
        for (int r = 0; flipped[c] && r < rows; r++) {
          levels[r * wide + c] = plan.slicer().flip(levels[r * wide + c]);
        }
      }
      return flipped;
    }
  }

  /** Rows of weights. */
  int inputs() {
    return cells.rows() / layout.plan().rowsPerWeight();
  }

  /** Outputs. */
  int outputs() {
    return cells.columns() / layout.plan().columnsPerWeight();
  }

  /**
   * Rows that are read together, group after group.
   *
   * @param largestDigit largest digit of an input
   */
  List<RowGroup> groups(int largestDigit) {
    boolean skips = layout.model().column().array().skipsZeroRows();
    int perRead = skips ? inputs() : layout.perRead();
    RowGroup.RowGroupContext place =
        new RowGroup.RowGroupContext(
            layout.model(),
            layout.options(),
            layout.plan(),
            largestDigit,
            firstInput,
            firstOutput,
            key);
    List<RowGroup> made = new ArrayList<>();
    for (int first = 0; first < inputs(); first += perRead) {
      int count = Math.min(perRead, inputs() - first);
      made.add(RowGroup.of(cells, place, flipped, first, count));
    }
    return made;
  }

  /**
   * Columns that a transpose read drives together, group after group.
   *
   * @param transposed crossbars read from their columns
   * @param largestDigit largest digit of an input
   */
  List<RowGroup> groupsBack(Layout transposed, int largestDigit) {
    RowGroup.RowGroupContext place =
        new RowGroup.RowGroupContext(
            transposed.model(),
            transposed.options(),
            transposed.plan(),
            largestDigit,
            firstOutput,
            firstInput,
            key.child(RowGroup.TRANSPOSE));
    int perRead = transposed.perRead();
    List<RowGroup> made = new ArrayList<>();
    for (int first = 0; first < outputs(); first += perRead) {
      int count = Math.min(perRead, outputs() - first);
      made.add(RowGroup.transposed(cells, layout.plan(), place, first, count));
    }
    return made;
  }
}
