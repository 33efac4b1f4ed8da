package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.gallery.Comparison;
import dev.kirchhoff.dse.gallery.ErrorSummary;
import dev.kirchhoff.dse.gallery.Omission;
import dev.kirchhoff.dse.gallery.Predictions;
import dev.kirchhoff.dse.report.ComparisonReport;
import dev.kirchhoff.dse.report.ComparisonWords;
import dev.kirchhoff.dse.report.PricedDesign;
import dev.kirchhoff.dse.report.ValidationReport;
import dev.kirchhoff.dse.report.ValidationReport.Chip;
import dev.kirchhoff.dse.report.ValidationReport.Factor;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Table;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** Text of a validation: a table for each chip, then a summary of all. */
final class ValidationText {
  private ValidationText() {}

  static Page of(ValidationReport report) {
    Page out = new Page();
    List<Chip> chips = report.chips();
    chips.forEach(chip -> chip(chip, out));
    summary(report, out);
    beyondAim(chips, out);
    beyondTwice(chips, out);
    factors(report, out);
    List<ComparisonReport> all = chips.stream().flatMap(chip -> chip.values().stream()).toList();
    return out.line(
        "{} of {} values are within what they allow; the models aim at 10 % where the chip was"
            + " fitted, 30 % for a new chip or quantity: {} of {} {}",
        all.stream().filter(ComparisonReport::met).count(),
        all.size(),
        all.stream().filter(ComparisonReport::beyondAim).count(),
        all.stream().filter(ComparisonReport::isAimed).count(),
        all.stream().filter(ComparisonReport::beyondAim).count() == 1 ? "misses it" : "miss it");
  }

  private static void chip(Chip chip, Page out) {
    OptionalDouble error = chip.summary().error();
    out.line(
        "{} ({}){}",
        chip.name(),
        chip.id(),
        chip.componentTable()
            ? ", a component table: sums are checked, no model"
            : error.isPresent() ? ", off by " + percent(error.getAsDouble()) : "");
    if (chip.values().isEmpty()) {
      out.append("  nothing expected\n");
    } else {
      out.append(
          new Table<ComparisonReport>("  ")
              .column("of", ComparisonReport::of)
              .column("figure", ComparisonWords::figure)
              .text()
              .column("when", value -> value.when().orElse(""))
              .text()
              .onlyIf(chip.values().stream().anyMatch(v -> v.when().isPresent()))
              .column("paper", value -> ComparisonWords.print(value.published(), value))
              .column("ours", value -> ComparisonWords.print(value.ours(), value))
              .column("error", ComparisonWords::error)
              .column("", value -> value.met() ? "" : "misses " + bound(value))
              .called("allowed error")
              .column("role", v -> chip.componentTable() ? "sum" : ComparisonWords.role(v))
              .optional(0)
              .of(chip.values()));
    }
    for (ValidationReport.MissedLimit missed : chip.missedLimits()) {
      out.line(
          "  infeasible{}: {}",
          missed.when().map(when -> " when " + when).orElse(""),
          new PricedDesign.Miss(missed.limit(), missed.amount(), missed.unit(), false).sentence());
    }
    for (Omission omission : chip.omissions()) {
      out.line("  not compared: {}, {}", omission.name(), omission.reason());
    }
    out.append('\n');
  }

  private static String bound(ComparisonReport value) {
    return value.share() || value.within() < 1
        ? points(value.within(), value)
        : Units.brief(1 + value.within()) + "x";
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
  }

  private static void summary(ValidationReport report, Page out) {
    ValidationReport.Summary summary = report.summary();
    TextTable table = new TextTable("  ").head("", "values", "chips", "error");
    row(table, Comparison.Group.CALIBRATED.sentence(), summary.calibrated());
    row(table, Comparison.Group.SAME_CHIP.sentence(), summary.sameChip());
    row(table, Comparison.Group.NEW_CHIP.sentence(), summary.newChip());
    row(table, "all", summary.all());
    out.append("Error = exp(mean |ln(ours/paper)|) - 1, averaged per chip first\n").append(table);
    leftOut(report, out);
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
    OptionalDouble rank = summary.rankCorrelation();
    out.line(
        "  rank correlation of TOPS/W: {} (the first TOPS/W of each spec)",
        rank.isPresent()
            ? String.format(Locale.ROOT, "%.2f over %d chips", rank.getAsDouble(), summary.ranked())
            : "needs three chips, here "
                + (summary.ranked() == 1 ? "is 1" : "are " + summary.ranked()));
    summary.predictions().ifPresent(predictions -> predictions(predictions, out));
  }

