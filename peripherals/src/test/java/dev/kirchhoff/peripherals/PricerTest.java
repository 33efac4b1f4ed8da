package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.workload.Operation;
import dev.kirchhoff.arch.workload.Precision;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A price table follows from chip, widest precision, calibration and circuits alone. */
class PricerTest {
  private static final long SEED = 4;

  private static Design withoutWorkload(Design design) {
    return new Design(
        design.chip(),
        List.of(),
        design.mapping(),
        new Operation(400, 1e6, 1e3, new Operation.PeakData(0.1, 0.2, 0.3)),
        1,
        1,
        design.calibration(),
        design.circuits(),
        design.widest());
  }

  @Test
  void designsOfOneChipHaveOneTable() {
    Random random = new Random(SEED);
    Prices.Pricer pricer = new Prices.Pricer();
    for (int i = 0; i < 100; i++) {
      Design design = Designs.random(random).design();
      ChipPrices prices = pricer.price(design);
      assertSame(prices, pricer.price(withoutWorkload(design)));
      ChipPrices anew = Prices.of(withoutWorkload(design));
      for (PriceLine line : PriceLine.all()) {
        assertEquals(anew.price(line), prices.price(line), "case " + i + " " + line);
      }
    }
  }

  @Test
  void widerWordsAndOtherChipsHaveTablesOfTheirOwn() {
    Random random = new Random(SEED);
    Prices.Pricer pricer = new Prices.Pricer();
    Design design = Designs.random(random).design();
    Precision widest = design.widest();
    Design wider =
        Designs.builtFor(
            design, new Precision(widest.weights() + 1, widest.inputs(), widest.outputs()));
    assertNotSame(pricer.price(design), pricer.price(wider));
    assertNotSame(pricer.price(design), pricer.price(Designs.random(random).design()));
  }
}
