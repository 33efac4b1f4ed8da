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
import dev.kirchhoff.peripherals.analog.ColumnMux;
import dev.kirchhoff.peripherals.analog.FrontEnd;
import dev.kirchhoff.peripherals.analog.SampleHold;
import dev.kirchhoff.peripherals.array.CellArray;
import dev.kirchhoff.peripherals.array.ChargeArray;
import dev.kirchhoff.peripherals.array.CrossbarArray;
import dev.kirchhoff.peripherals.array.DigitalArray;
import dev.kirchhoff.peripherals.array.WriteDriver;
import dev.kirchhoff.peripherals.calibration.Calibration;
import dev.kirchhoff.peripherals.digital.LogicBlock;
import dev.kirchhoff.peripherals.input.RowDriver;
import dev.kirchhoff.peripherals.link.IoLink;
import dev.kirchhoff.peripherals.link.Router;
import dev.kirchhoff.peripherals.link.SwitchBox;
import dev.kirchhoff.peripherals.link.Wires;
import dev.kirchhoff.peripherals.memory.EdramBuffer;
import dev.kirchhoff.peripherals.memory.RegisterFile;
import dev.kirchhoff.peripherals.memory.SramBuffer;
import dev.kirchhoff.peripherals.memory.Store;
import dev.kirchhoff.peripherals.readout.AddedColumn;
import dev.kirchhoff.peripherals.readout.CalibratedReference;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;

/** The modelled circuits of a chip, each sized for the others, and the times of a pass. */
final class ChipCircuits {
  private static final double LN_2 = StrictMath.log(2);
  private static final double TILES_IF_FIT = 64;

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
  final RowDriver rowDriver;
  final Converter converter;
  final SampleHold sampleHold;
  final FrontEnd frontEnd;
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
  final boolean sampled;
  final Timing timing;
  final Electrics electrics;
  private final int columnsPerSum;

