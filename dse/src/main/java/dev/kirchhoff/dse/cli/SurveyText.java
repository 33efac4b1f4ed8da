package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.report.SurveyReport;
import dev.kirchhoff.dse.survey.Survey;
import dev.kirchhoff.dse.survey.SurveyFamily;
import dev.kirchhoff.dse.survey.SurveyPrediction;
import dev.kirchhoff.dse.survey.SurveyQuantity;
import dev.kirchhoff.dse.survey.SurveyRanking;
import dev.kirchhoff.dse.survey.SurveyRow;
import dev.kirchhoff.dse.survey.SurveyScore;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A survey for people: a line a setting, then the error of each family and quantity. */
final class SurveyText {
  /** Published over own time from which circuits do not set it. */
  private static final double SLOW = 5;

  private SurveyText() {}

  static Page of(Survey survey) {
    Page out = new Page();
    out.append(
        "Published macros, predicted by one rule a family (ours / paper, all factors 1; gallery: the"
            + " chip's own spec with its factors)\n");
    out.append(settings(survey));
    out.append("Rules assume, where the table is silent\n");
    for (SurveyFamily family : SurveyFamily.values()) {
      out.append("  ").append(family.word()).append(": ").append(family.assumes()).append('\n');
    }
    out.append(
        "Off by = exp(mean |ln(ours/paper)|), averaged per chip first; a factor is a median over at"
            + " least "
            + SurveyScore.LEAST_CHIPS
            + " chips\n");
    out.append(scores(survey));
    out.append(ranking(survey));
    out.append(omissions(survey));
    out.append(summary(survey));
    return out;
  }

  private static TextTable settings(Survey survey) {
    TextTable table = new TextTable("  ").left(1, 2, 3, 4).optional(3, 4, 6);
    table.head(
        "row", "macro", "family", "converter", "precision", "energy", "gallery", "time", "area");
    for (SurveyPrediction prediction : survey.predictions()) {
      SurveyRow row = prediction.spec().row();
      table.row(
          Integer.toString(row.row()),
          row.paper().brief(),
          prediction.family().word(),
          row.converter().kind(),
          row.precision(),
          ratio(prediction, SurveyQuantity.ENERGY),
          prediction.gallery().isPresent() ? ratio(prediction.gallery()) : "-",
          ratio(prediction, SurveyQuantity.TIME),
          ratio(prediction, SurveyQuantity.AREA));
    }
    return table;
  }

  private static String ratio(SurveyPrediction prediction, SurveyQuantity quantity) {
    return ratio(
        prediction
            .figure(quantity)
            .map(figure -> OptionalDouble.of(figure.logRatio()))
            .orElse(OptionalDouble.empty()));
  }

  private static String ratio(OptionalDouble log) {
    return log.isPresent() ? times(StrictMath.exp(log.getAsDouble())) : "-";
  }

  private static String times(double factor) {
    return Units.significant(factor) + "x";
  }

