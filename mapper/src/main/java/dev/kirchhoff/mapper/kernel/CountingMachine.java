package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.workload.KernelWork;
import dev.kirchhoff.arch.workload.KernelWork.Scheme;
import dev.kirchhoff.arch.workload.KernelWork.VectorWork;
import dev.kirchhoff.arch.workload.MatrixStorage.ReadOtherwise.Way;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Decorator of a machine that counts the actions of a kernel on it: reads by matrix, direction and
 * number of independent vectors, writes by scheme and element, digital work by operation and width,
 * data kept, random numbers, settlings, waits. {@link #trace} makes a workload of the counts.
 *
 * <p>Work other than reads is assigned to the matrix that was read before it. A normal number takes
 * four words of the random source, whose sum is taken (central limit). A read of all cells is one
 * read a row with one row driven.
 */
public final class CountingMachine implements Machine {
  /** Words of the random source in a normal number. */
  public static final int WORDS_PER_GAUSSIAN = 4;

  /** Time constants after which a volatile device counts as at rest (e^-5 is below 1 %). */
  private static final double REST = 5;

  private final Machine machine;
  private final List<Stored> matrices = new ArrayList<>();
  private final List<double[][]> elements = new ArrayList<>();
  private final Map<LedgerKey, int[][]> ledgers = new LinkedHashMap<>();
  private final Map<ReadKey, Reads> reads = new LinkedHashMap<>();
  private final List<Double> decays_ns = new ArrayList<>();
  private final Work before = new Work();
  private final boolean endsWhenInterrupted;
  private Work current = before;
  private long iterations;

  /** Counts the actions on a machine. */
  public CountingMachine(Machine machine) {
    this(machine, false);
  }

  private CountingMachine(Machine machine, boolean endsWhenInterrupted) {
    this.machine = machine;
    this.endsWhenInterrupted = endsWhenInterrupted;
  }

  /**
   * Counts the actions on a machine until its thread is interrupted: the next read then throws
   * {@link CancellationException}.
   */
  static CountingMachine endingWhenInterrupted(Machine machine) {
    return new CountingMachine(machine, true);
  }

  /**
   * Reads that are one layer of the trace.
   *
   * @param matrix number of the matrix
   * @param way direction; empty of a forward read of all columns
   * @param batch vectors that do not depend on each other
   * @param beside whether they run beside the reads before them
   */
  record ReadKey(int matrix, Optional<Way> way, int batch, boolean beside) {}

  /** Writes of a matrix by one scheme. */
  private record LedgerKey(int matrix, Scheme scheme) {}

  /** Reads of one kind and the work that follows them. */
  static final class Reads {
    private final DrivenValues values = new DrivenValues();
    private final Work work = new Work();
    private long calls;

    /** Statistics of the vectors that were driven. */
    DrivenValues values() {
      return values;
    }

    /** Work that follows the reads. */
    Work work() {
      return work;
    }

    /** Reads that follow one another. */
    long calls() {
      return calls;
    }
  }

  /** Work beside reads while it is added up. */
  static final class Work {
    private final Map<Scheme, double[]> updates = new EnumMap<>(Scheme.class);
    private final Set<LedgerKey> written = new LinkedHashSet<>();
    private final Map<VectorKey, Double> vectors = new LinkedHashMap<>();
    private long draws;
    private long settlings;
    private double slowness;
    private double wait_ns;
    private double kept_bits;

    private record VectorKey(VectorOperation operation, int bits) {}

    private void update(Scheme scheme, int matrix, double weights) {
      double[] sums = updates.computeIfAbsent(scheme, s -> new double[2]);
      sums[0]++;
      sums[1] += weights;
      written.add(new LedgerKey(matrix, scheme));
    }

    private void add(Work other) {
      other.updates.forEach(
          (scheme, sums) -> {
            double[] counted = updates.computeIfAbsent(scheme, s -> new double[2]);
            counted[0] += sums[0];
            counted[1] += sums[1];
          });
      written.addAll(other.written);
      other.vectors.forEach((key, n) -> vectors.merge(key, n, Double::sum));
      draws += other.draws;
      settlings += other.settlings;
      slowness += other.slowness;
      wait_ns += other.wait_ns;
      kept_bits += other.kept_bits;
    }

    private KernelWork toWork(Map<LedgerKey, int[][]> ledgers, boolean beside) {
      List<KernelWork.Update> all = new ArrayList<>();
      for (Map.Entry<Scheme, double[]> update : updates.entrySet()) {
        double most = 0;
        for (LedgerKey key : written) {
          if (key.scheme() == update.getKey() && ledgers.containsKey(key)) {
            most = Math.max(most, most(ledgers.get(key)));
          }
        }
        double[] sums = update.getValue();
        all.add(new KernelWork.Update(update.getKey(), Math.round(sums[0]), sums[1], most));
      }
      List<VectorWork> digital = new ArrayList<>();
      vectors.forEach((key, n) -> digital.add(new VectorWork(key.operation(), n, key.bits())));
      double mean = settlings == 0 ? 0 : slowness / settlings;
      return new KernelWork(
          all,
          digital,
          draws,
          new KernelWork.Settlings(settlings, mean),
          wait_ns,
          kept_bits,
          beside);
    }

    private static int most(int[][] ledger) {
      int most = 0;
      for (int[] row : ledger) {
        for (int n : row) {
          most = Math.max(most, n);
        }
      }
      return most;
    }
  }

  /**
   * The workload of what has been counted so far.
   *
   * @param word word of the kernel
   */
  public KernelTrace trace(String word) {
    Work first = new Work();
    first.add(before);
    List<KernelTrace.Read> found = new ArrayList<>();
    boolean isFirst = true;
    for (Map.Entry<ReadKey, Reads> entry : reads.entrySet()) {
      Work work = new Work();
      if (isFirst) {
        work.add(first);
        isFirst = false;
      }
      work.add(entry.getValue().work());
      Reads counted = entry.getValue();
      found.add(
          new KernelTrace.Read(
              matrices.get(entry.getKey().matrix()),
              entry.getKey().way(),
              counted.calls(),
              entry.getKey().batch(),
              counted.values().statistics(),
              work.toWork(ledgers, entry.getKey().beside())));
    }
    List<KernelTrace.Written> written = new ArrayList<>();
    for (Stored matrix : matrices) {
      written.add(
          new KernelTrace.Written(
              matrix, DrivenValues.of(elements.get(matrix.id()), matrix.fullScale())));
    }
    return new KernelTrace(word, written, found, first.toWork(ledgers, false), iterations);
  }

  /** Iterations so far. */
  public long iterations() {
    return iterations;
  }

  /** Reads of a direction so far, over all matrices: vectors. */
  public long vectors(Optional<Way> way) {
    long sum = 0;
    for (Map.Entry<ReadKey, Reads> entry : reads.entrySet()) {
      if (entry.getKey().way().equals(way)) {
        sum += entry.getValue().calls() * entry.getKey().batch();
      }
    }
    return sum;
  }

  /** Forward reads of all columns so far: vectors. */
  public long forwardReads() {
    return vectors(Optional.empty());
  }

  /** Elements written during the task so far, over all matrices. */
  public long writes() {
    long sum = 0;
    for (int[][] ledger : ledgers.values()) {
      for (int[] row : ledger) {
        for (int n : row) {
          sum += n;
        }
      }
    }
    return sum;
  }

  /** Elements of an operation so far, at all widths. */
  public double digital(VectorOperation operation) {
    double sum = count(before, operation);
    for (Reads each : reads.values()) {
      sum += count(each.work(), operation);
    }
    return sum;
  }

  private static double count(Work work, VectorOperation operation) {
    double sum = 0;
    for (Map.Entry<Work.VectorKey, Double> entry : work.vectors.entrySet()) {
      sum += entry.getKey().operation() == operation ? entry.getValue() : 0;
    }
    return sum;
  }

  /** Words of the random source so far. */
  public long draws() {
    long sum = before.draws;
    for (Reads each : reads.values()) {
      sum += each.work().draws;
    }
    return sum;
  }

  private void read(Stored matrix, Optional<Way> way, double[][] vectors) {
    read(matrix, way, vectors, false);
  }

  private void read(Stored matrix, Optional<Way> way, double[][] vectors, boolean beside) {
    if (endsWhenInterrupted && Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the kernel's run was interrupted");
    }
    // The layer that stores a matrix comes first, whatever reads it first.
    if (way.isPresent() && !isReadForward(matrix)) {
      reads.put(new ReadKey(matrix.id(), Optional.empty(), 1, false), new Reads());
    }
    Reads counted =
        reads.computeIfAbsent(
            new ReadKey(matrix.id(), way, vectors.length, beside), key -> new Reads());
    counted.calls++;
    for (double[] vector : vectors) {
      counted.values.add(vector);
    }
    current = counted.work;
  }

  private boolean isReadForward(Stored matrix) {
    for (ReadKey key : reads.keySet()) {
      if (key.matrix() == matrix.id() && key.way().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Stored store(String name, double[][] matrix, double fullScale) {
    Stored stored = machine.store(name, matrix, fullScale);
    matrices.add(stored);
    double[][] copy = new double[matrix.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = matrix[i].clone();
    }
    elements.add(copy);
    return stored;
  }

  @Override
  public double[][] read(Stored matrix, double[][] vectors) {
    read(matrix, Optional.empty(), vectors);
    return machine.read(matrix, vectors);
  }

  @Override
  public List<double[][]> readAtOnce(List<Stored> matrices, List<double[][]> vectors) {
    for (int i = 0; i < matrices.size(); i++) {
      read(matrices.get(i), Optional.empty(), vectors.get(i), i > 0);
    }
    return machine.readAtOnce(matrices, vectors);
  }

  @Override
  public double[][] readBack(Stored matrix, double[][] vectors) {
    read(matrix, Optional.of(Way.TRANSPOSE), vectors);
    return machine.readBack(matrix, vectors);
  }

  @Override
  public double[] readLine(Stored matrix, int column, double[][] vectors) {
    read(matrix, Optional.of(Way.LINE), vectors);
    return machine.readLine(matrix, column, vectors);
  }

  @Override
  public double[][] readCells(Stored matrix) {
    double[][] units = new double[matrix.rows()][matrix.rows()];
    for (int i = 0; i < units.length; i++) {
      units[i][i] = 1;
    }
    read(matrix, Optional.empty(), units);
    return machine.readCells(matrix);
  }

  @Override
  public double[] readFloating(Stored matrix, boolean[] biased, boolean[] grounded) {
    double[] driven = new double[biased.length];
    for (int i = 0; i < driven.length; i++) {
      driven[i] = biased[i] ? 1 : 0;
    }
    read(matrix, Optional.empty(), new double[][] {driven});
    return machine.readFloating(matrix, biased, grounded);
  }

  private void count(Stored matrix, Scheme scheme, int row, int column) {
    int[][] ledger =
        ledgers.computeIfAbsent(
            new LedgerKey(matrix.id(), scheme), key -> new int[matrix.rows()][matrix.columns()]);
    ledger[row][column]++;
  }

  @Override
  public void write(Stored matrix, double[][] target) {
    double written = 0;
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++) {
        if (!Double.isNaN(target[i][j])) {
          count(matrix, Scheme.VERIFIED, i, j);
          written++;
        }
      }
    }
    current.update(Scheme.VERIFIED, matrix.id(), written);
    machine.write(matrix, target);
  }

  @Override
  public void pulse(Stored matrix, double[][] change) {
    double written = 0;
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++) {
        if (change[i][j] != 0) {
          count(matrix, Scheme.BLIND, i, j);
          written++;
        }
      }
    }
    current.update(Scheme.BLIND, matrix.id(), written);
    machine.pulse(matrix, change);
  }

  @Override
  public double pulseSize(Stored matrix) {
    return machine.pulseSize(matrix);
  }

  @Override
  public void outerProduct(Stored matrix, double[] rows, double[] columns) {
    double written = 0;
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++) {
        if (rows[i] * columns[j] != 0) {
          count(matrix, Scheme.PARALLEL, i, j);
          written++;
        }
      }
    }
    current.update(Scheme.PARALLEL, matrix.id(), written);
    machine.outerProduct(matrix, rows, columns);
  }

  private void settle(Stored matrix, double[] driven, double slowness) throws Unstable {
    read(matrix, Optional.empty(), new double[][] {driven});
    if (!Double.isFinite(slowness)) {
      throw new Unstable("The loop around the matrix " + matrix.name() + " does not settle.");
    }
    current.settlings++;
    current.slowness += slowness;
  }

  private double slowness(Stored matrix) {
    return FeedbackLoop.slowness(elements.get(matrix.id()), matrix.fullScale());
  }

  @Override
  public double[] solve(Stored matrix, double[] b) throws Unstable {
    settle(matrix, b, slowness(matrix));
    return machine.solve(matrix, b);
  }

  @Override
  public double[] leastSquares(Stored matrix, double[] b) throws Unstable {
    settle(matrix, b, slowness(matrix));
    return machine.leastSquares(matrix, b);
  }

  @Override
  public double[] eigenvector(Stored matrix, double eigenvalue) throws Unstable {
    double rise = FeedbackLoop.rise(elements.get(matrix.id()), eigenvalue);
    settle(matrix, new double[matrix.rows()], rise);
    return machine.eigenvector(matrix, eigenvalue);
  }

  @Override
  public Volatile volatileDevices(int devices, double decay_ns, double gain) {
    decays_ns.add(decay_ns);
    return machine.volatileDevices(devices, decay_ns, gain);
  }

  @Override
  public double[] step(Volatile devices, double[] pulses, double wait_ns) {
    double pulsed = 0;
    for (double pulse : pulses) {
      pulsed += pulse != 0 ? 1 : 0;
    }
    current.update(Scheme.PARALLEL, -1 - devices.id(), pulsed);
    current.wait_ns += wait_ns;
    return machine.step(devices, pulses, wait_ns);
  }

  @Override
  public void rest(Volatile devices) {
    current.wait_ns += REST * decays_ns.get(devices.id());
    machine.rest(devices);
  }

  @Override
  public void gate(Stored bits, Gate gate, int[] inputs, int output) {
    for (int i = 0; i < bits.rows(); i++) {
      count(bits, Scheme.GATE, i, output);
    }
    current.update(Scheme.GATE, bits.id(), bits.rows());
    machine.gate(bits, gate, inputs, output);
  }

  @Override
  public void digital(VectorOperation operation, double count, int bits) {
    current.vectors.merge(new Work.VectorKey(operation, bits), count, Double::sum);
    machine.digital(operation, count, bits);
  }

  @Override
  public void keep(double count, int bits) {
    current.kept_bits += count * bits;
    machine.keep(count, bits);
  }

  @Override
  public double uniform() {
    current.draws++;
    return machine.uniform();
  }

  @Override
  public double gaussian() {
    current.draws += WORDS_PER_GAUSSIAN;
    return machine.gaussian();
  }

  @Override
  public void endOfIteration() {
    iterations++;
    machine.endOfIteration();
  }
}
