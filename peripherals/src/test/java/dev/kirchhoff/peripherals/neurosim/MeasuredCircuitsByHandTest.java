package dev.kirchhoff.peripherals.neurosim;

import static dev.kirchhoff.arch.chip.Memory.MemoryKind.REGISTER_FILE;
import static dev.kirchhoff.arch.chip.Memory.MemoryKind.SRAM;
import static dev.kirchhoff.peripherals.memory.MemorySize.ACCESS;
import static dev.kirchhoff.peripherals.memory.MemorySize.READ;
import static dev.kirchhoff.peripherals.memory.MemorySize.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.ConductanceWindow;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceLimits;
import dev.kirchhoff.arch.device.DeviceStatistics;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.peripherals.array.ArrayCells;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.digital.AddedCodes;
import dev.kirchhoff.peripherals.digital.Operands;
import dev.kirchhoff.peripherals.digital.SlicedCodes;
import dev.kirchhoff.peripherals.link.Wiring;
import dev.kirchhoff.peripherals.memory.Memories;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Circuits by what was measured of their parts on DNN+NeuroSim V1.3 at 22 nm and 0.85 V: a
 * flip-flop 2.552 fJ a clock, 1.236 um2 and 0.1563 nW, an adder of 8 bits 8.578 fJ and 11.12 um2, a
 * NAND2 0.1545 um2.
 */
class MeasuredCircuitsByHandTest {
  private static final Circuits CIRCUITS = Circuits.CATALOGUE;
  private static final Account CLOSED = Account.CLOSED;
  private static final Process NM22 = process(22, 0.85, Flavour.LOW_POWER);
  private static final Process HALF = process(22, 0.425, Flavour.LOW_POWER);
  private static final Process FAST = process(22, 0.85, Flavour.HIGH_PERFORMANCE);
  private static final double FLIP_FLOP_FJ = 2.552;
  private static final double FLIP_FLOP_UW = 0.1563e-3;

  private static Process process(double node_nm, double supply_V, Flavour flavour) {
    return Process.of(new Technology(node_nm, supply_V, flavour, 300));
  }

  private static SheetCircuit rectifier(Process process, int bits) {
    return new Operands(process, 8, bits).block(CIRCUITS, "neurosim-rectifier");
  }

  @Test
  void logicIsItsFlipFlopsAndAdders() {
    // Measured: a rectifier of 8 bits 40.83 fJ and 9.888 um2.
    SheetCircuit rectifier = rectifier(NM22, 8);
    assertEquals(40.83, rectifier.energy_fJ(CLOSED), 0.01);
    assertEquals(9.888, rectifier.area_um2(CLOSED), 1e-3);
    assertEquals(8 * FLIP_FLOP_UW, rectifier.static_uW(CLOSED), 1e-9);
    assertEquals(40.83 / 4, rectifier(HALF, 8).energy_fJ(CLOSED), 0.01);
    // A maximum has an adder more; three bytes of adders are three adders and no flip-flop.
    SheetCircuit maximum = new Operands(NM22, 8, 8).block(CIRCUITS, "neurosim-maximum");
    assertEquals(40.83 + 8.578, maximum.energy_fJ(CLOSED), 0.01);
    assertEquals(9.888 + 11.12, maximum.area_um2(CLOSED), 1e-3);
    SheetCircuit adder = AddedCodes.ofBlocks(NM22, 24).block(CIRCUITS, "neurosim-adder");
    assertEquals(3 * 8.578, adder.energy_fJ(CLOSED), 1e-6);
    assertEquals(3 * 11.12, adder.area_um2(CLOSED), 1e-6);
    assertEquals(0, adder.static_uW(CLOSED));
    // A bit of a code clocks 1.79 flip-flops, one of an input 0.72, a cell 0.49.
    double five_fJ =
        new SlicedCodes(NM22, 5, 4, 8).block(CIRCUITS, "neurosim-logic").energy_fJ(CLOSED);
    assertEquals((1.79 * 5 + 0.72 * 8 + 0.49 * 4) * FLIP_FLOP_FJ, five_fJ, 1e-6);
  }

