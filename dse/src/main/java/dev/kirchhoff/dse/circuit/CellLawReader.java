package dev.kirchhoff.dse.circuit;

import dev.kirchhoff.arch.circuit.CellLaw;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads {@code cell} of a circuit's file: its law and what the law takes. */
final class CellLawReader {
  private static final String LAW = "law";
  private static final List<String> LAWS = List.of("ohmic", "sinh", "cubic", "selector");
  private static final Map<String, List<String>> PARAMETERS =
      Map.of(
          "ohmic", List.of(),
          "sinh", List.of("scale_V"),
          "cubic", List.of("cubic_perV2"),
          "selector", List.of("current_uA", "scale_V"));

  private final Node.Mapping cell;
  private final Problems problems;

  private CellLawReader(Node.Mapping cell, Problems problems) {
    this.cell = cell;
    this.problems = problems;
  }

  /** The law of a circuit; ohmic if it states none, or one with problems. */
  static CellLaw read(Node.Mapping root, Problems problems) {
    Node node = root.get("cell").orElse(null);
    if (node == null) {
      return new CellLaw.Ohmic();
    }
    if (!(node instanceof Node.Mapping cell)) {
      problems.add(node.place(), "cell", "must be a mapping with law: " + String.join(", ", LAWS));
      return new CellLaw.Ohmic();
    }
    return new CellLawReader(cell, problems).law();
  }

  private CellLaw law() {
    String word = cell.get(LAW).map(Object::toString).orElse("");
    unknownKeys(word);
    return switch (word) {
      case "ohmic" -> new CellLaw.Ohmic();
      case "sinh" -> new CellLaw.HyperbolicSine(positive("scale_V"));
      case "cubic" -> new CellLaw.Cubic(positive("cubic_perV2"));
      case "selector" -> new CellLaw.Selector(positive("current_uA"), positive("scale_V"));
      default -> {
        String is = cell.has(LAW) ? "is '" + word + "'" : "is missing";
        problems.add(
            cell.get(LAW).map(Node::place).orElse(cell.place()),
            "cell.law",
            is
                + ", must be one of "
                + String.join(", ", LAWS)
                + NearNames.nearest(word, LAWS)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse(""));
        yield new CellLaw.Ohmic();
      }
    };
  }

  /** Reports unknown keys where the law is unknown: those that no law has. */
  private void unknownKeys(String law) {
    TreeSet<String> all = new TreeSet<>();
    PARAMETERS.values().forEach(all::addAll);
    List<String> known = new ArrayList<>(List.of(LAW));
    known.addAll(PARAMETERS.getOrDefault(law, List.copyOf(all)));
    for (Node.Entry entry : cell.entries()) {
      String key = entry.key();
      if (known.contains(key)) {
        continue;
      }
      String message =
          all.contains(key)
              ? "is no key of the law " + law + "; there are " + String.join(", ", known)
              : "unknown key of a cell" + NearNames.hint(key, known);
      problems.add(entry.keyPlace(), "cell." + key, message);
    }
  }

  private double positive(String key) {
    Optional<Node> node = cell.get(key);
    if (node.isEmpty()) {
      problems.add(cell.place(), "cell." + key, "is missing; it is a number above 0");
      return 1;
    }
    return CircuitQuantity.PARAMETER.read(node.get(), "cell." + key, problems);
  }
}
