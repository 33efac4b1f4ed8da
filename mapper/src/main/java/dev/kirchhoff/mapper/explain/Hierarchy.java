package dev.kirchhoff.mapper.explain;

import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.peripherals.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tree of chip ⊃ tile ⊃ PE ⊃ parts from the trees of the parts. */
final class Hierarchy {
  private Hierarchy() {}

  /**
   * The chip's tree from those of its parts, none for an empty one.
   *
   * @param parts a part's trees: one, or one for each part that it stands for
   * @param others trees of the chip beside those of its parts
   */
  static CostTree of(
      EvaluatedDesign evaluated,
      String unit,
      Dimension dimension,
      Function<Part, List<CostTree>> parts,
      List<CostTree> others) {
    List<CostTree> pe = level(Part.Level.PE, parts);
    List<CostTree> tile = new ArrayList<>();
    if (!pe.isEmpty()) {
      tile.add(CostTree.sum("PE", unit, each(evaluated.pes(), sum(pe), dimension), pe));
    }
    tile.addAll(level(Part.Level.TILE, parts));
    List<CostTree> chip = new ArrayList<>();
    if (!tile.isEmpty()) {
      chip.add(
          CostTree.sum(
              "tile", unit, each(evaluated.mapping().tiles(), sum(tile), dimension), tile));
    }
    chip.addAll(level(Part.Level.CHIP, parts));
    chip.addAll(others);
    return CostTree.sum("chip", unit, "", chip);
  }

  private static List<CostTree> level(Part.Level level, Function<Part, List<CostTree>> parts) {
    List<CostTree> found = new ArrayList<>();
    for (Part part : Part.values()) {
      if (part.level() == level) {
        found.addAll(parts.apply(part));
      }
    }
    return found;
  }

  private static double sum(List<CostTree> parts) {
    double sum = 0;
    for (CostTree part : parts) {
      sum += part.value();
    }
    return sum;
  }

  /** "168 x 330 mW". */
  static String each(double number, double total, Dimension dimension) {
    return number(number) + " x " + Units.exact(total / number, dimension);
  }

  /** A count: whole with commas, a fraction or a large one with three digits. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Units.count((long) value);
    }
    return Units.exact(value);
  }

  /** A part from its leaves: nothing, the only leaf under the part's name, or their sum. */
  static Optional<CostTree> part(String name, String unit, List<CostTree> leaves) {
    if (leaves.isEmpty()) {
      return Optional.empty();
    }
    if (leaves.size() == 1) {
      CostTree only = leaves.get(0);
      return Optional.of(
          CostTree.leaf(name, only.value(), unit, only.formula(), only.source(), only.spread()));
    }
    return Optional.of(CostTree.sum(name, unit, "", leaves));
  }
}
