package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.function.Function;

/**
 * Price tables of the chips met last, the one unused for longest replaced. A table depends on chip,
 * peak precision and calibration alone; chips are known by identity, as a binder gives equal chips
 * of one spec as the same object.
 */
final class KeptPrices implements Function<Design, PriceTable> {
  private final Function<Design, PriceTable> pricing;
  private final Design[] designs;
  private final PriceTable[] tables;
  private final long[] used;
  private long clock;

  /** Keeps so many tables. */
  KeptPrices(Function<Design, PriceTable> pricing, int size) {
    this.pricing = pricing;
    designs = new Design[size];
    tables = new PriceTable[size];
    used = new long[size];
  }

  @Override
  public PriceTable apply(Design design) {
    int oldest = 0;
    for (int i = 0; i < designs.length; i++) {
      if (designs[i] != null && isPricedAlike(designs[i], design)) {
        used[i] = ++clock;
        return tables[i];
      }
      oldest = used[i] < used[oldest] ? i : oldest;
    }
    tables[oldest] = pricing.apply(design);
    designs[oldest] = design;
    used[oldest] = ++clock;
    return tables[oldest];
  }

  private static boolean isPricedAlike(Design one, Design other) {
    return one.chip() == other.chip()
        && one.peakWeightBits() == other.peakWeightBits()
        && one.peakInputBits() == other.peakInputBits()
        && one.calibration().equals(other.calibration());
  }
}
