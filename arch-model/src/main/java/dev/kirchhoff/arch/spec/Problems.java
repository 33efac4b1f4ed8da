package dev.kirchhoff.arch.spec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collection of the problems and warnings of one reading, so that all are reported together. */
public final class Problems {
  private final Set<SpecProblem> problems = new LinkedHashSet<>();
  private final Set<SpecProblem> warnings = new LinkedHashSet<>();

  /** Records a problem. */
  public void add(Place place, String path, String message) {
    problems.add(new SpecProblem(place, path, message));
  }

  /** Records something that the user should know but that stops nothing. */
  public void warn(Place place, String path, String message) {
    warnings.add(new SpecProblem(place, path, message));
  }

  /** Number of problems so far: a mark to return to. */
  int mark() {
    return problems.size();
  }

  /**
   * Takes back what was recorded since a mark, if it all concerns some files; tells whether it did.
   */
  boolean takeBackIfAllOf(List<String> files, int mark) {
    List<SpecProblem> since = new ArrayList<>(problems).subList(mark, problems.size());
    if (since.isEmpty() || !since.stream().allMatch(p -> files.contains(p.place().file()))) {
      return false;
    }
    problems.removeAll(since);
    return true;
  }

  /** True if there is none. */
  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /**
   * All problems, sorted by place. A default nobody wrote fails only by what it refers to, so that
   * its problem is told only where nothing else is wrong.
   */
  public List<SpecProblem> sorted() {
    List<SpecProblem> list = new ArrayList<>(problems);
    if (!list.stream().allMatch(problem -> problem.place().isDefault())) {
      list.removeIf(problem -> problem.place().isDefault());
    }
    list.sort(SpecProblem.BY_PLACE);
    return list;
  }

  /** All warnings, sorted by place. */
  public List<SpecProblem> warnings() {
    List<SpecProblem> list = new ArrayList<>(warnings);
    list.sort(SpecProblem.BY_PLACE);
    return list;
  }

  /**
   * Ends a stage.
   *
   * @throws SpecException if there is a problem
   */
  public void throwIfAny() throws SpecException {
    if (!problems.isEmpty()) {
      throw new SpecException(sorted());
    }
  }
}
