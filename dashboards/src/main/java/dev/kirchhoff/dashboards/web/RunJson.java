package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kirchhoff.arch.event.EventOrder;
import dev.kirchhoff.arch.event.ReportJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.EstimateError;
import dev.kirchhoff.arch.result.MetricAxis;
import dev.kirchhoff.dashboards.view.Answer;
import dev.kirchhoff.dashboards.view.ExcludedDesign;
import dev.kirchhoff.dashboards.view.FrontMember;
import dev.kirchhoff.dashboards.view.Note;
import dev.kirchhoff.dashboards.view.RoundPoint;
import dev.kirchhoff.dashboards.view.RunState;
import dev.kirchhoff.dashboards.view.RunView;
import dev.kirchhoff.dashboards.view.Runs;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** JSON of runs as the page reads it. Values that do not exist are null. */
final class RunJson {
  private static final ObjectMapper MAPPER = ReportJson.mapper();
  private static final int CURVE_POINTS = 400;
  private static final int MILLION = 1_000_000;

  private RunJson() {}

  /** State and counts of a run: a row of the list of runs. */
  static JsonNode summary(Runs runs, Runs.Entry entry) {
    return MAPPER.valueToTree(Summary.of(runs, entry));
  }

  /** Everything of a run but its header, front and designs. */
  static JsonNode detail(Runs runs, Runs.Entry entry) {
    return MAPPER.valueToTree(Detail.of(runs, entry));
  }

  /** The header: what does not change while a run goes on. */
  static JsonNode header(RunView view) {
    return view.header()
        .<JsonNode>map(header -> MAPPER.valueToTree(Header.of(header, view)))
        .orElseGet(MAPPER::createObjectNode);
  }

  /** Members of the front with their knobs; the knee is marked. */
  static JsonNode front(RunView view) {
    List<FrontMember> front = view.front();
    OptionalInt knee = view.knee();
    return MAPPER.valueToTree(
        IntStream.range(0, front.size())
            .mapToObj(
                place ->
                    FrontRow.of(
                        view, front.get(place), knee.isPresent() && knee.getAsInt() == place))
            .toList());
  }

  /** Knees of the front at the ends of rounds, oldest first. */
  static JsonNode knees(RunView view) {
    return MAPPER.valueToTree(
        view.knees().stream()
            .map(
                knee ->
                    new KneeRow(
                        knee.round(), knee.evaluated(), knee.index(), finite(knee.values())))
            .toList());
  }

  /** A knee that the front had from the end of a round on. */
  record KneeRow(int round, long evaluated, long index, List<OptionalDouble> values) {}

  /** The reader's connection. */
  static JsonNode connection(Runs.Connection connection) {
    return MAPPER.valueToTree(
        new ConnectionRow(
            new KafkaRow(
                connection.kafka().status().name().toLowerCase(Locale.ROOT),
                connection.kafka().bootstrap(),
                connection.kafka().detail()),
            connection.brokenCount(),
            connection.broken()));
  }

