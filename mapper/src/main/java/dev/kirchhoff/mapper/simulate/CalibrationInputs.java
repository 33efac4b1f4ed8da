package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.mapper.onnx.MatrixEngine;
import dev.kirchhoff.mapper.onnx.MatrixLayer;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * Inputs of the layers of a network in single precision, for items that ranges are taken from or
 * that errors of layers are measured on: the same for all chips that it is put on. Immutable; safe
 * for several threads.
 */
final class CalibrationInputs {
  /**
   * Items that errors of layers are measured on (chosen: vectors of a layer are as many or more).
   */
  private static final int MEASURED = 128;

  private final SplitNetwork network;
  private final List<float[]> items;
  private final List<InputSamples> samples = new ArrayList<>();

  private CalibrationInputs(SplitNetwork network, List<float[]> items) {
    this.network = network;
    this.items = List.copyOf(items);
    for (MatrixLayer layer : network.layers()) {
      samples.add(new InputSamples(layer.groups()));
    }
  }

  /**
   * Runs a network.
   *
   * @param items items to run
   */
  static CalibrationInputs of(SplitNetwork network, List<float[]> items) {
    CalibrationInputs made = new CalibrationInputs(network, items);
    MatrixEngine engine = new FloatEngine(network);
    MatrixEngine recorder =
        () -> {
          MatrixEngine.Session session = engine.newSession();
          return (call, vectors, products) -> {
            made.samples.get(call.layer()).add(call, vectors);
            session.multiply(call, vectors, products);
          };
        };
    NetworkRun.run(network, recorder, items, 1);
    return made;
  }

  /** Runs as many items as errors of layers are measured on, at most {@value #MEASURED}. */
  static CalibrationInputs ofMeasured(SplitNetwork network, List<float[]> items) {
    return of(network, items.subList(0, Math.min(MEASURED, items.size())));
  }

  /** Runs a network as a job stores it: its recurrent cells as one matrix or as two. */
  static CalibrationInputs of(SplitNetwork network, Job job, List<float[]> items) {
    return of(network.joined(layers(job)::contains), items);
  }

  /** Names of the layers of a job. */
  static List<String> layers(Job job) {
    return job.network().layers().stream().map(Layer::name).toList();
  }

  SplitNetwork network() {
    return network;
  }

  List<float[]> items() {
    return items;
  }

  InputSamples samples(int layer) {
    return samples.get(layer);
  }
}
