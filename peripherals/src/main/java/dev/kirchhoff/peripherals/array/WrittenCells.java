package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Cells of an array that are written: the names that the equations of programming may read.
 *
 * @param atOnce cells of a crossbar that are written at once
 * @param verify what a verification costs; nothing of a device that is written blindly
 */
public record WrittenCells(CellArray array, int atOnce, Verify verify) {
  /** The vocabulary. */
  public static final Vocabulary<WrittenCells> VOCABULARY =
      Vocabulary.<WrittenCells>builder()
          .including(ProcessNames.VOCABULARY, c -> c.array.cells().process())
          .quantity("set_V", "V", "V_s", "voltage of a SET", c -> c.write().set().voltage_V())
          .quantity("set_I", "uA", "I_s", "current of a SET", c -> c.write().set().current_uA())
          .quantity("set_t", "ns", "t_s", "width of a SET", c -> c.write().set().width_ns())
          .quantity("reset_V", "V", "V_r", "voltage of a RESET", c -> c.write().reset().voltage_V())
          .quantity(
              "reset_I", "uA", "I_r", "current of a RESET", c -> c.write().reset().current_uA())
          .quantity("reset_t", "ns", "t_r", "width of a RESET", c -> c.write().reset().width_ns())
          .quantity(
              "set_bent",
              "1",
              "f_s",
              "current of a cell at half of a SET's voltage over that of a linear one",
              c -> c.bent(c.write().set()))
          .quantity(
              "reset_bent",
              "1",
              "f_r",
              "current of a cell at half of a RESET's voltage over that of a linear one",
              c -> c.bent(c.write().reset()))
          .quantity("pulses", "1", "n", "pulses of a value, on average", c -> c.write().pulses())
          .quantity("bitline_C", "fF", "C_b", "capacitance of a bitline", c -> c.array.bitline_fF())
          .quantity(
              "wordline_C", "fF", "C_w", "capacitance of a wordline", c -> c.array.wordline_fF())
          .quantity("rows", "rows", "R", "rows", c -> c.array.cells().crossbar().rows())
          .quantity(
              "columns", "columns", "N_a", "columns", c -> c.array.cells().crossbar().allColumns())
          .quantity("at_once", "columns", "n_w", "cells written at once", WrittenCells::atOnce)
          .quantity(
              "mean_G",
              "uS",
              "G_m",
              "conductance of the middle of the window",
              c -> c.array.cells().mean_uS())
          .quantity(
              "idle",
              "1",
              "s",
              "share of its conductance that a two-terminal cell keeps while another is written",
              WrittenCells::idleShare)
          .quantity("verify_E", "fJ", "E_v", "energy of a verification", c -> c.verify.energy_fJ())
          .quantity("verify_t", "ns", "t_v", "time of a verification", c -> c.verify.time_ns())
          .build();

  /**
   * Verification of a group of cells after a pulse.
   *
   * @param energy_fJ energy of one cell
   * @param time_ns time of the group
   */
  public record Verify(double energy_fJ, double time_ns) {
    private static final Verify NONE = new Verify(0, 0);
  }

  /** Cells with the verification of their write point. */
  public static WrittenCells of(CellArray array, int atOnce, Verify verify) {
    WrittenCells cells = new WrittenCells(array, atOnce, verify);
    return cells.write().verified() ? cells : new WrittenCells(array, atOnce, Verify.NONE);
  }

  private Device device() {
    return array.cells().cell().device();
  }

  WritePoint write() {
    return device().writeAt(array.cells().process().supply_V());
  }

  private double bent(WritePoint.Pulse pulse) {
    return 1 + device().curvature().at(pulse.voltage_V() / 2);
  }

  private double idleShare() {
    return device().family().isTwoTerminal() ? array.cells().cell().access().idleShare() : 0;
  }
}
