package dev.kirchhoff.arch.event;

/**
 * An event with its CloudEvents 1.0 attributes.
 *
 * @param type event type, one of the {@code TYPE} constants of {@link RunEvent}'s records
 * @param runId run it belongs to; the source is {@code /runs/<runId>}
 * @param seq number in the run, 0.. without gaps over durable events; −1 for events that are not
 *     durable
 * @param time instant in UTC, for people; nothing is computed from it
 * @param event the data
 */
public record EventEnvelope(String type, String runId, long seq, String time, RunEvent event) {
  /** Path of the source that a run's id follows. */
  static final String SOURCE_PREFIX = "/runs/";
}
