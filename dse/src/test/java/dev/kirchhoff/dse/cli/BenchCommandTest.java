package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.dse.bench.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  /** 90 designs of VGG-8 on phase change. */
  private static final String SMALL =
      """
      kirchhoff: 1
      name: Small
      extends: %s
      let: {side: 128}
      chip:
        pe:
          perTile: 8
          input: {bitsPerPulse: 1}
          readout: {kind: sar, bits: {from: 5, to: 9, start: 8}, range: calibrated, gain: 4, columnsPerAdc: {any: [8, 16, 32]}}
        crossbar: {perPe: 8}
        cell: {bits: {any: [1, 2]}, device: pcm-gst-joshi2020, readVoltage: {any: [0.1 V, 0.2 V, 0.3 V], start: 0.2 V}}
      operation: {age: 1 day}
      """;

  @TempDir private Path folder;

  private String small;

  @BeforeEach
  void writeSpec() throws IOException {
    Path base = Path.of(CommandRun.example("bench/vgg8-pcm")).toAbsolutePath().normalize();
    small = Files.writeString(folder.resolve("small.yaml"), SMALL.formatted(base)).toString();
  }

  private JsonNode bench(String... options) {
    List<String> arguments = new ArrayList<>(List.of("bench", small, "--json"));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new)).exits(0).json();
  }

  private static List<String> shares(JsonNode report) {
    List<String> shares = new ArrayList<>();
    report
        .at("/problems/0/samples")
        .forEach(s -> shares.add(s.get("engine") + " " + s.get("seed") + " " + s.get("share")));
    return shares;
  }

  @Test
  void figuresByDesignsAreRepeated() {
    String[] options = {"--seeds", "2", "--designs", "20,40"};
    JsonNode first = bench(options);
    assertTrue(first.get("reproducible").asBoolean());
    assertEquals(2 * 2 * Bench.available().size(), shares(first).size());
    assertTrue(Bench.available().size() > 3, "peers of the class path");
    assertEquals(shares(first), shares(bench(options)));
  }

  @Test
  void aSearchOfItsOwnProcessFindsTheSameFronts() {
    String[] options = {"--seeds", "1", "--designs", "40", "--engines", "random"};
    JsonNode warm = bench(options);
    JsonNode cold = bench("--cold", "--seeds", "1", "--designs", "40", "--engines", "random");
    assertEquals(shares(warm), shares(cold));
    double ofProcess = cold.at("/problems/0/samples/0/processor_s").asDouble();
    assertTrue(ofProcess > 0.1, ofProcess + " s, the start of the process included");
  }

  @Test
  void frontsAreThoseOfExploreWithAsManyDesigns() {
    JsonNode sample = bench("--seeds", "1", "--designs", "50", "--engines", "optaplanner");
    JsonNode explored =
        CommandRun.of(
                "explore",
                small,
                "--no-kafka",
                "--islands",
                "1",
                "--budget",
                "50",
                "--seed",
                "1",
                "--json",
                "--data",
                folder.resolve("data").toString())
            .exits(0)
            .json();
    assertEquals(explored.get("front").size(), sample.at("/problems/0/samples/0/members").asInt());
    assertEquals(
        explored.at("/front/0/values/0").asDouble(),
        sample.at("/problems/0/samples/0/ends/0/greatest").asDouble());
  }

  @Test
  void searchesOfTheWholeSpaceHaveTheWholeOfItsFront() {
    JsonNode report = bench("--exact", "--seeds", "1", "--designs", "30,90", "--engines", "random");
    JsonNode problem = report.at("/problems/0");
    assertEquals(90, problem.get("designs").asInt());
    assertTrue(problem.get("exact").asBoolean());
    assertEquals(1, problem.at("/rows/0/cells/1/median").asDouble(), 1e-12);
    assertEquals(problem.get("reference"), problem.at("/samples/1/members"));
    assertTrue(problem.at("/rows/0/cells/0/median").asDouble() < 1);
  }

  @Test
  void timesAreToldToDependOnTheMachineAndAfterATurnThatIsNotCounted() {
    CommandRun run =
        CommandRun.of("bench", small, "--seeds", "2", "--seconds", "0.05", "--engines", "random");
    run.exits(0);
    assertTrue(run.out().contains("depend on machine and load"), run.out());
    assertTrue(run.err().contains("seeds 1 to 2, compared after 0.05 s"), run.err());
  }

  @Test
  void theRawTableHasARowForEachFront() throws IOException {
    Path raw = folder.resolve("raw.csv");
    bench("--seeds", "2", "--designs", "20,40", "--engines", "random", "-o", raw.toString());
    List<String> lines = Files.readAllLines(raw);
    assertEquals(5, lines.size());
    assertTrue(
        lines
            .get(0)
            .startsWith("problem,engine,seed,checkpoint,designs,processor_s,share,members,"),
        lines.get(0));
    assertTrue(lines.get(4).startsWith("small,random,2,\"40 designs\",40,"), lines.get(4));
  }

  @Test
  void problemsAreNamedAfterTheirFilesAndByPathWhereTwoNamesAreEqual() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other")).resolve("small.yaml");
    Files.copy(Path.of(small), other);
    Path third = Files.copy(other, folder.resolve("third.yaml"));
    JsonNode report =
        CommandRun.of(
                "bench",
                small,
                other.toString(),
                third.toString(),
                "--seeds",
                "1",
                "--designs",
                "5",
                "--engines",
                "random",
                "--json")
            .json();
    List<String> names = new ArrayList<>();
    report.get("problems").forEach(problem -> names.add(problem.get("name").asText()));
    assertEquals(List.of(small, other.toString(), "third"), names);
  }

  @Test
  void badOptionsAreRefused() {
    CommandRun.of("bench", small, "--engines", "randon").refuses("randon", "did you mean random");
    CommandRun.of("bench", small, "--seeds", "0").refuses("--seeds is 0, must be 1..1000");
    CommandRun.of("bench", small, "--designs", "0").refuses("--designs has 0");
    CommandRun.of("bench", small, "--seconds", "-1").refuses("--seconds has -1");
    CommandRun.of("bench", CommandRun.example("isaac")).refuses("lacks", "for bench");
    CommandRun.of("bench", folder.resolve("none.yaml").toString()).refuses("none.yaml");
  }
}
