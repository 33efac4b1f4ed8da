package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ctrl-C in a run whose results so far are worth having. */
class InterruptionTest {
  @Test
  void resultsAreReportedByOneOfTheTwo() {
    try (Interruption interruption = Interruption.watch(() -> {}, 130)) {
      assertTrue(interruption.claim());
      assertFalse(interruption.claim());
    }
  }

  @Test
  void anInterruptionAfterTheEndShowsNothing() throws InterruptedException {
    StringBuilder told = new StringBuilder();
    Interruption interruption = Interruption.watch(() -> told.append("again"), 130);
    interruption.claim();
    Thread hook = new Thread(interruption::interrupted);
    hook.start();
    interruption.close();
    hook.join(TimeUnit.SECONDS.toMillis(10));
    assertFalse(hook.isAlive());
    assertEquals("", told.toString());
  }
}
