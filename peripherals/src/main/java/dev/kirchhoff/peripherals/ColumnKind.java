package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.peripherals.array.CellArray;
import dev.kirchhoff.peripherals.input.DigitPulse;
import dev.kirchhoff.peripherals.input.DrivenRow;
import dev.kirchhoff.peripherals.input.RowInput;
import dev.kirchhoff.peripherals.readout.AddedColumn;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.PulseTrain;
import dev.kirchhoff.peripherals.readout.ReadoutColumn;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Kind of a column: the physical quantity that its cells add up and how a readout takes it. Each
 * kind answers, in its own file, the questions that sizes, times and prices of a crossbar ask: what
 * array it is, what lines drive, which signal the readout sees, in which order columns are read,
 * how long current flows. Whoever adds a kind writes one file and finds the questions by the
 * compiler.
 *
 * <p>A kind follows from the chip and from what the model of its readout senses ({@link
 * CircuitModel#senses()}), before anything is sized:
 *
 * <pre>
 *   {@link HeldCurrent}       resistive cells, an amplifier holds the bitline at virtual ground
 *   {@link SensedCurrent}     resistive cells, the converter takes the bitline's current itself
 *   {@link OpenVoltage}       resistive cells, nothing holds the bitline: a divider of voltages
 *   {@link BitlineDischarge}  SRAM cells discharge a precharged bitline
 *   {@link SharedCharge}      a capacitor in each cell, charge shared along the column
 *   {@link AddedBits}         adders, in a tree beside the column or in a chain of its cells
 * </pre>
 *
 * <p>A table of figures of an array ({@link Crossbar#isTable()}) is sized as the kind that it
 * stands for; of an array of currents, as one of resistive cells.
 */
sealed interface ColumnKind permits ResistiveColumn, BitlineDischarge, SharedCharge, AddedBits {

  /** Kind of the columns of a chip. */
  static ColumnKind of(Chip chip) {
    Crossbar crossbar = chip.crossbar();
    return switch (crossbar.compute().kind()) {
      case CURRENT -> ResistiveColumn.of(chip);
      case DISCHARGE ->
          crossbar.isTable() ? ResistiveColumn.of(chip) : new BitlineDischarge(senses(chip));
      case CHARGE -> new SharedCharge(senses(chip));
      case DIGITAL -> new AddedBits(chip.pe().readout().kind() == ReadoutKind.ADDER_CHAIN);
    };
  }

  private static ReadoutKind.Senses senses(Chip chip) {
    return CircuitLibrary.entry(chip.pe().readout()).senses();
  }

  /** Quantity that the readout senses. */
  ReadoutKind.Senses senses();

  /** Order in which the columns of a converter are read. */
  Turns turns();

  /**
   * True if wordlines drive gates only, so that another line or none carries what cells add up.
   *
   * @param lineBits bits that one pulse's amplitude carries
   */
  default boolean drivesGates(Cell cell, int lineBits) {
    return true;
  }

  /** Circuit of the array of cells. */
  String array();

  /** True if every cell holds an adder. */
  default boolean addsInCells() {
    return false;
  }

  /** Bits that the amplitude of one pulse carries. */
  default int lineBits(Input input, int inputBits) {
    return input.encoding().isAmplitude() ? input.bitsOfPulse(inputBits) : 1;
  }

  /** Voltage across resistive cells; empty of other columns. */
  default OptionalDouble read_V(Cell cell) {
    return OptionalDouble.empty();
  }

  /** Signal that the readout is designed for. */
  default Signal signal(Circuits circuits, Process process, Chip chip, ColumnLoad load) {
    Readout readout = chip.pe().readout();
    return Signal.ofVoltage(
        circuits,
        process,
        readout.bits(),
        readout.largestGain().orElse(1),
        chip.technology().temperature_K());
  }

  /**
   * Converter of the column.
   *
   * @param added operands of adders
   * @param column all that a converter is designed from
   */
  default Converter converter(Readout readout, AddedColumn added, ReadoutColumn column) {
    return CircuitLibrary.converter(readout, column);
  }

  /** True if something holds what a column has delivered while it is converted. */
  default boolean holdsSum(Chip chip) {
    return true;
  }

  /**
   * Time that a stated pass leaves for a conversion of columns that hold what they add up; empty
   * where none is stated, and where inputs and settling take their share of it ({@link
   * StatedPass}).
   */
  default OptionalDouble statedConversion_ns(Crossbar crossbar, int turns) {
    OptionalDouble pass_ns = crossbar.compute().pass_ns();
    return pass_ns.isPresent()
        ? OptionalDouble.of(pass_ns.getAsDouble() / turns)
        : OptionalDouble.empty();
  }

  /** Time of the slowest stage of logic that a cycle of the clock must hold; 0 where none is. */
  default double stage_ns(Process process, Circuits circuits, AddedColumn added) {
    return 0;
  }

  /** Bits of a code that shift-and-add takes. */
  default int codeBits(Readout readout, AddedColumn added) {
    return readout.bits();
  }

  /** Bits of a code that errs; empty of exact sums. */
  default OptionalInt erringBits(Readout readout) {
    return OptionalInt.of(readout.bits());
  }

  /**
   * Bits of the register in which codes are shifted and added. A code of B bits that a converter
   * makes is taken to leave all bits of weight and input to the register, B + W + X.
   *
   * @param product bits of a weight and of an input, W + X
   * @param rows wordlines
   */
  default int registerBits(Readout readout, AddedColumn added, int product, int rows) {
    return codeBits(readout, added) + product;
  }

  /** Circuit of the amplifier between the column and its converter; empty where there is none. */
  default Optional<String> frontEnd() {
    return Optional.empty();
  }

  /** True if nothing holds the column, so that its rows divide a voltage. */
  default boolean isOpen() {
    return false;
  }

  /** True if a mux before the converter passes currents, not voltages. */
  default boolean muxesCurrents() {
    return false;
  }

  /** Supply that the column's readout lacks for its range; 0 of columns that need none. */
  default double missing_V(Signal signal) {
    return 0;
  }

  /**
   * Time over which the noise of a row's level averages; 0 where a capacitor keeps the last value.
   */
  default double averaging_ns(double currents_ns) {
    return currents_ns;
  }

  /** True if a line beside a wordline of gates brings signed inputs to the cells. */
  default boolean takesInputLine(Input.Sign sign) {
    return false;
  }

  /**
   * Electrical quantities of the lines.
   *
   * @param input_ohm resistance that ends a bitline which carries current
   */
  default Electrics electrics(CellArray array, RowInput rows, double input_ohm) {
    return new Electrics(
        array.wordlineSegment_ohm(),
        array.bitlineSegment_ohm(),
        rows.driver_ohm(),
        input_ohm,
        array.wordline_fF(),
        array.bitline_fF(),
        array.readSupply_V());
  }

  /** True if the converter is connected to the bitline, so that no sample stands before it. */
  default boolean readsBitline() {
    return switch (senses()) {
      case VOLTAGE, BITS -> false;
      case CURRENT, OPEN_COLUMN -> true;
    };
  }

  /**
   * Load of the circuit that drives the converter; none where it takes a copy of the current, as
   * the current itself charges the gate of a mirror.
   */
  default double readoutLoad_fF(Converter converter) {
    return readsBitline() ? 0 : converter.input_fF();
  }

  /** True if lines settle and codes follow in turn; false if adders take the pass. */
  default boolean settles() {
    return true;
  }

  /** True if a single pulse of a stated time has to hold the settling within a stated pass. */
  default boolean settlesInPulse() {
    return false;
  }

  /**
   * Time of a stated pass that one read needs.
   *
   * @param settle_ns settling of lines and front end
   * @param read_ns settling and input's pulses
   * @param least_ns shortest pulses that a line carries
   */
  default double applied_ns(PulseTrain train, double settle_ns, double read_ns, double least_ns) {
    return settle_ns;
  }

  /**
   * Time that cells conduct for one of a digit's pulses. Planes are sampled as soon as they have
   * settled, however long a conversion is; half of the active rows drive the other half: in series
   * they carry half of their current.
   *
   * @param read_ns time of reading one pulse
   * @param plane_ns settling of one bit plane
   */
  default double conduct_ns(
      Converter converter,
      double read_ns,
      double conversion_ns,
      double plane_ns,
      PulseTrain train) {
    return switch (senses()) {
      case OPEN_COLUMN -> plane_ns * train.bits() / 2;
      case VOLTAGE, CURRENT, BITS ->
          turns().conduct_ns(read_ns, converter.conducting_ns(conversion_ns));
    };
  }

  /** Action of one conversion. */
  default Action converting() {
    return Action.CONVERSION;
  }

  /**
   * Pulses of a digit and times that its row is opened. A train that counts has half of all counts;
   * one that is sent bit plane by bit plane has a pulse for every plane whose bit is one; of
   * uniform digits, those that are not zero.
   */
  default DrivenRow.Train train(Pulses inputs) {
    PulseTrain train = inputs.train();
    boolean isCounted = inputs.input().encoding() == Input.Encoding.PULSE_COUNT;
    double levels = train.levels();
    return switch (senses()) {
      case VOLTAGE, CURRENT, BITS -> {
        double pulses = isCounted ? levels / 2 : 1;
        yield new DrivenRow.Train(pulses, pulses);
      }
      case OPEN_COLUMN ->
          new DrivenRow.Train(
              isCounted ? train.bits() / 2 * levels / (levels - 1) : 1, train.bits());
    };
  }

  /**
   * Errors of pulses without a driver of levels.
   *
   * @param applied_ns time for which pulses are applied
   */
  default InputErrors pulseErrors(
      Circuits circuits, Process process, Pulses inputs, double applied_ns) {
    return switch (senses()) {
      // A sampled voltage is that of a settled plane, however long its pulses are.
      case OPEN_COLUMN, BITS -> InputErrors.NONE;
      case VOLTAGE, CURRENT ->
          switch (inputs.input().encoding()) {
            case BIT_SERIAL, AMPLITUDE -> InputErrors.NONE;
            case PULSE_WIDTH ->
                new DigitPulse(process, applied_ns / inputs.train().levels(), false)
                    .errors(circuits);
            case PULSE_COUNT ->
                new DigitPulse(process, applied_ns / inputs.train().counts(), true)
                    .errors(circuits);
          };
    };
  }
}
