package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.PowerLaw;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;

/**
 * Router of a mesh, torus, ring or fat tree with its outgoing links (docs/circuits.md, eq. 14 and
 * 15). Read: 4 and 8 ports of 32 bits at 32 nm in the PUMA simulator (Orion 2.0): 0.047 / 0.116
 * mm2, 16.13 / 51.48 mW at 1 GHz with every port busy. Hence 126 fJ a bit x (p/4)^0.67, 0.047 mm2 x
 * (p/4)^1.30 x width/32; width assumed linear (buffers). Leakage as logic of that area (high
 * performance gives 0.36 / 0.88 mW, PUMA 0.41 / 1.04). ISAAC's own router: 0.151 mm2, 42 mW, 81 fJ
 * a bit. Scaled as logic. A bit also pays the wire to the next router; area and leakage hold the
 * wires and repeaters of all outgoing links. Three ports (a ring) continue the power law.
 * Neglected: contention, which the mapper counts.
 */
public final class Router implements Fabric {
  private static final double NODE_NM = 32;
  private static final double BIT_FJ = 126;
  private static final double AREA_UM2 = 47_000;
  private static final double BASE_PORTS = 4;
  private static final PowerLaw ENERGY_POWER = new PowerLaw(0.67);
  private static final PowerLaw AREA_POWER = new PowerLaw(1.30);
  private static final double CYCLES = 2;
  private static final String SOURCE =
      "router of 4 and 8 ports at 32 nm (PUMA simulator, doi 10.1145/3297858.3304049; Orion"
          + " 2.0), power law through both (fitted);"
          + " logic scaling";

  private final Process process;
  private final int ports;
  private final int width;
  private final SheetCircuit link;
  private final double portsOnEnergy;
  private final double portsOnArea;
  private final double delay_ns;

  /**
   * A router of a number of ports and a width.
   *
   * @param link as long as one link, laid as often as links leave the router
   */
  public Router(Process process, int ports, int width, SheetCircuit link) {
    this(process, ports, width, link, link.time_ns(Wiring.DELAY));
  }

  /**
   * A router whose links differ in length.
   *
   * @param link as long as the mean link, laid as often as links leave the router
   * @param delay_ns delay of a common link
   */
  public Router(Process process, int ports, int width, SheetCircuit link, double delay_ns) {
    this.delay_ns = delay_ns;
    this.process = process;
    this.ports = ports;
    this.width = width;
    this.link = link;
    portsOnEnergy = ENERGY_POWER.of(ports / BASE_PORTS);
    portsOnArea = AREA_POWER.of(ports / BASE_PORTS);
  }

  /** Energy of one bit over one hop: the router and the wire to the next. */
  @Override
  public double bit_fJ(Account account) {
    double factor = process.energyFactor(ScalingClass.LOGIC, NODE_NM, Process.FIT_SUPPLY_V);
    double wire_fJ = link.energy_fJ(Account.CLOSED);
    if (account.isOpen()) {
      account
          .formula("126 fJ x (# / 4)^0.67 x # + # fJ", ports, factor, wire_fJ)
          .source(SOURCE + "; wire 0.2 fF/um");
    }
    return BIT_FJ * portsOnEnergy * factor + wire_fJ;
  }

  @Override
  public double area_um2(Account account) {
    double factor = process.areaFactor(ScalingClass.LOGIC, NODE_NM);
    double wires_um2 = link.area_um2(Account.CLOSED);
    if (account.isOpen()) {
      account
          .formula("47000 um2 x (# / 4)^1.3 x # / 32 x # + # um2", ports, width, factor, wires_um2)
          .source(SOURCE);
    }
    return router_um2(factor) + wires_um2;
  }

  private double router_um2(double factor) {
    return AREA_UM2 * portsOnArea * width / 32 * factor;
  }

  @Override
  public double static_uW(Account account) {
    double factor = process.areaFactor(ScalingClass.LOGIC, NODE_NM);
    double router_uW = process.leakage_uW(router_um2(factor), account);
    double wires_uW = link.static_uW(Account.CLOSED);
    if (account.isOpen()) {
      account.formula("(" + account.formula() + ") + # uW", wires_uW);
    }
    return router_uW + wires_uW;
  }

  /** Time of one hop: two cycles in the router (assumed) and the wire, in whole cycles. */
  @Override
  public HopTime hop(double cycle_ns) {
    return HopTime.fixed((CYCLES + HopTime.cycles(delay_ns, cycle_ns)) * cycle_ns);
  }

  /** Time of one hop over wires whose length follows from the number of tiles. */
  HopTime hop(SheetCircuit pitch, double cycle_ns) {
    return new HopTime(CYCLES * cycle_ns, pitch.time_ns(Wiring.DELAY), cycle_ns, false);
  }
}
