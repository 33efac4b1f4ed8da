package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.event.ReportJson;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Style;
import dev.kirchhoff.dse.terminal.Terminal;
import dev.kirchhoff.dse.terminal.TextBlock;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Output of a command: results to stdout, progress and diagnostics to stderr, from any thread. A
 * message takes the place of a line of progress that is not ended.
 */
final class Console {
  private static final String WARNING = "warning:";

  /** Erases the rest of the line (ECMA-48, EL). */
  private static final String ERASE = "\u001b[K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final Terminal stdout;
  private final Terminal stderr;
  private final TopCommand program;
  private boolean isOverLine;

  private Console(
      PrintWriter out, PrintWriter err, Terminal stdout, Terminal stderr, TopCommand program) {
    this.program = program;
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
        program.stderr(),
        program);
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
  synchronized void document(String text) {
    eraseLine();
    out.print(text);
    if (!text.endsWith("\n")) {
      out.print('\n');
    }
    out.flush();
  }

  /** Prints a document, as JSON or as text. */
  void print(boolean json, Object document, Supplier<? extends TextBlock> text) {
    if (json) {
      json(document);
    } else {
      result(text.get());
    }
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
    message(new Page().append(styled).append('\n'));
  }

  /** Prints a page of diagnostics. */
  synchronized void message(Page page) {
    eraseLine();
    err.print(stderr.text(page));
    err.flush();
  }

  /** Prints a line of progress without a line end, over the one before and no wider than it. */
  synchronized void messageOverLine(String text) {
    err.print('\r');
    err.print(wholeFields(text, stderr.columns() - 1));
    err.print(ERASE);
    err.flush();
    isOverLine = true;
  }

  /** Takes a line of progress away, where there is one. */
  synchronized void eraseLine() {
    if (isOverLine) {
      err.print('\r' + ERASE);
      err.flush();
      isOverLine = false;
    }
  }

  /** Ends a line of progress, where there is one, so that what follows begins a new one. */
  synchronized void endLine() {
    if (isOverLine) {
      err.print('\n');
      err.flush();
      isOverLine = false;
    }
  }

  /** The fields of a line, two blanks apart, that are not cut off; the first is cut if need be. */
  static String wholeFields(String text, int columns) {
    if (text.length() <= columns) {
      return text;
    }
    int end = text.lastIndexOf("  ", columns);
    return text.substring(0, end > 0 ? end : columns);
  }

  /** Notes that the command itself says what an interruption leaves. */
  void tellsInterruption() {
    program.tellsInterruption();
  }

  /** True if lines of diagnostics can be written over. */
  boolean isInteractive() {
    return stderr.isInteractive();
  }
}
