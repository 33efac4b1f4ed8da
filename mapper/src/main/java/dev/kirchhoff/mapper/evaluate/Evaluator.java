package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.OpsBasis;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.mapper.column.NetworkDigits;
import dev.kirchhoff.mapper.layout.Layout;
import dev.kirchhoff.mapper.noise.DesignNoise;
import dev.kirchhoff.mapper.noise.Endurance;
import dev.kirchhoff.mapper.noise.NetworkNoise;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Prices a design: counts × prices, times and limits, on primitives.
 *
 * <p>Energy of an inference = Σ counts × prices + static power × interval (leakage, bias and the
 * mean power of refreshing weights), the interval between two inferences (equal to the latency
 * layer by layer). Several networks on one chip: all resident, one after another; energy, latency
 * and interval are means over inferences in the proportion of their weights. Without a network all
 * figures are those of the peak state: every crossbar full and busy, independent input bits with
 * P(1) = ½, uniform weights, no traffic between tiles.
 *
 * <p>Sustained TOPS = 2 MAC / interval, peak TOPS = 2 · crossbars · (R/n_r)(C/n_c) / (passes · pass
 * time); 1 MAC = 2 operations at native precision. Ideal figures: converters free (no energy,
 * static power or area of {@code READOUT}) and full utilization (every crossbar of the chip full
 * and never waiting, so that static power is paid for the crossbars' time alone and parts with
 * rated power for full crossbars alone); all else as it is, so an ideal figure is never below the
 * design's.
 *
 * <p>Lifetime = endurance · update interval / mean write pulses (with reload, interval = that of
 * inferences; at most the refresh interval, as a refresh writes every cell again). Refresh interval
 * = age at which noise is 3 dB above that of the stated age, at most the retention of the device.
 * Utilization = cells that hold a weight at a time / all cells of the chip: with phases the mean
 * over them; of a design that does not fit, used cells / cells of all crossbars that it would take,
 * so that a smaller chip is not better used. The signal-to-noise ratio is that of the worst
 * network: of its output where the weights of its layers' noise are known ({@link
 * dev.kirchhoff.arch.workload.AccuracyModel}), else the mean of its layers' noise. Where they are
 * known the accuracy lost is estimated from it.
 *
 * <pre>{@code
 * Evaluator evaluator = new Evaluator();
 * Totals totals = new Totals();
 * evaluator.evaluate(design, totals);
 * double efficiency = totals.value(Metric.TOPS_PER_W);
 * }</pre>
 *
 * One per thread: its scratch arrays are reused, the layer loop allocates nothing.
 */
public final class Evaluator {
  private static final double UJ_PER_FJ = 1e-9;
  private static final double MS_PER_NS = 1e-6;
  private static final double W_PER_UW = 1e-6;
  private static final double MM2_PER_UM2 = 1e-6;
  private static final double NS_PER_S = 1e9;

  /** Operations per nanosecond in a TOPS; operations per picojoule, of femtojoules, in a TOPS/W. */
  private static final double THOUSAND = 1e3;

  private static final int OPERATIONS_PER_MAC = 2;

  private final Function<Design, PriceTable> pricing;
  private final KeptStatistics kept;
  private final DesignMapping mapping;
  private final Costs costs = new Costs();
  private final Limits limits = new Limits();
  private DesignNoise noise;
  private final Map<BandEnd, Evaluator> ends = new EnumMap<>(BandEnd.class);

  /** An evaluator with the library's prices. */
  public Evaluator() {
    this(new Prices.Pricer()::price);
  }

  /** An evaluator whose prices come from {@code pricing}. */
  public Evaluator(Function<Design, PriceTable> pricing) {
    this(pricing, new KeptStatistics());
  }

  private Evaluator(Function<Design, PriceTable> pricing, KeptStatistics kept) {
    this.pricing = pricing;
    this.kept = kept;
    mapping = new DesignMapping(kept);
  }

  /** An evaluator with the library's prices at an end of their band. */
  public static Evaluator at(BandEnd end) {
    return new Evaluator(pricing(new Prices.Pricer(), end));
  }

