package dev.kirchhoff.dse.engine.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.place.PlacementCost;
import dev.kirchhoff.mapper.traffic.Flows;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.optaplanner.core.config.solver.EnvironmentMode;

class RefinementTest {
  private static final long SEED = 20261125;
  private static final List<Topology> TOPOLOGIES =
      List.of(
          Topology.MESH,
          Topology.TORUS,
          Topology.H_TREE,
          Topology.FAT_TREE,
          Topology.RING,
          Topology.CONCENTRATED_MESH);

  private static Fabric fabric(Topology topology, int sites) {
    int perRouter = topology == Topology.CONCENTRATED_MESH ? 2 : 1;
    return Fabric.of(new Interconnect(topology, 64, perRouter, ComponentModel.standard()), sites);
  }

  /** Chains with branches, multicasts and the port, as networks have them. */
  private static Flows random(Random random, int units) {
    Flows.Builder builder = new Flows.Builder(units);
    builder.add(Flows.PORT, random.nextInt(units), 1 + random.nextInt(500));
    for (int u = 1; u < units; u++) {
      builder.add(random.nextInt(u), u, 1 + random.nextInt(1000));
    }
    for (int i = 0; i < units; i++) {
      int[] targets = random.ints(1 + random.nextInt(3), 0, units).toArray();
      builder.add(random.nextInt(units), targets, 1 + random.nextInt(1000));
    }
    builder.add(random.nextInt(units), Flows.PORT, 1 + random.nextInt(500));
    int half = (units + 1) / 2;
    return builder
        .run(IntStream.range(0, half).toArray())
        .run(IntStream.range(half, units).toArray())
        .build();
  }

  private static long cost(Flows flows, Fabric fabric, List<Integer> sites) {
    PlacementCost cost = new PlacementCost(flows, fabric, Refinement.LOAD_WEIGHT);
    cost.set(sites.stream().mapToInt(s -> s).toArray());
    return cost.cost();
  }

  private static long cheapest(PlacementCost cost, int unit, int units, boolean[] taken) {
    if (unit == units) {
      return cost.cost();
    }
    long least = Long.MAX_VALUE;
    for (int site = 0; site < taken.length; site++) {
      if (!taken[site]) {
        taken[site] = true;
        cost.move(unit, site);
        least = Math.min(least, cheapest(cost, unit + 1, units, taken));
        taken[site] = false;
      }
    }
    return least;
  }

  private static void holdsToTheExhaustiveOptimum(long seed, int mostUnits) {
    Random random = new Random(seed);
    for (Topology topology : TOPOLOGIES) {
      int units = mostUnits - random.nextInt(3);
      Flows flows = random(random, units);
      Fabric fabric = fabric(topology, units + random.nextInt(mostUnits - units + 1));
      PlacementCost cost = new PlacementCost(flows, fabric, Refinement.LOAD_WEIGHT);
      long least = cheapest(cost, 0, units, new boolean[fabric.sites()]);
      long ours =
          cost(
              flows,
              fabric,
              Refinement.sites(flows, fabric, seed, Refinement.moves(flows, fabric)));
      String where = "seed " + seed + ", " + topology + ", " + units + " units";
      assertTrue(ours >= least, where + ": below the optimum");
      assertTrue(ours <= 1.05 * least, where + ": " + ours + ", optimum " + least);
    }
  }

  /** A million sites, whose moves would take hours: the better start is the answer. */
  @Test
  @Timeout(60)
  void aMillionSitesAreAnsweredWithoutMovesAndAMillionUnitsInOrder() {
    Flows few = random(new Random(SEED), 20);
    Fabric large = fabric(Topology.MESH, 1_000_000);
    assertEquals(0, Refinement.moves(few, large));
    List<Integer> sites = Refinement.sites(few, large, SEED, 1_000);
    assertEquals(20, sites.stream().distinct().count());
    List<Integer> inOrder = IntStream.range(0, 20).boxed().toList();
    assertTrue(cost(few, large, sites) <= cost(few, large, inOrder));
    Flows many = random(new Random(SEED), 1_000_000);
    List<Integer> all = Refinement.sites(many, large, SEED, Refinement.moves(many, large));
    assertEquals(IntStream.range(0, 1_000_000).boxed().toList(), all);
  }

  @Test
  @Tag("slow")
  void smallPlacementsAreWithinFivePercentOfTheExhaustiveOptimum() {
    for (long seed = SEED; seed < SEED + 8; seed++) {
      holdsToTheExhaustiveOptimum(seed, 7);
    }
  }

  @Test
  @Tag("slow")
  void nineTilesAreWithinFivePercentOfTheExhaustiveOptimum() {
    for (long seed = SEED; seed < SEED + 25; seed++) {
      holdsToTheExhaustiveOptimum(seed, 9);
    }
  }

  @Test
  void sameSeedSamePlacementAndEachSiteOnce() {
    Flows flows = random(new Random(SEED), 20);
    Fabric fabric = fabric(Topology.MESH, 23);
    List<Integer> once = Refinement.sites(flows, fabric, 7, 3_000);
    assertEquals(once, Refinement.sites(flows, fabric, 7, 3_000));
    assertEquals(20, new TreeSet<>(once).size());
    assertTrue(once.stream().allMatch(s -> s >= 0 && s < 23));
  }

  @Test
  void neverWorseThanTheOrderOfSitesAndMovesAreNotForNothing() {
    for (Topology topology : TOPOLOGIES) {
      Flows flows = random(new Random(SEED), 40);
      Fabric fabric = fabric(topology, 40);
      List<Integer> inOrder = IntStream.range(0, 40).boxed().toList();
      long start = cost(flows, fabric, Refinement.sites(flows, fabric, 1, 0));
      long end = cost(flows, fabric, Refinement.sites(flows, fabric, 1, 40_000));
      assertTrue(start <= cost(flows, fabric, inOrder), topology.toString());
      assertTrue(end < start, topology + ": " + start + " to " + end);
    }
  }

  @Test
  void incrementalScoresAreThoseComputedAnew() {
    Flows flows = random(new Random(SEED), 12);
    for (Topology topology : TOPOLOGIES) {
      Refinement.sites(flows, fabric(topology, 14), 3, 600, EnvironmentMode.FULL_ASSERT);
    }
  }

  @Test
  void oneUnitOneSiteNoTrafficAndNoRoom() {
    Flows alone = new Flows.Builder(1).add(Flows.PORT, 0, 5).build();
    assertEquals(List.of(0), Refinement.sites(alone, fabric(Topology.MESH, 1), 1, 100));
    assertEquals(List.of(0), Refinement.sites(alone, fabric(Topology.RING, 3), 1, 100));
    Flows silent = new Flows.Builder(3).build();
    assertEquals(List.of(0, 1, 2), Refinement.sites(silent, fabric(Topology.MESH, 4), 1, 100));
    assertThrows(
        IllegalArgumentException.class,
        () -> Refinement.sites(silent, fabric(Topology.MESH, 2), 1, 100));
  }
}
