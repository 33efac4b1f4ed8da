package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * double kept = count.agreement();
 * }</pre>
 */
public final class NetworkAccuracy {
  private final SplitNetwork network;
  private final List<float[]> calibration;
  private final List<float[]> items;
  private final Optional<IntUnaryOperator> label;
  private final long seed;
  private final int draws;
  private final Classification trained;
  private final Decisions decisions;

  /** Inputs of the network as jobs store it, by the names of their layers. */
  private final Map<List<String>, CalibrationInputs> recorded = new ConcurrentHashMap<>();

  /** Inputs of the items that decisions are judged on, by the names of their layers. */
  private final Map<List<String>, CalibrationInputs> measured = new ConcurrentHashMap<>();

  private final int width;

  /**
   * Runs the network as trained.
   *
   * @param calibration items that ranges are taken from
   * @param items items that decisions are judged on, at least 1
   * @param label class of each; empty where it is not known
   * @param seed seed of all draws
   * @param draws chips of each design
   */
  public NetworkAccuracy(
      SplitNetwork network,
      List<float[]> calibration,
      List<float[]> items,
      Optional<IntUnaryOperator> label,
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
    this.trained = NetworkRun.run(network, new FloatEngine(network), this.items, 1);
    List<Integer> shape = network.outputShape();
    this.decisions = Decisions.of(shape);
    this.width = Decisions.width(shape);
  }

  /** Items that decisions are judged on. */
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
    return of(chip, quantised(chip, job), age_s, threads);
  }

  /**
   * Decisions of the network on chips of a design, and errors of its layers.
   *
   * @param layers errors that they add to products, mean squares over the chips
   */
  public record Measured(PairedCount count, List<LayerError> layers) {
    public Measured {
      layers = List.copyOf(layers);
    }
  }

  /**
   * As {@link #of}, with the errors of the layers, on chips of its own.
   *
   * @param design number of the design: no two have the same draws
   */
  public Measured measured(CrossbarModel chip, Job job, double age_s, int design, int threads) {
    QuantisedNetwork quantised = quantised(chip, job);
    SimulationOptions options = SimulationOptions.of(seed, age_s);
    List<Classification> chips = new ArrayList<>();
    List<List<LayerError>> layers = new ArrayList<>();
    CalibrationInputs judged =
        measured.computeIfAbsent(
            CalibrationInputs.layers(job),
            names -> CalibrationInputs.ofMeasured(quantised.network(), items));
    for (int draw = 0; draw < draws; draw++) {
      SimulationOptions own = options.withDraw(design * draws + draw);
      FunctionalSimulation simulation = FunctionalSimulation.sampled(quantised, chip, own, threads);
      chips.add(simulation.run(items, threads));
      layers.add(simulation.layers(judged, threads));
    }
    return new Measured(count(chips), LayerError.mean(layers));
  }

  private QuantisedNetwork quantised(CrossbarModel chip, Job job) {
    CalibrationInputs inputs =
        recorded.computeIfAbsent(
            CalibrationInputs.layers(job),
            names -> CalibrationInputs.of(network, job, calibration));
    return QuantisedNetwork.of(inputs, chip, job);
  }

  private PairedCount of(
      CrossbarModel chip, QuantisedNetwork quantised, double age_s, int threads) {
    SimulationOptions options = SimulationOptions.of(seed, age_s);
    List<Classification> chips = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      chips.add(
          FunctionalSimulation.sampled(quantised, chip, options.withDraw(draw), threads)
              .run(items, threads));
    }
    return count(chips);
  }

  private PairedCount count(List<Classification> chips) {
    long kept = 0;
    long right = 0;
    long lost = 0;
    long gained = 0;
    for (Classification found : chips) {
      boolean[] same = decisions.same(trained, found, width);
      for (int i = 0; i < same.length; i++) {
        kept += same[i] ? 1 : 0;
        if (label.isPresent()) {
          boolean was = trained.classes().get(i) == label.get().applyAsInt(i);
          boolean is = found.classes().get(i) == label.get().applyAsInt(i);
          right += was ? 1 : 0;
          lost += was && !is ? 1 : 0;
          gained += !was && is ? 1 : 0;
        }
      }
    }
    int runs = chips.size();
    return label.isPresent()
        ? new PairedCount(items.size(), runs, kept, right, lost, gained)
        : new PairedCount(items.size(), runs, kept);
  }
}
