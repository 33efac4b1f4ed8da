package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.EstimateError;
import dev.kirchhoff.arch.result.MetricAxis;
import dev.kirchhoff.dashboards.view.Member;
import dev.kirchhoff.dashboards.view.Note;
import dev.kirchhoff.dashboards.view.Points;
import dev.kirchhoff.dashboards.view.RoundPoint;
import dev.kirchhoff.dashboards.view.RunState;
import dev.kirchhoff.dashboards.view.RunView;
import dev.kirchhoff.dashboards.view.Runs;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** JSON of runs as the page reads it. Values that do not exist are null. */
final class RunJson {
  private static final ObjectMapper MAPPER = EventJson.mapper();
  private static final int CURVE_POINTS = 400;

  private RunJson() {}

  /** State and counts of a run: a row of the list of runs. */
  static ObjectNode summary(Runs runs, Runs.Entry entry) {
    RunView view = entry.view();
    ObjectNode node = MAPPER.createObjectNode();
    RunState state = runs.state(entry);
    node.put("id", view.runId());
    node.put("state", state.word());
    node.put("reason", state.reason());
    node.put("silent_s", state.silent_s());
    node.put("evaluated", view.evaluated());
    node.put("known", view.known());
    node.put("complete", view.isComplete());
    node.put("feasible", view.feasible());
    node.put("hasLog", entry.hasLog());
    node.put("fromKafka", entry.fromKafka());
    node.put("firstTime", view.firstTime());
    node.put("lastTime", view.lastTime());
    number(node, "rate_perS", rate(view));
    view.lastRound().ifPresent(round -> number(node, "hypervolume", round.hypervolume()));
    view.header().ifPresent(header -> describe(node, header));
    node.put("objectiveCount", objectives(view));
    List<Member> front = view.front();
    node.put("front", front.size());
    ArrayNode best = node.putArray("best");
    view.header().ifPresent(header -> best(best, header, front));
    return node;
  }

  private static void describe(ObjectNode node, RunEvent.Run header) {
    node.put("name", header.name());
    node.put("seed", header.seed());
    node.put("budget", header.budget());
    node.put("version", header.version());
    node.put("engine", header.engine());
    node.put("islands", header.islands());
  }

  private static int objectives(RunView view) {
    return view.header().map(header -> size(header.objectives())).orElse(0);
  }

  private static int size(List<?> list) {
    return list == null ? 0 : list.size();
  }

  private static void best(ArrayNode best, RunEvent.Run header, List<Member> front) {
    for (int k = 0; k < size(header.axes()); k++) {
      RunEvent.Axis axis = header.axes().get(k);
      double found = Double.NaN;
      for (Member member : front) {
        double value = k < member.values().size() ? member.values().get(k) : Double.NaN;
        if (Double.isNaN(found) || (axis.maximise() ? value > found : value < found)) {
          found = value;
        }
      }
      ObjectNode one = best.addObject();
      one.put("name", axis.name());
      one.put("unit", axis.unit());
      one.put("maximise", axis.maximise());
      number(one, "value", found);
    }
  }

  /**
   * Designs a second: of the newest beat while it searches, or over the whole search as its times
   * tell.
   */
  private static double rate(RunView view) {
    boolean isRunning = view.header().map(header -> "running".equals(header.state())).orElse(true);
    if (isRunning && view.progress().map(beat -> beat.rate_perS() > 0).orElse(false)) {
      return view.progress().get().rate_perS();
    }
    try {
      double seconds =
          Duration.between(Instant.parse(view.firstTime()), Instant.parse(view.searchedTime()))
                  .toMillis()
              / 1000.0;
      return seconds > 0 ? view.evaluated() / seconds : Double.NaN;
    } catch (DateTimeParseException e) {
      return Double.NaN;
    }
  }

  /** Everything of a run but its points, front and single designs. */
  static ObjectNode detail(Runs runs, Runs.Entry entry) {
    RunView view = entry.view();
    ObjectNode node = summary(runs, entry);
    ArrayNode missed = node.putArray("missed");
    for (long count : view.missed()) {
      missed.add(count);
    }
    node.set("curve", curve(view.rounds()));
    view.estimateError().ifPresent(error -> estimateError(node.putObject("estimateError"), error));
    ArrayNode notes = node.putArray("notes");
    for (Note note : view.notes()) {
      ObjectNode one = notes.addObject();
      one.put("seq", note.seq());
      one.put("time", note.time());
      one.put("kind", note.kind());
      one.put("index", note.index());
      one.put("text", note.text());
      one.set("values", numbers(note.values()));
    }
    return node;
  }

  /** The header: what does not change while a run goes on. */
  static ObjectNode header(RunView view) {
    ObjectNode node = MAPPER.createObjectNode();
    view.header()
        .ifPresent(
            header -> {
              node.set("objectives", MAPPER.valueToTree(header.objectives()));
              node.set("axes", axes(header, view.scales()));
              node.set("constraints", MAPPER.valueToTree(header.constraints()));
              node.set("knobs", MAPPER.valueToTree(header.knobs()));
              node.set("files", MAPPER.valueToTree(header.files()));
              node.put("name", header.name());
              node.set("iso", iso(header));
            });
    return node;
  }

  /** Objectives with the scale of their metrics' axes; null for a run that logged none. */
  private static JsonNode axes(RunEvent.Run header, List<MetricAxis.Scale> scales) {
    if (header.axes() == null) {
      return MAPPER.nullNode();
    }
    ArrayNode axes = MAPPER.createArrayNode();
    for (int k = 0; k < scales.size(); k++) {
      ObjectNode axis = MAPPER.valueToTree(header.axes().get(k));
      axes.add(axis.put("scale", scales.get(k).word()));
    }
    return axes;
  }

