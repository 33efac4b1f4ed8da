package dev.kirchhoff.mapper.schedule;

/** Cause of the time at which a layer's last output is complete. */
public enum EndCause {
  /** Its own iterations, from its start on. */
  OWN_ITERATIONS,
  /** The last inputs that it reads. */
  READ,
  /** The last outputs that it joins. */
  JOIN
}
