package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.onnx.MatrixLayer;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A trained network in the integers of a chip: weights rounded to their bits, scales of inputs
 * taken from calibration items once. Biases and everything other than stored matrices stay in
 * single precision. Immutable; safe for several threads.
 */
public final class QuantisedNetwork {
  private final CalibrationInputs inputs;
  private final List<QuantisedLayer> layers = new ArrayList<>();

  private QuantisedNetwork(CalibrationInputs inputs) {
    this.inputs = inputs;
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
    return of(CalibrationInputs.of(network, calibration), chip, precision);
  }

  /** A network whose inputs are known on a chip. */
  static QuantisedNetwork of(
      CalibrationInputs inputs, CrossbarModel chip, Function<String, Precision> precision) {
    QuantisedNetwork made = new QuantisedNetwork(inputs);
    QuantisedLayer.NumberFormat format =
        new QuantisedLayer.NumberFormat(
            chip.column().encoding(), chip.column().cells().bits(), chip.input());
    List<MatrixLayer> layers = inputs.network().layers();
    for (int l = 0; l < layers.size(); l++) {
      Precision bits = precision.apply(layers.get(l).name());
      made.layers.add(new QuantisedLayer(layers.get(l), bits, format, inputs.samples(l)));
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
    return of(CalibrationInputs.of(network, job, calibration), chip, job);
  }

  /** A network whose inputs are known, as a job stores it, on a chip. */
  static QuantisedNetwork of(CalibrationInputs inputs, CrossbarModel chip, Job job) {
    List<String> names = CalibrationInputs.layers(job);
    return of(
        inputs,
        chip,
        layer -> {
          int place = names.indexOf(layer);
          if (place < 0) {
            throw new IllegalArgumentException("Its network lacks the layer " + layer + ".");
          }
          return job.precision().get(place);
        });
  }

  /** The trained network in single precision. */
  public Classification runFloat(List<float[]> items, int threads) {
    return NetworkRun.run(network(), new FloatEngine(network()), items, threads);
  }

  /** The quantised network in exact arithmetic: ideal hardware. */
  public Classification run(List<float[]> items, int threads) {
    QuantisedEngine engine = new QuantisedEngine(layers, List.of());
    return NetworkRun.run(network(), engine, items, threads);
  }

  SplitNetwork network() {
    return inputs.network();
  }

  List<QuantisedLayer> layers() {
    return layers;
  }

  /** Items that ranges are taken from. */
  List<float[]> calibration() {
    return inputs.items();
  }

  InputSamples samples(int layer) {
    return inputs.samples(layer);
  }
}
