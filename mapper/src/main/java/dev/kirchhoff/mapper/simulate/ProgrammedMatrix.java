package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import dev.kirchhoff.mapper.slice.WeightSlicer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A matrix of integer weights written to crossbars, which multiplies vectors of integers as the
 * chip does: rows in groups of those that are read at once, or of those that are driven where
 * others are skipped, digits of the inputs pulse after pulse, a conversion of each sum, and their
 * codes shifted and added.
 *
 * <pre>
 * y_m = Σ_groups Σ_s Σ_t ±2^(b s) 2^(p t) ADC(Σ_i digit_t(x_i) level_s(w_im)) − offset Σ x
 * </pre>
 *
 * <p>If a converter's step is one level the codes are integers and so are all sums. The chip writes
 * row blocks of R / n_r weights and column blocks of C / n_c outputs; blocks of one matrix do not
 * share a crossbar. If positions of a kernel lie apart, each has row blocks of its own. Immutable
 * after calibration.
 */
final class ProgrammedMatrix implements ChipMatrix {
  private static final int CALIBRATION_BATCH = 64;

  /** Product of a sample, of no run of items. */
  private static final int SAMPLE_CALL = 1 << 29;

  /** Product that the digital bias of curved cells is taken from, of no run of items. */
  private static final int BIAS_CALL = SAMPLE_CALL + 1;

  private final CrossbarModel model;
  private final SimulationOptions options;
  private final UnitPlan plan;
  private final InputPasses passes;
  private final List<RowGroup> groups;
  private final int[] order;
  private final int inputs;
  private final int outputs;
  private final int perConverter;
  private final int inputBits;
  private Ranges ranges;
  private CurvedInputs curved;

  /** Mean error of curved cells by output, as codes show it: its digital bias takes it off. */
  private double[] curvedMean;

  private ProgrammedMatrix(
      WeightBlock.Layout layout,
      InputPasses passes,
      int inputBits,
      int[] order,
      int outputs,
      List<RowGroup> groups) {
    model = layout.model();
    options = layout.options();
    plan = layout.plan();
    this.passes = passes;
    this.inputBits = inputBits;
    this.order = order;
    inputs = order.length;
    this.outputs = outputs;
    perConverter = plan.sumsOf(model.column().converter().columns());
    this.groups = List.copyOf(groups);
  }

  /**
   * Weights in the order in which they are written.
   *
   * @param weights by row and output
   * @param order input of each row
   * @param part rows that may share a row block, from a multiple of as many on
   */
  private record Rows(int[][] weights, int[] order, int part) {
    /** Position after position of a kernel, each on row blocks of its own. */
    static Rows of(int[][] weights, int positions) {
      int channels = weights.length / positions;
      int[] order = new int[weights.length];
      Arrays.setAll(order, r -> r % channels * positions + r / channels);
      int[][] ordered = new int[weights.length][];
      Arrays.setAll(ordered, r -> weights[order[r]]);
      return new Rows(ordered, order, channels);
    }
  }

  /**
   * Writes a matrix.
   *
   * @param weights by input and output, within what the precision can store
   * @param bits precision of weights and inputs
   * @param signed whether inputs have signs
   * @param layer key of the layer
   */
  static ProgrammedMatrix write(
      CrossbarModel model,
      SimulationOptions options,
      int[][] weights,
      Precision bits,
      boolean signed,
      RandomKey layer) {
    return write(model, options, Rows.of(weights, 1), bits, signed, layer);
  }

  /** Writes a group of a layer. */
  static ProgrammedMatrix write(
      CrossbarModel model,
      SimulationOptions options,
      QuantisedLayer layer,
      int group,
      RandomKey key) {
    boolean apart = model.kernelsApart() && layer.groups() == 1;
    Rows rows = Rows.of(layer.weights(group), apart ? layer.positions() : 1);
    return write(model, options, rows, layer.precision(), layer.signed(), key);
  }

  private static ProgrammedMatrix write(
      CrossbarModel model,
      SimulationOptions options,
      Rows rows,
      Precision bits,
      boolean signed,
      RandomKey layer) {
    UnitPlan plan = plan(model, bits);
    InputPasses passes =
        InputPasses.of(model.column().encoding(), model.input(), bits.inputs(), signed);
    WeightBlock.Layout layout = new WeightBlock.Layout(model, options, plan);
    List<RowGroup> groups =
        layout
            .write(rows.weights(), rows.part(), layer.child(options.draw()))
            .flatMap(block -> block.groups(passes.largestDigit()).stream())
            .toList();
    return new ProgrammedMatrix(
        layout, passes, bits.inputs(), rows.order(), rows.weights()[0].length, groups);
  }

