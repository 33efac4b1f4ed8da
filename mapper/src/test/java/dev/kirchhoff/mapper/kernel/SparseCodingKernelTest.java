package dev.kirchhoff.mapper.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.mapper.data.GreyImage;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Golden trace, and 60 patches of 4 x 4 of the program's photograph on 35 cosine atoms, 100
 * iterations.
 */
class SparseCodingKernelTest {
  private static double quality(Map<String, Object> settings, Machine machine) {
    Map<String, Object> all = new HashMap<>(Map.of("patches", 60, "iterations", 100));
    all.putAll(settings);
    return GivenSettings.bind(SparseCodingKernel.KIND, all).run(machine).quality().orElseThrow();
  }

  private static double median(Map<String, Object> settings, MachineErrors errors) {
    return LongStream.range(0, 5)
        .mapToDouble(seed -> quality(settings, new ArithmeticMachine(errors, seed)))
        .sorted()
        .toArray()[2];
  }

  @Test
  void goldenTraceIsReproduced() {
    double[][] x = {Golden.vector(Golden.at("/lca/x"))};
    Patches patches = new Patches(x, Golden.matrix("/lca/D"));
    for (JsonNode step : Golden.at("/lca/steps_a")) {
      SparseCodingKernel kernel =
          new SparseCodingKernel(patches, step.get(0).asInt(), 0.1, 10, false);
      double[] a = kernel.codes(ArithmeticMachine.exact(1))[0];
      assertArrayEquals(Golden.vector(step.get(1)), a, 1e-9, step.get(0) + " iterations");
    }
  }

  /** The soft threshold minimises |x − D a|² / 2 + λ |a|, here over windows of 10 iterations. */
  @Test
  void energyFalls() {
    Patches patches = Patches.of(GreyImage.photo(), 4, 60, 6);
    double before = Double.POSITIVE_INFINITY;
    for (int iterations = 10; iterations <= 200; iterations += 10) {
      SparseCodingKernel kernel = new SparseCodingKernel(patches, iterations, 0.3, 10, true);
      double energy = energy(patches, kernel.codes(ArithmeticMachine.exact(1)), 0.3);
      assertTrue(energy <= before, iterations + " iterations");
      before = energy;
    }
  }

  private static double energy(Patches patches, double[][] codes, double threshold) {
    double energy = 0;
    for (int p = 0; p < codes.length; p++) {
      double[] difference = patches.vectors()[p].clone();
      LinearAlgebra.add(difference, -1, LinearAlgebra.product(patches.dictionary(), codes[p]));
      energy += LinearAlgebra.dot(difference, difference) / 2;
      for (double a : codes[p]) {
        energy += threshold * Math.abs(a);
      }
    }
    return energy;
  }

  @Test
  void readsOfBothDirectionsAreCounted() {
    Calls calls = new Calls(ArithmeticMachine.exact(1));
    quality(Map.of("iterations", 50), calls.machine());
    assertEquals(50 * 60, calls.of("read vectors"));
    assertEquals(50 * 60, calls.of("readBack vectors"));
    assertEquals(50 * 60 * 35, calls.of("COMPARE 16"));
    assertEquals(50, calls.of("endOfIteration"));
  }

  @Test
  void higherThresholdsUseFewerAtoms() {
    double residual = 0;
    double active = 35;
    for (double threshold : new double[] {0.1, 0.3, 0.5, 0.8, 1.2}) {
      Map<String, Object> settings = new HashMap<>(Map.of("threshold", threshold));
      double found = quality(settings, ArithmeticMachine.exact(1));
      assertTrue(found > residual, "residual at " + threshold);
      residual = found;
      settings.put("measure", "active");
      found = quality(settings, ArithmeticMachine.exact(1));
      assertTrue(found < active, "active atoms at " + threshold);
      active = found;
    }
  }

  /** Medians of 5 draws. The loop averages read noise; the dictionary's errors remain. */
  @Test
  void errorsOfTheDictionaryWeighMoreThanThoseOfReads() {
    double ideal = quality(Map.of(), ArithmeticMachine.exact(1));
    assertEquals(0.0603, ideal, 1e-4);
    assertEquals(0.069, median(Map.of(), MachineErrors.reading(0.05)), 0.003);
    assertEquals(0.118, median(Map.of(), MachineErrors.programming(0.05)), 0.012);
    assertTrue(median(Map.of(), MachineErrors.bits(8)) < 1.05 * ideal);
    assertTrue(median(Map.of(), MachineErrors.bits(4)) > 2 * ideal);
  }
}
