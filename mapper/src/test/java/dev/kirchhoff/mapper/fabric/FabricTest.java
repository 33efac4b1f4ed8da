package dev.kirchhoff.mapper.fabric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Interconnect.SwitchedChannels;
import dev.kirchhoff.arch.chip.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FabricTest {
  static final int[] SIZES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 16, 17, 24, 31, 50};

  static List<Fabric> all(int sites) {
    List<Fabric> all = new ArrayList<>();
    for (Topology kind : Topology.values()) {
      all.add(Fabric.of(new Interconnect(kind, 64, 4, ComponentModel.standard()), sites));
    }
    all.add(new Tree(sites, 3, 1.5));
    all.add(new Tree(sites, 4, 1));
    all.add(new Tree(sites, 8, 2));
    all.add(new Mesh(sites, 3, 1));
    return all;
  }

  private static String name(Fabric fabric) {
    return fabric.getClass().getSimpleName() + " of " + fabric.sites();
  }

  private static int[] route(Fabric fabric, int from, int to) {
    int[] route = new int[fabric.diameter()];
    return Arrays.copyOf(route, fabric.route(from, to, route));
  }

  @Test
  void hopsAreAMetricAndRoutesHaveAsManyLinks() {
    for (int sites : SIZES) {
      for (Fabric fabric : all(sites)) {
        for (int a = 0; a < sites; a++) {
          assertEquals(0, fabric.hops(a, a), name(fabric));
          for (int b = 0; b < sites; b++) {
            assertEquals(fabric.hops(a, b), fabric.hops(b, a), name(fabric));
            assertEquals(fabric.hops(a, b), route(fabric, a, b).length, name(fabric));
            int middle = (a * 7 + b * 3) % sites;
            assertTrue(
                fabric.hops(a, b) <= fabric.hops(a, middle) + fabric.hops(middle, b), name(fabric));
          }
        }
      }
    }
  }

  @Test
  void routesArePathsFromTheirSiteToTheOtherOverNodesThatExist() {
    for (int sites : SIZES) {
      for (Fabric fabric : all(sites)) {
        if (fabric instanceof NoFabric) {
          continue;
        }
        int[] route = new int[fabric.diameter()];
        for (int a = 0; a < sites; a++) {
          for (int b = 0; b < sites; b++) {
            int n = fabric.route(a, b, route);
            OptionalInt at = OptionalInt.of(fabric.node(a));
            OptionalInt to = OptionalInt.of(fabric.node(b));
            assertPath(fabric, at, to, Arrays.copyOf(route, n));
          }
          int in = fabric.routeFromPort(a, route);
          assertEquals(fabric.hopsToPort(a), in, name(fabric));
          OptionalInt node = OptionalInt.of(fabric.node(a));
          OptionalInt start = fabric.tail(route[0]);
          assertPath(fabric, start, node, Arrays.copyOf(route, in));
          int out = fabric.routeToPort(a, route);
          assertEquals(fabric.hopsToPort(a), out, name(fabric));
          OptionalInt end = fabric.head(route[out - 1]);
          assertPath(fabric, node, end, Arrays.copyOf(route, out));
          OptionalInt outside = fabric instanceof Bus ? OptionalInt.of(0) : OptionalInt.empty();
          assertEquals(outside, start, name(fabric));
          assertEquals(start, end, name(fabric));
        }
      }
    }
  }

  private static void assertPath(Fabric fabric, OptionalInt from, OptionalInt to, int[] route) {
    OptionalInt at = from;
    for (int link : route) {
      assertTrue(link >= 0 && link < fabric.links(), name(fabric));
      assertEquals(at, fabric.tail(link), name(fabric));
      OptionalInt next = fabric.head(link);
      if (fabric instanceof Mesh mesh && at.isPresent() && next.isPresent()) {
        int a = at.getAsInt();
        int b = next.getAsInt();
        int rows = Math.abs(a / mesh.columns - b / mesh.columns);
        int columns = Math.abs(a % mesh.columns - b % mesh.columns);
        assertEquals(1, rows + columns, name(fabric));
        assertTrue(exists(fabric, b), name(fabric));
      }
      at = next;
    }
    assertEquals(to, at, name(fabric));
  }

  private static boolean exists(Fabric fabric, int node) {
    for (int site = 0; site < fabric.sites(); site++) {
      if (fabric.node(site) == node) {
        return true;
      }
    }
    return false;
  }

  @Test
  void routesFromOneSiteAreATree() {
    // In a tree every node is entered over one link only.
    for (int sites : SIZES) {
      for (Fabric fabric : all(sites)) {
        for (int a = 0; a < sites; a++) {
          Set<Integer> links = new HashSet<>();
          for (int b = 0; b < sites; b++) {
            for (int link : route(fabric, a, b)) {
              links.add(link);
            }
          }
          Set<Integer> entered = new HashSet<>();
          for (int link : links) {
            assertTrue(entered.add(fabric.head(link).getAsInt()), name(fabric) + " from " + a);
          }
        }
      }
    }
  }

  @Test
  void aTorusNeverTakesMoreHopsThanItsMesh() {
    for (int sites = 1; sites <= 60; sites++) {
      Fabric mesh = new Mesh(sites, 1, 1);
      Fabric torus = new Torus(sites);
      for (int a = 0; a < sites; a++) {
        assertTrue(torus.hopsToPort(a) <= mesh.hopsToPort(a));
        for (int b = 0; b < sites; b++) {
          assertTrue(torus.hops(a, b) <= mesh.hops(a, b));
        }
      }
    }
  }

  @Test
  void sitesThatFollowEachOtherAreNeighbours() {
    for (int sites : SIZES) {
      for (int a = 1; a < sites; a++) {
        for (Fabric fabric : List.of(new Mesh(sites, 1, 1), new Torus(sites), new Ring(sites))) {
          assertEquals(1, fabric.hops(a - 1, a), name(fabric));
        }
      }
    }
  }

  @Test
  void aShortLastRowIsLeftAlongTheColumn() {
    // 0 1 2    A route from 6 to 2 by its row would pass routers that are not there.
    // 5 4 3
    // 6
    Fabric mesh = new Mesh(7, 1, 1);
    assertEquals(4, mesh.hops(6, 2));
    // Nodes 6, 3, 4, 5, 2: south, east, east, south.
    assertArrayEquals(new int[] {4 * 6 + 3, 4 * 3, 4 * 4, 4 * 5 + 3}, route(mesh, 6, 2));
    assertArrayEquals(new int[] {4 * 2 + 1, 4 + 1, 4 * 0 + 2, 4 * 3 + 2}, route(mesh, 2, 6));
  }

  @Test
  void aRingTurnsTheShorterWayAndUpwardsAtHalf() {
    Fabric ring = new Ring(6);
    assertArrayEquals(new int[] {2 * 5, 0}, route(ring, 5, 1));
    assertArrayEquals(new int[] {2 * 1 + 1, 1}, route(ring, 1, 5));
    assertArrayEquals(new int[] {0, 2, 4}, route(ring, 0, 3));
    assertArrayEquals(new int[] {6, 8, 10}, route(ring, 3, 0));
    assertEquals(4, ring.hopsToPort(3));
  }

  @Test
  void aTorusOfNineByHand() {
    // 0 1 2
    // 5 4 3
    // 6 7 8
    Fabric torus = new Torus(9);
    assertEquals(1, torus.hops(0, 2));
    assertEquals(1, torus.hops(0, 6));
    assertEquals(2, torus.hops(0, 8));
    // West over the border of row 0 to node 2, then south over its border to node 8.
    assertArrayEquals(new int[] {1, 4 * 2 + 3}, route(torus, 0, 8));
    assertEquals(3, torus.diameter());
  }

  @Test
  void tilesOfOneRouterAreTogether() {
    Fabric mesh = new Mesh(16, 4, 1);
    assertEquals(0, mesh.hops(0, 3));
    assertEquals(1, mesh.hops(3, 4));
    assertEquals(1, mesh.hops(0, 15));
    assertEquals(mesh.node(4), mesh.node(7));
  }

  @Test
  void linksOfAFatTreeGetWiderUpwardsByArityOverTaper() {
    Fabric full = new Tree(16, 4, 1);
    Fabric tapered = new Tree(16, 4, 2);
    Fabric plain = new Tree(16, 4, 4);
    int[] up = route(full, 0, 15);
    assertArrayEquals(up, route(tapered, 0, 15));
    assertEquals(4, up.length);
    assertEquals(1, full.capacity(up[0]));
    assertEquals(4, full.capacity(up[1]));
    assertEquals(4, full.capacity(up[2]));
    assertEquals(2, tapered.capacity(up[1]));
    assertEquals(1, plain.capacity(up[1]));
    assertEquals(3, full.hopsToPort(5));
  }

  @Test
  void aTreeOfThreeChildrenByHand() {
    // Leaves 0..6 under nodes 7 (0..2), 8 (3..5), 9 (6) under 10.
    Fabric tree = new Tree(7, 3, 3);
    assertEquals(2, tree.hops(3, 5));
    assertEquals(4, tree.hops(2, 3));
    assertArrayEquals(new int[] {2 * 2, 2 * 7, 2 * 8 + 1, 2 * 3 + 1}, route(tree, 2, 3));
    assertEquals(OptionalInt.of(10), tree.tail(2 * 8 + 1));
    assertEquals(OptionalInt.of(8), tree.tail(2 * 3 + 1));
    assertEquals(OptionalInt.empty(), tree.head(2 * 10));
  }

  @Test
  void theFarthestOfConsecutiveSitesIsTheLongestWayToAnyOfThem() {
    for (int sites : SIZES) {
      for (Fabric fabric : all(sites)) {
        for (int first = 0; first < sites; first++) {
          for (int count = 1; first + count <= sites; count++) {
            int fromPort = 0;
            for (int site = first; site < first + count; site++) {
              fromPort = Math.max(fromPort, fabric.hopsToPort(site));
            }
            assertEquals(fromPort, fabric.farthestFromPort(first, count), name(fabric));
            for (int from = 0; from < sites; from += 1 + sites / 7) {
              int most = 0;
              for (int site = first; site < first + count; site++) {
                most = Math.max(most, fabric.hops(from, site));
              }
              assertEquals(most, fabric.farthest(from, first, count), name(fabric));
            }
          }
        }
      }
    }
  }

  @Test
  void aBusIsOneHopAndAChannelHasItsTracks() {
    Fabric bus = new Bus(9);
    assertEquals(1, bus.hops(0, 8));
    assertEquals(1, bus.hopsToPort(4));
    assertEquals(1, bus.links());
    Interconnect channels =
        new Interconnect(
            Topology.RECONFIGURABLE,
            64,
            new SwitchedChannels(
                8, Interconnect.SwitchBox.WILTON, Interconnect.Configure.PER_LAYER),
            ComponentModel.standard());
    assertEquals(8, Fabric.of(channels, 9).capacity(0));
  }
}
