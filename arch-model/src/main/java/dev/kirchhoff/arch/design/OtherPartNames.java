package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import java.util.HashSet;
import java.util.Set;

/**
 * Check of the parts under {@code others}, which are lines of breakdowns beside the parts that have
 * keys. A name consists of letters and digits, occurs once and is neither a key nor a level. A part
 * states its power, or its energy and leakage, not both.
 */
final class OtherPartNames {
  private static final Set<String> LEVELS = Set.of("chip", "tile", "PE", "reload", "refresh");

  /** Parts of breakdowns that have no key of that name. */
  private static final Set<String> UNNAMED =
      Set.of("rowSelector", "frontEnd", "columnMux", "writeDriver", "crossbar", "control");

  private OtherPartNames() {}

  static void check(View.Section chip, Problems problems) {
    check(chip, "others", problems);
    check(chip.section("tile"), "tile.others", problems);
    check(chip.section("pe"), "pe.others", problems);
  }

  private static void check(View.Section level, String path, Problems problems) {
    if (!level.has("others") || !(level.raw("others") instanceof Value.Items items)) {
      return;
    }
    Set<String> taken = new HashSet<>(LEVELS);
    taken.addAll(UNNAMED);
    level.undecided().shape().keys().stream().map(Key::name).forEach(taken::add);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < items.items().size(); i++) {
      View.Section part = level.of(items.items().get(i));
      String name = part.word("name");
      String problem = "";
      if (!name.matches("[A-Za-z][A-Za-z0-9]*")) {
        problem = "is '" + name + "', must be letters and digits, as in instructionMemory";
      } else if (taken.contains(name)) {
        problem = "is '" + name + "', which is a part of its own already; choose another name";
      } else if (!seen.add(name)) {
        problem = "is '" + name + "', which stands there twice; use count for more of one kind";
      }
      if (!problem.isEmpty()) {
        problems.add(part.raw("name").place(), path + "[" + i + "].name", problem);
      }
      View.Section model = part.section("model");
      if (model.has("power") && (model.has("energy") || model.has("leakage"))) {
        problems.add(
            model.raw("power").place(),
            path + "[" + i + "].model.power",
            "includes everything; give power, or energy and leakage, not both");
      }
    }
  }
}
