package dev.kirchhoff.dse.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.engine.Engine;
import dev.kirchhoff.dse.engine.Round;
import dev.kirchhoff.dse.explore.ExploreResult.End;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.LatinHypercube;
import dev.kirchhoff.dse.space.Problem;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Explorer of a space, in rounds. In a round each island chooses and evaluates designs by itself,
 * against the memo and the fronts as they were when the round began; at the barrier the islands are
 * merged in their order, so the result does not depend on threads.
 *
 * <p>Round 0 evaluates the start and 15 designs spread over the space, the same for every engine
 * that searches and every seed, and between them the designs of a warm start. The budget counts
 * unique designs and is never exceeded: as soon as a round could exceed it, the islands run one
 * after the other and stop at the design that uses it up. A run whose budget is the number of
 * designs of another run with the same seed and islands repeats that run.
 *
 * <p>Commands apply between rounds. One that waits ends the round in hand: each island stops after
 * the design that it is evaluating, and the round's event records after how many, so that a search
 * with the same commands after the same rounds, cut at the same designs, is the same search.
 *
 * <p>The end of the time cuts a round too. Islands behind the first one that it cut are left out of
 * the round, so that the search is the one whose budget is the number of its designs.
 *
 * <pre>{@code
 * ExploreSettings settings =
 *     new ExploreSettings(new RandomEngine(), 1, 3_000, 2, 2, Optional.empty());
 * ExploreResult result = new Explorer(problem, settings, sink, Clock.systemUTC()).run();
 * }</pre>
 */
public final class Explorer {
  private static final int SPREAD = 15;

  private static final long SPREAD_SEED = 1;
  private static final long PROGRESS_MS = 100;

  private final ExploreSettings settings;
  private final RunSink sink;
  private final Clock clock;
  private final SearchState state;
  private final Commands commands;
  private final Set<String> answered = new HashSet<>();
  private final CommandFold fold;
  private boolean replayedCommands;
  private volatile boolean cuttable;
  private volatile boolean timed;
  private int counted;
  private boolean paused;
  private boolean ended;
  private OptionalLong deadline = OptionalLong.empty();
  private final List<IslandEvaluator> islands = new ArrayList<>();
  private final List<Engine.Searcher> searchers = new ArrayList<>();
  private final List<JsonNode> states = new ArrayList<>();
  private volatile boolean stop;
  private int round;
  private long progressAt;

  /** Prepares an exploration that takes no commands. */
  public Explorer(Problem problem, ExploreSettings settings, RunSink sink, Clock clock) {
    this(
        Steering.none(SearchTerms.of(problem, settings.budget())),
        Commands.NONE,
        settings,
        sink,
        clock);
  }

  /**
   * Prepares an exploration.
   *
   * @param steering what it is asked to do at first; the budget of the settings is not read
   * @param commands the commands that it takes
   */
  public Explorer(
      Steering steering, Commands commands, ExploreSettings settings, RunSink sink, Clock clock) {
    this.fold = new CommandFold(steering);
    this.commands = commands;
    this.settings = settings;
    this.sink = sink;
    this.clock = clock;
    this.state = new SearchState(steering.terms(), sink);
    for (int i = 0; i < settings.islands(); i++) {
      states.add(MissingNode.getInstance());
    }
    makeIslands();
  }

  private void makeIslands() {
    islands.clear();
    searchers.clear();
    for (int i = 0; i < settings.islands(); i++) {
      islands.add(
          new IslandEvaluator(
              problem(),
              state.memo(),
              () -> stop,
              () -> cuttable && commands.isWaiting() || timed && isLate()));
      searchers.add(settings.engine().searcher(problem()));
    }
  }

  private SearchTerms terms() {
    return fold.steering().terms();
  }

  private Problem problem() {
    return fold.problem();
  }

  /**
   * Asks the run to stop: before the next computation of a design. The round it is in is void. From
   * any thread.
   */
  public void requestStop() {
    stop = true;
  }

  /**
   * Reads logged evaluations again, before {@link #run}, without publishing them.
   *
   * @throws IllegalArgumentException if they do not continue the run
   */
  public void replay(RunEvent.Evaluations event) {
    state.replay(event);
  }