  private static Function<Design, PriceTable> pricing(Prices.Pricer pricer, BandEnd end) {
    return end == BandEnd.NOMINAL ? pricer::price : design -> pricer.price(design).at(end);
  }

  /** Prices a design into {@code totals}. */
  public void evaluate(Design design, Totals totals) {
    mapping.map(design, pricing.apply(design));
    costs.set(mapping);
    noise = noise(design);
    mapping.setRefresh(noise.refresh_s());
    totals.clear();
    chip(totals);
    peak(totals);
    if (mapping.jobs() == 0) {
      totals.set(Metric.TOPS, totals.value(Metric.PEAK_TOPS));
      totals.set(Metric.TOPS_PER_W, totals.value(Metric.PEAK_TOPS_PER_W));
      totals.set(Metric.TOPS_PER_MM2, totals.value(Metric.PEAK_TOPS_PER_MM2));
      totals.set(Metric.POWER, totals.value(Metric.PEAK_POWER));
    } else {
      sustained(totals, 0, mapping.jobs());
      programming(totals);
    }
    if (noise.exists()) {
      totals.set(Metric.SNR, noise.snr_dB());
      totals.set(Metric.ACCURACY_LOSS, noise.accuracyLoss());
      totals.set(Metric.ACCURACY_LOSS_HIGH, noise.accuracyLossHigh());
    }
    limits.check(mapping, noise, totals);
  }

  private DesignNoise noise(Design design) {
    List<NetworkDigits> digits = new ArrayList<>();
    for (int j = 0; j < mapping.jobs(); j++) {
      digits.add(mapping.job(j).digits());
    }
    return kept.noise().of(design, mapping.prices(), digits);
  }

  /**
   * Adds the totals of each network by itself to those of the design that was priced last. A
   * network's share of static power is the whole of it for its own interval.
   */
  public void addNetworks(Totals totals) {
    for (int j = 0; j < mapping.jobs(); j++) {
      Totals own = totals.addNetwork(mapping.job(j).job().network().name());
      sustained(own, j, 1);
      if (noise.exists()) {
        NetworkNoise network = noise.networks().get(j);
        own.set(Metric.SNR, network.snr_dB());
        own.set(Metric.ACCURACY_LOSS, network.accuracyLoss());
        own.set(Metric.ACCURACY_LOSS_HIGH, network.accuracyLossHigh());
      }
    }
  }

  /** Prices a design, with its networks, layers, basis, warnings and the bands of its totals. */
  public Evaluation evaluate(Design design) {
    Totals totals = new Totals();
    evaluate(design, totals);
    addNetworks(totals);
    return new Evaluation(
        totals,
        LayerResults.of(mapping, costs, kept.noise()),
        basis(design),
        Warnings.of(mapping, noise, totals),
        bands(design, totals));
  }

  /** Where every weight of a design stands. */
  public Layout layout(Design design) {
    mapping.map(design, pricing.apply(design));
    return JobLayout.of(mapping);
  }

