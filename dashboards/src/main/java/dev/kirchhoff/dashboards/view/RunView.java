package dev.kirchhoff.dashboards.view;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventOrder;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.event.RunFront;
import dev.kirchhoff.arch.result.EstimateError;
import dev.kirchhoff.arch.result.Knee;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.MetricAxis;
import dev.kirchhoff.arch.result.Representatives;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * State of a run: the fold of its events. The fold reads no clock and no file, and it is idempotent
 * and commutative: any order of the events, with any repeats, ends in the same view. Evaluations
 * are a map by index; the header, the front, rounds and details are decided by the last writer, by
 * era and {@code seq} ({@link EventOrder}). Completeness follows from the counts of rounds, never
 * by gaps in {@code seq}. Not safe for use by several threads.
 *
 * <p>Designs and accounts, nearly all of its memory, can be let go and come again with a second
 * reading of the events; everything else stays.
 */
public final class RunView {
  private static final int NOTES = 40;
  private static final int ANSWERS = 100;

  private final String runId;
  private EvaluationTable evaluations = new EvaluationTable();
  private List<String> costs = List.of();
  private boolean keepsDesigns = true;
  private long announced;
  private final Map<String, FrontEntry> front = new TreeMap<>();
  private final Map<Integer, RoundPoint> rounds = new TreeMap<>();
  private final Accounts accounts = new Accounts();
  private final TreeMap<EventOrder, Note> notes = new TreeMap<>();
  private final TreeMap<EventOrder, Answer> answers = new TreeMap<>();
  private final Map<Long, ExcludedDesign> excluded = new TreeMap<>();
  private RunEvent.Run header;
  private Map<Long, Double> onFront = Map.of();
  private Optional<EventOrder> headerOrder = Optional.empty();
  private RunEvent.Progress progress;
  private String firstTime = "";
  private String lastTime = "";
  private String searchedTime = "";
  private long roundsEvaluated;
  private RoundPoint lastRound;

  /**
   * Last statement of the log about a design's membership of the front, and the last one that it
   * entered; empty if none was read.
   */
  private record FrontEntry(
      EventOrder order,
      boolean member,
      long index,
      List<Double> values,
      Optional<EventOrder> entered) {
    FrontEntry enteredAt(EventOrder other) {
      return isAfter(other, entered)
          ? new FrontEntry(order, member, index, values, Optional.of(other))
          : this;
    }
  }

  /** Place and time of a durable event. */
  private record Placed(EventOrder order, String time) {}

  /** A design that enters the front, or leaves it. */
  private record Move(EventOrder order, boolean enters, FrontEntry entry) {}

  /** Effect of an event on the view. */
  public record Change(boolean any, boolean front, List<Range> designs) {
    static final Change NONE = new Change(false, false, List.of());
    static final Change SOME = new Change(true, false, List.of());
  }

  /** A view of a run of which nothing is known yet. */
  public RunView(String runId) {
    this.runId = runId;
  }

  /**
   * Takes an event in.
   *
   * @throws EventFormatException if its data contradict themselves; the view stays as it was
   */
  public Change apply(EventEnvelope envelope) throws EventFormatException {
    RunEvent event = envelope.event();
    Change change;
    if (event instanceof RunEvent.Evaluations designs) {
      change = evaluations(designs);
    } else if (event instanceof RunEvent.Front moved) {
      change = front(placed(envelope), moved);
    } else if (event instanceof RunEvent.Round round) {
      change = round(placed(envelope).order, round);
    } else if (event instanceof RunEvent.Run run) {
      change = header(placed(envelope), run);
    } else if (event instanceof RunEvent.DesignDetails details) {
      change = details(placed(envelope).order, details);
    } else if (event instanceof RunEvent.Progress beat) {
      change = beat(beat);
    } else if (event instanceof RunEvent.Ack ack) {
      change = answer(placed(envelope), ack);
    } else {
      change = Change.NONE; // a command is a request; its ack is what happened
    }
    if (envelope.seq().isPresent()) {
      time(text(envelope.time()));
    }
    boolean isSearch = event instanceof RunEvent.Evaluations || event instanceof RunEvent.Round;
    if (isSearch && text(envelope.time()).compareTo(searchedTime) > 0) {
      searchedTime = envelope.time();
    }
    return change;
  }

  private static Placed placed(EventEnvelope envelope) throws EventFormatException {
    Optional<EventOrder> order = envelope.order();
    if (order.isEmpty()) {
      throw new EventFormatException("the event has no seq", null);
    }
    return new Placed(order.get(), text(envelope.time()));
  }

