package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.device.VolatileLaw;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.workload.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A kernel's machine on the simulated crossbars of a design: every stored matrix on cells that are
 * drawn one by one, read in both directions through drivers, wires and converters, written and
 * pulsed during the task ({@link StoredMatrix}).
 *
 * <p>Vectors are scaled to the drivers' full range and products scaled back; converters are
 * calibrated once for each matrix and direction ({@link KernelReads}). Outputs are handed on in the
 * bits of the precision, one scale a vector: a single output has a scale of its own. All draws
 * depend on the seed, the matrix and the number of the read or write, so that the same kernel gives
 * the same bits whatever else runs. Loops of amplifiers are solved at direct current on the cells
 * that were drawn ({@link LoopSolution}). Gates switch as the voltage dividers of the drawn cells
 * do ({@link GateCircuit}). Lines that float carry the currents of the cells that were drawn,
 * without wires and converters. Digital work and the random source are exact.
 *
 * <pre>{@code
 * CrossbarModel chip = CrossbarModel.of(design, prices);
 * Machine machine =
 *     CrossbarMachine.of(chip, SimulationOptions.of(1, 86_400), new Precision(8, 8, 8));
 * Machine.Stored a = machine.store("A", matrix);
 * double[] y = machine.read(a, x);
 * }</pre>
 */
public final class CrossbarMachine implements Machine {
  private static final int MATRICES = 0;
  private static final int SOURCE = 1;

  private final CrossbarModel model;
  private final SimulationOptions options;
  private final Optional<WireLosses> losses;
  private final Precision precision;
  private final AmplifierErrors amplifier;
  private final RandomKey matrices;
  private final RandomKey source;
  private final List<StoredMatrix> stored = new ArrayList<>();
  private final List<double[]> states = new ArrayList<>();
  private final List<VolatileLaw> laws = new ArrayList<>();
  private long drawn;

  private CrossbarMachine(
      CrossbarModel model,
      SimulationOptions options,
      Optional<WireLosses> losses,
      Precision precision,
      AmplifierErrors amplifier) {
    this.model = model;
    this.losses = losses;
    this.options = options;
    this.precision = precision;
    this.amplifier = amplifier;
    matrices = RandomKey.of(options.seed()).child(MATRICES);
    source = source(options);
  }

  /** Key of the random source of a chip. */
  public static RandomKey source(SimulationOptions options) {
    return RandomKey.of(options.seed()).child(SOURCE).child(options.draw());
  }

  /**
   * A machine with ideal amplifiers.
   *
   * @param model the chip's crossbars
   * @param options seed, draw, age, effects and compensation
   * @param precision bits of elements, inputs and outputs
   */
  public static CrossbarMachine of(
      CrossbarModel model, SimulationOptions options, Precision precision) {
    return new CrossbarMachine(model, options, Optional.empty(), precision, AmplifierErrors.IDEAL);
  }

  /** This machine, before anything is stored, with other amplifiers. */
  public CrossbarMachine with(AmplifierErrors other) {
    return new CrossbarMachine(model, options, losses, precision, other);
  }

  /**
   * This machine, before anything is stored, whose wires are solved with those of chips that hold
   * the same matrices.
   */
  public CrossbarMachine with(WireLosses shared) {
    return new CrossbarMachine(model, options, Optional.of(shared), precision, amplifier);
  }

  /**
   * Key of the cells of a matrix.
   *
   * @param id number of the matrix
   */
  static RandomKey cells(long seed, int id) {
    return RandomKey.of(seed).child(MATRICES).child(id).child(StoredMatrix.CELLS);
  }

  @Override
  public Stored store(String name, double[][] matrix, double fullScale) {
    int id = stored.size();
    stored.add(
        new StoredMatrix(model, options, losses, precision, matrix, fullScale, matrices.child(id)));
    return new Stored(id, name, matrix.length, matrix[0].length, fullScale);
  }

  private StoredMatrix of(Stored matrix) {
    return stored.get(matrix.id());
  }

  @Override
  public double[][] read(Stored matrix, double[][] vectors) {
    return of(matrix).read(vectors);
  }

  @Override
  public double[][] readBack(Stored matrix, double[][] vectors) {
    return of(matrix).readBack(vectors);
  }

  @Override
  public double[] readLine(Stored matrix, int column, double[][] vectors) {
    return of(matrix).readLine(column, vectors);
  }

  @Override
  public double[][] readCells(Stored matrix) {
    return of(matrix).readCells();
  }

  @Override
  public double[] readFloating(Stored matrix, boolean[] biased, boolean[] grounded) {
    return of(matrix).floating(biased, grounded);
  }

  @Override
  public void write(Stored matrix, double[][] target) {
    of(matrix).write(target);
  }

  @Override
  public void pulse(Stored matrix, double[][] change) {
    of(matrix).pulse((i, j) -> change[i][j]);
  }

  @Override
  public double pulseSize(Stored matrix) {
    return of(matrix).pulseSize();
  }

  @Override
  public void outerProduct(Stored matrix, double[] rows, double[] columns) {
    of(matrix).pulse((i, j) -> rows[i] * columns[j]);
  }

  @Override
  public double[] solve(Stored matrix, double[] b) throws Unstable {
    return rounded(matrix, loop(matrix).solve(of(matrix), b));
  }

  @Override
  public double[] leastSquares(Stored matrix, double[] b) throws Unstable {
    return rounded(matrix, loop(matrix).leastSquares(of(matrix), b));
  }

  @Override
  public double[] eigenvector(Stored matrix, double eigenvalue) throws Unstable {
    return rounded(matrix, loop(matrix).eigenvector(of(matrix), eigenvalue));
  }

  private LoopSolution loop(Stored matrix) {
    return new LoopSolution(matrix.name(), amplifier, of(matrix).key(), options);
  }

  private double[] rounded(Stored matrix, double[] outputs) {
    of(matrix).round(outputs);
    return outputs;
  }

  @Override
  public Volatile volatileDevices(int devices, double decay_ns, double gain) {
    states.add(new double[devices]);
    laws.add(new VolatileLaw(decay_ns, gain));
    return new Volatile(states.size() - 1, devices);
  }

  @Override
  public double[] step(Volatile devices, double[] pulses, double wait_ns) {
    double[] state = states.get(devices.id());
    for (int d = 0; d < state.length; d++) {
      state[d] = laws.get(devices.id()).after(state[d], pulses[d], wait_ns);
    }
    return state.clone();
  }

  @Override
  public void rest(Volatile devices) {
    Arrays.fill(states.get(devices.id()), 0);
  }

  @Override
  public void gate(Stored bits, Gate gate, int[] inputs, int output) {
    of(bits).gate(gate, inputs, output);
  }

  @Override
  public double uniform() {
    return source.uniform(drawn++);
  }

  @Override
  public double gaussian() {
    return source.gaussian(drawn++);
  }
}
