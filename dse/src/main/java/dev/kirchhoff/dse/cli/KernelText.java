package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.report.KernelResult;
import dev.kirchhoff.dse.report.KernelResult.ResultFigure;
import dev.kirchhoff.dse.report.KernelResult.TaskResult;
import java.util.List;
import java.util.stream.Collectors;

/** Results of kernels on the simulated crossbars of a design: one line each. */
final class KernelText {
  private KernelText() {}

  /** A line for each kernel of a workload. */
  static String of(List<KernelResult> kernels) {
    return kernels.stream()
        .map(kernel -> Sentence.of("  {}: {}\n", kernel.name(), result(kernel)))
        .collect(Collectors.joining());
  }

  private static String result(KernelResult kernel) {
    TaskResult median = kernel.median();
    String success =
        kernel
            .success()
            .map(
                share ->
                    Sentence.of(
                        " ({%.1f} .. {%.1f} % with 95 % confidence, of {} runs)",
                        100 * share.low(), 100 * share.high(), Integer.toString(share.runs())))
            .orElse("");
    String writes =
        kernel.writes().stream()
            .map(
                matrix ->
                    Sentence.of(
                        "; {} writes of {}, at most {} an element",
                        Math.round(matrix.elements()),
                        matrix.matrix(),
                        Units.brief(matrix.most())))
            .collect(Collectors.joining());
    return Sentence.of(
        "{}, median of {} drawn chips, yield {} of {}; the exact machine: {}{}",
        task(median, success),
        Integer.toString(kernel.chips()),
        Integer.toString(kernel.solved()),
        Integer.toString(kernel.chips()),
        task(kernel.exact(), ""),
        median.hasDiverged() ? "" : writes);
  }

  /** Figures of a result and its iterations; of one that has diverged these alone. */
  private static String task(TaskResult task, String success) {
    if (task.hasDiverged()) {
      return Sentence.of("diverged after {} iteration{|s}", task.iterations());
    }
    return Sentence.of(
        "{}{}{}, {} iteration{|s}",
        task.figures().stream().map(KernelText::figure).toList(),
        success,
        task.converged() ? "" : ", not solved",
        task.iterations());
  }

  private static String figure(ResultFigure figure) {
    return Sentence.of("{} {} {}", figure.name(), figure.value(), figure.unit()).strip();
  }
}
