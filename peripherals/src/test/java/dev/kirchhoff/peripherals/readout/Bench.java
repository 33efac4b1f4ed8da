package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.analog.AnalogCircuits;
import dev.kirchhoff.peripherals.analog.ColumnAmplifier;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Seven kinds of readouts on the same columns. */
final class Bench {
  static final double PULSE_NS = 1;
  private static final double CYCLE_NS = 1;
  private static final int ROWS = 256;
  private static final double BITLINE_FF_PER_ROW = 0.32;
  private static final double KELVIN = 300;
  private static final int SHARERS = 64;

  private Bench() {}

  /** A kind of readout that takes a column's current, by itself or through a front end. */
  enum Kind {
    SAR,
    FLASH,
    RAMP,
    SENSE_AMPLIFIER,
    OSCILLATOR,
    INTEGRATE_FIRE,
    TIME_TO_DIGITAL;

    /** True if it takes the bitline's current itself. */
    boolean readsBitline() {
      return ReadoutKind.valueOf(name()).senses() == ReadoutKind.Senses.CURRENT;
    }

    /** Time of a conversion with the counting of the current before it. */
    double whole_ns(Converter converter) {
      return (readsBitline() ? converter.integrate_ns(PULSE_NS) : 0) + converter.time_ns();
    }

    /** A converter at its own pace; a flash takes a cycle. */
    Converter of(Process process, Signal signal) {
      return of(
          process, signal, this == FLASH ? OptionalDouble.of(CYCLE_NS) : OptionalDouble.empty());
    }

    /** A converter with a time of a conversion (SAR, flash) or of a step. */
    Converter of(Process process, Signal signal, double time_ns) {
      return of(process, signal, OptionalDouble.of(time_ns));
    }

    private Converter of(Process process, Signal signal, OptionalDouble time_ns) {
      return switch (this) {
        case SAR -> Readouts.sar(process, signal, time_ns);
        case FLASH -> Readouts.flash(process, signal, time_ns.getAsDouble());
        case RAMP -> Readouts.ramp(process, signal, SHARERS, time_ns);
        case SENSE_AMPLIFIER -> Readouts.senseAmplifier(process, signal, PULSE_NS, time_ns);
        case OSCILLATOR -> Readouts.oscillator(process, signal, PulseTrain.ONE, PULSE_NS, time_ns);
        case INTEGRATE_FIRE ->
            Readouts.integrateFire(process, signal, PulseTrain.ONE, PULSE_NS, time_ns);
        case TIME_TO_DIGITAL ->
            Readouts.timeToDigital(process, signal, PulseTrain.ONE, PULSE_NS, time_ns);
      };
    }
  }

  /**
   * A column of 256 rows whose cells have a window of 1 to 10.
   *
   * @param node_nm node
   * @param supply_V supply
   * @param rowsActive rows that are active at once
   * @param full_uS conductance of a cell that is on
   * @param read_V read voltage
   */
  record Column(double node_nm, double supply_V, int rowsActive, double full_uS, double read_V) {

    Process process() {
      return Process.of(new Technology(node_nm, supply_V, Flavour.LOW_POWER, KELVIN));
    }

    ColumnLoad load() {
      return new ColumnLoad(ROWS, rowsActive, full_uS, 0.55 * full_uS, read_V);
    }

    /** Signal that a converter of a calibrated range is designed for. */
    Signal signal(int bits) {
      return Signal.ofCurrent(
          Circuits.CATALOGUE, process(), load(), bits, OptionalDouble.empty(), false, KELVIN);
    }

    /** Energy of one conversion with its front end and the cells as long as they conduct. */
    double work_fJ(Kind kind, int bits) {
      return work_fJ(kind, bits, kind.of(process(), signal(bits)));
    }

    /** Energy of one conversion by a converter that keeps a pace of its own. */
    double work_fJ(Kind kind, int bits, Converter converter) {
      Process process = process();
      Signal signal = signal(bits);
      double pulses_ns = converter.integrate_ns(PULSE_NS);
      double time_ns = converter.time_ns();
      double after_ns = converter.holdsInput() ? 0 : time_ns;
      double acquire_ns = Math.max(CYCLE_NS, Math.max((pulses_ns + after_ns) / 2, time_ns / 4));
      ColumnAmplifier frontEnd =
          AnalogCircuits.frontEnd(
              process,
              signal,
              load(),
              ROWS * BITLINE_FF_PER_ROW,
              kind.readsBitline() ? 0 : converter.input_fF(),
              acquire_ns,
              pulses_ns);
      double on_ns = frontEnd.least_ns() + pulses_ns + after_ns;
      return load().typical_uS() * read_V * supply_V * on_ns
          + frontEnd.amplify_fJ(on_ns, Account.CLOSED)
          + converter.energy_fJ(Account.CLOSED);
    }
  }

  /** Columns from 14 to 65 nm whose full-scale current stays below 3 mA. */
  static List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (double node_nm : new double[] {14, 22, 28, 45, 65}) {
      for (double relative : new double[] {0.85, 1, 1.1}) {
        for (int rows : new int[] {16, 32, 64, 128, 256}) {
          for (double full_uS : new double[] {5, 40, 100}) {
            for (double read_V : new double[] {0.1, 0.2}) {
              if (rows * full_uS * read_V < 3000) {
                columns.add(
                    new Column(
                        node_nm,
                        relative * NominalSupply.of(node_nm, Flavour.LOW_POWER),
                        rows,
                        full_uS,
                        read_V));
              }
            }
          }
        }
      }
    }
    return columns;
  }
}
