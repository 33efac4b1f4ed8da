package dev.kirchhoff.dse.work;

import dev.kirchhoff.dse.stream.WorkMessage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Report of a worker on a task, a record of the result topic. */
public sealed interface Report {
  /** The task. */
  Task task();

  /** Name of the worker. */
  String worker();

  /**
   * The worker does the task; told again each time that it renews its lease.
   *
   * @param delivery how often the task has been handed out
   */
  record Taken(Task task, String worker, int delivery) implements Report {}

  /**
   * The task is done.
   *
   * @param result its result
   */
  record Done(Task task, String worker, byte[] result) implements Report {}

  /**
   * The task could not be done.
   *
   * @param delivery how often it has been handed out
   * @param isLast whether nobody tries again
   * @param cause the reason in words
   */
  record Failed(Task task, String worker, int delivery, boolean isLast, String cause)
      implements Report {}

  /**
   * The worker leaves the task to workers of the run's model version.
   *
   * @param version its own model version
   */
  record Refused(Task task, String worker, String version) implements Report {}

  /** The worker ends, or is stalled, and gives the task back. */
  record GivenBack(Task task, String worker) implements Report {}

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
    return new WorkMessage(task().id(), headers, value);
  }

  /** The report of a record; empty if it is none. */
  static Optional<Report> of(WorkMessage message) {
    return Task.of(message.key()).flatMap(task -> of(task, message));
  }

  private static Optional<Report> of(Task task, WorkMessage message) {
    String worker = message.header("worker");
    return switch (message.header("kind")) {
      case "taken" -> Optional.of(new Taken(task, worker, delivery(message)));
      case "done" -> Optional.of(new Done(task, worker, message.value()));
      case "failed" ->
          Optional.of(new Failed(task, worker, delivery(message), false, message.header("cause")));
      case "set-aside" ->
          Optional.of(new Failed(task, worker, delivery(message), true, message.header("cause")));
      case "refused" -> Optional.of(new Refused(task, worker, message.header("version")));
      case "given-back" -> Optional.of(new GivenBack(task, worker));
      default -> Optional.empty();
    };
  }

  private static int delivery(WorkMessage message) {
    String text = message.header("delivery");
    return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 1;
  }
}