  private static Page scores(Survey survey) {
    TextTable table = new TextTable("  ", 2).optional(9, 3, 2, 5);
    table.head(
        "quantity",
        "family",
        "chips",
        "settings",
        "factors 1",
        "factor",
        "with it",
        "chip left out",
        "null",
        "band");
    for (SurveyQuantity quantity : SurveyQuantity.values()) {
      for (SurveyScore score : SurveyScore.of(survey.predictions(), quantity)) {
        table.row(
            quantity.word(),
            score.family().map(SurveyFamily::word).orElse("all"),
            Integer.toString(score.chips()),
            Integer.toString(score.settings()),
            off(score.factorsOne()),
            score.factor().isPresent() ? Units.significant(score.factor().getAsDouble()) : "-",
            off(score.withFactor()),
            off(score.leftOut()),
            off(score.nullModel()),
            Units.significant(score.band().low())
                + " .. "
                + Units.significant(score.band().high()));
      }
    }
    SurveyScore.overall(survey.predictions())
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
                    off(all.leftOut()),
                    off(all.nullModel()),
                    ""));
    Page out = new Page().append(table.toString());
    out.append("  null: the median of the family's other chips and nothing else, of the ");
    out.append(
        List.of(SurveyQuantity.ENERGY, SurveyQuantity.TIME, SurveyQuantity.AREA).stream()
            .map(SurveyQuantity::sentence)
            .collect(Collectors.joining(", the ")));
    out.append("; energies of one bit by one bit\n");
    out.append(
        "  band: 10 % and 90 % of chips' ours / paper, with the factor that leaves the chip out\n");
    return out;
  }

  private static String off(double log) {
    return times(StrictMath.exp(log));
  }

  private static Page ranking(Survey survey) {
    TextTable table = new TextTable("  ");
    table.head("", "pairs", "chips", "factors 1", "chip left out", "lower 5 %", "null");
    for (SurveyQuantity quantity : SurveyQuantity.values()) {
      SurveyRanking.of(survey.predictions(), quantity, SurveyReport.SEED)
          .ifPresent(
              ranking ->
                  table.row(
                      quantity.word(),
                      Integer.toString(ranking.pairs()),
                      Integer.toString(ranking.chips()),
                      tau(ranking.factorsOne()),
                      tau(ranking.leftOut()),
                      tau(ranking.lower()),
                      tau(ranking.nullModel())));
    }
    return new Page()
        .append(
            "Kendall's tau over pairs of different chips at equal precision that are more than ")
        .append(SurveyRanking.LEAST_RATIO + "x apart; lower end of ")
        .append(SurveyRanking.RESAMPLES + " resamples of chips, seed ")
        .append(SurveyReport.SEED + "\n")
        .append(table);
  }

  private static String tau(double tau) {
    return String.format(Locale.ROOT, "%.2f", tau);
  }

  private static String omissions(Survey survey) {
    Map<String, List<String>> rows = new TreeMap<>();
    for (Survey.Omission omission : survey.omissions()) {
      String what = omission.quantity().map(SurveyQuantity::word).orElse("all");
      rows.computeIfAbsent(what + ", " + omission.reason(), r -> new ArrayList<>())
          .add(Integer.toString(omission.row().row()));
    }
    StringBuilder out = new StringBuilder("Not compared\n");
    rows.forEach(
        (reason, list) ->
            out.append("  ")
                .append(reason)
                .append(": row")
                .append(list.size() == 1 ? " " : "s ")
                .append(String.join(", ", list))
                .append('\n'));
    return out.toString();
  }

  private static String summary(Survey survey) {
    long chips = survey.predictions().stream().map(SurveyPrediction::chip).distinct().count();
    List<Double> errors = errors(survey);
    long missed =
        errors.stream().filter(e -> e > StrictMath.log1p(SurveyReport.AIM) * (1 + 1e-9)).count();
    return slow(survey)
        + bestCases(survey)
        + contradictions(survey)
        + survey.predictions().size()
        + " settings of "
        + chips
        + " macros; the models aim at "
        + Units.brief(100 * SurveyReport.AIM)
        + " % for a chip that nothing was fitted on: "
        + missed
        + " of "
        + errors.size()
        + " values of energy, time and area miss it\n";
  }

  /** Rows whose titles quote a range or sparsity, and the error of energy without them. */
  private static String bestCases(Survey survey) {
    return without(
        survey,
        prediction -> prediction.spec().row().bestCase().isPresent(),
        "Titles with a range or sparsity may quote a best case, which specs do not assume");
  }

  /** Rows whose counts cannot all be right, and the error of energy without them. */
  private static String contradictions(Survey survey) {
    return without(
        survey,
        prediction -> prediction.spec().row().array().hasMoreInputsThanColumns(),
        "More columns before converters than there are: counts that cannot all be right");
  }

  private static String without(
      Survey survey, Predicate<SurveyPrediction> isLeftOut, String reason) {
    List<SurveyPrediction> others =
        survey.predictions().stream().filter(isLeftOut.negate()).toList();
    if (others.isEmpty() || others.size() == survey.predictions().size()) {
      return "";
    }
    List<SurveyScore> scores = SurveyScore.of(others, SurveyQuantity.ENERGY);
    SurveyScore all = scores.get(scores.size() - 1);
    return reason
        + ": "
        + rows(survey, isLeftOut)
        + "; energy without them "
        + off(all.factorsOne())
        + ", chip left out "
        + off(all.leftOut())
        + ", null "
        + off(all.nullModel())
        + "\n";
  }

  private static String rows(Survey survey, Predicate<SurveyPrediction> which) {
    List<String> numbers =
        survey.predictions().stream()
            .filter(which)
            .map(p -> Integer.toString(p.spec().row().row()))
            .toList();
    return (numbers.size() == 1 ? "row " : "rows ") + String.join(", ", numbers);
  }

  /** Macros whose published time is far beyond that of their circuits: a clock sets it. */
  private static String slow(Survey survey) {
    Predicate<SurveyPrediction> isSlow =
        prediction ->
            prediction
                .figure(SurveyQuantity.TIME)
                .map(figure -> figure.logRatio() < -StrictMath.log(SLOW))
                .orElse(false);
    return survey.predictions().stream().anyMatch(isSlow)
        ? "Slower than "
            + Units.brief(SLOW)
            + " times their circuits, by a clock or by what feeds them: "
            + rows(survey, isSlow)
            + "\n"
        : "";
  }

  /** |ln(ours / paper)| of counted quantities, all factors 1. */
  static List<Double> errors(Survey survey) {
    List<Double> errors = new ArrayList<>();
    for (SurveyPrediction prediction : survey.predictions()) {
      for (SurveyQuantity quantity : SurveyQuantity.values()) {
        Optional<SurveyPrediction.Figure> figure = prediction.figure(quantity);
        if (quantity.isCounted() && figure.isPresent()) {
          errors.add(Math.abs(figure.get().logRatio()));
        }
      }
    }
    return errors;
  }
}
