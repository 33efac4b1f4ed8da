package dev.kirchhoff.dse.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.space.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proof finds the whole front of a space that can be enumerated, with few whole evaluations. */
class FrontProofTest {
  private static final double GAP = 1e-6;

  private static final String SMALL =
      """
      kirchhoff: 1
      workload: {network: resnet18, sensitivity: equal}
      precision: {weights: {any: [6, 8], per: layer}, inputs: 8}
      chip:
        technology: {node: 32 nm}
        clock: 1 GHz
        interconnect: {any: [{kind: mesh}, {kind: hTree}]}
        tile: {count: fit, buffer: {kind: edram, size: 64 KB}}
        pe:
          perTile: {any: [4, 8]}
          readout: {kind: sar, bits: {from: 5, to: 8}, columnsPerAdc: {any: [8, 16, 32]}}
        crossbar: {perPe: {any: [4, 8]}, rows: 256, columns: 256, rowsActive: {any: [64, 128]}}
        cell: {bits: {any: [1, 2]}, device: redox-hfox-wan2022, readVoltage: 0.2 V}
      mapping: {schedule: pipelined, extraCrossbars: {any: [0 %, 50 %]}, overflow: infeasible}
      objectives: {maximise: [TOPS/W], minimise: [area]}
      constraints: [snr >= 12 dB, area <= 300 mm2]
      """;

  @TempDir private Path folder;

  private DesignSpec spec(String text) throws Exception {
    Path file = folder.resolve("small.yaml");
    Files.writeString(file, text);
    return DesignSpec.load(
        file.toString(), List.of(), List.of(), SpecEnvironment.of(new FileSources()));
  }

  private static String ofAllLayers() {
    return SMALL.replace(", per: layer", "");
  }

  /** The front of all designs, by their values. */
  private static List<double[]> exact(DesignSpec spec) {
    SpecProblemSpace problem = new SpecProblemSpace(spec);
    Session session = problem.newSession();
    Archive archive = new Archive(2);
    List<double[]> all = new ArrayList<>();
    double[] violations = new double[problem.constraints().size()];
    int[] design = problem.space().first();
    do {
      double[] values = new double[2];
      session.evaluate(design, values, violations, new double[violations.length]);
      if (Arrays.stream(violations).allMatch(miss -> miss == 0)) {
        archive.offer(all.size(), new double[] {-values[0], values[1]});
        all.add(values);
      }
    } while (problem.space().next(design));
    List<double[]> front = new ArrayList<>();
    for (int place : archive.placesByIndex()) {
      front.add(all.get((int) archive.index(place)));
    }
    return front;
  }

  private static Set<List<Double>> values(Proof proof) {
    return proof.found().stream().map(Proof.Found::values).collect(Collectors.toSet());
  }

  private static Set<List<Double>> values(List<double[]> front) {
    return front.stream()
        .map(values -> Arrays.stream(values).boxed().toList())
        .collect(Collectors.toSet());
  }

  private static Proof prove(DesignSpec spec, List<double[]> front, double gap) throws Unprovable {
    return FrontProof.of(spec, front, gap, () -> false, (done, all) -> {});
  }

  @Test
  void fromNothingItFindsTheFrontOfAnEnumerableSpace() throws Exception {
    DesignSpec spec = spec(ofAllLayers());
    List<double[]> front = exact(spec);
    Proof proof = prove(spec, List.of(), GAP);
    assertTrue(front.size() > 3, "members " + front.size());
    assertEquals(values(front), values(proof));
    assertTrue(proof.isWhole());
    assertEquals(GAP, proof.gap(), 1e-9);
    assertTrue(proof.evaluated() * 4 < proof.designs().longValue(), proof.toString());
  }

  @Test
  void aKnobThatCopiesAndTilesShareIsNoTrap() throws Exception {
    String shared =
        ofAllLayers()
            .replace("workload:", "let: {size: {any: [4, 8]}}\nworkload:")
            .replace("perTile: {any: [4, 8]}", "perTile: = size")
            .replace("extraCrossbars: {any: [0 %, 50 %]}", "extraCrossbars: = size / 8 - 0.5");
    DesignSpec spec = spec(shared);
    assertEquals(values(exact(spec)), values(prove(spec, List.of(), GAP)));
  }

  @Test
  void aMemberThatTheFrontLacksIsFoundAndNothingElse() throws Exception {
    DesignSpec spec = spec(ofAllLayers());
    List<double[]> front = exact(spec);
    double[] missing = front.get(front.size() / 2);
    List<double[]> others = front.stream().filter(member -> member != missing).toList();
    Proof proof = prove(spec, others, GAP);
    assertEquals(values(List.of(missing)), values(proof));
    assertTrue(proof.lead() > 0);
  }

  @Test
  void theLayersBitsAreFoundWithoutAllCombinations() throws Exception {
    DesignSpec spec = spec(SMALL);
    Proof proof = prove(spec, List.of(), 0.05);
    assertTrue(proof.isWhole());
    assertTrue(proof.gap() <= 0.05 + 1e-9, proof.toString());
    assertFalse(proof.found().isEmpty());
    assertEquals(values(proof), values(prove(spec, List.of(), 0.05)));
  }

  @Test
  void anImpossibleLimitLeavesNothing() throws Exception {
    Proof proof = prove(spec(SMALL.replace("12 dB", "90 dB")), List.of(), GAP);
    assertEquals(0, proof.possible());
    assertTrue(proof.isWhole());
    assertTrue(proof.found().isEmpty());
  }

  @Test
  void aSpaceWithoutBoundsSaysWhy() throws Exception {
    DesignSpec byLayer = spec(SMALL.replace("pipelined", "layerByLayer"));
    Unprovable refused = assertThrows(Unprovable.class, () -> prove(byLayer, List.of(), GAP));
    assertTrue(refused.getMessage().contains("mapping.schedule"), refused.getMessage());
    DesignSpec power = spec(SMALL.replace("minimise: [area]", "minimise: [power]"));
    refused = assertThrows(Unprovable.class, () -> prove(power, List.of(), GAP));
    assertTrue(refused.getMessage().contains("power"), refused.getMessage());
  }
}