  /** Units of a weight on a chip. */
  static UnitPlan plan(CrossbarModel model, Precision bits) {
    return UnitPlan.of(
        new WeightSlicer(model.column().encoding(), model.column().cells().bits(), bits.weights()));
  }

  /**
   * The matrix of row groups that are there.
   *
   * @param layout crossbars that they lie on
   * @param passes pulses of an input
   * @param inputBits bits of an input
   * @param inputs inputs of the matrix
   * @param outputs outputs of the matrix
   */
  static ProgrammedMatrix of(
      WeightBlock.Layout layout,
      InputPasses passes,
      int inputBits,
      int inputs,
      int outputs,
      List<RowGroup> groups) {
    int[] order = IntStream.range(0, inputs).toArray();
    return new ProgrammedMatrix(layout, passes, inputBits, order, outputs, groups);
  }

  /** This matrix before its converters are calibrated. */
  ProgrammedMatrix uncalibrated() {
    return uncalibrated(groups);
  }

  private ProgrammedMatrix uncalibrated(List<RowGroup> others) {
    WeightBlock.Layout layout = new WeightBlock.Layout(model, options, plan);
    return new ProgrammedMatrix(layout, passes, inputBits, order, outputs, others);
  }

  /** This matrix with other cells behind the same converters, calibrated as they are. */
  ProgrammedMatrix with(List<RowGroup> others) {
    ProgrammedMatrix other = uncalibrated(others);
    other.ranges = ranges;
    other.curved = curved;
    other.curvedMean = curvedMean;
    return other;
  }

  /** Inputs of the matrix. */
  int inputs() {
    return inputs;
  }

  /** Outputs of the matrix. */
  int outputs() {
    return outputs;
  }

  /** The row groups, for tests. */
  List<RowGroup> groups() {
    return groups;
  }

  /** Pulses of an input. */
  InputPasses passes() {
    return passes;
  }

  /** True if its converters have their ranges. */
  boolean isCalibrated() {
    return ranges != null;
  }

  /** The converters' ranges. */
  Ranges ranges() {
    return ranges;
  }

  /**
   * Sets the converters' ranges, once, from vectors that are typical. A later input never changes
   * them.
   *
   * @param vectors typical inputs, by input, then vector
   */
  void calibrate(int[][] vectors) {
    if (isCalibrated()) {
      throw new IllegalStateException("A matrix's converters are calibrated once.");
    }
    curved = CurvedInputs.of(model.column(), passes, pulseBits(), vectors);
    curvedMean = new double[outputs];
    Ranges.Samples samples = new Ranges.Samples(plan.groups(), passes.digits());
    int count = vectors[0].length;
    MatrixWorkspace space = new MatrixWorkspace(CALIBRATION_BATCH);
    long reads = 0;
    for (int from = 0; from < count; from += CALIBRATION_BATCH) {
      int filled = Math.min(CALIBRATION_BATCH, count - from);
      int[][] batch = new int[inputs][CALIBRATION_BATCH];
      for (int i = 0; i < inputs; i++) {
        System.arraycopy(vectors[order[i]], from, batch[i], 0, filled);
      }
      for (int pass = 0; pass < passes.passes(); pass++) {
        reads += sample(batch, pass, filled, space, samples);
      }
    }
    ranges = Ranges.of(model, options, plan, passes, samples, together(reads, count));
    if (!curved.isStraight()) {
      calibrateBias(vectors, space);
    }
  }

  /**
   * Sets the digital bias of the outputs: the mean of what curved cells make of the products of
   * typical inputs, their codes rounded as they are.
   */
  private void calibrateBias(int[][] vectors, MatrixWorkspace space) {
    ProgrammedMatrix straight = with(groups);
    straight.curved = CurvedInputs.STRAIGHT;
    double[] errors = new double[outputs];
    int count = vectors[0].length;
    int[][] batch = new int[inputs][space.batch()];
    double[][] bent = new double[outputs][space.batch()];
    double[][] meant = new double[outputs][space.batch()];
    for (int from = 0; from < count; from += space.batch()) {
      int filled = Math.min(space.batch(), count - from);
      for (int i = 0; i < inputs; i++) {
        System.arraycopy(vectors[i], from, batch[i], 0, filled);
      }
      multiply(batch, bent, BIAS_CALL, from, space);
      straight.multiply(batch, meant, BIAS_CALL, from, space);
      for (int m = 0; m < outputs; m++) {
        for (int v = 0; v < filled; v++) {
          errors[m] += bent[m][v] - meant[m][v];
        }
      }
    }
    Arrays.setAll(curvedMean, m -> errors[m] / count);
  }

