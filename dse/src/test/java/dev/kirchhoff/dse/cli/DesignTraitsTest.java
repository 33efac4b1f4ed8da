package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of a front's table by which an architect tells its members apart. */
class DesignTraitsTest {
  @TempDir Path folder;

  private List<String> head(String spec) {
    CommandRun run =
        CommandRun.of("explore", spec, "--no-kafka", "--data", folder.resolve("data").toString());
    String head =
        run.exits(0).out().lines().filter(line -> line.startsWith("  design ")).findFirst().get();
    return Arrays.asList(head.trim().split("\\s{2,}"));
  }

  /** More lanes, less time and more area: no trait tells the two members apart. */
  @Test
  void aKnobByWhichMembersOfTheSameTraitsDifferIsAColumn() {
    String text =
        KernelSpecs.text(KernelSpecs.SOLVER, "objectives: {minimise: [timeToSolution, area]}")
            .replace("count: fit", "count: fit, vector: {count: {any: [1, 64]}}");
    List<String> head = head(KernelSpecs.write(folder, "lanes", text));
    assertTrue(head.contains("tile.vector.count"), head.toString());
    assertEquals(1, head.stream().filter(name -> name.contains(".")).count(), head.toString());
  }

  /** Bits of a converter are in the trait readout, which tells members apart by itself. */
  @Test
  void aKnobThatATraitShowsIsNoColumn() {
    String text =
        KernelSpecs.text(KernelSpecs.DCT, "objectives: {minimise: [qualityLoss, area]}")
            .replace("bits: 8, columnsPerAdc", "bits: {any: [4, 8]}, columnsPerAdc");
    List<String> head = head(KernelSpecs.write(folder, "bits", text));
    assertTrue(head.contains("readout"), head.toString());
    assertTrue(head.stream().noneMatch(name -> name.contains(".")), head.toString());
  }

  /** A front whose members hold their limits at different ages says so in its table. */
  @Test
  void ageIsATraitOfMembers() {
    String text =
        KernelSpecs.text(KernelSpecs.DCT, "objectives: {minimise: [qualityLoss, area]}")
            .replace("bits: 8, columnsPerAdc", "bits: {any: [4, 8]}, columnsPerAdc");
    String spec = KernelSpecs.write(folder, "aged", text + "\noperation: {age: 2 hours}\n");
    CommandRun run =
        CommandRun.of("explore", spec, "--no-kafka", "--data", folder.resolve("data").toString());
    assertTrue(run.exits(0).out().contains("age 2 hours"), run.out());
  }
}
