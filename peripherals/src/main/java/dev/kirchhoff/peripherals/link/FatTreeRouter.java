package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;

/**
 * Router of the leaves' width of a fat tree (Leiserson, IEEE Trans. Computers C-34, 1985), and one
 * pitch of its wires. How many of both a tile has, those of wide levels counted by their width, and
 * how long a hop is, follows from the number of tiles, which the mapper counts (docs/circuits.md,
 * eq. 16).
 *
 * <p>A bit pays one router and the mean segment a hop, whatever the level: traffic that stays low
 * is priced too high, traffic over the root too low. Neglected: wider crossbars inside wide routers
 * (area is linear in width, as in {@link Router}).
 *
 * @param router router without links
 * @param pitch wires of a link, a pitch long
 */
public record FatTreeRouter(Router router, SheetCircuit pitch) implements Fabric {
  @Override
  public double bit_fJ(Account account) {
    return router.bit_fJ(account);
  }

  @Override
  public double pitch_fJ(Account account) {
    return pitch.energy_fJ(account);
  }

  @Override
  public HopTime hop(double cycle_ns) {
    return router.hop(pitch, cycle_ns);
  }

  @Override
  public double area_um2(Account account) {
    return router.area_um2(account);
  }

  @Override
  public double static_uW(Account account) {
    return router.static_uW(account);
  }
}
