package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.circuit.Thermal;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.peripherals.analog.ChargeSharing;
import dev.kirchhoff.peripherals.analog.ColumnAmplifier;
import dev.kirchhoff.peripherals.analog.ColumnMux;
import dev.kirchhoff.peripherals.analog.FrontEnd;
import dev.kirchhoff.peripherals.analog.SampleHold;
import dev.kirchhoff.peripherals.analog.Sampler;
import dev.kirchhoff.peripherals.array.CellArray;
import dev.kirchhoff.peripherals.array.WriteDriver;
import dev.kirchhoff.peripherals.calibration.Calibration;
import dev.kirchhoff.peripherals.digital.LogicBlock;
import dev.kirchhoff.peripherals.input.InputLineDriver;
import dev.kirchhoff.peripherals.input.LevelDriver;
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
import dev.kirchhoff.peripherals.readout.ReadoutColumn;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
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
  final Column column;
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

  final Optional<ColumnAmplifier> frontEnd;
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
    column = Column.of(chip);
    ownFactors = design.calibration();
    calibration = Calibration.of(ownFactors);
    this.process = process;
    int weightBits = design.widest().weights();
    inputBits = design.widest().inputs();
    sums = new ColumnSums(chip, column, weightBits, inputBits);
    wires = new ChipWires(chip, process);
    cycle_ns = clockCycle_ns();
    Readout readout = chip.pe().readout();
    int rows = chip.crossbar().rows();
    Input input = chip.pe().input();
    int dacBits = column.lineBits(input, inputBits);
    train = PulseTrain.of(input, inputBits);
    boolean gateDriven = column.drivesGates(chip.cell(), dacBits);
    array = column.array(process, chip, gateDriven);
    double full_uS = chip.cell().device().window().max_uS();
    double mean_uS = (full_uS + chip.cell().device().window().min_uS()) / 2;
    double read_V = chip.cell().readVoltage_V();
    ColumnLoad load = new ColumnLoad(rows, chip.crossbar().rowsActive(), full_uS, mean_uS, read_V);
    Signal ofPulse = column.signal(process, chip, load);
    signal = input.combines() ? weighted(ofPulse) : ofPulse;
    converter = converter(load);
    sampled = column.turns().areSampled();
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
            : input.combines() ? sampleHold.capacitance_fF() : column.readoutLoad_fF(converter);
    acquire_ns = acquire_ns(conversion_ns);
    RowDriver wordline = wordline(input, dacBits, gateDriven, mean_uS);
    Optional<LevelDriver> levels = levels(input, dacBits, wordline);
    rowInput =
        levels.isPresent()
            ? new RowInput(wordline, levels.get(), train(input))
            : rowInput(input, wordline, gateDriven, mean_uS);
    inputErrors = input.stated().over(levels.map(LevelDriver::errors).orElse(pulses()));
    frontEnd = frontEnd(load);
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
    double input_ohm =
        frontEnd.map(ColumnAmplifier::input_ohm).orElse(1e6 / (100 * columnFull_uS()));
    electrics = column.electrics(array, rowInput, input_ohm);
  }

  /** A cycle of the clock: stated, or the time that the slowest stage of a pass takes. */
  private double clockCycle_ns() {
    if (chip.clock_GHz().isPresent()) {
      return 1 / chip.clock_GHz().getAsDouble();
    }
    double logic_ns = FASTEST_GATES * process.gate_ns();
    double stage_ns = column.stage_ns(process, chip.pe().readout(), sums);
    return Math.max(
        logic_ns, stage_ns * Families.factor(calibration, chip, Part.READOUT, Quantity.TIME));
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
    int dacBits = column.lineBits(input, inputBits);
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
    if (dacBits == 1) {
      return Optional.empty();
    }
    double integrate_ns = converter.integrate_ns(pulses_ns());
    double averaged_ns = column.averaging_ns(integrate_ns > 0 ? integrate_ns : acquire_ns);
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
    return column.read_V(chip.cell()).orElse(process.supply_V());
  }

  /** Errors of inputs without a driver of levels. */
  private InputErrors pulses() {
    double applied_ns = Math.max(pulses_ns(), converter.integrate_ns(pulses_ns()));
    return column.pulseErrors(process, chip.pe().input().encoding(), train, applied_ns);
  }

  /** Pulses of a digit and times that its row is opened. */
  private RowInput.Train train(Input input) {
    return column.pulses(input.encoding(), train);
  }

  private RowInput rowInput(Input input, RowDriver wordline, boolean gateDriven, double mean_uS) {
    double row_uS = chip.crossbar().allColumns() * mean_uS;
    double read_V = chip.cell().readVoltage_V();
    boolean open = column.isOpen();
    RowInput.Train pulseTrain = train(input);
    if (!gateDriven || !column.takesInputLine(input.sign())) {
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

  /** True if the input lines charge the columns through the cells. */
  boolean inputChargesColumns() {
    return rowInput.hasLine() && column.isOpen();
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
    int perAdc = Math.max(1, readout.columnsPerAdc());
    int sharers = (chip.crossbar().allColumns() + perAdc - 1) / perAdc;
    ReadoutColumn read =
        new ReadoutColumn(
            Circuits.CATALOGUE,
            process,
            readout.bits(),
            readout.step_ns(),
            load,
            signal,
            train,
            pulses_ns(),
            sharers,
            cycle_ns,
            column.statedConversion_ns(chip.crossbar(), sums.turns()),
            column.holdsSum(chip));
    Converter plain = column.converter(readout, sums, read);
    return readout.range() == Readout.Range.CALIBRATED && !plain.trimsItself()
        ? new CalibratedReference(process, signal, plain)
        : plain;
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
    double needed_ns = column.turns().conduct_ns(pulses_ns, converter.conducting_ns(conversion_ns));
    double conduct_ns = Math.min(needed_ns, statedTurn_ns());
    boolean rests = converter.holdsInput() && chip.pe().readout().step_ns().isPresent();
    double slow_ns = sampled || rests ? 0 : conversion_ns / 4;
    return Math.max(cycle_ns, Math.max(conduct_ns / 2, slow_ns));
  }

  /** Time that a column has in a stated pass; unbounded where none is stated. */
  private double statedTurn_ns() {
    OptionalDouble pass_ns = chip.crossbar().compute().pass_ns();
    return pass_ns.isPresent()
        ? pass_ns.getAsDouble() / column.turns().sharers(sums.turns()) / pulsesPerDigit
        : Double.POSITIVE_INFINITY;
  }

  /**
   * A mux in front of an amplifier, or of a fit that holds one, passes currents; others voltages.
   */
  private ColumnMux columnMux(Readout readout, ColumnLoad load) {
    int columns = readout.columnsPerAdc() * chip.crossbar().perSet();
    return !sampled && column.muxesCurrents()
        ? ColumnMux.ofCurrents(process, columns, load.typical_uS())
        : ColumnMux.ofVoltages(
            process, columns, sampled ? 0 : converter.input_fF(), readout.bits(), acquire_ns);
  }

  private Optional<ColumnAmplifier> frontEnd(ColumnLoad load) {
    double integrate_ns = converter.integrate_ns(pulses_ns());
    double average_ns = integrate_ns > 0 ? integrate_ns : acquire_ns;
    FrontEnd amplifier =
        new FrontEnd(process, signal, load, array.bitline_fF(), load_fF, acquire_ns, average_ns);
    return column.frontEnd(amplifier, signal, integrate_ns);
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
