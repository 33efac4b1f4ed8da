package dev.kirchhoff.dse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.engine.Scalarisation.Bounded;
import dev.kirchhoff.dse.engine.Scalarisation.Chebyshev;
import dev.kirchhoff.dse.engine.Scalarisation.Improvement;
import dev.kirchhoff.dse.front.Fronts;
import dev.kirchhoff.dse.front.Fronts.Niche;
import dev.kirchhoff.dse.space.DesignSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoringTest {

  @Test
  void improvementIsTheVolumeAddedOrTheDepthBelowTheFront() {
    Improvement score = Improvement.over(new double[][] {{0, 1}, {1, 0}});
    // Below the reference (1.1, 1.1) the point (0.5, 0.5) adds the square up to (1, 1), no more:
    // the strips at 1..1.1 are
    // those of the members.
    assertEquals(0.25, score.goodness(new double[] {0.5, 0.5}), 1e-12);
    assertEquals(0, score.goodness(new double[] {0, 1}), 1e-12);
    // (0.3, 1.2) lies 0.2 behind (0, 1) in its best coordinate, and 0.7 before (1, 0).
    assertEquals(-0.2, score.goodness(new double[] {0.3, 1.2}), 1e-12);
    double outside = score.goodness(new double[] {-0.5, 1.5});
    assertTrue(outside > 0 && outside < 1e-3, "not dominated, but beyond the reference");
  }

  @Test
  void boundsAreHardAndTheRestIsOneObjective() {
    Bounded score = new Bounded(0, new double[] {9, 0.5, 0.5});
    assertEquals(0.3, score.excess(new double[] {9, 0.7, 0.6}), 1e-12);
    assertEquals(0, score.excess(new double[] {99, 0.5, 0.5}), 1e-12);
    assertTrue(score.goodness(new double[] {0.1, 1, 1}) > score.goodness(new double[] {0.2, 0, 0}));
  }

  @Test
  void theWeightedDistanceReachesConcaveParts() {
    // (0.6, 0.6) lies above the line between the ends, so no weighted sum prefers it; the distance
    // does.
    Chebyshev score = new Chebyshev(new double[] {0.5, 0.5});
    double middle = score.goodness(new double[] {0.6, 0.6});
    assertTrue(middle > score.goodness(new double[] {0, 1}));
    assertTrue(middle > score.goodness(new double[] {1, 0}));
  }

  @Test
  void aViewScalesToItsMembersAndFindsEndsAndLonelyOnes() {
    List<Objective> objectives =
        List.of(new Objective(Metric.AREA, false), new Objective(Metric.SNR, true));
    Fronts fronts = new Fronts(objectives, List.of());
    int[] none = {};
    fronts.offer(0, none, new double[] {10, 1}, 0);
    fronts.offer(1, none, new double[] {100, 2}, 0);
    fronts.offer(2, none, new double[] {1000, 5}, 0);
    fronts.offer(3, none, new double[] {1000, 4}, 0);
    fronts.offer(4, none, new double[] {1, 9}, 0.5f);
    FrontView view = new FrontView(fronts, fronts.whole());
    assertEquals(3, view.size());
    double[] scaled = new double[2];
    view.scale(new double[] {100, 2}, scaled);
    // Half-way in decades; as minimised -2 of -5 .. -1.
    assertEquals(0.5, scaled[0], 1e-12);
    assertEquals(0.75, scaled[1], 1e-12);
    assertEquals(0, view.number(view.best(0)));
    assertEquals(2, view.number(view.best(1)));
    SplittableRandom random = new SplittableRandom(1);
    int[] drawn = new int[3];
    for (int i = 0; i < 3_000; i++) {
      drawn[view.number(view.lonely(random))]++;
    }
    // Distances to the nearest: 0.5, 0.5, 0.75; the last wins whenever it is drawn, 5 of 9.
    assertEquals(3_000 * 5 / 9, drawn[2], 150);
  }

  @Test
  void thePortfolioTriesAllThenPrefersTheGainful() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    Portfolio portfolio = new Portfolio(4, MissingNode.getInstance());
    for (int arm = 0; arm < 4; arm++) {
      assertEquals(arm, portfolio.choose(random));
      portfolio.reward(arm, arm == 2 ? 0.1 : 0.01);
    }
    ObjectMapper mapper = new ObjectMapper();
    JsonNode written = mapper.readTree(mapper.writeValueAsString(portfolio.state()));
    Portfolio resumed = new Portfolio(4, written);
    int preferred = 0;
    for (int i = 0; i < 1_000; i++) {
      preferred += resumed.choose(random) == 2 ? 1 : 0;
    }
    // Four of five, and a quarter of the rest.
    assertEquals(850, preferred, 60);
  }

  /** Of 1, then 0: 1, and three tenths of the way to 0. */
  @Test
  void theFirstGainOfAnArmCountsInFullALaterOneByThreeTenths() {
    Portfolio portfolio = new Portfolio(1, MissingNode.getInstance());
    portfolio.reward(0, 1);
    assertEquals(1, portfolio.state().path("gain").path(0).asDouble());
    portfolio.reward(0, 0);
    assertEquals(0.7, portfolio.state().path("gain").path(0).asDouble(), 1e-15);
  }

  @Test
  void nichesAreValuesDistinguishedByName() {
    DesignSpace space =
        new DesignSpace(
            List.of(
                Knob.always("interconnect", List.of("mesh", "hTree"), 0),
                Knob.always("pe.readout", List.of("sar", "flash"), 0),
                Knob.under(1, List.of(0), "pe.readout.bits", List.of("4", "5"), 0),
                Knob.always("cell.device", List.of("redox", "pcm", "mram"), 0),
                Knob.always("side", List.of("64", "128"), 0)));
    assertEquals(
        List.of(
            new Niche(3, 0),
            new Niche(3, 1),
            new Niche(3, 2),
            new Niche(1, 0),
            new Niche(1, 1),
            new Niche(0, 0),
            new Niche(0, 1)),
        Niches.of(space));
  }

  @Test
  void roundsAndIslandsHaveSeedsOfTheirOwn() {
    Set<Long> seeds = new HashSet<>();
    for (long root = 0; root < 10; root++) {
      for (int round = 0; round < 50; round++) {
        for (int island = 0; island < 8; island++) {
          assertTrue(seeds.add(Round.seed(root, round, island)));
        }
      }
    }
  }

  @Test
  void anUnknownEngineIsAnsweredByThoseThereAre() {
    IllegalArgumentException problem =
        assertThrows(IllegalArgumentException.class, () -> Engines.named("annealing"));
    assertTrue(problem.getMessage().contains("optaplanner, pareto-local-search, random"));
    for (String name : Engines.names()) {
      assertEquals(name, Engines.named(name).name());
    }
  }
}
