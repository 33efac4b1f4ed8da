package dev.kirchhoff.arch.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SentenceTest {
  @Test
  void choicesTakeTheNumberOfTheLastCount() {
    String pattern = "{} layer{|s} of {} {takes|take} {} of {} cop{y|ies}";
    assertEquals("1 layer of a takes 0.250 of 2 copies", Sentence.of(pattern, 1, "a", 0.25, 2L));
    assertEquals(
        "1,200 layers of $1 take 7.00 of 1 copy", Sentence.of(pattern, 1200, "$1", 7.0, 1L));
    assertEquals("0 runs", Sentence.of("{} run{|s}", 0));
  }

  @Test
  void argumentsArePrintedByTheirKind() {
    assertEquals("a, 2,000, -", Sentence.word(List.of("a", 2000, Optional.empty())));
    assertEquals("3.14", Sentence.word(OptionalDouble.of(3.14159)));
    assertEquals("-", Sentence.word(OptionalDouble.empty()));
    assertEquals("unlimited", Sentence.word(Double.POSITIVE_INFINITY));
    assertEquals("{} stays", Sentence.of("{} stays", "{}"));
    assertEquals("12.3 % of +1e+03", Sentence.of("{%.1f} % of {%+.0e}", 12.345, 1000.0));
  }

  @Test
  void anArgumentWithoutAPlaceIsAMistake() {
    assertThrows(IllegalArgumentException.class, () -> Sentence.of("{}", 1, 2));
  }
}
