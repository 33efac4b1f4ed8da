package dev.kirchhoff.mapper.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Grey image with samples of 0 to 255. Colours become luma by ITU-R BT.601, rounded to the nearest
 * whole number:
 *
 * <pre>Y = 0.299 R + 0.587 G + 0.114 B</pre>
 */
public final class GreyImage {
  /** Most samples of an image that is read. */
  public static final int MOST_SAMPLES = 1 << 22;

  private static final int WHITE = 255;
  private static final int BYTE = 8;
  private static final double RED = 0.299;
  private static final double GREEN = 0.587;
  private static final double BLUE = 0.114;

  private final int columns;
  private final double[] samples;

  private GreyImage(int columns, double[] samples) {
    this.columns = columns;
    this.samples = samples;
  }

  /**
   * The image of the program: the upper 384 of 427 rows of a photograph of 640 columns.
   *
   * <p>Source: danielbuechele, flickr.com/photos/danielbuechele/6061409035, CC BY 2.0, as {@code
   * china.jpg} in scikit-learn; cropped, turned to grey and stored without loss.
   */
  public static GreyImage photo() {
    try (InputStream in = GreyImage.class.getResourceAsStream("kernels/china-grey.png")) {
      return read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DataException e) {
      throw new IllegalStateException("The shipped photograph must be readable.", e);
    }
  }

  /**
   * Reads a PNG image of 8 bits a channel, or an {@code .npy} array of two dimensions, rows first.
   *
   * @throws DataException if the bytes are neither, or samples exceed 0 to 255
   */
  public static GreyImage read(byte[] bytes) throws DataException {
    boolean isArray = bytes.length > 0 && (bytes[0] & WHITE) == 0x93;
    return isArray ? array(bytes) : picture(bytes);
  }

  private static GreyImage array(byte[] bytes) throws DataException {
    NpyArray array = NpyArray.read(new ByteArrayInputStream(bytes));
    List<Long> shape = array.shape();
    if (shape.size() != 2) {
      throw new DataException("has the shape " + shape + ", must have rows and columns");
    }
    checkSize(shape.get(0), shape.get(1));
    double[] samples = new double[array.size()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = array.value(i);
      if (samples[i] < 0 || samples[i] > WHITE) {
        throw new DataException("holds " + samples[i] + ", must hold samples of 0 to 255");
      }
    }
    return new GreyImage(shape.get(1).intValue(), samples);
  }

  private static GreyImage picture(byte[] bytes) throws DataException {
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new DataException("is neither a PNG image nor an .npy array");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        checkSize(reader.getHeight(0), reader.getWidth(0));
        return grey(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      throw new DataException("cannot be decoded: " + e.getMessage());
    }
  }

  private static void checkSize(long rows, long columns) throws DataException {
    if (rows * columns > MOST_SAMPLES) {
      throw new DataException(
          "has " + rows + " x " + columns + " samples, may have " + MOST_SAMPLES + "; crop it");
    }
  }

  private static GreyImage grey(BufferedImage image) throws DataException {
    boolean isIndexed = image.getColorModel() instanceof IndexColorModel;
    if (!isIndexed && image.getColorModel().getComponentSize(0) != BYTE) {
      throw new DataException(
          "has " + image.getColorModel().getComponentSize(0) + " bits a channel, must have 8");
    }
    boolean isGrey = !isIndexed && image.getColorModel().getNumColorComponents() == 1;
    int columns = image.getWidth();
    double[] samples = new double[columns * image.getHeight()];
    for (int i = 0; i < samples.length; i++) {
      int x = i % columns;
      int y = i / columns;
      samples[i] = isGrey ? image.getRaster().getSample(x, y, 0) : luma(image.getRGB(x, y));
    }
    return new GreyImage(columns, samples);
  }

  private static double luma(int rgb) {
    int red = rgb >> 2 * BYTE & WHITE;
    int green = rgb >> BYTE & WHITE;
    return Math.rint(RED * red + GREEN * green + BLUE * (rgb & WHITE));
  }

  /** The upper left part of it, of the rows and columns that it has. */
  public GreyImage cropped(int mostRows, int mostColumns) {
    int width = Math.min(columns, mostColumns);
    double[] part = new double[Math.min(rows(), mostRows) * width];
    Arrays.setAll(part, i -> sample(i / width, i % width));
    return new GreyImage(width, part);
  }

  /** Number of rows. */
  public int rows() {
    return samples.length / columns;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /** Sample of a pixel, 0 to 255. */
  public double sample(int row, int column) {
    return samples[row * columns + column];
  }
}
