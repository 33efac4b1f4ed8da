package dev.kirchhoff.dashboards.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dashboards.SyntheticExplainer;
import dev.kirchhoff.dashboards.SyntheticRun;
import dev.kirchhoff.dashboards.feed.FeedListener.Origin;
import dev.kirchhoff.dashboards.view.Range;
import dev.kirchhoff.dashboards.view.Runs;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Costs of the designs of several runs, and of a run whose header is replaced. */
@Timeout(60)
class RunCostsTest {
  private static final List<Range> ALL = List.of(new Range(0, 100));

  private final Runs runs = new Runs(Clock.systemUTC());
  private final SyntheticRun first = new SyntheticRun("R", 1, 100);

  private void publish(SyntheticRun run, String name) {
    runs.event(run.header("running", "", name), Origin.FILE, 0);
    run.step(100, true).forEach(event -> runs.event(event, Origin.FILE, 0));
  }

  private long unpriced(String run) {
    return runs.read(run, entry -> entry.view().unpriced(ALL)).orElseThrow();
  }

  /** Models of the run {@code slow} wait. */
  private record SlowModels(CountDownLatch begun, CountDownLatch released) implements Explainer {
    private static final Explainer MODELS = new SyntheticExplainer();

    @Override
    public Details explain(RunEvent.Run header, int[] knobs) {
      return MODELS.explain(header, knobs);
    }

    @Override
    public FamilyCosts costs(RunEvent.Run header) {
      FamilyCosts costs = MODELS.costs(header);
      return !header.name().equals("slow")
          ? costs
          : new FamilyCosts() {
            @Override
            public List<RunEvent.Column> columns() {
              return costs.columns();
            }

            @Override
            public float[][] of(List<int[]> designs) {
              begun.countDown();
              try {
                released.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return costs.of(designs);
            }
          };
    }
  }

  @Test
  void aRunDoesNotWaitForTheCostsOfAnother() throws Exception {
    publish(first, "slow");
    publish(new SyntheticRun("S", 2, 100), "quick");
    SlowModels models = new SlowModels(new CountDownLatch(1), new CountDownLatch(1));
    RunCosts costs = new RunCosts(runs, Optional.of(models));
    CompletableFuture<Optional<RunCosts.State>> slow =
        CompletableFuture.supplyAsync(() -> costs.compute("R", Long.MAX_VALUE));
    models.begun.await();
    CompletableFuture<Optional<RunCosts.State>> quick =
        CompletableFuture.supplyAsync(() -> costs.compute("S", Long.MAX_VALUE));
    assertEquals(0, quick.get(20, TimeUnit.SECONDS).orElseThrow().unpriced());
    assertFalse(slow.isDone());
    models.released.countDown();
    assertEquals(0, slow.get().orElseThrow().unpriced());
  }

  @Test
  void costsGoWithTheHeaderThatTheyAreOf() {
    publish(first, "one");
    RunCosts costs = new RunCosts(runs, Optional.of(new SyntheticExplainer()));
    RunEvent.Run header =
        runs.read("R", entry -> entry.view().header()).orElseThrow().orElseThrow();
    long all = unpriced("R");
    long bytes = runs.bytes();
    RunCosts.State state = costs.compute("R", Long.MAX_VALUE).orElseThrow();
    assertEquals(0, unpriced("R"));
    runs.event(first.header("paused", "", "one"), Origin.FILE, 0);
    assertEquals(0, unpriced("R"), "of the same models");
    runs.event(first.header("running", "", "another"), Origin.FILE, 0);
    assertEquals(all, unpriced("R"));
    assertEquals(bytes, runs.bytes());
    Runs.UnpricedDesigns designs = runs.unpriced("R", ALL, 0, 1);
    float[][] of = new SyntheticExplainer().costs(header).of(designs.ordinals());
    assertFalse(runs.price("R", header, state.columns(), designs, of), "computed meanwhile");
    assertEquals(all, unpriced("R"));
    assertEquals(1, runs.columns("R", 0, List.of("parts")).orElseThrow().columns().size());
  }
}
