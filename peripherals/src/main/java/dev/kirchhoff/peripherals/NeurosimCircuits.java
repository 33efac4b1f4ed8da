package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.WeightDigits;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.digital.AddedCodes;
import dev.kirchhoff.peripherals.digital.Operands;
import dev.kirchhoff.peripherals.digital.SlicedCodes;
import dev.kirchhoff.peripherals.link.Wiring;
import dev.kirchhoff.peripherals.memory.MemoryCircuits;
import dev.kirchhoff.peripherals.memory.MemorySize;
import dev.kirchhoff.peripherals.neurosim.MeasuredCells;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import java.util.Optional;

/**
 * The parts of a chip that name a model of the NeuroSim family, each with its circuit; empty for a
 * chip that names none. The array's model stands for its rows, columns and mux too.
 */
final class NeurosimCircuits {
  private static final Part[] PARTS = Part.values();

  /** Of a chip that names no model of the family. */
  static final NeurosimCircuits NONE = new NeurosimCircuits(null);

  /**
   * Way of an input bit from the edge of its tile to a register of a PE, in sides of a tile. This
   * and that of the bus are fitted: with the tree they make the interconnect of the tool's default
   * run, 10.22 uJ; their ratio was fitted before.
   */
  private static final double FEED_SIDES = 1.45;

  /** Way of a bit on the bus of a tile, in its sides. */
  private static final double BUS_SIDES = 0.33;

  /**
   * Way of a bit over a segment of the tree between tiles, in sides of a tile: that of a tree of 64
   * tiles, with which the two above were fitted.
   */
  private static final double SEGMENT_SIDES = 8 / 6.0;

  /** Wire of the tree between tiles that a tile has, in its sides; folded four times. */
  private static final double TREE_SIDES = 0.75;

  private final ChipCircuits circuits;
  private final Circuit[] found = new Circuit[PARTS.length];
  private SheetCircuit array;
  private SheetCircuit feed;

  private NeurosimCircuits(ChipCircuits circuits) {
    this.circuits = circuits;
  }

  /**
   * The parts of a design that name such a model.
   *
   * @param models model of each part
   */
  static NeurosimCircuits of(Design design, ChipCircuits circuits, ComponentModel[] models) {
    NeurosimCircuits neurosim = NONE;
    for (Part part : PARTS) {
      if (NeurosimModels.isOfFamily(models[part.ordinal()])) {
        if (neurosim == NONE) {
          neurosim = new NeurosimCircuits(circuits);
        }
        neurosim.find(design, part);
      }
    }
    return neurosim;
  }

  private void find(Design design, Part part) {
    Chip chip = design.chip();
    Process process = circuits.process();
    int weightBits = design.widest().weights();
    int inputBits = design.widest().inputs();
    Circuits models = circuits.site().circuits();
    Operands operands = new Operands(process, weightBits, inputBits);
    switch (part) {
      case CROSSBAR -> {
        MeasuredCells cells =
            new MeasuredCells(
                circuits.column().array().cells(), chip.pe().readout().columnsPerAdc());
        array = cells.circuit(models, NeurosimModels.ARRAY);
        put(part, array);
        put(Part.INPUT, cells.circuit(models, "neurosim-row"));
        put(Part.WRITE_DRIVER, cells.circuit(models, "neurosim-column"));
        put(Part.COLUMN_MUX, cells.circuit(models, "neurosim-mux"));
      }
      case SHIFT_ADD -> {
        int ofOneBit = Math.min(weightBits, chip.crossbar().weights().oneBitCells());
        int cells = new WeightDigits(weightBits, chip.cell().bits(), ofOneBit).count();
        put(
            part,
            new SlicedCodes(process, chip.pe().readout().bits(), cells, inputBits)
                .block(models, NeurosimModels.LOGIC));
      }
      case TILE_SHIFT_ADD -> {
        int rows = Math.max(1, chip.crossbar().rowsActive() - 1);
        int bits = weightBits + inputBits + 32 - Integer.numberOfLeadingZeros(rows);
        put(part, AddedCodes.ofBlocks(process, bits).block(models, "neurosim-adder"));
      }
      case RELU -> put(part, operands.block(models, "neurosim-rectifier"));
      case MAX_POOL -> put(part, operands.block(models, "neurosim-maximum"));
      case INPUT_REGISTER -> buffer(part, chip.pe().inputRegister());
      case OUTPUT_REGISTER -> buffer(part, chip.pe().outputRegister());
      case TILE_BUFFER -> buffer(part, chip.tile().buffer());
      case TILE_OUTPUT_REGISTER -> buffer(part, chip.tile().outputRegister());
      case GLOBAL_BUFFER -> buffer(part, chip.uncore().globalBuffer());
      // Readouts are converters of the library, wires wait for the side of a tile; the rest have no
      // model of the family.
      case INPUT,
          ROW_SELECTOR,
          FRONT_END,
          SAMPLE_HOLD,
          COLUMN_MUX,
          READOUT,
          WRITE_DRIVER,
          TRANSPOSE,
          FEEDBACK,
          RANDOM,
          BUS,
          SIGMOID,
          VECTOR,
          INTERCONNECT,
          LINKS,
          IO,
          CONTROL,
          PE_OTHERS,
          TILE_OTHERS,
          CHIP_OTHERS -> {}
    }
  }

