package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.report.SurveyReport;
import dev.kirchhoff.dse.survey.SurveyQuantity;
import dev.kirchhoff.dse.survey.SurveyRanking;
import dev.kirchhoff.dse.survey.SurveyScore;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Printed survey: ratio to the published figure of each setting, error of each family and quantity.
 */
final class SurveyText {
  private SurveyText() {}

  static Page of(SurveyReport survey) {
    Page out = new Page();
    out.append(
        "Published macros, predicted by one rule per family: ours / paper with all factors 1"
            + " (gallery: the chip's own spec with its factors)\n");
    out.append(settings(survey));
    out.append("Assumed where the table states nothing\n");
    for (SurveyReport.Family family : survey.families()) {
      out.append("  ").append(family.family()).append(": ").append(family.assumes()).append('\n');
    }
    out.append(
        "Error = exp(mean |ln(ours/paper)|), averaged over the settings of a chip first; a factor is"
            + " the median over at least "
            + SurveyScore.LEAST_CHIPS
            + " chips\n");
    out.append(scores(survey));
    out.append(ranking(survey));
    out.append(omissions(survey));
    out.append(summary(survey));
    return out;
  }

  private static TextTable settings(SurveyReport survey) {
    TextTable table = new TextTable("  ").left(1, 2, 3, 4).optional(3, 4, 6);
    table.head(
        "row", "macro", "family", "converter", "precision", "energy", "gallery", "time", "area");
    for (SurveyReport.Macro macro : survey.macros()) {
      table.row(
          Integer.toString(macro.row()),
          macro.name(),
          macro.family(),
          macro.converter(),
          macro.precision(),
          ratio(macro, SurveyQuantity.ENERGY),
          ratio(macro.galleryLogRatio()),
          ratio(macro, SurveyQuantity.TIME),
          ratio(macro, SurveyQuantity.AREA));
    }
    return table;
  }

  private static String ratio(SurveyReport.Macro macro, SurveyQuantity quantity) {
    SurveyReport.PredictedFigure figure = macro.figures().get(quantity.word());
    return ratio(figure == null ? OptionalDouble.empty() : OptionalDouble.of(figure.logRatio()));
  }

  private static String ratio(OptionalDouble log) {
    return log.isPresent() ? off(log.getAsDouble()) : "-";
  }

  private static Page scores(SurveyReport survey) {
    TextTable table = new TextTable("  ", 2).optional(9, 3, 2, 5);
    table.head(
        "quantity",
        "family",
        "chips",
        "settings",
        "unfitted",
        "factor",
        "fitted",
        "leave-one-out",
        "null model",
        "10 .. 90 %");
    for (SurveyReport.Score score : survey.scores()) {
      table.row(
          score.quantity(),
          score.family(),
          Integer.toString(score.chips()),
          Integer.toString(score.settings()),
          off(score.factorsOne()),
          score.factor().isPresent() ? Units.significant(score.factor().getAsDouble()) : "-",
          off(score.withFactor()),
          off(score.chipLeftOut()),
          off(score.nullModel()),
          Units.significant(score.band().low()) + " .. " + Units.significant(score.band().high()));
    }
    survey
        .overall()
        .ifPresent(
            all ->
                table.row(
                    "energy, time, area",
                    "all",
                    "",
                    "",
                    off(all.factorsOne()),
                    "",
                    off(all.withFactor()),
                    off(all.chipLeftOut()),
                    off(all.nullModel()),
                    ""));
    Page out = new Page().append(table.toString());
    out.append(
        "  unfitted: all factors 1; leave-one-out: the factor of the family's other chips\n"
            + "  null model: no circuits, the median of the family's other chips of the ");
    out.append(
        List.of(SurveyQuantity.ENERGY, SurveyQuantity.TIME, SurveyQuantity.AREA).stream()
            .map(SurveyQuantity::sentence)
            .collect(Collectors.joining(", the ")));
    out.append("; energies of 1 b x 1 b\n");
    out.append(
        "  10 .. 90 %: percentiles over chips of ours / paper with the leave-one-out factor\n");
    return out;
  }

  /** A logarithm of ours over published as a factor. */
  private static String off(double log) {
    return Units.significant(StrictMath.exp(log)) + "x";
  }

  private static Page ranking(SurveyReport survey) {
    TextTable table = new TextTable("  ");
    table.head("", "pairs", "chips", "unfitted", "leave-one-out", "5th percentile", "null model");
    for (SurveyReport.Ranking ranking : survey.rankings()) {
      table.row(
          ranking.quantity(),
          Integer.toString(ranking.pairs()),
          Integer.toString(ranking.chips()),
          tau(ranking.factorsOne()),
          tau(ranking.chipLeftOut()),
          tau(ranking.lower()),
          tau(ranking.nullModel()));
    }
    return new Page()
        .append(
            "Kendall's tau over pairs of different chips at equal precision whose figures differ by more"
                + " than ")
        .append(SurveyRanking.LEAST_RATIO + "x; 5th percentile of ")
        .append(SurveyRanking.RESAMPLES + " resamples of the chips, seed ")
        .append(SurveyReport.SEED + "\n")
        .append(table);
  }

  private static String tau(double tau) {
    return String.format(Locale.ROOT, "%.2f", tau);
  }

  private static String omissions(SurveyReport survey) {
    Map<String, List<Integer>> rows = new TreeMap<>();
    for (SurveyReport.Omission omission : survey.omissions()) {
      rows.computeIfAbsent(
              omission.quantity().orElse("all quantities") + ": " + omission.reason(),
              r -> new ArrayList<>())
          .add(omission.row());
    }
    StringBuilder out = new StringBuilder("Not compared\n");
    rows.forEach(
        (reason, list) ->
            out.append("  ").append(reason).append(" (").append(rows(list)).append(")\n"));
    return out.toString();
  }

  private static String summary(SurveyReport survey) {
    return slow(survey)
        + exclusions(survey)
        + survey.macros().size()
        + " settings of "
        + survey.aims().macros()
        + " macros; the models aim at "
        + Units.brief(100 * survey.aim())
        + " % for a chip that no factor was fitted on: "
        + survey.aims().missed()
        + " of "
        + survey.aims().values()
        + " values of energy, time and area miss it\n";
  }

  private static String exclusions(SurveyReport survey) {
    StringBuilder out = new StringBuilder();
    for (SurveyReport.Exclusion exclusion : survey.exclusions()) {
      out.append(exclusion.reason())
          .append(": ")
          .append(rows(exclusion.rows()))
          .append("; energy without them: unfitted ")
          .append(off(exclusion.factorsOne()))
          .append(", leave-one-out ")
          .append(off(exclusion.chipLeftOut()))
          .append(", null model ")
          .append(off(exclusion.nullModel()))
          .append('\n');
    }
    return out.toString();
  }

  private static String rows(List<Integer> rows) {
    return (rows.size() == 1 ? "row " : "rows ")
        + rows.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** Macros whose published time is far above that of their circuits. */
  private static String slow(SurveyReport survey) {
    return survey.slow().isEmpty()
        ? ""
        : "Published time more than "
            + Units.brief(SurveyReport.SLOW)
            + " times that of the circuits, set by a clock or by the circuits before the macro: "
            + rows(survey.slow())
            + "\n";
  }
}
