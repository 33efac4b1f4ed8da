package dev.kirchhoff.mapper.bound;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.mapper.fabric.Fabric;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Least hops of a fabric wherever a layer lies: of bits from a tile to another, and of bits that go
 * from each of some consecutive tiles to the next. Hops between sites do not depend on the number
 * of sites, but for a mesh and a torus, of which neighbours in the order of sites stay neighbours.
 */
final class LeastHops {
  private static final int SITES = 128;

  private static final Map<Interconnect, LeastHops> KNOWN = new ConcurrentHashMap<>();

  private final int apart;
  private final int[] along;

  private LeastHops(Fabric fabric) {
    along = new int[SITES];
    int least = Integer.MAX_VALUE;
    for (int borders = 1; borders < SITES; borders++) {
      int most = Integer.MAX_VALUE;
      for (int first = 0; first + borders < SITES; first++) {
        int sum = 0;
        for (int border = first; border < first + borders; border++) {
          sum += fabric.hops(border, border + 1);
        }
        most = Math.min(most, sum);
        least = Math.min(least, fabric.hops(first, first + borders));
      }
      along[borders] = most;
    }
    apart = least;
  }

  /** The least hops of an interconnect. */
  static LeastHops of(Interconnect interconnect) {
    return KNOWN.computeIfAbsent(interconnect, of -> new LeastHops(Fabric.of(of, SITES)));
  }

  /** Hops between two tiles. */
  int apart() {
    return apart;
  }

  /** Hops over so many borders between consecutive tiles, together. */
  double along(double borders) {
    double whole = Math.floor(borders / (SITES - 1));
    return whole * along[SITES - 1] + along[(int) (borders - whole * (SITES - 1))];
  }
}
