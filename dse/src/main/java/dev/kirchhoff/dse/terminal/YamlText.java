package dev.kirchhoff.dse.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * YAML document, laid out so that it stays the same document: the comment of a long line goes above
 * it, its value is continued below at spaces, which YAML reads as one (YAML 1.2.2, 6.5). Words stay
 * whole.
 *
 * @param text the document
 */
public record YamlText(String text) implements TextBlock {
  /** More than the indentation of a key behind a dash. */
  private static final int HANGING = 4;

  private static final String MARK = "# ";

  @Override
  public String at(int columns) {
    StringBuilder out = new StringBuilder(text.length() + 64);
    text.lines().forEach(line -> lines(line, columns).forEach(each -> out.append(each + '\n')));
    return out.toString();
  }

  private static List<String> lines(String line, int columns) {
    if (line.length() <= columns) {
      return List.of(line);
    }
    int indent = line.length() - line.stripLeading().length();
    int comment = comment(line);
    List<String> lines = new ArrayList<>();
    String begin = " ".repeat(indent);
    if (comment < line.length()) {
      fold(line.substring(comment + MARK.length()), begin + MARK, begin + MARK, columns, lines);
    }
    String value = line.substring(indent, comment).strip();
    if (!value.isEmpty()) {
      fold(value, begin, begin + " ".repeat(HANGING), columns, lines);
    }
    return lines;
  }

  /** Place of the comment of a line; its end where it has none. */
  private static int comment(String line) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char at = line.charAt(i);
      if (at == '\\' && quoted) {
        i++;
      } else if (at == '"') {
        quoted = !quoted;
      } else if (!quoted && line.startsWith(MARK, i) && (i == 0 || line.charAt(i - 1) == ' ')) {
        return i;
      }
    }
    return line.length();
  }

  private static void fold(
      String text, String first, String others, int columns, List<String> into) {
    StringBuilder line = new StringBuilder(first);
    boolean empty = true;
    for (String word : text.strip().split("(?<=\\S) (?=\\S)")) {
      if (!empty && line.length() + 1 + word.length() > columns) {
        into.add(line.toString());
        line = new StringBuilder(others);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    into.add(line.toString());
  }
}
