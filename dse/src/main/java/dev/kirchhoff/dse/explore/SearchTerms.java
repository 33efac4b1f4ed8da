package dev.kirchhoff.dse.explore;

import dev.kirchhoff.dse.space.Problem;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Terms of a search, which commands may change while it runs: the problem, the budget, and the
 * columns of violations in the log. Columns are never removed or reordered, so that the events of a
 * run can be read with the last list of them; one whose constraint was removed stays, always met.
 *
 * @param problem problem with the constraints and the pinned knobs of now
 * @param budget unique designs to evaluate at most
 * @param columns texts of the columns of violations
 * @param columnOf column of each constraint of the problem
 * @param excluded designs that are not to be on a front, by their indices
 */
public record SearchTerms(
    Problem problem,
    long budget,
    List<String> columns,
    List<Integer> columnOf,
    Set<Long> excluded) {
  public SearchTerms {
    columns = List.copyOf(columns);
    columnOf = List.copyOf(columnOf);
    excluded = Set.copyOf(excluded);
  }

  /** Terms of a search that nothing has changed yet. */
  public static SearchTerms of(Problem problem, long budget) {
    List<Integer> inOrder = IntStream.range(0, problem.constraints().size()).boxed().toList();
    return new SearchTerms(problem, budget, problem.constraints(), inOrder, Set.of());
  }

  /** Column of a constraint of the problem. */
  int column(int constraint) {
    return columnOf.get(constraint);
  }
}
