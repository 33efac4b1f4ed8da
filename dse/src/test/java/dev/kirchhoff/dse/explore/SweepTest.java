package dev.kirchhoff.dse.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Knob;
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
import java.util.Set;
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

        @Override
        public boolean slack(int[] d, double[] slack) {
          slack[0] = (39.0 - d[2]) / 40;
          return true;
        }
      };
    }
  }

  private static final class Rows implements SweepSink {
    final List<String> lines = new ArrayList<>();
    final Set<DesignPoint> designs = new HashSet<>();
    final Set<Long> front = new HashSet<>();

    @Override
    public void rows(SweepRows rows) {
      for (int row = 0; row < rows.count(); row++) {
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
    }

    @Override
    public void front(long index, boolean entered, int[] ordinals) {
      assertTrue(entered ? front.add(index) : front.remove(index));
      lines.add("front " + index + entered + Arrays.toString(ordinals));
    }
  }

  @Test
  void allDesignsComeInOrderOnAnyNumberOfThreads() {
    Rows one = new Rows();
    Rows four = new Rows();
    SweepResult result = new Sweep(new Grid(), 2, 1).all(one, () -> false);
    assertEquals(result, new Sweep(new Grid(), 2, 4).all(four, () -> false));
    assertEquals(one.lines, four.lines);
    assertEquals(41 * 50 * 6, result.evaluated());
    assertEquals(result.evaluated(), one.designs.size());
    assertTrue(result.complete());
    // b has 50 values of which ten are above 40; c has six of which one gives no z.
    assertEquals(List.of(41L * 10 * 6), result.missed());
    assertEquals(41 * 40, result.valueless());
    assertEquals(41 * 40 * 5, result.feasible());
    Set<Long> members = new HashSet<>();
    result.front().forEach(member -> members.add(member.index()));
    assertEquals(members, one.front);
  }

  @Test
  void theFrontIsThatOfTheExhaustiveEngine() {
    SweepResult swept = new Sweep(new Grid(), 3, 2).all(rows -> {}, () -> false);
    ExploreResult searched =
        new Explorer(
                new Grid(),
                new ExploreSettings(
                    Engines.named("exhaustive"), 1, 1_000_000, 1, 1, Optional.empty()),
                new RecordedRun(),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
            .run();
    assertEquals(
        searched.front().stream().map(FrontMember::values).sorted(SweepTest::compare).toList(),
        swept.front().stream().map(FrontMember::values).sorted(SweepTest::compare).toList());
    assertEquals(searched.missed(), swept.missed());
    for (FrontMember member : swept.front()) {
      int[] design = new Grid().space().unrank(BigInteger.valueOf(member.index()));
      assertEquals(member.ordinals(), Arrays.stream(design).boxed().toList());
    }
  }

  private static int compare(List<Double> a, List<Double> b) {
    return a.toString().compareTo(b.toString());
  }

  @Test
  void aSampleIsSeededSpreadAndWithoutRepeats() {
    Rows one = new Rows();
    Rows two = new Rows();
    Rows other = new Rows();
    new Sweep(new Grid(), 0, 1).sample(2_500, 7, one, () -> false);
    new Sweep(new Grid(), 0, 3).sample(2_500, 7, two, () -> false);
    new Sweep(new Grid(), 0, 3).sample(2_500, 8, other, () -> false);
    assertEquals(2_500, one.designs.size());
    assertEquals(one.lines, two.lines);
    assertFalse(one.lines.equals(other.lines));
    assertTrue(one.front.isEmpty());
  }

  @Test
  void aStopEndsBetweenBlocks() {
    Rows rows = new Rows();
    SweepResult result = new Sweep(new Grid(), 2, 2).all(rows, () -> rows.designs.size() > 2_000);
    assertFalse(result.complete());
    assertEquals(2_048, result.evaluated());
  }

  @Test
  void theLimitsThatHoldTheFrontAreCounted() {
    Grid grid = new Grid();
    FrontMember at = new FrontMember(0, List.of(0, 3, 39, 2), List.of(1.0));
    FrontMember away = new FrontMember(1, List.of(0, 3, 10, 2), List.of(1.0));
    Binding binding = Binding.of(grid, List.of(at, away), 0.05);
    assertEquals(List.of(new Binding.BindingLimit(grid.constraints().get(0), 1)), binding.limits());
    // A problem that knows no slack has no limits to lean on.
    List<Integer> start = Arrays.stream(new ToyChip(2).space().start()).boxed().toList();
    FrontMember toy = new FrontMember(0, start, List.of(1.0));
    assertEquals(List.of(), Binding.of(new ToyChip(2), List.of(toy), 0.05).limits());
  }

  @Test
  void badNumbersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Sweep(new Grid(), 4, 1));
    assertThrows(IllegalArgumentException.class, () -> new Sweep(new Grid(), 2, 0));
  }
}
