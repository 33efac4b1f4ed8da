package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.Arrays;
import java.util.List;

/**
 * Couplings of a spin glass, J symmetric without diagonal, and its energy
 *
 * <pre>E = −½ sᵀ J s.        (1)</pre>
 *
 * <p>A maximum cut of a graph of weights A is the ground state of J = −A, with
 *
 * <pre>cut = (Σ_{i&lt;j} a_ij − E) / 2.        (2)</pre>
 *
 * <p>Random ones couple a pair of spins with a probability: a graph by edges of weight 1, a spin
 * glass by ±1 alike.
 */
final class Couplings {
  static final Outcome.Measure CUT = new Outcome.Measure("cut", "cut", "", true);
  static final Outcome.Measure ENERGY = new Outcome.Measure("energy", "energy", "", false);

  /** Spins up to which the ground state is found by enumeration. */
  static final int ENUMERATED = 20;

  private static final int RESTARTS = 5;
  private static final int STEPS_PER_SPIN = 100;

  /** Flips that all steps may consider: some seconds at most. */
  private static final double MOST_FLIPS = 5e8;

  private static final long TABU_SEED = 7;

  private final double[][] j;
  private final boolean isCut;

  /**
   * Couplings.
   *
   * @param matrix J, or the weights of a graph
   * @param isCut whether they are those of a graph to cut
   */
  Couplings(double[][] matrix, boolean isCut) {
    this.isCut = isCut;
    j = new double[matrix.length][];
    Arrays.setAll(j, i -> Arrays.stream(matrix[i]).map(w -> isCut ? -w : w).toArray());
  }

  /** Keys: the problem, its size, density and seed, or its file. */
  static List<Key> keys() {
    return List.of(
        Key.of(
            "problem",
            Type.word("maxCut", "spinGlass"),
            "maxCut",
            "cut of a graph that is to be large, or energy of a spin glass that is to be low"),
        Key.of("spins", Type.whole(2, 4096), "60", "spins, or vertices of the graph"),
        Key.of(
            "density",
            Type.quantity(Dimension.RATIO, 0, 1),
            "50%",
            "probability that two spins are coupled"),
        Key.of("seed", Type.whole(0, Integer.MAX_VALUE), "1", "seed of random couplings"),
        Key.optional(
            "couplings",
            new Type.Text(),
            "MatrixMarket file of the couplings, or of the weights of the graph, in place of random"
                + " ones"));
  }

  /** Couplings by the settings of {@link #keys}. */
  static Couplings of(Settings settings) throws Unfit {
    boolean isCut = settings.word("problem").equals("maxCut");
    if (!settings.has("couplings")) {
      return random(
          settings.whole("spins"), settings.number("density"), isCut, settings.whole("seed"));
    }
    double[][] matrix = ModelMatrix.file(settings, "couplings", "couplings");
    for (int i = 0; i < matrix.length; i++) {
      if (matrix.length != matrix[i].length) {
        throw unfit("is " + matrix.length + " x " + matrix[i].length + ", must be square");
      }
      if (matrix[i][i] != 0) {
        throw unfit("couples spin " + (i + 1) + " to itself, must have zeros on its diagonal");
      }
      for (int k = 0; k < i; k++) {
        if (matrix[i][k] != matrix[k][i]) {
          throw unfit(
              "couples spins " + (k + 1) + " and " + (i + 1) + " by two values, must be symmetric");
        }
      }
    }
    return new Couplings(matrix, isCut);
  }

  private static Unfit unfit(String message) {
    return new Unfit("couplings", message);
  }

  /** Random couplings. */
  static Couplings random(int spins, double density, boolean isCut, long seed) {
    RandomKey key = RandomKey.of(seed);
    double[][] matrix = new double[spins][spins];
    long pair = 0;
    for (int i = 0; i < spins; i++) {
      for (int k = 0; k < i; k++) {
        double sign = isCut || key.child(1).uniform(pair) < 0.5 ? 1 : -1;
        matrix[i][k] = key.child(0).uniform(pair) < density ? sign : 0;
        matrix[k][i] = matrix[i][k];
        pair++;
      }
    }
    return new Couplings(matrix, isCut);
  }

  int spins() {
    return j.length;
  }

  /** Columns of J from one up to another, by row. */
  double[][] columns(int from, int to) {
    double[][] block = new double[j.length][];
    Arrays.setAll(block, i -> Arrays.copyOfRange(j[i], from, to));
    return block;
  }

  /** Largest magnitude of a coupling; 1 if there is none. */
  double most() {
    double most = Arrays.stream(j).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
    return most == 0 ? 1 : most;
  }

  /** Energy (1). */
  double energy(double[] spins) {
    return -LinearAlgebra.dot(spins, LinearAlgebra.product(j, spins)) / 2;
  }

  /** Measure of the score. */
  Outcome.Measure measure() {
    return isCut ? CUT : ENERGY;
  }

  /** Cut (2) of an energy; of a spin glass the energy itself. */
  double score(double energy) {
    double edges = -Arrays.stream(j).flatMapToDouble(Arrays::stream).sum() / 2;
    return isCut ? (edges - energy) / 2 : energy;
  }

  /**
   * Energy of the ground state: by enumeration of up to {@value #ENUMERATED} spins, beyond them the
   * lowest that a tabu search finds, which is no proof.
   */
  double groundEnergy() {
    return j.length <= ENUMERATED ? enumerated() : tabu();
  }

  private double enumerated() {
    double[] spins = new double[j.length];
    Arrays.fill(spins, 1);
    double[] fields = LinearAlgebra.product(j, spins);
    double energy = energy(spins);
    double least = energy;
    // Gray code: state n differs from state n − 1 in the spin of the lowest set bit of n.
    for (int n = 1; n < 1 << (j.length - 1); n++) {
      energy += flip(Integer.numberOfTrailingZeros(n), spins, fields);
      least = Math.min(least, energy);
    }
    return least;
  }

  /** Flips a spin and returns the change of energy, 2 s_i h_i. */
  private double flip(int i, double[] spins, double[] fields) {
    double change = 2 * spins[i] * fields[i];
    spins[i] = -spins[i];
    LinearAlgebra.add(fields, 2 * spins[i], j[i]);
    return change;
  }

  /** Tabu search (Glover, 1989): the best flip that is not forbidden, however bad it is. */
  double tabu() {
    int n = j.length;
    double steps = Math.min(STEPS_PER_SPIN * n, MOST_FLIPS / RESTARTS / n);
    double least = Double.POSITIVE_INFINITY;
    for (int restart = 0; restart < RESTARTS; restart++) {
      RandomKey key = RandomKey.of(TABU_SEED).child(restart);
      double[] spins = new double[n];
      Arrays.setAll(spins, i -> key.uniform(i) < 0.5 ? -1 : 1);
      double[] fields = LinearAlgebra.product(j, spins);
      double energy = energy(spins);
      int[] freeAt = new int[n];
      for (int step = 0; step < steps; step++) {
        int best = -1;
        for (int i = 0; i < n; i++) {
          boolean isFree = freeAt[i] <= step || energy + 2 * spins[i] * fields[i] < least;
          if (isFree && (best < 0 || spins[i] * fields[i] < spins[best] * fields[best])) {
            best = i;
          }
        }
        if (best >= 0) {
          energy += flip(best, spins, fields);
          freeAt[best] = step + 1 + n / 10 + (int) (10 * key.uniform(n + step));
          least = Math.min(least, energy);
        }
      }
    }
    return least;
  }
}
