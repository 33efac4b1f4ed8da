package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.event.DesignAnalysis;
import dev.kirchhoff.arch.event.DesignComparison;
import dev.kirchhoff.arch.event.FigureConstants;
import dev.kirchhoff.arch.event.RunComparison;
import dev.kirchhoff.arch.event.RunFront;
import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.arch.result.JointDraws;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.arch.workload.NetworkSummary;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.mapper.evaluate.ErrorShares;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import dev.kirchhoff.peripherals.sheet.UndefinedFigureException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Analysis of designs of runs by this program's own models. The models of the last {@value #RUNS}
 * runs are kept warm; requests wait for each other.
 */
public final class SpecAnalysis implements DesignAnalysis {
  /** Runs, and designs with settings, whose models are kept (chosen: 64 MB each at most). */
  private static final int RUNS = 4;

  private final Map<Object, ModelledRun> runs =
      new LinkedHashMap<>(RUNS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, ModelledRun> eldest) {
          return size() > RUNS;
        }
      };

  /** Made by the service loader. */
  public SpecAnalysis() {}

  /** Everything that the models of a run depend on. */
  private record RunKey(String run, String version, List<String> constraints) {}

  /** Everything that the models of a design with settings depend on. */
  private record ChangedKey(RunKey run, List<Integer> knobs, List<String> settings) {}

  private static RunKey key(LoggedDesign design) {
    List<String> texts = design.header().constraints();
    return new RunKey(
        design.run(), design.header().version(), texts == null ? List.of() : List.copyOf(texts));
  }

  private ModelledRun run(LoggedDesign design) {
    RunKey key = key(design);
    ModelledRun known = runs.get(key);
    if (known == null) {
      try {
        known = ModelledRun.of(design.header());
      } catch (DataProblemException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
      runs.put(key, known);
    }
    if (!known.space().isValid(design.ordinals())) {
      throw new IllegalArgumentException(
          "design " + design.index() + " is none of the space of run " + design.run());
    }
    return known;
  }

  @Override
  public synchronized Variant variant(LoggedDesign design, Change change) {
    ModelledRun run = run(design);
    KnobMoves moves = new KnobMoves(run.space());
    int[] ordinals = design.ordinals();
    for (KnobMove move : change.moves()) {
      ordinals = moves.moved(ordinals, move.knob(), move.ordinal());
    }
    try {
      if (change.settings().isEmpty()) {
        return variant(run, ordinals, ordinals);
      }
      ModelledRun changed = changed(key(design), run, ordinals, change.settings());
      return variant(changed, moves.carried(ordinals, changed.space()), ordinals);
    } catch (SpecException e) {
      return refused(ordinals, e.problems().stream().map(SpecProblem::toString).toList());
    } catch (UndefinedFigureException e) {
      return refused(ordinals, List.of(e.getMessage()));
    }
  }

  private ModelledRun changed(RunKey key, ModelledRun run, int[] ordinals, List<String> settings)
      throws SpecException {
    ChangedKey wanted = new ChangedKey(key, listed(ordinals), settings);
    ModelledRun known = runs.get(wanted);
    if (known == null) {
      known = run.with(ordinals, settings);
      runs.put(wanted, known);
    }
    return known;
  }

  private static Variant variant(ModelledRun run, int[] design, int[] ordinals) {
    EvaluatedDesign evaluated = run.evaluated(design);
    return new Variant(
        listed(ordinals),
        Optional.of(run.details(design)),
        run.limits(design, run.judged(evaluated)),
        List.of());
  }

  private static Variant refused(int[] ordinals, List<String> sentences) {
    return new Variant(listed(ordinals), Optional.empty(), List.of(), sentences);
  }

  private static List<Integer> listed(int[] ordinals) {
    return Arrays.stream(ordinals).boxed().toList();
  }

  @Override
  public synchronized List<Neighbour> neighbours(LoggedDesign design) {
    ModelledRun run = run(design);
    List<Neighbour> found = new ArrayList<>();
    new KnobMoves(run.space())
        .neighbours(design.ordinals())
        .forEach(
            (ordinals, move) -> {
              try {
                Totals totals = run.judged(run.evaluated(ordinals));
                found.add(
                    new Neighbour(
                        move[0],
                        move[1],
                        listed(ordinals),
                        run.values(totals),
                        run.recorded(totals),
                        run.limits(ordinals, totals).stream().filter(l -> !l.isMet()).toList()));
              } catch (UndefinedFigureException e) {
                // Its circuit has no figure there, so that it is no design to move to.
                return;
              }
            });
    return found;
  }

  @Override
  public synchronized List<ObjectiveErrors> errors(LoggedDesign design) {
    ModelledRun run = run(design);
    ErrorShares shares = ErrorShares.of(run.evaluated(design.ordinals()));
    return run.spec().objectives().stream().map(objective -> errors(objective, shares)).toList();
  }

  /**
   * Effects of the sources on one objective. For small errors d ln C = Σ_k s_k d ln f_k, so that
   * source k has s_k² Var(ln f_k) of the variance; at an end of its band the cost is C₀ (1 + s_k
   * (f_k − 1)) (eq. 45). Neglected: higher orders, and the correlation of models of one family.
   */
  private static ObjectiveErrors errors(Objective objective, ErrorShares design) {
    Map<ErrorSource, Double> shares = new LinkedHashMap<>();
    List<Double> of = design.shares(objective.metric());
    for (int k = 0; k < of.size(); k++) {
      shares.merge(design.sources().get(k), of.get(k), Double::sum);
    }
    double sum = 0;
    for (Map.Entry<ErrorSource, Double> each : shares.entrySet()) {
      sum += variance(each.getKey(), each.getValue());
    }
    boolean isInverse = objective.metric().higherIsBetter();
    List<SourceEffect> effects = new ArrayList<>();
    for (Map.Entry<ErrorSource, Double> each : shares.entrySet()) {
      double variance = variance(each.getKey(), each.getValue());
      if (variance > 0) {
        effects.add(effect(each.getKey(), each.getValue(), variance / sum, isInverse));
      }
    }
    effects.sort(Comparator.comparingDouble(SourceEffect::share).reversed());
    return new ObjectiveErrors(objective.name(), objective.key(), effects);
  }

  private static double variance(ErrorSource source, double share) {
    return share * share * JointDraws.logVariance(source);
  }

  private static SourceEffect effect(
      ErrorSource source, double share, double ofVariance, boolean isInverse) {
    double low = 1 + share * (source.spread().low() - 1);
    double high = 1 + share * (source.spread().high() - 1);
    return new SourceEffect(
        source.model(),
        source.family(),
        source.quantity().word(),
        ofVariance,
        isInverse ? 1 / low : low,
        isInverse ? 1 / high : high,
        source.spread().reason());
  }

  @Override
  public synchronized List<FigureConstants> constants(LoggedDesign design) {
    return ConstantsReport.figures(run(design).design(design.ordinals()));
  }

  private static RunDesigns.RunDesign found(LoggedDesign design) {
    try {
      return new RunDesigns.RunDesign(
          RunDesigns.spec(design.header()),
          design.ordinals(),
          new RunId(design.run()),
          design.index(),
          design.header().seed(),
          Optional.empty());
    } catch (DataProblemException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public DesignComparison compare(LoggedDesign a, LoggedDesign b) {
    return PairReport.compare(found(a), found(b));
  }

  @Override
  public synchronized List<KnobEffect> effects(LoggedDesign a, LoggedDesign b) {
    ModelledRun run = run(a);
    if (!sameKnobs(run.spec(), run(b).spec())) {
      return List.of();
    }
    KnobMoves moves = new KnobMoves(run.space());
    int[] ours = a.ordinals();
    int[] theirs = b.ordinals();
    List<KnobEffect> effects = new ArrayList<>();
    for (List<Integer> group : moves.differing(ours, theirs)) {
      int[] fromA = moves.with(ours, theirs, group);
      int[] fromB = moves.with(theirs, ours, group);
      List<OptionalDouble> by = new ArrayList<>();
      for (int m = 0; m < run.spec().objectives().size(); m++) {
        Objective objective = run.spec().objectives().get(m);
        double effect =
            (value(run, objective, ours)
                    - value(run, objective, fromA)
                    + value(run, objective, fromB)
                    - value(run, objective, theirs))
                / 2;
        by.add(Double.isFinite(effect) ? OptionalDouble.of(effect) : OptionalDouble.empty());
      }
      effects.add(
          new KnobEffect(
              Knob.pathOfAllLayers(run.space().knobs().get(root(run, group, ours, theirs)).path()),
              values(run.space().knobs(), group, ours),
              values(run.space().knobs(), group, theirs),
              by));
    }
    return effects;
  }

  /** The knob of a group that both designs have. */
  private static int root(ModelledRun run, List<Integer> group, int[] a, int[] b) {
    return group.stream()
        .filter(k -> a[k] != Knob.ABSENT && b[k] != Knob.ABSENT)
        .findFirst()
        .orElse(group.get(0));
  }

  private static boolean sameKnobs(DesignSpec a, DesignSpec b) {
    return a.objectives().equals(b.objectives())
        && a.knobs().stream()
            .map(knob -> knob.path() + knob.values())
            .toList()
            .equals(b.knobs().stream().map(knob -> knob.path() + knob.values()).toList());
  }

  private static List<JsonNode> values(List<Knob> knobs, List<Integer> group, int[] design) {
    return group.stream()
        .filter(k -> design[k] != Knob.ABSENT)
        .map(k -> SpecText.scalar(knobs.get(k).values().get(design[k])))
        .toList();
  }

  /** An objective on a scale on which effects add up: ln of it on a logarithmic axis. */
  private static double value(ModelledRun run, Objective objective, int[] ordinals) {
    double value = objective.value(run.judged(run.evaluated(ordinals)));
    return objective.axis().isLogarithmic() ? StrictMath.log(value) : value;
  }

  @Override
  public RunComparison compare(RunFront a, RunFront b) {
    try {
      return RunPair.of(a, b);
    } catch (DataProblemException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public Alternatives alternatives() {
    DeviceCatalogue devices = new DeviceCatalogue();
    NetworkCatalogue networks = new NetworkCatalogue();
    List<Alternative> named = new ArrayList<>();
    for (String name : networks.names()) {
      named.add(
          new Alternative(name, networks.summary(name).map(NetworkSummary::title).orElse(name)));
    }
    TrainedNetworks.names()
        .forEach(name -> named.add(new Alternative(name, TrainedNetworks.about(name).title())));
    return new Alternatives(
        devices.names().stream()
            .map(name -> new Alternative(name, title(devices.device(name).orElseThrow())))
            .toList(),
        named);
  }

  private static String title(Device device) {
    return device.family().word() + ", " + device.material().maturity().word();
  }
}
