package dev.kirchhoff.dse.metrics;

import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.dse.run.DamagedLogException;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.LogTail;
import dev.kirchhoff.dse.run.PublishedHint;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Metrics of a broker and of the runs of its data directory. Of each log the last line is read, so
 * damage further up does not show; a dashboard reads whole logs.
 */
public final class BrokerMetrics implements AutoCloseable {
  private final DataDirectory data;
  private final MetricsServer server;

  private BrokerMetrics(int port, DataDirectory data) {
    this.data = data;
    this.server = MetricsServer.start(port, this::metrics);
  }

  /**
   * Starts to serve metrics.
   *
   * @param port port on the loopback interface; 0 = any free one
   * @param data the broker's data directory
   */
  public static BrokerMetrics start(int port, DataDirectory data) {
    return new BrokerMetrics(port, data);
  }

  /** Address of a scrape. */
  public String address() {
    return "http://127.0.0.1:" + server.port() + "/metrics";
  }

  private MetricSnapshots metrics() {
    int runs = 0;
    int writing = 0;
    int damaged = 0;
    long undelivered = 0;
    for (RunId id : data.runs()) {
      RunDirectory run = data.run(id);
      runs++;
      writing += run.isBeingWritten() ? 1 : 0;
      try {
        OptionalLong last = LogTail.last(run).map(RawEvent::seq).orElseGet(OptionalLong::empty);
        Optional<PublishedHint> hint = PublishedHint.read(run.published());
        if (last.isPresent() && hint.isPresent()) {
          undelivered += Math.max(0, last.getAsLong() + 1 - hint.get().events());
        }
      } catch (IOException | DamagedLogException e) {
        damaged++;
      }
    }
    return MetricSnapshots.builder()
        .metricSnapshot(gauge("kirchhoff_runs", "Runs of the data directory.", runs))
        .metricSnapshot(gauge("kirchhoff_runs_written", "Runs that a process writes.", writing))
        .metricSnapshot(
            gauge("kirchhoff_damaged_runs", "Runs whose last line is damaged.", damaged))
        .metricSnapshot(
            gauge(
                "kirchhoff_undelivered_events",
                "Events of logs that Kafka has not acknowledged.",
                undelivered))
        .metricSnapshot(MetricsServer.heap())
        .build();
  }

  private static GaugeSnapshot gauge(String name, String help, double value) {
    return MetricsServer.gauge(name, help, Labels.EMPTY, value);
  }

  @Override
  public void close() {
    server.close();
  }
}
