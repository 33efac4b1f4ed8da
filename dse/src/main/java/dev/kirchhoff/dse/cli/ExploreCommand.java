package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SearchSettings;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.engine.Engines;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunLogReader;
import dev.kirchhoff.dse.steer.EarlierFront;
import dev.kirchhoff.dse.study.MeasuredSensitivity;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code explore}: the Pareto front of a spec's designs, and a run that can be watched. */
@Command(
    name = "explore",
    mixinStandardHelpOptions = true,
    description =
        "Searches the designs of a spec for its Pareto front. The run is logged, streamed and can"
            + " be watched.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff explore examples/quickstart.yaml --time 30s --dashboard",
      "  ./kirchhoff explore examples/resnet18-reram.yaml --budget 3000 --seed 1 --limit \"area <="
          + " 40 mm2\"",
      "  ./kirchhoff explore examples/quickstart.yaml --gap 10 --gap-time 5min",
      "  ./kirchhoff explore examples/resnet18-reram.yaml --limit \"area <= 40 mm2\" --from k3f9",
      "  ./kirchhoff explore --from k3f9 --set 'calibration=[{family: sar, quantity: energy,"
          + " factor: 0.5, fittedOn: [our chip]}]'"
    })
final class ExploreCommand implements Callable<Integer> {
  private static final Pattern MADE_ID = Pattern.compile("[0-9]{8}T[0-9]{6}Z-(.+)-[a-z0-9]{4}");

  @Mixin private SpecArguments arguments = new SpecArguments();
  @Mixin private RunArguments run = new RunArguments();
  @Mixin private DistributeArguments workers = new DistributeArguments();
  @Mixin private GapArguments gap = new GapArguments();

  @Option(names = "--budget", paramLabel = "N", description = "Unique designs to evaluate at most.")
  private Long budget;

