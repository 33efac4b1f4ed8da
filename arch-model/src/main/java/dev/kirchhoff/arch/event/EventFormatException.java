package dev.kirchhoff.arch.event;

/**
 * A line or message that is not an event of a known type. It is counted and shown, never fatal to a
 * reader.
 */
public final class EventFormatException extends Exception {
  public EventFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
