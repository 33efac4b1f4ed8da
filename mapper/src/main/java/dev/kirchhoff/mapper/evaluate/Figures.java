package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.LossCurve;
import dev.kirchhoff.mapper.evaluate.Ledger.Cost;
import dev.kirchhoff.mapper.flow.ChipFlow;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.noise.DesignNoise;
import dev.kirchhoff.mapper.noise.Endurance;
import dev.kirchhoff.mapper.noise.NetworkNoise;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Totals of an evaluated design, from the sums of its ledger and from what has no price. An
 * operation is half a multiply-accumulate (MAC); figures of several programs are means over their
 * inferences.
 *
 * <pre>
 *   energy       E = Σ count × price + (static + refresh power) T   T the interval of inferences
 *   efficiency   TOPS/W = 2 MAC / E                                 E in pJ
 *   throughput   TOPS   = 2 MAC / T                                 T in ps; TOPS/mm² over the area
 *   peak         TOPS   = 2 MAC of a full pass / time of a vector, every crossbar at work
 * </pre>
 *
 * <p>The bound with free converters leaves out energy, area and static power of the readout and
 * lets every pass fill its crossbar.
 */
final class Figures {

  /** Operations per nanosecond in a TOPS; operations per picojoule, of femtojoules, in a TOPS/W. */
  private static final double THOUSAND = 1e3;

  private static final int OPERATIONS_PER_MAC = 2;

  private static final List<Cost> CHIP_COSTS = List.of(Cost.AREA, Cost.LEAKAGE, Cost.PEAK_POWER);

  private final Stages evaluated;
  private final Mapping mapping;
  private final ChipFlow flow;
  private final DesignNoise noise;

  private Figures(Stages evaluated) {
    this.evaluated = evaluated;
    mapping = evaluated.mapping();
    flow = evaluated.flow();
    noise = evaluated.noise();
  }

  /** Totals of a design. */
  static Totals of(Stages evaluated) {
    Figures figures = new Figures(evaluated);
    Totals totals = new Totals();
    figures.fill(totals);
    figures.price(evaluated.costs(), totals);
    Limits.check(evaluated, totals);
    return totals;
  }

  /**
   * Totals of a design with those of each network by itself. A network's share of static power is
   * the whole of it for its own interval.
   *
   * @param whole totals of the whole workload
   */
  static Totals withNetworks(Stages evaluated, Totals whole) {
    Figures figures = new Figures(evaluated);
    Totals totals = new Totals();
    totals.copyFrom(whole);
    for (int j = 0; j < evaluated.programs(); j++) {
      Totals own = totals.addNetwork(evaluated.program(j).name());
      figures.sustained(own, j, 1);
      if (noisy(evaluated)) {
        NetworkNoise network = evaluated.noise().networks().get(j);
        own.set(Metric.SNR, network.snr_dB());
        decisions(own, network.accuracy(), network.decisions());
      }
      figures.priceSustained(evaluated.costs(), own, j, 1);
    }
    return totals;
  }

  /** Sets what noise does to decisions, with the end of its band that limits are judged by. */
  private static void decisions(
      Totals totals, Optional<LossCurve.Point> accuracy, Optional<LossCurve.Point> decisions) {
    totals.set(Metric.ACCURACY_LOSS, figure(accuracy, LossCurve.Point::loss));
    totals.set(Metric.ACCURACY_LOSS_HIGH, figure(accuracy, LossCurve.Point::high));
    totals.set(Metric.AGREEMENT, figure(decisions, at -> 1 - at.loss()));
    totals.set(Metric.AGREEMENT_LOW, figure(decisions, at -> 1 - at.high()));
  }

  /** A figure of a point, which totals that are used again forget where there is none. */
  private static OptionalDouble figure(
      Optional<LossCurve.Point> point, ToDoubleFunction<LossCurve.Point> figure) {
    return point.stream().mapToDouble(figure).findFirst();
  }

  private static boolean noisy(Stages evaluated) {
    return evaluated.noise().exists();
  }

