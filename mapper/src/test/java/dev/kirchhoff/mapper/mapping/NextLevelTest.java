package dev.kirchhoff.mapper.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** A buffer of 1000 bits at 2 ns a bit, a port at 5 ns a bit. */
class NextLevelTest {
  private static final NextLevel LEVEL = new NextLevel(true, 1000, 2, 5);

  @Test
  void bitsThatFitAreWrittenToTheBufferAndReadBack() {
    assertEquals(1, LEVEL.bufferedFraction(500));
    assertEquals(2 * 500 * 2, LEVEL.roundTrip_ns(500));
    assertEquals(2 * 1000 * 2, LEVEL.roundTrip_ns(1000));
  }

  @Test
  void theRestPassesThePortTwiceMeanwhile() {
    assertEquals(0.25, LEVEL.bufferedFraction(4000));
    // 1000 bits there and back in 4000 ns, 3000 bits out and in in 30,000 ns.
    assertEquals(2 * 3000 * 5, LEVEL.roundTrip_ns(4000));
    // A fast port waits for the buffer.
    assertEquals(2 * 1000 * 2, new NextLevel(true, 1000, 2, 0.1).roundTrip_ns(4000));
  }

  @Test
  void withoutABufferAllPassThePort() {
    NextLevel port = new NextLevel(false, 0, 0, 5);
    assertEquals(0, port.bufferedFraction(10));
    assertEquals(2 * 10 * 5, port.roundTrip_ns(10));
  }
}
