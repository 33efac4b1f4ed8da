package dev.kirchhoff.arch.event;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event with its CloudEvents 1.0 attributes.
 *
 * @param type event type, one of the {@code TYPE} constants of {@link RunEvent}'s records
 * @param runId run it belongs to; the source is {@code /runs/<runId>}
 * @param era 0, one more with each continuation of the run
 * @param seq number in the run, 0.. without gaps over durable events; empty for events that are not
 *     durable
 * @param time instant in UTC, for people; nothing is computed from it
 * @param event the data
 */
public record EventEnvelope(
    String type, String runId, int era, OptionalLong seq, String time, RunEvent event) {
  /** Path of the source that a run's id follows. */
  static final String SOURCE_PREFIX = "/runs/";

  /** A durable event. */
  public EventEnvelope(String type, String runId, int era, long seq, String time, RunEvent event) {
    this(type, runId, era, OptionalLong.of(seq), time, event);
  }

  /** A durable event of a run that was never continued. */
  public EventEnvelope(String type, String runId, long seq, String time, RunEvent event) {
    this(type, runId, 0, seq, time, event);
  }

  /** Place among the events of its run; empty for an event that is not durable. */
  public Optional<EventOrder> order() {
    return seq.isPresent() ? Optional.of(new EventOrder(era, seq.getAsLong())) : Optional.empty();
  }

  /** The {@code id} attribute: era and seq in text, or type and time where there is no seq. */
  public String id() {
    return order().map(EventOrder::toString).orElse(type + "-" + time);
  }
}
