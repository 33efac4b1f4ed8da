package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecTree;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.LossCurve;
import dev.kirchhoff.arch.workload.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Metrics and networks by their names in objectives, constraints and columns of a spec.
 *
 * @param tree the spec
 * @param networks networks by the names that the spec gives them
 * @param accuracies models of accuracy of networks, by the same names
 * @param qualities measures of the qualities of kernels
 */
record MetricNames(
    SpecTree tree,
    Function<String, Optional<Network>> networks,
    Function<String, Optional<AccuracyModel>> accuracies,
    Qualities qualities) {
  /** Words of all metrics. */
  static final List<String> WORDS = Arrays.stream(Metric.values()).map(Metric::word).toList();

  /** Problem of a limit on, or an objective of, a loss of accuracy without a model of it. */
  static final String NO_ACCURACY =
      "accuracyLoss needs a network whose loss by noise was measured with labels (for an .onnx of"
          + " yours: sensitivity NAME.onnx --samples FILE --labels FILE); without labels there is"
          + " agreement, estimated by kind of layer where there are no weights: agreement >= 90 %";

  static final String NO_AGREEMENT =
      "agreement needs a network whose decisions under noise were measured (for an .onnx of yours:"
          + " sensitivity NAME.onnx --samples FILE) or are estimated by kind of layer; kernels decide"
          + " nothing, and sensitivity: equal leaves them open";

  /** The metric that a word names; a problem if there is none. */
  Optional<Metric> metric(Value.Word word, String path, Problems problems) {
    Optional<Metric> metric = Metric.ofWord(word.text());
    if (metric.isEmpty()) {
      problems.add(word.place(), path, unknown(word.text()));
      return metric;
    }
    Optional<String> lack = lack(metric.get(), "");
    lack.ifPresent(message -> problems.add(word.place(), path, message));
    return lack.isEmpty() ? metric : Optional.empty();
  }

  /** Problem of a name that is not a metric. */
  static String unknown(String name) {
    return "'"
        + name
        + "' is no metric"
        + NearNames.nearest(name, WORDS).map(n -> "; did you mean " + n + "?").orElse(";")
        + " all: ./kirchhoff catalog metrics";
  }

  /**
   * Problem of a metric that no program of the workload has.
   *
   * @param program name of the program that it is asked of; empty of all together
   */
  Optional<String> lack(Metric metric, String program) {
    boolean isLoss = metric == Metric.ACCURACY_LOSS || metric == Metric.ACCURACY_LOSS_HIGH;
    if (isLoss && !hasCurve(AccuracyModel::accuracy)) {
      return Optional.of(NO_ACCURACY);
    }
    boolean isAgreement = metric == Metric.AGREEMENT || metric == Metric.AGREEMENT_LOW;
    if (isAgreement && !hasCurve(AccuracyModel::decisions)) {
      return Optional.of(NO_AGREEMENT);
    }
    if (metric.group() != Metric.Group.KERNEL) {
      return Optional.empty();
    }
    List<String> kernels = kernels();
    if (kernels.isEmpty()) {
      return Optional.of(
          metric.word()
              + " is of kernels, and the workload has none; one is written as {kernel: dct}, all:"
              + " ./kirchhoff catalog kernels");
    }
    return program.isEmpty() || kernels.contains(program)
        ? Optional.empty()
        : Optional.of(
            metric.word()
                + " is of kernels, and "
                + program
                + " is a network; write "
                + metric.word()
                + "["
                + kernels.get(0)
                + "]");
  }

  /** Kernels that some design of the workload has. */
  List<String> kernels() {
    List<String> names = new ArrayList<>();
    addKernels(tree.root().get("workload"), names);
    return names;
  }

  private static void addKernels(Value value, List<String> into) {
    if (KernelReader.isKernel(value)) {
      into.add(((Value.Section) value).shape().name());
    } else if (value instanceof Value.Items items) {
      items.items().forEach(item -> addKernels(item, into));
    } else if (value instanceof Value.Choice choice) {
      choice.items().forEach(item -> addKernels(item, into));
    }
  }

  /** True if some network has a model of the accuracy lost to noise. */
  boolean hasCurve(Function<AccuracyModel, LossCurve> curve) {
    return ofNetworks().stream()
        .flatMap(word -> accuracies.apply(word).stream())
        .anyMatch(model -> curve.apply(model).isKnown());
  }

  /**
   * True if no model of the networks of some names is by kind of layer.
   *
   * @param called what a formula calls them; empty of all networks
   */
  boolean areOwn(List<String> called) {
    return ofNetworks().stream()
        .filter(word -> called.isEmpty() || called.stream().anyMatch(name -> isCalled(word, name)))
        .flatMap(word -> accuracies.apply(word).stream())
        .allMatch(AccuracyModel::isOwn);
  }

  private List<String> ofNetworks() {
    List<String> names = new ArrayList<>(inWorkload());
    names.removeAll(kernels());
    return names;
  }

  /** Names of networks as the workload has them. */
  List<String> inWorkload() {
    List<String> names = new ArrayList<>();
    addNetworks(tree.root().get("workload"), names);
    return names;
  }

  /** Name of a network that the workload names so, its own. */
  String ownName(String word) {
    return networks.apply(word).map(Network::name).orElse(word);
  }

  /**
   * True if a word names a network: by the name in the workload, or by that without folder and
   * ending.
   */
  static boolean isCalled(String word, String name) {
    return word.equals(name) || DesignBinder.layerPrefix(word).equals(name + "/");
  }

  private static void addNetworks(Value value, List<String> into) {
    if (value instanceof Value.Word word) {
      into.add(word.text());
    } else if (value instanceof Value.Section section
        && section.fields().get(0) instanceof Value.Word word) {
      into.add(word.text());
    } else if (value instanceof Value.Items items) {
      items.items().forEach(item -> addNetworks(item, into));
    } else if (value instanceof Value.Choice choice) {
      choice.items().forEach(item -> addNetworks(item, into));
    }
  }
}
