package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.evaluate.CostTerm.Kind;
import dev.kirchhoff.mapper.flow.ChipFlow;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.PriceTerms;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Costs of an evaluated design by {@link CostTerm}. Costs under other calibration factors follow
 * without another evaluation, as no count depends on a price. Kept are energy of an inference,
 * area, peak power, static power and energy of programming; their sums over the terms are the
 * totals, up to rounding.
 *
 * <p>Neglected: longer wires that take another cycle for a hop, which moves times.
 */
public final class FamilyCosts {
  /** Metrics that are kept by term. */
  public static final Set<Metric> METRICS =
      Set.copyOf(
          EnumSet.of(
              Metric.ENERGY,
              Metric.AREA,
              Metric.PEAK_POWER,
              Metric.LEAKAGE,
              Metric.PROGRAMMING_ENERGY));

  private static final Action[] ACTIONS = Action.values();
  private static final Part[] PARTS = Part.values();
  private static final double UJ_PER_FJ = 1e-9;
  private static final double W_PER_UW = 1e-6;
  private static final double MM2_PER_UM2 = 1e-6;

  private final EvaluatedDesign evaluated;
  private final PriceTable prices;
  private final PriceTerms terms;

  private FamilyCosts(EvaluatedDesign evaluated) {
    this.evaluated = evaluated;
    prices = evaluated.prices();
    terms = prices.terms();
  }

  /** Costs of a design. */
  public static FamilyCosts of(EvaluatedDesign evaluated) {
    return new FamilyCosts(evaluated);
  }

  /**
   * A cost by term, in the order of {@link CostTerm#values()} and the unit of the metric; all zeros
   * where the design has no such figure.
   *
   * @throws IllegalArgumentException if the metric is not one of {@link #METRICS}
   */
  public double[] of(Metric metric) {
    double[] sums = new double[CostTerm.COUNT];
    double unit =
        switch (metric) {
          case ENERGY -> inference(sums);
          case AREA -> area(sums);
          case PEAK_POWER -> peak(sums);
          case LEAKAGE -> standing(sums, 1);
          case PROGRAMMING_ENERGY -> programming(sums, evaluated.mapping().storedCells());
          default ->
              throw new IllegalArgumentException(
                  "The metric (" + metric.word() + ") is not kept by circuit family.");
        };
    for (int t = 0; t < sums.length; t++) {
      sums[t] *= unit;
    }
    return sums;
  }

  /** Largest power density less that of a design at peak; empty where an array is as given. */
  public static OptionalDouble densitySlack_WperMm2(EvaluatedDesign evaluated) {
    return Limits.isPhysical(evaluated)
        ? OptionalDouble.of(
            Limits.LARGEST_DENSITY_WPERMM2 - Limits.density_WperMm2(evaluated.totals()))
        : OptionalDouble.empty();
  }

  /** Terms that a cost can have on a chip of these prices, whatever the workload. */
  public static Set<CostTerm> terms(PriceTable prices, Metric metric) {
    Set<CostTerm> found = new LinkedHashSet<>();
    PriceTerms terms = prices.terms();
    boolean isPower = metric == Metric.ENERGY || metric == Metric.PEAK_POWER;
    if (isPower) {
      for (Action action : ACTIONS) {
        add(found, Kind.PLAIN, terms.energy(action), prices.energy_fJ(action));
        add(found, Kind.WIRES, terms.energy(action), terms.wireEnergy_fJ(action));
      }
      add(found, Kind.PLAIN, terms.configuration(), prices.energy_fJ(Action.CONFIGURE_BIT));
    }
    for (Part part : PARTS) {
      double instances = prices.instances(part);
      if (isPower) {
        add(found, Kind.PLAIN, Optional.empty(), prices.passEnergy_fJ(part));
      }
      if (instances > 0 && (isPower || metric == Metric.LEAKAGE)) {
        add(found, Kind.PLAIN, terms.standing(part), prices.static_uW(part));
        add(found, Kind.WIRES, terms.standing(part), terms.wireStatic_uW(part));
      }
      if (instances > 0 && metric == Metric.AREA) {
        add(found, kind(part, terms.area(part)), terms.area(part), prices.area_um2(part));
        add(found, Kind.WIRES, terms.area(part), terms.wireArea_um2(part));
      }
    }
    if (metric == Metric.ENERGY || metric == Metric.PROGRAMMING_ENERGY) {
      add(found, Kind.PLAIN, terms.programming(), prices.programming().energyPerCell_fJ());
      for (PriceTerms.Verification share : terms.verifications()) {
        add(found, verification(terms), Optional.of(share.family()), share.energy_fJ());
      }
    }
    return found;
  }

