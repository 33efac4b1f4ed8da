package dev.kirchhoff.dse.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.LongSupplier;

/** Metrics of a run that is being explored. */
public final class RunMetrics implements AutoCloseable {
  private static final long RATE_NS = 1_000_000_000L;

  private final Labels run;
  private final LongSupplier undelivered;
  private final MetricsServer server;
  private volatile Sample sample;

  /**
   * Figures of a moment.
   *
   * @param since_ns moment that the rate counts from
   * @param sinceEvaluated designs at that moment
   */
  private record Sample(
      long evaluated,
      long budget,
      int front,
      double hypervolume,
      double rate_perS,
      long since_ns,
      long sinceEvaluated) {}

  private RunMetrics(int port, String run, long budget, LongSupplier undelivered) {
    this.run = Labels.of("run", run);
    this.sample = new Sample(0, budget, 0, 0, 0, System.nanoTime(), 0);
    this.undelivered = undelivered;
    this.server = MetricsServer.start(port, this::metrics);
  }

  /**
   * Starts to serve metrics.
   *
   * @param port port on the loopback interface; 0 = any free one
   * @param run the run's id
   * @param budget designs to evaluate at most
   * @param undelivered events that Kafka has not acknowledged
   */
  public static RunMetrics start(int port, String run, long budget, LongSupplier undelivered) {
    return new RunMetrics(port, run, budget, undelivered);
  }

  /** Address of a scrape. */
  public String address() {
    return "http://127.0.0.1:" + server.port() + "/metrics";
  }

  /** Takes the state of the search; its thread alone calls this. */
  public void update(long evaluated, long budget, int front, double hypervolume) {
    Sample last = sample;
    long now_ns = System.nanoTime();
    long passed_ns = now_ns - last.since_ns();
    sample =
        passed_ns < RATE_NS
            ? new Sample(
                evaluated,
                budget,
                front,
                hypervolume,
                last.rate_perS(),
                last.since_ns(),
                last.sinceEvaluated())
            : new Sample(
                evaluated,
                budget,
                front,
                hypervolume,
                (evaluated - last.sinceEvaluated()) * 1e9 / passed_ns,
                now_ns,
                evaluated);
  }

  private MetricSnapshots metrics() {
    Sample now = sample;
    return MetricSnapshots.builder()
        .metricSnapshot(
            CounterSnapshot.builder()
                .name("kirchhoff_evaluated_designs")
                .help("Unique designs that were evaluated.")
                .dataPoint(
                    CounterSnapshot.CounterDataPointSnapshot.builder()
                        .labels(run)
                        .value(now.evaluated())
                        .build())
                .build())
        .metricSnapshot(
            gauge("kirchhoff_designs_per_second", "Designs evaluated per second.", now.rate_perS()))
        .metricSnapshot(
            gauge("kirchhoff_budget_designs", "Designs to evaluate at most.", now.budget()))
        .metricSnapshot(gauge("kirchhoff_front_members", "Members of the front.", now.front()))
        .metricSnapshot(
            gauge(
                "kirchhoff_hypervolume_ratio",
                "Hypervolume of the front as a share of the run's reference box.",
                now.hypervolume()))
        .metricSnapshot(
            gauge(
                "kirchhoff_undelivered_events",
                "Events of the log that Kafka has not acknowledged.",
                undelivered.getAsLong()))
        .metricSnapshot(MetricsServer.heap())
        .build();
  }

  private GaugeSnapshot gauge(String name, String help, double value) {
    return MetricsServer.gauge(name, help, run, value);
  }

  @Override
  public void close() {
    server.close();
  }
}
