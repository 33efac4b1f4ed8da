package dev.kirchhoff.mapper.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MeshLinesTest {
  private static final long SEED = 20261125L;
  private static final int CASES = 2_000;

  @Test
  void rowsAreExactAndColumnsAreBoundByWhatTheirSitesTake() {
    // Three rows of three: 0 1 2, 5 4 3, 6 7 8.
    Mesh mesh = new Mesh(9, 1, 1);
    MeshLines lines = new MeshLines();
    lines.set(mesh);
    lines.add(0, 1, 1, 10);
    lines.add(1, 2, 1, 7);
    lines.add(2, 0, 1, 8);
    assertEquals(10, lines.most(), 1e-9);
    // Both cross from the first row to the second, but in different columns.
    lines.add(0, 5, 1, 10);
    lines.add(2, 3, 1, 7);
    assertEquals(10, lines.most(), 1e-9);
    lines.add(0, 7, 2, 10);
    lines.addToPort(3, 7);
    assertEquals(10, lines.most(), 1e-9);
  }

  @Test
  void noLinkCarriesMore() {
    MeshLines lines = new MeshLines();
    LinkLoads loads = new LinkLoads();
    for (int c = 0; c < CASES; c++) {
      Random random = new Random(SEED + c);
      int sites = 1 + random.nextInt(60);
      Mesh mesh = new Mesh(sites, 1 + random.nextInt(3), 1);
      lines.set(mesh);
      loads.set(mesh);
      int transfers = 1 + random.nextInt(8);
      for (int t = 0; t < transfers; t++) {
        int first = random.nextInt(sites);
        int count = 1 + random.nextInt(Math.min(sites - first, 20));
        int from = random.nextInt(sites);
        double bits = random.nextDouble();
        switch (random.nextInt(4)) {
          case 0 -> {
            lines.addFromPort(first, count, bits);
            loads.fromPort(first, count, bits);
          }
          case 1 -> {
            lines.addToPort(from, bits);
            loads.toPort(from, bits);
          }
          default -> {
            lines.add(from, first, count, bits);
            loads.multicast(from, first, count, bits);
          }
        }
      }
      assertTrue(loads.most() <= lines.most(), "seed " + (SEED + c));
    }
  }
}
