package dev.kirchhoff.mapper.onnx;

import com.google.protobuf.ByteString;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.mapper.onnx.proto.AttributeProto;
import dev.kirchhoff.mapper.onnx.proto.GraphProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A node with its inputs.
 *
 * @param proto the node
 * @param name its name, unique in the model
 * @param inputs tensors by position; null where one is left out
 * @param declared dimensions that the model states for its outputs; null where it does not
 * @param opset version of the operator set that it belongs to
 * @param usedOnce whether its first input is read by nothing else
 */
record NodeView(
    NodeProto proto,
    String name,
    List<Tensor> inputs,
    List<long[]> declared,
    long opset,
    boolean usedOnce) {

  /** A node with its settings alone. */
  static NodeView settings(NodeProto proto, String name) {
    return new NodeView(proto, name, List.of(), List.of(), 0, false);
  }

  String operator() {
    return proto.getOpType();
  }

  /** True if an input is not left out. */
  boolean reads(int i) {
    return i < proto.getInputCount() && !proto.getInput(i).isEmpty();
  }

  boolean has(int i) {
    return i < inputs.size() && inputs.get(i) != null;
  }

  /** An input; null where it is left out. */
  Tensor optional(int i) {
    return has(i) ? inputs.get(i) : null;
  }

  Tensor in(int i) {
    if (!has(i)) {
      throw new ModelException("misses input " + i);
    }
    return inputs.get(i);
  }

  /** The values of an input that must be constant. */
  Numbers constantIn(int i) {
    Numbers numbers = in(i).numbers();
    if (numbers == null) {
      throw new ModelException.DataDependent(
          "has a shape that depends on data (input "
              + i
              + (proto.getInputCount() > i ? ", '" + proto.getInput(i) + "'" : "")
              + "), so that the layers behind it cannot be sized");
    }
    return numbers;
  }

  int outputs() {
    return proto.getOutputCount();
  }

  /** Inputs that are there. */
  List<Tensor> given() {
    List<Tensor> present = new ArrayList<>();
    for (Tensor input : inputs) {
      if (input != null) {
        present.add(input);
      }
    }
    return present;
  }

  boolean isAllConstant() {
    return given().stream().allMatch(Tensor::isConstant);
  }

  /** Producers of the computed inputs. */
  Flow flow() {
    List<Flow> flows = flows(given());
    return flows.isEmpty() ? Flow.input(ValueKind.SIGNED) : Flow.union(flows);
  }

  /** Producers of the computed ones of some tensors. */
  static List<Flow> flows(List<Tensor> tensors) {
    return tensors.stream().filter(each -> !each.isConstant()).map(Tensor::flow).toList();
  }

  /** Values made of all inputs: constant where they are, of contents that are not known. */
  Tensor made(int type, long... dims) {
    return isAllConstant()
        ? Tensor.constant(type, dims, Constant.UNKNOWN)
        : Tensor.computed(type, dims, flow());
  }

  Optional<AttributeProto> attribute(String attribute) {
    for (AttributeProto each : proto.getAttributeList()) {
      if (each.getName().equals(attribute)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  boolean hasAttribute(String attribute) {
    return attribute(attribute).isPresent();
  }

  /**
   * An attribute that must be of a kind.
   *
   * @throws ModelException if it is of another
   */
  private Optional<AttributeProto> attribute(String attribute, AttributeKind kind) {
    return attribute(attribute).map(kind::require);
  }

  long whole(String attribute, long otherwise) {
    return attribute(attribute, AttributeKind.WHOLE).map(AttributeProto::getI).orElse(otherwise);
  }

  double real(String attribute, double otherwise) {
    return attribute(attribute, AttributeKind.REAL).map(a -> (double) a.getF()).orElse(otherwise);
  }

  String text(String attribute, String otherwise) {
    return attribute(attribute, AttributeKind.TEXT)
        .map(a -> a.getS().toStringUtf8())
        .orElse(otherwise);
  }

  /** Words of an attribute; none where it is left out. */
  List<String> texts(String attribute) {
    return attribute(attribute, AttributeKind.TEXTS)
        .map(a -> a.getStringsList().stream().map(ByteString::toStringUtf8).toList())
        .orElse(List.of());
  }

  /**
   * An attribute that chooses one of some words; the first is meant where it is left out or empty.
   *
   * @throws ModelException if it is none of them
   */
  String choice(String attribute, String... words) {
    String word = text(attribute, "");
    if (word.isEmpty()) {
      return words[0];
    }
    List<String> allowed = List.of(words);
    if (!allowed.contains(word)) {
      throw new ModelException(
          "has "
              + attribute
              + " '"
              + ModelText.shown(word)
              + "', must be "
              + String.join(", ", allowed.subList(0, words.length - 1))
              + " or "
              + words[words.length - 1]
              + NearNames.nearest(word, allowed)
                  .map(near -> "; did you mean " + near + "?")
                  .orElse(""));
    }
    return word;
  }

  /** The attribute auto_pad: how a map is padded. */
  String padding() {
    return choice("auto_pad", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID");
  }

  TensorProto tensor(String attribute) {
    return attribute(attribute, AttributeKind.TENSOR)
        .map(AttributeProto::getT)
        .orElseThrow(() -> new ModelException("misses the attribute " + attribute));
  }

  GraphProto graph(String attribute) {
    return attribute(attribute, AttributeKind.GRAPH)
        .map(AttributeProto::getG)
        .orElseThrow(() -> new ModelException("misses the attribute " + attribute));
  }

  /** Whole numbers of an attribute, or {@code count} times {@code otherwise}. */
  long[] wholes(String attribute, int count, long otherwise) {
    long[] values = wholes(attribute).orElse(null);
    if (values == null) {
      values = new long[count];
      java.util.Arrays.fill(values, otherwise);
    }
    if (values.length != count) {
      throw new ModelException("has " + values.length + " " + attribute + ", must have " + count);
    }
    return values;
  }

  Optional<long[]> wholes(String attribute) {
    return attribute(attribute, AttributeKind.WHOLES)
        .map(a -> a.getIntsList().stream().mapToLong(Long::longValue).toArray());
  }

  Optional<double[]> reals(String attribute) {
    return attribute(attribute, AttributeKind.REALS)
        .map(a -> a.getFloatsList().stream().mapToDouble(Float::doubleValue).toArray());
  }

  /** Whole numbers of an attribute, or since some version of a constant input. */
  Optional<long[]> wholes(String attribute, int input) {
    Optional<long[]> values = wholes(attribute);
    return values.isPresent() || !has(input) ? values : Optional.of(constantIn(input).longs());
  }

  /** Dimensions that the model states for an output. */
  Optional<long[]> declared(int output) {
    return output < declared.size() ? Optional.ofNullable(declared.get(output)) : Optional.empty();
  }
}
