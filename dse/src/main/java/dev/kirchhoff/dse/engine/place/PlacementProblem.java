package dev.kirchhoff.dse.engine.place;

import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.place.PlacementCost;
import dev.kirchhoff.mapper.traffic.Flows;
import java.util.function.IntUnaryOperator;

/** Units to place, and the neighbours of each site. */
final class PlacementProblem {
  /** Sites around a site to which a move may pull (assumed). */
  private static final int NEAR = 8;

  private final Flows flows;
  private final Fabric fabric;
  private final long loadWeight;
  private final int[][] near;
  private final int[] nearPort;

  PlacementProblem(Flows flows, Fabric fabric, long loadWeight) {
    this.flows = flows;
    this.fabric = fabric;
    this.loadWeight = loadWeight;
    int count = Math.min(NEAR, fabric.sites() - 1);
    near = new int[fabric.sites()][];
    for (int site = 0; site < near.length; site++) {
      int from = site;
      near[site] = nearest(count, to -> to == from ? Integer.MAX_VALUE : fabric.hops(from, to));
    }
    nearPort = nearest(Math.max(1, count), fabric::hopsToPort);
  }

  /** The nearest sites, of equally near ones the first. */
  private int[] nearest(int count, IntUnaryOperator hops) {
    int[] found = new int[count];
    int[] distance = new int[count];
    int known = 0;
    for (int site = 0; site < fabric.sites(); site++) {
      int own = hops.applyAsInt(site);
      int at = known;
      while (at > 0 && distance[at - 1] > own) {
        at--;
      }
      if (at < count) {
        int moved = Math.min(known, count - 1) - at;
        System.arraycopy(found, at, found, at + 1, moved);
        System.arraycopy(distance, at, distance, at + 1, moved);
        found[at] = site;
        distance[at] = own;
        known = Math.min(count, known + 1);
      }
    }
    return found;
  }

  PlacementCost newCost() {
    return new PlacementCost(flows, fabric, loadWeight);
  }

  Flows flows() {
    return flows;
  }

  Fabric fabric() {
    return fabric;
  }

  int[] near(int site) {
    return near[site];
  }

  int[] nearPort() {
    return nearPort;
  }
}