  /** The four figures on values that nothing was fitted to, each beside its null model. */
  private static void predictions(Predictions of, Page out) {
    Predictions.Settings settings = of.settings();
    Predictions.Order order = of.order();
    Predictions.NewChip chip = of.newChip();
    Predictions.Bands bands = of.bands();
    out.append("TOPS/W where nothing was fitted, factors of specs off; null: without circuits\n")
        .append(
            new TextTable("  ")
                .head("", "values", "models", "null")
                .row(
                    "another setting, relative to the chip's headline",
                    settings.values() + " of " + settings.chips() + " chips",
                    within(settings.median(), settings.most()),
                    within(settings.nullMedian(), settings.nullMost()))
                .row(
                    "order of two settings of a chip",
                    order.settingPairs() + " pairs",
                    share(order.settings()),
                    "50 %")
                .row(
                    "order of two chips",
                    order.chipPairs() + " pairs",
                    share(order.chips()),
                    "50 %")
                .row(
                    "a new chip",
                    chip.chips() + " chips",
                    "off by " + percent(chip.error()),
                    "off by " + percent(chip.nullError()))
                .row(
                    "in 80 % of the other chips' ratios",
                    bands.chips() + " chips",
                    share(bands.held()) + ", " + Units.brief(bands.width()) + "x wide",
                    "80 %")
                .row(
                    "in 80 % of joint draws of the models",
                    bands.chips() + " chips",
                    share(bands.drawnHeld()) + ", " + Units.brief(bands.drawnWidth()) + "x wide",
                    "80 %"));
  }

  private static String within(double median, double most) {
    return "half within " + percent(median) + ", 4 of 5 within " + percent(most);
  }

  private static String share(double share) {
    return Math.round(share * 100) + " %";
  }

  /** Given values, areas whose scope nobody said, and component tables. */
  private static void leftOut(ValidationReport report, Page out) {
    int given = report.summary().given().values();
    if (given > 0) {
      out.line("  {} given value{ is|s are} in no error", given);
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
      out.line("  areas without areaScope: {}", unscoped);
    }
    long tables = report.chips().stream().filter(Chip::componentTable).count();
    if (tables > 0) {
      out.line("  left out: {} component table{|s}", tables);
    }
  }

  private static void row(TextTable table, String name, ErrorSummary summary) {
    OptionalDouble error = summary.error();
    table.row(
        name,
        summary.values(),
        summary.chips(),
        error.isPresent() ? percent(error.getAsDouble()) : "-");
  }

  /** A value of a chip. */
  private record OfChip(Chip chip, ComparisonReport value) {
    static List<OfChip> all(List<Chip> chips, Predicate<ComparisonReport> isMeant) {
      return chips.stream()
          .flatMap(chip -> chip.values().stream().map(value -> new OfChip(chip, value)))
          .filter(of -> isMeant.test(of.value()))
          .toList();
    }

    String name() {
      return value.of() + " " + value.name();
    }
  }

  /** Values off by more than the models aim at, also where their rows allow it. */
  private static void beyondAim(List<Chip> chips, Page out) {
    List<OfChip> beyond = OfChip.all(chips, ComparisonReport::beyondAim);
    out.line(
            "  beyond the aim (10 % where the chip was fitted, 30 % for a new chip or quantity):"
                + " {}",
            beyond.isEmpty() ? "none" : beyond.size())
        .append(
            new Table<OfChip>("    ")
                .column("", of -> of.chip().id())
                .column("", OfChip::name)
                .text()
                .column("", of -> of.value().when().orElse(""))
                .text()
                .called("when")
                .column("", of -> ComparisonWords.error(of.value()))
                .called("error")
                .column("", of -> "aim " + points(of.value().aim(), of.value()))
                .called("aim")
                .of(beyond));
  }

  private static String points(double error, ComparisonReport value) {
    return Units.brief(error * 100) + (value.share() ? " points" : " %");
  }

  private static void beyondTwice(List<Chip> chips, Page out) {
    for (OfChip of : OfChip.all(chips, ComparisonReport::isBeyondTwice)) {
      String note = of.value().note().or(of.chip()::note).orElse("");
      out.line(
          "  beyond 2x: {} {}, {}x: {}",
          of.chip().id(),
          of.name(),
          of.value().ours() / of.value().published(),
          note.isEmpty() ? "no reason is given; add a note to the row" : note);
    }
  }

  private static void factors(ValidationReport report, Page out) {
    List<Chip> chips = report.chips();
    List<String> lines = new ArrayList<>();
    for (Chip chip : chips) {
      chip.ownFactors().forEach(f -> lines.add(line(f, ", stated in " + chip.id())));
    }
    out.line("  factors that specs state for their own chip:{}", lines.isEmpty() ? " none" : "");
    lines.forEach(out::append);
  }

  private static String line(Factor factor, String where) {
    return Sentence.of(
        "    {} {} x {} on {}{}{}\n",
        factor.family(),
        factor.quantity(),
        factor.factor(),
        factor.fittedOn(),
        where,
        factor.reason().isEmpty() ? "" : ": " + factor.reason());
  }
}
