package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.mapper.data.FeatureTable;
import dev.kirchhoff.mapper.kernel.OuterUpdates.Mode;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.Arrays;
import java.util.List;

/**
 * Principal components learnt on the array by Sanger's rule (eq. 1), the generalised Hebbian
 * algorithm.
 *
 * <pre>y = x W,  Δw_j = η y_j (x − Σ_{k≤j} y_k w_k),  η = η_0 / (1 + e / τ)          (1)</pre>
 *
 * <p>Mapping: a component is a column, a feature a row. Each presentation of a sample reads y
 * forward, the sums of the first components back on the same cells, one vector a component, and
 * updates each column by an outer product without verification ({@link OuterUpdates}). The samples
 * come in random order; e counts passes over them.
 *
 * <p>The window of the cells holds elements of −1 to 1: a rate that is too large saturates them.
 * The quality is the least |cos| between a column, as stored, and its exact component. Neglected:
 * scaling and scoring, which the host does.
 */
record PrincipalComponentsKernel(
    double[][] samples, int components, double rate, double decay, int passes, Mode updates)
    implements Kernel {
  static final Kind KIND =
      new Kind(
          "principalComponents",
          "Learns principal components on the array by Sanger's rule, a write of each cell a sample.",
          "T. D. Sanger, Neural Networks 2, 459 (1989), doi 10.1016/0893-6080(89)90044-0; on an"
              + " array: S. Choi et al., Nano Letters 17, 3113 (2017), doi"
              + " 10.1021/acs.nanolett.7b00552",
          List.of(
              Inputs.tableKey("the Wisconsin breast cancer data"),
              Key.of(
                  "preprocessing",
                  Type.word(Preprocessing.words()),
                  "standard",
                  "scaling of the samples"),
              Key.of("components", Type.whole(1, 16), "2", "components that are learnt"),
              Key.of(
                  "rate", Inputs.number(1e-9, 1), "0.002", "learning rate of the first pass, η_0"),
              Key.of(
                  "decay",
                  Inputs.number(1e-3, 1e6),
                  "5",
                  "passes τ after which the rate is halved"),
              Key.of("passes", Type.whole(1, 1000), "5", "passes over the samples"),
              Mode.key()),
          List.of(ExactComponents.COSINE),
          PrincipalComponentsKernel::bind);
  private static final int BITS = 16;
  private static final double START = 0.1;

  private static Kernel bind(Settings settings) throws Unfit {
    FeatureTable table = Inputs.table(settings, FeatureTable::breastCancer);
    double[][] samples = Preprocessing.of(settings.word("preprocessing")).of(table.samples());
    int components = Inputs.whole(settings, "components", samples[0].length, "features");
    double rate = settings.number("rate");
    double decay = settings.number("decay");
    Mode updates = Mode.of(settings.word("update"));
    return new PrincipalComponentsKernel(
        samples, components, rate, decay, settings.whole("passes"), updates);
  }

  @Override
  public String word() {
    return KIND.shape().name();
  }

  @Override
  public boolean readsBack() {
    return true;
  }

  @Override
  public boolean draws() {
    return true;
  }

  @Override
  public Outcome run(Machine machine) {
    double[][] start = new double[samples[0].length][components];
    Arrays.stream(start).forEach(row -> Arrays.setAll(row, j -> START * machine.gaussian()));
    Machine.Stored w = machine.store("components", start, 1);
    OuterUpdates outer = new OuterUpdates(machine, w, updates);
    // Samples that come again with every pass, and the reconstructions of one.
    machine.keep((samples.length + components) * (double) samples[0].length, BITS);
    for (int pass = 0; pass < passes; pass++) {
      for (int s : Inputs.permutation(machine, samples.length)) {
        present(machine, w, samples[s], rate / (1 + pass / decay), outer);
        machine.endOfIteration();
      }
    }
    double least = ExactComponents.of(samples, components).least(machine.readCells(w));
    return Outcome.of(ExactComponents.COSINE, least, (long) passes * samples.length);
  }

  private void present(
      Machine machine, Machine.Stored w, double[] x, double eta, OuterUpdates outer) {
    double[] y = machine.read(w, x);
    double[][] first = new double[components][];
    Arrays.setAll(first, j -> Arrays.copyOf(Arrays.copyOf(y, j + 1), components));
    double[][] sums = machine.readBack(w, first);
    for (int j = 0; j < components; j++) {
      LinearAlgebra.scale(sums[j], -1);
      LinearAlgebra.add(sums[j], 1, x);
      machine.digital(VectorOperation.ADD, x.length, BITS);
      machine.digital(VectorOperation.MULTIPLY_ADD, 1, BITS);
      outer.update(j, eta * y[j], sums[j]);
    }
  }
}
