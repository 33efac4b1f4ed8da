package dev.kirchhoff.dse.steer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.engine.Engines;
import dev.kirchhoff.dse.explore.Commands;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.explore.Explorer;
import dev.kirchhoff.dse.explore.RunSink;
import dev.kirchhoff.dse.explore.SearchTerms;
import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.space.Session;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches that commands change while they run, on the models and with every engine. */
class SteeredSearchTest {
  private static final Clock STILL = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final long BUDGET = 900;

  private static DesignSpec spec;

  @BeforeAll
  static void load() throws Exception {
    spec =
        DesignSpec.load(
            "../examples/bench/vgg8-pcm.yaml",
            List.of(),
            List.of(),
            SpecEnvironment.of(new FileSources()));
  }

  /** Events of a run, as the log would have them. */
  private static final class Recording implements RunSink {
    final List<RunEvent> events = new ArrayList<>();
    final List<String> states = new ArrayList<>();
    SearchTerms terms;

    @Override
    public void evaluations(RunEvent.Evaluations event) {
      events.add(event);
    }

    @Override
    public void front(RunEvent.Front event) {
      events.add(event);
    }

    @Override
    public void round(RunEvent.Round event) {
      events.add(event);
    }

    @Override
    public void ack(RunEvent.Ack event) {
      events.add(event);
    }

    @Override
    public void steered(String command, boolean paused, SearchTerms now) {
      states.add(command + (paused ? " paused" : " running"));
      terms = now;
    }

    @Override
    public String designId(int[] ordinals) {
      return Arrays.toString(ordinals);
    }

    List<RunEvent.Ack> acks() {
      return events.stream()
          .filter(RunEvent.Ack.class::isInstance)
          .map(e -> (RunEvent.Ack) e)
          .toList();
    }

    /** Text of the search's events, without answers to commands. */
    List<String> search(int from) {
      return events.subList(from, events.size()).stream()
          .filter(event -> !(event instanceof RunEvent.Ack))
          .map(SteeredSearchTest::text)
          .toList();
    }
  }

  private static String text(RunEvent event) {
    return EventJson.line(new EventEnvelope(EventJson.typeOf(event), "run", 1, "", event));
  }

  /** Commands that come when the models have been asked so many times. */
  private static final class Script implements Commands {
    private record Entry(long after, RunEvent.Command command) {}

    private final List<Entry> entries = new ArrayList<>();
    private final AtomicLong asked = new AtomicLong();

    Script at(long after, RunEvent.Command command) {
      entries.add(new Entry(after, command));
      return this;
    }

    @Override
    public synchronized boolean isWaiting() {
      return !entries.isEmpty() && asked.incrementAndGet() >= entries.get(0).after;
    }

    @Override
    public synchronized List<RunEvent.Command> take(int rounds) {
      List<RunEvent.Command> taken = new ArrayList<>();
      while (!entries.isEmpty() && asked.get() >= entries.get(0).after) {
        taken.add(entries.remove(0).command);
      }
      return taken;
    }

    @Override
    public synchronized boolean await() {
      asked.set(entries.isEmpty() ? asked.get() : entries.get(0).after);
      return !entries.isEmpty();
    }
  }

  private static RunEvent.Command command(int id, String kind, String constraint) {
    return new RunEvent.Command("c-" + id, kind, constraint);
  }

  private static RunEvent.Command knobs(int id, String kind, Map<String, String> knobs) {
    return new RunEvent.Command("c-" + id, kind, null, knobs, null, null);
  }

  private static RunEvent.Command exclude(int id, long index) {
    return new RunEvent.Command("c-" + id, "exclude", null, null, index, null);
  }

