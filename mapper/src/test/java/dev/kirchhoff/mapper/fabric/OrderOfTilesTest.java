package dev.kirchhoff.mapper.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Topology;
import org.junit.jupiter.api.Test;

class OrderOfTilesTest {
  private static Fabric fabric(Topology topology, int share, int tiles) {
    return Fabric.of(new Interconnect(topology, 64, share, ComponentModel.standard()), tiles);
  }

  @Test
  void aMeshOfNineTilesByHand() {
    // 0 1 2
    // 5 4 3
    // 6 7 8
    Fabric mesh = fabric(Topology.MESH, 1, 9);
    assertEquals(0, mesh.hops(4, 4));
    assertEquals(1, mesh.hops(0, 5));
    assertEquals(1, mesh.hops(2, 3));
    assertEquals(4, mesh.hops(0, 8));
    assertEquals(2, mesh.hops(0, 4));
    assertEquals(5, mesh.hopsToPort(8));
  }

  @Test
  void neighboursInOrderAreNeighboursOnTheMeshAndHopsAreAMetric() {
    Fabric mesh = fabric(Topology.MESH, 1, 50);
    for (int a = 0; a < 50; a++) {
      assertTrue(a == 0 || mesh.hops(a - 1, a) == 1);
      for (int b = 0; b < 50; b++) {
        assertEquals(mesh.hops(a, b), mesh.hops(b, a));
        assertTrue(a == b || mesh.hops(a, b) > 0);
        assertTrue(mesh.hops(a, b) <= mesh.hops(a, 25) + mesh.hops(25, b));
      }
    }
  }

  @Test
  void tilesOfOneRouterAreTogether() {
    Fabric mesh = fabric(Topology.CONCENTRATED_MESH, 4, 16);
    assertEquals(0, mesh.hops(0, 3));
    assertEquals(1, mesh.hops(3, 4));
    assertEquals(1, mesh.hops(0, 15));
  }

  @Test
  void aTreeGoesUpAndDown() {
    Fabric tree = fabric(Topology.H_TREE, 1, 8);
    assertEquals(0, tree.hops(5, 5));
    assertEquals(2, tree.hops(4, 5));
    assertEquals(4, tree.hops(4, 6));
    assertEquals(6, tree.hops(3, 4));
    assertEquals(0, fabric(Topology.NONE, 1, 8).hops(3, 4));
    assertEquals(0, fabric(Topology.NONE, 1, 8).hopsToPort(3));
  }
}
