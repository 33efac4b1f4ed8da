package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A cost tree as indented text: name, value, share of the whole, band where sources disagree,
 * formula, source with the band's reason; small parts are summed up.
 */
final class TreeText {
  private static final double SMALL = 0.01;

  private final boolean all;
  private double total;

  TreeText(boolean all) {
    this.all = all;
  }

  String print(CostTree tree) {
    total = tree.value();
    Rows rows = new Rows();
    add(tree, 0, rows);
    return rows.toString();
  }

  private void add(CostTree tree, int depth, Rows rows) {
    rows.add(
        "  ".repeat(depth) + tree.name(),
        value(tree),
        share(tree.value()),
        BandText.of(tree),
        tree.formula(),
        source(tree));
    List<CostTree> parts = new ArrayList<>(tree.parts());
    if (!tree.unit().equals("ns")) {
      parts.sort(Comparator.comparingDouble(CostTree::value).reversed());
    }
    List<CostTree> small = new ArrayList<>();
    for (CostTree part : parts) {
      boolean isSmall = !all && Math.abs(part.value()) < SMALL * Math.abs(total);
      if (isSmall) {
        small.add(part);
      } else {
        add(part, depth + 1, rows);
      }
    }
    if (small.size() == 1) {
      add(small.get(0), depth + 1, rows);
    } else if (small.size() > 1) {
      CostTree rest = CostTree.sum(small.size() + " more", tree.unit(), "", small);
      rows.add(
          "  ".repeat(depth + 1) + rest.name(),
          value(rest),
          share(rest.value()),
          BandText.of(rest),
          "",
          "");
    }
  }

  /** The source, and what disagrees with it. */
  private static String source(CostTree tree) {
    Spread spread = tree.spread();
    if (spread.reason().isEmpty()) {
      return tree.source();
    }
    return tree.source()
        + "; band "
        + Units.brief(spread.low())
        + "x .. "
        + Units.brief(spread.high())
        + "x: "
        + spread.reason();
  }

  private static String value(CostTree tree) {
    return Dimension.ofUnit(tree.unit())
        .map(d -> Units.print(tree.value() * d.unit(tree.unit()).orElseThrow().factor(), d))
        .orElse(Units.significant(tree.value()) + " " + tree.unit());
  }

  private String share(double value) {
    return total == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * value / total);
  }

  /** Rows with two texts behind the numbers, left-aligned. */
  private static final class Rows {
    private final List<String[]> rows = new ArrayList<>();

    void add(String... cells) {
      rows.add(cells);
    }

    @Override
    public String toString() {
      int[] widths = new int[6];
      for (String[] row : rows) {
        for (int i = 0; i < row.length; i++) {
          widths[i] = Math.max(widths[i], i == 4 ? Math.min(60, row[i].length()) : row[i].length());
        }
      }
      StringBuilder out = new StringBuilder();
      for (String[] row : rows) {
        StringBuilder line = new StringBuilder(pad(row[0], widths[0]));
        line.append("  ").append(" ".repeat(widths[1] - row[1].length())).append(row[1]);
        line.append("  ").append(" ".repeat(widths[2] - row[2].length())).append(row[2]);
        if (widths[3] > 0) {
          line.append("  ").append(" ".repeat(widths[3] - row[3].length())).append(row[3]);
        }
        line.append("  ").append(pad(row[4], widths[4])).append("  ").append(row[5]);
        out.append(line.toString().stripTrailing()).append('\n');
      }
      return out.toString();
    }

    private static String pad(String text, int width) {
      return text + " ".repeat(Math.max(0, width - text.length()));
    }
  }
}
