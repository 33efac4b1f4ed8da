package dev.kirchhoff.dashboards.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dashboards.SyntheticRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final long SEED = 20261128;
  private static final int DESIGNS = Accounts.MOST + 50;

  private static Accounts of(List<EventEnvelope> events) {
    Accounts accounts = new Accounts();
    events.forEach(e -> accounts.add(e.order().orElseThrow(), (RunEvent.DesignDetails) e.event()));
    return accounts;
  }

  @Test
  void theLastAccountsAreKeptWholeAndEveryAccuracyIs() {
    SyntheticRun run = new SyntheticRun("R", SEED, 1000);
    run.step(DESIGNS, true);
    List<EventEnvelope> events = new ArrayList<>();
    for (long index = 0; index < DESIGNS; index++) {
      events.add(run.simulated(index));
    }
    events.add(run.unsimulated(7));
    Accounts accounts = of(events);
    assertTrue(accounts.of(0).isEmpty(), "beyond the bound");
    assertTrue(accounts.accuracy(0).isPresent());
    assertEquals(events.get(DESIGNS).event(), accounts.of(7).orElseThrow(), "the last writer");
    assertTrue(accounts.accuracy(7).isEmpty());
    assertEquals(events.get(DESIGNS - 1).event(), accounts.of(DESIGNS - 1).orElseThrow());
    assertEquals(
        Accounts.MOST, events.stream().filter(e -> isKept(accounts, e.event())).count(), "bound");
  }

  private static boolean isKept(Accounts accounts, RunEvent event) {
    RunEvent.DesignDetails account = (RunEvent.DesignDetails) event;
    return accounts.of(account.index()).filter(account::equals).isPresent();
  }

  @Test
  void anyOrderWithAnyRepeatsKeepsTheSame() {
    SyntheticRun run = new SyntheticRun("R", SEED, 1000);
    run.step(DESIGNS, true);
    List<EventEnvelope> events = new ArrayList<>();
    Random random = new Random(SEED);
    for (int i = 0; i < 2 * DESIGNS; i++) {
      long index = random.nextInt(DESIGNS);
      events.add(i % 3 == 0 ? run.simulated(index) : run.unsimulated(index));
    }
    String expected = of(events).toString();
    for (int i = 0; i < 10; i++) {
      List<EventEnvelope> shuffled = new ArrayList<>(events);
      shuffled.addAll(events.subList(0, 100));
      Collections.shuffle(shuffled, new Random(SEED + i));
      assertEquals(expected, of(shuffled).toString());
    }
    assertFalse(expected.isEmpty());
  }
}
