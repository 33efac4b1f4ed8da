package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.explore.Binding;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.stream.Collectors;

/**
 * The limits and ends of knobs that hold a front, in words.
 *
 * @param spec the spec that the front is of
 * @param within slack, as a share of a limit, that counts as leaning on it
 */
record BindingText(DesignSpec spec, double within) {

  /** A sentence on limits and a line a knob; empty where nothing binds. */
  Page of(Binding binding) {
    Page out = new Page();
    if (!binding.limits().isEmpty()) {
      out.append("Designs within ")
          .append(DrawnFrontText.percent(within))
          .append(" of a limit: ")
          .append(
              binding.limits().stream()
                  .map(limit -> limit.constraint() + " (" + limit.members() + ")")
                  .collect(Collectors.joining(", ")))
          .append(".\n");
    }
    if (!binding.bounds().isEmpty()) {
      TextTable table = new TextTable("  ", 2).texts(3);
      for (Binding.AtBound bound : binding.bounds()) {
        table.row(
            name(bound.knob()) + layers(bound),
            bound.value() + ", the " + end(bound.isLowest()),
            bound.members() + " of " + bound.holders(),
            bound.leaning().map(l -> l.members() + " lean on " + l.constraint()).orElse(""));
      }
      out.append("Knobs at a bound in most designs:\n").append(table);
    }
    if (!binding.ends().isEmpty()) {
      TextTable table = new TextTable("  ", 2).texts(2);
      for (Binding.AtEnd at : binding.ends()) {
        Objective objective = spec.objectives().get(at.objective());
        table.row(
            name(at.knob()),
            at.value() + ", the " + end(at.isLowest()),
            "the "
                + at.members()
                + " best in "
                + objective.name()
                + ", "
                + objective.metric().print(at.worst())
                + " or better");
      }
      out.append("Knobs at a bound at one end of the front:\n").append(table);
    }
    return out;
  }

  private static String end(boolean isLowest) {
    return (isLowest ? "lowest" : "highest") + " allowed";
  }

  private static String layers(Binding.AtBound bound) {
    return bound.allLayers() == 1
        ? ""
        : bound.layers() == bound.allLayers()
            ? ", all " + bound.layers() + " layers"
            : ", " + bound.layers() + " of " + bound.allLayers() + " layers";
  }

  /**
   * The path of a knob without its layer; where alternatives of a choice share it, with the one
   * that it is of.
   */
  private String name(int index) {
    Knob knob = spec.knobs().get(index);
    boolean isShared =
        spec.knobs().stream().filter(other -> other.path().equals(knob.path())).count() > 1;
    return knob.condition()
        .filter(condition -> isShared)
        .map(condition -> knob.path() + " (" + condition.values(spec.knobs()) + ")")
        .orElse(Knob.pathOfAllLayers(knob.path()));
  }
}
