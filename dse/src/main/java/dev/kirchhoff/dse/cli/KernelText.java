package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.KernelWork;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.dse.report.EvaluationReport.NamedRun;
import dev.kirchhoff.mapper.kernel.KernelRun;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results of kernels on the simulated crossbars of a design: one line each. */
final class KernelText {
  private KernelText() {}

  /** A line for each kernel of a workload. */
  static String of(List<NamedRun> kernels) {
    StringBuilder out = new StringBuilder();
    for (NamedRun kernel : kernels) {
      out.append("  ").append(kernel.name()).append(": ").append(result(kernel.run())).append('\n');
    }
    return out.toString();
  }

  private static String result(KernelRun run) {
    Outcome outcome = run.outcome();
    String chips = ", median of " + run.outcomes().size() + " drawn chips";
    if (outcome.isDiverged()) {
      return "diverged after "
          + iterations(outcome)
          + chips
          + "; the exact machine: "
          + ideal(run.ideal());
    }
    StringBuilder writes = new StringBuilder();
    for (Layer layer : run.network().layers()) {
      for (KernelWork.Update update : layer.kernel().updates()) {
        writes.append(
            String.format(
                Locale.ROOT,
                "; %s writes of %s, at most %s an element",
                Units.count(Math.round(update.weights())),
                layer.name(),
                Units.brief(update.most())));
      }
    }
    String success =
        run.successInterval()
            .map(
                interval ->
                    String.format(
                        Locale.ROOT,
                        " (%.1f .. %.1f %% with 95 %% confidence, of %d runs)",
                        100 * interval.low(),
                        100 * interval.high(),
                        outcome.runs()))
            .orElse("");
    return figures(outcome)
        + success
        + (outcome.converged() ? "" : ", not solved")
        + ", "
        + iterations(outcome)
        + chips
        + "; the exact machine: "
        + ideal(run.ideal())
        + writes;
  }

  private static String ideal(Outcome outcome) {
    return (outcome.isDiverged() ? "diverged" : figures(outcome))
        + (outcome.isDiverged() || outcome.converged() ? "" : ", not solved")
        + (outcome.isDiverged() ? " after " : ", ")
        + iterations(outcome);
  }

  private static String figures(Outcome outcome) {
    return outcome.figures().stream().map(KernelText::figure).collect(Collectors.joining(", "));
  }

  private static String figure(Outcome.Figure figure) {
    String unit = figure.measure().unit();
    return figure.measure().name()
        + " "
        + Units.significant(figure.value())
        + (unit.isEmpty() ? "" : " " + unit);
  }

  private static String iterations(Outcome outcome) {
    return Units.count(outcome.iterations())
        + (outcome.iterations() == 1 ? " iteration" : " iterations");
  }
}
