package dev.kirchhoff.mapper.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MeshLinesTest {
  private static final long SEED = 20261125L;
  private static final int CASES = 2_000;

  /** The port as a receiver in the tables of these tests. */
  private static final int PORT = -1;

  @Test
  void rowsAreExactAndColumnsAreBoundedByTheLoadOfTheirSites() {
    // Three rows of three: 0 1 2, 5 4 3, 6 7 8.
    Mesh mesh = new Mesh(9, 1, 1);
    int[][] within = {{0, 1, 1, 10}, {1, 2, 1, 7}, {2, 0, 1, 8}};
    assertEquals(10, most(mesh, within), 1e-9);
    // Both cross from the first row to the second, but in different columns.
    int[][] across = {{0, 5, 1, 10}, {2, 3, 1, 7}};
    assertEquals(10, most(mesh, across), 1e-9);
    int[][] farther = {{0, 7, 2, 10}, {3, PORT, 1, 7}};
    assertEquals(10, most(mesh, farther), 1e-9);
  }

  private static void add(Transfers.Builder to, int from, int first, int count, double bits) {
    to.add(0, 0, from, first, count, bits, 1);
  }

  /** The bound for transfers of source, first receiver, receivers and bits. */
  private static double most(Mesh mesh, int[][] sent) {
    Transfers.Builder built = new Transfers.Builder(1, sent.length);
    built.begin(0);
    for (int[] transfer : sent) {
      if (transfer[1] == PORT) {
        built.addToPort(0, 0, transfer[0], transfer[3], 1);
      } else {
        add(built, transfer[0], transfer[1], transfer[2], transfer[3]);
      }
    }
    Transfers transfers = built.build();
    return MeshLines.of(mesh, transfers, 0, transfers.size());
  }

  @Test
  void noLinkCarriesMore() {
    for (int c = 0; c < CASES; c++) {
      Random random = new Random(SEED + c);
      int sites = 1 + random.nextInt(60);
      Mesh mesh = new Mesh(sites, 1 + random.nextInt(3), 1);
      Transfers.Builder added = new Transfers.Builder(1, 8);
      added.begin(0);
      int count = 1 + random.nextInt(8);
      for (int t = 0; t < count; t++) {
        int first = random.nextInt(sites);
        int to = 1 + random.nextInt(Math.min(sites - first, 20));
        int from = random.nextInt(sites);
        double bits = random.nextDouble();
        switch (random.nextInt(4)) {
          case 0 -> added.addFromPort(0, 0, first, to, bits, 1);
          case 1 -> added.addToPort(0, 0, from, bits, 1);
          default -> add(added, from, first, to, bits);
        }
      }
      Transfers transfers = added.build();
      double most = LinkLoads.of(mesh, transfers, 0, 1, 0).most();
      String message = "seed " + (SEED + c);
      assertTrue(most <= MeshLines.of(mesh, transfers, 0, transfers.size()), message);
      assertTrue(most <= MeshBound.of(mesh, transfers, 0, transfers.size()), message);
    }
  }
}