  @Test
  void buffersArePricedByTheBit() {
    SheetCircuit registers = Memories.ofNeurosim(REGISTER_FILE, NM22, 64, 1.5);
    assertEquals(5.138, registers.energy_fJ(READ, CLOSED), 1e-6);
    assertEquals(0.6773, registers.energy_fJ(WRITE, CLOSED), 1e-6);
    assertEquals(512 * 1.245, registers.area_um2(CLOSED), 1e-6);
    assertEquals(512 * FLIP_FLOP_UW, registers.static_uW(CLOSED), 1e-9);
    assertEquals(1.5, registers.time_ns(ACCESS));
    SheetCircuit sram = Memories.ofNeurosim(SRAM, NM22, 64, 1.5);
    assertEquals(8.172, sram.energy_fJ(READ, CLOSED), 1e-6);
    assertEquals(5.352, sram.energy_fJ(WRITE, CLOSED), 1e-6);
    assertEquals(512 * 0.1591, sram.area_um2(CLOSED), 1e-6);
    assertEquals(0.4 * 512 * FLIP_FLOP_UW, sram.static_uW(CLOSED), 1e-9);
    assertEquals(8.172 / 4, Memories.ofNeurosim(SRAM, HALF, 64, 1).energy_fJ(READ, CLOSED), 1e-6);
  }

  @Test
  void wiresGoWithTheirLength() {
    // 48.69 fJ and 0.3773 ns a mm; 0.36 um of pitch, 1.873 nW a mm.
    SheetCircuit wires = wires(NM22, 256, 500, 2000);
    assertEquals(48.69 / 2, wires.energy_fJ(CLOSED), 1e-6);
    assertEquals(0.3773 / 2, wires.time_ns("wires.delay"), 1e-9);
    assertEquals(256 * 0.36 * 2000, wires.area_um2(CLOSED), 1e-6);
    assertEquals(256 * 1.873e-3 * 2, wires.static_uW(CLOSED), 1e-9);
    assertEquals(48.69 / 8, wires(HALF, 256, 500, 2000).energy_fJ(CLOSED), 1e-6);
    // Twice the node, 2^1.15 of the pitch.
    SheetCircuit wide = wires(process(44, 1, Flavour.LOW_POWER), 1, 500, 1000);
    assertEquals(360 * Math.pow(2, 1.15), wide.area_um2(CLOSED), 1e-6);
    SheetCircuit fast = wires(FAST, 256, 500, 2000);
    assertEquals(0.188 / 2, fast.time_ns("wires.delay"), 1e-9);
    assertEquals(0.91 * wires.area_um2(CLOSED), fast.area_um2(CLOSED), 1e-6);
    assertEquals(1000 * wires.static_uW(CLOSED), fast.static_uW(CLOSED), 1e-6);
  }

  private static SheetCircuit wires(Process process, int width, double length_um, double laid_um) {
    return new Wiring(process, width, length_um, laid_um).of(CIRCUITS, "neurosim-bus");
  }

  private static MeasuredCells array(Process process, Access access, double write_V) {
    Device device =
        new Device(
            "test",
            Family.REDOX,
            new ConductanceWindow(1, 40, 16),
            new WritePoint(write_V, 100, 1000, 8),
            new DeviceStatistics(
                List.of(new DeviceStatistics.ProgrammingError(1, List.of(1.0))),
                40,
                new DeviceStatistics.Drift(0, 0, 1),
                0.01),
            new DeviceLimits(1e6, 3e8),
            50,
            "test");
    Crossbar crossbar =
        new Crossbar(
            1,
            64,
            32,
            16,
            new Crossbar.WeightEncoding(Crossbar.Encoding.OFFSET, false, false, false),
            ComponentModel.standard());
    Cell cell = new Cell(device, access, 1, 0.5, false);
    return new MeasuredCells(new ArrayCells(process, crossbar, cell, true, false, 0), 8);
  }