  /** Sums that an output adds up for a digit. */
  private int together(long reads, int vectors) {
    if (!model.column().array().skipsZeroRows()) {
      return (int) groups.stream().filter(group -> group.firstOutput() == 0).count();
    }
    return (int) Math.max(1, Math.round((double) reads / vectors / passes.passes()));
  }

  /**
   * Samples the sums of a batch.
   *
   * @return reads that the first output adds up, over all vectors; 0 where all rows are read
   */
  private long sample(
      int[][] batch, int pass, int filled, MatrixWorkspace space, Ranges.Samples samples) {
    float[][] digits = space.digits(inputs);
    for (int i = 0; i < inputs; i++) {
      passes.set(pass, batch[i], digits[i]);
    }
    long reads = 0;
    for (RowGroup group : groups) {
      float[][] inputsOfGroup = group.inputs(digits);
      if (!model.column().array().skipsZeroRows()) {
        sample(
            group,
            group.product().all(inputsOfGroup, space.analog()),
            pass,
            filled,
            space,
            samples);
        continue;
      }
      DrivenRows driven = space.driven();
      driven.begin(inputsOfGroup, inputsPerRead());
      while (driven.advance()) {
        AnalogProduct.Driven read =
            new AnalogProduct.Driven(driven.first(), driven.inputs(), driven.share());
        int taken = sample(group, read, pass, filled, space, samples);
        reads += group.firstOutput() == 0 ? taken : 0;
      }
    }
    return reads;
  }

  /**
   * Samples a read.
   *
   * @return vectors that have it
   */
  private int sample(
      RowGroup group,
      AnalogProduct.Driven read,
      int pass,
      int filled,
      MatrixWorkspace space,
      Ranges.Samples samples) {
    float[][] sums = space.sums(group.product().units());
    float[][] exact = new float[sums.length][space.batch()];
    group.product().multiply(space.presented(group, read, drawn(read)), sums, space.analog());
    group.exact().multiply(read, exact, space.analog());
    if (!curved.isStraight()) {
      addMeans(group, read, filled, new SampledSums(sums, exact), space);
    }
    int taken = 0;
    for (int v = 0; v < filled; v++) {
      if (read.share()[v] > 0) {
        for (int u = 0; u < group.product().units(); u++) {
          sums[u][taken] = sums[u][v];
          exact[u][taken] = exact[u][v];
        }
        taken++;
      }
    }
    for (int u = 0; u < group.product().units(); u++) {
      samples.add(plan.group(u % plan.units()), passes.digit(pass), sums[u], exact[u], taken);
    }
    return taken;
  }

  /**
   * Sums of a batch.
   *
   * @param sums as the cells add them up
   * @param exact as cells without errors would
   */
  private record SampledSums(float[][] sums, float[][] exact) {}

  /**
   * Adds what curvature makes of the mean of sums to the exact sums: the digital bias of an output
   * takes it off, not its converters.
   */
  private void addMeans(
      RowGroup group,
      AnalogProduct.Driven read,
      int filled,
      SampledSums sampled,
      MatrixWorkspace space) {
    float[][] straight = new float[sampled.sums().length][space.batch()];
    group.product().multiply(space.presented(group, read, read), straight, space.analog());
    for (int u = 0; u < group.product().units(); u++) {
      double error = 0;
      int taken = 0;
      for (int v = 0; v < filled; v++) {
        error += sampled.sums()[u][v] - straight[u][v];
        taken += read.share()[v] > 0 ? 1 : 0;
      }
      for (int v = 0; v < filled && taken > 0; v++) {
        sampled.exact()[u][v] += (float) (error / taken);
      }
    }
  }

  /** Bits of a pulse: digits that are combined have several. */
  private int pulseBits() {
    if (!options.has(NonIdeality.CURVATURE) || plan.countsMatches()) {
      return 1;
    }
    return Math.min(passes.bitsPerPulse(), model.input().bitsOfPulse(inputBits));
  }

  /** A read with its digits as cells pass them on. */
  private AnalogProduct.Driven drawn(AnalogProduct.Driven read) {
    return curved.isStraight()
        ? read
        : new AnalogProduct.Driven(read.first(), curved.of(read.inputs()), read.share());
  }

