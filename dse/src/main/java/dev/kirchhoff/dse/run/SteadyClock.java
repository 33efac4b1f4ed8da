package dev.kirchhoff.dse.run;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * Clock that advances by the monotonic timer from the instant at which it was made, unaffected by
 * changes of the system time. For durations that decide something: deadlines, rates, intervals of
 * progress. Times of events are read from the machine's clock.
 */
public final class SteadyClock extends Clock {
  private final Instant start;
  private final LongSupplier nanos;
  private final long start_ns;

  private SteadyClock(Instant start, LongSupplier nanos) {
    this.start = start;
    this.nanos = nanos;
    this.start_ns = nanos.getAsLong();
  }

  /** A clock from now on. */
  public static SteadyClock start() {
    return start(Clock.systemUTC(), System::nanoTime);
  }

  /**
   * A clock from now on.
   *
   * @param wall tells the instant of its start
   * @param nanos monotonic timer
   */
  static SteadyClock start(Clock wall, LongSupplier nanos) {
    return new SteadyClock(wall.instant(), nanos);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - start_ns);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("A clock for durations has no zone but UTC.");
  }
}
