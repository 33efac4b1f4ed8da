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
 * A worker: takes one work unit at a time, does it in all of its threads and writes the result;
 * only when the cluster has that is the work unit acknowledged. A worker that dies in between
 * leaves it to another, which writes the same result.
 */
public final class Worker {
  /** Deliveries after which a work unit that the model fails on is tried no more. */
  static final int MOST_FAILURES = 3;

  /** Deliveries after which a work unit is tried no more, whatever became of those who had it. */
  static final int MOST_DELIVERIES = 6;

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long TELL_MS = 15_000;

  private final String name;
  private final WorkShare share;
  private final UnitRunner runner;
  private final Consumer<String> talk;
  private final Clock clock = SteadyClock.start();
  private final Set<String> refused = new HashSet<>();
  private volatile boolean stopped;
  private long units;
  private long designs;
  private long busy_ms;
  private long toldAt_ms;

  /**
   * A worker.
   *
   * @param name its name in reports
   * @param share where work comes from; not closed
   * @param runner does work units; not closed
   * @param talk receiver of sentences for the user
   */
  public Worker(String name, WorkShare share, UnitRunner runner, Consumer<String> talk) {
    this.name = name;
    this.share = share;
    this.runner = runner;
    this.talk = talk;
  }

  /** Ends the work soon; a work unit in hand is given back. From any thread. */
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

  /** Name of the share group of the workers with this model version. */
  public static String group() {
    return "kirchhoff-workers-" + ModelVersion.identity();
  }

  private void handle(WorkShare.Taken taken) throws InterruptedException {
    Optional<WorkUnit> unit = WorkUnit.of(taken.message().key());
    if (unit.isEmpty()) {
      talk.accept(
          "a record of the work topic is no work unit and is left out: " + taken.message().key());
      share.done();
      return;
    }
    RunJob job;
    try {
      job = job(unit.get(), taken.message().value());
    } catch (IOException e) {
      setAside(unit.get(), taken.delivery(), "the work cannot be read: " + e.getMessage());
      return;
    }
    if (!job.isOurs()) {
      refuse(job, unit.get());
    } else if (taken.delivery() > MOST_DELIVERIES) {
      setAside(
          unit.get(),
          taken.delivery(),
          "handed out "
              + MOST_DELIVERIES
              + " times without a result, so that its workers ended or were stalled");
    } else {
      run(job, unit.get(), taken.delivery());
    }
  }

  private static RunJob job(WorkUnit unit, byte[] json) throws IOException {
    if (!EncodedJob.digest(json).equals(unit.job())) {
      throw new IOException("its digest is another");
    }
    return RunJob.parse(json);
  }

  /**
   * A work unit of another model version is acknowledged: workers of each version are a group of
   * their own, and each group is given all work units.
   */
  private void refuse(RunJob job, WorkUnit unit) {
    if (refused.add(job.run())) {
      talk.accept(
          "run "
              + job.run()
              + " is of model version "
              + job.version()
              + ", this worker of "
              + ModelVersion.text()
              + ": it is left to workers of its version");
      share.tell(new Report.Refused(unit, name, ModelVersion.text()).message());
    }
    share.done();
  }

  private void setAside(WorkUnit unit, int delivery, String cause) throws InterruptedException {
    share.send(new Report.Failed(unit, name, delivery, true, cause).message());
    share.done();
    talk.accept(unit.words() + " are set aside: " + cause);
  }

  private void run(RunJob job, WorkUnit unit, int delivery) throws InterruptedException {
    long begin_ms = clock.millis();
    Report.Taken beat = new Report.Taken(unit, name, delivery);
    share.tell(beat.message());
    UnitRunner.Running running = runner.begin(job, unit);
    try {
      Optional<byte[]> result = await(running, beat);
      if (result.isPresent()) {
        share.send(new Report.Done(unit, name, result.get()).message());
        if (!share.done()) {
          talk.accept(
              unit.words()
                  + " went to another worker, as this one was stalled: they are computed twice");
        }
        count(unit, clock.millis() - begin_ms);
      }
    } catch (ExecutionException failed) {
      fail(unit, delivery, failed.getCause());
    } finally {
      running.giveUp();
      if (!stopped) {
        // The next work unit is done with the same prepared jobs.
        running.result().exceptionally(e -> null).join();
      }
    }
  }

  /** The result; empty if the worker is stopped or has lost the work unit before it is there. */
  private Optional<byte[]> await(UnitRunner.Running running, Report.Taken beat)
      throws InterruptedException, ExecutionException {
    long renewed_ms = clock.millis();
    while (!stopped) {
      try {
        return Optional.of(running.result().get(100, TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        if (clock.millis() - renewed_ms > WorkShare.lease().toMillis() / 3) {
          if (!share.renew()) {
            talk.accept(beat.unit().words() + " went to another worker, as this one was stalled");
            return Optional.empty();
          }
          share.tell(beat.message());
          renewed_ms = clock.millis();
        }
      }
    }
    share.release();
    share.tell(new Report.GivenBack(beat.unit(), name).message());
    return Optional.empty();
  }

  private void fail(WorkUnit unit, int delivery, Throwable cause) throws InterruptedException {
    String sentence =
        cause.getClass().getSimpleName()
            + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    boolean isLast = delivery >= MOST_FAILURES;
    if (isLast) {
      setAside(unit, delivery, sentence);
    } else {
      share.send(new Report.Failed(unit, name, delivery, false, sentence).message());
      share.release();
      talk.accept(unit.words() + " failed and are given back: " + sentence);
    }
    if (cause instanceof Error error) {
      throw error;
    }
  }

  private void count(WorkUnit unit, long time_ms) {
    units++;
    designs += unit.designs().count();
    busy_ms += time_ms;
    long now_ms = clock.millis();
    if (now_ms - toldAt_ms > TELL_MS) {
      toldAt_ms = now_ms;
      talk.accept(summary());
    }
  }

  /** Work units, designs and the rate while there was work. */
  public String summary() {
    return Units.count(units)
        + " work units, "
        + Units.count(designs)
        + " designs"
        + (busy_ms == 0 ? "" : " at " + WorkRate.text(designs * 1000.0 / busy_ms));
  }
}
