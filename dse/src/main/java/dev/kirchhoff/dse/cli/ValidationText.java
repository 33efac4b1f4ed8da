package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.gallery.Comparison;
import dev.kirchhoff.dse.gallery.ErrorSummary;
import dev.kirchhoff.dse.gallery.GalleryChip;
import dev.kirchhoff.dse.gallery.Omission;
import dev.kirchhoff.dse.report.ComparisonWords;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.peripherals.calibration.FittedFactors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A validation for people: a table a chip, then what all of them say together. */
final class ValidationText {
  private ValidationText() {}

  static Page of(List<GalleryChip> chips) {
    Page out = new Page();
    for (GalleryChip chip : chips) {
      out.append(chip(chip)).append('\n');
    }
    out.append(summary(chips));
    out.append(beyondAim(chips));
    out.append(beyondTwice(chips));
    out.append(factors(chips));
    List<Comparison> all = chips.stream().flatMap(c -> c.comparisons().values().stream()).toList();
    long met = all.stream().filter(Comparison::met).count();
    long aimed = all.stream().filter(Comparison::isAimed).count();
    long beyond = all.stream().filter(Comparison::isBeyondAim).count();
    out.append(met)
        .append(" of ")
        .append(all.size())
        .append(" values are within what they allow; the models aim at 10 % where the chip was")
        .append(" fitted, 30 % for a new chip or quantity: ")
        .append(beyond)
        .append(" of ")
        .append(aimed)
        .append(beyond == 1 ? " misses it\n" : " miss it\n");
    return out;
  }

  private static Page chip(GalleryChip chip) {
    TextTable table = new TextTable("  ", 3).optional(7);
    boolean changes = chip.comparisons().values().stream().anyMatch(v -> !v.when().isEmpty());
    table.row("of", "figure", changes ? "when" : "", "paper", "ours", "error", "", "role");
    for (Comparison value : chip.comparisons().values()) {
      table.row(
          value.of(),
          ComparisonWords.figure(value),
          value.when(),
          ComparisonWords.print(value.published(), value),
          ComparisonWords.print(value.ours(), value),
          ComparisonWords.error(value),
          value.met() ? "" : "misses " + bound(value),
          chip.isTable() ? "sum" : ComparisonWords.role(value));
    }
    OptionalDouble error = ErrorSummary.of(List.of(chip), c -> true).error();
    String head =
        chip.name()
            + " ("
            + chip.id()
            + ")"
            + (chip.isTable()
                ? ", a component table: sums are checked, no model"
                : error.isPresent() ? ", off by " + percent(error.getAsDouble()) : "");
    Page out = new Page().append(head).append('\n');
    if (chip.comparisons().values().isEmpty()) {
      out.append("  nothing expected\n");
    } else {
      out.append(table);
    }
    for (Omission omission : chip.comparisons().omissions()) {
      out.append("  not compared: ")
          .append(omission.name())
          .append(", ")
          .append(omission.reason())
          .append('\n');
    }
    return out;
  }

  private static String bound(Comparison value) {
    if (value.kind().isShare()) {
      return Units.brief(value.kind().within() * 100) + " points";
    }
    return value.kind().within() < 1
        ? Units.brief(value.kind().within() * 100) + " %"
        : Units.brief(1 + value.kind().within()) + "x";
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
  }

  private static Page summary(List<GalleryChip> chips) {
    Page out =
        new Page().append("Error = exp(mean |ln(ours/paper)|) - 1, averaged per chip first\n");
    TextTable table = new TextTable("  ");
    table.head("", "values", "chips", "error");
    for (Comparison.Group group : Comparison.Group.values()) {
      if (group != Comparison.Group.GIVEN) {
        row(table, group.sentence(), ErrorSummary.of(chips, c -> c.group() == group));
      }
    }
    row(table, "all", ErrorSummary.of(chips, c -> true));
    out.append(table);
    out.append(leftOut(chips));
    long tables = chips.stream().filter(GalleryChip::isTable).count();
    if (tables > 0) {
      out.append("  left out: ")
          .append(tables == 1 ? "1 component table" : tables + " component tables")
          .append('\n');
    }
    ErrorSummary.Shares shares = ErrorSummary.shares(chips);
    if (shares.values() > 0) {
      out.append(
          String.format(
              Locale.ROOT,
              "  %d shares, off by %.1f points on average, %.1f at most%n",
              shares.values(),
              shares.mean() * 100,
              shares.largest() * 100));
    }
    int ranked = ErrorSummary.ranked(chips).size();
    OptionalDouble rank = ErrorSummary.rankCorrelation(chips);
    out.append("  rank correlation of TOPS/W: ")
        .append(
            rank.isPresent()
                ? String.format(Locale.ROOT, "%.2f over %d chips", rank.getAsDouble(), ranked)
                : "needs three chips, here " + (ranked == 1 ? "is 1" : "are " + ranked))
        .append(" (the first TOPS/W of each spec)\n");
    return out;
  }

