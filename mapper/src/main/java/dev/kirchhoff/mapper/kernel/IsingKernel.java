package dev.kirchhoff.mapper.kernel;

import static dev.kirchhoff.arch.spec.Type.whole;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Annealing of an Ising spin glass or a maximum cut ({@link Couplings}): fields h_i = Σ_j J_ij s_j
 * are read, and spins follow them against noise by a {@link SpinRule}.
 *
 * <p>Spins of a group are updated at once by one read of their columns, an array a group; spins of
 * groups of one by reads of single columns of one array. The result of a run is its last state, or
 * its best one by a read of all columns after each sweep, which costs as much as one group of all
 * spins.
 *
 * <p>A task is several runs from random states. The quality is that of its best run, the success
 * the share of its runs that found the ground state. Making couplings, finding their ground state
 * and scoring are not counted.
 */
record IsingKernel(
    Couplings couplings, int group, SpinRule rule, int sweeps, int runs, boolean isBest)
    implements Kernel {
  private static final Outcome.Measure SUCCESS =
      new Outcome.Measure("success", "runs that succeed", "%", true);
  static final Kind KIND =
      new Kind(
          "ising",
          "Finds low energies of a spin glass or large cuts of a graph by annealing with noise.",
          "J. H. Shin et al., IEDM 2018, 3.3, doi 10.1109/IEDM.2018.8614698; F. Cai et al.,"
              + " Nature Electronics 3, 409 (2020), doi 10.1038/s41928-020-0436-6",
          Stream.of(
                  Couplings.keys(),
                  SpinRule.keys(),
                  List.of(
                      Key.of("group", whole(1, 4096), "1", "spins that are updated at once"),
                      Key.of("sweeps", whole(1, 100_000), "50", "updates of a spin in a run"),
                      Key.of("runs", whole(1, 10_000), "10", "runs of a task"),
                      Key.of(
                          "keep",
                          Type.word("last", "best"),
                          "last",
                          "state that is the result of a run")))
              .flatMap(List::stream)
              .toList(),
          List.of(Couplings.CUT, Couplings.ENERGY, SUCCESS),
          IsingKernel::bind);

  private static Kernel bind(Settings settings) throws Unfit {
    Couplings couplings = Couplings.of(settings);
    int group = Inputs.whole(settings, "group", couplings.spins(), "spins");
    int sweeps = settings.whole("sweeps");
    SpinRule rule = SpinRule.of(settings, sweeps);
    boolean isBest = settings.word("keep").equals("best");
    return new IsingKernel(couplings, group, rule, sweeps, settings.whole("runs"), isBest);
  }

  @Override
  public String word() {
    return KIND.shape().name();
  }

  @Override
  public boolean draws() {
    return true;
  }

  /** Energies of the results of the runs. */
  double[] found(Machine machine) {
    CoupledSpins spins = new CoupledSpins(machine, couplings, group);
    double[][] states = new double[runs][couplings.spins()];
    for (double[] state : states) {
      Arrays.setAll(state, i -> machine.uniform() < 0.5 ? -1 : 1);
    }
    // States, and the best ones where these are the result.
    machine.keep((isBest ? 2.0 : 1.0) * runs * couplings.spins(), 1);
    double[] least = new double[runs];
    double[] found = new double[runs];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int sweep = 0; sweep < sweeps; sweep++) {
      for (int from = 0; from < couplings.spins(); from += group) {
        double[][] fields = spins.fields(from, states);
        double[][] again = rule.readsTwice() ? spins.fields(from, states) : fields;
        for (int r = 0; r < runs; r++) {
          for (int i = 0; i < fields[r].length; i++) {
            states[r][from + i] =
                rule.next(machine, states[r][from + i], fields[r][i], again[r][i], sweep);
          }
        }
      }
      double[] energies = isBest ? spins.energies(states) : new double[runs];
      for (int r = 0; r < runs; r++) {
        boolean isKept = !isBest || energies[r] < least[r];
        found[r] = isKept ? couplings.energy(states[r]) : found[r];
        least[r] = Math.min(least[r], energies[r]);
      }
      machine.endOfIteration();
    }
    return found;
  }

  @Override
  public Outcome run(Machine machine) {
    double[] found = found(machine);
    double ground = couplings.groundEnergy();
    double share = (double) Arrays.stream(found).filter(e -> e < ground + 1e-9).count() / runs;
    double least = Arrays.stream(found).min().orElseThrow();
    return Outcome.optimised(couplings.measure(), couplings.score(least), sweeps, share, runs)
        .with(SUCCESS, 100 * share);
  }
}
