package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.spec.FileEndings;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.StatisticsOrigin;
import dev.kirchhoff.arch.workload.ValueOrigins;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Origins of the value statistics of a network: measured, given, inferred from the graph or
 * assumed, and the options that would measure the rest.
 *
 * @param network name of the network
 * @param text origins in one line
 * @param layers origins by layer
 * @param samplesMeasure layers that {@code --samples} would measure
 * @param activationsMeasure layers that {@code --activations} would measure
 */
public record StatisticsReport(
    String network,
    String text,
    List<LayerOrigins> layers,
    List<String> samplesMeasure,
    List<String> activationsMeasure) {

  /**
   * Origins of a layer's statistics.
   *
   * @param signs origin of the sign of its inputs
   * @param inputs origin of their magnitudes and zero share
   * @param weights origin of the weights' statistics
   * @param signed whether its inputs have a sign
   */
  public record LayerOrigins(
      String layer, String signs, String inputs, String weights, boolean signed) {}

  private static final int NAMED = 3;
  private static final String ONNX = ".onnx";

  /** Origins of a network's statistics in one line. */
  public static String line(Network network, DesignSpec spec) {
    List<Layer> layers = network.layers();
    StringBuilder text = new StringBuilder("inputs: ");
    Map<StatisticsOrigin, List<Layer>> signs = by(layers, ValueOrigins::signs);
    Map<StatisticsOrigin, List<Layer>> inputs = by(layers, ValueOrigins::inputs);
    if (signs.equals(inputs)) {
      text.append(counts(inputs, layers.size()));
    } else {
      text.append("signs ").append(counts(signs, layers.size()));
      text.append(", magnitudes and zero shares ").append(counts(inputs, layers.size()));
    }
    text.append("; weights: ").append(counts(by(layers, ValueOrigins::weights), layers.size()));
    return text.append(remedy(network, spec)).toString();
  }

  /** The lines of all networks whose inputs are not measured, as notes to a result. */
  public static List<String> notes(Design design, DesignSpec spec) {
    List<String> notes = new ArrayList<>();
    for (Job job : design.jobs()) {
      if (!unmeasured(job.network()).isEmpty()) {
        notes.add("statistics of " + job.network().name() + ", " + line(job.network(), spec));
      }
      job.network()
          .accuracy()
          .filter(model -> !model.isOwn())
          .ifPresent(model -> notes.add(sensitivity(job.network(), model)));
    }
    return notes;
  }

  private static String sensitivity(Network network, AccuracyModel model) {
    return "sensitivity of "
        + network.name()
        + ", "
        + model.origin()
        + ": the band of agreement says how networks differ, and its middle is held to limits;"
        + " sensitivity MODEL.onnx measures a network with weights";
  }

  /** The reports of all networks of a design. */
  public static List<StatisticsReport> of(Design design, DesignSpec spec) {
    return design.jobs().stream().map(job -> of(job.network(), spec)).toList();
  }

  private static StatisticsReport of(Network network, DesignSpec spec) {
    List<Layer> measurable = isModel(network, spec) ? unmeasured(network) : List.of();
    return new StatisticsReport(
        network.name(),
        line(network, spec),
        network.layers().stream()
            .map(
                layer ->
                    new LayerOrigins(
                        layer.name(),
                        layer.origins().signs().word(),
                        layer.origins().inputs().word(),
                        layer.origins().weights().word(),
                        layer.inputs().signed()))
            .toList(),
        measurable.stream().filter(StatisticsReport::readsInput).map(Layer::name).toList(),
        measurable.stream().filter(layer -> !readsInput(layer)).map(Layer::name).toList());
  }

  private static Map<StatisticsOrigin, List<Layer>> by(
      List<Layer> layers, Function<ValueOrigins, StatisticsOrigin> which) {
    return layers.stream()
        .collect(
            Collectors.groupingBy(
                layer -> which.apply(layer.origins()),
                () -> new EnumMap<>(StatisticsOrigin.class),
                Collectors.toList()));
  }

  private static String counts(Map<StatisticsOrigin, List<Layer>> origins, int all) {
    return origins.entrySet().stream()
        .map(
            entry ->
                (entry.getValue().size() == all ? "all " : "")
                    + entry.getValue().size()
                    + " "
                    + entry.getKey().word()
                    + (entry.getKey() == StatisticsOrigin.ASSUMED && origins.size() > 1
                        ? " (" + names(entry.getValue()) + ")"
                        : ""))
        .collect(Collectors.joining(", "));
  }

  private static String names(List<Layer> layers) {
    return layers.stream().limit(NAMED).map(Layer::name).collect(Collectors.joining(", "))
        + (layers.size() > NAMED ? " and " + (layers.size() - NAMED) + " more" : "");
  }

  /** Layers whose inputs are neither measured nor given. */
  private static List<Layer> unmeasured(Network network) {
    return network.layers().stream()
        .filter(layer -> layer.origins().inputs().compareTo(StatisticsOrigin.GIVEN) > 0)
        .toList();
  }

  private static boolean readsInput(Layer layer) {
    return layer.links().reads().stream().allMatch(from -> from == Links.INPUT);
  }

  /** The options, or the key, that replace assumed statistics. */
  private static String remedy(Network network, DesignSpec spec) {
    List<Layer> unmeasured = unmeasured(network);
    if (unmeasured.isEmpty() || !isModel(network, spec)) {
      return "";
    }
    List<Layer> first = unmeasured.stream().filter(StatisticsReport::readsInput).toList();
    List<Layer> others = unmeasured.stream().filter(layer -> !readsInput(layer)).toList();
    String text = "";
    if (!first.isEmpty()) {
      text = "; --samples FILE.npy measures sign, magnitudes and zero share of " + names(first);
    }
    return others.isEmpty()
        ? text
        : text
            + (text.isEmpty() ? "; " : ", ")
            + "--activations FILE.npz "
            + (first.isEmpty() ? "measures those of " : "those of ")
            + names(others);
  }

  /** True if a network is an ONNX file of the spec, whose values can be measured. */
  private static boolean isModel(Network network, DesignSpec spec) {
    return spec.source().get("workload").stream()
        .flatMap(node -> files(node).stream())
        .map(file -> file.substring(file.lastIndexOf('/') + 1, file.length() - ONNX.length()))
        .anyMatch(base -> network.name().equals(base) || network.name().startsWith(base + "_"));
  }

  private static List<String> files(Node node) {
    List<String> files = new ArrayList<>();
    if (node instanceof Node.Scalar scalar && FileEndings.matches(scalar.text(), ONNX)) {
      files.add(scalar.text());
    } else if (node instanceof Node.Sequence sequence) {
      sequence.items().forEach(item -> files.addAll(files(item)));
    } else if (node instanceof Node.Mapping mapping) {
      mapping.entries().forEach(entry -> files.addAll(files(entry.value())));
    }
    return files;
  }
}