  ChipCircuits(Design design) {
    chip = design.chip();
    ownFactors = design.calibration();
    calibration = Calibration.of(ownFactors);
    process = Process.of(chip.technology());
    columnsPerSum = columnsPerSum(design);
    cycle_ns = cycle_ns(design);
    Readout readout = chip.pe().readout();
    int rows = chip.crossbar().rows();
    int columns = chip.crossbar().columns();
    int dacBits = dacBits(design);
    boolean gateDriven =
        !chip.crossbar().sumsCurrents()
            || (chip.cell().access() == Access.ONE_TRANSISTOR && dacBits == 1);
    array = array(gateDriven);
    double full_uS = chip.cell().device().window().max_uS();
    double mean_uS = (full_uS + chip.cell().device().window().min_uS()) / 2;
    double read_V = chip.cell().readVoltage_V();
    ColumnLoad load = new ColumnLoad(rows, chip.crossbar().rowsActive(), full_uS, mean_uS, read_V);
    boolean highWrite = chip.cell().device().write().voltage_V() > process.supply_V();
    rowDriver =
        new RowDriver(
            process,
            dacBits,
            gateDriven,
            new RowDriver.Line(
                array.wordline_fF(), columns * mean_uS, read_V, array.readSupply_V()),
            highWrite ? WriteDriver.levelShifter_um2(process) : 0);
    converter = converter(design, load);
    sampled =
        chip.crossbar().sumsCurrents()
            && chip.pe().sampleHold().count() > 0
            && !converter.takesCurrent();
    double conversion_ns = conversion_ns(readout);
    double hold_ns = turns() * conversion_ns;
    sampleHold =
        new SampleHold(process, readout.bits(), hold_ns, chip.technology().temperature_K());
    double load_fF = sampled ? sampleHold.capacitance_fF() : converter.input_fF();
    frontEnd =
        new FrontEnd(
            process,
            load_fF,
            readout.bits(),
            acquire_ns(conversion_ns),
            load.rowsActive() * mean_uS);
    columnMux = new ColumnMux(process, readout.columnsPerAdc(), sampled ? 0 : load.typical_uS());
    writeDriver = new WriteDriver(process, chip.cell().device().write(), columns);

    int weightBits = design.peakWeightBits();
    int inputBits = design.peakInputBits();
    int sumBits = 32 - Integer.numberOfLeadingZeros(Math.max(1, load.rowsActive() - 1));
    shiftAdd = LogicBlock.accumulator(process, readout.bits() + weightBits + inputBits);
    partialSum = LogicBlock.accumulator(process, weightBits + inputBits + sumBits);
    rectifier = LogicBlock.rectifier(process, inputBits);
    lookup = LogicBlock.lookup(process, inputBits);
    maximum = LogicBlock.maximum(process, inputBits);
    vector = LogicBlock.multiplyAccumulate(process, weightBits, inputBits);
    inputRegister = store(chip.pe().inputRegister());
    outputRegister = store(chip.pe().outputRegister());
    tileBuffer = store(chip.tile().buffer());
    tileOutputRegister = store(chip.tile().outputRegister());
    globalBuffer = store(chip.uncore().globalBuffer());
    io = new IoLink(chip.uncore().io());
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
        logic_ns, adders_ns * calibration.factor(Families.of(chip, Part.READOUT), Quantity.TIME));
  }

  private CellArray array(boolean gateDriven) {
    return switch (chip.crossbar().compute().kind()) {
      case CURRENT -> new CrossbarArray(process, chip.crossbar(), chip.cell(), gateDriven);
      case CHARGE -> new ChargeArray(process, chip.crossbar());
      case DIGITAL ->
          new DigitalArray(
              process,
              chip.crossbar(),
              chip.pe().readout().kind() == Readout.ReadoutKind.ADDER_CHAIN);
    };
  }

  /** Columns that one sum takes: those of the combined cells of a weight. */
  private static int columnsPerSum(Design design) {
    Crossbar.WeightEncoding weights = design.chip().crossbar().weights();
    int cells = cellsOfSum(design);
    return weights.combine() == 1 ? 1 : cells + weights.carryColumns();
  }

  private static int cellsOfSum(Design design) {
    int cells =
        (design.peakWeightBits() + design.chip().cell().bits() - 1) / design.chip().cell().bits();
    return Math.min(design.chip().crossbar().weights().combine(), cells);
  }

  /** Columns that one sum takes. */
  int columnsPerSum() {
    return columnsPerSum;
  }

  private AddedColumn added(Design design) {
    return new AddedColumn(
        chip.crossbar().rowsActive(), cellsOfSum(design) * chip.cell().bits(), dacBits(design));
  }

  private static int dacBits(Design design) {
    Input input = design.chip().pe().input();
    return input.encoding() == Input.Encoding.AMPLITUDE
        ? Math.max(input.bitsPerPulse(), design.peakInputBits())
        : input.bitsPerPulse();
  }

  private Converter converter(Design design, ColumnLoad load) {
    Readout readout = chip.pe().readout();
    if (chip.crossbar().compute().kind() == Compute.Kind.DIGITAL) {
      return CircuitLibrary.adder(process, readout, added(design));
    }
    Converter plain = CircuitLibrary.converter(process, readout, load, cycle_ns);
    return readout.range() == Readout.Range.CALIBRATED
        ? new CalibratedReference(process, plain)
        : plain;
  }

  private double conversion_ns(Readout readout) {
    return readout.model() instanceof ComponentModel.Given given && given.time_ns().isPresent()
        ? given.time_ns().getAsDouble()
        : converter.time_ns() * calibration.factor(Families.of(chip, Part.READOUT), Quantity.TIME);
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
    double input_ohm =
        converter.takesCurrent() ? 1e6 / (100 * columnFull_uS()) : frontEnd.input_ohm();
    return new Electrics(
        array.wordlineSegment_ohm(),
        array.bitlineSegment_ohm(),
        rowDriver.driver_ohm(),
        input_ohm,
        array.wordline_fF(),
        array.bitline_fF(),
        array.readSupply_V());
  }

  private double columnFull_uS() {
    return chip.crossbar().rowsActive() * chip.cell().device().window().max_uS();
  }

  /**
   * Times of a pass. Sampled columns are read together and converted one after another while the
   * next pass reads: max(read, n t_c). Without sample-and-hold the mux gives one column at a time a
   * path for its current, the others float: n (read + t_c), and cells conduct while their column is
   * selected.
   */
  private Timing timing(Readout readout, double conversion_ns) {
    if (chip.crossbar().compute().kind() == Compute.Kind.DIGITAL) {
      return digitalTiming();
    }
    // ohm fF = 1e-6 ns.
    double wordline_ns =
        1e-6
            * array.wordline_fF()
            * calibration.factor(Families.of(chip, Part.INPUT), Quantity.TIME)
            * (rowDriver.stage_ohm() + array.wordlineSegment_ohm() * chip.crossbar().columns() / 2);
    double bitline_ns =
        1e-6
            * array.bitline_fF()
            * (electrics.frontEndInput_ohm()
                + array.bitlineSegment_ohm() * chip.crossbar().rows() / 2);
    double settle_ns = (readout.bits() + 1) * LN_2 * (wordline_ns + bitline_ns);
    double integrate_ns = cycle_ns;
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

  /**
   * A segment of an H-tree over tiles of a side. From leaf to root of n tiles lie log2 n segments
   * and about sqrt(n) tile pitches, so that a segment is sqrt(n)/log2 n pitches on average, at
   * least one; a tile's share of the tree is two pitches of wire. Where the number of tiles follows
   * from the workload, 64 are assumed.
   */
  Wires tree(double side_um) {
    double tiles = chip.tile().count() == Tile.FIT ? TILES_IF_FIT : chip.tile().count();
    double levels = Math.max(1, StrictMath.log(tiles) / LN_2);
    double segment_um = side_um * Math.max(1, Math.sqrt(tiles) / levels);
    return new Wires(process, chip.uncore().interconnect().width_bits(), segment_um, 2 * side_um);
  }

  /** The switch box of a reconfigurable fabric over tiles of a side. */
  SwitchBox switchBox(double side_um) {
    Interconnect fabric = chip.uncore().interconnect();
    Wires segment = new Wires(process, fabric.width_bits() * fabric.tracks(), side_um, 2 * side_um);
    return new SwitchBox(process, fabric.tracks(), fabric.width_bits(), segment);
  }

  /** The router of a mesh of tiles of a side. */
  Router router(double side_um) {
    Interconnect fabric = chip.uncore().interconnect();
    int tiles = Math.max(1, fabric.tilesPerRouter());
    double length_um = side_um * Math.sqrt(tiles);
    Wires link = new Wires(process, fabric.width_bits(), length_um, 2 * length_um);
    return new Router(process, 4 + tiles, fabric.width_bits(), link);
  }
}
