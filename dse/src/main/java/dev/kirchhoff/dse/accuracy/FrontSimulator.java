package dev.kirchhoff.dse.accuracy;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.mapper.simulate.PairedCount;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Simulates members of a front on one thread of low priority while the search goes on: the newest
 * first, a bounded number waiting, none that left. It only annotates: the search knows nothing of
 * it. When the search has ended, {@link #finish} simulates members of the last front in the given
 * order and up to a number of different kinds; which those are and what they get depends on the
 * order and the number alone, not on what was done before.
 *
 * <pre>{@code
 * try (FrontSimulator simulator = FrontSimulator.start(() -> simulation, 1)) {
 *   simulator.entered(12, ordinals);
 *   simulator.drain().forEach(done -> annotate(done.index(), done.accuracy()));
 *   simulator.finish(members, 8, 2);
 *   while (!simulator.await(Duration.ofSeconds(1))) { ... }
 * }
 * }</pre>
 */
public final class FrontSimulator implements AutoCloseable {
  private static final int WAITING = 64;
  private static final long WARM_UP_MS = 5000;
  private static final long LOOK_EVERY_MS = 100;
  private static final Duration CLOSE_PATIENCE = Duration.ofMillis(500);

  private final Supplier<Simulation> maker;
  private final int rest;
  private final Thread thread;

  // Used by the thread alone.
  private final Map<Object, Counted> known = new HashMap<>();
  private Simulation simulation;
  private RuntimeException failure;

  // Guarded by this.
  private final Deque<Member> waiting = new ArrayDeque<>();
  private final List<SimulatedDesign> done = new ArrayList<>();
  private final Set<Long> chosen = new TreeSet<>();
  private List<Member> last = new ArrayList<>();
  private int most;
  private int threads = 1;
  private int kinds;
  private int simulations;
  private int needed;
  private boolean finishing;
  private boolean finished;
  private boolean closed;
  private boolean ended;

  /**
   * A design that was simulated.
   *
   * @param index its index in the run
   * @param accuracy what came out; empty if it cannot be simulated
   * @param problem why not
   */
  public record SimulatedDesign(long index, Optional<RunEvent.Accuracy> accuracy, String problem) {}

  /**
   * Progress of {@link #finish}: simulations, of which designs of one kind share one.
   *
   * @param simulated simulations that are done
   * @param all simulations that the last front needs
   */
  public record Progress(int simulated, int all) {}

  private record Counted(Optional<PairedCount> count, String problem) {}

  private FrontSimulator(Supplier<Simulation> maker, int rest) {
    this.maker = maker;
    this.rest = rest;
    this.thread = new Thread(this::work, "simulator");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
  }

  /**
   * Starts a simulator.
   *
   * @param maker makes the simulation when there is something to simulate, on the simulator's
   *     thread
   * @param rest while the search goes on, the thread rests so many times as long as it worked; if
   *     at all, it also leaves the first seconds to the search, whose code is still being compiled
   */
  public static FrontSimulator start(Supplier<Simulation> maker, int rest) {
    FrontSimulator simulator = new FrontSimulator(maker, rest);
    simulator.thread.start();
    return simulator;
  }

  /** A design came to the front. */
  public synchronized void entered(long index, int[] ordinals) {
    List<Integer> knobs = new ArrayList<>();
    for (int ordinal : ordinals) {
      knobs.add(ordinal);
    }
    waiting.addFirst(new Member(index, knobs));
    if (waiting.size() > WAITING) {
      waiting.removeLast();
    }
    notifyAll();
  }

  /** A design left the front. */
  public synchronized void left(long index) {
    waiting.removeIf(member -> member.index() == index);
  }

  /** Results since the last call. */
  public synchronized List<SimulatedDesign> drain() {
    List<SimulatedDesign> taken = List.copyOf(done);
    done.clear();
    return taken;
  }

  /**
   * Simulates the last front, with nothing else waiting.
   *
   * @param members its members, those first that matter most
   * @param most different kinds of members at most
   * @param threads threads to run on
   */
  public synchronized void finish(List<Member> members, int most, int threads) {
    last = new ArrayList<>(members);
    finished = false;
    this.most = most;
    this.threads = threads;
    finishing = true;
    waiting.clear();
    notifyAll();
  }

  /**
   * Ends {@link #finish}, because the search goes on; what it has simulated is not simulated again.
   */
  public synchronized void goOn() {
    finishing = false;
    finished = false;
    last = new ArrayList<>();
    chosen.clear();
    kinds = 0;
    notifyAll();
  }

  /**
   * Waits for the end of {@link #finish}.
   *
   * @return whether it is done
   */
  public synchronized boolean await(Duration patience) {
    long end_ns = System.nanoTime() + patience.toNanos();
    try {
      for (long left_ms = patience.toMillis(); !ended && !finished && left_ms > 0; ) {
        wait(left_ms);
        left_ms = (end_ns - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ended || finished;
  }

  /** Members that {@link #finish} has simulated so far, or found that they cannot be. */
  public synchronized Set<Long> chosen() {
    return new TreeSet<>(chosen);
  }

  /** Simulations of {@link #finish}; those that the search had done before are not counted. */
  public synchronized Progress progress() {
    return new Progress(simulations, needed);
  }

  /** Different kinds among {@link #chosen}. */
  public synchronized int kinds() {
    return kinds;
  }

  /** Ends the thread; a simulation that runs is given up. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.interrupt();
    try {
      thread.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      pause(rest > 0 ? WARM_UP_MS : 0);
      while (!isClosed()) {
        for (Optional<Member> next = take(); next.isPresent(); next = take()) {
          long from_ns = System.nanoTime();
          if (awaitReady(next.get())) {
            deliver(simulated(next.get(), 1));
          }
          pause((System.nanoTime() - from_ns) / 1_000_000 * rest);
        }
        awaitNext(simulateLast());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        ended = true;
        notifyAll();
      }
    }
  }

  /** The next that waits; empty when the search has ended. */
  private synchronized Optional<Member> take() throws InterruptedException {
    while (waiting.isEmpty() && !finishing && !closed) {
      wait();
    }
    return finishing || closed ? Optional.empty() : Optional.of(waiting.removeFirst());
  }

  /** Waits, after the last front is simulated, for the search to go on or for the end. */
  private synchronized void awaitNext(List<Member> simulated) throws InterruptedException {
    finished = finishing && last == simulated;
    notifyAll();
    while (finished && !closed) {
      wait();
    }
  }

  private synchronized void pause(long time_ms) throws InterruptedException {
    long end_ns = System.nanoTime() + time_ms * 1_000_000;
    for (long left_ms = time_ms; left_ms > 0 && !finishing && !closed; ) {
      wait(left_ms);
      left_ms = (end_ns - System.nanoTime()) / 1_000_000;
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void deliver(SimulatedDesign what) {
    if (!closed) {
      done.add(what);
      notifyAll();
    }
  }

  /** Simulates the last front until another one takes its place; returns that which it was. */
  private List<Member> simulateLast() {
    List<Member> members;
    synchronized (this) {
      members = last;
    }
    plan(members);
    Set<Object> taken = new HashSet<>();
    for (Member member : members) {
      if (!isLast(members)) {
        return members;
      }
      Object kind = kind(member);
      if (!taken.contains(kind) && taken.size() >= most) {
        continue;
      }
      taken.add(kind);
      SimulatedDesign what = simulated(member, threads);
      synchronized (this) {
        if (!isLast(members)) {
          return members;
        }
        done.add(what);
        chosen.add(member.index());
        kinds = taken.size();
        notifyAll();
      }
    }
    return members;
  }

  /** Counts the simulations that the members need, and announces them. */
  private void plan(List<Member> members) {
    List<Member> unknown = unknown(members, most);
    synchronized (this) {
      simulations = 0;
      needed = unknown.size();
    }
    expect(unknown);
  }

  /** Announces a member, and the newest that wait, as many as can be begun beside it. */
  private void announce(Member next) {
    expect(unknown(List.of(next), 1));
    int more = simulation == null ? 0 : simulation.free();
    List<Member> newest;
    synchronized (this) {
      newest = waiting.stream().limit(more).toList();
    }
    expect(unknown(newest, more));
  }

  /**
   * Waits until a member can be counted without waiting; meanwhile newer ones are announced.
   *
   * @return false if the search ends before
   */
  private boolean awaitReady(Member member) throws InterruptedException {
    announce(member);
    while (!isReady(member)) {
      synchronized (this) {
        wait(LOOK_EVERY_MS);
        if (finishing || closed) {
          return false;
        }
      }
      announce(member);
    }
    return true;
  }

  private boolean isReady(Member member) {
    return failure != null || unknown(List.of(member), 1).isEmpty() || simulation().isReady(member);
  }

  /** A member of each of the first kinds, where it is not known. */
  private List<Member> unknown(List<Member> members, int kinds) {
    Map<Object, Member> wanted = new LinkedHashMap<>();
    members.forEach(member -> wanted.putIfAbsent(kind(member), member));
    return wanted.entrySet().stream()
        .limit(kinds)
        .filter(entry -> !known.containsKey(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private void expect(List<Member> members) {
    try {
      simulation().expect(members);
    } catch (RuntimeException e) {
      // Whoever asks for the count of a member is told so.
      return;
    }
  }

  private synchronized boolean isLast(List<Member> members) {
    return !closed && last == members;
  }

  /** A member that has no kind is one of its own. */
  private Object kind(Member member) {
    try {
      return simulation().kindOf(member.knobs());
    } catch (RuntimeException e) {
      return member.index();
    }
  }

  /** Made once, or failed once. */
  private Simulation simulation() {
    if (failure != null) {
      throw failure;
    }
    try {
      simulation = simulation == null ? maker.get() : simulation;
      return simulation;
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  private SimulatedDesign simulated(Member member, int on) {
    try {
      int[] knobs = member.knobs();
      Object kind = simulation().kindOf(knobs);
      Counted counted = known.get(kind);
      if (counted == null) {
        counted = counted(member, on);
        known.put(kind, counted);
        synchronized (this) {
          simulations++;
        }
      }
      return new SimulatedDesign(
          member.index(),
          counted.count().map(count -> simulation.accuracy(knobs, count)),
          counted.problem());
    } catch (RuntimeException e) {
      return new SimulatedDesign(member.index(), Optional.empty(), message(e));
    }
  }

  private Counted counted(Member member, int on) {
    try {
      return new Counted(Optional.of(simulation.count(member, on)), "");
    } catch (IllegalArgumentException e) {
      return new Counted(Optional.empty(), message(e));
    } catch (OutOfMemoryError e) {
      return new Counted(Optional.empty(), "it needs more memory than there is");
    }
  }

  private static String message(RuntimeException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.replace('\n', ' ');
  }
}
