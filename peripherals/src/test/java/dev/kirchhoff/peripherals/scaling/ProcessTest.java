package dev.kirchhoff.peripherals.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Flavour;
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

  /**
   * DNN+NeuroSim's transistors are those of the ITRS for low standby power; cards of low power
   * conduct 2.0 to 2.9 times as much down to 65 nm, and less than the ITRS's of high performance.
   */
  @Test
  void aMinimumPlanarTransistorConductsBetweenTheFlavoursOfTheMeasuredTool() {
    // Width 2F; 22 to 130 nm. FinFETs below are wider than they look.
    double[] ohm = {25_610, 34_070, 37_440, 39_320, 41_470, 43_180};
    for (int i = 0; i < ohm.length; i++) {
      double ours_ohm =
          Units.OHM_PER_MOHM * at(NODE_NM[i]).switch_MohmUm() / (2 * NODE_NM[i] / 1000);
      assertTrue(ours_ohm < ohm[i] && ours_ohm > 0.3 * ohm[i], NODE_NM[i] + " nm: " + ours_ohm);
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
      for (double supply_V = NominalSupply.of(node_nm, Flavour.LOW_POWER);
          supply_V > 0.2;
          supply_V -= 0.02) {
        Technology low = new Technology(node_nm, supply_V, Flavour.LOW_POWER, 300);
        assertEquals(
            gate_fF, Process.of(low).gate_fF(), 1e-12, node_nm + " nm, " + supply_V + " V");
      }
    }
  }

  @Test
  void aFanoutOfFourIsThatOfTheCardAndFollowsTheSupplyAsPublishedMacrosDo() {
    assertEquals(17.25e-3, at(32).fo4_ns(), 1e-12);
    assertEquals(11.73e-3, flavour(32, 0.9, Flavour.HIGH_PERFORMANCE).fo4_ns(), 1e-12);
    assertEquals(41.54e-3, flavour(32, 1.0, Flavour.LOW_STANDBY_POWER).fo4_ns(), 1e-12);
    // V / (V - 0.35 V)^1.3: 0.6 / 0.25^1.3 = 3.6377 against 1.9578 at 0.9 V.
    Process low = flavour(32, 0.6, Flavour.LOW_POWER);
    assertEquals(17.25e-3 * 3.6377 / 1.9578, low.fo4_ns(), 1e-5);
    // Thresholds of 0.26 and 0.39 V: 0.6 / 0.34^1.3 = 2.4391 and 0.9 / 0.64^1.3 = 1.6075.
    Process high = flavour(32, 0.6, Flavour.HIGH_PERFORMANCE);
    assertEquals(11.73e-3 * 2.4391 / 1.6075, high.fo4_ns(), 2e-5);
    // In proportion to the node below 22 nm.
    assertEquals(
        flavour(22, 0.8, Flavour.LOW_POWER).fo4_ns() / 2,
        flavour(11, 0.8, Flavour.LOW_POWER).fo4_ns(),
        1e-12);
  }

  @Test
  void logicOfAFlavourIsSlowerByItsFanoutOfFour() {
    double low_ns = at(32).gate_ns();
    assertEquals(
        11.73 / 17.25, flavour(32, 0.9, Flavour.HIGH_PERFORMANCE).gate_ns() / low_ns, 1e-9);
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
  void flavoursLeakAsTheirCardsAndHeatDoublesItEveryTwelveKelvin() {
    Process low = at(32);
    Process hot = Process.of(new Technology(32, 0.9, Flavour.LOW_POWER, 324));
    assertEquals(4, hot.gateLeakage_uW() / low.gateLeakage_uW(), 1e-9);
    // The ITRS asks 5 nA/um of low operating power; of high performance 100.
    assertEquals(0.2147e-3, low.gateLeakage_uW(), 1e-12);
    assertEquals(2.973e-3, flavour(32, 0.9, Flavour.HIGH_PERFORMANCE).gateLeakage_uW(), 1e-12);
    assertEquals(0.01925e-3, flavour(32, 1, Flavour.LOW_STANDBY_POWER).gateLeakage_uW(), 1e-12);
  }

  @Test
  void aTableInterpolatesBetweenNodesOnLogarithmsAndContinuesItsEnds() {
    NodeTable table = NodeTable.of(new double[] {10, 20, 40}, new double[] {1, 4, 16});
    assertEquals(4, table.at(20), 1e-12);
    assertEquals(2, table.at(10 * Math.sqrt(2)), 1e-12);
    assertEquals(64, table.at(80), 1e-10);
    assertEquals(0.25, table.at(5), 1e-12);
  }

  private static Process flavour(double node_nm, double supply_V, Flavour flavour) {
    return Process.of(new Technology(node_nm, supply_V, flavour, 300));
  }

  private static Process at(double node_nm) {
    return Process.of(Technology.nominal(node_nm, Flavour.LOW_POWER, 300));
  }
}
