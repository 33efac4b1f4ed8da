package dev.kirchhoff.arch.spec;

import java.util.List;
import java.util.stream.Collectors;

/** A spec that cannot be used, with all of its problems, sorted by place. */
public final class SpecException extends Exception {
  private final transient List<SpecProblem> problems;

  /** An exception for at least one problem. */
  public SpecException(List<SpecProblem> problems) {
    super(problems.stream().map(SpecProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All problems, sorted by place. */
  public List<SpecProblem> problems() {
    return problems;
  }
}
