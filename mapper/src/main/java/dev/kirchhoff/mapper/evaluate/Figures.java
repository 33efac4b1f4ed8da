package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.flow.ChipFlow;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.mapping.PeakState;
import dev.kirchhoff.mapper.noise.DesignNoise;
import dev.kirchhoff.mapper.noise.Endurance;
import dev.kirchhoff.mapper.noise.NetworkNoise;
import dev.kirchhoff.peripherals.Action;

/**
 * Totals of an evaluated design. An operation is half a multiply-accumulate (MAC); figures of
 * several programs are means over their inferences.
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

  private final EvaluatedDesign evaluated;
  private final Mapping mapping;
  private final ChipFlow flow;
  private final DesignNoise noise;
  private final ChipCosts costs;

  private Figures(EvaluatedDesign evaluated) {
    this.evaluated = evaluated;
    mapping = evaluated.mapping();
    flow = evaluated.flow();
    noise = evaluated.noise();
    costs = evaluated.costs();
  }

  /** A design with its totals. */
  static EvaluatedDesign of(EvaluatedDesign evaluated) {
    new Figures(evaluated).fill(evaluated.totals());
    return evaluated;
  }

  /**
   * Totals of a design with those of each network by itself. A network's share of static power is
   * the whole of it for its own interval.
   */
  static Totals withNetworks(EvaluatedDesign evaluated) {
    Totals totals = new Totals();
    totals.copyFrom(evaluated.totals());
    Figures figures = new Figures(evaluated);
    for (int j = 0; j < evaluated.programs(); j++) {
      Totals own = totals.addNetwork(evaluated.program(j).name());
      figures.sustained(own, j, 1);
      KernelFigures.set(evaluated, own, j, 1);
      if (evaluated.noise().exists()) {
        NetworkNoise network = evaluated.noise().networks().get(j);
        own.set(Metric.SNR, network.snr_dB());
        own.set(Metric.ACCURACY_LOSS, network.accuracyLoss());
        own.set(Metric.ACCURACY_LOSS_HIGH, network.accuracyLossHigh());
      }
    }
    return totals;
  }

  private void fill(Totals totals) {
    chip(totals);
    peak(totals);
    if (evaluated.programs() == 0) {
      totals.set(Metric.TOPS, totals.value(Metric.PEAK_TOPS));
      totals.set(Metric.TOPS_PER_W, totals.value(Metric.PEAK_TOPS_PER_W));
      totals.set(Metric.TOPS_PER_MM2, totals.value(Metric.PEAK_TOPS_PER_MM2));
      totals.set(Metric.POWER, totals.value(Metric.PEAK_POWER));
    } else {
      sustained(totals, 0, evaluated.programs());
      KernelFigures.set(evaluated, totals, 0, evaluated.programs());
      programming(totals);
    }
    if (noise.exists()) {
      totals.set(Metric.SNR, noise.snr_dB());
      totals.set(Metric.ACCURACY_LOSS, noise.accuracyLoss());
      totals.set(Metric.ACCURACY_LOSS_HIGH, noise.accuracyLossHigh());
    }
    Limits.check(evaluated, totals);
  }

  private void chip(Totals totals) {
    totals.set(Metric.AREA, costs.area_um2() * Units.MM2_PER_UM2);
    totals.set(Metric.LEAKAGE, costs.static_uW() * Units.W_PER_UW);
    totals.set(Metric.TILES, mapping.tiles());
    totals.set(Metric.CHIPS, mapping.size().chips());
    totals.set(
        Metric.CROSSBARS,
        evaluated.programs() == 0 ? mapping.crossbarsOnChip() : mapping.size().crossbars());
  }

  private void peak(Totals totals) {
    PeakState peak = mapping.peak();
    double tops = peakTops();
    double dynamic_uW = costs.dynamic_fJ(peak.actions()) * evaluated.pes() / flow.peakVector_ns();
    double power_uW = dynamic_uW + costs.static_uW();
    double area_mm2 = costs.area_um2() * Units.MM2_PER_UM2;
    totals.set(Metric.PEAK_TOPS, tops);
    totals.set(Metric.PEAK_POWER, power_uW * Units.W_PER_UW);
    totals.set(Metric.PEAK_TOPS_PER_W, tops / (power_uW * Units.W_PER_UW));
    totals.set(Metric.PEAK_TOPS_PER_MM2, tops / area_mm2);
    double readout_uW =
        costs.readout_fJ(peak.actions()) * evaluated.pes() / flow.peakVector_ns()
            + costs.readoutStatic_uW();
    totals.set(Metric.IDEAL_TOPS_PER_W, tops / ((power_uW - readout_uW) * Units.W_PER_UW));
    totals.set(Metric.IDEAL_TOPS_PER_MM2, tops / idealArea_mm2());
  }

  private double peakTops() {
    double ops = OPERATIONS_PER_MAC * mapping.peak().macs() * evaluated.pes();
    return ops / flow.peakVector_ns() / THOUSAND;
  }

  private double idealArea_mm2() {
    return (costs.area_um2() - costs.readoutArea_um2()) * Units.MM2_PER_UM2;
  }

  /** Means over the inferences of consecutive programs. */
  private void sustained(Totals totals, int first, int count) {
    double energy_fJ = 0;
    double idealEnergy_fJ = 0;
    double latency_ns = 0;
    double batch_ns = 0;
    double interval_ns = 0;
    double idealInterval_ns = 0;
    double macs = 0;
    double reconfiguration_ns = 0;
    double refresh_uW = evaluated.refresh_uW();
    double standing_uW = costs.static_uW() + refresh_uW;
    for (int j = first; j < first + count; j++) {
      MappedProgram program = evaluated.program(j);
      ActionCounts actions = evaluated.flow(j).actions();
      double share = count == 1 ? 1 : program.share();
      double fullPasses = program.fullPasses(mapping.use().side().cells());
      double settings = flow.reconfigurations(j);
      double dynamic_fJ = ProgramCosts.dynamic_fJ(evaluated, costs, j);
      reconfiguration_ns += share * settings * flow.reconfiguration().once_ns();
      double programInterval_ns = flow.interval_ns(j);
      double ideal_ns = idealInterval_ns(fullPasses, programInterval_ns);
      energy_fJ += share * (dynamic_fJ + standing_uW * programInterval_ns);
      idealEnergy_fJ +=
          share * idealEnergy_fJ(actions, fullPasses, dynamic_fJ, refresh_uW, ideal_ns);
      latency_ns += share * flow.latency_ns(j);
      batch_ns += share * flow.batch_ns(j);
      interval_ns += share * programInterval_ns;
      idealInterval_ns += share * ideal_ns;
      macs += share * program.counts().macs();
    }
    double ops = OPERATIONS_PER_MAC * macs;
    double area_mm2 = costs.area_um2() * Units.MM2_PER_UM2;
    totals.set(Metric.ENERGY, energy_fJ * Units.UJ_PER_FJ);
    totals.set(Metric.LATENCY, latency_ns * Units.MS_PER_NS);
    totals.set(Metric.BATCH_LATENCY, batch_ns * Units.MS_PER_NS);
    totals.set(Metric.RECONFIGURATION_TIME, reconfiguration_ns * Units.MS_PER_NS);
    totals.set(Metric.THROUGHPUT, Units.NS_PER_S / interval_ns);
    totals.set(Metric.POWER, energy_fJ / interval_ns * Units.W_PER_UW);
    totals.set(Metric.TOPS, ops / interval_ns / THOUSAND);
    totals.set(Metric.TOPS_PER_W, ops / energy_fJ * THOUSAND);
    totals.set(Metric.TOPS_PER_MM2, ops / interval_ns / THOUSAND / area_mm2);
    totals.set(Metric.IDEAL_TOPS_PER_W, ops / idealEnergy_fJ * THOUSAND);
    totals.set(Metric.IDEAL_TOPS_PER_MM2, ops / idealInterval_ns / THOUSAND / idealArea_mm2());
    totals.set(Metric.UTILIZATION, mapping.utilization());
  }

  /** Crossbars' time of an inference spread over a chip of full crossbars. */
  private double idealInterval_ns(double passes, double interval_ns) {
    if (passes == 0) {
      return interval_ns;
    }
    double ideal_ns = passes * flow.timing().pass().pass_ns() / mapping.workingCrossbars();
    return Math.min(interval_ns, ideal_ns);
  }

  private double idealEnergy_fJ(
      ActionCounts actions,
      double fullPasses,
      double dynamic_fJ,
      double refresh_uW,
      double ideal_ns) {
    double waste = actions.of(Action.ARRAY_PASS) - fullPasses;
    return dynamic_fJ
        - costs.readout_fJ(actions)
        - waste * costs.passWithoutReadout_fJ()
        + (costs.static_uW() + refresh_uW - costs.readoutStatic_uW()) * ideal_ns;
  }

  private void programming(Totals totals) {
    Device device = evaluated.design().chip().cell().device();
    double stored = mapping.storedCells();
    if (stored > 0) {
      totals.set(Metric.PROGRAMMING_ENERGY, evaluated.programming_fJ(stored) * Units.UJ_PER_FJ);
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
