package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.dse.study.ScoreReport;
import java.util.ArrayList;
import java.util.List;

/** Accuracy of a design on simulated chips, in words. */
final class SimulatedText {
  private SimulatedText() {}

  /** A simulated loss with its interval. */
  static String loss(RunEvent.Accuracy accuracy) {
    RunEvent.Sampled loss = accuracy.loss();
    return Sentence.of(
        "{} ({} .. {}) points", points(loss.value()), points(loss.low()), points(loss.high()));
  }

  /** A simulated agreement with its interval. */
  static String agreement(RunEvent.Sampled share) {
    return Sentence.of(
        "{%.1f} % ({%.1f} .. {%.1f})", 100 * share.value(), 100 * share.low(), 100 * share.high());
  }

  /** Samples and chips that it was judged on. */
  static String basis(RunEvent.Accuracy accuracy) {
    return Sentence.of(
        "{} on {} sample{|s}, {} chip{|s}",
        accuracy.network(),
        accuracy.samples(),
        accuracy.draws());
  }

  /** Decisions of one design, on a line. */
  static String line(RunEvent.Accuracy known) {
    List<String> figures = new ArrayList<>();
    if (known.agreement() != null) {
      figures.add("agreement " + agreement(known.agreement()));
    }
    if (known.accuracy() != null && known.loss() != null) {
      RunEvent.Sampled share = known.accuracy();
      figures.add(
          Sentence.of(
              "accuracy {%.1f} % ({%.1f} .. {%.1f} %), loss {}",
              100 * share.value(), 100 * share.low(), 100 * share.high(), loss(known)));
    }
    return Sentence.of(
        "  simulated: {}; {}, 95 % intervals\n", String.join(", ", figures), basis(known));
  }

  /** A share in points of a hundred; a rounded loss is never less than none. */
  static String points(double share) {
    String text = Sentence.of("{%.1f}", 100 * share);
    return text.equals("-0.0") ? "0.0" : text;
  }

  /** A share in per cent. */
  static String percent(double share) {
    return Sentence.of("{%.1f} %", 100 * share);
  }

  /** The interval of a score. */
  static String interval(ScoreReport score) {
    return Sentence.of("{%.1f}..{%.1f} %", 100 * score.low(), 100 * score.high());
  }
}
