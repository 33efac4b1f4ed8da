package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.stream.BrokerCompanion;
import dev.kirchhoff.dse.stream.KafkaTarget;
import dev.kirchhoff.dse.stream.WorkMessage;
import dev.kirchhoff.dse.stream.WorkQueue;
import dev.kirchhoff.dse.work.Report;
import dev.kirchhoff.dse.work.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A built-in broker for a test, with the reports of workers that come through it. Its methods are
 * for one thread.
 */
final class SharedCluster implements AutoCloseable {
  private final Path folder;
  private final BrokerCompanion broker;
  private final KafkaTarget.External target;
  private final WorkQueue reports;
  private final Map<String, String> held = new HashMap<>();
  private final Map<String, List<String>> done = new TreeMap<>();

  /** Sentences of the broker, and of what a test adds. */
  final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();

  /**
   * Starts a broker.
   *
   * @param folder an empty folder for its data and for what workers say
   */
  SharedCluster(Path folder) throws Exception {
    this.folder = folder;
    this.broker = BrokerCompanion.start(DataDirectory.open(Path.of(data())), said::add);
    while (broker.endpoint().isEmpty()) {
      Thread.sleep(50);
    }
    this.target = broker.endpoint().get().target();
    this.reports = WorkQueue.open(target, Worker.group());
  }

  /** Data directory of the broker. */
  String data() {
    return folder.resolve("data").toString();
  }

  /** Address of the broker. */
  KafkaTarget.External target() {
    return target;
  }

  /** Starts a worker of one thread. */
  ProgramProcess worker(String name) throws Exception {
    return ProgramProcess.start(
        Files.createDirectories(folder.resolve(name)),
        List.of("worker", "--data", data(), "--name", name, "--threads", "1"));
  }

  /**
   * Stops a worker at a moment when it holds a work unit, which it cannot have given a result for.
   *
   * @return id of the work unit
   */
  String stopWithATask(ProgramProcess worker, String name) throws Exception {
    for (int attempt = 0; attempt < 50; attempt++) {
      await(() -> held.containsKey(name));
      worker.signal("STOP");
      Thread.sleep(300);
      read();
      Optional<String> unit = Optional.ofNullable(held.get(name));
      if (unit.isPresent()) {
        return unit.get();
      }
      worker.signal("CONT");
    }
    throw new AssertionError("worker " + name + " was never stopped with a work unit");
  }

  /** Workers that have given a result for a work unit, in the order of the results. */
  List<String> doneBy(String unit) {
    return done.getOrDefault(unit, List.of());
  }

  /** Number of work units that have a result. */
  int done() {
    return done.size();
  }

  /** Reads reports until something has happened. */
  void await(ProgramProcess.Progress reached) throws Exception {
    long end_ns = System.nanoTime() + Duration.ofSeconds(180).toNanos();
    while (!reached.isReached()) {
      assertTrue(System.nanoTime() < end_ns, () -> "nothing has come: " + done + said);
      take(reports.poll(Duration.ofMillis(20)));
    }
  }

  /** Reads the reports that are there. */
  void read() {
    while (take(reports.poll(Duration.ofMillis(300)))) {
      continue;
    }
  }

  private boolean take(List<WorkMessage> messages) {
    messages.stream().flatMap(message -> Report.of(message).stream()).forEach(this::take);
    return !messages.isEmpty();
  }

  private void take(Report report) {
    String unit = report.unit().id();
    if (report instanceof Report.Taken taken) {
      held.put(taken.worker(), unit);
    } else if (report instanceof Report.Done result) {
      held.remove(result.worker(), unit);
      done.computeIfAbsent(unit, id -> new ArrayList<>()).add(result.worker());
    }
  }

  @Override
  public void close() {
    reports.close();
    broker.close();
  }
}
