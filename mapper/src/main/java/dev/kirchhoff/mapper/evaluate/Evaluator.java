package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.memo.Memo;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.LossCurve;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.column.NetworkDigits;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.flow.ChipFlow;
import dev.kirchhoff.mapper.kernel.KernelRun;
import dev.kirchhoff.mapper.kernel.KernelRuns;
import dev.kirchhoff.mapper.mapping.ActionCounter;
import dev.kirchhoff.mapper.mapping.Mapper;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.mapping.ProgramCounts;
import dev.kirchhoff.mapper.mapping.RecurrentStorage;
import dev.kirchhoff.mapper.noise.DesignNoise;
import dev.kirchhoff.mapper.noise.NetworkNoise;
import dev.kirchhoff.mapper.noise.NoiseModel;
import dev.kirchhoff.mapper.noise.NoiseRows;
import dev.kirchhoff.mapper.traffic.Traffic;
import dev.kirchhoff.peripherals.CrossbarFigures;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Evaluation of designs: energy, area, times, noise and limits, from counts × prices.
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
 * design's; below the peak one it is where the workload fills columns badly or moves much.
 *
 * <p>Lifetime = endurance · update interval / mean write pulses; the interval is that of inferences
 * where activations are written, that of batches where weights are loaded in phases, and at most
 * the refresh interval, as a refresh writes every cell again. Refresh interval = age at which noise
 * is 3 dB above that of the stated age, at most the retention of the device. Utilization = cells
 * that hold a weight at a time / all cells of the chip: with phases the mean over them; of a design
 * that does not fit, used cells / cells of all crossbars that it would take, so that a smaller chip
 * is not better used. The signal-to-noise ratio is that of the worst network: of its output where
 * the weights of its layers' noise are known ({@link dev.kirchhoff.arch.workload.AccuracyModel}),
 * else the mean of its layers' noise. If they are known the accuracy lost is estimated from it.
 *
 * <pre>{@code
 * Evaluator evaluator = new Evaluator();
 * EvaluatedDesign evaluated = evaluator.evaluated(design);
 * double efficiency = evaluated.totals().value(Metric.TOPS_PER_W);
 * }</pre>
 *
 * <p>Stages are pure functions of declared arguments; those that pay are memoised ({@link Memo}:
 * prices, structures of networks, traffic) or kept as rows by layer and precision (digits, counts,
 * noise, {@link dev.kirchhoff.arch.memo.Rows}), so that neither the order of designs nor the bound
 * of the memos changes a figure. One evaluator serves all threads, which share its rows.
 */
public final class Evaluator {
  /** Bytes that the memos of an evaluator hold at most, without those of its pricer (chosen). */
  public static final long BOUND_B = 64L << 20;

  private final Function<Design, PriceTable> pricing;
  private final Function<Design, ? extends CrossbarFigures> crossbars;
  private final BandEnd end;
  private final KernelRuns kernels;
  private final NoiseModel noise;
  private final ActionCounter counter;
  private final Memo<Traffic.Key, Traffic> traffic;
  private final RecurrentStorage storage;
  private final Mapper mapper = new Mapper();

  /** An evaluator with the library's prices. */
  public Evaluator() {
    this(new Prices.Pricer(), BOUND_B, new KernelRuns(), BandEnd.NOMINAL);
  }

  /** An evaluator whose prices come from {@code pricing}. */
  public Evaluator(Function<Design, PriceTable> pricing) {
    this(pricing, BOUND_B);
  }

  /**
   * An evaluator whose prices come from {@code pricing}.
   *
   * @param bound_B bytes that its own memos hold at most; 0 computes every stage anew
   */
  public Evaluator(Function<Design, PriceTable> pricing, long bound_B) {
    this(pricing, bound_B, new KernelRuns());
  }

  /**
   * An evaluator whose prices come from {@code pricing}.
   *
   * @param bound_B bytes that its own memos hold at most; 0 computes every stage anew
   * @param kernels runs of kernels, which several evaluators may share
   */
  public Evaluator(Function<Design, PriceTable> pricing, long bound_B, KernelRuns kernels) {
    this(pricing, pricing, bound_B, kernels, BandEnd.NOMINAL);
  }

  private Evaluator(Prices.Pricer pricer, long bound_B, KernelRuns kernels, BandEnd end) {
    this(pricer::price, pricer::crossbar, bound_B, kernels, end);
  }

  private Evaluator(
      Function<Design, PriceTable> pricing,
      Function<Design, ? extends CrossbarFigures> crossbars,
      long bound_B,
      KernelRuns kernels,
      BandEnd end) {
    this.pricing = pricing;
    this.crossbars = crossbars;
    this.end = end;
    this.kernels = kernels;
    noise = new NoiseModel(bound_B / 4 * 3);
    counter = new ActionCounter(bound_B / 32 * 3);
    storage = new RecurrentStorage(bound_B / 32);
    traffic = new Memo<>(Traffic::of, bound_B / 8, Traffic::size_B);
  }

  /** An evaluator with the library's prices at an end of their band. */
  public static Evaluator at(BandEnd end) {
    return at(end, new KernelRuns());
  }

  /**
   * An evaluator with the library's prices at an end of their band.
   *
   * @param kernels runs of kernels: on the crossbars of each design, or exact
   */
  public static Evaluator at(BandEnd end, KernelRuns kernels) {
    return new Evaluator(new Prices.Pricer(), BOUND_B, kernels, end);
  }

  /** A design with all that its figures follow from. */
  public EvaluatedDesign evaluated(Design given) {
    return evaluated(noisy(given));
  }

