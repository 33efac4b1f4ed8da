package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.spec.SpecProblem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Problems of a spec as {@code check --json} prints them, in the order of their places.
 *
 * @param problems problems, at least one
 */
public record ProblemsReport(List<ProblemReport> problems) {

  /**
   * A problem.
   *
   * @param file file as the user named it, catalogue entry or option
   * @param line line, from 1; absent if it is the file as a whole
   * @param column column, from 1; absent if it is the line as a whole
   * @param path path of the value; absent if it is none
   * @param message fault, allowed values and the nearest suggestion
   */
  public record ProblemReport(
      String file,
      Optional<Integer> line,
      Optional<Integer> column,
      Optional<String> path,
      String message) {

    private static ProblemReport of(SpecProblem problem) {
      return new ProblemReport(
          problem.place().file(),
          known(problem.place().line()),
          known(problem.place().column()),
          Optional.of(problem.path()).filter(path -> !path.isEmpty()),
          problem.message());
    }

    private static Optional<Integer> known(OptionalInt number) {
      return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }
  }

  public ProblemsReport {
    problems = List.copyOf(problems);
  }

  /** The report of problems. */
  public static ProblemsReport of(List<SpecProblem> problems) {
    return new ProblemsReport(problems.stream().map(ProblemReport::of).toList());
  }
}
