package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.dse.explore.Counts;
import dev.kirchhoff.dse.explore.RunSink;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter err = new StringWriter();
  private final Console console =
      Console.of(
          Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(err))
              .getCommandSpec());
  private long time_ms;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return Instant.ofEpochMilli(time_ms);
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private ProgressLine line(Optional<Duration> limit, long begun) {
    return new ProgressLine(console, () -> 1_000, limit, begun, clock);
  }

  private void show(ProgressLine line, long time_ms, long evaluated, int inHand) {
    this.time_ms = time_ms;
    line.show(
        new RunSink.Progress(new Counts(evaluated, evaluated, evaluated / 2), inHand, 3, 0.25, 1));
  }

  @Test
  void designsOfTheRoundInHandCountAndNeverGoBack() {
    ProgressLine line = line(Optional.empty(), 0);
    // Two islands found 20 of 40 both, so that the merged round is smaller than what was in hand.
    show(line, 10_000, 80, 40);
    show(line, 20_000, 100, 0);
    assertEquals(
        """
        0:10  120 of 1,000  12 %  12/s  1:13 left  front 3  hypervolume 0.250  infeasible 50 %
        0:20  120 of 1,000  12 %  6/s  2:27 left  front 3  hypervolume 0.250  infeasible 50 %
        """,
        err.toString());
  }

  @Test
  void theEndOfTheTimeIsTheEndWhereItComesFirst() {
    show(line(Optional.of(Duration.ofSeconds(15)), 0), 5_000, 2, 0);
    assertEquals(
        "0:05  2 of 1,000  0 %  24.0/min  0:10 left  front 3  hypervolume 0.250  infeasible 50 %\n",
        err.toString());
  }

  @Test
  void aRunThatGoesOnCountsItsOwnDesigns() {
    ProgressLine line = line(Optional.empty(), 900);
    show(line, 10_000, 950, 0);
    assertEquals(
        "0:10  950 of 1,000  95 %  5/s  0:10 left  front 3  hypervolume 0.250  infeasible 50 %\n",
        err.toString());
    assertEquals("5/s", line.rate(950));
  }
}