  /**
   * State and counts of a run.
   *
   * @param silent_s time since its last message
   * @param known designs that were read
   * @param complete whether all designs were read
   * @param swept rows of a large sweep, of which the designs are a sample; absent of all other runs
   * @param thinned what is kept of the designs that were read; absent if all of them are
   * @param rate_perS designs per second; null where it is not known
   * @param hypervolume hypervolume of the front; absent before the first round ends
   * @param gap share by which a design of the space may be ahead of the front; absent where nothing
   *     is known
   * @param settings settings of its header; null before it is read
   * @param front members of the front
   * @param best best value of each objective
   */
  record Summary(
      String id,
      String state,
      String reason,
      long silent_s,
      long evaluated,
      long known,
      boolean complete,
      Optional<RunEvent.Swept> swept,
      Optional<Thinned> thinned,
      long feasible,
      boolean hasLog,
      boolean fromKafka,
      String firstTime,
      String lastTime,
      @JsonInclude(JsonInclude.Include.ALWAYS) OptionalDouble rate_perS,
      Optional<OptionalDouble> hypervolume,
      Optional<Double> gap,
      @JsonUnwrapped Settings settings,
      int objectiveCount,
      int front,
      List<Best> best) {

    static Summary of(Runs runs, Runs.Entry entry) {
      RunView view = entry.view();
      RunState state = runs.state(entry);
      List<FrontMember> front = view.front();
      return new Summary(
          view.runId(),
          state.word(),
          state.reason(),
          state.silent_s(),
          view.evaluated(),
          view.known(),
          view.isComplete(),
          view.lastRound().flatMap(RoundPoint::swept),
          RunJson.thinned(view),
          view.feasible(),
          entry.hasLog(),
          entry.fromKafka(),
          view.firstTime(),
          view.lastTime(),
          rate(view),
          view.lastRound().map(round -> finite(round.hypervolume())),
          view.header().map(RunEvent.Run::proved).map(RunEvent.Proved::gap),
          view.header().map(Settings::of).orElse(null),
          view.header().map(header -> size(header.objectives())).orElse(0),
          front.size(),
          view.header().map(header -> Best.of(header, front)).orElse(List.of()));
    }
  }

  /**
   * Part of a run that memory has room for.
   *
   * @param kept designs that are kept
   * @param note a sentence for people
   */
  record Thinned(long kept, String note) {}

  /** The part of a run that is kept; empty if all of it is. */
  static Optional<Thinned> thinned(RunView view) {
    return view.stride() == 1
        ? Optional.empty()
        : Optional.of(new Thinned(view.kept(), kept(view.kept(), view.known())));
  }

  private static String kept(long kept, long known) {
    String counts =
        known >= MILLION
            ? String.format(
                Locale.ROOT,
                "%.1f of %.1f million",
                (double) kept / MILLION,
                (double) known / MILLION)
            : String.format(Locale.ROOT, "%,d of %,d", kept, known);
    return counts + " designs kept, a fixed sample; the front is exact";
  }

  /** Settings of a run's header. */
  record Settings(String name, long seed, long budget, String version, String engine, int islands) {
    static Settings of(RunEvent.Run header) {
      return new Settings(
          header.name(),
          header.seed(),
          header.budget(),
          header.version(),
          header.engine(),
          header.islands());
    }
  }

  /** Best value of an objective on the front; null on an empty one. */
  record Best(
      String name,
      String unit,
      boolean maximise,
      @JsonInclude(JsonInclude.Include.ALWAYS) OptionalDouble value) {
    static List<Best> of(RunEvent.Run header, List<FrontMember> front) {
      return IntStream.range(0, size(header.axes()))
          .mapToObj(
              k -> {
                RunEvent.Axis axis = header.axes().get(k);
                OptionalDouble value = best(k, axis.maximise(), front);
                return new Best(axis.name(), axis.unit(), axis.maximise(), value);
              })
          .toList();
    }

    private static OptionalDouble best(int k, boolean maximise, List<FrontMember> front) {
      DoubleStream values =
          front.stream()
              .filter(member -> k < member.values().size())
              .mapToDouble(member -> member.values().get(k))
              .filter(Double::isFinite);
      return maximise ? values.max() : values.min();
    }
  }

  /**
   * A run in detail.
   *
   * @param missed designs that miss each constraint
   * @param curve hypervolume over designs
   * @param estimateError error of the estimates of the front; absent unless members were simulated
   * @param contests kinds that win the best of each objective or tie for it, once the run has ended
   * @param excluded designs that commands excluded, by rising index
   * @param notes changes of the front and of the run
   * @param commands commands that were answered, oldest first
   */
  record Detail(
      @JsonUnwrapped Summary summary,
      List<Long> missed,
      Curve curve,
      Optional<EstimateError> estimateError,
      List<RunEvent.Contest> contests,
      List<ExcludedRow> excluded,
      List<NoteRow> notes,
      List<AnswerRow> commands) {
    static Detail of(Runs runs, Runs.Entry entry) {
      RunView view = entry.view();
      return new Detail(
          Summary.of(runs, entry),
          LongStream.of(view.missed()).boxed().toList(),
          Curve.of(view.rounds()),
          view.estimateError(),
          view.contests(),
          view.excluded().stream().map(design -> ExcludedRow.of(view, design)).toList(),
          view.notes().stream().map(NoteRow::of).toList(),
          view.answers().stream().map(AnswerRow::of).toList());
    }
  }

