package dev.kirchhoff.mapper.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Expected rows of an evaluation: a file with one {@code path = value} a line. Numbers are compared
 * by their bits, not by their digits, which differ between versions of Java.
 */
final class GoldenTable {
  private static final String SEPARATOR = " = ";
  private static final String NOTHING = "(nothing)";

  private final Path file;
  private final Map<String, String> expected;

  private GoldenTable(Path file, Map<String, String> expected) {
    this.file = file;
    this.expected = expected;
  }

  /** The table of a file, empty if there is none. */
  static GoldenTable read(Path file) {
    Map<String, String> expected = new LinkedHashMap<>();
    if (Files.exists(file)) {
      for (String line : lines(file)) {
        int at = separator(line);
        expected.put(line.substring(0, at), line.substring(at + SEPARATOR.length()));
      }
    }
    return new GoldenTable(file, expected);
  }

  private static int separator(String line) {
    int at = line.indexOf(SEPARATOR);
    if (at < 0) {
      throw new IllegalStateException("The line (" + line + ") must be PATH = VALUE.");
    }
    return at;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A row that is not as expected.
   *
   * @param file file of the table
   * @param path path of the row
   * @param before expected value
   * @param after value of today
   */
  record Change(Path file, String path, String before, String after) {
    /** Size of the change over the larger value; infinite where one is no number. */
    double relative() {
      try {
        double one = Double.parseDouble(before);
        double other = Double.parseDouble(after);
        double change = Math.abs(other - one) / Math.max(Math.abs(one), Math.abs(other));
        return Double.isNaN(change) ? Double.POSITIVE_INFINITY : change;
      } catch (NumberFormatException e) {
        return Double.POSITIVE_INFINITY;
      }
    }

    /** Both values with the change between them. */
    String text() {
      double relative = relative();
      String size =
          Double.isInfinite(relative) ? "" : String.format(Locale.ROOT, " (%.2e)", relative);
      return file.getParent().getFileName()
          + "/"
          + file.getFileName()
          + " "
          + path
          + ": "
          + before
          + " -> "
          + after
          + size;
    }
  }

  /** Rows that are not as expected, in their order; all rows where there is no table yet. */
  List<Change> changes(Rows rows) {
    Set<String> paths = new LinkedHashSet<>(rows.values().keySet());
    paths.addAll(expected.keySet());
    List<Change> changes = new ArrayList<>();
    for (String path : paths) {
      String before = expected.get(path);
      String after = rows.values().get(path);
      if (!isSame(before, after)) {
        changes.add(
            new Change(
                file,
                path,
                Objects.requireNonNullElse(before, NOTHING),
                Objects.requireNonNullElse(after, NOTHING)));
      }
    }
    if (changes.isEmpty() && !List.copyOf(paths).equals(List.copyOf(expected.keySet()))) {
      changes.add(new Change(file, "order of rows", "as in the file", "another"));
    }
    return changes;
  }

  private static boolean isSame(String before, String after) {
    if (before == null || after == null || before.equals(after)) {
      return Objects.equals(before, after);
    }
    try {
      return Double.doubleToLongBits(Double.parseDouble(before))
          == Double.doubleToLongBits(Double.parseDouble(after));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Writes the rows in place of those expected; digits of unchanged numbers stay. */
  void write(Rows rows) {
    StringBuilder text = new StringBuilder();
    rows.values()
        .forEach(
            (path, value) -> {
              String before = expected.get(path);
              String kept = isSame(before, value) ? before : value;
              text.append(path).append(SEPARATOR).append(kept).append('\n');
            });
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
