package dev.kirchhoff.dse.survey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Order of macros by a quantity, predicted against published: Kendall's tau over pairs of settings
 * of different chips, at equal precision, that published values more than {@value #LEAST_RATIO}
 * times apart.
 *
 * <p>tau = (pairs in the same order − pairs in the other) / pairs; a tie counts in the pairs alone.
 *
 * @param quantity the quantity
 * @param pairs pairs
 * @param chips chips with a pair
 * @param factorsOne tau with all factors 1
 * @param leftOut tau with the family's factor fitted without the chip
 * @param lower fifth percentile of {@code leftOut} over resamples of chips
 * @param nullModel tau of the median of the family's other chips
 */
public record SurveyRanking(
    SurveyQuantity quantity,
    int pairs,
    int chips,
    double factorsOne,
    double leftOut,
    double lower,
    double nullModel) {
  /** Published values of a pair differ by more than this. */
  public static final double LEAST_RATIO = 1.5;

  /** Resamples of the bootstrap. */
  public static final int RESAMPLES = 2000;

  private static final double LOWER = 0.05;

  /** A setting, with logarithms of what was published and predicted. */
  private record Setting(
      int chip,
      String precision,
      double published,
      double ours,
      double leftOut,
      double nullModel) {}

  /** A pair with the sign of each prediction: 1 in the published order, −1 in the other. */
  private record Pair(int a, int b, double ours, double leftOut, double nullModel) {}

  /**
   * The order of a quantity, empty where there is no pair.
   *
   * @param seed seed of the resamples
   */
  public static Optional<SurveyRanking> of(
      List<SurveyPrediction> predictions, SurveyQuantity quantity, long seed) {
    List<Pair> pairs = pairs(settings(predictions, quantity));
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    int[] chips =
        pairs.stream().flatMapToInt(p -> IntStream.of(p.a(), p.b())).distinct().sorted().toArray();
    return Optional.of(
        new SurveyRanking(
            quantity,
            pairs.size(),
            chips.length,
            tau(pairs, Pair::ours),
            tau(pairs, Pair::leftOut),
            lower(pairs, chips, new SplittableRandom(seed)),
            tau(pairs, Pair::nullModel)));
  }

  private static List<Setting> settings(
      List<SurveyPrediction> predictions, SurveyQuantity quantity) {
    List<SurveyScore.Chip> chips = SurveyScore.chips(predictions, quantity);
    TreeMap<Integer, SurveyScore.Chip> byNumber = new TreeMap<>();
    chips.forEach(chip -> byNumber.put(chip.chip(), chip));
    List<Setting> settings = new ArrayList<>();
    for (SurveyPrediction prediction : predictions) {
      prediction
          .figure(quantity)
          .ifPresent(
              figure -> {
                SurveyScore.Chip chip = byNumber.get(prediction.chip());
                double ours = figure.logPublished() + figure.logRatio();
                settings.add(
                    new Setting(
                        chip.chip(),
                        prediction.spec().row().precision(),
                        figure.logPublished(),
                        ours,
                        ours + SurveyScore.leftOutFactor(chip, chips),
                        SurveyScore.nullLevel(chip, chips)));
              });
    }
    return settings;
  }

  private static List<Pair> pairs(List<Setting> settings) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < settings.size(); i++) {
      for (int j = 0; j < i; j++) {
        Setting a = settings.get(i);
        Setting b = settings.get(j);
        double apart = a.published() - b.published();
        if (a.chip() != b.chip()
            && a.precision().equals(b.precision())
            && Math.abs(apart) > StrictMath.log(LEAST_RATIO)) {
          double order = Math.signum(apart);
          pairs.add(
              new Pair(
                  a.chip(),
                  b.chip(),
                  order * Math.signum(a.ours() - b.ours()),
                  order * Math.signum(a.leftOut() - b.leftOut()),
                  order * Math.signum(a.nullModel() - b.nullModel())));
        }
      }
    }
    return pairs;
  }

  private static double tau(List<Pair> pairs, ToDoubleFunction<Pair> sign) {
    return pairs.stream().mapToDouble(sign).sum() / pairs.size();
  }

  /** Chips are drawn with repeats; a pair weighs the product of the draws of its chips. */
  private static double lower(List<Pair> pairs, int[] chips, SplittableRandom random) {
    List<Double> taus = new ArrayList<>();
    TreeMap<Integer, Integer> draws = new TreeMap<>();
    for (int resample = 0; resample < RESAMPLES; resample++) {
      draws.clear();
      for (int i = 0; i < chips.length; i++) {
        draws.merge(chips[random.nextInt(chips.length)], 1, Integer::sum);
      }
      double sum = 0;
      double weight = 0;
      for (Pair pair : pairs) {
        double w = draws.getOrDefault(pair.a(), 0) * (double) draws.getOrDefault(pair.b(), 0);
        sum += w * pair.leftOut();
        weight += w;
      }
      if (weight > 0) {
        taus.add(sum / weight);
      }
    }
    return Statistics.quantile(LOWER, taus.stream().mapToDouble(t -> t).toArray());
  }
}
