package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.survey.Survey;
import dev.kirchhoff.dse.survey.SurveyFamily;
import dev.kirchhoff.dse.survey.SurveyPrediction;
import dev.kirchhoff.dse.survey.SurveyQuantity;
import dev.kirchhoff.dse.survey.SurveyRanking;
import dev.kirchhoff.dse.survey.SurveyRow;
import dev.kirchhoff.dse.survey.SurveyScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * Survey of published macros as {@code validate --survey --json} prints it; errors are mean
 * |ln(ours / paper)|.
 *
 * @param version version of the models
 * @param families families with the assumptions of their rule
 * @param macros predicted macros
 * @param scores errors by quantity and family
 * @param rankings order of pairs of chips by quantity
 * @param overall errors of all counted quantities; absent where nothing is published
 * @param omissions published figures that are not compared
 * @param slow rows whose published time is far beyond that of their circuits
 * @param exclusions errors of energy without rows that may not be comparable
 * @param aim error that the models aim at for a chip that nothing was fitted on
 * @param aims values of energy, time and area that are held against the aim
 */
public record SurveyReport(
    String version,
    List<Family> families,
    List<Macro> macros,
    List<Score> scores,
    List<Ranking> rankings,
    Optional<Overall> overall,
    List<Omission> omissions,
    List<Integer> slow,
    List<Exclusion> exclusions,
    double aim,
    Aims aims) {

  /** Aim for a chip that nothing was fitted on. */
  public static final double AIM = 0.30;

  /** Published over own time from which circuits do not set it. */
  public static final double SLOW = 5;

  /** Seed of the resamples of chips. */
  public static final long SEED = 1;

  /** A family with what its rule assumes where the table is silent. */
  public record Family(String family, String assumes) {}

  /**
   * A macro.
   *
   * @param row row of the table
   * @param figures published and own figures by quantity
   * @param bestCase reason why the published figure may be a best case
   * @param design folder of the chip's own spec
   * @param galleryLogRatio ln(ours / published) of its own spec
   * @param spec generated spec
   */
  public record Macro(
      int row,
      int chip,
      String name,
      String title,
      String venue,
      int year,
      String family,
      String converter,
      String converterSource,
      String precision,
      Map<String, PredictedFigure> figures,
      Optional<String> bestCase,
      Optional<String> design,
      OptionalDouble galleryLogRatio,
      Optional<String> remark,
      String spec) {

    static Macro of(SurveyPrediction prediction) {
      SurveyRow row = prediction.spec().row();
      Map<String, PredictedFigure> figures = new LinkedHashMap<>();
      for (SurveyQuantity quantity : SurveyQuantity.values()) {
        prediction
            .figure(quantity)
            .ifPresent(
                f ->
                    figures.put(
                        quantity.word(),
                        new PredictedFigure(f.published(), f.ours(), f.logRatio())));
      }
      return new Macro(
          row.row(),
          row.chip(),
          row.paper().brief(),
          row.paper().title(),
          row.paper().venue(),
          row.paper().year(),
          prediction.family().word(),
          row.converter().kind(),
          row.converter().source(),
          row.precision(),
          figures,
          row.bestCase(),
          row.design(),
          prediction.gallery(),
          row.remark().isEmpty() ? Optional.empty() : Optional.of(row.remark()),
          prediction.spec().text());
    }
  }

  /** A published figure beside ours. */
  public record PredictedFigure(double published, double ours, double logRatio) {}

  /**
   * Error of a quantity.
   *
   * @param family family, or {@code all}
   * @param factor factor of the family; absent where too few chips have it
   * @param nullModel error of the family's median
   * @param band 10 % and 90 % of ours / paper
   */
  public record Score(
      String family,
      String quantity,
      int chips,
      int settings,
      double factorsOne,
      OptionalDouble factor,
      double withFactor,
      double chipLeftOut,
      @JsonProperty("null") double nullModel,
      Range band) {

    static Score of(SurveyScore score) {
      return new Score(
          score.family().map(SurveyFamily::word).orElse("all"),
          score.quantity().word(),
          score.chips(),
          score.settings(),
          score.factorsOne(),
          score.factor(),
          score.withFactor(),
          score.leftOut(),
          score.nullModel(),
          new Range(score.band().low(), score.band().high()));
    }
  }

  /** Ends of a band. */
  public record Range(double low, double high) {}

  /** Kendall's tau over pairs of chips. */
  public record Ranking(
      String quantity,
      int pairs,
      int chips,
      double factorsOne,
      double chipLeftOut,
      double lower,
      @JsonProperty("null") double nullModel) {

    static Ranking of(SurveyRanking ranking) {
      return new Ranking(
          ranking.quantity().word(),
          ranking.pairs(),
          ranking.chips(),
          ranking.factorsOne(),
          ranking.leftOut(),
          ranking.lower(),
          ranking.nullModel());
    }
  }

  /** Errors of all counted quantities. */
  public record Overall(
      double factorsOne,
      double withFactor,
      double chipLeftOut,
      @JsonProperty("null") double nullModel) {}

  /** A published figure that is not compared; all of a row where no quantity is named. */
  public record Omission(int row, Optional<String> quantity, String reason) {}

  /**
   * Error of energy without rows that may not be comparable.
   *
   * @param reason sentence
   * @param rows rows of the table that are left out
   * @param factorsOne error with all factors 1
   * @param chipLeftOut error with the factor of the family's other chips
   * @param nullModel error of the median of the family's other chips
   */
  public record Exclusion(
      String reason,
      List<Integer> rows,
      double factorsOne,
      double chipLeftOut,
      @JsonProperty("null") double nullModel) {

    /** The exclusion of some rows; none where no row or every row is meant. */
    static Optional<Exclusion> of(
        String reason, Survey survey, Predicate<SurveyPrediction> isLeftOut) {
      List<SurveyPrediction> others =
          survey.predictions().stream().filter(isLeftOut.negate()).toList();
      if (others.isEmpty() || others.size() == survey.predictions().size()) {
        return Optional.empty();
      }
      List<SurveyScore> scores = SurveyScore.of(others, SurveyQuantity.ENERGY);
      SurveyScore all = scores.get(scores.size() - 1);
      return Optional.of(
          new Exclusion(
              reason, rowsOf(survey, isLeftOut), all.factorsOne(), all.leftOut(), all.nullModel()));
    }
  }

  /**
   * Values of energy, time and area against the aim.
   *
   * @param macros chips that have such values
   * @param values all values
   * @param missed those that are off by more
   */
  public record Aims(long macros, int values, long missed) {

    static Aims of(Survey survey) {
      List<Double> errors = new ArrayList<>();
      for (SurveyPrediction prediction : survey.predictions()) {
        for (SurveyQuantity quantity : SurveyQuantity.values()) {
          if (quantity.isCounted()) {
            prediction.figure(quantity).ifPresent(f -> errors.add(Math.abs(f.logRatio())));
          }
        }
      }
      double most = StrictMath.log1p(AIM) * (1 + ROUNDING);
      return new Aims(
          survey.predictions().stream().map(SurveyPrediction::chip).distinct().count(),
          errors.size(),
          errors.stream().filter(error -> error > most).count());
    }
  }

  private static final double ROUNDING = 1e-9;

  private static List<Integer> rowsOf(Survey survey, Predicate<SurveyPrediction> isMeant) {
    return survey.predictions().stream()
        .filter(isMeant)
        .map(prediction -> prediction.spec().row().row())
        .toList();
  }

  /** True if a clock, or the source of its inputs, sets the published time. */
  private static boolean isSlow(SurveyPrediction prediction) {
    return prediction
        .figure(SurveyQuantity.TIME)
        .map(figure -> figure.logRatio() < -StrictMath.log(SLOW))
        .orElse(false);
  }

  private static List<Exclusion> exclusions(Survey survey) {
    List<Exclusion> exclusions = new ArrayList<>();
    Exclusion.of(
            "Titles that quote a range or sparsity, perhaps a best case, which specs do not assume",
            survey,
            prediction -> prediction.spec().row().bestCase().isPresent())
        .ifPresent(exclusions::add);
    Exclusion.of(
            "More columns before the converters than columns in all, so that one of the counts is wrong",
            survey,
            prediction -> prediction.spec().row().array().hasMoreInputsThanColumns())
        .ifPresent(exclusions::add);
    return exclusions;
  }

  /** The report of a survey. */
  public static SurveyReport of(Survey survey) {
    List<Score> scores = new ArrayList<>();
    List<Ranking> rankings = new ArrayList<>();
    for (SurveyQuantity quantity : SurveyQuantity.values()) {
      SurveyScore.of(survey.predictions(), quantity).forEach(s -> scores.add(Score.of(s)));
      SurveyRanking.of(survey.predictions(), quantity, SEED)
          .ifPresent(ranking -> rankings.add(Ranking.of(ranking)));
    }
    return new SurveyReport(
        ModelVersion.text(),
        List.of(SurveyFamily.values()).stream()
            .map(family -> new Family(family.word(), family.assumes()))
            .toList(),
        survey.predictions().stream().map(Macro::of).toList(),
        scores,
        rankings,
        SurveyScore.overall(survey.predictions())
            .map(
                all ->
                    new Overall(
                        all.factorsOne(), all.withFactor(), all.leftOut(), all.nullModel())),
        survey.omissions().stream()
            .map(
                omission ->
                    new Omission(
                        omission.row().row(),
                        omission.quantity().map(SurveyQuantity::word),
                        omission.reason()))
            .toList(),
        rowsOf(survey, SurveyReport::isSlow),
        exclusions(survey),
        AIM,
        Aims.of(survey));
  }
}
