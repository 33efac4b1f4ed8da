package dev.kirchhoff.dse.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.engine.Engines;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Designs by what they miss: counted by hand on a space of 6 x 50. */
class SearchCountsTest {

  /** The last of six kinds has no value; of fifty sizes the ten largest miss a limit. */
  private static final class Grid implements Problem {
    private final DesignSpace space =
        new DesignSpace(
            List.of(
                Knob.always("kind", ToyChip.range(1, 6), 0),
                Knob.always("size", ToyChip.range(1, 50), 0)));

    @Override
    public DesignSpace space() {
      return space;
    }

    @Override
    public List<Objective> objectives() {
      return List.of(new Objective(Metric.AREA, false), new Objective(Metric.LATENCY, false));
    }

    @Override
    public List<String> constraints() {
      return List.of("size <= 40", "kind <= 6");
    }

    @Override
    public Session newSession() {
      return (design, objectives, violations, relative) -> {
        objectives[0] = 1 + design[1];
        objectives[1] = design[0] == 5 ? Double.NaN : 60 - design[1] + design[0];
        violations[0] = Math.max(0, design[1] - 39);
        violations[1] = 0;
        relative[0] = violations[0] / 40;
        relative[1] = 0;
      };
    }
  }

  @Test
  void onlyDesignsThatMissNothingButAValueAreValueless() {
    ExploreSettings settings =
        new ExploreSettings(Engines.named("exhaustive"), 1, 1_000, 2, 1, Optional.empty());
    Clock still = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    ExploreResult result = new Explorer(new Grid(), settings, new RecordedRun(), still).run();
    assertEquals(ExploreResult.End.EXHAUSTED, result.reason());
    assertEquals(300, result.counts().evaluated());
    assertEquals(5 * 40, result.counts().feasible());
    assertEquals(List.of(6L * 10, 0L), result.missed());
    assertEquals(40, result.valueless());
  }

  /** Sizes 1..9: the area rises and the latency falls; the first objectives span the front. */
  private record Trade(int frontObjectives) implements Problem {
    private static final DesignSpace SPACE =
        new DesignSpace(List.of(Knob.always("size", ToyChip.range(1, 9), 0)));

    @Override
    public DesignSpace space() {
      return SPACE;
    }

    @Override
    public List<Objective> objectives() {
      return List.of(new Objective(Metric.AREA, false), new Objective(Metric.LATENCY, false));
    }

    @Override
    public List<String> constraints() {
      return List.of();
    }

    @Override
    public Session newSession() {
      return (design, objectives, violations, relative) -> {
        objectives[0] = 1 + design[0];
        objectives[1] = 9 - design[0];
      };
    }
  }

  /**
   * The smallest design alone is on a front of areas. Without it the next one is, of 2 mm2: of a
   * box from -1 to log 9 + 1/2 decades it leaves log 9 + 1/2 - log 2.
   */
  @Test
  void aFrontThatIsMadeAnewIsOfTheObjectivesThatSpanIt() {
    Problem trade = new Trade(1);
    SearchTerms terms = SearchTerms.of(trade, 100);
    SearchState state = new SearchState(terms, new RecordedRun());
    double[] none = {};
    for (int size = 0; size < 9; size++) {
      state.add(new int[] {size}, new double[] {1 + size, 9 - size}, none, none, 0);
    }
    state.measure();
    assertEquals(List.of(0L), state.front().stream().map(FrontMember::index).toList());
    state.restate(
        new SearchTerms(trade, 100, terms.columns(), terms.columnOf(), Set.of(0L)), 1, () -> false);
    assertEquals(List.of(1L), state.front().stream().map(FrontMember::index).toList());
    double worst = Math.log10(9) + 0.5;
    assertEquals((worst - Math.log10(2)) / (worst + 1), state.hypervolume(), 1e-12);
  }
}
