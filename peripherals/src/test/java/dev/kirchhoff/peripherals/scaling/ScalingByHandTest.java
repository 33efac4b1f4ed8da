package dev.kirchhoff.peripherals.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Factors between nodes of every class of circuits, by hand, old nodes among them. */
class ScalingByHandTest {

  @Test
  void logicAboveNinetyNanometresFollowsItsOwnTable() {
    // Cells of 2.45 um2 at 130 nm, 1.3 V: 1.565248 x 1.69; of 1 um2 at 90 nm, 1.2 V: 1.44; of 4.65
    // um2 at 180 nm, 1.8 V: 2.156386 x 3.24.
    assertEquals(1.565248 * 1.69, LogicScaling.energy(130, 1.3), 1e-5);
    assertEquals(1.44, LogicScaling.energy(90, 1.2), 1e-9);
    assertEquals(1.565248 * 1.69 / 1.44, ScalingClass.LOGIC.energyFactor(90, 1.2, 130, 1.3), 1e-5);
    assertEquals(2.156386 * 3.24, LogicScaling.energy(180, 1.8), 1e-5);
    // Areas 6.1 and 14 times 32 nm; 14 (14/6.1)^0.88496 at 180 nm; 110 nm lies between.
    assertEquals(14, LogicScaling.area(130), 1e-9);
    assertEquals(6.1, LogicScaling.area(90), 1e-9);
    assertEquals(29.20254, LogicScaling.area(180), 1e-4);
    assertEquals(9.598882, LogicScaling.area(110), 1e-5);
    assertEquals(14 / 3.3, ScalingClass.LOGIC.areaFactor(65, 130), 1e-9);
  }

  @Test
  void logicHasTheTabulatedAreaAndTheSideOfACellAtEveryNode() {
    double[] nodes_nm = {7, 10, 14, 16, 20, 32, 45, 65, 90, 130};
    // 20 nm lies between 0.07 um2 at 16 nm and 0.092 um2 at 22 nm.
    double[] cells_um2 = {0.027, 0.042, 0.0588, 0.07, 0.0847746, 0.171, 0.299, 0.525, 1, 2.45};
    double[] areas = {0.13, 0.22, 0.38, 0.41, 0.46, 1, 2.2, 3.3, 6.1, 14};
    for (int i = 0; i < nodes_nm.length; i++) {
      String node = nodes_nm[i] + " nm";
      assertEquals(Math.sqrt(cells_um2[i]), LogicScaling.energy(nodes_nm[i], 1), 1e-6, node);
      assertEquals(areas[i], LogicScaling.area(nodes_nm[i]), 1e-9, node);
    }
  }

  @Test
  void staticMemoryScalesAsItsCellAndItsEnergyAsLogic() {
    double[] nodes_nm = {5, 7, 10, 14, 16, 22, 28, 32, 45, 65, 90, 130, 180};
    double[] cells_um2 = {
      0.021, 0.027, 0.042, 0.0588, 0.07, 0.092, 0.127, 0.171, 0.299, 0.525, 1.0, 2.45, 4.65
    };
    for (int i = 0; i < nodes_nm.length; i++) {
      assertEquals(cells_um2[i], SramCell.area_um2(nodes_nm[i]), 1e-9, nodes_nm[i] + " nm");
      assertEquals(
          cells_um2[i] / 0.171, ScalingClass.SRAM.areaFactor(32, nodes_nm[i]), 1e-9, "from 32 nm");
    }
    assertEquals(1.565248 * 1.69 / 1.44, ScalingClass.SRAM.energyFactor(90, 1.2, 130, 1.3), 1e-5);
  }

  @Test
  void wiresAnaloguePartsAndArraysScaleByTheirOwnRules() {
    // 65 nm, 1.1 V to 130 nm, 1.3 V; squares of the supplies 1.69 / 1.21.
    double supplies = 1.69 / 1.21;
    assertEquals(supplies, ScalingClass.WIRE.energyFactor(65, 1.1, 130, 1.3), 1e-12);
    assertEquals(2, ScalingClass.WIRE.areaFactor(65, 130), 1e-12);
    assertEquals(2 * supplies, ScalingClass.ANALOG.energyFactor(65, 1.1, 130, 1.3), 1e-12);
    assertEquals(2, ScalingClass.ANALOG.areaFactor(65, 130), 1e-12);
    assertEquals(1, ScalingClass.ARRAY.energyFactor(65, 1.1, 130, 1.3), 0);
    assertEquals(4, ScalingClass.ARRAY.areaFactor(65, 130), 1e-12);
    assertEquals(1, ScalingClass.INPUT_OUTPUT.energyFactor(65, 1.1, 130, 1.3), 0);
    assertEquals(1, ScalingClass.INPUT_OUTPUT.areaFactor(65, 130), 0);
    // Thick oxide: as at 40 nm below, squares above.
    assertEquals(1, ScalingClass.HIGH_VOLTAGE.energyFactor(65, 1.1, 130, 1.3), 0);
    assertEquals(4, ScalingClass.HIGH_VOLTAGE.areaFactor(65, 130), 1e-12);
    assertEquals(1, ScalingClass.HIGH_VOLTAGE.areaFactor(40, 14), 1e-12);
    assertEquals(0.25, ScalingClass.HIGH_VOLTAGE.areaFactor(80, 28), 1e-12);
  }

  @Test
  void leakageGoesWithWidthAndSupplyOfAllButPads() {
    for (ScalingClass scaling : ScalingClass.values()) {
      double expected = scaling == ScalingClass.INPUT_OUTPUT ? 1 : 2 * 1.3 / 1.1;
      assertEquals(expected, scaling.leakageFactor(65, 1.1, 130, 1.3), 1e-12, scaling.word());
      assertEquals(1, scaling.leakageFactor(65, 1.1, 65, 1.1), 0);
    }
  }
}