  /** A command with its answer, both in words too. */
  record AnswerRow(
      String id,
      String time,
      String command,
      boolean accepted,
      String reason,
      long atIndex,
      String result) {
    static AnswerRow of(Answer answer) {
      return new AnswerRow(
          answer.ack().command(),
          answer.time(),
          answer.command(),
          answer.ack().accepted(),
          answer.ack().reason(),
          answer.ack().atIndex(),
          answer.result());
    }
  }

  /** Hypervolume over evaluated designs, thinned. */
  record Curve(List<Long> evaluated, List<Double> hypervolume) {
    static Curve of(List<RoundPoint> rounds) {
      List<RoundPoint> sorted = new ArrayList<>(rounds);
      sorted.sort((a, b) -> Long.compare(a.evaluated(), b.evaluated()));
      int step = Math.max(1, (sorted.size() + CURVE_POINTS - 1) / CURVE_POINTS);
      List<RoundPoint> kept =
          IntStream.range(0, sorted.size())
              .filter(i -> i % step == 0 || i == sorted.size() - 1)
              .mapToObj(sorted::get)
              .toList();
      return new Curve(
          kept.stream().map(RoundPoint::evaluated).toList(),
          kept.stream().map(RoundPoint::hypervolume).toList());
    }
  }

  /**
   * A design that a command excluded.
   *
   * @param missed limit that its simulated chips miss; absent where that is not why
   * @param accuracy accuracy on simulated chips; absent unless simulated
   */
  record ExcludedRow(long index, Optional<String> missed, Optional<RunEvent.Accuracy> accuracy) {
    static ExcludedRow of(RunView view, ExcludedDesign design) {
      return new ExcludedRow(design.index(), design.missed(), simulated(view, design.index()));
    }
  }

  /** A note of the run's story. */
  record NoteRow(
      EventOrder order,
      String time,
      String kind,
      Optional<Long> index,
      String text,
      List<OptionalDouble> values) {
    static NoteRow of(Note note) {
      return new NoteRow(
          note.order(), note.time(), note.kind(), note.index(), note.text(), finite(note.values()));
    }
  }

  /**
   * Header of a run.
   *
   * @param axes objectives with the scale of their metrics' axes; null for a run that logged none
   * @param recorded figures that are kept of every design; absent of a run that keeps none
   * @param iso settings that comparable designs must share
   * @param spec the spec with its choices open, which prices and limits of the page are written
   *     into
   * @param work a pass of its workload: {@code task} where all of it are kernels, else {@code
   *     inference}
   */
  record Header(
      List<String> objectives,
      List<AxisRow> axes,
      List<String> constraints,
      List<RunEvent.KnobHeader> knobs,
      List<RunEvent.FileDigest> files,
      String name,
      Optional<RunEvent.Recorded> recorded,
      Iso iso,
      @JsonInclude(JsonInclude.Include.NON_NULL) JsonNode spec,
      String work) {
    static Header of(RunEvent.Run header, RunView view) {
      List<MetricAxis.Scale> scales = view.scales();
      return new Header(
          header.objectives(),
          header.axes() == null
              ? null
              : IntStream.range(0, scales.size())
                  .mapToObj(k -> new AxisRow(header.axes().get(k), scales.get(k).word()))
                  .toList(),
          header.constraints(),
          header.knobs(),
          header.files(),
          header.name(),
          Optional.ofNullable(header.recorded()),
          Iso.of(header),
          header.spec(),
          work(header));
    }

    private static String work(RunEvent.Run header) {
      JsonNode workload = MAPPER.missingNode();
      if (header.spec() != null) {
        workload = header.spec().path("workload");
      }
      boolean isKernels = !workload.findValues("kernel").isEmpty() && !namesNetwork(workload);
      return isKernels ? "task" : "inference";
    }

    /** True if any alternative of a workload is a network: a name alone, or one under its key. */
    private static boolean namesNetwork(JsonNode workload) {
      if (workload.isObject() && !workload.has("any")) {
        return !workload.has("kernel");
      }
      JsonNode list = workload.isObject() ? workload.path("any") : workload;
      if (!list.isArray()) {
        return true;
      }
      for (JsonNode item : list) {
        if (namesNetwork(item)) {
          return true;
        }
      }
      return false;
    }
  }

