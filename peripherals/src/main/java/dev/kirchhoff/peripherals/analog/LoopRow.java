package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.arch.chip.LoopAmplifier;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Row of cells that an amplifier drives in a loop around its crossbar.
 *
 * @param amplifier gain, bandwidth and offset that are wanted
 * @param line_fF capacitance of its line
 * @param current_uA current of its cells at the full read voltage
 * @param kT_fJ thermal energy
 */
public record LoopRow(
    Process process, LoopAmplifier amplifier, double line_fF, double current_uA, double kT_fJ) {
  /** Name of the circuit. */
  public static final String CIRCUIT = "loop-amplifier";

  /** Names that the equations of the amplifier may read. */
  public static final Vocabulary<LoopRow> NAMES =
      Vocabulary.<LoopRow>builder()
          .including(ProcessNames.VOCABULARY, LoopRow::process)
          .quantity("wanted_gain", "1", "A_0", "open-loop gain", r -> r.amplifier().gain())
          .quantity(
              "bandwidth",
              "GHz",
              "f",
              "unity-gain bandwidth on the line that it drives",
              r -> r.amplifier().bandwidth_GHz())
          .quantity(
              "wanted_offset",
              "V",
              "σ_o",
              "deviation of the offset after trimming",
              r -> r.amplifier().offset_V())
          .quantity("line", "fF", "C_row", "capacitance of the line of a row", LoopRow::line_fF)
          .quantity(
              "row_I",
              "uA",
              "I_row",
              "current of a row's cells at the full read voltage",
              LoopRow::current_uA)
          .quantity("kT", "fJ", "kT", "thermal energy", LoopRow::kT_fJ)
          .build();

  /** The amplifier with its inverter; its energy is that of one nanosecond. */
  public SheetCircuit amplifier(Circuits circuits) {
    return SheetCircuit.of(circuits, CIRCUIT, NAMES, this, process);
  }
}
