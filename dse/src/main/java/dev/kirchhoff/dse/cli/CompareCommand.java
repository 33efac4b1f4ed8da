package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.event.DesignComparison;
import dev.kirchhoff.arch.event.RunComparison;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.report.PairReport;
import dev.kirchhoff.dse.report.RunPair;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunDirectory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare}: two designs, and how sure it is that one is better; or two runs. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compares two designs, of one run or of two: by each objective their ratio, the interval of"
          + " 95 %% of joint draws of the models' errors and the share of draws in which A is"
          + " better; what differs; energy and area by part.",
      "Compares two runs: hypervolume in the box around both fronts, share of each front that the"
          + " other dominates, best values, differences of the specs.",
      "Other networks or other objectives have no common measure and are refused."
    },
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff compare k3f9#835 k3f9#1203",
      "  ./kirchhoff compare k3f9#835 q5pz#17",
      "  ./kirchhoff compare k3f9 q5pz"
    })
final class CompareCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "A",
      description =
          "RUN or RUN#N, a design of a run; RUN is the run's id or any unique ending of it.")
  private String a;

  @Parameters(index = "1", paramLabel = "B", description = "Another of the same kind.")
  private String b;

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Console console = Console.of(command);
    Path folder = data.folder();
    if (a.contains("#") != b.contains("#")) {
      throw new UsageException(
          "A is " + kind(a) + ", B " + kind(b) + "; compare two runs or two designs");
    }
    if (a.contains("#")) {
      designs(folder, console);
    } else {
      runs(folder, console);
    }
    return 0;
  }

  private static String kind(String address) {
    return address.contains("#") ? "a design" : "a run";
  }

  private void designs(Path folder, Console console) {
    RunDesigns.RunDesign first = RunDesigns.find(folder, a);
    RunDesigns.RunDesign second = RunDesigns.find(folder, b);
    if (first.run().equals(second.run()) && first.index() == second.index()) {
      throw new UsageException("A and B are the same design, " + first.name());
    }
    try {
      DesignComparison pair = PairReport.compare(first, second);
      console.print(json, pair, () -> PairText.of(pair));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private void runs(Path folder, Console console) {
    DataDirectory directory = DataDirectory.existing(folder);
    RunDirectory first = directory.find(a);
    RunDirectory second = directory.find(b);
    if (first.id().equals(second.id())) {
      throw new UsageException("A and B are the same run, " + first.id());
    }
    RunComparison pair = RunPair.of(first, second);
    console.print(json, pair, () -> RunPairText.of(pair));
  }
}
