package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Cells of a crossbar: the names that the equations of an array may read.
 *
 * @param gatesOnly whether wordlines drive gates only
 * @param adders whether every cell holds a full adder
 * @param floating columns that float while another is read, mean over a pass
 */
public record ArrayCells(
    Process process,
    Crossbar crossbar,
    Cell cell,
    boolean gatesOnly,
    boolean adders,
    double floating) {
  /** The vocabulary. */
  public static final Vocabulary<ArrayCells> VOCABULARY =
      Vocabulary.<ArrayCells>builder()
          .including(ProcessNames.VOCABULARY, ArrayCells::process)
          .quantity("rows", "rows", "R", "rows", c -> c.crossbar.rows())
          .quantity("columns", "columns", "N_c", "columns of data", c -> c.crossbar.columns())
          .quantity(
              "all_columns",
              "columns",
              "N_a",
              "columns with those of references",
              c -> c.crossbar.allColumns())
          .quantity("active", "rows", "R_a", "rows read at once", c -> c.crossbar.rowsActive())
          .quantity(
              "banks", "1", "n_b", "bits that a cell stores", c -> c.crossbar.compute().banks())
          .quantity(
              "unit_C",
              "fF",
              "C_u",
              "unit capacitor of a cell that has one",
              c -> c.crossbar.compute().capacitor_fF())
          .optional(
              "stated_line",
              "um",
              "w_s",
              "width of a line that a spec states",
              c -> c.crossbar.wires().width_um())
          .flag("ladder", "columns are combined", c -> c.crossbar.weights().combines())
          .flag("adders", "every cell holds a full adder", ArrayCells::adders)
          .flag("gates_only", "wordlines drive gates only", ArrayCells::gatesOnly)
          .optional(
              "stated_cell",
              "1",
              "A_s",
              "area of a cell that a spec states, in squares of the feature size",
              c -> c.cell.device().givenCellArea_F2())
          .quantity(
              "device_A",
              "1",
              "A_d",
              "area of the device's cell in squares of the feature size",
              c -> c.cell.device().cellArea_F2())
          .flag(
              "transistor",
              "a transistor selects a cell",
              c -> c.cell.access() == Access.ONE_TRANSISTOR)
          .flag("crosspoint", "a cell stands where two wires cross", ArrayCells::isCrosspoint)
          .flag("static_cells", "cells are SRAM", c -> c.cell.device().family() == Family.SRAM)
          .quantity(
              "write_I",
              "uA",
              "I_w",
              "current of a write",
              c -> c.cell.device().write().current_uA())
          .quantity(
              "full_G",
              "uS",
              "G",
              "largest conductance of a cell",
              c -> c.cell.device().window().max_uS())
          .quantity(
              "mean_G", "uS", "G_m", "conductance of the middle of the window", ArrayCells::mean_uS)
          .quantity("read_V", "V", "V_r", "read voltage", c -> c.cell.readVoltage_V())
          .flag("own_rail", "reads draw from a rail of their own", c -> c.cell.ownReadRail())
          .quantity(
              "idle",
              "1",
              "s",
              "share of its conductance that a cell keeps whose row is not read",
              c -> c.cell.access().idleShare())
          .quantity(
              "floating",
              "columns",
              "n_f",
              "columns that float while another is read",
              ArrayCells::floating)
          .build();

  /** Conductance of a cell in the middle of its window. */
  double mean_uS() {
    return (cell.device().window().max_uS() + cell.device().window().min_uS()) / 2;
  }

  /**
   * A two-terminal cell without a transistor stands on two array wires; its device's figure, which
   * holds for a cell with a transistor, counts only where the spec gives it.
   */
  private boolean isCrosspoint() {
    return cell.access() != Access.ONE_TRANSISTOR
        && cell.device().family().isTwoTerminal()
        && cell.device().givenCellArea_F2().isEmpty();
  }
}
