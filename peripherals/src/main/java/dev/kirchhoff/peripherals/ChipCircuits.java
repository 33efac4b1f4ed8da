package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.circuit.Thermal;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.peripherals.analog.ChargeSharing;
import dev.kirchhoff.peripherals.analog.ColumnAmplifier;
import dev.kirchhoff.peripherals.analog.ColumnMux;
import dev.kirchhoff.peripherals.analog.FrontEnd;
import dev.kirchhoff.peripherals.analog.Integrator;
import dev.kirchhoff.peripherals.analog.SampleHold;
import dev.kirchhoff.peripherals.analog.Sampler;
import dev.kirchhoff.peripherals.array.CellArray;
import dev.kirchhoff.peripherals.array.ChargeArray;
import dev.kirchhoff.peripherals.array.CrossbarArray;
import dev.kirchhoff.peripherals.array.DigitalArray;
import dev.kirchhoff.peripherals.array.SramCurrentArray;
import dev.kirchhoff.peripherals.array.WriteDriver;
import dev.kirchhoff.peripherals.calibration.Calibration;
import dev.kirchhoff.peripherals.digital.LogicBlock;
import dev.kirchhoff.peripherals.input.InputLineDriver;
import dev.kirchhoff.peripherals.input.LevelDriver;
import dev.kirchhoff.peripherals.input.PulseEdges;
import dev.kirchhoff.peripherals.input.RowDriver;
import dev.kirchhoff.peripherals.input.RowInput;
import dev.kirchhoff.peripherals.input.RowSelector;
import dev.kirchhoff.peripherals.link.IoLink;
import dev.kirchhoff.peripherals.memory.MemoryCircuit;
import dev.kirchhoff.peripherals.memory.MemoryCircuits;
import dev.kirchhoff.peripherals.readout.CalibratedReference;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.PulseTrain;
import dev.kirchhoff.peripherals.readout.Sensing;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Modelled circuits of a chip, each sized for the others. Sizes follow in this order: clock cycle
 * and pulses of an input; array of cells, whose conductances load a column; signal of the readout
 * (docs/circuits.md, eq. 1 to 4), its converter and the time of a conversion; sample-and-hold,
 * drivers of rows with their errors, front end and column mux, for the converter's input and for
 * the time that a conversion leaves; write drivers; digital units, registers and buffers, for the
 * widest values of all networks.
 *
 * <p>The times of a pass follow from all of these ({@link TimedCircuits}). {@link PartCircuits}
 * assigns a circuit to each part, {@link PartPrices} prices it.
 */
class ChipCircuits {
  /**
   * Gate delays of a cycle where nothing else sets it: a register, an adder and margin (assumed).
   */
  private static final double FASTEST_GATES = 20;

  /** Shortest cycle of a deeply pipelined clock (assumed). */
  private static final double LEAST_CYCLE_FO4 = 12;

  final Chip chip;
  final Calibration calibration;
  private final List<FittedFactor> ownFactors;
  final Process process;
  final double cycle_ns;
  final CellArray array;
  final RowInput rowInput;

  /** Errors of the levels that rows present. */
  final InputErrors inputErrors;

  final RowSelector rowSelector;
  final Converter converter;
  final Sampler sampleHold;

  /** Mean pulses of a digit, each of which is sampled before one conversion. */
  final double pulsesPerDigit;

  final ColumnAmplifier frontEnd;
  final ColumnMux columnMux;
  final WriteDriver writeDriver;
  final LogicBlock shiftAdd;
  final LogicBlock partialSum;
  final LogicBlock rectifier;
  final LogicBlock lookup;
  final LogicBlock maximum;
  final LogicBlock vector;
  final MemoryCircuit inputRegister;
  final MemoryCircuit outputRegister;
  final MemoryCircuit tileBuffer;
  final MemoryCircuit tileOutputRegister;
  final MemoryCircuit globalBuffer;
  final IoLink io;
  final PulseTrain train;
  final boolean amplified;
  final boolean sampled;

  /** Time of one conversion. */
  final double conversion_ns;

  final Electrics electrics;

  /** Signal that the readout is designed for. */
  final Signal signal;

  /** Sums that are added up at once. */
  final ColumnSums sums;

  final ChipWires wires;

  private final int inputBits;

  /** Load that a front end drives. */
  private final double load_fF;