  /**
   * Reads the end of a logged round again, after its evaluations; {@link #run} goes on from the
   * last.
   *
   * @throws IllegalArgumentException if it does not match the evaluations, or the number of islands
   */
  public void replay(RunEvent.Round event) {
    if (event.engineState().size() != settings.islands()) {
      throw new IllegalArgumentException(
          "The run has "
              + event.engineState().size()
              + " islands, not "
              + settings.islands()
              + ".");
    }
    fold.ended(event);
    state.replay(event);
    for (int i = 0; i < settings.islands(); i++) {
      JsonNode state = event.engineState().get(i);
      states.set(i, state.isNull() ? MissingNode.getInstance() : state);
    }
    round = event.round() + 1;
  }

  /**
   * Reads a logged answer to a command again, in its place among evaluations and rounds. Pauses and
   * stops have no effect: the run went on after them, or goes on now.
   *
   * @throws IllegalArgumentException if the command cannot be applied again
   */
  public void replay(RunEvent.Ack event) {
    answered.add(event.command());
    Optional<Steering.Answer> answer = fold.again(event, state);
    state.published();
    answer.ifPresent(this::follow);
    replayedCommands = true;
  }

  /** The front now: after the last logged round that was read again, or at the end. */
  public List<ExploreResult.FrontMember> front() {
    return state.front();
  }

  /** Terms of the search now. */
  public Steering steering() {
    return fold.steering();
  }

  /**
   * Runs until the budget or the space is used up, the time is over, or it is asked to stop. May be
   * called again: it takes the commands that wait and goes on where they let it.
   */
  public ExploreResult run() {
    if (deadline.isEmpty() && settings.time().isPresent()) {
      deadline = OptionalLong.of(clock.millis() + settings.time().get().toMillis());
    }
    if (replayedCommands) {
      replayedCommands = false;
      state.publishFront();
      sink.steered("", false, terms());
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(settings.threads(), settings.islands()));
    End end;
    try {
      end = rounds(threads);
    } finally {
      threads.shutdownNow();
    }
    return state.result(end, round, swept());
  }

  private End rounds(ExecutorService threads) {
    while (true) {
      try {
        steer();
      } catch (IslandEvaluator.StopRequest stopped) {
        return End.STOPPED;
      }
      if (stop || ended) {
        return End.STOPPED;
      }
      if (state.isExhausted() || isSwept(problem().space().size())) {
        return End.EXHAUSTED;
      }
      if (isSwept(BigInteger.valueOf(terms().budget()))) {
        return End.BUDGET;
      }
      if (state.memo().size() >= terms().budget()) {
        return End.BUDGET;
      }
      if (round > 0 && fold.injected().isEmpty() && isLate()) {
        return End.TIME;
      }
      boolean isFirst = round == 0 && settings.engine().opensWithSpread();
      boolean isSearch = !isFirst && (round == 0 || fold.injected().isEmpty());
      int added;
      List<OptionalInt> cuts = List.of();
      // A round that is repeated ends where its event says.
      timed = settings.engine().opensWithSpread() && commands.cuts(round).isEmpty();
      counted = islands.size();
      try {
        added = isFirst ? first(threads) : isSearch ? search(threads) : evaluateInjected(threads);
        cuts = isFirst || isSearch ? cuts() : cuts;
      } catch (IslandEvaluator.StopRequest stopped) {
        return End.STOPPED;
      }
      endRound(cuts);
      if (added == 0 && isSearch && !isLate() && swept().isEmpty()) {
        return End.STUCK;
      }
    }
  }

  /** Takes the commands that wait; while the search is paused, waits for more. */
  private void steer() {
    long begin = clock.millis();
    commands.take(round).forEach(this::apply);
    boolean waited = paused;
    try {
      boolean more = true;
      while (paused && more && !stop && !ended) {
        more = commands.await();
        tellProgress();
        commands.take(round).forEach(this::apply);
      }
      ended |= !more;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop = true;
    }
    paused = false;
    if (waited && deadline.isPresent()) {
      deadline = OptionalLong.of(deadline.getAsLong() + clock.millis() - begin);
    }
  }