  private static Script everyCommand() {
    return new Script()
        .at(90, command(1, "constrain", "area <= 120 mm2"))
        .at(150, knobs(2, "pin", Map.of("pe.readout.bits", "6")))
        .at(200, command(3, "constrain", "latency <= 4 ms"))
        .at(220, exclude(12, 0))
        .at(240, command(4, "constrain", "cell.bits <= 2"))
        .at(300, command(5, "pause", null))
        .at(301, knobs(6, "inject", Map.of("cell.bits", "3", "side", "64", "pe.perTile", "4")))
        .at(302, command(7, "resume", null))
        .at(380, command(8, "release", "cell.bits"))
        .at(450, command(9, "release", "latency"))
        .at(500, new RunEvent.Command("c-10", "budget", null, null, null, BUDGET - 100))
        .at(560, knobs(11, "free", Map.of("pe.readout.bits", "")));
  }

  private static Explorer explorer(String engine, Commands commands, RunSink sink) {
    ExploreSettings settings =
        new ExploreSettings(Engines.named(engine), 3, BUDGET, 2, 2, Optional.empty());
    return new Explorer(SpecSteering.begin(spec, BUDGET), commands, settings, sink, STILL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"optaplanner", "pareto-local-search", "random", "exhaustive"})
  void sameCommandsAfterTheSameRoundsGiveTheSameBits(String engine) {
    Recording live = new Recording();
    ExploreResult expected = explorer(engine, everyCommand(), live).run();
    assertEquals(12, live.acks().size());
    live.acks().forEach(ack -> assertTrue(ack.accepted(), ack.toString()));
    RecordedCommands recorded = new RecordedCommands();
    live.events.forEach(recorded::add);
    Recording again = new Recording();
    assertEquals(expected, explorer(engine, recorded, again).run());
    assertSame(live.search(0), again.search(0), engine);
    assertEquals(live.terms.columns(), again.terms.columns());
  }

  @ParameterizedTest
  @ValueSource(strings = {"optaplanner", "exhaustive"})
  @Tag("slow")
  void aSteeredRunReadAgainUpToAnyAnswerGoesOnAsItDid(String engine) throws Exception {
    Recording live = new Recording();
    ExploreResult expected = explorer(engine, everyCommand(), live).run();
    for (int end = 0; end < live.events.size(); end++) {
      RunEvent last = live.events.get(end);
      boolean isPlace =
          last instanceof RunEvent.Ack
              || last instanceof RunEvent.Round round && round.round() % 7 == 3;
      if (!isPlace) {
        continue;
      }
      RecordedCommands rest = new RecordedCommands();
      live.events.forEach(rest::add);
      Recording resumed = new Recording();
      Explorer explorer = explorer(engine, rest, resumed);
      int done = 0;
      for (RunEvent event : live.events.subList(0, end + 1)) {
        RunEvent read = EventJson.parse(text(event)).event();
        if (read instanceof RunEvent.Evaluations evaluations) {
          explorer.replay(evaluations);
        } else if (read instanceof RunEvent.Round round) {
          explorer.replay(round);
        } else if (read instanceof RunEvent.Ack ack) {
          explorer.replay(ack);
          done++;
        }
      }
      assertEquals(expected, explorer.run(), "after " + done + " answers");
      assertSame(live.search(end + 1), resumed.search(0), "after " + done + " answers");
    }
  }

