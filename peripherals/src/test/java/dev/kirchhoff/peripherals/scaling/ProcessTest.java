package dev.kirchhoff.peripherals.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.spec.Units;
import org.junit.jupiter.api.Test;

/**
 * Process figures against published fits and against what DNN+NeuroSim V1.3 was measured to
 * compute.
 */
class ProcessTest {
  private static final double[] NODE_NM = {130, 90, 65, 45, 32, 22, 14, 10, 7};

  @Test
  void repeatedWireEnergyIsWithinATenthOfTheMeasuredTool() {
    double[] fJPerMm = {116, 98.82, 82.74, 68.19, 55.05, 48.69, 43.82, 38.59, 33.34};
    for (int i = 0; i < NODE_NM.length; i++) {
      assertEquals(
          fJPerMm[i],
          1000 * at(NODE_NM[i]).repeatedWire_fJPerUm(),
          0.1 * fJPerMm[i],
          NODE_NM[i] + " nm");
    }
  }

  @Test
  void aMinimumPlanarTransistorHasTheMeasuredResistance() {
    // Width 2F; 22 to 130 nm. FinFETs below are wider than they look.
    double[] ohm = {25_610, 34_070, 37_440, 39_320, 41_470, 43_180};
    for (int i = 0; i < ohm.length; i++) {
      double ours_ohm =
          Units.OHM_PER_MOHM * at(NODE_NM[i]).switch_MohmUm() / (2 * NODE_NM[i] / 1000);
      assertEquals(ohm[i], ours_ohm, 0.2 * ohm[i], NODE_NM[i] + " nm");
    }
  }

  @Test
  void logicFollowsTheSideOfAStaticCellAndTheSquareOfTheSupply() {
    // Cells of 0.171 um2 at 32 nm and 0.042 um2 at 10 nm: sides of 0.413521 and 0.204939 um.
    assertEquals(0.413521 * 0.81, LogicScaling.energy(32, 0.9), 1e-6);
    assertEquals(0.204939 / 0.413521, ScalingClass.LOGIC.energyFactor(32, 0.9, 10, 0.9), 1e-5);
    assertEquals(64 / 81.0, ScalingClass.LOGIC.energyFactor(32, 0.9, 32, 0.8), 1e-12);
    assertEquals(2.2, ScalingClass.LOGIC.areaFactor(32, 45), 1e-9);
    assertEquals(1, ScalingClass.LOGIC.energyFactor(65, 1.1, 65, 1.1));
  }

  @Test
  void logicFallsFromTwentyEightToFiveNanometresAsPublishedAdderTreesDo() {
    // sqrt(0.127 / 0.021) = 2.46; the trees of Chih (22 nm) and Fujiwara (5 nm) about 2.5.
    assertEquals(2.459, ScalingClass.LOGIC.energyFactor(5, 0.7, 28, 0.7), 1e-3);
  }

  @Test
  void lowerSupplyNeverCostsMoreLogicEnergy() {
    for (double node_nm : NODE_NM) {
      double lower = 0;
      for (double supply_V = 0.2; supply_V <= 1.8; supply_V += 0.02) {
        double energy = LogicScaling.energy(node_nm, supply_V);
        assertTrue(energy > lower, node_nm + " nm, " + supply_V + " V");
        lower = energy;
      }
    }
  }

  @Test
  void theCapacitanceOfAGateShrinksWithTheNodeAndIsTheSameAtEverySupply() {
    double larger_fF = Double.MAX_VALUE;
    for (double node_nm = 180; node_nm >= 5; node_nm *= 0.93) {
      double gate_fF = at(node_nm).gate_fF();
      assertTrue(gate_fF < larger_fF, node_nm + " nm");
      larger_fF = gate_fF;
      for (double supply_V = NominalSupply.of(node_nm); supply_V > 0.2; supply_V -= 0.02) {
        Technology low = new Technology(node_nm, supply_V, Technology.Roadmap.LOW_POWER, 300);
        assertEquals(
            gate_fF, Process.of(low).gate_fF(), 1e-12, node_nm + " nm, " + supply_V + " V");
      }
    }
  }

  @Test
  void aFanoutOfFourTakesFourHundredAndFiftyFemtosecondsANanometre() {
    for (double node_nm : NODE_NM) {
      assertEquals(0.45e-3 * node_nm, at(node_nm).fo4_ns(), 1e-12, node_nm + " nm");
    }
    // V / (V - 0.35 V)^1.3 of 28 nm: 0.6 / 0.25^1.3 = 3.6377 against 1.9578 at 0.9 V.
    Technology low = new Technology(28, 0.6, Technology.Roadmap.LOW_POWER, 300);
    assertEquals(0.0126 * 3.6377 / 1.9578, Process.of(low).fo4_ns(), 1e-5);
  }

  @Test
  void oneBlanketRuleWouldDifferFromTheRulesOfClasses() {
    double logic = ScalingClass.LOGIC.energyFactor(180, 1.8, 40, 1.1);
    double analog = ScalingClass.ANALOG.energyFactor(180, 1.8, 40, 1.1);
    double wire = ScalingClass.WIRE.energyFactor(180, 1.8, 40, 1.1);

    assertEquals(40.0 / 180 * 1.1 * 1.1 / (1.8 * 1.8), analog, 1e-12);
    assertEquals(1.1 * 1.1 / (1.8 * 1.8), wire, 1e-12);
    // The side of a cell of 0.24651 um2 at 40 nm, log-log between 0.171 at 32 nm and 0.299 at 45
    // nm,
    // over that of 4.65 um2.
    assertEquals(0.230246 * 1.1 * 1.1 / (1.8 * 1.8), logic, 1e-5);
    double logicArea = ScalingClass.LOGIC.areaFactor(180, 40);
    double analogArea = ScalingClass.ANALOG.areaFactor(180, 40);
    assertTrue(logicArea < 0.5 * analogArea);
    assertTrue(logic < 0.25 * wire && analog < 0.25 * wire);
  }

  @Test
  void highPerformanceLeaksAThousandTimesMoreAndHeatDoublesItEveryTwelveKelvin() {
    Process low = at(32);
    Process high = Process.of(new Technology(32, 0.9, Technology.Roadmap.HIGH_PERFORMANCE, 300));
    Process hot = Process.of(new Technology(32, 0.9, Technology.Roadmap.LOW_POWER, 324));

    assertEquals(1000, high.gateLeakage_uW() / low.gateLeakage_uW(), 1e-6);
    assertEquals(4, hot.gateLeakage_uW() / low.gateLeakage_uW(), 1e-9);
    // Measured: an inverter leaks 7.2 pW low power, 6.2 nW high performance at 32 nm.
    assertEquals(7.2e-6, low.gateLeakage_uW(), 2.5e-6);
  }

  @Test
  void aTableInterpolatesBetweenNodesOnLogarithmsAndContinuesItsEnds() {
    NodeTable table = NodeTable.of(new double[] {10, 20, 40}, new double[] {1, 4, 16});
    assertEquals(4, table.at(20), 1e-12);
    assertEquals(2, table.at(10 * Math.sqrt(2)), 1e-12);
    assertEquals(64, table.at(80), 1e-10);
    assertEquals(0.25, table.at(5), 1e-12);
  }

  private static Process at(double node_nm) {
    return Process.of(
        new Technology(node_nm, NominalSupply.of(node_nm), Technology.Roadmap.LOW_POWER, 300));
  }
}