  /** Time in which a front end settles its load. */
  final double acquire_ns;

  /**
   * Circuits of a design.
   *
   * @param chip the design's chip with the pulse and step that are meant
   */
  ChipCircuits(Design design, Process process, Chip chip) {
    this.chip = chip;
    ownFactors = design.calibration();
    calibration = Calibration.of(ownFactors);
    this.process = process;
    int weightBits = design.widest().weights();
    inputBits = design.widest().inputs();
    sums = new ColumnSums(chip, weightBits, inputBits);
    wires = new ChipWires(chip, process);
    cycle_ns = clockCycle_ns();
    Readout readout = chip.pe().readout();
    int rows = chip.crossbar().rows();
    int dacBits = sums.dacBits();
    Input input = chip.pe().input();
    train = PulseTrain.of(input, inputBits);
    boolean gateDriven =
        !chip.crossbar().sumsCurrents()
            || dischargesBitlines()
            || (chip.cell().access() == Access.ONE_TRANSISTOR && dacBits == 1);
    array = array(gateDriven);
    double full_uS = chip.cell().device().window().max_uS();
    double mean_uS = (full_uS + chip.cell().device().window().min_uS()) / 2;
    double read_V = chip.cell().readVoltage_V();
    ColumnLoad load = new ColumnLoad(rows, chip.crossbar().rowsActive(), full_uS, mean_uS, read_V);
    signal = input.combines() ? weighted(signal(load)) : signal(load);
    converter = converter(load);
    sampled =
        chip.crossbar().sumsCurrents()
            && !dischargesBitlines()
            && chip.pe().sampleHold().count() > 0
            && !converter.takesCurrent();
    amplified =
        chip.crossbar().sumsCurrents()
            && !dischargesBitlines()
            && converter.sensing() != Sensing.SAMPLED_VOLTAGE
            && !converter.pricesReadCurrent()
            && readout.frontEnd() != Readout.FrontEnd.NONE;
    rowSelector = new RowSelector(process, rows, input.bitsOfPulse(inputBits));
    conversion_ns = conversion_ns(readout);
    double hold_ns = sums.turns() * conversion_ns;
    double temperature_K = chip.technology().temperature_K();
    pulsesPerDigit = (double) input.pulsesOf(inputBits) / input.digitsOf(inputBits);
    sampleHold =
        input.combines()
            ? new ChargeSharing(process, signal, input.bitsOfDigit(inputBits), pulses_ns())
            : new SampleHold(process, readout.bits(), hold_ns, temperature_K);
    load_fF =
        sampled
            ? sampleHold.capacitance_fF() + converter.input_fF()
            : input.combines()
                ? sampleHold.capacitance_fF()
                : converter.takesCurrent() ? FrontEnd.NODE_FF : converter.input_fF();
    acquire_ns = acquire_ns(conversion_ns);
    RowDriver wordline = wordline(input, dacBits, gateDriven, mean_uS);
    Optional<LevelDriver> levels = levels(input, dacBits, wordline);
    rowInput =
        levels.isPresent()
            ? new RowInput(wordline, levels.get(), train(input))
            : rowInput(input, wordline, gateDriven, mean_uS);
    inputErrors = input.stated().over(levels.map(LevelDriver::errors).orElse(pulses()));
    frontEnd = frontEnd(readout, load);
    columnMux = columnMux(readout, load);
    writeDriver =
        new WriteDriver(
            process,
            chip.cell().device().writeAt(process.supply_V()),
            chip.crossbar().allColumns(),
            chip.cell().device().family() == Family.SRAM);
    int codeBits = sums.sumOfCodes_bits();
    int sumBits = 32 - Integer.numberOfLeadingZeros(Math.max(1, load.rowsActive() - 1));
    shiftAdd = LogicBlock.accumulator(process, codeBits, sums.accumulation().meanBits());
    partialSum = LogicBlock.accumulator(process, weightBits + inputBits + sumBits);
    rectifier = LogicBlock.rectifier(process, inputBits);
    lookup = LogicBlock.lookup(process, inputBits);
    maximum = LogicBlock.maximum(process, inputBits);
    vector = LogicBlock.multiplyAccumulate(process, weightBits, inputBits);
    inputRegister = memory(chip.pe().inputRegister());
    outputRegister = memory(chip.pe().outputRegister());
    tileBuffer = memory(chip.tile().buffer());
    tileOutputRegister = memory(chip.tile().outputRegister());
    globalBuffer = memory(chip.uncore().globalBuffer());
    io = new IoLink(chip.uncore().io());
    electrics = electrics();
  }

