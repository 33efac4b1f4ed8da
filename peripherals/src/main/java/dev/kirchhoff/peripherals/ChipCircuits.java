package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.Tile;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.ConductanceWindow;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.peripherals.analog.ColumnAmplifier;
import dev.kirchhoff.peripherals.analog.ColumnMux;
import dev.kirchhoff.peripherals.analog.FrontEnd;
import dev.kirchhoff.peripherals.analog.Integrator;
import dev.kirchhoff.peripherals.analog.SampleHold;
import dev.kirchhoff.peripherals.array.CellArray;
import dev.kirchhoff.peripherals.array.ChargeArray;
import dev.kirchhoff.peripherals.array.CrossbarArray;
import dev.kirchhoff.peripherals.array.DigitalArray;
import dev.kirchhoff.peripherals.array.SramCurrentArray;
import dev.kirchhoff.peripherals.array.WriteDriver;
import dev.kirchhoff.peripherals.calibration.Calibration;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.digital.LogicBlock;
import dev.kirchhoff.peripherals.input.InputLineDriver;
import dev.kirchhoff.peripherals.input.RowDriver;
import dev.kirchhoff.peripherals.input.RowInput;
import dev.kirchhoff.peripherals.link.Fabric;
import dev.kirchhoff.peripherals.link.FatTreeBranch;
import dev.kirchhoff.peripherals.link.IoLink;
import dev.kirchhoff.peripherals.link.Router;
import dev.kirchhoff.peripherals.link.SharedBus;
import dev.kirchhoff.peripherals.link.SwitchBox;
import dev.kirchhoff.peripherals.link.TreeSegment;
import dev.kirchhoff.peripherals.link.Wires;
import dev.kirchhoff.peripherals.memory.EdramBuffer;
import dev.kirchhoff.peripherals.memory.RegisterFile;
import dev.kirchhoff.peripherals.memory.SramBuffer;
import dev.kirchhoff.peripherals.memory.Store;
import dev.kirchhoff.peripherals.readout.AddedColumn;
import dev.kirchhoff.peripherals.readout.CalibratedReference;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.PacedConverter;
import dev.kirchhoff.peripherals.readout.PulseTrain;
import dev.kirchhoff.peripherals.readout.Sensing;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;

/** The modelled circuits of a chip, each sized for the others, and the times of a pass. */
final class ChipCircuits {
  private static final double LN_2 = StrictMath.log(2);
  private static final double TILES_IF_FIT = 64;
  private static final double LEVELS_IF_FIT = StrictMath.log(TILES_IF_FIT) / LN_2;

  /**
   * Gate delays of a cycle where nothing else sets it: a register, an adder and margin (assumed).
   */
  private static final double FASTEST_GATES = 20;

  final Chip chip;
  final Calibration calibration;
  private final List<FittedFactor> ownFactors;
  final Process process;
  final double cycle_ns;
  final CellArray array;
  final RowInput rowInput;
  final Converter converter;
  final SampleHold sampleHold;
  final ColumnAmplifier frontEnd;
  final ColumnMux columnMux;
  final WriteDriver writeDriver;
  final LogicBlock shiftAdd;
  final LogicBlock partialSum;
  final LogicBlock rectifier;
  final LogicBlock lookup;
  final LogicBlock maximum;
  final LogicBlock vector;
  final Store inputRegister;
  final Store outputRegister;
  final Store tileBuffer;
  final Store tileOutputRegister;
  final Store globalBuffer;
  final IoLink io;
  final PulseTrain train;
  final boolean amplified;
  final boolean sampled;
  final Timing timing;
  final Electrics electrics;
  private final int columnsPerSum;

  /** What circuits are sized for, beside what the chip says. */
  final boolean gateDriven;

  final int weightBits;
  final int inputBits;
  final int codeBits;
  final int sumBits;
  final double hold_ns;
  final double load_fF;
  final double acquire_ns;

  /** Whether factors that the spec states are those of the chip before. */
  final boolean isCalibratedAsBefore;

  /** Whether parts are of the same circuit families as those of the chip before. */
  final boolean hasFamiliesAsBefore;

