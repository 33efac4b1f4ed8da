package dev.kirchhoff.peripherals;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.link.Fabric;
import dev.kirchhoff.peripherals.link.Wires;

/**
 * By part the circuit that prices it, by action what that circuit says it costs, before fitted
 * factors and control. Bus and fabric are there when they are laid.
 */
final class PartCircuits {
  private final TimedCircuits circuits;
  private final NeurosimCircuits neurosim;

  private Wires bus;
  private Fabric fabric;

  PartCircuits(TimedCircuits circuits, NeurosimCircuits neurosim) {
    this.circuits = circuits;
    this.neurosim = neurosim;
  }

  /** Lays the wires, when the side of a tile without them is known. */
  void sizeWires(double side_um) {
    bus = circuits.wires.bus(side_um);
    neurosim.sizeWires(side_um);
    fabric = circuits.wires.fabric(side_um);
  }

  /** A tile's share of the fabric, once it is laid. */
  Fabric fabric() {
    return fabric;
  }

  /** The circuit of a part. */
  Circuit of(Part part) {
    if (neurosim.has(part)) {
      return neurosim.circuit(part);
    }
    return switch (part) {
      case CROSSBAR -> circuits.array;
      case INPUT -> circuits.rowInput;
      case ROW_SELECTOR -> circuits.rowSelector;
      case FRONT_END -> circuits.frontEnd.orElseThrow();
      case SAMPLE_HOLD -> circuits.sampleHold;
      case COLUMN_MUX -> circuits.columnMux;
      case READOUT -> circuits.converter;
      case SHIFT_ADD -> circuits.shiftAdd;
      case INPUT_REGISTER -> circuits.inputRegister;
      case OUTPUT_REGISTER -> circuits.outputRegister;
      case WRITE_DRIVER -> circuits.writeDriver;
      case TRANSPOSE -> circuits.kernels.switches();
      case FEEDBACK -> circuits.kernels.feedback;
      case RANDOM -> circuits.kernels.random;
      case TILE_BUFFER -> circuits.tileBuffer;
      case BUS -> bus;
      case TILE_OUTPUT_REGISTER -> circuits.tileOutputRegister;
      case RELU -> circuits.rectifier;
      case SIGMOID -> circuits.lookup;
      case MAX_POOL -> circuits.maximum;
      case TILE_SHIFT_ADD -> circuits.partialSum;
      case VECTOR -> circuits.vector;
      case INTERCONNECT -> fabric;
      case GLOBAL_BUFFER -> circuits.globalBuffer;
      case IO -> circuits.io;
      case PE_OTHERS, TILE_OTHERS, CHIP_OTHERS, CONTROL ->
          throw new IllegalStateException("The part (" + part.word() + ") has no circuit.");
    };
  }

  /** Energy of an action. */
  double energy_fJ(Action action, Account account) {
    if (neurosim.has(action.part())) {
      return neurosim.energy_fJ(action, account);
    }
    return switch (action) {
      case ARRAY_PASS -> circuits.halfSelect_fJ(account);
      case CELL_READ -> cellRead(account);
      case COLUMN_SETTLE -> columnSettle(account);
      case ROW_PULSE -> circuits.rowInput.pulses_fJ(account);
      case ROW_BIAS -> circuits.rowInput.bias_fJ(circuits.rowBiased_ns(), account);
      case WORDLINE -> circuits.rowInput.wordline_fJ(account);
      case ROW_CONVERT -> circuits.rowInput.convert_fJ(account);
      case ROW_LOAD -> circuits.rowSelector.load_fJ(account);
      case ROW_PICK -> circuits.rowSelector.pick_fJ(account);
      case AMPLIFY ->
          circuits
              .frontEnd
              .orElseThrow()
              .amplify_fJ(circuits.biased_ns(), circuits.timing.conduct_ns(), account);
      case SAMPLE -> circuits.sampleHold.sample_fJ(account);
      case SELECT -> circuits.columnMux.select_fJ(account);
      case CONVERSION -> circuits.converter.switching_fJ(account);
      case CONVERTER_BIAS ->
          circuits.converter.bias_fJ(circuits.timing.conduct_ns(), circuits.turn_ns(), account);
      case PRODUCT -> circuits.converter.product_fJ(account);
      case SHIFT_ADD -> circuits.shiftAdd.energy_fJ(account);
      case CELL_WRITE, CELL_PULSE ->
          throw new IllegalStateException("A write is priced by the programming of its cells.");
      case LOOP_SETTLE -> circuits.kernels.feedback.settle_fJ(account);
      case RANDOM_DRAW -> circuits.kernels.random.draw_fJ(account);
      case INPUT_REGISTER_WRITE_BIT -> circuits.inputRegister.write_fJ(account);
      case INPUT_REGISTER_READ_BIT -> circuits.inputRegister.read_fJ(account);
      case OUTPUT_REGISTER_WRITE_BIT -> circuits.outputRegister.write_fJ(account);
      case OUTPUT_REGISTER_READ_BIT -> circuits.outputRegister.read_fJ(account);
      case TILE_BUFFER_WRITE_BIT -> circuits.tileBuffer.write_fJ(account);
      case TILE_BUFFER_READ_BIT -> circuits.tileBuffer.read_fJ(account);
      case BUS_BIT -> bus.bit_fJ(account);
      case TILE_OUTPUT_REGISTER_BIT -> circuits.tileOutputRegister.write_fJ(account);
      case RELU -> circuits.rectifier.energy_fJ(account);
      case LOOKUP -> circuits.lookup.energy_fJ(account);
      case MAX_COMPARE -> circuits.maximum.energy_fJ(account);
      case ADD -> circuits.partialSum.energy_fJ(account);
      case MULTIPLY_ACCUMULATE -> circuits.vector.energy_fJ(account);
      case HOP_BIT -> fabric.bit_fJ(account);
      case GLOBAL_BUFFER_WRITE_BIT -> circuits.globalBuffer.write_fJ(account);
      case GLOBAL_BUFFER_READ_BIT -> circuits.globalBuffer.read_fJ(account);
      case IO_BIT -> circuits.io.bit_fJ(account);
    };
  }

  private double columnSettle(Account account) {
    if (circuits.inputChargesColumns()) {
      account.formula("0").source("open columns are charged through the input lines");
      return 0;
    }
    return circuits.array.columnSettle_fJ(account);
  }

  private double cellRead(Account account) {
    if (circuits.converter.pricesReadCurrent()) {
      return circuits.converter.readCurrent_fJ(
          circuits.chip.cell().device().window().max_uS(), account);
    }
    return circuits.array.cellRead_fJ(circuits.timing.conduct_ns(), account);
  }
}
