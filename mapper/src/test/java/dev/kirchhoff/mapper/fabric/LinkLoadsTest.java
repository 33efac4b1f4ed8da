package dev.kirchhoff.mapper.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkLoadsTest {
  private static final long SEED = 20_261_125L;

  @Test
  void loadsOfAMeshOfFourByHand() {
    // 0 1
    // 3 2   nodes 0 1 / 2 3, so sites 2 and 3 are at nodes 3 and 2.
    Fabric mesh = new Mesh(4, 1, 1);
    LinkLoads loads = new LinkLoads(mesh);
    // East from node 0, then north from node 1.
    assertEquals(2, loads.unicast(0, 2, 10));
    assertEquals(10, loads.bits(0));
    assertEquals(10, loads.bits(4 + 2));
    // To 1, 2 and 3: the link to node 1 once, then on to node 3, and north to node 2.
    assertEquals(3, loads.multicast(0, 1, 3, 5));
    assertEquals(15, loads.bits(0));
    assertEquals(15, loads.bits(4 + 2));
    assertEquals(5, loads.bits(2));
    assertEquals(15, loads.most());
    assertEquals(OptionalInt.of(0), loads.mostLoaded());
    assertEquals(20 + 15, loads.bitHops());
    assertEquals(0, new LinkLoads(mesh).most());
    assertEquals(OptionalInt.empty(), new LinkLoads(mesh).mostLoaded());
  }

  @Test
  void stepsOfAChainShareABus() {
    // Partial sums of 10 bits from site 0 over 1, 2 and 3 to 4: four transfers over one medium.
    Transfers.Builder built = new Transfers.Builder(1, 1);
    built.begin(0);
    built.addChain(0, 0, 4, 10);
    Transfers transfers = built.build();
    assertEquals(40, MostLoaded.ofLayer(new Bus(5), 1, false, transfers, 0, 10));
    assertEquals(0, MostLoaded.ofLayer(new Bus(5), 1, false, transfers, 0, 40));
    assertEquals(0, MostLoaded.ofLayer(new Ring(5), 1, false, transfers, 0, 10));
  }

  @Test
  void aFatLinkCarriesMoreSideBySide() {
    LinkLoads loads = new LinkLoads(new Tree(16, 4, 1));
    loads.unicast(0, 15, 8);
    // The links of the leaves bind, those above are four times as wide.
    assertEquals(8, loads.most());
    loads.unicast(1, 14, 8);
    loads.unicast(2, 13, 8);
    loads.unicast(3, 12, 8);
    assertEquals(8, loads.most());
    LinkLoads plain = new LinkLoads(new Tree(16, 4, 4));
    plain.unicast(0, 15, 8);
    plain.unicast(1, 14, 8);
    assertEquals(16, plain.most());
  }

  @Test
  void whatEntersANodeLeavesItOrEndsThereAndLoadsAreBitsTimesHops() {
    for (int sites : FabricTest.SIZES) {
      for (Fabric fabric : FabricTest.all(sites)) {
        if (fabric instanceof NoFabric) {
          continue;
        }
        long seed = SEED + sites;
        Random random = new Random(seed);
        LinkLoads loads = new LinkLoads(fabric);
        double[] surplus = new double[2 * fabric.links() + sites + 2];
        double bitHops = 0;
        for (int i = 0; i < 60; i++) {
          int from = random.nextInt(sites);
          int to = random.nextInt(sites);
          double bits = 1 + random.nextInt(1000);
          switch (random.nextInt(3)) {
            case 0 -> {
              int hops = loads.unicast(from, to, bits);
              assertEquals(fabric.hops(from, to), hops);
              bitHops += bits * hops;
              surplus[fabric.node(from)] -= bits;
              surplus[fabric.node(to)] += bits;
            }
            case 1 -> {
              bitHops += bits * loads.fromPort(to, 1, bits);
              surplus[fabric.node(to)] += bits;
            }
            default -> {
              bitHops += bits * loads.toPort(from, bits);
              surplus[fabric.node(from)] -= bits;
            }
          }
        }
        String what = fabric.getClass().getSimpleName() + " of " + sites + ", seed " + seed;
        assertEquals(bitHops, loads.bitHops(), 1e-6, what);
        if (fabric instanceof Bus) {
          continue;
        }
        double most = 0;
        for (int link = 0; link < fabric.links(); link++) {
          most = Math.max(most, loads.bits(link) / fabric.capacity(link));
          if (loads.bits(link) > 0) {
            if (fabric.head(link).isPresent()) {
              surplus[fabric.head(link).getAsInt()] -= loads.bits(link);
            }
            if (fabric.tail(link).isPresent()) {
              surplus[fabric.tail(link).getAsInt()] += loads.bits(link);
            }
          }
        }
        for (double left : surplus) {
          assertEquals(0, left, 1e-6, what);
        }
        assertEquals(most, loads.most(), what);
      }
    }
  }

  @Test
  void aMulticastLoadsTheUnionOfItsRoutesOnce() {
    for (int sites : FabricTest.SIZES) {
      for (Fabric fabric : FabricTest.all(sites)) {
        LinkLoads loads = new LinkLoads(fabric);
        int[] route = new int[fabric.diameter() + 1];
        for (int from = 0; from < sites; from++) {
          for (int first = 0; first < sites; first += 2) {
            int count = Math.min(1 + (from + first) % 9, sites - first);
            Set<Integer> union = new HashSet<>();
            for (int site = first; site < first + count; site++) {
              int n = fabric.route(from, site, route);
              for (int i = 0; i < n; i++) {
                union.add(route[i]);
              }
            }
            int[] tree = new int[fabric.links() + 1];
            String what =
                fabric.getClass().getSimpleName() + " " + sites + " " + from + " " + first;
            assertEquals(union.size(), loads.multicast(from, first, count, 1), what);
            assertEquals(union.size(), fabric.multicastHops(from, first, count), what);
            assertEquals(
                loads.fromPort(first, count, 1), fabric.multicastHopsFromPort(first, count), what);
            int size = fabric.multicast(from, first, count, tree);
            Set<Integer> loaded = new HashSet<>();
            for (int i = 0; i < size; i++) {
              assertTrue(loaded.add(tree[i]), what);
            }
            assertEquals(union, loaded, what);
          }
        }
      }
    }
  }
}
