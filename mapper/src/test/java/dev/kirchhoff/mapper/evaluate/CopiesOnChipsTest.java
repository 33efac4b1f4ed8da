package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.mapping.Mapping;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Copies of layers on chips of a given number, which crossbars of all of them would allow. */
class CopiesOnChipsTest {
  /** A product with so many crossbars of 128 rows, 16 weights of four cells in each row. */
  private static Layer layer(String name, int crossbars, int out, int producer) {
    return Designs.conv(name, 128 * crossbars, 16, 1, out, 1, 1, producer);
  }

  /** A slow layer between two others, on chips of eight crossbars. */
  private static Mapping mapping(int first, int slow, int last, double extra) {
    Designs design = new Designs();
    design.perPe = 8;
    design.perTile = 1;
    design.tiles = OptionalInt.of(1);
    design.extra = extra;
    design.chips(OptionalInt.of(2));
    design.runs(
        new Network(
            "three",
            List.of(
                layer("first", first, 1, -1),
                layer("slow", slow, 64, 0),
                layer("last", last, 1, 1)),
            "test"));
    return new Evaluator(HandPrices::plain).evaluated(design.design()).mapping();
  }

  private static int copies(Mapping mapping) {
    assertEquals(2, mapping.size().chips());
    assertEquals(0, mapping.size().missing());
    return mapping.programs().get(0).copies(1);
  }

  /**
   * 4 + 2 + 4 crossbars of 16. Six more would buy three copies, and 4 | 8 | 4 take three chips;
   * with half the share, three more buy one, and 8 | 4 take two.
   */
  @Test
  void copiesThatDoNotFitTheChipsAreHalvedBeforeTheyAreGivenUp() {
    assertEquals(2, copies(mapping(4, 2, 4, 10)));
  }

  /** 2 + 2 + 2: ten more buy five copies, and 2 | 12 do not fit; 2 + 4 | 4 + 2 would not either. */
  @Test
  void aSmallerShareThanTheChipsAllowIsSpentAtOnce() {
    // A share of 2 of 6 crossbars is one copy more: 2 + 4 + 2 = 8 on one chip.
    assertEquals(2, copies(mapping(2, 2, 2, 1.0 / 3)));
    // Just below it none is bought.
    assertEquals(1, copies(mapping(2, 2, 2, 1.0 / 3 - 1e-3)));
  }
}
