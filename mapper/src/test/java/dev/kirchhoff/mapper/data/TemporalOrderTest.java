package dev.kirchhoff.mapper.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TemporalOrderTest {
  private static int symbol(DataSet data, int sample, int step) {
    int found = -1;
    for (int s = 0; s < TemporalOrder.SYMBOLS; s++) {
      float value = data.value(sample, step * TemporalOrder.SYMBOLS + s);
      if (value == 1) {
        assertEquals(-1, found);
        found = s;
      } else {
        assertEquals(0, value);
      }
    }
    return found;
  }

  @Test
  void theClassIsTheOrderOfTheThreeSymbols() {
    DataSet data = TemporalOrder.generate(500, 3);
    assertEquals(List.of(32, 8), data.shape());
    for (int i = 0; i < data.size(); i++) {
      assertEquals(6, symbol(data, i, 0));
      assertEquals(7, symbol(data, i, 31));
      int order = 0;
      int count = 0;
      for (int t = 1; t < 31; t++) {
        int s = symbol(data, i, t);
        assertTrue(s >= 0 && s < 6);
        if (s >= 4) {
          order = 2 * order + s - 4;
          count++;
          assertTrue(t % 10 >= 2 && t % 10 <= 9, "step " + t);
        }
      }
      assertEquals(3, count);
      assertEquals(order, data.label(i));
    }
  }

  @Test
  void classesAreEquallyLikely() {
    DataSet data = TemporalOrder.generate(8000, 4);
    int[] counts = new int[8];
    for (int i = 0; i < data.size(); i++) {
      counts[data.label(i)]++;
    }
    // Five standard deviations of a share of 1 in 8.
    for (int count : counts) {
      assertEquals(1000, count, 5 * Math.sqrt(8000 * 7.0 / 64));
    }
  }

  @Test
  void moreSequencesOfASeedBeginWithTheSameOnes() {
    DataSet few = TemporalOrder.generate(10, 5);
    DataSet many = TemporalOrder.generate(20, 5);
    for (int i = 0; i < 10; i++) {
      assertEquals(few.label(i), many.label(i));
      for (int v = 0; v < few.valuesPerSample(); v++) {
        assertEquals(few.value(i, v), many.value(i, v));
      }
    }
  }
}
