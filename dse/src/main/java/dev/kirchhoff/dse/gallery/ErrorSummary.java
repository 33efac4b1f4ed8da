package dev.kirchhoff.dse.gallery;

import dev.kirchhoff.arch.result.RankCorrelation;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Error of a set of chips.
 *
 * <p>Error of a chip = exp(m) − 1 with m the mean |ln(ours / paper)| of its values; of several
 * chips exp(M) − 1 with M the mean of their m, so that a chip with many values weighs no more than
 * one with few. Component tables are left out: they check sums, no model. Shares, counts and given
 * values are no part of it; shares are stated in points.
 *
 * @param values how many values
 * @param chips of how many chips
 * @param error their error, or empty where there is no value
 */
public record ErrorSummary(int values, int chips, OptionalDouble error) {

  /** The error of some values of some chips. */
  public static ErrorSummary of(List<GalleryChip> chips, Predicate<Comparison> wanted) {
    int values = 0;
    int counted = 0;
    double sum = 0;
    for (GalleryChip chip : chips) {
      List<Comparison> own =
          chip.isTable()
              ? List.of()
              : chip.comparisons().values().stream()
                  .filter(c -> c.counts() && wanted.test(c))
                  .toList();
      if (!own.isEmpty()) {
        values += own.size();
        counted++;
        sum += own.stream().mapToDouble(Comparison::logError).average().orElseThrow();
      }
    }
    return new ErrorSummary(
        values,
        counted,
        counted == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(StrictMath.exp(sum / counted) - 1));
  }

  /** Number of values that are given, component tables left out. */
  public static int given(List<GalleryChip> chips) {
    return (int)
        chips.stream()
            .filter(chip -> !chip.isTable())
            .flatMap(chip -> chip.comparisons().values().stream())
            .filter(value -> value.group() == Comparison.Group.GIVEN)
            .count();
  }

  /**
   * Shares of parts.
   *
   * @param values how many
   * @param mean mean |difference|
   * @param largest largest |difference|
   */
  public record Shares(int values, double mean, double largest) {}

  /** The shares of all chips, component tables left out. */
  public static Shares shares(List<GalleryChip> chips) {
    List<Double> differences =
        chips.stream()
            .filter(c -> !c.isTable())
            .flatMap(c -> c.comparisons().values().stream())
            .filter(c -> c.kind().isShare() && c.isAimed())
            .map(c -> Math.abs(c.error()))
            .toList();
    return new Shares(
        differences.size(),
        differences.stream().mapToDouble(d -> d).average().orElse(0),
        differences.stream().mapToDouble(d -> d).max().orElse(0));
  }

  /**
   * Spearman's rank correlation of TOPS/W over chips, paper against ours: of each chip the first
   * value of TOPS/W in its spec, component tables left out. Empty for fewer than three chips or
   * where all are equal.
   */
  public static OptionalDouble rankCorrelation(List<GalleryChip> chips) {
    List<Comparison> ranked = ranked(chips);
    return spearman(
        ranked.stream().mapToDouble(Comparison::published).toArray(),
        ranked.stream().mapToDouble(Comparison::ours).toArray());
  }

  /** The values that are ranked: one a chip. */
  public static List<Comparison> ranked(List<GalleryChip> chips) {
    return chips.stream().filter(c -> !c.isTable()).flatMap(ErrorSummary::efficiency).toList();
  }

  private static Stream<Comparison> efficiency(GalleryChip chip) {
    return chip.comparisons().values().stream()
        .filter(c -> c.name().equals("TOPS/W") || c.name().equals("peakTOPS/W"))
        .limit(1);
  }

  /** Rank correlation of three values at least that are not all equal. */
  static OptionalDouble spearman(double[] a, double[] b) {
    return a.length < 3 ? OptionalDouble.empty() : RankCorrelation.of(a, b);
  }
}
