package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.design.Condition;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.event.DesignAnalysis.LimitSlack;
import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.design.SpecExplainer.DetailedEvaluator;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Spec of a run with the constraints of its last header, and the models that evaluate its designs.
 * For one thread.
 */
final class ModelledRun {
  private final DesignSpec spec;
  private final DesignSpace space;
  private final DesignBinder binder;
  private final Evaluator evaluator = new Evaluator();
  private final DetailedEvaluator detailed;

  private ModelledRun(DesignSpec spec) {
    this.spec = spec;
    this.space = SpecProblemSpace.space(spec);
    this.binder = spec.newBinder();
    this.detailed = new DetailedEvaluator(spec);
  }

  /**
   * The run of a header.
   *
   * @throws dev.kirchhoff.dse.run.DataProblemException if another model version made it
   */
  static ModelledRun of(RunEvent.Run header) {
    DesignSpec spec = RunDesigns.spec(header);
    return new ModelledRun(limited(spec, header.constraints()));
  }

  /** A spec with the constraints of a header, those of physics taken out. */
  private static DesignSpec limited(DesignSpec spec, List<String> texts) {
    if (texts == null) {
      return spec;
    }
    Set<String> physical =
        Arrays.stream(Limit.values())
            .map(Limit::sentence)
            .collect(Collectors.toCollection(TreeSet::new));
    List<Condition> conditions = new ArrayList<>();
    try {
      for (String text : texts) {
        if (!physical.contains(text)) {
          conditions.add(spec.constraint(text));
        }
      }
    } catch (SpecException e) {
      // A constraint of a later version cannot be judged; those of the spec stand.
      return spec;
    }
    return spec.withConditions(conditions);
  }

  /**
   * The spec of one design with settings.
   *
   * @throws SpecException with the reasons why it is none
   */
  ModelledRun with(int[] ordinals, List<String> settings) throws SpecException {
    SpecOfDesign source = new SpecOfDesign(SpecText.jsonOfDesign(spec, ordinals).toString());
    DesignSpec changed =
        DesignSpec.load(
            SpecOfDesign.FILE,
            settings.stream().map(Setting::parse).toList(),
            List.of(),
            SpecEnvironment.of(source));
    List<String> texts = spec.conditions().stream().map(Condition::text).toList();
    return new ModelledRun(limited(changed, texts));
  }

  /** Resolved spec of a design in memory; the run's files are written out in it. */
  private record SpecOfDesign(String text) implements Sources {
    static final String FILE = "the design";

    @Override
    public String resolve(String from, String name) {
      return name;
    }

    @Override
    public byte[] read(String file) throws SourceException {
      if (!file.equals(FILE)) {
        throw SourceException.absent("does not exist");
      }
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  DesignSpec spec() {
    return spec;
  }

  DesignSpace space() {
    return space;
  }

  Design design(int[] ordinals) {
    return binder.bind(ordinals);
  }

  EvaluatedDesign evaluated(int[] ordinals) {
    return evaluator.evaluated(design(ordinals));
  }

  Explainer.Details details(int[] ordinals) {
    return detailed.of(ordinals);
  }

  /** Totals at the end of the band that the spec judges by, with those of the networks. */
  Totals judged(EvaluatedDesign evaluated) {
    return spec.band() == BandEnd.NOMINAL
        ? Evaluator.totalsByNetwork(evaluated)
        : Evaluator.totalsAt(evaluated, spec.band());
  }

  /** Values of the objectives. */
  List<Double> values(Totals totals) {
    return spec.objectives().stream().map(objective -> objective.value(totals)).toList();
  }

  /** Slack of every constraint, then the limits of physics that are missed. */
  List<LimitSlack> limits(int[] ordinals, Totals totals) {
    View view = spec.tree().view(ordinals);
    List<LimitSlack> limits = new ArrayList<>();
    for (Condition condition : spec.conditions()) {
      double excess = condition.excess(view, totals);
      double slack = -condition.reported(excess);
      double limit = Math.abs(condition.limit(view, totals));
      limits.add(
          new LimitSlack(
              condition.text(),
              finite(slack),
              limit > 0 ? finite(-excess / limit) : OptionalDouble.empty(),
              spec.unit(condition),
              excess <= 0));
    }
    for (Limit limit : Limit.values()) {
      double shortage = totals.shortage(limit);
      if (shortage > 0) {
        limits.add(
            new LimitSlack(
                limit.sentence(),
                OptionalDouble.of(-shortage),
                OptionalDouble.empty(),
                limit.unit(),
                false));
      }
    }
    return limits;
  }

  private static OptionalDouble finite(double value) {
    return Math.abs(value) < Double.MAX_VALUE ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** Recorded metrics and those of objectives and constraints, by key. */
  Map<String, Double> recorded(Totals totals) {
    Set<Metric> wanted = new TreeSet<>(spec.recorded());
    spec.objectives().stream().map(Objective::metric).forEach(wanted::add);
    spec.conditions().stream()
        .flatMap(condition -> condition.terms().stream())
        .map(Condition.Term::metric)
        .forEach(wanted::add);
    Map<String, Double> values = new LinkedHashMap<>();
    for (Metric metric : wanted) {
      double value = totals.value(metric);
      if (Double.isFinite(value)) {
        values.put(metric.key(), value);
      }
    }
    return values;
  }
}
