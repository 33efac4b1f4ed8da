package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WorkLineTest {
  private static String text(String noun, long done, long total, long time_ms) {
    return WorkLine.text(noun, done, total, time_ms, new Pace(0, 0).reach(time_ms, done));
  }

  @Test
  void theLineTellsTimeStepsShareRateAndTheTimeThatIsLeft() {
    // 1,000 steps in 10 s are 100/s; the other 3,000 take 30 s more.
    assertEquals(
        "0:10  1,000 of 4,000 designs  25 %  100/s  0:30 left",
        text("designs", 1_000, 4_000, 10_000));
  }

  @Test
  void slowStepsAreCountedByTheMinuteAndLongTimesHaveHours() {
    // Two steps in 100 s are 1.2 a minute; 98 more take 4,900 s.
    assertEquals(
        "1:40  2 of 100 simulations  2 %  1.20/min  1:21:40 left",
        text("simulations", 2, 100, 100_000));
  }

  @Test
  void withoutAStepThereIsNoRate() {
    assertEquals("0:02  0 of 5 simulations", text("simulations", 0, 5, 2_000));
  }

  @Test
  void withoutATotalThereIsNoShare() {
    assertEquals("0:05  0 simulations", text("simulations", 0, 0, 5_000));
    assertEquals("0:50  1 simulations", text("simulations", 1, 0, 50_000));
  }
}
