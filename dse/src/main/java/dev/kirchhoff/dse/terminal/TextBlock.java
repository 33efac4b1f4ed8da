package dev.kirchhoff.dse.terminal;

/** Whole lines of text that lay themselves out for a width. */
@FunctionalInterface
public interface TextBlock {
  /**
   * The lines, each with its end.
   *
   * @param columns columns that a line may take; {@link Terminal#UNLIMITED} without a limit
   */
  String at(int columns);
}
