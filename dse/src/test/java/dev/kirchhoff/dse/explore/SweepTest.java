package dev.kirchhoff.dse.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.engine.Engine;
import dev.kirchhoff.dse.engine.Engines;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SweepTest {

  /** Twelve thousand designs, some without a value, a constraint whose slack is known. */
  private static final class Grid implements Problem {
    private final DesignSpace space =
        new DesignSpace(
            List.of(
                Knob.always("kind", List.of("p", "q"), 0),
                Knob.under(0, List.of(0), "kind.a", ToyChip.range(1, 40), 0),
                Knob.always("b", ToyChip.range(1, 50), 0),
                Knob.always("c", ToyChip.range(1, 6), 0)));

    @Override
    public DesignSpace space() {
      return space;
    }

    @Override
    public List<Objective> objectives() {
      return List.of(
          new Objective(Metric.AREA, false),
          new Objective(Metric.TOPS, true),
          new Objective(Metric.LATENCY, false));
    }

    @Override
    public List<String> constraints() {
      return List.of("b <= 40");
    }

    @Override
    public Session newSession() {
      return new Session() {
        @Override
        public void evaluate(int[] d, double[] out, double[] violations, double[] relative) {
          out[0] = 3 + d[1] * 7 % 40 + 0.5 * d[2];
          out[1] = 1 + d[1] + d[3];
          out[2] = d[3] == 5 ? Double.NaN : 1 + d[2];
          violations[0] = Math.max(0, d[2] - 39);
          relative[0] = violations[0] / 40;
        }
      };
    }
  }

  /** A grid with fewer objectives on its front than columns of its rows. */
  private record GridOf(int frontObjectives) implements Problem {
    private static final Grid GRID = new Grid();

    @Override
    public DesignSpace space() {
      return GRID.space();
    }

    @Override
    public List<Objective> objectives() {
      return GRID.objectives();
    }

    @Override
    public List<String> constraints() {
      return GRID.constraints();
    }

    @Override
    public Session newSession() {
      return GRID.newSession();
    }
  }

  /** Rows as text, those of an unbroken sweep. */
  private static final class Rows implements Sweep.Keeper {
    final List<String> lines = new ArrayList<>();
    final List<DesignPoint> designs = new ArrayList<>();
    Runnable afterEach = () -> {};

    @Override
    public long keep(long rows) {
      assertEquals(0, rows);
      return 0;
    }

    @Override
    public void append(SweepRows rows) {
      for (int row = 0; row < rows.count(); row++) {
        assertEquals(designs.size(), rows.first() + row);
        designs.add(new DesignPoint(rows.ordinals(row)));
        lines.add(
            rows.first()
                + row
                + " "
                + Arrays.toString(rows.ordinals(row))
                + " "
                + rows.value(row, 0)
                + " "
                + rows.value(row, 2)
                + " "
                + rows.violation(row, 0)
                + rows.isFeasible(row));
      }
      afterEach.run();
    }
  }

  private static final Sweep.Size SIZE = new Sweep.Size(500, 2_048);

  private static SweepPlan large(OptionalInt sample, long seed) {
    return SweepPlan.large(new Grid().space(), sample, seed, SIZE);
  }

  private static Explorer explorer(
      Problem problem, SweepPlan plan, Engine engine, int islands, RunSink sink) {
    return new Explorer(
        problem,
        new ExploreSettings(engine, 1, plan.designs(), islands, islands, Optional.empty()),
        sink,
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  /** A sweep of which the log keeps a sample, priced by some threads. */
  private static ExploreResult large(
      Problem problem, SweepPlan plan, int threads, Rows rows, RecordedRun log) {
    try (PricingPool pool = new PricingPool(problem, false, threads)) {
      return explorer(problem, plan, engine(plan, pool, rows), 1, log).run();
    }
  }

  private static Engine engine(SweepPlan plan, PricingPool pool, Rows rows) {
    Sweep engine = (Sweep) plan.engine();
    return engine.with(
        new Sweep.Source(pool.pricing(engine.designs()), 1_024, pool::ahead, Optional.of(rows)));
  }

  /** A sweep whose log keeps every row. */
  private static ExploreResult logged(SweepPlan plan, int threads, RecordedRun log) {
    return logged(plan, threads, 128, log);
  }

  private static ExploreResult logged(SweepPlan plan, int threads, int block, RecordedRun log) {
    Sweep sweep = (Sweep) plan.engine();
    try (PricingPool pool = new PricingPool(new Grid(), true, threads)) {
      Sweep.Source source =
          new Sweep.Source(pool.pricing(sweep.designs()), block, pool::ahead, Optional.empty());
      return explorer(new Grid(), plan, sweep.with(source), 1, log).run();
    }
  }

  @Test
  void aSweepThatIsLoggedWholeIsTheSameForAnyBlocksAndThreads() {
    SweepPlan all = SweepPlan.all(new Grid().space());
    RecordedRun log = new RecordedRun();
    ExploreResult result = logged(all, 1, 128, log);
    assertEquals(41 * 50 * 6, designs(log).size());
    assertEquals(41 * 50 * 6, result.counts().evaluated());
    for (int block : new int[] {1, 100, 1_000}) {
      RecordedRun other = new RecordedRun();
      assertEquals(result, logged(all, 3, block, other));
      assertEquals(log.lines, other.lines);
    }
  }

  @Test
  void allDesignsComeInOrderOnAnyNumberOfThreads() {
    Rows one = new Rows();
    Rows four = new Rows();
    RecordedRun log = new RecordedRun();
    RecordedRun other = new RecordedRun();
    SweepPlan all = large(OptionalInt.empty(), 1);
    ExploreResult result = large(new GridOf(2), all, 1, one, log);
    assertEquals(result, large(new GridOf(2), all, 4, four, other));
    assertEquals(one.lines, four.lines);
    assertEquals(log.lines, other.lines);
    assertEquals(41 * 50 * 6, result.counts().evaluated());
    assertEquals(result.counts().evaluated(), one.designs.size());
    assertEquals(one.designs.size(), Set.copyOf(one.designs).size());
    assertEquals(ExploreResult.End.EXHAUSTED, result.reason());
    // b has 50 values of which ten are above 40; c has six of which one gives no z.
    assertEquals(List.of(41L * 10 * 6), result.missed());
    assertEquals(41 * 40, result.valueless());
    assertEquals(41 * 40 * 5, result.counts().feasible());
    assertEquals(
        result.front().stream().map(FrontMember::index).collect(Collectors.toSet()), members(log));
  }

  /** Members of the front by its changes. */
  private static Set<Long> members(RecordedRun log) {
    Set<Long> members = new HashSet<>();
    for (RunEvent event : log.events) {
      if (event instanceof RunEvent.Front change) {
        assertTrue(
            change.change().equals("entered")
                ? members.add(change.index())
                : members.remove(change.index()));
      }
    }
    return members;
  }

  @Test
  void theFrontIsThatOfTheExhaustiveEngine() {
    ExploreResult searched =
        new Explorer(
                new Grid(),
                new ExploreSettings(
                    Engines.named("exhaustive"), 1, 1_000_000, 1, 1, Optional.empty()),
                new RecordedRun(),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
            .run();
    Rows rows = new Rows();
    ExploreResult priced =
        large(new Grid(), large(OptionalInt.empty(), 1), 2, rows, new RecordedRun());
    ExploreResult swept = logged(SweepPlan.all(new Grid().space()), 2, new RecordedRun());
    for (ExploreResult result : List.of(priced, swept)) {
      assertEquals(values(searched), values(result));
      assertEquals(searched.missed(), result.missed());
    }
    for (FrontMember member : swept.front()) {
      int[] design = new Grid().space().unrank(BigInteger.valueOf(member.index()));
      assertEquals(member.ordinals(), Arrays.stream(design).boxed().toList());
    }
    for (FrontMember member : priced.front()) {
      int[] design = member.ordinals().stream().mapToInt(Integer::intValue).toArray();
      String row = rows.lines.get(new Grid().space().rank(design).intValueExact());
      assertTrue(row.contains(Arrays.toString(design) + " " + member.values().get(0)), row);
    }
  }

  private static List<String> values(ExploreResult result) {
    return result.front().stream().map(member -> member.values().toString()).sorted().toList();
  }

  @Test
  void aSampleIsSeededSpreadAndWithoutRepeats() {
    Rows one = new Rows();
    Rows two = new Rows();
    Rows other = new Rows();
    RecordedRun log = new RecordedRun();
    large(new Grid(), large(OptionalInt.of(2_500), 7), 1, one, log);
    large(new Grid(), large(OptionalInt.of(2_500), 7), 3, two, new RecordedRun());
    large(new Grid(), large(OptionalInt.of(2_500), 8), 3, other, new RecordedRun());
    assertEquals(2_500, Set.copyOf(one.designs).size());
    assertEquals(2_500, one.designs.size());
    assertEquals(one.lines, two.lines);
    assertFalse(one.lines.equals(other.lines));
    // One that is logged whole has the same designs in the same order.
    RecordedRun whole = new RecordedRun();
    logged(SweepPlan.sample(new Grid().space(), 2_500, 7), 3, whole);
    assertEquals(one.designs, designs(whole));
    // The log of a large one has one row at least of each of 500 stretches.
    assertTrue(designs(log).size() >= 500, designs(log).size() + " logged");
    assertTrue(Set.copyOf(one.designs).containsAll(designs(log)));
  }

  private static List<DesignPoint> designs(RecordedRun log) {
    List<DesignPoint> designs = new ArrayList<>();
    for (RunEvent event : log.events) {
      if (event instanceof RunEvent.Evaluations rows) {
        for (int row = 0; row < rows.count(); row++) {
          int at = row;
          designs.add(
              new DesignPoint(Arrays.stream(rows.knobs()).mapToInt(knob -> knob[at]).toArray()));
        }
      }
    }
    return designs;
  }

  @Test
  void aStopEndsBetweenRounds() {
    SweepPlan all = large(OptionalInt.empty(), 1);
    Rows rows = new Rows();
    RecordedRun log = new RecordedRun();
    try (PricingPool pool = new PricingPool(new Grid(), false, 2)) {
      Explorer explorer = explorer(new Grid(), all, engine(all, pool, rows), 1, log);
      rows.afterEach =
          () -> {
            if (rows.designs.size() > 3_000) {
              explorer.requestStop();
            }
          };
      ExploreResult result = explorer.run();
      assertEquals(ExploreResult.End.STOPPED, result.reason());
      // The round in hand is void.
      assertEquals(2_048, result.counts().evaluated());
      assertEquals(4_096, rows.designs.size());
    }
    RecordedRun whole = new RecordedRun();
    large(new Grid(), all, 2, new Rows(), whole);
    assertEquals(whole.lines.subList(0, log.lines.size()), log.lines);
  }

  @Test
  void theLimitsThatHoldTheFrontAreCounted() {
    Grid grid = new Grid();
    FrontMember at = new FrontMember(0, List.of(0, 3, 39, 2), List.of(1.0));
    FrontMember away = new FrontMember(1, List.of(0, 3, 10, 2), List.of(1.0));
    List<double[]> slack = List.of(new double[] {0}, new double[] {0.725});
    Binding binding = Binding.of(grid, List.of(at, away), slack, 0.05);
    assertEquals(List.of(new Binding.BindingLimit(grid.constraints().get(0), 1)), binding.limits());
    // A limit without slack, as those of physics, is not leant on.
    slack = List.of(new double[] {Double.NaN}, new double[] {Double.NaN});
    assertEquals(List.of(), Binding.of(grid, List.of(at, away), slack, 0.05).limits());
  }

  @Test
  void badNumbersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PricingPool(new Grid(), false, 0));
    assertThrows(IllegalArgumentException.class, () -> new Sweep.Size(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Sweep.Size(1, 0));
  }
}