  private static boolean isAfter(EventOrder order, Optional<EventOrder> other) {
    return other.isEmpty() || order.isAfter(other.get());
  }

  private Change evaluations(RunEvent.Evaluations designs) throws EventFormatException {
    boolean isNews = designs.first() + designs.count() > announced;
    announced = Math.max(announced, designs.first() + designs.count());
    if (!keepsDesigns) {
      return isNews ? Change.SOME : Change.NONE;
    }
    List<Range> fresh = evaluations.add(designs);
    return fresh.isEmpty() ? Change.NONE : new Change(true, false, fresh);
  }

  /**
   * Takes in that designs were evaluated, without the designs.
   *
   * @param end one more than the largest of their numbers
   * @param time time of the event, as written
   * @return whether that was not known
   */
  boolean announce(long end, String time) {
    time(text(time));
    if (text(time).compareTo(searchedTime) > 0) {
      searchedTime = time;
    }
    boolean isNews = end > announced;
    announced = Math.max(announced, end);
    return isNews;
  }

  /** Keeps designs and accounts of events from now on, or lets all of them go. */
  void keepDesigns(boolean keeps) {
    keepsDesigns = keeps;
    accounts.keep(keeps);
    if (!keeps) {
      evaluations = new EvaluationTable();
      front.values().stream().filter(FrontEntry::member).forEach(e -> evaluations.pin(e.index));
    }
  }

  /** True if designs and accounts are kept. */
  public boolean keepsDesigns() {
    return keepsDesigns;
  }

  /** Halves the sample of designs; returns whether there was enough to halve. */
  boolean thin() {
    return evaluations.thin();
  }

  /** Bytes of designs and accounts. */
  long bytes() {
    return evaluations.bytes() + accounts.bytes();
  }

  /** True if members of the front were let go before they were known as members. */
  boolean lacksMembers() {
    return evaluations.lacksPinned();
  }

  /** Designs that are kept: fewer than {@link #known} where the run was thinned. */
  public long kept() {
    return evaluations.kept();
  }

  /** Designs of which the sample keeps one, 1 = it keeps all. */
  public long stride() {
    return evaluations.stride();
  }

  private Change front(Placed place, RunEvent.Front moved) throws EventFormatException {
    if (moved.design() == null || moved.values() == null) {
      throw new EventFormatException("a change of the front lacks its design or values", null);
    }
    boolean entered = "entered".equals(moved.change());
    List<Double> values = new ArrayList<>();
    moved.values().forEach(value -> values.add(value == null ? Double.NaN : value));
    if (entered) {
      note(place, "entered", Optional.of(moved.index()), "", values);
    }
    FrontEntry before = front.get(moved.design());
    EventOrder order = place.order;
    if (before != null && !order.isAfter(before.order)) {
      if (entered) {
        front.put(moved.design(), before.enteredAt(order));
      }
      return Change.NONE;
    }
    Optional<EventOrder> since =
        entered ? Optional.of(order) : Optional.ofNullable(before).flatMap(FrontEntry::entered);
    front.put(moved.design(), new FrontEntry(order, entered, moved.index(), values, since));
    if (entered) {
      evaluations.pin(moved.index());
    } else {
      evaluations.unpin(moved.index());
    }
    return new Change(true, true, List.of());
  }

  private Change round(EventOrder order, RunEvent.Round round) {
    RoundPoint before = rounds.get(round.round());
    if (before != null && !order.isAfter(before.order())) {
      return Change.NONE;
    }
    RoundPoint point =
        new RoundPoint(
            order,
            round.evaluated(),
            round.front(),
            round.hypervolume(),
            Optional.ofNullable(round.swept()));
    rounds.put(round.round(), point);
    roundsEvaluated = Math.max(roundsEvaluated, round.evaluated());
    if (lastRound == null || order.isAfter(lastRound.order())) {
      lastRound = point;
    }
    return Change.SOME;
  }

  private Change header(Placed place, RunEvent.Run run) {
    note(place, "state", Optional.empty(), text(run.state()) + reason(run), List.of());
    if (!isAfter(place.order, headerOrder)) {
      return Change.NONE;
    }
    if (header != null && !header.hasModelsOf(run)) {
      costs = List.of();
      evaluations.unprice();
    }
    header = run;
    onFront = shares(run.draws());
    headerOrder = Optional.of(place.order);
    return new Change(true, true, List.of());
  }

  private Change details(EventOrder order, RunEvent.DesignDetails details) {
    if (!accounts.add(order, details)) {
      return Change.NONE;
    }
    return details.accuracy() == null ? Change.SOME : new Change(true, true, List.of());
  }

