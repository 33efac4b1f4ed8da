package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.explore.Binding;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The limits and ends of knobs that hold a front, in words and as JSON.
 *
 * @param spec the spec that the front is of
 * @param members members of the front
 * @param within slack, as a share of a limit, that counts as leaning on it
 */
record BindingText(DesignSpec spec, int members, double within) {

  /** A sentence on limits and a line a knob; empty where nothing binds. */
  String of(Binding binding) {
    StringBuilder out = new StringBuilder();
    if (!binding.limits().isEmpty()) {
      out.append("Designs within ")
          .append(DrawnFront.percent(within))
          .append(" of a limit: ")
          .append(
              binding.limits().stream()
                  .map(limit -> limit.constraint() + " (" + limit.members() + ")")
                  .collect(Collectors.joining(", ")))
          .append(".\n");
    }
    if (!binding.bounds().isEmpty()) {
      TextTable table = new TextTable("  ", 2);
      for (Binding.AtBound bound : binding.bounds()) {
        table.row(
            name(bound.knob()),
            bound.value() + ", the " + (bound.isLowest() ? "lowest" : "highest") + " allowed",
            bound.members() + " of " + members,
            bound.leaning().map(l -> l.members() + " lean on " + l.constraint()).orElse(""));
      }
      out.append("Knobs at a bound in most designs:\n").append(table);
    }
    return out.toString();
  }

  /** The path of a knob; where alternatives of a choice share it, with the one that it is of. */
  private String name(int index) {
    Knob knob = spec.knobs().get(index);
    boolean isShared =
        spec.knobs().stream().filter(other -> other.path().equals(knob.path())).count() > 1;
    return knob.condition()
        .filter(condition -> isShared)
        .map(condition -> knob.path() + " (" + condition.values(spec.knobs()) + ")")
        .orElse(knob.path());
  }

  ObjectNode json(Binding binding) {
    ObjectNode node = Console.mapper().createObjectNode();
    node.put("within", within);
    limits(node.putArray("limits"), binding.limits());
    ArrayNode bounds = node.putArray("bounds");
    for (Binding.AtBound bound : binding.bounds()) {
      ObjectNode each = bounds.addObject();
      each.put("path", spec.knobs().get(bound.knob()).path());
      each.put("knob", bound.knob());
      each.set("value", SpecText.scalar(bound.value()));
      each.put("end", bound.isLowest() ? "lowest" : "highest");
      each.put("members", bound.members());
      bound
          .leaning()
          .ifPresent(
              limit ->
                  each.putObject("leaning")
                      .put("constraint", limit.constraint())
                      .put("members", limit.members()));
    }
    return node;
  }

  private static void limits(ArrayNode array, List<Binding.Leaning> limits) {
    for (Binding.Leaning limit : limits) {
      array.addObject().put("constraint", limit.constraint()).put("members", limit.members());
    }
  }
}
