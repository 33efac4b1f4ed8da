package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.explain.Explanation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Explainer of designs of runs by this program's own models. */
public final class SpecExplainer implements Explainer {
  private RunEvent.Run lastHeader;
  private DesignSpec lastSpec;
  private DetailedEvaluator lastEvaluator;
  private Optional<CostColumns> lastCosts = Optional.empty();

  /** Made by the service loader. */
  public SpecExplainer() {}

  @Override
  public synchronized Details explain(RunEvent.Run header, int[] knobs) {
    read(header);
    if (knobs.length != lastSpec.knobs().size()) {
      throw new IllegalArgumentException(
          "the design has "
              + knobs.length
              + " knobs, the run's spec has "
              + lastSpec.knobs().size());
    }
    return lastEvaluator.of(knobs);
  }

  @Override
  public synchronized FamilyCosts costs(RunEvent.Run header) {
    read(header);
    if (lastCosts.isEmpty()) {
      lastCosts = Optional.of(new CostColumns(lastSpec, end(header)));
    }
    return lastCosts.get();
  }

  /** The end of the band that the values of a run are of; nominal without objectives. */
  private static BandEnd end(RunEvent.Run header) {
    List<RunEvent.Axis> axes = Objects.requireNonNullElse(header.axes(), List.of());
    return axes.stream().map(RunEvent.Axis::end).findFirst().orElse(BandEnd.NOMINAL);
  }

  private void read(RunEvent.Run header) {
    if (lastHeader != null
        && lastHeader.version().equals(header.version())
        && lastHeader.spec().equals(header.spec())
        && Objects.equals(lastHeader.axes(), header.axes())) {
      return;
    }
    try {
      lastSpec = RunDesigns.spec(header);
      lastEvaluator = new DetailedEvaluator(lastSpec);
      lastCosts = Optional.empty();
      lastHeader = header;
    } catch (DataProblemException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Details of the designs of one spec, one after another: statistics of networks and variations of
   * cells are made once. Not safe for use by several threads.
   */
  public static final class DetailedEvaluator {
    private final DesignSpec spec;
    private final DesignBinder binder;
    private final Evaluator evaluator = new Evaluator();

    /** Details of a spec's designs. */
    public DetailedEvaluator(DesignSpec spec) {
      this.spec = spec;
      binder = spec.newBinder();
    }

    /** Details of a design. */
    public Details of(int[] knobs) {
      Design design = binder.bind(knobs);
      EvaluatedDesign evaluated = evaluator.evaluated(design);
      Evaluation evaluation = Evaluator.evaluation(evaluated);
      Explanation made = new Explanation(evaluated);
      Map<String, CostTree> trees = new LinkedHashMap<>();
      trees.put("energy", made.energy().readable());
      trees.put("area", made.area().readable());
      trees.put("latency", made.latency().readable());
      trees.put("power", made.power().readable());
      return new Details(
          totals(evaluation.totals()),
          bands(evaluation),
          units(),
          trees,
          evaluation.layers(),
          SpecText.yamlOfDesign(spec, knobs),
          evaluation.warnings());
    }

    private Map<String, String> units() {
      Map<String, String> units = new LinkedHashMap<>();
      for (Metric metric : List.of(Metric.RESULT_QUALITY, Metric.QUALITY_LOSS)) {
        String unit = spec.unit(metric);
        if (!unit.isEmpty()) {
          units.put(metric.key(), unit);
        }
      }
      return units;
    }
  }

  private static Map<String, Band> bands(Evaluation evaluation) {
    Map<String, Band> bands = new LinkedHashMap<>();
    evaluation.disputed().forEach((metric, band) -> bands.put(metric.key(), band));
    return bands;
  }

  private static Map<String, Double> totals(Totals totals) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      double value = totals.value(metric);
      if (Double.isFinite(value)) {
        values.put(metric.key(), value);
      }
    }
    return values;
  }
}
