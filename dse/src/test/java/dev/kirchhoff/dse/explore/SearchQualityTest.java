package dev.kirchhoff.dse.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.engine.Engines;
import dev.kirchhoff.dse.front.Fronts;
import dev.kirchhoff.dse.front.Hypervolume;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Session;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The search against the true front of a space of a million designs, all of which are priced. */
class SearchQualityTest {
  private static final ToyChip CHIP = new ToyChip(2);
  private static final double[] REFERENCE = {1.1, 1.1};
  private static double[][] truth;
  private static double[] least;
  private static double[] most;
  private static List<Long> trueRanks;

  @BeforeAll
  static void priceAllDesigns() {
    DesignSpace space = CHIP.space();
    Session session = CHIP.newSession();
    Fronts fronts = new Fronts(CHIP.objectives(), List.of());
    double[] values = new double[2];
    int[] design = space.first();
    long rank = 0;
    do {
      float total = IslandEvaluator.compute(session, design, values, new double[3], new double[3]);
      fronts.offer(rank++, design, values, total);
    } while (space.next(design));
    double[][] members = new double[fronts.whole().size()][];
    for (int i = 0; i < members.length; i++) {
      members[i] = fronts.values(fronts.whole(), i);
    }
    least = new double[] {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    most = new double[] {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (double[] member : members) {
      for (int m = 0; m < 2; m++) {
        double at = CHIP.objectives().get(m).coordinate(member[m]);
        least[m] = Math.min(least[m], at);
        most[m] = Math.max(most[m], at);
      }
    }
    truth = Arrays.stream(members).map(SearchQualityTest::scaled).toArray(double[][]::new);
    trueRanks =
        Arrays.stream(fronts.whole().placesByIndex()).mapToObj(fronts.whole()::index).toList();
  }

  private static double[] scaled(double[] values) {
    double[] at = new double[2];
    for (int m = 0; m < 2; m++) {
      at[m] = (CHIP.objectives().get(m).coordinate(values[m]) - least[m]) / (most[m] - least[m]);
    }
    return at;
  }

  private static ExploreResult run(String engine, long seed, long budget) {
    ExploreSettings settings =
        new ExploreSettings(Engines.named(engine), seed, budget, 2, 1, Optional.empty());
    Clock still = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    return new Explorer(CHIP, settings, new Silent(), still).run();
  }

  private static final class Silent implements RunSink {
    @Override
    public void evaluations(RunEvent.Evaluations event) {}

    @Override
    public void front(RunEvent.Front event) {}

    @Override
    public void round(RunEvent.Round event) {}

    @Override
    public String designId(int[] ordinals) {
      return "";
    }
  }

  /** Hypervolume of the front as a share of the true front's, both scaled to the true front. */
  private static double share(ExploreResult result) {
    double[][] front =
        result.front().stream()
            .map(member -> scaled(member.values().stream().mapToDouble(v -> v).toArray()))
            .toArray(double[][]::new);
    return Hypervolume.of(front, REFERENCE) / Hypervolume.of(truth, REFERENCE);
  }

  @Test
  void theDefaultEngineBeatsRandomOnFiveOfFiveSeeds() {
    for (long seed = 1; seed <= 5; seed++) {
      ExploreResult searched = run("optaplanner", seed, 1_000);
      ExploreResult drawn = run("random", seed, 1_000);
      assertTrue(
          share(searched) > share(drawn) && searched.hypervolume() > drawn.hypervolume(),
          "seed " + seed + ": " + share(searched) + " against " + share(drawn));
    }
  }

  @Test
  void theDefaultEngineReachesFourFifthsOfTheTrueVolumeWithinTwoThousandDesigns() {
    double[] shares = new double[7];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = share(run("optaplanner", 101 + i, 2_000));
    }
    Arrays.sort(shares);
    assertTrue(shares[3] >= 0.8, "median of " + Arrays.toString(shares));
    assertTrue(shares[0] >= 0.7, "least of " + Arrays.toString(shares));
  }

  @Test
  void theExhaustiveEngineFindsTheTrueFront() {
    DesignSpace space = CHIP.space();
    ExploreResult all = run("exhaustive", 1, 2_000_000);
    assertEquals(ExploreResult.End.EXHAUSTED, all.reason());
    assertEquals(1.0, share(all), 1e-12);
    // Equal objectives keep the lowest index of the run, which is not the lowest rank; the number
    // of members is the same.
    assertEquals(trueRanks.size(), all.front().size());
    assertEquals(space.size().longValueExact(), all.counts().evaluated());
  }
}
