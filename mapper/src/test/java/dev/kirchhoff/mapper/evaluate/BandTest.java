package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.explain.Explanation;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Bands of whole designs: where they must lie, and that fast and explained figures agree on them.
 */
@Tag("broad")
class BandTest {
  private static final long SEED = 31L;

  /** Metrics that do not depend on prices. */
  private static final Set<Metric> EXACT =
      EnumSet.of(
          Metric.TOPS,
          Metric.PEAK_TOPS,
          Metric.LATENCY,
          Metric.THROUGHPUT,
          Metric.SNR,
          Metric.UTILIZATION,
          Metric.CROSSBARS,
          Metric.TILES,
          Metric.CHIPS,
          Metric.BATCH_LATENCY,
          Metric.PROGRAMMING_TIME,
          Metric.RECONFIGURATION_TIME,
          Metric.LIFETIME,
          Metric.REFRESH_INTERVAL);

  /** Of networks that noise was tried on. */
  private static final Set<Metric> MEASURED =
      EnumSet.of(
          Metric.ACCURACY_LOSS, Metric.ACCURACY_LOSS_HIGH, Metric.AGREEMENT, Metric.AGREEMENT_LOW);

  @Test
  void everyBandHoldsItsFigureAndTheDearEndIsNeverBetter() {
    Random random = new Random(SEED);
    Network network = Designs.small();
    Totals dear = new Totals();
    for (int i = 0; i < 300; i++) {
      Design design = RandomDesigns.random(random, network);
      Evaluation evaluation = new Evaluator().evaluate(design);
      dear = Evaluator.at(BandEnd.PESSIMISTIC).totals(design);
      for (Metric metric : Metric.values()) {
        String message = "seed " + SEED + " case " + i + " " + metric;
        if (MEASURED.contains(metric) || metric.group() == Metric.Group.KERNEL) {
          assertFalse(evaluation.totals().has(metric), message);
          continue;
        }
        Band band = evaluation.band(metric);
        assertEquals(evaluation.totals().value(metric), band.nominal(), message);
        if (EXACT.contains(metric)) {
          assertTrue(band.isPoint(), message);
        } else {
          assertTrue(band.low() < band.nominal() && band.nominal() < band.high(), message);
          double worse = metric.higherIsBetter() ? band.low() : band.high();
          assertEquals(worse, dear.value(metric), message);
        }
      }
    }
  }

  @Test
  void treesAndTotalsAgreeAtBothEnds() {
    Random random = new Random(SEED);
    Network network = Designs.small();
    for (int i = 0; i < 40; i++) {
      Design design = RandomDesigns.random(random, network);
      Evaluation evaluation = new Evaluator().evaluate(design);
      String message = "seed " + SEED + " case " + i;
      agree(evaluation.band(Metric.AREA), 1e-6, Explanation.of(design).area(), message);
      agree(evaluation.band(Metric.PEAK_POWER), 1e-6, Explanation.of(design).power(), message);
      agree(evaluation.band(Metric.ENERGY), 1e-9, Explanation.of(design).energy(), message);
      agree(evaluation.band(Metric.ENERGY), 1e-9, Explanation.of(design).energyByLayer(), message);
      for (BandEnd end : BandEnd.values()) {
        Explanation explanation = new Explanation(Evaluator.at(end).evaluated(design));
        Totals totals = Evaluator.at(end).totals(design);
        String where = message + " " + end;
        EvaluatorTest.assertTotal(totals.value(Metric.AREA), 1e-6, explanation.area(), where);
        EvaluatorTest.assertTotal(totals.value(Metric.ENERGY), 1e-9, explanation.energy(), where);
        EvaluatorTest.assertTotal(
            totals.value(Metric.PEAK_POWER), 1e-6, explanation.power(), where);
      }
    }
  }

  private static void agree(Band band, double factor, CostTree tree, String message) {
    assertEquals(band.low(), tree.low() * factor, 1e-9 * band.low(), message);
    assertEquals(band.nominal(), tree.value() * factor, 1e-9 * band.nominal(), message);
    assertEquals(band.high(), tree.high() * factor, 1e-9 * band.high(), message);
    assertFalse(tree.spread().isNone(), message);
    checkLeaves(tree);
  }

  private static void checkLeaves(CostTree tree) {
    if (tree.parts().isEmpty()) {
      assertEquals(tree.spread().isNone(), tree.spread().reason().isEmpty(), tree.toString());
    }
    tree.parts().forEach(BandTest::checkLeaves);
  }

  @Test
  void givenFiguresHaveNoBand() {
    Evaluation isaac = new Evaluator().evaluate(IsaacTest.isaac(128));
    for (Metric metric : Metric.values()) {
      if (isaac.totals().has(metric)) {
        assertTrue(isaac.band(metric).isPoint(), metric.name());
      }
    }
    assertTrue(Explanation.of(IsaacTest.isaac(128)).power().spread().isNone());
  }

  @Test
  void theSurveyWidensTheBand() {
    Designs designs = new Designs();
    Band standard = efficiency(designs);
    designs.readoutModel = new ComponentModel.Named("survey-2025");
    Band survey = efficiency(designs);

    assertTrue(
        survey.high() / survey.low() > standard.high() / standard.low(), standard + " " + survey);
  }

  private static Band efficiency(Designs designs) {
    return new Evaluator().evaluate(designs.runs(Designs.small()).design()).band(Metric.TOPS_PER_W);
  }

  @Test
  void endsByHand() {
    // Prices by hand state no disagreement: the band is a point.
    Design design = new Designs().runs(Designs.small()).design();
    Evaluation evaluation = new Evaluator(HandPrices::plain).evaluate(design);
    assertTrue(evaluation.band(Metric.TOPS_PER_W).isPoint());
    // A metric that the design does not have has no band either.
    Evaluation peak = new Evaluator().evaluate(new Designs().design());
    assertFalse(peak.bands().containsKey(Metric.ENERGY));
    assertTrue(Double.isNaN(peak.band(Metric.ENERGY).nominal()));
  }

  @Test
  void limitsOfCountsAreTheSameAtEveryEnd() {
    Random random = new Random(SEED);
    Totals nominal = new Totals();
    Totals dear = new Totals();
    for (int i = 0; i < 100; i++) {
      Design design = RandomDesigns.random(random, Designs.small());
      nominal = new Evaluator().totals(design);
      dear = Evaluator.at(BandEnd.PESSIMISTIC).totals(design);
      for (Limit limit : Limit.values()) {
        if (limit != Limit.POWER_DENSITY) {
          assertEquals(nominal.shortage(limit), dear.shortage(limit), limit.name());
        }
      }
    }
  }
}
