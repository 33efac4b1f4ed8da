package dev.kirchhoff.dse.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static final Page RED = new Page().append(Style.BAD.of("no") + "\n");

  @Test
  void aTerminalHasTheWidthThatItReportsOrEightyColumns() {
    assertEquals(132, Terminal.of(Map.of(), Optional.of(132)).columns());
    assertEquals(80, Terminal.of(Map.of(), Optional.of(0)).columns());
  }

  @Test
  void aPipeHasNoWidthUnlessColumnsSaysSo() {
    Terminal pipe = Terminal.of(Map.of(), Optional.empty());
    assertEquals(Terminal.none(), pipe);
    assertEquals(Terminal.UNLIMITED, pipe.columns());
    assertEquals(72, Terminal.of(Map.of("COLUMNS", "72"), Optional.empty()).columns());
    assertEquals(72, Terminal.of(Map.of("COLUMNS", "72"), Optional.of(132)).columns());
  }

  @Test
  void columnsThatAreNoWidthAreIgnored() {
    for (String text : new String[] {"", "wide", "0", "-4", "99999999999"}) {
      assertEquals(
          Terminal.UNLIMITED, Terminal.of(Map.of("COLUMNS", text), Optional.empty()).columns());
    }
    assertEquals(20, Terminal.of(Map.of("COLUMNS", "3"), Optional.of(80)).columns());
  }

  @Test
  void onlyATerminalHasColoursAndNoneIfTheUserWantsNone() {
    assertTrue(Terminal.of(Map.of("TERM", "xterm"), Optional.of(80)).hasColour());
    assertTrue(Terminal.of(Map.of("NO_COLOR", ""), Optional.of(80)).hasColour());
    assertFalse(Terminal.of(Map.of("NO_COLOR", "1"), Optional.of(80)).hasColour());
    assertFalse(Terminal.of(Map.of("TERM", "dumb"), Optional.of(80)).hasColour());
    assertFalse(Terminal.of(Map.of("COLUMNS", "80"), Optional.empty()).hasColour());
  }

  @Test
  void aDumbTerminalHasItsWidthButCannotWriteOverALine() {
    Terminal dumb = Terminal.of(Map.of("TERM", "dumb"), Optional.of(72));
    assertEquals(new Terminal(72, false, false), dumb);
  }

  @Test
  void stylesAreWrittenToATerminalWithColoursAlone() {
    assertEquals("\u001b[31mno\u001b[0m\n", new Terminal(80, true, true).text(RED));
    assertEquals("no\n", new Terminal(80, true, false).text(RED));
    assertEquals("no\n", RED.toString());
  }
}
