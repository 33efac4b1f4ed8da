package dev.kirchhoff.mapper.onnx;

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
import java.util.List;
import java.util.Random;

/** Builder of small models for tests. */
public final class Models {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final Random random = new Random(7);
  private int opset = 17;
  private int names;

  Models opset(int version) {
    opset = version;
    return this;
  }

  /** An input of single precision; a dimension is a number or a name, empty for an unnamed one. */
  public Models input(String name, Object... dims) {
    return typed(name, Tensor.FLOAT, dims);
  }

  Models typed(String name, int type, Object... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object dim : dims) {
      if (dim instanceof Integer size) {
        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
      } else {
        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam((String) dim));
      }
    }
    graph.addInput(
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(
                        TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape))));
    return this;
  }

  /** Random weights of single precision; returns their name. */
  String weights(long... dims) {
    float[] values = new float[(int) Dims.elements(dims)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values(dims, values);
  }

  /** Values of single precision as a constant; returns their name. */
  public String values(long[] dims, float... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName("w" + names++).setDataType(Tensor.FLOAT);
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** Whole numbers as a constant; returns their name. */
  String wholes(long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName("c" + names++)
            .setDataType(Tensor.INT64)
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** A real number as a constant; returns its name. */
  String scalar(float value) {
    String name = "s" + names++;
    graph.addInitializer(
        TensorProto.newBuilder().setName(name).setDataType(Tensor.FLOAT).addFloatData(value));
    return name;
  }

  /** Bytes of a quantised tensor; returns its name. */
  String bytes(int type, byte[] values, long... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName("q" + names++)
            .setDataType(type)
            .setRawData(ByteString.copyFrom(values));
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** Weights in another file; returns their name. */
  String external(String location, long offset, long length, long... dims) {
    return external(location, Long.toString(offset), Long.toString(length), dims);
  }

  /** Weights in another file, at a place in any words. */
  String external(String location, String offset, String length, long... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName("e" + names++)
            .setDataType(Tensor.FLOAT)
            .setDataLocation(1)
            .addExternalData(entry("location", location))
            .addExternalData(entry("offset", offset))
            .addExternalData(entry("length", length));
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /** A node with one output; returns the output's name. */
  public String node(String type, List<String> inputs, AttributeProto... attributes) {
    String output = "t" + names++;
    return node(type, inputs, List.of(output), attributes);
  }

  String node(
      String type, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
    return outputs.get(0);
  }

  String nodeOf(String domain, String type, List<String> inputs, AttributeProto... attributes) {
    String output = "t" + names++;
    graph.addNode(
        NodeProto.newBuilder()
            .setDomain(domain)
            .setOpType(type)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
    return output;
  }

  static AttributeProto wholes(String name, long... values) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name).setType(7);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  public static AttributeProto whole(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(2).setI(value).build();
  }

  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(3)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto texts(String name, String... values) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name).setType(8);
    for (String value : values) {
      attribute.addStrings(ByteString.copyFromUtf8(value));
    }
    return attribute.build();
  }

  static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder().setName(name).setType(1).setF(value).build();
  }

  GraphProto.Builder graph() {
    return graph;
  }

  ModelProto model(String output) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph.clone().addOutput(ValueInfoProto.newBuilder().setName(output)))
        .build();
  }

  public byte[] bytes(String output) {
    return model(output).toByteArray();
  }
}
