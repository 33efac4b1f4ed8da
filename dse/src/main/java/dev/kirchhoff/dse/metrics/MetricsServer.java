package dev.kirchhoff.dse.metrics;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.function.Supplier;

/** HTTP server of {@code /metrics} on the loopback interface, for a scrape by Prometheus. */
final class MetricsServer implements AutoCloseable {
  private final HTTPServer server;

  private MetricsServer(HTTPServer server) {
    this.server = server;
  }

  /**
   * Starts a server.
   *
   * @param port its port; 0 = any free one
   * @param metrics figures now, from a thread of the server
   * @throws UncheckedIOException if the port is taken
   */
  static MetricsServer start(int port, Supplier<MetricSnapshots> metrics) {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register((MultiCollector) metrics::get);
    try {
      return new MetricsServer(
          HTTPServer.builder()
              .inetAddress(InetAddress.getLoopbackAddress())
              .port(port)
              .registry(registry)
              .buildAndStart());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "--metrics-port: port " + port + " cannot be listened on: " + e.getMessage(), e);
    }
  }

  /** Port that it listens on. */
  int port() {
    return server.getPort();
  }

  /** A gauge with one value. */
  static GaugeSnapshot gauge(String name, String help, Labels labels, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(
            GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build())
        .build();
  }

  /** Heap in use by this process. */
  static GaugeSnapshot heap() {
    Runtime runtime = Runtime.getRuntime();
    return gauge(
        "kirchhoff_heap_bytes",
        "Heap in use.",
        Labels.EMPTY,
        runtime.totalMemory() - runtime.freeMemory());
  }

  @Override
  public void close() {
    server.close();
  }
}
