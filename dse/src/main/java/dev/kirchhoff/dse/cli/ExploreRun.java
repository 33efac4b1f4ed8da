package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.explore.Explorer;
import dev.kirchhoff.dse.explore.SearchTerms;
import dev.kirchhoff.dse.explore.Sweep;
import dev.kirchhoff.dse.explore.SweepPlan;
import dev.kirchhoff.dse.explore.SweptDesigns;
import dev.kirchhoff.dse.metrics.RunMetrics;
import dev.kirchhoff.dse.proof.Proof;
import dev.kirchhoff.dse.proof.Unprovable;
import dev.kirchhoff.dse.report.DrawnFront;
import dev.kirchhoff.dse.report.FrontReport;
import dev.kirchhoff.dse.report.RankedFront;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.LogWriteException;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunLog;
import dev.kirchhoff.dse.run.SteadyClock;
import dev.kirchhoff.dse.steer.CommandKind;
import dev.kirchhoff.dse.steer.PendingCommands;
import dev.kirchhoff.dse.steer.SpecSteering;
import dev.kirchhoff.dse.stream.KafkaTarget;
import dev.kirchhoff.dse.stream.RunPublication;
import dev.kirchhoff.dse.table.RunTable;
import dev.kirchhoff.dse.work.SharedSweep;
import dev.kirchhoff.dse.work.SweepJob;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One run from header to last line: log, publication, page, progress, result. Ctrl-C stops the
 * search between designs and still prints the front; kill -9 leaves a log that is good to its last
 * whole line.
 */
final class ExploreRun {
  private static final Duration DELIVERY_PATIENCE = Duration.ofSeconds(15);
  private static final Duration AWAIT = Duration.ofMillis(50);
  private static final long BEAT_MS = 1000;

  private static final int NOTHING_FEASIBLE = 1;
  private static final int INTERRUPTED = 130;

  private final DesignSpec spec;
  private final SpecProblemSpace problem;
  private final ExploreSettings settings;
  private final String engine;
  private final FileSources sources;
  private final String stem;
  private final int[] start;
  private final Optional<TableArguments.Target> table;
  private final Distribution distribution;
  private final StreamArguments arguments;
  private final SimulationPlan plan;
  private final Console console;
  private final Clock clock = Clock.systemUTC();

  /** For what is measured; {@link #clock} is for the times of events. */
  private final Clock steady = SteadyClock.start();

  private final CountDownLatch done = new CountDownLatch(1);
  private Optional<Resumption> resumed = Optional.empty();
  private SearchTerms terms;
  private Optional<RunMetrics> metrics = Optional.empty();
  private Optional<SweptRun.Workers> workers = Optional.empty();
  private GapArguments gap = new GapArguments();
  private Optional<Distance> distance = Optional.empty();
  private boolean namedByUser;
  private volatile boolean interrupted;
  private long beatAt_ms;
  private long beatEvaluated;

  /**
   * Subject of an exploration.
   *
   * @param spec the spec
   * @param problem the spec as a problem
   * @param settings how
   * @param engine name of the engine
   * @param sources files that the spec was read from
   * @param stem name of the run in its id, where the user gives none
   * @param start the design that the search starts from, or a sweep goes around
   * @param table table that a sweep ends with; empty for a search, which ends with its front
   * @param distribution work that goes to workers
   */
  record Inputs(
      DesignSpec spec,
      SpecProblemSpace problem,
      ExploreSettings settings,
      String engine,
      FileSources sources,
      String stem,
      int[] start,
      Optional<TableArguments.Target> table,
      Distribution distribution) {

    /** A search. */
    Inputs(
        DesignSpec spec,
        SpecProblemSpace problem,
        ExploreSettings settings,
        String engine,
        FileSources sources,
        Distribution distribution) {
      this(
          spec,
          problem,
          settings,
          engine,
          sources,
          spec.fileStem(),
          starts(spec),
          Optional.empty(),
          distribution);
    }
  }

  /** Values that a spec's knobs start at. */
  static int[] starts(DesignSpec spec) {
    return spec.knobs().stream().mapToInt(Knob::start).toArray();
  }

