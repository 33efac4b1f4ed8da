package dev.kirchhoff.arch.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepresentativesTest {
  private static final long SEED = 20261128;

  private static final List<Knee.Objective> AREA_AND_ENERGY =
      List.of(
          new Knee.Objective(Metric.AREA.axis(), false),
          new Knee.Objective(Metric.ENERGY.axis(), false));

  private static final List<Knee.Objective> FOUR =
      List.of(
          new Knee.Objective(Metric.TOPS_PER_W.axis(), true),
          new Knee.Objective(Metric.AREA.axis(), false),
          new Knee.Objective(Metric.LATENCY.axis(), false),
          new Knee.Objective(Metric.SNR.axis(), true));

  /** Members spread over decades of three objectives and 20 dB of the fourth. */
  private static List<List<Double>> front(int members) {
    Random random = new Random(SEED);
    List<List<Double>> front = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      front.add(
          List.of(
              Math.pow(10, random.nextDouble()),
              Math.pow(10, 2 * random.nextDouble()),
              Math.pow(10, 3 * random.nextDouble()),
              10 + 20 * random.nextDouble()));
    }
    return front;
  }

  @Test
  void aSmallFrontIsItsOwnRepresentatives() {
    List<Integer> all = new ArrayList<>(Representatives.of(FOUR, front(30), 100));
    Collections.sort(all);
    assertEquals(IntStream.range(0, 30).boxed().toList(), all);
    assertEquals(List.of(), Representatives.of(FOUR, List.of(), 100));
    assertEquals(List.of(0), Representatives.of(FOUR, front(1), 100));
  }

  @Test
  void aFactorIsTheSameDistanceAnywhere() {
    // Energies 1, 10, 100, 1000 against areas 1000 .. 1: log coordinates 0, 1/3, 2/3, 1. The knee
    // is
    // one of equal products, the first; then the end of least energy, then what lies farthest
    // from both: 10 and 100 are equally near, so the lower place.
    List<List<Double>> front =
        List.of(
            List.of(1.0, 1000.0), List.of(10.0, 100.0), List.of(100.0, 10.0), List.of(1000.0, 1.0));
    assertEquals(List.of(0, 3, 1), Representatives.of(AREA_AND_ENERGY, front, 3));
  }

  @Test
  void kneeAndEndsComeFirst() {
    List<List<Double>> front = front(500);
    List<Integer> chosen = Representatives.of(FOUR, front, 100);
    assertEquals(100, Set.copyOf(chosen).size());
    assertEquals(Knee.of(FOUR, front).orElseThrow(), chosen.get(0));
    List<Integer> first = chosen.subList(0, 5);
    for (int m = 0; m < 4; m++) {
      int objective = m;
      int best =
          IntStream.range(0, front.size())
              .reduce(
                  (a, b) ->
                      FOUR.get(objective).coordinate(front.get(b).get(objective))
                              < FOUR.get(objective).coordinate(front.get(a).get(objective))
                          ? b
                          : a)
              .orElseThrow();
      assertTrue(first.contains(best), "end of objective " + m);
    }
    assertEquals(chosen.subList(0, 20), Representatives.of(FOUR, front, 20), "a prefix");
  }

  @Test
  void membersInAnotherOrderAreTheSame() {
    List<List<Double>> front = front(400);
    List<List<Double>> shuffled = new ArrayList<>(front);
    Collections.shuffle(shuffled, new Random(SEED + 1));
    assertEquals(values(front), values(shuffled));
  }

  private static Set<List<Double>> values(List<List<Double>> front) {
    Set<List<Double>> values = new HashSet<>();
    Representatives.of(FOUR, front, 50).forEach(place -> values.add(front.get(place)));
    return values;
  }

  /** Each member lies nearer to a representative than any two of those lie to each other. */
  @Test
  void noMemberIsFartherThanRepresentativesAreApart() {
    List<List<Double>> front = front(1000);
    List<Integer> chosen = Representatives.of(AREA_AND_ENERGY, pairs(front), 40);
    double radius = 0;
    for (List<Double> member : front) {
      double nearest = Double.POSITIVE_INFINITY;
      for (int place : chosen) {
        nearest = Math.min(nearest, distance(member, front.get(place)));
      }
      radius = Math.max(radius, nearest);
    }
    double apart = Double.POSITIVE_INFINITY;
    for (int a : chosen.subList(3, 40)) {
      for (int b : chosen.subList(3, 40)) {
        apart = a == b ? apart : Math.min(apart, distance(front.get(a), front.get(b)));
      }
    }
    assertTrue(radius <= apart * 1.01, radius + " and " + apart);
  }

  private static List<List<Double>> pairs(List<List<Double>> front) {
    return front.stream().map(values -> values.subList(0, 2)).toList();
  }

  /** Distance of the first two values, whose ranges are about one decade and two. */
  private static double distance(List<Double> a, List<Double> b) {
    double x = Math.log10(a.get(0)) - Math.log10(b.get(0));
    double y = (Math.log10(a.get(1)) - Math.log10(b.get(1))) / 2;
    return Math.sqrt(x * x + y * y);
  }
}
