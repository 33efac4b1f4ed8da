package dev.kirchhoff.arch.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crossbars that badcrossbar solved, within 1e-9 of the largest output. */
class GoldenCircuitsTest {
  private static final double TOLERANCE = 1e-9;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bc_1x1",
        "bc_2x3",
        "bc_4x4_r0",
        "bc_4x4_r1",
        "bc_4x4_r10",
        "bc_4x4_rb0",
        "bc_4x4_rw0",
        "bc_8x3_aniso",
        "bc_16x16_r1",
        "bc_16x16_r5_bin",
        "bc_32x64_r10",
        "bc_64x64_r5_lin",
        "bc_128x128_r1_lin",
        "bc_128x128_r5_bin",
        "bc_128x128_r10_worst"
      })
  void outputsAndNodesAreThoseOfThePublishedSolver(String name) throws IOException {
    JsonNode golden = read(name);
    CrossbarCircuit circuit = circuit(golden);
    CrossbarSolver solver = CrossbarSolver.of(circuit);
    EffectiveConductance effective = EffectiveConductance.of(circuit);
    EffectiveConductance iterated = EffectiveConductance.iterated(circuit, LinearNetwork.TOLERANCE);
    for (int k = 0; k < golden.get("applied_voltages_V").size(); k++) {
      double[] left_V = numbers(golden.get("applied_voltages_V").get(k));
      double[] expected_A = numbers(golden.get("output_currents_A").get(k));
      CircuitSolution solution = solver.solve(EndVoltages.left(left_V, circuit.columns()));
      double largest_uA = 0;
      for (double current_A : expected_A) {
        largest_uA = Math.max(largest_uA, Math.abs(current_A) * 1e6);
      }
      double[] byConductance_uA = effective.outputs_uA(left_V);
      double[] byIteration_uA = iterated.outputs_uA(left_V);
      for (int j = 0; j < expected_A.length; j++) {
        double expected_uA = expected_A[j] * 1e6;
        assertEquals(expected_uA, -solution.bottom_uA(j), TOLERANCE * largest_uA, name);
        assertEquals(expected_uA, byConductance_uA[j], TOLERANCE * largest_uA, name);
        assertEquals(expected_uA, byIteration_uA[j], TOLERANCE * largest_uA, name);
      }
      assertTrue(solution.residual() < 1e-10, name + " residual " + solution.residual());
      assertEquals(
          solution.supplied_uW(),
          solution.cellPower_uW() + solution.wordlinePower_uW() + solution.bitlinePower_uW(),
          1e-9 * Math.abs(solution.supplied_uW()));
      nodes(golden, k, solution);
    }
  }

  private static void nodes(JsonNode golden, int k, CircuitSolution solution) {
    if (!golden.has("word_line_node_V") || golden.get("word_line_node_V").isNull()) {
      return;
    }
    JsonNode w = golden.get("word_line_node_V").get(k);
    JsonNode b = golden.get("bit_line_node_V").get(k);
    for (int i = 0; i < w.size(); i++) {
      for (int j = 0; j < w.get(i).size(); j++) {
        assertEquals(w.get(i).get(j).asDouble(), solution.wordline_V(i, j), 1e-9);
        assertEquals(b.get(i).get(j).asDouble(), solution.bitline_V(i, j), 1e-9);
      }
    }
  }

  private static CrossbarCircuit circuit(JsonNode golden) {
    JsonNode resistances = golden.get("resistances_ohm");
    int rows = resistances.size();
    int columns = resistances.get(0).size();
    double[] conductance_uS = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        JsonNode ohm = resistances.get(i).get(j);
        conductance_uS[i * columns + j] = ohm.isTextual() ? 0 : 1e6 / ohm.asDouble();
      }
    }
    return CrossbarCircuit.read(
        rows,
        columns,
        conductance_uS,
        golden.get("r_word_line_ohm").asDouble(),
        golden.get("r_bit_line_ohm").asDouble());
  }

  private static double[] numbers(JsonNode list) {
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = list.get(i).asDouble();
    }
    return numbers;
  }

  private static JsonNode read(String name) throws IOException {
    try (InputStream in = GoldenCircuitsTest.class.getResourceAsStream(name + ".json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
