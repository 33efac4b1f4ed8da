package dev.kirchhoff.dse.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.circuit.CellLaw;
import dev.kirchhoff.arch.circuit.CrossbarSolver;
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
  void aFileStatesCellsWiresEndsAndInputs() throws SpecException {
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
  void anOpenCellMayBeWrittenAsYamlDoes() throws SpecException {
    CircuitFile file = read(GOOD.replace("\"inf\"", ".inf"));
    assertEquals(0, file.circuit().conductance_uS(0, 1));
  }

  @Test
  void allProblemsAreReportedAtOnceWithTheirPlace() {
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
  void sizesThatDoNotFitAreReported() {
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

  private static List<String> problems(String text) {
    SpecException bad = assertThrows(SpecException.class, () -> read(text));
    return bad.problems().stream().map(Object::toString).toList();
  }

  @Test
  void zeroIsAShortWithAnySign() throws SpecException {
    CircuitFile file =
        read(
            """
            {"resistances_ohm": [[-0, "-0.0"]], "applied_voltages_V": [[-0.0]],
             "r_word_line_ohm": -0, "r_bit_line_ohm": "-0e0"}
            """);
    assertEquals(Double.POSITIVE_INFINITY, file.circuit().conductance_uS(0, 0));
    assertEquals(Double.POSITIVE_INFINITY, file.circuit().conductance_uS(0, 1));
    assertEquals(0.0, file.wordline_ohm());
    assertEquals(0.0, file.bitline_ohm());
  }

  @Test
  void keysOfCellsThatMeanNothingAreReported() {
    assertEquals(
        List.of(
            "c.json:3:42 cell.scale: unknown key of a cell; did you mean scale_V?",
            "c.json:3:57 cell.cubic_perV2: is no key of the law sinh; there are law, scale_V",
            "c.json:3:75 cell.note: unknown key of a cell; there are law, scale_V"),
        problems(
            """
            {"resistances_ohm": [[1]], "applied_voltages_V": [[1]],
             "r_word_line_ohm": 1, "r_bit_line_ohm": 1,
             "cell": {"law": "sinh", "scale_V": 0.5, "scale": 0.25, "cubic_perV2": 2, "note": 1}}
            """));
    assertEquals(
        List.of(
            "c.json:3:10 cell.scale_V: is missing; it is a number above 0",
            "c.json:3:18 cell.law: is 'selektor', must be one of ohmic, sinh, cubic, selector; did you mean selector?"),
        List.of(
            problems(
                    """
                    {"resistances_ohm": [[1]], "applied_voltages_V": [[1]],
                     "r_word_line_ohm": 1, "r_bit_line_ohm": 1,
                     "cell": {"law": "sinh"}}
                    """)
                .get(0),
            problems(
                    """
                    {"resistances_ohm": [[1]], "applied_voltages_V": [[1]],
                     "r_word_line_ohm": 1, "r_bit_line_ohm": 1,
                     "cell": {"law": "selektor", "scale_V": 1}}
                    """)
                .get(0)));
  }

  @Test
  void voltagesOfSidesThatAreNotDrivenAreReported() {
    assertEquals(
        List.of(
            "c.json:1:50 applied_voltages_V: says voltages, but no left end is driven; see boundary.left",
            "c.json:2:62 applied_top_V: says voltages, but no top end is driven; see boundary.top"),
        problems(
            """
            {"resistances_ohm": [[1]], "applied_voltages_V": [[1]],
             "r_word_line_ohm": 1, "r_bit_line_ohm": 1, "applied_top_V": [[2]],
             "boundary": {"left": "grounded"}}
            """));
  }

  @Test
  void whereNoLeftEndIsDrivenNoVoltagesOfItAreWanted() throws SpecException {
    String rest =
        """
         "resistances_ohm": [[1, 2]], "r_word_line_ohm": 1, "r_bit_line_ohm": 1,
         "boundary": {"left": "grounded", "bottom": "driven"}, "applied_bottom_V": [[2, 3], [4, 5]]}
        """;
    assertEquals(2, read("{" + rest).inputs().size());
    assertEquals(2, read("{\"applied_voltages_V\": [[0], [0]]," + rest).inputs().size());
    assertEquals(
        1,
        read("""
                {"resistances_ohm": [[1, 2]], "r_word_line_ohm": 1, "r_bit_line_ohm": 1,
                 "boundary": {"left": "grounded"}}
                """)
            .inputs()
            .size());
  }

  @Test
  void numbersThatAreNoFiguresOfCircuitsAreReported() {
    assertEquals(
        List.of(
            "c.json:1:23 resistances_ohm[0][0]: is '1e-320', must be 0 or 1e-60 to 1e60",
            "c.json:1:31 resistances_ohm[0][1]: is '1e-999', must be 0 or 1e-60 to 1e60",
            "c.json:1:65 applied_voltages_V[0][0]: is '1e308', must be 0 or 1e-60 to 1e60",
            "c.json:2:21 r_word_line_ohm: is '-1', must be a number of ohms, 0 or more",
            "c.json:2:43 r_bit_line_ohm: is '1e999', must be 0 or 1e-60 to 1e60",
            "c.json:3:37 cell.scale_V: is '1e-70', must be 1e-60 to 1e60"),
        problems(
            """
            {"resistances_ohm": [[1e-320, 1e-999]], "applied_voltages_V": [[1e308]],
             "r_word_line_ohm": -1, "r_bit_line_ohm": 1e999,
             "cell": {"law": "sinh", "scale_V": 1e-70}}
            """));
  }

  @Test
  void anEmptyFileIsNoSpec() {
    assertEquals(
        List.of(
            "c.json: is empty; a circuit is a mapping with resistances_ohm; see docs/models.md"),
        problems(""));
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
        CrossbarSolver.of(file.circuit()).solve(file.inputs().get(0));
      } catch (SpecException told) {
        assertTrue(!told.problems().isEmpty());
      } catch (IllegalArgumentException refused) {
        assertTrue(refused.getMessage().contains("shorted cell"), text + ": " + refused);
      }
    }
  }
}
