package dev.kirchhoff.arch.memo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RowsTest {
  private record Bits(int number) {}

  @Test
  void eachIndexAndKeyIsMadeOnce() {
    AtomicInteger grown = new AtomicInteger();
    List<String> made = new ArrayList<>();
    Rows<Bits, String> rows =
        new Rows<>(
            2,
            (layer, bits) -> {
              made.add(layer + " " + bits.number());
              return made.get(made.size() - 1);
            },
            grown::incrementAndGet);
    for (int round = 0; round < 2; round++) {
      for (int bits = 4; bits < 7; bits++) {
        assertEquals("0 " + bits, rows.get(0, new Bits(bits)));
        assertEquals("1 " + bits, rows.get(1, new Bits(bits)));
      }
    }
    assertEquals(List.of("0 4", "1 4", "0 5", "1 5", "0 6", "1 6"), made);
    assertEquals(6, grown.get());
  }

  @Test
  void allThreadsHoldOneRow() throws Exception {
    AtomicInteger grown = new AtomicInteger();
    Rows<Bits, Object> rows = new Rows<>(50, (layer, bits) -> new Object(), grown::incrementAndGet);
    FourThreads.assertOneEach(50 * 20, i -> rows.get(i % 50, new Bits(i / 50)));
    assertEquals(50 * 20, grown.get());
  }

  @Test
  void aMissingRowIsRefused() {
    Rows<Bits, Object> rows = new Rows<>(1, (layer, bits) -> null, () -> {});
    assertThrows(NullPointerException.class, () -> rows.get(0, new Bits(1)));
  }
}