  /** A cycle of the clock: stated, or the time that the slowest stage of a pass takes. */
  private double clockCycle_ns() {
    if (chip.clock_GHz().isPresent()) {
      return 1 / chip.clock_GHz().getAsDouble();
    }
    double logic_ns = FASTEST_GATES * process.gate_ns();
    if (chip.crossbar().compute().kind() != Compute.Kind.DIGITAL) {
      return logic_ns;
    }
    double adders_ns = CircuitLibrary.adder(process, chip.pe().readout(), sums.added()).time_ns();
    return Math.max(
        logic_ns, adders_ns * Families.factor(calibration, chip, Part.READOUT, Quantity.TIME));
  }

  private CellArray array(boolean gateDriven) {
    return switch (chip.crossbar().compute().kind()) {
      case CURRENT ->
          dischargesBitlines()
              ? new SramCurrentArray(process, chip.crossbar(), chip.cell())
              : new CrossbarArray(process, chip.crossbar(), chip.cell(), gateDriven);
      case CHARGE -> new ChargeArray(process, chip.crossbar(), chip.cell());
      case DIGITAL ->
          new DigitalArray(
              process,
              chip.crossbar(),
              chip.cell(),
              chip.pe().readout().kind() == ReadoutKind.ADDER_CHAIN);
    };
  }

  /** True if SRAM cells discharge the bitlines, so that no current is converted. */
  private boolean dischargesBitlines() {
    return chip.crossbar().sumsCurrents() && !isResistive(chip);
  }

  /** True if columns add up the currents of resistive cells, as a table array is taken to do. */
  static boolean isResistive(Chip chip) {
    return chip.crossbar().sumsCurrents()
        && (!chip.cell().dischargesBitline() || chip.crossbar().isTable());
  }

  private RowDriver wordline(Input input, int dacBits, boolean gateDriven, double mean_uS) {
    double row_uS = chip.crossbar().allColumns() * mean_uS;
    double read_V = chip.cell().readVoltage_V();
    double write_V = chip.cell().device().writeAt(process.supply_V()).voltage_V();
    double high_V = Math.max(write_V, input.wordline().high_V().orElse(process.supply_V()));
    boolean highLine = high_V > process.supply_V();
    return new RowDriver(
        process,
        dacBits,
        gateDriven,
        new RowDriver.Line(array.wordline_fF(), row_uS, read_V, array.readSupply_V()),
        highLine ? WriteDriver.levelShifter_um2(process) : 0,
        input.wordline());
  }

  /**
   * Circuits that drive one column in a transpose read. Its line carries the current of its cells,
   * also where wordlines of a forward read drive gates.
   */
  RowInput columnInput() {
    Input input = chip.pe().input();
    int dacBits = sums.dacBits();
    double mean_uS =
        (chip.cell().device().window().max_uS() + chip.cell().device().window().min_uS()) / 2;
    RowDriver driver =
        new RowDriver(
            process,
            dacBits,
            false,
            new RowDriver.Line(
                array.bitline_fF(),
                chip.crossbar().rows() * mean_uS,
                chip.cell().readVoltage_V(),
                array.readSupply_V()),
            0);
    Optional<LevelDriver> levels = levels(input, dacBits, driver);
    return levels.isPresent()
        ? new RowInput(driver, levels.get(), train(input))
        : new RowInput(driver, train(input));
  }

  /** Driver of amplitudes of several bits. */
  private Optional<LevelDriver> levels(Input input, int dacBits, RowDriver wordline) {
    boolean isDigital = chip.crossbar().compute().kind() == Compute.Kind.DIGITAL;
    if (dacBits == 1 || isDigital) {
      return Optional.empty();
    }
    double integrate_ns = converter.integrate_ns(pulses_ns());
    // A capacitor keeps the last value of its line.
    double currents_ns = integrate_ns > 0 ? integrate_ns : acquire_ns;
    double averaged_ns = chip.crossbar().sumsCurrents() ? currents_ns : 0;
    double settle_ns =
        input.pulse_ns().isPresent()
            ? Math.min(acquire_ns, input.pulse_ns().getAsDouble() / 2)
            : acquire_ns;
    return Optional.of(
        LevelDriver.of(
            process,
            new LevelDriver.Levels(dacBits, input.magnitudeBits(inputBits), amplitude_V()),
            new LevelDriver.Load(
                wordline.load_fF(),
                chip.crossbar().rows(),
                settle_ns,
                averaged_ns,
                Thermal.kT_fJ(chip.technology().temperature_K()))));
  }

