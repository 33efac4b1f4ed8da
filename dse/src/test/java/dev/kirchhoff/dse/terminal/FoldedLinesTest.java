package dev.kirchhoff.dse.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Lines of commands that know no terminal, folded for one. */
class FoldedLinesTest {
  private static final String LONG = "Maybe a dashboard runs already; another port: --port 8101";

  private final StringWriter written = new StringWriter();

  private PrintWriter lines(int columns) {
    return FoldedLines.of(
        new PrintWriter(written, true), new Terminal(columns, columns < 100, false));
  }

  @Test
  void aLineIsFoldedOnceItEnds() {
    PrintWriter lines = lines(30);
    lines.print("Maybe a dashboard runs already;");
    assertEquals("", written.toString());
    lines.println(" another port: --port 8101");
    assertEquals(
        "Maybe a dashboard runs\n  already; another port:\n  --port 8101\n", written.toString());
  }

  @Test
  void anAddressStaysWhole() {
    String page = "page http://127.0.0.1:8100/?token=0123456789abcdef";
    lines(30).println(page);
    assertEquals(page + "\n", written.toString());
  }

  @Test
  void aPipeGetsLinesAsTheyAre() {
    PrintWriter lines = lines(Terminal.UNLIMITED);
    lines.print(LONG + "\n" + LONG);
    assertEquals(LONG + "\n", written.toString());
    lines.close();
    assertEquals(LONG + "\n" + LONG, written.toString());
  }
}
