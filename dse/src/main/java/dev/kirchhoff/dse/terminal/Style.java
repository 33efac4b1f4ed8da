package dev.kirchhoff.dse.terminal;

import java.util.regex.Pattern;

/**
 * Emphasis of a text by SGR sequences (ECMA-48, section 8.3.117). Styled text takes as many columns
 * as it does unstyled, and becomes unstyled where it goes to no terminal.
 */
public enum Style {
  STRONG("1"),
  FAINT("2"),
  BAD("31"),
  GOOD("32"),
  WARNING("33");

  private static final String RESET = "\u001b[0m";
  private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[[0-9;]*m");

  private final String begin;

  Style(String parameter) {
    begin = "\u001b[" + parameter + "m";
  }

  /** A text in this style; an empty one stays empty. */
  public String of(String text) {
    return text.isEmpty() ? "" : begin + text + RESET;
  }

  /** A text without styles. */
  public static String strip(String text) {
    return text.indexOf('\u001b') < 0 ? text : SEQUENCE.matcher(text).replaceAll("");
  }

  /** Columns that a text takes: its code points without styles, each of one column. */
  public static int width(String text) {
    String plain = strip(text);
    return plain.codePointCount(0, plain.length());
  }

  /** The sequence in force at the end of a text that may begin in another; empty for none. */
  static String atEnd(String text, String before) {
    String style = before;
    var sequences = SEQUENCE.matcher(text);
    while (sequences.find()) {
      style = sequences.group().equals(RESET) ? "" : sequences.group();
    }
    return style;
  }

  /** A line that goes on in a style, complete in itself. */
  static String complete(String line, String before) {
    return before + line + (atEnd(line, before).isEmpty() ? "" : RESET);
  }
}
