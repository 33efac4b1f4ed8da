package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.FileEndings;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Sizes of a network's file as choices: {@code {network: bert.onnx, dimensions: {sequence: {any:
 * [64, 128]}}}} is a choice of two networks, {@code bert_sequence64} and {@code bert_sequence128},
 * made before the spec is checked, since a network's layers are knobs of it. A file that is named
 * twice with different sizes is as many networks.
 *
 * @param spec the spec with such choices written out
 * @param files the file of each network that has got a name with its sizes
 */
record NetworkSizes(Node.Mapping spec, Map<String, String> files) {
  private static final int MOST = 1000;
  private static final String ONNX = ".onnx";

  NetworkSizes {
    files = Map.copyOf(files);
  }

  /** Writes out the sizes of the networks in a spec's workload. */
  static NetworkSizes of(Node.Mapping spec, Problems problems) {
    Node.Entry workload = spec.entry("workload").orElse(null);
    if (workload == null) {
      return new NetworkSizes(spec, Map.of());
    }
    Expansion expansion = new Expansion(problems);
    Node expanded = expansion.expand(workload.value());
    Naming naming = new Naming();
    naming.collect(expanded);
    Node named = naming.name(expanded);
    Node.Entry entry = new Node.Entry(workload.key(), workload.keyPlace(), named);
    return new NetworkSizes(spec.with(entry), naming.files);
  }

  /** The file of a network; its name where it has no name with sizes. */
  String file(String network) {
    return files.getOrDefault(network, network);
  }

  /** A spec as YAML with the files in place of the names with sizes. */
  String withFiles(String yaml) {
    String changed = yaml;
    for (Map.Entry<String, String> file : new TreeMap<>(files).descendingMap().entrySet()) {
      for (String quote : List.of("", "\"", "'")) {
        changed =
            changed.replace(
                "network: " + quote + file.getKey(), "network: " + quote + file.getValue());
      }
    }
    return changed;
  }

  private static Optional<Node.Mapping> file(Node node) {
    return node instanceof Node.Mapping mapping
            && !mapping.has("layers")
            && mapping.get("network").orElse(null) instanceof Node.Scalar name
            && FileEndings.matches(name.text(), ONNX)
        ? Optional.of(mapping)
        : Optional.empty();
  }

  private static String nameOf(Node.Mapping network) {
    return network.get("network").orElseThrow().toString();
  }

  private static Node.Mapping withName(Node.Mapping network, String name) {
    Node.Entry entry = network.entry("network").orElseThrow();
    Node.Scalar scalar = new Node.Scalar(entry.value().place(), name);
    return network.with(new Node.Entry(entry.key(), entry.keyPlace(), scalar));
  }

  /** Sizes as written, in their order. */
  private static List<Node.Entry> sizes(Node.Mapping network) {
    return network.get("dimensions").orElse(null) instanceof Node.Mapping sizes
        ? sizes.entries()
        : List.of();
  }

  /** Makes a network of each combination of sizes. */
  private static final class Expansion {
    private final Problems problems;

    Expansion(Problems problems) {
      this.problems = problems;
    }

    /** The networks of each combination, the first of them where a search starts. */
    private record Sized(List<Node> networks, Node start) {}

    Node expand(Node node) {
      if (node instanceof Node.Sequence sequence) {
        return new Node.Sequence(
            sequence.place(), sequence.items().stream().map(this::expand).toList());
      }
      if (node instanceof Node.Mapping mapping
          && mapping.get("any").orElse(null) instanceof Node.Sequence any) {
        return choice(mapping, any);
      }
      Sized sized = sized(node);
      if (sized.networks().size() == 1) {
        return sized.networks().get(0);
      }
      return choice(node, sized.networks(), sized.start());
    }

    private static Node choice(Node origin, List<Node> networks, Node start) {
      List<Node.Entry> entries = new ArrayList<>();
      Node list = new Node.Sequence(origin.place(), networks);
      entries.add(new Node.Entry("any", origin.place(), list));
      entries.add(new Node.Entry("start", origin.place(), start));
      return new Node.Mapping(origin.place(), entries);
    }

