package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Totals at drawn factors, against the same design evaluated at prices with those factors. */
@Tag("broad")
class ErrorSharesTest {
  private static final long SEED = 47L;

  @Test
  void drawnTotalsAreThoseOfPricesWithTheSameFactors() {
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      Design design = RandomDesigns.random(random, Designs.small());
      EvaluatedDesign evaluated = new Evaluator().evaluated(design);
      ErrorShares shares = ErrorShares.of(evaluated);
      Map<ErrorSource, Double> factors = new HashMap<>();
      double[] inOrder = new double[shares.sources().size()];
      for (int k = 0; k < inOrder.length; k++) {
        inOrder[k] = Math.exp(1.5 * random.nextGaussian());
        factors.put(shares.sources().get(k), inOrder[k]);
      }
      Totals drawn = shares.copy();
      shares.draw(inOrder, drawn);
      Totals expected =
          Evaluator.totalsByNetwork(evaluated.at(evaluated.ledger().at(factors::get)));
      same(expected, drawn, "seed " + SEED + " case " + i + " ");
      for (int n = 0; n < expected.networks(); n++) {
        same(expected.network(n), drawn.network(n), "seed " + SEED + " case " + i + " network ");
      }
      double missed = expected.shortage(Limit.POWER_DENSITY);
      assertEquals(missed, drawn.shortage(Limit.POWER_DENSITY), 1e-9 * (1 + missed));
    }
  }

  private static void same(Totals expected, Totals drawn, String where) {
    for (Metric metric : Metric.values()) {
      double value = expected.value(metric);
      double most = Double.isFinite(value) ? 1e-9 * (Math.abs(value) + Double.MIN_NORMAL) : 0;
      assertEquals(value, drawn.value(metric), most, where + metric);
    }
  }

  @Test
  void theEndsOfTheBandAreDraws() {
    Design design = new Designs().runs(Designs.small()).design();
    EvaluatedDesign evaluated = new Evaluator().evaluated(design);
    ErrorShares shares = ErrorShares.of(evaluated);
    for (BandEnd end : BandEnd.values()) {
      Totals drawn = shares.copy();
      shares.draw(
          shares.sources().stream().mapToDouble(s -> s.spread().factor(end)).toArray(), drawn);
      same(Evaluator.totalsAt(evaluated, end), drawn, end + " ");
    }
  }

  @Test
  void sharesOfACostSumToAllOfItThatIsNotGiven() {
    // Nothing of this chip is given, and control is a share of what it controls.
    ErrorShares shares =
        ErrorShares.of(new Evaluator().evaluated(new Designs().runs(Designs.small()).design()));
    for (Metric metric : List.of(Metric.AREA, Metric.ENERGY, Metric.TOPS_PER_W)) {
      double sum = shares.shares(metric).stream().mapToDouble(Double::doubleValue).sum();
      assertEquals(1, sum, 1e-9, metric.word());
    }
    assertEquals(0, shares.shares(Metric.SNR).stream().mapToDouble(Math::abs).sum());
  }

  @Test
  void givenFiguresHaveNoSourceOfError() {
    ErrorShares isaac = ErrorShares.of(new Evaluator().evaluated(IsaacTest.isaac(128)));
    for (Metric metric : Metric.values()) {
      assertTrue(isaac.shares(metric).stream().allMatch(s -> s == 0), metric.word());
    }
  }

  @Test
  void aModelIsOneSourceInAllItsParts() {
    List<ErrorSource> sources =
        ErrorShares.of(new Evaluator().evaluated(new Designs().runs(Designs.small()).design()))
            .sources();
    assertEquals(sources.size(), Map.copyOf(distinct(sources)).size());
    assertFalse(sources.isEmpty());
  }

  private static Map<String, ErrorSource> distinct(List<ErrorSource> sources) {
    Map<String, ErrorSource> byName = new HashMap<>();
    sources.forEach(s -> byName.put(s.model() + " " + s.quantity(), s));
    return byName;
  }
}