  ExploreRun(Inputs inputs, StreamArguments arguments, SimulationPlan plan, Console console) {
    this.spec = inputs.spec();
    this.problem = inputs.problem();
    this.settings = inputs.settings();
    this.engine = inputs.engine();
    this.sources = inputs.sources();
    this.stem = inputs.stem();
    this.start = inputs.start();
    this.table = inputs.table();
    this.distribution = inputs.distribution();
    this.arguments = arguments;
    this.plan = plan;
    this.console = console;
    this.terms = SearchTerms.of(problem, settings.budget());
  }

  /** Distance of a front from the true one, as long as the spec's limits are those it is of. */
  private record Distance(DesignSpec spec, RunEvent.Proved proved) {}

  /** This run, with a proof of its front after the search if that is wanted. */
  ExploreRun proving(GapArguments wanted) {
    gap = wanted;
    return this;
  }

  /**
   * Runs to the end and gives the exit code.
   *
   * @param name the run's id; without it one is made
   */
  int run(Optional<String> name, boolean all, boolean json) {
    namedByUser = name.isPresent();
    RunEvent.Run header = header("running", "");
    KafkaTarget target = target();
    RunId id = name.map(RunId::new).orElseGet(() -> RunId.fresh(clock, stem, new SecureRandom()));
    DataDirectory data = arguments.data.open();
    RunDirectory directory = data.createRun(id);
    return conduct(data, RunLog.create(directory, header, clock), target, all, json);
  }

  /** Goes on with a run from its last whole round. */
  int resume(DataDirectory data, Resumption from, boolean all, boolean json) {
    namedByUser = true;
    resumed = Optional.of(from);
    KafkaTarget target = target();
    RunEvent.Run header = header("running", "resumed after " + from.evaluated() + " designs");
    RunLog log = RunLog.reopen(from.run(), from.from(), header, clock);
    return conduct(data, log, target, all, json);
  }

  /** Destination of events; invalid arguments are reported before anything is written. */
  private KafkaTarget target() {
    return KafkaTarget.of(
        Optional.ofNullable(arguments.kafka),
        Optional.ofNullable(arguments.kafkaConfig),
        arguments.noKafka);
  }

  private int conduct(
      DataDirectory data, RunLog log, KafkaTarget target, boolean all, boolean json) {
    RunDirectory directory = log.run();
    RunId id = directory.id();
    boolean terminal = console.isInteractive();
    data.warning().ifPresent(console::message);
    if (!plan.hint().isEmpty()) {
      console.message(plan.hint());
    }
    Optional<DashboardCompanion> page = Optional.empty();
    Optional<DistributeArguments.Shared> shared = Optional.empty();
    RunPublication publication = RunPublication.open(data, directory, target, console::message);
    try {
      metrics =
          Optional.ofNullable(arguments.metricsPort).map(at -> metrics(at, id, log, publication));
      metrics.ifPresent(served -> console.message("metrics " + served.address()));
      page =
          arguments.dashboard
              ? DashboardCompanion.start(data, arguments, console::message)
              : Optional.empty();
      console.message(
          resumed.map(r -> "resumes after " + Units.count(r.evaluated()) + " designs: ").orElse("")
              + "run "
              + id);
      page.ifPresent(p -> p.announce(id, console::message));
      shared = share(data, id);
      int code;
      try (FrontAccuracy accuracy =
          plan.begin(id.text(), shared.map(DistributeArguments.Shared::work))) {
        code = search(log, publication, accuracy, all, json);
      }
      shared.ifPresent(workers -> tell(workers.work().summary()));
      long undelivered = publication.close(DELIVERY_PATIENCE);
      if (undelivered > 0) {
        console.message(
            Units.count(undelivered)
                + " events are not delivered to Kafka yet; whoever next starts a broker over this"
                + " data directory delivers them");
      }
      page.filter(p -> terminal && !interrupted).ifPresent(p -> serveOn(p, id));
      return code;
    } finally {
      log.close();
      shared.ifPresent(DistributeArguments.Shared::close);
      publication.close(Duration.ZERO);
      page.ifPresent(DashboardCompanion::close);
      metrics.ifPresent(RunMetrics::close);
      done.countDown();
    }
  }

  private void tell(String workers) {
    if (!workers.isEmpty()) {
      console.message("workers: " + workers);
    }
  }