  /** Given values, and areas whose scope nobody said. */
  private static String leftOut(List<GalleryChip> chips) {
    StringBuilder out = new StringBuilder();
    int given = ErrorSummary.given(chips);
    if (given > 0) {
      out.append("  ")
          .append(given == 1 ? "1 given value is" : given + " given values are")
          .append(" in no error\n");
    }
    List<String> unscoped =
        chips.stream()
            .filter(chip -> !chip.isTable())
            .filter(
                chip ->
                    chip.comparisons().values().stream()
                        .anyMatch(v -> v.name().equals("area") && v.basis().areaScope().isEmpty()))
            .map(GalleryChip::id)
            .toList();
    if (!unscoped.isEmpty()) {
      out.append("  areas without areaScope: ").append(String.join(", ", unscoped)).append('\n');
    }
    return out.toString();
  }

  private static void row(TextTable table, String name, ErrorSummary summary) {
    table.row(
        name,
        Integer.toString(summary.values()),
        Integer.toString(summary.chips()),
        summary.error().isPresent() ? percent(summary.error().getAsDouble()) : "-");
  }

  /** Values off by more than the models aim at, also where their rows allow it. */
  private static Page beyondAim(List<GalleryChip> chips) {
    TextTable table = new TextTable("    ", 3);
    int beyond = 0;
    for (GalleryChip chip : chips) {
      for (Comparison value : chip.comparisons().values()) {
        if (value.isBeyondAim()) {
          beyond++;
          table.row(
              chip.id(),
              value.of() + " " + value.name(),
              value.when(),
              ComparisonWords.error(value),
              "aim "
                  + Units.brief(value.aim() * 100)
                  + (value.kind().isShare() ? " points" : " %"));
        }
      }
    }
    String head =
        "  beyond the aim (10 % where the chip was fitted, 30 % for a new chip or quantity): ";
    return beyond == 0
        ? new Page().append(head + "none\n")
        : new Page().append(head + beyond + "\n").append(table);
  }

  private static String beyondTwice(List<GalleryChip> chips) {
    StringBuilder out = new StringBuilder();
    for (GalleryChip chip : chips) {
      for (Comparison value : chip.comparisons().values()) {
        if (value.counts() && value.logError() > ComparisonWords.EXPLAINED_BEYOND) {
          String note = value.basis().note().isEmpty() ? chip.note() : value.basis().note();
          out.append("  beyond 2x: ")
              .append(chip.id())
              .append(' ')
              .append(value.of())
              .append(' ')
              .append(value.name())
              .append(", ")
              .append(Units.significant(value.ours() / value.published()))
              .append("x: ")
              .append(note.isEmpty() ? "no reason is given; add a note to the row" : note)
              .append('\n');
        }
      }
    }
    return out.toString();
  }

  private static String factors(List<GalleryChip> chips) {
    List<String> lines = new ArrayList<>();
    for (FittedFactor factor : FittedFactors.all()) {
      if (chips.stream().anyMatch(chip -> chip.families().contains(factor.family()))) {
        lines.add(line(factor, ""));
      }
    }
    for (GalleryChip chip : chips) {
      chip.ownFactors().forEach(f -> lines.add(line(f, ", stated in " + chip.id())));
    }
    return lines.isEmpty()
        ? "  fitted factors of these circuits: none\n"
        : "  fitted factors of these circuits:\n" + String.join("", lines);
  }

  private static String line(FittedFactor factor, String where) {
    return "    "
        + factor.family().word()
        + " "
        + factor.quantity().word()
        + " x "
        + Units.significant(factor.factor())
        + " on "
        + String.join(", ", factor.fittedOn())
        + where
        + (factor.reason().isEmpty() ? "" : ": " + factor.reason())
        + "\n";
  }
}
