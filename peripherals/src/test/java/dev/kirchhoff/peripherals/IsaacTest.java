package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** ISAAC (ISCA 2016) closes from its components' figures. */
class IsaacTest {
  private static final double PE_PER_TILE = 12;
  private static final double CROSSBARS_PER_TILE = 96;
  private static final double TILES = 168;

  private final ChipPrices prices = Prices.of(Designs.isaac(128));

  @Test
  void processingElementTileAndChipHaveThePublishedArea() {
    double pe_um2 = area(prices, Part.Level.PE);
    double tile_um2 = PE_PER_TILE * pe_um2 + area(prices, Part.Level.TILE);
    double chip_um2 = TILES * tile_um2 + area(prices, Part.Level.CHIP);

    assertClose(13_120, pe_um2);
    assertClose(372_300, tile_um2);
    assertClose(85.42e6, chip_um2);
  }

  @Test
  void processingElementTileAndChipDrawThePublishedPowerWhenEveryCrossbarIsBusy() {
    double pe_uW = 8 * busy_uW(Part.Level.PE);
    double tile_uW = CROSSBARS_PER_TILE * (busy_uW(Part.Level.PE) + busy_uW(Part.Level.TILE));
    double links_uW = prices.instances(Part.IO) * prices.static_uW(Part.IO);

    assertClose(24_080, pe_uW);
    assertClose(329_800, tile_uW);
    assertClose(65.81e6, TILES * tile_uW + links_uW);
  }

  @Test
  void nothingOfItIsChargedTwice() {
    for (Action action : Action.values()) {
      // Parts that the chip lacks or gives no figure of are priced by standard circuits: units,
      // parts for kernels, writes.
      boolean isModelled =
          switch (action) {
            case RELU, MULTIPLY_ACCUMULATE, LOOP_SETTLE, RANDOM_DRAW, CELL_WRITE, CELL_PULSE ->
                true;
            default -> false;
          };
      assertEquals(isModelled, prices.energy_fJ(action) > 0, action.toString());
    }
    for (Part part : Part.values()) {
      assertEquals(part == Part.IO ? 2.6e6 : 0, prices.static_uW(part), part.toString());
    }
  }

  @Test
  void onePassTakesAHundredNanosecondsAndHalfWithTwiceTheConverters() {
    ChipPrices doubled = Prices.of(Designs.isaac(64));

    assertEquals(100, prices.timing().pass().pass_ns(), 1e-9);
    assertEquals(50, doubled.timing().pass().pass_ns(), 1e-9);
    double grown_um2 =
        PE_PER_TILE * (area(doubled, Part.Level.PE) - area(prices, Part.Level.PE))
            + area(doubled, Part.Level.TILE)
            - area(prices, Part.Level.TILE);
    assertEquals(12 * 8 * 1200, grown_um2, 1e-6);
  }

  @Test
  void aGivenFigureIsExplainedByItsPlaceAndNotScaledAtItsOwnNode() {
    Price area = prices.explain(PriceLine.area(Part.READOUT));

    assertEquals(1200, area.value());
    assertEquals("1200 um2", area.formula());
    assertEquals("given, isaac.yaml:23; Shafiee et al. 2016", area.source());
    assertTrue(
        prices
            .explain(PriceLine.pass(Part.INTERCONNECT))
            .formula()
            .startsWith("(42000 uW) x " + 1.0 / 384 + " x 100 ns"));
  }

  private static double area(ChipPrices prices, Part.Level level) {
    double sum_um2 = 0;
    for (Part part : Part.values()) {
      if (part.level() == level) {
        sum_um2 += prices.instances(part) * prices.area_um2(part);
      }
    }
    return sum_um2;
  }

  /** Power of one busy crossbar's share of the parts of a level. */
  private double busy_uW(Part.Level level) {
    double sum_fJ = level == Part.Level.PE ? prices.energy_fJ(Action.ARRAY_PASS) : 0;
    for (Part part : Part.values()) {
      if (part.level() == level) {
        sum_fJ += prices.passEnergy_fJ(part);
      }
    }
    return sum_fJ / prices.timing().pass().pass_ns();
  }

  private static void assertClose(double published, double ours) {
    assertEquals(published, ours, 1e-3 * published);
  }
}