  /** Voltage of the largest digit of inputs that are amplitudes. */
  private double amplitude_V() {
    return chip.crossbar().sumsCurrents() && !dischargesBitlines()
        ? chip.cell().readVoltage_V()
        : process.supply_V();
  }

  /** Errors of inputs without a driver of levels. */
  private InputErrors pulses() {
    Input input = chip.pe().input();
    boolean isDigital = chip.crossbar().compute().kind() == Compute.Kind.DIGITAL;
    // A sampled voltage is that of a settled plane, however long its pulses are.
    if (isDigital || converter.sensing() == Sensing.SAMPLED_VOLTAGE) {
      return InputErrors.NONE;
    }
    double all_ns = Math.max(pulses_ns(), converter.integrate_ns(pulses_ns()));
    return switch (input.encoding()) {
      case BIT_SERIAL, AMPLITUDE -> InputErrors.NONE;
      case PULSE_WIDTH -> PulseEdges.ofWidth(process, all_ns / train.levels());
      case PULSE_COUNT -> PulseEdges.ofCount(process, all_ns / train.counts());
    };
  }

  /** Pulses of a digit and times that its row is opened. */
  private RowInput.Train train(Input input) {
    // A train that is sent bit plane by bit plane has a pulse for every plane whose bit is one, one
    // that counts has half of all counts; of uniform digits, those that are not zero.
    boolean planes = converter.sensing() == Sensing.SAMPLED_VOLTAGE;
    double levels = train.levels();
    double pulses = 1;
    if (chip.crossbar().compute().kind() == Compute.Kind.DIGITAL) {
      // Half of b lines pulse, counted where a digit is not zero.
      double bits = train.bits();
      pulses = bits / 2 / (1 - StrictMath.pow(0.5, bits));
    }
    if (input.encoding() == Input.Encoding.PULSE_COUNT) {
      pulses = planes ? train.bits() / 2 * levels / (levels - 1) : levels / 2;
    }
    return new RowInput.Train(pulses, planes ? train.bits() : pulses);
  }

  private RowInput rowInput(Input input, RowDriver wordline, boolean gateDriven, double mean_uS) {
    double row_uS = chip.crossbar().allColumns() * mean_uS;
    double read_V = chip.cell().readVoltage_V();
    boolean open = isOpen();
    boolean planes = converter.sensing() == Sensing.SAMPLED_VOLTAGE;
    RowInput.Train pulseTrain = train(input);
    // A column without load has the voltage of all its active rows, so that a row without input is
    // driven too. Columns at virtual ground, and those that a load pulls up (Yoon, JSSC 2021, doi
    // 10.1109/JSSC.2021.3101209), leave it gated off.
    boolean gates = input.sign() == Input.Sign.SECOND_PASS && !planes;
    if (!gateDriven || !chip.crossbar().sumsCurrents() || gates) {
      return new RowInput(wordline, pulseTrain);
    }
    // Half of the active rows pulse in a plane and charge all columns between them.
    double columns_fF =
        open
            ? chip.crossbar().allColumns()
                * array.bitline_fF()
                / (0.5 * chip.crossbar().rowsActive())
            : 0;
    InputLineDriver.Line line =
        new InputLineDriver.Line(
            array.inputLine_fF(), columns_fF, row_uS, read_V, array.readSupply_V(), open);
    return new RowInput(wordline, new InputLineDriver(process, line), pulseTrain);
  }

  /** True if columns are open, their voltage sensed, not their current. */
  boolean isOpen() {
    return chip.crossbar().sumsCurrents()
        && (converter.sensing() == Sensing.SAMPLED_VOLTAGE
            || (!converter.takesCurrent() && !amplified));
  }

  /** True if the input lines charge the columns through the cells. */
  boolean inputChargesColumns() {
    return rowInput.hasLine() && isOpen();
  }

