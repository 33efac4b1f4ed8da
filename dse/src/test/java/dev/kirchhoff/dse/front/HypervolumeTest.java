package dev.kirchhoff.dse.front;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HypervolumeTest {

  /**
   * Counts unit cells below the reference that some point dominates: exact for points on the grid.
   */
  private static double cells(double[][] points, int reference, int dimensions) {
    int[] cell = new int[dimensions];
    double count = 0;
    int m = 0;
    while (m < dimensions) {
      boolean dominated = false;
      for (double[] point : points) {
        boolean covers = true;
        for (int i = 0; i < dimensions; i++) {
          covers &= point[i] <= cell[i];
        }
        dominated |= covers;
      }
      count += dominated ? 1 : 0;
      m = 0;
      while (m < dimensions && ++cell[m] == reference) {
        cell[m++] = 0;
      }
    }
    return count;
  }

  private static double[][] points(Random random, int dimensions, int reference) {
    double[][] points = new double[random.nextInt(12)][dimensions];
    for (double[] point : points) {
      for (int m = 0; m < dimensions; m++) {
        point[m] = random.nextInt(reference + 2);
      }
    }
    return points;
  }

  @Test
  void theVolumeIsTheCountOfDominatedCells() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      int dimensions = 1 + seed % 4;
      double[][] points = points(random, dimensions, 6);
      double[] reference = new double[dimensions];
      Arrays.fill(reference, 6);
      assertEquals(
          cells(points, 6, dimensions), Hypervolume.of(points, reference), 1e-9, "seed " + seed);
    }
  }

  @Test
  void theGainIsTheDifferenceOfVolumes() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      int dimensions = 2 + seed % 3;
      double[] reference = new double[dimensions];
      Arrays.fill(reference, 1);
      double[][] points = new double[1 + random.nextInt(30)][dimensions];
      for (double[] point : points) {
        for (int m = 0; m < dimensions; m++) {
          point[m] = random.nextDouble() * 1.1;
        }
      }
      double[][] others = Arrays.copyOf(points, points.length - 1);
      assertEquals(
          Hypervolume.of(points, reference) - Hypervolume.of(others, reference),
          Hypervolume.gain(points[points.length - 1], others, reference),
          1e-12,
          "seed " + seed);
    }
  }

  @Test
  void thePreparedGainIsTheGain() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      int dimensions = 2 + seed % 3;
      int grid = 3 + random.nextInt(40);
      double[] reference = new double[dimensions];
      Arrays.fill(reference, grid);
      Archive archive = new Archive(dimensions);
      double[] point = new double[dimensions];
      for (int i = 0; i < 1 + random.nextInt(60); i++) {
        for (int m = 0; m < dimensions; m++) {
          point[m] = random.nextInt(grid + 3);
        }
        archive.offer(i, point);
      }
      double[][] members =
          archive.members().stream()
              .map(member -> member.values().stream().mapToDouble(v -> v).toArray())
              .toArray(double[][]::new);
      VolumeGain gain = new VolumeGain(members, reference);
      for (int i = 0; i < 30; i++) {
        for (int m = 0; m < dimensions; m++) {
          point[m] = random.nextInt(grid + 3) - (random.nextBoolean() ? 0.5 : 0);
        }
        double[][] with = Arrays.copyOf(members, members.length + 1);
        with[members.length] = point;
        assertEquals(
            Hypervolume.of(with, reference) - Hypervolume.of(members, reference),
            gain.of(point),
            1e-9,
            "seed " + seed);
      }
    }
  }

  @Test
  void theBoxReachesOneSpanBeyondTheBestAndHalfASpanBeyondTheWorst() {
    List<Objective> objectives =
        List.of(new Objective(Metric.AREA, false), new Objective(Metric.SNR, true));
    // area spans 10 .. 1000 mm2 = decades 1 .. 3, so the box is -1 .. 4; snr spans 20 .. 40 dB, as
    // minimised -40 .. -20,
    // so the box is -60 .. -10.
    ReferenceBox box =
        ReferenceBox.around(
                objectives,
                List.of(
                    new double[] {10, 20}, new double[] {1000, 40}, new double[] {1, Double.NaN}))
            .orElseThrow();
    assertArrayEquals(new double[] {0.4, 0.8}, box.place(new double[] {10, 20}), 1e-12);
    assertArrayEquals(new double[] {0, 0}, box.place(new double[] {1e-3, 70}), 1e-12);
    assertEquals(0.6 * 0.2, box.volume(new double[][] {{0.4, 0.8}}), 1e-12);
    assertTrue(ReferenceBox.around(objectives, List.of(new double[] {1, Double.NaN})).isEmpty());
  }

  /** Shares are linear: a loss of nothing is no decades better than a loss of a point. */
  @Test
  void aLossOfNothingLiesOnTheAxisOfShares() {
    List<Objective> loss = List.of(new Objective(Metric.ACCURACY_LOSS, false));
    // From 0 to 0.2: the box is -0.2 .. 0.3.
    ReferenceBox wide =
        ReferenceBox.around(loss, List.of(new double[] {0}, new double[] {0.2})).orElseThrow();
    assertEquals(0.4, wide.place(new double[] {0})[0], 1e-12);
    assertEquals(0.42, wide.place(new double[] {0.01})[0], 1e-12);
    // Equal first designs: ten points on, the box is -0.1 .. 0.05.
    ReferenceBox narrow = ReferenceBox.around(loss, List.of(new double[] {0})).orElseThrow();
    assertEquals(2.0 / 3, narrow.place(new double[] {0})[0], 1e-12);
  }

  @Test
  void indicatorsByHand() {
    double[][] truth = {{0, 1}, {1, 0}};
    double[][] front = {{0.25, 1.5}, {1, 0}};
    // (0,1): from (0.25,1.5) the excess is 0.5, from (1,0) it is 1; (1,0) is met.
    assertEquals(0.5, Indicators.additiveEpsilon(front, truth), 1e-12);
    // (0,1): distances sqrt(0.25² + 0.5²) and 1; (1,0): 0; the mean of the smaller ones.
    assertEquals(
        Math.sqrt(0.3125) / 2, Indicators.invertedGenerationalDistancePlus(front, truth), 1e-12);
    assertEquals(0, Indicators.additiveEpsilon(truth, truth), 0);
    assertEquals(Double.POSITIVE_INFINITY, Indicators.additiveEpsilon(new double[0][], truth));
  }
}
