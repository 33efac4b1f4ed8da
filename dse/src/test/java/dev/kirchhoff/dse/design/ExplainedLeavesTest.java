package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.explain.Explanation;
import dev.kirchhoff.peripherals.CircuitLibrary;
import dev.kirchhoff.peripherals.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every leaf of every explanation, computed again from its printed formula. */
class ExplainedLeavesTest {
  private static final long SEED = 20261201;
  private static final int DESIGNS = 1000;
  private static final int FEW = 60;
  private static final int CHIPS = 40;
  private static final double DIGITS = 1e-9;

  /** Chips of kinds that seldom come about by chance, beside random ones. */
  private static final List<List<String>> RARE =
      List.of(
          List.of(),
          List.of(
              "cell={bits: 1, device: sram-6t, readVoltage: device}",
              "crossbar.weights.encoding=offset",
              "pe.readout=adderTree"),
          List.of(
              "cell={bits: 1, device: sram-6t, readVoltage: device}",
              "crossbar.weights.encoding=offset",
              "pe.readout=adderChain"),
          List.of("cell={bits: 1, device: sram-6t, readVoltage: device}"),
          List.of(
              "cell={bits: 1, device: sram-6t, readVoltage: device}", "crossbar.compute=charge"));

  private final Evaluator evaluator = new Evaluator();

  /** Changes to a chip: a kind, a model, a node, figures of its own, a workload. */
  private static List<String> changes() {
    Stream<String> readouts =
        Stream.of(ReadoutKind.values())
            .filter(kind -> !kind.isDigital())
            .map(kind -> "pe.readout=" + kind.word());
    Stream<String> topologies =
        Stream.of(Topology.values()).map(kind -> "interconnect=" + kind.word());
    Stream<String> models =
        CircuitLibrary.names(Part.READOUT).stream()
            .map(name -> "pe.readout.model=" + name)
            .filter(each -> !each.endsWith("isaac-sar"));
    Stream<String> nodes =
        Stream.of(7, 14, 22, 28, 40, 65, 130).map(nm -> "technology.node=" + nm + " nm");
    Stream<String> memories =
        Stream.of("sram", "edram", "registerFile")
            .flatMap(kind -> Stream.of("tile.buffer=" + kind, "globalBuffer=" + kind));
    Stream<String> others =
        Stream.of(
            "pe.readout={kind: sar, bits: 8, model: isaac-sar}",
            "pe.readout={kind: sar, bits: 6, model: {area: 900 um2, energy: 0.4 pJ, time: 3 ns,"
                + " node: 28 nm, supply: 0.9 V}}",
            "crossbar.model={area: 30 um2, power: 0.4 mW, time: 100 ns}",
            "pe.others=[{name: pipeline, model: {area: 3300 um2, power: 0.25 mW}},"
                + " {name: box, model: {area: 0.01 mm2, energy: {pass: 2 pJ}}}]",
            "tile.bus.model={area: 0.01 mm2, power: 3 mW}",
            "mapping.schedule=layerByLayer",
            "mapping={overflow: reload, batch: 4}",
            "mapping.batch=8",
            "tile.count=2",
            "workload=[{network: lenet5, weight: 3}, {network: fashion-cnn, weight: 1}]",
            "workload=sequence-lstm",
            "workload={kernel: dct, rows: 8, columns: 8}",
            "workload={kernel: jacobi, matrix: {size: 3}, block: 3}",
            "workload={kernel: statefulAdder, bits: 2, rows: 4}",
            "workload={kernel: randomBits, bits: 128}",
            "workload={kernel: feedbackSolve, problem: {matrix: {size: 4}}}");
    return Stream.of(readouts, topologies, models, nodes, memories, others)
        .flatMap(each -> each)
        .toList();
  }

  @Test
  @Tag("broad")
  void everyLeafOfRandomDesignsFollowsFromItsFormula() {
    check(FEW);
  }