    /** Sizes of a network that stands in a choice are values of this choice. */
    private Node choice(Node.Mapping mapping, Node.Sequence any) {
      List<Node> items = new ArrayList<>();
      Node start = mapping.get("start").orElse(null);
      for (Node item : any.items()) {
        Sized sized = sized(item);
        items.addAll(sized.networks());
        boolean isStart =
            start instanceof Node.Scalar word
                && file(item).filter(network -> nameOf(network).equals(word.text())).isPresent();
        if (isStart && sized.networks().size() > 1) {
          start = sized.start();
        }
      }
      Node list = new Node.Sequence(any.place(), items);
      Node.Mapping changed = mapping.with(new Node.Entry("any", any.place(), list));
      return start == null ? changed : changed.with(new Node.Entry("start", start.place(), start));
    }

    private Sized sized(Node node) {
      Optional<Node.Mapping> network = file(node);
      if (network.isEmpty() || sizes(network.get()).stream().noneMatch(s -> s.value().isChoice())) {
        return new Sized(List.of(node), node);
      }
      List<Node> all = new ArrayList<>(List.of(network.get()));
      Node.Mapping start = network.get();
      for (Node.Entry size : sizes(network.get())) {
        if (size.value().isChoice()) {
          List<Node.Scalar> values = values(size.key(), (Node.Mapping) size.value());
          List<Node> more = new ArrayList<>();
          for (Node before : all) {
            values.forEach(value -> more.add(with((Node.Mapping) before, size, value)));
          }
          start = with(start, size, start((Node.Mapping) size.value(), size.key(), values));
          all = more;
        }
        if (all.isEmpty() || all.size() > MOST) {
          if (!all.isEmpty()) {
            problems.add(node.place(), "workload.dimensions", "has more than " + MOST + " sizes");
          }
          return new Sized(List.of(network.get().without("dimensions")), node);
        }
      }
      return new Sized(all, start);
    }

    private static Node.Mapping with(Node.Mapping network, Node.Entry size, Node.Scalar value) {
      Node.Entry dimensions = network.entry("dimensions").orElseThrow();
      Node.Mapping sizes =
          ((Node.Mapping) dimensions.value())
              .with(new Node.Entry(size.key(), size.keyPlace(), value));
      return network.with(new Node.Entry(dimensions.key(), dimensions.keyPlace(), sizes));
    }

    private Node.Scalar start(Node.Mapping choice, String key, List<Node.Scalar> values) {
      if (values.isEmpty() || !choice.has("start")) {
        return values.isEmpty() ? new Node.Scalar(choice.place(), "") : values.get(0);
      }
      String wanted = choice.get("start").orElseThrow().toString();
      Optional<Node.Scalar> found =
          values.stream().filter(value -> value.text().equals(wanted)).findFirst();
      if (found.isEmpty()) {
        problems.add(
            choice.get("start").orElseThrow().place(),
            "workload.dimensions." + key,
            "start "
                + wanted
                + " is not one of "
                + values.stream().map(Node.Scalar::text).collect(Collectors.joining(", ")));
      }
      return found.orElse(values.get(0));
    }

    private List<Node.Scalar> values(String key, Node.Mapping choice) {
      String path = "workload.dimensions." + key;
      List<String> known =
          choice.has("any")
              ? List.of("any", "start")
              : List.of("from", "to", "step", "times", "start");
      for (Node.Entry entry : choice.entries()) {
        if (!known.contains(entry.key())) {
          problems.add(
              entry.keyPlace(),
              path + "." + entry.key(),
              "unknown key of a size; there are " + String.join(", ", known));
        }
      }
      return choice.has("any") ? listed(path, choice) : range(path, choice);
    }

    private List<Node.Scalar> listed(String path, Node.Mapping choice) {
      Node any = choice.get("any").orElseThrow();
      List<Node.Scalar> values = new ArrayList<>();
      if (any instanceof Node.Sequence sequence) {
        for (Node item : sequence.items()) {
          if (!(item instanceof Node.Scalar scalar)) {
            problems.add(item.place(), path, "must be a whole number");
          } else if (values.stream().anyMatch(value -> value.text().equals(scalar.text()))) {
            problems.add(item.place(), path, "the value " + scalar + " is given twice");
          } else {
            values.add(scalar);
          }
        }
      }
      if (values.isEmpty()) {
        problems.add(any.place(), path, "any must be a list of at least one size");
      }
      return values;
    }

