package dev.kirchhoff.dse.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a run's storage and visibility. */
final class StreamArguments {
  private static final int MOST_PORTS = 65_535;

  @Mixin DataOption data = new DataOption();

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Stream to this Kafka cluster instead of the built-in broker.")
  String kafka;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Client properties for --kafka.")
  Path kafkaConfig;

  @Option(names = "--no-kafka", description = "Do not stream; the run is in its files only.")
  boolean noKafka;

  @Option(
      names = "--dashboard",
      description = "Serve the page while the search runs, and in a terminal until Ctrl-C.")
  boolean dashboard;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the page (8100, or the next free one).")
  Integer port;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "Serve /metrics for Prometheus on this port of the loopback interface.")
  Integer metricsPort;

  void check() {
    if (metricsPort != null && (metricsPort < 0 || metricsPort > MOST_PORTS)) {
      throw new UsageException(
          "--metrics-port is " + metricsPort + ", must be 0.." + MOST_PORTS + "; 0 = any free one");
    }
    if (port != null && (port < 1 || port > MOST_PORTS)) {
      throw new UsageException("--port is " + port + ", must be 1.." + MOST_PORTS);
    }
  }
}
