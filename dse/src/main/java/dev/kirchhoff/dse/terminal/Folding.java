package dev.kirchhoff.dse.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Greedy line breaking at spaces. A command line of ours stays whole where a line can hold it, so
 * that it can be copied, and so does a number with its unit; a word longer than a line is cut, but
 * an address, which a cut would break.
 */
final class Folding {
  private static final Pattern WORD =
      Pattern.compile("(\\./kirchhoff [^;]*|\\(?[0-9][0-9.,]* \\S{1,4}(?!\\S)|\\S+)(\\s*)");
  private static final int HANGING = 2;

  /** Mark of an address, {@code http://…}. */
  static final String ADDRESS = "://";

  /** Characters behind which paths and lists are cut. */
  private static final String JOINTS = "./,_-";

  private Folding() {}

  /** Lines of a text, those too long continued below with a hanging indentation. */
  static String text(String text, int columns) {
    if (columns == Terminal.UNLIMITED) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 64);
    int begin = 0;
    while (begin < text.length()) {
      int end = text.indexOf('\n', begin);
      String line = text.substring(begin, end < 0 ? text.length() : end);
      out.append(String.join("\n", line(line, columns)));
      if (end < 0) {
        return out.toString();
      }
      out.append('\n');
      begin = end + 1;
    }
    return out.toString();
  }

  /** One line as lines; those after the first are indented by two columns more than it is. */
  static List<String> line(String line, int columns) {
    if (Style.width(line) <= columns) {
      return List.of(line);
    }
    String plain = Style.strip(line);
    int indent = plain.length() - plain.stripLeading().length();
    int hanging = Math.min(indent + HANGING, columns / 2);
    List<String> folded = words(line.strip(), columns - indent, columns - hanging);
    List<String> lines = new ArrayList<>();
    for (String part : folded) {
      lines.add(" ".repeat(lines.isEmpty() ? indent : hanging) + part);
    }
    return lines;
  }

  /**
   * Words of a text as lines.
   *
   * @param first columns of the first line
   * @param others columns of the others
   */
  static List<String> words(String text, int first, int others) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    String style = "";
    String gap = "";
    for (Word word : words(text, Math.min(first, others))) {
      int columns = lines.isEmpty() ? first : others;
      if (line.length() > 0
          && Style.width(line.toString()) + gap.length() + Style.width(word.text()) > columns) {
        lines.add(Style.complete(line.toString(), style));
        style = Style.atEnd(line.toString(), style);
        line.setLength(0);
        gap = "";
      }
      line.append(gap).append(word.text());
      gap = word.gap();
    }
    lines.add(Style.complete(line.toString(), style));
    return lines;
  }

  /** A word with the space behind it. */
  private record Word(String text, String gap) {}

  private static List<Word> words(String text, int most) {
    List<Word> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      String word = matcher.group(1).stripTrailing();
      String gap =
          matcher.group(2).isEmpty() && word.length() < matcher.group(1).length()
              ? matcher.group(1).substring(word.length())
              : matcher.group(2);
      if (Style.width(word) <= most || word.contains(ADDRESS) && word.indexOf(' ') < 0) {
        words.add(new Word(word, gap));
      } else if (word.indexOf(' ') >= 0) {
        List<Word> parts = words(word.replace("./kirchhoff ", "./kirchhoff\t"), most);
        parts.forEach(part -> words.add(new Word(part.text(), part.gap().isEmpty() ? gap : " ")));
      } else {
        cut(word, most, gap, words);
      }
    }
    return words;
  }

  /** End of a line of a word: behind its last joint in the second half of the line, if any. */
  private static int end(String word, int most) {
    for (int end = most; end > most / 2; end--) {
      if (JOINTS.indexOf(word.charAt(end - 1)) >= 0) {
        return end;
      }
    }
    return most;
  }

  private static void cut(String word, int most, String gap, List<Word> into) {
    String rest = Style.strip(word);
    while (rest.codePointCount(0, rest.length()) > most) {
      int end = end(rest, rest.offsetByCodePoints(0, most));
      into.add(new Word(rest.substring(0, end), ""));
      rest = rest.substring(end);
    }
    into.add(new Word(rest, gap));
  }
}
