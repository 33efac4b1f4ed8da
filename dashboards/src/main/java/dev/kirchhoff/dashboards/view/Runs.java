package dev.kirchhoff.dashboards.view;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dashboards.feed.FeedListener;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * All runs, with the state of the feeds besides the events: whether a log is written, when a run
 * was last heard of, the state of the broker, broken messages. Safe for use by several threads: one
 * lock guards everything, and readers copy what they need under it.
 *
 * <p>The designs of all runs together take a stated number of bytes. On demand, a run with a log
 * holds its designs only while somebody looks at it. Above the bound, runs that nobody looks at let
 * go of their designs, least recently used first; then the largest is thinned ({@link
 * EvaluationTable}).
 */
public final class Runs implements FeedListener {
  private static final int BROKEN_KEPT = 20;
  private static final long SILENT_MILLIS = 10_000;

  /** A run is looked at for so long after its last reading; an open page reads each second. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * Share of the heap for designs (chosen: answers with columns of all designs and the reading of
   * logs fit into the rest of 512 MB).
   */
  private static final double HEAP_SHARE = 0.35;

  private final Clock clock;
  private final long mostBytes;
  private final boolean onDemand;
  private final Map<String, Entry> entries = new TreeMap<>();
  private final Journal journal = new Journal();
  private final Deque<RejectedMessage> broken = new ArrayDeque<>();
  private long brokenCount;
  private KafkaState kafka = new KafkaState(KafkaState.Status.OFF, "", "");
  private long connectionAt;

  /** A run with what the feeds know of it. Read it inside {@link Runs#read} only. */
  public static final class Entry {
    private RunView view;
    private RejectedMessage damage;
    private LogState log;

    /** Time of the monotonic timer at which it was last heard of; empty before. */
    private OptionalLong heardAt_ns = OptionalLong.empty();

    private boolean fromKafka;
    private long changedAt;
    private long frontAt;

    /** Position before which a reader has to ask for all designs again, since some were let go. */
    private long wholeAt;

    private boolean designsRead;
    private OptionalLong lookedAt_ns = OptionalLong.empty();

    private Entry(String runId) {
      view = new RunView(runId);
    }

    /** The fold of its events. */
    public RunView view() {
      return view;
    }

    /** The line of its log that is not what was written; empty if none is. */
    public Optional<RejectedMessage> damage() {
      return Optional.ofNullable(damage);
    }

    /** True if its log is in the data directory. */
    public boolean hasLog() {
      return log != null;
    }

    /** True if the broker announced the run. */
    public boolean fromKafka() {
      return fromKafka;
    }

    /** Position of its newest change. */
    public long changedAt() {
      return changedAt;
    }

    /** Position of the newest change of its front or header. */
    public long frontAt() {
      return frontAt;
    }
  }

  /**
   * A message that was set aside.
   *
   * @param where where it stands
   * @param why what is wrong with it
   */
  public record RejectedMessage(String where, String why) {}

  /**
   * Connection of the reader to its sources.
   *
   * @param kafka the broker
   * @param brokenCount messages set aside
   * @param broken the newest of them
   */
  public record Connection(KafkaState kafka, long brokenCount, List<RejectedMessage> broken) {}

  /** No runs yet, of which all designs will be held; the clock tells how long one is silent. */
  public Runs(Clock clock) {
    this(clock, heapShare(), false);
  }

  private Runs(Clock clock, long mostBytes, boolean onDemand) {
    this.clock = clock;
    this.mostBytes = mostBytes;
    this.onDemand = onDemand;
  }

  /**
   * No runs yet, whose designs are read when somebody looks at them.
   *
   * @param mostBytes bytes of designs of all runs
   */
  public static Runs onDemand(Clock clock, long mostBytes) {
    return new Runs(clock, mostBytes, true);
  }

  /** Bytes of designs that the heap of this process has room for. */
  public static long heapShare() {
    return (long) (HEAP_SHARE * Runtime.getRuntime().maxMemory());
  }

  /** The entry of a run; one whose log can be read again starts without its designs. */
  private Entry entry(String runId, Origin origin) {
    return entries.computeIfAbsent(
        runId,
        id -> {
          Entry entry = new Entry(id);
          entry.view.keepDesigns(!onDemand || origin == Origin.KAFKA);
          return entry;
        });
  }

  @Override
  public synchronized boolean wantsDesigns(String runId) {
    Entry entry = entries.get(runId);
    return !onDemand || entry != null && entry.view.keepsDesigns();
  }

