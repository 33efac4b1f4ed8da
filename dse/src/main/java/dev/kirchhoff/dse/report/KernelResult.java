package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.workload.KernelWork;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.kernel.KernelRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Result of a kernel on the simulated crossbars of a design, beside that of the exact machine.
 *
 * @param name name of the kernel in the workload
 * @param chips drawn chips
 * @param solved chips that have reached the tolerance or the goal of the task
 * @param median result on the chip of the median
 * @param exact result on the exact machine, of several starts the median
 * @param success success of a run of an optimiser; absent of other kernels
 * @param writes matrices that the task writes on the chip of the median; none where it has diverged
 */
public record KernelResult(
    String name,
    int chips,
    int solved,
    TaskResult median,
    TaskResult exact,
    Optional<Success> success,
    List<MatrixWrites> writes) {

  /**
   * Result of a task.
   *
   * @param converged whether it has reached its tolerance or its goal
   * @param figures figures of its result, the quality first; none where it has diverged
   */
  public record TaskResult(long iterations, boolean converged, List<ResultFigure> figures) {

    /** True if it has diverged, so that it has no result. */
    public boolean hasDiverged() {
      return figures.isEmpty();
    }

    static TaskResult of(Outcome outcome) {
      return new TaskResult(
          outcome.iterations(),
          outcome.converged(),
          outcome.figures().stream().map(ResultFigure::of).toList());
    }
  }

  /** A figure of a result, in the unit of its measure; the unit is empty where it has none. */
  public record ResultFigure(String name, String unit, double value) {
    static ResultFigure of(Outcome.Figure figure) {
      return new ResultFigure(figure.measure().name(), figure.measure().unit(), figure.value());
    }
  }

  /**
   * Share of runs that find a solution.
   *
   * @param low lower end of the interval that holds it with 95 % confidence
   * @param high upper end
   * @param runs runs that were counted
   */
  public record Success(double low, double high, int runs) {}

  /**
   * Writes of a stored matrix in a task.
   *
   * @param matrix its name
   * @param elements elements written, over all updates
   * @param most writes of the element that is written most often
   */
  public record MatrixWrites(String matrix, double elements, double most) {}

  /** Results of all kernels of a design. */
  static List<KernelResult> of(EvaluatedDesign evaluated) {
    List<KernelResult> results = new ArrayList<>();
    for (int j = 0; j < evaluated.programs(); j++) {
      String name = evaluated.program(j).name();
      evaluated.kernels().get(j).ifPresent(run -> results.add(of(name, run)));
    }
    return results;
  }

  private static KernelResult of(String name, KernelRun run) {
    return new KernelResult(
        name,
        run.outcomes().size(),
        run.solved(),
        TaskResult.of(run.outcome()),
        TaskResult.of(run.ideal()),
        run.successInterval()
            .map(found -> new Success(found.low(), found.high(), run.outcome().runs())),
        run.outcome().isDiverged() ? List.of() : writes(run));
  }

  private static List<MatrixWrites> writes(KernelRun run) {
    List<MatrixWrites> writes = new ArrayList<>();
    for (Layer layer : run.network().layers()) {
      for (KernelWork.Update update : layer.kernel().updates()) {
        writes.add(new MatrixWrites(layer.name(), update.weights(), update.most()));
      }
    }
    return writes;
  }
}
