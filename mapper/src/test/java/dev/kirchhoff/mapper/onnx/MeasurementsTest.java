package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.NetworkFormat;
import dev.kirchhoff.arch.design.NetworkFormat.Settings;
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
