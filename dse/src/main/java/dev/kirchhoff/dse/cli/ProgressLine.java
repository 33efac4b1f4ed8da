package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.explore.RunSink;
import java.time.Clock;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * One line that tells how far a search is: over itself in a terminal, every few seconds otherwise.
 */
final class ProgressLine {
  private static final long TERMINAL_MS = 500;
  private static final long PLAIN_MS = 5000;

  private final Console console;
  private final LongSupplier budget;
  private final Clock clock;
  private final boolean terminal;
  private final long begin_ms;
  private long printedAt_ms;
  private long lastEvaluated;
  private boolean open;

  ProgressLine(Console console, LongSupplier budget, Clock clock, boolean terminal) {
    this.console = console;
    this.budget = budget;
    this.clock = clock;
    this.terminal = terminal;
    this.begin_ms = clock.millis();
    this.printedAt_ms = begin_ms;
  }

  void show(RunSink.Progress now) {
    long time_ms = clock.millis();
    if (time_ms - printedAt_ms < (terminal ? TERMINAL_MS : PLAIN_MS)) {
      return;
    }
    long evaluated = now.counts().evaluated();
    double rate_perS = (evaluated - lastEvaluated) * 1000.0 / Math.max(1, time_ms - printedAt_ms);
    lastEvaluated = evaluated;
    printedAt_ms = time_ms;
    long infeasible = evaluated - now.counts().feasible();
    String text =
        clockText(time_ms - begin_ms)
            + "    "
            + Units.count(evaluated)
            + " of "
            + Units.count(budget.getAsLong())
            + String.format(
                Locale.ROOT,
                "  %d %%   %,.0f/s   front %d   hypervolume %.3f   infeasible %d %%",
                Math.round(100.0 * evaluated / budget.getAsLong()),
                rate_perS,
                now.front(),
                now.hypervolume(),
                Math.round(100.0 * infeasible / Math.max(1, evaluated)));
    print(text);
  }

  /** Shows a sentence, as often as it shows how far the search is. */
  void show(String sentence) {
    long time_ms = clock.millis();
    if (time_ms - printedAt_ms >= (terminal ? TERMINAL_MS : PLAIN_MS)) {
      printedAt_ms = time_ms;
      print(clockText(time_ms - begin_ms) + "    " + sentence);
    }
  }

  private void print(String text) {
    if (terminal) {
      console.messageOverLine(text + "      ");
      open = true;
    } else {
      console.message(text);
    }
  }

  static String clockText(long ms) {
    long seconds = ms / 1000;
    return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
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
    return clockText(clock.millis() - begin_ms);
  }

  /** Designs a second over all of the time. */
  double rate_perS(long evaluated) {
    return evaluated * 1000.0 / Math.max(1, clock.millis() - begin_ms);
  }
}
