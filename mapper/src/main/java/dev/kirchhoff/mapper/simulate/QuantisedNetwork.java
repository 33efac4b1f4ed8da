package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.onnx.MatrixEngine;
import dev.kirchhoff.mapper.onnx.MatrixLayer;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A trained network in the integers of a chip: weights rounded to their bits, scales of inputs
 * taken from calibration items once. Biases and everything other than stored matrices stay in
 * single precision. Immutable; safe for several threads.
 */
public final class QuantisedNetwork {
  private final SplitNetwork network;
  private final List<QuantisedLayer> layers = new ArrayList<>();
  private final List<InputSamples> samples = new ArrayList<>();
  private final List<float[]> calibration;

  private QuantisedNetwork(SplitNetwork network, List<float[]> calibration) {
    this.network = network;
    this.calibration = calibration;
  }

  /**
   * A network on a chip.
   *
   * @param network the trained network
   * @param chip the chip's crossbars
   * @param precision bits of a layer by its name
   * @param calibration items that ranges are taken from, none of those that accuracy is judged on
   */
  public static QuantisedNetwork of(
      SplitNetwork network,
      CrossbarModel chip,
      Function<String, Precision> precision,
      List<float[]> calibration) {
    QuantisedNetwork made = new QuantisedNetwork(network, List.copyOf(calibration));
    for (MatrixLayer layer : network.layers()) {
      made.samples.add(new InputSamples(layer.groups()));
    }
    MatrixEngine engine = new FloatEngine(network);
    MatrixEngine recorder =
        () -> {
          MatrixEngine.Session session = engine.newSession();
          return (call, vectors, products) -> {
            made.samples.get(call.layer()).add(call, vectors);
            session.multiply(call, vectors, products);
          };
        };
    NetworkRun.run(network, recorder, calibration, List.of(), 1);
    QuantisedLayer.NumberFormat format =
        new QuantisedLayer.NumberFormat(
            chip.column().encoding(), chip.column().cells().bits(), chip.input());
    for (int l = 0; l < network.layers().size(); l++) {
      MatrixLayer layer = network.layers().get(l);
      made.layers.add(
          new QuantisedLayer(layer, precision.apply(layer.name()), format, made.samples.get(l)));
    }
    return made;
  }

  /**
   * A network on a chip as a job stores it: its recurrent cells as one matrix or as two, its layers
   * in their precision.
   *
   * @throws IllegalArgumentException if the job has not a layer of the network
   */
  public static QuantisedNetwork of(
      SplitNetwork network, CrossbarModel chip, Job job, List<float[]> calibration) {
    Map<String, Precision> precision = new TreeMap<>();
    for (int l = 0; l < job.precision().size(); l++) {
      precision.put(job.network().layers().get(l).name(), job.precision().get(l));
    }
    return of(
        network.joined(precision::containsKey),
        chip,
        layer -> {
          if (!precision.containsKey(layer)) {
            throw new IllegalArgumentException("Its network lacks the layer " + layer + ".");
          }
          return precision.get(layer);
        },
        calibration);
  }

  /** The trained network in single precision. */
  public Classification runFloat(List<float[]> items, int threads) {
    return NetworkRun.run(network, new FloatEngine(network), items, List.of(), threads);
  }

  /** The quantised network in exact arithmetic: ideal hardware. */
  public Classification run(List<float[]> items, int threads) {
    QuantisedEngine engine = new QuantisedEngine(layers, List.of(), false);
    return NetworkRun.run(network, engine, items, List.of(), threads);
  }

  SplitNetwork network() {
    return network;
  }

  List<QuantisedLayer> layers() {
    return layers;
  }

  /** Items that ranges are taken from. */
  List<float[]> calibration() {
    return calibration;
  }

  InputSamples samples(int layer) {
    return samples.get(layer);
  }
}