  /** Inputs of a read of driven rows. */
  private int inputsPerRead() {
    return Math.max(1, model.column().array().rowsActive() / plan.rowsPerWeight());
  }

  /** Elements as a read meets them, wires and gains included: by input, then output. */
  double[][] effective() {
    Parts parts = parts((group, row) -> 1);
    double[][] all = parts.digital();
    for (double[][] part : parts.converted()) {
      for (int i = 0; i < inputs; i++) {
        LinearAlgebra.add(all[i], 1, part[i]);
      }
    }
    return all;
  }

  /** Parts of its elements, rows driven with the gains of their drivers. */
  Parts parts() {
    return parts((group, row) -> group.levels().gain(row));
  }

  /**
   * Parts of elements by input, then output; their sum is what a read meets.
   *
   * @param digital what adders take off or add
   * @param converted what is converted: of each group of slices the digits that its cells should
   *     hold, then the errors of the cells
   */
  record Parts(double[][] digital, List<double[][]> converted) {}

  private interface RowGains {
    /** Gain of a row of a group. */
    double of(RowGroup group, int row);
  }

  private Parts parts(RowGains gains) {
    double[][] digital = new double[inputs][outputs];
    for (double[] ofInput : digital) {
      Arrays.fill(ofInput, plan.countsMatches() ? 0 : -plan.offset());
    }
    List<double[][]> converted =
        Stream.generate(() -> new double[inputs][outputs]).limit(2L * plan.groups()).toList();
    for (RowGroup group : groups) {
      for (int i = 0; i < group.product().rows(); i++) {
        double gain = gains.of(group, i);
        int input = order[group.firstInput() + i];
        for (int u = 0; u < group.product().units(); u++) {
          int unit = u % plan.units();
          int output = group.firstOutput() + u / plan.units();
          boolean flipped = group.flipped()[u];
          double significance = flipped ? -plan.significance(unit) : plan.significance(unit);
          double digit = group.exact().weight(i, u);
          double error = gain * group.product().weight(i, u) - digit;
          converted.get(2 * plan.group(unit))[input][output] += significance * digit;
          converted.get(2 * plan.group(unit) + 1)[input][output] += significance * error;
          if (flipped) {
            digital[input][output] -= significance * plan.largestLevel() * plan.shares(unit);
          }
        }
      }
    }
    return new Parts(digital, converted);
  }

  @Override
  public void multiply(
      int[][] vectors, double[][] products, int call, long first, MatrixWorkspace space) {
    multiply(vectors, new AnalogProduct.Units(0, outputs), products, call, first, space);
  }

  /**
   * Products of a sample, by output, then vector.
   *
   * @param sample by input, then vector
   */
  double[][] read(int[][] sample) {
    int count = sample[0].length;
    double[][] read = new double[outputs][count];
    double[][] products = new double[outputs][CALIBRATION_BATCH];
    MatrixWorkspace space = new MatrixWorkspace(CALIBRATION_BATCH);
    for (int from = 0; from < count; from += CALIBRATION_BATCH) {
      int filled = Math.min(CALIBRATION_BATCH, count - from);
      int[][] batch = new int[inputs][CALIBRATION_BATCH];
      for (int i = 0; i < inputs; i++) {
        System.arraycopy(sample[i], from, batch[i], 0, filled);
      }
      multiply(batch, products, SAMPLE_CALL, from, space);
      for (int m = 0; m < outputs; m++) {
        System.arraycopy(products[m], 0, read[m], from, filled);
      }
    }
    return read;
  }

  /**
   * Multiplies a batch for some outputs, whose columns alone are read; the products are those of a
   * read of all.
   *
   * @param some outputs that are read
   */
  void multiply(
      int[][] vectors,
      AnalogProduct.Units some,
      double[][] products,
      int call,
      long first,
      MatrixWorkspace space) {
    for (int m = some.from(); m < some.to(); m++) {
      Arrays.fill(products[m], 0);
    }
    float[][] digits = space.digits(inputs);
    for (int pass = 0; pass < passes.passes(); pass++) {
      boolean any = false;
      for (int i = 0; i < inputs; i++) {
        any |= passes.set(pass, vectors[order[i]], digits[i]);
      }
      if (!any && pass >= passes.digits()) {
        continue;
      }
      for (RowGroup group : groups) {
        AnalogProduct.Units units = units(group, some);
        if (units.to() > units.from()) {
          read(group, units, digits, pass, products, new Draws(call, first), space);
        }
      }
    }
    takeOffset(vectors, some, products);
    for (int m = some.from(); m < some.to() && !curved.isStraight(); m++) {
      for (int v = 0; v < products[m].length; v++) {
        products[m][v] -= curvedMean[m];
      }
    }
  }

