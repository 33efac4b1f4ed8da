package dev.kirchhoff.arch.event;

/**
 * An event with its CloudEvents 1.0 attributes.
 *
 * @param type event type, one of the {@code TYPE} constants of {@link RunEvent}'s records
 * @param runId run it belongs to; the source is {@code /runs/<runId>}
 * @param era 0, one more with each continuation of the run
 * @param seq number in the run, 0.. without gaps over durable events; −1 for events that are not
 *     durable
 * @param time instant in UTC, for people; nothing is computed from it
 * @param event the data
 */
public record EventEnvelope(
    String type, String runId, int era, long seq, String time, RunEvent event) {
  /** Path of the source that a run's id follows. */
  static final String SOURCE_PREFIX = "/runs/";

  /** An event of a run that was never continued. */
  public EventEnvelope(String type, String runId, long seq, String time, RunEvent event) {
    this(type, runId, 0, seq, time, event);
  }

  /** Place among the events of its run. */
  public EventOrder order() {
    return new EventOrder(era, seq);
  }
}
