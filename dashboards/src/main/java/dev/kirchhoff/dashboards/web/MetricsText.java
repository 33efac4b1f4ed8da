package dev.kirchhoff.dashboards.web;

import dev.kirchhoff.dashboards.view.RunView;
import dev.kirchhoff.dashboards.view.Runs;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Metrics of all runs that a dashboard reads, in Prometheus's text format 0.0.4. */
final class MetricsText {
  private MetricsText() {}

  /** Media type of the text. */
  static String contentType() {
    return PrometheusTextFormatWriter.CONTENT_TYPE;
  }

  /** The metrics now. */
  static String of(Runs runs) {
    CounterSnapshot.Builder evaluated =
        CounterSnapshot.builder()
            .name("kirchhoff_evaluated_designs")
            .help("Unique designs that were evaluated.");
    GaugeSnapshot.Builder rate =
        gauge("kirchhoff_designs_per_second", "Designs evaluated per second.");
    GaugeSnapshot.Builder budget =
        gauge("kirchhoff_budget_designs", "Designs to evaluate at most.");
    GaugeSnapshot.Builder front = gauge("kirchhoff_front_members", "Members of the front.");
    GaugeSnapshot.Builder volume =
        gauge(
            "kirchhoff_hypervolume_ratio",
            "Hypervolume of the front as a share of the run's reference box.");
    GaugeSnapshot.Builder running =
        gauge("kirchhoff_run_running", "1 while the run goes on, else 0.");
    int damaged = 0;
    int known = 0;
    long broken = 0;
    synchronized (runs) {
      for (String id : runs.ids()) {
        known++;
        damaged += runs.read(id, e -> e.damage().isPresent()).orElse(false) ? 1 : 0;
        runs.read(
            id,
            entry -> {
              Labels run = Labels.of("run", id);
              RunView view = entry.view();
              evaluated.dataPoint(
                  CounterSnapshot.CounterDataPointSnapshot.builder()
                      .labels(run)
                      .value(view.evaluated())
                      .build());
              add(front, run, view.front().size());
              add(running, run, runs.state(entry).word().equals("running") ? 1 : 0);
              view.header().ifPresent(header -> add(budget, run, header.budget()));
              view.lastRound().ifPresent(round -> add(volume, run, round.hypervolume()));
              RunJson.rate(view).ifPresent(perSecond -> add(rate, run, perSecond));
              return id;
            });
      }
      broken = runs.connection(0).map(Runs.Connection::brokenCount).orElse(0L);
    }
    Runtime runtime = Runtime.getRuntime();
    MetricSnapshots all =
        MetricSnapshots.builder()
            .metricSnapshot(evaluated.build())
            .metricSnapshot(rate.build())
            .metricSnapshot(budget.build())
            .metricSnapshot(front.build())
            .metricSnapshot(volume.build())
            .metricSnapshot(running.build())
            .metricSnapshot(one("kirchhoff_runs", "Runs that are shown.", known))
            .metricSnapshot(one("kirchhoff_damaged_runs", "Runs whose log is damaged.", damaged))
            .metricSnapshot(
                CounterSnapshot.builder()
                    .name("kirchhoff_broken_messages")
                    .help("Messages that were set aside.")
                    .dataPoint(
                        CounterSnapshot.CounterDataPointSnapshot.builder().value(broken).build())
                    .build())
            .metricSnapshot(
                one(
                    "kirchhoff_heap_bytes",
                    "Heap in use.",
                    runtime.totalMemory() - runtime.freeMemory()))
            .build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, all, EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name(name).help(help);
  }

  private static GaugeSnapshot one(String name, String help, double value) {
    GaugeSnapshot.Builder gauge = gauge(name, help);
    add(gauge, Labels.EMPTY, value);
    return gauge.build();
  }

  private static void add(GaugeSnapshot.Builder gauge, Labels labels, double value) {
    gauge.dataPoint(
        GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
  }
}
