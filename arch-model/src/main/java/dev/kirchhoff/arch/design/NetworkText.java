package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.workload.DigitalRule;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.MatrixStorage;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.ValueOrigins;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.arch.workload.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Text of the layers of a network as a spec lists them. Everything is written that is not the
 * default of its key, so that {@link NetworkReader} reads the same layers back.
 */
final class NetworkText {
  private static final Place WRITTEN = Place.ofFile("written");

  private NetworkText() {}

  /** The {@code layers} of a network. */
  static Node.Sequence layers(Network network) {
    List<Node> layers = new ArrayList<>();
    for (Layer layer : network.layers()) {
      layers.add(layer(layer));
    }
    return new Node.Sequence(WRITTEN, layers);
  }

  private static Node.Mapping layer(Layer layer) {
    List<Node.Entry> entries = new ArrayList<>();
    entries.add(entry("name", layer.name()));
    shape(layer.shape(), entries);
    if (layer.dynamic()) {
      entries.add(entry("dynamic", "true"));
    }
    entries.add(new Node.Entry("reads", WRITTEN, numbers(layer.links().reads())));
    if (!layer.links().joins().isEmpty()) {
      entries.add(new Node.Entry("joins", WRITTEN, numbers(layer.links().joins())));
    }
    window(layer, entries);
    matrix(layer.matrix(), entries);
    entries.add(entry("after", DigitalRule.text(layer.after())));
    entries.add(new Node.Entry("inputValues", WRITTEN, values(layer.inputs())));
    entries.add(new Node.Entry("weightValues", WRITTEN, values(layer.weights())));
    if (!layer.origins().equals(ValueOrigins.GIVEN)) {
      entries.add(new Node.Entry("origins", WRITTEN, origins(layer.origins())));
    }
    return new Node.Mapping(WRITTEN, entries);
  }

  private static void shape(MatrixShape shape, List<Node.Entry> entries) {
    entries.add(entry("inputs", shape.inputsPerGroup()));
    entries.add(entry("outputs", shape.outputsPerGroup()));
    unlessOne("kernel", shape.kernelHeight(), entries);
    if (shape.kernelWidth() != shape.kernelHeight()) {
      entries.add(entry("kernelWidth", shape.kernelWidth()));
    }
    unlessOne("output", shape.outputHeight(), entries);
    if (shape.outputWidth() != shape.outputHeight()) {
      entries.add(entry("outputWidth", shape.outputWidth()));
    }
    unlessOne("stride", shape.stride(), entries);
    unlessOne("groups", shape.groups(), entries);
  }

  private static void window(Layer layer, List<Node.Entry> entries) {
    Window window = layer.window();
    if (!window.inSteps(1).equals(Window.padded(layer.shape()))) {
      entries.add(
          new Node.Entry(
              "window",
              WRITTEN,
              new Node.Mapping(
                  WRITTEN,
                  List.of(
                      entry("positions", window.inputPositions()),
                      entry("first", window.firstPositions()),
                      entry("line", window.linePositions())))));
    }
    unlessOne("steps", window.steps(), entries);
  }

  private static void matrix(MatrixStorage matrix, List<Node.Entry> entries) {
    if (matrix instanceof MatrixStorage.Reused reused) {
      entries.add(entry("weightsOf", reused.layer()));
    } else if (matrix instanceof MatrixStorage.Recurrent recurrent) {
      entries.add(entry("recurrentOf", recurrent.layer()));
      if (recurrent.scale() != 1) {
        entries.add(entry("recurrentScale", Double.toString(recurrent.scale())));
      }
    }
  }

  private static Node.Mapping values(ValueStatistics values) {
    return new Node.Mapping(
        WRITTEN,
        List.of(
            entry("zero", Double.toString(values.zeroShare())),
            entry("meanAbs", Double.toString(values.meanAbs())),
            entry("rms", Double.toString(values.rms())),
            entry("negative", Double.toString(values.negativeShare()))));
  }

  private static Node.Mapping origins(ValueOrigins origins) {
    return new Node.Mapping(
        WRITTEN,
        List.of(
            entry("signs", origins.signs().word()),
            entry("inputs", origins.inputs().word()),
            entry("weights", origins.weights().word())));
  }

  private static Node.Sequence numbers(List<Integer> numbers) {
    List<Node> items = new ArrayList<>();
    for (int number : numbers) {
      items.add(new Node.Scalar(WRITTEN, Integer.toString(number)));
    }
    return new Node.Sequence(WRITTEN, items);
  }

  private static void unlessOne(String key, long value, List<Node.Entry> entries) {
    if (value != 1) {
      entries.add(entry(key, value));
    }
  }

  private static Node.Entry entry(String key, long value) {
    return entry(key, Long.toString(value));
  }

  private static Node.Entry entry(String key, String text) {
    return new Node.Entry(key, WRITTEN, new Node.Scalar(WRITTEN, text));
  }
}
