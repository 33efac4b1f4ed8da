package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.dse.bench.Bench;
import dev.kirchhoff.dse.bench.BenchProblem;
import dev.kirchhoff.dse.bench.Checkpoint;
import dev.kirchhoff.dse.bench.ReferenceSet;
import dev.kirchhoff.dse.bench.SearchMethod;
import dev.kirchhoff.dse.bench.SearchRun;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.explore.RunSink;
import dev.kirchhoff.dse.explore.SilentSink;
import dev.kirchhoff.dse.report.BenchReport;
import dev.kirchhoff.dse.report.BenchReport.ProblemReport;
import dev.kirchhoff.dse.study.MeasuredSensitivity;
import dev.kirchhoff.dse.table.BenchTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench}: engines compared at equal work. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Searches problems with each engine and seed, by turns, and compares their fronts at equal"
            + " numbers of designs or processor times.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff bench --designs 500,1000,2000 --seeds 3",
      "  ./kirchhoff bench examples/bench/enumerable.yaml --exact --seconds 1,10 --output raw.csv"
    })
final class BenchCommand implements Callable<Integer> {
  private static final int MOST_SEEDS = 1_000;
  private static final double MOST_SECONDS = 86_400;
  private static final int NOTHING_FEASIBLE = 1;
  private static final List<String> PROBLEMS =
      List.of(
          "bench/resnet18-12db.yaml",
          "quickstart.yaml",
          "fashion-accuracy.yaml",
          "bench/enumerable.yaml",
          "bench/resnet50.yaml");

  @Parameters(
      arity = "0..*",
      paramLabel = "SPEC",
      description = "Specs of problems; without one, five of the examples.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Seeds 1 to N of each engine (default: ${DEFAULT-VALUE}).")
  private int seeds = 3;

  @Option(
      names = "--designs",
      paramLabel = "N",
      split = ",",
      description =
          "Numbers of designs after which fronts are compared (default, without --seconds:"
              + " 1000,4000).")
  private List<Long> designs = new ArrayList<>();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      split = ",",
      description = "Processor times after which fronts are compared: 1,10.")
  private List<Double> seconds = new ArrayList<>();

  @Option(
      names = "--engines",
      paramLabel = "NAME",
      split = ",",
      completionCandidates = WordLists.Methods.class,
      description = "Engines (default: all that search).")
  private List<String> engines = new ArrayList<>();

  @Option(
      names = "--exact",
      description =
          "Compute every design of spaces of up to 20,000,000 once, and measure by their true"
              + " front.")
  private boolean exact;

  @Option(
      names = "--cold",
      description = "Run each search in a process of its own; its time counts from the start.")
  private boolean cold;

  @Option(
      names = "--only-seed",
      hidden = true,
      description = "For --cold: one search, whose fronts are printed as JSON.")
  private Long onlySeed;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Table of all figures: a row a problem, seed, engine and checkpoint.")
  private Path output;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws SpecException {
    Console console = Console.of(command);
    Bench bench = new Bench(methods(), seeds(), checkpoints(), cold);
    Optional<TableArguments.Target> raw =
        Optional.ofNullable(output).map(file -> TableArguments.Target.of(null, file, null));
    List<BenchProblem> problems = problems(console);
    if (onlySeed != null) {
      console.json(bench.only(problems.get(0), onlySeed));
      return 0;
    }
    console.message(BenchText.plan(bench, problems.size()));
    List<ProblemReport> reports = new ArrayList<>();
    for (BenchProblem problem : problems) {
      List<SearchRun> runs;
      try (WorkLine line =
          WorkLine.begin(
              console,
              "searches of " + problem.name(),
              (long) bench.turns() * bench.methods().size())) {
        runs = bench.runs(problem, () -> line.add(1));
      }
      reports.add(ProblemReport.of(problem, bench, runs, exactFront(problem, console)));
    }
    raw.ifPresent(
        target -> {
          BenchTable table =
              new BenchTable(reports.stream().flatMap(r -> r.samples().stream()).toList());
          target.write(table.columns(), table::write);
        });
    BenchReport report = BenchReport.of(bench, reports);
    console.print(json, report, () -> BenchText.of(report));
    return reports.stream().allMatch(r -> r.reference() == 0) ? NOTHING_FEASIBLE : 0;
  }

  private List<SearchMethod> methods() {
    List<SearchMethod> all = Bench.available();
    if (engines.isEmpty()) {
      return all;
    }
    List<String> names = all.stream().map(SearchMethod::name).toList();
    List<SearchMethod> chosen = new ArrayList<>();
    for (String name : engines.stream().distinct().toList()) {
      if (!names.contains(name)) {
        throw new UsageException("--engines: '" + name + "'" + NearNames.hint(name, names));
      }
      chosen.add(all.get(names.indexOf(name)));
    }
    return chosen;
  }

  private int seeds() {
    if (seeds < 1 || seeds > MOST_SEEDS) {
      throw new UsageException("--seeds is " + seeds + ", must be 1.." + MOST_SEEDS);
    }
    return seeds;
  }

  private List<Checkpoint> checkpoints() {
    for (long number : designs) {
      if (number < 1 || number > ExploreSettings.MOST_DESIGNS) {
        throw new UsageException(
            "--designs has " + number + ", must be 1.." + ExploreSettings.MOST_DESIGNS);
      }
    }
    for (double time : seconds) {
      if (!(time > 0 && time <= MOST_SECONDS)) {
        throw new UsageException("--seconds has " + time + ", must be above 0 and at most a day");
      }
    }
    List<Long> numbers = designs.isEmpty() && seconds.isEmpty() ? List.of(1_000L, 4_000L) : designs;
    return Stream.concat(
            numbers.stream().distinct().sorted().map(Checkpoint::ofDesigns),
            seconds.stream().distinct().sorted().map(Checkpoint::ofSeconds))
        .toList();
  }

  private List<BenchProblem> problems(Console console) throws SpecException {
    MeasuredSensitivity sensitivities =
        new MeasuredSensitivity(
            Optional.empty(),
            Optional.empty(),
            Runtime.getRuntime().availableProcessors(),
            console::message);
    Map<String, DesignSpec> specs = new LinkedHashMap<>();
    List<SpecProblem> refused = new ArrayList<>();
    for (String file : files.isEmpty() ? examples() : files) {
      try {
        DesignSpec spec =
            DesignSpec.load(
                file, List.of(), List.of(), SpecEnvironment.of(new FileSources(), sensitivities));
        ExploreCommand.requireAll(spec, "bench");
        specs.put(file, spec);
      } catch (SpecException e) {
        refused.addAll(e.problems());
      }
    }
    if (!refused.isEmpty()) {
      throw new SpecException(refused);
    }
    return BenchProblem.of(specs);
  }

  /** The five problems beside the launcher. */
  private static List<String> examples() {
    String home = System.getenv("KIRCHHOFF_HOME");
    Path folder = Path.of(home == null || home.isEmpty() ? "." : home, "examples");
    return PROBLEMS.stream().map(name -> folder.resolve(name).toString()).toList();
  }

  private Optional<ReferenceSet> exactFront(BenchProblem problem, Console console) {
    if (!exact || !problem.isEnumerable()) {
      return Optional.empty();
    }
    try (WorkLine line =
        WorkLine.begin(
            console, "designs of " + problem.name(), problem.designs().longValueExact())) {
      RunSink sink =
          new SilentSink() {
            @Override
            public void round(RunEvent.Round event) {
              line.reach(event.evaluated(), problem.designs().longValueExact());
            }
          };
      return Optional.of(problem.exactFront(sink));
    }
  }
}
