package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.table.RunTable;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export}: the designs of a run as a table for other tools. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Writes every evaluated design of a run as a table: knobs by path and value, objectives, limits missed. Units stand at the end of the columns' names.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff export k3f9 --output designs.csv",
      "  ./kirchhoff export k3f9 --output designs.parquet",
      "  ./kirchhoff export k3f9 --format jsonl | head -1"
    })
final class ExportCommand implements Callable<Integer> {
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
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory (else KIRCHHOFF_DATA, else ./kirchhoff-data).")
  private Path data;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Console console = Console.of(command);
    TableArguments.Target target =
        TableArguments.Target.of(format, output, command.commandLine().getOut());
    RunDirectory directory = DataDirectory.existing(DataOption.resolve(data)).find(run);
    RunTable table = RunTable.of(directory);
    long begin = System.nanoTime();
    long rows;
    try (WorkLine line = WorkLine.begin(console, "designs", table.designs())) {
      rows = target.write(table, line::add);
    }
    double seconds = (System.nanoTime() - begin) * 1e-9;
    console.message(
        Units.count(rows)
            + " designs, "
            + table.columns().size()
            + " columns, in "
            + Units.significant(seconds)
            + " s"
            + (output == null ? "" : "; table in " + output));
    return 0;
  }
}
