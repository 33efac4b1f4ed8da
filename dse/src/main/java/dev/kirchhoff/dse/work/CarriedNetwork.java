package dev.kirchhoff.dse.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.mapper.data.DataSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Network and samples from files of the user, which a job carries to its workers. */
public final class CarriedNetwork {
  private final Optional<byte[]> model;
  private final DataSet test;
  private final DataSet calibration;

  /**
   * A network.
   *
   * @param model its ONNX model, which is not copied; empty for a network of the catalogue
   * @param test samples that it is judged on
   * @param calibration samples that ranges are taken from
   */
  public CarriedNetwork(Optional<byte[]> model, DataSet test, DataSet calibration) {
    this.model = model;
    this.test = test;
    this.calibration = calibration;
  }

  /** Its ONNX model; empty for a network of the catalogue. */
  Optional<byte[]> model() {
    return model;
  }

  /** Samples that it is judged on. */
  DataSet test() {
    return test;
  }

  /** Samples that ranges are taken from. */
  DataSet calibration() {
    return calibration;
  }

  void write(ObjectNode node) throws IOException {
    if (model.isPresent()) {
      node.put("model", packed(out -> out.write(model.get())));
    }
    node.put("test", packed(out -> write(out, test)));
    node.put("calibration", packed(out -> write(out, calibration)));
  }

  static CarriedNetwork read(JsonNode node) throws IOException {
    JobJson.require(node, "test", "calibration");
    Optional<byte[]> model = Optional.empty();
    if (node.has("model")) {
      try (DataInputStream in = unpacked(node.get("model"))) {
        model = Optional.of(in.readAllBytes());
      }
    }
    try (DataInputStream test = unpacked(node.get("test"));
        DataInputStream calibration = unpacked(node.get("calibration"))) {
      return new CarriedNetwork(model, read(test), read(calibration));
    }
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] packed(Writing what) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
      what.to(out);
    }
    return bytes.toByteArray();
  }

  private static DataInputStream unpacked(JsonNode node) throws IOException {
    return new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(node.binaryValue())));
  }

  private static void write(DataOutputStream out, DataSet data) throws IOException {
    out.writeUTF(data.name());
    out.writeInt(data.classes());
    out.writeInt(data.shape().size());
    for (int dimension : data.shape()) {
      out.writeInt(dimension);
    }
    out.writeInt(data.size());
    out.writeBoolean(data.labels().isPresent());
    for (int i = 0; i < data.size(); i++) {
      if (data.labels().isPresent()) {
        out.writeInt(data.label(i));
      }
      for (int k = 0; k < data.valuesPerSample(); k++) {
        out.writeFloat(data.value(i, k));
      }
    }
  }

  private static DataSet read(DataInputStream in) throws IOException {
    String name = in.readUTF();
    int classes = in.readInt();
    List<Integer> shape = new ArrayList<>();
    for (int dimensions = in.readInt(); dimensions > 0; dimensions--) {
      shape.add(in.readInt());
    }
    int each = shape.stream().reduce(1, (a, b) -> a * b);
    int[] labels = new int[in.readInt()];
    boolean isLabelled = in.readBoolean();
    float[] values = new float[labels.length * each];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = isLabelled ? in.readInt() : 0;
      for (int k = 0; k < each; k++) {
        values[i * each + k] = in.readFloat();
      }
    }
    return isLabelled
        ? DataSet.of(name, shape, classes, values, labels)
        : DataSet.of(name, shape, values);
  }
}
