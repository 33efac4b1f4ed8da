package dev.kirchhoff.dse.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Writer of lines as wide as a terminal, for commands that know none. A line with an address
 * ({@code http://…}) stays whole, so that it can be opened and copied.
 */
public final class FoldedLines extends Writer {
  private final PrintWriter target;
  private final Terminal terminal;
  private final StringBuilder line = new StringBuilder();

  private FoldedLines(PrintWriter target, Terminal terminal) {
    this.target = target;
    this.terminal = terminal;
  }

  /** A writer to a destination; each line is written once it ends. */
  public static PrintWriter of(PrintWriter target, Terminal terminal) {
    return new PrintWriter(new FoldedLines(target, terminal), true);
  }

  @Override
  public void write(char[] text, int from, int length) {
    line.append(text, from, length);
    int end;
    while ((end = line.indexOf("\n")) >= 0) {
      print(line.substring(0, end + 1));
      line.delete(0, end + 1);
    }
  }

  private void print(String whole) {
    target.print(
        whole.contains(Folding.ADDRESS)
            ? whole
            : terminal.text(columns -> Folding.text(whole, columns)));
  }

  @Override
  public void flush() {
    target.flush();
  }

  @Override
  public void close() throws IOException {
    print(line.toString());
    line.setLength(0);
    flush();
  }
}
