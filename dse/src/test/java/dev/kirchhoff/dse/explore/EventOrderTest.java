package dev.kirchhoff.dse.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.engine.Engines;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventOrderTest {
  private static final Clock STILL = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private static RecordedRun run(String engine, int islands) {
    RecordedRun events = new RecordedRun();
    ExploreSettings settings =
        new ExploreSettings(Engines.named(engine), 5, 900, islands, 2, Optional.empty());
    new Explorer(new ToyChip(2), settings, events, STILL).run();
    return events;
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "exhaustive", "pareto-local-search", "optaplanner"})
  void everyRoundIsPublishedOnceAndInOrder(String engine) {
    for (int islands = 1; islands <= 3; islands++) {
      RecordedRun run = run(engine, islands);
      assertTrue(EventOrder.check(run.events) >= 2, engine);
    }
  }

  /** Second opinion on the reader: what it must not let pass. */
  @Test
  void anEventTwiceOrMissingOrInAnotherPlaceIsNoticed() {
    List<RunEvent> events = run("random", 2).events;
    for (int i = 0; i < events.size(); i++) {
      List<RunEvent> twice = new ArrayList<>(events);
      twice.add(i, events.get(i));
      assertThrows(AssertionError.class, () -> EventOrder.check(twice), "twice: " + i);
      List<RunEvent> missing = new ArrayList<>(events);
      RunEvent removed = missing.remove(i);
      boolean isLast = i == events.size() - 1;
      assertThrows(AssertionError.class, () -> EventOrder.check(missing), isLast + " " + removed);
    }
    for (int i = 1; i < events.size(); i++) {
      List<RunEvent> swapped = new ArrayList<>(events);
      swapped.set(i, events.get(i - 1));
      swapped.set(i - 1, events.get(i));
      boolean isOfTheFront =
          events.get(i) instanceof RunEvent.Front a
              && events.get(i - 1) instanceof RunEvent.Front b
              && a.change().equals(b.change());
      if (!isOfTheFront) {
        assertThrows(AssertionError.class, () -> EventOrder.check(swapped), "swapped: " + i);
      }
    }
    assertEquals(0, EventOrder.check(List.of()));
  }
}
