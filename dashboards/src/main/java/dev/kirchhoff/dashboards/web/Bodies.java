package dev.kirchhoff.dashboards.web;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bodies of requests, a bounded number at a time and each in bounded time: a body that is read
 * holds a thread of the server, so that slow senders would else leave none for other requests. The
 * token is asked for before: whoever fills the places keeps out nobody but itself, and not longer
 * than one body may take.
 */
final class Bodies implements AutoCloseable {
  /** Bodies that are read at a time (chosen: pages of one user send few, each in milliseconds). */
  static final int AT_A_TIME = 16;

  private final long patience_ms;
  private final Semaphore places = new Semaphore(AT_A_TIME);
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "bodies");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Bodies of a server.
   *
   * @param patience_ms time that a body may take
   */
  Bodies(long patience_ms) {
    this.patience_ms = patience_ms;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /**
   * The body of a request.
   *
   * @throws HttpResponseException if too many are read (503), or this one takes too long (408)
   */
  String read(Context context) {
    if (!places.tryAcquire()) {
      throw new HttpResponseException(
          HttpStatus.SERVICE_UNAVAILABLE.getCode(),
          "The dashboard reads " + AT_A_TIME + " other requests; send this one again.");
    }
    try {
      return timed(context);
    } finally {
      places.release();
    }
  }

  private String timed(Context context) {
    Thread reader = Thread.currentThread();
    AtomicBoolean isOver = new AtomicBoolean(); // whoever sets it, the reader or the clock, has won
    Future<?> alarm =
        clock.schedule(
            () -> {
              if (isOver.compareAndSet(false, true)) {
                reader.interrupt(); // ends a read that waits for bytes
              }
            },
            patience_ms,
            TimeUnit.MILLISECONDS);
    try {
      String body = context.body();
      if (isOver.compareAndSet(false, true)) {
        alarm.cancel(false);
        return body;
      }
    } catch (Exception failure) { // an IOException too, which Kotlin does not declare
      if (isOver.compareAndSet(false, true)) {
        alarm.cancel(false);
        throw failure;
      }
    }
    takeInterrupt(alarm);
    throw new HttpResponseException(
        HttpStatus.REQUEST_TIMEOUT.getCode(),
        "The request did not arrive within " + patience_ms / 1000 + " s.");
  }

  /**
   * Takes the interrupt of an alarm that has gone off, so that no later wait of the thread has it.
   */
  private static void takeInterrupt(Future<?> alarm) {
    try {
      alarm.get();
    } catch (InterruptedException e) {
      return; // that was it
    } catch (ExecutionException | CancellationException e) {
      throw new IllegalStateException(e); // it has begun and does nothing that fails
    }
    Thread.interrupted();
  }
}