  private Change answer(Placed place, RunEvent.Ack ack) {
    Answer answer = new Answer(place.order, place.time, ack);
    answers.put(place.order, answer);
    if (answers.size() > ANSWERS) {
      answers.pollFirstEntry();
    }
    answer
        .exclusion()
        .ifPresent(
            design ->
                excluded.merge(
                    design.index(),
                    design,
                    (known, other) -> other.order().isAfter(known.order()) ? other : known));
    String text = answer.command() + ": " + answer.result();
    note(place, "command", Optional.empty(), text, List.of());
    return Change.SOME;
  }

  private Change beat(RunEvent.Progress beat) {
    Comparator<RunEvent.Progress> order =
        Comparator.comparingLong(RunEvent.Progress::asOf)
            .thenComparingLong(RunEvent.Progress::evaluated)
            .thenComparingDouble(RunEvent.Progress::rate_perS)
            .thenComparingDouble(RunEvent.Progress::heap_MB);
    if (progress != null && order.compare(progress, beat) >= 0) {
      return Change.NONE;
    }
    progress = beat;
    return Change.SOME;
  }

  private void note(
      Placed place, String kind, Optional<Long> index, String text, List<Double> values) {
    notes.put(place.order, new Note(place.order, place.time, kind, index, text, values));
    if (notes.size() > NOTES) {
      notes.pollFirstEntry();
    }
  }

  private void time(String time) {
    if (time.isEmpty()) {
      return;
    }
    if (firstTime.isEmpty() || time.compareTo(firstTime) < 0) {
      firstTime = time;
    }
    if (time.compareTo(lastTime) > 0) {
      lastTime = time;
    }
  }

  private static String reason(RunEvent.Run run) {
    return text(run.reason()).isEmpty() ? "" : ": " + run.reason();
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }

  public String runId() {
    return runId;
  }

  /** The last header; empty until one was read. */
  public Optional<RunEvent.Run> header() {
    return Optional.ofNullable(header);
  }

  /** The last answers to commands, in their order. */
  public List<Answer> answers() {
    return List.copyOf(answers.values());
  }

  /** Designs that commands excluded, by rising index. */
  public List<ExcludedDesign> excluded() {
    return List.copyOf(excluded.values());
  }

  /** The newest progress event; empty if none came. */
  public Optional<RunEvent.Progress> progress() {
    return Optional.ofNullable(progress);
  }

  /** Earliest time of a durable event, as written. */
  public String firstTime() {
    return firstTime;
  }

  /** Latest time of a durable event, as written. */
  public String lastTime() {
    return lastTime;
  }

  /** Latest time of what the search did, as written; empty if it did nothing. */
  public String searchedTime() {
    return searchedTime;
  }

  /** Designs that are known here. */
  public long known() {
    return evaluations.count();
  }

  /** Designs that the run evaluated as far as any event states. */
  public long evaluated() {
    return Math.max(announced, roundsEvaluated);
  }

  /** True if every design that the run evaluated is known here. */
  public boolean isComplete() {
    return evaluations.count() == evaluated();
  }

  /** Known designs that meet every constraint. */
  public long feasible() {
    return evaluations.feasible();
  }

  /** Known designs that miss each constraint, in the order of the header's constraints. */
  public long[] missed() {
    return evaluations.missed();
  }

  /** Ends of rounds in their order. */
  public List<RoundPoint> rounds() {
    return List.copyOf(rounds.values());
  }

  /** The end of the newest round. */
  public Optional<RoundPoint> lastRound() {
    return Optional.ofNullable(lastRound);
  }

  /** Latest notes, newest first. */
  public List<Note> notes() {
    return List.copyOf(notes.descendingMap().values());
  }

  /** Members of the front, ordered by their first objective and then by index. */
  public List<FrontMember> front() {
    List<FrontMember> members = new ArrayList<>();
    front.forEach(
        (design, entry) -> {
          if (entry.member) {
            members.add(new FrontMember(design, entry.index, entry.values));
          }
        });
    members.sort(
        Comparator.comparingDouble(
                (FrontMember member) -> member.values().isEmpty() ? 0 : member.values().get(0))
            .thenComparingLong(FrontMember::index));
    return members;
  }

  /** Place of the knee among the members of the {@link #front}. */
  public OptionalInt knee() {
    List<RunEvent.Axis> axes = axes();
    if (axes.stream().anyMatch(axis -> axis.metric().isEmpty())) {
      return OptionalInt.empty();
    }
    return Knee.of(objectives(), front().stream().map(FrontMember::values).toList());
  }

