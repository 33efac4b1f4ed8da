package dev.kirchhoff.mapper.kernel;

import static dev.kirchhoff.arch.spec.Dimension.RATIO;
import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Machine.Stored;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.Arrays;
import java.util.List;

/**
 * Hopfield memory: patterns of ±1 are fixed points of s_i ← sgn(Σ_j w_ij s_j + noise), reached from
 * probes that are patterns with some bits flipped.
 *
 * <p>The weights are written once; {@link Patterns} has their rules. Synchronous updates read all
 * columns for all probes at once; asynchronous ones read a column a neuron for all probes, neuron
 * after neuron. A run ends when no neuron changes, or after its sweeps. Added noise is drawn from
 * the random source in units of the field of a stored pattern, 1; it makes mixtures of patterns
 * unstable (Amit 1985: above a temperature of 0.46) before it does so to patterns, so that recall
 * of badly damaged probes has an optimum of noise.
 *
 * <p>The quality is the share of probes of which at least 99 % of the bits are recalled. Making
 * weights and probes and scoring are not counted.
 */
record HopfieldKernel(
    Patterns patterns, int probes, double flips, boolean isSynchronous, int sweeps, Noise noise)
    implements Kernel {
  private static final Outcome.Measure RECALLED =
      new Outcome.Measure("patterns", "recalled patterns", "%", true);
  private static final Outcome.Measure BITS =
      new Outcome.Measure("bits", "recalled bits", "%", true);
  static final Kind KIND =
      new Kind(
          "hopfield",
          "Recalls patterns from damaged ones by an associative memory.",
          "J. J. Hopfield, PNAS 79, 2554 (1982), doi 10.1073/pnas.79.8.2554; D. J. Amit et al.,"
              + " Phys. Rev. A 32, 1007 (1985), doi 10.1103/PhysRevA.32.1007; S. G. Hu et al.,"
              + " Nature Communications 6, 7522 (2015), doi 10.1038/ncomms8522",
          List.of(
              Key.of("neurons", whole(2, 1024), "64", "bits of a pattern"),
              Key.of("patterns", whole(1, 1024), "5", "number of stored patterns"),
              Key.of(
                  "rule",
                  Type.word("hebb", "pseudoInverse"),
                  "hebb",
                  "learning rule of the weights"),
              Key.of("probes", whole(1, 100_000), "50", "damaged patterns to recall"),
              Key.of("flips", quantity(RATIO, 0, 0.5), "10%", "probability that a bit is flipped"),
              Key.of(
                  "update",
                  Type.word("synchronous", "asynchronous"),
                  "synchronous",
                  "neurons at once, or one by one"),
              Key.of("sweeps", whole(1, 10_000), "20", "updates of a neuron at most"),
              Noise.key("the field of a pattern", "0"),
              Noise.schedule("constant"),
              Key.of("seed", whole(0, Integer.MAX_VALUE), "1", "seed of patterns and probes")),
          List.of(RECALLED, BITS),
          HopfieldKernel::bind);

  private static final double ENOUGH = 0.99;

  private static Kernel bind(Settings settings) throws Unfit {
    return new HopfieldKernel(
        Patterns.of(settings),
        settings.whole("probes"),
        settings.number("flips"),
        settings.word("update").equals("synchronous"),
        settings.whole("sweeps"),
        Noise.of(settings, settings.whole("sweeps")));
  }

  @Override
  public String word() {
    return KIND.shape().name();
  }

  @Override
  public boolean draws() {
    return noise.level() > 0;
  }

  @Override
  public Outcome run(Machine machine) {
    Stored weights = machine.store("weights", patterns.weights());
    double[][] states = patterns.probes(probes, flips);
    machine.keep(probes * (double) patterns.neurons(), 1);
    int sweep = 0;
    boolean isChanging = true;
    while (sweep < sweeps && isChanging) {
      isChanging = false;
      double[][] all = isSynchronous ? machine.read(weights, states) : new double[probes][];
      for (int i = 0; i < patterns.neurons(); i++) {
        double[] line = isSynchronous ? new double[probes] : machine.readLine(weights, i, states);
        for (int p = 0; p < probes; p++) {
          double noisy = (isSynchronous ? all[p][i] : line[p]) + noise.draw(machine, sweep);
          double next = noisy == 0 ? states[p][i] : Math.signum(noisy);
          isChanging |= next != states[p][i];
          states[p][i] = next;
        }
      }
      machine.digital(VectorOperation.COMPARE, probes * (double) patterns.neurons(), 8);
      machine.endOfIteration();
      sweep++;
    }
    double[] overlaps = patterns.overlaps(states);
    long recalled = Arrays.stream(overlaps).filter(overlap -> overlap >= ENOUGH).count();
    double bits = Arrays.stream(overlaps).sum();
    return Outcome.of(RECALLED, 100.0 * recalled / probes, sweep).with(BITS, 100 * bits / probes);
  }
}
