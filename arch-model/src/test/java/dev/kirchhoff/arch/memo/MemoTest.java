package dev.kirchhoff.arch.memo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemoTest {
  private record Square(double side) {}

  private static double area(Square square) {
    return square.side() * square.side();
  }

  @Test
  void anyBoundGivesTheFunctionsResultsAndIsNeverExceeded() {
    for (long bound_B : new long[] {0, 71, 72, 200, 1_000, 100_000}) {
      Memo<Square, Double> areas = new Memo<>(MemoTest::area, bound_B, area -> 8);
      SplittableRandom random = new SplittableRandom(bound_B + 7);
      for (int i = 0; i < 2_000; i++) {
        Square square = new Square(random.nextInt(40));
        assertEquals(area(square), areas.get(square));
        assertTrue(areas.held_B() <= bound_B, () -> areas.held_B() + " B of " + bound_B);
        assertEquals(72L * areas.entries(), areas.held_B());
      }
    }
  }

  @Test
  void equalKeysAreComputedOnce() {
    Memo<Square, Object> memo = new Memo<>(square -> new Object(), 10_000, result -> 16);
    assertSame(memo.get(new Square(2)), memo.get(new Square(2)));
    assertEquals(1, memo.computed());
  }

  /** Room for two results in each generation; one that is asked for joins the younger. */
  @Test
  void whatNobodyAsksForIsDropped() {
    List<Square> computed = new ArrayList<>();
    Memo<Square, Double> memo =
        new Memo<>(
            square -> {
              computed.add(square);
              return area(square);
            },
            4 * 72,
            area -> 8);
    // 3 makes 1 and 2 the older; 1 joins 3; 4 makes 1 and 3 the older and drops 2.
    for (int side : new int[] {1, 2, 3, 1, 4, 1, 3, 2}) {
      memo.get(new Square(side));
    }
    assertEquals(
        List.of(new Square(1), new Square(2), new Square(3), new Square(4), new Square(2)),
        computed);
    assertTrue(memo.held_B() <= 4 * 72, () -> memo.held_B() + " B");
  }

  @Test
  void aResultAboveTheBoundIsNotKeptAndOneAboveHalfOfItIs() {
    Memo<Square, Double> memo =
        new Memo<>(MemoTest::area, 1_000, area -> Math.round(area) * 100 - 64);
    memo.get(new Square(4));
    assertEquals(0, memo.held_B());
    memo.get(new Square(1));
    memo.get(new Square(3));
    assertEquals(1_000, memo.held_B());
    memo.get(new Square(2));
    assertTrue(memo.held_B() <= 1_000, () -> memo.held_B() + " B");
  }

  @Test
  void aResultThatHasGrownMakesRoomAsOneOfThatSize() {
    Memo<Square, Double> memo = new Memo<>(MemoTest::area, 1_000, area -> 36);
    memo.get(new Square(1));
    memo.grow(new Square(1), 450);
    assertEquals(550, memo.held_B());
    // It is kept as it has grown while it is asked for, and dropped with all of its bytes.
    memo.get(new Square(1));
    assertEquals(550, memo.held_B());
    assertEquals(1, memo.computed());
    memo.get(new Square(2));
    memo.grow(new Square(2), 450);
    memo.grow(new Square(3), 450);
    assertEquals(550, memo.held_B(), "2 alone: there is no room for both, and 3 is not held");
    memo.get(new Square(1));
    assertEquals(3, memo.computed());
  }

  @Test
  void allThreadsHoldOneResult() throws Exception {
    Memo<Square, Object> memo = new Memo<>(square -> new Object(), 1_000_000, result -> 16);
    FourThreads.assertOneEach(2_000, side -> memo.get(new Square(side)));
    assertEquals(2_000, memo.entries());
  }

  @Test
  void negativeBoundsAndMissingResultsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Memo<>(MemoTest::area, -1, area -> 8));
    Memo<Square, Double> empty = new Memo<>(square -> null, 100, area -> 8);
    assertThrows(NullPointerException.class, () -> empty.get(new Square(1)));
  }
}
