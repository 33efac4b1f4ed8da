package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.fidelity.CellVariation;
import dev.kirchhoff.mapper.fidelity.DigitStatistics;
import dev.kirchhoff.mapper.fidelity.RefreshInterval;
import dev.kirchhoff.mapper.fidelity.SignalToNoise;
import dev.kirchhoff.mapper.slice.Slicing;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Signal-to-noise ratio of a mapped design: the mean of the layers' noise-to-signal ratios (weight
 * 1 / layers each), the worst network counts. How noise adds up over depth depends on the network:
 * if all of it reached the output (weight 1) the ratio would be 10 log10(layers) lower, which was
 * measured on networks of two or three layers only; the mean keeps the published rule of thumb, 18
 * dB for about one point of accuracy, comparable between networks of different depth. Dynamic
 * matrices are digital and add none. Without a network it is that of a matrix with as many inputs
 * as rows are active and uniform values. The refresh interval is the age at which a network's noise
 * has grown to twice (3 dB above) that of the stated age, at most the retention. Not safe for
 * several threads.
 */
final class LayerNoise {
  private static final int VARIATIONS = 64;
  private static final double THREE_DB = 2;
  private static final int SLOTS = SignalToNoise.SLOTS;
  private static final ValueStatistics UNIFORM = new ValueStatistics(0, 0.5, 0.57735, 0);
  private static final ValueStatistics UNIFORM_SIGNED = new ValueStatistics(0, 0.5, 0.57735, 0.5);

  private final double[] result = new double[SignalToNoise.SLOTS];
  private final CellVariation[] variations = new CellVariation[VARIATIONS];
  private final CellVariation.Aged[] aged = new CellVariation.Aged[VARIATIONS];
  private final Device[] devices = new Device[VARIATIONS];
  private final int[] cellBits = new int[VARIATIONS];
  private final NetworkStatistics reference = new NetworkStatistics(reference());
  private int next;
  private double[] sensitivity = new double[16];
  private double[] ofLayer = new double[16];
  private double[] results = new double[32 * SLOTS];
  private double[] sensitivities = new double[512];
  private DesignMapping mapping;
  private SignalToNoise model;

  private double[] means = new double[4];
  private double worst;

  /** Largest estimated loss of any network; NaN where no network has an estimate. */
  private double accuracyLoss;

  /** High end of the band of the network where that is largest. */
  private double accuracyLossHigh;

  private int depth;
  private double irDrop;
  private double refresh_s;

  private static Network reference() {
    MatrixShape shape = new MatrixShape(1, 1, 1, 1, 1, 1, 1, 1);
    Layer layer = new Layer("peak", shape, false, UNIFORM, UNIFORM_SIGNED, List.of(), -1);
    return new Network("peak", List.of(layer), "");
  }

  /** Computes the noise of a design. */
  void set(DesignMapping mapping) {
    this.mapping = mapping;
    Design design = mapping.design();
    CellVariation variation = variation(design.chip().cell());
    model =
        SignalToNoise.of(
            design.chip(), mapping.prices(), aged(variation, design.operation().age_s()));
    worst = 0;
    accuracyLoss = Double.NaN;
    accuracyLossHigh = Double.NaN;
    depth = 1;
    irDrop = 0;
    refresh_s = Double.POSITIVE_INFINITY;
    if (sensitivity.length < variation.levels()) {
      sensitivity = new double[variation.levels()];
      ofLayer = new double[variation.levels()];
    }
    if (means.length < mapping.jobs()) {
      means = new double[mapping.jobs()];
    }
    for (int j = 0; j < mapping.jobs(); j++) {
      JobMapping job = mapping.job(j);
      add(j, computed(job, variation));
    }
    if (mapping.jobs() == 0) {
      peak();
      worst = result[SignalToNoise.TOTAL];
      irDrop = result[SignalToNoise.IR_PARAMETER];
    }
  }

  private void add(int j, NetworkNoise network) {
    double mean = network.layers() == 0 ? 0 : network.total() / network.layers();
    means[j] = mean;
    Optional<AccuracyModel> accuracy = mapping.job(j).job().network().accuracy();
    if (accuracy.isPresent()) {
      AccuracyModel.Point at = accuracy.get().at(SignalToNoise.decibel(mean));
      accuracyLoss = accuracyLoss >= at.loss() ? accuracyLoss : at.loss();
      accuracyLossHigh = accuracyLossHigh >= at.high() ? accuracyLossHigh : at.high();
    }
    if (mean > worst) {
      worst = mean;
      depth = network.layers();
    }
    irDrop = Math.max(irDrop, network.irParameter());
    refresh_s = Math.min(refresh_s, network.refresh_s());
  }

