package dev.kirchhoff.dse.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.circuit.CellLaw;
import dev.kirchhoff.arch.circuit.LineEnd;
import dev.kirchhoff.arch.spec.SpecException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CircuitReaderTest {
  private static final String GOOD =
      """
      {"resistances_ohm": [[10000, "inf"], [0, 2e4]],
       "applied_voltages_V": [[0.2, -0.1]],
       "r_word_line_ohm": 2, "r_bit_line_ohm": 0.5,
       "boundary": {"left": "driven", "bottom": ["grounded", "floating"]},
       "cell": {"law": "sinh", "scale_V": 0.25}}
      """;

  private static CircuitFile read(String text) throws SpecException {
    return CircuitReader.read("c.json", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFileSaysCellsWiresEndsAndInputs() throws SpecException {
    CircuitFile file = read(GOOD);
    assertEquals(100, file.circuit().conductance_uS(0, 0));
    assertEquals(0, file.circuit().conductance_uS(0, 1));
    assertEquals(Double.POSITIVE_INFINITY, file.circuit().conductance_uS(1, 0));
    assertEquals(50, file.circuit().conductance_uS(1, 1), 1e-12);
    assertEquals(2, file.wordline_ohm());
    assertEquals(List.of(LineEnd.GROUNDED, LineEnd.FLOATING), file.circuit().boundary().bottom());
    assertEquals(new CellLaw.HyperbolicSine(0.25), file.circuit().law());
    assertEquals(1, file.inputs().size());
  }

  @Test
  void allMistakesAreToldAtOnceWithTheirPlace() {
    SpecException bad =
        assertThrows(
            SpecException.class,
            () ->
                read(
                    """
                    {"resistances_ohm": [[1, -2], [3]],
                     "applied_volts_V": [[1]],
                     "r_word_line_ohm": "inf",
                     "boundary": {"left": "drven", "botom": "grounded"},
                     "cell": {"law": "quadratic"}}
                    """));
    List<String> told = bad.problems().stream().map(Object::toString).toList();
    assertEquals(
        List.of(
            "c.json:1:1 applied_voltages_V: is missing; it is a list of rows of numbers",
            "c.json:1:1 r_bit_line_ohm: is missing; it is the resistance of one segment in ohms",
            "c.json:1:26 resistances_ohm[0][1]: is '-2', must be a number of ohms, 0 or more, or inf for an open cell",
            "c.json:1:31 resistances_ohm[1]: has 1 numbers, the first row has 2",
            "c.json:2:2 applied_volts_V: unknown key of a circuit; did you mean applied_voltages_V?",
            "c.json:3:21 r_word_line_ohm: is inf, a wire must conduct",
            "c.json:4:23 boundary.left: is 'drven', must be one of floating, grounded, driven; did you mean driven?",
            "c.json:4:32 boundary.botom: unknown side; did you mean bottom?",
            "c.json:5:18 cell.law: is 'quadratic', must be one of ohmic, sinh, cubic, selector"),
        told);
  }

  @Test
  void sizesThatDoNotFitAreTold() {
    SpecException bad =
        assertThrows(
            SpecException.class,
            () ->
                read(
                    """
                    {"resistances_ohm": [[1, 2], [3, 4]], "word_lines": 3,
                     "applied_voltages_V": [[1, 2, 3]], "applied_top_V": [[1, 2], [1, 2]],
                     "r_word_line_ohm": 1, "r_bit_line_ohm": 1}
                    """));
    assertEquals(3, bad.problems().size(), bad.problems().toString());
    assertTrue(bad.problems().get(0).message().startsWith("is 3, but there are 2"));
  }

  @Test
  void damagedFilesAreRefusedOrReadButNeverBreakTheReader() {
    for (int run = 0; run < 3_000; run++) {
      Random random = new Random(20261125L + run);
      StringBuilder text = new StringBuilder(GOOD);
      for (int hit = 0; hit <= random.nextInt(4); hit++) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, (char) (' ' + random.nextInt(95)));
          case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
          default -> text.insert(at, "[{\"x\": -1e999, NaN}]".substring(random.nextInt(10)));
        }
      }
      try {
        CircuitFile file = read(text.toString());
        file.circuit().newSolver().solve(file.inputs().get(0));
      } catch (SpecException told) {
        assertTrue(!told.problems().isEmpty());
      } catch (IllegalArgumentException refused) {
        assertTrue(refused.getMessage().contains("shorted cell"), text + ": " + refused);
      }
    }
  }
}
