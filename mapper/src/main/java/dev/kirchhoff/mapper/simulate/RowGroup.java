package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.mapper.column.ColumnModel;
import java.util.Arrays;

/**
 * Rows of one block that are read together: the analogue product of their inputs and what its sums
 * mean.
 *
 * @param product the sums
 * @param levels levels of its inputs
 * @param exact the sums of cells without error
 * @param firstInput first input of the matrix that drives it
 * @param firstOutput first output of the matrix that it adds to
 * @param flipped for each unit, whether its column is inverted
 * @param key key of its reads
 * @param converters key of its crossbar's converters
 */
record RowGroup(
    AnalogProduct product,
    RowLevels levels,
    AnalogProduct exact,
    int firstInput,
    int firstOutput,
    boolean[] flipped,
    RandomKey key,
    RandomKey converters) {
  private static final int READS = 1;
  private static final int CONVERTERS = 2;
  private static final int GROUNDS = 3;
  private static final int DRIVERS = 4;

  /** Key of a block's parts in transpose reads, of that of the block. */
  static final int TRANSPOSE = 5;

  /**
   * Reads a row group off a block.
   *
   * @param block the block
   * @param place its place among the crossbars
   * @param flippedColumns for each column of the block, whether it is inverted
   * @param first first weight of the group in the block
   * @param count weights of the group
   */
  static RowGroup of(
      CellBlock block, RowGroupContext place, boolean[] flippedColumns, int first, int count) {
    UnitPlan plan = place.plan();
    RandomKey reads = place.key().child(READS).child(first);
    int wide = plan.columnsPerWeight();
    int outputs = block.columns() / wide;
    int ofWeight = plan.units();
    int units = outputs * ofWeight;
    float[][] weights = new float[count][units];
    float[][] targets = new float[count][units];
    float[][] variances = new float[count][units];
    double[] column_uS = new double[block.columns()];
    boolean[] flipped = new boolean[units];
    double[] always = new double[units];
    float[] alwaysExact = new float[units];
    // Of a pair that counts matches one cell is read, not half of each.
    double pairs = plan.countsMatches() ? 2 : 1;
    double base = plan.hasBaseline() ? block.baseline() : 0;
    boolean[] holdsDigit = new boolean[wide];
    int[] unitOf = new int[wide];
    double[][] shareOf = new double[plan.rowsPerWeight()][wide];
    for (int c = 0; c < wide; c++) {
      holdsDigit[c] = plan.holdsDigit(c);
      unitOf[c] = holdsDigit[c] ? plan.unit(c) : 0;
      for (int r = 0; r < shareOf.length && holdsDigit[c]; r++) {
        shareOf[r][c] = plan.share(r, c);
      }
    }
    boolean noisy = false;
    for (int i = 0; i < count; i++) {
      double[] sums = new double[units];
      double[] squares = new double[units];
      for (int r = 0; r < shareOf.length; r++) {
        int row = (first + i) * shareOf.length + r;
        for (int c = 0; c < block.columns(); c++) {
          if (!holdsDigit[c % wide]) {
            continue;
          }
          int output = c / wide * ofWeight + unitOf[c % wide];
          double share = shareOf[r][c % wide];
          double sigma = block.sigma(row, c);
          sums[output] += share * (block.levels(row, c) - base);
          targets[i][output] += (float) (share * block.target(row, c));
          squares[output] += pairs * share * share * sigma * sigma;
          if (plan.countsMatches()) {
            double half = Math.abs(share);
            always[output] += half * (block.levels(row, c) - base);
            alwaysExact[output] += (float) (half * block.target(row, c));
          }
          // One cell of a pair that counts matches is on.
          column_uS[c] += block.actual_uS(row, c) / pairs;
          flipped[output] |= flippedColumns[c];
        }
      }
      for (int u = 0; u < units; u++) {
        weights[i][u] = (float) sums[u];
        variances[i][u] = (float) squares[u];
        noisy |= squares[u] > 0;
      }
    }
    AnalogProduct product =
        new AnalogProduct(
            weights,
            noisy ? variances : new float[0][],
            place.offsets(column_uS, always),
            place.ownVariance(place.withIdleRows(column_uS, block), units));
    AnalogProduct exact = new AnalogProduct(targets, new float[0][], alwaysExact, new float[0]);
    return new RowGroup(
        product,
        place.levels(first, count),
        exact,
        place.firstInput() + first,
        place.firstOutput(),
        flipped,
        reads,
        place.key().child(CONVERTERS));
  }

  /**
   * Columns of one block, none of them inverted, that a transpose read drives together: inputs are
   * outputs of the block, sums those of its rows, one for each digit of a weight.
   *
   * @param block the block
   * @param forward units of a weight in the forward direction
   * @param place its place, of a transposed model and plan
   * @param first first output of the group in the block
   * @param count outputs of the group
   */
  static RowGroup transposed(
      CellBlock block, UnitPlan forward, RowGroupContext place, int first, int count) {
    UnitPlan plan = place.plan();
    boolean onRows = forward.rowsPerWeight() > 1;
    boolean apart = plan.slicer().weights().subtractsCodes();
    boolean isPair = forward.slicer().weights().isPair();
    int perDigit = forward.slicer().weights().columnsPerDigit();
    int tall = forward.rowsPerWeight();
    int slices = forward.slices();
    int ofWeight = plan.units();
    int wide = forward.columnsPerWeight();
    int outputs = block.rows() / tall;
    int units = outputs * plan.units();
    double base = plan.hasBaseline() ? block.baseline() : 0;
    float[][] weights = new float[count][units];
    float[][] targets = new float[count][units];
    float[][] variances = new float[count][units];
    double[] line_uS = new double[units];
    double[] offsets = new double[units];
    boolean noisy = false;
    for (int row = 0; row < block.rows(); row++) {
      double[] driven_uS = new double[units];
      for (int c = first * wide; c < (first + count) * wide; c++) {
        int digit = c % wide / perDigit;
        if (digit >= slices) {
          continue;
        }
        int sign = !isPair ? 0 : onRows ? row % 2 : c % 2;
        int column = row / tall * ofWeight + (apart ? 2 * digit + sign : digit);
        double share = sign == 1 && !apart ? -1 : 1;
        int input = c / wide - first;
        weights[input][column] += (float) (share * (block.levelsBack(row, c) - base));
        targets[input][column] += (float) (share * block.target(row, c));
        double sigma = block.sigmaBack(row, c);
        variances[input][column] += (float) (sigma * sigma);
        noisy |= sigma > 0;
        driven_uS[column] += block.actual_uS(row, c);
      }
      double ground = place.ground(row);
      for (int u = 0; u < units; u++) {
        line_uS[u] += driven_uS[u];
        double sign = onRows && !apart && row % 2 == 1 ? -1 : 1;
        offsets[u] +=
            sign * ground * place.model().groundOffset(driven_uS[u], place.largestDigit());
      }
    }
    float[] own = place.ownVariance(new double[0], units);
    for (int u = 0; u < own.length && place.model().column().summation().isCurrent(); u++) {
      own[u] = (float) place.model().thermalVariance(line_uS[u], place.largestDigit());
    }
    float[] always = new float[units];
    for (int u = 0; u < units; u++) {
      always[u] = (float) offsets[u];
    }
    return new RowGroup(
        new AnalogProduct(weights, noisy ? variances : new float[0][], always, own),
        place.levels(first, count),
        new AnalogProduct(targets, new float[0][], new float[units], new float[0]),
        place.firstInput() + first,
        place.firstOutput(),
        new boolean[units],
        place.key().child(READS).child(first),
        place.key().child(CONVERTERS));
  }

  /**
   * Position of a group in its matrix, and the model and draws of its cells.
   *
   * @param model the chip's crossbars
   * @param options effects, draw and age
   * @param plan units of a weight
   * @param largestDigit largest digit of an input
   * @param firstInput first input of its block
   * @param firstOutput first output of its block
   * @param key key of its block
   */
  record RowGroupContext(
      CrossbarModel model,
      SimulationOptions options,
      UnitPlan plan,
      int largestDigit,
      int firstInput,
      int firstOutput,
      RandomKey key) {
    /**
     * Input-independent terms of the sums: offsets of the virtual grounds, one a column of the
     * crossbar, whichever of its rows are read.
     *
     * @param column_uS conductance of the rows of each column
     * @param always input-independent terms of other causes
     */
    float[] offsets(double[] column_uS, double[] always) {
      double[] offsets = always.clone();
      if (options.has(NonIdeality.READOUT) && model.column().summation().isCurrent()) {
        RandomKey draws = key.child(GROUNDS);
        for (int c = 0; c < column_uS.length; c++) {
          if (holdsDigit(c)) {
            offsets[unit(c)] +=
                share(c) * model.groundOffset(column_uS[c], largestDigit) * draws.gaussian(c);
          }
        }
      }
      float[] singles = new float[offsets.length];
      for (int u = 0; u < singles.length; u++) {
        singles[u] = (float) offsets[u];
      }
      return singles;
    }

    /**
     * Conductance of columns with that of the rows that are not read, which are held at the
     * reference; rows beyond the block are at the foot of the window.
     *
     * @param column_uS conductance of the rows of each column that are read
     */
    double[] withIdleRows(double[] column_uS, CellBlock block) {
      ColumnModel column = model.column();
      double share = column.array().idleShare();
      if (share == 0 || !column.summation().isCurrent()) {
        return column_uS;
      }
      double empty_uS = column.column_uS(Math.max(0, column.array().rows() - block.rows()), 0);
      double[] all_uS = new double[column_uS.length];
      for (int c = 0; c < all_uS.length; c++) {
        double stored_uS = 0;
        for (int row = 0; row < block.rows(); row++) {
          stored_uS += block.actual_uS(row, c);
        }
        all_uS[c] = column_uS[c] + share * (stored_uS - column_uS[c] + empty_uS);
      }
      return all_uS;
    }

    /** Offset of the virtual ground of a line, in standard deviations; 0 where there is none. */
    double ground(int line) {
      boolean has = options.has(NonIdeality.READOUT) && model.column().summation().isCurrent();
      return has ? key.child(GROUNDS).gaussian(line) : 0;
    }

    /** Thermal noise of the sums, of which columns have their own; empty without. */
    float[] ownVariance(double[] column_uS, int units) {
      if (!options.has(NonIdeality.READOUT) || model.isDigital()) {
        return new float[0];
      }
      float[] variance = new float[units];
      if (!model.column().summation().isCurrent()) {
        Arrays.fill(variance, (float) model.chargeVariance(plan.largestDigit(0) * largestDigit));
        return variance;
      }
      for (int c = 0; c < column_uS.length; c++) {
        if (holdsDigit(c)) {
          double thermal = model.thermalVariance(column_uS[c], largestDigit);
          variance[unit(c)] += (float) (share(c) * share(c) * thermal);
        }
      }
      return variance;
    }

    /** Levels of the rows of a group, each with a driver of its own whichever rows are read. */
    RowLevels levels(int first, int count) {
      InputErrors errors = model.column().inputs();
      boolean exact = errors.isNone() || plan.countsMatches() || model.isDigital();
      return exact || !options.has(NonIdeality.INPUT)
          ? RowLevels.exact()
          : RowLevels.draw(errors, key.child(DRIVERS), first, count, largestDigit);
    }

    private boolean holdsDigit(int column) {
      return plan.holdsDigit(column % plan.columnsPerWeight());
    }

    /** Unit of a block that a column with digits belongs to. */
    private int unit(int column) {
      return column / plan.columnsPerWeight() * plan.units()
          + plan.unit(column % plan.columnsPerWeight());
    }

    private double share(int column) {
      return plan.columnShare(column % plan.columnsPerWeight());
    }
  }

  /** Rows filled in front and behind by nothing: inputs of this group by row. */
  float[][] inputs(float[][] all) {
    return Arrays.copyOfRange(all, firstInput, firstInput + product.rows());
  }
}
