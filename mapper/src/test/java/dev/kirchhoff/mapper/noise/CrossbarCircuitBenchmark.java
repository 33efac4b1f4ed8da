package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.circuit.CircuitSolution;
import dev.kirchhoff.arch.circuit.CrossbarCircuit;
import dev.kirchhoff.arch.circuit.CrossbarSolver;
import dev.kirchhoff.arch.circuit.EffectiveConductance;
import dev.kirchhoff.arch.circuit.EndVoltages;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Exact solutions of a 128 x 128 crossbar, cells of 10 to 100 kohm, 1 ohm a segment, on one thread:
 * the first input of a programmed array (factors included), a further one, and its effective
 * conductance.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CrossbarCircuitBenchmark {
  private static final int SIDE = 128;

  private CrossbarCircuit circuit;
  private CrossbarSolver solver;
  private EndVoltages input;

  /** Draws cells and an input. */
  @Setup
  public void setUp() {
    Random random = new Random(1);
    double[] cells = random.doubles(SIDE * SIDE, 10, 100).toArray();
    circuit = CrossbarCircuit.read(SIDE, SIDE, cells, 1, 1);
    solver = CrossbarSolver.of(circuit);
    input = EndVoltages.left(random.doubles(SIDE, 0, 0.2).toArray(), SIDE);
  }

  @Benchmark
  public CircuitSolution firstInput() {
    return CrossbarSolver.of(circuit).solve(input);
  }

  @Benchmark
  public CircuitSolution furtherInput() {
    return solver.solve(input);
  }

  @Benchmark
  public EffectiveConductance effectiveConductance() {
    return EffectiveConductance.of(circuit);
  }
}
