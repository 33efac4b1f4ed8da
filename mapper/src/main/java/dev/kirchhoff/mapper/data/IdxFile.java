package dev.kirchhoff.mapper.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * An array of bytes as the MNIST files hold it, {@code .idx} or {@code .gz} of it: two zero bytes,
 * a type (8, unsigned bytes), the number of dimensions, each dimension as a big-endian number of
 * four bytes, the values.
 *
 * <p>Format: Y. LeCun, C. Cortes, C. J. C. Burges, The MNIST database, "the IDX file format".
 */
public final class IdxFile {
  private static final int UNSIGNED_BYTE = 8;
  private static final int MOST_DIMENSIONS = 4;
  private static final int MOST_VALUES = 1 << 28;
  private static final int GZIP = 0x1f8b;

  private final List<Integer> dims;
  private final byte[] values;

  private IdxFile(List<Integer> dims, byte[] values) {
    this.dims = dims;
    this.values = values;
  }

  /**
   * Reads an array, packed or not.
   *
   * @throws DataException if it is damaged or of another kind
   */
  public static IdxFile read(InputStream stream) throws DataException {
    try {
      BufferedInputStream in = new BufferedInputStream(stream);
      in.mark(2);
      boolean isPacked = (in.read() << 8 | in.read()) == GZIP;
      in.reset();
      return plain(isPacked ? new BufferedInputStream(new GZIPInputStream(in)) : in);
    } catch (EOFException e) {
      throw new DataException("ends too early");
    } catch (IOException e) {
      throw new DataException("cannot be unpacked: " + e.getMessage());
    }
  }

  private static IdxFile plain(InputStream in) throws IOException, DataException {
    int magic = whole(in);
    int rank = magic & 0xff;
    if (magic >>> 16 != 0 || rank == 0 || rank > MOST_DIMENSIONS) {
      throw new DataException("is not an idx file: it must begin with 0, 0, 8 and 1..4 dimensions");
    }
    if ((magic >> 8 & 0xff) != UNSIGNED_BYTE) {
      throw new DataException("holds values of idx type " + (magic >> 8 & 0xff) + ", must be 8");
    }
    List<Integer> dims = new ArrayList<>();
    long size = 1;
    for (int i = 0; i < rank; i++) {
      int dim = whole(in);
      if (dim < 1 || dim > MOST_VALUES / size) {
        throw new DataException("has a dimension of " + Integer.toUnsignedString(dim));
      }
      dims.add(dim);
      size *= dim;
    }
    byte[] values = in.readNBytes((int) size);
    if (values.length < size) {
      throw new DataException("ends after " + values.length + " of " + size + " values");
    }
    if (in.read() >= 0) {
      throw new DataException("goes on after its " + size + " values");
    }
    return new IdxFile(List.copyOf(dims), values);
  }

  private static int whole(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(4);
    if (bytes.length < 4) {
      throw new EOFException();
    }
    return (bytes[0] & 0xff) << 24
        | (bytes[1] & 0xff) << 16
        | (bytes[2] & 0xff) << 8
        | bytes[3] & 0xff;
  }

  /** Dimensions, the first one being the number of samples. */
  public List<Integer> dims() {
    return dims;
  }

  /** A value by its place, 0..255. */
  public int value(int index) {
    return values[index] & 0xff;
  }

  /**
   * Images of one channel and their labels; pixels are divided by 255, so that they are 0..1.
   *
   * @param name name of the samples
   * @param images samples x rows x columns
   * @param labels one a sample
   * @param classes number of labels
   * @throws DataException if they do not fit each other
   */
  public static DataSet images(String name, IdxFile images, IdxFile labels, int classes)
      throws DataException {
    if (images.dims.size() != 3 || labels.dims.size() != 1) {
      throw new DataException(
          "images have "
              + images.dims.size()
              + " dimensions and labels "
              + labels.dims.size()
              + ", must have 3 and 1");
    }
    if (!images.dims.get(0).equals(labels.dims.get(0))) {
      throw new DataException(
          images.dims.get(0) + " images have " + labels.dims.get(0) + " labels, must be as many");
    }
    float[] pixels = new float[images.values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = images.value(i) / 255f;
    }
    int[] classOf = new int[labels.values.length];
    for (int i = 0; i < classOf.length; i++) {
      classOf[i] = labels.value(i);
      if (classOf[i] >= classes) {
        throw new DataException(
            "label " + (i + 1) + " is " + classOf[i] + ", must be 0.." + (classes - 1));
      }
    }
    List<Integer> shape = List.of(1, images.dims.get(1), images.dims.get(2));
    return DataSet.of(name, shape, classes, pixels, classOf);
  }
}
