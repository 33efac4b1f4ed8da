package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.SpecProblem;
import java.io.PrintWriter;
import java.util.List;

/** Problems of a spec in text. */
final class ProblemText {
  private ProblemText() {}

  /** Prints all problems, and their number. */
  static void print(List<SpecProblem> problems, PrintWriter err) {
    problems.forEach(err::println);
    String file = problems.get(problems.size() - 1).place().file();
    int count = problems.size();
    err.println(
        (file.startsWith("--") ? "" : file + ": ")
            + count
            + (count == 1 ? " problem" : " problems")
            + ", nothing was evaluated");
    err.flush();
  }
}
