package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.ReportJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.dashboards.view.FrontMember;
import dev.kirchhoff.dashboards.view.RunView;
import dev.kirchhoff.dashboards.view.Runs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * One design of a run as JSON: its knobs by name, its logged figures, and its account, from the log
 * if an event carried it and from the installed models otherwise, which takes them milliseconds.
 * The last {@value #CACHED} accounts of the models are kept, about 20 MB. Where there is no
 * account, the answer says why.
 */
final class DesignJson {
  private static final ObjectMapper MAPPER = ReportJson.mapper();

  /**
   * Relative difference up to which a figure of the model equals the log's: rounding of sums in
   * another order.
   */
  private static final double SAME = 1e-9;

  /** Accounts of the models that are kept (chosen: what a person goes back to). */
  private static final int CACHED = 64;

  private final Runs runs;
  private final Optional<Explainer> explainer;
  private final Map<Asked, Explainer.Details> cache =
      new LinkedHashMap<>(CACHED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Explainer.Details> eldest) {
          return size() > CACHED;
        }
      };

  /** A design of a run, whose spec and knobs never change. */
  private record Asked(String runId, long index) {}

  DesignJson(Runs runs, Optional<Explainer> explainer) {
    this.runs = runs;
    this.explainer = explainer;
  }

  /** Logged events of a design, copied under the lock. */
  private record LoggedDesign(
      Optional<RunEvent.Run> header,
      int[] knobs,
      double[] values,
      double[] violations,
      Map<String, Float> figures,
      Optional<RunEvent.DesignDetails> details,
      Optional<RunEvent.Accuracy> accuracy,
      Optional<FrontMember> member) {}

  /** A design, or empty if the run or the design is not known. */
  Optional<JsonNode> design(String runId, long index) {
    return runs.read(runId, entry -> logged(entry.view(), index))
        .flatMap(logged -> logged)
        .map(logged -> json(new Asked(runId, index), logged));
  }

  private static Optional<LoggedDesign> logged(RunView view, long index) {
    if (!view.has(index)) {
      return Optional.empty();
    }
    Optional<FrontMember> member =
        view.front().stream().filter(known -> known.index() == index).findFirst();
    return Optional.of(
        new LoggedDesign(
            view.header(),
            view.knobs(index),
            view.values(index),
            view.violations(index),
            view.figures(index),
            view.details(index),
            view.accuracy(index),
            member));
  }

  /**
   * A design as the page reads it.
   *
   * @param values values of the objectives; null where there is none
   * @param violations amounts by which constraints are missed
   * @param figures recorded figures by key; those that it does not have are left out
   * @param details totals, trees and layers; null where neither log nor model has them
   * @param design identifier of the design; absent of those that no event names
   * @param accuracy accuracy on simulated chips; absent unless simulated
   * @param specMissing reason why the spec of the design is not shown
   * @param detailsMissing reason why there are no details
   */
  record DesignRow(
      long index,
      boolean onFront,
      List<KnobRow> knobs,
      List<OptionalDouble> values,
      double[] violations,
      Map<String, Float> figures,
      @JsonInclude(JsonInclude.Include.ALWAYS) Optional<DetailsRow> details,
      List<String> warnings,
      Optional<String> design,
      Optional<RunEvent.Accuracy> accuracy,
      Optional<String> specMissing,
      Optional<String> detailsMissing) {}

  /** A knob with its value; null where the design has no such knob. */
  record KnobRow(String path, int ordinal, JsonNode value) {}

  /**
   * Details of a design.
   *
   * @param from {@code log} or {@code model}
   * @param units units by key, of the totals whose unit the measure of a kernel gives
   * @param fidelity fidelity as logged; absent of details by the model
   * @param spec spec of the design; absent without a model
   */
  record DetailsRow(
      String from,
      Object totals,
      Object bands,
      Map<String, String> units,
      Map<String, ?> trees,
      Object layers,
      Optional<JsonNode> fidelity,
      Optional<String> spec) {}

  /** Details of the installed model, or its refusal. */
  private record Explanation(Optional<Explainer.Details> details, String refusal) {}

  private JsonNode json(Asked asked, LoggedDesign logged) {
    return MAPPER.valueToTree(
        logged
            .header
            .map(header -> row(asked, header, logged))
            .orElseGet(() -> withoutHeader(asked.index, logged)));
  }

  private static DesignRow withoutHeader(long index, LoggedDesign logged) {
    return new DesignRow(
        index,
        logged.member.isPresent(),
        List.of(),
        values(logged),
        logged.violations,
        logged.figures,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("The run's header was not read yet."));
  }

  private DesignRow row(Asked asked, RunEvent.Run header, LoggedDesign logged) {
    Explanation explained = explanation(asked, header, logged);
    List<String> warnings = new ArrayList<>();
    explained.details.ifPresent(found -> warnings.addAll(found.warnings()));
    explained.details.ifPresent(found -> warnings.addAll(differences(header, logged, found)));
    Optional<DetailsRow> details =
        logged
            .details
            .map(known -> fromLog(known, explained.details))
            .or(() -> explained.details.map(DesignJson::fromModel));
    Optional<String> refusal =
        explained.details.isPresent() ? Optional.empty() : Optional.of(explained.refusal);
    return new DesignRow(
        asked.index,
        logged.member.isPresent(),
        knobs(header, logged.knobs),
        values(logged),
        logged.violations,
        logged.figures,
        details,
        warnings,
        logged
            .details
            .map(RunEvent.DesignDetails::design)
            .or(() -> logged.member.map(FrontMember::design)),
        logged.accuracy.filter(RunEvent.Accuracy::isCounted),
        details.isPresent() ? refusal : Optional.empty(),
        details.isPresent() ? Optional.empty() : refusal);
  }

  private static List<OptionalDouble> values(LoggedDesign logged) {
    return RunJson.finite(DoubleStream.of(logged.values).boxed().toList());
  }

  private static List<KnobRow> knobs(RunEvent.Run header, int[] ordinals) {
    List<RunEvent.KnobHeader> names = header.knobs() == null ? List.of() : header.knobs();
    List<KnobRow> knobs = new ArrayList<>();
    for (int k = 0; k < Math.min(names.size(), ordinals.length); k++) {
      RunEvent.KnobHeader knob = names.get(k);
      boolean exists =
          ordinals[k] >= 0 && knob.values() != null && ordinals[k] < knob.values().size();
      knobs.add(
          new KnobRow(
              knob.path(),
              ordinals[k],
              exists ? knob.values().get(ordinals[k]) : MAPPER.nullNode()));
    }
    return knobs;
  }

  private Explanation explanation(Asked asked, RunEvent.Run header, LoggedDesign logged) {
    if (explainer.isEmpty()) {
      return new Explanation(
          Optional.empty(),
          "No model is installed beside this page, so it shows what the log holds.");
    }
    try {
      return new Explanation(Optional.of(explained(asked, header, logged.knobs)), "");
    } catch (IllegalArgumentException e) {
      return new Explanation(
          Optional.empty(),
          e.getMessage() == null ? "The model refuses this design." : e.getMessage());
    } catch (RuntimeException e) {
      return new Explanation(Optional.empty(), "The model failed on this design: " + e);
    }
  }

  private Explainer.Details explained(Asked asked, RunEvent.Run header, int[] knobs) {
    synchronized (cache) {
      Explainer.Details known = cache.get(asked);
      if (known != null) {
        return known;
      }
    }
    Explainer.Details details = explainer.orElseThrow().explain(header, knobs);
    synchronized (cache) {
      cache.put(asked, details);
    }
    return details;
  }

  private static DetailsRow fromModel(Explainer.Details details) {
    return new DetailsRow(
        "model",
        new TreeMap<>(details.totals()),
        new TreeMap<>(details.bands()),
        details.units(),
        new TreeMap<>(details.trees()),
        details.layers(),
        Optional.empty(),
        Optional.of(details.spec()));
  }

  private static DetailsRow fromLog(
      RunEvent.DesignDetails details, Optional<Explainer.Details> model) {
    Map<String, JsonNode> trees = new LinkedHashMap<>();
    if (details.tree() != null) {
      details
          .tree()
          .properties()
          .forEach(tree -> trees.put(tree.getKey().replaceFirst("_.*", ""), tree.getValue()));
    }
    return new DetailsRow(
        "log",
        details.totals() == null ? Map.of() : details.totals(),
        details.bands() == null ? Map.of() : details.bands(),
        model.map(Explainer.Details::units).orElse(Map.of()),
        trees,
        details.layers() == null ? List.of() : details.layers(),
        Optional.ofNullable(details.fidelity()),
        model.map(Explainer.Details::spec));
  }

  /** Sentences about objectives that the model gives another value than the log. */
  private static List<String> differences(
      RunEvent.Run header, LoggedDesign logged, Explainer.Details details) {
    List<String> sentences = new ArrayList<>();
    List<RunEvent.Axis> axes = header.axes() == null ? List.of() : header.axes();
    for (int k = 0; k < Math.min(axes.size(), logged.values.length); k++) {
      Double ours = value(axes.get(k), details);
      double theirs = logged.values[k];
      if (ours != null && Double.isFinite(theirs)) {
        double scale = Math.max(Math.abs(ours), Math.abs(theirs));
        if (Math.abs(ours - theirs) > SAME * scale) {
          sentences.add(
              "The log says "
                  + theirs
                  + " for "
                  + axes.get(k).name()
                  + ", the model of this installation says "
                  + ours
                  + ".");
        }
      }
    }
    return sentences;
  }

  /** A total at the end of its band that the axis is of; null if the design has none. */
  private static Double value(RunEvent.Axis axis, Explainer.Details details) {
    Double total = details.totals().get(axis.key());
    Band band = details.bands().get(axis.key());
    if (total == null || band == null) {
      return total;
    }
    return Metric.ofKey(axis.key()).map(metric -> band.at(axis.end(), metric)).orElse(total);
  }
}
