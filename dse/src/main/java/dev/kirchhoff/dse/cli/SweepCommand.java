package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.explore.Sweep;
import dev.kirchhoff.dse.explore.SweepPlan;
import dev.kirchhoff.dse.explore.SweepResult;
import dev.kirchhoff.dse.explore.SweepSink;
import dev.kirchhoff.dse.explore.SweptDesigns;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.table.SweepTable;
import dev.kirchhoff.dse.table.TableRows;
import dev.kirchhoff.dse.table.TableWriter;
import dev.kirchhoff.dse.work.SharedSweep;
import dev.kirchhoff.dse.work.SweepJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sweep}: a table of many designs. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description =
        "Prices all designs of a spec, or a sample of them, and prints the table: CSV, JSON Lines"
            + " or Parquet.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff sweep examples/array-adc-sweep.yaml --output array-adc.csv",
      "  ./kirchhoff sweep examples/resnet18-reram.yaml --sample 1000 --output sample.parquet"
    })
final class SweepCommand implements Callable<Integer> {
  private static final long LIMIT = 20_000_000;

  /** Designs of a distributed sweep (chosen: its table has some 200 GB). */
  private static final long MOST_DISTRIBUTED = 2_000_000_000;

  /** Rows that a run keeps at most (chosen: its memo takes 300 B a design). */
  private static final long RUN_LIMIT = 1_000_000;

