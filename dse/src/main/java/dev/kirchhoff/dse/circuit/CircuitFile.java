package dev.kirchhoff.dse.circuit;

import dev.kirchhoff.arch.circuit.CrossbarCircuit;
import dev.kirchhoff.arch.circuit.EndVoltages;
import java.util.List;

/**
 * A crossbar of a file with the inputs to solve it for.
 *
 * @param circuit the crossbar
 * @param wordline_ohm resistance of a segment of a wordline
 * @param bitline_ohm resistance of a segment of a bitline
 * @param inputs voltages of each input
 * @param expected_uA output currents that the file states, input by input; empty if it states none
 */
public record CircuitFile(
    CrossbarCircuit circuit,
    double wordline_ohm,
    double bitline_ohm,
    List<EndVoltages> inputs,
    List<List<Double>> expected_uA) {
  public CircuitFile {
    inputs = List.copyOf(inputs);
    expected_uA = List.copyOf(expected_uA);
  }
}
