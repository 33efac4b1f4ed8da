package dev.kirchhoff.dse.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArchiveTest {

  /** Points on a coarse grid, so that equal values and equal points are common. */
  private static double[][] points(Random random, int count, int dimensions) {
    int grid = 2 + random.nextInt(12);
    double[][] points = new double[count][dimensions];
    for (double[] point : points) {
      for (int m = 0; m < dimensions; m++) {
        point[m] = random.nextInt(grid) - grid / 2;
      }
    }
    return points;
  }

  private static List<Long> bruteForce(double[][] points) {
    List<Long> front = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      boolean in = true;
      for (int j = 0; j < points.length && in; j++) {
        boolean covers = true;
        boolean equal = true;
        for (int m = 0; m < points[i].length; m++) {
          covers &= points[j][m] <= points[i][m];
          equal &= points[j][m] == points[i][m];
        }
        in = !(covers && (!equal || j < i));
      }
      if (in) {
        front.add((long) i);
      }
    }
    return front;
  }

  @Test
  void theFrontIsTheBruteForceFrontInAnyOrderOfOffers() {
    for (int seed = 0; seed < 600; seed++) {
      Random random = new Random(seed);
      int dimensions = 1 + seed % 4;
      double[][] points = points(random, 1 + random.nextInt(120), dimensions);
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < points.length; i++) {
        order.add(i);
      }
      List<Long> expected = bruteForce(points);
      for (int repeat = 0; repeat < 3; repeat++) {
        Archive archive = new Archive(dimensions);
        for (int i : order) {
          archive.offer(i, points[i]);
        }
        assertEquals(expected, indices(archive), "seed " + seed);
        Collections.shuffle(order, random);
      }
    }
  }

  /**
   * Points near a plane, few of which dominate another: fronts of hundreds of members, on grids
   * coarse and fine, with equal points and equal coordinates.
   */
  private static double[][] plane(Random random, int count, int dimensions) {
    double grid = StrictMath.pow(10, 1 + random.nextInt(4));
    double[][] points = new double[count][dimensions];
    for (double[] point : points) {
      double sum = 0;
      for (int m = 0; m < dimensions; m++) {
        point[m] = random.nextDouble();
        sum += point[m];
      }
      double scale = grid * (1 + 0.1 * random.nextDouble()) / sum;
      for (int m = 0; m < dimensions; m++) {
        point[m] = Math.rint(scale * point[m]);
      }
    }
    return points;
  }

  @Test
  void aLargeFrontIsTheBruteForceFrontAlsoOfCopies() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int dimensions = 3 + seed % 3;
      double[][] points = plane(random, 400, dimensions);
      double[][] half = Arrays.copyOf(points, 200);
      Archive archive = new Archive(dimensions);
      for (int i = 0; i < half.length; i++) {
        archive.offer(i, points[i]);
      }
      Archive copy = archive.copy();
      for (int i = half.length; i < points.length; i++) {
        copy.offer(i, points[i]);
      }
      assertEquals(bruteForce(half), indices(archive), "seed " + seed);
      assertEquals(bruteForce(points), indices(copy), "seed " + seed);
      for (Archive.Member member : copy.members()) {
        double[] point = points[(int) member.index()];
        assertEquals(Arrays.stream(point).boxed().toList(), member.values(), "seed " + seed);
      }
    }
  }

  @Test
  void membersThatAllLeaveMakeRoomForOthers() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      int dimensions = 3 + seed % 2;
      Archive archive = new Archive(dimensions);
      double[][] last = {};
      for (int wave = 0; wave < 4; wave++) {
        last = plane(random, 150, dimensions);
        for (int i = 0; i < last.length; i++) {
          for (int m = 0; m < dimensions; m++) {
            last[i][m] -= 1e6 * wave;
          }
          archive.offer(i, last[i]);
        }
      }
      assertEquals(bruteForce(last), indices(archive), "seed " + seed);
    }
  }

  @Test
  void thePointsBeyondACornerGainAsManyVolumesAsAllMembers() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      int dimensions = 2 + seed % 3;
      double[][] points = plane(random, 150, dimensions);
      double most = Arrays.stream(points).flatMapToDouble(Arrays::stream).max().getAsDouble();
      double[] reference = new double[dimensions];
      Arrays.fill(reference, 0.7 * most);
      Archive archive = new Archive(dimensions);
      for (int i = 0; i < points.length; i++) {
        double[][] before = Arrays.copyOf(points, i);
        assertEquals(
            Hypervolume.gain(points[i], before, reference),
            archive.gain(points[i], reference),
            "seed " + seed);
        archive.offer(i, points[i]);
      }
    }
  }

  private static List<Long> indices(Archive archive) {
    return archive.members().stream().map(Archive.Member::index).toList();
  }

  @Test
  void changesAreSeenExactlyWhenTheMembersChange() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Archive archive = new Archive(2 + seed % 3);
      double[][] points = points(random, 60, archive.dimensions());
      for (int i = 0; i < points.length; i++) {
        List<Archive.Member> before = archive.members();
        long changes = archive.changes();
        boolean entered = archive.offer(i, points[i]);
        assertEquals(!before.equals(archive.members()), entered, "seed " + seed);
        assertEquals(entered, archive.changes() != changes, "seed " + seed);
      }
    }
  }

  @Test
  void aCopyChangesApart() {
    Archive archive = new Archive(2);
    archive.offer(0, new double[] {1, 2});
    Archive copy = archive.copy();
    copy.offer(1, new double[] {0, 0});
    assertEquals(0, archive.index(0));
    assertEquals(1, copy.index(0));
  }

  @Test
  void ofEqualDesignsTheLowestIndexStays() {
    Archive archive = new Archive(2);
    assertTrue(archive.offer(7, new double[] {1, 1}));
    assertFalse(archive.offer(9, new double[] {1, 1}));
    assertTrue(archive.offer(3, new double[] {1, 1}));
    assertEquals(1, archive.size());
    assertEquals(3, archive.index(0));
  }

  @Test
  void aMissingValueIsRefused() {
    Archive archive = new Archive(2);
    assertThrows(
        IllegalArgumentException.class, () -> archive.offer(0, new double[] {1, Double.NaN}));
  }

  @Test
  void nearMissesAreTheLeastViolationsInAnyOrder() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<Integer> order = new ArrayList<>();
      float[] violations = new float[random.nextInt(40)];
      for (int i = 0; i < violations.length; i++) {
        violations[i] = 1 + random.nextInt(6);
        order.add(i);
      }
      List<Integer> expected = new ArrayList<>(order);
      expected.sort((a, b) -> Float.compare(violations[a], violations[b]));
      expected = expected.subList(0, Math.min(8, expected.size()));
      Collections.shuffle(order, random);
      NearMisses misses = new NearMisses();
      order.forEach(i -> misses.offer(i, violations[i]));
      assertEquals(expected.toString(), misses.toString(), "seed " + seed);
      assertEquals(expected.toString(), misses.copy().toString(), "seed " + seed);
    }
  }
}