  /**
   * Circuits of a design.
   *
   * @param before circuits of a chip whose own ones are taken where they are the same, or null
   */
  ChipCircuits(Design design, Process process, ChipCircuits before) {
    chip = design.chip();
    ownFactors = design.calibration();
    calibration = Calibration.of(ownFactors);
    this.process = process;
    columnsPerSum = columnsPerSum(design);
    cycle_ns = cycle_ns(design);
    weightBits = design.peakWeightBits();
    inputBits = design.peakInputBits();
    UnchangedCircuits unchanged = UnchangedCircuits.of(before, design, process, cycle_ns);
    isCalibratedAsBefore = unchanged.calibration();
    hasFamiliesAsBefore = unchanged.families(chip);
    Readout readout = chip.pe().readout();
    int rows = chip.crossbar().rows();
    int dacBits = dacBits(design);
    Input input = chip.pe().input();
    train = PulseTrain.of(input, design.peakInputBits());
    gateDriven =
        !chip.crossbar().sumsCurrents()
            || dischargesBitlines()
            || (chip.cell().access() == Access.ONE_TRANSISTOR && dacBits == 1);
    array = unchanged.array(gateDriven, readout.kind()) ? before.array : array(gateDriven);
    double full_uS = chip.cell().device().window().max_uS();
    double mean_uS = (full_uS + chip.cell().device().window().min_uS()) / 2;
    double read_V = chip.cell().readVoltage_V();
    ColumnLoad load = new ColumnLoad(rows, chip.crossbar().rowsActive(), full_uS, mean_uS, read_V);
    converter = unchanged.converter() ? before.converter : converter(design, load);
    sampled =
        chip.crossbar().sumsCurrents()
            && !dischargesBitlines()
            && chip.pe().sampleHold().count() > 0
            && !converter.takesCurrent();
    amplified =
        chip.crossbar().sumsCurrents()
            && !dischargesBitlines()
            && !converter.takesCurrent()
            && readout.frontEnd() != Readout.FrontEnd.NONE;
    rowInput =
        unchanged.rowInput(this) ? before.rowInput : rowInput(input, dacBits, gateDriven, mean_uS);
    double conversion_ns = conversion_ns(readout);
    hold_ns = turns() * conversion_ns;
    double temperature_K = chip.technology().temperature_K();
    sampleHold =
        unchanged.sampleHold(readout.bits(), hold_ns, temperature_K)
            ? before.sampleHold
            : new SampleHold(process, readout.bits(), hold_ns, temperature_K);
    load_fF = sampled ? sampleHold.capacitance_fF() : converter.input_fF();
    acquire_ns = acquire_ns(conversion_ns);
    frontEnd =
        unchanged.frontEnd(readout.frontEnd(), readout.bits(), load_fF, acquire_ns)
            ? before.frontEnd
            : frontEnd(readout, load);
    columnMux =
        unchanged.columnMux(readout.columnsPerAdc(), sampled)
            ? before.columnMux
            : new ColumnMux(process, readout.columnsPerAdc(), sampled ? 0 : load.typical_uS());
    writeDriver =
        unchanged.writeDriver()
            ? before.writeDriver
            : new WriteDriver(
                process,
                chip.cell().device().writeAt(process.supply_V()),
                chip.crossbar().allColumns());

    codeBits = sumOfCodes_bits(design);
    sumBits = 32 - Integer.numberOfLeadingZeros(Math.max(1, load.rowsActive() - 1));
    shiftAdd =
        unchanged.shiftAdd(codeBits) ? before.shiftAdd : LogicBlock.accumulator(process, codeBits);
    partialSum =
        unchanged.partialSum(sumBits)
            ? before.partialSum
            : LogicBlock.accumulator(process, weightBits + inputBits + sumBits);
    boolean units = unchanged.units();
    rectifier = units ? before.rectifier : LogicBlock.rectifier(process, inputBits);
    lookup = units ? before.lookup : LogicBlock.lookup(process, inputBits);
    maximum = units ? before.maximum : LogicBlock.maximum(process, inputBits);
    vector = units ? before.vector : LogicBlock.multiplyAccumulate(process, weightBits, inputBits);
    Chip old = unchanged.chip();
    inputRegister =
        unchanged.store(chip.pe().inputRegister(), old.pe().inputRegister())
            ? before.inputRegister
            : store(chip.pe().inputRegister());
    outputRegister =
        unchanged.store(chip.pe().outputRegister(), old.pe().outputRegister())
            ? before.outputRegister
            : store(chip.pe().outputRegister());
    tileBuffer =
        unchanged.store(chip.tile().buffer(), old.tile().buffer())
            ? before.tileBuffer
            : store(chip.tile().buffer());
    tileOutputRegister =
        unchanged.store(chip.tile().outputRegister(), old.tile().outputRegister())
            ? before.tileOutputRegister
            : store(chip.tile().outputRegister());
    globalBuffer =
        unchanged.store(chip.uncore().globalBuffer(), old.uncore().globalBuffer())
            ? before.globalBuffer
            : store(chip.uncore().globalBuffer());
    io = unchanged.io(chip.uncore().io()) ? before.io : new IoLink(chip.uncore().io());
    electrics = electrics();
    timing = timing(readout, conversion_ns);
  }