  private NetworkNoise computed(JobMapping job, CellVariation variation) {
    Arrays.fill(sensitivity, 0);
    double total = 0;
    double cells = 0;
    double irParameter = 0;
    int counted = 0;
    int layers = job.layers();
    int levels = variation.levels();
    NetworkStatistics weights = job.statistics();
    if (results.length < layers * SLOTS) {
      results = new double[layers * SLOTS];
    }
    if (sensitivities.length < layers * levels) {
      sensitivities = new double[layers * levels];
    }
    for (int l = 0; l < layers; l++) {
      if (job.crossbarsOfCopy(l) == 0) {
        continue;
      }
      int twin = same(job, l, job.statistics().twin(l));
      if (twin == l) {
        compute(job, l, levels);
        irParameter = Math.max(irParameter, result[SignalToNoise.IR_PARAMETER]);
      }
      counted++;
      double ofCells = results[twin * SLOTS + SignalToNoise.CELLS];
      double kappa = weights.weightOfCells(l, results[twin * SLOTS + SignalToNoise.SAID]);
      total += weights.reaching(l, results, twin * SLOTS);
      cells += kappa * ofCells;
      int at = twin * levels;
      for (int level = 0; level < levels; level++) {
        sensitivity[level] += kappa * sensitivities[at + level];
      }
    }
    int shared = weights.isWeighted() ? Math.min(1, counted) : counted;
    return new NetworkNoise(total, shared, irParameter, refresh_s(total, cells, variation));
  }

  /** Noise and sensitivity of a layer, from those of one that differs in its outputs if it can. */
  private void compute(JobMapping job, int l, int levels) {
    int sibling = same(job, l, job.statistics().sibling(l));
    if (sibling == l) {
      layer(job, l);
      Arrays.fill(ofLayer, 0, levels, 0);
      addSensitivity(job, l, ofLayer);
      System.arraycopy(ofLayer, 0, sensitivities, l * levels, levels);
    } else {
      System.arraycopy(results, sibling * SLOTS, result, 0, SLOTS);
      setOutputs(job, l);
      System.arraycopy(sensitivities, sibling * levels, sensitivities, l * levels, levels);
    }
    System.arraycopy(result, 0, results, l * SLOTS, SLOTS);
  }

  private void addSensitivity(JobMapping job, int l, double[] perLevel) {
    model.addCellSensitivity(
        job.inputDigits(l),
        job.weightDigits(l),
        shape(job, l).inputsPerOutput(),
        1,
        result,
        perLevel);
  }

  private double refresh_s(double total, double cells, CellVariation variation) {
    double retention_s = mapping.design().chip().cell().device().limits().retention_s();
    return RefreshInterval.time_s(
        total - cells, sensitivity, variation, THREE_DB * total, retention_s);
  }

  /** An earlier layer like another in its matrix if digits are the same as well, else the other. */
  private static int same(JobMapping job, int l, int earlier) {
    boolean same =
        job.crossbarsOfCopy(earlier) != 0
            && job.inputDigits(earlier) == job.inputDigits(l)
            && job.weightDigits(earlier) == job.weightDigits(l);
    return same ? earlier : l;
  }

  private void layer(JobMapping job, int l) {
    MatrixShape shape = shape(job, l);
    model.set(
        job.inputDigits(l),
        job.weightDigits(l),
        shape.inputsPerOutput(),
        shape.outputsPerGroup(),
        result);
  }

  private void setOutputs(JobMapping job, int l) {
    MatrixShape shape = shape(job, l);
    model.setOutputs(
        job.inputDigits(l),
        job.weightDigits(l),
        shape.inputsPerOutput(),
        shape.outputsPerGroup(),
        result);
  }

  private static MatrixShape shape(JobMapping job, int l) {
    return job.job().network().layers().get(l).shape();
  }

