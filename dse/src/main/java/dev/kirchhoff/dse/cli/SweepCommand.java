package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.Sweep;
import dev.kirchhoff.dse.explore.SweepResult;
import dev.kirchhoff.dse.explore.SweepSink;
import dev.kirchhoff.dse.table.SweepTable;
import dev.kirchhoff.dse.table.TableFile;
import dev.kirchhoff.dse.table.TableFormat;
import dev.kirchhoff.dse.table.TableRows;
import dev.kirchhoff.dse.table.TableWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
        "Prices all designs of a spec, or a sample of them, and prints the table: CSV, JSON Lines or Parquet.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff sweep examples/array-adc-sweep.yaml --output array-adc.csv",
      "  ./kirchhoff sweep examples/resnet18-reram.yaml --sample 1000 --output sample.parquet"
    })
final class SweepCommand implements Callable<Integer> {
  private static final long LIMIT = 20_000_000;

  @Mixin private SpecArguments arguments = new SpecArguments();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File of the table; without it stdout.")
  private Path output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "csv, jsonl or parquet (default: by the ending of the file, else csv).")
  private String format;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "A spread sample of N designs instead of all.")
  private Integer sample;

  @Option(names = "--seed", paramLabel = "SEED", description = "Seed of the sample.")
  private Long seed;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws SpecException, IOException {
    Console console = new Console(command.commandLine().getOut(), command.commandLine().getErr());
    DesignSpec spec = arguments.load();
    List<Metric> columns = spec.sweepColumns();
    if (!spec.hasWorkload()
        && columns.stream().anyMatch(m -> m == Metric.LATENCY || m == Metric.ENERGY)) {
      throw new UsageException(
          "a sweep of "
              + spec.file()
              + " needs a workload; name one in the spec, or with --network resnet18");
    }
    SpecProblemSpace problem = SpecProblemSpace.withMetrics(spec, columns);
    int wanted = sampleSize(spec);
    if (wanted == 0 && problem.space().size().compareTo(BigInteger.valueOf(LIMIT)) > 0) {
      throw new UsageException(
          "the space has "
              + String.format(Locale.ROOT, "%,d", problem.space().size())
              + " designs; a sweep prices at most "
              + Units.count(LIMIT)
              + ": use --sample N, or explore");
    }
    Path target = output != null ? output : outOfSpec(spec);
    TableFormat chosen = TableArguments.format(format, target);
    if (target != null) {
      TableArguments.requireWritable(target);
    }
    long begin = System.nanoTime();
    SweepTable table = new SweepTable(spec, columns, problem.constraints());
    SweepResult result = write(problem, table, chosen, wanted, target);
    double seconds = (System.nanoTime() - begin) * 1e-9;
    console.message(
        Units.count(result.evaluated())
            + " designs, "
            + Units.count(result.feasible())
            + " feasible, in "
            + Units.significant(seconds)
            + " s"
            + (target == null ? "" : "; table in " + target));
    return result.feasible() == 0 ? 1 : 0;
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

  private SweepResult write(
      SpecProblemSpace problem, SweepTable table, TableFormat chosen, int wanted, Path target)
      throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    TableFile.Rows<SweepResult> rows =
        writer -> run(problem, wanted, threads, batch -> append(writer, table.rows(batch)));
    if (target != null) {
      return TableFile.replace(target, chosen, table.columns(), rows);
    }
    OutputStream stdout = TableArguments.stdout(chosen, command.commandLine().getOut());
    SweepResult result = TableFile.write(stdout, chosen, table.columns(), rows);
    stdout.flush();
    return result;
  }

  private static void append(TableWriter writer, TableRows rows) {
    try {
      writer.write(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private SweepResult run(SpecProblemSpace problem, int wanted, int threads, SweepSink sink) {
    Sweep sweep = new Sweep(problem, 0, threads);
    return wanted == 0
        ? sweep.all(sink, () -> false)
        : sweep.sample(wanted, seed == null ? 1 : seed, sink, () -> false);
  }
}