    private List<Node.Scalar> range(String path, Node.Mapping choice) {
      Map<String, Long> numbers = new HashMap<>();
      for (Node.Entry entry : choice.entries()) {
        if (entry.value().toString().matches("[1-9][0-9]{0,9}")) {
          numbers.put(entry.key(), Long.parseLong(entry.value().toString()));
        } else if (!entry.key().equals("start")) {
          problems.add(entry.value().place(), path + "." + entry.key(), "must be a whole number");
          return List.of();
        }
      }
      long to = numbers.get("to");
      long times = numbers.getOrDefault("times", 0L);
      List<Node.Scalar> values = new ArrayList<>();
      if (choice.has("step") && choice.has("times") || times == 1 || numbers.get("from") > to) {
        problems.add(
            choice.place(),
            path,
            "must go from a size up to another, by a step or times 2 or more");
        return List.of();
      }
      for (long size = numbers.get("from"); size <= to && values.size() <= MOST; ) {
        values.add(new Node.Scalar(choice.place(), Long.toString(size)));
        size = times > 0 ? size * times : size + numbers.getOrDefault("step", 1L);
      }
      return values;
    }
  }

  /** Names networks of one file by the sizes in which they differ. */
  private static final class Naming {
    private final Map<String, List<Map<String, String>>> sizesOf = new HashMap<>();
    final Map<String, String> files = new LinkedHashMap<>();

    void collect(Node node) {
      if (node instanceof Node.Sequence sequence) {
        sequence.items().forEach(this::collect);
      } else if (file(node).isPresent()) {
        note(nameOf(file(node).get()), texts(file(node).get()));
      } else if (node instanceof Node.Mapping mapping) {
        mapping.get("any").ifPresent(this::collect);
      } else if (node instanceof Node.Scalar scalar && FileEndings.matches(scalar.text(), ONNX)) {
        note(scalar.text(), Map.of());
      }
    }

    private void note(String name, Map<String, String> sizes) {
      List<Map<String, String>> known = sizesOf.computeIfAbsent(name, n -> new ArrayList<>());
      if (!known.contains(sizes)) {
        known.add(sizes);
      }
    }

    private static Map<String, String> texts(Node.Mapping network) {
      Map<String, String> texts = new LinkedHashMap<>();
      sizes(network).forEach(size -> texts.put(size.key(), size.value().toString()));
      return texts;
    }

    Node name(Node node) {
      if (node instanceof Node.Sequence sequence) {
        return new Node.Sequence(
            sequence.place(), sequence.items().stream().map(this::name).toList());
      }
      if (file(node).isPresent()) {
        return named(file(node).get());
      }
      if (!(node instanceof Node.Mapping mapping) || !mapping.has("any")) {
        return node;
      }
      Node.Entry any = mapping.entry("any").orElseThrow();
      Node.Mapping changed =
          mapping.with(new Node.Entry(any.key(), any.keyPlace(), name(any.value())));
      // A choice of sizes starts with a network, which is found by its name.
      Node.Entry start = mapping.entry("start").orElse(null);
      if (start == null || file(start.value()).isEmpty()) {
        return changed;
      }
      String called = nameOf(named(file(start.value()).get()));
      Node.Scalar word = new Node.Scalar(start.value().place(), called);
      return changed.with(new Node.Entry(start.key(), start.keyPlace(), word));
    }

    private Node.Mapping named(Node.Mapping network) {
      String name = nameOf(network);
      List<Map<String, String>> all = sizesOf.getOrDefault(name, List.of());
      Map<String, String> texts = texts(network);
      if (all.size() < 2 || texts.isEmpty()) {
        return network;
      }
      StringBuilder longer = new StringBuilder(name.substring(0, name.length() - ONNX.length()));
      texts.forEach(
          (key, size) -> {
            boolean differs = all.stream().anyMatch(other -> !size.equals(other.get(key)));
            if (differs) {
              longer.append('_').append(key.replaceAll("[^A-Za-z0-9]", "_")).append(size);
            }
          });
      String called = longer.append(ONNX).toString();
      files.put(called, name);
      return withName(network, called);
    }
  }
}
