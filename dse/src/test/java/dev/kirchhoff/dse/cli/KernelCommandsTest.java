package dev.kirchhoff.dse.cli;

import static dev.kirchhoff.dse.cli.KernelSpecs.ADDER;
import static dev.kirchhoff.dse.cli.KernelSpecs.BITS;
import static dev.kirchhoff.dse.cli.KernelSpecs.DCT;
import static dev.kirchhoff.dse.cli.KernelSpecs.HOPFIELD;
import static dev.kirchhoff.dse.cli.KernelSpecs.SOLVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of kernels on the command line: every command takes them as it takes networks. */
class KernelCommandsTest {
  private static final String OBJECTIVES =
      "objectives: {minimise: [energyToSolution, qualityLoss]}";

  @TempDir private Path folder;

  private String spec(String workload, String... more) {
    return KernelSpecs.write(folder, "tiny", KernelSpecs.text(workload, more));
  }

  /** A solver of which cells of 2 bits with a sign diverge. */
  private String solver() {
    String text = KernelSpecs.text(SOLVER, OBJECTIVES, "record: [iterations, residual]");
    return KernelSpecs.write(
        folder, "solver", text.replace("weights: 6,", "weights: {any: [2, 6, 8], start: 8},"));
  }

  private String data(String name) {
    return folder.resolve(name).toString();
  }

  private static void assertHas(CommandRun run, String... words) {
    assertHas(0, run, words);
  }

  private static void assertHas(int code, CommandRun run, String... words) {
    run.exits(code);
    for (String word : words) {
      assertTrue(run.out().contains(word), () -> word + " is missing in\n" + run.out());
    }
  }

  @Test
  void evaluatePrintsQualityAndItsFiguresInTextAndJson() {
    String spec = spec(DCT);
    assertHas(
        CommandRun.of("evaluate", spec),
        "  dct: PSNR ",
        " dB, rate ",
        " bit/pixel, 1 iteration, median of 3 drawn chips, yield 3 of 3; the exact machine: PSNR ",
        "qualityLoss",
        "timeToSolution");
    JsonNode document = CommandRun.of("evaluate", spec, "--json").json();
    JsonNode kernel = document.path("kernels").path(0);
    assertEquals("dct", kernel.path("name").asText());
    assertEquals(3, kernel.path("chips").asInt());
    assertEquals(3, kernel.path("solved").asInt());
    assertEquals(2, kernel.path("median").path("figures").size(), "PSNR and rate");
    JsonNode totals = document.path("totals");
    assertEquals(totals.path("quality"), kernel.at("/median/figures/0/value"));
    assertEquals(
        totals.path("qualityLoss").asDouble(),
        kernel.at("/exact/figures/0/value").asDouble() - totals.path("quality").asDouble(),
        1e-9);
    assertTrue(totals.path("quality").asDouble() > 20);
    assertTrue(totals.path("qualityLoss").asDouble() > 0);
    assertEquals(1, totals.path("iterations").asInt());
    assertEquals(totals.path("energy_uJ"), totals.path("energyToSolution_uJ"));
    assertFalse(totals.has("residual"), "a transform has none");
  }

  @Test
  void aKernelIsJudgedByEnergyAndTimeToSolutionBeforeOperations() {
    String out = CommandRun.of("evaluate", spec(DCT)).exits(0).out();
    assertTrue(out.indexOf("energyToSolution") < out.indexOf("  energy  "), out);
    assertTrue(out.indexOf("timeToSolution") < out.indexOf("TOPS/W"), out);
    String loops =
        "{kernel: feedbackSolve, problem: {kind: inverse, matrix: {kind: spd, size: 4}}}";
    String amplifiers = KernelSpecs.text(loops).replace("pe: {", "pe: {feedback: {}, ");
    String spec = KernelSpecs.write(folder, "loops", amplifiers);
    assertHas(
        CommandRun.of("simulate", spec, "--draws", "1"),
        "  offsets of amplifiers ",
        "  gain of amplifiers ");
    assertFalse(
        CommandRun.of("simulate", spec(HOPFIELD), "--draws", "1").out().contains("amplifiers"));
  }

  @Test
  void theBandOfAShareIsInItsOwnUnit() {
    CommandRun run = CommandRun.of("evaluate", spec(DCT)).exits(0);
    String line =
        run.out().lines().filter(l -> l.contains("digitalShare")).findFirst().orElseThrow();
    String[] words = line.trim().replaceAll("[().]{2,}|[()]", " ").trim().split("\\s+");
    double low = Double.parseDouble(words[2]);
    double nominal = Double.parseDouble(words[1]);
    double high = Double.parseDouble(words[3]);
    assertTrue(low <= nominal && nominal <= high, line);
  }

