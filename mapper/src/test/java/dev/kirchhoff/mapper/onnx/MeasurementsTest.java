package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.NetworkFormat;
import dev.kirchhoff.arch.design.NetworkFormat.Settings;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.TypicalValues;
import dev.kirchhoff.arch.workload.ValueStatistics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statistics are those of the values that are given, wherever they stand. */
class MeasurementsTest {
  private static final double[] VALUES = {0, 2, -4, 1, 0, 0, 3, -2};

  /** Of the eight: three zeros, mean 12 / 8 / 4, squares 34 / 8 / 16, two negative. */
  private static final ValueStatistics EXPECTED =
      new ValueStatistics(3 / 8.0, 12 / 8.0 / 4, Math.sqrt(34 / 8.0) / 4, 2 / 8.0);

  private static byte[] bytes(ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.allocate(32).order(order);
    for (double value : VALUES) {
      bytes.putFloat((float) value);
    }
    return bytes.array();
  }

  private static byte[] npy(String type, byte[] values) {
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (8,), }\n";
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file = ByteBuffer.allocate(10 + text.length + values.length);
    file.order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93);
    file.put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0);
    return file.putShort((short) text.length).put(text).put(values).array();
  }

  private static byte[] npz(String name, byte[] npy) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name + ".npy"));
      zip.write(npy);
    }
    return bytes.toByteArray();
  }

  private static Models model() {
    return new Models().input("x", 1, 8);
  }

  private static NetworkFormat.Reading read(byte[] model, MapFiles files, Settings settings)
      throws Exception {
    return new OnnxFormat().read("models/m.onnx", settings, files.with("models/m.onnx", model));
  }

  @Test
  void weightsAreMeasuredInTheFileAndBesideIt() throws Exception {
    Models inside = model();
    byte[] raw =
        inside.bytes(
            inside.node(
                "MatMul",
                List.of("x", inside.bytes(Tensor.FLOAT, bytes(ByteOrder.LITTLE_ENDIAN), 8, 1))));
    assertEquals(
        EXPECTED, read(raw, new MapFiles(), Settings.NONE).network().layers().get(0).weights());

    Models beside = model();
    byte[] external =
        beside.bytes(beside.node("MatMul", List.of("x", beside.external("w.bin", 4, 32, 8, 1))));
    byte[] shifted = new byte[40];
    System.arraycopy(bytes(ByteOrder.LITTLE_ENDIAN), 0, shifted, 4, 32);
    MapFiles files = new MapFiles().with("models/w.bin", shifted);
    assertEquals(
        EXPECTED, read(external, files, Settings.NONE).network().layers().get(0).weights());
  }

  @Test
  void externalDataThatEndsTooEarlyOrLiesElsewhereIsWarnedAbout() throws Exception {
    Models model = model();
    byte[] bytes =
        model.bytes(model.node("MatMul", List.of("x", model.external("w.bin", 16, 32, 8, 1))));
    MapFiles files = new MapFiles().with("models/w.bin", new byte[40]);
    NetworkFormat.Reading reading = read(bytes, files, Settings.NONE);
    assertTrue(reading.warnings().get(0).startsWith("external data 'w.bin' has 40 bytes"));
    assertEquals(
        TypicalValues.CNN_WEIGHTS.statistics(), reading.network().layers().get(0).weights());
    for (String name : List.of("../w.bin", "/etc/passwd", "a/../../w.bin", "C:\\w.bin", "")) {
      Models outside = model();
      byte[] elsewhere =
          outside.bytes(outside.node("MatMul", List.of("x", outside.external(name, 0, 32, 8, 1))));
      String warning = read(elsewhere, new MapFiles(), Settings.NONE).warnings().get(0);
      assertTrue(warning.contains("must be in the folder of"), warning);
    }
  }

  /** Places of the eight values in a file of 4,000 bytes that cannot be theirs. */
  @ParameterizedTest(name = "offset {0}, length {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "-5 | 32 | is said to hold tensor 'e0' with the offset -5, which must be a whole number of"
            + " bytes, 0 or more",
        "1e2 | 32 | is said to hold tensor 'e0' with the offset 1e2, which must be a whole number"
            + " of bytes, 0 or more",
        "99999999999999999999 | 32 | is said to hold tensor 'e0' with the offset"
            + " 99999999999999999999, which must be a whole number of bytes, 0 or more",
        "0 | -1 | is said to hold tensor 'e0' with the length -1, which must be a whole number of"
            + " bytes, 0 or more",
        "0 | 31 | is said to hold tensor 'e0' in 31 bytes, but its values take 32",
        "4000 | 32 | has 4,000 bytes, but tensor 'e0' is said to end at 4,032",
        "0 | 999999999999 | has 4,000 bytes, but tensor 'e0' is said to end at 999,999,999,999"
      })
  void valuesOutsideTheirFileAreNotMeasured(String offset, String length, String expected)
      throws Exception {
    Models model = model();
    byte[] bytes =
        model.bytes(
            model.node("MatMul", List.of("x", model.external("w.bin", offset, length, 8, 1))));
    MapFiles files = new MapFiles().with("models/w.bin", new byte[4000]);
    NetworkFormat.Reading reading = read(bytes, files, Settings.NONE);
    assertEquals(
        List.of("external data 'w.bin' " + expected + "; typical statistics are assumed for it"),
        reading.warnings());
    assertEquals(
        TypicalValues.CNN_WEIGHTS.statistics(), reading.network().layers().get(0).weights());
  }

  @Test
  void aWrongPlaceOfOneTensorLeavesTheOthersOfItsFileMeasured() throws Exception {
    Models model = model();
    String h = model.node("MatMul", List.of("x", model.external("w.bin", -4, 32, 8, 1)));
    String i = model.node("MatMul", List.of(h, model.external("w.bin", 0, 8, 1, 8)));
    byte[] bytes =
        model.bytes(model.node("MatMul", List.of(i, model.external("w.bin", 0, 32, 8, 1))));
    MapFiles files = new MapFiles().with("models/w.bin", bytes(ByteOrder.LITTLE_ENDIAN));
    NetworkFormat.Reading reading = read(bytes, files, Settings.NONE);
    assertEquals(1, reading.warnings().size(), reading.warnings().toString());
    assertTrue(
        reading
            .warnings()
            .get(0)
            .endsWith("assumed for it and for 1 more in this file that are as wrong"),
        reading.warnings().get(0));
    assertEquals(EXPECTED, reading.network().layers().get(2).weights());
  }

  /** Values behind a tensor's end are not measured, though its length has room for them. */
  @Test
  void onlyTheValuesOfATensorAreMeasured() throws Exception {
    Models model = model();
    byte[] bytes =
        model.bytes(model.node("MatMul", List.of("x", model.external("w.bin", 0, 40, 8, 1))));
    ByteBuffer longer = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    longer.put(bytes(ByteOrder.LITTLE_ENDIAN)).putFloat(100).putFloat(-100);
    MapFiles files = new MapFiles().with("models/w.bin", longer.array());
    NetworkFormat.Reading reading = read(bytes, files, Settings.NONE);
    assertEquals(List.of(), reading.warnings());
    assertEquals(EXPECTED, reading.network().layers().get(0).weights());
  }

  /** 2^27 values of 4 bytes: 512 MB, of which 256 MB are read, every second piece. */
  @Test
  void ofMuchExternalDataEvenlySpacedPiecesAreRead() throws Exception {
    Models model = new Models().input("x", 1, 1 << 14);
    byte[] bytes =
        model.bytes(
            model.node(
                "MatMul", List.of("x", model.external("w.bin", 0, 1L << 29, 1 << 14, 1 << 13))));
    Pieces pieces = new Pieces(bytes);
    NetworkFormat.Reading reading = new OnnxFormat().read("models/m.onnx", Settings.NONE, pieces);
    assertEquals(256L << 20, pieces.read_B);
    assertTrue(pieces.farthest_B > (1L << 29) - (1 << 18), pieces.farthest_B + " B");
    assertTrue(
        reading.network().source().contains("1 measured (1 on evenly spaced pieces)"),
        reading.network().source());
  }

  /** A model, and beside it 512 MB of ones that are made when they are read. */
  private static final class Pieces implements Sources {
    private final byte[] model;
    private long read_B;
    private long farthest_B;

    Pieces(byte[] model) {
      this.model = model;
    }

    @Override
    public String resolve(String from, String name) {
      return name;
    }

    @Override
    public byte[] read(String file) throws SourceException {
      if (!file.endsWith(".onnx")) {
        throw SourceException.absent("does not exist");
      }
      return model;
    }

    @Override
    public long size(String file) {
      return file.endsWith(".onnx") ? model.length : 1L << 29;
    }

    @Override
    public byte[] read(String file, long offset, int length) throws SourceException {
      if (file.endsWith(".onnx")) {
        return Sources.super.read(file, offset, length);
      }
      read_B += length;
      farthest_B = Math.max(farthest_B, offset + length);
      byte[] ones = new byte[length];
      for (int i = 0; i < length; i += 4) {
        ones[i + 2] = (byte) 0x80;
        ones[i + 3] = 0x3f;
      }
      return ones;
    }
  }

  @Test
  void samplesMeasureTheFirstLayerAndActivationsTheOthers() throws Exception {
    Models model = model();
    String h = model.node("MatMul", List.of("x", model.weights(8, 4)));
    String r = model.node("Relu", List.of(h));
    byte[] bytes = model.bytes(model.node("MatMul", List.of(r, model.weights(4, 2))));
    MapFiles files =
        new MapFiles()
            .with("x.npy", npy("<f4", bytes(ByteOrder.LITTLE_ENDIAN)))
            .with("a.npz", npz(r, npy(">f4", bytes(ByteOrder.BIG_ENDIAN))));
    Settings settings = new Settings(Map.of(), Optional.of("x.npy"), Optional.of("a.npz"));
    NetworkFormat.Reading reading = read(bytes, files, settings);
    for (Layer layer : reading.network().layers()) {
      assertEquals(EXPECTED, layer.inputs(), layer.name());
    }
    assertTrue(reading.network().source().contains("inputs: 2 measured"));
    Settings none = new Settings(Map.of(), Optional.empty(), Optional.empty());
    assertNotEquals(EXPECTED, read(bytes, files, none).network().layers().get(1).inputs());
    Settings wrong = new Settings(Map.of(), Optional.empty(), Optional.of("x.npy"));
    NetworkFormat.FormatException e =
        assertThrows(NetworkFormat.FormatException.class, () -> read(bytes, files, wrong));
    assertTrue(e.getMessage().contains("is not an .npz file"), e.getMessage());
  }

  @Test
  void halfPrecisionIsThatOfTheStandard() {
    assertEquals(1.0, TensorValues.half((short) 0x3c00));
    assertEquals(-2.0, TensorValues.half((short) 0xc000));
    assertEquals(65504.0, TensorValues.half((short) 0x7bff));
    assertEquals(0x1p-24, TensorValues.half((short) 1));
    assertEquals(0x1p-14, TensorValues.half((short) 0x0400));
    assertEquals(Double.POSITIVE_INFINITY, TensorValues.half((short) 0x7c00));
  }
}
