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
import java.util.List;
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

  /** Of a tile with one router and one pitch of links, as the price table has them. */
  private static double area_um2(ChipPrices prices) {
    return prices.instances(Part.INTERCONNECT) * prices.area_um2(Part.INTERCONNECT)
        + prices.instances(Part.LINKS) * prices.area_um2(Part.LINKS);
  }

  private static double leakage_uW(ChipPrices prices) {
    return prices.instances(Part.INTERCONNECT) * prices.static_uW(Part.INTERCONNECT)
        + prices.instances(Part.LINKS) * prices.static_uW(Part.LINKS);
  }

  /** A price is that of one pitch and one router: only a mapping knows how many there are. */
  @Test
  void noPriceKnowsTheNumberOfTiles() {
    for (Topology kind : Topology.values()) {
      Designs.Knobs knobs = new Designs.Knobs();
      knobs.fabric = fabric(kind, 64, new Tree(4, 2), 8);
      knobs.tiles = OptionalInt.empty();
      ChipPrices fit = knobs.prices();
      for (int tiles : List.of(1, 64, 529)) {
        knobs.tiles = OptionalInt.of(tiles);
        ChipPrices stated = knobs.prices();
        String what = kind.word() + " of " + tiles;
        for (Action action : Action.values()) {
          PriceLine line = PriceLine.energy(action);
          assertEquals(fit.explain(line), stated.explain(line), what);
          assertEquals(fit.energy_fJ(action), stated.energy_fJ(action), what);
        }
        for (Part part : Part.values()) {
          assertEquals(fit.area_um2(part), stated.area_um2(part), what);
          assertEquals(fit.static_uW(part), stated.static_uW(part), what);
          assertEquals(fit.instances(part), stated.instances(part), what);
        }
        assertEquals(fit.timing(), stated.timing(), what);
        assertEquals(fit.programming(), stated.programming(), what);
      }
    }
  }

  @Test
  void longerWiresNeverCostLess() {
    for (Topology kind : Topology.values()) {
      Interconnect fabric = fabric(kind, 64, new Tree(4, 2), 8);
      ChipPrices small = prices(fabric, 64, 64);
      ChipPrices large = prices(fabric, 64, 512);
      assertTrue(small.energy_fJ(Action.HOP_BIT) <= large.energy_fJ(Action.HOP_BIT), kind.word());
      assertTrue(small.energy_fJ(Action.PITCH_BIT) <= large.energy_fJ(Action.PITCH_BIT));
      assertTrue(small.timing().hop().over_ns(64) <= large.timing().hop().over_ns(64), kind.word());
      assertTrue(area_um2(small) <= area_um2(large), kind.word());
      assertTrue(leakage_uW(small) <= leakage_uW(large), kind.word());
      assertTrue(
          small.timing().link_bitPerNs(64) >= large.timing().link_bitPerNs(64) * (1 - 1e-9),
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
      assertEquals(
          2 * narrow.timing().link_bitPerNs(9), wide.timing().link_bitPerNs(9), 1e-9, kind.word());
    }
  }

  @Test
  void moreLinksTakeMoreArea() {
    double ring_um2 = area_um2(prices(fabric(Topology.RING, 64, Tree.BINARY, 1), 64, 128));
    double mesh_um2 = area_um2(prices(fabric(Topology.MESH, 64, Tree.BINARY, 1), 64, 128));
    double torus_um2 = area_um2(prices(fabric(Topology.TORUS, 64, Tree.BINARY, 1), 64, 128));
    assertTrue(ring_um2 < mesh_um2);
    assertTrue(mesh_um2 < torus_um2);
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
      assertEquals(mesh.timing().hop(), torus.timing().hop());
      assertTrue(mesh.energy_fJ(Action.HOP_BIT) < torus.energy_fJ(Action.HOP_BIT));
    }
  }

  @Test
  void aBitChargesAllOfABusAndAWordCrossesItBeforeTheNext() {
    ChipPrices prices = prices(fabric(Topology.BUS, 64, Tree.BINARY, 1), 64, 128);
    double few_fJ = prices.energy_fJ(Action.HOP_BIT) + 4 * prices.energy_fJ(Action.PITCH_BIT);
    double many_fJ = prices.energy_fJ(Action.HOP_BIT) + 64 * prices.energy_fJ(Action.PITCH_BIT);
    assertTrue(many_fJ > 10 * few_fJ, "64 against 4 tiles");
    Timing timing = prices.timing();
    assertTrue(timing.hop().over_ns(64) > timing.hop().over_ns(4));
    assertEquals(64 / timing.hop().over_ns(64), timing.link_bitPerNs(64), 1e-9);
    // What a tile gives to it, and a link of words that follow each other, is a word a cycle.
    assertEquals(64, timing.link_bitPerNs(), 1e-9);
    Timing tree = prices(fabric(Topology.H_TREE, 64, Tree.BINARY, 1), 64, 128).timing();
    assertEquals(64, tree.link_bitPerNs(64), 1e-9);
  }

  @Test
  void onlySwitchBoxesAreConfigured() {
    for (Topology kind : Topology.values()) {
      ChipPrices prices = prices(fabric(kind, 64, new Tree(4, 2), 8), 64, 128);
      boolean configured = kind == Topology.RECONFIGURABLE;
      // Six switches and two connections a track.
      assertEquals(configured ? 64 : 0, prices.timing().configurationBits(), kind.word());
      assertEquals(configured, prices.energy_fJ(Action.CONFIGURE_BIT) > 0, kind.word());
    }
  }

  @Test
  void everyKindIsExplainedByTheFigureItPrices() {
    for (Topology kind : Topology.values()) {
      ChipPrices prices = prices(fabric(kind, 64, new Tree(4, 2), 8), 64, 128);
      assertEquals(
          prices.area_um2(Part.INTERCONNECT),
          prices.explain(PriceLine.area(Part.INTERCONNECT)).value(),
          1e-9,
          kind.word());
      assertEquals(
          prices.static_uW(Part.INTERCONNECT),
          prices.explain(PriceLine.standing(Part.INTERCONNECT)).value(),
          1e-9,
          kind.word());
      assertEquals(
          prices.energy_fJ(Action.HOP_BIT),
          prices.explain(PriceLine.energy(Action.HOP_BIT)).value(),
          1e-9,
          kind.word());
      assertEquals(
          prices.energy_fJ(Action.PITCH_BIT),
          prices.explain(PriceLine.energy(Action.PITCH_BIT)).value(),
          1e-9,
          kind.word());
      assertEquals(
          prices.area_um2(Part.LINKS),
          prices.explain(PriceLine.area(Part.LINKS)).value(),
          1e-9,
          kind.word());
      assertEquals(
          prices.static_uW(Part.LINKS),
          prices.explain(PriceLine.standing(Part.LINKS)).value(),
          1e-9,
          kind.word());
    }
  }
}
