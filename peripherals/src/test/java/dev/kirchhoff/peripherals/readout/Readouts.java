package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.design.CircuitSettings;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalDouble;

/** Readouts of the catalogue, sized for a signal. */
public final class Readouts {
  private static final double CYCLE_NS = 1;

  private Readouts() {}

  private static ReadoutColumn column(
      Process process,
      Signal signal,
      PulseTrain train,
      double pulses_ns,
      OptionalDouble step_ns,
      OptionalDouble time_ns,
      int sharers,
      boolean held) {
    ColumnLoad load = new ColumnLoad(64, 64, 40, 20, 0.2);
    return new ReadoutColumn(
        Circuits.CATALOGUE,
        process,
        signal.bits(),
        step_ns,
        load,
        signal,
        train,
        pulses_ns,
        sharers,
        1,
        CYCLE_NS,
        time_ns,
        held);
  }

  private static Converter of(
      String circuit,
      Process process,
      Signal signal,
      PulseTrain train,
      double pulses_ns,
      OptionalDouble step_ns) {
    ReadoutColumn column =
        column(process, signal, train, pulses_ns, step_ns, OptionalDouble.empty(), 1, true);
    return Converter.of(circuit, column);
  }

  /** A readout of the catalogue behind single pulses, with the time of a step. */
  public static Converter of(
      String circuit, Process process, Signal signal, OptionalDouble step_ns) {
    return of(circuit, process, signal, PulseTrain.ONE, CYCLE_NS, step_ns);
  }

  /** A SAR with the time of a conversion. */
  public static Converter sar(Process process, Signal signal, OptionalDouble time_ns) {
    return Converter.of(
        "sar-28nm",
        column(
            process, signal, PulseTrain.ONE, CYCLE_NS, OptionalDouble.empty(), time_ns, 1, true));
  }

  /** A flash with the time of a decision. */
  public static Converter flash(Process process, Signal signal, double decision_ns) {
    return of(
        "flash-28nm", process, signal, PulseTrain.ONE, CYCLE_NS, OptionalDouble.of(decision_ns));
  }

  /** A ramp that samples its input. */
  public static Converter ramp(
      Process process, Signal signal, int sharers, OptionalDouble step_ns) {
    return ramp(process, signal, sharers, step_ns, true);
  }

  /** A ramp. */
  public static Converter ramp(
      Process process, Signal signal, int sharers, OptionalDouble step_ns, boolean held) {
    return Converter.of(
        "shared-ramp",
        column(
            process,
            signal,
            PulseTrain.ONE,
            CYCLE_NS,
            step_ns,
            OptionalDouble.empty(),
            sharers,
            held));
  }

  /** A current sense amplifier. */
  public static Converter senseAmplifier(
      Process process, Signal signal, double pulses_ns, OptionalDouble step_ns) {
    return of("current-sense", process, signal, PulseTrain.ONE, pulses_ns, step_ns);
  }

  /** A voltage sense amplifier. */
  public static Converter voltageSense(Process process, Signal signal, OptionalDouble step_ns) {
    return of("voltage-sense", process, signal, PulseTrain.ONE, CYCLE_NS, step_ns);
  }

  /** An oscillator. */
  public static Converter oscillator(
      Process process, Signal signal, PulseTrain train, double pulses_ns, OptionalDouble step_ns) {
    return of("cco-hermes", process, signal, train, pulses_ns, step_ns);
  }

  /** An integrate-and-fire neuron. */
  public static Converter integrateFire(
      Process process, Signal signal, PulseTrain train, double pulses_ns, OptionalDouble step_ns) {
    return of("spike-counter", process, signal, train, pulses_ns, step_ns);
  }

  /** A time-to-digital converter. */
  public static Converter timeToDigital(
      Process process, Signal signal, PulseTrain train, double pulses_ns, OptionalDouble step_ns) {
    return of("tdc-timely", process, signal, train, pulses_ns, step_ns);
  }

  /** A charge-decrement neuron behind pulses without length. */
  public static Converter chargeDecrement(
      Process process, Signal signal, PulseTrain train, OptionalDouble step_ns) {
    return chargeDecrement(process, signal, train, 0, step_ns);
  }

  /** A charge-decrement neuron. */
  public static Converter chargeDecrement(
      Process process, Signal signal, PulseTrain train, double pulses_ns, OptionalDouble step_ns) {
    return of("neuron-neurram", process, signal, train, pulses_ns, step_ns);
  }

  private static ReadoutColumn column(Process process, Circuits circuits, Signal signal) {
    return column(process, circuits, signal, new ColumnLoad(64, 64, 40, 20, 0.2));
  }

