package dev.kirchhoff.dse.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.spec.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PredictionsTest {
  /** Published and modelled TOPS/W of a chip: its headline, then its settings. */
  private static GalleryChip chip(double bits, Band drawn, double[]... values) {
    List<Comparison> comparisons = new ArrayList<>();
    for (double[] value : values) {
      comparisons.add(
          new Comparison(
              "1",
              "chip",
              "TOPS/W",
              "",
              value[0],
              value[1],
              new Comparison.Kind(Dimension.NUMBER, false, true, 0.1),
              new Comparison.Basis(Role.PREDICTED, Set.of(Difference.CHIP), Optional.empty(), "")));
    }
    // What a fitted factor makes of it is not looked at.
    Comparisons fitted = new Comparisons(List.of());
    return new GalleryChip(
        "a",
        "a",
        "",
        false,
        fitted,
        new Comparisons(comparisons),
        bits,
        drawn,
        Set.of(),
        List.of());
  }

  private static double[] of(double published, double ours) {
    return new double[] {published, ours};
  }

  /**
   * Chip A publishes 10, 20, 5 where ours is 20, 44, 20: relative to the headline 2.2 for 2 (1.1
   * off) and 1 for 0.5 (2 off). B publishes 40, ours 40; C 160, ours 80.
   */
  private static final List<GalleryChip> CHIPS =
      List.of(
          chip(1, new Band(0.4, 1, 2), of(10, 20), of(20, 44), of(5, 20)),
          chip(1, new Band(0.5, 1, 1.5), of(40, 40)),
          chip(0.25, new Band(0.9, 1, 1.1), of(160, 80)));

  private static final Predictions FOUND = Predictions.of(CHIPS).orElseThrow();

  @Test
  void settingsAreJudgedRelativeToTheHeadline() {
    Predictions.Settings settings = FOUND.settings();
    assertEquals(2, settings.values());
    assertEquals(1, settings.chips());
    // Half way between 1.1 and 2 in logarithms; the null model is off by 2 both times.
    assertEquals(Math.sqrt(1.1 * 2) - 1, settings.median(), 1e-12);
    assertEquals(1.1 * Math.pow(2 / 1.1, 0.8) - 1, settings.most(), 1e-12);
    assertEquals(1, settings.nullMedian(), 1e-12);
    assertEquals(1, settings.nullMost(), 1e-12);
  }

  @Test
  void pairsCountWhereOursAreInThePublishedOrder() {
    Predictions.Order order = FOUND.order();
    // 10 < 20 and 5 < 20 are in order; 5 < 10 is 20 = 20 of ours, which is no order.
    assertEquals(3, order.settingPairs());
    assertEquals(2 / 3.0, order.settings(), 1e-12);
    assertEquals(3, order.chipPairs());
    assertEquals(1, order.chips());
  }

  @Test
  void newChipsAreJudgedAsTheyAreAndByTheMedianOfTheOthers() {
    // Off by 2, 1 and 2 times: (ln 2 + 0 + ln 2)/3. Per product 10, 40 and 40: the medians of the
    // others are 40, 20 and 20, in the middle of logarithms: 4, 2 and 2 times off.
    assertEquals(Math.pow(2, 2 / 3.0) - 1, FOUND.newChip().error(), 1e-12);
    assertEquals(Math.pow(16, 1 / 3.0) - 1, FOUND.newChip().nullError(), 1e-12);
  }

  @Test
  void bandsAreOfTheOtherChips() {
    Predictions.Bands bands = FOUND.bands();
    // Published over ours 0.5, 1, 2: only 1 lies between the others.
    assertEquals(1 / 3.0, bands.held(), 1e-12);
    // Of the others 1..2, 0.5..2 and 0.5..1.
    assertEquals(2, bands.width(), 1e-12);
    // 0.5 in 0.4..2 and 1 in 0.5..1.5, 2 not in 0.9..1.1.
    assertEquals(2 / 3.0, bands.drawnHeld(), 1e-12);
    assertEquals(3, bands.drawnWidth(), 1e-12);
  }

  @Test
  void theNextOfNineLiesBetweenTheEndsInEightOfTen() {
    double[] nine = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    assertEquals(1, Predictions.next(nine, 0.1), 1e-12);
    assertEquals(9, Predictions.next(nine, 0.9), 1e-12);
    assertEquals(5, Predictions.next(nine, 0.5), 1e-12);
    assertEquals(1, Predictions.next(nine, 0.01), 1e-12);
  }

  @Test
  void twoChipsPredictNothing() {
    assertTrue(Predictions.of(CHIPS.subList(0, 2)).isEmpty());
  }
}
