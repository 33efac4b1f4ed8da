package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sizes that an ONNX model leaves open, as choices. */
class NetworkSizesTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.write(
        folder.resolve("net.onnx"), OnnxNetworkTest.perceptron("tokens", null).toByteArray());
  }

  private String spec(String workload, String more) throws IOException {
    return Files.writeString(
            folder.resolve("chip.yaml"),
            """
            kirchhoff: 1
            workload: %s
            precision: {weights: 8, inputs: 8}
            chip:
              technology: {node: 32 nm}
              pe: {perTile: 8, readout: {kind: sar, bits: 8, columnsPerAdc: {any: [8, 16]}}}
              crossbar: {perPe: 8, rows: 128, columns: 128, weights: {encoding: offset}}
              cell: {access: 1T1R, bits: 1, device: redox-hfox-wan2022}
            objectives: {maximise: [TOPS/W], minimise: [latency]}
            %s
            """
                .formatted(workload, more))
        .toString();
  }

  private static double latency_ms(CommandRun run) {
    return run.exits(0).json().get("totals").get("latency_ms").asDouble();
  }

  @Test
  void aSizeIsAKnobWhoseValuesAreNetworks() throws IOException {
    String any = "{network: net.onnx, dimensions: {tokens: {any: [4, 16, 64], start: 16}}}";
    String spec = spec(any, "");
    CommandRun check = CommandRun.of("check", spec).exits(0);
    assertTrue(check.out().contains("2 knobs, 6 designs"), check.out());
    assertTrue(check.out().contains("net_tokens16: 2 matrix layers"), check.out());
    double start = latency_ms(CommandRun.of("evaluate", spec, "--json"));
    for (int tokens : new int[] {4, 16, 64}) {
      String set = "workload.dimensions.tokens=" + tokens;
      double own = latency_ms(CommandRun.of("evaluate", spec, "--set", set, "--json"));
      assertEquals(tokens == 16, own == start);
    }
  }

  @Test
  void aFileMayEndInCapitals() throws IOException {
    Files.move(folder.resolve("net.onnx"), folder.resolve("net.ONNX"));
    String any = "{network: net.ONNX, dimensions: {tokens: {any: [4, 16]}}}";
    CommandRun check = CommandRun.of("check", spec(any, "")).exits(0);
    assertTrue(check.out().contains("net_tokens4: 2 matrix layers"), check.out());
    String one =
        spec(
            "{network: net.ONNX, dimensions: {tokens: 4}}",
            "constraints: [\"latency[net] <= 1 s\"]");
    assertTrue(latency_ms(CommandRun.of("evaluate", one, "--json")) > 0);
    Path here =
        Path.of("").toAbsolutePath().relativize(folder.resolve("net.ONNX").toAbsolutePath());
    String dims = "workload.dimensions.tokens=4";
    assertTrue(
        latency_ms(
                CommandRun.of(
                    "evaluate", one, "--network", here.toString(), "--set", dims, "--json"))
            > 0);
  }

  @Test
  void aSearchTriesAllSizesAndItsDesignsNeedNoFile() throws IOException {
    String any = "{network: net.onnx, dimensions: {tokens: {from: 4, to: 64, times: 4}}}";
    String data = folder.resolve("data").toString();
    CommandRun run =
        CommandRun.of(
            "explore", spec(any, ""), "--no-kafka", "--run-id", "sizes", "--data", data, "--json");
    JsonNode front = run.exits(0).json().get("front");
    Files.delete(folder.resolve("net.onnx"));
    TreeSet<String> networks = new TreeSet<>();
    for (JsonNode design : front) {
      String id = "sizes#" + design.get("index").asInt();
      String text = CommandRun.of("evaluate", "--design", id, "--data", data).out();
      networks.add(text.substring(text.indexOf("net_tokens"), text.indexOf(", sustained")));
    }
    assertTrue(networks.contains("net_tokens4"), networks + " of " + front);
  }

  @Test
  void whatIsResolvedReadsBack() throws IOException {
    String any =
        "{any: [resnet18, {network: net.onnx, dimensions: {tokens: {any: [4, 16]}}}], start:"
            + " net.onnx}";
    String resolved = CommandRun.of("check", spec(any, ""), "--resolved").exits(0).out();
    Path again = Files.writeString(folder.resolve("again.yaml"), resolved);
    CommandRun check = CommandRun.of("check", again.toString()).exits(0);
    assertTrue(check.out().contains("net_tokens4: 2 matrix layers"), check.out() + resolved);
    assertEquals(resolved.lines().count(), rest(again).lines().count());
  }

  private static String rest(Path spec) {
    return CommandRun.of("check", spec.toString(), "--resolved").exits(0).out();
  }

  @Test
  void aFileNamedTwiceWithDifferentSizesIsTwoNetworks() throws IOException {
    String two =
        "[{network: net.onnx, dimensions: {tokens: 4}}, {network: net.onnx, dimensions: {tokens:"
            + " 64}, weight: 2}]";
    CommandRun run =
        CommandRun.of(
            "evaluate", spec(two, "constraints: [\"latency[net_tokens64] <= 1 s\"]"), "--json");
    JsonNode networks = run.exits(0).json().get("networks");
    assertEquals("net_tokens4", networks.get(0).get("name").asText());
    assertEquals("net_tokens64", networks.get(1).get("name").asText());
    CommandRun.of("check", spec(two, "constraints: [\"latency[net_tokens6] <= 1 s\"]"))
        .refuses("did you mean net_tokens64");
  }

  @Test
  void aNetworkOfSeveralMayBeAChoice() throws IOException {
    String list =
        "[{any: [resnet18, {network: net.onnx, dimensions: {tokens: {any: [4, 8]}}}]},"
            + " mobilenet_v2]";
    String spec = spec(list, "");
    CommandRun check = CommandRun.of("check", spec).exits(0);
    assertTrue(check.out().contains("2 knobs, 6 designs"), check.out());
    JsonNode networks = CommandRun.of("evaluate", spec, "--json").exits(0).json().get("networks");
    assertEquals("resnet18", networks.get(0).get("name").asText());
    assertEquals("mobilenet_v2", networks.get(1).get("name").asText());
    String perLayer = "precision.weights={any: [6, 8], per: layer}";
    check = CommandRun.of("check", spec, "--set", perLayer).exits(0);
    // 21 layers of resnet18, two and two of the model's sizes, 53 of mobilenet_v2.
    assertTrue(check.out().contains((2 + 21 + 2 + 2 + 53) + " knobs"), check.out());
  }

  @Test
  void wrongSizesAreReportedWithTheirPlaces() throws IOException {
    refuses("{any: [4, many]}", "must be a whole number");
    refuses("{any: [4, 4]}", "the value 4 is given twice");
    refuses("{any: []}", "any must be a list of at least one size");
    refuses("{any: [4, 8], start: 6}", "start 6 is not one of 4, 8");
    refuses("{from: 8, to: 4}", "must go from a size up to another");
    refuses("{from: 1, to: 4, times: 1}", "must go from a size up to another");
    refuses("{from: 1, to: x}", "must be a whole number");
    refuses("{from: 1, to: 1000000}", "has more than 1000 sizes");
    refuses("{any: [4, 8], per: layer}", "unknown key of a size");
    refuses("{size: 4}", "must be a whole number 1..1000000000, or any of some");
    refuses("0", "must be a whole number 1..1000000000, or any of some; it is 0");
  }

  private void refuses(String size, String why) throws IOException {
    CommandRun run =
        CommandRun.of("check", spec("{network: net.onnx, dimensions: {tokens: " + size + "}}", ""));
    run.refuses(why);
    assertTrue(run.err().contains("chip.yaml:2:"), run.err());
  }
}
