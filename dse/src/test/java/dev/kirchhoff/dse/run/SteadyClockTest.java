package dev.kirchhoff.dse.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private final Instant start = Instant.parse("2026-11-24T23:12:35Z");
  private Instant wall = start;
  private long timer_ns = 42;

  private final Clock machine =
      new Clock() {
        @Override
        public Instant instant() {
          return wall;
        }

        @Override
        public java.time.ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
          return this;
        }
      };

  @Test
  void aClockThatIsSetDoesNotMoveADeadline() {
    SteadyClock clock = SteadyClock.start(machine, () -> timer_ns);
    assertEquals(start, clock.instant());
    wall = wall.minus(Duration.ofHours(1));
    timer_ns += Duration.ofSeconds(3).toNanos();
    assertEquals(start.plusSeconds(3), clock.instant());
    wall = wall.plus(Duration.ofHours(5));
    assertEquals(start.plusSeconds(3).toEpochMilli(), clock.millis());
  }
}
