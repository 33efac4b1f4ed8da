package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;

/**
 * Interconnect circuit between tiles, as its file says; one instance is the share of a tile.
 *
 * <p>Words of the file: {@code energy.hop} is that of a bit at a node and {@code energy} that of a
 * bit on its wires, {@code time node} that of a hop. A file that states {@code time pitch} has
 * wires whose length follows from the number of tiles: its {@code energy} is that of one pitch,
 * which the mapper counts. {@code energy.configure} sets one of its {@code switches}; a fabric that
 * {@code holdsLink} sends no word before the last has arrived.
 */
public final class Fabric extends SheetCircuit {
  private static final Terms NODE = Terms.ofAction("hop", Term.ENERGY);
  private static final Terms WIRES = Terms.of(Term.ENERGY);
  private static final Terms CONFIGURE = Terms.ofAction("configure", Term.ENERGY);
  private static final String PITCH = "pitch";

  private final CircuitFile file;
  private final double cycle_ns;

  private Fabric(CircuitFile file, Solution solution, double cycle_ns) {
    super(solution);
    this.file = file;
    this.cycle_ns = cycle_ns;
  }

  /** A fabric of a circuit. */
  public static Fabric of(Circuits circuits, String circuit, TileLinks links) {
    return new Fabric(
        circuits.circuit(circuit).orElseThrow(),
        circuits.solve(circuit, TileLinks.VOCABULARY, links, links.process().node_nm()),
        links.cycle_ns());
  }

  private boolean isByPitch() {
    return solution().has(Term.TIME, PITCH);
  }

  /** Energy of one bit in one hop, without wires that are priced by pitch. */
  public double bit_fJ(Account account) {
    return isByPitch()
        ? energy_fJ(NODE, account)
        : solution().sum(account, Solution.Part.of(NODE, 1, ""), Solution.Part.of(WIRES, 1, ""));
  }

  /**
   * Energy of one bit over one pitch of the wires whose length follows from the number of tiles; 0
   * where a hop is as long whatever their number.
   */
  public double pitch_fJ(Account account) {
    if (isByPitch()) {
      return energy_fJ(WIRES, account);
    }
    account.formula("0").source("wires are in the energy of a hop");
    return 0;
  }

  /** Time of one hop. */
  public HopTime hop() {
    double wait_ns = isByPitch() ? cycle_ns : 0;
    boolean isHeld = file.behaviour().contains("holdsLink");
    return new HopTime(time_ns("node"), time_ns(PITCH), wait_ns, isHeld);
  }

  /** Configuration bits of an instance; 0 where nothing is configured. */
  public double configurationBits() {
    return solution().quantity("switches", 0);
  }

  /** Energy of writing a configuration bit, its way there left out. */
  public double configuration_fJ(Account account) {
    return energy_fJ(CONFIGURE, account);
  }
}
