package dev.kirchhoff.mapper.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.mapper.onnx.proto.AttributeProto;
import dev.kirchhoff.mapper.onnx.proto.GraphProto;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import dev.kirchhoff.mapper.onnx.proto.TensorShapeProto;
import dev.kirchhoff.mapper.onnx.proto.ValueInfoProto;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reader of an ONNX model as operators with their stored values, to be executed. Weights must be in
 * the file itself; an open first dimension of the input is 1; functions and graphs inside nodes are
 * not read.
 */
public final class OnnxGraph {
  private OnnxGraph() {}

  /**
   * The graph of a model.
   *
   * @throws FormatException with all reasons why it cannot be executed
   */
  public static ComputeGraph read(byte[] bytes) throws FormatException {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new FormatException(List.of("is not an ONNX model or is damaged"));
    }
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      throw new FormatException(List.of("is not an ONNX model: it holds no graph with nodes"));
    }
    List<String> problems = new ArrayList<>();
    Map<String, Values> constants = new TreeMap<>();
    GraphProto graph = model.getGraph();
    for (TensorProto tensor : graph.getInitializerList()) {
      try {
        constants.put(tensor.getName(), values(tensor));
      } catch (ModelException e) {
        problems.add("initializer '" + ModelText.shown(tensor.getName()) + "' " + e.getMessage());
      }
    }
    List<GraphNode> nodes = nodes(model, problems);
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(i -> !constants.containsKey(i.getName())).toList();
    if (inputs.size() != 1) {
      problems.add("has " + inputs.size() + " inputs, must have 1 to be executed");
    }
    if (graph.getOutputCount() == 0) {
      problems.add("states no output, must state one to be executed");
    }
    List<Integer> dims = inputs.isEmpty() ? List.of() : dims(inputs.get(0), problems);
    if (!problems.isEmpty()) {
      throw new FormatException(problems);
    }
    return new ComputeGraph(
        inputs.get(0).getName(), dims, graph.getOutput(0).getName(), constants, nodes);
  }

  /** A node of a model with its settings. */
  static GraphNode node(ModelProto model, NodeProto node, String name) {
    int opset =
        model.getOpsetImportList().stream()
            .filter(o -> o.getDomain().isEmpty() || o.getDomain().equals("ai.onnx"))
            .mapToInt(o -> (int) o.getVersion())
            .findFirst()
            .orElse(1);
    return new GraphNode(
        node.getOpType(), name, node.getInputList(), node.getOutputList(), attributes(node), opset);
  }

  private static List<GraphNode> nodes(ModelProto model, List<String> problems) {
    GraphProto graph = model.getGraph();
    List<GraphNode> nodes = new ArrayList<>();
    NodeOrder.Sorted sorted = NodeOrder.of(graph.getNodeList());
    if (!sorted.inCircle().isEmpty()) {
      problems.add("has nodes that read each other in a circle");
    }
    boolean[] live =
        LiveNodes.of(
            graph.getNodeList(),
            graph.getOutputList().stream().map(ValueInfoProto::getName).toList());
    for (int position : sorted.order()) {
      if (!live[position]) {
        continue;
      }
      NodeProto node = graph.getNode(position);
      String name = GraphReader.name(node, position);
      try {
        nodes.add(node(model, node, name));
      } catch (ModelException e) {
        problems.add("node '" + ModelText.shown(name) + "' " + e.getMessage());
      }
    }
    return nodes;
  }

  /** Dimensions for one item: the first one may be open. */
  private static List<Integer> dims(ValueInfoProto input, List<String> problems) {
    List<Integer> dims = new ArrayList<>();
    for (TensorShapeProto.Dimension dim : input.getType().getTensorType().getShape().getDimList()) {
      if (dim.getDimValue() < 1 && !dims.isEmpty()) {
        problems.add(
            "input '"
                + ModelText.shown(input.getName())
                + "' leaves a dimension behind the first open, so that it cannot be executed");
      }
      dims.add((int) Math.max(1, dim.getDimValue()));
    }
    return dims;
  }

  private static GraphNode.Attributes attributes(NodeProto node) {
    GraphNode.Attributes attributes = new GraphNode.Attributes();
    for (AttributeProto attribute : node.getAttributeList()) {
      String name = attribute.getName();
      if (attribute.hasG()) {
        throw new ModelException("holds a graph of its own, which is not executed");
      } else if (attribute.hasT()) {
        attributes.with(name, values(attribute.getT()));
      } else if (attribute.hasS()) {
        attributes.with(name, attribute.getS().toStringUtf8());
      } else if (attribute.hasF()) {
        attributes.with(name, List.of((double) attribute.getF()));
      } else if (attribute.hasI()) {
        attributes.with(name, List.of((double) attribute.getI()));
      } else if (attribute.getIntsCount() > 0) {
        attributes.with(name, attribute.getIntsList().stream().map(Long::doubleValue).toList());
      } else if (attribute.getFloatsCount() > 0) {
        attributes.with(name, attribute.getFloatsList().stream().map(Float::doubleValue).toList());
      } else if (attribute.getStringsCount() > 0) {
        attributes.with(
            name,
            attribute.getStringsList().stream()
                .map(ByteString::toStringUtf8)
                .collect(Collectors.joining(" ")));
      }
    }
    return attributes;
  }

  /** Values of a tensor. */
  static Values values(TensorProto tensor) {
    long[] dims = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    int size = Dims.whole(Dims.elements(Dims.checked(dims)), "values");
    TensorValues.Encoding encoding = TensorValues.Encoding.of(tensor.getDataType());
    if (encoding == null || TensorValues.isExternal(tensor) || TensorValues.count(tensor) != size) {
      throw new ModelException("must hold its " + size + " values in the model's file");
    }
    float[] data = new float[size];
    if (tensor.hasRawData()) {
      ByteBuffer bytes = TensorValues.bytes(tensor.getRawData());
      for (int i = 0; i < size; i++) {
        data[i] = (float) encoding.real(bytes);
      }
    } else {
      for (int i = 0; i < size; i++) {
        data[i] = (float) TensorValues.field(tensor, encoding, i);
      }
    }
    int[] whole = new int[dims.length];
    java.util.Arrays.setAll(whole, i -> (int) dims[i]);
    Values values = Values.of(whole, data);
    return encoding.isReal() ? values : values.asWhole();
  }
}
