package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.EstimateError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What simulated chips say of a front's members.
 *
 * @param accuracies by index of the member
 * @param refused why members cannot be simulated, by index
 */
record SimulatedFront(Map<Long, RunEvent.Accuracy> accuracies, Map<Long, String> refused) {
  static final SimulatedFront NONE = new SimulatedFront(Map.of(), Map.of());

  SimulatedFront {
    accuracies = new TreeMap<>(accuracies);
    refused = new TreeMap<>(refused);
  }

  boolean isEmpty() {
    return accuracies.isEmpty();
  }

  /** Whether an estimate stands beside what was simulated. */
  boolean hasEstimates() {
    return accuracies.values().stream().anyMatch(a -> a.estimatedLoss() != null);
  }

  /** The estimate of a member's loss. */
  String estimate(long index) {
    RunEvent.Accuracy accuracy = accuracies.get(index);
    return accuracy == null || accuracy.estimatedLoss() == null
        ? "-"
        : points(accuracy.estimatedLoss()) + " points";
  }

  /** The simulated loss of a member with its interval. */
  String loss(long index) {
    RunEvent.Accuracy accuracy = accuracies.get(index);
    return accuracy == null ? "-" : loss(accuracy);
  }

  /** A simulated loss with its interval. */
  static String loss(RunEvent.Accuracy accuracy) {
    RunEvent.Sampled loss = accuracy.loss();
    return points(loss.value())
        + " ("
        + points(loss.low())
        + " .. "
        + points(loss.high())
        + ") points";
  }

  /** A simulated accuracy with its interval. */
  static String accuracy(RunEvent.Accuracy accuracy) {
    RunEvent.Sampled share = accuracy.accuracy();
    return String.format(
        Locale.ROOT,
        "%.1f %% (%.1f .. %.1f %%)",
        100 * share.value(),
        100 * share.low(),
        100 * share.high());
  }

  /** Samples and chips that it was judged on. */
  static String basis(RunEvent.Accuracy accuracy) {
    return accuracy.network()
        + " on "
        + accuracy.samples()
        + (accuracy.samples() == 1 ? " sample" : " samples")
        + ", "
        + accuracy.draws()
        + (accuracy.draws() == 1 ? " chip" : " chips");
  }

  /** What is known of one design, on a line. */
  static String line(RunEvent.Accuracy known) {
    return "  simulated: accuracy "
        + accuracy(known)
        + ", loss "
        + loss(known)
        + "; "
        + basis(known)
        + ", 95 % intervals\n";
  }

  private static String points(double share) {
    String text = String.format(Locale.ROOT, "%.1f", 100 * share);
    return text.equals("-0.0") ? "0.0" : text;
  }

  private Optional<EstimateError> error() {
    List<EstimateError.Pair> pairs = new ArrayList<>();
    for (RunEvent.Accuracy accuracy : accuracies.values()) {
      if (accuracy.estimatedLoss() != null) {
        pairs.add(new EstimateError.Pair(accuracy.estimatedLoss(), accuracy.loss().value()));
      }
    }
    return pairs.isEmpty() ? Optional.empty() : Optional.of(EstimateError.of(pairs));
  }

  /** What was simulated, and how far the estimate is off; empty if nothing was. */
  String sentence(int members) {
    StringBuilder out = new StringBuilder();
    if (!isEmpty()) {
      RunEvent.Accuracy one = accuracies.values().iterator().next();
      out.append("Simulated: ").append(basis(one)).append(" of a design, 95 % intervals; ");
      out.append(
          accuracies.size() == members
              ? "all " + members + " designs. "
              : accuracies.size() + " of " + members + " designs. ");
      error().ifPresent(error -> out.append(sentence(error)));
      out.append('\n');
    }
    if (!refused.isEmpty()) {
      out.append("Not simulated: ")
          .append(refused.size())
          .append(refused.size() == 1 ? " design. " : " designs. ")
          .append(refused.values().iterator().next())
          .append('\n');
    }
    return out.toString();
  }

  private static String sentence(EstimateError error) {
    return String.format(
            Locale.ROOT,
            "The estimate is %.1f points too %s in the mean, %.1f points off; ",
            100 * Math.abs(error.bias()),
            error.bias() < 0 ? "low" : "high",
            100 * error.absolute())
        + (Double.isNaN(error.rankCorrelation())
            ? "too few designs differ for a rank correlation."
            : String.format(
                Locale.ROOT,
                "rank correlation %.2f over %d different pairs.",
                error.rankCorrelation(),
                error.different()));
  }

  /** The error as JSON; without estimates there is none. */
  void put(ObjectNode root) {
    error()
        .ifPresent(
            error -> {
              ObjectNode node = root.putObject("estimateError");
              node.put("designs", error.pairs()).put("different", error.different());
              node.put("bias", error.bias()).put("absolute", error.absolute());
              if (!Double.isNaN(error.rankCorrelation())) {
                node.put("rankCorrelation", error.rankCorrelation());
              }
            });
  }
}
