package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions of a network, by hand. */
class DecisionsTest {
  @Test
  void aTableOfVectorsIsEmbeddingsARowOfNumbersClassesAllElseValues() {
    assertEquals(Decisions.NEIGHBOUR, Decisions.of(List.of(7, 384)));
    assertEquals(Decisions.CLASS, Decisions.of(List.of(10)));
    assertEquals(Decisions.CLASS, Decisions.of(List.of(1, 1, 10)));
    assertEquals(Decisions.VALUE, Decisions.of(List.of(1)));
    assertEquals(Decisions.VALUE, Decisions.of(List.of()));
    assertEquals(Decisions.VALUE, Decisions.of(List.of(3, 32, 32)));
  }

  /** Of length 5: an error of 0.49 is within a tenth, one of 0.51 is not. */
  @Test
  void valuesStayWithinATenthOfTheirMagnitude() {
    List<double[]> exact = List.of(new double[] {3, 4}, new double[] {3, 4});
    List<double[]> other = List.of(new double[] {3.49, 4}, new double[] {3, 3.49});
    assertArrayEquals(new boolean[] {true, false}, Decisions.VALUE.same(exact, other));
  }

  /** Item 0 lies between 1 and 2, nearer to 1 by angle, though 2 is longer. */
  @Test
  void theNearestItemIsThatOfTheLeastAngle() {
    List<double[]> exact = List.of(new double[] {1, 0}, new double[] {1, 0.1}, new double[] {9, 9});
    List<double[]> turned =
        List.of(new double[] {1, 0.9}, new double[] {1, 0.1}, new double[] {9, 9});
    assertArrayEquals(new boolean[] {false, true, false}, Decisions.NEIGHBOUR.same(exact, turned));
  }

  /** Classes 0, 0, 1: 4/9 + 1/9; a neighbour among two others; values never come back. */
  @Test
  void chanceIsThatOfDrawingTheSameDecisionBlindly() {
    List<double[]> items = List.of(new double[] {2, 1}, new double[] {5, 4}, new double[] {0, 1});
    assertEquals(5 / 9.0, Decisions.CLASS.chance(items), 1e-15);
    assertEquals(0.5, Decisions.NEIGHBOUR.chance(items));
    assertEquals(1, Decisions.NEIGHBOUR.chance(items.subList(0, 1)));
    assertEquals(0, Decisions.VALUE.chance(items));
  }
}
