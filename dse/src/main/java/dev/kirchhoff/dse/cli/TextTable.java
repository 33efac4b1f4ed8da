package dev.kirchhoff.dse.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in aligned columns: the first to the left, the others to the right, no frames. A column that
 * is empty in every row takes no place.
 */
final class TextTable {
  private final List<String[]> rows = new ArrayList<>();
  private final String indent;
  private final int leftColumns;

  TextTable(String indent) {
    this(indent, 1);
  }

  TextTable(String indent, int leftColumns) {
    this.indent = indent;
    this.leftColumns = leftColumns;
  }

  TextTable row(String... cells) {
    rows.add(cells);
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  @Override
  public String toString() {
    List<Integer> widths = new ArrayList<>();
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        if (i == widths.size()) {
          widths.add(0);
        }
        widths.set(i, Math.max(widths.get(i), row[i].length()));
      }
    }
    StringBuilder out = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < row.length; i++) {
        if (i > 0 && widths.get(i) == 0) {
          continue;
        }
        String pad = " ".repeat(widths.get(i) - row[i].length());
        line.append(i == 0 ? "" : "  ").append(i < leftColumns ? row[i] + pad : pad + row[i]);
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }
}
