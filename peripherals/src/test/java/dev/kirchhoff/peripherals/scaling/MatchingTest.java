package dev.kirchhoff.peripherals.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.Technology;
import org.junit.jupiter.api.Test;

/** Sizes of matched devices by hand and by law. */
class MatchingTest {
  private static final Matching NM28 = at(28);

  private static Matching at(double node_nm) {
    return Matching.of(
        Process.of(
            new Technology(node_nm, NominalSupply.of(node_nm), Technology.Roadmap.LOW_POWER, 300)));
  }

  @Test
  void aLoosePairIsDrawnForItsOffsetAndAnEvenLooserOneAsSmallAsDrawnDevicesAre() {
    // 2 mV um at 28 nm: 5 mV are (2 / 5)^2 = 0.16 um2, 2.4 fF, 4 x 0.16 um2 with contacts.
    Matching.Pair five = NM28.pair(5e-3);
    assertEquals(0.16, five.gate_um2(), 1e-12);
    assertEquals(2.4, five.gate_fF(), 1e-12);
    assertEquals(0.64, five.area_um2(), 1e-12);
    assertEquals(0, five.trimBits());
    assertEquals(1, five.trimEnergy());
    // 4 F^2 = 0.003136 um2 deviate by 2 mV / 0.056 = 35.7 mV.
    Matching.Pair loose = NM28.pair(0.1);
    assertEquals(0.003136, loose.gate_um2(), 1e-12);
    assertEquals(0.0357143, loose.sigma_V(), 1e-6);
  }

  @Test
  void aTightPairIsTrimmed() {
    // 0.5 mV untrimmed 16 um2. Six bits leave 1.7 / 64 of 18.8 mV, 0.01129 um2: (4 x 0.01129 + 6)
    // um2 x (0.16934 + 2) fF = 13.1; five bits (0.18063 + 5) x 2.67734 = 13.9.
    Matching.Pair tight = NM28.pair(0.5e-3);
    assertEquals(6, tight.trimBits());
    assertEquals(0.0112891, tight.gate_um2(), 1e-6);
    assertEquals(4 * 0.0112891 + 6, tight.area_um2(), 1e-5);
    assertEquals(1.06, tight.trimEnergy(), 1e-12);
    assertEquals(0.5e-3, tight.sigma_V(), 1e-9);
  }

  @Test
  void aMirrorIsAPairOfTheOffsetThatMovesItsCurrentAndUnitsShrinkWithTheirShareSquared() {
    // 2 v / 0.25 V = 4 %: v = 5 mV.
    assertEquals(NM28.pair(5e-3), NM28.mirror(0.04, 0.25));
    assertEquals(1, Matching.unit_fF(0.01), 1e-12);
    assertEquals(4, Matching.unit_fF(0.005), 1e-12);
  }

  @Test
  void pairsHaveTheDeviationThatWasAskedForAndTighterOnesNeverCostLess() {
    for (double node_nm = 180; node_nm >= 5; node_nm *= 0.9) {
      Matching matching = at(node_nm);
      double before = 0;
      for (double sigma_V = 0.1; sigma_V > 1e-5; sigma_V *= 0.9) {
        Matching.Pair pair = matching.pair(sigma_V);
        String where = node_nm + " nm, " + sigma_V + " V";
        assertTrue(pair.sigma_V() <= sigma_V * (1 + 1e-12), where);
        double cost = pair.area_um2() * (pair.gate_fF() + 2);
        assertTrue(cost >= before * (1 - 1e-12), where);
        before = cost;
      }
    }
  }

  @Test
  void thresholdsMatchBetterAtSmallerNodes() {
    assertEquals(2e-3, NM28.threshold_Vum(), 1e-12);
    assertEquals(5e-3, at(180).threshold_Vum(), 1e-12);
    assertEquals(1.2e-3, at(7).threshold_Vum(), 1e-12);
    double larger = Double.MAX_VALUE;
    for (double node_nm = 180; node_nm >= 5; node_nm *= 0.97) {
      double avt = at(node_nm).threshold_Vum();
      assertTrue(avt <= larger, node_nm + " nm");
      larger = avt;
    }
  }
}
