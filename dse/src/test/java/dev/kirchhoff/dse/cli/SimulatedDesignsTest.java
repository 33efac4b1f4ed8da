package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The estimate against the designs of examples/simulated, whose chips were simulated once and none
 * of which it has seen.
 */
class SimulatedDesignsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String file(String name) {
    return Path.of(CommandRun.example("accuracy-study"))
        .resolveSibling("simulated")
        .resolve(name + ".json")
        .toString();
  }

  private static CommandRun again(String network, String file, String... more) {
    String[] all = new String[more.length + 6];
    all[0] = "simulate";
    all[1] = CommandRun.example("accuracy-study");
    all[2] = "--network";
    all[3] = network;
    all[4] = "--from";
    all[5] = file;
    System.arraycopy(more, 0, all, 6, more.length);
    return CommandRun.of(all);
  }

  @ParameterizedTest
  @CsvSource({
    "fashion-mlp, fashion-mlp, 200, 0.955, 4.2, 0",
    "fashion-mlp, fashion-mlp-unseen, 100, 0.945, 5.0, 0",
    "fashion-cnn, fashion-cnn, 200, 0.955, 9.5, 0",
    "fashion-cnn, fashion-cnn-unseen, 100, 0.92, 12, 0",
    "sequence-lstm, sequence-lstm, 130, 0.9, 9.7, 0"
  })
  void estimatesRankDesignsAsTheirChipsDo(
      String network, String name, int designs, double rank, double points, int wrongly) {
    JsonNode report = again(network, file(name), "--json").exits(0).json();
    assertEquals(designs, report.get("designs").asInt());
    double correlation = report.get("rankCorrelation").asDouble();
    assertTrue(correlation >= rank, () -> "rank correlation " + correlation);
    double mean = 100 * report.get("meanError").asDouble();
    assertTrue(mean <= points, () -> "mean difference " + mean + " points");
    double inBand = report.get("inBand").asDouble();
    assertTrue(inBand >= 0.5, () -> "in the band " + inBand);
    JsonNode limit = report.get("limits").get(1);
    assertEquals(0.02, limit.get("limit").asDouble());
    assertTrue(limit.get("acceptedWrongly").asInt() <= wrongly, () -> "wrongly accepted " + limit);
  }

  /** Between 0 and 40 dB, where layers matter. */
  @ParameterizedTest
  @CsvSource({"fashion-mlp, 1.5, 2.2", "fashion-cnn, 2.4, 3.0"})
  void noiseOfLayersIsThatOfTheirChips(String network, double mean_dB, double worst_dB) {
    JsonNode report = again(network, file(network), "--json").exits(0).json();
    int layers = report.get("rows").get(0).get("layers").size();
    double all = 0;
    for (int l = 0; l < layers; l++) {
      double sum = 0;
      for (JsonNode row : report.get("rows")) {
        JsonNode layer = row.get("layers").get(l);
        sum += Math.abs(within(layer.get("estimate_dB")) - within(layer.get("snr_dB")));
      }
      double mean = sum / report.get("rows").size();
      String name = report.get("rows").get(0).get("layers").get(l).get("layer").asText();
      assertTrue(mean <= worst_dB, name + " " + mean + " dB");
      all += mean / layers;
    }
    assertTrue(all <= mean_dB, "mean of the layers " + all + " dB");
  }

  private static double within(JsonNode dB) {
    // A layer that nothing reaches has no error of its own.
    return dB.asDouble() >= 150 ? 0 : Math.max(0, Math.min(40, dB.asDouble()));
  }

  @Test
  void whatIsPrintedIsReadAgainAsItWas(@TempDir Path folder) throws IOException {
    JsonNode first = again("fashion-mlp", file("fashion-mlp-unseen"), "--json").exits(0).json();
    Path copy = folder.resolve("again.json");
    Files.writeString(copy, first.toString());
    JsonNode second = again("fashion-mlp", copy.toString(), "--json").exits(0).json();
    for (int row = 0; row < first.get("rows").size(); row++) {
      JsonNode was = first.get("rows").get(row);
      JsonNode is = second.get("rows").get(row);
      assertEquals(was.get("knobs"), is.get("knobs"));
      assertEquals(was.get("estimate"), is.get("estimate"));
      assertEquals(was.get("loss").asDouble(), is.get("loss").asDouble(), 1e-12);
      for (int l = 0; l < was.get("layers").size(); l++) {
        double snr_dB = was.get("layers").get(l).get("snr_dB").asDouble();
        assertEquals(snr_dB, is.get("layers").get(l).get("snr_dB").asDouble(), 1e-9);
      }
    }
    assertEquals(first.get("meanError").asDouble(), second.get("meanError").asDouble(), 1e-12);
  }

  @Test
  void aFitIsWrittenAndTheSameEachTime(@TempDir Path folder) throws IOException {
    Path fit = folder.resolve("a.accuracy");
    Path other = folder.resolve("b.accuracy");
    again("fashion-mlp", file("fashion-mlp-unseen"), "--fit", fit.toString()).exits(0);
    again("fashion-mlp", file("fashion-mlp-unseen"), "--fit", other.toString()).exits(0);
    assertTrue(Files.readString(fit).startsWith("origin 100 simulated designs"));
    assertEquals(Files.readString(fit), Files.readString(other));
  }

  @Test
  void allProblemsOfAFileAreReportedAtOnce(@TempDir Path folder) throws IOException {
    ObjectNode report = (ObjectNode) JSON.readTree(Path.of(file("fashion-mlp-unseen")).toFile());
    ArrayNode rows = (ArrayNode) report.get("rows");
    ((ObjectNode) rows.get(0)).put("loss", 3);
    ((ObjectNode) rows.get(1).get("knobs")).put("side", "65");
    ((ObjectNode) rows.get(2).get("knobs")).remove("side");
    ((ObjectNode) rows.get(3).get("knobs")).put("sides", "64");
    ((ObjectNode) rows.get(4).get("layers").get(1)).put("layer", "fc9");
    ((ObjectNode) rows.get(5)).put("trained", "much");
    ((ObjectNode) rows.get(6)).put("loss", 0.95);
    Path bad = folder.resolve("bad.json");
    Files.writeString(bad, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report));
    String told = again("fashion-mlp", bad.toString()).exits(2).err();
    for (String part :
        new String[] {
          "rows[0].loss: must be a number of -1 to 1",
          "rows[1].knobs.side: is 65",
          "rows[2].knobs.side: is missing; it is one of",
          "rows[3].knobs.sides: ",
          "did you mean side?",
          "rows[4].layers[1].layer: is fc9",
          "rows[5].trained: must be a number of 0 to 1",
          "rows[6].loss: is 0.95 of an accuracy of 0.8925; what is left must be 0 to 1"
        }) {
      assertTrue(told.contains(part), part + " in " + told);
    }
    assertTrue(told.contains("bad.json:"), told);
    assertTrue(!told.contains("Exception"), told);
  }

  @Test
  void whatIsNoReportIsRefused(@TempDir Path folder) throws IOException {
    Path empty = folder.resolve("empty.json");
    Files.writeString(empty, "[1, 2]");
    again("fashion-mlp", empty.toString()).refuses("must be a mapping with rows");
    again("fashion-mlp", folder.resolve("none.json").toString()).refuses("--from");
    again("fashion-mlp", file("fashion-cnn-unseen")).refuses("the layers are");
    again("fashion-mlp", file("fashion-mlp"), "--designs", "3").refuses("one of them");
  }
}
