package dev.kirchhoff.peripherals;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.input.SelectedRows;
import dev.kirchhoff.peripherals.link.Fabric;
import dev.kirchhoff.peripherals.memory.MemorySize;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;

/**
 * By part the circuit that prices it, by action what that circuit says it costs, before fitted
 * factors and control. Bus and fabric are there when they are laid.
 */
final class PartCircuits {
  private final ChipCircuits circuits;
  private final ColumnCircuits column;
  private final TimedColumn timed;
  private final DigitalCircuits digital;
  private final NeurosimCircuits neurosim;

  private SheetCircuit bus;
  private Fabric fabric;
  private SheetCircuit link;

  PartCircuits(ChipCircuits circuits, NeurosimCircuits neurosim) {
    this.circuits = circuits;
    column = circuits.column();
    timed = circuits.timed();
    digital = circuits.digital();
    this.neurosim = neurosim;
  }

  /** Lays the wires, when the side of a tile without them is known. */
  void sizeWires(double side_um) {
    bus = circuits.wires().bus(side_um);
    neurosim.sizeWires(side_um);
    fabric = circuits.wires().fabric(side_um);
    link = circuits.wires().link(side_um);
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
      case CROSSBAR -> column.array();
      case INPUT -> column.rows().input();
      case ROW_SELECTOR -> column.rows().selector();
      case FRONT_END -> column.frontEnd().orElseThrow();
      case SAMPLE_HOLD -> column.sampler();
      case COLUMN_MUX -> column.mux();
      case READOUT -> column.converter();
      case SHIFT_ADD -> digital.shiftAdd();
      case INPUT_REGISTER -> digital.inputRegister();
      case OUTPUT_REGISTER -> digital.outputRegister();
      case WRITE_DRIVER -> circuits.writeDriver();
      case TRANSPOSE -> circuits.kernels().switches();
      case FEEDBACK -> circuits.kernels().feedback;
      case RANDOM -> circuits.kernels().random;
      case TILE_BUFFER -> digital.tileBuffer();
      case BUS -> bus;
      case TILE_OUTPUT_REGISTER -> digital.tileOutputRegister();
      case RELU -> digital.rectifier();
      case SIGMOID -> digital.lookup();
      case MAX_POOL -> digital.maximum();
      case TILE_SHIFT_ADD -> digital.partialSum();
      case VECTOR -> digital.vector();
      case INTERCONNECT -> fabric;
      case LINKS -> link;
      case GLOBAL_BUFFER -> digital.globalBuffer();
      case IO -> circuits.io();
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
      case ARRAY_PASS -> timed.halfSelect_fJ(account);
      case CELL_READ -> cellRead(account);
      case COLUMN_SETTLE -> columnSettle(account);
      case ROW_PULSE -> column.rows().input().pulses_fJ(account);
      case ROW_BIAS -> column.rows().input().bias_fJ(timed.rowBiased_ns(), account);
      case WORDLINE -> column.rows().input().wordline_fJ(account);
      case ROW_CONVERT -> column.rows().input().convert_fJ(account);
      case ROW_LOAD -> column.rows().selector().energy_fJ(SelectedRows.LOAD, account);
      case ROW_PICK -> column.rows().selector().energy_fJ(SelectedRows.PICK, account);
      case AMPLIFY ->
          column
              .frontEnd()
              .orElseThrow()
              .amplify_fJ(timed.biased_ns(), timed.timing().conduct_ns(), account);
      case SAMPLE -> column.sampler().energy_fJ(account);
      case SELECT -> column.mux().energy_fJ(account);
      case CONVERSION -> column.converter().switching_fJ(account);
      case CONVERTER_BIAS ->
          column.converter().bias_fJ(timed.timing().conduct_ns(), timed.turn_ns(), account);
      case PRODUCT -> column.converter().product_fJ(account);
      case SHIFT_ADD -> digital.shiftAdd().energy_fJ(account);
      case CELL_WRITE, CELL_PULSE ->
          throw new IllegalStateException("A write is priced by the programming of its cells.");
      case CONFIGURE_BIT -> fabric.configuration_fJ(account);
      case LOOP_SETTLE -> circuits.kernels().feedback.energy_fJ(account);
      case RANDOM_DRAW -> circuits.kernels().random.energy_fJ(account);
      case INPUT_REGISTER_WRITE_BIT -> digital.inputRegister().energy_fJ(MemorySize.WRITE, account);
      case INPUT_REGISTER_READ_BIT -> digital.inputRegister().energy_fJ(MemorySize.READ, account);
      case OUTPUT_REGISTER_WRITE_BIT ->
          digital.outputRegister().energy_fJ(MemorySize.WRITE, account);
      case OUTPUT_REGISTER_READ_BIT -> digital.outputRegister().energy_fJ(MemorySize.READ, account);
      case TILE_BUFFER_WRITE_BIT -> digital.tileBuffer().energy_fJ(MemorySize.WRITE, account);
      case TILE_BUFFER_READ_BIT -> digital.tileBuffer().energy_fJ(MemorySize.READ, account);
      case BUS_BIT -> bus.energy_fJ(account);
      case TILE_OUTPUT_REGISTER_BIT ->
          digital.tileOutputRegister().energy_fJ(MemorySize.WRITE, account);
      case RELU -> digital.rectifier().energy_fJ(account);
      case LOOKUP -> digital.lookup().energy_fJ(account);
      case MAX_COMPARE -> digital.maximum().energy_fJ(account);
      case ADD -> digital.partialSum().energy_fJ(account);
      case MULTIPLY_ACCUMULATE -> digital.vector().energy_fJ(account);
      case HOP_BIT -> fabric.bit_fJ(account);
      case PITCH_BIT -> fabric.pitch_fJ(account);
      case GLOBAL_BUFFER_WRITE_BIT -> digital.globalBuffer().energy_fJ(MemorySize.WRITE, account);
      case GLOBAL_BUFFER_READ_BIT -> digital.globalBuffer().energy_fJ(MemorySize.READ, account);
      case IO_BIT -> circuits.io().energy_fJ(account);
    };
  }

  private double columnSettle(Account account) {
    if (column.inputChargesColumns()) {
      account.formula("0").source("open columns are charged through the input lines");
      return 0;
    }
    return column.array().columnSettle_fJ(account);
  }

  private double cellRead(Account account) {
    if (column.converter().pricesReadCurrent()) {
      return column
          .converter()
          .readCurrent_fJ(circuits.chip().cell().device().window().max_uS(), account);
    }
    return timed.cellRead_fJ(account);
  }
}
