package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticFitTest {
  private static final long SEED = 3;
  private static final int KINDS = 4;

  private static double predicted(double[] noise, double[] at) {
    double u = Math.exp(at[KINDS + 1]) * (LogisticFit.ratio(noise, at) - at[KINDS]);
    return at[KINDS + 2] / (1 + Math.exp(-u));
  }

  private static List<double[]> noise(Random random, int count) {
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] noise = new double[KINDS];
      for (int k = 0; k < KINDS; k++) {
        noise[k] = Math.pow(10, 3 * random.nextDouble() - 2.5);
      }
      all.add(noise);
    }
    return all;
  }

  @Test
  void aKnownCurveIsFoundAgain() {
    Random random = new Random(SEED);
    for (int round = 0; round < 10; round++) {
      double[] truth = new double[KINDS + 3];
      for (int k = 0; k < KINDS; k++) {
        truth[k] = random.nextGaussian();
      }
      truth[KINDS] = -1 + random.nextGaussian();
      truth[KINDS + 1] = 0.5 * random.nextGaussian();
      truth[KINDS + 2] = 0.8;
      List<double[]> noise = noise(random, 200);
      double[] loss = noise.stream().mapToDouble(n -> predicted(n, truth)).toArray();
      double[] found = LogisticFit.of(noise, loss);
      double miss = 0;
      List<double[]> others = noise(random, 200);
      for (double[] other : others) {
        miss += Math.abs(predicted(other, found) - predicted(other, truth)) / others.size();
      }
      String message = "seed " + SEED + " round " + round + " off by " + miss;
      assertTrue(miss < 0.02, message);
    }
  }

  @Test
  void nothingNearbyIsBetter() {
    Random random = new Random(SEED);
    List<double[]> noise = noise(random, 100);
    double[] loss = new double[noise.size()];
    for (int i = 0; i < loss.length; i++) {
      double[] n = noise.get(i);
      loss[i] = Math.min(0.8, Math.max(0, 0.3 * n[0] + 0.1 * n[2] + 0.03 * random.nextGaussian()));
    }
    double[] found = LogisticFit.of(noise, loss);
    double least = objective(noise, loss, found);
    for (int i = 0; i < found.length; i++) {
      for (double change : new double[] {-0.02, 0.02}) {
        double[] near = found.clone();
        near[i] += change;
        assertTrue(objective(noise, loss, near) >= least - 1e-7, "seed " + SEED + " at " + i);
      }
    }
  }

  private static double objective(List<double[]> noise, double[] loss, double[] at) {
    double sum = 0;
    for (int i = 0; i < loss.length; i++) {
      double miss = predicted(noise.get(i), at) - loss[i];
      sum += Math.sqrt(miss * miss + 1e-4) / loss.length;
    }
    double square = 0;
    for (int k = 0; k < KINDS; k++) {
      square += at[k] * at[k] / KINDS;
    }
    return sum + 0.003 * square;
  }

  @Test
  void theSameSamplesGiveTheSameBits() {
    List<double[]> noise = noise(new Random(SEED), 50);
    double[] loss = noise.stream().mapToDouble(n -> Math.min(0.7, n[1])).toArray();
    assertArrayEquals(LogisticFit.of(noise, loss), LogisticFit.of(noise, loss));
    assertEquals(KINDS + 3, LogisticFit.of(noise, loss).length);
  }
}
