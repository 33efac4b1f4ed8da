package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceFigure;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;
import java.util.OptionalDouble;

/**
 * Array of cells on wordlines and bitlines, as its file says; its columns add up currents, charges
 * or bits.
 *
 * <p>Words of the file: {@code energy.cell} is that of a cell at its largest, read with the largest
 * input, {@code power.cell} what it draws while it conducts, {@code power.sneak} what half-selected
 * cells draw; {@code energy.column} gets one column ready for a pass. {@code capacitance wordline},
 * {@code bitline} and {@code inputs}, a line that carries inputs beside a wordline of gates, are of
 * whole lines; {@code voltage read} is the supply of a cell's energy. The wire of a line between
 * two cells has the {@code resistance wordline} and {@code bitline} unless the spec states one;
 * {@code excess} is by how much a stated width is beyond what the layer allows.
 */
public final class CellArray extends SheetCircuit {
  private static final Terms CELL_POWER = Terms.ofAction("cell", Term.POWER);
  private static final Terms CELL_ENERGY = Terms.ofAction("cell", Term.ENERGY);
  private static final Terms SNEAK = Terms.ofAction("sneak", Term.POWER);
  private static final Terms COLUMN = Terms.ofAction("column", Term.ENERGY);

  private final ArrayCells cells;

  private CellArray(Solution solution, ArrayCells cells) {
    super(solution);
    this.cells = cells;
  }

  /** An array of a circuit. */
  public static CellArray of(Circuits circuits, String circuit, ArrayCells cells) {
    double node_nm = cells.process().node_nm();
    return new CellArray(circuits.solve(circuit, ArrayCells.VOCABULARY, cells, node_nm), cells);
  }

  /** Its cells. */
  public ArrayCells cells() {
    return cells;
  }

  /** Side of a cell. */
  public double pitch_um() {
    return solution().quantity("pitch", 0);
  }

  /** Resistance of a wordline between two cells; 0 where it is not modelled. */
  public double wordlineSegment_ohm() {
    return segment_ohm("wordline", cells.crossbar().wires().wordline_ohm());
  }

  /** Resistance of a bitline between two cells; 0 where no current flows while a column adds up. */
  public double bitlineSegment_ohm() {
    return segment_ohm("bitline", cells.crossbar().wires().bitline_ohm());
  }

  private double segment_ohm(String line, OptionalDouble stated_ohm) {
    double wire_ohm = solution().value(Term.RESISTANCE, line, 0) * Units.OHM_PER_MOHM;
    return wire_ohm == 0 ? 0 : stated_ohm.orElse(wire_ohm);
  }

  /** Width of lines beyond what the layer allows: too wide for the pitch, or below the least. */
  public double excessWidth_um() {
    return Math.max(0, solution().quantity("excess", 0));
  }

  /** Capacitance of a whole wordline. */
  public double wordline_fF() {
    return solution().value(Term.CAPACITANCE, "wordline", 0);
  }

  /** Capacitance of a whole bitline. */
  public double bitline_fF() {
    return solution().value(Term.CAPACITANCE, "bitline", 0);
  }

  /** Capacitance of a line that carries inputs beside a wordline of gates. */
  public double inputLine_fF() {
    return solution().value(Term.CAPACITANCE, "inputs", wordline_fF());
  }

  /** Supply that the energy of a cell is drawn from. */
  public double readSupply_V() {
    return solution().value(Term.VOLTAGE, "read", cells.process().supply_V());
  }

  /**
   * Energy of a cell at its largest, read with the largest input.
   *
   * @param conduct_ns time that cells conduct in a pass
   */
  public double cellRead_fJ(double conduct_ns, Account account) {
    double read_fJ =
        solution()
            .sum(
                account,
                Solution.Part.of(CELL_POWER, conduct_ns, "ns"),
                Solution.Part.of(CELL_ENERGY, 1, ""));
    return isOfDevice()
        ? of("conductance", DeviceFigure.RESISTANCE_LOW, read_fJ, account)
        : read_fJ;
  }

  @Override
  public double area_um2(Account account) {
    double area_um2 = super.area_um2(account);
    boolean isStated = cells.cell().device().givenCellArea_F2().isPresent();
    return isOfDevice() || isStated ? of("cell", DeviceFigure.AREA, area_um2, account) : area_um2;
  }

  /** True if its device conducts, so that figures are the device's. */
  private boolean isOfDevice() {
    return solution().has(CELL_POWER);
  }

  /** A value whose source begins with that of the device's figure. */
  private double of(String what, DeviceFigure figure, double value, Account account) {
    if (account.isOpen()) {
      Device device = cells.cell().device();
      String word = device.provenance().word(figure);
      account.source(what + ": " + device.name() + ", " + word + "; " + account.source());
    }
    return value;
  }

  /**
   * Energy of a pass that flows through half-selected cells.
   *
   * @param conduct_ns time that rows are driven in a pass
   */
  public double halfSelect_fJ(double conduct_ns, Account account) {
    return solution().sum(account, Solution.Part.of(SNEAK, conduct_ns, "ns"));
  }

  /** Energy of getting one column ready for a pass. */
  public double columnSettle_fJ(Account account) {
    return energy_fJ(COLUMN, account);
  }
}
