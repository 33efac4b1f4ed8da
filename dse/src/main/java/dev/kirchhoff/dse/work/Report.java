package dev.kirchhoff.dse.work;

import dev.kirchhoff.dse.stream.WorkMessage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Report of a worker on a work unit, a record of the result topic. */
public sealed interface Report {
  /** The work unit. */
  WorkUnit unit();

  /** Name of the worker. */
  String worker();

  /**
   * The worker does the work unit; repeated at each renewal of its lease.
   *
   * @param delivery number of times that the work unit has been handed out
   */
  record Taken(WorkUnit unit, String worker, int delivery) implements Report {}

  /**
   * The work unit is done.
   *
   * @param result its result
   */
  record Done(WorkUnit unit, String worker, byte[] result) implements Report {}

  /**
   * The work unit could not be done.
   *
   * @param delivery number of times that it has been handed out
   * @param isLast whether no worker tries again
   * @param cause the reason in words
   */
  record Failed(WorkUnit unit, String worker, int delivery, boolean isLast, String cause)
      implements Report {}

  /**
   * The worker leaves the work unit to workers of the run's model version.
   *
   * @param version its own model version
   */
  record Refused(WorkUnit unit, String worker, String version) implements Report {}

  /** The worker ends, or is stalled, and gives the work unit back. */
  record GivenBack(WorkUnit unit, String worker) implements Report {}

  /** The report as a record. */
  default WorkMessage message() {
    Map<String, String> headers = new TreeMap<>();
    headers.put("worker", worker());
    byte[] value = {};
    if (this instanceof Taken taken) {
      headers.put("kind", "taken");
      headers.put("delivery", Integer.toString(taken.delivery()));
    } else if (this instanceof Done done) {
      headers.put("kind", "done");
      value = done.result();
    } else if (this instanceof Failed failed) {
      headers.put("kind", failed.isLast() ? "set-aside" : "failed");
      headers.put("delivery", Integer.toString(failed.delivery()));
      headers.put("cause", failed.cause());
    } else if (this instanceof Refused refused) {
      headers.put("kind", "refused");
      headers.put("version", refused.version());
    } else {
      headers.put("kind", "given-back");
    }
    return new WorkMessage(unit().id(), headers, value);
  }

  /** The report of a record; empty if it is none. */
  static Optional<Report> of(WorkMessage message) {
    return WorkUnit.of(message.key()).flatMap(unit -> of(unit, message));
  }

  private static Optional<Report> of(WorkUnit unit, WorkMessage message) {
    String worker = message.header("worker");
    return switch (message.header("kind")) {
      case "taken" -> Optional.of(new Taken(unit, worker, delivery(message)));
      case "done" -> Optional.of(new Done(unit, worker, message.value()));
      case "failed" ->
          Optional.of(new Failed(unit, worker, delivery(message), false, message.header("cause")));
      case "set-aside" ->
          Optional.of(new Failed(unit, worker, delivery(message), true, message.header("cause")));
      case "refused" -> Optional.of(new Refused(unit, worker, message.header("version")));
      case "given-back" -> Optional.of(new GivenBack(unit, worker));
      default -> Optional.empty();
    };
  }

  private static int delivery(WorkMessage message) {
    String text = message.header("delivery");
    return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 1;
  }
}
