package dev.kirchhoff.dse.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.explore.Explorer;
import dev.kirchhoff.dse.explore.PricingPool;
import dev.kirchhoff.dse.explore.RunSink;
import dev.kirchhoff.dse.explore.Sweep;
import dev.kirchhoff.dse.explore.SweepPlan;
import dev.kirchhoff.dse.explore.SweptDesigns;
import dev.kirchhoff.dse.explore.ToyChip;
import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Samples of a space of a million designs whose feasible ones can be counted. */
class LimitSampleTest {
  private static final int COUNT = 2_000;

  /** A toy chip with another limit, so that few designs meet all. */
  private static final class Tight implements Problem {
    private final ToyChip toy = new ToyChip(2);

    @Override
    public DesignSpace space() {
      return toy.space();
    }

    @Override
    public List<Objective> objectives() {
      return toy.objectives();
    }

    @Override
    public List<String> constraints() {
      List<String> all = new ArrayList<>(toy.constraints());
      all.add("few rows, many columns");
      return all;
    }

    @Override
    public Session newSession() {
      Session session = toy.newSession();
      int own = toy.constraints().size();
      return new Session() {
        @Override
        public void evaluate(int[] d, double[] out, double[] violations, double[] relative) {
          session.evaluate(d, out, violations, relative);
          violations[own] = Math.max(0, d[0] + 2 - d[1]);
          relative[own] = violations[own] / 5;
        }

        @Override
        public boolean prune(int[] d, double[] violations, double[] relative) {
          return session.prune(d, violations, relative);
        }
      };
    }
  }

  /** Events of a run. */
  private static final class Told implements RunSink {
    final List<RunEvent> events = new ArrayList<>();

    @Override
    public void evaluations(RunEvent.Evaluations event) {
      events.add(event);
    }

    @Override
    public void front(RunEvent.Front event) {}

    @Override
    public void round(RunEvent.Round event) {
      events.add(event);
    }

    @Override
    public String designId(int[] ordinals) {
      return Arrays.toString(ordinals);
    }

    List<DesignPoint> designs() {
      List<DesignPoint> designs = new ArrayList<>();
      for (RunEvent event : events) {
        if (event instanceof RunEvent.Evaluations batch) {
          for (int row = 0; row < batch.count(); row++) {
            int at = row;
            designs.add(
                new DesignPoint(
                    Arrays.stream(batch.knobs()).mapToInt(column -> column[at]).toArray()));
          }
        }
      }
      return designs;
    }

    boolean[] feasible() {
      List<Boolean> feasible = new ArrayList<>();
      for (RunEvent event : events) {
        if (event instanceof RunEvent.Evaluations batch) {
          for (int row = 0; row < batch.count(); row++) {
            int at = row;
            feasible.add(
                Arrays.stream(batch.violations()).allMatch(column -> column[at] == 0)
                    && Arrays.stream(batch.values()).allMatch(column -> !Double.isNaN(column[at])));
          }
        }
      }
      boolean[] all = new boolean[feasible.size()];
      for (int i = 0; i < all.length; i++) {
        all[i] = feasible.get(i);
      }
      return all;
    }
  }

  private static Explorer explorer(SweepPlan plan, int islands, Told told) {
    return new Explorer(
        new Tight(),
        new ExploreSettings(plan.engine(), 1, plan.designs(), islands, islands, Optional.empty()),
        told,
        Clock.systemUTC());
  }

  private static Told run(SweepPlan plan, int islands) {
    Told told = new Told();
    if (plan.engine() instanceof Sweep sweep) {
      try (PricingPool pool = new PricingPool(new Tight(), true, islands)) {
        Sweep.Source source =
            new Sweep.Source(pool.pricing(sweep.designs()), 16, pool::ahead, Optional.empty());
        explorer(new SweepPlan(sweep.with(source), plan.designs()), 1, told).run();
      }
    } else {
      explorer(plan, islands, told).run();
    }
    return told;
  }

  private static int count(boolean[] flags) {
    return (int) IntStream.range(0, flags.length).filter(i -> flags[i]).count();
  }

  @Test
  void halfIsSpreadAndTheOtherHalfHasManyFeasibleDesigns() {
    DesignSpace space = new Tight().space();
    Told even = run(SweepPlan.sample(space, COUNT, 5), 2);
    Told near = run(SweepPlan.limitSample(space, COUNT, 5), 2);
    List<DesignPoint> designs = near.designs();
    assertEquals(COUNT, designs.size());
    assertEquals(COUNT, new HashSet<>(designs).size());
    List<DesignPoint> spread =
        Arrays.stream(SweptDesigns.sample(space, COUNT / 2, 5).block(0, COUNT / 2))
            .map(DesignPoint::new)
            .toList();
    SampleWeights weights = weigher(near);
    BitSet drawnNear = new BitSet();
    for (RunEvent event : near.events) {
      if (event instanceof RunEvent.Evaluations batch) {
        weights.near(batch).stream().forEach(row -> drawnNear.set((int) batch.first() + row));
      }
    }
    assertEquals(
        spread,
        IntStream.range(0, COUNT).filter(i -> !drawnNear.get(i)).mapToObj(designs::get).toList());
    int rare = count(even.feasible());
    int many = count(near.feasible());
    assertTrue(rare < COUNT / 50, rare + " feasible in an even sample");
    assertTrue(many > COUNT / 6, many + " feasible near the limits");
  }

