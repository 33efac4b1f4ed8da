package dev.kirchhoff.mapper.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PhasePlanTest {
  private static final long SEED = 20261125L;

  private static PhasePlan plan(double[] crossbars, double[] cut_ns, double available) {
    return plan(crossbars, new int[crossbars.length], cut_ns, available);
  }

  private static PhasePlan plan(
      double[] crossbars, int[] network, double[] cut_ns, double available) {
    List<PhasePlan.Load> loads = new ArrayList<>();
    for (int l = 0; l < crossbars.length; l++) {
      loads.add(new PhasePlan.Load(crossbars[l], crossbars[l], network[l], cut_ns[l]));
    }
    return PhasePlan.of(loads, new PhasePlan.Writing(available, 1, 1));
  }

  @Test
  void whatStaysIsNotLoadedAgain() {
    // 10 crossbars, chip of 8: the 4 and one 2 stay, the other 2s take turns on what is left.
    PhasePlan phases = plan(new double[] {2, 4, 2, 2}, new double[4], 8);
    assertEquals(4, phases.reloaded(0));
    assertTrue(phases.stays(1));
    assertEquals(2, phases.phases(0));
    assertEquals(4, phases.time_ns());
  }

  @Test
  void dearMapsMakeFewerPhases() {
    // Cutting costs more than loading everything: two phases of 6 and 4 instead.
    double[] cut_ns = {100, 100, 100, 100};
    PhasePlan phases = plan(new double[] {2, 4, 2, 2}, cut_ns, 8);
    assertEquals(2, phases.phases(0));
    PhasePlan cheap = plan(new double[] {1, 4, 4, 1, 4}, new double[5], 10);
    PhasePlan dear = plan(new double[] {1, 4, 4, 1, 4}, new double[] {0, 9, 9, 9, 9}, 10);
    assertTrue(dear.phases(0) <= cheap.phases(0));
    assertTrue(dear.reloaded(0) >= cheap.reloaded(0));
  }

  @Test
  void aLayerLargerThanTheChipIsLoadedByItself() {
    PhasePlan phases = plan(new double[] {3, 25, 3}, new double[3], 10);
    assertEquals(31, phases.reloaded(0));
    assertEquals(3, phases.phases(0));
    assertFalse(phases.stays(0));
    assertFalse(phases.isCutBefore(0));
    assertTrue(phases.isCutBefore(1));
    assertTrue(phases.isCutBefore(2));
  }

  @Test
  void networksDoNotShareAPhase() {
    double[] crossbars = {2, 2, 2, 2};
    PhasePlan phases = plan(crossbars, new int[] {0, 0, 1, 1}, new double[4], 6);
    assertEquals(2 + 2, phases.reloaded(0) + phases.reloaded(1));
    assertEquals(phases.time_ns(), phases.writing_ns(0) + phases.writing_ns(1), 1e-12);
  }

  /** Writing takes as long however layers are cut: three threes at once, one, and the ten. */
  @Test
  void ofEquallyFastPhasesThoseAreTakenThatAreFewest() {
    PhasePlan phases = plan(new double[] {3, 3, 3, 3, 10}, new double[5], 10);
    assertEquals(22, phases.time_ns());
    assertEquals(3, phases.phases(0));
  }

  /** A region of nine holds the threes of two networks together, and loads each by itself. */
  @Test
  void firstPhasesOfNetworksPutNoMapsAway() {
    double[] cut_ns = {100, 100, 100};
    PhasePlan phases = plan(new double[] {3, 3, 9}, new int[] {0, 1, 2}, cut_ns, 10);
    assertEquals(3, phases.phases());
    for (int network = 0; network < 3; network++) {
      assertEquals(1, phases.phases(network));
      assertFalse(phases.isCutBefore(network));
    }
    assertEquals(3 + 3 + 9, phases.time_ns());
    assertEquals(3, phases.writing_ns(1));
  }

  @Test
  void copiesAreLoadedInTheSamePhases() {
    // The 4 and one 2 stay, the other 2s are loaded; two copies of the last take 4 crossbars.
    PhasePlan one = plan(new double[] {2, 4, 2, 2}, new double[4], 8);
    List<PhasePlan.Load> loads = new ArrayList<>();
    for (int l = 0; l < 4; l++) {
      double crossbars = l == 1 || l == 3 ? 4 : 2;
      loads.add(new PhasePlan.Load(crossbars, crossbars, 0, 0));
    }
    PhasePlan two = one.withCopies(loads);
    double reloaded = 0;
    for (int l = 0; l < 4; l++) {
      assertEquals(one.phaseOf(l), two.phaseOf(l));
      reloaded += one.isLoaded(l) ? loads.get(l).stored() : 0;
    }
    assertEquals(4, one.writing_ns(0));
    assertEquals(reloaded, two.reloaded(0));
    assertEquals(reloaded, two.writing_ns(0));
    assertTrue(reloaded > 4);
  }

  /** All partitions of all choices of what stays, as the bits of two numbers. */
  private static double[] bruteForce(double[] crossbars, double[] cut_ns, double available) {
    int n = crossbars.length;
    double fewest = Double.POSITIVE_INFINITY;
    double fastest = Double.POSITIVE_INFINITY;
    for (int stays = 0; stays < 1 << n; stays++) {
      double region = available;
      double moved = 0;
      double largest = 0;
      for (int l = 0; l < n; l++) {
        if ((stays >> l & 1) == 1) {
          region -= crossbars[l];
        } else {
          moved += crossbars[l];
          largest = Math.max(largest, crossbars[l]);
        }
      }
      if (largest > region) {
        continue;
      }
      fewest = Math.min(fewest, moved);
      for (int cuts = 0; cuts < 1 << n; cuts++) {
        double time = moved;
        double size = 0;
        boolean first = true;
        for (int l = 0; l < n && size <= region; l++) {
          if ((stays >> l & 1) == 1) {
            continue;
          }
          if (!first && (cuts >> l & 1) == 1) {
            time += cut_ns[l];
            size = 0;
          }
          first = false;
          size += crossbars[l];
        }
        if (size <= region) {
          fastest = Math.min(fastest, time);
        }
      }
    }
    return new double[] {fewest, fastest};
  }

  @Test
  void noChoiceLoadsLessAndNoPartitionIsFaster() {
    int optimal = 0;
    double worst = 1;
    int cases = 1_000;
    for (int i = 0; i < cases; i++) {
      Random random = new Random(SEED + i);
      int n = 2 + random.nextInt(6);
      double[] crossbars = new double[n];
      double sum = 0;
      double largest = 0;
      for (int l = 0; l < n; l++) {
        crossbars[l] = 1 + random.nextInt(12);
        sum += crossbars[l];
        largest = Math.max(largest, crossbars[l]);
      }
      double available = largest + random.nextInt((int) (sum - largest));
      String message = "seed " + SEED + " case " + i;
      double[] free = bruteForce(crossbars, new double[n], available);
      PhasePlan phases = plan(crossbars, new double[n], available);
      assertEquals(free[0], phases.reloaded(0), message);
      assertEquals(free[1], phases.time_ns(), 1e-9, message);
      double[] cut_ns = new double[n];
      for (int l = 0; l < n; l++) {
        cut_ns[l] = random.nextInt(6);
      }
      double fastest_ns = bruteForce(crossbars, cut_ns, available)[1];
      phases = plan(crossbars, cut_ns, available);
      assertTrue(phases.time_ns() >= fastest_ns - 1e-9, message);
      optimal += phases.time_ns() <= fastest_ns + 1e-9 ? 1 : 0;
      worst = Math.max(worst, phases.time_ns() / fastest_ns);
      double moved = 0;
      double cuts = 0;
      for (int l = 0; l < n; l++) {
        moved += phases.isLoaded(l) ? crossbars[l] : 0;
        cuts += phases.isCutBefore(l) ? cut_ns[l] : 0;
      }
      assertEquals(phases.time_ns(), moved + cuts, 1e-9, message);
    }
    assertTrue(optimal > 0.95 * cases && worst < 1.2, optimal + " " + worst);
  }

  /** Layers of up to 300 crossbars, whose sums are many. */
  @Test
  void noChoiceOfManyCrossbarsLoadsLess() {
    for (int i = 0; i < 200; i++) {
      Random random = new Random(SEED + i);
      int n = 3 + random.nextInt(4);
      double[] crossbars = new double[n];
      int sum = 0;
      int largest = 0;
      for (int l = 0; l < n; l++) {
        int size = 1 + random.nextInt(300);
        crossbars[l] = size;
        sum += size;
        largest = Math.max(largest, size);
      }
      double available = largest + random.nextInt(sum - largest);
      double fewest = bruteForce(crossbars, new double[n], available)[0];
      double reloaded = plan(crossbars, new double[n], available).reloaded(0);
      assertEquals(fewest, reloaded, "seed " + SEED + " case " + i);
    }
  }

  /**
   * Two sets load 5 of a chip of 11: the threes, one after the other in the 3 that 4, 2 and 2
   * leave; or both twos and the second three, each by itself in the 4 that 4 and 3 leave.
   */
  @Test
  void ofSetsThatLoadAlikeThatOfFewerPhasesIsTaken() {
    double[] crossbars = {4, 2, 3, 3, 2};
    double[] stored = {3, 1, 3, 2, 2};
    List<PhasePlan.Load> loads = new ArrayList<>();
    for (int l = 0; l < crossbars.length; l++) {
      loads.add(new PhasePlan.Load(crossbars[l], stored[l], 0, 0));
    }
    PhasePlan plan = PhasePlan.of(loads, new PhasePlan.Writing(11, 1, 1));
    assertEquals(5, plan.time_ns());
    assertEquals(2, plan.phases());
    assertTrue(plan.isLoaded(2) && plan.isLoaded(3));
  }
}