  /** The same counts with the prices at both ends of their bands. */
  private Map<Metric, Band> bands(Design design, Totals nominal) {
    Totals cheap = atEnd(design, BandEnd.OPTIMISTIC);
    Totals dear = atEnd(design, BandEnd.PESSIMISTIC);
    Map<Metric, Band> bands = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      double value = nominal.value(metric);
      if (Double.isFinite(value)) {
        bands.put(metric, Band.of(cheap.value(metric), value, dear.value(metric)));
      }
    }
    if (nominal.has(Metric.ACCURACY_LOSS)) {
      bands.put(Metric.ACCURACY_LOSS, noise.accuracyBand());
      double high = nominal.value(Metric.ACCURACY_LOSS_HIGH);
      bands.put(Metric.ACCURACY_LOSS_HIGH, new Band(high, high, high));
    }
    return bands;
  }

  private Totals atEnd(Design design, BandEnd end) {
    Totals totals = new Totals();
    ends.computeIfAbsent(
            end, e -> new Evaluator(d -> mapping.prices().at(e), kept))
        .evaluate(design, totals);
    return totals;
  }

  /** Mapping of the design evaluated last. */
  DesignMapping mapping() {
    return mapping;
  }

  private void chip(Totals totals) {
    double area_mm2 = costs.area_um2() * MM2_PER_UM2;
    totals.set(Metric.AREA, area_mm2);
    totals.set(Metric.LEAKAGE, costs.static_uW() * W_PER_UW);
    totals.set(Metric.TILES, mapping.tiles());
    totals.set(Metric.CHIPS, mapping.chips());
    totals.set(
        Metric.CROSSBARS, mapping.jobs() == 0 ? mapping.crossbarsOnChip() : mapping.crossbars());
  }

  private void peak(Totals totals) {
    double vector_ns = mapping.peakVector_ns();
    double ops = OPERATIONS_PER_MAC * mapping.peak.macs() * mapping.pes();
    double tops = ops / vector_ns / THOUSAND;
    costs.take(mapping.peak.counts());
    double dynamic_uW = costs.dynamic_fJ() * mapping.pes() / vector_ns;
    double power_uW = dynamic_uW + costs.static_uW();
    double area_mm2 = costs.area_um2() * MM2_PER_UM2;
    totals.set(Metric.PEAK_TOPS, tops);
    totals.set(Metric.PEAK_POWER, power_uW * W_PER_UW);
    totals.set(Metric.PEAK_TOPS_PER_W, tops / (power_uW * W_PER_UW));
    totals.set(Metric.PEAK_TOPS_PER_MM2, tops / area_mm2);
    if (mapping.jobs() == 0) {
      double readout_uW = costs.readout_fJ() * mapping.pes() / vector_ns + costs.readoutStatic_uW();
      totals.set(Metric.IDEAL_TOPS_PER_W, tops / ((power_uW - readout_uW) * W_PER_UW));
      totals.set(
          Metric.IDEAL_TOPS_PER_MM2,
          tops / ((costs.area_um2() - costs.readoutArea_um2()) * MM2_PER_UM2));
    }
  }

  /** Means over the inferences of consecutive networks. */
  private void sustained(Totals totals, int first, int count) {
    double energy_fJ = 0;
    double idealEnergy_fJ = 0;
    double latency_ns = 0;
    double batch_ns = 0;
    double interval_ns = 0;
    double idealInterval_ns = 0;
    double macs = 0;
    double reconfiguration_ns = 0;
    double standing_uW = costs.static_uW() + mapping.refresh_uW();
    for (int j = first; j < first + count; j++) {
      JobMapping job = mapping.job(j);
      double share = count == 1 ? 1 : mapping.share(j);
      costs.take(job.counts);
      double fullPasses = job.fullPasses(cellsPerCrossbar());
      double dynamic_fJ = costs.dynamic_fJ() + mapping.rewriting_fJ(j);
      double settings = mapping.reconfigurations(j);
      dynamic_fJ += settings * mapping.reconfiguration().once_fJ();
      reconfiguration_ns += share * settings * mapping.reconfiguration().once_ns();
      double jobInterval_ns = mapping.interval_ns(j);
      double ideal_ns = idealInterval_ns(fullPasses, jobInterval_ns);
      energy_fJ += share * (dynamic_fJ + standing_uW * jobInterval_ns);
      idealEnergy_fJ += share * idealEnergy_fJ(fullPasses, dynamic_fJ, ideal_ns);
      latency_ns += share * mapping.latency_ns(j);
      batch_ns += share * mapping.batch_ns(j);
      interval_ns += share * jobInterval_ns;
      idealInterval_ns += share * ideal_ns;
      macs += share * job.macs();
    }
    double ops = OPERATIONS_PER_MAC * macs;
    double area_mm2 = costs.area_um2() * MM2_PER_UM2;
    totals.set(Metric.ENERGY, energy_fJ * UJ_PER_FJ);
    totals.set(Metric.LATENCY, latency_ns * MS_PER_NS);
    totals.set(Metric.BATCH_LATENCY, batch_ns * MS_PER_NS);
    totals.set(Metric.RECONFIGURATION_TIME, reconfiguration_ns * MS_PER_NS);
    totals.set(Metric.THROUGHPUT, NS_PER_S / interval_ns);
    totals.set(Metric.POWER, energy_fJ / interval_ns * W_PER_UW);
    totals.set(Metric.TOPS, ops / interval_ns / THOUSAND);
    totals.set(Metric.TOPS_PER_W, ops / energy_fJ * THOUSAND);
    totals.set(Metric.TOPS_PER_MM2, ops / interval_ns / THOUSAND / area_mm2);
    totals.set(Metric.IDEAL_TOPS_PER_W, ops / idealEnergy_fJ * THOUSAND);
    totals.set(
        Metric.IDEAL_TOPS_PER_MM2,
        ops
            / idealInterval_ns
            / THOUSAND
            / ((costs.area_um2() - costs.readoutArea_um2()) * MM2_PER_UM2));
    totals.set(Metric.UTILIZATION, utilization());
  }

  private double utilization() {
    if (mapping.inPhases()) {
      double cells = mapping.crossbarsOnChip() * cellsPerCrossbar();
      return Math.min(1, mapping.loading().cellsAtOnce() / cells);
    }
    double cells = (mapping.crossbarsOnChip() + mapping.missing()) * cellsPerCrossbar();
    return Math.min(1, mapping.usedCells() / cells);
  }

  /** Crossbars' time of an inference spread over a chip of full crossbars. */
  private double idealInterval_ns(double passes, double interval_ns) {
    if (passes == 0) {
      return interval_ns;
    }
    double ideal_ns = passes * mapping.prices().timing().pass_ns() / mapping.crossbarsOnChip();
    return Math.min(interval_ns, ideal_ns);
  }

  private double idealEnergy_fJ(double fullPasses, double dynamic_fJ, double ideal_ns) {
    double waste = costs.passes() - fullPasses;
    return dynamic_fJ
        - costs.readout_fJ()
        - waste * costs.passWithoutReadout_fJ()
        + (costs.static_uW() + mapping.refresh_uW() - costs.readoutStatic_uW()) * ideal_ns;
  }

  private double cellsPerCrossbar() {
    return (double) mapping.use().side().rows() * mapping.use().side().columns();
  }

  private void programming(Totals totals) {
    Device device = mapping.design().chip().cell().device();
    double used = mapping.storedCells();
    if (used > 0) {
      totals.set(Metric.PROGRAMMING_ENERGY, mapping.programming_fJ(used) * UJ_PER_FJ);
      totals.set(
          Metric.PROGRAMMING_TIME, mapping.programming_ns(mapping.storedCrossbars()) * MS_PER_NS);
    }
    double update_s = mapping.design().operation().updateInterval_s();
    if (mapping.isRewritten()) {
      update_s = Math.min(update_s, mapping.rewriting_ns() / NS_PER_S);
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

  private OpsBasis basis(Design design) {
    boolean sustained = mapping.jobs() > 0;
    int weightBits = design.peakWeightBits();
    int inputBits = design.peakInputBits();
    String remarks = "1 MAC = 2 operations; peak state: P(1) = 0.5, uniform weights";
    if (sustained) {
      weightBits = design.jobs().get(0).precision().get(0).weights();
      inputBits = design.jobs().get(0).precision().get(0).inputs();
      if (Warnings.isMixed(design)) {
        remarks += "; precision differs between layers, that of the first is named";
      }
    }
    OpsBasis.Scope scope = OpsBasis.Scope.CHIP;
    if (design.chip().uncore().io().kind() == Io.IoKind.NONE) {
      boolean alone = design.chip().uncore().interconnect().kind() == Interconnect.Topology.NONE;
      scope = alone && mapping.tiles() == 1 ? OpsBasis.Scope.TILE : OpsBasis.Scope.CORE;
    }
    return new OpsBasis(weightBits, inputBits, scope, sustained, true, remarks);
  }
}
