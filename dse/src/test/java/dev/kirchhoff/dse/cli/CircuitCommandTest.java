package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircuitCommandTest {
  @TempDir private Path folder;

  private CommandRun run(String text, String... options) throws IOException {
    Path file = folder.resolve("c.json");
    Files.writeString(file, text);
    String[] arguments = new String[options.length + 2];
    arguments[0] = "circuit";
    arguments[1] = file.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return CommandRun.of(arguments);
  }

  @Test
  void currentsOfSteepCellsAreLimitedByTheirWires() throws IOException {
    JsonNode solved =
        run(
                """
                {"resistances_ohm": [[10000, 100000]], "applied_voltages_V": [[4]],
                 "r_word_line_ohm": 2, "r_bit_line_ohm": 2, "cell": {"law": "sinh", "scale_V": 0.05}}
                """,
                "--json")
            .exits(0)
            .json()
            .at("/solutions/0");
    assertEquals(0.682581317318686, solved.at("/output_currents_A/0").asDouble(), 1e-12);
    assertEquals(0.321903710029187, solved.at("/output_currents_A/1").asDouble(), 1e-12);
  }

  @Test
  void currentsThatAreLargerThanAnyNumberAreNoSolution() throws IOException {
    String text =
        """
        {"resistances_ohm": [[10000]], "applied_voltages_V": [[0.1], [5]],
         "r_word_line_ohm": 0, "r_bit_line_ohm": 0, "cell": {"law": "sinh", "scale_V": 0.005}}
        """;
    for (String[] options : new String[][] {{}, {"--json"}}) {
      CommandRun run = run(text, options).exits(1);
      assertEquals("", run.out());
      assertTrue(run.err().contains("input 1: A voltage, current or power would be"), run.err());
    }
  }

  @Test
  void linesThatAreHeldAtTwoVoltagesAreNamedWithTheirInput() throws IOException {
    run("""
        {"resistances_ohm": [[1000], [1000]], "applied_voltages_V": [[0, 0], [0, 0.5]],
         "r_word_line_ohm": 0, "r_bit_line_ohm": 1, "boundary": {"right": "grounded"}}
        """)
        .refuses(
            "input 1: Wordline 1, counted from 0, has no resistance and must have one voltage, but its left end is held at 0.5 V and its right end at 0.0 V.");
  }

  @Test
  void filesThatAreNoCircuitsGetNoHintsAboutSpecs() throws IOException {
    for (CommandRun run :
        new CommandRun[] {run(""), run("\0"), CommandRun.of("circuit", folder.toString())}) {
      run.exits(2);
      assertFalse(run.err().contains("spec"), run.err());
    }
  }

  @Test
  void sharesOfPowerAreNotLessThanNothing() throws IOException {
    String out =
        run("""
            {"resistances_ohm": [[0]], "applied_voltages_V": [[0.7]],
             "r_word_line_ohm": 7, "r_bit_line_ohm": 2.3}
            """)
            .exits(0)
            .out();
    assertFalse(out.contains("-0.0"), out);
  }
}
