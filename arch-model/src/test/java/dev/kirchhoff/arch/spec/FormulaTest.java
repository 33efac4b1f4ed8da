package dev.kirchhoff.arch.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaTest {
  private static final Map<String, Double> VALUES =
      Map.of("side", 128.0, "shares", 4.0, "latency", 3.0);

  private static double value(String text) throws Formula.FormulaException {
    return FormulaParser.parse(text, List.of("TOPS/W", "latency"))
        .evaluate(name -> name.name().equals("TOPS/W") ? 6 : VALUES.get(name.name()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "side / shares | 32",
        "2 + 3 * 4 | 14",
        "(2 + 3) * 4 | 20",
        "2 ^ 3 ^ 2 | 512",
        "-2 ^ 2 | -4",
        "7 - 2 - 1 | 4",
        "min(side, 100, 3 * shares) | 12",
        "max(side, 100) | 128",
        "log2(side) | 7",
        "ceil(side / 100) | 2",
        "floor(side / 100) | 1",
        "TOPS/W * 2 | 12",
        "0.01 * latency[resnet18] | 0.03",
        "50 mm2 | 50e6",
        "4 * 32 KB | 131072",
      })
  void formulasFollowTheRulesOfArithmetic(String text, double expected)
      throws Formula.FormulaException {
    assertEquals(expected, value(text), 1e-9 * Math.abs(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2 +", "(2", "2 3", "min(2", "* 2", "2 $ 3", "log2(1, 2)", "1..2", "a["})
  void whatIsNoFormulaIsRefused(String text) {
    assertThrows(Formula.FormulaException.class, () -> FormulaParser.parse(text, List.of()));
  }

  @Test
  void dimensionsAreChecked() throws Formula.FormulaException {
    Formula.Quantities areas =
        name -> (name.name().equals("t") ? Dimension.TIME : Dimension.AREA).exponents();
    assertEquals(Dimension.AREA, FormulaParser.parse("2 * a + b", List.of()).dimension(areas));
    assertEquals(Dimension.LENGTH, FormulaParser.parse("a / 3 um", List.of()).dimension(areas));
    Formula.FormulaException e =
        assertThrows(
            Formula.FormulaException.class,
            () -> FormulaParser.parse("a + t", List.of()).dimension(areas));
    assertEquals("an area (um2) and a time (ns) cannot be added", e.getMessage());
    assertEquals(2, e.offset());
  }

  /** Below, at and above 2: the border belongs to the side that the comparison says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 if a < 2 else 0 | 1 | 0 | 0",
        "1 if a <= 2 else 0 | 1 | 1 | 0",
        "1 if a == 2 else 0 | 0 | 1 | 0",
        "1 if a >= 2 else 0 | 0 | 1 | 1",
        "1 if a > 2 else 0 | 0 | 0 | 1",
        "1 if not a < 2 else 0 | 0 | 1 | 1",
        "1 if not a >= 2 else 0 | 1 | 0 | 0",
        "1 if a < 2 else 2 if a == 2 else 3 | 1 | 2 | 3",
        "(1 if a < 2 else 2) + 1 if a <= 2 else 0 | 2 | 3 | 0",
      })
  void theBorderOfAPieceBelongsToTheSideOfItsSign(
      String text, double below, double at, double above) throws Formula.FormulaException {
    FormulaParser parser = new FormulaParser(text, 0);
    Formula formula = parser.formula();
    parser.end();
    assertEquals(below, formula.evaluate(name -> 1.0), "below");
    assertEquals(at, formula.evaluate(name -> 2.0), "at the border");
    assertEquals(above, formula.evaluate(name -> 3.0), "above");
  }

  /** Compiled circuits call the static forms. */
  @Test
  void comparisonsOfCompiledCircuitsHoldWhereTheirInterpretationDoes() {
    double[] values = {-1, -0.0, 0, 1, Double.NaN};
    for (double left : values) {
      for (double right : values) {
        assertEquals(
            Formula.Comparison.LESS.holds(left, right) ? 5 : 7,
            Formula.Comparison.less(left, right, 5, 7),
            left + " < " + right);
        assertEquals(
            Formula.Comparison.AT_MOST.holds(left, right) ? 5 : 7,
            Formula.Comparison.atMost(left, right, 5, 7),
            left + " <= " + right);
        assertEquals(
            Formula.Comparison.EQUAL.holds(left, right) ? 5 : 7,
            Formula.Comparison.equal(left, right, 5, 7),
            left + " == " + right);
      }
    }
  }

  @Test
  void deepNestingIsRefusedInsteadOfOverflowing() throws Formula.FormulaException {
    assertEquals(2, FormulaParser.parse(nested("(", 59), List.of()).evaluate(name -> 0));
    assertEquals("is nested too deeply", refusal(nested("(", 60)));
    assertEquals("is nested too deeply", refusal(nested("max(1, ", 5000)));
  }

  private static String nested(String open, int times) {
    return open.repeat(times) + "2" + ")".repeat(times);
  }

  @Test
  void aLongFormulaIsRefusedInsteadOfOverflowing() throws Formula.FormulaException {
    assertEquals(501, FormulaParser.parse("1" + "+1".repeat(500), List.of()).evaluate(n -> 0));
    assertEquals(1, FormulaParser.parse("-".repeat(500) + "1", List.of()).evaluate(n -> 0));
    String tooLong = "is too long: more than 500 operators and parentheses";
    assertEquals(tooLong, refusal("1" + "+1".repeat(501)));
    assertEquals(tooLong, refusal("-".repeat(100_000) + "1"));
    assertEquals(tooLong, refusal("1" + "^1".repeat(50_000)));
    assertEquals(tooLong, refusal("max(1" + ", 1".repeat(5000) + ")"));
  }

  private static String refusal(String text) {
    return assertThrows(Formula.FormulaException.class, () -> FormulaParser.parse(text, List.of()))
        .getMessage();
  }
}
