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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worked additions of CONTRIBUTING.md: each diff of {@code docs/additions} is applied to a copy
 * of the sources, documents and tables are made again by their commands, and the program that is
 * built of it knows the new thing.
 */
@Tag("slow")
class AdditionsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> LEFT_OUT = Set.of("target", ".git", "kirchhoff-data");
  private static final int PATIENCE_MIN = 15;
  private static final int LAST_LINES = 40;
  private static final String SPEC = "examples/quickstart.yaml";

  @TempDir private Path tree;

  @Test
  void aConverter() throws Exception {
    // Its circuit file, its kind in the language and its registration.
    assertEquals(3, applied("converter").size());
    documents("GrammarDocumentTest");
    tests("DualSlopeTest,CircuitLibraryTest,EqualWorkTest,StatedPassTest,CatalogCommandTest");
    String readout = "pe.readout=dualSlope";
    knows(List.of("check", SPEC, "--set", readout), "is good");
    knows(List.of("explain", SPEC, "--set", readout), "dual slope");
    knows(List.of("catalog", "circuits"), "dual-slope");
    knows(List.of("catalog", "circuits", "--kind", "readout"), "dualSlope");
    assertTrue(Files.readString(tree.resolve("docs/spec.schema.json")).contains("dualSlope"));
    assertTrue(Files.readString(tree.resolve("docs/spec-keys.md")).contains("dualSlope"));
  }

  @Test
  void aTopology() throws Exception {
    // The class, its word, its line among fabrics and that of its routers.
    assertEquals(4, applied("topology").size());
    documents("GrammarDocumentTest");
    tests("ChainTest,FabricTest,LinkLoadsTest,CatalogCommandTest");
    knows(List.of("evaluate", SPEC, "--set", "chip.interconnect=chain"), "TOPS/W");
    knows(List.of("catalog", "circuits"), "chain");
    assertTrue(Files.readString(tree.resolve("docs/spec.schema.json")).contains("chain"));
  }

  @Test
  void aMetric() throws Exception {
    // Its registration and its computation.
    assertEquals(2, applied("metric").size());
    documents("MetricDocumentTest,GrammarDocumentTest");
    maven(
        "-pl",
        "mapper",
        "-am",
        "test",
        "-Dtest=GoldenEvaluationTest",
        "-Dgolden.rewrite=true",
        "-Dsurefire.failIfNoSpecifiedTests=false");
    tests("EnergyPerMacTest,GoldenEvaluationTest,CatalogCommandTest,PageServerTest");
    knows(List.of("evaluate", SPEC), "energyPerMac");
    knows(List.of("catalog", "metrics"), "energyPerMac");
    knows(List.of("evaluate", SPEC, "--json"), "energyPerMac_fJ");
    assertTrue(Files.readString(tree.resolve("docs/metrics.md")).contains("energyPerMac"));
  }

  @Test
  void aKernel() throws Exception {
    // Its class and its registration.
    assertEquals(2, applied("kernel").size());
    documents("GrammarDocumentTest");
    tests("WalshHadamardKernelTest,CountingMachineTest,CatalogCommandTest");
    Path spec = tree.resolve("examples/walsh-hadamard.yaml");
    Files.writeString(
        spec, "kirchhoff: 1\nworkload: {kernel: walshHadamard}\nchip: {tile: {count: fit}}\n");
    knows(List.of("check", spec.toString()), "is good");
    knows(List.of("evaluate", spec.toString()), "relative error");
    knows(List.of("explain", spec.toString(), "energy"), "readout");
    knows(List.of("catalog", "kernels"), "walshHadamard");
    assertTrue(Files.readString(tree.resolve("docs/spec.schema.json")).contains("walshHadamard"));
    assertTrue(Files.readString(tree.resolve("docs/spec-keys.md")).contains("walshHadamard"));
  }

  /** Applies a diff to a copy of the sources. Returns the files of the program that it touches. */
  private List<String> applied(String addition) throws Exception {
    copy();
    Path diff = ROOT.resolve("docs/additions").resolve(addition + ".diff");
    run(List.of("git", "apply", diff.toString()));
    List<String> files = new ArrayList<>();
    for (String line : Files.readAllLines(diff)) {
      if (line.startsWith("+++ b/") && line.contains("/src/main/")) {
        files.add(line.substring("+++ b/".length()));
      }
    }
    return files;
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

  private void documents(String classes) throws Exception {
    maven(
        "-pl",
        "dse",
        "-am",
        "test",
        "-Dtest=" + classes,
        "-Dsurefire.failIfNoSpecifiedTests=false",
        "-Dkirchhoff.rewrite=true");
  }

  private void tests(String classes) throws Exception {
    maven("test", "-Dtest=" + classes, "-Dsurefire.failIfNoSpecifiedTests=false");
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
