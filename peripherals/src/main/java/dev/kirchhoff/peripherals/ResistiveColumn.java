package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.PulseTrain;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.OptionalDouble;

/**
 * Column of resistive cells under a read voltage. Current flows for as long as something needs it:
 * kinds differ in what stands at the end of the bitline.
 */
sealed interface ResistiveColumn extends ColumnKind
    permits HeldCurrent, SensedCurrent, OpenVoltage {

  /** Kind of the columns of a chip whose cells are resistive. */
  static ResistiveColumn of(Chip chip) {
    Readout readout = chip.pe().readout();
    return of(readout, CircuitLibrary.entry(readout), chip.pe().sampleHold().count() > 0);
  }

  /**
   * Kind of a column of resistive cells.
   *
   * @param model model of the readout
   * @param isSampled whether columns have samples where the readout takes a voltage
   */
  static ResistiveColumn of(Readout readout, CircuitModel model, boolean isSampled) {
    boolean isAmplified = readout.frontEnd() != Readout.FrontEnd.NONE && !model.holdsColumn();
    return switch (model.senses()) {
      case OPEN_COLUMN -> new OpenVoltage(ReadoutKind.Senses.OPEN_COLUMN, Turns.IN_TURN);
      case CURRENT ->
          isAmplified
              ? new HeldCurrent(ReadoutKind.Senses.CURRENT, Turns.IN_TURN, readout.frontEnd())
              : new SensedCurrent(model.holdsColumn());
      case VOLTAGE, BITS -> {
        Turns turns = isSampled ? Turns.SAMPLED : Turns.IN_TURN;
        yield isAmplified
            ? new HeldCurrent(ReadoutKind.Senses.VOLTAGE, turns, readout.frontEnd())
            : new OpenVoltage(ReadoutKind.Senses.VOLTAGE, turns);
      }
    };
  }

  @Override
  default boolean drivesGates(Cell cell, int lineBits) {
    return cell.access() == Access.ONE_TRANSISTOR && lineBits == 1;
  }

  @Override
  default String array() {
    return CircuitModels.PHYSICAL_ARRAY;
  }

  @Override
  default OptionalDouble read_V(Cell cell) {
    return OptionalDouble.of(cell.readVoltage_V());
  }

  @Override
  default Signal signal(Circuits circuits, Process process, Chip chip, ColumnLoad load) {
    Readout readout = chip.pe().readout();
    double kelvin = chip.technology().temperature_K();
    return readout.frontEnd() == Readout.FrontEnd.NONE
        ? Signal.ofVoltage(
            circuits, process, readout.bits(), readout.largestGain().orElse(1), kelvin)
        : Signal.ofCurrent(
            circuits,
            process,
            load,
            readout.bits(),
            readout.largestGain(),
            chip.crossbar().weights().subtractsColumns(),
            kelvin);
  }

  /** A ramp samples its input if the design has samples of columns. */
  @Override
  default boolean holdsSum(Chip chip) {
    return chip.pe().input().combines() || chip.pe().sampleHold().count() > 0;
  }

  @Override
  default OptionalDouble statedConversion_ns(Crossbar crossbar, int turns) {
    return OptionalDouble.empty();
  }

  @Override
  default boolean settlesInPulse() {
    return true;
  }

  @Override
  default double applied_ns(PulseTrain train, double settle_ns, double read_ns, double least_ns) {
    return train.sustained() ? settle_ns : Math.max(read_ns, least_ns);
  }

  /**
   * A column without load has the voltage of all its active rows, so that a row without input is
   * driven too. Columns at virtual ground, and those that a load pulls up (Yoon, JSSC 2021, doi
   * 10.1109/JSSC.2021.3101209), leave it gated off.
   */
  @Override
  default boolean takesInputLine(Input.Sign sign) {
    return sign != Input.Sign.SECOND_PASS || senses() == ReadoutKind.Senses.OPEN_COLUMN;
  }
}
