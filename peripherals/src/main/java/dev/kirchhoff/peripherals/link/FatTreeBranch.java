package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.peripherals.circuit.Account;

/**
 * A tile's share of a fat tree: routers of arity k and links that get wider upwards by k/t, with t
 * the taper (Leiserson, IEEE Trans. Computers C-34, 1985; docs/circuits.md, eq. 82). Level j above
 * the leaves has k^−(j+1) routers a tile, (k/t)^j times as wide: together Σ_j t^−j / k routers of
 * the leaves' width. Its links are √k^(j+1)/2 pitches long in a square layout: Σ_j √k/2 · (√k/t)^j
 * pitches a tile each way.
 *
 * <p>A bit pays one router and the mean segment a hop, whatever the level: traffic that stays low
 * is priced too high, traffic over the root too low. Neglected: wider crossbars inside wide routers
 * (area is linear in width, as in {@link Router}). Levels follow from the tiles of the chip, 64
 * where their number follows from the workload.
 */
public final class FatTreeBranch implements Fabric {
  private final Router router;
  private final Wires wires;
  private final double routers;

  /**
   * A branch.
   *
   * @param router of the leaves' width, with the mean segment as its link
   * @param wires of the leaves' width, as long as all wires of a tile's share
   */
  public FatTreeBranch(Router router, Wires wires, Interconnect.Tree tree, double tiles) {
    this.router = router;
    this.wires = wires;
    routers = routers(tree, tiles);
  }

  /** Levels of links over so many tiles. */
  public static double levels(Interconnect.Tree tree, double tiles) {
    return Math.max(1, Math.ceil(StrictMath.log(tiles) / StrictMath.log(tree.arity()) - 1e-9));
  }

  /** Routers a tile, those of wide levels counted by their width. */
  static double routers(Interconnect.Tree tree, double tiles) {
    double sum = 0;
    double share = 1.0 / tree.arity();
    for (int level = 0; level < levels(tree, tiles); level++) {
      sum += share;
      share /= tree.taper();
    }
    return sum;
  }

  /** Pitches of wire a tile, both ways, those of wide levels counted by their width. */
  public static double pitches(Interconnect.Tree tree, double tiles) {
    double side = Math.sqrt(tree.arity());
    double sum = 0;
    double length = side / 2;
    for (int level = 0; level < levels(tree, tiles); level++) {
      sum += length;
      length *= side / tree.taper();
    }
    return 2 * sum;
  }

  @Override
  public double bit_fJ(Account account) {
    return router.bit_fJ(account);
  }

  @Override
  public double hop_ns(double cycle_ns) {
    return router.hop_ns(cycle_ns);
  }

  @Override
  public double area_um2(Account account) {
    double wires_um2 = wires.area_um2(Account.CLOSED);
    double router_um2 = router.area_um2(account);
    if (account.isOpen()) {
      account.formula("(" + account.formula() + ") x # + # um2", routers, wires_um2);
    }
    return router_um2 * routers + wires_um2;
  }

  @Override
  public double static_uW(Account account) {
    double wires_uW = wires.static_uW(Account.CLOSED);
    double router_uW = router.static_uW(account);
    if (account.isOpen()) {
      account.formula("(" + account.formula() + ") x # + # uW", routers, wires_uW);
    }
    return router_uW * routers + wires_uW;
  }
}
