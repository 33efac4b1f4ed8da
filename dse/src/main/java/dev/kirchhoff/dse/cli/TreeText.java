package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Style;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A cost tree as indented text: name, value, share of the whole, band where sources disagree; below
 * them formula, source and the band's reason. Small parts are summed up.
 */
final class TreeText {
  private static final double SMALL = 0.01;
  private static final String STEP = "  ";

  private final boolean all;
  private double total;

  TreeText(boolean all) {
    this.all = all;
  }

  Page print(CostTree tree) {
    total = tree.value();
    TextTable table = new TextTable("");
    add(tree.readable(), 0, table);
    return new Page().append(table);
  }

  private void add(CostTree tree, int depth, TextTable table) {
    row(tree, depth, table);
    account(tree).forEach(line -> table.below(STEP.repeat(depth + 2) + Style.FAINT.of(line)));
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
        add(part, depth + 1, table);
      }
    }
    if (small.size() == 1) {
      add(small.get(0), depth + 1, table);
    } else if (small.size() > 1) {
      row(CostTree.sum(small.size() + " more", tree.unit(), "", small), depth + 1, table);
    }
  }

  private void row(CostTree tree, int depth, TextTable table) {
    table.row(
        STEP.repeat(depth) + (depth == 0 ? Style.STRONG.of(tree.name()) : tree.name()),
        value(tree),
        share(tree.value()),
        BandText.of(tree));
  }

  /** Formula, source and what disagrees with it, a line each. */
  private static List<String> account(CostTree tree) {
    List<String> lines = new ArrayList<>();
    if (!tree.formula().isEmpty()) {
      lines.add("= " + tree.formula());
    }
    if (!tree.source().isEmpty()) {
      lines.add(tree.source());
    }
    Spread spread = tree.spread();
    if (!spread.reason().isEmpty()) {
      lines.add(
          "band "
              + Units.brief(spread.low())
              + "x .. "
              + Units.brief(spread.high())
              + "x: "
              + spread.reason());
    }
    return lines;
  }

  private static String value(CostTree tree) {
    return Dimension.ofUnit(tree.unit())
        .map(d -> Units.print(tree.value() * d.unit(tree.unit()).orElseThrow().factor(), d))
        .orElse(Units.significant(tree.value()) + " " + tree.unit());
  }

  private String share(double value) {
    return total == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * value / total);
  }
}