  /**
   * Settings that comparable designs must share, as the spec states them: choices are open in it.
   */
  private static ObjectNode iso(RunEvent.Run header) {
    ObjectNode node = MAPPER.createObjectNode();
    JsonNode spec = header.spec() == null ? MAPPER.createObjectNode() : header.spec();
    node.set("workload", spec.path("workload"));
    node.set("precision", spec.path("precision"));
    node.set("technology", spec.path("chip").path("technology"));
    return node;
  }

  /** Members of the front with their knobs; the knee is marked. */
  static ArrayNode front(RunView view) {
    ArrayNode members = MAPPER.createArrayNode();
    List<Member> front = view.front();
    OptionalInt knee = view.knee();
    for (int place = 0; place < front.size(); place++) {
      Member member = front.get(place);
      ObjectNode one = members.addObject();
      one.put("index", member.index());
      one.put("design", member.design());
      one.set("values", numbers(member.values()));
      if (knee.isPresent() && knee.getAsInt() == place) {
        one.put("knee", true);
      }
      if (view.has(member.index())) {
        one.set("knobs", MAPPER.valueToTree(view.knobs(member.index())));
      }
      view.onFront(member.index()).ifPresent(share -> one.put("onFront", share));
      view.accuracy(member.index())
          .filter(known -> known.accuracy() != null && known.loss() != null)
          .ifPresent(known -> one.set("accuracy", MAPPER.valueToTree(known)));
    }
    return members;
  }

  private static void estimateError(ObjectNode node, EstimateError error) {
    node.put("designs", error.pairs());
    node.put("different", error.different());
    number(node, "bias", error.bias());
    number(node, "absolute", error.absolute());
    number(node, "rankCorrelation", error.rankCorrelation());
  }

  private static ObjectNode curve(List<RoundPoint> rounds) {
    ObjectNode node = MAPPER.createObjectNode();
    ArrayNode evaluated = node.putArray("evaluated");
    ArrayNode hypervolume = node.putArray("hypervolume");
    List<RoundPoint> sorted = new ArrayList<>(rounds);
    sorted.sort((a, b) -> Long.compare(a.evaluated(), b.evaluated()));
    int step = Math.max(1, (sorted.size() + CURVE_POINTS - 1) / CURVE_POINTS);
    for (int i = 0; i < sorted.size(); i++) {
      if (i % step == 0 || i == sorted.size() - 1) {
        evaluated.add(sorted.get(i).evaluated());
        hypervolume.add(sorted.get(i).hypervolume());
      }
    }
    return node;
  }

  /** Points as columns. */
  static String points(Runs.PositionedPoints positioned) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = MAPPER.getFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("position", positioned.position());
      columns(json, positioned.points());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Points as a node, for a frame of the stream. */
  static JsonNode columns(Points points) {
    try {
      return MAPPER.readTree(points(new Runs.PositionedPoints(0, points)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void columns(JsonGenerator json, Points points) throws IOException {
    json.writeNumberField("total", points.total());
    json.writeBooleanField("thinned", points.density().isPresent());
    json.writeStringField("note", note(points));
    json.writeFieldName("index");
    json.writeArray(points.index(), 0, points.index().length);
    json.writeArrayFieldStart("values");
    for (double[] column : points.values()) {
      doubles(json, column);
    }
    json.writeEndArray();
    json.writeFieldName("missed");
    json.writeArray(points.missed(), 0, points.missed().length);
    if (points.density().isPresent()) {
      Points.Density density = points.density().get();
      json.writeObjectFieldStart("density");
      json.writeNumberField("bins", density.bins());
      json.writeFieldName("from");
      doubles(json, density.from());
      json.writeFieldName("to");
      doubles(json, density.to());
      json.writeFieldName("logarithmic");
      json.writeStartArray();
      for (boolean logarithmic : density.logarithmic()) {
        json.writeBoolean(logarithmic);
      }
      json.writeEndArray();
      json.writeFieldName("counts");
      json.writeArray(density.counts(), 0, density.counts().length);
      json.writeEndObject();
    }
  }

  private static String note(Points points) {
    return points.density().isPresent()
        ? String.format(
            Locale.ROOT,
            "%,d designs: shown are their density and a sample of %,d; the front is exact",
            points.total(),
            points.index().length)
        : "";
  }

  private static void doubles(JsonGenerator json, double[] values) throws IOException {
    json.writeStartArray();
    for (double value : values) {
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
  }

  /** JSON of the reader's connection. */
  static ObjectNode connection(Runs.Connection connection) {
    ObjectNode node = MAPPER.createObjectNode();
    ObjectNode kafka = node.putObject("kafka");
    kafka.put("phase", connection.kafka().phase().name().toLowerCase(Locale.ROOT));
    kafka.put("bootstrap", connection.kafka().bootstrap());
    kafka.put("detail", connection.kafka().detail());
    node.put("brokenCount", connection.brokenCount());
    node.set("broken", MAPPER.valueToTree(connection.broken()));
    return node;
  }

  static ArrayNode numbers(List<Double> values) {
    ArrayNode array = MAPPER.createArrayNode();
    for (Double value : values) {
      if (value == null || !Double.isFinite(value)) {
        array.addNull();
      } else {
        array.add(value);
      }
    }
    return array;
  }

  private static void number(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }
}
