package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests that explained figures equal charged figures, and that each formula yields its figure. */
class ExplanationTest {
  private static final long BASE_SEED = 20261124;
  private static final int CHIPS = 400;

  @Test
  void everyPriceOfRandomChipsEqualsItsExplanation() {
    for (int i = 0; i < CHIPS; i++) {
      long seed = BASE_SEED + i;
      ChipPrices prices = Designs.random(new Random(seed)).prices();
      for (Part part : Part.values()) {
        String where = "seed " + seed + " " + part + " ";
        check(where + "area", prices.area_um2(part), prices.explain(PriceLine.area(part)));
        check(where + "static", prices.static_uW(part), prices.explain(PriceLine.standing(part)));
        check(where + "pass", prices.passEnergy_fJ(part), prices.explain(PriceLine.pass(part)));
      }
      for (Action action : Action.values()) {
        check(
            "seed " + seed + " " + action,
            prices.energy_fJ(action),
            prices.explain(PriceLine.energy(action)));
      }
      check(
          "seed " + seed + " programming",
          prices.programming().energyPerCell_fJ(),
          prices.explain(PriceLine.energy(Action.CELL_WRITE)));
    }
  }

  private static void check(String where, double charged, Price explained) {
    assertTrue(charged >= 0 && Double.isFinite(charged), where + " is " + charged);
    assertEquals(charged, explained.value(), 0, where);
    assertFalse(explained.source().isEmpty(), where + " has no source");
    assertEquals(
        charged,
        Arithmetic.compute(explained.formula()),
        1e-9 * charged,
        where + ": " + explained.formula());
  }
}
