package dev.kirchhoff.peripherals.analog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.scaling.Process;
import org.junit.jupiter.api.Test;

/** Sizes of matched devices by hand and by law. */
class MatchedPairTest {
  private static final Process NM28 = at(28);

  private static Process at(double node_nm) {
    return Process.of(Technology.nominal(node_nm, Flavour.LOW_POWER, 300));
  }

  @Test
  void aLoosePairIsDrawnForItsOffsetAndAnEvenLooserOneAsSmallAsDrawnDevicesAre() {
    // 2 mV um at 28 nm: 10 mV are (2 / 10)^2 = 0.04 um2, 0.6 fF, 4 x 0.04 um2 with contacts.
    MatchedPairs.Pair ten = MatchedPairs.pair(NM28, 10e-3);
    assertEquals(0.04, ten.gate_um2(), 1e-12);
    assertEquals(0.6, ten.gate_fF(), 1e-12);
    assertEquals(0.16, ten.area_um2(), 1e-12);
    assertEquals(0, ten.trimBits());
    assertEquals(1, ten.trimEnergy());
    // 4 F^2 = 0.003136 um2 deviate by 2 mV / 0.056 = 35.7 mV.
    MatchedPairs.Pair loose = MatchedPairs.pair(NM28, 0.1);
    assertEquals(0.003136, loose.gate_um2(), 1e-12);
    assertEquals(0.0357143, loose.sigma_V(), 1e-6);
  }

  @Test
  void aTightPairIsTrimmed() {
    // 1 / (16 ln 2) = 0.0901684 um2 deviate by 2 mV / 0.300281 = 6.660437 mV. 0.5 mV are
    // 1/13.320874
    // of that: 1.7 x 13.320874 - 0.7 = 21.945485 levels, 4.455852 bits.
    MatchedPairs.Pair tight = MatchedPairs.pair(NM28, 0.5e-3);
    assertEquals(4.455852, tight.trimBits(), 1e-6);
    assertEquals(0.0901684, tight.gate_um2(), 1e-7);
    assertEquals(4 * 0.0901684 + 4.455852, tight.area_um2(), 1e-6);
    assertEquals(1.04455852, tight.trimEnergy(), 1e-8);
    assertEquals(0.5e-3, tight.sigma_V(), 1e-12);
    // Six bits leave 1.7/64.7: 0.05 mV take (40 x 1.7/64.7)^2 um2.
    MatchedPairs.Pair tighter = MatchedPairs.pair(NM28, 0.05e-3);
    assertEquals(6, tighter.trimBits());
    assertEquals(1.104620, tighter.gate_um2(), 1e-5);
    assertEquals(0.05e-3, tighter.sigma_V(), 1e-12);
  }

  @Test
  void aTrimLeavesTheErrorOfTheBestQuantiserOfAGaussian() {
    // Deviations of Max's quantisers with 2, 4, 8, 16 uniform levels (1960, table II): square roots
    // of 0.3634, 0.1188, 0.03744, 0.01154.
    double[] squares = {0.3634, 0.1188, 0.03744, 0.01154};
    for (int n = 1; n <= 4; n++) {
      double best = Math.sqrt(squares[n - 1]);
      assertEquals(best, 1.7 / (Math.pow(2, n) + 0.7), 0.06 * best);
    }
  }

  @Test
  void pairsHaveTheDeviationThatWasAskedForAndNoFigureOfATighterOneFallsOrJumps() {
    for (double node_nm = 180; node_nm >= 5; node_nm *= 0.9) {
      Process process = at(node_nm);
      MatchedPairs.Pair before = MatchedPairs.pair(process, 0.1);
      for (double sigma_V = 0.1; sigma_V > 1e-5; sigma_V *= 0.99) {
        MatchedPairs.Pair pair = MatchedPairs.pair(process, sigma_V);
        String where = node_nm + " nm, " + sigma_V + " V";
        assertTrue(pair.sigma_V() <= sigma_V * (1 + 1e-12), where);
        assertRises(before.gate_um2(), pair.gate_um2(), 1.03, where);
        assertRises(before.area_um2(), pair.area_um2(), 1.3, where);
        assertRises(before.trimEnergy(), pair.trimEnergy(), 1.001, where);
        before = pair;
      }
    }
  }

  private static void assertRises(double before, double now, double most, String where) {
    assertTrue(now >= before * (1 - 1e-12) && now <= before * most, where);
  }

  @Test
  void thresholdsMatchBetterAtSmallerNodes() {
    assertEquals(2e-3, MatchedPairs.threshold_Vum(NM28), 1e-12);
    assertEquals(5e-3, MatchedPairs.threshold_Vum(at(180)), 1e-12);
    assertEquals(1.2e-3, MatchedPairs.threshold_Vum(at(7)), 1e-12);
    double larger = Double.MAX_VALUE;
    for (double node_nm = 180; node_nm >= 5; node_nm *= 0.97) {
      double avt = MatchedPairs.threshold_Vum(at(node_nm));
      assertTrue(avt <= larger, node_nm + " nm");
      larger = avt;
    }
  }
}
