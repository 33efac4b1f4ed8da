package dev.kirchhoff.dse.work;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.accuracy.Member;
import dev.kirchhoff.dse.accuracy.Simulation;
import dev.kirchhoff.mapper.simulate.PairedCount;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Simulation by workers: designs that are announced are handed out at once, a request for one waits
 * for its count.
 */
public final class SharedSimulation implements Simulation {
  private final SharedWork work;
  private final EncodedJob job;
  private final Simulation here;
  private final Map<List<Integer>, CompletableFuture<byte[]>> counts = new ConcurrentHashMap<>();

  /**
   * A simulation.
   *
   * @param work hands designs out; not closed
   * @param job what workers do with them
   * @param here gives kinds and estimates, and counts nothing
   */
  public SharedSimulation(SharedWork work, SimulationJob job, Simulation here) {
    this.work = work;
    this.job = new EncodedJob(job);
    this.here = here;
  }

  @Override
  public Object kindOf(int[] ordinals) {
    return here.kindOf(ordinals);
  }

  @Override
  public RunEvent.Accuracy accuracy(int[] ordinals, PairedCount count) {
    return here.accuracy(ordinals, count);
  }

  /** One more than there are workers, so that a new one finds work. */
  @Override
  public int free() {
    long pending = counts.values().stream().filter(count -> !count.isDone()).count();
    return Math.max(0, 1 + work.working() - (int) pending);
  }

  @Override
  public boolean isReady(Member design) {
    CompletableFuture<byte[]> count = counts.get(design.ordinals());
    return count == null || count.isDone();
  }

  @Override
  public void expect(List<Member> designs) {
    for (Member design : designs) {
      counts.computeIfAbsent(
          design.ordinals(), knobs -> work.hand(job, new OneDesign(knobs, design.index())));
    }
  }

  /** A design that workers failed on, too, is one that cannot be simulated. */
  @Override
  public PairedCount count(Member design, int threads) {
    expect(List.of(design));
    try {
      return SimulatedCount.of(counts.remove(design.ordinals()).get()).orThrow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The simulation was given up.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SetAsideException failed) {
        throw new IllegalArgumentException(failed.getMessage(), failed);
      }
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }
}
