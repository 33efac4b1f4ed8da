package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.flow.ChipFlow;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PartFamily;
import dev.kirchhoff.peripherals.PriceTable;

/**
 * Energy of an inference and area of an evaluated design by part family, static power included.
 * Programming and refresh count as write drivers, settings of a fabric as interconnect. Sums over
 * the families are the totals {@code energy} and {@code area}, up to rounding.
 */
public final class FamilyCosts {
  private static final Action[] ACTIONS = Action.values();
  private static final Part[] PARTS = Part.values();
  private static final double UJ_PER_FJ = 1e-9;
  private static final double MM2_PER_UM2 = 1e-6;

  private final double[] energy_fJ = new double[PartFamily.values().length];
  private final double[] area_um2 = new double[PartFamily.values().length];
  private final boolean works;

  private FamilyCosts(EvaluatedDesign evaluated) {
    PriceTable prices = evaluated.prices();
    ChipFlow flow = evaluated.flow();
    double passes = 0;
    double interval_ns = 0;
    works = evaluated.programs() > 0;
    for (int j = 0; j < evaluated.programs(); j++) {
      ActionCounts actions = evaluated.flow(j).actions();
      double share = evaluated.programs() == 1 ? 1 : evaluated.share(j);
      passes += share * actions.of(Action.ARRAY_PASS);
      interval_ns += share * flow.interval_ns(j);
      for (Action action : ACTIONS) {
        double count = actions.of(action);
        if (count != 0) {
          add(action.part(), share * count * prices.energy_fJ(action));
        }
      }
      add(Part.WRITE_DRIVER, share * evaluated.programming_fJ(flow.rewrittenCells(j)));
      add(Part.INTERCONNECT, share * flow.reconfigurations(j) * evaluated.reconfiguration_fJ());
    }
    for (Part part : PARTS) {
      double instances = evaluated.instances(part);
      add(part, passes * prices.passEnergy_fJ(part));
      add(part, instances * prices.static_uW(part) * interval_ns);
      area_um2[PartFamily.of(part).ordinal()] += instances * prices.area_um2(part);
    }
    add(Part.WRITE_DRIVER, evaluated.refresh_uW() * interval_ns);
  }

  private void add(Part part, double amount_fJ) {
    energy_fJ[PartFamily.of(part).ordinal()] += amount_fJ;
  }

  /** Costs of a design. */
  public static FamilyCosts of(EvaluatedDesign evaluated) {
    return new FamilyCosts(evaluated);
  }

  /** Energy of one inference; NaN without a workload. */
  public double energy_uJ(PartFamily family) {
    return works ? energy_fJ[family.ordinal()] * UJ_PER_FJ : Double.NaN;
  }

  /** Area of all chips. */
  public double area_mm2(PartFamily family) {
    return area_um2[family.ordinal()] * MM2_PER_UM2;
  }
}
