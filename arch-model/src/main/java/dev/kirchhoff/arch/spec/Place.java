package dev.kirchhoff.arch.spec;

/**
 * Position in a text.
 *
 * @param file file name as the user wrote it, a catalogue entry, or the command-line option
 * @param line line, from 1; 0 = the whole file
 * @param column column, from 1; 0 = the whole line
 */
public record Place(String file, int line, int column) implements Comparable<Place> {

  /** The place of a value that nobody wrote: a default of the language. */
  public static final Place DEFAULT = new Place("default", 0, 0);

  /** True if this is the place of a default. */
  public boolean isDefault() {
    return equals(DEFAULT);
  }

  /** Place some characters to the right of this one. */
  public Place plus(int characters) {
    return line == 0 ? this : new Place(file, line, column + characters);
  }

  /** File and line, {@code isaac.yaml:14}. */
  public String fileAndLine() {
    return line == 0 ? file : file + ":" + line;
  }

  @Override
  public int compareTo(Place other) {
    int byFile = file.compareTo(other.file);
    if (byFile != 0) {
      return byFile;
    }
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }

  @Override
  public String toString() {
    return line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
