package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.explore.RunSink;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One line that tells how far a search is: over itself in a terminal, every few seconds otherwise.
 * The end is that of the budget at the rate so far, or of the time, whichever is first.
 */
final class ProgressLine {
  private static final long TERMINAL_MS = 500;
  private static final long PLAIN_MS = 5000;

  private final Console console;
  private final LongSupplier budget;
  private final Optional<Duration> limit;
  private final Clock clock;
  private final long begin_ms;
  private long printedAt_ms;
  private long lastEvaluated;
  private boolean open;

  /**
   * The line of a search.
   *
   * @param budget designs to evaluate
   * @param limit time after which the search ends, where there is one
   */
  ProgressLine(Console console, LongSupplier budget, Optional<Duration> limit, Clock clock) {
    this.console = console;
    this.budget = budget;
    this.limit = limit;
    this.clock = clock;
    this.begin_ms = clock.millis();
    this.printedAt_ms = begin_ms;
  }

  void show(RunSink.Progress now) {
    long time_ms = clock.millis();
    if (!isDue(time_ms)) {
      return;
    }
    long evaluated = now.counts().evaluated();
    double rate_perS = (evaluated - lastEvaluated) * 1000.0 / Math.max(1, time_ms - printedAt_ms);
    lastEvaluated = evaluated;
    printedAt_ms = time_ms;
    long infeasible = evaluated - now.counts().feasible();
    print(
        ClockText.of(time_ms - begin_ms)
            + "  "
            + Units.count(evaluated)
            + " of "
            + Units.count(budget.getAsLong())
            + String.format(
                Locale.ROOT,
                "  %d %%  %,.0f/s%s  front %d  hypervolume %.3f  infeasible %d %%",
                Math.round(100.0 * evaluated / budget.getAsLong()),
                rate_perS,
                left(evaluated, time_ms - begin_ms),
                now.front(),
                now.hypervolume(),
                Math.round(100.0 * infeasible / Math.max(1, evaluated))));
  }

  /** Time to the end; empty before there is a rate. */
  private String left(long evaluated, long time_ms) {
    if (evaluated == 0) {
      return "";
    }
    double left_ms = (double) time_ms / evaluated * (budget.getAsLong() - evaluated);
    double most_ms =
        limit.map(time -> (double) Math.max(0, time.toMillis() - time_ms)).orElse(left_ms);
    return "  " + ClockText.left((long) Math.min(left_ms, most_ms));
  }

  /** Shows another line, as often as it shows how far the search is. */
  void show(String text) {
    long time_ms = clock.millis();
    if (isDue(time_ms)) {
      printedAt_ms = time_ms;
      print(text);
    }
  }

  private boolean isDue(long time_ms) {
    return time_ms - printedAt_ms >= (console.isInteractive() ? TERMINAL_MS : PLAIN_MS);
  }

  private void print(String text) {
    if (console.isInteractive()) {
      console.messageOverLine(text);
      open = true;
    } else {
      console.message(text);
    }
  }

  /** Ends the line, so that what follows begins a new one. */
  void end() {
    if (open) {
      console.message("");
      open = false;
    }
  }

  /** Time since the beginning. */
  String elapsed() {
    return ClockText.of(clock.millis() - begin_ms);
  }

  /** Designs a second over all of the time. */
  double rate_perS(long evaluated) {
    return evaluated * 1000.0 / Math.max(1, clock.millis() - begin_ms);
  }
}