  private static void assertSame(List<String> expected, List<String> actual, String message) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      assertEquals(expected.get(i), actual.get(i), message + ", event " + i);
    }
    assertEquals(expected.size(), actual.size(), message);
  }

  /** The front at the end is that of all evaluations under the last constraints. */
  @Test
  void changedLimitsJudgeEveryDesignAsIfTheyHadHeldFromTheStart() throws Exception {
    Script script =
        new Script()
            .at(60, command(1, "constrain", "cell.bits <= 1"))
            .at(200, command(2, "constrain", "area <= 150 mm2"))
            .at(300, command(3, "release", "cell.bits"))
            .at(400, command(4, "constrain", "latency <= 3 ms"))
            .at(500, command(5, "constrain", "area <= 250 mm2"));
    Recording live = new Recording();
    Explorer explorer = explorer("pareto-local-search", script, live);
    ExploreResult result = explorer.run();
    assertEquals(5, live.acks().size());
    assertEquals(BUDGET, result.counts().evaluated());
    DesignSpec last = ((SpecSteering) explorer.steering()).spec();
    assertEquals(
        List.of("snr >= 12 dB", "latency <= 3 ms", "area <= 250 mm2"),
        last.conditions().stream().map(Object::toString).toList());
    SpecProblemSpace problem = new SpecProblemSpace(last);
    Session session = problem.newSession();
    Archive archive = new Archive(2);
    double[] values = new double[2];
    double[] violations = new double[problem.constraints().size()];
    double[] relative = violations.clone();
    long feasible = 0;
    for (RunEvent event : live.events) {
      if (event instanceof RunEvent.Evaluations batch) {
        for (int j = 0; j < batch.count(); j++) {
          int[] design = new int[batch.knobs().length];
          for (int k = 0; k < design.length; k++) {
            design[k] = batch.knobs()[k][j];
          }
          if (IslandEvaluator.compute(session, design, values, violations, relative) == 0) {
            feasible++;
            double[] point = {
              problem.objectives().get(0).minimised(values[0]),
              problem.objectives().get(1).minimised(values[1])
            };
            archive.offer(batch.first() + j, point);
          }
        }
      }
    }
    assertTrue(feasible > 10, "feasible: " + feasible);
    assertEquals(feasible, result.counts().feasible());
    assertEquals(
        archive.members().stream().map(Archive.Member::index).toList(),
        result.front().stream().map(ExploreResult.FrontMember::index).toList());
    // The net changes of the front, folded, are the front too.
    TreeSet<Long> folded = new TreeSet<>();
    for (RunEvent event : live.events) {
      if (event instanceof RunEvent.Front change) {
        assertTrue(
            change.change().equals("entered")
                ? folded.add(change.index())
                : folded.remove(change.index()));
      }
    }
    assertEquals(
        result.front().stream().map(ExploreResult.FrontMember::index).toList(),
        List.copyOf(folded));
    assertEquals(List.of("snr >= 12 dB", "latency <= 3 ms"), live.terms.columns().subList(0, 2));
    assertEquals(
        List.of("removed: cell.bits <= 1", "area <= 250 mm2"),
        live.terms.columns().subList(live.terms.columns().size() - 2, live.terms.columns().size()));
  }

  /** Four objectives, whose volume grows by what each member adds: it does not stay. */
  @Test
  void aLimitThatNoDesignMeetsLeavesNoFrontAndNoVolume() throws Exception {
    DesignSpec four =
        DesignSpec.load(
            "../examples/bench/vgg8-pcm.yaml",
            List.of(Setting.parse("objectives.minimise=[area, latency, energy]")),
            List.of(),
            SpecEnvironment.of(new FileSources()));
    assertEquals(4, new SpecProblemSpace(four).objectives().size());
    Script script = new Script().at(300, command(1, "constrain", "area <= 0.001 mm2"));
    Recording live = new Recording();
    ExploreSettings settings =
        new ExploreSettings(Engines.named("random"), 3, BUDGET, 2, 2, Optional.empty());
    ExploreResult result =
        new Explorer(SpecSteering.begin(four, BUDGET), script, settings, live, STILL).run();
    int change = live.events.indexOf(live.acks().get(0));
    double before = 0;
    double after = 0;
    for (RunEvent event : live.events) {
      if (event instanceof RunEvent.Round round) {
        boolean isBefore = live.events.indexOf(event) < change;
        before = isBefore ? Math.max(before, round.hypervolume()) : before;
        after = isBefore ? after : Math.max(after, round.hypervolume());
      }
    }
    assertTrue(before > 0, "a volume before the limit");
    assertEquals(0, after);
    assertEquals(0, result.hypervolume());
    assertEquals(List.of(), result.front());
  }

  @ParameterizedTest
  @ValueSource(strings = {"optaplanner", "pareto-local-search", "random", "exhaustive"})
  void newDesignsHaveThePinnedValueUntilTheKnobIsFree(String engine) {
    int bits = spec.knobs().stream().map(knob -> knob.path()).toList().indexOf("cell.bits");
    Script script =
        new Script()
            .at(100, knobs(1, "pin", Map.of("cell.bits", "1")))
            .at(400, knobs(2, "free", Map.of("cell.bits", "")));
    Recording live = new Recording();
    explorer(engine, script, live).run();
    long pinned = live.acks().get(0).atIndex();
    long free = live.acks().get(1).atIndex();
    boolean others = false;
    for (RunEvent event : live.events) {
      if (event instanceof RunEvent.Evaluations batch) {
        for (int j = 0; j < batch.count(); j++) {
          long index = batch.first() + j;
          if (index >= pinned && index < free) {
            assertEquals(0, batch.knobs()[bits][j], "design " + index);
          } else {
            others |= batch.knobs()[bits][j] != 0;
          }
        }
      }
    }
    assertTrue(free > pinned + 100, pinned + " to " + free);
    assertTrue(others);
  }

  @Test
  void anInjectedDesignIsEvaluatedInTheNextRound() {
    Script script =
        new Script().at(100, knobs(1, "inject", Map.of("side", "64", "cell.bits", "3")));
    Recording live = new Recording();
    explorer("random", script, live).run();
    RunEvent.Ack ack = live.acks().get(0);
    int at = live.events.indexOf(ack);
    RunEvent.Evaluations next = (RunEvent.Evaluations) live.events.get(at + 1);
    assertEquals(ack.atIndex(), next.first());
    assertEquals(1, next.count());
    List<String> paths = spec.knobs().stream().map(knob -> knob.path()).toList();
    assertEquals(0, next.knobs()[paths.indexOf("side")][0]);
    assertEquals(2, next.knobs()[paths.indexOf("cell.bits")][0]);
  }

  /** The front without some designs is that of all others, whatever was said before and after. */
  @Test
  void excludedDesignsLeaveTheFrontToThoseThatTheyDominated() {
    Script script = new Script().at(20, command(1, "constrain", "latency <= 4 ms"));
    Recording live = new Recording();
    Explorer explorer = explorer("random", script, live);
    Set<Long> excluded = new HashSet<>();
    for (ExploreResult.FrontMember member : explorer.run().front()) {
      excluded.add(member.index());
      script.at(0, exclude((int) (10 + member.index()), member.index()));
    }
    script.at(0, command(2, "release", "latency"));
    ExploreResult result = explorer.run();
    live.acks().forEach(ack -> assertTrue(ack.accepted(), ack.reason()));
    assertEquals(excluded.size() + 2, live.acks().size());
    Archive others = new Archive(2);
    for (RunEvent event : live.events) {
      if (event instanceof RunEvent.Evaluations batch) {
        for (int j = 0; j < batch.count(); j++) {
          long index = batch.first() + j;
          if (!excluded.contains(index) && meetsSpec(batch, j)) {
            others.offer(index, new double[] {-batch.values()[0][j], batch.values()[1][j]});
          }
        }
      }
    }
    assertFalse(result.front().isEmpty());
    assertEquals(
        others.members().stream().map(Archive.Member::index).toList(),
        result.front().stream().map(ExploreResult.FrontMember::index).toList());
  }

  private static boolean meetsSpec(RunEvent.Evaluations batch, int design) {
    Session session = new SpecProblemSpace(spec).newSession();
    int[] ordinals = new int[batch.knobs().length];
    for (int k = 0; k < ordinals.length; k++) {
      ordinals[k] = batch.knobs()[k][design];
    }
    double[] violations = new double[new SpecProblemSpace(spec).constraints().size()];
    session.evaluate(ordinals, new double[2], violations, new double[violations.length]);
    return Arrays.stream(violations).allMatch(miss -> miss == 0);
  }

  @Test
  void aPauseEvaluatesNothingAndAStopKeepsTheResult() {
    Script script =
        new Script()
            .at(100, command(1, "pause", null))
            .at(101, command(2, "constrain", "area <= 200 mm2"))
            .at(102, command(3, "resume", null))
            .at(200, command(4, "stop", null));
    Recording live = new Recording();
    ExploreResult result = explorer("random", script, live).run();
    assertEquals(ExploreResult.End.STOPPED, result.reason());
    List<RunEvent.Ack> acks = live.acks();
    assertEquals(acks.get(0).atIndex(), acks.get(2).atIndex());
    assertEquals(List.of("c-1 paused", "c-2 paused", "c-3 running"), live.states);
    assertTrue(acks.get(3).atIndex() > acks.get(2).atIndex());
    assertEquals(acks.get(3).atIndex(), result.counts().evaluated());
  }

  @Test
  void theBudgetGrowsAndShrinksButNotBelowWhatIsEvaluated() {
    Script script =
        new Script()
            .at(100, new RunEvent.Command("c-1", "budget", null, null, null, 50L))
            .at(150, new RunEvent.Command("c-2", "budget", null, null, null, 333L));
    Recording live = new Recording();
    ExploreResult result = explorer("random", script, live).run();
    assertEquals(333, result.counts().evaluated());
    assertFalse(live.acks().get(0).accepted());
    assertTrue(live.acks().get(0).reason().contains("evaluated already"));
  }

  @Test
  void commandsThatCannotBeAppliedAreRefusedWithTheReason() {
    refused("'frob' is no command", command(1, "frob", null));
    refused("did you mean area?", command(1, "constrain", "areaa <= 4 mm2"));
    refused("cannot be compared with", command(1, "constrain", "area <= 4 dB"));
    refused("is missing", command(1, "constrain", null));
    refused("holds already", command(1, "constrain", "snr>=12 dB"));
    refused("nothing limits area; there are snr, latency", command(1, "release", "area"));
    refused("did you mean cell.bits?", knobs(1, "pin", Map.of("cell.bitz", "1")));
    refused("it has 1, 2, 3", knobs(1, "pin", Map.of("cell.bits", "9")));
    refused("the knob is free", knobs(1, "free", Map.of("cell.bits", "")));
    refused("is missing", knobs(1, "pin", Map.of()));
    refused("is not paused", command(1, "resume", null));
    refused("that is design #0", knobs(1, "inject", Map.of()));
    refused(
        "there is no design #5000000",
        new RunEvent.Command("c-1", "inject", null, null, 5_000_000L, null));
    refused("there is no design #5000000", exclude(1, 5_000_000));
    refused("the design is missing", command(1, "exclude", null));
    refused("must be 1..", new RunEvent.Command("c-1", "budget", null, null, null, 0L));
  }

  private static void refused(String reason, RunEvent.Command command) {
    Recording live = new Recording();
    ExploreResult result = explorer("random", new Script().at(50, command), live).run();
    assertEquals(1, live.acks().size());
    RunEvent.Ack ack = live.acks().get(0);
    assertFalse(ack.accepted(), command.toString());
    assertTrue(ack.reason().contains(reason), ack.reason());
    assertEquals(BUDGET, result.counts().evaluated());
  }

  @Test
  void aCommandThatComesTwiceIsAppliedOnce() {
    Script script =
        new Script()
            .at(100, command(1, "constrain", "area <= 200 mm2"))
            .at(200, command(1, "constrain", "area <= 200 mm2"));
    Recording live = new Recording();
    explorer("random", script, live).run();
    assertEquals(1, live.acks().size());
  }

  @Test
  void anAnswerOutOfItsPlaceIsRefusedInAReplay() throws EventFormatException {
    Recording live = new Recording();
    explorer("random", new Script().at(100, command(1, "constrain", "area <= 200 mm2")), live)
        .run();
    Explorer fresh = explorer("random", Commands.NONE, new Recording());
    RunEvent.Ack ack = (RunEvent.Ack) EventJson.parse(text(live.acks().get(0))).event();
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> fresh.replay(ack));
    assertTrue(e.getMessage().contains("applies after " + ack.atIndex() + " designs"));
  }
}
