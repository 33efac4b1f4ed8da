package dev.kirchhoff.mapper.place;

import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.traffic.Flows;
import java.util.Arrays;

/**
 * Cost of a placement on a fabric, updated move by move for a solver that tries millions.
 *
 * <p>Bit-hops = Σ bits × links of the route, for a multicast the links of the union of its routes;
 * the way through the port included. Times the energy of a bit and hop that is the energy of the
 * traffic. The load of a link is the bits that cross it in one inference. All are whole numbers, so
 * that any order of moves gives the same result.
 *
 * <p>Cost = bit-hops + {@code loadWeight} × load of the most loaded link, of a wide link in widths
 * of a plain one. Neglected: when flows happen. Two units may stand on one site for a while;
 * callers forbid it.
 */
public final class PlacementCost {
  /** Links of all routes, at most, up to which these are kept in a table: 32 MB. */
  private static final long TABLE_LINKS = 8_000_000;

  /** Ends between which routes may be that short: each but its own is a hop away. */
  private static final int MOST_ENDS = 2_828;

  private final Flows flows;
  private final Fabric fabric;
  private final long loadWeight;
  private final int portEnd;
  private final int[] siteOf;
  private final long[] loads;
  private final double[] perCapacity;
  private final int[] seenLink;
  private final int[] seenFlow;
  private final int[] touched;
  private int linkStamp;
  private int flowStamp;
  private final int[] route;

  /** Links of the routes between all ends, one after another; empty where they are too many. */
  private final int[] routes;

  /** By pair of ends, where its route begins in {@link #routes}. */
  private final int[] routeStart;

  private long bitHops;

  /** The largest load, and a link that has it; −1 where it must be looked for. */
  private double mostLoad;

  private int mostLink = -1;

  /**
   * The cost of placements, all units on site 0 at first.
   *
   * @param loadWeight bit-hops that a bit on the most loaded link counts as
   */
  public PlacementCost(Flows flows, Fabric fabric, long loadWeight) {
    this.flows = flows;
    this.fabric = fabric;
    this.loadWeight = loadWeight;
    portEnd = fabric.sites();
    siteOf = new int[flows.units()];
    loads = new long[fabric.links()];
    perCapacity = new double[fabric.links()];
    Arrays.setAll(perCapacity, link -> 1 / fabric.capacity(link));
    seenLink = new int[fabric.links()];
    seenFlow = new int[flows.count()];
    touched = new int[flows.count()];
    route = new int[fabric.diameter() + 1];
    int ends = linksOfAllRoutes() <= TABLE_LINKS ? portEnd + 1 : 0;
    routeStart = new int[ends * ends + 1];
    routes = tabulate(ends);
    for (int f = 0; f < flows.count(); f++) {
      change(f, 1);
    }
  }

  /** Links of the routes between all ends; more than are kept where there are too many to ask. */
  private long linksOfAllRoutes() {
    if (portEnd > MOST_ENDS) {
      return Long.MAX_VALUE;
    }
    long sum = 0;
    for (int from = 0; from < portEnd; from++) {
      sum += 2L * fabric.hopsToPort(from);
      for (int to = 0; to < portEnd; to++) {
        sum += fabric.hops(from, to);
      }
    }
    return sum;
  }

  private int[] tabulate(int ends) {
    int[] found = new int[ends * ends];
    int position = 0;
    for (int from = 0; from < ends; from++) {
      for (int to = 0; to < ends; to++) {
        int length = route(from, to);
        if (position + length > found.length) {
          found = Arrays.copyOf(found, 2 * (position + length));
        }
        System.arraycopy(route, 0, found, position, length);
        position += length;
        routeStart[from * ends + to + 1] = position;
      }
    }
    return found;
  }

  private int route(int from, int to) {
    if (from == to) {
      return 0;
    }
    if (from == portEnd) {
      return fabric.routeFromPort(to, route);
    }
    return to == portEnd ? fabric.routeToPort(from, route) : fabric.route(from, to, route);
  }

  /** Places all units. */
  public void set(int[] sites) {
    int[] all = new int[sites.length];
    Arrays.setAll(all, u -> u);
    move(all, sites, sites.length);
  }

  /** Moves one unit. */
  public void move(int unit, int site) {
    if (siteOf[unit] == site) {
      return;
    }
    for (int i = 0; i < flows.flowsOf(unit); i++) {
      change(flows.flowOf(unit, i), -1);
    }
    siteOf[unit] = site;
    for (int i = 0; i < flows.flowsOf(unit); i++) {
      change(flows.flowOf(unit, i), 1);
    }
  }

  /** Moves the first {@code count} units to the first sites at once. */
  public void move(int[] units, int[] sites, int count) {
    flowStamp++;
    int changed = 0;
    for (int k = 0; k < count; k++) {
      int unit = units[k];
      if (siteOf[unit] == sites[k]) {
        continue;
      }
      for (int i = 0; i < flows.flowsOf(unit); i++) {
        int flow = flows.flowOf(unit, i);
        if (seenFlow[flow] != flowStamp) {
          seenFlow[flow] = flowStamp;
          touched[changed++] = flow;
        }
      }
    }
    for (int i = 0; i < changed; i++) {
      change(touched[i], -1);
    }
    for (int k = 0; k < count; k++) {
      siteOf[units[k]] = sites[k];
    }
    for (int i = 0; i < changed; i++) {
      change(touched[i], 1);
    }
  }

