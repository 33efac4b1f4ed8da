package dev.kirchhoff.mapper.onnx;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Operator of a graph with its inputs and outputs.
 *
 * @param operator its kind, by the name of the ONNX standard
 * @param name its name, unique in the graph
 * @param inputs names of values; empty where one is left out
 * @param outputs names of values; empty where nobody reads one
 * @param attributes its settings
 * @param opset version of the operator set
 */
public record GraphNode(
    String operator,
    String name,
    List<String> inputs,
    List<String> outputs,
    Attributes attributes,
    int opset) {

  public GraphNode {
    Objects.requireNonNull(attributes);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Settings of an operator. */
  public static final class Attributes {
    private final Map<String, List<Double>> numbers = new TreeMap<>();
    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, Values> tensors = new TreeMap<>();

    /** Sets numbers. */
    public Attributes with(String name, List<Double> values) {
      numbers.put(name, List.copyOf(values));
      return this;
    }

    /** Sets a text. */
    public Attributes with(String name, String text) {
      texts.put(name, text);
      return this;
    }

    /** Sets a tensor. */
    public Attributes with(String name, Values tensor) {
      tensors.put(name, tensor);
      return this;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Attributes those
          && numbers.equals(those.numbers)
          && texts.equals(those.texts)
          && tensors.equals(those.tensors);
    }

    @Override
    public int hashCode() {
      return Objects.hash(numbers, texts, tensors);
    }

    boolean has(String name) {
      return numbers.containsKey(name) || texts.containsKey(name) || tensors.containsKey(name);
    }

    double real(String name, double otherwise) {
      return numbers.containsKey(name) ? numbers.get(name).get(0) : otherwise;
    }

    int whole(String name, int otherwise) {
      return (int) real(name, otherwise);
    }

    String text(String name, String otherwise) {
      return texts.getOrDefault(name, otherwise);
    }

    int[] wholes(String name) {
      return numbers.getOrDefault(name, List.of()).stream().mapToInt(Double::intValue).toArray();
    }

    int[] wholes(String name, int count, int otherwise) {
      int[] values = wholes(name);
      if (values.length == 0) {
        values = new int[count];
        java.util.Arrays.fill(values, otherwise);
      }
      if (values.length != count) {
        throw new ExecutionException("has " + values.length + " " + name + ", must have " + count);
      }
      return values;
    }

    Values tensor(String name) {
      Values tensor = tensors.get(name);
      if (tensor == null) {
        throw new ExecutionException("misses the attribute " + name);
      }
      return tensor;
    }
  }
}
