package dev.kirchhoff.mapper.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.google.protobuf.ByteString;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * The library that computes what stands between the stored matrices of a network: sessions of
 * graphs, and tensors from and to values. One thread a session, so that sums have one order.
 *
 * <p>Its native code belongs to a platform and may be missing. It is loaded when it is first
 * needed.
 */
final class OnnxRuntime {
  /** Codes of types of the format that tensors are made of. */
  private static final int FLOAT = 1;

  private static final int UINT8 = 2;
  private static final int INT8 = 3;
  private static final int INT32 = 6;
  private static final int INT64 = 7;
  private static final int BOOL = 9;
  private static final int FLOAT16 = 10;
  private static final int DOUBLE = 11;

  private OnnxRuntime() {}

  /** The environment, which loads the native code once. */
  private static final class Native {
    static final OrtEnvironment ENVIRONMENT = load();

    private static OrtEnvironment load() {
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "kirchhoff");
      try {
        environment.setTelemetry(false);
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
      return environment;
    }
  }

  /**
   * The environment.
   *
   * @throws MissingRuntimeException if there is no native code for this machine
   */
  static OrtEnvironment environment() {
    try {
      return Native.ENVIRONMENT;
    } catch (LinkageError e) {
      throw new MissingRuntimeException(e);
    }
  }

  /**
   * A session of a graph.
   *
   * @throws ExecutionException if the library does not run it
   */
  static OrtSession session(ModelProto model) {
    OrtEnvironment environment = environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return environment.createSession(model.toByteArray(), options);
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  /** A failure of the library, without its codes and file names. */
  static ExecutionException failure(OrtException e) {
    String text = e.getMessage().replaceAll("\\s+", " ");
    return new ExecutionException("is not run by ONNX Runtime: " + text);
  }

  /** Code of a tensor's type in the format. */
  static int type(OnnxTensor tensor) {
    TensorInfo info = tensor.getInfo();
    return switch (info.onnxType) {
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> FLOAT;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> UINT8;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> INT8;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> INT32;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> INT64;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> BOOL;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> FLOAT16;
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> DOUBLE;
      default ->
          throw new ExecutionException("passes values of type " + info.type + " between its parts");
    };
  }

  /** Dimensions of a tensor. */
  static int[] dims(OnnxTensor tensor) {
    return Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
  }

  /** Values of a tensor in single precision; flags are 0 and 1. */
  static float[] floats(OnnxTensor tensor) {
    int type = type(tensor);
    switch (type) {
      case FLOAT, FLOAT16 -> {
        FloatBuffer from = tensor.getFloatBuffer();
        float[] values = new float[from.remaining()];
        from.get(values);
        return values;
      }
      case INT64 -> {
        LongBuffer from = tensor.getLongBuffer();
        float[] values = new float[from.remaining()];
        for (int i = 0; i < values.length; i++) {
          values[i] = from.get(i);
        }
        return values;
      }
      case INT32 -> {
        IntBuffer from = tensor.getIntBuffer();
        float[] values = new float[from.remaining()];
        for (int i = 0; i < values.length; i++) {
          values[i] = from.get(i);
        }
        return values;
      }
      case DOUBLE -> {
        var from = tensor.getDoubleBuffer();
        float[] values = new float[from.remaining()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) from.get(i);
        }
        return values;
      }
      default -> {
        ByteBuffer from = tensor.getByteBuffer();
        float[] values = new float[from.remaining()];
        for (int i = 0; i < values.length; i++) {
          values[i] = type == UINT8 ? from.get(i) & 0xff : from.get(i);
        }
        return values;
      }
    }
  }

  /**
   * A tensor of values.
   *
   * @param type code of its type in the format
   * @param dims dimensions
   */
  static OnnxTensor tensor(int type, int[] dims, float[] values) {
    long[] shape = Arrays.stream(dims).asLongStream().toArray();
    OrtEnvironment environment = environment();
    try {
      switch (type) {
        case FLOAT -> {
          FloatBuffer to = direct(4L * values.length).asFloatBuffer();
          to.put(values).rewind();
          return OnnxTensor.createTensor(environment, to, shape);
        }
        case INT64 -> {
          LongBuffer to = direct(8L * values.length).asLongBuffer();
          for (int i = 0; i < values.length; i++) {
            to.put(i, (long) values[i]);
          }
          return OnnxTensor.createTensor(environment, to, shape);
        }
        case INT32 -> {
          IntBuffer to = direct(4L * values.length).asIntBuffer();
          for (int i = 0; i < values.length; i++) {
            to.put(i, (int) values[i]);
          }
          return OnnxTensor.createTensor(environment, to, shape);
        }
        case UINT8, INT8, BOOL -> {
          ByteBuffer to = direct(values.length);
          for (int i = 0; i < values.length; i++) {
            to.put(i, (byte) (int) values[i]);
          }
          return OnnxTensor.createTensor(environment, to, shape, byteType(type));
        }
        default -> throw new ExecutionException("reads values of type " + type);
      }
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  /** Values in single precision as the format has them. */
  static TensorProto proto(String name, Values values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.size(); i++) {
      bytes.putFloat(4 * i, values.at(i));
    }
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
    for (int dim : values.dims()) {
      tensor.addDims(dim);
    }
    return tensor.setRawData(ByteString.copyFrom(bytes)).build();
  }

  private static ai.onnxruntime.OnnxJavaType byteType(int type) {
    return switch (type) {
      case UINT8 -> ai.onnxruntime.OnnxJavaType.UINT8;
      case BOOL -> ai.onnxruntime.OnnxJavaType.BOOL;
      default -> ai.onnxruntime.OnnxJavaType.INT8;
    };
  }

  private static ByteBuffer direct(long bytes) {
    return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
  }
}
