package dev.kirchhoff.mapper.place;

import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.traffic.Flows;
import java.util.Arrays;

/**
 * A placement built unit by unit: next comes the unit that exchanges most bits with those already
 * placed (the port is placed from the start), and it takes the free site where these bits travel
 * the fewest hops, of equal ones the site nearest to the port.
 *
 * <p>Of a multicast every target counts with all its bits. Σ over pairs, U² + U · S · degree steps
 * for U units and S sites. Deterministic: of equal units the first.
 */
public final class GreedyPlacement {
  private final Flows flows;
  private final Fabric fabric;
  private final int[] siteOf;
  private final long[] pull;

  private GreedyPlacement(Flows flows, Fabric fabric) {
    this.flows = flows;
    this.fabric = fabric;
    siteOf = new int[flows.units()];
    Arrays.fill(siteOf, -1);
    pull = new long[flows.units()];
  }

  /**
   * Sites of all units.
   *
   * @throws IllegalArgumentException if there are fewer sites than units
   */
  public static int[] of(Flows flows, Fabric fabric) {
    if (fabric.sites() < flows.units()) {
      throw new IllegalArgumentException(
          "The fabric has " + fabric.sites() + " sites for " + flows.units() + " units.");
    }
    return new GreedyPlacement(flows, fabric).build();
  }

  private int[] build() {
    boolean[] taken = new boolean[fabric.sites()];
    for (int f = 0; f < flows.count(); f++) {
      pullAlong(f, Flows.PORT);
    }
    long[] hops = new long[fabric.sites()];
    for (int n = 0; n < siteOf.length; n++) {
      int unit = next();
      Arrays.fill(hops, 0);
      for (int i = 0; i < flows.flowsOf(unit); i++) {
        addHops(unit, flows.flowOf(unit, i), hops);
      }
      int best = -1;
      for (int site = 0; site < taken.length; site++) {
        if (!taken[site] && (best < 0 || isBetter(hops, site, best))) {
          best = site;
        }
      }
      taken[best] = true;
      siteOf[unit] = best;
      for (int i = 0; i < flows.flowsOf(unit); i++) {
        pullAlong(flows.flowOf(unit, i), unit);
      }
    }
    return siteOf;
  }

  private boolean isBetter(long[] hops, int site, int than) {
    return hops[site] < hops[than]
        || hops[site] == hops[than] && fabric.hopsToPort(site) < fabric.hopsToPort(than);
  }

  private int next() {
    int best = -1;
    for (int u = 0; u < siteOf.length; u++) {
      if (siteOf[u] < 0 && (best < 0 || pull[u] > pull[best])) {
        best = u;
      }
    }
    return best;
  }

  /** A flow with an end that now stands pulls its other ends. */
  private void pullAlong(int flow, int standing) {
    int source = flows.source(flow);
    long bits = flows.bits(flow);
    for (int t = 0; t < flows.targets(flow); t++) {
      int target = flows.target(flow, t);
      if (source == standing && target != Flows.PORT) {
        pull[target] += bits;
      } else if (target == standing && source != Flows.PORT) {
        pull[source] += bits;
      }
    }
  }

  private void addHops(int unit, int flow, long[] hops) {
    int source = flows.source(flow);
    if (source != unit) {
      addHops(source, flows.bits(flow), hops);
      return;
    }
    for (int t = 0; t < flows.targets(flow); t++) {
      addHops(flows.target(flow, t), flows.bits(flow), hops);
    }
  }

  private void addHops(int end, long bits, long[] hops) {
    if (end != Flows.PORT && siteOf[end] < 0) {
      return;
    }
    for (int site = 0; site < hops.length; site++) {
      hops[site] +=
          bits * (end == Flows.PORT ? fabric.hopsToPort(site) : fabric.hops(siteOf[end], site));
    }
  }
}
