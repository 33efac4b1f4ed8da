package dev.kirchhoff.arch.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of the digits of formulas. */
class CostTreeTest {
  private static String readable(String formula) {
    CostTree leaf = CostTree.leaf("readout", 1, "fJ", formula, "");
    CostTree tree = CostTree.sum("chip", "fJ", formula, List.of(leaf)).readable();
    assertEquals(tree.formula(), tree.parts().get(0).formula());
    return tree.formula();
  }

  @Test
  void aRowHasThreeDigitsAndThePriceFour() {
    assertEquals(
        "2,016 PEs x 10624 x 1.62 pJ x 1.23e-7; each 47000 um2 x (0.9 / 1.235)^1.3 + 1.235e-9 fJ",
        readable(
            "2,016 PEs x 10624 x 1.623456 pJ x 1.2345678e-7"
                + "; each 47000 um2 x (0.9 / 1.2345678)^1.3 + 1.2345678e-9 fJ"));
  }

  @Test
  void numbersOfFewDigitsAndNamesStay() {
    for (String same :
        List.of(
            "0.900 V x 100 fF",
            "8 x 2.00 mW: start after 12.5 % of layer1.2345",
            "3 fJ x 28nm",
            "1.20e-7 x 330",
            "products 9.1 dB above their noise")) {
      assertEquals(same, readable(same));
    }
  }

  @Test
  void exactNumbersReadAsThoseForPeople() {
    for (double value : new double[] {0.9, 2, 1234.5678, 10624, 1e9 / 3, 1.23456e12, 1.5e-7 / 7}) {
      assertEquals(Units.significant(value), readable(Units.exact(value)));
      assertEquals(value, Double.parseDouble(Units.exact(value)));
      assertEquals("; each " + Units.number(value), readable("; each " + Units.allDigits(value)));
      assertEquals(value, Double.parseDouble(Units.allDigits(value)));
      assertEquals(
          Units.print(value, Dimension.ENERGY), readable(Units.exact(value, Dimension.ENERGY)));
    }
  }
}