  private void peak() {
    Design design = mapping.design();
    Precision bits =
        new Precision(design.peakWeightBits(), design.peakInputBits(), design.peakInputBits());
    Encoding encoding = mapping.use().weights().encoding();
    DigitStatistics inputs = reference.inputs(0, encoding, mapping.use().input(), bits.inputs());
    DigitStatistics weights =
        reference.weights(
            0,
            encoding,
            bits.weights(),
            mapping.use().digitBits(bits.weights()),
            mapping.use().cellBits());
    Slicing slicing =
        Slicing.of(
            mapping.use().weights(),
            mapping.use().cellBits(),
            mapping.use().input(),
            bits.weights(),
            bits.inputs());
    int rows = Math.max(1, mapping.use().side().rowsActive() / slicing.rowsPerWeight());
    int columns = Math.max(1, mapping.use().side().columns() / slicing.columnsPerWeight());
    model.set(inputs, weights, rows, columns, result);
  }

  private CellVariation.Aged aged(CellVariation variation, double age_s) {
    int i = 0;
    while (variations[i] != variation) {
      i++;
    }
    if (aged[i] == null || aged[i].age_s() != age_s) {
      aged[i] = variation.at(age_s);
    }
    return aged[i];
  }

  private CellVariation variation(Cell cell) {
    for (int i = 0; i < VARIATIONS && variations[i] != null; i++) {
      if (cellBits[i] == cell.bits() && devices[i] == cell.device()) {
        return variations[i];
      }
    }
    for (int i = 0; i < VARIATIONS && variations[i] != null; i++) {
      if (cellBits[i] == cell.bits() && devices[i].equals(cell.device())) {
        return variations[i];
      }
    }
    CellVariation fresh = CellVariation.of(cell);
    variations[next] = fresh;
    aged[next] = null;
    devices[next] = cell.device();
    cellBits[next] = cell.bits();
    next = (next + 1) % VARIATIONS;
    return fresh;
  }

  /** Estimated loss of accuracy of the network that loses most, 0..1; NaN without an estimate. */
  double accuracyLoss() {
    return accuracyLoss;
  }

  /** The most that four of five chips are estimated to lose; NaN without an estimate. */
  double accuracyLossHigh() {
    return accuracyLossHigh;
  }

  /** Its band: that of the accuracy model of the network that loses most. */
  Band accuracyBand() {
    Band widest = new Band(accuracyLoss, accuracyLoss, accuracyLoss);
    for (int j = 0; j < mapping.jobs(); j++) {
      if (accuracyLoss(j) == accuracyLoss) {
        AccuracyModel.Point at = accuracy(j);
        widest = Band.of(at.low(), accuracyLoss, at.high());
      }
    }
    return widest;
  }

  /** The same of one network. */
  double accuracyLoss(int j) {
    return hasAccuracy(j) ? accuracy(j).loss() : Double.NaN;
  }

  /** The same of one network. */
  double accuracyLossHigh(int j) {
    return hasAccuracy(j) ? accuracy(j).high() : Double.NaN;
  }

  private boolean hasAccuracy(int j) {
    return mapping.job(j).job().network().accuracy().isPresent();
  }

  private AccuracyModel.Point accuracy(int j) {
    AccuracyModel model = mapping.job(j).job().network().accuracy().orElseThrow();
    return model.at(SignalToNoise.decibel(means[j]));
  }

  /** Signal-to-noise ratio of the worst network. */
  double snr_dB() {
    return SignalToNoise.decibel(worst);
  }

  /** Signal-to-noise ratio of one network. */
  double snr_dB(int j) {
    return SignalToNoise.decibel(means[j]);
  }

  /** The same if the noise of every layer reached the output in full: the pessimistic end. */
  double snrSummed_dB() {
    return SignalToNoise.decibel(worst * depth);
  }

  /** Layers of the worst network that have noise. */
  int depth() {
    return depth;
  }

  /** Whether some matrix is computed by crossbars at all. */
  boolean exists() {
    return worst > 0;
  }

  /** Largest loss parameter a of any layer. */
  double irDrop() {
    return irDrop;
  }

  /** Time after which weights must be written again; infinite if never. */
  double refresh_s() {
    return refresh_s;
  }

  /** Largest current of a column. */
  double columnCurrent_uA() {
    return model.columnCurrent_uA();
  }

  /** Noise of one layer; a dynamic matrix has none, at the largest ratio reported. */
  LayerResult.Noise of(int j, int l) {
    JobMapping job = mapping.job(j);
    if (job.crossbarsOfCopy(l) == 0) {
      return new LayerResult.Noise(SignalToNoise.decibel(0), 0, 0, 0, 0, 0, 1, 0);
    }
    layer(job, l);
    return SignalToNoise.noise(result);
  }
}
