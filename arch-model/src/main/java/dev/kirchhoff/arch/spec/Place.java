package dev.kirchhoff.arch.spec;

import java.util.OptionalInt;

/**
 * Position in a text.
 *
 * @param file file name as the user wrote it, a catalogue entry, or the command-line option
 * @param line line, from 1; empty = the whole file
 * @param column column, from 1; empty = the whole line
 */
public record Place(String file, OptionalInt line, OptionalInt column)
    implements Comparable<Place> {

  /** The place of a value that nobody wrote: a default of the language. */
  public static final Place DEFAULT = ofFile("default");

  /** A place in a line. */
  public Place(String file, int line, int column) {
    this(file, OptionalInt.of(line), OptionalInt.of(column));
  }

  /** A whole file. */
  public static Place ofFile(String file) {
    return new Place(file, OptionalInt.empty(), OptionalInt.empty());
  }

  /** True if this is the place of a default. */
  public boolean isDefault() {
    return equals(DEFAULT);
  }

  /** Place some characters to the right of this one. */
  public Place plus(int characters) {
    return column.isPresent()
        ? new Place(file, line, OptionalInt.of(column.getAsInt() + characters))
        : this;
  }

  /** Line and column of this place in another file. */
  public Place in(String other) {
    return new Place(other, line, column);
  }

  /** True if it is a file, or an option, as a whole. */
  public boolean isWholeFile() {
    return line.isEmpty();
  }

  /** Line and column, {@code 14:3}; empty for a whole file. */
  public String lineAndColumn() {
    return isWholeFile() ? "" : toString().substring(file.length() + 1);
  }

  /** File and line, {@code isaac.yaml:14}. */
  public String fileAndLine() {
    return line.isPresent() ? file + ":" + line.getAsInt() : file;
  }

  @Override
  public int compareTo(Place other) {
    int byFile = file.compareTo(other.file);
    if (byFile != 0) {
      return byFile;
    }
    int byLine = Integer.compare(line.orElse(0), other.line.orElse(0));
    return byLine != 0 ? byLine : Integer.compare(column.orElse(0), other.column.orElse(0));
  }

  @Override
  public String toString() {
    return column.isPresent() ? fileAndLine() + ":" + column.getAsInt() : fileAndLine();
  }
}
