package dev.kirchhoff.dse.terminal;

import dev.kirchhoff.arch.spec.Sentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Text in aligned columns, two spaces between them, no frames. A column that is empty in every row
 * takes no place.
 *
 * <p>Where a table is wider than its line, texts continue below within their column, at {@value
 * #LEAST_TEXT} columns or more; where that is not enough, columns are left out, the optional ones
 * first, and a line below names them; last, cells are cut. A line is never longer than asked for.
 */
public final class TextTable implements TextBlock {
  private static final String GAP = "  ";

  /** Columns that a text keeps where it can be broken (chosen: three or four words). */
  private static final int LEAST_TEXT = 20;

  private static final int LEAST_CELL = 4;

  private final String indent;
  private final BitSet left = new BitSet();
  private final BitSet texts = new BitSet();
  private final List<Integer> optional = new ArrayList<>();
  private final BitSet kept = new BitSet();
  private final Map<Integer, String> called = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();

  /**
   * A row, with lines of text below it.
   *
   * @param isHead true for the names of the columns
   */
  private record Row(String[] cells, boolean isHead, List<String> below) {}

  /** A table whose first column is a text. */
  public TextTable(String indent) {
    this(indent, 1);
  }

  /** A table whose first columns are texts. */
  public TextTable(String indent, int texts) {
    this.indent = indent;
    this.left.set(0, texts);
    this.texts.set(0, texts);
  }

  /** Makes further columns texts: aligned to the left, continued below where they are too long. */
  public TextTable texts(int... columns) {
    Arrays.stream(columns).forEach(texts::set);
    return left(columns);
  }

  /** Aligns columns to the left whose cells are better cut than broken. */
  public TextTable left(int... columns) {
    Arrays.stream(columns).forEach(left::set);
    return this;
  }

  /** Adds the names of the columns. */
  public TextTable head(String... cells) {
    rows.add(new Row(cells, true, List.of()));
    return this;
  }

  /** Adds a row, each cell printed by its kind ({@link Sentence#word}). */
  public TextTable row(Object... cells) {
    String[] words = Arrays.stream(cells).map(Sentence::word).toArray(String[]::new);
    rows.add(new Row(words, false, new ArrayList<>()));
    return this;
  }

  /** Adds a line of text below the last row, with its indentation. */
  public TextTable below(String line) {
    rows.get(rows.size() - 1).below().add(line);
    return this;
  }

  /** Columns that a narrow line is first to go without, in their order. */
  public TextTable optional(int... columns) {
    Arrays.stream(columns).forEach(optional::add);
    return this;
  }

  /** Columns that stay at any width, as the first does. */
  public TextTable keep(int... columns) {
    Arrays.stream(columns).forEach(kept::set);
    return this;
  }

  /** Names a column without a head where a narrow line leaves it out. */
  public TextTable called(int column, String name) {
    called.put(column, name);
    return this;
  }

  /** True without a row. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The table as a pipe gets it. */
  @Override
  public String toString() {
    return Style.strip(at(Terminal.UNLIMITED));
  }

  @Override
  public String at(int columns) {
    int[] natural = natural();
    List<Integer> shown = new ArrayList<>();
    IntStream.range(0, natural.length).filter(i -> i == 0 || natural[i] > 0).forEach(shown::add);
    List<Integer> dropped = new ArrayList<>();
    for (Integer next : order(natural.length)) {
      if (fits(least(natural), shown, columns)) {
        break;
      }
      if (shown.remove(next)) {
        dropped.add(next);
      }
    }
    int[] widths = widths(natural, shown, columns);
    StringBuilder out = new StringBuilder();
    for (Row row : rows) {
      print(row, shown, widths, out);
      row.below().forEach(line -> out.append(Folding.text(line + "\n", columns)));
    }
    return out.append(leftOut(dropped, columns)).toString();
  }

  private int[] natural() {
    int[] widths = new int[rows.stream().mapToInt(row -> row.cells().length).max().orElse(0)];
    for (Row row : rows) {
      for (int i = 0; i < row.cells().length; i++) {
        widths[i] = Math.max(widths[i], Style.width(row.cells()[i]));
      }
    }
    return widths;
  }

  /** Columns in the order in which they go: the optional ones, the others from the last on. */
  private List<Integer> order(int columns) {
    List<Integer> order = new ArrayList<>(optional);
    for (int column = columns - 1; column > 0; column--) {
      if (!order.contains(column) && !kept.get(column)) {
        order.add(column);
      }
    }
    return order;
  }

  /** Widths below which columns are cut. */
  private int[] least(int[] natural) {
    int[] least = natural.clone();
    texts.stream()
        .filter(i -> i < least.length)
        .forEach(i -> least[i] = Math.min(natural[i], Math.max(LEAST_TEXT, longestWord(i))));
    return least;
  }

  private int longestWord(int column) {
    return rows.stream()
        .filter(row -> column < row.cells().length)
        .flatMap(row -> Arrays.stream(row.cells()[column].split(" ")))
        .mapToInt(Style::width)
        .max()
        .orElse(0);
  }

  private int total(int[] widths, List<Integer> shown) {
    int gaps = GAP.length() * (shown.size() - 1);
    return indent.length() + gaps + shown.stream().mapToInt(i -> widths[i]).sum();
  }

  private boolean fits(int[] widths, List<Integer> shown, int columns) {
    return columns == Terminal.UNLIMITED || total(widths, shown) <= columns;
  }

  private int[] widths(int[] natural, List<Integer> shown, int columns) {
    int[] widths = natural.clone();
    narrow(widths, least(natural), shown, columns);
    int[] cut = new int[natural.length];
    Arrays.setAll(cut, i -> Math.min(natural[i], LEAST_CELL));
    narrow(widths, cut, shown, columns);
    return widths;
  }

  /** Takes from the widest column that may give, until the line fits. */
  private void narrow(int[] widths, int[] least, List<Integer> shown, int columns) {
    while (!fits(widths, shown, columns)) {
      int widest = -1;
      for (int i : shown) {
        if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
    }
  }

  private void print(Row row, List<Integer> shown, int[] widths, StringBuilder out) {
    List<List<String>> cells = new ArrayList<>();
    for (int i : shown) {
      String cell = i < row.cells().length ? row.cells()[i] : "";
      cells.add(lines(row.isHead() ? Style.STRONG.of(cell) : cell, widths[i], texts.get(i)));
    }
    int height = cells.stream().mapToInt(List::size).max().orElse(0);
    for (int line = 0; line < height; line++) {
      StringBuilder text = new StringBuilder(indent);
      for (int c = 0; c < shown.size(); c++) {
        String cell = line < cells.get(c).size() ? cells.get(c).get(line) : "";
        String pad = " ".repeat(widths[shown.get(c)] - Style.width(cell));
        text.append(c == 0 ? "" : GAP).append(left.get(shown.get(c)) ? cell + pad : pad + cell);
      }
      out.append(text.toString().stripTrailing()).append('\n');
    }
  }

  private static List<String> lines(String cell, int width, boolean isText) {
    if (Style.width(cell) <= width) {
      return List.of(cell);
    }
    if (isText) {
      String plain = Style.strip(cell);
      int lead = plain.length() - plain.stripLeading().length();
      List<String> lines = new ArrayList<>();
      for (String line : Folding.words(cell.strip(), width - lead, width - lead)) {
        lines.add(" ".repeat(lead) + line);
      }
      return lines;
    }
    String plain = Style.strip(cell);
    return List.of(plain.substring(0, plain.offsetByCodePoints(0, width - 1)) + "…");
  }

  private String leftOut(List<Integer> dropped, int columns) {
    String[] head =
        rows.stream().filter(Row::isHead).findFirst().map(Row::cells).orElse(new String[0]);
    String names =
        dropped.stream()
            .sorted()
            .map(i -> called.getOrDefault(i, i < head.length ? head[i] : ""))
            .filter(name -> !name.isBlank())
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? ""
        : Folding.text(Style.FAINT.of(indent + "(too narrow for: " + names + ")") + "\n", columns);
  }
}
