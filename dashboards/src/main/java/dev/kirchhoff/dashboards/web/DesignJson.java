package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.dashboards.view.RunView;
import dev.kirchhoff.dashboards.view.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One design of a run as JSON: its knobs by name, what was logged of it, and its details, from the
 * log if the log has one and from the installed model otherwise. Where there are no details, the
 * answer says why.
 */
final class DesignJson {
  private static final ObjectMapper MAPPER = EventJson.mapper();

  /**
   * Relative difference up to which a figure of the model equals the log's: rounding of sums in
   * another order.
   */
  private static final double SAME = 1e-9;

  private final Runs runs;
  private final Optional<Explainer> explainer;

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
      Optional<RunEvent.DesignDetails> details,
      boolean onFront) {}

  /** A design, or empty if the run or the design is not known. */
  Optional<ObjectNode> design(String runId, long index) {
    return runs.read(runId, entry -> logged(entry.view(), index))
        .flatMap(logged -> logged)
        .map(logged -> json(index, logged));
  }

  private static Optional<LoggedDesign> logged(RunView view, long index) {
    if (!view.has(index)) {
      return Optional.empty();
    }
    boolean onFront = view.front().stream().anyMatch(member -> member.index() == index);
    return Optional.of(
        new LoggedDesign(
            view.header(),
            view.knobs(index),
            view.values(index),
            view.violations(index),
            view.details(index),
            onFront));
  }

  private ObjectNode json(long index, LoggedDesign logged) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("index", index);
    node.put("onFront", logged.onFront);
    ArrayNode knobs = node.putArray("knobs");
    ArrayNode values = node.putArray("values");
    for (double value : logged.values) {
      if (Double.isFinite(value)) {
        values.add(value);
      } else {
        values.addNull();
      }
    }
    node.set("violations", MAPPER.valueToTree(logged.violations));
    node.putNull("details");
    ArrayNode warnings = node.putArray("warnings");
    if (logged.header.isEmpty()) {
      node.put("detailsMissing", "The run's header was not read yet.");
      return node;
    }
    RunEvent.Run header = logged.header.get();
    knobs(knobs, header, logged.knobs);
    logged.details.ifPresent(details -> node.put("design", details.design()));
    logged
        .details
        .map(RunEvent.DesignDetails::accuracy)
        .filter(known -> known.accuracy() != null && known.loss() != null)
        .ifPresent(known -> node.set("accuracy", MAPPER.valueToTree(known)));
    details(node, warnings, header, logged);
    return node;
  }

  private static void knobs(ArrayNode knobs, RunEvent.Run header, int[] ordinals) {
    List<RunEvent.KnobHeader> names = header.knobs() == null ? List.of() : header.knobs();
    for (int k = 0; k < Math.min(names.size(), ordinals.length); k++) {
      RunEvent.KnobHeader knob = names.get(k);
      ObjectNode one = knobs.addObject();
      one.put("path", knob.path());
      one.put("ordinal", ordinals[k]);
      boolean there =
          ordinals[k] >= 0 && knob.values() != null && ordinals[k] < knob.values().size();
      one.set("value", there ? knob.values().get(ordinals[k]) : MAPPER.nullNode());
    }
  }

  private void details(
      ObjectNode node, ArrayNode warnings, RunEvent.Run header, LoggedDesign logged) {
    Optional<Explainer.Details> explained = Optional.empty();
    String refusal = "";
    if (explainer.isEmpty()) {
      refusal = "No model is installed beside this page, so it shows what the log holds.";
    } else {
      try {
        explained = Optional.of(explainer.get().explain(header, logged.knobs));
      } catch (IllegalArgumentException e) {
        refusal = e.getMessage() == null ? "The model refuses this design." : e.getMessage();
      } catch (RuntimeException e) {
        refusal = "The model failed on this design: " + e;
      }
    }
    if (logged.details.isPresent()) {
      node.set("details", fromLog(logged.details.get()));
      explained.ifPresent(more -> ((ObjectNode) node.get("details")).put("spec", more.spec()));
      explained.ifPresent(more -> more.warnings().forEach(warnings::add));
      if (explained.isEmpty()) {
        node.put("specMissing", refusal);
      }
    } else if (explained.isPresent()) {
      node.set("details", fromModel(explained.get()));
      explained.get().warnings().forEach(warnings::add);
    } else {
      node.put("detailsMissing", refusal);
    }
    explained.ifPresent(found -> differences(header, logged, found).forEach(warnings::add));
  }

  private static ObjectNode fromModel(Explainer.Details details) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("from", "model");
    node.set("totals", MAPPER.valueToTree(new TreeMap<>(details.totals())));
    node.set("bands", MAPPER.valueToTree(new TreeMap<>(details.bands())));
    node.set("trees", MAPPER.valueToTree(new TreeMap<>(details.trees())));
    node.set("layers", MAPPER.valueToTree(details.layers()));
    node.put("spec", details.spec());
    return node;
  }

  private static ObjectNode fromLog(RunEvent.DesignDetails details) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("from", "log");
    node.set("totals", details.totals() == null ? MAPPER.createObjectNode() : details.totals());
    node.set("bands", details.bands() == null ? MAPPER.createObjectNode() : details.bands());
    ObjectNode trees = node.putObject("trees");
    JsonNode logged = details.tree() == null ? MAPPER.createObjectNode() : details.tree();
    logged
        .properties()
        .forEach(tree -> trees.set(tree.getKey().replaceFirst("_.*", ""), tree.getValue()));
    node.set("layers", details.layers() == null ? MAPPER.createArrayNode() : details.layers());
    node.set("fidelity", details.fidelity());
    return node;
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
