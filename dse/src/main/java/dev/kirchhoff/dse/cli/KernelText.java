package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.report.KernelResult;
import dev.kirchhoff.dse.report.KernelResult.ResultFigure;
import dev.kirchhoff.dse.report.KernelResult.TaskResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results of kernels on the simulated crossbars of a design: one line each. */
final class KernelText {
  private KernelText() {}

  /** A line for each kernel of a workload. */
  static String of(List<KernelResult> kernels) {
    StringBuilder out = new StringBuilder();
    for (KernelResult kernel : kernels) {
      out.append("  ").append(kernel.name()).append(": ").append(result(kernel)).append('\n');
    }
    return out.toString();
  }

  private static String result(KernelResult kernel) {
    TaskResult median = kernel.median();
    String chips =
        ", median of " + kernel.chips() + " drawn chips; the exact machine: " + exact(kernel);
    if (median.hasDiverged()) {
      return "diverged after " + iterations(median) + chips;
    }
    StringBuilder writes = new StringBuilder();
    for (KernelResult.MatrixWrites matrix : kernel.writes()) {
      writes.append(
          String.format(
              Locale.ROOT,
              "; %s writes of %s, at most %s an element",
              Units.count(Math.round(matrix.elements())),
              matrix.matrix(),
              Units.brief(matrix.most())));
    }
    String success =
        kernel
            .success()
            .map(
                share ->
                    String.format(
                        Locale.ROOT,
                        " (%.1f .. %.1f %% with 95 %% confidence, of %d runs)",
                        100 * share.low(),
                        100 * share.high(),
                        share.runs()))
            .orElse("");
    return figures(median)
        + success
        + (median.converged() ? "" : ", not solved")
        + ", "
        + iterations(median)
        + chips
        + writes;
  }

  private static String exact(KernelResult kernel) {
    TaskResult task = kernel.exact();
    return task.hasDiverged()
        ? "diverged after " + iterations(task)
        : figures(task) + (task.converged() ? "" : ", not solved") + ", " + iterations(task);
  }

  private static String figures(TaskResult task) {
    return task.figures().stream().map(KernelText::figure).collect(Collectors.joining(", "));
  }

  private static String figure(ResultFigure figure) {
    return figure.name()
        + " "
        + Units.significant(figure.value())
        + (figure.unit().isEmpty() ? "" : " " + figure.unit());
  }

  private static String iterations(TaskResult task) {
    return Units.count(task.iterations()) + (task.iterations() == 1 ? " iteration" : " iterations");
  }
}
