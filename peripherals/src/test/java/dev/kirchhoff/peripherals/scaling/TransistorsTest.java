package dev.kirchhoff.peripherals.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.peripherals.scaling.Transistors.Figure;
import org.junit.jupiter.api.Test;

/** Interpolation of measured transistors over node and supply. */
class TransistorsTest {
  private static final Transistors HIGH = Transistors.of(Flavour.HIGH_PERFORMANCE);
  private static final Transistors LOW = Transistors.of(Flavour.LOW_POWER);
  private static final Transistors STANDBY = Transistors.of(Flavour.LOW_STANDBY_POWER);

  @Test
  void aCardAndItsSupplyHaveTheFiguresOfTheTable() {
    assertEquals(11.73e-3, HIGH.at(Figure.FO4, 32, 0.9), 1e-12);
    assertEquals(30.09e-3, HIGH.at(Figure.FO4, 32, 0.63), 1e-12);
    assertEquals(2.973e-3, HIGH.at(Figure.GATE_LEAKAGE, 32, 0.9), 1e-12);
    assertEquals(80.77e-3, HIGH.at(Figure.FO4, 180, 1.8), 1e-12);
    assertEquals(882, LOW.at(Figure.ON_CURRENT, 130, 1.3), 1e-9);
    assertEquals(8.543e-3, LOW.at(Figure.OFF_CURRENT, 22, 0.8), 1e-12);
    assertEquals(17.31, STANDBY.at(Figure.LATCH_ENERGY, 45, 1.1), 1e-9);
    assertEquals(125.2e-3, STANDBY.at(Figure.LATCH_TAU, 32, 1), 1e-12);
    assertEquals(0.9, HIGH.nominal_V(32), 1e-12);
    assertEquals(0.8, HIGH.nominal_V(7), 1e-12);
  }

  /** Both thresholds are on one wafer: latches of low power are those of high performance. */
  @Test
  void latchesOfLowPowerTakeTheFasterTransistor() {
    for (double node_nm : new double[] {180, 65, 32, 22}) {
      double nominal_V = HIGH.nominal_V(node_nm);
      for (Figure figure : new Figure[] {Figure.LATCH_ENERGY, Figure.LATCH_TAU}) {
        assertEquals(
            HIGH.at(figure, node_nm, 0.8 * nominal_V), LOW.at(figure, node_nm, 0.8 * nominal_V));
      }
    }
  }

  @Test
  void betweenCardsLogarithmsAreLinear() {
    // sqrt(32 x 45) nm: sqrt(11.73 x 13.39) ps at sqrt(0.9 x 1.0) V.
    double node_nm = Math.sqrt(32 * 45);
    double supply_V = Math.sqrt(0.9);
    assertEquals(supply_V, HIGH.nominal_V(node_nm), 1e-12);
    assertEquals(Math.sqrt(11.73 * 13.39) / 1000, HIGH.at(Figure.FO4, node_nm, supply_V), 1e-9);
    // Between 0.85 and 0.7 of the supply.
    assertEquals(
        Math.sqrt(16.39 * 30.09) / 1000, HIGH.at(Figure.FO4, 32, Math.sqrt(0.765 * 0.63)), 1e-9);
  }

  @Test
  void nodesWithoutACardAreContinued() {
    // Below 22 nm with the node, currents by width as they are, energies as those of logic:
    // sqrt(0.027 / 0.092) = 0.541736.
    assertEquals(10.44e-3 * 7 / 22, HIGH.at(Figure.FO4, 7, 0.8), 1e-12);
    assertEquals(6.413e-3 * 7 / 22, HIGH.at(Figure.GATE_LEAKAGE, 7, 0.8), 1e-12);
    assertEquals(1382, HIGH.at(Figure.ON_CURRENT, 7, 0.8), 1e-9);
    assertEquals(4.177 * 0.541736, HIGH.at(Figure.LATCH_ENERGY, 7, 0.8), 1e-5);
    // Low standby power above 45 nm: the ratio at 45 nm, at a supply 0.1 V higher.
    assertEquals(21.57e-3 * 47.49 / 13.39, STANDBY.at(Figure.FO4, 65, 1.2), 1e-9);
    assertEquals(22, STANDBY.smallest_nm());
    assertEquals(45, STANDBY.largest_nm());
    assertEquals(180, LOW.largest_nm());
  }

  @Test
  void aLowerSupplyIsSlowerAndLeaksLess() {
    for (Flavour flavour : Flavour.values()) {
      Transistors transistors = Transistors.of(flavour);
      for (double node_nm = 200; node_nm > 4; node_nm *= 0.93) {
        double nominal_V = transistors.nominal_V(node_nm);
        for (double share = 0.4; share < 1.3; share += 0.03) {
          double low_V = share * nominal_V;
          double high_V = 1.05 * low_V;
          String where = flavour + ", " + node_nm + " nm, " + low_V + " V";
          for (Figure falls : new Figure[] {Figure.FO4, Figure.LATCH_TAU}) {
            assertTrue(
                transistors.at(falls, node_nm, high_V) < transistors.at(falls, node_nm, low_V),
                where);
          }
          for (Figure rises :
              new Figure[] {
                Figure.GATE_LEAKAGE, Figure.LATCH_ENERGY, Figure.ON_CURRENT, Figure.OFF_CURRENT
              }) {
            assertTrue(
                transistors.at(rises, node_nm, high_V) > transistors.at(rises, node_nm, low_V),
                where);
          }
        }
      }
    }
  }

  @Test
  void aSmallerNodeIsFasterAtTheSupplyOfItsCard() {
    for (Flavour flavour : new Flavour[] {Flavour.HIGH_PERFORMANCE, Flavour.LOW_POWER}) {
      double larger_ns = Double.MAX_VALUE;
      for (double node_nm = 250; node_nm > 4; node_nm *= 0.97) {
        double fo4_ns = Transistors.of(flavour).nominal(Figure.FO4, node_nm);
        assertTrue(fo4_ns < larger_ns, flavour + ", " + node_nm + " nm");
        larger_ns = fo4_ns;
      }
    }
  }

  /** The time constant belongs to a delay: that of the supply at which the card is as slow. */
  @Test
  void theTimeConstantOfALatchFollowsTheDelay() {
    assertEquals(10.75e-3, HIGH.latchTau_ns(32, 11.73e-3), 1e-12);
    assertEquals(121.7e-3, HIGH.latchTau_ns(32, 30.09e-3), 1e-9);
    assertEquals(14.49e-3 / 2, HIGH.latchTau_ns(11, 10.44e-3 / 2), 1e-12);
    assertTrue(HIGH.latchTau_ns(32, 8e-3) < 6.506e-3);
  }
}