  private void apply(RunEvent.Command command) {
    if (!answered.add(command.command())) {
      return;
    }
    Steering.Answer answer = fold.answer(command, state, paused);
    RunEvent.Ack ack =
        new RunEvent.Ack(
            command.command(),
            answer.isAccepted(),
            answer.refusal(),
            state.memo().size(),
            EventJson.mapper().valueToTree(command));
    sink.ack(ack);
    commands.answered(ack);
    if (!answer.isAccepted()) {
      if (paused) {
        sink.steered(command.command(), true, terms());
      }
      return;
    }
    SearchTerms before = terms();
    follow(answer);
    state.publishFront();
    boolean wasPaused = paused;
    switch (answer.action()) {
      case PAUSE -> paused = true;
      case RESUME -> paused = false;
      case STOP -> ended = true;
      case GO_ON -> {}
    }
    // The last event of a paused run says so, whatever was asked meanwhile.
    if (paused || wasPaused || terms() != before) {
      sink.steered(command.command(), paused, terms());
    }
  }

  private void follow(Steering.Answer answer) {
    DesignSpace before = problem().space();
    if (fold.follow(answer, state, settings.threads(), () -> stop)) {
      if (problem().space() != before) {
        states.replaceAll(settings.engine()::stateInOtherSpace);
      }
      makeIslands();
    }
  }

  private void endRound(List<OptionalInt> cuts) {
    state.measure();
    state.publishFront();
    Counts counts = state.counts();
    ArrayNode engineState = JsonNodeFactory.instance.arrayNode();
    states.forEach(
        state -> engineState.add(state.isMissingNode() ? engineState.nullNode() : state));
    boolean isCut = cuts.stream().anyMatch(OptionalInt::isPresent);
    sink.round(
        new RunEvent.Round(
            round,
            counts.evaluated(),
            counts.requested(),
            state.fronts().whole().size(),
            state.hypervolume(),
            engineState,
            isCut ? RunEvent.Round.cutColumn(cuts) : null,
            swept().orElse(null)));
    tellProgress();
    round++;
  }

  private void tellProgress() {
    long now = clock.millis();
    if (now - progressAt >= PROGRESS_MS) {
      progressAt = now;
      sink.progress(
          new RunSink.Progress(
              counts(),
              swept().isPresent() ? 0 : islands.stream().mapToInt(IslandEvaluator::inHand).sum(),
              state.fronts().whole().size(),
              state.hypervolume(),
              round));
    }
  }

  /** Rows of a large sweep up to the last whole round. */
  private Optional<RunEvent.Swept> swept() {
    return settings.engine().swept(states.get(0));
  }

  private boolean isSwept(BigInteger rows) {
    return swept().filter(all -> BigInteger.valueOf(all.rows()).equals(rows)).isPresent();
  }

  /** Counts of designs, or of the rows of a large sweep. */
  private Counts counts() {
    return swept().map(Counts::of).orElseGet(state::counts);
  }

  private boolean isLate() {
    return deadline.isPresent() && clock.millis() >= deadline.getAsLong();
  }

  private int left() {
    return (int) Math.min(Integer.MAX_VALUE, terms().budget() - state.memo().size());
  }

  /** A round of the designs that commands brought. */
  private int evaluateInjected(ExecutorService threads) {
    timed = false;
    IslandEvaluator island = islands.get(0);
    island.begin(fold.injected().size(), left(), List.of());
    await(List.of(threads.submit(() -> fold.injected().forEach(island::evaluate))));
    fold.injected().clear();
    return state.merge(island, round, 0);
  }

  /** Round 0: the start, designs of an earlier run, and designs spread over the space. */
  private int first(ExecutorService threads) {
    IslandEvaluator island = islands.get(0);
    List<List<Integer>> earlier =
        settings.warmStart().map(RunEvent.WarmStart::designs).orElse(List.of());
    island.begin(quota(0, 1 + earlier.size() + SPREAD), left(), List.of());
    await(List.of(threads.submit(() -> first(island, earlier))));
    return state.merge(island, round, 0);
  }

  private void first(IslandEvaluator island, List<List<Integer>> earlier) {
    island.evaluate(problem().space().start());
    for (List<Integer> design : earlier) {
      island.evaluate(design.stream().mapToInt(Integer::intValue).toArray());
    }
    for (int[] design : LatinHypercube.designs(problem().space(), SPREAD, SPREAD_SEED)) {
      island.evaluate(design);
    }
  }