  @Override
  public synchronized void passed(String runId, long end, String time) {
    Entry entry = entry(runId, Origin.FILE);
    if (entry.damage == null && entry.view.announce(end, time)) {
      hear(entry, 0);
      entry.changedAt = journal.advance();
      notifyAll();
    }
  }

  @Override
  public synchronized List<String> unread() {
    List<String> unread = new ArrayList<>();
    entries.forEach(
        (id, entry) -> {
          if (onDemand
              && entry.log != null
              && entry.damage == null
              && entry.view.keepsDesigns()
              && (!entry.designsRead || entry.view.lacksMembers())) {
            unread.add(id);
          }
        });
    return unread;
  }

  @Override
  public synchronized void designsRead(String runId) {
    Entry entry = entries.get(runId);
    if (entry != null) {
      entry.designsRead = true;
      entry.changedAt = journal.advance();
      entry.frontAt = entry.changedAt;
      notifyAll();
    }
  }

  /** Notes that somebody looks at a run; its designs are read if they are not there. */
  public synchronized void look(String runId) {
    Entry entry = entries.get(runId);
    if (entry == null) {
      return;
    }
    entry.lookedAt_ns = OptionalLong.of(System.nanoTime());
    if (!entry.view.keepsDesigns()) {
      entry.view.keepDesigns(true);
      entry.designsRead = false;
      entry.changedAt = journal.advance();
      notifyAll();
    }
  }

  /**
   * Looks at a run and waits until its designs are read, or the patience is over.
   *
   * @return whether there is such a run
   */
  public synchronized boolean open(String runId, long patienceMillis) throws InterruptedException {
    look(runId);
    long from = System.nanoTime();
    long left = patienceMillis;
    while (unread().contains(runId) && left > 0) {
      wait(left);
      left = patienceMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
    }
    return entries.containsKey(runId);
  }

  /** Bytes of the designs that are held. */
  public synchronized long bytes() {
    return entries.values().stream().mapToLong(entry -> entry.view.bytes()).sum();
  }

  /** Lets go of designs, or thins them, until the bound is kept. */
  private void trim() {
    while (bytes() > mostBytes) {
      Optional<Entry> unwatched =
          entries.values().stream()
              .filter(entry -> entry.log != null && entry.view.keepsDesigns())
              .filter(entry -> onDemand && !isLookedAt(entry))
              .min(Comparator.comparingLong(entry -> entry.lookedAt_ns.orElse(Long.MIN_VALUE)));
      if (unwatched.isPresent()) {
        release(unwatched.get());
        continue;
      }
      Entry largest =
          Collections.max(entries.values(), Comparator.comparingLong(entry -> entry.view.bytes()));
      if (!largest.view.thin()) {
        return;
      }
      largest.changedAt = journal.advance();
      largest.wholeAt = largest.changedAt;
    }
  }

  /** Notes a sign of life that is so old: the machine's clock may be set, its timer may not. */
  private static void hear(Entry entry, long ageMillis) {
    long at = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(ageMillis);
    if (entry.heardAt_ns.isEmpty() || at - entry.heardAt_ns.getAsLong() > 0) {
      entry.heardAt_ns = OptionalLong.of(at);
    }
  }

