package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;

/** Where a command writes: results to stdout, talk to stderr. */
final class Console {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

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

  /** Prints a result as JSON. */
  void json(JsonNode node) {
    try {
      result(JSON.writeValueAsString(node));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A result could not be written as JSON.", e);
    }
  }

  /** Says something. */
  void say(String text) {
    err.print(text);
    err.print('\n');
    err.flush();
  }

  /** Says something without a line end, over the current line. */
  void sayOverLine(String text) {
    err.print('\r');
    err.print(text);
    err.flush();
  }

  static ObjectMapper mapper() {
    return JSON;
  }
}
