package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.EstimateError;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Accuracy of a front's members on simulated chips.
 *
 * @param accuracies by index of the member
 * @param refused why members cannot be simulated, by index
 */
public record SimulatedFront(Map<Long, RunEvent.Accuracy> accuracies, Map<Long, String> refused) {
  /** No member is simulated. */
  public static final SimulatedFront NONE = new SimulatedFront(Map.of(), Map.of());

  public SimulatedFront {
    accuracies = new TreeMap<>(accuracies);
    refused = new TreeMap<>(refused);
  }

  /** Limits that simulated chips of a member miss, by its index. */
  public Map<Long, String> refuted() {
    Map<Long, String> refuted = new TreeMap<>();
    accuracies.forEach(
        (index, accuracy) -> {
          if (accuracy.missed() != null) {
            refuted.put(index, accuracy.missed());
          }
        });
    return refuted;
  }

  /** Error of the estimates ({@link RunEvent.Accuracy#errorOfEstimates}). */
  public Optional<EstimateError> error() {
    return RunEvent.Accuracy.errorOfEstimates(accuracies.values());
  }
}
