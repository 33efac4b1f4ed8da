package dev.kirchhoff.dse.gallery;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Comparisons of the published values of a spec's {@code expect} with ours.
 *
 * @param values one entry a value, in the order of the spec
 * @param omissions published figures that are not compared
 * @param missedLimits limits of circuits that settings of the chip miss
 */
public record Comparisons(
    List<Comparison> values, List<Omission> omissions, List<MissedLimit> missedLimits) {
  public Comparisons {
    values = List.copyOf(values);
    omissions = List.copyOf(omissions);
    missedLimits = List.copyOf(missedLimits);
  }

  /**
   * A limit of circuits or structure that a published chip misses as described, such as a stated
   * time below that of its circuits. Its figures are compared nevertheless.
   *
   * @param when settings that were changed, in words, or empty
   * @param limit the limit
   * @param amount by how much, in the limit's unit
   */
  public record MissedLimit(String when, Limit limit, double amount) {}

  /** Neither omissions nor missed limits. */
  public Comparisons(List<Comparison> values) {
    this(values, List.of(), List.of());
  }

  /** The comparisons of a spec that expects nothing. */
  public static Comparisons none() {
    return new Comparisons(List.of());
  }

  /** True if every value is within its tolerance. */
  public boolean allMet() {
    return values.stream().allMatch(Comparison::met);
  }

  /** One sentence, or empty if nothing is expected. */
  public String sentence() {
    if (values.isEmpty()) {
      return "";
    }
    long met = values.stream().filter(Comparison::met).count();
    TreeSet<Double> within = new TreeSet<>();
    values.forEach(v -> within.add(v.kind().within()));
    String allowed =
        within.size() == 1
            ? "within " + Units.brief(within.first(), Dimension.RATIO)
            : "within what they allow";
    return met + " of " + values.size() + " expected values " + allowed + ".";
  }

  /**
   * Compares a design.
   *
   * @param spec its spec
   * @param design the design for rows without {@code when}, computed only if there are any; others
   *     take the start
   * @param environment environment in which the spec was read
   * @throws SpecException with all mistakes of all rows
   */
  public static Comparisons of(
      DesignSpec spec, Supplier<EvaluatedDesign> design, DesignSpec.Environment environment)
      throws SpecException {
    return of(spec, List.of(), design, environment);
  }

  /**
   * Compares a design.
   *
   * @param also settings of the command line that the spec was read with
   */
  static Comparisons of(
      DesignSpec spec,
      List<Setting> also,
      Supplier<EvaluatedDesign> design,
      DesignSpec.Environment environment)
      throws SpecException {
    Problems problems = new Problems();
    List<Expectation> rows = ExpectReader.read(spec.source(), problems);
    List<Comparison> values = new ArrayList<>();
    List<Omission> omissions = new ArrayList<>();
    Set<MissedLimit> missed = new LinkedHashSet<>();
    DesignFigures plain = null;
    for (Expectation row : rows) {
      omissions.addAll(row.omissions());
      if (row.values().isEmpty()) {
        continue;
      }
      Optional<DesignFigures> figures;
      if (row.when().isEmpty()) {
        if (plain == null) {
          plain = new DesignFigures(design.get());
        }
        figures = Optional.of(plain);
      } else {
        figures = when(row, spec, also, environment, problems);
      }
      figures.ifPresent(
          f -> {
            compare(row, f, values, problems);
            f.shortages().forEach((limit, by) -> missed.add(new MissedLimit(when(row), limit, by)));
          });
    }
    problems.throwIfAny();
    return new Comparisons(values, omissions, List.copyOf(missed));
  }

  private static Optional<DesignFigures> when(
      Expectation row,
      DesignSpec spec,
      List<Setting> also,
      DesignSpec.Environment environment,
      Problems problems) {
    List<Setting> settings = new ArrayList<>(also);
    for (Node.Entry entry : row.when()) {
      settings.add(new Setting(entry.key(), yaml(entry.value()), entry.keyPlace().toString()));
    }
    try {
      DesignSpec changed = DesignSpec.load(spec.file(), settings, List.of(), environment);
      return Optional.of(new DesignFigures(changed.newBinder().bind(changed.tree().start())));
    } catch (SpecException e) {
      for (SpecProblem problem : e.problems()) {
        problems.add(placeOf(problem, row), problem.path(), problem.message());
      }
      return Optional.empty();
    }
  }

  /** The changed settings of a row in words. */
  private static String when(Expectation row) {
    return row.when().stream()
        .map(e -> e.key() + "=" + yaml(e.value()))
        .collect(Collectors.joining(", "));
  }

  /** The place in the spec of a problem with a changed value. */
  private static Place placeOf(SpecProblem problem, Expectation row) {
    for (Node.Entry entry : row.when()) {
      if (entry.keyPlace().toString().equals(problem.place().file())) {
        return entry.value().place();
      }
    }
    return problem.place();
  }

  /** A value as YAML in one line. */
  private static String yaml(Node node) {
    if (node instanceof Node.Mapping mapping) {
      return "{"
          + String.join(
              ", ", mapping.entries().stream().map(e -> e.key() + ": " + yaml(e.value())).toList())
          + "}";
    }
    if (node instanceof Node.Sequence list) {
      return "[" + String.join(", ", list.items().stream().map(Comparisons::yaml).toList()) + "]";
    }
    String text = node.toString();
    return text.matches("[A-Za-z0-9=][^,:#{}\\[\\]\"']*")
        ? text
        : "'" + text.replace("'", "''") + "'";
  }

  private static void compare(
      Expectation row, DesignFigures figures, List<Comparison> into, Problems problems) {
    Comparison.Basis basis =
        new Comparison.Basis(
            row.role(), row.remarks().differsIn(), row.remarks().areaScope(), row.remarks().note());
    for (Expectation.Value value : row.values()) {
      Figure figure = value.figure();
      try {
        double ours = figures.value(figure, row.of().text());
        if (!Double.isFinite(ours)) {
          problems.add(value.place(), value.path(), "this design has no such figure");
          continue;
        }
        double within = figure.isShare() ? row.within().points() : row.within().relative();
        into.add(
            new Comparison(
                row.id(),
                row.of().text(),
                value.name(),
                when(row),
                value.published(),
                ours,
                new Comparison.Kind(
                    figure.dimension(), figure.isShare(), figure.countsForTheError(), within),
                basis));
      } catch (DesignFigures.UnknownScopeException e) {
        problems.add(row.of().place(), row.of().path(), e.getMessage());
      } catch (DesignFigures.UnknownFigureException e) {
        problems.add(value.place(), value.path(), e.getMessage());
      }
    }
  }
}
