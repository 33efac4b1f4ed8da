package dev.kirchhoff.arch.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KneeTest {
  private static final long SEED = 20261127;

  private static final List<Knee.Objective> EFFICIENCY_AND_LOSS =
      List.of(
          new Knee.Objective(Metric.TOPS_PER_W.axis(), true),
          new Knee.Objective(Metric.ACCURACY_LOSS.axis(), false));

  private static final List<Knee.Objective> AREA_AND_ENERGY =
      List.of(
          new Knee.Objective(Metric.AREA.axis(), false),
          new Knee.Objective(Metric.ENERGY.axis(), false));

  private static List<Double> knee(List<Knee.Objective> objectives, List<List<Double>> front) {
    return front.get(Knee.of(objectives, front).orElseThrow());
  }

  /** The ends and some members of a search for fashion-cnn; on decades the loss 0.83 was least. */
  @Test
  void aLossOfNothingAtOneEndDoesNotMakeTheOtherEndTheKnee() {
    List<List<Double>> front =
        List.of(
            List.of(10.3, 0.828),
            List.of(9.61, 0.36),
            List.of(7.95, 0.147),
            List.of(5.38, 0.0605),
            List.of(2.58, 0.03),
            List.of(2.19, 0.0058),
            List.of(0.33, 0.0021),
            List.of(0.0997, 0.0));
    // log10 of the ratio to 10.3, and loss / 0.1: 0.67 + 0.06 is less than 0.28 + 0.61, 0.6 + 0.3.
    assertEquals(List.of(2.19, 0.0058), knee(EFFICIENCY_AND_LOSS, front));
  }

  @Test
  void aNarrowFrontIsScaledToItsRange() {
    // Areas span 2, energies 1.2: scaled, and as logarithms, (0, 1), (0.14, 0.24), (1, 0).
    List<List<Double>> front = List.of(List.of(1.0, 1.2), List.of(1.1, 1.045), List.of(2.0, 1.0));
    assertEquals(List.of(1.1, 1.045), knee(AREA_AND_ENERGY, front));
  }

  @Test
  void amongWideLogarithmicFiguresItIsTheBestProduct() {
    List<List<Double>> front =
        List.of(List.of(1.0, 1000.0), List.of(2.0, 100.0), List.of(90.0, 9.0), List.of(100.0, 1.9));
    assertEquals(List.of(100.0, 1.9), knee(AREA_AND_ENERGY, front));
    List<List<Double>> farther = new ArrayList<>(front);
    farther.add(List.of(1e6, 1.8));
    assertEquals(List.of(100.0, 1.9), knee(AREA_AND_ENERGY, farther), "an end sets no scale");
  }

  @Test
  void theOrderOfMembersDoesNotMatter() {
    // Mirrored, so that two members have the same sum.
    List<List<Double>> front =
        new ArrayList<>(
            List.of(List.of(1.0, 8.0), List.of(2.0, 2.5), List.of(2.5, 2.0), List.of(8.0, 1.0)));
    for (int trial = 0; trial < 20; trial++) {
      Collections.shuffle(front, new Random(SEED + trial));
      assertEquals(List.of(2.0, 2.5), knee(AREA_AND_ENERGY, front), "seed " + (SEED + trial));
    }
  }

  @Test
  void aFrontOfTwoAnObjectiveAloneAndAMissingValueHaveNone() {
    List<Double> one = List.of(1.0, 2.0);
    List<Double> other = List.of(2.0, 1.0);
    List<Double> missing = List.of(Double.NaN, 1.0);
    assertEquals(OptionalInt.empty(), Knee.of(AREA_AND_ENERGY, List.of(one, other)));
    assertEquals(
        OptionalInt.empty(), Knee.of(AREA_AND_ENERGY.subList(0, 1), List.of(one, other, other)));
    assertEquals(OptionalInt.empty(), Knee.of(AREA_AND_ENERGY, List.of(one, other, missing)));
    assertEquals(OptionalInt.of(0), Knee.of(AREA_AND_ENERGY, List.of(one, one, one)));
  }
}