  /** Time of an input's pulses in one pass. */
  double pulses_ns() {
    Input input = chip.pe().input();
    double one_ns = input.pulse_ns().orElse(cycle_ns);
    return switch (input.encoding()) {
      case BIT_SERIAL, AMPLITUDE -> one_ns;
      case PULSE_WIDTH -> train.levels() * one_ns;
      // A readout that asks for longer pulses gets them unless their time is stated.
      case PULSE_COUNT ->
          input.pulse_ns().isPresent() || !countsItself() ? train.counts() * one_ns : 0;
    };
  }

  private boolean countsItself() {
    return chip.pe().readout().kind().opensColumn();
  }

  private Converter converter(ColumnLoad load) {
    Readout readout = chip.pe().readout();
    if (chip.crossbar().compute().kind() == Compute.Kind.DIGITAL) {
      return CircuitLibrary.adder(process, readout, sums.added());
    }
    int perAdc = Math.max(1, readout.columnsPerAdc());
    int sharers = (chip.crossbar().allColumns() + perAdc - 1) / perAdc;
    ReadoutColumn column =
        new ReadoutColumn(
            process,
            readout.bits(),
            readout.step_ns(),
            load,
            signal,
            train,
            pulses_ns(),
            sharers,
            cycle_ns,
            statedConversion_ns(),
            holdsColumns());
    Converter plain = CircuitLibrary.converter(readout, column);
    return readout.range() == Readout.Range.CALIBRATED && !plain.trimsItself()
        ? new CalibratedReference(process, signal, plain)
        : plain;
  }

  /**
   * True if something holds what a column has delivered while it is converted: cells of SRAM, or
   * capacitors. A ramp samples its input if the design has samples of columns.
   */
  private boolean holdsColumns() {
    return !isResistive(chip) || chip.pe().input().combines() || chip.pe().sampleHold().count() > 0;
  }

  /**
   * Time that the stated pass of an array that holds what it adds up leaves for a conversion; empty
   * where none is stated.
   */
  private OptionalDouble statedConversion_ns() {
    OptionalDouble pass_ns = chip.crossbar().compute().pass_ns();
    return pass_ns.isPresent() && !isResistive(chip)
        ? OptionalDouble.of(pass_ns.getAsDouble() / sums.turns())
        : OptionalDouble.empty();
  }

  private double conversion_ns(Readout readout) {
    return readout.model() instanceof ComponentModel.Given given && given.time_ns().isPresent()
        ? given.time_ns().getAsDouble()
        : converter.time_ns() * Families.factor(calibration, chip, Part.READOUT, Quantity.TIME);
  }

  /** Factors that the spec states itself. */
  List<FittedFactor> ownFactors() {
    return ownFactors;
  }

  /**
   * Time in which a front end settles its load: half of the time that cells conduct, which a stated
   * pass bounds, a quarter of a conversion of a slow converter unless its time is told and it holds
   * its input, at least a clock cycle (assumed).
   */
  private double acquire_ns(double conversion_ns) {
    double pulses_ns = converter.integrate_ns(pulses_ns());
    double needed_ns = sampled || converter.holdsInput() ? pulses_ns : pulses_ns + conversion_ns;
    double conduct_ns = Math.min(needed_ns, statedTurn_ns());
    boolean rests = converter.holdsInput() && chip.pe().readout().step_ns().isPresent();
    double slow_ns = sampled || rests ? 0 : conversion_ns / 4;
    return Math.max(cycle_ns, Math.max(conduct_ns / 2, slow_ns));
  }

  /** Time that a column has in a stated pass; unbounded where none is stated. */
  private double statedTurn_ns() {
    OptionalDouble pass_ns = chip.crossbar().compute().pass_ns();
    return pass_ns.isPresent()
        ? pass_ns.getAsDouble() / (sampled ? 1 : sums.turns()) / pulsesPerDigit
        : Double.POSITIVE_INFINITY;
  }

  /**
   * A mux in front of an amplifier, or of a fit that holds one, passes currents; others voltages.
   */
  private ColumnMux columnMux(Readout readout, ColumnLoad load) {
    int columns = readout.columnsPerAdc() * chip.crossbar().perSet();
    boolean fitted = isResistive(chip) && converter.pricesReadCurrent();
    return !sampled && (amplified || fitted)
        ? ColumnMux.ofCurrents(process, columns, load.typical_uS())
        : ColumnMux.ofVoltages(
            process, columns, sampled ? 0 : converter.input_fF(), readout.bits(), acquire_ns);
  }

