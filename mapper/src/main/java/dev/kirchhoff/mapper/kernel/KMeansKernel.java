package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.mapper.data.FeatureTable;
import java.util.Arrays;
import java.util.List;

/**
 * Clustering by k-means: the nearest centroid has the largest product less half its square (eq. 1).
 *
 * <pre>argmin_c |x − w_c|² = argmax_c (x · w_c − |w_c|² / 2)                     (1)</pre>
 *
 * <p>Mapping: a centroid is a column, rewritten with verification when it moves. With {@code norm:
 * rows} the second term is held by rows below it, as many as it needs to fit the window; with
 * {@code digital} it is subtracted behind the converters; with {@code none} it is left out, which
 * merges clusters of unlike lengths. A batch reads all samples, then moves every centroid to the
 * mean of its samples (Lloyd), until no sample changes its cluster; {@code online} presents samples
 * in random order and moves each one's winner by w ← w + η (x − w). An iteration is a batch, or a
 * sample online.
 *
 * <p>Inertia and clusters of exact arithmetic are the same for features of 0 to 1 ({@code range})
 * and of −1/2 to 1/2 ({@code centred}); the latter have shorter centroids, so that their squares,
 * which the differences of products are small against, take less of the window.
 *
 * <p>The inertia, Σ_x min_c |x − w_c|², judges the centroids; the accuracy, by the majority class
 * of each cluster, the last assignment that the array makes. Scaling and scoring are the host's and
 * are not counted.
 */
record KMeansKernel(
    Clusters clusters, CentroidArray.Norm norm, boolean isRandom, double onlineRate, int passes)
    implements Kernel {
  static final Kind KIND =
      new Kind(
          "kMeans",
          "Clusters samples by k-means, with centroids as columns that are rewritten.",
          "Y. Jeong et al., K-means data clustering with memristor networks, Nano Letters 18, 4447"
              + " (2018), doi 10.1021/acs.nanolett.8b01526",
          List.of(
              Inputs.tableKey("iris"),
              Key.of(
                  "preprocessing",
                  Type.word(Preprocessing.words()),
                  "centred",
                  "scaling of the samples"),
              Key.of("clusters", Type.whole(2, 64), "3", "number of clusters, k"),
              Key.of(
                  "start",
                  Type.word("spaced", "random"),
                  "spaced",
                  "samples that the centroids start from"),
              Key.of(
                  "norm",
                  Type.word("rows", "digital", "none"),
                  "rows",
                  "place of the term |w|²/2: rows of the array, digital units, or left out"),
              Key.of("update", Type.word("batch", "online"), "batch", "update of centroids"),
              Key.of(
                  "rate", Inputs.number(1e-6, 1), "0.05", "learning rate of the online update, η"),
              Key.of("passes", Type.whole(1, 1000), "20", "passes over the samples at most")),
          List.of(Clusters.INERTIA, Clusters.ACCURACY),
          KMeansKernel::bind);

  private static Kernel bind(Settings settings) throws Unfit {
    FeatureTable table = Inputs.table(settings, FeatureTable::iris);
    double[][] samples = Preprocessing.of(settings.word("preprocessing")).of(table.samples());
    int count = Inputs.whole(settings, "clusters", samples.length, "samples");
    Inputs.requireLabels(settings, table);
    CentroidArray.Norm norm = CentroidArray.Norm.of(settings.word("norm"));
    boolean isRandom = settings.word("start").equals("random");
    double rate = settings.word("update").equals("online") ? settings.number("rate") : 0;
    Clusters clusters = new Clusters(samples, table.labels(), count);
    return new KMeansKernel(clusters, norm, isRandom, rate, settings.whole("passes"));
  }

  @Override
  public String word() {
    return KIND.shape().name();
  }

  @Override
  public boolean draws() {
    return isRandom || onlineRate > 0;
  }

  @Override
  public Outcome run(Machine machine) {
    double[][] x = clusters.samples();
    int[] start = isRandom ? Inputs.permutation(machine, x.length) : clusters.spaced();
    CentroidArray array = new CentroidArray(machine, norm, clusters, clusters.at(start));
    int[] nearest = new int[x.length];
    Arrays.fill(nearest, -1);
    long iterations =
        onlineRate > 0 ? online(machine, array, x, nearest) : batches(machine, array, x, nearest);
    Outcome found = Outcome.of(Clusters.INERTIA, clusters.inertia(array.centroids()), iterations);
    return clusters.labels().isEmpty()
        ? found
        : found.with(Clusters.ACCURACY, clusters.accuracy(nearest));
  }

  private long batches(Machine machine, CentroidArray array, double[][] x, int[] nearest) {
    for (int pass = 1; pass <= passes; pass++) {
      int[] now = array.nearest(x);
      if (Arrays.equals(now, nearest)) {
        machine.endOfIteration();
        return pass;
      }
      System.arraycopy(now, 0, nearest, 0, now.length);
      array.moveToMeans(x, nearest);
      machine.endOfIteration();
    }
    return passes;
  }

  private long online(Machine machine, CentroidArray array, double[][] x, int[] nearest) {
    for (int pass = 0; pass < passes; pass++) {
      for (int s : Inputs.permutation(machine, x.length)) {
        nearest[s] = array.nearest(x[s])[0];
        array.moveTowards(x[s], nearest[s], onlineRate);
        machine.endOfIteration();
      }
    }
    return (long) passes * x.length;
  }
}
