package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceFigure;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Size of one cell: the larger of the device's F^2 figure and, for 1T1R, of an access transistor
 * wide enough for the write current, (W + 2F) x 4F with W = I_write/I_on. Where the device's figure
 * is larger than that, the transistor is as wide as half of the cell has room for: cells are large
 * for the sake of their transistor (NeuRRAM's 126 F^2 give 2.1 fF of wordline a cell, as its model
 * in CiMLoop has). The pitch is the side of a square of that area in both directions.
 *
 * <p>A two-terminal cell without a transistor stands where two array wires cross, with its selector
 * on top: the side is their pitch, which is the 4 F^2 of a crosspoint with F half of that pitch.
 * Its device's figure, which holds for a cell with a transistor, counts only where the spec gives
 * it.
 *
 * <p>Assumed: 2F between transistors, 4F along the channel, square cells. Neglected: thick-oxide
 * channel lengths where the write voltage is far above the supply, shared source lines, crosspoints
 * in several layers.
 */
public final class CellGeometry {
  private static final double SPACING_F = 2;
  private static final double LENGTH_F = 4;

  private final Process process;
  private final Cell cell;
  private final double access_um;

  /** Geometry of a cell on a process. */
  public CellGeometry(Process process, Cell cell) {
    this.process = process;
    this.cell = cell;
    boolean transistor = cell.access() == Access.ONE_TRANSISTOR;
    double needed_um = cell.device().write().current_uA() / process.nominalOnCurrent_uAPerUm();
    double half_F2 = cell.device().cellArea_F2() / 2;
    double room_um = (half_F2 / LENGTH_F - SPACING_F) * process.feature_um();
    access_um = transistor ? Math.max(process.feature_um(), Math.max(needed_um, room_um)) : 0;
  }

  /** Width of the access transistor; 0 without one. */
  public double access_um() {
    return access_um;
  }

  /** Area of one cell. */
  public double area_um2(Account account) {
    return isCrosspoint() ? crosspoint_um2(account) : cell_um2(account);
  }

  private boolean isCrosspoint() {
    Device device = cell.device();
    return cell.access() != Access.ONE_TRANSISTOR
        && device.family().isTwoTerminal()
        && device.givenCellArea_F2().isEmpty();
  }

  private double crosspoint_um2(Account account) {
    double pitch_um = 2 * process.wireWidth_um();
    if (account.isOpen()) {
      account
          .formula("(2 x # um)^2", process.wireWidth_um())
          .source("crosspoint of two array wires, 4 F2 with F half of their pitch (ITRS widths)");
    }
    return pitch_um * pitch_um;
  }

  private double cell_um2(Account account) {
    double f_um = process.feature_um();
    double figure_um2 = cell.device().cellArea_F2() * f_um * f_um;
    double transistor_um2 = access_um == 0 ? 0 : (access_um + SPACING_F * f_um) * LENGTH_F * f_um;
    if (account.isOpen()) {
      account
          .formula(
              "max(# F2 x (# um)^2, (# um + 2 x # um) x 4 x # um)",
              cell.device().cellArea_F2(),
              f_um,
              access_um,
              access_um == 0 ? 0 : f_um,
              f_um)
          .source(
              "cell: "
                  + cell.device().name()
                  + ", "
                  + cell.device().provenance().word(DeviceFigure.AREA)
                  + "; access transistor for the write current (ITRS on-current)");
    }
    return Math.max(figure_um2, transistor_um2);
  }

  /** Side of a square cell. */
  public double pitch_um() {
    return Math.sqrt(area_um2(Account.CLOSED));
  }
}