  /** A cycle of the clock: stated, or the time that the slowest stage of a pass takes. */
  private double cycle_ns(Design design) {
    if (chip.clock_GHz() != Chip.FASTEST) {
      return 1 / chip.clock_GHz();
    }
    double logic_ns = FASTEST_GATES * process.gate_ns();
    if (chip.crossbar().compute().kind() != Compute.Kind.DIGITAL) {
      return logic_ns;
    }
    double adders_ns = CircuitLibrary.adder(process, chip.pe().readout(), added(design)).time_ns();
    return Math.max(
        logic_ns, adders_ns * Families.factor(calibration, chip, Part.READOUT, Quantity.TIME));
  }

  private CellArray array(boolean gateDriven) {
    return switch (chip.crossbar().compute().kind()) {
      case CURRENT ->
          dischargesBitlines()
              ? new SramCurrentArray(process, chip.crossbar())
              : new CrossbarArray(process, chip.crossbar(), chip.cell(), gateDriven);
      case CHARGE -> new ChargeArray(process, chip.crossbar());
      case DIGITAL ->
          new DigitalArray(
              process,
              chip.crossbar(),
              chip.pe().readout().kind() == Readout.ReadoutKind.ADDER_CHAIN);
    };
  }

  /** Whether SRAM cells discharge the bitlines, so that no current is converted. */
  private boolean dischargesBitlines() {
    return chip.crossbar().sumsCurrents()
        && chip.cell().device().family() == Family.SRAM
        && !chip.crossbar().isTable();
  }

  /** Columns that one sum takes: those of the combined cells of a weight. */
  private static int columnsPerSum(Design design) {
    Crossbar.WeightEncoding weights = design.chip().crossbar().weights();
    if (weights.combine() == 1) {
      return 1;
    }
    boolean pairs =
        weights.encoding() == Crossbar.Encoding.DIFFERENTIAL
            && !weights.pairOnRows()
            && !weights.subtractDigitally();
    return (pairs ? 2 : 1) * cellsOfSum(design) + weights.carryColumns();
  }

  private static int cellsOfSum(Design design) {
    Crossbar.WeightEncoding weights = design.chip().crossbar().weights();
    // The sign of a differential weight is which of its two cells holds the magnitude.
    int bits =
        weights.encoding() == Crossbar.Encoding.DIFFERENTIAL
            ? Math.max(1, design.peakWeightBits() - 1)
            : design.peakWeightBits();
    int cells = (bits + design.chip().cell().bits() - 1) / design.chip().cell().bits();
    return Math.min(weights.combine(), cells);
  }

  /** Columns that one sum takes. */
  int columnsPerSum() {
    return columnsPerSum;
  }

  /**
   * Bits of the register in which codes are shifted and added: those of a code, of the weight that
   * is still in columns, and of the input that is still in pulses.
   */
  private int sumOfCodes_bits(Design design) {
    int further = design.peakWeightBits() + design.peakInputBits();
    if (chip.crossbar().compute().kind() != Compute.Kind.DIGITAL) {
      return chip.pe().readout().bits() + further;
    }
    AddedColumn column = added(design);
    return column.sumBits() + further - column.bits();
  }

  private AddedColumn added(Design design) {
    return new AddedColumn(
        chip.crossbar().rowsActive(), cellsOfSum(design) * chip.cell().bits(), inputBits(design));
  }

  /** Bits of an input that a digital array takes side by side. */
  private static int inputBits(Design design) {
    return design.chip().pe().input().bitsOfPulse(design.peakInputBits());
  }

