package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.Sweep;
import dev.kirchhoff.dse.explore.SweepResult;
import dev.kirchhoff.dse.explore.SweepRows;
import dev.kirchhoff.dse.explore.SweepSink;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
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
    description = "Prices all designs of a spec, or a sample of them, and prints the table as CSV.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff sweep examples/array-adc-sweep.yaml --output array-adc.csv",
      "  ./kirchhoff sweep examples/resnet18-reram.yaml --sample 1000"
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
    if (target != null) {
      requireWritable(target);
    }
    long begin = System.nanoTime();
    SweepResult result =
        write(problem, spec, columns, wanted, target, command.commandLine().getOut());
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

  /** Checks before anything is priced that the table can be written. */
  private static void requireWritable(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    if (Files.isDirectory(target) || folder == null) {
      throw new UsageException(
          "the table cannot be written to " + target + ": it is a directory; name a file in it");
    }
    if (Files.exists(target) && !Files.isRegularFile(target) && Files.isWritable(target)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new UsageException(
          "the table cannot be written to " + target + ": there is no directory " + folder);
    }
    if (!Files.isWritable(folder)) {
      throw new UsageException(
          "the table cannot be written to " + target + ": " + folder + " may not be written");
    }
  }

  private SweepResult write(
      SpecProblemSpace problem,
      DesignSpec spec,
      List<Metric> columns,
      int wanted,
      Path target,
      PrintWriter out)
      throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    if (target == null) {
      SweepResult result = run(problem, wanted, threads, new Csv(out, spec, columns));
      out.flush();
      return result;
    }
    // A device or a pipe is written to, not replaced; behind a link, the file that it names is
    // replaced.
    boolean inPlace = Files.exists(target) && !Files.isRegularFile(target);
    Path place = Files.isRegularFile(target) ? target.toRealPath() : target;
    Path part = inPlace ? target : place.resolveSibling(place.getFileName() + ".part");
    try {
      SweepResult result;
      try (BufferedWriter writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
        result = run(problem, wanted, threads, new Csv(writer, spec, columns));
      }
      if (!inPlace) {
        Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
      }
      return result;
    } catch (IOException | UncheckedIOException e) {
      throw new IOException("The table cannot be written to " + target + ": " + e.getMessage(), e);
    } finally {
      if (!inPlace) {
        Files.deleteIfExists(part);
      }
    }
  }

  private SweepResult run(SpecProblemSpace problem, int wanted, int threads, SweepSink sink) {
    Sweep sweep = new Sweep(problem, 0, threads);
    return wanted == 0
        ? sweep.all(sink, () -> false)
        : sweep.sample(wanted, seed == null ? 1 : seed, sink, () -> false);
  }

  /** Rows as CSV: index, knobs, metrics, feasibility and the constraints that are missed. */
  private static final class Csv implements SweepSink {
    private final Writer writer;
    private final List<Knob> knobs;
    private final List<String> constraints;
    private final int columnCount;

    Csv(Writer writer, DesignSpec spec, List<Metric> columns) throws IOException {
      this.writer = writer;
      this.knobs = spec.knobs();
      this.constraints = SpecProblemSpace.withMetrics(spec, columns).constraints();
      this.columnCount = columns.size();
      List<String> head = new ArrayList<>(List.of("index"));
      for (Knob knob : knobs) {
        head.add(knob.path() + knob.condition().map(c -> " (" + c.values(knobs) + ")").orElse(""));
      }
      columns.forEach(c -> head.add(c.key()));
      head.add("feasible");
      head.add("missed");
      line(head);
    }

    private void line(List<String> cells) throws IOException {
      StringBuilder line = new StringBuilder();
      for (String cell : cells) {
        line.append(line.length() == 0 ? "" : ",");
        boolean quoted = cell.contains(",") || cell.contains("\"") || cell.contains("\n");
        line.append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
      }
      writer.write(line.append('\n').toString());
    }

    @Override
    public void rows(SweepRows rows) {
      try {
        for (int r = 0; r < rows.count(); r++) {
          line(row(rows, r));
        }
        if (writer instanceof PrintWriter stdout && stdout.checkError()) {
          throw new IOException(
              "the table cannot be written any further: standard output is closed or full");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }

    private List<String> row(SweepRows rows, int r) {
      List<String> cells = new ArrayList<>();
      cells.add(Long.toString(rows.first() + r));
      int[] ordinals = rows.ordinals(r);
      for (int k = 0; k < knobs.size(); k++) {
        cells.add(ordinals[k] < 0 ? "" : knobs.get(k).values().get(ordinals[k]));
      }
      for (int c = 0; c < columnCount; c++) {
        double value = rows.value(r, c);
        cells.add(Double.isNaN(value) ? "" : Double.toString(value));
      }
      List<String> missed = new ArrayList<>();
      for (int c = 0; c < constraints.size(); c++) {
        if (rows.violation(r, c) > 0) {
          missed.add(constraints.get(c));
        }
      }
      cells.add(Boolean.toString(rows.isFeasible(r)));
      cells.add(String.join("; ", missed));
      return cells;
    }
  }
}
