package dev.kirchhoff.dse.accuracy;

import dev.kirchhoff.arch.design.Condition;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.View;
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
 * Simulator of one network on the designs of a spec, at the age stated for each design. Designs are
 * bound one at a time, and run at once.
 */
public final class SpecSimulation implements Simulation {
  private final DesignSpec spec;
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
    this.spec = spec;
    this.binder = spec.newBinder();
    this.network = network;
    this.maker = accuracy;
    this.seed = seed;
  }

  private record Kind(
      CrossbarModel chip, List<String> layers, List<Precision> precision, double age_s) {}

  @Override
  public synchronized Object kindOf(int[] ordinals) {
    Design design = binder.bind(ordinals);
    Job job = job(design);
    List<String> layers = job.network().layers().stream().map(Layer::name).toList();
    return new Kind(chip(design), layers, job.precision(), design.operation().age_s());
  }

  @Override
  public PairedCount count(Member member, int threads) {
    Prepared design = prepared(member);
    return design.accuracy().of(design.chip(), design.job(), design.age_s(), threads);
  }

  /** A design that is ready to be simulated. */
  private record Prepared(NetworkAccuracy accuracy, CrossbarModel chip, Job job, double age_s) {}

  private synchronized Prepared prepared(Member member) {
    Design design = binder.bind(member.knobs());
    if (accuracy.isEmpty()) {
      accuracy = Optional.of(maker.get());
    }
    return new Prepared(accuracy.get(), chip(design), job(design), design.operation().age_s());
  }

  @Override
  public synchronized RunEvent.Accuracy accuracy(int[] ordinals, PairedCount count) {
    Design design = binder.bind(ordinals);
    Totals totals = evaluator.totalsByNetwork(design);
    Totals own = totals.network(network).orElse(totals);
    Double estimatedLoss = estimate(own, Metric.ACCURACY_LOSS);
    Double estimatedAgreement = estimate(own, Metric.AGREEMENT);
    List<Totals> decided = totals.networks() > 1 ? List.of(own) : List.of(own, totals);
    decided.forEach(of -> setBetterEnds(of, count));
    return new RunEvent.Accuracy(
        network,
        count.judged().map(of -> sampled(of.accuracy(), of.accuracyInterval())).orElse(null),
        count.judged().map(of -> sampled(of.loss(), of.lossInterval())).orElse(null),
        estimatedLoss,
        sampled(count.agreement(), count.agreementInterval()),
        estimatedAgreement,
        missed(spec.tree().view(ordinals), totals).orElse(null),
        count.items(),
        count.draws(),
        seed,
        design.operation().age_s());
  }

  private static RunEvent.Sampled sampled(double value, Confidence interval) {
    return new RunEvent.Sampled(value, interval.low(), interval.high());
  }

  /** The analytic estimate of a figure; null where it has none. */
  private static Double estimate(Totals totals, Metric metric) {
    return totals.has(metric) ? (Double) totals.value(metric) : null;
  }

  /** Sets figures of decisions to the better ends of their simulated intervals. */
  private static void setBetterEnds(Totals totals, PairedCount count) {
    totals.set(Metric.AGREEMENT, count.agreementInterval().high());
    totals.set(Metric.AGREEMENT_LOW, count.agreementInterval().high());
    if (count.judged().isPresent()) {
      double least = count.judged().get().lossInterval().low();
      totals.set(Metric.ACCURACY_LOSS, least);
      totals.set(Metric.ACCURACY_LOSS_HIGH, least);
    }
  }

  /** The first constraint on decisions that totals miss. */
  private Optional<String> missed(View view, Totals totals) {
    return spec.conditions().stream()
        .filter(condition -> condition.terms().stream().anyMatch(SpecSimulation::isOfDecisions))
        .filter(condition -> condition.miss(view, totals) > 0)
        .map(Condition::text)
        .findFirst();
  }

  private static boolean isOfDecisions(Condition.Term term) {
    return switch (term.metric()) {
      case AGREEMENT, AGREEMENT_LOW, ACCURACY_LOSS, ACCURACY_LOSS_HIGH -> true;
      default -> false;
    };
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
