package dev.kirchhoff.mapper.onnx;

import com.google.protobuf.ByteString;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Values of a stored tensor: bytes in little-endian order, or numbers of the field of its type. */
final class TensorValues {
  private TensorValues() {}

  /** Encoding of values in bytes. */
  enum Encoding {
    FLOAT(1, 4),
    UINT8(2, 1),
    INT8(3, 1),
    UINT16(4, 2),
    INT16(5, 2),
    INT32(6, 4),
    INT64(7, 8),
    BOOL(9, 1),
    FLOAT16(10, 2),
    DOUBLE(11, 8),
    UINT32(12, 4),
    UINT64(13, 8),
    BFLOAT16(16, 2);

    private final int type;
    private final int size_B;

    Encoding(int type, int size_B) {
      this.type = type;
      this.size_B = size_B;
    }

    int size_B() {
      return size_B;
    }

    /** The encoding of an element type; null if its values cannot be read here. */
    static Encoding of(int type) {
      for (Encoding each : values()) {
        if (each.type == type) {
          return each;
        }
      }
      return null;
    }

    boolean isReal() {
      return this == FLOAT || this == DOUBLE || this == FLOAT16 || this == BFLOAT16;
    }

    double real(ByteBuffer bytes) {
      return switch (this) {
        case FLOAT -> bytes.getFloat();
        case DOUBLE -> bytes.getDouble();
        case FLOAT16 -> half(bytes.getShort());
        case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort() << 16);
        case UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, UINT32, UINT64 -> whole(bytes);
      };
    }

    long whole(ByteBuffer bytes) {
      return switch (this) {
        case UINT8, BOOL -> bytes.get() & 0xff;
        case INT8 -> bytes.get();
        case UINT16 -> bytes.getShort() & 0xffff;
        case INT16 -> bytes.getShort();
        case INT32 -> bytes.getInt();
        case UINT32 -> bytes.getInt() & 0xffffffffL;
        case INT64, UINT64 -> bytes.getLong();
        case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> (long) real(bytes);
      };
    }
  }

  /** IEEE 754 binary16. */
  static double half(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int mantissa = bits & 0x3ff;
    double magnitude =
        exponent == 0
            ? mantissa * 0x1p-24
            : exponent == 31
                ? (mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : (1024 + mantissa) * Math.scalb(1.0, exponent - 25);
    return bits < 0 ? -magnitude : magnitude;
  }

  static boolean isExternal(TensorProto tensor) {
    return tensor.getDataLocation() == 1;
  }

  /** Number of values that stand in the model's file itself. */
  static long count(TensorProto tensor) {
    if (tensor.hasRawData()) {
      Encoding encoding = Encoding.of(tensor.getDataType());
      return encoding == null ? -1 : tensor.getRawData().size() / encoding.size_B();
    }
    return (long) tensor.getFloatDataCount()
        + tensor.getInt32DataCount()
        + tensor.getInt64DataCount()
        + tensor.getDoubleDataCount()
        + tensor.getUint64DataCount();
  }

  /** The values of a small tensor; null if they are not in the file or cannot be read. */
  static Numbers numbers(TensorProto tensor, long elements) {
    Encoding encoding = Encoding.of(tensor.getDataType());
    if (encoding == null || isExternal(tensor) || elements > Numbers.MOST) {
      return null;
    }
    if (count(tensor) < elements) {
      return null;
    }
    int size = (int) elements;
    if (tensor.hasRawData()) {
      ByteBuffer bytes = bytes(tensor.getRawData());
      if (encoding.isReal()) {
        double[] values = new double[size];
        Arrays.setAll(values, i -> encoding.real(bytes));
        return Numbers.ofReals(values);
      }
      long[] values = new long[size];
      Arrays.setAll(values, i -> encoding.whole(bytes));
      return Numbers.of(values);
    }
    double[] reals = new double[size];
    if (encoding.isReal()) {
      Arrays.setAll(reals, i -> field(tensor, encoding, i));
      return Numbers.ofReals(reals);
    }
    long[] wholes = new long[size];
    Arrays.setAll(wholes, i -> wholeField(tensor, i));
    return Numbers.of(wholes);
  }

  /**
   * The values of a tensor of any size, in single precision.
   *
   * @throws ModelException if they are not in the file or cannot be read
   */
  static Values all(TensorProto tensor) {
    long[] dims = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    int size = Dims.whole(Dims.elements(Dims.checked(dims)), "values");
    Encoding encoding = Encoding.of(tensor.getDataType());
    if (encoding == null || isExternal(tensor) || count(tensor) != size) {
      throw new ModelException("must hold its " + size + " values in the model's file");
    }
    float[] data = new float[size];
    ByteBuffer bytes = tensor.hasRawData() ? bytes(tensor.getRawData()) : null;
    for (int i = 0; i < size; i++) {
      data[i] = (float) (bytes != null ? encoding.real(bytes) : field(tensor, encoding, i));
    }
    return Values.of(Arrays.stream(dims).mapToInt(Math::toIntExact).toArray(), data);
  }

  static ByteBuffer bytes(ByteString raw) {
    return raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Adds the values that stand in the model's file to moments. */
  static void addTo(Moments moments, TensorProto tensor, double offset) {
    Encoding encoding = Encoding.of(tensor.getDataType());
    long count = count(tensor);
    if (tensor.hasRawData()) {
      add(moments, encoding, bytes(tensor.getRawData()), offset);
      return;
    }
    for (int i = 0; i < count; i++) {
      moments.add(field(tensor, encoding, i) - offset);
    }
  }

  /** Adds all whole values of some bytes to moments. */
  static void add(Moments moments, Encoding encoding, ByteBuffer bytes, double offset) {
    while (bytes.remaining() >= encoding.size_B()) {
      moments.add(encoding.real(bytes) - offset);
    }
  }

  static double field(TensorProto tensor, Encoding encoding, int i) {
    if (i < tensor.getFloatDataCount()) {
      return tensor.getFloatData(i);
    }
    if (i < tensor.getDoubleDataCount()) {
      return tensor.getDoubleData(i);
    }
    if (i < tensor.getInt32DataCount() && encoding == Encoding.FLOAT16) {
      return half((short) tensor.getInt32Data(i));
    }
    if (i < tensor.getInt32DataCount() && encoding == Encoding.BFLOAT16) {
      return Float.intBitsToFloat(tensor.getInt32Data(i) << 16);
    }
    return wholeField(tensor, i);
  }

  private static long wholeField(TensorProto tensor, int i) {
    if (i < tensor.getInt64DataCount()) {
      return tensor.getInt64Data(i);
    }
    if (i < tensor.getInt32DataCount()) {
      return tensor.getInt32Data(i);
    }
    return i < tensor.getUint64DataCount() ? tensor.getUint64Data(i) : 0;
  }
}
