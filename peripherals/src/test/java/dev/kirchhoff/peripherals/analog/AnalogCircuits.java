package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.arch.chip.LoopAmplifier;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;

/** Analogue circuits of the catalogue, sized for a column. */
public final class AnalogCircuits {
  private static final Circuits CATALOGUE = Circuits.CATALOGUE;

  private AnalogCircuits() {}

  /** A transimpedance amplifier. */
  public static ColumnAmplifier frontEnd(
      Process process,
      Signal signal,
      ColumnLoad load,
      double bitline_fF,
      double load_fF,
      double settle_ns,
      double average_ns) {
    return ColumnAmplifier.of(
        CATALOGUE,
        "two-stage-tia",
        new AmplifiedColumn(
            process, signal, load, bitline_fF, load_fF, settle_ns, average_ns, average_ns));
  }

  /** An integrator whose amplifier settles in a nanosecond and averages noise over it. */
  static ColumnAmplifier integrator(
      Process process,
      Signal signal,
      ColumnLoad load,
      double bitline_fF,
      double load_fF,
      double integrate_ns) {
    return ColumnAmplifier.of(
        CATALOGUE,
        "integrator",
        new AmplifiedColumn(process, signal, load, bitline_fF, load_fF, 1, 1, integrate_ns));
  }

  /** A sample-and-hold for a number of bits. */
  public static Sampler sampleHold(Process process, int bits, double hold_ns, double kelvin) {
    Signal signal = Signal.ofVoltage(Circuits.CATALOGUE, process, bits, 1, kelvin);
    return Sampler.of(
        CATALOGUE, "sample-hold", new SampledColumn(process, signal, hold_ns, 1, hold_ns));
  }

  /** Capacitors that weight bits. */
  static Sampler chargeSharing(Process process, Signal signal, int bits, double pulse_ns) {
    return Sampler.of(
        CATALOGUE, "charge-sharing", new SampledColumn(process, signal, pulse_ns, bits, pulse_ns));
  }

  /** A mux that passes currents. */
  public static SheetCircuit currentMux(Process process, int columns, double column_uS) {
    return MuxedColumns.ofCurrents(process, columns, column_uS).mux(CATALOGUE);
  }

  /** A mux that passes voltages. */
  public static SheetCircuit voltageMux(
      Process process, int columns, double load_fF, int bits, double settle_ns) {
    return MuxedColumns.ofVoltages(process, columns, load_fF, bits, settle_ns).mux(CATALOGUE);
  }

  /** Switches of rows and columns. */
  public static SheetCircuit switches(
      Process process, int rows, int columns, double row_uS, double column_uS) {
    return new SwitchedLines(process, rows, columns, row_uS, column_uS).switches(CATALOGUE);
  }

  /** A loop amplifier and its inverter. */
  public static SheetCircuit loopAmplifier(
      Process process, LoopAmplifier stated, double line_fF, double current_uA, double kT_fJ) {
    return new LoopRow(process, stated, line_fF, current_uA, kT_fJ).amplifier(CATALOGUE);
  }
}