  @Test
  @Tag("slow")
  void everyLeafOfAThousandRandomDesignsOfAllKindsFollowsFromItsFormula() {
    Set<Object> seen = check(DESIGNS);
    assertTrue(seen.containsAll(changes()), "every change is taken by some chip");
    assertTrue(seen.containsAll(RARE), "every rare kind is taken");
  }

  /** Checks random designs; what they were made of. */
  private Set<Object> check(int number) {
    List<String> changes = changes();
    Map<String, Double> eaches = new HashMap<>();
    Set<Object> seen = new HashSet<>();
    Random random = new Random(SEED);
    for (int designs = 0; designs < number; ) {
      int drawn = random.nextInt(CHIPS + 3 * RARE.size());
      List<String> chip =
          drawn < CHIPS ? RandomSpecs.settings(1 + drawn) : RARE.get((drawn - CHIPS) % RARE.size());
      String change = changes.get(random.nextInt(changes.size()));
      List<String> settings = new ArrayList<>(chip);
      settings.add(change);
      Optional<DesignSpec> spec = RandomSpecs.load(RandomSpecs.SPEC, settings);
      if (spec.isPresent()) {
        designs++;
        seen.add(chip);
        seen.add(change);
        check(spec.get(), settings, eaches);
      }
    }
    return seen;
  }

  private void check(DesignSpec spec, List<String> settings, Map<String, Double> eaches) {
    Design design = spec.newBinder().bind(spec.tree().start());
    Explanation made = new Explanation(evaluator.evaluated(design));
    for (CostTree tree :
        List.of(
            made.energy(),
            made.energyByLayer(),
            made.area(),
            made.power(),
            made.latency(),
            made.noise())) {
      // A program without noise has a tree without parts.
      if (!tree.parts().isEmpty()) {
        leaves(tree, leaf -> check(leaf, settings + ", " + tree.name() + ", ", eaches));
      }
    }
  }

  private static void leaves(CostTree tree, Consumer<CostTree> to) {
    if (tree.parts().isEmpty()) {
      to.accept(tree);
    }
    tree.parts().forEach(part -> leaves(part, to));
  }

  /**
   * A leaf is its row's formula; one of the quantities there, the price, is the formula behind
   * "each", or a figure that the spec gives.
   */
  private static void check(CostTree leaf, String where, Map<String, Double> eaches) {
    String what = where + leaf.name() + ": " + leaf.formula() + " ";
    String[] row = leaf.formula().split(CostTree.EACH, 2);
    PrintedFormula.Reading read = PrintedFormula.read(row[0]);
    assertEquals(leaf.value(), read.value(), DIGITS * Math.abs(leaf.value()), what);
    assertFalse(leaf.source().isEmpty(), what);
    boolean isPriced = !Set.of("ns", "of the signal").contains(leaf.unit());
    if (row.length == 2) {
      double each = eaches.computeIfAbsent(row[1], text -> PrintedFormula.read(text).value());
      assertTrue(
          read.quantities().stream().anyMatch(q -> Math.abs(q - each) <= DIGITS * q),
          what + "each is " + each);
    } else {
      assertTrue(!isPriced || leaf.source().startsWith("given, "), what + leaf.source());
    }
  }

  @Test
  void aFormulaThatDiffersFromItsValueIsFound() {
    assertFound(6, "2 x 3.00 fJ; each 1 fJ x 3", "read", false);
    assertFound(6.0000001, "2 x 3.00 fJ; each 1 fJ x 3", "read", true);
    assertFound(6, "2 x 3.00 fJ; each 1 fJ x 3.0000001", "read", true);
    assertFound(6, "2 x 3.00 fJ", "read", true);
    assertFound(6, "2 x 3.00 fJ", "given, a.yaml:4", false);
    assertFound(6, "two of three", "read", true);
  }

  private static void assertFound(double value, String formula, String source, boolean isWrong) {
    CostTree leaf = CostTree.leaf("readout", value, "fJ", formula, source);
    Executable check = () -> check(leaf, "", new HashMap<>());
    if (isWrong) {
      assertThrows(Throwable.class, check, formula);
    } else {
      assertDoesNotThrow(check, formula);
    }
  }
}
