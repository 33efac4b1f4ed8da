package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.device.VolatileLaw;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.mapper.linear.FloatingLines;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import dev.kirchhoff.mapper.simulate.CrossbarMachine;
import dev.kirchhoff.mapper.simulate.SimulationOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Machine in double precision: exact, or with stated errors in place of circuits. The exact one
 * gives the ideal result of a kernel; the other one is for studies and tests of algorithms, the
 * simulated chip for results of designs.
 *
 * <p>Feedback circuits of amplifiers with an open-loop gain A_0 ({@link MachineErrors#loopGain}),
 * from Kirchhoff's current law at their inputs, whose potential is the output over −A_0. G is the
 * diagonal matrix of Σ_j |a_ij|, the conductance that loads the amplifier of row i, H that of the
 * columns:
 *
 * <pre>
 * solve         (A + G / A_0) x = b
 * leastSquares  (Aᵀ D A + H / A_0) x = Aᵀ D b,  D = (1 + (1 + G / f) / A_0)⁻¹
 * eigenvector   D A x = μ x,                    D = (1 + (1 + G / λ) / A_0)⁻¹
 * </pre>
 *
 * <p>f is the full scale of the matrix, which the feedback conductances of the least-squares loop
 * equal; λ is the eigenvalue that those of the eigenvector loop are set to. Neglected: input
 * conductances, offset and saturation of the amplifiers, wire resistance. The loop of solve settles
 * if all eigenvalues of A have positive real parts; the zero state of the eigenvector loop is
 * unstable if μ &gt; λ, marginal at μ = λ. Sources: Sun et al., PNAS 2019, doi
 * 10.1073/pnas.1815682116; Sun et al., Science Advances 2020, doi 10.1126/sciadv.aay2378.
 */
public final class ArithmeticMachine implements Machine {
  private static final double SINGULAR = 1e-13;
  private static final int POWER_STEPS = 100_000;
  private static final double POWER_TOLERANCE = 1e-14;

  private final MachineErrors errors;
  private final RandomKey cells;
  private final RandomKey reads;
  private final RandomKey draws;
  private final List<double[][]> elements = new ArrayList<>();
  private final List<boolean[][]> stuck = new ArrayList<>();
  private final List<double[]> states = new ArrayList<>();
  private final List<VolatileLaw> laws = new ArrayList<>();
  private long written;
  private long read;
  private long drawn;

  /**
   * A machine with errors.
   *
   * @param seed seed of programming, reads and random source
   */
  public ArithmeticMachine(MachineErrors errors, long seed) {
    this(errors, RandomKey.of(seed), RandomKey.of(seed).child(2));
  }

  private ArithmeticMachine(MachineErrors errors, RandomKey root, RandomKey draws) {
    this.errors = errors;
    this.draws = draws;
    cells = root.child(0);
    reads = root.child(1);
  }

  /** The exact machine; the seed is that of the random source. */
  public static ArithmeticMachine exact(long seed) {
    return new ArithmeticMachine(MachineErrors.NONE, seed);
  }

  /** The exact machine with the random source of a drawn chip, so that both start alike. */
  static ArithmeticMachine exact(SimulationOptions chip) {
    RandomKey source = CrossbarMachine.source(chip);
    return new ArithmeticMachine(MachineErrors.NONE, source, source);
  }

  @Override
  public Stored store(String name, double[][] matrix, double fullScale) {
    Stored stored = new Stored(elements.size(), name, matrix.length, matrix[0].length, fullScale);
    double[][] held = new double[stored.rows()][stored.columns()];
    boolean[][] dead = new boolean[stored.rows()][stored.columns()];
    for (int i = 0; i < stored.rows(); i++) {
      for (int j = 0; j < stored.columns(); j++) {
        dead[i][j] = errors.stuck() > 0 && cells.uniform(written++) < errors.stuck();
        held[i][j] = dead[i][j] ? 0 : programmed(matrix[i][j], fullScale);
      }
    }
    elements.add(held);
    stuck.add(dead);
    return stored;
  }

  private double programmed(double value, double fullScale) {
    if (value == 0) {
      return 0;
    }
    double levelled = quantised(value, fullScale, errors.cellBits());
    if (errors.programming() == 0) {
      return levelled;
    }
    boolean isWindow = errors.scale() == MachineErrors.Scale.WINDOW;
    double size = isWindow ? fullScale : Math.abs(value);
    return levelled + errors.programming() * size * cells.gaussian(written++);
  }

  private static double quantised(double value, double fullScale, int bits) {
    if (bits == 0 || fullScale == 0) {
      return value;
    }
    double step = fullScale / ((1L << (bits - 1)) - 1);
    return step * Math.max(-fullScale / step, Math.min(fullScale / step, Math.rint(value / step)));
  }

  private static double largest(double[] values) {
    double most = 0;
    for (double value : values) {
      most = Math.max(most, Math.abs(value));
    }
    return most;
  }

  private double[] driven(double[] vector) {
    if (errors.inputBits() == 0) {
      return vector;
    }
    double full = largest(vector);
    return Arrays.stream(vector).map(x -> quantised(x, full, errors.inputBits())).toArray();
  }

  private double noisy(double sum, Stored matrix, double[] vector) {
    if (errors.read() == 0) {
      return sum;
    }
    double squares = 0;
    for (double x : vector) {
      squares += x * x;
    }
    return sum + errors.read() * matrix.fullScale() * Math.sqrt(squares) * reads.gaussian(read++);
  }

  private double[] converted(double[] sums, Stored matrix, double[] vector) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] = noisy(sums[j], matrix, vector);
    }
    double full = largest(sums);
    for (int j = 0; j < sums.length; j++) {
      sums[j] = quantised(sums[j], full, errors.outputBits());
    }
    return sums;
  }

  @Override
  public double[][] read(Stored matrix, double[][] vectors) {
    double[][] held = elements.get(matrix.id());
    double[][] outputs = new double[vectors.length][];
    for (int v = 0; v < vectors.length; v++) {
      double[] x = driven(vectors[v]);
      double[] sums = new double[matrix.columns()];
      for (int i = 0; i < x.length; i++) {
        if (x[i] != 0) {
          for (int j = 0; j < sums.length; j++) {
            sums[j] += x[i] * held[i][j];
          }
        }
      }
      outputs[v] = converted(sums, matrix, x);
    }
    return outputs;
  }

  @Override
  public double[][] readBack(Stored matrix, double[][] vectors) {
    double[][] held = elements.get(matrix.id());
    double[][] outputs = new double[vectors.length][];
    for (int v = 0; v < vectors.length; v++) {
      double[] x = driven(vectors[v]);
      double[] sums = new double[matrix.rows()];
      for (int i = 0; i < sums.length; i++) {
        for (int j = 0; j < x.length; j++) {
          sums[i] += held[i][j] * x[j];
        }
      }
      outputs[v] = converted(sums, matrix, x);
    }
    return outputs;
  }

  @Override
  public double[] readLine(Stored matrix, int column, double[][] vectors) {
    double[][] held = elements.get(matrix.id());
    double[] outputs = new double[vectors.length];
    for (int v = 0; v < vectors.length; v++) {
      double[] x = driven(vectors[v]);
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += x[i] * held[i][column];
      }
      outputs[v] = noisy(sum, matrix, x);
    }
    return outputs;
  }

  @Override
  public double[][] readCells(Stored matrix) {
    double[][] held = elements.get(matrix.id());
    double[][] found = new double[matrix.rows()][];
    double[] one = {1};
    for (int i = 0; i < found.length; i++) {
      found[i] = held[i].clone();
      for (int j = 0; j < found[i].length; j++) {
        found[i][j] = noisy(found[i][j], matrix, one);
      }
    }
    return found;
  }

  @Override
  public double[] readFloating(Stored matrix, boolean[] biased, boolean[] grounded) {
    return FloatingLines.currents(elements.get(matrix.id()), biased, grounded);
  }

  @Override
  public void write(Stored matrix, double[][] target) {
    double[][] held = elements.get(matrix.id());
    for (int i = 0; i < held.length; i++) {
      for (int j = 0; j < held[i].length; j++) {
        if (!Double.isNaN(target[i][j])) {
          set(matrix, i, j, programmed(target[i][j], matrix.fullScale()));
        }
      }
    }
  }

  private void set(Stored matrix, int row, int column, double value) {
    if (!stuck.get(matrix.id())[row][column]) {
      double bound = matrix.fullScale();
      elements.get(matrix.id())[row][column] = Math.max(-bound, Math.min(bound, value));
    }
  }

  private void change(Stored matrix, int row, int column, double change) {
    if (change == 0) {
      return;
    }
    double error =
        errors.programming() == 0
            ? 0
            : errors.programming() * matrix.fullScale() * cells.gaussian(written++);
    double held = elements.get(matrix.id())[row][column];
    set(matrix, row, column, held + change + error);
  }

  @Override
  public void pulse(Stored matrix, double[][] change) {
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++) {
        change(matrix, i, j, change[i][j]);
      }
    }
  }

  @Override
  public void outerProduct(Stored matrix, double[] rows, double[] columns) {
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++) {
        change(matrix, i, j, rows[i] * columns[j]);
      }
    }
  }

  @Override
  public double[] solve(Stored matrix, double[] b) throws Unstable {
    double[][] a = elements.get(matrix.id());
    if (!LinearAlgebra.isPositiveStable(a)) {
      throw new Unstable(
          "An eigenvalue of the matrix " + matrix.name() + " has no positive real part.");
    }
    double[][] loaded = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      loaded[i] = a[i].clone();
      loaded[i][i] += magnitude(a[i]) / errors.loopGain();
    }
    return LinearAlgebra.solve(loaded, b, SINGULAR)
        .orElseThrow(() -> new Unstable("The matrix " + matrix.name() + " is singular."));
  }

  private static double magnitude(double[] row) {
    double sum = 0;
    for (double value : row) {
      sum += Math.abs(value);
    }
    return sum;
  }

  /** Closed-loop over ideal gain of an amplifier, (1 + (1 + load) / A_0)⁻¹. */
  private double closedLoop(double[] row, double feedback) {
    return 1 / (1 + (1 + magnitude(row) / feedback) / errors.loopGain());
  }

  @Override
  public double[] leastSquares(Stored matrix, double[] b) throws Unstable {
    double[][] a = elements.get(matrix.id());
    double[][] normal = new double[matrix.columns()][matrix.columns()];
    double[] right = new double[matrix.columns()];
    for (int i = 0; i < a.length; i++) {
      double gain = closedLoop(a[i], matrix.fullScale());
      for (int j = 0; j < right.length; j++) {
        for (int k = 0; k < right.length; k++) {
          normal[j][k] += gain * a[i][j] * a[i][k];
        }
        normal[j][j] += Math.abs(a[i][j]) / errors.loopGain();
        right[j] += gain * a[i][j] * b[i];
      }
    }
    return LinearAlgebra.solve(normal, right, SINGULAR)
        .orElseThrow(() -> new Unstable("The columns of " + matrix.name() + " are dependent."));
  }

  @Override
  public double[] eigenvector(Stored matrix, double eigenvalue) throws Unstable {
    double[][] a = elements.get(matrix.id());
    double[][] loop = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      loop[i] = a[i].clone();
      LinearAlgebra.scale(loop[i], closedLoop(a[i], eigenvalue));
    }
    double[] vector =
        LinearAlgebra.dominantEigenvector(loop, POWER_STEPS, POWER_TOLERANCE)
            .orElseThrow(
                () ->
                    new Unstable("The matrix " + matrix.name() + " has no dominant eigenvector."));
    double largest = LinearAlgebra.dot(vector, LinearAlgebra.product(loop, vector));
    if (largest < eigenvalue) {
      throw new Unstable(
          "The largest eigenvalue of the matrix "
              + matrix.name()
              + " is below that of the feedback: the loop settles at zero.");
    }
    return vector;
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
    VolatileLaw law = laws.get(devices.id());
    for (int d = 0; d < state.length; d++) {
      state[d] = law.after(state[d], pulses[d], wait_ns);
    }
    return state.clone();
  }

  @Override
  public void rest(Volatile devices) {
    Arrays.fill(states.get(devices.id()), 0);
  }

  @Override
  public void gate(Stored bits, Gate gate, int[] inputs, int output) {
    for (double[] row : elements.get(bits.id())) {
      boolean anyInput = false;
      for (int input : inputs) {
        anyInput |= row[input] >= 0.5 * bits.fullScale();
      }
      boolean was = row[output] >= 0.5 * bits.fullScale();
      row[output] = gate.output(anyInput, was) ? bits.fullScale() : 0;
    }
  }

  @Override
  public double uniform() {
    return draws.uniform(drawn++);
  }

  @Override
  public double gaussian() {
    return draws.gaussian(drawn++);
  }
}
