package dev.kirchhoff.mapper.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;
import dev.kirchhoff.mapper.fabric.ConnectionRouter.Net;
import dev.kirchhoff.mapper.fabric.ConnectionRouter.Routing;
import dev.kirchhoff.mapper.fabric.ConnectionRouter.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Laws of connections laid by negotiation, on random nets. */
class ConnectionRouterTest {
  private static final long SEED = 20261125L;

  private static Mesh mesh(int sites) {
    return new Mesh(sites, 1, 1);
  }

  private static List<Net> nets(Random random, Mesh mesh, int count) {
    List<Net> nets = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      List<Integer> targets = new ArrayList<>();
      for (int t = 1 + random.nextInt(3); t > 0; t--) {
        targets.add(node(random, mesh));
      }
      nets.add(new Net(node(random, mesh), targets));
    }
    return nets;
  }

  private static int node(Random random, Mesh mesh) {
    int site = random.nextInt(mesh.sites() + 1);
    return site == mesh.sites() ? 0 : mesh.node(site);
  }

  /** Each connection is one piece that joins all its ends, through switches that the box has. */
  private static void isLaid(Mesh mesh, Net net, List<Wire> way, SwitchBox box, int tracks) {
    int source = Math.max(0, net.source());
    Set<Wire> reached = new HashSet<>();
    List<Wire> open = new ArrayList<>();
    for (Wire wire : way) {
      if (wire.from() == source || wire.to() == source) {
        reached.add(wire);
        open.add(wire);
      }
    }
    while (!open.isEmpty()) {
      Wire wire = open.remove(open.size() - 1);
      for (Wire next : way) {
        if (!reached.contains(next) && isJoined(mesh, wire, next, box, tracks)) {
          reached.add(next);
          open.add(next);
        }
      }
    }
    assertEquals(new HashSet<>(way), reached, net::toString);
    for (int target : net.targets()) {
      int end = Math.max(0, target);
      assertTrue(
          end == source || way.stream().anyMatch(w -> w.from() == end || w.to() == end),
          net::toString);
    }
  }

  private static boolean isJoined(Mesh mesh, Wire a, Wire b, SwitchBox box, int tracks) {
    for (int node : new int[] {a.from(), a.to()}) {
      if (node == b.from() || node == b.to()) {
        int in = side(mesh, node, a);
        int out = side(mesh, node, b);
        if (in != out && SwitchBoxes.track(box, tracks, a.track(), in, out) == b.track()) {
          return true;
        }
      }
    }
    return false;
  }

  private static int side(Mesh mesh, int node, Wire wire) {
    boolean isAlongTheRow = wire.to() - wire.from() == 1;
    assertTrue(isAlongTheRow || wire.to() - wire.from() == mesh.columns);
    if (node == wire.from()) {
      return isAlongTheRow ? Grid.EAST : Grid.NORTH;
    }
    return isAlongTheRow ? Grid.WEST : Grid.SOUTH;
  }

  @Test
  void aBoxJoinsTracksOneToOneAndBothWays() {
    for (SwitchBox box : SwitchBox.values()) {
      for (int width = 1; width <= 9; width++) {
        for (int in = 0; in < Grid.DIRECTIONS; in++) {
          for (int out = 0; out < Grid.DIRECTIONS; out++) {
            if (in == out) {
              continue;
            }
            Set<Integer> reached = new HashSet<>();
            for (int track = 0; track < width; track++) {
              int behind = SwitchBoxes.track(box, width, track, in, out);
              reached.add(behind);
              assertEquals(track, SwitchBoxes.track(box, width, behind, out, in), box.word());
            }
            assertEquals(width, reached.size(), box.word());
          }
        }
      }
    }
  }

  /**
   * Four tracks, from the thesis' rule: west to north W − t, north to east t + 1, east to south 2W
   * − 2 − t, south to west t + 1. The box turned by half a turn (t − 1 in place of t + 1) with its
   * tracks counted from the other end gives circuits of the same lengths, so that no figure of a
   * chip tells the two apart; the rule is the published one.
   */
  @Test
  void wiltonsBoxTurnsTracksAsPublished() {
    int[][] turns = {
      {Grid.WEST, Grid.NORTH, 0, 3, 2, 1},
      {Grid.NORTH, Grid.EAST, 1, 2, 3, 0},
      {Grid.EAST, Grid.SOUTH, 2, 1, 0, 3},
      {Grid.SOUTH, Grid.WEST, 1, 2, 3, 0},
      {Grid.WEST, Grid.EAST, 0, 1, 2, 3},
      {Grid.NORTH, Grid.SOUTH, 0, 1, 2, 3}
    };
    for (int[] turn : turns) {
      for (int track = 0; track < 4; track++) {
        int behind = SwitchBoxes.track(SwitchBox.WILTON, 4, track, turn[0], turn[1]);
        assertEquals(turn[2 + track], behind, turn[0] + " to " + turn[1] + ", track " + track);
      }
    }
  }

  /** Four tracks: W − 1 − t between west and north and between east and south, t elsewhere. */
  @Test
  void aUniversalBoxReversesTracksAtTwoOppositeCorners() {
    int[][] turns = {
      {Grid.WEST, Grid.NORTH, 3, 2, 1, 0},
      {Grid.EAST, Grid.SOUTH, 3, 2, 1, 0},
      {Grid.WEST, Grid.SOUTH, 0, 1, 2, 3},
      {Grid.EAST, Grid.NORTH, 0, 1, 2, 3},
      {Grid.WEST, Grid.EAST, 0, 1, 2, 3},
      {Grid.NORTH, Grid.SOUTH, 0, 1, 2, 3}
    };
    for (int[] turn : turns) {
      for (int track = 0; track < 4; track++) {
        String way = turn[0] + " to " + turn[1] + ", track " + track;
        assertEquals(
            turn[2 + track],
            SwitchBoxes.track(SwitchBox.UNIVERSAL, 4, track, turn[0], turn[1]),
            way);
        assertEquals(track, SwitchBoxes.track(SwitchBox.DISJOINT, 4, track, turn[0], turn[1]), way);
      }
    }
  }

  @Test
  void legalCircuitsShareNoWireAndJoinTheirEnds() {
    for (long seed = SEED; seed < SEED + 40; seed++) {
      Random random = new Random(seed);
      Mesh mesh = mesh(2 + random.nextInt(24));
      List<Net> nets = nets(random, mesh, 1 + random.nextInt(30));
      for (SwitchBox box : SwitchBox.values()) {
        int tracks = ConnectionRouter.fewestTracks(mesh, nets, box);
        int firstFit = ConnectionRouter.firstFitTracks(mesh, nets, box);
        assertTrue(tracks <= firstFit, tracks + " against " + firstFit + ", seed " + seed);
        if (tracks == 0 || tracks == firstFit) {
          continue;
        }
        Routing routing = ConnectionRouter.route(mesh, nets, box, tracks);
        assertTrue(routing.isLegal(), "seed " + seed);
        assertEquals(0, routing.shared());
        Map<Wire, Integer> users = new HashMap<>();
        for (int n = 0; n < nets.size(); n++) {
          List<Wire> way = routing.ways().get(n);
          isLaid(mesh, nets.get(n), way, box, tracks);
          way.forEach(wire -> users.merge(wire, 1, Integer::sum));
        }
        assertTrue(users.values().stream().allMatch(number -> number == 1), "seed " + seed);
      }
    }
  }

  @Test
  void sameCircuitsSameWays() {
    Mesh mesh = mesh(25);
    List<Net> nets = nets(new Random(SEED), mesh, 40);
    Routing once = ConnectionRouter.route(mesh, nets, SwitchBox.WILTON, 5);
    assertEquals(once, ConnectionRouter.route(mesh, nets, SwitchBox.WILTON, 5));
  }

  @Test
  void aConnectionGoesAroundAFullChannel() {
    // 0 1 / 3 2 as nodes 0 1 / 2 3. Two connections from 0 to 1 on one track: one goes around.
    Mesh mesh = mesh(4);
    List<Net> nets = List.of(new Net(0, List.of(1)), new Net(0, List.of(1)));
    assertEquals(2, ConnectionRouter.firstFitTracks(mesh, nets, SwitchBox.DISJOINT));
    assertEquals(1, ConnectionRouter.fewestTracks(mesh, nets, SwitchBox.DISJOINT));
    Routing routing = ConnectionRouter.route(mesh, nets, SwitchBox.DISJOINT, 1);
    assertEquals(4, routing.wires());
    List<Net> three = new ArrayList<>(nets);
    three.add(new Net(0, List.of(1)));
    assertFalse(ConnectionRouter.route(mesh, three, SwitchBox.DISJOINT, 1).isLegal());
    assertEquals(2, ConnectionRouter.fewestTracks(mesh, three, SwitchBox.WILTON));
  }

  /**
   * Values that thousands of tiles take from each of dozens: more than can be laid around each
   * other. It ends in seconds, and says so; connections that are not reached have their fixed ways.
   */
  @Test
  @Tag("slow")
  void whatCannotBeLaidInTimeTakesItsFixedWay() {
    Mesh mesh = mesh(4900);
    Random random = new Random(SEED);
    List<Integer> all = new ArrayList<>();
    for (int site = 0; site < mesh.sites(); site++) {
      all.add(mesh.node(site));
    }
    List<Net> nets = new ArrayList<>();
    for (int n = 0; n < 24; n++) {
      nets.add(new Net(node(random, mesh), all));
    }
    for (SwitchBox box : SwitchBox.values()) {
      assertTimeout(
          Duration.ofSeconds(60),
          () -> {
            Routing routing = ConnectionRouter.route(mesh, nets, box, 40);
            assertFalse(routing.isLegal());
            isLaid(mesh, nets.get(23), routing.ways().get(23), box, 40);
            assertTrue(ConnectionRouter.fewestTracks(mesh, nets, box) >= 24);
          });
    }
    Routing few = ConnectionRouter.route(mesh, nets.subList(0, 1), SwitchBox.WILTON, 1);
    assertTrue(few.isLegal(), few.shared() + " shared");
  }

  @Test
  void aFabricOfTooManyWiresHasFixedWays() {
    Mesh mesh = mesh(4900);
    List<Net> nets = List.of(new Net(0, List.of(7)), new Net(0, List.of(3)), new Net(9, List.of()));
    Routing routing = ConnectionRouter.route(mesh, nets, SwitchBox.UNIVERSAL, 1024);
    assertFalse(routing.isLegal());
    assertEquals(List.of(7, 3, 0), routing.ways().stream().map(List::size).toList());
    assertEquals(3, routing.shared());
  }

  /** Wilton's box needs fewer tracks than a disjoint one: the finding of his thesis. */
  @Test
  @Tag("slow")
  void wiltonsBoxNeedsNoMoreTracksThanADisjointOne() {
    int[] sum = new int[SwitchBox.values().length];
    int firstFit = 0;
    for (long seed = SEED; seed < SEED + 12; seed++) {
      Random random = new Random(seed);
      Mesh mesh = mesh(36);
      List<Net> nets = nets(random, mesh, 120);
      for (SwitchBox box : SwitchBox.values()) {
        sum[box.ordinal()] += ConnectionRouter.fewestTracks(mesh, nets, box);
      }
      firstFit += ConnectionRouter.firstFitTracks(mesh, nets, SwitchBox.DISJOINT);
    }
    String found =
        "disjoint, universal, wilton "
            + List.of(sum[0], sum[1], sum[2])
            + ", first fit "
            + firstFit;
    assertTrue(sum[SwitchBox.WILTON.ordinal()] <= sum[SwitchBox.DISJOINT.ordinal()], found);
    assertTrue(sum[SwitchBox.DISJOINT.ordinal()] < firstFit, found);
  }
}