  /** Hands work to workers, where the run is distributed. */
  private Optional<DistributeArguments.Shared> share(DataDirectory data, RunId id) {
    if (distribution instanceof Distribution.None) {
      return Optional.empty();
    }
    DistributeArguments.Shared begun =
        DistributeArguments.begin(arguments, data, id.text(), distribution.words(), console);
    if (distribution instanceof Distribution.OfChunks chunks) {
      Sweep sweep = (Sweep) settings.engine();
      workers =
          Optional.of(
              new SweptRun.Workers(
                  new SharedSweep(begun.work(), job(id, sweep.isLogged()), sweep.designs()),
                  chunks.designs()));
    }
    return Optional.of(begun);
  }

  private SweepJob job(RunId id, boolean isLogged) {
    return new SweepJob(
        id.text(),
        ModelVersion.text(),
        isLogged,
        SweepPlan.isDrawn(engine)
            ? OptionalInt.of(Math.toIntExact(settings.budget()))
            : OptionalInt.empty(),
        settings.seed(),
        SpecText.json(spec));
  }

  private RunMetrics metrics(int port, RunId id, RunLog log, RunPublication publication) {
    return RunMetrics.start(
        port, id.text(), settings.budget(), () -> publication.undelivered(log.lastSeq()));
  }

  private int search(
      RunLog log, RunPublication publication, FrontAccuracy accuracy, boolean all, boolean json) {
    ProgressLine line =
        new ProgressLine(
            console,
            () -> terms.budget(),
            settings.time(),
            resumed.map(Resumption::evaluated).orElse(0L),
            steady);
    LogSink sink =
        new LogSink(
            spec,
            log,
            accuracy,
            now -> {
              line.show(now);
              metrics.ifPresent(
                  served ->
                      served.update(
                          now.counts().evaluated(),
                          terms.budget(),
                          now.front(),
                          now.hypervolume()));
              beat(now.counts().evaluated(), log, publication);
            },
            this::steered);
    Optional<SweptRun> swept = SweptRun.begin(settings, spec, problem, log.run(), workers);
    try (PendingCommands commands = PendingCommands.open(log.run().commands(), console::message)) {
      publication.takeCommands(commands::offer);
      Explorer explorer =
          new Explorer(
              SpecSteering.begin(spec, problem, settings.budget(), table.isEmpty()),
              commands,
              swept.map(SweptRun::settings).orElse(settings),
              sink,
              steady);
      resumed.ifPresent(from -> from.replay(explorer, sink));
      console.tellsInterruption();
      Thread hook = new Thread(() -> interrupt(explorer), "interrupt");
      Runtime.getRuntime().addShutdownHook(hook);
      try {
        ExploreResult result = explorer.run();
        final String searched = line.elapsed();
        final String rate = line.rate(result.counts().evaluated());
        line.end();
        if (table.isPresent()) {
          return endSweep(log, result, searched, rate);
        }
        result = prove(explorer, result, commands);
        RankedFront front = RankedFront.of(spec(explorer), result);
        long evaluated = result.counts().evaluated();
        Runnable told =
            () -> {
              line.show(accuracy.progress());
              beat(evaluated, log, publication);
            };
        while (simulate(result, front, sink, accuracy, commands, told)) {
          accuracy.goOn();
          result = explorer.run();
          front = RankedFront.of(spec(explorer), result);
        }
        line.end();
        DrawnFront drawn = DrawnFront.of(front, settings.seed());
        boolean isStopped = interrupted || result.reason() == ExploreResult.End.STOPPED;
        Optional<RunEvent.Proved> proved =
            distance.filter(of -> of.spec() == spec(explorer)).map(Distance::proved);
        RunEvent.Run end =
            header(isStopped ? "stopped" : "finished", result.reason().words())
                .proving(proved.orElse(null));
        log.append(
            result.front().isEmpty() ? end : end.in(end.state(), end.reason(), drawn.event()));
        log.close();
        FrontReport report = FrontReport.of(front, drawn, accuracy.printed(), proved);
        console.print(json, report, () -> FrontText.of(report, all));
        console.message(searched + " at " + rate + ". " + next(log.run().id(), report, isStopped));
        return interrupted ? INTERRUPTED : result.front().isEmpty() ? NOTHING_FEASIBLE : 0;
      } catch (LogWriteException e) {
        line.end();
        throw e;
      } finally {
        removeHook(hook);
      }
    } finally {
      swept.ifPresent(SweptRun::close);
    }
  }

