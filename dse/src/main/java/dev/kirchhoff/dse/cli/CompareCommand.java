package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.report.PairReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare}: two designs of one run, and how sure it is that one is better. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description =
        "Compares two designs of one run by each objective: their ratio, the interval of 95 %% of joint draws of the models' errors, and the share of draws in which A is better.",
    footer = {"", "Example:", "  ./kirchhoff compare k3f9#835 k3f9#1203"})
final class CompareCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "RUN#A",
      description = "A design of a run; RUN is the run's id or any unique ending of it.")
  private String a;

  @Parameters(index = "1", paramLabel = "RUN#B", description = "Another design of the same run.")
  private String b;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory (else KIRCHHOFF_DATA, else ./kirchhoff-data).")
  private Path data;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Console console = new Console(command.commandLine().getOut(), command.commandLine().getErr());
    Path folder = DataOption.resolve(data);
    RunDesigns.RunDesign first = RunDesigns.find(folder, a);
    RunDesigns.RunDesign second = RunDesigns.find(folder, b);
    if (!first.run().equals(second.run())) {
      throw new UsageException(
          "A and B must be designs of one run; A is of "
              + first.run()
              + ", B of "
              + second.run()
              + ": errors cancel only between designs of one spec");
    }
    if (first.index() == second.index()) {
      throw new UsageException("A and B are the same design, " + first.name());
    }
    requireSameNetworks(first, second);
    PairReport report = PairReport.of(first, second);
    if (json) {
      console.json(report.document());
    } else {
      console.result(PairText.of(report));
    }
    return 0;
  }

  private static void requireSameNetworks(RunDesigns.RunDesign a, RunDesigns.RunDesign b) {
    String ours = PairReport.networks(a);
    String theirs = PairReport.networks(b);
    if (!ours.equals(theirs)) {
      throw new UsageException(
          "A and B are not comparable: the workload of A is " + ours + ", of B " + theirs);
    }
  }
}
