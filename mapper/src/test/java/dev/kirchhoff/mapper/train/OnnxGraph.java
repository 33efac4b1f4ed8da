package dev.kirchhoff.mapper.train;

import com.google.protobuf.ByteString;
import dev.kirchhoff.mapper.onnx.proto.AttributeProto;
import dev.kirchhoff.mapper.onnx.proto.GraphProto;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.OperatorSetIdProto;
import dev.kirchhoff.mapper.onnx.proto.StringStringEntryProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import dev.kirchhoff.mapper.onnx.proto.TensorShapeProto;
import dev.kirchhoff.mapper.onnx.proto.TypeProto;
import dev.kirchhoff.mapper.onnx.proto.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * A model being written: operator set 17, weights in single precision, the batch left open as
 * {@code N}. Source of the format: github.com/onnx/onnx, docs/IR.md, release 1.17.
 */
final class OnnxGraph {
  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final GraphProto.Builder graph;

  /** Nodes of a network. */
  interface Body {
    /**
     * Adds the nodes to a graph.
     *
     * @param input value that they read
     * @return value that they make
     */
    String export(OnnxGraph graph, String input);
  }

  OnnxGraph(String name) {
    graph = GraphProto.newBuilder().setName(name);
  }

  /** A node with one result, called like it. */
  String node(String name, String type, List<String> inputs, AttributeProto... attributes) {
    node(name, type, inputs, List.of(name), attributes);
    return name;
  }

  /** A node with several results; an empty name is one that nobody reads. */
  void node(
      String name,
      String type,
      List<String> inputs,
      List<String> outputs,
      AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(name)
            .setOpType(type)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
  }

  String constant(Parameter parameter) {
    return constant(parameter.name(), parameter.dims(), parameter.values());
  }

  String constant(String name, List<Integer> dims, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(FLOAT)
            .setRawData(ByteString.copyFrom(bytes));
    dims.forEach(tensor::addDims);
    graph.addInitializer(tensor);
    return name;
  }

  String wholesConstant(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(INT64).addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return name;
  }

  static AttributeProto whole(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(2).setI(value).build();
  }

  static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder().setName(name).setType(1).setF(value).build();
  }

  static AttributeProto wholes(String name, long... values) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name).setType(7);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  /**
   * The whole model.
   *
   * @param body nodes between its input and its output
   * @param shape of one sample
   * @param classes values of an output
   * @param metadata what its file says about it, in this order
   */
  static ModelProto model(
      String name, Body body, List<Integer> shape, int classes, Map<String, String> metadata) {
    OnnxGraph graph = new OnnxGraph(name);
    graph.graph.addInput(described("input", shape));
    String output = body.export(graph, "input");
    graph.graph.addOutput(described(output, List.of(classes)));
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
            .setProducerName("kirchhoff")
            .setGraph(graph.graph);
    metadata.forEach(
        (key, text) ->
            model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
    return model.build();
  }

  private static ValueInfoProto described(String name, List<Integer> sample) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
    for (int dim : sample) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape)))
        .build();
  }

  /** Puts the weights of a model that was written here into a classifier of the same stages. */
  static void load(ModelProto model, Classifier classifier) {
    for (Parameter parameter : classifier.parameters()) {
      TensorProto tensor =
          model.getGraph().getInitializerList().stream()
              .filter(each -> each.getName().equals(parameter.name()))
              .findFirst()
              .orElseThrow();
      // The memory's second bias, which is zero, stands behind the first one.
      tensor
          .getRawData()
          .asReadOnlyByteBuffer()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(parameter.values());
    }
  }
}
