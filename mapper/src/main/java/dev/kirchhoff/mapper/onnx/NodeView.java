package dev.kirchhoff.mapper.onnx;

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

  String operator() {
    return proto.getOpType();
  }

  boolean has(int i) {
    return i < inputs.size() && inputs.get(i) != null;
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
    List<Tensor> given = new ArrayList<>();
    for (Tensor input : inputs) {
      if (input != null) {
        given.add(input);
      }
    }
    return given;
  }

  boolean isAllConstant() {
    return given().stream().allMatch(Tensor::isConstant);
  }

  /** Where the computed ones of its inputs come from. */
  Flow flow() {
    List<Flow> flows = given().stream().filter(t -> !t.isConstant()).map(Tensor::flow).toList();
    return flows.isEmpty() ? Flow.input(ValueKind.SIGNED) : Flow.union(flows);
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

  long whole(String attribute, long otherwise) {
    return attribute(attribute).map(AttributeProto::getI).orElse(otherwise);
  }

  double real(String attribute, double otherwise) {
    return attribute(attribute).map(a -> (double) a.getF()).orElse(otherwise);
  }

  String text(String attribute, String otherwise) {
    return attribute(attribute).map(a -> a.getS().toStringUtf8()).orElse(otherwise);
  }

  TensorProto tensor(String attribute) {
    return attribute(attribute)
        .filter(AttributeProto::hasT)
        .map(AttributeProto::getT)
        .orElseThrow(() -> new ModelException("misses the attribute " + attribute));
  }

  GraphProto graph(String attribute) {
    return attribute(attribute)
        .filter(AttributeProto::hasG)
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
    return attribute(attribute)
        .map(a -> a.getIntsList().stream().mapToLong(Long::longValue).toArray());
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
