package dev.kirchhoff.mapper.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.kirchhoff.mapper.onnx.proto.GraphProto;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import dev.kirchhoff.mapper.onnx.proto.TypeProto;
import dev.kirchhoff.mapper.onnx.proto.ValueInfoProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Part of a network's graph as a graph of its own, run by the library. Its session is made when it
 * is first run, since types of inner values are known only then. Safe for several threads.
 */
final class GraphPart {
  private final ModelProto model;
  private final String name;
  private final List<NodeProto> nodes;
  private final List<TensorProto> stored;
  private final List<String> inputs;
  private final List<String> outputs;
  private volatile OrtSession session;

  /**
   * A part.
   *
   * @param model model that it belongs to, for versions and functions
   * @param name name for messages
   * @param stored values of the file that its nodes read
   * @param inputs names of values that it reads
   * @param outputs names of values that others read
   */
  GraphPart(
      ModelProto model,
      String name,
      List<NodeProto> nodes,
      List<TensorProto> stored,
      List<String> inputs,
      List<String> outputs) {
    this.model = model;
    this.name = name;
    this.nodes = List.copyOf(nodes);
    this.stored = List.copyOf(stored);
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
  }

  /** Names of values that it reads. */
  List<String> inputs() {
    return inputs;
  }

  /** Names of values that it makes for others. */
  List<String> outputs() {
    return outputs;
  }

  /**
   * Runs it.
   *
   * @param values at least its inputs, by name
   * @return its outputs by name, which the caller closes
   */
  Map<String, OnnxTensor> run(Map<String, OnnxTensor> values) {
    Map<String, OnnxTensorLike> given = new HashMap<>();
    for (String input : inputs) {
      given.put(input, values.get(input));
    }
    try {
      // Its tensors are the caller's: the result itself holds nothing else.
      OrtSession.Result result = session(values).run(given, Set.copyOf(outputs));
      Map<String, OnnxTensor> made = new HashMap<>();
      for (String output : outputs) {
        if (!(result.get(output).orElseThrow() instanceof OnnxTensor tensor)) {
          throw new ExecutionException(name + " makes '" + output + "', which is no tensor");
        }
        made.put(output, tensor);
      }
      return made;
    } catch (OrtException e) {
      throw new ExecutionException(name + " " + OnnxRuntime.failure(e).getMessage());
    }
  }

  private OrtSession session(Map<String, OnnxTensor> values) {
    OrtSession made = session;
    if (made == null) {
      synchronized (this) {
        if (session == null) {
          session = OnnxRuntime.session(graph(values));
        }
        made = session;
      }
    }
    return made;
  }

  private ModelProto graph(Map<String, OnnxTensor> values) {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName(model.getGraph().getName() + "/" + name)
            .addAllNode(nodes)
            .addAllInitializer(stored);
    for (String input : inputs) {
      graph.addInput(typed(input, OnnxRuntime.type(values.get(input))));
    }
    for (String output : outputs) {
      graph.addOutput(ValueInfoProto.newBuilder().setName(output));
    }
    return ModelProto.newBuilder(model).setGraph(graph).build();
  }

  private static ValueInfoProto typed(String name, int type) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder().setElemType(type)))
        .build();
  }
}
