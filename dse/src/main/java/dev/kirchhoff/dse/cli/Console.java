package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kirchhoff.arch.event.ReportJson;
import java.io.PrintWriter;

/** Output of a command: results to stdout, progress and diagnostics to stderr. */
final class Console {
  private final PrintWriter out;
  private final PrintWriter err;

  Console(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /** Prints a result. */
  void result(String text) {
    out.print(text);
    if (!text.endsWith("\n")) {
      out.print('\n');
    }
    out.flush();
  }

  /** Prints a report as JSON. */
  void json(Object report) {
    result(ReportJson.text(report));
  }

  /** Prints a line of diagnostics. */
  void message(String text) {
    err.print(text);
    err.print('\n');
    err.flush();
  }

  /** Prints diagnostics without a line end, over the current line. */
  void messageOverLine(String text) {
    err.print('\r');
    err.print(text);
    err.flush();
  }

  static ObjectMapper mapper() {
    return ReportJson.mapper();
  }
}
