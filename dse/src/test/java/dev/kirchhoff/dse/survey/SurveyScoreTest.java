package dev.kirchhoff.dse.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SurveyScoreTest {
  private static final double LN2 = StrictMath.log(2);

  /** Settings of digital chips with energies, published and ours. */
  private static List<SurveyPrediction> predictions(double[]... chipPublishedOurs) {
    List<SurveyPrediction> predictions = new ArrayList<>();
    for (double[] values : chipPublishedOurs) {
      SurveyRow row = SurveyTableTest.row(6);
      SurveyRow own =
          new SurveyRow(
              row.row(),
              (int) values[0],
              row.paper(),
              row.memory(),
              row.cell(),
              row.node_nm(),
              row.supply_V(),
              row.heldBitline(),
              row.converter(),
              row.array(),
              row.bits(),
              row.published(),
              Optional.empty(),
              Optional.empty(),
              "");
      predictions.add(
          new SurveyPrediction(
              new SurveySpec(own, SurveyFamily.DIGITAL, 1, ""),
              Map.of(SurveyQuantity.ENERGY, new SurveyPrediction.Figure(values[1], values[2], 1)),
              OptionalDouble.empty()));
    }
    return predictions;
  }

  private static SurveyScore family(List<SurveyPrediction> predictions) {
    return SurveyScore.of(predictions, SurveyQuantity.ENERGY).get(0);
  }

  /**
   * Ours / paper of chips 1 to 4: 2, 4, 8, 4 and 16 with chip 4 having two settings of mean ln 8.
   *
   * <p>In ln 2: chip means 1, 2, 3, 3; median 2.5, factor 2^-2.5. Errors with it: 1.5, 0.5, 0.5 and
   * |2 - 2.5|, |4 - 2.5| = mean 1: mean 0.875. Left out: median of (2, 3, 3) = 3 for chip 1: 2; of
   * (1, 3, 3) = 3 for chip 2: 1; of (1, 2, 3) = 2 for chips 3 and 4: 1, and |2 - 2|, |4 - 2| = 1;
   * mean 1.25.
   */
  @Test
  void factorsAreMediansOverChipsAndLeaveTheChipOut() {
    SurveyScore score =
        family(
            predictions(
                new double[] {1, 1, 2},
                new double[] {2, 1, 4},
                new double[] {3, 1, 8},
                new double[] {4, 1, 4},
                new double[] {4, 1, 16}));
    assertEquals(4, score.chips());
    assertEquals(5, score.settings());
    assertEquals((1 + 2 + 3 + 3) * LN2 / 4, score.factorsOne(), 1e-12);
    assertEquals(StrictMath.pow(2, -2.5), score.factor().getAsDouble(), 1e-12);
    assertEquals(0.875 * LN2, score.withFactor(), 1e-12);
    assertEquals(1.25 * LN2, score.leftOut(), 1e-12);
  }

  @Test
  void theOverallErrorIsTheMeanOverChipsAndCountedQuantities() {
    List<SurveyPrediction> one = predictions(new double[] {1, 1, 2}, new double[] {2, 1, 8});
    SurveyScore.Overall overall = SurveyScore.overall(one).orElseThrow();
    assertEquals(2 * LN2, overall.factorsOne(), 1e-12);
    assertEquals(family(one).nullModel(), overall.nullModel(), 1e-12);
    assertTrue(SurveyScore.overall(List.of()).isEmpty());
  }

  /** Three chips have a factor, but two are left when one is left out: it stays 1. */
  @Test
  void aFactorNeedsThreeChips() {
    List<SurveyPrediction> three =
        predictions(new double[] {1, 1, 2}, new double[] {2, 1, 2}, new double[] {3, 1, 2});
    assertEquals(0.5, family(three).factor().getAsDouble(), 1e-12);
    assertEquals(LN2, family(three).leftOut(), 1e-12);
    SurveyScore two = family(three.subList(0, 2));
    assertTrue(two.factor().isEmpty());
    assertEquals(LN2, two.withFactor(), 1e-12);
  }

  /** Published 1, 2, 8: medians of the others 4 (of 2 and 8, by logarithms), sqrt 8, sqrt 2. */
  @Test
  void theNullModelIsTheMedianOfTheOthers() {
    SurveyScore score =
        family(predictions(new double[] {1, 1, 1}, new double[] {2, 2, 2}, new double[] {3, 8, 8}));
    assertEquals((2 + 0.5 + 2.5) * LN2 / 3, score.nullModel(), 1e-12);
    assertEquals(0, score.factorsOne());
  }

  /**
   * Published 1, 2, 4, ours in the order 1, 3, 2 of three chips: of three pairs one is wrong, tau =
   * 1/3. The null predicts medians 2.83, 2, 1.41, all in the other order.
   */
  @Test
  void tauCountsPairsInTheSameOrder() {
    List<SurveyPrediction> three =
        predictions(new double[] {1, 1, 1}, new double[] {2, 2, 3}, new double[] {3, 4, 2});
    SurveyRanking ranking = SurveyRanking.of(three, SurveyQuantity.ENERGY, 1).orElseThrow();
    assertEquals(3, ranking.pairs());
    assertEquals(1.0 / 3, ranking.factorsOne(), 1e-12);
    assertEquals(1.0 / 3, ranking.leftOut(), 1e-12);
    assertEquals(-1, ranking.nullModel(), 1e-12);
    assertEquals(-1, ranking.lower(), 1e-12);
    assertEquals(ranking, SurveyRanking.of(three, SurveyQuantity.ENERGY, 1).orElseThrow());
  }

  @Test
  void pairsOfOneChipAndNearPairsAreNotRanked() {
    List<SurveyPrediction> near =
        predictions(new double[] {1, 1, 1}, new double[] {1, 9, 9}, new double[] {2, 1.4, 1});
    SurveyRanking ranking = SurveyRanking.of(near, SurveyQuantity.ENERGY, 1).orElseThrow();
    assertEquals(1, ranking.pairs());
    assertEquals(1, ranking.factorsOne());
    assertTrue(SurveyRanking.of(near.subList(0, 2), SurveyQuantity.ENERGY, 1).isEmpty());
    assertTrue(SurveyScore.of(List.of(), SurveyQuantity.ENERGY).isEmpty());
  }

  @Test
  void quantilesLieBetweenNeighbours() {
    assertEquals(2.5, Statistics.median(4, 1, 2, 3));
    assertEquals(1.3, Statistics.quantile(0.1, 4, 1, 2, 3), 1e-12);
    assertEquals(7, Statistics.quantile(0.9, 7));
  }

  /** The null model rests on the table alone, so that these hold whatever the models say. */
  @Test
  void theSurveysNullModelAndItsChipsAreKnown() throws Exception {
    Survey survey =
        Survey.of(SurveyTable.rows(), d -> Optional.empty(), SpecEnvironment.of(new FileSources()));
    List<SurveyScore> energy = SurveyScore.of(survey.predictions(), SurveyQuantity.ENERGY);
    Map<SurveyFamily, Double> nulls = new EnumMap<>(SurveyFamily.class);
    energy.forEach(s -> s.family().ifPresent(f -> nulls.put(f, StrictMath.exp(s.nullModel()))));
    assertEquals(1.87, nulls.get(SurveyFamily.DIGITAL), 0.005);
    assertEquals(2.35, nulls.get(SurveyFamily.CHARGE), 0.005);
    assertEquals(4.43, nulls.get(SurveyFamily.BITLINE), 0.005);
    SurveyScore all = energy.get(energy.size() - 1);
    assertEquals(51, all.chips());
    assertEquals(63, all.settings());
    for (SurveyQuantity quantity : SurveyQuantity.values()) {
      for (SurveyScore score : SurveyScore.of(survey.predictions(), quantity)) {
        boolean isFitted = score.family().isPresent() && score.chips() >= SurveyScore.LEAST_CHIPS;
        assertEquals(isFitted, score.factor().isPresent(), quantity + " " + score.family());
        assertTrue(score.band().low() <= score.band().high());
      }
    }
    assertFalse(survey.omissions().stream().anyMatch(o -> o.reason().isBlank()));
    assertEquals(
        176,
        SurveyRanking.of(survey.predictions(), SurveyQuantity.ENERGY, 1).orElseThrow().pairs());
  }
}
