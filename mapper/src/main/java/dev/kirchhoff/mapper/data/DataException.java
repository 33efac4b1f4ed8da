package dev.kirchhoff.mapper.data;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Failure to read samples from a file. */
public final class DataException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** Of the file as a whole; the message completes "FILE ...". */
  public DataException(String message) {
    this(List.of(new Problem(OptionalInt.empty(), message)));
  }

  /** With all problems, sorted by line. */
  public DataException(List<Problem> problems) {
    super(problems.stream().map(Problem::located).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /** All problems, sorted by line. */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * A problem of a file.
   *
   * @param line line of the file, from 1; empty if it is about the whole file
   * @param message the mistake and the values allowed
   */
  public record Problem(OptionalInt line, String message) {
    /** A problem of a line. */
    public Problem(int line, String message) {
      this(OptionalInt.of(line), message);
    }

    private String located() {
      return (line.isPresent() ? "line " + line.getAsInt() + ": " : "") + message;
    }
  }
}