  private static void add(
      Set<CostTerm> found, Kind kind, Optional<CircuitFamily> family, double price) {
    if (price > 0) {
      found.add(CostTerm.values().get(CostTerm.index(kind, family)));
    }
  }

  private static Kind verification(PriceTerms terms) {
    return terms.programming().isPresent() ? Kind.VERIFICATION : Kind.PLAIN;
  }

  private double inference(double[] sums) {
    ChipFlow flow = evaluated.flow();
    double interval_ns = 0;
    for (int j = 0; j < evaluated.programs(); j++) {
      double share = evaluated.programs() == 1 ? 1 : evaluated.share(j);
      interval_ns += share * flow.interval_ns(j);
      actions(sums, evaluated.flow(j).actions(), share);
      programming(sums, share * flow.rewrittenCells(j));
      double bits = share * flow.reconfigurations(j) * flow.reconfiguration().bits();
      if (bits != 0) {
        add(sums, Kind.PLAIN, terms.configuration(), bits * prices.energy_fJ(Action.CONFIGURE_BIT));
        action(sums, Action.HOP_BIT, bits * flow.reconfiguration().hops());
      }
    }
    if (evaluated.programs() > 0) {
      standing(sums, interval_ns);
      double refresh_uW = evaluated.refresh_uW();
      if (refresh_uW > 0) {
        double cell_fJ = prices.programming().energyPerCell_fJ();
        programming(sums, refresh_uW * interval_ns / cell_fJ);
      }
    }
    return UJ_PER_FJ;
  }

  private double peak(double[] sums) {
    double rate_perNs = evaluated.pes() / evaluated.flow().peakVector_ns();
    actions(sums, evaluated.mapping().peak().actions(), rate_perNs);
    return standing(sums, 1);
  }

  private void actions(double[] sums, ActionCounts actions, double times) {
    for (Action action : ACTIONS) {
      double count = actions.of(action);
      if (count != 0) {
        action(sums, action, times * count);
      }
    }
    double passes = times * actions.of(Action.ARRAY_PASS);
    for (Part part : PARTS) {
      add(sums, Kind.PLAIN, Optional.empty(), passes * prices.passEnergy_fJ(part));
    }
  }

  private void action(double[] sums, Action action, double count) {
    double wires_fJ = terms.wireEnergy_fJ(action);
    Optional<CircuitFamily> family = terms.energy(action);
    add(sums, Kind.PLAIN, family, count * (prices.energy_fJ(action) - wires_fJ));
    add(sums, Kind.WIRES, family, count * wires_fJ);
  }

  private double standing(double[] sums, double time_ns) {
    for (Part part : PARTS) {
      double instances = evaluated.instances(part);
      if (instances > 0) {
        double wires_uW = terms.wireStatic_uW(part);
        Optional<CircuitFamily> family = terms.standing(part);
        add(sums, Kind.PLAIN, family, instances * (prices.static_uW(part) - wires_uW) * time_ns);
        add(sums, Kind.WIRES, family, instances * wires_uW * time_ns);
      }
    }
    return W_PER_UW;
  }

  private double programming(double[] sums, double cells) {
    double rest_fJ = prices.programming().energyPerCell_fJ();
    for (PriceTerms.Verification share : terms.verifications()) {
      rest_fJ -= share.energy_fJ();
      add(sums, verification(terms), Optional.of(share.family()), cells * share.energy_fJ());
    }
    add(sums, Kind.PLAIN, terms.programming(), cells * rest_fJ);
    return UJ_PER_FJ;
  }

  private double area(double[] sums) {
    for (Part part : PARTS) {
      double instances = evaluated.instances(part);
      if (instances > 0) {
        double wires_um2 = terms.wireArea_um2(part);
        Optional<CircuitFamily> family = terms.area(part);
        add(sums, kind(part, family), family, instances * (prices.area_um2(part) - wires_um2));
        add(sums, Kind.WIRES, family, instances * wires_um2);
      }
    }
    return MM2_PER_UM2;
  }

  /** Interconnect counts for no side of a tile, wherever it lies: its family tells it apart. */
  private static Kind kind(Part part, Optional<CircuitFamily> family) {
    boolean isLink =
        part == Part.BUS || part == Part.INTERCONNECT || part == Part.LINKS || part == Part.IO;
    boolean isApart = part.level() == Part.Level.CHIP || isLink;
    return isApart && !(isLink && family.isPresent()) ? Kind.CHIP : Kind.PLAIN;
  }

  private static void add(double[] sums, Kind kind, Optional<CircuitFamily> family, double amount) {
    sums[CostTerm.index(kind, family)] += amount;
  }
}
