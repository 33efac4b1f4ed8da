package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.event.ReportJson;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Style;
import dev.kirchhoff.dse.terminal.Terminal;
import dev.kirchhoff.dse.terminal.TextBlock;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Output of a command: results to stdout, progress and diagnostics to stderr. */
final class Console {
  private static final String WARNING = "warning:";

  private final PrintWriter out;
  private final PrintWriter err;
  private final Terminal stdout;
  private final Terminal stderr;

  private Console(PrintWriter out, PrintWriter err, Terminal stdout, Terminal stderr) {
    this.out = out;
    this.err = err;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /** The console of a command, that of its program. */
  static Console of(CommandSpec command) {
    TopCommand program = (TopCommand) command.root().userObject();
    return new Console(
        command.commandLine().getOut(),
        command.commandLine().getErr(),
        program.stdout(),
        program.stderr());
  }

  /** Prints a result, laid out for where it goes. */
  void result(TextBlock page) {
    document(stdout.text(page));
  }

  /** Prints a sentence as the result. */
  void result(String sentence) {
    result(new Page().append(sentence).append('\n'));
  }

  /** Prints a document for programs: its lines are left as they are. */
  void document(String text) {
    out.print(text);
    if (!text.endsWith("\n")) {
      out.print('\n');
    }
    out.flush();
  }

  /** Prints a report as JSON. */
  void json(Object report) {
    document(ReportJson.text(report));
  }

  /** Prints a line of diagnostics. */
  void message(String text) {
    String styled =
        text.startsWith(WARNING)
            ? Style.WARNING.of(WARNING) + text.substring(WARNING.length())
            : text;
    err.print(stderr.text(new Page().append(styled).append('\n')));
    err.flush();
  }

  /** Prints a page of diagnostics. */
  void message(Page page) {
    err.print(stderr.text(page));
    err.flush();
  }

  /** Prints diagnostics without a line end, over the current line and no wider than it. */
  void messageOverLine(String text) {
    err.print('\r');
    err.print(wholeFields(text, stderr.columns() - 1));
    // Erases the rest of a longer line before (ECMA-48, EL).
    err.print("\u001b[K");
    err.flush();
  }

  /** The fields of a line, two blanks apart, that are not cut off; the first is cut if need be. */
  static String wholeFields(String text, int columns) {
    if (text.length() <= columns) {
      return text;
    }
    int end = text.lastIndexOf("  ", columns);
    return text.substring(0, end > 0 ? end : columns);
  }

  /** True if lines of diagnostics can be written over. */
  boolean isInteractive() {
    return stderr.isInteractive();
  }
}