  @Option(names = "--seed", paramLabel = "SEED", description = "Root seed: same seed, same front.")
  private Long seed;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      completionCandidates = WordLists.Engines.class,
      description = "optaplanner, pareto-local-search, random or exhaustive.")
  private String engine;

  @Option(
      names = "--islands",
      paramLabel = "N",
      description = "Searches side by side; part of the result, unlike threads.")
  private Integer islands;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Id of the run; without it one is made.")
  private String runId;

  @Option(
      names = "--from",
      paramLabel = "RUN",
      description =
          "Evaluate designs of the front of an earlier run first; its knobs must be those of the"
              + " spec. Without SPEC: the run's own, with --set and --limit.")
  private String from;

  @Option(
      names = "--from-designs",
      paramLabel = "N",
      split = ",",
      description = "These designs of --from RUN, in place of its front: 4,8,15.")
  private Set<Long> fromDesigns = new TreeSet<>();

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws SpecException {
    Console console = Console.of(command);
    run.simulation.check();
    arguments.sensitivities =
        new MeasuredSensitivity(
            Optional.ofNullable(run.simulation.file),
            Optional.ofNullable(run.simulation.labels),
            Runtime.getRuntime().availableProcessors(),
            console::message);
    DesignSpec spec = spec();
    requireAll(spec, "explore");
    spec.warnings().forEach(w -> console.message("warning: " + w));
    SpecProblemSpace problem = new SpecProblemSpace(spec);
    run.stream.check();
    workers.check(run.stream);
    gap.check(spec);
    ExploreSettings settings = settings(spec, problem, console);
    String engine = engineName(spec);
    FileSources sources = arguments.sources();
    SimulationPlan plan =
        SimulationPlan.of(spec, sources, run.simulation, settings.seed(), settings.threads());
    Distribution distribution =
        workers.isOn ? new Distribution.OfMembers() : new Distribution.None();
    DistributeArguments.requireWork(distribution, plan);
    ExploreRun explored =
        new ExploreRun(
            new ExploreRun.Inputs(spec, problem, settings, engine, sources, distribution),
            run.stream,
            plan,
            console);
    return explored.proving(gap).run(Optional.ofNullable(runId), run.all, run.json);
  }

  /** The spec of the command line; without one, that of the earlier run. */
  private DesignSpec spec() throws SpecException {
    if (arguments.file != null || from == null) {
      return arguments.load();
    }
    RunDirectory earlier = run.stream.data.existing().find(from);
    return arguments.loadOf(RunLogReader.header(earlier), nameIn(earlier.id()) + ".yaml");
  }

  /** Name of the spec in the id of a run. */
  private static String nameIn(RunId id) {
    Matcher matcher = MADE_ID.matcher(id.text());
    return matcher.matches() ? matcher.group(1) : id.text();
  }

  /** Reports all requirements of a search that a spec lacks together. */
  static void requireAll(DesignSpec spec, String command) {
    List<String> missing = new ArrayList<>();
    if (!spec.hasWorkload()) {
      missing.add("a workload (workload: resnet18, or --network resnet18)");
    }
    if (spec.knobs().isEmpty()) {
      missing.add("a knob (for example crossbar: {rows: {any: [64, 128, 256]}})");
    }
    if (spec.objectives().isEmpty()) {
      missing.add("an objective (objectives: {maximise: [TOPS/W], minimise: [area]})");
    }
    if (!missing.isEmpty()) {
      throw new UsageException(
          spec.file() + " lacks " + String.join(", and ", missing) + " for " + command);
    }
  }

  private String engineName(DesignSpec spec) {
    String name = engine == null ? spec.search().engine() : engine;
    if (!Engines.names().contains(name)) {
      throw new UsageException(
          "--engine is '" + name + "'" + NearNames.hint(name, Engines.names()));
    }
    return name;
  }

  /** Designs of an earlier run that are evaluated first. */
  private Optional<RunEvent.WarmStart> warmStart(
      DesignSpec spec, SpecProblemSpace problem, Console console) {
    if (from == null) {
      if (!fromDesigns.isEmpty()) {
        throw new UsageException("--from-designs needs --from RUN, the run that they are of");
      }
      return Optional.empty();
    }
    if (engineName(spec).equals("exhaustive")) {
      throw new UsageException("--from: exhaustive evaluates every design, whatever came before");
    }
    RunDirectory earlier = run.stream.data.existing().find(from);
    EarlierFront front =
        fromDesigns.isEmpty() ? EarlierFront.of(earlier) : EarlierFront.of(earlier, fromDesigns);
    RunEvent.WarmStart warm = front.designs(spec.knobs(), problem.space());
    console.message(
        "begins with "
            + Units.count(warm.designs().size())
            + (fromDesigns.isEmpty() ? " designs of the front of run " : " designs of run ")
            + warm.run());
    return Optional.of(warm);
  }

  private ExploreSettings settings(DesignSpec spec, SpecProblemSpace problem, Console console) {
    SearchSettings search = spec.search();
    String name = engineName(spec);
    long designs = budget == null ? search.budget() : budget;
    if (name.equals("exhaustive")) {
      if (problem.space().size().compareTo(BigInteger.valueOf(ExploreSettings.MOST_DESIGNS)) > 0) {
        throw new UsageException(
            "the space has "
                + problem.space().size()
                + " designs; exhaustive takes at most "
                + Units.count(ExploreSettings.MOST_DESIGNS)
                + ": use another engine, or pin knobs with --set");
      }
      designs = budget == null ? problem.space().size().longValueExact() : budget;
    }
    if (designs < 1 || designs > ExploreSettings.MOST_DESIGNS) {
      throw new UsageException(
          "--budget is " + designs + ", must be 1.." + ExploreSettings.MOST_DESIGNS);
    }
    int side = islands == null ? search.islands() : islands;
    if (side < 1 || side > 64) {
      throw new UsageException("--islands is " + side + ", must be 1..64");
    }
    Optional<Duration> limit = run.limit();
    if (limit.isEmpty() && budget == null && search.time_s().isPresent()) {
      limit = Optional.of(Duration.ofMillis(Math.round(search.time_s().getAsDouble() * 1000)));
    }
    return new ExploreSettings(
        Engines.named(name),
        seed == null ? search.seed() : seed,
        designs,
        side,
        DistributeArguments.threads(side),
        limit,
        warmStart(spec, problem, console));
  }
}
