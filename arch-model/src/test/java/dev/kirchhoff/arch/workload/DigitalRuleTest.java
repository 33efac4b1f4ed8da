package dev.kirchhoff.arch.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitalRuleTest {
  /** 2 groups of 5 outputs on a map of 6 × 4: 240 outputs. */
  private static final MatrixShape SHAPE = new MatrixShape(3, 5, 1, 1, 6, 4, 1, 2);

  private static DigitalWork work(DigitalOperation operation, long elements) {
    return new DigitalWork(operation, elements);
  }

  @Test
  void operationsOnOutputsAddUpInTheOrderOfTheOperations() {
    assertEquals(
        List.of(
            work(DigitalOperation.BIAS, 240),
            work(DigitalOperation.RELU, 240),
            work(DigitalOperation.ADD, 480)),
        DigitalRule.work("add relu bias add", SHAPE));
  }

  @Test
  void aPoolCountsItsWindowLessOneForEachPooledElement() {
    // 3 x 2 positions of 10 channels.
    assertEquals(
        List.of(work(DigitalOperation.MAX_COMPARE, 60 * 3)), DigitalRule.work("max2@3x2", SHAPE));
    assertEquals(
        List.of(work(DigitalOperation.ADD, 60 * 8), work(DigitalOperation.MULTIPLY_ACCUMULATE, 60)),
        DigitalRule.work("avg3@3x2", SHAPE));
  }

  @Test
  void aNormHasOneInverseRootPerPosition() {
    assertEquals(
        List.of(
            work(DigitalOperation.LOOKUP, 24),
            work(DigitalOperation.ADD, 240),
            work(DigitalOperation.MULTIPLY_ACCUMULATE, 720)),
        DigitalRule.work("norm", SHAPE));
    assertEquals(
        List.of(
            work(DigitalOperation.LOOKUP, 7),
            work(DigitalOperation.ADD, 77),
            work(DigitalOperation.MULTIPLY_ACCUMULATE, 231)),
        DigitalRule.work("norm@7x1x11", SHAPE));
  }

  @Test
  void aSoftmaxHasOneReciprocalPerPositionAndHead() {
    assertEquals(
        List.of(
            work(DigitalOperation.LOOKUP, 240 + 48),
            work(DigitalOperation.MAX_COMPARE, 240),
            work(DigitalOperation.ADD, 240),
            work(DigitalOperation.MULTIPLY_ACCUMULATE, 480)),
        DigitalRule.work("softmax", SHAPE));
  }

  @Test
  void productsAreMultiplyAccumulates() {
    for (String each : List.of("mac", "scale", "renorm")) {
      assertTrue(
          DigitalRule.work(each, SHAPE).contains(work(DigitalOperation.MULTIPLY_ACCUMULATE, 240)));
    }
    assertEquals(
        List.of(work(DigitalOperation.MULTIPLY_ACCUMULATE, 2 * 240 + 4 * 8 * 8 * 10)),
        DigitalRule.work("rotary upsample@8x8", SHAPE));
  }

  @Test
  void nothingIsNothing() {
    assertEquals(List.of(), DigitalRule.work("  ", SHAPE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gelu",
        "max",
        "max2",
        "maxi2@3x2",
        "relu2",
        "bias@3",
        "max0@3x2",
        "add@0x1",
        "RELU",
        "add@99999999999x1"
      })
  void aWordThatIsNoneIsRefusedByName(String word) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> DigitalRule.work(word, SHAPE));
    assertTrue(e.getMessage().contains("(" + word + ")"), e.getMessage());
  }
}