  @Test
  void rowsDependNeitherOnIslandsNorOnInterruptions() {
    DesignSpace space = new Tight().space();
    SweepPlan plan = SweepPlan.limitSample(space, 7_001, 9);
    Told one = run(plan, 1);
    assertEquals(one.designs(), run(plan, 3).designs());
    assertEquals(7_001, one.designs().size());
    Told two = run(plan, 2);
    assertEquals(one.designs(), two.designs());
    long rounds = two.events.stream().filter(RunEvent.Round.class::isInstance).count();
    for (long kept : List.of(1L, rounds / 2, rounds / 2 + 1, rounds - 1)) {
      Told again = new Told();
      Explorer explorer = explorer(SweepPlan.limitSample(space, 7_001, 9), 2, again);
      long read = 0;
      int at = 0;
      for (; read < kept; at++) {
        if (two.events.get(at) instanceof RunEvent.Evaluations batch) {
          explorer.replay(batch);
        } else {
          explorer.replay((RunEvent.Round) two.events.get(at));
          read++;
        }
      }
      explorer.run();
      List<DesignPoint> rest = again.designs();
      assertEquals(
          one.designs().subList(7_001 - rest.size(), 7_001), rest, "after " + kept + " rounds");
      assertEquals(texts(two.events.subList(at, two.events.size())), texts(again.events));
    }
  }

  private static List<String> texts(List<RunEvent> events) {
    return events.stream()
        .map(event -> event instanceof RunEvent.Round ? event.toString() : "evaluations")
        .toList();
  }

  /** Sums of weights over 24 samples, against the numbers counted over the whole space. */
  @Test
  void weightsAddUpToTheDesignsOfTheSpaceAndToItsFeasibleOnes() {
    Tight problem = new Tight();
    DesignSpace space = problem.space();
    double all = space.size().doubleValue();
    long feasible = feasible(problem);
    double[] sums = new double[24];
    double[] found = new double[sums.length];
    for (int seed = 0; seed < sums.length; seed++) {
      Told told = run(SweepPlan.limitSample(space, COUNT, seed), 2);
      double[] weights = weights(told);
      boolean[] isFeasible = told.feasible();
      for (int i = 0; i < weights.length; i++) {
        assertTrue(weights[i] > 0);
        sums[seed] += weights[i];
        found[seed] += isFeasible[i] ? weights[i] : 0;
      }
    }
    assertMean(all, sums, 0.02);
    assertMean(feasible, found, 0.15);
  }

  /** The mean is within four of its standard deviations, and these are small. */
  private static void assertMean(double expected, double[] values, double deviation) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double error = Math.sqrt(square / values.length / (values.length - 1));
    assertTrue(error < deviation * expected, "deviation " + error + " of " + expected);
    assertEquals(expected, mean, 4 * error);
  }

  @Test
  void theWeightOfAnEvenSampleIsThatOfItsPartOfTheSpace() {
    DesignSpace space = new Tight().space();
    Told told = run(SweepPlan.sample(space, 1_000, 3), 2);
    double[] weights = weights(told);
    int[] design = told.designs().get(7).ordinals();
    double product = 1;
    for (int k = 0; k < design.length; k++) {
      product *= design[k] < 0 ? 1 : space.cardinality(k);
    }
    assertEquals(product / 1_000, weights[7], 0.6);
    assertArrayEquals(weights, weights(told), 0);
  }

  private static SampleWeights weigher(Told told) {
    Tight problem = new Tight();
    List<RunEvent.KnobHeader> knobs =
        problem.space().knobs().stream()
            .map(
                knob ->
                    new RunEvent.KnobHeader(
                        knob.path(),
                        knob.values().stream()
                            .<JsonNode>map(JsonNodeFactory.instance::textNode)
                            .toList(),
                        knob.start(),
                        ""))
            .toList();
    SampleWeights weights = new SampleWeights(knobs);
    for (RunEvent event : told.events) {
      if (event instanceof RunEvent.Round round) {
        weights.take(round);
      }
    }
    return weights;
  }

  private static double[] weights(Told told) {
    SampleWeights weights = weigher(told);
    return told.events.stream()
        .filter(RunEvent.Evaluations.class::isInstance)
        .flatMapToDouble(event -> Arrays.stream(weights.of((RunEvent.Evaluations) event)))
        .toArray();
  }

  private static long feasible(Tight problem) {
    Session session = problem.newSession();
    double[] objectives = new double[problem.objectives().size()];
    double[] violations = new double[problem.constraints().size()];
    double[] relative = new double[violations.length];
    int[] design = problem.space().first();
    long feasible = 0;
    boolean more = true;
    while (more) {
      float miss = IslandEvaluator.compute(session, design, objectives, violations, relative);
      feasible += miss == 0 ? 1 : 0;
      more = problem.space().next(design);
    }
    return feasible;
  }
}
