package dev.kirchhoff.dse.study;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.mapping.RecurrentStorage;
import dev.kirchhoff.mapper.simulate.AccuracyStudy;
import dev.kirchhoff.mapper.simulate.CrossbarModel;
import dev.kirchhoff.mapper.simulate.NetworkAccuracy;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Check of the estimates of agreement and accuracy against simulated chips ({@link
 * NetworkAccuracy}), on random designs of a spec: no design twice, all equally likely, without
 * regard to constraints. Every design has chips of its own. Designs that cannot be simulated
 * (one-bit weights that must have signs) are left out and counted.
 */
public final class EstimateCheck {
  private static final int TRIES = 50;

  private final DesignSpec spec;
  private final SimulatedNetwork found;
  private final NetworkAccuracy accuracy;
  private final AccuracyStudy.Settings settings;
  private final List<EstimateReport.Row> rows = new ArrayList<>();
  private int refused;

  /**
   * A check.
   *
   * @param spec the space
   * @param found the network and its samples
   * @param items samples that a design is judged on
   * @param settings seed of designs and chips, chips of a design
   */
  public EstimateCheck(
      DesignSpec spec, SimulatedNetwork found, int items, AccuracyStudy.Settings settings) {
    this.spec = spec;
    this.found = found;
    this.settings = settings;
    accuracy = found.accuracy(items, settings.seed(), settings.draws());
  }

  /**
   * The report on a number of designs, fewer where the space has not so many.
   *
   * @param progress is called after each design
   */
  public EstimateReport run(int designs, Runnable progress) {
    DesignSpace space = SpecProblemSpace.space(spec);
    SplittableRandom random = new SplittableRandom(settings.seed());
    DesignBinder binder = spec.newBinder();
    Evaluator evaluator = new Evaluator();
    Set<DesignPoint> seen = new HashSet<>();
    int done = 0;
    for (int tries = 0; done < designs && tries < TRIES * designs; tries++) {
      int[] ordinals = new int[space.dimension()];
      space.random(random, ordinals);
      if (!seen.add(new DesignPoint(ordinals))) {
        continue;
      }
      try {
        Design design = RecurrentStorage.separate(binder.bind(ordinals));
        keep(row(knobs(ordinals), design, evaluator.evaluate(design), done));
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
        accuracy.items(),
        settings.draws(),
        settings.seed(),
        refused,
        rows);
  }

  private EstimateReport.Row row(
      Map<String, String> knobs, Design design, Evaluation evaluation, int number) {
    NetworkAccuracy.Measured measured =
        accuracy.measured(
            CrossbarModel.of(design, Prices.of(design)),
            found.storedOn(design).job(),
            design.operation().age_s(),
            number,
            settings.threads());
    return EstimateReport.Row.of(knobs, measured, evaluation, found.job().network().name());
  }

  /** Values of the knobs that a design has, by path. */
  private Map<String, String> knobs(int[] ordinals) {
    Map<String, String> knobs = new TreeMap<>();
    for (int k = 0; k < ordinals.length; k++) {
      if (ordinals[k] != Knob.ABSENT) {
        Knob knob = spec.knobs().get(k);
        knobs.put(knob.path(), knob.values().get(ordinals[k]));
      }
    }
    return knobs;
  }
}
