package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Area and static power of a chip, and the energy of action counts: counts × prices.
 *
 * <pre>
 *   A = Σ_p N_p A_p,   P_static = Σ_p N_p P_p,   E = Σ_a n_a E_a + n_pass Σ_p E_pass,p
 * </pre>
 *
 * <p>N_p counts the instances of part p on all PEs, tiles and chips, n_a the actions a of an
 * inference, n_pass its passes; E_pass is the energy per pass of a part with rated power.
 */
final class ChipCosts {
  private static final Action[] ACTIONS = Action.values();
  private static final Part[] PARTS = Part.values();

  /** Actions of converters: conversions, or products of an adder tree. */
  private static final List<Action> READOUT =
      Arrays.stream(ACTIONS).filter(action -> action.part() == Part.READOUT).toList();

  private final double[] energy_fJ = new double[ACTIONS.length];
  private final double pass_fJ;
  private final double readoutPass_fJ;
  private final double area_um2;
  private final double readoutArea_um2;
  private final double static_uW;
  private final double readoutStatic_uW;

  private ChipCosts(PriceTable prices, ToDoubleFunction<Part> instances) {
    for (int a = 0; a < ACTIONS.length; a++) {
      energy_fJ[a] = prices.energy_fJ(ACTIONS[a]);
    }
    double pass = 0;
    double area = 0;
    double staticPower_uW = 0;
    for (Part part : PARTS) {
      double number = instances.applyAsDouble(part);
      pass += prices.passEnergy_fJ(part);
      area += number * prices.area_um2(part);
      staticPower_uW += number * prices.static_uW(part);
    }
    pass_fJ = pass;
    area_um2 = area;
    static_uW = staticPower_uW;
    double readouts = instances.applyAsDouble(Part.READOUT);
    readoutPass_fJ = prices.passEnergy_fJ(Part.READOUT);
    readoutArea_um2 = readouts * prices.area_um2(Part.READOUT);
    readoutStatic_uW = readouts * prices.static_uW(Part.READOUT);
  }

  /**
   * Costs of a chip.
   *
   * @param instances instances of each part on all chips
   */
  static ChipCosts of(PriceTable prices, ToDoubleFunction<Part> instances) {
    return new ChipCosts(prices, instances);
  }

  /** Dynamic energy of an inference. */
  double dynamic_fJ(ActionCounts counts) {
    double sum = counts.of(Action.ARRAY_PASS) * pass_fJ;
    for (int a = 0; a < ACTIONS.length; a++) {
      sum += counts.of(ACTIONS[a]) * energy_fJ[a];
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

  /** Part of the dynamic energy that converters take. */
  double readout_fJ(ActionCounts counts) {
    double sum = counts.of(Action.ARRAY_PASS) * readoutPass_fJ;
    for (Action action : READOUT) {
      sum += counts.of(action) * energy_fJ[action.ordinal()];
    }
    return sum;
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
