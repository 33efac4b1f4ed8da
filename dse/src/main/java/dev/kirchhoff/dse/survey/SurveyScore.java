package dev.kirchhoff.dse.survey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The error of one quantity over the chips of a family, or of all.
 *
 * <p>With r = ln(ours / paper) of a setting, the error of a chip is the mean |r + ln f| of its
 * settings and that of a family the mean of its chips. The factor f of a family is exp(−median r̄)
 * over at least {@link #LEAST_CHIPS} chips, r̄ the mean of a chip's r; left out, that over the
 * other chips. The null model knows the family alone: the median of what its other chips published.
 *
 * @param family the family, or empty for all of them
 * @param quantity the quantity
 * @param chips chips with a published value
 * @param settings settings of these chips
 * @param factorsOne mean |ln(ours / paper)| with all factors 1
 * @param factor factor of the family, empty for fewer than three chips and for all families
 * @param withFactor mean |ln| with the factor of each chip's family, factor 1 where it has none
 * @param leftOut mean |ln| with the factor of each chip's family fitted without the chip
 * @param nullModel mean |ln| of the median of the family's other chips
 * @param band tenth and ninetieth percentile of ours / paper over chips, with the factor that
 *     leaves the chip out
 */
public record SurveyScore(
    Optional<SurveyFamily> family,
    SurveyQuantity quantity,
    int chips,
    int settings,
    double factorsOne,
    OptionalDouble factor,
    double withFactor,
    double leftOut,
    double nullModel,
    Band band) {
  /** A factor rests on at least this many chips. */
  public static final int LEAST_CHIPS = 3;

  private static final double TAIL = 0.1;

  /**
   * Measured spread.
   *
   * @param low tenth percentile
   * @param high ninetieth percentile
   */
  public record Band(double low, double high) {}

  /**
   * Errors of energy, time and area together: the mean over chips and quantities.
   *
   * @param factorsOne mean |ln(ours / paper)| with all factors 1
   * @param withFactor with the factor of each chip's family
   * @param leftOut with that factor fitted without the chip
   * @param nullModel of the median of the family's other chips
   */
  public record Overall(double factorsOne, double withFactor, double leftOut, double nullModel) {}

  /** Errors of all counted quantities; empty where nothing is published. */
  public static Optional<Overall> overall(List<SurveyPrediction> predictions) {
    List<SurveyScore> totals = new ArrayList<>();
    for (SurveyQuantity quantity : SurveyQuantity.values()) {
      if (quantity.isCounted()) {
        of(predictions, quantity).stream()
            .filter(score -> score.family().isEmpty())
            .forEach(totals::add);
      }
    }
    return totals.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Overall(
                weighted(totals, SurveyScore::factorsOne),
                weighted(totals, SurveyScore::withFactor),
                weighted(totals, SurveyScore::leftOut),
                weighted(totals, SurveyScore::nullModel)));
  }

  private static double weighted(List<SurveyScore> totals, ToDoubleFunction<SurveyScore> error) {
    double sum = 0;
    int chips = 0;
    for (SurveyScore score : totals) {
      sum += score.chips() * error.applyAsDouble(score);
      chips += score.chips();
    }
    return sum / chips;
  }

  /** A chip's settings of one quantity, as logarithms. */
  record Chip(int chip, SurveyFamily family, double[] ratios, double[] published) {
    double ratio() {
      return Statistics.mean(ratios);
    }

    double level() {
      return Statistics.mean(published);
    }
  }

  /** Scores of a quantity: of each family with a published value, then of all. */
  public static List<SurveyScore> of(List<SurveyPrediction> predictions, SurveyQuantity quantity) {
    List<Chip> chips = chips(predictions, quantity);
    List<SurveyScore> scores = new ArrayList<>();
    for (SurveyFamily family : SurveyFamily.values()) {
      List<Chip> own = chips.stream().filter(chip -> chip.family() == family).toList();
      if (!own.isEmpty()) {
        scores.add(score(Optional.of(family), quantity, own, chips));
      }
    }
    if (!chips.isEmpty()) {
      scores.add(score(Optional.empty(), quantity, chips, chips));
    }
    return List.copyOf(scores);
  }

  private static SurveyScore score(
      Optional<SurveyFamily> family, SurveyQuantity quantity, List<Chip> own, List<Chip> all) {
    double[] one = new double[own.size()];
    double[] with = new double[own.size()];
    double[] without = new double[own.size()];
    double[] none = new double[own.size()];
    double[] residuals = new double[own.size()];
    int settings = 0;
    for (int i = 0; i < own.size(); i++) {
      Chip chip = own.get(i);
      double fitted = logFactor(family(chip, all)).orElse(0);
      double leftOut = logFactor(others(chip, all)).orElse(0);
      one[i] = error(chip.ratios(), 0);
      with[i] = error(chip.ratios(), fitted);
      without[i] = error(chip.ratios(), leftOut);
      none[i] = error(chip.published(), -nullLevel(chip, all));
      residuals[i] = chip.ratio() + leftOut;
      settings += chip.ratios().length;
    }
    OptionalDouble factor = family.isPresent() ? logFactor(own) : OptionalDouble.empty();
    return new SurveyScore(
        family,
        quantity,
        own.size(),
        settings,
        Statistics.mean(one),
        factor.isPresent()
            ? OptionalDouble.of(StrictMath.exp(factor.getAsDouble()))
            : OptionalDouble.empty(),
        Statistics.mean(with),
        Statistics.mean(without),
        Statistics.mean(none),
        new Band(
            StrictMath.exp(Statistics.quantile(TAIL, residuals)),
            StrictMath.exp(Statistics.quantile(1 - TAIL, residuals))));
  }

  /** Chips with a quantity, in the order of their numbers. */
  static List<Chip> chips(List<SurveyPrediction> predictions, SurveyQuantity quantity) {
    Map<Integer, List<SurveyPrediction>> byChip = new TreeMap<>();
    for (SurveyPrediction prediction : predictions) {
      if (prediction.figure(quantity).isPresent()) {
        byChip.computeIfAbsent(prediction.chip(), c -> new ArrayList<>()).add(prediction);
      }
    }
    return byChip.entrySet().stream()
        .map(
            entry ->
                new Chip(
                    entry.getKey(),
                    entry.getValue().get(0).family(),
                    entry.getValue().stream()
                        .mapToDouble(p -> p.figure(quantity).orElseThrow().logRatio())
                        .toArray(),
                    entry.getValue().stream()
                        .mapToDouble(p -> p.figure(quantity).orElseThrow().logPublished())
                        .toArray()))
        .toList();
  }

  private static List<Chip> family(Chip chip, List<Chip> all) {
    return all.stream().filter(other -> other.family() == chip.family()).toList();
  }

  private static List<Chip> others(Chip chip, List<Chip> all) {
    return family(chip, all).stream().filter(other -> other.chip() != chip.chip()).toList();
  }

  /** ln f = −median r̄, of three chips at least. */
  private static OptionalDouble logFactor(List<Chip> chips) {
    return chips.size() < LEAST_CHIPS
        ? OptionalDouble.empty()
        : OptionalDouble.of(-Statistics.median(chips.stream().mapToDouble(Chip::ratio).toArray()));
  }

  /** ln f of a chip's family, fitted without it; 0 where fewer than three chips are left. */
  static double leftOutFactor(Chip chip, List<Chip> all) {
    return logFactor(others(chip, all)).orElse(0);
  }

  /** ln of the median of the family's other chips, of all others where there are none. */
  static double nullLevel(Chip chip, List<Chip> all) {
    List<Chip> others = others(chip, all);
    List<Chip> known =
        others.isEmpty()
            ? all.stream().filter(other -> other.chip() != chip.chip()).toList()
            : others;
    return known.isEmpty()
        ? chip.level()
        : Statistics.median(known.stream().mapToDouble(Chip::level).toArray());
  }

  private static double error(double[] logs, double shift) {
    double sum = 0;
    for (double log : logs) {
      sum += Math.abs(log + shift);
    }
    return sum / logs.length;
  }
}