  private static ReadoutColumn column(
      Process process, Circuits circuits, Signal signal, ColumnLoad load) {
    Readout readout =
        new Readout(
            ReadoutKind.SAR, signal.bits(), Readout.Range.FULL, 1, ComponentModel.standard());
    return ReadoutColumn.alone(circuits, process, readout, load, signal, CYCLE_NS);
  }

  /** Another model of a converter at a number of bits. */
  public static Converter model(String circuit, Process process, int bits) {
    Signal signal = Signal.ofVoltage(Circuits.CATALOGUE, process, bits, 1, 300);
    return Converter.of(circuit, column(process, Circuits.CATALOGUE, signal));
  }

  /** A converter as DNN+NeuroSim prices it, on a column of 100 uS that is read at 0.5 V. */
  public static Converter measured(String circuit, Process process, int bits) {
    Signal signal = Signal.ofVoltage(Circuits.CATALOGUE, process, bits, 1, 300);
    ColumnLoad load = new ColumnLoad(64, 64, 100, 50, 0.5);
    return Converter.of(circuit, column(process, Circuits.CATALOGUE, signal, load));
  }

  /** ISAAC's converter at a number of bits. */
  public static Converter isaac(Process process, int bits) {
    return model("isaac-sar", process, bits);
  }

  /** Envelope of the survey at a time of a conversion. */
  public static Converter survey(Process process, int bits, double time_ns) {
    CircuitSettings rate =
        new CircuitSettings(
            Map.of(), Map.of("survey-2025.sar_bit", time_ns / 9 / process.fo4_ns()));
    Signal signal = Signal.ofVoltage(Circuits.CATALOGUE, process, bits, 1, 300);
    return Converter.of("survey-2025", column(process, Circuits.of(rate), signal));
  }

  /** A converter with a trimmed reference. */
  public static Converter trimmed(Process process, Signal signal, Converter converter) {
    return converter.trimmed(column(process, Circuits.CATALOGUE, signal));
  }

  /** A tree of adders. */
  public static Converter tree(Process process, int rows, int bits, int inputBits) {
    return adders("adder-tree", process, new AddedColumn(rows, bits, inputBits));
  }

  /** Registers of a chain of adders. */
  public static Converter chain(Process process, int rows, int bits, int inputBits) {
    return adders("adder-chain", process, new AddedColumn(rows, bits, inputBits));
  }

  private static Converter adders(String circuit, Process process, AddedColumn column) {
    return Converter.of(circuit, Circuits.CATALOGUE, new AddedColumn.Built(process, column));
  }

  /** A comparator alone, of one decision. */
  static Solution comparator(
      Process process, Signal signal, double noise_V, double offset_V, double time_ns) {
    String text =
        """
        sentence: "A comparator alone."
        source: "test"
        band: {energy: {low: 1, high: 1, reason: "test"}, area: {low: 1, high: 1, reason: "test"}}
        constants:
          - {name: noise_V, value: %s, unit: V, is: chosen, source: "test"}
          - {name: offset_V, value: %s, unit: V, is: chosen, source: "test"}
          - {name: time_ns, value: %s, unit: ns, is: chosen, source: "test"}
        equations: |
          use comparator: difference = step, noise = noise_V, offset = offset_V, time = time_ns, noisy = 1, decisions = 1, count = 1 / layout
          noise metastability = comparator.metastable
          capacitance input = comparator.C
          time least = comparator.t_least
        """
            .formatted(noise_V, offset_V, time_ns);
    CircuitFile file =
        CircuitFile.parse("alone", "alone.circuit", text.getBytes(StandardCharsets.UTF_8));
    ReadoutColumn column =
        column(
            process,
            signal,
            PulseTrain.ONE,
            CYCLE_NS,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            1,
            true);
    return Circuits.CATALOGUE
        .with(Map.of("alone", file))
        .solve("alone", ReadoutNames.VOCABULARY, column, process.node_nm());
  }

  /** Energy of a part of a converter. */
  public static double energy_fJ(Converter converter, String name) {
    return part(converter, name, Terms.of(Term.ENERGY, Term.BIAS));
  }

  /** Area of a part of a converter. */
  public static double area_um2(Converter converter, String name) {
    return part(converter, name, Terms.of(Term.AREA));
  }

  private static double part(Converter converter, String name, Terms terms) {
    Solution solution = converter.solution();
    return solution.rows(terms).stream()
        .filter(row -> row.name().equals(name))
        .mapToDouble(solution::value)
        .findFirst()
        .orElseThrow();
  }
}
