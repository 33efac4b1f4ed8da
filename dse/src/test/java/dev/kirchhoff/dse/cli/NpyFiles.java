package dev.kirchhoff.dse.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.kirchhoff.mapper.data.DataSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Samples of tests in files as numpy writes them. */
final class NpyFiles {
  private NpyFiles() {}

  /** Writes samples and their labels. */
  static void write(DataSet data, Path samples, Path labels) throws IOException {
    write(data, samples);
    ByteBuffer classes = npy(data.size() + ",", data.size());
    for (int i = 0; i < data.size(); i++) {
      classes.putFloat(data.label(i));
    }
    Files.write(labels, classes.array());
  }

  /** Writes samples. */
  static void write(DataSet data, Path samples) throws IOException {
    int each = data.valuesPerSample();
    ByteBuffer values = npy(data.size() + ", " + each, data.size() * each);
    for (int i = 0; i < data.size(); i++) {
      for (float value : data.item(i)) {
        values.putFloat(value);
      }
    }
    Files.write(samples, values.array());
  }

  private static ByteBuffer npy(String shape, int count) {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + ")}";
    byte[] text = (header + " ".repeat(117 - header.length()) + "\n").getBytes(US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate(10 + text.length + 4 * count);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    return bytes.putShort((short) text.length).put(text);
  }
}