  /** An objective with the scale of its axis. */
  record AxisRow(@JsonUnwrapped RunEvent.Axis axis, String scale) {}

  /**
   * Settings that comparable designs must share, as the spec states them: choices are open in it.
   */
  record Iso(JsonNode workload, JsonNode precision, JsonNode technology) {
    static Iso of(RunEvent.Run header) {
      JsonNode spec = header.spec() == null ? MAPPER.createObjectNode() : header.spec();
      return new Iso(
          spec.path("workload"), spec.path("precision"), spec.path("chip").path("technology"));
    }
  }

  /**
   * A member of the front.
   *
   * @param knee whether it is the knee; absent of the others
   * @param knobs ordinals of its knobs; absent before the design is read
   * @param onFront share of draws in which it is on the front; absent before the run ends
   * @param accuracy accuracy on simulated chips; absent unless simulated
   */
  record FrontRow(
      long index,
      String design,
      List<OptionalDouble> values,
      Optional<Boolean> knee,
      Optional<int[]> knobs,
      OptionalDouble onFront,
      Optional<RunEvent.Accuracy> accuracy) {
    static FrontRow of(RunView view, FrontMember member, boolean isKnee) {
      return new FrontRow(
          member.index(),
          member.design(),
          finite(member.values()),
          isKnee ? Optional.of(true) : Optional.empty(),
          view.has(member.index()) ? Optional.of(view.knobs(member.index())) : Optional.empty(),
          view.onFront(member.index()),
          simulated(view, member.index()));
    }
  }

  /** Decisions of a design on simulated chips; empty unless it was simulated. */
  private static Optional<RunEvent.Accuracy> simulated(RunView view, long index) {
    return view.accuracy(index).filter(RunEvent.Accuracy::isCounted);
  }

  /** Connection of the reader, with the messages that it set aside. */
  record ConnectionRow(KafkaRow kafka, long brokenCount, List<Runs.RejectedMessage> broken) {}

  /** State of the broker. */
  record KafkaRow(String phase, String bootstrap, String detail) {}

  private static int size(List<?> list) {
    return list == null ? 0 : list.size();
  }

  private static OptionalDouble finite(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** Values that may be missing, which JSON has as null. */
  static List<OptionalDouble> finite(List<Double> values) {
    return values.stream()
        .map(value -> value == null ? OptionalDouble.empty() : finite((double) value))
        .toList();
  }

  /**
   * Designs a second: of the newest progress event while it searches, or over the whole search by
   * its times.
   */
  static OptionalDouble rate(RunView view) {
    boolean isRunning = view.header().map(header -> "running".equals(header.state())).orElse(true);
    if (isRunning && view.progress().map(beat -> beat.rate_perS() > 0).orElse(false)) {
      return finite(view.progress().get().rate_perS());
    }
    try {
      double seconds =
          Duration.between(Instant.parse(view.firstTime()), Instant.parse(view.searchedTime()))
                  .toMillis()
              / 1000.0;
      long designs =
          view.lastRound()
              .flatMap(RoundPoint::swept)
              .map(RunEvent.Swept::rows)
              .orElse(view.evaluated());
      return seconds > 0 ? finite(designs / seconds) : OptionalDouble.empty();
    } catch (DateTimeParseException e) {
      return OptionalDouble.empty();
    }
  }
}
