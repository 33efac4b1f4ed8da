package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Interconnect.Configure;
import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;
import dev.kirchhoff.arch.chip.Interconnect.SwitchedChannels;
import dev.kirchhoff.arch.chip.Interconnect.Tree;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.peripherals.link.FatTreeBranch;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FabricPricesTest {
  private static Interconnect fabric(Topology kind, int width, Tree tree, int tracks) {
    ComponentModel model = ComponentModel.standard();
    SwitchedChannels channels =
        new SwitchedChannels(tracks, SwitchBox.WILTON, Configure.PER_NETWORK);
    return switch (kind) {
      case FAT_TREE -> new Interconnect(kind, width, tree, model);
      case RECONFIGURABLE -> new Interconnect(kind, width, channels, model);
      default -> new Interconnect(kind, width, 4, model);
    };
  }

  private static ChipPrices prices(Interconnect fabric, int tiles, int crossbarSide) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.fabric = fabric;
    knobs.tiles = OptionalInt.of(tiles);
    knobs.rows = crossbarSide;
    return knobs.prices();
  }

  private static double area_um2(ChipPrices prices) {
    return prices.instances(Part.INTERCONNECT) * prices.area_um2(Part.INTERCONNECT);
  }

  private static double leakage_uW(ChipPrices prices) {
    return prices.instances(Part.INTERCONNECT) * prices.static_uW(Part.INTERCONNECT);
  }

  @Test
  void longerWiresNeverCostLess() {
    for (Topology kind : Topology.values()) {
      Interconnect fabric = fabric(kind, 64, new Tree(4, 2), 8);
      ChipPrices small = prices(fabric, 64, 64);
      ChipPrices large = prices(fabric, 64, 512);
      assertTrue(small.energy_fJ(Action.HOP_BIT) <= large.energy_fJ(Action.HOP_BIT), kind.word());
      assertTrue(small.timing().hop_ns() <= large.timing().hop_ns(), kind.word());
      assertTrue(area_um2(small) <= area_um2(large), kind.word());
      assertTrue(leakage_uW(small) <= leakage_uW(large), kind.word());
      assertTrue(
          small.timing().link_bitPerNs() >= large.timing().link_bitPerNs() * (1 - 1e-9),
          kind.word());
    }
  }

  @Test
  void widerLinksTakeMoreAreaAndCarryMore() {
    for (Topology kind : Topology.values()) {
      if (kind == Topology.NONE) {
        continue;
      }
      ChipPrices narrow = prices(fabric(kind, 64, new Tree(4, 2), 8), 64, 128);
      ChipPrices wide = prices(fabric(kind, 128, new Tree(4, 2), 8), 64, 128);
      assertTrue(area_um2(narrow) < area_um2(wide), kind.word());
      assertTrue(leakage_uW(narrow) < leakage_uW(wide), kind.word());
      assertEquals(
          2 * narrow.timing().link_bitPerNs(), wide.timing().link_bitPerNs(), 1e-9, kind.word());
    }
  }

  @Test
  void moreLinksTakeMoreArea() {
    double ring_um2 = area_um2(prices(fabric(Topology.RING, 64, Tree.BINARY, 1), 64, 128));
    double mesh_um2 = area_um2(prices(fabric(Topology.MESH, 64, Tree.BINARY, 1), 64, 128));
    double torus_um2 = area_um2(prices(fabric(Topology.TORUS, 64, Tree.BINARY, 1), 64, 128));
    assertTrue(ring_um2 < mesh_um2);
    assertTrue(mesh_um2 < torus_um2);
    double before_um2 = Double.POSITIVE_INFINITY;
    for (double taper : new double[] {1, 1.5, 2, 4}) {
      double tree_um2 =
          area_um2(prices(fabric(Topology.FAT_TREE, 64, new Tree(4, taper), 1), 64, 128));
      assertTrue(tree_um2 < before_um2);
      before_um2 = tree_um2;
    }
    double few_um2 = area_um2(prices(fabric(Topology.RECONFIGURABLE, 64, Tree.BINARY, 4), 64, 128));
    double many_um2 =
        area_um2(prices(fabric(Topology.RECONFIGURABLE, 64, Tree.BINARY, 8), 64, 128));
    assertTrue(few_um2 < many_um2);
  }

  @Test
  void aTorusHopTakesNoLongerThanAMeshHop() {
    for (int side : new int[] {64, 256, 1024}) {
      ChipPrices mesh = prices(fabric(Topology.MESH, 64, Tree.BINARY, 1), 64, side);
      ChipPrices torus = prices(fabric(Topology.TORUS, 64, Tree.BINARY, 1), 64, side);
      assertEquals(mesh.timing().hop_ns(), torus.timing().hop_ns());
      assertTrue(mesh.energy_fJ(Action.HOP_BIT) < torus.energy_fJ(Action.HOP_BIT));
    }
  }

  @Test
  void aBitChargesAllOfABusAndAWordCrossesItBeforeTheNext() {
    Interconnect bus = fabric(Topology.BUS, 64, Tree.BINARY, 1);
    ChipPrices few = prices(bus, 4, 128);
    ChipPrices many = prices(bus, 64, 128);
    assertTrue(
        many.energy_fJ(Action.HOP_BIT) > 10 * few.energy_fJ(Action.HOP_BIT), "64 against 4 tiles");
    assertTrue(many.timing().hop_ns() > few.timing().hop_ns());
    assertEquals(64 / many.timing().hop_ns(), many.timing().link_bitPerNs(), 1e-9);
  }

  @Test
  void aFatTreeOfSixteenByHand() {
    // Two levels of links; a quarter router a tile at the leaves, a sixteenth twice as wide above.
    // Segments of one and of two pitches, the upper ones a quarter as many and twice as wide.
    Tree tree = new Tree(4, 2);
    assertEquals(2, FatTreeBranch.levels(tree, 16));
    assertEquals(2, FatTreeBranch.levels(tree, 5));
    assertEquals(2 * (1 + 2 * 2 / 4.0), FatTreeBranch.pitches(tree, 16), 1e-12);
    ChipPrices two = prices(fabric(Topology.FAT_TREE, 64, tree, 1), 16, 128);
    ChipPrices three = prices(fabric(Topology.FAT_TREE, 64, tree, 1), 64, 128);
    assertTrue(area_um2(two) < area_um2(three));
  }

  @Test
  void onlySwitchBoxesAreConfigured() {
    for (Topology kind : Topology.values()) {
      ChipPrices prices = prices(fabric(kind, 64, new Tree(4, 2), 8), 64, 128);
      boolean configured = kind == Topology.RECONFIGURABLE;
      // Six switches and two connections a track.
      assertEquals(configured ? 64 : 0, prices.timing().configurationBits(), kind.word());
      assertEquals(configured, prices.configuration_fJ() > 0, kind.word());
    }
  }

  @Test
  void everyKindIsExplainedByTheFigureItPrices() {
    for (Topology kind : Topology.values()) {
      ChipPrices prices = prices(fabric(kind, 64, new Tree(4, 2), 8), 64, 128);
      assertEquals(
          prices.area_um2(Part.INTERCONNECT),
          prices.explainArea(Part.INTERCONNECT).value(),
          1e-9,
          kind.word());
      assertEquals(
          prices.static_uW(Part.INTERCONNECT),
          prices.explainStatic(Part.INTERCONNECT).value(),
          1e-9,
          kind.word());
      assertEquals(
          prices.energy_fJ(Action.HOP_BIT),
          prices.explainEnergy(Action.HOP_BIT).value(),
          1e-9,
          kind.word());
    }
  }
}
