package dev.kirchhoff.dashboards.feed;

import dev.kirchhoff.arch.event.EventEnvelope;
import java.util.List;

/**
 * Receiver of the events that the feeds read. Called from the feeds' threads; an implementation is
 * safe for use by several threads.
 */
public interface FeedListener {

  /**
   * An event, perhaps not for the first time and in no promised order.
   *
   * @param envelope the event
   * @param origin where it was read
   * @param writtenAtMillis when it was written, milliseconds since 1970, as far as the feed knows;
   *     for people
   */
  void event(EventEnvelope envelope, Origin origin, long writtenAtMillis);

  /**
   * A line or message that is not an event. It is set aside.
   *
   * @param where file and line, or topic, partition and offset
   * @param why what is wrong with it
   */
  void broken(String where, String why);

  /**
   * A log with a line that is not what was written: no event of the run is valid, whatever came
   * before.
   *
   * @param where file and line
   * @param why how it shows
   */
  void damaged(String runId, String where, String why);

  /** A damaged log was mended or replaced and is read again from its start. */
  void mended(String runId);

  /** True if evaluations of a run are wanted with their designs, false if {@link #passed} is. */
  default boolean wantsDesigns(String runId) {
    return true;
  }

  /**
   * Evaluations of a log whose designs were not wanted.
   *
   * @param end one more than the largest number of the designs
   * @param time time of the event, as written
   */
  default void passed(String runId, long end, String time) {
    throw new UnsupportedOperationException("All designs of " + runId + " are wanted.");
  }

  /** Runs of whose logs designs were passed over that are wanted now. */
  default List<String> unread() {
    return List.of();
  }

  /** All designs of the log of a run were given, perhaps not for the first time. */
  default void designsRead(String runId) {
    throw new UnsupportedOperationException("No designs of " + runId + " were passed over.");
  }

  /** State of the log of a run as the file feed reads it. */
  void log(String runId, LogState state);

  /** State of the connection to the broker and its address. */
  void kafka(KafkaState state);

  /** Source that an event was read from. */
  enum Origin {
    FILE,
    KAFKA
  }

  /** State of the log of a run in the data directory. */
  enum LogState {
    /** Not read to its end yet. */
    READING,
    /** Read to its end, and its lock is held: somebody writes it. */
    HELD,
    /** Read to its end, and nobody writes it. */
    FREE
  }

  /**
   * Connection to the broker.
   *
   * @param status how far it is
   * @param bootstrap address, empty if none is known
   * @param detail a sentence for people, or empty
   */
  record KafkaState(Status status, String bootstrap, String detail) {
    /** States of a connection. */
    public enum Status {
      OFF,
      SEARCHING,
      CONNECTING,
      CONNECTED,
      LOST
    }
  }
}