  /** Proves the front if that is wanted; designs that this finds join the run by commands. */
  private ExploreResult prove(Explorer explorer, ExploreResult result, PendingCommands commands) {
    boolean isPinned =
        !explorer.steering().terms().problem().space().size().equals(problem.space().size());
    if (!gap.isWanted() || interrupted || result.reason() == ExploreResult.End.STOPPED) {
      return result;
    }
    if (isPinned) {
      console.message("--gap: commands have pinned knobs; ./kirchhoff prove takes the whole space");
      return result;
    }
    DesignSpec bounded = spec(explorer);
    long end_ms = steady.millis() + gap.limit().toMillis();
    try {
      Proof proof =
          GapArguments.prove(
              bounded, result, gap.gap(), () -> interrupted || steady.millis() >= end_ms, console);
      if (Double.isInfinite(proof.gap())) {
        console.message("--gap: nothing is proved before all blocks are bounded: --gap-time");
        return result;
      }
      long evaluated = result.counts().evaluated();
      GapArguments.commands(bounded, proof, evaluated, terms.budget()).forEach(commands::offer);
      ExploreResult joined = proof.found().isEmpty() ? result : explorer.run();
      long found = joined.counts().evaluated() - evaluated;
      distance =
          Optional.of(
              new Distance(
                  bounded,
                  new RunEvent.Proved(proof.gap(), proof.blocks(), proof.evaluated(), found)));
      return joined;
    } catch (Unprovable unprovable) {
      console.message("--gap: " + unprovable.getMessage());
      return result;
    }
  }

  /** Ends a sweep: its table is read from the log, so that a resumed one has the same. */
  private int endSweep(RunLog log, ExploreResult result, String elapsed, String rate) {
    boolean isStopped = interrupted || result.reason() == ExploreResult.End.STOPPED;
    boolean isLarge = SweepPlan.isLarge(engine);
    if (isLarge && !isStopped) {
      writeRows(log.run(), result.counts().evaluated());
    }
    log.append(header(isStopped ? "stopped" : "finished", result.reason().words()));
    log.close();
    RunId id = log.run().id();
    String counts =
        Units.count(result.counts().evaluated())
            + " designs, "
            + Units.count(result.counts().feasible())
            + " feasible, in "
            + elapsed
            + " at "
            + rate
            + sampled(result);
    if (isStopped) {
      console.message(counts + ". No table: the sweep goes on with ./kirchhoff resume " + name(id));
      return interrupted ? INTERRUPTED : 0;
    }
    if (!isLarge) {
      table.get().write(RunTable.of(log.run()));
    }
    console.message(
        counts
            + table.get().file().map(file -> "; table in " + file).orElse("")
            + ". Next: ./kirchhoff pivot "
            + name(id)
            + " KNOB KNOB METRIC");
    return result.counts().feasible() == 0 ? NOTHING_FEASIBLE : 0;
  }

  /** Writes the table of a large sweep, before its run is finished: until then it is resumed. */
  private void writeRows(RunDirectory run, long rows) {
    SweptDesigns designs = ((Sweep) settings.engine()).designs();
    try (WorkLine line = WorkLine.begin(console, "rows written", rows)) {
      SweptRun.write(table.get(), run, spec, problem, designs, rows, line::add);
    }
  }

  /** The rule by which the designs of a sample were drawn, in words. */
  private String sampled(ExploreResult result) {
    if (SweepPlan.isLarge(engine)) {
      return "; the run's log has a sample of " + Units.count(result.repeatBudget()) + " of them";
    }
    if (!SweepPlan.isSample(engine)) {
      return "";
    }
    return SweepPlan.isLimitSample(engine)
        ? "; half of them spread over the space, half near designs that miss least (columns weight,"
            + " near)"
        : "; all of them spread over the space (column weight)";
  }

  /** The spec with the constraints that commands left. */
  private static DesignSpec spec(Explorer explorer) {
    return ((SpecSteering) explorer.steering()).spec();
  }

  /** The header of the run in its state after a command. */
  private RunEvent.Run steered(String command, boolean paused, SearchTerms next) {
    terms = next;
    String reason = command.isEmpty() ? "after the commands in the log" : "by command " + command;
    return header(paused ? "paused" : "running", reason);
  }

