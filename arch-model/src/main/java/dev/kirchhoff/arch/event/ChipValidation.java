package dev.kirchhoff.arch.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Service that compares published chips with the models; found by {@link java.util.ServiceLoader}.
 */
public interface ChipValidation {

  /**
   * Published values beside ours, as {@code validate --json} prints them, with the circuit families
   * of each chip; computed at the first call.
   *
   * @throws IllegalArgumentException if the chips cannot be read; the message is for the user
   */
  JsonNode report();

  /** Text of the spec of a chip; empty if there is no chip of that id. */
  Optional<String> spec(String chip);
}
