package dev.kirchhoff.dse.cli;

import java.util.Locale;

/** Durations of progress lines. */
final class ClockText {
  private ClockText() {}

  /** Minutes and seconds, with hours where there are any. */
  static String of(long ms) {
    long seconds = ms / 1000;
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** The time that is left. */
  static String left(long ms) {
    return of(ms + 500) + " left";
  }
}
