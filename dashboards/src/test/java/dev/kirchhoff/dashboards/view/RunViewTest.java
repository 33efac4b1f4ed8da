package dev.kirchhoff.dashboards.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.MetricAxis;
import dev.kirchhoff.dashboards.SyntheticRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunViewTest {
  private static final long SEED = 20261124;

  private static List<EventEnvelope> run(SyntheticRun run, int steps, int size) {
    List<EventEnvelope> events = new ArrayList<>();
    events.add(run.header("running", ""));
    for (int i = 0; i < steps; i++) {
      events.addAll(run.step(size, i % 3 == 2));
      if (i % 9 == 8) {
        run.front().forEach(index -> events.add(run.unsimulated(index)));
        run.front().stream().limit(4).forEach(index -> events.add(run.simulated(index)));
      }
    }
    for (int i = 0; i < 30; i++) {
      events.add(
          new EventEnvelope(
              RunEvent.Progress.TYPE,
              run.runId(),
              -1,
              "",
              new RunEvent.Progress(i, 7L * i, 11.5 * (i % 4), 100)));
    }
    events.add(run.header("finished", "budget"));
    return events;
  }

  private static RunView fold(List<EventEnvelope> events) throws EventFormatException {
    RunView view = new RunView("R");
    for (EventEnvelope event : events) {
      view.apply(event);
    }
    return view;
  }

  @Test
  void anyOrderWithAnyRepeatsGivesTheSameView() throws EventFormatException {
    SyntheticRun run = new SyntheticRun("R", SEED, 1000);
    List<EventEnvelope> events = run(run, 60, 13);
    String expected = fold(events).fingerprint();
    for (int trial = 0; trial < 40; trial++) {
      Random random = new Random(SEED + trial);
      List<EventEnvelope> shuffled = new ArrayList<>(events);
      for (int i = 0; i < events.size() / 2; i++) {
        shuffled.add(events.get(random.nextInt(events.size())));
      }
      Collections.shuffle(shuffled, random);
      assertEquals(expected, fold(shuffled).fingerprint(), "seed " + (SEED + trial));
    }
  }

  /** A command that adds a constraint appends a column to the events that follow. */
  @Test
  void eventsWithAppendedConstraintsFoldInAnyOrder() throws EventFormatException {
    List<EventEnvelope> events = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int columns = i < 3 ? 1 : 2;
      double[][] violations = new double[columns][2];
      violations[columns - 1][1] = columns;
      RunEvent.Evaluations batch =
          new RunEvent.Evaluations(
              600L * i, 2, i, 0, new int[][] {{0, 1}}, new double[][] {{1.0, 2.0}}, violations);
      events.add(new EventEnvelope(RunEvent.Evaluations.TYPE, "R", i, "", batch));
    }
    RunView view = fold(events);
    assertEquals(6, view.feasible());
    assertEquals(List.of(3L, 3L), Arrays.stream(view.missed()).boxed().toList());
    assertEquals(List.of(1.0, 0.0), Arrays.stream(view.violations(1)).boxed().toList());
    assertEquals(List.of(0.0, 2.0), Arrays.stream(view.violations(3001)).boxed().toList());
    for (int trial = 0; trial < 10; trial++) {
      Collections.shuffle(events, new Random(SEED + trial));
      assertEquals(view.fingerprint(), fold(events).fingerprint(), "seed " + (SEED + trial));
    }
  }

  /** Efficiency against loss, as a search for fashion-cnn finds them; one end loses nothing. */
  @Test
  void theKneeLiesOnTheAxesThatTheMetricsHave() throws EventFormatException {
    double[][] front = {{0.0997, 0}, {10.3, 0.828}, {5.38, 0.0605}, {2.19, 0.0058}, {0.33, 0.002}};
    List<RunEvent.Axis> axes =
        List.of(
            new RunEvent.Axis("TOPS/W", "energyEfficiency_TOPSperW", "TOPS/W", true),
            new RunEvent.Axis("worst accuracyLoss", "worst.accuracyLoss", "", false));
    RunView view = view(axes, front);
    assertEquals(List.of(MetricAxis.Scale.LOGARITHMIC, MetricAxis.Scale.LINEAR), view.scales());
    assertEquals(3, view.front().get(view.knee().orElseThrow()).index());
    List<RunEvent.Axis> unknown =
        List.of(axes.get(0), new RunEvent.Axis("beauty", "beauty_K", "K", true));
    assertEquals(MetricAxis.Scale.LINEAR, view(unknown, front).scales().get(1));
    assertTrue(view(unknown, front).knee().isEmpty());
    assertTrue(view(null, front).knee().isEmpty());
  }

  private static RunView view(List<RunEvent.Axis> axes, double[][] front)
      throws EventFormatException {
    List<EventEnvelope> events = new ArrayList<>();
    RunEvent.Run old = (RunEvent.Run) new SyntheticRun("R", SEED, 9).header("running", "").event();
    RunEvent.Run header =
        new RunEvent.Run(
            old.state(),
            old.reason(),
            old.version(),
            old.seed(),
            old.budget(),
            old.engine(),
            old.islands(),
            old.spec(),
            old.files(),
            old.knobs(),
            old.objectives(),
            old.constraints(),
            old.name(),
            axes);
    events.add(new EventEnvelope(RunEvent.Run.TYPE, "R", 0, "", header));
    for (int i = 0; i < front.length; i++) {
      RunEvent.Front entered =
          new RunEvent.Front("d" + i, i, "entered", List.of(front[i][0], front[i][1]));
      events.add(new EventEnvelope(RunEvent.Front.TYPE, "R", i + 1, "", entered));
    }
    return fold(events);
  }

  @Test
  void earlierKneesAreThoseOfTheFrontAfterEachRound() throws EventFormatException {
    List<EventEnvelope> events = run(new SyntheticRun("R", SEED, 1000), 40, 13);
    List<KneePoint> expected = new ArrayList<>();
    for (int end = 1; end <= events.size(); end++) {
      if (events.get(end - 1).event() instanceof RunEvent.Round round) {
        RunView then = fold(events.subList(0, end));
        if (then.knee().isPresent()) {
          FrontMember knee = then.front().get(then.knee().getAsInt());
          boolean isNew =
              expected.isEmpty() || expected.get(expected.size() - 1).index() != knee.index();
          if (isNew) {
            expected.add(
                new KneePoint(round.round(), round.evaluated(), knee.index(), knee.values()));
          }
        }
      }
    }
    assertTrue(expected.size() > 3, expected.toString());
    assertEquals(expected, fold(events).knees());
    for (int trial = 0; trial < 5; trial++) {
      Collections.shuffle(events, new Random(SEED + trial));
      assertEquals(expected, fold(events).knees(), "seed " + (SEED + trial));
    }
    assertEquals(List.of(), new RunView("R").knees());
  }

  @Test
  void sharesOfJointDrawsAreThoseOfTheLastState() throws EventFormatException {
    SyntheticRun run = new SyntheticRun("R", SEED, 9);
    RunEvent.Run header = (RunEvent.Run) run.header("running", "").event();
    RunEvent.Draws draws =
        new RunEvent.Draws(
            1000, List.of(2L, 5L), List.of(0.63, 1.0), List.of(0.9, 1.0), null, null);
    // A column that is too short says nothing of what it lacks.
    RunEvent.Draws cut =
        new RunEvent.Draws(1000, List.of(2L, 5L), List.of(0.5), List.of(), null, null);
    List<EventEnvelope> events = new ArrayList<>();
    for (RunEvent.Draws each : new RunEvent.Draws[] {null, cut, draws}) {
      RunEvent.Run state = header.in("finished", "", each);
      events.add(new EventEnvelope(RunEvent.Run.TYPE, "R", events.size(), "", state));
    }
    assertTrue(fold(events.subList(0, 1)).onFront(2).isEmpty());
    assertEquals(OptionalDouble.of(0.5), fold(events.subList(0, 2)).onFront(2));
    assertTrue(fold(events.subList(0, 2)).onFront(5).isEmpty());
    assertEquals(OptionalDouble.of(0.63), fold(events).onFront(2));
    assertTrue(fold(events).onFront(3).isEmpty());
  }

  @Test
  void theFrontIsThatOfAllPairs() throws EventFormatException {
    SyntheticRun run = new SyntheticRun("R", SEED, 1000);
    RunView view = fold(run(run, 60, 13));
    TreeSet<Long> expected = new TreeSet<>();
    for (int i = 0; i < run.evaluated(); i++) {
      double[] a = view.values(i);
      double missed = 0;
      for (double amount : view.violations(i)) {
        missed += amount;
      }
      boolean dominated = Double.isNaN(a[0]) || missed > 0;
      for (int j = 0; j < run.evaluated() && !dominated; j++) {
        double[] b = view.values(j);
        double missedB = 0;
        for (double amount : view.violations(j)) {
          missedB += amount;
        }
        boolean noWorse = missedB == 0 && b[0] >= a[0] && b[1] <= a[1];
        boolean better = b[0] > a[0] || b[1] < a[1] || j < i;
        dominated = j != i && noWorse && better;
      }
      if (!dominated) {
        expected.add((long) i);
      }
    }
    TreeSet<Long> shown = new TreeSet<>();
    view.front().forEach(member -> shown.add(member.index()));
    assertEquals(expected, shown);
    assertTrue(shown.size() >= 5, "a front of " + shown.size());
  }

  /** Details come first without an accuracy, then with it; only members of the front count. */
  @Test
  void repeatedDetailsCarryTheAccuracy() throws EventFormatException {
    SyntheticRun run = new SyntheticRun("R", SEED, 1000);
    List<EventEnvelope> events = new ArrayList<>(run(run, 6, 20));
    RunView view = fold(events);
    assertTrue(view.estimateError().isEmpty());
    long member = run.front().get(0);
    long other = run.front().get(1);
    long outside =
        LongStream.range(0, 120).filter(i -> !run.front().contains(i)).findFirst().orElseThrow();
    assertFalse(view.apply(run.unsimulated(member)).front());
    assertTrue(view.accuracy(member).isEmpty());
    EventEnvelope early = run.unsimulated(other);
    for (long index : new long[] {member, other, outside}) {
      assertTrue(view.apply(run.simulated(index)).front());
    }
    assertFalse(view.apply(early).any(), "older details");
    assertEquals(200, view.accuracy(other).orElseThrow().samples());
    assertEquals(2, view.estimateError().orElseThrow().pairs());
    double off = 0.001 * (member % 5 + other % 5) / 2;
    assertEquals(Metric.AGREEMENT, view.estimateError().orElseThrow().metric());
    assertEquals(off, view.estimateError().orElseThrow().bias(), 1e-12);
  }

  /** More commands than answers are kept; one that was refused excludes nothing. */
  @Test
  void excludedDesignsAreKeptWithTheLimitThatTheirChipsMiss() throws EventFormatException {
    SyntheticRun run = new SyntheticRun("R", SEED, 1000);
    List<EventEnvelope> events = new ArrayList<>(run(run, 6, 20));
    for (long index = 110; index > 0; index--) {
      events.add(run.excluded(index, index == 7 ? null : "agreement >= 96 %"));
    }
    events.add(
        run.answer(
            new RunEvent.Command("c", "exclude", null, null, 119L, null), false, "it is none"));
    List<ExcludedDesign> excluded = fold(events).excluded();
    assertEquals(110, excluded.size());
    assertEquals(1, excluded.get(0).index());
    assertEquals("agreement >= 96 %", excluded.get(0).missed().orElseThrow());
    assertTrue(excluded.get(6).missed().isEmpty());
    Collections.shuffle(events, new Random(SEED));
    assertEquals(excluded, fold(events).excluded());
  }

  @Test
  void countsAreThoseOfTheDesigns() throws EventFormatException {
    SyntheticRun run = new SyntheticRun("R", SEED, 1000);
    RunView view = fold(run(run, 60, 13));
    long[] missed = new long[3];
    long feasible = 0;
    for (int i = 0; i < 780; i++) {
      double[] amounts = view.violations(i);
      boolean met = true;
      for (int k = 0; k < 3; k++) {
        missed[k] += amounts[k] > 0 ? 1 : 0;
        met &= !(amounts[k] > 0);
      }
      feasible += met ? 1 : 0;
    }
    assertEquals(780, view.known());
    assertEquals(feasible, view.feasible());
    assertEquals(missed[1], view.missed()[1]);
    assertEquals(missed[2], view.missed()[2]);
  }

  @Test
  void aMissingBatchMakesTheViewIncomplete() throws EventFormatException {
    List<EventEnvelope> events = run(new SyntheticRun("R", SEED, 1000), 6, 10);
    List<EventEnvelope> without = new ArrayList<>(events);
    without.removeIf(e -> e.event() instanceof RunEvent.Evaluations v && v.first() == 50);
    assertTrue(fold(events).isComplete());
    RunView view = fold(without);
    assertFalse(view.isComplete());
    assertEquals(50, view.known());
    assertEquals(60, view.evaluated());
  }

  @Test
  void columnsThatDoNotFitAreRefusedAndLeaveTheViewAsItWas() throws EventFormatException {
    RunView view = fold(run(new SyntheticRun("R", SEED, 1000), 6, 10));
    String before = view.fingerprint();
    RunEvent.Evaluations bad =
        new RunEvent.Evaluations(60, 2, 0, 0, new int[22][2], new double[2][1], new double[3][2]);
    EventEnvelope envelope = new EventEnvelope(RunEvent.Evaluations.TYPE, "R", 99, "", bad);
    assertThrows(EventFormatException.class, () -> view.apply(envelope));
    assertEquals(before, view.fingerprint());
  }

  @Test
  void aDesignThatLeavesBeforeItsEntryIsReadStaysAway() throws EventFormatException {
    RunView view = new RunView("R");
    view.apply(envelope(5, new RunEvent.Front("k3v7", -1, "left", List.of())));
    view.apply(envelope(3, new RunEvent.Front("k3v7", 2, "entered", List.of(1.0, 2.0))));
    assertTrue(view.front().isEmpty());
    view.apply(envelope(8, new RunEvent.Front("k3v7", 2, "entered", List.of(1.0, 2.0))));
    assertEquals(List.of(new FrontMember("k3v7", 2, List.of(1.0, 2.0))), view.front());
  }

  /** A resumed run repeats numbers of what it cut off, in a later era. */
  @Test
  void theLaterEraCountsWhateverItsNumbersAndInAnyOrder() throws EventFormatException {
    SyntheticRun run = new SyntheticRun("R", SEED, 1000);
    RunEvent stopped = run.header("stopped", "").event();
    RunEvent resumed = run.header("running", "resumed after 16 designs").event();
    List<EventEnvelope> events =
        List.of(
            new EventEnvelope(RunEvent.Run.TYPE, "R", 0, 90, "", stopped),
            new EventEnvelope(RunEvent.Run.TYPE, "R", 1, 40, "", resumed),
            inEra(0, 80, "entered"),
            inEra(1, 41, "left"));
    List<EventEnvelope> backwards = new ArrayList<>(events);
    Collections.reverse(backwards);
    for (List<EventEnvelope> order : List.of(events, backwards)) {
      RunView view = fold(order);
      assertEquals("running", view.header().orElseThrow().state());
      assertTrue(view.front().isEmpty());
    }
    assertEquals(fold(events).fingerprint(), fold(backwards).fingerprint());
  }

  private static EventEnvelope inEra(int era, long seq, String change) {
    RunEvent.Front front = new RunEvent.Front("k3v7", 2, change, List.of(1.0, 2.0));
    return new EventEnvelope(RunEvent.Front.TYPE, "R", era, seq, "", front);
  }

  private static EventEnvelope envelope(long seq, RunEvent.Front front) {
    return new EventEnvelope(RunEvent.Front.TYPE, "R", seq, "", front);
  }
}
