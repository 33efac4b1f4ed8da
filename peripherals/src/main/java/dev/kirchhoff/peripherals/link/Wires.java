package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Parallel repeated wires of a length: a bus, or a tile's share of an H-tree (docs/circuits.md, eq.
 * 78 and 79). A bit costs 1/4 x 1.4 x 0.2 fF/um x V^2 x length: random data rise once in four,
 * repeaters add 0.4 of the wire (assumed; DNN+NeuroSim measures 1.35 to 1.4 of bare wire from 130
 * to 7 nm). Area: wires x 12F x length, the pitch fitted to ISAAC's bus (0.09 mm2 for 384 wires
 * over a tile of 0.6 mm at 32 nm, repeaters included). Neglected: coupling, low-swing signalling.
 */
public final class Wires implements Circuit {
  private static final double PITCH_F = 12;
  private static final double DELAY_NS_PER_UM = 0.35e-3;
  private static final String SOURCE =
      "wire 0.2 fF/um (ITRS), activity 1/4, repeaters 1.4 (assumed); pitch 12F fitted to ISAAC's"
          + " bus (doi 10.1109/ISCA.2016.12)";

  private final Process process;
  private final int width;
  private final double length_um;
  private final double laid_um;

  /**
   * Wires.
   *
   * @param width wires side by side
   * @param length_um length that one bit travels
   * @param laid_um length of wire laid down per instance, for area and leakage
   */
  public Wires(Process process, int width, double length_um, double laid_um) {
    this.process = process;
    this.width = width;
    this.length_um = length_um;
    this.laid_um = laid_um;
  }

  /** Energy of one bit over the length. */
  public double bit_fJ(Account account) {
    double v = process.supply_V();
    if (account.isOpen()) {
      account.formula("0.25 x 1.4 x 0.2 fF/um x # um x (# V)^2", length_um, v).source(SOURCE);
    }
    return process.repeatedWire_fJPerUm() * length_um;
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen()) {
      account.formula("# x 12 x # um x # um", width, process.feature_um(), laid_um).source(SOURCE);
    }
    return width * PITCH_F * process.feature_um() * laid_um;
  }

  /**
   * Leakage of repeaters: one of 48 unit inverters every 200 um, a quarter of a gate a um of wire
   * at 28 nm (assumed; as measured on DNN+NeuroSim).
   */
  @Override
  public double static_uW(Account account) {
    double gatesPerUm = 0.25;
    if (account.isOpen()) {
      account
          .formula("# x # um x 0.25 x # uW", width, laid_um, process.gateLeakage_uW())
          .source(
              "repeaters: a quarter gate per um of wire (assumed; DNN+NeuroSim measures 1.4 to"
                  + " 2.8 nW/mm)");
    }
    return width * laid_um * gatesPerUm * process.gateLeakage_uW();
  }

  /**
   * Delay of the length over repeated wires: 0.35 ns/mm (assumed; DNN+NeuroSim measures 0.23 to
   * 0.69, low power).
   */
  public double delay_ns() {
    return DELAY_NS_PER_UM * length_um;
  }
}