  private record Draws(int call, long first) {}

  /** Units of a group that belong to outputs. */
  private AnalogProduct.Units units(RowGroup group, AnalogProduct.Units ofOutputs) {
    int from = (ofOutputs.from() - group.firstOutput()) * plan.units();
    int to = (ofOutputs.to() - group.firstOutput()) * plan.units();
    return new AnalogProduct.Units(Math.max(0, from), Math.min(group.product().units(), to));
  }

  private void read(
      RowGroup group,
      AnalogProduct.Units units,
      float[][] digits,
      int pass,
      double[][] products,
      Draws draws,
      MatrixWorkspace space) {
    float[][] inputsOfGroup = group.inputs(digits);
    RandomKey key = group.key().child(draws.call()).child(pass);
    if (!model.column().array().skipsZeroRows()) {
      AnalogProduct.Driven all = group.product().all(inputsOfGroup, space.analog());
      read(group, units, all, pass, products, key, draws.first(), space);
      return;
    }
    DrivenRows driven = space.driven();
    driven.begin(inputsOfGroup, inputsPerRead());
    for (int r = 0; driven.advance(); r++) {
      AnalogProduct.Driven read =
          new AnalogProduct.Driven(driven.first(), driven.inputs(), driven.share());
      read(group, units, read, pass, products, key.child(r), draws.first(), space);
    }
  }

  private void read(
      RowGroup group,
      AnalogProduct.Units units,
      AnalogProduct.Driven driven,
      int pass,
      double[][] products,
      RandomKey key,
      long first,
      MatrixWorkspace space) {
    AnalogProduct product = group.product();
    float[][] sums = space.sums(product.units());
    int digit = passes.digit(pass);
    float[] extra = ranges.lostVariance(digit);
    AnalogProduct.Noise noise = new AnalogProduct.Noise(key, first, extra);
    RandomKey rows = key.child(product.units());
    AnalogProduct.Driven presented = space.presented(group, driven, drawn(driven), rows, first);
    product.multiply(presented, units, sums, noise, space.analog());
    double weight = passes.significance(pass);
    for (int u = units.from(); u < units.to(); u++) {
      int unit = u % plan.units();
      ranges.convert(sums[u], plan.group(unit), digit, group.converters().child(u / perConverter));
      leaveOut(sums[u], driven.share());
      double significance = weight * plan.significance(unit);
      double[] out = products[group.firstOutput() + u / plan.units()];
      if (group.flipped()[u]) {
        addFlipped(out, sums[u], driven.inputs(), significance, plan.shares(unit));
      } else {
        add(out, sums[u], significance);
      }
    }
  }

  /** A vector without driven rows has no code. */
  private static void leaveOut(float[] sums, float[] share) {
    for (int v = 0; v < sums.length; v++) {
      if (share[v] == 0) {
        sums[v] = 0;
      }
    }
  }

  private static void add(double[] out, float[] sums, double significance) {
    for (int v = 0; v < out.length; v++) {
      out[v] += significance * sums[v];
    }
  }

  /** An inverted column says D Σ x − Σ x l. */
  private void addFlipped(
      double[] out, float[] sums, float[][] digits, double significance, double shares) {
    double most = plan.largestLevel() * shares;
    for (int v = 0; v < out.length; v++) {
      double driven = 0;
      for (float[] ofRow : digits) {
        driven += ofRow[v];
      }
      out[v] += significance * (most * driven - sums[v]);
    }
  }

  private void takeOffset(int[][] vectors, AnalogProduct.Units some, double[][] products) {
    if (plan.countsMatches()) {
      double most = inputs * (double) plan.slicer().largest() * passes.largest();
      for (int m = some.from(); m < some.to(); m++) {
        for (int v = 0; v < products[m].length; v++) {
          products[m][v] -= most;
        }
      }
      return;
    }
    double offset = plan.offset();
    if (offset == 0) {
      return;
    }
    int batch = vectors[0].length;
    for (int v = 0; v < batch; v++) {
      long sum = 0;
      for (int i = 0; i < inputs; i++) {
        sum += vectors[i][v];
      }
      for (int m = some.from(); m < some.to(); m++) {
        products[m][v] -= offset * sum;
      }
    }
  }
}