  /**
   * Simulates the last front; Ctrl-C leaves the rest out. Members whose simulated chips miss a
   * limit are excluded by commands.
   *
   * @return true if a command came, which is taken before the rest is simulated
   */
  private boolean simulate(
      ExploreResult result,
      RankedFront front,
      LogSink sink,
      FrontAccuracy accuracy,
      PendingCommands commands,
      Runnable told) {
    if (interrupted || result.reason() == ExploreResult.End.STOPPED) {
      return false;
    }
    if (!front.isEmpty()) {
      accuracy.finish(front.byImportance(), settings.threads());
    }
    boolean done = front.isEmpty();
    while (!done && !interrupted && !commands.isWaiting()) {
      done = accuracy.await(AWAIT);
      sink.simulated();
      if (!done) {
        told.run();
      }
    }
    if (done && !interrupted && !commands.isWaiting()) {
      accuracy.printed().refuted().forEach((index, limit) -> commands.offer(refuted(index, limit)));
    }
    return commands.isWaiting() && !interrupted;
  }

  private static RunEvent.Command refuted(long index, String limit) {
    return new RunEvent.Command(
        "refuted-" + index, CommandKind.EXCLUDE.word(), limit, null, index, null);
  }

  private void removeHook(Thread hook) {
    if (!interrupted) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process ends already: the hook runs and waits for us.
        interrupted = true;
      }
    }
  }

  /**
   * Runs in the shutdown hook: stops the search and lets the result be printed before the process
   * ends.
   */
  private void interrupt(Explorer explorer) {
    interrupted = true;
    explorer.requestStop();
    try {
      if (done.await(20, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(INTERRUPTED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat(long evaluated, RunLog log, RunPublication publication) {
    long time_ms = steady.millis();
    if (time_ms - beatAt_ms < BEAT_MS) {
      return;
    }
    double rate_perS =
        beatAt_ms == 0 ? 0 : (evaluated - beatEvaluated) * 1000.0 / (time_ms - beatAt_ms);
    Runtime runtime = Runtime.getRuntime();
    double heap_MB = (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
    publication.progress(
        new RunEvent.Progress(log.lastSeq(), evaluated, rate_perS, Math.rint(heap_MB)));
    beatAt_ms = time_ms;
    beatEvaluated = evaluated;
  }

  private String next(RunId id, FrontReport front, boolean isStopped) {
    return FrontText.next(front, ending(id), arguments.data.words(), !isStopped);
  }

  /** This run as the command line takes it. */
  private String name(RunId id) {
    return ending(id) + arguments.data.words();
  }

  private String ending(RunId id) {
    String text = id.text();
    return namedByUser ? text : text.substring(text.length() - 4);
  }

  private RunEvent.Run header(String state, String reason) {
    return begun().in(state, reason, null).under(terms.budget(), terms.columns());
  }

  /** The header of the run as it began. */
  private RunEvent.Run begun() {
    if (resumed.isPresent()) {
      return resumed.get().header();
    }
    List<RunEvent.KnobHeader> knobs = new ArrayList<>();
    for (int k = 0; k < spec.knobs().size(); k++) {
      Knob knob = spec.knobs().get(k);
      List<JsonNode> values = knob.values().stream().map(SpecText::scalar).toList();
      String condition =
          knob.condition()
              .map(
                  under ->
                      spec.knobs().get(under.parent()).path() + " = " + under.values(spec.knobs()))
              .orElse("");
      knobs.add(new RunEvent.KnobHeader(knob.path(), values, start[k], condition));
    }
    List<RunEvent.Axis> axes =
        problem.objectives().stream()
            .map(
                o ->
                    RunEvent.Axis.at(
                        problem.band(), o.name(), o.key(), spec.unit(o.metric()), o.maximise()))
            .toList();
    return new RunEvent.Run(
            "running",
            "",
            ModelVersion.text(),
            settings.seed(),
            settings.budget(),
            engine,
            settings.islands(),
            SpecText.json(spec),
            sources.digests(),
            knobs,
            axes.stream().map(RunEvent.Axis::name).toList(),
            problem.constraints(),
            spec.name(),
            axes)
        .recording(problem.recorded())
        .startingWith(settings.warmStart().orElse(null));
  }

  private void serveOn(DashboardCompanion page, RunId id) {
    console.message("The page stays at " + page.address(id) + " until Ctrl-C.");
    try {
      page.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
