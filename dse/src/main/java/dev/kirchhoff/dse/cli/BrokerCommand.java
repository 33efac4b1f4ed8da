package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.stream.BrokerProcess;
import dev.kirchhoff.dse.stream.Endpoint;
import dev.kirchhoff.dse.stream.RunPublication;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code broker}: a single-node Kafka broker over the data directory, until Ctrl-C. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    description =
        "Runs a Kafka broker over the data directory until Ctrl-C; explorers and dashboards find it there.",
    footer = {"", "Example:", "  ./kirchhoff broker --data kirchhoff-data"})
final class BrokerCommand implements Callable<Integer> {
  private static final long LOOK_EVERY_MS = 250;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory (else KIRCHHOFF_DATA, else ./kirchhoff-data).")
  private Path data;

  @Override
  public Integer call() {
    DataDirectory directory = DataDirectory.open(DataOption.resolve(data));
    Thread earlier = new Thread(() -> publishEarlier(directory), "publisher-earlier");
    earlier.setDaemon(true);
    earlier.start();
    return BrokerProcess.runInTerminal(directory, System.err);
  }

  /**
   * Runs that ended before everything was delivered are published as soon as this broker is ready.
   */
  private static void publishEarlier(DataDirectory data) {
    try {
      Optional<Endpoint> endpoint = Endpoint.ofLivingBroker(data.broker());
      while (endpoint.isEmpty()) {
        Thread.sleep(LOOK_EVERY_MS);
        endpoint = Endpoint.ofLivingBroker(data.broker());
      }
      RunPublication.publishUnfinished(data, endpoint.get().bootstrap());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
