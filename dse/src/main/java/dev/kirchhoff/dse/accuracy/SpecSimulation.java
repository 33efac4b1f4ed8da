package dev.kirchhoff.dse.accuracy;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.mapping.RecurrentStorage;
import dev.kirchhoff.mapper.simulate.Confidence;
import dev.kirchhoff.mapper.simulate.CrossbarModel;
import dev.kirchhoff.mapper.simulate.NetworkAccuracy;
import dev.kirchhoff.mapper.simulate.PairedCount;
import dev.kirchhoff.peripherals.Prices;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Simulator of one network on the designs of a spec, at the age stated for each design. Not safe
 * for several threads.
 */
public final class SpecSimulation implements Simulation {
  private final DesignBinder binder;
  private final Evaluator evaluator = new Evaluator();
  private final String network;
  private final Supplier<NetworkAccuracy> maker;
  private final long seed;
  private Optional<NetworkAccuracy> accuracy = Optional.empty();

  /**
   * A simulation of a spec's designs.
   *
   * @param network name of the network among the designs' jobs
   * @param accuracy makes the network with its samples, when the first design is simulated
   * @param seed seed of the draws that it was made with, for the record
   */
  public SpecSimulation(
      DesignSpec spec, String network, Supplier<NetworkAccuracy> accuracy, long seed) {
    this.binder = spec.newBinder();
    this.network = network;
    this.maker = accuracy;
    this.seed = seed;
  }

  private record Kind(
      CrossbarModel chip, List<String> layers, List<Precision> precision, double age_s) {}

  @Override
  public Object kindOf(int[] ordinals) {
    Design design = binder.bind(ordinals);
    Job job = job(design);
    List<String> layers = job.network().layers().stream().map(Layer::name).toList();
    return new Kind(chip(design), layers, job.precision(), design.operation().age_s());
  }

  @Override
  public PairedCount count(Member member, int threads) {
    Design design = binder.bind(member.knobs());
    if (accuracy.isEmpty()) {
      accuracy = Optional.of(maker.get());
    }
    return accuracy.get().of(chip(design), job(design), design.operation().age_s(), threads);
  }

  @Override
  public RunEvent.Accuracy accuracy(int[] ordinals, PairedCount count) {
    Design design = binder.bind(ordinals);
    return new RunEvent.Accuracy(
        network,
        sampled(count.accuracy(), count.accuracyInterval()),
        sampled(count.loss(), count.lossInterval()),
        estimate(design),
        count.items(),
        count.draws(),
        seed,
        design.operation().age_s());
  }

  private static RunEvent.Sampled sampled(double value, Confidence interval) {
    return new RunEvent.Sampled(value, interval.low(), interval.high());
  }

  /** The analytic estimate of the network's loss; null where it has none. */
  private Double estimate(Design design) {
    Totals totals = evaluator.totalsByNetwork(design);
    Totals of = totals.network(network).orElse(totals);
    return of.has(Metric.ACCURACY_LOSS) ? (Double) of.value(Metric.ACCURACY_LOSS) : null;
  }

  private static CrossbarModel chip(Design design) {
    return CrossbarModel.of(design, Prices.of(design));
  }

  private Job job(Design design) {
    return RecurrentStorage.stored(design).jobs().stream()
        .filter(job -> job.network().name().equals(network))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("It does not run " + network + "."));
  }
}
