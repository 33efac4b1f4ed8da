package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.explore.RunSink;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * One line that tells how far a search is: over itself in a terminal, every few seconds otherwise.
 * The end is that of the budget at the rate of late, or of the time, whichever is first.
 */
final class ProgressLine {
  private static final long TERMINAL_MS = 500;
  private static final long PLAIN_MS = 5000;

  private final Console console;
  private final LongSupplier budget;
  private final Optional<Duration> limit;
  private final Clock clock;
  private final long begin_ms;
  private final long begun;
  private final Pace pace;
  private long printedAt_ms;
  private long evaluated;

  /**
   * The line of a search.
   *
   * @param budget designs to evaluate
   * @param limit time after which the search ends, where there is one
   * @param begun designs that were evaluated before, of a run that goes on
   */
  ProgressLine(
      Console console, LongSupplier budget, Optional<Duration> limit, long begun, Clock clock) {
    this.console = console;
    this.budget = budget;
    this.limit = limit;
    this.clock = clock;
    this.begin_ms = clock.millis();
    this.begun = begun;
    this.evaluated = begun;
    this.pace = new Pace(0, begun);
    this.printedAt_ms = begin_ms;
  }

  void show(RunSink.Progress now) {
    long at_ms = clock.millis();
    long time_ms = at_ms - begin_ms;
    long most = budget.getAsLong();
    // Designs that several islands have in hand are one design when they are merged.
    evaluated = Math.max(evaluated, Math.min(now.evaluated(), most));
    pace.reach(time_ms, evaluated);
    if (!isDue(at_ms)) {
      return;
    }
    printedAt_ms = at_ms;
    long whole = now.counts().evaluated();
    print(
        ClockText.of(time_ms)
            + "  "
            + Units.count(evaluated)
            + " of "
            + Units.count(most)
            + "  "
            + Math.round(100.0 * evaluated / most)
            + " %"
            + (pace.isKnown() ? "  " + pace.rate() : "")
            + left(most, time_ms)
            + String.format(
                Locale.ROOT,
                "  front %d  hypervolume %.3f  infeasible %d %%",
                now.front(),
                now.hypervolume(),
                Math.round(100.0 * (whole - now.counts().feasible()) / Math.max(1, whole))));
  }

  /** Time to the end; empty where nothing tells it. */
  private String left(long most, long time_ms) {
    Optional<Long> byTime = limit.map(time -> Math.max(0, time.toMillis() - time_ms));
    return Stream.of(byTime, pace.left_ms(most))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder())
        .map(left_ms -> "  " + ClockText.left(left_ms))
        .orElse("");
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
    } else {
      console.message(text);
    }
  }

  /** Ends the line, so that what follows begins a new one. */
  void end() {
    console.endLine();
  }

  /** Time since the beginning. */
  String elapsed() {
    return ClockText.of(clock.millis() - begin_ms);
  }

  /** Rate of the designs over all of the time since the beginning. */
  String rate(long evaluated) {
    return Pace.rate((evaluated - begun) * 1000.0 / Math.max(1, clock.millis() - begin_ms));
  }
}