  private void put(Part part, Circuit circuit) {
    found[part.ordinal()] = circuit;
  }

  private void buffer(Part part, Optional<Memory> stated) {
    stated
        .filter(memory -> memory.kind() != Memory.MemoryKind.EDRAM)
        .ifPresent(
            memory ->
                put(
                    part,
                    MemoryCircuits.of(
                        circuits.site().circuits(),
                        NeurosimModels.BUFFER,
                        memory,
                        circuits.process(),
                        circuits.timing().cycle_ns())));
  }

  /** These circuits on a tile without extent. */
  NeurosimCircuits pointwise() {
    if (this == NONE) {
      return this;
    }
    NeurosimCircuits copy = new NeurosimCircuits(circuits);
    System.arraycopy(found, 0, copy.found, 0, found.length);
    copy.array = array;
    copy.sizeWires(0);
    return copy;
  }

  /** Lays the wires, when the side of a tile without them is known. */
  void sizeWires(double side_um) {
    if (this == NONE) {
      return;
    }
    Chip chip = circuits.chip();
    if (isNamed(Part.BUS, NeurosimModels.BUS)) {
      put(
          Part.BUS,
          wires(NeurosimModels.BUS, chip.tile().bus().width_bits(), BUS_SIDES * side_um, side_um));
    }
    if (isNamed(Part.INPUT_REGISTER, NeurosimModels.FEED)) {
      feed = wires(NeurosimModels.FEED, 1, FEED_SIDES * side_um, 0);
    }
    if (isNamed(Part.INTERCONNECT, NeurosimModels.H_TREE)) {
      put(
          Part.INTERCONNECT,
          wires(
              NeurosimModels.H_TREE,
              chip.uncore().interconnect().width_bits(),
              SEGMENT_SIDES * side_um,
              TREE_SIDES * side_um));
    }
  }

  private SheetCircuit wires(String name, int width, double length_um, double laid_um) {
    return new Wiring(circuits.process(), width, length_um, laid_um)
        .of(circuits.site().circuits(), name);
  }

  private boolean isNamed(Part part, String name) {
    return Models.of(circuits.chip(), part) instanceof ComponentModel.Named named
        && named.name().equals(name);
  }

  /** True if the chip names no such model. */
  boolean isEmpty() {
    return this == NONE;
  }

  /** True if a part is priced here. */
  boolean has(Part part) {
    return found[part.ordinal()] != null;
  }

  /** The circuit of a part that is priced here. */
  Circuit circuit(Part part) {
    return found[part.ordinal()];
  }

  /** Energy of an action of a part that is priced here. */
  double energy_fJ(Action action, Account account) {
    return switch (action) {
      case CELL_READ ->
          circuits.column().converter().pricesReadCurrent()
              ? circuits.column().converter().readCurrent_fJ(MeasuredCells.full_uS(array), account)
              : circuits.timed().cellRead_fJ(account);
      case ARRAY_PASS -> array.energy_fJ(MeasuredCells.PASS, account);
      case COLUMN_SETTLE, WORDLINE, ROW_CONVERT, ROW_BIAS -> {
        account.formula("0").source("inside the energy of rows and cells");
        yield 0;
      }
      case ROW_PULSE -> array.energy_fJ(MeasuredCells.PULSE, account);
      case SELECT -> array.energy_fJ(MeasuredCells.SELECT, account);
      case SHIFT_ADD, ADD, RELU, MAX_COMPARE ->
          ((SheetCircuit) circuit(action.part())).energy_fJ(account);
      case INPUT_REGISTER_WRITE_BIT ->
          feed == null ? write(action, account) : feed.energy_fJ(account);
      case OUTPUT_REGISTER_WRITE_BIT,
          TILE_BUFFER_WRITE_BIT,
          TILE_OUTPUT_REGISTER_BIT,
          GLOBAL_BUFFER_WRITE_BIT ->
          write(action, account);
      case INPUT_REGISTER_READ_BIT,
          OUTPUT_REGISTER_READ_BIT,
          TILE_BUFFER_READ_BIT,
          GLOBAL_BUFFER_READ_BIT ->
          ((SheetCircuit) circuit(action.part())).energy_fJ(MemorySize.READ, account);
      case PITCH_BIT -> {
        account.formula("0").source("wires are in the energy of a hop");
        yield 0;
      }
      case BUS_BIT, HOP_BIT -> ((SheetCircuit) circuit(action.part())).energy_fJ(account);
      case ROW_LOAD,
          ROW_PICK,
          AMPLIFY,
          SAMPLE,
          CONVERSION,
          CONVERTER_BIAS,
          PRODUCT,
          LOOKUP,
          MULTIPLY_ACCUMULATE,
          CELL_WRITE,
          CELL_PULSE,
          LOOP_SETTLE,
          RANDOM_DRAW,
          IO_BIT,
          CONFIGURE_BIT ->
          throw new IllegalStateException(action + " has no model of the family.");
    };
  }

  private double write(Action action, Account account) {
    return ((SheetCircuit) circuit(action.part())).energy_fJ(MemorySize.WRITE, account);
  }
}
