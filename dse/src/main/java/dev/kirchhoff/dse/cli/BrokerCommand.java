package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.metrics.BrokerMetrics;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.stream.BrokerListener;
import dev.kirchhoff.dse.stream.BrokerProcess;
import dev.kirchhoff.dse.stream.Endpoint;
import dev.kirchhoff.dse.stream.RunPublication;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code broker}: a single-node Kafka broker over the data directory, until Ctrl-C. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    description =
        "Runs a Kafka broker over the data directory until Ctrl-C; explorers and dashboards of this"
            + " machine find it there, on the loopback interface.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff broker --data kirchhoff-data",
      "  ./kirchhoff broker --bind 0.0.0.0 --port 9092 --kafka-config listener.properties"
    })
final class BrokerCommand implements Callable<Integer> {
  private static final long LOOK_EVERY_MS = 250;
  private static final int DEFAULT_PORT = 9092;
  private static final int MOST_PORTS = 65_535;

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description =
          "Listen on this address too, for other machines; needs --kafka-config or --open.")
  private String bind;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "Port of that address (default: 9092); without --bind the port on the loopback"
              + " interface.")
  private Integer port;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description =
          "Settings of Kafka's server for the listener of --bind: security.protocol (SSL, SASL_SSL"
              + " or SASL_PLAINTEXT) with key stores, mechanisms and passwords.")
  private Path configuration;

  @Option(
      names = "--open",
      description =
          "Let everybody who reaches the address of --bind read, change and delete the topics of"
              + " all runs, without password and encryption.")
  private boolean open;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "Serve /metrics for Prometheus on this port of the loopback interface.")
  private Integer metricsPort;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    if (metricsPort != null && (metricsPort < 0 || metricsPort > MOST_PORTS)) {
      throw new UsageException("--metrics-port is " + metricsPort + ", must be 0.." + MOST_PORTS);
    }
    if (port != null && (port < 1 || port > MOST_PORTS)) {
      throw new UsageException("--port is " + port + ", must be 1.." + MOST_PORTS);
    }
    if (bind == null && (open || configuration != null)) {
      throw new UsageException("--open and --kafka-config are of the listener of --bind");
    }
    Optional<BrokerListener> remote =
        bind == null
            ? Optional.empty()
            : BrokerListener.of(
                bind, port == null ? DEFAULT_PORT : port, Optional.ofNullable(configuration), open);
    Console console = Console.of(command);
    int local = remote.isPresent() || port == null ? 0 : port;
    DataDirectory directory = data.open();
    Thread earlier = new Thread(() -> publishEarlier(directory), "publisher-earlier");
    earlier.setDaemon(true);
    earlier.start();
    Optional<BrokerMetrics> metrics =
        Optional.ofNullable(metricsPort).map(at -> BrokerMetrics.start(at, directory));
    metrics.ifPresent(server -> console.message("metrics " + server.address()));
    try {
      return BrokerProcess.runInTerminal(directory, local, remote, console::message);
    } finally {
      metrics.ifPresent(BrokerMetrics::close);
    }
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
      RunPublication.publishUnfinished(data, endpoint.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