  /** Bits that one pulse's amplitude carries; bits that come side by side have a line each. */
  private static int dacBits(Design design) {
    if (design.chip().crossbar().compute().kind() == Compute.Kind.DIGITAL) {
      return 1;
    }
    Input input = design.chip().pe().input();
    return input.encoding().isAmplitude() ? input.bitsOfPulse(design.peakInputBits()) : 1;
  }

  private RowInput rowInput(Input input, int dacBits, boolean gateDriven, double mean_uS) {
    double row_uS = chip.crossbar().allColumns() * mean_uS;
    double read_V = chip.cell().readVoltage_V();
    double write_V = chip.cell().device().writeAt(process.supply_V()).voltage_V();
    boolean highLine = Math.max(write_V, input.wordline().high_V()) > process.supply_V();
    RowDriver wordline =
        new RowDriver(
            process,
            dacBits,
            gateDriven,
            new RowDriver.Line(array.wordline_fF(), row_uS, read_V, array.readSupply_V()),
            (highLine ? WriteDriver.levelShifter_um2(process) : 0)
                + (chip.crossbar().compute().kind() == Compute.Kind.CHARGE
                    ? ChargeArray.dacCapacitor_um2(process, dacBits)
                    : 0),
            input.wordline());
    boolean open = isOpen();
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
    RowInput.Train pulseTrain = new RowInput.Train(pulses, planes ? train.bits() : pulses);
    if (!gateDriven || !chip.crossbar().sumsCurrents() || input.sign() == Input.Sign.SECOND_PASS) {
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

  /** Whether columns are open, their voltage sensed, not their current. */
  private boolean isOpen() {
    return chip.crossbar().sumsCurrents()
        && (converter.sensing() == Sensing.SAMPLED_VOLTAGE
            || (!converter.takesCurrent() && !amplified));
  }

  /** Whether the input lines charge the columns through the cells. */
  boolean inputChargesColumns() {
    return rowInput.hasLine() && isOpen();
  }

  /** Energy that half-selected cells take in a pass: while one column is read, others float. */
  double halfSelect_fJ(Account account) {
    int turns = turns();
    double floating = sampled ? 0 : chip.crossbar().allColumns() * (1 - 1.0 / turns);
    return array.halfSelect_fJ(floating, turns * timing.conduct_ns(), account);
  }

  /** Time of an input's pulses in one pass. */
  private double pulses_ns() {
    Input input = chip.pe().input();
    double one_ns = input.pulse_ns() > 0 ? input.pulse_ns() : cycle_ns;
    return switch (input.encoding()) {
      case BIT_SERIAL, AMPLITUDE -> one_ns;
      case PULSE_WIDTH -> train.levels() * one_ns;
      // A readout that asks for longer pulses gets them unless their time is stated.
      case PULSE_COUNT -> input.pulse_ns() > 0 || !countsItself() ? train.counts() * one_ns : 0;
    };
  }

  private boolean countsItself() {
    return chip.pe().readout().kind() == Readout.ReadoutKind.CHARGE_DECREMENT;
  }

  private Converter converter(Design design, ColumnLoad load) {
    Readout readout = chip.pe().readout();
    if (chip.crossbar().compute().kind() == Compute.Kind.DIGITAL) {
      return CircuitLibrary.adder(process, readout, added(design));
    }
    int perAdc = Math.max(1, readout.columnsPerAdc());
    int sharers = (chip.crossbar().allColumns() + perAdc - 1) / perAdc;
    CircuitLibrary.Column column =
        new CircuitLibrary.Column(load, train, pulses_ns(), sharers, cycle_ns);
    Converter plain = paced(readout, CircuitLibrary.converter(process, readout, column));
    return readout.range() == Readout.Range.CALIBRATED && !plain.trimsItself()
        ? new CalibratedReference(process, plain)
        : plain;
  }

  /** A SAR of a chip that states the time of its pass gets that time. */
  private Converter paced(Readout readout, Converter converter) {
    if (readout.kind() != Readout.ReadoutKind.SAR || !chip.crossbar().compute().hasPass()) {
      return converter;
    }
    double own_ns =
        converter.time_ns() * Families.factor(calibration, chip, Part.READOUT, Quantity.TIME);
    return new PacedConverter(converter, own_ns, chip.crossbar().compute().pass_ns() / turns());
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
   * Time in which a front end settles its load: a clock cycle, or a quarter of a conversion
   * (assumed) of a slow converter.
   */
  private double acquire_ns(double conversion_ns) {
    return sampled ? cycle_ns : Math.max(cycle_ns, conversion_ns / 4);
  }

  private ColumnAmplifier frontEnd(Readout readout, ColumnLoad load) {
    FrontEnd amplifier =
        new FrontEnd(
            process, load_fF, readout.bits(), acquire_ns, load.rowsActive() * load.mean_uS());
    return readout.frontEnd() == Readout.FrontEnd.INTEGRATOR
        ? new Integrator(
            process,
            amplifier,
            load.typical_uS() * load.readVoltage_V(),
            converter.integrate_ns(pulses_ns()))
        : amplifier;
  }

  private Store store(Memory memory) {
    double size_B = Math.max(1, memory.size_B());
    int width = Math.max(1, memory.width_bits());
    return switch (memory.kind()) {
      case EDRAM -> new EdramBuffer(process, size_B, width, cycle_ns);
      case SRAM -> new SramBuffer(process, size_B, width, memory.ports(), cycle_ns);
      case REGISTER_FILE, NONE ->
          new RegisterFile(process, size_B, width, memory.ports(), cycle_ns);
    };
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

  private double columnMean_uS() {
    ConductanceWindow window = chip.cell().device().window();
    return chip.crossbar().rowsActive() * (window.max_uS() + window.min_uS()) / 2;
  }

  private double columnFull_uS() {
    return chip.crossbar().rowsActive() * chip.cell().device().window().max_uS();
  }

  /**
   * Times of a pass. Sampled columns are read together and converted one after another while the
   * next pass reads: max(read, n t_c). Without sample-and-hold the mux gives one column at a time a
   * path for its current, the others float: n (read + t_c), and cells conduct while their column is
   * selected. Open columns settle as dividers through their own active cells, half of them driven
   * (assumed); a neuron samples them as soon as they have settled, and cells conduct no longer.
   */
  private Timing timing(Readout readout, double conversion_ns) {
    if (chip.crossbar().compute().kind() == Compute.Kind.DIGITAL) {
      return digitalTiming();
    }
    // ohm fF = 1e-6 ns.
    double wordline_ns =
        1e-6
            * array.wordline_fF()
            * Families.factor(calibration, chip, Part.INPUT, Quantity.TIME)
            * (rowInput.stage_ohm() + array.wordlineSegment_ohm() * chip.crossbar().columns() / 2);
    double column_ohm = isOpen() ? 2e6 / columnMean_uS() : electrics.frontEndInput_ohm();
    double bitline_ns =
        1e-6
            * array.bitline_fF()
            * calibration.factor(Families.of(chip, Part.CROSSBAR), Quantity.TIME)
            * (column_ohm + array.bitlineSegment_ohm() * chip.crossbar().rows() / 2);
    double settle_ns = (readout.bits() + 1) * LN_2 * (wordline_ns + bitline_ns);
    double integrate_ns = converter.integrate_ns(pulses_ns());
    double read_ns = settle_ns + integrate_ns;
    double convert_ns = turns() * conversion_ns;
    double conduct_ns = sampled ? read_ns : read_ns + conversion_ns;
    double pass_ns;
    if (chip.crossbar().isTable()) {
      pass_ns = convert_ns;
    } else {
      // The columns of a charge array hold what they add up.
      pass_ns =
          !chip.crossbar().sumsCurrents()
              ? read_ns + convert_ns
              : sampled ? Math.max(read_ns, convert_ns) : turns() * conduct_ns;
    }
    if (chip.crossbar().compute().hasPass()) {
      pass_ns = chip.crossbar().compute().pass_ns();
    }
    if (converter.sensing() == Sensing.SAMPLED_VOLTAGE) {
      conduct_ns = 0;
    }
    conduct_ns = Math.min(conduct_ns, pass_ns);
    return new Timing(settle_ns, integrate_ns, conversion_ns, pass_ns, conduct_ns, cycle_ns);
  }

  /** A digital array adds once a clock cycle, pipelined where its adders are slower. */
  private Timing digitalTiming() {
    double stated_ns = chip.crossbar().compute().pass_ns();
    double pass_ns = stated_ns > 0 ? stated_ns : turns() * cycle_ns;
    return new Timing(0, cycle_ns, cycle_ns, pass_ns, pass_ns, cycle_ns);
  }

  /**
   * Conversions that one converter makes in a pass: one a column, or one for two columns where a
   * pair is subtracted before it.
   */
  int turns() {
    int columns = Math.max(chip.pe().readout().columnsPerAdc(), columnsPerSum);
    if (columnsPerSum > 1) {
      return (columns + columnsPerSum - 1) / columnsPerSum;
    }
    Crossbar.WeightEncoding weights = chip.crossbar().weights();
    boolean pairs =
        weights.encoding() == Crossbar.Encoding.DIFFERENTIAL
            && !weights.pairOnRows()
            && !weights.subtractDigitally();
    return pairs ? (columns + 1) / 2 : columns;
  }

  /** Time that a column's amplifier is on in a pass: as long as its cells conduct. */
  double amplify_ns() {
    return timing.conduct_ns();
  }

  /** The bus across a tile of a side. */
  Wires bus(double side_um) {
    return new Wires(process, chip.tile().bus().width_bits(), side_um, side_um);
  }

  /** A tile's share of the fabric over tiles of a side. */
  Fabric fabric(double side_um) {
    Interconnect fabric = chip.uncore().interconnect();
    int width = fabric.width_bits();
    return switch (fabric.kind()) {
      case NONE, H_TREE ->
          new TreeSegment(new Wires(process, width, treeSegment_um(side_um), 2 * side_um));
      case RECONFIGURABLE ->
          new SwitchBox(
              process,
              fabric.tracks(),
              width,
              new Wires(process, width * fabric.tracks(), side_um, 2 * side_um));
      case MESH -> router(5, side_um, 4);
      case CONCENTRATED_MESH -> {
        int tiles = Math.max(1, fabric.tilesPerRouter());
        yield router(4 + tiles, side_um * Math.sqrt(tiles), 4);
      }
      // Links of a tile's side and, one in a row, as long as all of them together: two sides on
      // average. The long ones do not take longer than the routers that they save.
      case TORUS ->
          new Router(
              process,
              5,
              width,
              new Wires(process, width, 2 * side_um, 8 * side_um),
              new Wires(process, width, side_um, 0).delay_ns());
      case RING -> router(3, side_um, 2);
      case BUS ->
          new SharedBus(process, width, new Wires(process, width, tiles() * side_um, side_um));
      case FAT_TREE -> {
        Interconnect.Tree tree = fabric.tree();
        double levels = FatTreeBranch.levels(tree, tiles());
        double segment_um = side_um * Math.max(1, Math.sqrt(tiles()) / levels);
        Wires segment = new Wires(process, width, segment_um, 0);
        double laid_um = side_um * FatTreeBranch.pitches(tree, tiles());
        yield new FatTreeBranch(
            new Router(process, tree.arity() + 1, width, segment),
            new Wires(process, width, segment_um, laid_um),
            tree,
            tiles());
      }
    };
  }

  /** A router whose outgoing links have a length. */
  private Router router(int ports, double length_um, int links) {
    int width = chip.uncore().interconnect().width_bits();
    return new Router(
        process, ports, width, new Wires(process, width, length_um, links * length_um));
  }

  /** Tiles of the chip; 64 where their number follows from the workload. */
  private double tiles() {
    return chip.tile().count() == Tile.FIT ? TILES_IF_FIT : chip.tile().count();
  }

  /**
   * Length of a segment of an H-tree over tiles of a side. From leaf to root of n tiles lie log2 n
   * segments and about sqrt(n) tile pitches, so that a segment is sqrt(n)/log2 n pitches on
   * average, at least one; a tile's share of the tree is two pitches of wire. Where the number of
   * tiles follows from the workload, 64 are assumed.
   */
  double treeSegment_um(double side_um) {
    double levels =
        chip.tile().count() == Tile.FIT
            ? LEVELS_IF_FIT
            : Math.max(1, StrictMath.log(chip.tile().count()) / LN_2);
    return side_um * Math.max(1, Math.sqrt(tiles()) / levels);
  }
}
