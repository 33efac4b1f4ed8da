package dev.kirchhoff.dse.work;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.run.SteadyClock;
import dev.kirchhoff.dse.stream.WorkProblemException;
import dev.kirchhoff.dse.stream.WorkShare;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A worker: takes one chunk at a time, prices it in all of its threads and writes the rows; only
 * when the cluster has them is the chunk acknowledged. A worker that dies in between leaves it to
 * another, which writes the same rows.
 */
public final class Worker {
  /** Deliveries after which a chunk that the model fails on is tried no more. */
  static final int MOST_FAILURES = 3;

  /** Deliveries after which a chunk is tried no more, whatever became of those who had it. */
  static final int MOST_DELIVERIES = 6;

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long TELL_MS = 15_000;

  private final String name;
  private final WorkShare share;
  private final ChunkPricer pricer;
  private final Consumer<String> talk;
  private final Clock clock = SteadyClock.start();
  private final Set<String> refused = new HashSet<>();
  private volatile boolean stopped;
  private long chunks;
  private long designs;
  private long busy_ms;
  private long toldAt_ms;

  /**
   * A worker.
   *
   * @param name its name in reports
   * @param share where work comes from; not closed
   * @param pricer prices chunks; not closed
   * @param talk takes sentences for the user
   */
  public Worker(String name, WorkShare share, ChunkPricer pricer, Consumer<String> talk) {
    this.name = name;
    this.share = share;
    this.pricer = pricer;
    this.talk = talk;
  }

  /** Ends the work soon; a chunk in hand is given back. From any thread. */
  public void stop() {
    stopped = true;
  }

  /**
   * Works until it is stopped, or finds no work for some time.
   *
   * @param idle time without work after which it ends; empty = never
   * @throws WorkProblemException if the cluster refuses
   */
  public void run(Optional<Duration> idle) throws InterruptedException {
    long idleSince_ms = clock.millis();
    while (!stopped) {
      Optional<WorkShare.Taken> taken = share.take(POLL);
      if (taken.isPresent()) {
        handle(taken.get());
        idleSince_ms = clock.millis();
      } else if (idle.isPresent() && clock.millis() - idleSince_ms >= idle.get().toMillis()) {
        return;
      }
    }
  }

  private void handle(WorkShare.Taken taken) throws InterruptedException {
    Optional<Chunk> chunk = Chunk.of(taken.message().key());
    if (chunk.isEmpty()) {
      talk.accept(
          "a record of the work topic is no chunk and is left out: " + taken.message().key());
      share.done();
      return;
    }
    SweepJob job;
    try {
      job = SweepJob.parse(taken.message().value());
    } catch (IOException e) {
      setAside(chunk.get(), taken.delivery(), "the work cannot be read: " + e.getMessage());
      return;
    }
    if (!job.isOurs()) {
      refuse(job, chunk.get());
    } else if (taken.delivery() > MOST_DELIVERIES) {
      setAside(
          chunk.get(),
          taken.delivery(),
          "handed out "
              + MOST_DELIVERIES
              + " times without a result, so that its workers ended or were stalled");
    } else {
      price(job, chunk.get(), taken.delivery());
    }
  }

  /**
   * A chunk of another model version is acknowledged: workers of each version are a group of their
   * own, and each group is given all chunks.
   */
  private void refuse(SweepJob job, Chunk chunk) {
    if (refused.add(job.run())) {
      talk.accept(
          "run "
              + job.run()
              + " is of model version "
              + job.version()
              + ", this worker of "
              + ModelVersion.text()
              + ": its chunks are left to workers of their version");
      share.tell(new Report.Refused(chunk, name, ModelVersion.text()).message());
    }
    share.done();
  }

  private void setAside(Chunk chunk, int delivery, String cause) throws InterruptedException {
    share.send(new Report.Failed(chunk, name, delivery, true, cause).message());
    share.done();
    talk.accept(chunk.designs() + " are set aside: " + cause);
  }

  private void price(SweepJob job, Chunk chunk, int delivery) throws InterruptedException {
    long begin_ms = clock.millis();
    Report.Taken beat = new Report.Taken(chunk, name, delivery);
    share.tell(beat.message());
    ChunkPricer.Pricing pricing = pricer.begin(job, chunk);
    try {
      Optional<PricedRows> rows = await(pricing, beat);
      if (rows.isPresent()) {
        share.send(new Report.Done(chunk, name, rows.get().toBytes()).message());
        if (!share.done()) {
          talk.accept(
              chunk.designs()
                  + " went to another worker, as this one was stalled: they are priced twice");
        }
        count(chunk, clock.millis() - begin_ms);
      }
    } catch (ExecutionException failed) {
      fail(chunk, delivery, failed.getCause());
    } finally {
      // The next chunk is priced by the same sessions.
      pricing.giveUp();
      pricing.rows().exceptionally(e -> null).join();
    }
  }

  /** The rows; empty if the worker is stopped or has lost the chunk before they are there. */
  private Optional<PricedRows> await(ChunkPricer.Pricing pricing, Report.Taken beat)
      throws InterruptedException, ExecutionException {
    long renewed_ms = clock.millis();
    while (!stopped) {
      try {
        return Optional.of(pricing.rows().get(100, TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        if (clock.millis() - renewed_ms > WorkShare.lease().toMillis() / 3) {
          if (!share.renew()) {
            talk.accept(
                beat.chunk().designs() + " went to another worker, as this one was stalled");
            return Optional.empty();
          }
          share.tell(beat.message());
          renewed_ms = clock.millis();
        }
      }
    }
    share.release();
    share.tell(new Report.GivenBack(beat.chunk(), name).message());
    return Optional.empty();
  }

  private void fail(Chunk chunk, int delivery, Throwable cause) throws InterruptedException {
    String sentence =
        cause.getClass().getSimpleName()
            + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    boolean isLast = delivery >= MOST_FAILURES;
    if (isLast) {
      setAside(chunk, delivery, sentence);
    } else {
      share.send(new Report.Failed(chunk, name, delivery, false, sentence).message());
      share.release();
      talk.accept(chunk.designs() + " failed and are given back: " + sentence);
    }
    if (cause instanceof Error error) {
      throw error;
    }
  }

  private void count(Chunk chunk, long time_ms) {
    chunks++;
    designs += chunk.count();
    busy_ms += time_ms;
    long now_ms = clock.millis();
    if (now_ms - toldAt_ms > TELL_MS) {
      toldAt_ms = now_ms;
      talk.accept(summary());
    }
  }

  /** Chunks, designs and the rate while there was work. */
  public String summary() {
    return Units.count(chunks)
        + " chunks, "
        + Units.count(designs)
        + " designs"
        + (busy_ms == 0 ? "" : " at " + Units.count(designs * 1000 / busy_ms) + " designs/s");
  }
}
