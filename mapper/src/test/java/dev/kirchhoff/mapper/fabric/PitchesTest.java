package dev.kirchhoff.mapper.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Interconnect.Tree;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.peripherals.Part;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class PitchesTest {
  private static Pitches of(Topology kind, int tiles) {
    return Fabric.of(new Interconnect(kind, 64, 1, ComponentModel.standard()), tiles).pitches();
  }

  private static Pitches fat(Tree tree, int tiles) {
    return Fabric.of(
            new Interconnect(Topology.FAT_TREE, 64, tree, ComponentModel.standard()), tiles)
        .pitches();
  }

  @Test
  void aBusIsAPitchLongForEachTile() {
    assertEquals(new Pitches(1, 1, 1), of(Topology.BUS, 1));
    assertEquals(new Pitches(529, 1, 1), of(Topology.BUS, 529));
  }

  @Test
  void aSegmentOfAnHTreeIsAPitchOrMore() {
    // One tile: no level. 2: one level of √2 pitches. 8: 2.83 pitches over 3 levels. 16: 4 over 4.
    for (int tiles : new int[] {1, 4, 8, 16}) {
      assertEquals(1, of(Topology.H_TREE, tiles).hop(), 1e-12, tiles + " tiles");
    }
    assertEquals(Math.sqrt(2), of(Topology.H_TREE, 2).hop(), 1e-12);
    assertEquals(Math.sqrt(32) / 5, of(Topology.H_TREE, 32).hop(), 1e-12);
    assertEquals(8 / 6.0, of(Topology.H_TREE, 64).hop(), 1e-12);
    assertEquals(2, of(Topology.H_TREE, 256).hop(), 1e-12);
    assertEquals(23 / (Math.log(529) / Math.log(2)), of(Topology.H_TREE, 529).hop(), 1e-12);
  }

  /**
   * Two levels of links; a quarter router a tile at the leaves, a sixteenth twice as wide above.
   * Segments of one and of two pitches, the upper ones a quarter as many and twice as wide.
   */
  @Test
  void aFatTreeOfSixteenByHand() {
    Pitches sixteen = fat(new Tree(4, 2), 16);
    assertEquals(4 / 2.0, sixteen.hop(), 1e-12);
    assertEquals(1 / 4.0 + 2 / 16.0, sixteen.routers(), 1e-12);
    assertEquals(2 * (1 + 2 * 2 / 4.0), sixteen.links(), 1e-12);
    // Five tiles have the levels of sixteen, seventeen one more, one tile one.
    assertEquals(sixteen.routers(), fat(new Tree(4, 2), 5).routers(), 1e-12);
    assertEquals(sixteen.routers() + 1 / 16.0, fat(new Tree(4, 2), 17).routers(), 1e-12);
    assertEquals(new Pitches(1, 0.25, 2), fat(new Tree(4, 2), 1));
    assertEquals(new Pitches(2, 0.25, 2), fat(new Tree(4, 2), 4));
    // Powers whose quotient of logarithms is rounded up: 125 is three levels of five, 243 five of
    // three.
    assertEquals(3 / 5.0, fat(new Tree(5, 1), 125).routers(), 1e-12);
    assertEquals(5 / 3.0, fat(new Tree(3, 1), 243).routers(), 1e-12);
  }

  @Test
  void narrowerUpwardsIsLessOfBoth() {
    Pitches before = fat(new Tree(4, 1), 64);
    for (double taper : new double[] {1.5, 2, 4}) {
      Pitches tree = fat(new Tree(4, taper), 64);
      assertTrue(tree.routers() < before.routers(), "taper " + taper);
      assertTrue(tree.links() < before.links(), "taper " + taper);
      before = tree;
    }
  }

  @Test
  void onlyAFatTreeHasOtherThanOneOfAPart() {
    Pitches fat = new Pitches(2, 3, 5);
    for (Part part : Part.values()) {
      double expected = part == Part.INTERCONNECT ? 3 : part == Part.LINKS ? 5 : 1;
      assertEquals(expected, fat.instances(part), part.word());
    }
    for (Topology kind : EnumSet.complementOf(EnumSet.of(Topology.FAT_TREE))) {
      for (Part part : Part.values()) {
        assertEquals(1, of(kind, 529).instances(part), kind.word());
      }
    }
  }

  @Test
  void otherHopsAreAsLongWhateverTheNumberOfTiles() {
    for (Topology kind :
        EnumSet.complementOf(EnumSet.of(Topology.BUS, Topology.H_TREE, Topology.FAT_TREE))) {
      assertEquals(0, of(kind, 4).hop(), kind.word());
      assertEquals(of(kind, 4), of(kind, 529), kind.word());
    }
  }
}
