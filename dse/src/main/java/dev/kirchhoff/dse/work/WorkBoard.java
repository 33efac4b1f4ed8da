package dev.kirchhoff.dse.work;

import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * State of the work units of one run and of its workers, folded from what workers report. A work
 * unit is done once: what else comes for it is a duplicate and has no effect. Not for several
 * threads.
 */
final class WorkBoard {
  /** Time without a report after which a worker with a work unit counts as silent. */
  static final long SILENT_MS = 12_000;

  private final String run;
  private final Set<String> handedOut = new TreeSet<>();
  private final Map<String, Report.Failed> setAside = new LinkedHashMap<>();
  private final Map<String, WorkerState> workers = new TreeMap<>();
  private final Map<String, String> holders = new HashMap<>();
  private final Set<String> refusals = new TreeSet<>();
  private final List<String> news = new ArrayList<>();
  private long duplicates;
  private long done;

  /** The state of a worker. */
  private static final class WorkerState {
    final long since_ms;
    long last_ms;
    long units;
    boolean hasChunks;
    long designs;
    Optional<WorkUnit> holds = Optional.empty();
    boolean isSilent;

    WorkerState(long since_ms) {
      this.since_ms = since_ms;
    }

    double rate_perS() {
      return designs * 1000.0 / Math.max(1, last_ms - since_ms);
    }
  }

  /**
   * A board without work units.
   *
   * @param run id of the run
   */
  WorkBoard(String run) {
    this.run = run;
  }

  /** A work unit is handed out. */
  void handOut(WorkUnit unit) {
    handedOut.add(unit.id());
  }

  /**
   * Takes a report.
   *
   * @param now_ms time on a steady clock
   * @return true if it is the result of a work unit that waits for one
   */
  boolean take(Report report, long now_ms) {
    if (!report.unit().run().equals(run)) {
      return false;
    }
    if (report instanceof Report.Refused refused) {
      refuse(refused);
      return false;
    }
    WorkerState worker = see(report.worker(), now_ms);
    String id = report.unit().id();
    if (report instanceof Report.Taken taken) {
      worker.holds = Optional.of(taken.unit());
      Optional<String> before = Optional.ofNullable(holders.put(id, taken.worker()));
      if (taken.delivery() > 1 && !before.equals(Optional.of(taken.worker()))) {
        news.add(
            taken.unit().words()
                + " go to worker "
                + taken.worker()
                + before.map(name -> ", as worker " + name + " gave no result").orElse(""));
      }
      return false;
    }
    worker.holds = Optional.empty();
    if (report instanceof Report.GivenBack) {
      news.add("worker " + report.worker() + " gives " + report.unit().words() + " back");
      return false;
    }
    if (report instanceof Report.Failed failed) {
      if (handedOut.contains(id)) {
        fail(failed);
      }
      return false;
    }
    worker.units++;
    worker.hasChunks |= report.unit().designs() instanceof Chunk;
    worker.designs += report.unit().designs().count();
    holders.remove(id);
    if (!handedOut.remove(id)) {
      duplicates++;
      return false;
    }
    done++;
    return true;
  }

  private WorkerState see(String name, long now_ms) {
    WorkerState worker = workers.get(name);
    if (worker == null) {
      worker = new WorkerState(now_ms);
      workers.put(name, worker);
      news.add("worker " + name + " takes part");
    } else if (worker.isSilent) {
      news.add("worker " + name + " is back");
    }
    worker.isSilent = false;
    worker.last_ms = now_ms;
    return worker;
  }

  private void refuse(Report.Refused refused) {
    if (refusals.add(refused.worker())) {
      news.add(
          "worker "
              + refused.worker()
              + " is of model version "
              + refused.version()
              + " and leaves this run to workers of its own");
    }
  }

  private void fail(Report.Failed failed) {
    if (!failed.isLast()) {
      news.add(
          failed.unit().words()
              + " failed on worker "
              + failed.worker()
              + ", handed out "
              + Units.count(failed.delivery())
              + " times: "
              + failed.cause());
      return;
    }
    handedOut.remove(failed.unit().id());
    setAside.put(failed.unit().id(), failed);
    news.add(sentence(failed));
  }

  /** A work unit that nobody tries again, in words. */
  static String sentence(Report.Failed failed) {
    return failed.unit().words()
        + " are set aside after "
        + Units.count(failed.delivery())
        + " times; the last, on worker "
        + failed.worker()
        + ": "
        + failed.cause();
  }

  /** Looks for workers that hold a work unit and say nothing. */
  void look(long now_ms) {
    workers.forEach(
        (name, worker) -> {
          if (!worker.isSilent && worker.holds.isPresent() && now_ms - worker.last_ms > SILENT_MS) {
            worker.isSilent = true;
            news.add(
                "worker "
                    + name
                    + " is silent; its "
                    + worker.holds.get().words()
                    + " go to another when its lease ends");
          }
        });
  }

  /** Sentences for the user since this was last asked. */
  List<String> news() {
    List<String> told = List.copyOf(news);
    news.clear();
    return told;
  }

  /** Work units that wait for a result. */
  int waiting() {
    return handedOut.size();
  }

  /** Work units that nobody tries again. */
  Set<String> setAside() {
    return Set.copyOf(setAside.keySet());
  }

  /** Causes of the work units that nobody tries again, one sentence each. */
  String failures() {
    return setAside.values().stream().map(WorkBoard::sentence).collect(Collectors.joining("; "));
  }

  /** Results that had come before. */
  long duplicates() {
    return duplicates;
  }

  /** Work units that are done. */
  long done() {
    return done;
  }

  /** Workers that are not silent. */
  int working() {
    return (int) workers.values().stream().filter(worker -> !worker.isSilent).count();
  }

  /** Each worker with its work units and rate; empty before the first. */
  String summary() {
    return workers.entrySet().stream()
        .map(
            entry ->
                entry.getKey()
                    + " "
                    + Units.count(entry.getValue().units)
                    + (entry.getValue().hasChunks ? " chunks" : " designs")
                    + (entry.getValue().isSilent
                        ? ", silent"
                        : " at " + WorkRate.text(entry.getValue().rate_perS())))
        .collect(Collectors.joining("; "));
  }
}
