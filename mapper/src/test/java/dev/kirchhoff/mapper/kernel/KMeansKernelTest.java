package dev.kirchhoff.mapper.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.mapper.data.FeatureTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Iris, 150 samples; first centroids are samples 0, 50 and 100 where nothing else is said. */
class KMeansKernelTest {
  private static final Map<String, Object> ONLINE = Map.of("update", "online", "passes", 10);

  private static Outcome run(Map<String, Object> settings, Machine machine) {
    return GivenSettings.bind(KMeansKernel.KIND, settings).run(machine);
  }

  private static double accuracy(Map<String, Object> settings, Machine machine) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("measure", "accuracy");
    return run(all, machine).quality().orElseThrow();
  }

  private static double median(int seeds, LongFunction<Double> quality) {
    return LongStream.range(0, seeds).mapToDouble(quality::apply).sorted().toArray()[seeds / 2];
  }

  private static byte[] table(String header, double[][] samples, int... columns) {
    StringBuilder text = new StringBuilder(header);
    for (double[] sample : samples) {
      for (int i = 0; i < columns.length; i++) {
        text.append(i == 0 ? "\n" : ",").append(sample[columns[i]]);
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Golden clusters of 60 points, from points 0, 20 and 40. Its two iterations moved a centroid;
   * the third pass here finds that no point changes its cluster.
   */
  @Test
  void goldenPointsHaveTheirClusters() {
    double[][] points = Golden.matrix("/kmeans/points");
    double[][] centroids = Golden.matrix("/kmeans/centroids");
    double[] labels = Golden.vector(Golden.at("/kmeans/labels"));
    double inertia = 0;
    double[][] labelled = new double[points.length][];
    for (int s = 0; s < points.length; s++) {
      double[] w = centroids[(int) labels[s]];
      double[] x = points[s];
      inertia += (x[0] - w[0]) * (x[0] - w[0]) + (x[1] - w[1]) * (x[1] - w[1]);
      labelled[s] = new double[] {x[0], x[1], labels[s]};
    }
    Map<String, Object> settings =
        Map.of("data", table("x,y,class", labelled, 0, 1, 2), "preprocessing", "raw");
    Outcome outcome = run(settings, ArithmeticMachine.exact(1));
    assertEquals(inertia, outcome.quality().orElseThrow(), 1e-9);
    assertEquals(Golden.at("/kmeans/iterations").asInt() + 1, outcome.iterations());
    assertEquals(1, accuracy(settings, ArithmeticMachine.exact(1)));
  }

  @Test
  void batchesReachTheClustersOfTheExactAlgorithm() {
    exact(Map.of("preprocessing", "raw"), 78.8514, 0.8933, 4);
    exact(Map.of("preprocessing", "range"), 6.9822, 0.8867, 5);
    exact(Map.of("preprocessing", "centred"), 6.9822, 0.8867, 5);
    exact(Map.of("preprocessing", "unit"), 0.3227, 0.9667, 5);
    exact(Map.of("preprocessing", "standard"), 140.0328, 0.8133, 6);
    exact(Map.of("norm", "digital"), 6.9822, 0.8867, 5);
  }

  private static void exact(
      Map<String, Object> settings, double inertia, double accuracy, int iterations) {
    Outcome outcome = run(settings, ArithmeticMachine.exact(1));
    assertEquals(inertia, outcome.quality().orElseThrow(), 1e-4);
    assertEquals(iterations, outcome.iterations());
    assertEquals(accuracy, accuracy(settings, ArithmeticMachine.exact(1)), 1e-4);
  }

  /** The product alone merges two species. */
  @Test
  void clustersNeedTheNorm() {
    assertEquals(
        0.3467,
        accuracy(Map.of("norm", "none", "preprocessing", "range"), ArithmeticMachine.exact(1)),
        1e-4);
  }

  /**
   * The reference's 83.33 % of standardised features and 96.0 % of petals alone hold for the best
   * of several random starts, not for samples 0, 50 and 100 (81.33 and 94.67 %).
   */
  @Test
  void bestOfRandomStartsIsTheReference() {
    byte[] petals = table("length,width,class", irisWithClasses(), 2, 3, 4);
    best(Map.of("preprocessing", "standard", "start", "random"), 139.8205, 0.8333);
    best(Map.of("data", petals, "preprocessing", "raw", "start", "random"), 31.3714, 0.96);
    exact(Map.of("data", petals, "preprocessing", "raw"), 31.4129, 0.9467, 7);
  }

  private static double[][] irisWithClasses() {
    double[][] samples = FeatureTable.iris().samples();
    int[] labels = FeatureTable.iris().labels().orElseThrow();
    for (int s = 0; s < labels.length; s++) {
      samples[s] = Arrays.copyOf(samples[s], 5);
      samples[s][4] = labels[s];
    }
    return samples;
  }

  private static void best(Map<String, Object> settings, double inertia, double accuracy) {
    double least = Double.POSITIVE_INFINITY;
    double best = 0;
    for (int seed = 0; seed < 100; seed++) {
      double found = run(settings, ArithmeticMachine.exact(seed)).quality().orElseThrow();
      if (found < least) {
        least = found;
        best = accuracy(settings, ArithmeticMachine.exact(seed));
      }
    }
    assertEquals(inertia, least, 1e-4);
    assertEquals(accuracy, best, 1e-4);
  }

  @Test
  void onlineUpdatesReachTheMedianOfTheReference() {
    Map<String, Object> settings = Map.of("update", "online", "passes", 10, "start", "random");
    double[] found =
        LongStream.range(0, 101)
            .mapToDouble(seed -> accuracy(settings, ArithmeticMachine.exact(seed)))
            .sorted()
            .toArray();
    assertEquals(0.8867, found[50], 0.02);
    assertTrue(found[0] < 0.7, "a bad start stays bad");
  }

  /**
   * Features around 0 and a digital norm bear 5 % of read noise, the norm in rows as well; features
   * of 0 to 1 do not: medians of 9 draws.
   */
  @Test
  void centredFeaturesBearReadNoise() {
    assertEquals(0.8867, noisy("centred", "digital", 0.05), 0.02);
    assertEquals(0.8867, noisy("centred", "rows", 0.05), 0.02);
    assertTrue(noisy("range", "rows", 0.05) < 0.75);
  }

  private static double noisy(String preprocessing, String norm, double sigma) {
    Map<String, Object> settings = Map.of("preprocessing", preprocessing, "norm", norm);
    return median(
        9, seed -> accuracy(settings, new ArithmeticMachine(MachineErrors.reading(sigma), seed)));
  }

  /** One number of bits for cells, inputs and outputs; norms in rows of 4 bits swing for ever. */
  @Test
  void fourBitsSufficeWithADigitalNorm() {
    Machine four = new ArithmeticMachine(MachineErrors.bits(4), 1);
    assertEquals(0.8867, accuracy(Map.of("norm", "digital"), four), 0.02);
    Machine again = new ArithmeticMachine(MachineErrors.bits(4), 1);
    assertTrue(accuracy(Map.of("norm", "rows"), again) < 0.8, "rows need a bit more");
    Machine five = new ArithmeticMachine(MachineErrors.bits(5), 1);
    assertEquals(0.8867, accuracy(Map.of("norm", "rows"), five), 0.02);
  }

  /** 5 passes of 150 samples, the last one without a move; 10 passes of 150 writes online. */
  @Test
  void readsAndWritesAreCounted() {
    Calls batches = new Calls(ArithmeticMachine.exact(1));
    run(Map.of(), batches.machine());
    assertEquals(5 * 150, batches.of("read vectors"));
    assertEquals(4, batches.of("write"));
    assertEquals(5 * 150 * 3, batches.of("COMPARE 16"));
    assertEquals(4 * 150 * 4, batches.of("ADD 16"), "sums of clusters");
    Calls online = new Calls(ArithmeticMachine.exact(1));
    assertEquals(1500, run(ONLINE, online.machine()).iterations());
    assertEquals(1500, online.of("read vectors"));
    assertEquals(1500, online.of("write"));
    assertEquals(1500 * 2 * 4, online.of("MULTIPLY_ADD 16"));
  }

  @Test
  void settingsThatDoNotFitAreRejected() {
    byte[] two = "a\n1\n2".getBytes(StandardCharsets.UTF_8);
    reject(Map.of("data", two), "clusters", "is 3, must be at most 2 samples");
    reject(
        Map.of("data", two, "clusters", 2, "measure", "accuracy"),
        "measure",
        "is accuracy, but the data has no column class; set inertia");
    reject(
        Map.of("data", "a\n1\nx".getBytes(StandardCharsets.UTF_8)),
        "data",
        "line 3: has 'x', must have 1 numbers");
  }

  private static void reject(Map<String, Object> settings, String key, String message) {
    KernelKind.Unfit problem =
        assertThrows(
            KernelKind.Unfit.class,
            () -> KMeansKernel.KIND.bind(GivenSettings.of(KMeansKernel.KIND, settings)));
    assertEquals(key, problem.key());
    assertEquals(message, problem.getMessage());
  }
}
