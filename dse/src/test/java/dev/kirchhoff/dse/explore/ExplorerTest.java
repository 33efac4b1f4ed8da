package dev.kirchhoff.dse.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.engine.Engine;
import dev.kirchhoff.dse.engine.Engines;
import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.front.ReferenceBox;
import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import dev.kirchhoff.dse.steer.RecordedCommands;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplorerTest {
  private static final Clock STILL = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private static ExploreResult run(
      Problem problem,
      String engine,
      long seed,
      long budget,
      int islands,
      int threads,
      RunSink sink) {
    ExploreSettings settings =
        new ExploreSettings(
            Engines.named(engine), seed, budget, islands, threads, Optional.empty());
    return new Explorer(problem, settings, sink, STILL).run();
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "exhaustive", "pareto-local-search", "optaplanner"})
  void sameSeedSameEventsOnAnyNumberOfThreads(String engine) {
    for (int islands = 1; islands <= 3; islands++) {
      RecordedRun one = new RecordedRun();
      RecordedRun two = new RecordedRun();
      run(new ToyChip(2), engine, 5, 900, islands, 1, one);
      run(new ToyChip(2), engine, 5, 900, islands, 2, two);
      assertEquals(one.lines, two.lines, engine + " with " + islands + " islands");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "pareto-local-search", "optaplanner"})
  void anotherSeedGivesOtherDesigns(String engine) {
    RecordedRun one = new RecordedRun();
    RecordedRun two = new RecordedRun();
    run(new ToyChip(2), engine, 5, 200, 1, 1, one);
    run(new ToyChip(2), engine, 6, 200, 1, 1, two);
    assertFalse(one.lines.equals(two.lines));
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "exhaustive", "pareto-local-search", "optaplanner"})
  void theBudgetIsUsedUpExactlyInUniqueDesigns(String engine) {
    for (long budget : new long[] {1, 15, 16, 17, 100, 777}) {
      RecordedRun log = new RecordedRun();
      ExploreResult result = run(new ToyChip(2), engine, 1, budget, 3, 1, log);
      assertEquals(budget, result.counts().evaluated());
      assertEquals(ExploreResult.End.BUDGET, result.reason());
      assertEquals(budget, uniqueDesigns(log));
    }
  }

  private static long uniqueDesigns(RecordedRun log) {
    Set<DesignPoint> designs = new HashSet<>();
    long next = 0;
    for (RunEvent event : log.events) {
      if (event instanceof RunEvent.Evaluations batch) {
        assertEquals(next, batch.first());
        assertTrue(batch.count() <= 1_024);
        next += batch.count();
        for (int j = 0; j < batch.count(); j++) {
          int[] design = new int[batch.knobs().length];
          for (int k = 0; k < design.length; k++) {
            design[k] = batch.knobs()[k][j];
          }
          assertTrue(designs.add(new DesignPoint(design)), "a design was counted twice");
        }
      }
    }
    return designs.size();
  }

  @Test
  void withOneIslandTheModelIsNeverAskedBeyondTheBudget() {
    for (String engine : Engines.names()) {
      AtomicLong calls = new AtomicLong();
      Problem counted = counted(new ToyChip(2), calls);
      run(counted, engine, 3, 500, 1, 1, new RecordedRun());
      assertEquals(500, calls.get(), engine);
    }
  }

  private static Problem counted(Problem problem, AtomicLong calls) {
    return Given.like(
        problem,
        () -> {
          Session session = problem.newSession();
          return (ordinals, objectives, violations, relative) -> {
            calls.incrementAndGet();
            if (!session.prune(ordinals, violations, relative)) {
              session.evaluate(ordinals, objectives, violations, relative);
            } else {
              Arrays.fill(objectives, Double.NaN);
            }
          };
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "exhaustive", "pareto-local-search", "optaplanner"})
  void theBudgetThatATimeLimitedRunNamesRepeatsIt(String engine) {
    RecordedRun timed = new RecordedRun();
    ExploreSettings settings =
        new ExploreSettings(
            Engines.named(engine), 9, 1_000_000, 3, 1, Optional.of(Duration.ofMillis(10)));
    ExploreResult result =
        new Explorer(new ToyChip(2), settings, timed, new Driven(new AtomicLong()::getAndIncrement))
            .run();
    assertEquals(ExploreResult.End.TIME, result.reason());
    RecordedRun repeated = new RecordedRun();
    ExploreResult again = run(new ToyChip(2), engine, 9, result.repeatBudget(), 3, 1, repeated);
    assertEquals(evaluations(timed), evaluations(repeated));
    assertEquals(result.front(), again.front());
    assertEquals(result.hypervolume(), again.hypervolume());
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "pareto-local-search", "optaplanner"})
  void theEndOfTheTimeEndsTheRoundInHand(String engine) {
    // A design takes a millisecond. Round 0 has 16, round 1 up to 32 of each of the 3 islands.
    for (int time : new int[] {1, 5, 16, 20, 16 + 32 + 5, 16 + 64 + 5, 300}) {
      AtomicLong calls = new AtomicLong();
      Clock clock = new Driven(calls::get);
      ExploreSettings settings =
          new ExploreSettings(
              Engines.named(engine), 9, 100_000, 3, 1, Optional.of(Duration.ofMillis(time)));
      RecordedRun timed = new RecordedRun();
      ExploreResult result =
          new Explorer(counted(new ToyChip(2), calls), settings, timed, clock).run();
      assertEquals(ExploreResult.End.TIME, result.reason());
      // The two islands behind the one that is cut begin before they look at the clock.
      assertTrue(calls.get() >= time && calls.get() <= time + 2, time + ": " + calls.get());
      assertTrue(result.repeatBudget() <= time);

      RecordedRun budgeted = new RecordedRun();
      ExploreResult again = run(new ToyChip(2), engine, 9, result.repeatBudget(), 3, 1, budgeted);
      assertEquals(evaluations(timed), evaluations(budgeted), "time " + time);
      assertEquals(result.front(), again.front());
      assertEquals(result.hypervolume(), again.hypervolume());

      RecordedCommands recorded = new RecordedCommands();
      timed.events.forEach(recorded::add);
      RecordedRun repeated = new RecordedRun();
      new Explorer(
              Steering.none(SearchTerms.of(new ToyChip(2), result.repeatBudget())),
              recorded,
              new ExploreSettings(Engines.named(engine), 9, 100_000, 3, 1, Optional.empty()),
              repeated,
              STILL)
          .run();
      assertEquals(timed.lines, repeated.lines);
    }
  }

  @Test
  void theEventOfARoundThatTheTimeEndedSaysWhereEachIslandStopped() {
    for (int[] expected :
        new int[][] {{5, 5, -1, -1}, {16 + 4, 4, 0, 0}, {16 + 32 + 5, -1, 5, 0}}) {
      AtomicLong calls = new AtomicLong();
      Clock clock = new Driven(calls::get);
      RecordedRun log = new RecordedRun();
      ExploreSettings settings =
          new ExploreSettings(
              Engines.named("random"),
              9,
              100_000,
              3,
              1,
              Optional.of(Duration.ofMillis(expected[0])));
      new Explorer(counted(new ToyChip(2), calls), settings, log, clock).run();
      RunEvent.Round last = (RunEvent.Round) log.events.get(log.events.size() - 1);
      assertEquals(List.of(expected[1], expected[2], expected[3]), last.cut());
    }
  }

  private static List<String> evaluations(RecordedRun log) {
    return log.lines.stream().filter(line -> line.startsWith("evaluations")).toList();
  }

  /** A clock whose milliseconds come from elsewhere. */
  private static final class Driven extends Clock {
    private final LongSupplier millis;

    Driven(LongSupplier millis) {
      this.millis = millis;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis.getAsLong());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "exhaustive", "pareto-local-search", "optaplanner"})
  void aRunReadAgainFromItsLogGoesOnAsIfNeverInterrupted(String engine) throws Exception {
    for (int cut : new int[] {1, 2, 5}) {
      RecordedRun whole = new RecordedRun();
      ExploreResult expected = run(new ToyChip(2), engine, 4, 1_000, 2, 1, whole);
      RecordedRun rest = new RecordedRun();
      Explorer resumed =
          new Explorer(
              new ToyChip(2),
              new ExploreSettings(Engines.named(engine), 4, 1_000, 2, 1, Optional.empty()),
              rest,
              STILL);
      int rounds = 0;
      int replayed = 0;
      for (RunEvent written : whole.events) {
        if (rounds < cut) {
          replayed++;
          RunEvent event = throughTheLog(written);
          if (event instanceof RunEvent.Evaluations batch) {
            resumed.replay(batch);
          } else if (event instanceof RunEvent.Round end) {
            resumed.replay(end);
            rounds++;
          }
        }
      }
      ExploreResult result = resumed.run();
      assertEquals(whole.lines.subList(replayed, whole.lines.size()), rest.lines);
      assertEquals(expected, result);
    }
  }

  private static RunEvent throughTheLog(RunEvent event) throws EventFormatException {
    EventEnvelope envelope =
        new EventEnvelope(EventJson.typeOf(event), "run", 1, "2026-11-24T23:12:35.120Z", event);
    return EventJson.parse(EventJson.line(envelope)).event();
  }

  @Test
  void theFrontEventsFoldToTheFront() {
    RecordedRun log = new RecordedRun();
    ExploreResult result = run(new ToyChip(3), "pareto-local-search", 4, 2_000, 2, 2, log);
    Set<Long> front = new HashSet<>();
    int seen = 0;
    for (RunEvent event : log.events) {
      if (event instanceof RunEvent.Front change) {
        assertTrue(
            change.change().equals("entered")
                ? front.add(change.index())
                : front.remove(change.index()));
      } else if (event instanceof RunEvent.Round end) {
        assertEquals(front.size(), end.front());
        seen++;
      }
    }
    assertEquals(seen, result.rounds());
    Set<Long> members = new HashSet<>();
    result.front().forEach(member -> members.add(member.index()));
    assertEquals(members, front);
  }

  @Test
  void theFrontAndItsVolumeAreThoseOfAllEvaluations() {
    ToyChip problem = new ToyChip(3);
    RecordedRun log = new RecordedRun();
    ExploreResult result = run(problem, "random", 2, 3_000, 2, 1, log);
    Archive archive = new Archive(3);
    List<double[]> first = new java.util.ArrayList<>();
    long feasible = 0;
    for (RunEvent event : log.events) {
      if (event instanceof RunEvent.Evaluations batch) {
        for (int j = 0; j < batch.count(); j++) {
          double[] values = new double[3];
          boolean met = true;
          for (int m = 0; m < 3; m++) {
            Double value = batch.values()[m][j];
            met &= value != null;
            values[m] = value == null ? Double.NaN : value;
          }
          for (double[] amounts : batch.violations()) {
            met &= amounts[j] == 0;
          }
          if (batch.round() == 0) {
            first.add(values);
          }
          if (met) {
            feasible++;
            archive.offer(batch.first() + j, new double[] {-values[0], values[1], values[2]});
          }
        }
      }
    }
    assertEquals(feasible, result.counts().feasible());
    assertEquals(
        archive.members().stream().map(Archive.Member::index).toList(),
        result.front().stream().map(ExploreResult.FrontMember::index).toList());
    ReferenceBox box = ReferenceBox.around(problem.objectives(), first).orElseThrow();
    double[][] placed =
        result.front().stream()
            .map(member -> box.place(member.values().stream().mapToDouble(v -> v).toArray()))
            .toArray(double[][]::new);
    assertEquals(box.volume(placed), result.hypervolume(), 1e-9);
    assertTrue(result.hypervolume() > 0 && result.hypervolume() < 1);
  }

  @Test
  void aSmallSpaceIsFinished() {
    Problem tiny = tiny();
    for (String engine : Engines.names()) {
      ExploreResult result = run(tiny, engine, 1, 1_000_000, 2, 2, new RecordedRun());
      assertEquals(ExploreResult.End.EXHAUSTED, result.reason(), engine);
      assertEquals(600, result.counts().evaluated(), engine);
      assertEquals(600, result.counts().feasible() + result.valueless(), engine);
    }
  }

  private static Problem tiny() {
    DesignSpace space =
        new DesignSpace(
            List.of(
                Knob.always("a", ToyChip.range(1, 20), 3),
                Knob.always("b", ToyChip.range(1, 30), 3)));
    return new Given(
        space,
        List.of(new Objective(Metric.AREA, false), new Objective(Metric.TOPS, true)),
        List.of(),
        () ->
            (ordinals, objectives, violations, relative) -> {
              objectives[0] = 1 + ordinals[0] + 0.1 * ordinals[1];
              objectives[1] = ordinals[0] == 7 ? Double.NaN : 1.0 + ordinals[0] + ordinals[1];
            });
  }

  @Test
  void aStopIsHonouredBeforeTheNextDesignAndTheRoundIsVoid() {
    ToyChip toy = new ToyChip(2);
    AtomicLong calls = new AtomicLong();
    Explorer[] explorer = new Explorer[1];
    Problem problem =
        Given.like(
            toy,
            () -> {
              Session session = toy.newSession();
              return (ordinals, objectives, violations, relative) -> {
                if (calls.incrementAndGet() == 100) {
                  explorer[0].requestStop();
                }
                session.evaluate(ordinals, objectives, violations, relative);
              };
            });
    RecordedRun log = new RecordedRun();
    for (String engine : Engines.names()) {
      calls.set(0);
      explorer[0] =
          new Explorer(
              problem,
              new ExploreSettings(Engines.named(engine), 1, 5_000, 1, 1, Optional.empty()),
              log,
              STILL);
      ExploreResult result = explorer[0].run();
      assertEquals(ExploreResult.End.STOPPED, result.reason(), engine);
      assertEquals(100, calls.get(), engine);
      assertTrue(result.counts().evaluated() <= 100, engine);
      assertTrue(log.events.get(log.events.size() - 1) instanceof RunEvent.Round, engine);
    }
  }

  @Test
  void aModelThatFailsFailsTheRun() {
    ToyChip toy = new ToyChip(2);
    Engine engine = Engines.named("random");
    Problem failing =
        Given.like(
            toy,
            () ->
                (ordinals, objectives, violations, relative) -> {
                  objectives[0] = 1;
                  objectives[1] = Double.POSITIVE_INFINITY;
                });
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class,
            () ->
                new Explorer(
                        failing,
                        new ExploreSettings(engine, 1, 100, 2, 2, Optional.empty()),
                        new RecordedRun(),
                        STILL)
                    .run());
    assertTrue(failure.getMessage().contains("infinite"), failure.getMessage());
  }

  /** A problem whose sessions a test gives. */
  private record Given(
      DesignSpace space,
      List<Objective> objectives,
      List<String> constraints,
      Supplier<Session> sessions)
      implements Problem {
    static Given like(Problem problem, Supplier<Session> sessions) {
      return new Given(problem.space(), problem.objectives(), problem.constraints(), sessions);
    }

    @Override
    public Session newSession() {
      return sessions.get();
    }
  }
}