  /** Adds a flow where its ends stand now, or takes it away. */
  private void change(int flow, int sign) {
    long bits = sign * flows.bits(flow);
    int source = flows.source(flow);
    int from = end(source);
    int targets = flows.targets(flow);
    int hops = 0;
    if (targets > 1) {
      linkStamp++;
    }
    for (int t = 0; t < targets; t++) {
      hops += walk(from, end(flows.target(flow, t)), bits, targets > 1);
    }
    bitHops += bits * hops;
  }

  /**
   * Changes the load of a link. The largest load stays known unless its own link loses: a loss
   * elsewhere lowers no maximum, and a gain is compared with it.
   */
  private void load(int link, long bits) {
    loads[link] += bits;
    if (bits < 0) {
      mostLink = link == mostLink ? -1 : mostLink;
    } else if (mostLink >= 0) {
      double load = loads[link] * perCapacity[link];
      if (load > mostLoad) {
        mostLoad = load;
        mostLink = link;
      }
    }
  }

  private int walk(int from, int to, long bits, boolean once) {
    int[] links = route;
    int start = 0;
    int end;
    if (routeStart.length > 1) {
      int pair = from * (portEnd + 1) + to;
      links = routes;
      start = routeStart[pair];
      end = routeStart[pair + 1];
    } else {
      end = route(from, to);
    }
    if (!once) {
      for (int i = start; i < end; i++) {
        load(links[i], bits);
      }
      return end - start;
    }
    int fresh = 0;
    for (int i = start; i < end; i++) {
      int link = links[i];
      if (seenLink[link] != linkStamp) {
        seenLink[link] = linkStamp;
        load(link, bits);
        fresh++;
      }
    }
    return fresh;
  }

  private int end(int unit) {
    return unit == Flows.PORT ? portEnd : siteOf[unit];
  }

  /** Site of a unit. */
  public int siteOf(int unit) {
    return siteOf[unit];
  }

  /** Sites of all units. */
  public int[] sites() {
    return siteOf.clone();
  }

  /** Σ bits × hops of one inference. */
  public long bitHops() {
    return bitHops;
  }

  /** Links of a flow as it stands, those of all its routes once. */
  public int[] links(int flow) {
    linkStamp++;
    int[] found = new int[fabric.links()];
    int count = 0;
    int from = end(flows.source(flow));
    for (int t = 0; t < flows.targets(flow); t++) {
      int length = route(from, end(flows.target(flow, t)));
      for (int i = 0; i < length; i++) {
        if (seenLink[route[i]] != linkStamp) {
          seenLink[route[i]] = linkStamp;
          found[count++] = route[i];
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** The most loaded link, of equal ones the first; −1 if there is none. */
  public int mostLoaded() {
    int most = -1;
    for (int link = 0; link < loads.length; link++) {
      boolean isMore =
          most < 0 || loads[link] * perCapacity[link] > loads[most] * perCapacity[most];
      most = loads[link] > 0 && isMore ? link : most;
    }
    return most;
  }

  /** Bits that cross a link in one inference. */
  public long load(int link) {
    return loads[link];
  }

  /** Bits on the most loaded link, of a wide link those on a plain one's width of it. */
  public long mostLoad() {
    if (mostLink < 0) {
      mostLoad = 0;
      for (int link = 0; link < loads.length; link++) {
        double load = loads[link] * perCapacity[link];
        if (load > mostLoad) {
          mostLoad = load;
          mostLink = link;
        }
      }
    }
    return (long) Math.ceil(mostLoad);
  }

  /**
   * Links that are walked over when a unit moves, on the mean of all units as they stand: what a
   * move costs to compute.
   */
  public double linksPerMove() {
    double sum = 0;
    for (int f = 0; f < flows.count(); f++) {
      int from = end(flows.source(f));
      long length = 0;
      int ends = flows.source(f) == Flows.PORT ? 0 : 1;
      for (int t = 0; t < flows.targets(f); t++) {
        length += hops(from, end(flows.target(f, t)));
        ends += flows.target(f, t) == Flows.PORT ? 0 : 1;
      }
      sum += (double) ends * length;
    }
    return flows.units() == 0 ? 0 : 2 * sum / flows.units();
  }

  private int hops(int from, int to) {
    if (from == to) {
      return 0;
    }
    if (from == portEnd) {
      return fabric.hopsToPort(to);
    }
    return to == portEnd ? fabric.hopsToPort(from) : fabric.hops(from, to);
  }

  /** Bit-hops, and the most loaded link by its weight. */
  public long cost() {
    return loadWeight == 0 ? bitHops : bitHops + loadWeight * mostLoad();
  }
}
