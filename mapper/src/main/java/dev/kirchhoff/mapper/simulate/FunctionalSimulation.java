package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;

/**
 * A network on a simulated chip: every stored matrix on crossbars whose cells are drawn one by one
 * ({@link ProgrammedMatrix}), everything else digital.
 *
 * <p>The chip is programmed and its converters are calibrated once, when the simulation is made;
 * {@link #run} reads it. All draws depend on (seed, layer, group, draw, crossbar) and on the number
 * of the vector, so that results are the same bit for bit for any number of threads and any
 * division of the items that keeps their order. Of several copies of a layer the first is
 * simulated. Neglected: crossbars that layers share, dynamic matrices written to crossbars (they
 * are multiplied digitally).
 *
 * <pre>{@code
 * SplitNetwork network = SplitNetwork.of(bytes, Map.of());
 * CrossbarModel chip = CrossbarModel.of(design, prices);
 * QuantisedNetwork quantised =
 *     QuantisedNetwork.of(network, chip, layer -> new Precision(8, 8, 8), calibration);
 * FunctionalSimulation simulation =
 *     FunctionalSimulation.of(quantised, chip, SimulationOptions.of(1, 86_400));
 * double accuracy = simulation.run(items, 2).accuracy(labels);
 * }</pre>
 */
public final class FunctionalSimulation {
  private final QuantisedNetwork network;
  private final List<List<ProgrammedMatrix>> matrices;
  private final List<List<ChipMatrix>> products;

  private FunctionalSimulation(
      QuantisedNetwork network,
      List<List<ProgrammedMatrix>> matrices,
      List<List<ChipMatrix>> products) {
    this.network = network;
    this.matrices = matrices;
    this.products = products;
  }

  /**
   * Programs a chip.
   *
   * @param network the network in the integers of this chip
   * @param chip the chip's crossbars
   * @param options effects that are simulated
   */
  public static FunctionalSimulation of(
      QuantisedNetwork network, CrossbarModel chip, SimulationOptions options) {
    return of(network, chip, options, 1);
  }

  /** Programs a chip on several threads; matrices do not depend on each other. */
  public static FunctionalSimulation of(
      QuantisedNetwork network, CrossbarModel chip, SimulationOptions options, int threads) {
    return of(network, chip, options, false, threads);
  }

  /**
   * Programs a chip of which the conversions of a sample of vectors are simulated, those that its
   * converters are calibrated with; the others are multiplied by its cells, with the errors of
   * sampled ones ({@link SampledMatrix}). Layers of many positions run at about the speed of exact
   * products.
   */
  public static FunctionalSimulation sampled(
      QuantisedNetwork network, CrossbarModel chip, SimulationOptions options, int threads) {
    return of(network, chip, options, true, threads);
  }

  private static FunctionalSimulation of(
      QuantisedNetwork network,
      CrossbarModel chip,
      SimulationOptions options,
      boolean isSampled,
      int threads) {
    RandomKey seed = RandomKey.of(options.seed());
    List<Callable<ProgrammedMatrix>> tasks = new ArrayList<>();
    for (int l = 0; l < network.layers().size(); l++) {
      for (int g = 0; g < network.layers().get(l).groups(); g++) {
        QuantisedLayer layer = network.layers().get(l);
        int group = g;
        RandomKey key = seed.child(l).child(g);
        tasks.add(() -> ProgrammedMatrix.write(chip, options, layer, group, key));
      }
    }
    List<ProgrammedMatrix> programmed = Pool.run(tasks, threads);
    List<List<ProgrammedMatrix>> matrices = new ArrayList<>();
    int next = 0;
    for (QuantisedLayer layer : network.layers()) {
      matrices.add(List.copyOf(programmed.subList(next, next + layer.groups())));
      next += layer.groups();
    }
    return new FunctionalSimulation(
        network, List.copyOf(matrices), new RangeCalibration(network, matrices, isSampled).run());
  }

  /** Runs items. */
  public Classification run(List<float[]> items, int threads) {
    return run(items, threads, done -> {});
  }

  /**
   * Runs items.
   *
   * @param done receives numbers of items that are done, from any thread
   */
  public Classification run(List<float[]> items, int threads, IntConsumer done) {
    QuantisedEngine engine = new QuantisedEngine(network.layers(), products);
    return NetworkRun.run(network.network(), engine, items, threads, done);
  }

  /**
   * Errors that the layers add, each on its own: cells as they are programmed, converters
   * calibrated and vectors multiplied with inputs of the network as trained.
   *
   * @param inputs inputs of the layers for items that no range is taken from
   */
  List<LayerError> layers(CalibrationInputs inputs, int threads) {
    List<Callable<LayerError.Sums>> tasks = new ArrayList<>();
    for (int l = 0; l < network.layers().size(); l++) {
      QuantisedLayer layer = network.layers().get(l);
      for (int g = 0; g < layer.groups(); g++) {
        ProgrammedMatrix matrix = matrices.get(l).get(g);
        int[][] typical = layer.quantised(network.samples(l).vectors(g));
        int[][] vectors = layer.quantised(inputs.samples(l).vectors(g));
        int[][] weights = layer.weights(g);
        tasks.add(() -> errors(matrix.uncalibrated(), weights, typical, vectors));
      }
    }
    List<LayerError.Sums> sums = Pool.run(tasks, threads);
    List<LayerError> errors = new ArrayList<>();
    int next = 0;
    for (QuantisedLayer layer : network.layers()) {
      LayerError.Sums all = new LayerError.Sums();
      sums.subList(next, next + layer.groups()).forEach(all::add);
      errors.add(all.of(layer.name()));
      next += layer.groups();
    }
    return errors;
  }

  private static LayerError.Sums errors(
      ProgrammedMatrix matrix, int[][] weights, int[][] typical, int[][] vectors) {
    matrix.calibrate(typical);
    double[][] read = matrix.read(vectors);
    double[][] exact = new double[read.length][vectors[0].length];
    new ExactProduct().multiply(weights, vectors, exact);
    LayerError.Sums sums = new LayerError.Sums();
    for (int m = 0; m < read.length; m++) {
      sums.add(exact[m], read[m], vectors[0].length);
    }
    return sums;
  }

  /** The crossbars by layer and group, for tests. */
  List<List<ProgrammedMatrix>> matrices() {
    return matrices;
  }
}
