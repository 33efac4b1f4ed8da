package dev.kirchhoff.mapper.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Interconnect.Configure;
import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;
import dev.kirchhoff.arch.chip.Interconnect.SwitchedChannels;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.fabric.LinkLoads;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final int[] SIZES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 16, 17, 24, 31, 50};

  private static final Interconnect MESH =
      new Interconnect(Topology.MESH, 64, 1, ComponentModel.standard());

  private static Interconnect channels(int tracks, SwitchBox box, Configure configure) {
    return new Interconnect(
        Topology.RECONFIGURABLE,
        64,
        new SwitchedChannels(tracks, box, configure),
        ComponentModel.standard());
  }

  private static LinkLoads loads(Traffic traffic) {
    return traffic.loads(0, traffic.layers(), 0);
  }

  @Test
  void twoLayersOnALineByHand() {
    // Tiles 0 and 1 send to tile 2, which is their neighbour on a line of three (a ring of three
    // would be shorter): two parts of 50 bits, over one and over two links.
    Interconnect line = new Interconnect(Topology.RING, 64, 1, ComponentModel.standard());
    SendingLayers layers = new SendingLayers(2).stand(0, 0, 2, 1).stand(1, 2, 1, 1);
    Traffic traffic = layers.begin(0).transfer(30).begin(1).move(0, 100).on(line, 5, true);
    // 15 bits to each of tiles 0 and 1: one link and two.
    assertEquals(15 + 30, traffic.bitHops(0));
    assertEquals(50 * 2 + 50, traffic.bitHops(1));
    assertEquals(2, traffic.hops(1));
    assertEquals(100, traffic.mostOfAll(0));
    LinkLoads loads = loads(traffic);
    assertEquals(100, loads.bits(2));
    assertEquals(traffic.bitHops(0) + traffic.bitHops(1), loads.bitHops());
    // No link carries more than all parts together, 130 bits: enough time for those is enough.
    assertEquals(0, traffic.mostOfAll(130));
    assertEquals(100, traffic.mostOfAll(99));
  }

  @Test
  void whatGoesToAnotherChipGoesOverThePortsOfBoth() {
    // Two chips of 2 x 2 tiles. From the last tile of the first, two links from the port's router
    // and one to the port; into the first of the second, one link.
    Fabric fabric = Fabric.of(MESH, 4);
    SendingLayers layers = new SendingLayers(2).stand(0, 2, 1, 1).stand(1, 4, 1, 1);
    Traffic traffic = layers.begin(1).move(0, 100).on(MESH, 4, true, 2);
    int out = fabric.hopsToPort(2);
    assertEquals(3, out);
    assertEquals(100 * (out + 1), traffic.bitHops(1));
    assertEquals(out + 1, traffic.hops(1));
    assertEquals(100 * out, traffic.loads(1, 2, 0).bitHops());
    assertEquals(100, traffic.loads(1, 2, 1).bitHops());
    // The port's links of the two chips are not one.
    assertEquals(100, traffic.mostOfAll(0));
  }

  @Test
  void circuitsToAnotherChipTakeTracksOnBoth() {
    // Each chip is a row of two tiles: 0 1 and 2 3. Layers on 1 and 3, twice: a circuit from tile 1
    // to the port takes the channel of the first chip, one from the port to tile 3 that of the
    // second.
    Interconnect one = channels(1, SwitchBox.DISJOINT, Configure.PER_NETWORK);
    SendingLayers layers = new SendingLayers(4);
    for (int l = 0; l < 4; l++) {
      layers.stand(l, l % 2 == 0 ? 1 : 3, 1, 1);
    }
    layers.begin(1).move(0, 10);
    assertEquals(0, layers.on(one, 2, true, 2).missingTracks());
    layers.begin(3).move(2, 10);
    assertEquals(1, layers.on(one, 2, true, 2).missingTracks());
  }

  @Test
  void anInputGoesOnceOverALinkToAllTilesThatWantIt() {
    SendingLayers layers = new SendingLayers(2).stand(0, 0, 1, 1).stand(1, 1, 3, 3);
    Traffic traffic = layers.begin(1).move(0, 10).on(MESH, 16, true);
    // 0 1 2 3 in a row: three links, not 1 + 2 + 3.
    assertEquals(30, traffic.bitHops(1));
  }

  @Test
  void partialSumsGoFromTileToTileByHand() {
    Interconnect hTree = new Interconnect(Topology.H_TREE, 64, 1, ComponentModel.standard());
    SendingLayers layers = new SendingLayers(2).stand(0, 0, 4, 1).stand(1, 4, 4, 1);
    layers.begin(0).reduce(4, 4).begin(1).reduce(4, 1);
    Traffic onMesh = layers.on(MESH, 16, true);
    Traffic onTree = layers.on(hTree, 16, true);
    // Sums of 4 bits: three links in a row of four; two, four and two branches of the tree.
    assertEquals(4 * 3, onMesh.bitHops(0));
    assertEquals(4 * (2 + 4 + 2), onTree.bitHops(0));
    assertEquals(0, onMesh.bitHops(1));
  }

  @Test
  void sumsOfAWideMatrixPassTheTilesOfTheirRow() {
    // Two rows of three tiles: each sum goes three tiles on. On a ring of twelve, 4 bits a column.
    Interconnect ring = new Interconnect(Topology.RING, 64, 1, ComponentModel.standard());
    SendingLayers layers = new SendingLayers(1).stand(0, 0, 6, 3).begin(0).reduce(12, 2);
    assertEquals(12 * 3, layers.on(ring, 12, true).bitHops(0), 1e-9);
    assertEquals(12, layers.on(ring, 12, true).mostOfAll(0), 1e-9);
  }

  @Test
  void spilledMapsLeaveAndReachAllTilesEvenly() {
    Interconnect ring = new Interconnect(Topology.RING, 64, 1, ComponentModel.standard());
    SendingLayers layers = new SendingLayers(1).stand(0, 1, 2, 1).begin(0).spill(10);
    // Tiles 1 and 2 are two and three links from the port.
    assertEquals(2 * (5 * 2 + 5 * 3), layers.on(ring, 8, true).bitHops(0));
  }

  @Test
  void oneByOneALayerHasTheLinksToItself() {
    Traffic shared = random(MESH, 40, true, 3);
    Traffic alone = random(MESH, 40, false, 3);
    for (int l = 0; l < 8; l++) {
      assertEquals(shared.bitHops(l), alone.bitHops(l));
      assertTrue(alone.most(l, 0) <= shared.mostOfAll(0) + 1e-9);
      assertEquals(alone.most(l, 0), shared.most(l, 0));
    }
  }

  /** Layers of random sizes, each reading the one before. */
  private static Traffic random(
      Interconnect interconnect, int sites, boolean pipelined, long seed) {
    Random random = new Random(seed);
    SendingLayers traffic = new SendingLayers(8);
    int at = 0;
    for (int l = 0; l < 8; l++) {
      int tiles = 1 + random.nextInt(6);
      traffic.stand(l, at, tiles, 1 + random.nextInt(3));
      at += tiles;
    }
    for (int l = 0; l < 8; l++) {
      traffic.begin(l);
      double bits = 100 + random.nextInt(1000);
      if (l == 0) {
        traffic.transfer(bits);
      } else {
        traffic.move(l - 1, bits);
        traffic.move(random.nextInt(l), bits / 4);
      }
      traffic.reduce(random.nextInt(3) * 50, 1 + random.nextInt(4));
      if (l == 7) {
        traffic.take(100);
      }
    }
    return traffic.on(interconnect, sites, pipelined);
  }

  @Test
  void everyTopologyConservesBitsTimesHopsForAnyTilesEvenBeyondTheChip() {
    for (Topology kind : Topology.values()) {
      for (int sites : SIZES) {
        for (long seed = 1; seed <= 5; seed++) {
          Interconnect fabric = new Interconnect(kind, 64, 3, ComponentModel.standard());
          Traffic traffic = random(fabric, sites, true, seed);
          double sum = 0;
          for (int l = 0; l < 8; l++) {
            sum += traffic.bitHops(l);
          }
          assertEquals(sum, loads(traffic).bitHops(), 1e-6, kind + " " + sites + " " + seed);
        }
      }
    }
  }

  @Test
  void theMostLoadedLinkIsThatOfAllLinksOneByOne() {
    for (Topology kind : Topology.values()) {
      if (kind == Topology.RECONFIGURABLE) {
        continue;
      }
      Interconnect fabric = new Interconnect(kind, 64, 3, ComponentModel.standard());
      for (int sites : SIZES) {
        for (long seed = 1; seed <= 40; seed++) {
          String what = kind + " " + sites + " " + seed;
          Traffic traffic = random(fabric, sites, true, seed);
          double most = loads(traffic).most();
          assertEquals(most, traffic.mostOfAll(0), 1e-9 * (1 + most), what);
          // Nothing is left over from the network before.
          assertEquals(most, traffic.mostOfAll(0), 1e-9 * (1 + most), what);
          assertEquals(0, traffic.mostOfAll(1e9), what);
          // A bound that says that all links have less is never wrong.
          double below = traffic.mostOfAll(0.999 * most);
          assertEquals(most, below, 1e-9 * (1 + most), what);
        }
      }
    }
  }

  @Test
  void whatLayersWaitForIsFoundAsOnAllLinksOneByOne() {
    for (Topology kind : Topology.values()) {
      if (kind == Topology.RECONFIGURABLE) {
        continue;
      }
      Interconnect fabric =
          kind == Topology.FAT_TREE
              ? new Interconnect(kind, 64, new Interconnect.Tree(3, 1.5), ComponentModel.standard())
              : new Interconnect(kind, 64, 3, ComponentModel.standard());
      for (int sites : SIZES) {
        for (long seed = 1; seed <= 20; seed++) {
          String what = kind + " " + sites + " " + seed;
          Traffic traffic = random(fabric, sites, true, seed);
          LinkLoads all = loads(traffic);
          double[] enough = new double[8];
          Random random = new Random(seed);
          for (int l = 0; l < 8; l++) {
            enough[l] = random.nextInt(3) * random.nextDouble() * all.most();
          }
          LinkShares shares = traffic.shares(enough);
          double[] start = new double[8];
          double[] end = new double[8];
          Arrays.fill(end, 1);
          double[] shared = shares.shared(start, end, enough);
          for (int l = 0; l < 8; l++) {
            LinkLoads alone = traffic.loads(l, l + 1, 0);
            double most = 0;
            for (int link = 0; link < traffic.fabric().links(); link++) {
              double relative = all.bits(link) / traffic.fabric().capacity(link);
              most = alone.bits(link) > 0 ? Math.max(most, relative) : most;
            }
            assertFound(alone.most(), shares.own(l), enough[l], what);
            assertFound(most, shared[l], enough[l], what);
          }
        }
      }
    }
  }

  /** Asserts a load that may be found smaller only where it is below {@code enough}. */
  private static void assertFound(double expected, double found, double enough, String what) {
    assertTrue(found <= expected * (1 + 1e-9), what);
    if (expected > enough * (1 + 1e-9)) {
      assertEquals(expected, found, 1e-9 * expected, what);
    }
  }

  @Test
  void aTorusNeverMovesMoreBitHopsThanItsMesh() {
    Interconnect torus = new Interconnect(Topology.TORUS, 64, 1, ComponentModel.standard());
    for (int sites : SIZES) {
      for (long seed = 1; seed <= 20; seed++) {
        Traffic onMesh = random(MESH, sites, true, seed);
        Traffic onTorus = random(torus, sites, true, seed);
        for (int l = 0; l < 8; l++) {
          assertTrue(onTorus.hops(l) <= onMesh.hops(l), sites + " sites, seed " + seed);
        }
      }
    }
  }

  @Test
  void eachConnectionTakesATrackAndTheRestIsMissing() {
    Interconnect two = channels(2, SwitchBox.DISJOINT, Configure.PER_NETWORK);
    SendingLayers layers = new SendingLayers(5);
    for (int l = 0; l < 5; l++) {
      layers.stand(l, l == 0 ? 0 : 1, 1, 1);
      if (l > 0) {
        layers.begin(l).move(0, 10 * l);
      }
    }
    Traffic traffic = layers.on(two, 4, true);
    // Four circuits from tile 0 to tile 1 over a channel of two tracks.
    assertEquals(2, traffic.missingTracks());
    // A circuit has its track to itself.
    assertEquals(40, traffic.mostOfAll(0));
    Interconnect perPhase = channels(2, SwitchBox.DISJOINT, Configure.PER_LAYER);
    assertEquals(0, layers.on(perPhase, 4, false).missingTracks());
  }

  @Test
  void aCircuitKeepsItsTrackInADisjointBoxAndChangesItAtATurnInWiltons() {
    // Nodes 0 1 2 / 3 4 5 / 6 7 8; sites 0 1 2 / 5 4 3. Two tracks. East of node 0 track 0 is taken
    // by a circuit to node 1, north of node 1 a circuit to node 4 takes track 0. The way from 0 to
    // 4 goes east and turns north: disjoint takes track 1 all along. In Wilton's box the turn west
    // to north leads from track 1 to (2 - 1) mod 2 = 1.
    assertEquals(0, missing(SwitchBox.DISJOINT, 1));
    assertEquals(0, missing(SwitchBox.WILTON, 1));
    // One circuit more from 0 to 4: both tracks east of 0 and north of 1 are taken by then.
    assertEquals(1, missing(SwitchBox.DISJOINT, 2));
    assertEquals(1, missing(SwitchBox.WILTON, 2));
  }

  /** Tracks that are missing with so many circuits from tile 0 to tile 4. */
  private static int missing(SwitchBox box, int circuits) {
    SendingLayers layers = new SendingLayers(3);
    layers.stand(0, 0, 1, 1).stand(1, 1, 1, 1).stand(2, 4, 1, 1);
    layers.begin(1).move(0, 1).begin(2).move(1, 1);
    for (int i = 0; i < circuits; i++) {
      layers.move(0, 1);
    }
    return layers.on(channels(2, box, Configure.PER_NETWORK), 9, true).missingTracks();
  }

  @Test
  void theBoxesDifferInWhichCircuitsFit() {
    int differ = 0;
    for (long seed = 1; seed <= 60; seed++) {
      int disjoint =
          random(channels(4, SwitchBox.DISJOINT, Configure.PER_NETWORK), 30, true, seed)
              .missingTracks();
      int wilton =
          random(channels(4, SwitchBox.WILTON, Configure.PER_NETWORK), 30, true, seed)
              .missingTracks();
      differ += disjoint == wilton ? 0 : 1;
    }
    assertTrue(differ > 0);
  }

  @Test
  void moreTracksNeverMissMore() {
    for (SwitchBox box : SwitchBox.values()) {
      for (long seed = 1; seed <= 30; seed++) {
        int few = random(channels(2, box, Configure.PER_NETWORK), 20, true, seed).missingTracks();
        int many = random(channels(64, box, Configure.PER_NETWORK), 20, true, seed).missingTracks();
        assertTrue(many <= few, box.word() + " seed " + seed);
        assertEquals(0, many, box.word() + " seed " + seed);
      }
    }
  }
}