  /** The check of a spec runs a kernel on the exact machine alone. */
  @Test
  void aCheckSaysWhatIsCountedWithoutCrossbars() {
    String out = CommandRun.of("check", CommandRun.example("image-transform")).exits(0).out();
    assertTrue(out.contains("dct: 1 matrix layer, 0.008 GMAC, "), out);
    assertTrue(out.contains("each kernel is simulated on each kind of crossbar"), out);
    assertFalse(out.contains("statistics"), out);
  }

  /** A default that does not fit is told where the section above it is written. */
  @Test
  void aDefaultThatDoesNotFitHasThePlaceOfItsKernel() throws IOException {
    Files.writeString(
        folder.resolve("uneven.mtx"),
        "%%MatrixMarket matrix array real general\n2 2\n3\n1\n2\n4\n");
    String uneven =
        KernelSpecs.write(
            folder,
            "uneven",
            KernelSpecs.text(
                "{kernel: conjugateGradient, matrix: {kind: file, file: uneven.mtx}}"));
    String problem = CommandRun.of("check", uneven).exits(2).err();
    assertTrue(problem.contains("uneven.yaml:3:11 workload.inner.method: is cg, but"), problem);
  }

  @Test
  void aDesignWhoseKernelDivergesIsInfeasibleAndHasNoNumber() {
    CommandRun run = CommandRun.of("evaluate", solver(), "--set", "precision.weights=2");
    assertHas(
        1,
        run,
        "conjugateGradient: diverged after ",
        "infeasible: kernels without a solution: by 1");
    JsonNode document =
        CommandRun.of("evaluate", solver(), "--set", "precision.weights=2", "--json").json();
    assertFalse(document.path("feasible").asBoolean());
    JsonNode median = document.at("/kernels/0/median");
    assertFalse(median.path("converged").asBoolean());
    assertTrue(median.path("figures").isEmpty(), median.toString());
    for (String key :
        List.of("quality", "qualityLoss", "energyToSolution_uJ", "timeToSolution_ms")) {
      assertFalse(document.path("totals").has(key), key);
    }
  }

  @Test
  void aSweepShowsDivergedDesignsWithoutNumbersAndReadsItsSpecAgain() {
    String data = data("data");
    CommandRun sweep =
        CommandRun.of("sweep", solver(), "--no-kafka", "--data", data, "--run-id", "s");
    String[] lines = sweep.exits(0).out().split("\n");
    assertTrue(lines[0].startsWith("index,precision.weights,energyToSolution_uJ,qualityLoss,"));
    assertTrue(lines[1].startsWith("0,2,,,"), lines[1]);
    assertTrue(lines[1].endsWith("false,false,\"kernels without a solution\""), lines[1]);
    assertTrue(lines[2].startsWith("1,6,0."), lines[2]);
    assertHas(CommandRun.of("explain", "--design", "s#0", "--data", data), "chip ");
    assertHas(CommandRun.of("map", "--design", "s#2", "--data", data), "conjugateGradient on ");
    CommandRun.of("verify", "s", "--data", data).exits(0);
    CommandRun compare = CommandRun.of("compare", "s#1", "s#0", "--data", data);
    assertHas(compare, "energyToSolution", "none");
    assertFalse(compare.out().contains("NaN"), compare.out());
    assertEquals(
        sweep.out(),
        CommandRun.of("export", "s", "--data", data).exits(0).out(),
        "the exported table");
  }

  @Test
  void searchesAndSweepsRepeatByteForByte() {
    String spec = solver();
    for (List<String> command :
        List.of(List.of("sweep"), List.of("explore", "--budget", "12", "--seed", "3"))) {
      String[] tables = new String[2];
      for (int i = 0; i < tables.length; i++) {
        String data = data(command.get(0) + i);
        List<String> all = new ArrayList<>(command);
        all.add(1, spec);
        all.addAll(List.of("--no-kafka", "--data", data, "--run-id", "r"));
        CommandRun.of(all.toArray(String[]::new)).exits(0);
        tables[i] = CommandRun.of("export", "r", "--data", data).exits(0).out();
      }
      assertTrue(tables[0].lines().count() > 3);
      assertEquals(tables[0], tables[1]);
    }
  }

  @Test
  void aRunCarriesTheFilesOfItsKernels() throws IOException {
    Path matrix = folder.resolve("spd.mtx");
    Files.writeString(
        matrix,
        "%%MatrixMarket matrix coordinate real symmetric\n3 3 4\n1 1 2\n2 2 3\n3 3 4\n2 1 0.5\n");
    String spec =
        spec(
            "{any: ["
                + SOLVER.replace("kind: covariance, size: 16", "kind: file, file: spd.mtx")
                + ", "
                + HOPFIELD
                + "], start: conjugateGradient}",
            "objectives: {minimise: [energy]}");
    String data = data("data");
    CommandRun.of("sweep", spec, "--no-kafka", "--data", data, "--run-id", "s").exits(0);
    Files.delete(matrix);
    assertHas(CommandRun.of("explain", "--design", "s#0", "--data", data), "chip ");
    CommandRun.of("verify", "s", "--data", data).exits(0);
    CommandRun.of("evaluate", spec).refuses("workload.matrix.file: spd.mtx does not exist");
  }

