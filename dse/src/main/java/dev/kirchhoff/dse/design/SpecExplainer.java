package dev.kirchhoff.dse.design;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.memo.Memo;
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
import dev.kirchhoff.peripherals.Prices;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Explainer of designs of runs by this program's own models. Those of the last few specs are kept,
 * so that two pages may ask in turn; requests for details of one spec wait for each other.
 */
public final class SpecExplainer implements Explainer {
  /** Bytes of an evaluator with its prices when both are full. */
  private static final long EVALUATOR_B = Evaluator.BOUND_B + Prices.Pricer.BOUND_B;

  /**
   * Bytes of models (chosen): a quarter of the heap, at least one spec whose costs are asked for.
   */
  private static final long BOUND_B =
      Math.max(2 * EVALUATOR_B + 1_024, Runtime.getRuntime().maxMemory() / 4);

  private final Memo<ModelKey, Models> models =
      new Memo<>(Models::new, BOUND_B, made -> EVALUATOR_B);

  /** Made by the service loader. */
  public SpecExplainer() {}

  /** Everything that the models of a run depend on. */
  private record ModelKey(String version, JsonNode spec, BandEnd end) {
    static ModelKey of(RunEvent.Run header) {
      return new ModelKey(header.version(), header.spec(), SpecExplainer.end(header));
    }
  }

  /** Models of the designs of a run. */
  private static final class Models {
    private final BandEnd end;
    private final DesignSpec spec;
    private final DetailedEvaluator evaluator;
    private Optional<CostColumns> costs = Optional.empty();

    Models(ModelKey key) {
      end = key.end;
      try {
        spec = RunDesigns.spec(key.version, key.spec);
      } catch (DataProblemException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
      evaluator = new DetailedEvaluator(spec);
    }

    synchronized Details details(int[] knobs) {
      if (knobs.length != spec.knobs().size()) {
        throw new IllegalArgumentException(
            "the design has " + knobs.length + " knobs, the run's spec has " + spec.knobs().size());
      }
      return evaluator.of(knobs);
    }

    /**
     * Costs, made when first asked for.
     *
     * @param grown told when they are made
     */
    synchronized CostColumns costs(Runnable grown) {
      if (costs.isEmpty()) {
        costs = Optional.of(new CostColumns(spec, end));
        grown.run();
      }
      return costs.get();
    }
  }

  @Override
  public Details explain(RunEvent.Run header, int[] knobs) {
    return models.get(ModelKey.of(header)).details(knobs);
  }

  @Override
  public FamilyCosts costs(RunEvent.Run header) {
    ModelKey key = ModelKey.of(header);
    return models.get(key).costs(() -> models.grow(key, EVALUATOR_B));
  }

  /** The end of the band that the values of a run are of; nominal without objectives. */
  private static BandEnd end(RunEvent.Run header) {
    List<RunEvent.Axis> axes = Objects.requireNonNullElse(header.axes(), List.of());
    return axes.stream().map(RunEvent.Axis::end).findFirst().orElse(BandEnd.NOMINAL);
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