  /** Figures of what noise does to a design; nothing of it is mapped. */
  public Totals noise(Design given) {
    return Figures.ofNoise(noisy(given).noise());
  }

  /** Prices of a design's chip. */
  public PriceTable prices(Design design) {
    return pricing.apply(design);
  }

  /** Electrical figures of a design's crossbars, without their prices. */
  public CrossbarFigures crossbar(Design design) {
    return crossbars.apply(design);
  }

  /** The amounts by which a design's chip misses its limits whatever is mapped to it. */
  public static Totals shortages(Design design, CrossbarFigures crossbar) {
    Totals totals = new Totals();
    Limits.ofChip(design, crossbar, totals);
    return totals;
  }

  /** Noise of the layers of a network on a design's crossbars, by layer and precision. */
  public NoiseRows layerNoise(Design design, CrossbarFigures crossbar, Network network) {
    return noise.rows(design, crossbar, noise.values(network));
  }

  /** Action counts of a job on a design's chip, with one copy of each layer. */
  public ProgramCounts counts(Design design, Job job) {
    NetworkDigits digits = noise.digits(design, job, noise.values(job.network()));
    return counter.of(digits, ArrayUse.of(design));
  }

  /** Energy efficiency of multiply-accumulates that take some energy together, in TOPS/W. */
  public static double topsPerW(double macs, double energy_fJ) {
    return Figures.topsPerW(macs, energy_fJ);
  }

  /** Figures of what noise does to a network of which the ratio at its output alone is known. */
  public static Totals noiseAt(Network network, double ratio) {
    return Figures.ofNoise(DesignNoise.of(List.of(NetworkNoise.at(network, ratio))));
  }

  /** Stages before a mapping. */
  private record Noisy(
      Design design,
      PriceTable prices,
      ArrayUse use,
      List<Optional<KernelRun>> runs,
      List<NetworkDigits> digits,
      DesignNoise noise) {}

  private Noisy noisy(Design given) {
    PriceTable prices = pricing.apply(given);
    ArrayUse use = ArrayUse.of(given);
    KernelRuns.Measured measured = kernels.of(given, prices);
    Design design = storage.of(measured.design(), use);
    List<NetworkDigits> digits = new ArrayList<>(design.jobs().size());
    for (Job job : design.jobs()) {
      digits.add(noise.digits(design, job, noise.values(job.network())));
    }
    return new Noisy(
        design, prices, use, measured.runs(), digits, noise.of(design, prices, digits));
  }

  private EvaluatedDesign evaluated(Noisy of) {
    List<ProgramCounts> programs = new ArrayList<>(of.digits().size());
    of.digits().forEach(own -> programs.add(counter.of(own, of.use())));
    Mapping mapping = mapper.map(of.design(), of.prices().timing(), programs);
    ChipFlow flow = ChipFlow.of(of.design(), of.prices().timing(), mapping, traffic::get);
    return new EvaluatedDesign(of.design(), of.prices(), mapping, flow, of.noise(), of.runs(), end);
  }

  /** Figures of a design. */
  public Totals totals(Design design) {
    return evaluated(design).totals();
  }

  /** Figures of a design, with those of each of its networks. */
  public Totals totalsByNetwork(Design design) {
    return totalsByNetwork(evaluated(design));
  }

  /** Figures of an evaluated design, with those of each of its networks. */
  public static Totals totalsByNetwork(EvaluatedDesign evaluated) {
    return Figures.withNetworks(evaluated.stages(), evaluated.totals());
  }

  /** Figures of a design, with those of its networks, layers, basis, warnings and bands. */
  public Evaluation evaluate(Design design) {
    return evaluation(evaluated(design));
  }

  /**
   * Figures of an evaluated design, with those of its networks, layers, basis, warnings and bands.
   */
  public static Evaluation evaluation(EvaluatedDesign evaluated) {
    return new Evaluation(
        totalsByNetwork(evaluated),
        LayerResults.of(evaluated),
        Basis.of(evaluated),
        Warnings.of(evaluated),
        bands(evaluated));
  }

  /** Bands of the metrics: figures of the ledger with its prices at both ends of their bands. */
  private static Map<Metric, Band> bands(EvaluatedDesign evaluated) {
    Totals nominal = evaluated.totals();
    Totals cheap = totalsAt(evaluated, BandEnd.OPTIMISTIC);
    Totals dear = totalsAt(evaluated, BandEnd.PESSIMISTIC);
    Map<Metric, Band> bands = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      double value = nominal.value(metric);
      if (Double.isFinite(value)) {
        bands.put(metric, Band.of(cheap.value(metric), value, dear.value(metric)));
      }
    }
    if (nominal.has(Metric.ACCURACY_LOSS)) {
      LossCurve.Point at = evaluated.noise().accuracy().orElseThrow();
      bands.put(Metric.ACCURACY_LOSS, Band.of(at.low(), at.loss(), at.high()));
      bands.put(Metric.ACCURACY_LOSS_HIGH, new Band(at.high(), at.high(), at.high()));
    }
    if (nominal.has(Metric.AGREEMENT)) {
      LossCurve.Point at = evaluated.noise().decisions().orElseThrow();
      bands.put(Metric.AGREEMENT, Band.of(1 - at.high(), 1 - at.loss(), 1 - at.low()));
      bands.put(Metric.AGREEMENT_LOW, new Band(1 - at.high(), 1 - at.high(), 1 - at.high()));
    }
    return bands;
  }

  /** Figures of an evaluated design at an end of the band of its prices, with its networks'. */
  public static Totals totalsAt(EvaluatedDesign evaluated, BandEnd end) {
    return totalsByNetwork(evaluated.at(evaluated.ledger().at(end)));
  }
}