  /**
   * Knees of the front at the ends of rounds, oldest first, each where it is another than before;
   * of a design that entered the front twice the last time counts. A reader of a compacted topic
   * knows few of them.
   */
  public List<KneePoint> knees() {
    if (axes().stream().anyMatch(axis -> axis.metric().isEmpty())) {
      return List.of();
    }
    List<Move> moves = new ArrayList<>();
    front.forEach(
        (design, entry) -> {
          if (entry.entered.isPresent()) {
            moves.add(new Move(entry.entered.get(), true, entry));
            if (!entry.member) {
              moves.add(new Move(entry.order, false, entry));
            }
          }
        });
    moves.sort(Comparator.comparing(Move::order));
    List<Map.Entry<Integer, RoundPoint>> ends = new ArrayList<>(rounds.entrySet());
    ends.sort(Comparator.comparing(end -> end.getValue().order()));
    List<Knee.Objective> objectives = objectives();
    Map<Long, List<Double>> members = new TreeMap<>();
    List<KneePoint> knees = new ArrayList<>();
    int next = 0;
    for (Map.Entry<Integer, RoundPoint> end : ends) {
      int first = next;
      while (next < moves.size() && !moves.get(next).order.isAfter(end.getValue().order())) {
        Move move = moves.get(next++);
        if (move.enters) {
          members.put(move.entry.index, move.entry.values);
        } else {
          members.remove(move.entry.index);
        }
      }
      if (next > first) {
        List<Long> indices = List.copyOf(members.keySet());
        OptionalInt knee = Knee.of(objectives, List.copyOf(members.values()));
        if (knee.isPresent()) {
          long index = indices.get(knee.getAsInt());
          if (knees.isEmpty() || knees.get(knees.size() - 1).index() != index) {
            knees.add(
                new KneePoint(end.getKey(), end.getValue().evaluated(), index, members.get(index)));
          }
        }
      }
    }
    return knees;
  }

  /** Members that cover the shape of the front, the knee first ({@link Representatives}). */
  public List<FrontMember> representatives(int most) {
    List<FrontMember> front = front();
    return Representatives.of(objectives(), front.stream().map(FrontMember::values).toList(), most)
        .stream()
        .map(front::get)
        .toList();
  }

  /** Axes and directions of the objectives; a metric that this version does not know is linear. */
  private List<Knee.Objective> objectives() {
    return axes().stream().map(axis -> new Knee.Objective(axisOf(axis), axis.maximise())).toList();
  }

  private static MetricAxis axisOf(RunEvent.Axis axis) {
    return axis.metric().map(Metric::axis).orElse(new MetricAxis(MetricAxis.Scale.LINEAR, 1));
  }

  /**
   * Scales of the objectives' axes, as their metrics say; linear for a metric that this version
   * does not know. Empty for a run that logged no axes.
   */
  public List<MetricAxis.Scale> scales() {
    return axes().stream().map(axis -> axisOf(axis).scale()).toList();
  }

  private List<RunEvent.Axis> axes() {
    return header == null || header.axes() == null ? List.of() : header.axes();
  }

  /** Details of a design that an event carried, if they are kept. */
  public Optional<RunEvent.DesignDetails> details(long index) {
    return accounts.of(index);
  }

  /** Accuracy of a design on simulated chips; empty unless an event carried it. */
  public Optional<RunEvent.Accuracy> accuracy(long index) {
    return accounts.accuracy(index);
  }

  /**
   * Share of joint draws of the models' errors in which a member is on the front; empty where the
   * last state of the run does not carry it.
   */
  public OptionalDouble onFront(long index) {
    Double share = onFront.get(index);
    return share == null ? OptionalDouble.empty() : OptionalDouble.of(share);
  }

  /** Kinds that win the best of each objective or tie for it; empty before the run has ended. */
  public List<RunEvent.Contest> contests() {
    return header == null || header.draws() == null ? List.of() : header.draws().contests();
  }

  /** Shares of the draws by index of the member. */
  private static Map<Long, Double> shares(RunEvent.Draws draws) {
    Map<Long, Double> shares = new HashMap<>();
    if (draws != null && draws.index() != null && draws.onFront() != null) {
      for (int i = 0; i < Math.min(draws.index().size(), draws.onFront().size()); i++) {
        shares.put(draws.index().get(i), draws.onFront().get(i));
      }
    }
    return shares;
  }

