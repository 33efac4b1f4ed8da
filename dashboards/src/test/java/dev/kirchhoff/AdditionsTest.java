package dev.kirchhoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worked additions of CONTRIBUTING.md: the diffs of {@code docs/additions} are applied to a
 * copy of the sources, one beside the other, documents and tables are made again by their commands,
 * and the program that is built of it knows the new things.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdditionsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> LEFT_OUT = Set.of("target", ".git", "kirchhoff-data");
  private static final int PATIENCE_MIN = 15;
  private static final int LAST_LINES = 40;
  private static final String SPEC = "examples/bench/resnet18-12db.yaml";
  private static final List<String> ADDITIONS =
      List.of("converter", "topology", "metric", "kernel");
  private static final String MADE_AGAIN =
      "GrammarDocumentTest,MetricDocumentTest,CircuitDocumentTest,"
          + "CircuitSheetsTest,GoldenEvaluationTest";

  private static final String TESTS =
      "DualSlopeTest,CircuitSheetsTest,CircuitLibraryTest,EqualWorkTest,StatedPassTest,ChainTest,FabricTest,"
          + "LinkLoadsTest,EnergyPerMacTest,GoldenEvaluationTest,WalshHadamardKernelTest,"
          + "CountingMachineTest,CatalogCommandTest,PageServerTest";

  private Path tree;

  @BeforeAll
  void isBuilt(@TempDir Path folder) throws Exception {
    tree = folder;
    copy();
    for (String addition : ADDITIONS) {
      run(List.of("git", "apply", diff(addition).toString()));
    }
    maven(
        "-pl",
        "dse",
        "-am",
        "test",
        "-Dtest=" + MADE_AGAIN,
        "-Dsurefire.failIfNoSpecifiedTests=false",
        "-Dkirchhoff.rewrite=true",
        "-Dgolden.rewrite=true");
    maven("test", "-Dtest=" + TESTS, "-Dsurefire.failIfNoSpecifiedTests=false");
  }

  @Test
  void aConverter() throws Exception {
    // Its circuit file, its kind in the language and its registration.
    assertEquals(3, programFiles("converter").size());
    String readout = "pe.readout=dualSlope";
    knows(List.of("check", SPEC, "--set", readout), "is good");
    knows(List.of("explain", SPEC, "--set", readout), "dual slope");
    knows(List.of("catalog", "circuits"), "dual-slope");
    knows(List.of("catalog", "circuits", "--kind", "readout"), "dualSlope");
    documented("spec.schema.json", "dualSlope");
    documented("spec-keys.md", "dualSlope");
    documented("circuit-equations.md", "dual-slope");
  }

  @Test
  void aTopology() throws Exception {
    // The class, its word, its line among fabrics and that of its routers.
    assertEquals(4, programFiles("topology").size());
    knows(List.of("evaluate", SPEC, "--set", "chip.interconnect=chain"), "TOPS/W");
    knows(List.of("catalog", "circuits"), "chain");
    documented("spec.schema.json", "chain");
  }

  @Test
  void aMetric() throws Exception {
    // Its registration and its computation.
    assertEquals(2, programFiles("metric").size());
    knows(List.of("evaluate", SPEC), "energyPerMac");
    knows(List.of("catalog", "metrics"), "energyPerMac");
    knows(List.of("evaluate", SPEC, "--json"), "energyPerMac_fJ");
    documented("metrics.md", "energyPerMac");
  }

  @Test
  void aKernel() throws Exception {
    // Its class and its registration.
    assertEquals(2, programFiles("kernel").size());
    Path spec = tree.resolve("examples/walsh-hadamard.yaml");
    Files.writeString(
        spec, "kirchhoff: 1\nworkload: {kernel: walshHadamard}\nchip: {tile: {count: fit}}\n");
    knows(List.of("check", spec.toString()), "is good");
    knows(List.of("evaluate", spec.toString()), "relative error");
    knows(List.of("explain", spec.toString(), "energy"), "readout");
    knows(List.of("catalog", "kernels"), "walshHadamard");
    documented("spec.schema.json", "walshHadamard");
    documented("spec-keys.md", "walshHadamard");
  }

  private static Path diff(String addition) {
    return ROOT.resolve("docs/additions").resolve(addition + ".diff");
  }

  /** Files of the program that a diff touches. */
  private static List<String> programFiles(String addition) throws IOException {
    return Files.readAllLines(diff(addition)).stream()
        .filter(line -> line.startsWith("+++ b/") && line.contains("/src/main/"))
        .toList();
  }

  /** Asserts that a document that is made has a word. */
  private void documented(String document, String word) throws IOException {
    assertTrue(Files.readString(tree.resolve("docs").resolve(document)).contains(word), document);
  }

  private void copy() throws IOException {
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(folder.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(tree.resolve(ROOT.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, tree.resolve(ROOT.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void maven(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("mvn", "-q", "-B", "-o"));
    command.addAll(List.of(arguments));
    run(command);
  }

  /** Asserts that the output of a command of the built program has a word. */
  private void knows(List<String> arguments, String word) throws Exception {
    List<String> command = new ArrayList<>(List.of("./kirchhoff"));
    command.addAll(arguments);
    String printed = run(command);
    assertTrue(
        printed.contains(word), String.join(" ", command) + " prints no " + word + "\n" + printed);
  }

  private String run(List<String> command) throws Exception {
    Path output = Files.createTempFile(tree, "command", ".out");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(tree.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new AssertionError("needs " + command.get(0) + " on the path", e);
    }
    boolean ended = process.waitFor(PATIENCE_MIN, TimeUnit.MINUTES);
    process.destroyForcibly();
    String printed = Files.readString(output);
    List<String> lines = printed.lines().toList();
    String last =
        String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    assertTrue(ended && process.exitValue() == 0, String.join(" ", command) + "\n" + last);
    return printed;
  }
}
