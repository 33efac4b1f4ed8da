package dev.kirchhoff.mapper.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.kirchhoff.arch.design.Design;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Golden evaluations: designs of every kind of chip with three workloads each, all that is computed
 * of them compared bit for bit with the tables under {@code src/test/resources/golden/tables}.
 * CONTRIBUTING.md says how tables are written again.
 */
class GoldenEvaluationTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Path TABLES = GOLDEN.resolve("tables");
  private static final String REWRITE =
      "mvn -q -pl mapper -am test -Dtest=GoldenEvaluationTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.rewrite=true";
  private static final int SHOWN = 10;
  private static final long SEED = 1;

  private static final Map<Case, Design> BOUND = new HashMap<>();
  private static final Map<Case, Rows> FRESH = new HashMap<>();

  /** A design and its workload; {@code peak} is none. */
  private record Case(String design, String workload) {
    Path spec() {
      return GOLDEN.resolve("designs").resolve(design + ".yaml");
    }

    Path table() {
      return TABLES.resolve(design).resolve(workload + ".txt");
    }

    Design bound() {
      return BOUND.computeIfAbsent(this, each -> GoldenSpecs.design(each.spec(), each.workload));
    }

    /** All figures by evaluators that have not seen another design. */
    Rows fresh() {
      return FRESH.computeIfAbsent(this, each -> EvaluationRows.of(each.bound()));
    }
  }

  /** A design by the name of its spec, and its workloads. */
  private static Stream<Case> of(String design, String... workloads) {
    return Stream.of(workloads).map(workload -> new Case(design, workload));
  }

  private static List<Case> cases() {
    return Stream.of(
            of("mesh-sar", "resnet18", "mobilenet_v1", "fashion-cnn", "our-attention", "peak"),
            of("htree-flash", "resnet20_cifar10", "vgg8_cifar10", "fashion-mlp"),
            of("reload-batch", "resnet20_cifar10", "fashion-cnn+fashion-mlp", "our-branches"),
            of("reload-endless", "resnet20_cifar10", "lenet5+fashion-cnn", "vgg8_cifar10"),
            of(
                "chips-torus",
                "resnet20_cifar10",
                "vgg8_cifar10",
                "fashion-mlp+lenet5+our-attention"),
            of("circuits-ramp", "resnet20_cifar10", "fashion-cnn+lenet5", "vgg8_cifar10"),
            of("concentrated-sense", "resnet20_cifar10", "vgg8_cifar10", "our-attention"),
            of("xnor-mram", "vgg8_cifar10", "lenet5", "fashion-mlp", "peak"),
            of("fattree-decrement", "fashion-mlp", "sequence-lstm", "resnet20_cifar10"),
            of("bus-oscillator", "fashion-cnn", "lenet5", "resnet20_cifar10", "peak"),
            of("drift-tiles", "vgg8_cifar10", "fashion-cnn-noise-aware", "our-branches"),
            of("alone-time", "lenet5", "fashion-mlp", "fashion-cnn"),
            of("ring-fire", "resnet20_cifar10", "lenet5+our-branches", "sequence-lstm"),
            of("digital-tree", "our-branches", "fashion-cnn", "our-attention", "peak"),
            of("digital-chain", "lenet5", "fashion-cnn", "vgg8_cifar10"),
            of("charge-sar", "resnet20_cifar10", "fashion-mlp-noise-aware", "our-attention"),
            of("discharge-flash", "resnet20_cifar10", "fashion-cnn", "lenet5"),
            of("voltage-flash", "vgg8_cifar10", "lenet5", "fashion-mlp"),
            of("component-table", "vgg8_cifar10", "alexnet", "fashion-cnn", "peak"),
            of("neurosim-parts", "vgg8_cifar10", "lenet5", "resnet20_cifar10"),
            of(
                "written-matrices",
                "our-attention",
                "bert_base_seq128",
                "sequence-lstm+our-attention"),
            of("mixed-precision", "resnet20_cifar10", "fashion-cnn", "our-branches"),
            of("too-small", "resnet20_cifar10", "fashion-mlp", "our-attention"),
            of("own-figures", "resnet20_cifar10", "fashion-cnn", "vgg8_cifar10+lenet5"),
            of("selector-survey", "resnet20_cifar10", "fashion-mlp", "our-branches"),
            of("shared-bits", "lenet5", "fashion-mlp"),
            of("skipped-rows", "mobilenet_v1", "fashion-cnn", "our-branches", "peak"))
        .flatMap(each -> each)
        .toList();
  }

  @Test
  void everyFigureIsAsInTheTables() {
    List<GoldenTable.Change> changes = new ArrayList<>();
    boolean rewrite = Boolean.getBoolean("golden.rewrite");
    for (Case each : cases()) {
      Rows rows = each.fresh();
      GoldenTable table = GoldenTable.read(each.table());
      List<GoldenTable.Change> ofTable = table.changes(rows);
      changes.addAll(ofTable);
      if (rewrite && !ofTable.isEmpty()) {
        table.write(rows);
      }
    }
    if (rewrite) {
      System.out.println("Golden tables written again: " + summary(changes));
    } else if (!changes.isEmpty()) {
      fail(
          "Figures differ from the golden tables, "
              + summary(changes)
              + "\nIf that is meant: "
              + REWRITE
              + "\nand review the diff.");
    }
  }

  private static String summary(List<GoldenTable.Change> changes) {
    long files = changes.stream().map(GoldenTable.Change::file).distinct().count();
    double largest =
        changes.stream()
            .mapToDouble(GoldenTable.Change::relative)
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    String text =
        String.format(
            Locale.ROOT,
            "%d rows in %d files; largest relative change of a number %.3g, %d rows new, gone or"
                + " other words",
            changes.size(),
            files,
            largest,
            changes.stream().filter(change -> Double.isInfinite(change.relative())).count());
    return changes.stream()
        .limit(SHOWN)
        .map(GoldenTable.Change::text)
        .collect(Collectors.joining("\n  ", text + "\n  ", ""));
  }

  /** Independence of figures from the designs evaluated before, in any order. */
  @Test
  @Tag("slow")
  void aReusedEvaluatorGivesTheBitsOfAFreshOneInAnyOrder() {
    List<Case> order = new ArrayList<>(cases());
    Collections.shuffle(order, new Random(SEED));
    EvaluationRows reused = new EvaluationRows();
    for (Case each : order) {
      Map<String, String> fresh = each.fresh().values();
      reused
          .evaluation(each.bound())
          .values()
          .forEach(
              (path, value) ->
                  assertEquals(
                      fresh.get(path),
                      value,
                      () -> each + " " + path + " in an order shuffled with seed " + SEED));
    }
  }

  @Test
  void everySpecAndTableBelongsToACase() throws IOException {
    Set<Path> known = new HashSet<>();
    for (Case each : cases()) {
      known.add(each.spec());
      known.add(each.table());
    }
    for (Path folder : List.of(GOLDEN.resolve("designs"), TABLES)) {
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> strangers =
            files.filter(Files::isRegularFile).filter(file -> !known.contains(file)).toList();
        assertTrue(strangers.isEmpty(), "files of no case: " + strangers);
      }
    }
  }
}