  private static long silentMillis(Entry entry) {
    return entry.heardAt_ns.isEmpty()
        ? 0
        : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - entry.heardAt_ns.getAsLong());
  }

  private static boolean isLookedAt(Entry entry) {
    return entry.lookedAt_ns.isPresent()
        && System.nanoTime() - entry.lookedAt_ns.getAsLong() < LOOK_NANOS;
  }

  private void release(Entry entry) {
    entry.view.keepDesigns(false);
    entry.designsRead = false;
    entry.changedAt = journal.advance();
    entry.wholeAt = entry.changedAt;
  }

  @Override
  public synchronized void event(EventEnvelope envelope, Origin origin, long writtenAtMillis) {
    Entry entry = entry(envelope.runId(), origin);
    if (entry.damage != null) {
      return;
    }
    RunView.Change change;
    try {
      change = entry.view.apply(envelope);
    } catch (EventFormatException e) {
      broken("run " + envelope.runId() + " event " + envelope.id(), e.getMessage());
      return;
    }
    hear(entry, Math.max(0, clock.millis() - writtenAtMillis));
    entry.fromKafka |= origin == Origin.KAFKA;
    if (!change.any()) {
      return;
    }
    entry.changedAt = journal.advance();
    if (change.front()) {
      entry.frontAt = entry.changedAt;
    }
    if (!change.designs().isEmpty() || envelope.event() instanceof RunEvent.DesignDetails) {
      trim();
    }
    for (Range designs : change.designs()) {
      journal.add(envelope.runId(), designs);
    }
    notifyAll();
  }

  @Override
  public synchronized void broken(String where, String why) {
    brokenCount++;
    broken.addFirst(new RejectedMessage(where, why == null ? "" : why));
    if (broken.size() > BROKEN_KEPT) {
      broken.removeLast();
    }
    connectionAt = journal.advance();
    notifyAll();
  }

  @Override
  public synchronized void damaged(String runId, String where, String why) {
    begin(runId).damage = new RejectedMessage(where, why);
  }

  @Override
  public synchronized void mended(String runId) {
    begin(runId);
  }

  /** The entry of a run, of which nothing is known or believed any more. */
  private Entry begin(String runId) {
    Entry entry = entry(runId, Origin.FILE);
    boolean keeps = entry.view.keepsDesigns();
    entry.view = new RunView(runId);
    entry.view.keepDesigns(keeps);
    entry.designsRead = false;
    entry.damage = null;
    entry.log = entry.log == null ? LogState.READING : entry.log;
    entry.changedAt = journal.advance();
    entry.frontAt = entry.changedAt;
    entry.wholeAt = entry.changedAt;
    notifyAll();
    return entry;
  }

  @Override
  public synchronized void log(String runId, LogState state) {
    Entry entry = entry(runId, Origin.FILE);
    if (entry.log == null && onDemand && !isLookedAt(entry)) {
      release(entry); // announced by the broker before its log was found, which has all of it
    }
    entry.log = state;
    entry.changedAt = journal.advance();
    notifyAll();
  }

  @Override
  public synchronized void kafka(KafkaState state) {
    kafka = state;
    connectionAt = journal.advance();
    notifyAll();
  }

  /** Reads one run under the lock; the reader keeps nothing of it. */
  public synchronized <T> Optional<T> read(String runId, Function<Entry, T> reader) {
    return Optional.ofNullable(entries.get(runId)).map(reader);
  }

  /** Ids of all runs, newest first. */
  public synchronized List<String> ids() {
    List<String> ids = new ArrayList<>(entries.keySet());
    ids.sort((a, b) -> b.compareTo(a));
    return ids;
  }

  /** Position of the newest change. */
  public synchronized long position() {
    return journal.position();
  }

  /** True if all changes after a position are still available. */
  public synchronized boolean reaches(long position) {
    return journal.reaches(position);
  }

  /** Connection of the reader, if it changed after a position. */
  public synchronized Optional<Connection> connection(long since) {
    return connectionAt > since || since == 0
        ? Optional.of(new Connection(kafka, brokenCount, List.copyOf(broken)))
        : Optional.empty();
  }

  /**
   * Designs of a run whose costs by circuit family are to be computed.
   *
   * @param index their numbers, rising
   * @param ordinals ordinals of each
   */
  public record UnpricedDesigns(List<Long> index, List<int[]> ordinals) {
    /** Number behind the last of them, from which on the next are looked for. */
    public long end() {
      return index.isEmpty() ? 0 : index.get(index.size() - 1) + 1;
    }
  }

  /**
   * Designs of a run whose costs are to be computed.
   *
   * @param designs numbers of the designs that are asked for, rising
   * @param from number of the first design that is looked at, behind those found before
   * @param most number of designs from which on no further ones are looked for
   */
  public synchronized UnpricedDesigns unpriced(
      String runId, List<Range> designs, long from, int most) {
    return read(
            runId,
            entry -> {
              EvaluationTable table = entry.view.evaluations();
              List<Long> index = table.unpriced(designs, from, most);
              return new UnpricedDesigns(index, index.stream().map(table::knobs).toList());
            })
        .orElse(new UnpricedDesigns(List.of(), List.of()));
  }

  /**
   * Takes costs of designs; those of a design that is another one by now are left out.
   *
   * @param header header that they were computed of
   * @param columns the terms of the costs
   * @param costs for each design its terms
   * @return false if the run has a header of other models by now, and nothing was taken
   */
  public synchronized boolean price(
      String runId,
      RunEvent.Run header,
      List<RunEvent.Column> columns,
      UnpricedDesigns designs,
      float[][] costs) {
    Entry entry = entries.get(runId);
    if (entry == null || entry.view.header().filter(header::hasModelsOf).isEmpty()) {
      return false;
    }
    entry.view.haveCosts(columns);
    EvaluationTable table = entry.view.evaluations();
    for (int i = 0; i < costs.length; i++) {
      long index = designs.index.get(i);
      if (table.has(index) && Arrays.equals(table.knobs(index), designs.ordinals.get(i))) {
        table.price(index, costs[i]);
      }
    }
    trim();
    return true;
  }

  /**
   * Designs of a run as columns: those that came after a position, or all if that is not known any
   * more.
   *
   * @param since position of an earlier answer, 0 = none
   * @param names names of columns as {@link RunView} takes them
   */
  public synchronized Optional<DesignColumns> columns(
      String runId, long since, List<String> names) {
    return columns(runId, since, names, journal.position());
  }

  /**
   * Designs of a run as columns, as of a position: designs that came after it may be among them,
   * and come again with the next answer.
   *
   * @param since position of an earlier answer, 0 = none
   * @param names names of columns as {@link RunView} takes them
   * @param position a position that was the newest
   */
  public synchronized Optional<DesignColumns> columns(
      String runId, long since, List<String> names, long position) {
    return read(
        runId,
        entry -> {
          RunView view = entry.view;
          boolean whole =
              since <= 0 || !journal.reaches(since) || entry.wholeAt > since || view.stride() > 1;
          Optional<List<Range>> ranges =
              whole ? Optional.empty() : Optional.of(journal.designs(runId, since));
          return columns(view, whole, ranges, names, position);
        });
  }

  /**
   * An even sample of the designs of a run as columns, and all members of its front.
   *
   * @param most designs of the sample
   */
  public synchronized Optional<DesignColumns> sample(String runId, int most, List<String> names) {
    return read(
        runId,
        entry -> {
          RunView view = entry.view;
          long step = Math.max(1, (view.kept() + most - 1) / most * view.stride());
          Set<Long> sampled = new TreeSet<>();
          for (long index = 0; index < view.evaluations().end(); index += step) {
            sampled.add(index);
          }
          view.front().forEach(member -> sampled.add(member.index()));
          List<Range> ranges = sampled.stream().map(index -> new Range(index, 1)).toList();
          Optional<List<Range>> asked = step == 1 ? Optional.empty() : Optional.of(ranges);
          return columns(view, true, asked, names, journal.position());
        });
  }

  private static DesignColumns columns(
      RunView view,
      boolean whole,
      Optional<List<Range>> ranges,
      List<String> names,
      long position) {
    List<String> all = new ArrayList<>(List.of("index"));
    all.addAll(names);
    List<DesignColumns.Column> columns = view.columns(ranges, all);
    int rows = columns.get(0).bytes().capacity() / Integer.BYTES;
    return new DesignColumns(position, whole, view.known(), view.kept(), rows, columns);
  }

  /** True if designs of a run came after a position. */
  public synchronized boolean hasDesignsSince(String runId, long position) {
    Entry entry = entries.get(runId);
    return entry != null
        && (entry.wholeAt > position || !journal.designs(runId, position).isEmpty());
  }

  /** Waits until something changes after a position, or the time is over. */
  public synchronized void await(long position, long millis) throws InterruptedException {
    if (journal.position() <= position) {
      wait(millis);
    }
  }

  /** Wakes everybody who waits. */
  public synchronized void wake() {
    notifyAll();
  }

  /** State of a run as a person should see it. */
  public RunState state(Entry entry) {
    if (entry.damage != null) {
      return new RunState("damaged", entry.damage.where() + ": " + entry.damage.why(), 0);
    }
    Optional<RunEvent.Run> header = entry.view.header();
    if (entry.log == LogState.READING) {
      return new RunState("loading", "", 0);
    }
    if (header.isEmpty()) {
      return new RunState("unknown", "no header was read yet", 0);
    }
    String word = header.get().state() == null ? "unknown" : header.get().state();
    String reason = header.get().reason() == null ? "" : header.get().reason();
    boolean alive = word.equals("running") || word.equals("paused");
    if (alive && entry.log == LogState.FREE) {
      return new RunState("interrupted", "no process writes its log", 0);
    }
    long quiet = silentMillis(entry);
    if (alive && entry.log == null && quiet > SILENT_MILLIS) {
      return new RunState("silent", reason, quiet / 1000);
    }
    return new RunState(word, reason, 0);
  }
}
