package dev.kirchhoff.mapper.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FeatureTableTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void shippedTablesAreWhole() {
    assertEquals(150, FeatureTable.iris().samples().length);
    assertArrayEquals(
        new double[] {5.1, 3.5, 1.4, 0.2}, FeatureTable.iris().samples()[0], "first flower");
    assertEquals(569, FeatureTable.breastCancer().samples().length);
    assertEquals(30, FeatureTable.breastCancer().samples()[0].length);
    long malignant =
        Arrays.stream(FeatureTable.breastCancer().labels().orElseThrow())
            .filter(label -> label == 0)
            .count();
    assertEquals(212, malignant);
  }

  @Test
  void lastColumnOfTheNameClassIsTheLabel() throws DataException {
    FeatureTable labelled = FeatureTable.read(bytes("a,b,class\r\n1, 2.5,0\r\n-3,4e1,2\r\n"));
    assertArrayEquals(new double[] {1, 2.5}, labelled.samples()[0]);
    assertArrayEquals(new double[] {-3, 40}, labelled.samples()[1]);
    assertArrayEquals(new int[] {0, 2}, labelled.labels().orElseThrow());
    assertTrue(FeatureTable.read(bytes("a,b\n1,2")).labels().isEmpty());
  }

  @Test
  void linesThatAreNoSamplesAreAllReported() {
    DataException problem =
        assertThrows(
            DataException.class,
            () -> FeatureTable.read(bytes("a,class\n1,0\n1,x\nNaN,0\n1\n1,0.5\n")));
    assertEquals(4, problem.problems().size());
    assertEquals(3, problem.problems().get(0).line().orElseThrow());
    assertEquals("has 'x', must have 2 numbers", problem.problems().get(0).message());
    assertEquals("has 'NaN', must have 2 numbers", problem.problems().get(1).message());
    assertEquals("has 1 values, must have 2 numbers", problem.problems().get(2).message());
    assertEquals("has the class 0.5, must have 2 numbers", problem.problems().get(3).message());
  }

  @Test
  void tablesWithoutSamplesAreRejected() {
    for (String text : new String[] {"", "a,b", "class\n1"}) {
      assertThrows(DataException.class, () -> FeatureTable.read(bytes(text)), text);
    }
  }
}
