package dev.kirchhoff.mapper.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.peripherals.Action;
import org.junit.jupiter.api.Test;

/** Times of a tile by hand: 2 ns a bit of the buffer, 3 a bit of the bus, 5 a bit of a link. */
class TileRatesTest {
  private static final TileRates RATES = new TileRates(2, 3, 5, 7, 11, 13, 17, 19);

  private static ActionCounts counts(Object... counts) {
    ActionCounts.Builder builder = new ActionCounts.Builder(1);
    for (int i = 0; i < counts.length; i += 2) {
      builder.add(0, (Action) counts[i], (int) counts[i + 1]);
    }
    return builder.build();
  }

  private static double oneAfterAnother_ns(Object... counts) {
    return RATES.oneAfterAnother_ns(counts(counts), 0);
  }

  @Test
  void aBufferIsReadAndWrittenThroughOnePort() {
    Object[] accesses = {Action.TILE_BUFFER_READ_BIT, 100, Action.TILE_BUFFER_WRITE_BIT, 40};
    assertEquals(280, oneAfterAnother_ns(accesses));
    assertEquals(280, RATES.time_ns(counts(accesses), 0, 0, 0));
    assertEquals(200, oneAfterAnother_ns(Action.TILE_BUFFER_READ_BIT, 100));
    assertEquals(80, oneAfterAnother_ns(Action.TILE_BUFFER_WRITE_BIT, 40));
  }

  @Test
  void unitsOneAfterAnotherAddUpAndWaitForTheirOperands() {
    Object[] units = {
      Action.ADD, 1, Action.LOOKUP, 1, Action.MAX_COMPARE, 1, Action.MULTIPLY_ACCUMULATE, 1
    };
    assertEquals(7 + 13 + 17 + 19, oneAfterAnother_ns(units));
    // At once it is the slowest of them.
    assertEquals(19, RATES.time_ns(counts(units), 0, 0, 0));
    assertEquals(60, oneAfterAnother_ns(Action.ADD, 1, Action.TILE_BUFFER_WRITE_BIT, 30));
  }
}
