package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/**
 * Agreement and accuracy of one trained network on the chips of many designs, of which a sample of
 * vectors is read in full ({@link FunctionalSimulation#sampled}). Items, seed and number of chips
 * are the same for all designs, so that differences come from the designs and not from chance. Safe
 * for several threads.
 *
 * <pre>{@code
 * NetworkAccuracy accuracy = new NetworkAccuracy(network, calibration, items, labels, 1, 1);
 * PairedCount count = accuracy.of(chip, layer -> new Precision(8, 8, 8), 86_400, 2);
 * double loss = count.loss();
 * }</pre>
 */
public final class NetworkAccuracy {
  private final SplitNetwork network;
  private final List<float[]> calibration;
  private final List<float[]> items;
  private final IntUnaryOperator label;
  private final long seed;
  private final int draws;
  private final Classification trained;
  private final Decisions decisions;

  /** Inputs of the network as jobs store it, by the names of their layers. */
  private final Map<List<String>, CalibrationInputs> recorded = new ConcurrentHashMap<>();

  private final int width;

  /**
   * Runs the network as trained.
   *
   * @param calibration items that ranges are taken from
   * @param items items that accuracy is judged on, at least 1
   * @param label class of each
   * @param seed seed of all draws
   * @param draws chips of each design
   */
  public NetworkAccuracy(
      SplitNetwork network,
      List<float[]> calibration,
      List<float[]> items,
      IntUnaryOperator label,
      long seed,
      int draws) {
    if (items.isEmpty() || draws < 1) {
      throw new IllegalArgumentException(
          "The items (" + items.size() + ") and draws (" + draws + ") must be positive.");
    }
    this.network = network;
    this.calibration = List.copyOf(calibration);
    this.items = List.copyOf(items);
    this.label = label;
    this.seed = seed;
    this.draws = draws;
    this.trained = NetworkRun.run(network, new FloatEngine(network), this.items, List.of(), 1);
    List<Integer> shape = network.outputShape();
    this.decisions = Decisions.of(shape);
    this.width = shape.isEmpty() ? 1 : shape.get(shape.size() - 1);
  }

  /** Items that accuracy is judged on. */
  public int items() {
    return items.size();
  }

  /**
   * The network on the chips of one design.
   *
   * @param chip its crossbars
   * @param precision bits of a layer by its name
   * @param age_s time since programming
   * @param threads threads to run on; the counts do not depend on them
   * @throws IllegalArgumentException if such crossbars are not simulated; the message says why
   */
  public PairedCount of(
      CrossbarModel chip, Function<String, Precision> precision, double age_s, int threads) {
    CalibrationInputs inputs =
        recorded.computeIfAbsent(List.of(), names -> CalibrationInputs.of(network, calibration));
    return of(chip, QuantisedNetwork.of(inputs, chip, precision), age_s, threads);
  }

  /**
   * The network on the chips of one design as a job stores it ({@link QuantisedNetwork#of}).
   *
   * @param chip its crossbars
   * @param age_s time since programming
   * @param threads threads to run on; the counts do not depend on them
   * @throws IllegalArgumentException if such crossbars are not simulated; the message says why
   */
  public PairedCount of(CrossbarModel chip, Job job, double age_s, int threads) {
    CalibrationInputs inputs =
        recorded.computeIfAbsent(
            CalibrationInputs.layers(job),
            names -> CalibrationInputs.of(network, job, calibration));
    return of(chip, QuantisedNetwork.of(inputs, chip, job), age_s, threads);
  }

  private PairedCount of(
      CrossbarModel chip, QuantisedNetwork quantised, double age_s, int threads) {
    SimulationOptions options = SimulationOptions.of(seed, age_s);
    List<double[]> exact = features(trained);
    long kept = 0;
    long right = 0;
    long lost = 0;
    long gained = 0;
    for (int draw = 0; draw < draws; draw++) {
      Classification found =
          FunctionalSimulation.sampled(quantised, chip, options.withDraw(draw), threads)
              .run(items, threads);
      boolean[] same = decisions.same(exact, features(found));
      for (int i = 0; i < same.length; i++) {
        boolean was = trained.classes().get(i) == label.applyAsInt(i);
        boolean is = found.classes().get(i) == label.applyAsInt(i);
        kept += same[i] ? 1 : 0;
        right += was ? 1 : 0;
        lost += was && !is ? 1 : 0;
        gained += !was && is ? 1 : 0;
      }
    }
    return new PairedCount(items.size(), draws, kept, right, lost, gained);
  }

  private List<double[]> features(Classification classification) {
    List<double[]> features = new ArrayList<>();
    for (List<Float> output : classification.outputs()) {
      float[] values = new float[output.size()];
      for (int k = 0; k < values.length; k++) {
        values[k] = output.get(k);
      }
      features.add(decisions.features(values, width));
    }
    return features;
  }
}
