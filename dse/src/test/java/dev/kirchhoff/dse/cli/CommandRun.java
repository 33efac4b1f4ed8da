package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kirchhoff.dse.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * One command, run in this process, with what it said.
 *
 * @param code exit code
 * @param out stdout
 * @param err stderr
 */
record CommandRun(int code, String out, String err) {
  /** Not the project's mapper: what is printed must be readable by any JSON tool. */
  private static final ObjectMapper FOREIGN = new ObjectMapper();

  static CommandRun of(String... arguments) {
    return in(Terminal.none(), arguments);
  }

  /** A command whose output and diagnostics go to a terminal. */
  static CommandRun in(Terminal terminal, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine(new PrintWriter(out), new PrintWriter(err, true), terminal, terminal)
            .execute(arguments);
    CommandRun run = new CommandRun(code, out.toString(), err.toString());
    assertFalse(run.err.contains("\tat "), "a stack trace:\n" + run.err);
    return run;
  }

  /** The command line, to look at. */
  static CommandLine program() {
    return Main.commandLine(
        new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));
  }

  /** A spec of the project's examples. */
  static String example(String name) {
    return Path.of("..", "examples", name + ".yaml").toString();
  }

  CommandRun exits(int expected) {
    assertEquals(expected, code, () -> "stdout:\n" + out + "\nstderr:\n" + err);
    return this;
  }

  /** Bad input: exit 2, nothing on stdout, and a sentence with these words on stderr. */
  CommandRun refuses(String... words) {
    exits(2);
    assertEquals("", out);
    for (String word : words) {
      if (!err.contains(word)) {
        assertEquals(word, err, "is missing in what was said");
      }
    }
    return this;
  }

  JsonNode json() {
    return parse(out);
  }

  static JsonNode parse(String text) {
    try {
      return FOREIGN.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }
}
