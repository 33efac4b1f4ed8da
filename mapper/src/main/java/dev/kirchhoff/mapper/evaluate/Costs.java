package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PriceTable;

/** Counts × prices: energy, area and static power of a mapped design, on primitives. */
final class Costs {
  private static final Action[] ACTIONS = Action.values();
  private static final Part[] PARTS = Part.values();

  private final double[] energy_fJ = new double[ACTIONS.length];
  private final double[] all = new double[ACTIONS.length];
  private PriceTable priced;
  private double pass_fJ;
  private double readoutPass_fJ;
  private double area_um2;
  private double readoutArea_um2;
  private double static_uW;
  private double readoutStatic_uW;

  /** Prices of a mapped design. */
  void set(DesignMapping mapping) {
    PriceTable prices = mapping.prices();
    if (prices != priced) {
      priced = prices;
      pass_fJ = 0;
      for (int a = 0; a < ACTIONS.length; a++) {
        energy_fJ[a] = prices.energy_fJ(ACTIONS[a]);
      }
      for (Part part : PARTS) {
        pass_fJ += prices.passEnergy_fJ(part);
      }
    }
    area_um2 = 0;
    static_uW = 0;
    double pes = mapping.pes();
    double tiles = mapping.tiles();
    double chips = mapping.chips();
    for (Part part : PARTS) {
      double units =
          part.level() == Part.Level.PE ? pes : part.level() == Part.Level.TILE ? tiles : chips;
      double instances = prices.instances(part) * units;
      area_um2 += instances * prices.area_um2(part);
      static_uW += instances * prices.static_uW(part);
    }
    double readouts = mapping.instances(Part.READOUT);
    readoutPass_fJ = prices.passEnergy_fJ(Part.READOUT);
    readoutArea_um2 = readouts * prices.area_um2(Part.READOUT);
    readoutStatic_uW = readouts * prices.static_uW(Part.READOUT);
  }

  /** Takes the counts of all layers together. */
  void take(ActionCounts counts) {
    counts.sum(all);
  }

  /** Dynamic energy of the counts taken last. */
  double dynamic_fJ() {
    double sum = all[Action.ARRAY_PASS.ordinal()] * pass_fJ;
    for (int a = 0; a < all.length; a++) {
      sum += all[a] * energy_fJ[a];
    }
    return sum;
  }

  /** Dynamic energy of one layer. */
  double dynamic_fJ(ActionCounts counts, int layer) {
    double sum = counts.of(layer, Action.ARRAY_PASS) * pass_fJ;
    for (int a = 0; a < ACTIONS.length; a++) {
      sum += counts.of(layer, ACTIONS[a]) * energy_fJ[a];
    }
    return sum;
  }

  /** Part of it that converters take. */
  double readout_fJ() {
    return passes() * readoutPass_fJ
        + all[Action.CONVERSION.ordinal()] * energy_fJ[Action.CONVERSION.ordinal()];
  }

  /** Crossbar passes of the counts taken last. */
  double passes() {
    return all[Action.ARRAY_PASS.ordinal()];
  }

  /** Energy per pass of parts with rated power, without converters. */
  double passWithoutReadout_fJ() {
    return pass_fJ - readoutPass_fJ;
  }

  double area_um2() {
    return area_um2;
  }

  double readoutArea_um2() {
    return readoutArea_um2;
  }

  double static_uW() {
    return static_uW;
  }

  double readoutStatic_uW() {
    return readoutStatic_uW;
  }
}