  @Test
  void explainMapAndCatalogueShowKernels() {
    String spec = spec(ADDER);
    assertHas(CommandRun.of("explain", spec), "SET and RESET of redox-generic (voltage read");
    assertHas(CommandRun.of("explain", spec, "latency"), " digital work + ");
    assertHas(CommandRun.of("explain", spec, "area"), "chip ");
    assertHas(CommandRun.of("map", spec), "statefulAdder on ");
    assertHas(CommandRun.of("catalog", "kernels"), "hopfield", "conjugateGradient");
    assertHas(CommandRun.of("catalog", "kernels", "ising"), "spins", "doi 10.1109/IEDM");
    JsonNode one = CommandRun.of("catalog", "kernels", "ising", "--json").exits(0).json();
    assertEquals("ising", one.path("name").asText());
    assertTrue(one.path("keys").size() > 5);
    CommandRun.of("catalog", "kernels", "isng").refuses("did you mean ising?");
  }

  @Test
  void simulateShowsQualityOverAgeEffectsAndBits() {
    CommandRun run = CommandRun.of("simulate", spec(HOPFIELD), "--draws", "2");
    assertHas(
        run,
        "exact machine",
        "time since programming",
        "effects left out",
        "one effect alone",
        "bits of the converters",
        "bits of elements",
        "  iterations   yield\n",
        "2 of 2");
    JsonNode report = CommandRun.of("simulate", spec(HOPFIELD), "--draws", "2", "--json").json();
    assertEquals("recalled patterns", report.path("measure").path("name").asText());
    assertEquals("recalled bits", report.path("others").path(0).path("name").asText());
    JsonNode design = report.path("groups").path(0).path("rows").path(1);
    assertTrue(design.path("others").path(0).asDouble() >= design.path("median").asDouble());
    assertEquals("result", report.path("groups").path(0).path("name").asText());
    assertEquals(2, report.path("groups").path(0).path("rows").path(1).path("chips").asInt());
  }

  @Test
  void theMeasureChoosesTheFigureThatIsTheQuality() {
    String rate = DCT.replace("}", ", measure: rate}");
    assertHas(CommandRun.of("evaluate", spec(rate)), "  dct: rate ", " bit/pixel, PSNR ");
    assertHas(
        CommandRun.of("simulate", spec(rate), "--draws", "1"),
        "  rate [bit/pixel]  worst chip  best chip  PSNR [dB]  iterations");
  }

  @Test
  void aNetworkAndARandomSourceShareAChip() {
    CommandRun run =
        CommandRun.of("evaluate", spec("[{network: lenet5, weight: 3}, " + BITS + "]"), "--json");
    JsonNode networks = run.exits(0).json().path("networks");
    assertEquals(2, networks.size());
    assertFalse(networks.path(0).path("totals").has("iterations"), "a network has none");
    assertTrue(networks.path(1).path("totals").has("iterations"));
  }

  @Test
  void settingsReplaceAKernelAsAWholeOrInPart() {
    String spec = spec(DCT);
    assertHas(CommandRun.of("evaluate", spec, "--set", "workload.block=4"), "  dct: PSNR ");
    assertHas(CommandRun.of("evaluate", spec, "--set", "workload.kernel=hopfield"), "  hopfield: ");
    assertHas(CommandRun.of("evaluate", spec, "--set", "workload=" + HOPFIELD), "  hopfield: ");
    CommandRun.of("check", spec, "--set", "workload={network: lenet5}").exits(0);
    assertHas(
        CommandRun.of(
            "evaluate",
            spec("{any: [" + DCT + ", " + HOPFIELD + "]}"),
            "--set",
            "workload.kernel=hopfield"),
        "  hopfield: ");
  }

  @Test
  void bitsOfEachLayerAreOfNetworks() {
    String text = KernelSpecs.text(DCT, OBJECTIVES);
    String spec =
        KernelSpecs.write(
            folder, "layers", text.replace("weights: 6,", "weights: {any: [4, 6], per: layer},"));
    CommandRun run = CommandRun.of("check", spec).exits(0);
    assertTrue(
        run.err()
            .contains(
                "precision.weights: per: layer is of networks; all matrices of the kernel dct have the"
                    + " start of the choice"),
        run.err() + run.out());
  }

  @Test
  void aResolvedSpecOfAKernelReadsBack() throws IOException {
    String resolved = CommandRun.of("check", spec(SOLVER), "--resolved").exits(0).out();
    assertTrue(resolved.contains("  kernel: conjugateGradient\n"), resolved);
    CommandRun.of("check", Files.writeString(folder.resolve("again.yaml"), resolved).toString())
        .exits(0);
  }
}
