package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.explore.Sweep;
import dev.kirchhoff.dse.explore.SweepPlan;
import dev.kirchhoff.dse.space.DesignSpace;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
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

  @Option(
      names = "--logged",
      paramLabel = "N",
      hidden = true,
      description = "For tests: rows that the log keeps at most; of more it keeps a tenth of N.")
  private long mostLogged = Sweep.Size.MOST_LOGGED;

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
    DesignSpace space = SpecProblemSpace.space(spec);
    int wanted = sampleSize(spec);
    boolean isEven = isEven(wanted);
    long most = chunks.distribution.isOn ? MOST_DISTRIBUTED : LIMIT;
    if (wanted == 0 && space.size().compareTo(BigInteger.valueOf(most)) > 0) {
      throw new UsageException(
          "the space has "
              + String.format(Locale.ROOT, "%,d", space.size())
              + " designs; a sweep prices at most "
              + Units.count(most)
              + (chunks.distribution.isOn
                  ? ""
                  : ", " + Units.count(MOST_DISTRIBUTED) + " on workers")
              + ": use --sample N, or explore");
    }
    TableArguments.Target target = target(outOfSpec(spec));
    long first = seed == null ? 1 : seed;
    SweepPlan plan = plan(space, wanted, first, isEven, console);
    return run(
        spec,
        RunProblem.of(plan.engine().name(), spec),
        plan,
        ExploreRun.starts(spec),
        target,
        console);
  }

  private SweepPlan plan(
      DesignSpace space, int wanted, long first, boolean isEven, Console console) {
    boolean isLarge =
        space.size().compareTo(BigInteger.valueOf(mostLogged)) > 0
            && (wanted == 0 || wanted > mostLogged);
    if (isLarge) {
      requireEven(wanted);
      OptionalInt drawn = wanted == 0 ? OptionalInt.empty() : OptionalInt.of(wanted);
      // A sample of millions of different designs takes long to draw, in one step.
      try (WorkLine line = WorkLine.begin(console, "designs, drawing the sample", 0)) {
        SweepPlan large = SweepPlan.large(space, drawn, first, Sweep.Size.of(mostLogged));
        line.add(large.designs());
        return large;
      }
    }
    SweepPlan plan =
        wanted == 0
            ? SweepPlan.all(space)
            : isEven
                ? SweepPlan.sample(space, wanted, first)
                : SweepPlan.limitSample(space, wanted, first);
    requireListed(plan);
    return plan;
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

  private void requireEven(int wanted) {
    if (wanted > 0 && spread != null && !spread.equals(WordLists.EVEN)) {
      throw new UsageException(
          "--spread limits: a sample of more than "
              + Units.count(mostLogged)
              + " designs is spread over the space; leave it out");
    }
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
    RunDesigns.RunDesign design = RunDesigns.find(stream.data.folder(), around);
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
    int islands = plan.engine() instanceof Sweep ? 1 : threads;
    ExploreSettings settings =
        new ExploreSettings(
            plan.engine(),
            seed == null ? 1 : seed,
            plan.designs(),
            islands,
            islands,
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
}
