package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.design.SpecExplainer;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.Sweep;
import dev.kirchhoff.dse.explore.SweepPlan;
import dev.kirchhoff.dse.explore.SweptDesigns;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import dev.kirchhoff.dse.table.RunTable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export}: the designs of a run as a table for other tools. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Writes every evaluated design of a run as a table: knobs by path and value, objectives,"
            + " limits missed. Units stand at the end of the columns' names. With --parts the"
            + " models compute costs by circuit family, too.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff export k3f9 --output designs.csv",
      "  ./kirchhoff export k3f9 --output designs.parquet",
      "  ./kirchhoff export k3f9 --format jsonl | head -1"
    })
final class ExportCommand implements Callable<Integer> {
  private static final int INCOMPLETE = 3;

  @Parameters(
      paramLabel = "RUN",
      description = "A run, by its id or any unique ending of it; it may be running.")
  private String run;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File of the table; without it stdout. Its ending names the format.")
  private Path output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      completionCandidates = WordLists.Formats.class,
      description = "csv, jsonl or parquet (default: by the ending of the file, else csv).")
  private String format;

  @Option(
      names = "--parts",
      description = {
        "Add costs by circuit family, parts.METRIC.TERM, which the models compute",
        "(docs/events.md); of a run of this model version, not of a sweep's rows."
      })
  private boolean parts;

  @Mixin private DataOption data = new DataOption();

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Console console = Console.of(command);
    TableArguments.Target target =
        TableArguments.Target.of(format, output, command.commandLine().getOut());
    RunDirectory directory = data.existing().find(run);
    RunTable table =
        RunTable.of(directory, parts ? Optional.of(costs(directory)) : Optional.empty());
    if (table.swept().isPresent()) {
      return rows(directory, table.swept().get().rows(), target, console);
    }
    long begin = System.nanoTime();
    long rows;
    try (WorkLine line = WorkLine.begin(console, "designs", table.designs())) {
      rows = target.write(table, line::add);
    }
    String columns = " designs, " + table.columns().size() + " columns, in ";
    console.message(Units.count(rows) + columns + seconds(begin) + written());
    return 0;
  }

  /** Costs of the designs of a search, which the models compute. */
  private Explainer.FamilyCosts costs(RunDirectory directory) {
    RunEvent.Run header = RunLogReader.header(directory);
    if (SweepPlan.isSweep(header.engine())) {
      throw new DataProblemException(
          "--parts: run " + directory.id() + " is a sweep; its table has the columns of its spec");
    }
    try {
      return new SpecExplainer().costs(header);
    } catch (IllegalArgumentException e) {
      throw new DataProblemException("--parts: " + e.getMessage());
    }
  }

  /** Exports a large sweep, whose rows are kept beside its log. */
  private int rows(
      RunDirectory directory, long rows, TableArguments.Target target, Console console) {
    RunEvent.Run header = RunLogReader.header(directory);
    DesignSpec spec = RunDesigns.spec(header);
    SpecProblemSpace problem = RunProblem.of(header, spec);
    SweptDesigns designs = ((Sweep) SweepPlan.of(header, problem.space()).engine()).designs();
    long begin = System.nanoTime();
    long written;
    try (WorkLine line = WorkLine.begin(console, "rows", rows)) {
      written = SweptRun.write(target, directory, spec, problem, designs, rows, line::add);
    }
    String lost =
        written < rows ? " of " + Units.count(rows) + ", the others are lost or damaged" : "";
    console.message(Units.count(written) + " rows" + lost + ", in " + seconds(begin) + written());
    return written < rows ? INCOMPLETE : 0;
  }

  private static String seconds(long begin) {
    return Units.significant((System.nanoTime() - begin) * 1e-9) + " s";
  }

  private String written() {
    return output == null ? "" : "; table in " + output;
  }
}
