package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kirchhoff.arch.circuit.CircuitSolution;
import dev.kirchhoff.arch.circuit.CrossbarCircuit;
import dev.kirchhoff.arch.spec.Units;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Solutions of a crossbar circuit as {@code circuit --json} prints them.
 *
 * @param wordlines rows
 * @param bitlines columns
 * @param solutions one solution an input
 */
public record CircuitReport(
    @JsonProperty("word_lines") int wordlines,
    @JsonProperty("bit_lines") int bitlines,
    List<Solution> solutions) {
  /**
   * A solution: currents out of the crossbar at its four sides, powers, node voltages.
   *
   * @param residual largest current that does not add up at a node, relative
   * @param wordlineNode_V voltages of the nodes of wordlines, row by row; absent unless wanted
   * @param bitlineNode_V voltages of the nodes of bitlines
   */
  public record Solution(
      @JsonProperty("output_currents_A") List<Double> output_A,
      @JsonProperty("top_currents_A") List<Double> top_A,
      @JsonProperty("left_currents_A") List<Double> left_A,
      @JsonProperty("right_currents_A") List<Double> right_A,
      @JsonProperty("power_W") double power_W,
      @JsonProperty("cell_power_W") double cellPower_W,
      @JsonProperty("word_line_power_W") double wordlinePower_W,
      @JsonProperty("bit_line_power_W") double bitlinePower_W,
      double residual,
      @JsonProperty("word_line_node_V") Optional<List<List<Double>>> wordlineNode_V,
      @JsonProperty("bit_line_node_V") Optional<List<List<Double>>> bitlineNode_V) {

    /** A solution of a circuit, with its node voltages if wanted. */
    public static Solution of(
        CrossbarCircuit circuit, CircuitSolution solution, boolean withNodes) {
      return new Solution(
          outward(circuit.columns(), solution::bottom_uA),
          outward(circuit.columns(), solution::top_uA),
          outward(circuit.rows(), solution::left_uA),
          outward(circuit.rows(), solution::right_uA),
          solution.supplied_uW() * Units.W_PER_UW,
          solution.cellPower_uW() * Units.W_PER_UW,
          solution.wordlinePower_uW() * Units.W_PER_UW,
          solution.bitlinePower_uW() * Units.W_PER_UW,
          solution.residual(),
          withNodes ? Optional.of(nodes(circuit, solution, true)) : Optional.empty(),
          withNodes ? Optional.of(nodes(circuit, solution, false)) : Optional.empty());
    }

    private static List<Double> outward(int lines, IntToDoubleFunction current_uA) {
      return IntStream.range(0, lines)
          .mapToObj(line -> positiveZero(-current_uA.applyAsDouble(line) * Units.A_PER_UA))
          .toList();
    }

    private static double positiveZero(double value) {
      return value == 0 ? 0 : value;
    }

    private static List<List<Double>> nodes(
        CrossbarCircuit circuit, CircuitSolution solution, boolean wordlines) {
      return IntStream.range(0, circuit.rows())
          .mapToObj(
              i ->
                  IntStream.range(0, circuit.columns())
                      .mapToObj(
                          j -> wordlines ? solution.wordline_V(i, j) : solution.bitline_V(i, j))
                      .toList())
          .toList();
    }
  }
}
