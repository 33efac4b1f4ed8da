package dev.kirchhoff.dse.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.dse.accuracy.Member;
import dev.kirchhoff.dse.accuracy.Simulation;
import dev.kirchhoff.mapper.simulate.PairedCount;
import java.io.IOException;
import java.util.Optional;

/**
 * Result of a simulated design.
 *
 * @param count what was counted; empty if such a design is not simulated
 * @param problem why not
 */
record SimulatedCount(Optional<PairedCount> count, String problem) {

  /** Simulates a design. */
  static SimulatedCount of(Simulation simulation, Member design, int threads) {
    try {
      return new SimulatedCount(Optional.of(simulation.count(design, threads)), "");
    } catch (IllegalArgumentException e) {
      return new SimulatedCount(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * Paired count of the design.
   *
   * @throws IllegalArgumentException if such a design is not simulated
   */
  PairedCount orThrow() {
    return count.orElseThrow(() -> new IllegalArgumentException(problem));
  }

  byte[] toJson() {
    ObjectNode node = EventJson.mapper().createObjectNode();
    if (count.isEmpty()) {
      node.put("problem", problem);
    } else {
      PairedCount found = count.get();
      node.put("items", found.items());
      node.put("draws", found.draws());
      node.put("kept", found.kept());
      if (found.judged().isPresent()) {
        PairedCount.Judged judged = found.judged().get();
        node.put("trained", judged.trained());
        node.put("lost", judged.lost());
        node.put("gained", judged.gained());
      }
    }
    try {
      return EventJson.mapper().writeValueAsBytes(node);
    } catch (IOException e) {
      throw new IllegalStateException("A count is always JSON.", e);
    }
  }

  /**
   * The result of bytes.
   *
   * @throws IllegalStateException if they are none
   */
  static SimulatedCount of(byte[] json) {
    try {
      JsonNode node = EventJson.mapper().readTree(json);
      if (node != null && node.hasNonNull("problem")) {
        return new SimulatedCount(Optional.empty(), node.get("problem").asText());
      }
      JobJson.require(node, "items", "draws", "kept");
      int items = node.get("items").asInt();
      int draws = node.get("draws").asInt();
      long kept = node.get("kept").asLong();
      if (!node.has("trained")) {
        return new SimulatedCount(Optional.of(new PairedCount(items, draws, kept)), "");
      }
      JobJson.require(node, "trained", "lost", "gained");
      long trained = node.get("trained").asLong();
      long lost = node.get("lost").asLong();
      long gained = node.get("gained").asLong();
      return new SimulatedCount(
          Optional.of(new PairedCount(items, draws, kept, trained, lost, gained)), "");
    } catch (IOException e) {
      throw new IllegalStateException("A worker's result is no count: " + e.getMessage(), e);
    }
  }
}