  /** Sets the totals at other costs, with those of the networks that they hold. */
  static void at(Stages evaluated, Costs costs, Totals totals) {
    Figures figures = new Figures(evaluated);
    figures.price(costs, totals);
    for (int j = 0; j < totals.networks(); j++) {
      Totals own = totals.network(j);
      figures.priceChip(costs, own);
      figures.priceSustained(costs, own, j, 1);
    }
    if (Limits.isPhysical(evaluated.design())) {
      totals.setShortage(Limit.POWER_DENSITY, Limits.missedDensity_WperMm2(totals));
    }
  }

  /** Sets what has no price. */
  private void fill(Totals totals) {
    totals.set(Metric.TILES, mapping.tiles());
    totals.set(Metric.CHIPS, mapping.size().chips());
    totals.set(
        Metric.CROSSBARS,
        evaluated.programs() == 0 ? mapping.crossbarsOnChip() : mapping.size().crossbars());
    totals.set(Metric.PEAK_TOPS, peakTops());
    if (evaluated.programs() == 0) {
      totals.set(Metric.TOPS, totals.value(Metric.PEAK_TOPS));
    } else {
      sustained(totals, 0, evaluated.programs());
      programming(totals);
    }
    noise(noise, totals);
  }

  /** Figures of noise alone. */
  static Totals ofNoise(DesignNoise noise) {
    Totals totals = new Totals();
    noise(noise, totals);
    return totals;
  }

  private static void noise(DesignNoise noise, Totals totals) {
    if (noise.exists()) {
      totals.set(Metric.SNR, noise.snr_dB());
      decisions(totals, noise.accuracy(), noise.decisions());
    }
  }

  /** Sets what follows from costs. */
  private void price(Costs costs, Totals totals) {
    priceChip(costs, totals);
    if (evaluated.programs() == 0) {
      totals.set(Metric.TOPS_PER_W, totals.value(Metric.PEAK_TOPS_PER_W));
      totals.set(Metric.TOPS_PER_MM2, totals.value(Metric.PEAK_TOPS_PER_MM2));
      totals.set(Metric.POWER, totals.value(Metric.PEAK_POWER));
    } else {
      priceSustained(costs, totals, 0, evaluated.programs());
    }
  }

  private void priceChip(Costs costs, Totals totals) {
    double tops = totals.value(Metric.PEAK_TOPS);
    for (Cost cost : CHIP_COSTS) {
      totals.set(cost.metric(), costs.of(cost) * cost.unit());
    }
    if (evaluated.programs() > 0 && evaluated.ledger().storedCells() > 0) {
      Cost cost = Cost.PROGRAMMING_ENERGY;
      totals.set(cost.metric(), costs.of(cost) * cost.unit());
    }
    totals.set(Metric.PEAK_TOPS_PER_W, tops / totals.value(Metric.PEAK_POWER));
    totals.set(Metric.PEAK_TOPS_PER_MM2, tops / totals.value(Metric.AREA));
    totals.set(
        Metric.IDEAL_TOPS_PER_W, tops / (costs.ideal(Cost.PEAK_POWER) * Cost.PEAK_POWER.unit()));
    totals.set(Metric.IDEAL_TOPS_PER_MM2, tops / idealArea_mm2(costs));
  }

  private static double idealArea_mm2(Costs costs) {
    return costs.ideal(Cost.AREA) * Cost.AREA.unit();
  }

  private double peakTops() {
    double ops = OPERATIONS_PER_MAC * mapping.peak().macs() * evaluated.pes();
    return ops / flow.peakVector_ns() / THOUSAND;
  }

  private double share(int j, int count) {
    return count == 1 ? 1 : evaluated.share(j);
  }

