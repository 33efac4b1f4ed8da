package dev.kirchhoff.mapper.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Interconnect.Configure;
import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;
import dev.kirchhoff.arch.chip.Interconnect.SwitchedChannels;
import dev.kirchhoff.arch.chip.Interconnect.Tree;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.traffic.Flows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlacementCostTest {
  private static final long SEED = 20261125;

  private static Flows random(Random random, int units, int count) {
    Flows.Builder builder = new Flows.Builder(units);
    for (int i = 0; i < count; i++) {
      int[] targets = new int[1 + random.nextInt(3)];
      Arrays.setAll(targets, t -> random.nextInt(units + 1) - 1);
      builder.add(random.nextInt(units + 1) - 1, targets, 1 + random.nextInt(1000));
    }
    return builder.build();
  }

  private static Fabric fabric(Topology kind, int sites) {
    SwitchedChannels three = new SwitchedChannels(3, SwitchBox.DISJOINT, Configure.PER_NETWORK);
    Tree tree = new Tree(4, 2);
    ComponentModel model = ComponentModel.standard();
    Interconnect interconnect =
        switch (kind) {
          case FAT_TREE -> new Interconnect(kind, 64, tree, model);
          case RECONFIGURABLE -> new Interconnect(kind, 64, three, model);
          default -> new Interconnect(kind, 64, 4, model);
        };
    return Fabric.of(interconnect, sites);
  }

  private static List<Fabric> fabrics(int sites) {
    return List.of(
        fabric(Topology.MESH, sites),
        fabric(Topology.CONCENTRATED_MESH, sites),
        fabric(Topology.RECONFIGURABLE, sites),
        fabric(Topology.TORUS, sites),
        fabric(Topology.H_TREE, sites),
        fabric(Topology.FAT_TREE, sites),
        fabric(Topology.RING, sites),
        fabric(Topology.BUS, sites),
        fabric(Topology.NONE, sites));
  }

  /** Sites 0 1 2 in a row: 10 bits over one link, 5 bits to both others over two. */
  @Test
  void bitHopsAndTheMostLoadedLinkByHand() {
    Flows flows = new Flows.Builder(3).add(0, 1, 10).add(0, new int[] {1, 2}, 5).build();
    PlacementCost cost = new PlacementCost(flows, fabric(Topology.RING, 7), 2);
    cost.set(new int[] {0, 1, 2});
    assertEquals(10 + 2 * 5, cost.bitHops());
    assertEquals(15, cost.mostLoad());
    assertEquals(20 + 2 * 15, cost.cost());
    cost.move(2, 6);
    assertEquals(20, cost.bitHops(), "the multicast parts at its source");
    assertEquals(15, cost.mostLoad());
    cost.move(1, 3);
    assertEquals(3 * 15 + 5, cost.bitHops());
  }

  @Test
  void whatStaysInAUnitIsNoFlowAndEqualEndsAreOneFlow() {
    Flows flows =
        new Flows.Builder(2)
            .add(0, 0, 7)
            .add(0, new int[] {1, 0}, 3)
            .add(0, 1, 4)
            .add(Flows.PORT, 1, 2)
            .build();
    assertEquals(2, flows.count());
    assertEquals(9, flows.bits());
    assertEquals(7, flows.bits(0));
    assertThrows(IndexOutOfBoundsException.class, () -> new Flows.Builder(2).add(0, 2, 1));
  }

  @Test
  void incrementalCostsEqualFreshOnes() {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 30; trial++) {
      int units = 2 + random.nextInt(12);
      Flows flows = random(random, units, 30);
      for (Fabric fabric : fabrics(units + random.nextInt(4))) {
        PlacementCost kept = new PlacementCost(flows, fabric, 3);
        for (int step = 0; step < 20; step++) {
          if (random.nextBoolean()) {
            kept.move(random.nextInt(units), random.nextInt(fabric.sites()));
          } else {
            int[] moved = random.ints(0, units).distinct().limit(2).toArray();
            int[] to = random.ints(moved.length, 0, fabric.sites()).toArray();
            kept.move(moved, to, moved.length);
          }
        }
        PlacementCost fresh = new PlacementCost(flows, fabric, 3);
        fresh.set(kept.sites());
        String where = "seed " + SEED + ", trial " + trial + ", " + fabric.getClass();
        assertEquals(fresh.cost(), kept.cost(), where);
        long sum = 0;
        for (int link = 0; link < fabric.links(); link++) {
          assertEquals(fresh.load(link), kept.load(link), where);
          sum += kept.load(link);
        }
        assertEquals(sum, kept.bitHops(), where);
      }
    }
  }

  /**
   * Conservation of flow: bits that enter a node leave it or end there; multicasts only add at
   * branches.
   */
  @Test
  void loadsConserveFlow() {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 20; trial++) {
      Flows.Builder builder = new Flows.Builder(9);
      for (int i = 0; i < 25; i++) {
        builder.add(random.nextInt(10) - 1, random.nextInt(10) - 1, 1 + random.nextInt(99));
      }
      Flows flows = builder.build();
      for (Fabric fabric :
          List.of(
              fabric(Topology.MESH, 9),
              fabric(Topology.TORUS, 9),
              fabric(Topology.H_TREE, 9),
              fabric(Topology.RING, 9))) {
        PlacementCost cost = new PlacementCost(flows, fabric, 0);
        cost.set(new int[] {8, 2, 4, 6, 0, 1, 3, 5, 7});
        long[] net = new long[64];
        for (int link = 0; link < fabric.links(); link++) {
          if (fabric.head(link).isPresent()) {
            net[fabric.head(link).getAsInt()] += cost.load(link);
          }
          if (fabric.tail(link).isPresent()) {
            net[fabric.tail(link).getAsInt()] -= cost.load(link);
          }
        }
        for (int f = 0; f < flows.count(); f++) {
          if (flows.target(f, 0) != Flows.PORT) {
            net[fabric.node(cost.siteOf(flows.target(f, 0)))] -= flows.bits(f);
          }
          if (flows.source(f) != Flows.PORT) {
            net[fabric.node(cost.siteOf(flows.source(f)))] += flows.bits(f);
          }
        }
        assertEquals(0, Arrays.stream(net).map(Math::abs).sum(), fabric.getClass().toString());
      }
    }
  }

  @Test
  void aGreedyPlacementUsesEachSiteOnceAndPutsNeighboursTogether() {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 20; trial++) {
      int units = 1 + random.nextInt(30);
      for (Fabric fabric : fabrics(units + random.nextInt(3))) {
        int[] sites = GreedyPlacement.of(random(random, units, 40), fabric);
        List<Integer> boxed = new ArrayList<>(Arrays.stream(sites).boxed().toList());
        assertEquals(units, new TreeSet<>(boxed).size());
        assertTrue(boxed.stream().allMatch(s -> s >= 0 && s < fabric.sites()));
      }
    }
    Flows chain = new Flows.Builder(3).add(0, 1, 9).add(1, 2, 9).add(Flows.PORT, 0, 1).build();
    int[] sites = GreedyPlacement.of(chain, fabric(Topology.MESH, 9));
    assertEquals(1, fabric(Topology.MESH, 9).hops(sites[0], sites[1]));
    assertEquals(1, fabric(Topology.MESH, 9).hops(sites[1], sites[2]));
    Flows three = chain;
    assertThrows(
        IllegalArgumentException.class, () -> GreedyPlacement.of(three, fabric(Topology.MESH, 2)));
  }

  @Test
  void trafficWithinAPartStaysAndTheRestEntersByThePort() {
    Flows flows =
        new Flows.Builder(5)
            .add(0, new int[] {1, 2, 3}, 10)
            .add(3, 2, 5)
            .add(4, 0, 7)
            .add(Flows.PORT, 2, 1)
            .run(new int[] {1, 2, 3})
            .build();
    Flows part = flows.part(2, 2);
    assertEquals(2, part.units());
    assertEquals(3, part.count());
    assertEquals(Flows.PORT, part.source(0));
    assertEquals(2, part.targets(0));
    assertEquals(10, part.bits(0));
    assertEquals(1, part.source(1));
    assertEquals(0, part.target(1, 0));
    assertEquals(1, part.bits(2));
    assertEquals(2, part.run(0).length);
  }
}
