package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.stream.BrokerProcess;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code broker}: a single-node Kafka broker over the data directory, until Ctrl-C. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    description = "Runs a Kafka broker over the data directory until Ctrl-C; explorers and dashboards find it there.",
    footer = {"", "Example:", "  ./kirchhoff broker --data kirchhoff-data"})
final class BrokerCommand implements Callable<Integer> {
  @Option(names = "--data", paramLabel = "DIR", description = "Data directory (else KIRCHHOFF_DATA, else ./kirchhoff-data).")
  private Path data;

  @Override
  public Integer call() {
    return BrokerProcess.runInTerminal(DataDirectory.open(DataOption.resolve(data)), System.err);
  }
}
