package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.EstimateError;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * Error of the estimated agreement, or of the estimated losses where nothing else is estimated;
   * empty where nothing was estimated or simulated.
   */
  public Optional<EstimateError> error() {
    List<EstimateError.Pair> pairs = new ArrayList<>();
    for (RunEvent.Accuracy accuracy : accuracies.values()) {
      if (accuracy.estimatedAgreement() != null && accuracy.agreement() != null) {
        pairs.add(
            new EstimateError.Pair(accuracy.estimatedAgreement(), accuracy.agreement().value()));
      } else if (accuracy.estimatedLoss() != null && accuracy.loss() != null) {
        pairs.add(new EstimateError.Pair(accuracy.estimatedLoss(), accuracy.loss().value()));
      }
    }
    return pairs.isEmpty() ? Optional.empty() : Optional.of(EstimateError.of(pairs));
  }
}
