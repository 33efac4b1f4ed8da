package dev.kirchhoff.dse.steer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Kinds of commands by their word in events. */
public enum CommandKind {
  /** Nothing is evaluated until the search is resumed. */
  PAUSE("pause"),
  /** End of a pause. */
  RESUME("resume"),
  /** Orderly end of the search with its result. */
  STOP("stop"),
  /** A constraint is added, or takes the place of the one on the same figure and side. */
  CONSTRAIN("constrain"),
  /** Constraints are removed. */
  RELEASE("release"),
  /** Knobs keep one value in all new designs. */
  PIN("pin"),
  /** Knobs may take any value again. */
  FREE("free"),
  /** A design is evaluated in the next round. */
  INJECT("inject"),
  /** A design is taken off the front, and those that it dominated come on. */
  EXCLUDE("exclude"),
  /** Another number of designs to evaluate at most. */
  BUDGET("budget");

  private final String word;

  CommandKind(String word) {
    this.word = word;
  }

  /** Its word in events. */
  public String word() {
    return word;
  }

  /** Words of all kinds. */
  public static List<String> words() {
    return Arrays.stream(values()).map(CommandKind::word).toList();
  }

  /** The kind of a word; empty if there is none. */
  public static Optional<CommandKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }
}
