package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.ShippedData;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a model with weights and some inputs to limits on agreement. */
class SensitivityCommandTest {
  private static final int SAMPLES = 64;

  @TempDir private Path folder;

  private String model;
  private String samples;
  private String labels;
  private String spec;

  @BeforeEach
  void write() throws IOException {
    Path file = folder.resolve("my.onnx");
    Files.write(file, TrainedNetworks.bytes("fashion-mlp"));
    model = file.toString();
    DataSet images = ShippedData.fashionTest();
    float[] values = new float[SAMPLES * images.valuesPerSample()];
    float[] classes = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      images.copy(i, values, i * images.valuesPerSample());
      classes[i] = images.label(i);
    }
    samples = npy("x.npy", values, SAMPLES, 1, 28, 28);
    labels = npy("y.npy", classes, SAMPLES);
    Path mine = folder.resolve("mine.yaml");
    Files.copy(Path.of(CommandRun.example("resnet18-reram")), folder.resolve("base.yaml"));
    Files.writeString(
        mine,
        "kirchhoff: 1\nextends: base.yaml\nworkload: {network: my.onnx}\n"
            + "constraints: [agreement >= 60 %]\n");
    spec = mine.toString();
  }

  private String npy(String name, float[] values, int... shape) throws IOException {
    String dims =
        Arrays.stream(shape)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", ", "(", ",)"));
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + dims + ", }";
    byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + text.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) text.length).put(text);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return Files.write(folder.resolve(name), bytes.array()).toString();
  }

  @Test
  void aNetworkThatWasMeasuredHasAgreementEverywhere() {
    String before = CommandRun.of("explain", spec, "noise").exits(0).out();
    assertTrue(before.contains(", agreement ") && before.contains("by kind of layer"), before);
    CommandRun measured = CommandRun.of("sensitivity", model, "--samples", samples).exits(0);
    assertTrue(measured.out().contains("top-1 class, measured on 64 samples"), measured.out());
    assertFalse(measured.out().contains("accuracy lost"), measured.out());
    CommandRun.of("check", spec).exits(0);
    JsonNode totals = CommandRun.of("evaluate", spec, "--json").json().path("totals");
    double agreement = totals.path("agreement").asDouble();
    assertTrue(agreement > 0.1 && agreement < 1, totals.toString());
    assertTrue(totals.path("agreementLow").asDouble() < agreement);
    assertFalse(totals.has("accuracyLoss"));
    String noise = CommandRun.of("explain", spec, "noise").exits(0).out();
    assertTrue(noise.contains(", agreement ") && noise.contains("64 items"), noise);
    String data = folder.resolve("data").toString();
    CommandRun front =
        CommandRun.of(
                "explore",
                spec,
                "--budget",
                "200",
                "--simulate",
                "0",
                "--run-id",
                "mine",
                "--no-kafka",
                "--data",
                data)
            .exits(0);
    assertTrue(front.out().contains("agreement >= 60 %"), front.out());
    CommandRun.of("verify", "mine", "--data", data).exits(0);
  }

  @Test
  void labelsGiveTheAccuracyLostToo() {
    JsonNode report =
        CommandRun.of("sensitivity", model, "--samples", samples, "--labels", labels, "--json")
            .exits(0)
            .json();
    assertEquals(0.89, report.path("accuracy").asDouble(), 0.08);
    assertEquals(3, report.path("layers").size());
    JsonNode ninety = report.path("levels").get(3);
    assertEquals(0.9, ninety.path("agreement").asDouble());
    assertTrue(ninety.path("accuracyLoss").asDouble() > 0);
    assertTrue(ninety.path("snr_dB").asDouble() < report.at("/levels/0/snr_dB").asDouble());
    JsonNode totals = CommandRun.of("evaluate", spec, "--json").json().path("totals");
    assertTrue(totals.has("accuracyLoss") && totals.has("agreement"), totals.toString());
  }

  @Test
  void aMeasurementOfAnotherModelIsNotUsed() throws IOException {
    CommandRun.of("sensitivity", model, "--samples", samples).exits(0);
    Files.write(Path.of(model), TrainedNetworks.bytes("fashion-mlp-noise-aware"));
    CommandRun run = CommandRun.of("check", spec).exits(0);
    assertTrue(run.out().contains("agreement is estimated by kind of layer"), run.out());
    CommandRun warned =
        CommandRun.of("evaluate", CommandRun.example("resnet18-reram"), "--network", model);
    assertTrue(
        warned.err().contains("was measured on another model and is not used"), warned.err());
  }

  @Test
  void aSpecThatCarriesADamagedModelIsRefused() throws IOException {
    Path file = folder.resolve("carrying.yaml");
    String shapes = "[{name: a, inputs: 64, outputs: 32, kernel: 1, output: 1}]";
    Files.writeString(
        file,
        "kirchhoff: 1\nextends: base.yaml\nworkload: {network: mine, layers: "
            + shapes
            + "}\nfiles: {mine.accuracy: abcd}\n");
    CommandRun.of("check", file.toString())
        .refuses("carrying.yaml:3:11 files.mine.accuracy: is damaged");
  }

  @Test
  void badInputIsToldWithWhatIsAllowed() throws IOException {
    CommandRun.of("sensitivity", model).exits(2);
    CommandRun.of("sensitivity", "my.txt", "--samples", samples).refuses("must be an .onnx");
    CommandRun.of("sensitivity", model, "--samples", "none.npy")
        .refuses("none.npy: does not exist");
    CommandRun.of("sensitivity", model, "--samples", samples, "--decisions", "clas")
        .refuses("must be one of class, neighbour, value");
    String few = npy("few.npy", new float[784], 1, 784);
    CommandRun.of("sensitivity", model, "--samples", few).refuses("few.npy", "at least 2; 64 do");
    String odd = npy("odd.npy", new float[20], 4, 5);
    CommandRun.of("sensitivity", model, "--samples", odd)
        .refuses("odd.npy: has the shape [4, 5], must be samples of 784 values");
    String wrong = npy("wrong.npy", new float[3], 3);
    CommandRun.of("sensitivity", model, "--samples", samples, "--labels", wrong)
        .refuses("has 64 samples for 3 labels");
    float[] high = new float[SAMPLES];
    high[1] = 10;
    CommandRun.of(
            "sensitivity", model, "--samples", samples, "--labels", npy("high.npy", high, SAMPLES))
        .refuses("label 2 is 10, must be 0..9");
    CommandRun.of(
            "sensitivity", model, "--samples", samples, "--out", folder.resolve("no/x").toString())
        .exits(2);
    assertFalse(Files.exists(folder.resolve("my.accuracy")));
  }
}
