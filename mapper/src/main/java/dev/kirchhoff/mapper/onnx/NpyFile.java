package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.data.DataException;
import dev.kirchhoff.mapper.data.NpyHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Statistics of arrays as numpy saves them: one in an {@code .npy}, several by name in an {@code
 * .npz}. Read value by value, so that an array costs no memory and a compressed one at most {@link
 * #MOST_VALUES} values.
 *
 * <p>Format: numpy.lib.format, versions 1 to 3.
 */
final class NpyFile {
  /** Largest number of values of a file: 256 MiB in single precision. */
  static final long MOST_VALUES = 64L << 20;

  private NpyFile() {}

  /**
   * Statistics of the array in an {@code .npy}.
   *
   * @throws ModelException if it is not one
   */
  static Optional<ValueStatistics> npy(byte[] bytes) {
    try {
      return read(new ByteArrayInputStream(bytes), new long[] {MOST_VALUES});
    } catch (IOException e) {
      throw new ModelException("is not an .npy file: " + e.getMessage());
    }
  }

  /**
   * Statistics of the arrays in an {@code .npz}, by name.
   *
   * @throws ModelException if it is not one
   */
  static Map<String, ValueStatistics> npz(byte[] bytes) {
    Map<String, ValueStatistics> found = new TreeMap<>();
    long[] budget = {MOST_VALUES};
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (name.endsWith(".npy")) {
          String tensor = name.substring(0, name.length() - 4);
          read(zip, budget).ifPresent(statistics -> found.put(tensor, statistics));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelException("is not an .npz file: " + e.getMessage());
    }
    if (found.isEmpty()) {
      throw new ModelException("is not an .npz file with arrays in it");
    }
    return found;
  }

  private static Optional<ValueStatistics> read(InputStream in, long[] budget) throws IOException {
    NpyHeader header;
    try {
      header = NpyHeader.read(in);
    } catch (DataException e) {
      throw new IOException(e.getMessage());
    }
    return values(in, encoding(header.type()), header.order(), budget);
  }

  private static TensorValues.Encoding encoding(String type) throws IOException {
    return switch (type) {
      case "f4" -> TensorValues.Encoding.FLOAT;
      case "f8" -> TensorValues.Encoding.DOUBLE;
      case "f2" -> TensorValues.Encoding.FLOAT16;
      case "u1" -> TensorValues.Encoding.UINT8;
      case "i1" -> TensorValues.Encoding.INT8;
      case "b1" -> TensorValues.Encoding.BOOL;
      case "u2" -> TensorValues.Encoding.UINT16;
      case "i2" -> TensorValues.Encoding.INT16;
      case "i4" -> TensorValues.Encoding.INT32;
      case "u4" -> TensorValues.Encoding.UINT32;
      case "i8", "u8" -> TensorValues.Encoding.INT64;
      default -> throw new IOException("arrays of " + type + " are not read");
    };
  }

  private static Optional<ValueStatistics> values(
      InputStream in, TensorValues.Encoding encoding, ByteOrder order, long[] budget)
      throws IOException {
    Moments moments = new Moments();
    int chunk = 8192 * encoding.size_B();
    for (byte[] part = in.readNBytes(chunk); part.length > 0; part = in.readNBytes(chunk)) {
      budget[0] -= part.length / encoding.size_B();
      if (budget[0] < 0) {
        throw new IOException("it has more than " + MOST_VALUES + " values");
      }
      TensorValues.add(moments, encoding, ByteBuffer.wrap(part).order(order), 0);
    }
    return moments.statistics();
  }
}
