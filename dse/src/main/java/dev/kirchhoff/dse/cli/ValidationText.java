package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.gallery.Comparison;
import dev.kirchhoff.dse.gallery.ErrorSummary;
import dev.kirchhoff.dse.gallery.Omission;
import dev.kirchhoff.dse.report.ComparisonReport;
import dev.kirchhoff.dse.report.ComparisonWords;
import dev.kirchhoff.dse.report.PricedDesign;
import dev.kirchhoff.dse.report.ValidationReport;
import dev.kirchhoff.dse.report.ValidationReport.Chip;
import dev.kirchhoff.dse.report.ValidationReport.Factor;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Text of a validation: a table for each chip, then a summary of all. */
final class ValidationText {
  private ValidationText() {}

  static Page of(ValidationReport report) {
    Page out = new Page();
    List<Chip> chips = report.chips();
    for (Chip chip : chips) {
      out.append(chip(chip)).append('\n');
    }
    out.append(summary(report));
    out.append(beyondAim(chips));
    out.append(beyondTwice(chips));
    out.append(factors(report));
    List<ComparisonReport> all = chips.stream().flatMap(chip -> chip.values().stream()).toList();
    long met = all.stream().filter(ComparisonReport::met).count();
    long aimed = all.stream().filter(ComparisonReport::isAimed).count();
    long beyond = all.stream().filter(ComparisonReport::beyondAim).count();
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

  private static Page chip(Chip chip) {
    TextTable table = new TextTable("  ", 3).optional(7).called(6, "allowed error");
    boolean changes = chip.values().stream().anyMatch(v -> v.when().isPresent());
    table.head("of", "figure", changes ? "when" : "", "paper", "ours", "error", "", "role");
    for (ComparisonReport value : chip.values()) {
      table.row(
          value.of(),
          ComparisonWords.figure(value),
          value.when().orElse(""),
          ComparisonWords.print(value.published(), value),
          ComparisonWords.print(value.ours(), value),
          ComparisonWords.error(value),
          value.met() ? "" : "misses " + bound(value),
          chip.componentTable() ? "sum" : ComparisonWords.role(value));
    }
    OptionalDouble error = chip.summary().error();
    String head =
        chip.name()
            + " ("
            + chip.id()
            + ")"
            + (chip.componentTable()
                ? ", a component table: sums are checked, no model"
                : error.isPresent() ? ", off by " + percent(error.getAsDouble()) : "");
    Page out = new Page().append(head).append('\n');
    if (chip.values().isEmpty()) {
      out.append("  nothing expected\n");
    } else {
      out.append(table);
    }
    for (ValidationReport.MissedLimit missed : chip.missedLimits()) {
      String by =
          new PricedDesign.Miss(missed.limit(), missed.amount(), missed.unit(), false).sentence();
      out.append("  infeasible")
          .append(missed.when().map(when -> " when " + when).orElse(""))
          .append(": ")
          .append(by)
          .append('\n');
    }
    for (Omission omission : chip.omissions()) {
      out.append("  not compared: ")
          .append(omission.name())
          .append(", ")
          .append(omission.reason())
          .append('\n');
    }
    return out;
  }

  private static String bound(ComparisonReport value) {
    if (value.share()) {
      return Units.brief(value.within() * 100) + " points";
    }
    return value.within() < 1
        ? Units.brief(value.within() * 100) + " %"
        : Units.brief(1 + value.within()) + "x";
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
  }

  private static Page summary(ValidationReport report) {
    List<Chip> chips = report.chips();
    ValidationReport.Summary summary = report.summary();
    Page out =
        new Page().append("Error = exp(mean |ln(ours/paper)|) - 1, averaged per chip first\n");
    TextTable table = new TextTable("  ");
    table.head("", "values", "chips", "error");
    row(table, Comparison.Group.CALIBRATED.sentence(), summary.calibrated());
    row(table, Comparison.Group.SAME_CHIP.sentence(), summary.sameChip());
    row(table, Comparison.Group.NEW_CHIP.sentence(), summary.newChip());
    row(table, "all", summary.all());
    out.append(table);
    out.append(leftOut(report));
    long tables = chips.stream().filter(Chip::componentTable).count();
    if (tables > 0) {
      out.append("  left out: ")
          .append(tables == 1 ? "1 component table" : tables + " component tables")
          .append('\n');
    }
    ValidationReport.SharePoints shares = summary.shares();
    if (shares.values() > 0) {
      out.append(
          String.format(
              Locale.ROOT,
              "  %d shares, off by %.1f points on average, %.1f at most%n",
              shares.values(),
              shares.meanPoints(),
              shares.largestPoints()));
    }
    int ranked = summary.ranked();
    OptionalDouble rank = summary.rankCorrelation();
    out.append("  rank correlation of TOPS/W: ")
        .append(
            rank.isPresent()
                ? String.format(Locale.ROOT, "%.2f over %d chips", rank.getAsDouble(), ranked)
                : "needs three chips, here " + (ranked == 1 ? "is 1" : "are " + ranked))
        .append(" (the first TOPS/W of each spec)\n");
    return out;
  }

  /** Given values, and areas whose scope nobody said. */
  private static String leftOut(ValidationReport report) {
    StringBuilder out = new StringBuilder();
    int given = report.summary().given().values();
    if (given > 0) {
      out.append("  ")
          .append(given == 1 ? "1 given value is" : given + " given values are")
          .append(" in no error\n");
    }
    List<String> unscoped =
        report.chips().stream()
            .filter(chip -> !chip.componentTable())
            .filter(
                chip ->
                    chip.values().stream()
                        .anyMatch(v -> v.name().equals("area") && v.areaScope().isEmpty()))
            .map(Chip::id)
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
  private static Page beyondAim(List<Chip> chips) {
    TextTable table = new TextTable("    ", 3).called(2, "when").called(3, "error");
    table.called(4, "aim");
    int beyond = 0;
    for (Chip chip : chips) {
      for (ComparisonReport value : chip.values()) {
        if (value.beyondAim()) {
          beyond++;
          table.row(
              chip.id(),
              value.of() + " " + value.name(),
              value.when().orElse(""),
              ComparisonWords.error(value),
              "aim " + Units.brief(value.aim() * 100) + (value.share() ? " points" : " %"));
        }
      }
    }
    String head =
        "  beyond the aim (10 % where the chip was fitted, 30 % for a new chip or quantity): ";
    return beyond == 0
        ? new Page().append(head + "none\n")
        : new Page().append(head + beyond + "\n").append(table);
  }

  private static String beyondTwice(List<Chip> chips) {
    StringBuilder out = new StringBuilder();
    for (Chip chip : chips) {
      for (ComparisonReport value : chip.values()) {
        if (value.isBeyondTwice()) {
          String note = value.note().or(chip::note).orElse("");
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

  private static String factors(ValidationReport report) {
    List<Chip> chips = report.chips();
    List<String> lines = new ArrayList<>();
    for (Factor factor : report.fittedFactors()) {
      if (chips.stream().anyMatch(chip -> chip.families().contains(factor.family()))) {
        lines.add(line(factor, ""));
      }
    }
    for (Chip chip : chips) {
      chip.ownFactors().forEach(f -> lines.add(line(f, ", stated in " + chip.id())));
    }
    return lines.isEmpty()
        ? "  fitted factors of these circuits: none\n"
        : "  fitted factors of these circuits:\n" + String.join("", lines);
  }

  private static String line(Factor factor, String where) {
    return "    "
        + factor.family()
        + " "
        + factor.quantity()
        + " x "
        + Units.significant(factor.factor())
        + " on "
        + String.join(", ", factor.fittedOn())
        + where
        + (factor.reason().isEmpty() ? "" : ": " + factor.reason())
        + "\n";
  }
}