  /** Error of the estimates of the members of the front; empty where none is simulated. */
  public Optional<EstimateError> estimateError() {
    return RunEvent.Accuracy.errorOfEstimates(
        front().stream().flatMap(member -> accuracy(member.index()).stream()).toList());
  }

  /** True if a design has been received and is kept. */
  public boolean has(long index) {
    return evaluations.has(index);
  }

  /** Ordinals of a known design. */
  public int[] knobs(long index) {
    return evaluations.knobs(index);
  }

  /** Objective values of a known design; NaN = no value. */
  public double[] values(long index) {
    return evaluations.values(index);
  }

  /** Amounts by which a known design misses the constraints. */
  public double[] violations(long index) {
    return evaluations.violations(index);
  }

  /** Kept designs that meet every limit, by rising index, for the limits of another run. */
  public List<RunFront.Candidate> feasibleDesigns() {
    int metrics = recorded().metrics().size();
    List<RunFront.Candidate> feasible = new ArrayList<>();
    for (long index = 0; index < evaluations.end(); index++) {
      if (evaluations.has(index)
          && Arrays.stream(violations(index)).allMatch(amount -> amount == 0)
          && !Arrays.stream(values(index)).allMatch(Double::isNaN)) {
        float[] row = evaluations.figures(index);
        feasible.add(
            new RunFront.Candidate(
                index,
                Arrays.stream(values(index)).boxed().toList(),
                IntStream.range(0, metrics)
                    .mapToObj(k -> k < row.length ? (double) row[k] : Double.NaN)
                    .toList()));
      }
    }
    return feasible;
  }

  /**
   * Recorded figures of a known design by their keys, in the header's order; figures that it does
   * not have are left out.
   */
  public Map<String, Float> figures(long index) {
    List<RunEvent.Column> columns = recorded().all();
    float[] row = evaluations.figures(index);
    Map<String, Float> figures = new LinkedHashMap<>();
    for (int k = 0; k < Math.min(row.length, columns.size()); k++) {
      if (!Float.isNaN(row[k])) {
        figures.put(columns.get(k).key(), row[k]);
      }
    }
    return figures;
  }

  /**
   * Columns of kept designs.
   *
   * @param ranges numbers of the designs that are asked for; empty for all
   * @param names names of columns; {@code knobs}, {@code objectives}, {@code metrics}, {@code
   *     slacks} and {@code parts} stand for all of their kind; with costs among them designs are
   *     left out whose costs are to be computed
   */
  List<DesignColumns.Column> columns(Optional<List<Range>> ranges, List<String> names) {
    List<String> recorded = keys(recorded().all());
    List<String> wanted = names.stream().flatMap(name -> names(name).stream()).distinct().toList();
    return evaluations.columns(ranges.orElse(List.of(all())), wanted, recorded, costs);
  }

  /** Number of kept designs in some ranges whose costs by circuit family are to be computed. */
  public long unpriced(List<Range> ranges) {
    return evaluations.unpriced(ranges);
  }

  private Range all() {
    return new Range(0, Math.toIntExact(evaluations.end()));
  }

  /** States the costs by circuit family that designs of the run have, in their order. */
  void haveCosts(List<RunEvent.Column> columns) {
    costs = keys(columns);
  }

  private List<String> names(String name) {
    return switch (name) {
      case "knobs" -> numbered("knob.", evaluations.knobs());
      case "objectives" -> numbered("objective.", evaluations.objectives());
      case "metrics" -> keys(recorded().metrics());
      case "slacks" -> keys(recorded().slacks());
      case "parts" -> costs;
      default -> List.of(name);
    };
  }

  private static List<String> numbered(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(k -> prefix + k).toList();
  }

  private static List<String> keys(List<RunEvent.Column> columns) {
    return columns.stream().map(RunEvent.Column::key).toList();
  }

  private RunEvent.Recorded recorded() {
    return header == null || header.recorded() == null ? RunEvent.Recorded.NONE : header.recorded();
  }

  EvaluationTable evaluations() {
    return evaluations;
  }

  /** Everything that the view knows, as text that is equal for equal views. */
  public String fingerprint() {
    return String.join(
        "\n",
        runId,
        headerOrder + " " + header,
        front.toString(),
        rounds.toString(),
        String.valueOf(lastRound),
        accounts.toString(),
        notes.toString(),
        excluded.toString(),
        String.valueOf(progress),
        firstTime + " " + lastTime + " " + searchedTime + " " + roundsEvaluated,
        evaluations.count() + " " + evaluations.feasible() + " " + evaluations.end(),
        Arrays.toString(evaluations.missed()),
        Long.toString(evaluations.checksum()));
  }
}