  private static SheetCircuit all(MeasuredCells cells) {
    return cells.circuit(CIRCUITS, "neurosim-array");
  }

  private static SheetCircuit row(MeasuredCells cells) {
    return cells.circuit(CIRCUITS, "neurosim-row");
  }

  private static SheetCircuit column(MeasuredCells cells) {
    return cells.circuit(CIRCUITS, "neurosim-column");
  }

  private static SheetCircuit mux(MeasuredCells cells) {
    return cells.circuit(CIRCUITS, "neurosim-mux");
  }

  /** 64 x 32 cells of 50 F2 and 25 kohm, 16 rows at a time, 8 columns a converter. */
  @Test
  void anArrayIsItsCellsAndTheSwitchesOfItsLines() {
    MeasuredCells array = array(NM22, Access.ONE_TRANSISTOR, 2);
    assertEquals(64 * 32 * 50 * 0.022 * 0.022 + 1100 * 0.1545, all(array).area_um2(CLOSED), 1e-6);
    // Of 128 lines: switch matrix and decoder, switch matrix; level shifters of 10.01 um2 above
    // 1.5 V, one a row and two a column.
    double row_um2 = (241.1 + 80.34) / 128;
    double column_um2 = 192.6 / 128;
    assertEquals(row_um2 + 10.01, row(array).area_um2(CLOSED), 1e-6);
    assertEquals(column_um2 + 2 * 10.01, column(array).area_um2(CLOSED), 1e-6);
    MeasuredCells low = array(NM22, Access.ONE_TRANSISTOR, 1.5);
    assertEquals(row_um2, row(low).area_um2(CLOSED), 1e-6);
    assertEquals(column_um2, column(low).area_um2(CLOSED), 1e-6);
    assertEquals(FLIP_FLOP_UW, row(array).static_uW(CLOSED), 1e-12);
    double mux_um2 = 8 * 13.69 / 128 + 45 * 0.1545;
    assertEquals(mux_um2, mux(array).area_um2(CLOSED), 1e-6);
    assertEquals(43.81 / 128, all(array).energy_fJ(MeasuredCells.SELECT, CLOSED), 1e-6);
    MeasuredCells fast = array(FAST, Access.ONE_TRANSISTOR, 1.5);
    assertEquals(0.963 * row_um2, row(fast).area_um2(CLOSED), 1e-6);
    assertEquals(0.963 * mux_um2, mux(fast).area_um2(CLOSED), 1e-6);
  }

  @Test
  void aPassClocksTheRowsThatAreReadAndAPulseOpensTheirCells() {
    MeasuredCells array = array(NM22, Access.ONE_TRANSISTOR, 2);
    assertEquals(
        16 * 8 * 2.07 * FLIP_FLOP_FJ, all(array).energy_fJ(MeasuredCells.PASS, CLOSED), 1e-6);
    // Access transistors of a quarter of 25 kohm: 0.06291 fF x 43180 / 6250 ohm; a fifth of 32
    // gates at 0.85 V. Passive cells have none.
    double gates_fJ = 32 * 0.2 * 0.06291 * 43180 / 6250 * 0.7225;
    assertEquals(
        8 * (0.47 * FLIP_FLOP_FJ + gates_fJ),
        all(array).energy_fJ(MeasuredCells.PULSE, CLOSED),
        1e-6);
    MeasuredCells passive = array(NM22, Access.PASSIVE, 2);
    assertEquals(
        8 * 0.47 * FLIP_FLOP_FJ, all(passive).energy_fJ(MeasuredCells.PULSE, CLOSED), 1e-6);
    // 25 kohm, a quarter for the transistor and 850 ohm.
    assertEquals(1e6 / 32_100, MeasuredCells.full_uS(all(array)), 1e-9);
    assertEquals(1e6 / 25_850, MeasuredCells.full_uS(all(passive)), 1e-9);
  }
}
