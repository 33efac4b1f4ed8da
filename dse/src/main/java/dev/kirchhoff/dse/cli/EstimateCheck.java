package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.LayerResult.Noise;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.mapper.evaluate.Evaluator;
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
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The estimate of accuracy against simulated chips, on random designs of a spec: no design twice,
 * all equally likely, whatever the constraints say.
 *
 * <p>Every design has chips of its own, and every chip samples of its own, so that the mean says
 * what such a design loses and not what one lucky chip does on lucky samples. Losses are against
 * the trained network in single precision on the same samples, as the estimate's are. Designs that
 * cannot be simulated (one-bit weights that must have signs) are left out and counted.
 */
final class EstimateCheck {
  private static final int TRIES = 50;

  private final DesignSpec spec;
  private final SimulatedNetwork found;
  private final AccuracyStudy.Settings settings;
  private final List<float[]> items;
  private final List<float[]> calibration;

  /**
   * A check.
   *
   * @param spec the space
   * @param found the network and its samples
   * @param items samples that a design is judged on
   * @param settings seed of designs and chips, chips of a design
   */
  EstimateCheck(
      DesignSpec spec, SimulatedNetwork found, int items, AccuracyStudy.Settings settings) {
    this.spec = spec;
    this.found = found;
    this.settings = settings;
    this.items = SimulatedNetwork.items(found.test(), items);
    calibration = SimulatedNetwork.items(found.calibration(), found.calibration().size());
  }

  /** The report on a number of designs, fewer where the space has not so many. */
  EstimateReport run(int designs, Consumer<String> progress) {
    DesignSpace space = SpecProblemSpace.space(spec);
    SplittableRandom random = new SplittableRandom(settings.seed());
    DesignBinder binder = spec.newBinder();
    SplittableRandom chips = new SplittableRandom(~settings.seed());
    Evaluator evaluator = new Evaluator();
    Set<DesignPoint> seen = new HashSet<>();
    List<EstimateReport.Row> rows = new ArrayList<>();
    int refused = 0;
    int[] ordinals = new int[space.dimension()];
    for (int tries = 0; rows.size() < designs && tries < TRIES * designs; tries++) {
      space.random(random, ordinals);
      if (!seen.add(new DesignPoint(ordinals))) {
        continue;
      }
      Design design = binder.bind(ordinals);
      try {
        rows.add(row(ordinals, design, evaluator.evaluate(design), chips.nextLong()));
      } catch (IllegalArgumentException e) {
        refused++;
        continue;
      }
      progress.accept("simulated: " + rows.size() + " of " + designs + " designs");
    }
    String title = found.job().network().name() + " on " + spec.name();
    return new EstimateReport(
        title,
        items.size(),
        settings,
        refused,
        found.job().network().accuracy().orElseThrow(),
        rows);
  }

  private EstimateReport.Row row(int[] ordinals, Design design, Evaluation evaluation, long seed) {
    CrossbarModel chip = CrossbarModel.of(design, Prices.of(design));
    QuantisedNetwork quantised =
        QuantisedNetwork.of(
            found.network(),
            chip,
            layer -> SimulateCommand.precision(found.job(), layer),
            calibration);
    AccuracyStudy study =
        new AccuracyStudy(
            quantised,
            chip,
            items,
            found.test()::label,
            new AccuracyStudy.Settings(seed, settings.draws(), settings.threads()));
    double trained = study.trained().mean();
    Measured measured = study.dealt(design.operation().age_s());
    Band estimate =
        evaluation
            .bands()
            .getOrDefault(Metric.ACCURACY_LOSS, new Band(Double.NaN, Double.NaN, Double.NaN));
    return new EstimateReport.Row(
        knobs(ordinals),
        trained,
        study.quantised().mean(),
        measured,
        evaluation.totals().value(Metric.SNR),
        estimate,
        noise(evaluation, measured));
  }

  private Map<String, String> knobs(int[] ordinals) {
    Map<String, String> knobs = new TreeMap<>();
    for (int k = 0; k < ordinals.length; k++) {
      if (ordinals[k] != DesignSpace.ABSENT) {
        Knob knob = spec.knobs().get(k);
        knobs.put(knob.path(), knob.values().get(ordinals[k]));
      }
    }
    return knobs;
  }

  private List<Noise> noise(Evaluation evaluation, Measured measured) {
    List<Noise> noise = new ArrayList<>();
    for (LayerError error : measured.layers()) {
      for (LayerResult layer : evaluation.layers()) {
        if (layer.layer().equals(error.layer())
            && layer.network().equals(found.job().network().name())) {
          noise.add(layer.noise());
        }
      }
    }
    return noise;
  }
}
