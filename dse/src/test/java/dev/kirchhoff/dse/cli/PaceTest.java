package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void thereIsNoRateBeforeTwoSecondsAndTwoSteps() {
    Pace pace = new Pace(0, 0);
    assertFalse(pace.isKnown());
    assertFalse(pace.reach(1_900, 500).isKnown());
    assertTrue(pace.reach(2_000, 500).isKnown());
    assertFalse(new Pace(0, 0).reach(60_000, 1).isKnown());
  }

  @Test
  void thereIsNoEndBeforeAFiftiethOrTenSeconds() {
    // 10 designs a second of the start would be 5.6 hours for 200,000.
    assertEquals(Optional.empty(), new Pace(0, 0).reach(3_000, 30).left_ms(200_000));
    assertEquals(Optional.of(147_000L), new Pace(0, 0).reach(3_000, 20).left_ms(1_000));
    assertEquals(Optional.of(990_000L), new Pace(0, 0).reach(10_000, 1_000).left_ms(100_000));
  }

  @Test
  void aSlowStartDoesNotCountForLong() {
    // Nothing for 3 s, then 1,000 steps a second: from 6 s on the latter half has the rate of late.
    Pace pace = new Pace(0, 0);
    pace.reach(3_000, 0);
    for (int s = 4; s <= 10; s++) {
      pace.reach(1_000 * s, 1_000 * (s - 3));
    }
    assertEquals("1,000/s", pace.rate());
    assertEquals(Optional.of(20_000L), pace.left_ms(27_000));
  }

  @Test
  void stepsOfBeforeDoNotCount() {
    // 100,000 designs were there; 10 s for 1,000 more.
    Pace pace = new Pace(0, 100_000).reach(10_000, 101_000);
    assertEquals("100/s", pace.rate());
    assertEquals(Optional.of(90_000L), pace.left_ms(110_000));
  }

  @Test
  void aFewDearStepsAreCountedOverAllOfTheTime() {
    // The second of 24 simulations ended 10 s ago: 40 s for two, 20 s each.
    Pace pace = new Pace(0, 0);
    pace.reach(15_000, 1);
    pace.reach(30_000, 2);
    pace.reach(40_000, 2);
    assertEquals("3.00/min", pace.rate());
    assertEquals(Optional.of(440_000L), pace.left_ms(24));
  }

  @Test
  void aPauseOfAnHourIsForgottenInAMinute() {
    Pace pace = new Pace(0, 0);
    for (int s = 1; s <= 60; s++) {
      pace.reach(1_000L * s, 100L * s);
    }
    pace.reach(3_660_000, 6_000);
    for (int s = 1; s <= 60; s++) {
      pace.reach(3_660_000 + 1_000L * s, 6_000 + 100L * s);
    }
    assertEquals("100/s", pace.rate());
  }

  @Test
  void anotherCountBeginsAnotherPace() {
    Pace pace = new Pace(0, 0).reach(60_000, 60_000);
    pace.reach(60_100, 0);
    assertFalse(pace.isKnown());
    assertEquals("10/s", pace.reach(70_100, 100).rate());
  }
}
