package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.arch.workload.Layers;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.MatrixStorage;
import dev.kirchhoff.arch.workload.StatisticsOrigin;
import dev.kirchhoff.arch.workload.ValueOrigins;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.arch.workload.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reader of a layer of a network that is given as a list of shapes. */
final class LayerReader {
  private LayerReader() {}

  /**
   * Description of a layer from its entry in a list.
   *
   * @param index its number
   * @param indices numbers of the layers before it by name
   * @throws IllegalArgumentException if it cannot be
   */
  static Layers.Description layer(View.Section layer, int index, Map<String, Integer> indices) {
    int kernel = layer.whole("kernel");
    int output = layer.whole("output");
    MatrixShape shape =
        new MatrixShape(
            layer.whole("inputs"),
            layer.whole("outputs"),
            kernel,
            layer.has("kernelWidth") ? layer.whole("kernelWidth") : kernel,
            output,
            layer.has("outputWidth") ? layer.whole("outputWidth") : output,
            layer.whole("stride"),
            layer.whole("groups"));
    return new Layers.Description(
        layer.has("name") ? layer.word("name") : String.format(Locale.ROOT, "%02d", index),
        shape,
        layer.isWord("dynamic", "true"),
        links(layer, index, indices),
        window(layer, shape),
        layer.has("after") ? Optional.of(layer.word("after")) : Optional.empty(),
        statistics(layer, "inputValues"),
        statistics(layer, "weightValues"),
        origins(layer),
        matrix(layer, index, indices));
  }

  private static Optional<Links> links(
      View.Section layer, int index, Map<String, Integer> indices) {
    if (!layer.has("producer") && !layer.has("reads") && !layer.has("joins")) {
      return Optional.empty();
    }
    if (layer.has("producer") && layer.has("reads")) {
      throw new IllegalArgumentException(
          "Layer (" + index + ") has a producer and reads.\nMaybe reads is enough.");
    }
    int producer = layer.has("producer") ? layer.whole("producer") : index - 1;
    return Optional.of(
        new Links(
            layer.has("reads") ? indices(layer, "reads", indices) : List.of(producer),
            layer.has("joins") ? indices(layer, "joins", indices) : List.of()));
  }

  private static MatrixStorage matrix(View.Section layer, int index, Map<String, Integer> indices) {
    boolean isReused = layer.has("weightsOf");
    boolean isRecurrent = layer.has("recurrentOf");
    if (isReused && isRecurrent) {
      throw new IllegalArgumentException(
          "Layer (" + index + ") has weightsOf and recurrentOf, must have one of them.");
    }
    if (isReused) {
      return new MatrixStorage.Reused(index("weightsOf", layer.word("weightsOf"), indices));
    }
    return isRecurrent
        ? new MatrixStorage.Recurrent(
            index("recurrentOf", layer.word("recurrentOf"), indices),
            layer.number("recurrentScale"))
        : MatrixStorage.OWN;
  }

  /** Layers of a list. */
  private static List<Integer> indices(
      View.Section layer, String key, Map<String, Integer> indices) {
    List<Integer> list = new ArrayList<>();
    for (Value item : ((Value.Items) layer.raw(key)).items()) {
      list.add(index(key, ((Value.Word) item).text(), indices));
    }
    return list;
  }

  /** A layer; a whole number is a number, anything else a name. */
  private static int index(String key, String text, Map<String, Integer> indices) {
    if (text.matches("-1|0|[1-9][0-9]{0,8}")) {
      return Integer.parseInt(text);
    }
    if (text.equals("input")) {
      return Links.INPUT;
    }
    if (indices.containsKey(text)) {
      return indices.get(text);
    }
    throw new IllegalArgumentException(
        "The "
            + key
            + " ("
            + text
            + ") of a layer must name an earlier layer"
            + NearNames.nearest(text, new TreeSet<>(indices.keySet()).stream().toList())
                .map(near -> ".\nMaybe " + near + " is meant.")
                .orElse("."));
  }

  private static Optional<Window> window(View.Section layer, MatrixShape shape) {
    int steps = layer.whole("steps");
    if (!layer.has("window")) {
      return steps == 1 ? Optional.empty() : Optional.of(Window.padded(shape).inSteps(steps));
    }
    View.Section window = layer.section("window");
    return Optional.of(
        new Window(
            (long) window.number("positions"),
            (long) window.number("first"),
            (long) window.number("line"),
            steps));
  }

  private static Optional<ValueStatistics> statistics(View.Section layer, String key) {
    if (!layer.has(key)) {
      return Optional.empty();
    }
    View.Section values = layer.section(key);
    return Optional.of(
        new ValueStatistics(
            values.number("zero"),
            values.number("meanAbs"),
            values.number("rms"),
            values.number("negative")));
  }

  private static Optional<ValueOrigins> origins(View.Section layer) {
    if (!layer.has("origins")) {
      return Optional.empty();
    }
    View.Section origins = layer.section("origins");
    return Optional.of(
        new ValueOrigins(
            origin(origins, "signs"), origin(origins, "inputs"), origin(origins, "weights")));
  }

  private static StatisticsOrigin origin(View.Section origins, String key) {
    return StatisticsOrigin.of(origins.word(key)).orElseThrow();
  }
}