  private int search(ExecutorService threads) {
    int quota = settings.engine().quota(state.memo().size(), settings.islands());
    // Rounds of a sweep are short and stay whole, so that its rows keep their order.
    cuttable = settings.engine().opensWithSpread();
    try {
      return (long) quota * settings.islands() > left()
          ? searchInTurn(threads, quota)
          : searchAtOnce(threads, quota);
    } finally {
      cuttable = false;
    }
  }

  /** New designs that an island may compute: those of the round that is repeated, or its quota. */
  private int quota(int island, int quota) {
    return commands.cuts(round).map(cuts -> cuts.get(island).orElse(quota)).orElse(quota);
  }

  /**
   * Quotas that a command or the end of the time has lessened in the last round, or in the round
   * that it repeats.
   */
  private List<OptionalInt> cuts() {
    return commands
        .cuts(round)
        .orElseGet(
            () ->
                IntStream.range(0, islands.size())
                    .mapToObj(i -> i < counted ? islands.get(i).cut() : OptionalInt.of(0))
                    .toList());
  }

  /** Islands up to the first that the end of the time cut; all of them if it cut none. */
  private int countedIslands() {
    boolean isLate = timed && isLate();
    return IntStream.range(0, islands.size())
        .filter(i -> isLate && islands.get(i).cut().isPresent())
        .map(i -> i + 1)
        .findFirst()
        .orElse(islands.size());
  }

  private int searchAtOnce(ExecutorService threads, int quota) {
    List<Future<?>> running = new ArrayList<>();
    List<JsonNode> before = List.copyOf(states);
    for (int i = 0; i < islands.size(); i++) {
      int number = i;
      islands.get(i).begin(quota(i, quota), Integer.MAX_VALUE, List.of());
      running.add(threads.submit(() -> search(number)));
    }
    await(running);
    counted = countedIslands();
    for (int i = counted; i < islands.size(); i++) {
      states.set(i, before.get(i));
    }
    return merge();
  }

  private int merge() {
    int added = 0;
    for (int i = 0; i < counted; i++) {
      added += state.merge(islands.get(i), round, i);
    }
    return added;
  }

  /** Waits for the work of a round, and tells its progress meanwhile. */
  private void await(List<Future<?>> running) {
    RuntimeException first = null;
    for (Future<?> future : running) {
      RuntimeException failure = failure(future);
      if (first == null || first instanceof IslandEvaluator.StopRequest && failure != null) {
        first = failure;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private RuntimeException failure(Future<?> future) {
    try {
      while (!isDone(future)) {
        tellProgress();
      }
      return null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stop = true;
      return new IllegalStateException("The search was interrupted.", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        return cause;
      }
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      return new IllegalStateException(failed.getCause());
    }
  }

  private static boolean isDone(Future<?> future) throws InterruptedException, ExecutionException {
    try {
      future.get(PROGRESS_MS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /**
   * The last rounds: an island may compute what the islands before it have left of the budget.
   * Designs that they found in this round do not use it up, exactly as when all islands run at once
   * and are merged.
   */
  private int searchInTurn(ExecutorService threads, int quota) {
    int left = left();
    await(List.of(threads.submit(() -> searchInTurn(quota, left))));
    return merge();
  }

  private void searchInTurn(int quota, int left) {
    int unique = 0;
    List<IslandEvaluator> done = new ArrayList<>();
    for (int i = 0; i < counted; i++) {
      IslandEvaluator island = islands.get(i);
      island.begin(quota(i, quota), left - unique, done);
      if (unique < left) {
        search(i);
      }
      unique += island.unique();
      done.add(island);
      if (timed && island.cut().isPresent() && isLate()) {
        counted = i + 1;
      }
    }
  }

  private void search(int number) {
    if (islands.get(number).isLeftOut()) {
      return;
    }
    Round from =
        new Round(
            round,
            number,
            settings.islands(),
            Round.seed(settings.seed(), round, number),
            state.fronts().copy(),
            islands.get(number));
    states.set(number, searchers.get(number).search(states.get(number), from));
  }
}
