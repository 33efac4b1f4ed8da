package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Style;
import java.util.List;

/** Problems of a spec in text. */
final class ProblemText {
  private ProblemText() {}

  /** All problems, a line each, and their number. */
  static Page of(List<SpecProblem> problems) {
    Page page = new Page();
    for (SpecProblem problem : problems) {
      String place = problem.place().toString();
      page.append(Style.STRONG.of(place))
          .append(problem.toString().substring(place.length()))
          .append('\n');
    }
    String file = problems.get(problems.size() - 1).place().file();
    int count = problems.size();
    return page.append(file.startsWith("--") ? "" : file + ": ")
        .append(Style.BAD.of(count + (count == 1 ? " problem" : " problems")))
        .append(", nothing was evaluated\n");
  }
}
