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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Simulator of members of a front on one thread of low priority while the search goes on: the
 * newest first, a bounded number waiting, none that left. It only annotates: the search knows
 * nothing of it. When the search has ended, {@link #finish} simulates members of the last front in
 * the given order and up to a number of different kinds; which those are and what they get depends
 * on the order and the number alone, not on what was done before.
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

  private final int rest;
  private final Thread thread;

  // Used by the thread alone.
  private final Map<Object, Counted> known = new HashMap<>();
  private final LazySimulation simulation;
  private Optional<Begun> begun = Optional.empty();

  // Guarded by this.
  private final Deque<Member> waiting = new ArrayDeque<>();
  private final List<SimulatedDesign> done = new ArrayList<>();
  private final Set<Long> chosen = new TreeSet<>();
  private Optional<LastFront> last = Optional.empty();
  private Progress progress = new Progress(0, 0);
  private int kinds;
  private State state = State.SEARCH;

  /** Stage of a simulator. */
  private enum State {
    /** Members are simulated as they come. */
    SEARCH,
    /** The last front is simulated. */
    LAST_FRONT,
    /** The last front is done. */
    DONE,
    /** No more is simulated; the thread may still be at work. */
    CLOSED,
    /** The thread has ended. */
    ENDED;

    /** True if nothing is simulated any more. */
    boolean isClosed() {
      return compareTo(CLOSED) >= 0;
    }
  }

  /**
   * Request of {@link #finish}.
   *
   * @param members members of the front, those first that matter most
   * @param most different kinds of members at most
   * @param threads threads to run on
   */
  private record LastFront(List<Member> members, int most, int threads) {}

  /** A simulation that is made when it is first needed, once, or fails to be made, once. */
  private static final class LazySimulation {
    private final Supplier<Simulation> maker;
    private Optional<Simulation> made = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();

    LazySimulation(Supplier<Simulation> maker) {
      this.maker = maker;
    }

    Simulation get() {
      if (failure.isPresent()) {
        throw failure.get();
      }
      if (made.isEmpty()) {
        try {
          made = Optional.of(maker.get());
        } catch (RuntimeException e) {
          failure = Optional.of(e);
          throw e;
        }
      }
      return made.get();
    }

    /** Simulations that can be begun beside those that run; 0 before there is a simulation. */
    int free() {
      return made.map(Simulation::free).orElse(0);
    }

    boolean hasFailed() {
      return failure.isPresent();
    }
  }

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
    this.simulation = new LazySimulation(maker);
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
    last = Optional.of(new LastFront(List.copyOf(members), most, threads));
    become(State.LAST_FRONT);
    waiting.clear();
  }

  /**
   * Ends {@link #finish}, because the search goes on; what it has simulated is not simulated again.
   */
  public synchronized void goOn() {
    last = Optional.empty();
    chosen.clear();
    kinds = 0;
    become(State.SEARCH);
  }

  /** Enters a stage, unless the simulator is closed. */
  private synchronized void become(State next) {
    if (!state.isClosed()) {
      state = next;
    }
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
      for (long left_ms = patience.toMillis(); !isAtRest() && left_ms > 0; ) {
        wait(left_ms);
        left_ms = (end_ns - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return isAtRest();
  }

  private boolean isAtRest() {
    return state == State.DONE || state == State.ENDED;
  }

  /** Members that {@link #finish} has simulated so far, or found that they cannot be. */
  public synchronized Set<Long> chosen() {
    return new TreeSet<>(chosen);
  }

  /** Simulations of {@link #finish}; those that the search had done before are not counted. */
  public synchronized Progress progress() {
    return progress;
  }

  /** Different kinds among {@link #chosen}. */
  public synchronized int kinds() {
    return kinds;
  }

  /** Ends the thread; a simulation that runs is given up. */
  @Override
  public void close() {
    become(State.CLOSED);
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
            simulateBeside(next.get());
          }
          pause((System.nanoTime() - from_ns) / 1_000_000 * rest);
        }
        awaitNext(simulateLast());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        state = State.ENDED;
        notifyAll();
      }
    }
  }

  /** Simulates a member while the search goes on; what it comes to later is not lost. */
  private void simulateBeside(Member member) throws InterruptedException {
    Object kind = kind(member);
    if (!known.containsKey(kind)) {
      FutureTask<Counted> count = new FutureTask<>(() -> counted(member, 1));
      helper(count).start();
      begun = Optional.of(new Begun(kind, count));
      synchronized (this) {
        while (state == State.SEARCH && !count.isDone()) {
          wait(LOOK_EVERY_MS);
        }
      }
      if (!count.isDone()) {
        return;
      }
      begun = Optional.empty();
      deliver(simulated(member, () -> result(count)));
    } else {
      deliver(simulated(member, () -> counted(member, 1)));
    }
  }

  /** A count that is on its way, with the kind that it is of. */
  private record Begun(Object kind, Future<Counted> count) {}

  /** The next that waits; empty when the search has ended. */
  private synchronized Optional<Member> take() throws InterruptedException {
    while (waiting.isEmpty() && state == State.SEARCH) {
      wait();
    }
    return state == State.SEARCH ? Optional.of(waiting.removeFirst()) : Optional.empty();
  }

  /** Waits, after the last front is simulated, for the search to go on or for the end. */
  private synchronized void awaitNext(Optional<LastFront> simulated) throws InterruptedException {
    if (state == State.LAST_FRONT && isLast(simulated)) {
      become(State.DONE);
    }
    while (state == State.DONE) {
      wait();
    }
  }

  private synchronized void pause(long time_ms) throws InterruptedException {
    long end_ns = System.nanoTime() + time_ms * 1_000_000;
    for (long left_ms = time_ms; left_ms > 0 && state == State.SEARCH; ) {
      wait(left_ms);
      left_ms = (end_ns - System.nanoTime()) / 1_000_000;
    }
  }

  private synchronized boolean isClosed() {
    return state.isClosed();
  }

  private synchronized void deliver(SimulatedDesign what) {
    if (!state.isClosed()) {
      done.add(what);
      notifyAll();
    }
  }

  /** Simulates the last front until another one takes its place; returns that which it was. */
  private Optional<LastFront> simulateLast() {
    Optional<LastFront> front;
    synchronized (this) {
      front = last;
    }
    front.ifPresent(this::simulate);
    return front;
  }

  private void simulate(LastFront front) {
    List<Member> unknown = unknown(front.members(), front.most());
    synchronized (this) {
      progress = new Progress(0, unknown.size());
    }
    expect(unknown);
    ExecutorService pool = Executors.newFixedThreadPool(front.threads(), FrontSimulator::helper);
    try {
      int on = Math.max(1, front.threads() / Math.max(1, unknown.size()));
      Map<Object, Future<Counted>> running = new HashMap<>();
      begun.ifPresent(early -> running.put(early.kind(), early.count()));
      for (Member member : unknown) {
        running.computeIfAbsent(kind(member), kind -> pool.submit(() -> counted(member, on)));
      }
      simulate(front, running);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Thread helper(Runnable work) {
    Thread thread = new Thread(work, "simulator of a member");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  /** Hands on what the members of a front come to, in their order. */
  private void simulate(LastFront front, Map<Object, Future<Counted>> running) {
    Set<Object> taken = new HashSet<>();
    for (Member member : front.members()) {
      Object kind = kind(member);
      if (!taken.contains(kind) && taken.size() >= front.most()) {
        continue;
      }
      taken.add(kind);
      if (running.containsKey(kind) && !isDone(front, running.get(kind))) {
        return;
      }
      SimulatedDesign what = simulated(member, () -> result(running.get(kind)));
      synchronized (this) {
        if (!isLast(Optional.of(front))) {
          return;
        }
        done.add(what);
        chosen.add(member.index());
        kinds = taken.size();
        notifyAll();
      }
    }
  }

  /** Waits for a count; false if another front takes the place of this one before. */
  private boolean isDone(LastFront front, Future<Counted> count) {
    try {
      while (isLast(Optional.of(front)) && !count.isDone()) {
        synchronized (this) {
          wait(LOOK_EVERY_MS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return isLast(Optional.of(front));
  }

  private static Counted result(Future<Counted> count) {
    try {
      return count.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The simulation was given up.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  /** Announces a member, and the newest that wait, as many as can be begun beside it. */
  private void announce(Member next) {
    expect(unknown(List.of(next), 1));
    int more = simulation.free();
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
        if (state != State.SEARCH) {
          return false;
        }
      }
      announce(member);
    }
    return true;
  }

  private boolean isReady(Member member) {
    return simulation.hasFailed()
        || unknown(List.of(member), 1).isEmpty()
        || simulation.get().isReady(member);
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
      simulation.get().expect(members);
    } catch (RuntimeException e) {
      // The failure is reported with the count of a member.
      return;
    }
  }

  /** True if no other front has taken the place of this one; equal fronts are other requests. */
  private synchronized boolean isLast(Optional<LastFront> front) {
    return !state.isClosed() && last.orElse(null) == front.orElse(null);
  }

  /** A member that has no kind is one of its own. */
  private Object kind(Member member) {
    try {
      return simulation.get().kindOf(member.knobs());
    } catch (RuntimeException e) {
      return member.index();
    }
  }

  private SimulatedDesign simulated(Member member, Supplier<Counted> count) {
    try {
      int[] knobs = member.knobs();
      Object kind = simulation.get().kindOf(knobs);
      Counted counted = known.get(kind);
      if (counted == null) {
        counted = count.get();
        known.put(kind, counted);
        synchronized (this) {
          progress = new Progress(progress.simulated() + 1, progress.all());
        }
      }
      return new SimulatedDesign(
          member.index(),
          counted.count().map(found -> simulation.get().accuracy(knobs, found)),
          counted.problem());
    } catch (RuntimeException e) {
      return new SimulatedDesign(member.index(), Optional.empty(), message(e));
    }
  }

  private Counted counted(Member member, int on) {
    try {
      return new Counted(Optional.of(simulation.get().count(member, on)), "");
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
