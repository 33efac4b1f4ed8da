package dev.kirchhoff.mapper.train;

import dev.kirchhoff.mapper.data.DataException;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.IdxFile;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The whole Fashion-MNIST as Debian installs it, and the part of it that is shipped. */
final class FashionFiles {
  /** Folder of the package dataset-fashion-mnist. */
  static final Path INSTALLED = Path.of("/usr/share/datasets/fashion-mnist");

  private static final int CLASSES = 10;
  private static final int SIDE = 28;

  private FashionFiles() {}

  /** 60,000 images. */
  static DataSet training(Path folder) throws IOException, DataException {
    return IdxFile.images(
        "fashion-mnist", images(folder, "train"), labels(folder, "train"), CLASSES);
  }

  /** 10,000 images. */
  static DataSet test(Path folder) throws IOException, DataException {
    return IdxFile.images("fashion-mnist", images(folder, "t10k"), labels(folder, "t10k"), CLASSES);
  }

  private static IdxFile images(Path folder, String part) throws IOException, DataException {
    return read(folder.resolve(part + "-images-idx3-ubyte.gz"));
  }

  private static IdxFile labels(Path folder, String part) throws IOException, DataException {
    return read(folder.resolve(part + "-labels-idx1-ubyte.gz"));
  }

  private static IdxFile read(Path file) throws IOException, DataException {
    try (InputStream stream = Files.newInputStream(file)) {
      return IdxFile.read(stream);
    }
  }

  /**
   * Writes the shipped part: evenly spaced images of each class, dealt class by class.
   *
   * @param from folder of the whole
   * @param to folder of the part
   */
  static void writeShipped(Path from, Path to) throws IOException, DataException {
    Files.createDirectories(to);
    write(images(from, "t10k"), labels(from, "t10k"), 10, to.resolve("test"));
    write(images(from, "train"), labels(from, "train"), 300, to.resolve("calibration"));
  }

  private static void write(IdxFile images, IdxFile labels, int spacing, Path to)
      throws IOException {
    int count = labels.dims().get(0) / spacing;
    byte[] pixels = new byte[count * SIDE * SIDE];
    byte[] classes = new byte[count];
    int[] found = new int[CLASSES];
    for (int i = 0; i < labels.dims().get(0); i++) {
      int label = labels.value(i);
      if (found[label]++ % spacing == 0) {
        int place = (found[label] - 1) / spacing * CLASSES + label;
        classes[place] = (byte) label;
        for (int p = 0; p < SIDE * SIDE; p++) {
          pixels[place * SIDE * SIDE + p] = (byte) images.value(i * SIDE * SIDE + p);
        }
      }
    }
    Files.write(Path.of(to + "-images.idx.gz"), packed(pixels, count, SIDE, SIDE));
    Files.write(Path.of(to + "-labels.idx.gz"), packed(classes, count));
  }

  private static byte[] packed(byte[] values, int... dims) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new Smallest(bytes))) {
      out.writeInt(0x0800 | dims.length);
      for (int dim : dims) {
        out.writeInt(dim);
      }
      out.write(values);
    }
    return bytes.toByteArray();
  }

  private static final class Smallest extends GZIPOutputStream {
    Smallest(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
