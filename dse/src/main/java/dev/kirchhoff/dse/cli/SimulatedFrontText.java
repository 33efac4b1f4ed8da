package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.EstimateError;
import dev.kirchhoff.dse.report.SimulatedFront;
import java.util.Locale;

/** Accuracy of designs on simulated chips, in cells and sentences. */
final class SimulatedFrontText {
  private SimulatedFrontText() {}

  /** The estimate of a member's loss. */
  static String estimate(SimulatedFront front, long index) {
    RunEvent.Accuracy accuracy = front.accuracies().get(index);
    return accuracy == null || accuracy.estimatedLoss() == null
        ? "-"
        : points(accuracy.estimatedLoss()) + " points";
  }

  /** The simulated loss of a member with its interval. */
  static String loss(SimulatedFront front, long index) {
    RunEvent.Accuracy accuracy = front.accuracies().get(index);
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

  /** Accuracy of one design, on a line. */
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

  /** Summary of the simulated members and of the estimate's error; empty if none was simulated. */
  static String sentence(SimulatedFront front, int members) {
    StringBuilder out = new StringBuilder();
    if (!front.isEmpty()) {
      RunEvent.Accuracy one = front.accuracies().values().iterator().next();
      out.append("Simulated: ").append(basis(one)).append(" of a design, 95 % intervals; ");
      out.append(
          front.accuracies().size() == members
              ? "all " + members + " designs. "
              : front.accuracies().size() + " of " + members + " designs. ");
      front.error().ifPresent(error -> out.append(sentence(error)));
      out.append('\n');
    }
    if (!front.refused().isEmpty()) {
      out.append("Not simulated: ")
          .append(front.refused().size())
          .append(front.refused().size() == 1 ? " design. " : " designs. ")
          .append(front.refused().values().iterator().next())
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
        + (error.rankCorrelation().isEmpty()
            ? "too few designs differ for a rank correlation."
            : String.format(
                Locale.ROOT,
                "rank correlation %.2f over %d different pairs.",
                error.rankCorrelation().getAsDouble(),
                error.different()));
  }
}
