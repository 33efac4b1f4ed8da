package dev.kirchhoff.arch.event;

import java.util.Optional;

/** Format of a data directory and of the run logs in it, as its {@code format} file numbers it. */
public enum LogFormat {
  /** Lines without checksums: they are shown and exported, marked as unchecked, never continued. */
  UNCHECKED(1),
  /** Lines with checksums, each chained to the line before; the format that is written. */
  CHECKED(2);

  private final int number;

  LogFormat(int number) {
    this.number = number;
  }

  /** Its number. */
  public int number() {
    return number;
  }

  /** The format that the text of a {@code format} file names; empty if it is none of these. */
  public static Optional<LogFormat> of(String text) {
    for (LogFormat format : values()) {
      if (text.strip().equals(Integer.toString(format.number))) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
