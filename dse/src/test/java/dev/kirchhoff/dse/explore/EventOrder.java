package dev.kirchhoff.dse.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Grammar of a run's events, by which a test reads all of them: a header, then round after round
 * evaluations, what left the front, what entered it and one end of the round, then a header again.
 * Accounts of members stand anywhere behind their entry, one a member until its accuracy is known.
 */
public final class EventOrder {
  private final Map<Long, List<Double>> values = new HashMap<>();
  private final Set<Long> front = new HashSet<>();
  private final Set<Long> members = new HashSet<>();
  private final Set<Long> accounted = new HashSet<>();
  private boolean entering;
  private boolean evaluating = true;
  private int island = -1;
  private int rounds;
  private long evaluated;
  private long requested;
  private double hypervolume;
  private int headers;

  private EventOrder() {}

  /**
   * Reads the events of a run.
   *
   * @return rounds that it had
   */
  public static int check(List<RunEvent> events) {
    EventOrder order = new EventOrder();
    events.forEach(order::read);
    assertTrue(order.evaluating && order.island < 0, "the last round has no end");
    return order.rounds;
  }

  /** The events of a log. */
  public static List<RunEvent> of(List<String> lines) throws EventFormatException {
    List<RunEvent> events = new ArrayList<>();
    for (String line : lines) {
      events.add(EventJson.parse(line).event());
    }
    return events;
  }

  private void read(RunEvent event) {
    if (event instanceof RunEvent.Evaluations batch) {
      read(batch);
    } else if (event instanceof RunEvent.Front change) {
      read(change);
    } else if (event instanceof RunEvent.Round round) {
      read(round);
    } else if (event instanceof RunEvent.DesignDetails account) {
      assertTrue(members.contains(account.index()), "account of no member " + account.index());
      boolean first = accounted.add(account.index());
      assertTrue(first || account.accuracy() != null, "two accounts of " + account.index());
    } else if (event instanceof RunEvent.Run header) {
      assertTrue(evaluating && island < 0, "a header inside a round");
      assertEquals(headers == 0 && rounds == 0, header.state().equals("running"));
      headers++;
    }
  }

  private void read(RunEvent.Evaluations batch) {
    String where = "evaluations from " + batch.first() + ": ";
    assertTrue(evaluating, where + "behind the front of their round");
    assertEquals(evaluated, batch.first(), where + "gap or repetition");
    assertEquals(rounds, batch.round(), where + "round");
    assertTrue(batch.island() >= island && batch.count() > 0, where + "island");
    island = batch.island();
    for (int j = 0; j < batch.count(); j++) {
      List<Double> row = new ArrayList<>();
      for (double[] column : batch.values()) {
        row.add(column[j]);
      }
      values.put(evaluated + j, row);
    }
    evaluated += batch.count();
  }

  private void read(RunEvent.Front change) {
    String where = "front, " + change.index() + " " + change.change() + ": ";
    evaluating = false;
    assertEquals(values.get(change.index()), change.values(), where + "values");
    if (change.change().equals("left")) {
      assertTrue(!entering, where + "behind what entered");
      assertTrue(front.remove(change.index()), where + "was no member");
    } else {
      entering = true;
      assertEquals("entered", change.change());
      assertTrue(front.add(change.index()), where + "is a member already");
      members.add(change.index());
    }
  }

  private void read(RunEvent.Round round) {
    String where = "end of round " + round.round() + ": ";
    assertEquals(rounds, round.round(), where + "number");
    assertEquals(evaluated, round.evaluated(), where + "designs");
    assertTrue(round.requested() >= Math.max(requested, evaluated), where + "requests");
    assertEquals(front.size(), round.front(), where + "members");
    assertTrue(round.hypervolume() >= hypervolume, where + "hypervolume");
    assertNotNull(round.engineState(), where + "state");
    requested = round.requested();
    hypervolume = round.hypervolume();
    rounds++;
    evaluating = true;
    entering = false;
    island = -1;
  }
}
