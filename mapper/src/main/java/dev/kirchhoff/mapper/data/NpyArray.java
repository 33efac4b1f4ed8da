package dev.kirchhoff.mapper.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An array of numbers as {@code numpy.save} writes it: real numbers of 4 or 8 bytes, whole ones of
 * 1 to 8 bytes, the last dimension fastest. Values are kept in single precision.
 */
public final class NpyArray {
  private static final int MOST_VALUES = 1 << 28;
  private static final List<String> TYPES =
      List.of("f4", "f8", "b1", "u1", "i1", "u2", "i2", "u4", "i4", "i8");

  private final List<Long> shape;
  private final float[] values;

  private NpyArray(List<Long> shape, float[] values) {
    this.shape = shape;
    this.values = values;
  }

  /**
   * Reads an array.
   *
   * @throws DataException if it is not one, or of another kind
   */
  public static NpyArray read(InputStream in) throws DataException {
    NpyHeader header;
    try {
      header = NpyHeader.read(in);
      if (!TYPES.contains(header.type())) {
        throw new DataException(
            "its values are " + header.type() + ", must be one of " + String.join(", ", TYPES));
      }
      if (header.isColumnsFirst()) {
        throw new DataException(
            "its first dimension runs fastest; save numpy.ascontiguousarray of it");
      }
      List<Long> shape = header.shape();
      long size = 1;
      for (long dim : shape) {
        if (dim < 1 || dim > MOST_VALUES / size) {
          throw new DataException(
              "its shape is " + shape + ", must have 1.." + MOST_VALUES + " values");
        }
        size *= dim;
      }
      return new NpyArray(List.copyOf(shape), values(in, header, (int) size));
    } catch (IOException e) {
      throw new DataException("cannot be read: " + e.getMessage());
    } catch (DataException e) {
      throw new DataException("is not an .npy file that can be used: " + e.getMessage());
    }
  }

  /**
   * Arrays of the same samples as one, the values of a sample one after the other: (samples, all
   * others).
   *
   * @throws DataException if they are not of as many samples
   */
  public static NpyArray joined(List<NpyArray> arrays) throws DataException {
    if (arrays.size() == 1) {
      return arrays.get(0);
    }
    int samples = arrays.get(0).samples();
    long each = 0;
    for (NpyArray array : arrays) {
      if (array.samples() != samples) {
        throw new DataException("has different numbers of samples for its inputs");
      }
      each += array.size() / samples;
    }
    if (each > MOST_VALUES / samples) {
      throw new DataException("has more than " + MOST_VALUES + " values");
    }
    float[] values = new float[(int) (samples * each)];
    int place = 0;
    for (int i = 0; i < samples; i++) {
      for (NpyArray array : arrays) {
        int own = array.size() / samples;
        System.arraycopy(array.values, i * own, values, place, own);
        place += own;
      }
    }
    return new NpyArray(List.of((long) samples, each), values);
  }

  /** Length of the first dimension; 1 of a single number. */
  public int samples() {
    return shape.isEmpty() ? 1 : shape.get(0).intValue();
  }

  private static float[] values(InputStream in, NpyHeader header, int size)
      throws IOException, DataException {
    int each = header.type().charAt(1) - '0';
    byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 64, (long) size * each));
    if (bytes.length != (long) size * each) {
      throw new DataException("it ends after " + bytes.length / each + " of " + size + " values");
    }
    if (in.read() >= 0) {
      throw new DataException("it goes on after its " + size + " values");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(header.order());
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = value(buffer, header.type());
      if (!Float.isFinite(values[i])) {
        throw new DataException("value " + (i + 1) + " is not a finite number");
      }
    }
    return values;
  }

  private static float value(ByteBuffer buffer, String type) {
    return switch (type) {
      case "f4" -> buffer.getFloat();
      case "f8" -> (float) buffer.getDouble();
      case "u1", "b1" -> buffer.get() & 0xff;
      case "i1" -> buffer.get();
      case "u2" -> buffer.getShort() & 0xffff;
      case "i2" -> buffer.getShort();
      case "u4" -> buffer.getInt() & 0xffffffffL;
      case "i4" -> buffer.getInt();
      default -> buffer.getLong();
    };
  }

  /** Its dimensions. */
  public List<Long> shape() {
    return shape;
  }

  /** Number of values. */
  public int size() {
    return values.length;
  }

  /** A value by its place. */
  public float value(int index) {
    return values[index];
  }

  /** Its values, the array's own. */
  public float[] values() {
    return values;
  }
}