  private ColumnAmplifier frontEnd(Readout readout, ColumnLoad load) {
    double integrate_ns = converter.integrate_ns(pulses_ns());
    double average_ns = integrate_ns > 0 ? integrate_ns : acquire_ns;
    FrontEnd amplifier =
        new FrontEnd(process, signal, load, array.bitline_fF(), load_fF, acquire_ns, average_ns);
    return readout.frontEnd() == Readout.FrontEnd.INTEGRATOR
        ? new Integrator(amplifier, signal, integrate_ns)
        : amplifier;
  }

  private Signal signal(ColumnLoad load) {
    Readout readout = chip.pe().readout();
    double kelvin = chip.technology().temperature_K();
    boolean calibrated = readout.range() == Readout.Range.CALIBRATED;
    boolean pair = chip.crossbar().weights().subtractsColumns();
    if (!chip.crossbar().sumsCurrents() || dischargesBitlines()) {
      return Signal.ofVoltage(process, readout.bits(), kelvin);
    }
    boolean isOpen =
        readout.kind().opensColumn() && readout.model() instanceof ComponentModel.Default;
    if (isOpen) {
      return Signal.ofOpenColumn(process, load, readout.bits(), calibrated, pair, kelvin);
    }
    return readout.frontEnd() == Readout.FrontEnd.NONE
        ? Signal.ofVoltage(process, readout.bits(), kelvin)
        : Signal.ofCurrent(process, load, readout.bits(), calibrated, pair, kelvin);
  }

  /**
   * Time over which noise of a digit of n bits averages, in times of one of its pulses: (Σ 2^i)²/Σ
   * 4^i = 3 (2^n − 1)/(2^n + 1), 2.98 of eight bits.
   */
  double noiseOfPulses() {
    Input input = chip.pe().input();
    double levels = 1L << input.bitsOfDigit(inputBits);
    return input.combines() ? 3 * (levels - 1) / (levels + 1) : 1;
  }

  /**
   * The signal of a weighted sum of bits: each bit's column spans the range of voltages, and a
   * calibrated sum deviates by √((2^n + 1)/(3 (2^n − 1))) of that, 0.58 of eight bits.
   */
  private Signal weighted(Signal ofPulse) {
    return chip.pe().readout().range() == Readout.Range.FULL
        ? ofPulse
        : ofPulse.narrowed(1 / Math.sqrt(noiseOfPulses()));
  }

  /** Time that the circuits need over a stated clock's or conversion's, less 1. */
  double overrun(double conversion_ns) {
    boolean isClockStated = chip.clock_GHz().isPresent();
    double ofClock = isClockStated ? LEAST_CYCLE_FO4 * process.fo4_ns() / cycle_ns - 1 : 0;
    boolean isGiven = chip.pe().readout().model() instanceof ComponentModel.Given;
    return Math.max(ofClock, isGiven ? 0 : converter.needed_ns() / conversion_ns - 1);
  }

  private MemoryCircuit memory(Optional<Memory> stated) {
    return MemoryCircuits.of(stated, process, cycle_ns);
  }

  private Electrics electrics() {
    if (!chip.crossbar().sumsCurrents()) {
      return new Electrics(
          0, 0, 0, 0, array.wordline_fF(), array.bitline_fF(), array.readSupply_V());
    }
    double input_ohm = amplified ? frontEnd.input_ohm() : 1e6 / (100 * columnFull_uS());
    return new Electrics(
        array.wordlineSegment_ohm(),
        array.bitlineSegment_ohm(),
        rowInput.driver_ohm(),
        input_ohm,
        array.wordline_fF(),
        array.bitline_fF(),
        array.readSupply_V());
  }

  private double columnFull_uS() {
    return chip.crossbar().rowsActive() * chip.cell().device().window().max_uS();
  }

  /** Time of picking the rows of a read, while the read before is converted; 0 without picking. */
  double pickRows_ns() {
    return chip.crossbar().skipsZeroRows()
        ? chip.crossbar().rowsActive() * rowSelector.pick_ns()
        : 0;
  }
}
