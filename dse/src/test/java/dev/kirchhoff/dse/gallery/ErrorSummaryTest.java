package dev.kirchhoff.dse.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.spec.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErrorSummaryTest {
  private static Comparison value(String name, double ours, Role role, Difference differsIn) {
    return new Comparison(
        "1",
        "chip",
        name,
        "",
        1,
        ours,
        new Comparison.Kind(Dimension.NUMBER, false, true, 0.1),
        new Comparison.Basis(role, Set.of(differsIn), Optional.empty(), ""));
  }

  private static GalleryChip chip(boolean isTable, Comparison... values) {
    Comparisons comparisons = new Comparisons(List.of(values));
    return new GalleryChip(
        "a", "a", "", isTable, comparisons, comparisons, 1, new Band(1, 1, 1), Set.of(), List.of());
  }

  private static Comparison predicted(double ours) {
    return value("TOPS/W", ours, Role.PREDICTED, Difference.CHIP);
  }

  /** Chip a: 2x and 1/2x, m = ln 2. Chip b: exact, m = 0. Mean (ln 2)/2, so sqrt(2) - 1. */
  @Test
  void chipsWeighTheSameHoweverManyValuesTheyHave() {
    List<GalleryChip> chips =
        List.of(chip(false, predicted(2), predicted(0.5)), chip(false, predicted(1)));
    ErrorSummary summary = ErrorSummary.of(chips, c -> true);
    assertEquals(Math.sqrt(2) - 1, summary.error().getAsDouble(), 1e-12);
    assertEquals(3, summary.values());
    assertEquals(2, summary.chips());
  }

  @Test
  void componentTablesAreLeftOut() {
    List<GalleryChip> chips = List.of(chip(true, predicted(9)), chip(false, predicted(1.1)));
    assertEquals(0.1, ErrorSummary.of(chips, c -> true).error().getAsDouble(), 1e-12);
    assertTrue(ErrorSummary.of(chips.subList(0, 1), c -> true).error().isEmpty());
  }

  @Test
  void givenValuesAreInNoErrorAndHaveNoAim() {
    Comparison given = value("TOPS", 9, Role.GIVEN, Difference.CHIP);
    List<GalleryChip> chips = List.of(chip(false, given, predicted(1.1)), chip(false, given));
    ErrorSummary summary = ErrorSummary.of(chips, c -> true);
    assertEquals(0.1, summary.error().getAsDouble(), 1e-12);
    assertEquals(1, summary.values());
    assertEquals(1, summary.chips());
    assertEquals(2, ErrorSummary.given(chips));
    assertFalse(given.isBeyondAim());
    assertFalse(given.met());
  }

  @Test
  void rowsBelongToTheGroupOfTheirDifference() {
    assertEquals(
        Comparison.Group.CALIBRATED, value("area", 1, Role.CALIBRATED, Difference.CHIP).group());
    assertEquals(
        Comparison.Group.SAME_CHIP, value("area", 1, Role.PREDICTED, Difference.VOLTAGE).group());
    assertEquals(Comparison.Group.NEW_CHIP, predicted(1).group());
    assertEquals(
        Comparison.Group.NEW_CHIP, value("area", 1, Role.PREDICTED, Difference.QUANTITY).group());
  }

  /** Ranks 1 2 3 4 against 2 1 3 4: 1 - 6 x 2 / (4 x 15) = 0.8; ties share 2.5. */
  @Test
  void rankCorrelationIsSpearmans() {
    double[] paper = {1, 10, 100, 1000};
    assertEquals(0.8, spearman(paper, 7, 6, 8, 9), 1e-12);
    assertEquals(1, spearman(paper, 1, 2, 3, 4), 1e-12);
    assertEquals(-1, spearman(paper, 4, 3, 2, 1), 1e-12);
    // (1.5 x 1.5 + 0 + 0 + 1.5 x 1.5) / sqrt(5 x 4.5)
    assertEquals(4.5 / Math.sqrt(22.5), spearman(paper, 1, 5, 5, 9), 1e-12);
    assertTrue(ErrorSummary.spearman(new double[2], new double[2]).isEmpty());
    List<GalleryChip> chips = new ArrayList<>();
    for (double ours : new double[] {3, 2, 1}) {
      chips.add(chip(false, value("TOPS", 5, Role.PREDICTED, Difference.CHIP), predicted(ours)));
    }
    assertEquals(3, ErrorSummary.ranked(chips).size());
  }

  private static double spearman(double[] paper, double... ours) {
    return ErrorSummary.spearman(paper, ours).getAsDouble();
  }
}
