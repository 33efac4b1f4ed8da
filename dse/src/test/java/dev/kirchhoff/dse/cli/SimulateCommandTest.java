package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
  private static final Map<List<String>, CommandRun> RUNS = new HashMap<>();

  private static CommandRun simulate(String... more) {
    return simulateItems(16, more);
  }

  private static CommandRun simulateItems(int items, String... more) {
    String[] all = new String[more.length + 12];
    all[0] = "simulate";
    all[1] = CommandRun.example("bench/resnet18-reram");
    all[2] = "--network";
    all[3] = "sequence-lstm";
    all[4] = "--items";
    all[5] = Integer.toString(items);
    all[6] = "--draws";
    all[7] = "1";
    // Fewer passes and columns: what is asked here does not depend on their number.
    all[8] = "--set";
    all[9] = "precision.inputs=4";
    all[10] = "--set";
    all[11] = "precision.weights=4";
    System.arraycopy(more, 0, all, 12, more.length);
    return CommandRun.of(all);
  }

  /** A simulation that several tests look at; the first that does runs it. */
  private static CommandRun once(String... more) {
    return RUNS.computeIfAbsent(List.of(more), of -> simulate(more).exits(0));
  }

  @Test
  void accuracyIsReportedOverTimeWithTheNoiseOfEachLayer() {
    CommandRun run = once("--json");
    JsonNode report = run.json();
    assertEquals(1, report.get("trained").get("accuracy").asDouble(), 0.07);
    assertEquals(5, report.get("ages").size());
    assertEquals("0 s", report.get("ages").get(0).get("name").asText());
    assertEquals(0, report.get("costs").size());
    // The input and the recurrent matrix are one, on fewer crossbars.
    assertEquals(List.of("lstm/joint", "fc"), names(report.get("layers")));
    for (JsonNode layer : report.get("layers")) {
      assertTrue(layer.get("snr_dB").asDouble() < 100, layer.toString());
      assertTrue(layer.has("estimate_dB"), layer.toString());
    }
    assertTrue(report.get("ages").get(2).get("isDesigns").asBoolean());
    for (JsonNode age : report.get("ages")) {
      double accuracy = age.get("accuracy").asDouble();
      assertTrue(age.get("low").asDouble() <= accuracy && accuracy <= age.get("high").asDouble());
    }
    CommandRun again = simulate("--json", "--threads", "2").exits(0);
    assertEquals(run.out(), again.out());
  }

  private static List<String> names(JsonNode layers) {
    List<String> names = new ArrayList<>();
    layers.forEach(layer -> names.add(layer.get("layer").asText()));
    return names;
  }

  @Test
  @Tag("slow")
  void cellsAreSimulatedAsTheDesignStoresThem() {
    JsonNode report =
        simulateItems(1, "--json", "--set", "mapping.recurrent=separate").exits(0).json();
    assertEquals(List.of("lstm/input", "lstm/recurrent", "fc"), names(report.get("layers")));
  }

  /** Rounded values are given to both; what is compared is what the chip adds to them. */
  @Test
  void exactHardwareAddsNothingToFewBitsByEitherOfTheTwo() {
    JsonNode report = simulate("--json", "--set", "pe.readout=adderTree").exits(0).json();
    for (JsonNode layer : report.get("layers")) {
      assertEquals(150, layer.get("snr_dB").asDouble(), layer.toString());
      assertEquals(150, layer.get("estimate_dB").asDouble(), 1e-9, layer.toString());
    }
  }

  @Test
  void theSpecsAgeIsPrintedOnceIfItIsAStandardAge() {
    JsonNode ages =
        simulateItems(1, "--json", "--set", "operation.age=1 year").exits(0).json().get("ages");
    assertEquals(5, ages.size(), ages.toString());
    assertEquals("1 year", ages.get(4).get("name").asText());
    assertTrue(ages.get(4).get("isDesigns").asBoolean(), ages.toString());
  }

  @Test
  void oneAgeAloneMayBeAsked() {
    JsonNode report = simulateItems(1, "--json", "--age", "1 month").exits(0).json();
    assertEquals(1, report.get("ages").size());
    assertFalse(report.get("ages").get(0).get("isDesigns").asBoolean());
    assertEquals(2_629_800, report.get("ages").get(0).get("age_s").asDouble(), 1);
    assertFalse(report.get("layers").get(0).has("estimate_dB"), report.toString());
    JsonNode day = simulateItems(1, "--json", "--age", "1 day").exits(0).json();
    assertTrue(day.get("ages").get(0).get("isDesigns").asBoolean());
    assertTrue(day.get("layers").get(0).has("estimate_dB"), day.toString());
    simulateItems(1, "--age", "5").refuses("--age 5: is 5 without a unit");
    simulateItems(1, "--age", "-1 s").refuses("--age is -1 s, must not be negative");
  }

  @Test
  @Tag("slow")
  void samplesMayBeTheUsersOwn(@TempDir Path folder) throws IOException {
    StringBuilder table = new StringBuilder();
    for (int k = 0; k < 784; k++) {
      table.append('p').append(k).append(',');
    }
    table.append("label\n");
    for (int i = 0; i < 6; i++) {
      for (int k = 0; k < 784; k++) {
        table.append((i * k) % 7 / 7.0).append(',');
      }
      table.append(i).append('\n');
    }
    Path file = folder.resolve("garments.csv");
    Files.writeString(file, table);
    CommandRun run =
        CommandRun.of(
            "simulate",
            CommandRun.example("bench/resnet18-reram"),
            "--network",
            "fashion-mlp",
            "--samples",
            file.toString(),
            "--draws",
            "1",
            "--set",
            "precision.inputs=4",
            "--set",
            "precision.weights=4",
            "--set",
            "pe.readout.bits=4");
    assertTrue(run.exits(0).out().contains("3 of 3 samples"), run.out());
    assertTrue(run.err().contains("nearly by chance"), run.err());
  }

  @Test
  void labelsThatDoNotFitAreReportedByTheirFile(@TempDir Path folder) throws IOException {
    Path samples = npy(folder.resolve("x.npy"), 4, 784);
    Path labels = npy(folder.resolve("y.npy"), 4, 1);
    simulate("--labels", labels.toString()).refuses("--labels needs", "--samples FILE");
    CommandRun.of(
            "simulate",
            CommandRun.example("bench/resnet18-reram"),
            "--network",
            "fashion-mlp",
            "--samples",
            samples.toString(),
            "--labels",
            labels.toString())
        .refuses("y.npy: label 2 is 11, must be 0..9", "label 4 is 33");
  }

  /** Every value of row r is 11 r. */
  private static Path npy(Path file, int rows, int columns) throws IOException {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
    header = header + " ".repeat(117 - header.length()) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + header.length() + 4 * rows * columns)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) header.length());
    bytes.put(header.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < rows * columns; i++) {
      bytes.putFloat(11 * (i / columns));
    }
    return Files.write(file, bytes.array());
  }

  @Test
  void designsThatCannotBeSimulatedAreReported() {
    CommandRun.of("simulate", CommandRun.example("bench/resnet18-reram"))
        .refuses("no network with weights", "fashion-cnn");
    simulate("--items", "0").exits(2);
    CommandRun.of(
            "simulate",
            CommandRun.example("bench/resnet18-reram"),
            "--network",
            "fashion-mlp",
            "--draws",
            "0")
        .refuses("--draws is 0, must be at least 1");
  }

  @Test
  void fewestBitsForALossAreReportedForEachKindOfConverter() {
    JsonNode report = simulate("--json", "--min-bits", "20 %").exits(0).json();
    assertEquals(0.2, report.get("allowedLoss").asDouble());
    assertEquals(3, report.get("converters").size());
    double ideal = report.get("quantised").get("accuracy").asDouble();
    for (JsonNode kind : report.get("converters")) {
      int before = Integer.MAX_VALUE;
      int fewest = Integer.MAX_VALUE;
      boolean holds = true;
      for (JsonNode row : kind.get("rows")) {
        assertTrue(row.get("bits").asInt() < before, "bits fall: " + row);
        before = row.get("bits").asInt();
        assertEquals(ideal - row.get("accuracy").asDouble(), row.get("loss").asDouble(), 1e-12);
        holds &= row.get("loss").asDouble() <= 0.2;
        fewest = holds ? before : fewest;
        assertTrue(row.get("estimatedLossLow").asDouble() <= row.get("estimatedLoss").asDouble());
      }
      assertEquals(
          fewest, kind.has("fewestBits") ? kind.get("fewestBits").asInt() : Integer.MAX_VALUE);
    }
    JsonNode sar = report.get("converters").get(0);
    assertEquals("sar", sar.get("kind").asText());
    assertEquals(9, sar.get("rows").get(0).get("bits").asInt());
    assertEquals(4, report.get("converters").get(2).get("rows").get(0).get("bits").asInt());
  }

  @Test
  void aTableOfBitsHasTheBitsOfASpecThatLeavesNoChoice() {
    String out =
        simulate("--min-bits", "50 %", "--set", "pe.readout={kind: ramp, bits: 2}").exits(0).out();
    assertTrue(out.contains("50.0 points allowed"), out);
    assertTrue(out.contains("ramp  accuracy") && out.contains("2 b"), out);
    assertTrue(out.contains("fewest bits: "), out);
  }

  @Test
  void anAllowedLossIsAShare() {
    simulate("--min-bits", "2 dB").refuses("--min-bits 2 dB", "25 %");
    simulate("--min-bits", "120 %").refuses("must be a loss of 0 to 1");
    simulate("--min-bits", "1 %", "--costs").refuses("one of them at a time");
    simulate("--min-bits", "1 %", "--set", "pe.readout={kind: adderTree}")
        .refuses("has no converter");
  }

  @Test
  void lossIsReportedBesideItsEstimate() {
    CommandRun run = once("--json");
    JsonNode report = run.json();
    double at = report.get("ages").get(2).get("accuracy").asDouble();
    double trained = report.get("trained").get("accuracy").asDouble();
    assertEquals(trained - at, report.get("loss").asDouble(), 1e-12);
    JsonNode estimate = report.get("estimate");
    assertTrue(estimate.get("low").asDouble() <= estimate.get("loss").asDouble());
    assertTrue(estimate.get("high").asDouble() >= estimate.get("loss").asDouble());
    String text = once().out();
    assertTrue(text.contains("accuracyLoss at the spec's age: "), text);
  }

  /** Warnings are of the design, whatever the items are. */
  @Test
  @Tag("slow")
  void whatASimulationDoesNotShowIsWarnedOf() {
    String good = once().err();
    assertTrue(!good.contains("area") && !good.contains("keeps a value"), good);
    String small = simulateItems(1, "--limit", "area <= 0.001 mm2").exits(0).err();
    assertTrue(small.contains("warning: the design is infeasible: area <= 0.001 mm2"), small);
    String forgets = simulateItems(1, "--set", "cell.device=redox-pcmo").exits(0).err();
    assertTrue(forgets.contains("redox-pcmo keeps a value for 30"), forgets);
  }

  @Test
  void moreChipsThanAnyoneDrawsAreRefused() {
    CommandRun.of(
            "simulate",
            CommandRun.example("bench/resnet18-reram"),
            "--network",
            "sequence-lstm",
            "--draws",
            "2147483647")
        .refuses("--draws is 2147483647, must be at most 10000");
  }

  @Test
  void weightsThatAreNoNumbersAreRefused(@TempDir Path folder) throws IOException {
    byte[] model = TrainedNetworks.bytes("fashion-mlp");
    // The largest initialiser is raw single precision: one of its values becomes a NaN.
    int at = model.length / 2;
    // Whatever the alignment, four bytes of ones among eight are a NaN.
    Arrays.fill(model, at, at + 8, (byte) 0xff);
    Path file = folder.resolve("bad.onnx");
    Files.write(file, model);
    StringBuilder table = new StringBuilder();
    for (int k = 0; k < 784; k++) {
      table.append('p').append(k).append(',');
    }
    table.append("label\n");
    for (int row = 0; row < 4; row++) {
      table.append("0,".repeat(784)).append(row).append('\n');
    }
    Path samples = folder.resolve("s.csv");
    Files.writeString(samples, table.toString());
    CommandRun.of(
            "simulate",
            CommandRun.example("bench/resnet18-reram"),
            "--network",
            file.toString(),
            "--samples",
            samples.toString())
        .refuses("layer fc1: ", "weights are no finite numbers");
  }
}