  @Mixin private SpecArguments arguments = new SpecArguments();
  @Mixin private StreamArguments stream = new StreamArguments();
  @Mixin private ChunkArguments chunks = new ChunkArguments();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File of the table; without it stdout.")
  private Path output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      completionCandidates = WordLists.Formats.class,
      description = "csv, jsonl or parquet (default: by the ending of the file, else csv).")
  private String format;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description =
          "A sample of N designs instead of all: half spread over the space, half near its limits.")
  private Integer sample;

  @Option(
      names = "--spread",
      paramLabel = "RULE",
      completionCandidates = WordLists.Spreads.class,
      description = "limits, the default, or even: all designs of a sample spread over the space.")
  private String spread;

  @Option(names = "--seed", paramLabel = "SEED", description = "Seed of the sample.")
  private Long seed;

  @Option(
      names = "--around",
      paramLabel = "RUN#N",
      description =
          "Instead of a spec: a design of a run, and all that differ from it in one knob.")
  private String around;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Id of the run; without it one is made.")
  private String runId;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws SpecException, IOException {
    Console console = Console.of(command);
    stream.check();
    chunks.check(stream);
    if (around != null) {
      return around(console);
    }
    DesignSpec spec = arguments.load();
    requireWorkload(spec);
    spec.warnings().forEach(w -> console.message("warning: " + w));
    SpecProblemSpace problem = SpecProblemSpace.ofSweep(spec);
    int wanted = sampleSize(spec);
    boolean isEven = isEven(wanted);
    long most = chunks.distribution.isOn ? MOST_DISTRIBUTED : LIMIT;
    if (wanted == 0 && problem.space().size().compareTo(BigInteger.valueOf(most)) > 0) {
      throw new UsageException(
          "the space has "
              + String.format(Locale.ROOT, "%,d", problem.space().size())
              + " designs; a sweep prices at most "
              + Units.count(most)
              + (chunks.distribution.isOn
                  ? ""
                  : ", " + Units.count(MOST_DISTRIBUTED) + " on workers")
              + ": use --sample N, or explore");
    }
    TableArguments.Target target = target(outOfSpec(spec));
    long first = seed == null ? 1 : seed;
    // Counted before a sample is drawn, which of millions takes seconds.
    boolean isTableAlone =
        problem.space().size().compareTo(BigInteger.valueOf(RUN_LIMIT)) > 0
            && (wanted == 0 || wanted > RUN_LIMIT);
    if (isTableAlone) {
      return withoutRun(spec, wanted, target, console);
    }
    SweepPlan plan =
        wanted == 0
            ? SweepPlan.all(problem.space())
            : isEven
                ? SweepPlan.sample(problem.space(), wanted, first)
                : SweepPlan.limitSample(problem.space(), wanted, first);
    requireListed(plan);
    return run(spec, problem, plan, ExploreRun.starts(spec), target, console);
  }

  /** True if all designs of a sample are to be spread over the space. */
  private boolean isEven(int wanted) {
    if (spread == null) {
      return false;
    }
    if (!WordLists.SPREADS.contains(spread)) {
      throw new UsageException("--spread " + spread + ": must be limits or even");
    }
    if (wanted == 0) {
      throw new UsageException("--spread is of a sample; add --sample N");
    }
    return spread.equals(WordLists.EVEN);
  }

  /** Chunks of workers are cut before the first design is priced. */
  private void requireListed(SweepPlan plan) {
    if (chunks.distribution.isOn && SweepPlan.isLimitSample(plan.engine().name())) {
      throw new UsageException(
          "--distribute: half of the sample depends on the figures of the other half; spread all of"
              + " it with --spread even, or sweep it here");
    }
  }

  /** Sweeps the neighbours of a design of a run. */
  private int around(Console console) {
    if (arguments.file != null || sample != null || spread != null) {
      throw new UsageException("--around RUN#N takes the spec of the run, and no --sample");
    }
    if (chunks.distribution.isOn) {
      throw new UsageException("--around has too few designs for --distribute; leave it out");
    }
    RunDesigns.RunDesign design = RunDesigns.find(DataOption.resolve(stream.data), around);
    SpecProblemSpace problem = SpecProblemSpace.ofSweep(design.spec());
    SweepPlan plan = SweepPlan.around(problem.space(), design.ordinals());
    return run(design.spec(), problem, plan, design.ordinals(), target(null), console);
  }

  private TableArguments.Target target(Path ofSpec) {
    return TableArguments.Target.of(
        format, output != null ? output : ofSpec, command.commandLine().getOut());
  }

  private static void requireWorkload(DesignSpec spec) {
    if (!spec.hasWorkload()
        && spec.sweepColumns().stream().anyMatch(m -> m == Metric.LATENCY || m == Metric.ENERGY)) {
      throw new UsageException(
          "a sweep of "
              + spec.file()
              + " needs a workload; name one in the spec, or with --network resnet18");
    }
  }

  private int run(
      DesignSpec spec,
      SpecProblemSpace problem,
      SweepPlan plan,
      int[] start,
      TableArguments.Target target,
      Console console) {
    int threads = Runtime.getRuntime().availableProcessors();
    ExploreSettings settings =
        new ExploreSettings(
            plan.engine(),
            seed == null ? 1 : seed,
            plan.designs(),
            threads,
            threads,
            Optional.empty());
    FileSources sources = around == null ? arguments.sources() : new FileSources();
    ExploreRun.Inputs inputs =
        new ExploreRun.Inputs(
            spec,
            problem,
            settings,
            plan.engine().name(),
            sources,
            around == null ? spec.fileStem() : "around",
            start,
            Optional.of(target),
            distribution(spec, plan.designs()));
    return new ExploreRun(inputs, stream, SimulationPlan.none(""), console)
        .run(Optional.ofNullable(runId), false, false);
  }

  private Distribution distribution(DesignSpec spec, long designs) {
    return chunks.distribution.isOn
        ? new Distribution.OfChunks(chunks.size(spec, designs))
        : new Distribution.None();
  }

  private int sampleSize(DesignSpec spec) {
    if (sample != null) {
      if (sample < 1) {
        throw new UsageException("--sample " + sample + ": must be at least 1");
      }
      return sample;
    }
    if (spec.tree().root().get("sweep") instanceof Value.Section section
        && section.get("points") instanceof Value.Raw raw) {
      if (raw.node() instanceof Node.Mapping mapping
          && mapping.get("sobol").orElse(null) instanceof Node.Scalar count) {
        return whole(count);
      }
      if (!(raw.node() instanceof Node.Scalar all && all.text().equals("all"))) {
        throw new UsageException(raw.place() + " sweep.points: must be all, or {sobol: N}");
      }
    }
    return 0;
  }

  private static int whole(Node.Scalar count) {
    try {
      return Integer.parseInt(count.text());
    } catch (NumberFormatException e) {
      throw new UsageException(
          count.place() + " sweep.points.sobol: is " + count.text() + ", must be a whole number");
    }
  }

  private static Path outOfSpec(DesignSpec spec) {
    return spec.tree().root().get("sweep") instanceof Value.Section section
            && section.get("out") instanceof Value.Word word
        ? Path.of(word.text())
        : null;
  }

  /** A sweep of so many rows that no run keeps them: the table alone. */
  private int withoutRun(DesignSpec spec, int wanted, TableArguments.Target target, Console console)
      throws IOException {
    if (runId != null && !chunks.distribution.isOn) {
      throw new UsageException(
          "--run-id "
              + runId
              + ": more than "
              + Units.count(RUN_LIMIT)
              + " designs are a table alone, no run that is kept; leave it out or sweep fewer");
    }
    console.message(
        "more than " + Units.count(RUN_LIMIT) + " designs: the table alone, no run that is kept");
    SpecProblemSpace problem = SpecProblemSpace.withMetrics(spec, spec.sweepColumns());
    SweepTable table = new SweepTable(spec, spec.sweepColumns(), problem.constraints());
    Sweep sweep = new Sweep(problem, 0, Runtime.getRuntime().availableProcessors());
    SweepJob job =
        new SweepJob(
            runId == null
                ? RunId.fresh(Clock.systemUTC(), spec.fileStem(), new SecureRandom()).text()
                : new RunId(runId).text(),
            ModelVersion.text(),
            false,
            wanted == 0 ? OptionalInt.empty() : OptionalInt.of(wanted),
            seed == null ? 1 : seed,
            SpecText.json(spec));
    SweptDesigns designs;
    // A sample of millions of different designs takes long to draw, in one step.
    try (WorkLine line = WorkLine.begin(console, "designs, drawing the sample", 0)) {
      designs = job.designs(problem.space());
      line.add(designs.count());
    }
    long begin = System.nanoTime();
    SweepResult result;
    try (WorkLine line = WorkLine.begin(console, "designs", designs.count())) {
      result =
          target.write(
              table.columns(),
              writer -> {
                SweepSink sink =
                    batch -> {
                      TableRows rows = table.rows(batch);
                      append(writer, rows);
                      line.add(rows.count());
                    };
                return chunks.distribution.isOn
                    ? collect(spec, job, designs, sweep, sink, console)
                    : sweep.of(designs, sink, () -> false);
              });
    }
    double seconds = (System.nanoTime() - begin) * 1e-9;
    console.message(
        Units.count(result.evaluated())
            + " designs, "
            + Units.count(result.feasible())
            + " feasible, in "
            + Units.significant(seconds)
            + " s"
            + target.file().map(file -> "; table in " + file).orElse(""));
    return result.feasible() == 0 ? 1 : 0;
  }

  /** Rows that workers price. */
  private SweepResult collect(
      DesignSpec spec,
      SweepJob job,
      SweptDesigns designs,
      Sweep sweep,
      SweepSink sink,
      Console console) {
    DataDirectory data = DataDirectory.open(DataOption.resolve(stream.data));
    int chunk = chunks.size(spec, designs.count());
    try (DistributeArguments.Shared shared =
        DistributeArguments.begin(
            stream, data, job.run(), Distribution.OfChunks.words(chunk), console)) {
      SharedSweep shares = new SharedSweep(shared.work(), job);
      SweepResult result =
          sweep.collect(
              designs.count(),
              chunk,
              shares::ahead,
              (first, count) ->
                  shares
                      .price(first, count)
                      .thenApply(rows -> rows.toSweepRows(first, designs.block(first, count))),
              sink,
              () -> false);
      console.message("workers: " + shared.work().summary());
      return result;
    }
  }

  private static void append(TableWriter writer, TableRows rows) {
    try {
      writer.write(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