  /** Means over the inferences of consecutive programs, of what has no price. */
  private void sustained(Totals totals, int first, int count) {
    double latency_ns = 0;
    double batch_ns = 0;
    double interval_ns = 0;
    double macs = 0;
    double reconfiguration_ns = 0;
    for (int j = first; j < first + count; j++) {
      double share = share(j, count);
      double settings = flow.reconfigurations(j);
      reconfiguration_ns += share * settings * flow.reconfiguration().once_ns();
      latency_ns += share * flow.latency_ns(j);
      batch_ns += share * flow.batch_ns(j);
      interval_ns += share * flow.interval_ns(j);
      macs += share * evaluated.program(j).macs();
    }
    double ops = OPERATIONS_PER_MAC * macs;
    totals.set(Metric.LATENCY, latency_ns * Units.MS_PER_NS);
    totals.set(Metric.BATCH_LATENCY, batch_ns * Units.MS_PER_NS);
    totals.set(Metric.RECONFIGURATION_TIME, reconfiguration_ns * Units.MS_PER_NS);
    totals.set(Metric.THROUGHPUT, Units.NS_PER_S / interval_ns);
    totals.set(Metric.TOPS, ops / interval_ns / THOUSAND);
    totals.set(Metric.UTILIZATION, mapping.utilization());
  }

  /** Means over the inferences of consecutive programs, of what follows from costs. */
  private void priceSustained(Costs costs, Totals totals, int first, int count) {
    double[] energies_fJ = new double[count];
    double energy_fJ = 0;
    double idealEnergy_fJ = 0;
    double interval_ns = 0;
    double idealInterval_ns = 0;
    double macs = 0;
    for (int j = first; j < first + count; j++) {
      double share = share(j, count);
      double own_ns = flow.interval_ns(j);
      double ideal_ns = idealInterval_ns(costs.fullPasses(j), own_ns);
      energies_fJ[j - first] = costs.energy_fJ(j, own_ns);
      energy_fJ += share * energies_fJ[j - first];
      idealEnergy_fJ += share * costs.idealEnergy_fJ(j, ideal_ns);
      interval_ns += share * own_ns;
      idealInterval_ns += share * ideal_ns;
      macs += share * evaluated.program(j).macs();
    }
    double ops = OPERATIONS_PER_MAC * macs;
    totals.set(Metric.ENERGY, energy_fJ * Cost.ENERGY.unit());
    totals.set(Metric.POWER, energy_fJ / interval_ns * Units.W_PER_UW);
    totals.set(Metric.TOPS_PER_W, topsPerW(macs, energy_fJ));
    totals.set(Metric.TOPS_PER_MM2, totals.value(Metric.TOPS) / totals.value(Metric.AREA));
    totals.set(Metric.IDEAL_TOPS_PER_W, ops / idealEnergy_fJ * THOUSAND);
    totals.set(Metric.IDEAL_TOPS_PER_MM2, ops / idealInterval_ns / THOUSAND / idealArea_mm2(costs));
    KernelFigures.set(evaluated, costs, energies_fJ, totals, first);
  }

  /** Energy efficiency of multiply-accumulates that take some energy together. */
  static double topsPerW(double macs, double energy_fJ) {
    return OPERATIONS_PER_MAC * macs / energy_fJ * THOUSAND;
  }

  /** Crossbars' time of an inference spread over a chip of full crossbars. */
  private double idealInterval_ns(double passes, double interval_ns) {
    if (passes == 0) {
      return interval_ns;
    }
    double ideal_ns = passes * flow.timing().pass().pass_ns() / mapping.workingCrossbars();
    return Math.min(interval_ns, ideal_ns);
  }

  private void programming(Totals totals) {
    Device device = evaluated.design().chip().cell().device();
    if (evaluated.ledger().storedCells() > 0) {
      totals.set(
          Metric.PROGRAMMING_TIME,
          flow.programming_ns(mapping.storedCrossbars()) * Units.MS_PER_NS);
    }
    double update_s = evaluated.design().operation().updateInterval_s();
    if (mapping.isRewritten()) {
      update_s = Math.min(update_s, flow.rewriting_ns() / Units.NS_PER_S);
    }
    double interval_s = Endurance.interval_s(update_s, noise.refresh_s());
    double lifetime_s = Endurance.lifetime_s(device, interval_s);
    if (lifetime_s > 0 && lifetime_s < Double.POSITIVE_INFINITY) {
      totals.set(Metric.LIFETIME, lifetime_s);
    }
    if (noise.refresh_s() < Double.POSITIVE_INFINITY) {
      totals.set(Metric.REFRESH_INTERVAL, noise.refresh_s());
    }
  }
}
