package dev.kirchhoff.dse.study;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.LayerResult.Noise;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.mapping.RecurrentStorage;
import dev.kirchhoff.mapper.simulate.AccuracyStudy;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Measured;
import dev.kirchhoff.mapper.simulate.CrossbarModel;
import dev.kirchhoff.mapper.simulate.LayerError;
import dev.kirchhoff.mapper.simulate.QuantisedNetwork;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Check of the estimate of accuracy against simulated chips, on random designs of a spec: no design
 * twice, all equally likely, without regard to constraints. For a fit every second one is the best
 * of {@value #BEST_OF} random ones by the estimate, because a search goes where losses are small,
 * as those of few random designs are.
 *
 * <p>Every design has chips of its own, and every chip samples of its own, so that the mean is the
 * loss of such designs, not that of one lucky chip on lucky samples. Losses are against the trained
 * network in single precision on the same samples, as the estimate's are. Designs that cannot be
 * simulated (one-bit weights that must have signs) are left out and counted.
 */
public final class EstimateCheck {
  private static final int TRIES = 50;

  /** For a fit. */
  public static final int BEST_OF = 4;

  private final DesignSpec spec;
  private final SimulatedNetwork found;
  private final AccuracyStudy.Settings settings;
  private final List<float[]> items;
  private final List<float[]> calibration;
  private final List<EstimateReport.Row> rows = new ArrayList<>();
  private final int bestOf;
  private int refused;

  /**
   * A check.
   *
   * @param spec the space
   * @param found the network and its samples
   * @param items samples that a design is judged on
   * @param settings seed of designs and chips, chips of a design
   * @param bestOf every second design is the best of this many, 1 or more
   */
  public EstimateCheck(
      DesignSpec spec,
      SimulatedNetwork found,
      int items,
      AccuracyStudy.Settings settings,
      int bestOf) {
    this.spec = spec;
    this.found = found;
    this.settings = settings;
    this.bestOf = bestOf;
    this.items = SimulatedNetwork.items(found.test(), items);
    calibration = SimulatedNetwork.items(found.calibration(), found.calibration().size());
  }

  /**
   * The report on a number of designs, fewer where the space has not so many.
   *
   * @param progress is called after each design
   */
  public EstimateReport run(int designs, Runnable progress) {
    Candidates candidates = new Candidates();
    SplittableRandom chips = new SplittableRandom(~settings.seed());
    int done = 0;
    for (int tries = 0; done < designs && tries < TRIES * designs; tries++) {
      try {
        Candidate next = candidates.best(done % 2 == 1 ? bestOf : 1);
        if (next == null) {
          continue;
        }
        keep(row(next, chips.nextLong()));
        done++;
      } catch (IllegalArgumentException e) {
        refuse();
        continue;
      }
      progress.run();
    }
    return report();
  }

  private synchronized void keep(EstimateReport.Row row) {
    rows.add(row);
  }

  private synchronized void refuse() {
    refused++;
  }

  /** The report on those that are simulated so far, from any thread. */
  public synchronized EstimateReport report() {
    return new EstimateReport(
        found.job().network().name() + " on " + spec.name(),
        items.size(),
        settings,
        refused,
        bestOf,
        found.job().network().accuracy().orElseThrow(),
        rows);
  }

  /** A random design with its evaluation. */
  private record Candidate(DesignPoint point, Design design, Evaluation evaluation) {
    /** Estimated loss; infinite where there is none, so that any other is better. */
    double loss() {
      return estimate(evaluation).map(Band::nominal).orElse(Double.POSITIVE_INFINITY);
    }
  }

  /** Random designs, none twice. */
  private final class Candidates {
    private final DesignSpace space = SpecProblemSpace.space(spec);
    private final SplittableRandom random = new SplittableRandom(settings.seed());
    private final DesignBinder binder = spec.newBinder();
    private final Evaluator evaluator = new Evaluator();
    private final Set<DesignPoint> seen = new HashSet<>();

    /**
     * The one of a number of draws that is estimated to lose least; null if all were met before.
     */
    Candidate best(int draws) {
      Candidate best = null;
      for (int d = 0; d < draws; d++) {
        int[] ordinals = new int[space.dimension()];
        space.random(random, ordinals);
        DesignPoint point = new DesignPoint(ordinals);
        if (seen.add(point)) {
          Design design = RecurrentStorage.separate(binder.bind(ordinals));
          Candidate next = new Candidate(point, design, evaluator.evaluate(design));
          best = best == null || next.loss() < best.loss() ? next : best;
        }
      }
      return best;
    }
  }

  private EstimateReport.Row row(Candidate candidate, long seed) {
    Design design = candidate.design();
    Evaluation evaluation = candidate.evaluation();
    CrossbarModel chip = CrossbarModel.of(design, Prices.of(design));
    QuantisedNetwork quantised =
        QuantisedNetwork.of(found.network(), chip, found.job(), calibration);
    AccuracyStudy study =
        new AccuracyStudy(
            quantised,
            chip,
            items,
            found.test()::label,
            new AccuracyStudy.Settings(seed, settings.draws(), settings.threads()));
    double trained = study.trained().mean();
    Measured measured = study.dealt(design.operation().age_s());
    return row(
        found.job(),
        knobs(spec, candidate.point().ordinals()),
        trained,
        study.quantised().mean(),
        measured,
        evaluation);
  }

  /** A design of a report: simulated loss of its chips beside the estimate. */
  static EstimateReport.Row row(
      Job job,
      Map<String, String> knobs,
      double trained,
      double quantised,
      Measured measured,
      Evaluation evaluation) {
    return new EstimateReport.Row(
        knobs,
        trained,
        quantised,
        measured,
        ratio_dB(evaluation.totals()),
        estimate(evaluation),
        noise(job, evaluation, measured));
  }

  private static Optional<Band> estimate(Evaluation evaluation) {
    return Optional.ofNullable(evaluation.bands().get(Metric.ACCURACY_LOSS));
  }

  private static OptionalDouble ratio_dB(Totals totals) {
    return totals.has(Metric.SNR)
        ? OptionalDouble.of(totals.value(Metric.SNR))
        : OptionalDouble.empty();
  }

  /** Values of the knobs that a design has, by path. */
  static Map<String, String> knobs(DesignSpec spec, int[] ordinals) {
    Map<String, String> knobs = new TreeMap<>();
    for (int k = 0; k < ordinals.length; k++) {
      if (ordinals[k] != Knob.ABSENT) {
        Knob knob = spec.knobs().get(k);
        knobs.put(knob.path(), knob.values().get(ordinals[k]));
      }
    }
    return knobs;
  }

  private static List<Noise> noise(Job job, Evaluation evaluation, Measured measured) {
    List<Noise> noise = new ArrayList<>();
    for (LayerError error : measured.layers()) {
      for (LayerResult layer : evaluation.layers()) {
        if (layer.layer().equals(error.layer()) && layer.network().equals(job.network().name())) {
          noise.add(layer.noise());
        }
      }
    }
    return noise;
  }
}
