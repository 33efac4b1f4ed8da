package dev.kirchhoff.peripherals;

import static dev.kirchhoff.peripherals.memory.MemorySize.ACCESS;
import static dev.kirchhoff.peripherals.memory.MemorySize.READ;
import static dev.kirchhoff.peripherals.memory.MemorySize.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.peripherals.analog.AnalogCircuits;
import dev.kirchhoff.peripherals.analog.MatchedPairs;
import dev.kirchhoff.peripherals.analog.Sampler;
import dev.kirchhoff.peripherals.array.ProgrammingPrice;
import dev.kirchhoff.peripherals.array.WrittenColumns;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.digital.LogicBlocks;
import dev.kirchhoff.peripherals.input.DrivenRow;
import dev.kirchhoff.peripherals.input.RowInput;
import dev.kirchhoff.peripherals.input.Rows;
import dev.kirchhoff.peripherals.input.SelectedRows;
import dev.kirchhoff.peripherals.link.Fabric;
import dev.kirchhoff.peripherals.link.Fabrics;
import dev.kirchhoff.peripherals.link.OffChipLink;
import dev.kirchhoff.peripherals.link.TileLinks.Wires;
import dev.kirchhoff.peripherals.link.Wiring;
import dev.kirchhoff.peripherals.memory.Memories;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Term;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Circuits small enough to compute by hand, and component figures that were published. */
class CircuitsByHandTest {
  private static final Process NM28 = process(28);
  private static final Process NM32 = process(32);
  private static final Account CLOSED = Account.CLOSED;

  private static SheetCircuit wires(Process process, int width, double length_um, double laid_um) {
    return new Wiring(process, width, length_um, laid_um).repeated(Circuits.CATALOGUE);
  }

  @Test
  void digitalBlocksCountUnitGates() {
    // Half of an adder's 6 and a flip-flop's 3 capacitances of 0.7 fF at 0.9 V, 16 bits:
    // 16 x 6 x 0.567 fJ; areas 7.8 + 6 of 0.614 um2.
    SheetCircuit accumulator = LogicBlocks.accumulator(NM28, 16);
    assertEquals(54.432, accumulator.energy_fJ(CLOSED), 1e-9);
    assertEquals(135.571, accumulator.area_um2(CLOSED), 1e-3);
    // Sums of 10 bits on average: (10 x 3 + 16 x 3) x 0.567 fJ; of more than the register holds,
    // those that it holds.
    SheetCircuit narrow = LogicBlocks.accumulator(NM28, 16, 10);
    assertEquals(44.226, narrow.energy_fJ(CLOSED), 1e-9);
    assertEquals(135.571, narrow.area_um2(CLOSED), 1e-3);
    assertEquals(54.432, LogicBlocks.accumulator(NM28, 16, 20).energy_fJ(CLOSED), 1e-9);
    // A shift-and-add of 9-bit codes and 8 input bits was measured at 99.4 fJ and 90.7 um2 at 32 nm
    // on DNN+NeuroSim.
    SheetCircuit shiftAdd = LogicBlocks.accumulator(NM32, 17);
    assertEquals(99.4, shiftAdd.energy_fJ(CLOSED), 50);
    // Aladdin, 40 nm: a 32-bit adder 0.21 pJ, 278 um2.
    SheetCircuit adder = LogicBlocks.accumulator(process(40), 32);
    assertTrue(adder.energy_fJ(CLOSED) > 105 && adder.energy_fJ(CLOSED) < 420);
  }

  /** Of 8 bits in gates of 0.567 fJ and 0.614 um2: adder 6 and 7.8, flip-flop 3 and 6. */
  @Test
  void digitalUnitsByHand() {
    double fJ = 0.567;
    double um2 = 0.614;
    // An AND each; a subtractor and a multiplexer of 1.5 and twice that; a path of 32 gates among
    // 256 words.
    SheetCircuit rectifier = LogicBlocks.rectifier(NM28, 8);
    assertEquals(8 * (1 + 3) * fJ, rectifier.energy_fJ(CLOSED), 1e-9);
    assertEquals(8 * (1 + 6) * um2, rectifier.area_um2(CLOSED), 1e-9);
    SheetCircuit maximum = LogicBlocks.maximum(NM28, 8);
    assertEquals(8 * (6 + 1.5 + 3) * fJ, maximum.energy_fJ(CLOSED), 1e-9);
    assertEquals(8 * (7.8 + 3 + 6) * um2, maximum.area_um2(CLOSED), 1e-9);
    SheetCircuit lookup = LogicBlocks.lookup(NM28, 8);
    assertEquals(8 * (32 + 3) * fJ, lookup.energy_fJ(CLOSED), 1e-9);
    assertEquals(8 * (256 + 6) * um2, lookup.area_um2(CLOSED), 1e-9);
    // 4 x 8 cells of an AND and an adder; an accumulator of 12 bits whose adders switch half.
    SheetCircuit lane = LogicBlocks.multiplyAccumulate(NM28, 4, 8);
    assertEquals((32 * 7 + 12 * 3 + 0.5 * 12 * 6) * fJ, lane.energy_fJ(CLOSED), 1e-9);
    double gates = 32 * 8.8 + 12 * 13.8;
    assertEquals(gates * um2, lane.area_um2(CLOSED), 1e-9);
    assertEquals(gates * NM28.gateLeakage_uW(), lane.static_uW(CLOSED), 1e-12);
  }

  /** Leakage goes with gates, whatever they are for; level shifters are off. */
  @Test
  void driversAndSelectorsLeakAsLogicOfTheirArea() {
    SheetCircuit selector = Rows.selector(NM28, 128, 1);
    assertEquals(
        selector.area_um2(CLOSED) / 0.614 * NM28.gateLeakage_uW(),
        selector.static_uW(CLOSED),
        1e-12);
    RowInput plain = Rows.plain(NM28, Rows.line(1, true, 30, 2560, 0.2, 0.9, false));
    RowInput shifted = Rows.plain(NM28, Rows.line(1, true, 30, 2560, 0.2, 0.9, true));
    assertEquals(25, shifted.area_um2(CLOSED) - plain.area_um2(CLOSED), 1e-9);
    assertEquals(
        plain.area_um2(CLOSED) / 0.614 * NM28.gateLeakage_uW(), plain.static_uW(CLOSED), 1e-12);
    assertEquals(plain.static_uW(CLOSED), shifted.static_uW(CLOSED), 1e-12);
    // Of four tracks 14 buffers of 2.5 gates for 64 bits and 16 cells each.
    SheetCircuit segment = wires(NM28, 4 * 64, 500, 1000);
    Fabric box = Fabrics.switchBox(NM28, 4, 64, Wires.alike(500, 1000));
    assertEquals(
        4 * (14 * 2.5 * 64 * NM28.gateLeakage_uW() + 16 * NM28.sramCellLeakage_uW()),
        box.static_uW(CLOSED) - segment.static_uW(CLOSED),
        1e-9);
  }

  /** 2550 ohm um over 5 % of 390.6 ohm: 130.56 um of each device, gates of 261.12 fF. */
  @Test
  void aPulseOfARowThatCarriesCurrentChargesItsLineAndTheGatesOfItsStage() {
    RowInput driver = Rows.plain(NM32, Rows.line(1, false, 30, 2560, 0.2, 0.25, false));
    assertEquals(30 + 261.12, driver.solution().quantity("C_row", 0), 1e-6);
    assertEquals(30 * 0.2 * 0.25 + 261.12 * 0.81, driver.pulses_fJ(CLOSED), 1e-6);
    RowInput gates = Rows.plain(NM32, Rows.line(1, true, 30, 2560, 0.2, 0.25, false));
    assertEquals(30, gates.solution().quantity("C_row", 0), 1e-12);
  }

  /** Of 3 bits whose input has 6, to 0.2 V on 50 fF in 2 ns: 7 ln 2 time constants. */
  @Test
  void aBufferOfARowHoldsItsLevelAndCarriesItsShareOfTheString() {
    DrivenRow.Line wordline = Rows.line(3, true, 50, 0, 0.2, 0.9, false);
    RowInput plain = Rows.plain(NM28, wordline);
    RowInput held = Rows.graded(NM28, wordline, new DrivenRow.Levels(6, 0.2, 128, 2, 1, 4.14e-6));
    // 0.2 steps of 0.2 V/63; resistors of the smallest size, or 2 % um over 0.2/9 of a step.
    MatchedPairs.Pair pair = MatchedPairs.pair(NM28, 0.2 * 0.2 / 63);
    double side_um = 0.02 * Math.sqrt(48 / 42.0) / (0.2 * 7 / 63);
    double taus = 7 * Math.log(2);
    double buffer_uA = taus * (50 + pair.gate_fF()) / 2 * 0.15 * pair.trimEnergy();
    double string_uA = taus * 0.2 * pair.gate_fF() / 4 / 2;
    // 20 um2 for each 250 uA and once; seven resistors shared by 128 rows, twice their size.
    double string_um2 = 2 * 7 * Math.max(1, side_um * side_um) / 128;
    assertEquals(
        20 * (1 + buffer_uA / 250) + pair.area_um2() + string_um2,
        held.area_um2(CLOSED) - plain.area_um2(CLOSED),
        1e-6);
    assertEquals((buffer_uA + string_uA) * 0.9 * 3, held.bias_fJ(3, CLOSED), 1e-6);
    assertEquals(0, plain.bias_fJ(3, CLOSED));
    assertEquals(plain.pulses_fJ(CLOSED), held.pulses_fJ(CLOSED));
  }

  /** A row of 2560 uS: 2550 ohm um over 5 % of 390.6 ohm, or 30 % at open columns. */
  @Test
  void anInputLineIsDrivenByAStageThatDropsItsShare() {
    DrivenRow.Line gates = Rows.line(1, true, 30, 2560, 0.2, 0.9, false);
    RowInput closed = Rows.lined(NM32, gates, new DrivenRow.SignedLine(30, 8, false));
    DrivenRow.Line low = Rows.line(1, true, 30, 2560, 0.2, 0.25, false);
    RowInput open = Rows.lined(NM32, low, new DrivenRow.SignedLine(30, 8, true));
    assertEquals(19.53125, closed.driver_ohm(), 1e-9);
    assertEquals(6 * 19.53125, open.driver_ohm(), 1e-9);
    // 130.56 um and 21.76 um, of two gates of 1 fF/um; the columns of an open array are charged
    // too.
    assertEquals(38 * 0.2 * 0.9 + 2 * 130.56 * 0.81, closed.pulses_fJ(CLOSED), 1e-6);
    assertEquals(38 * 0.2 * 0.25 + 2 * 21.76 * 0.81, open.pulses_fJ(CLOSED), 1e-6);
    RowInput alone = Rows.plain(NM32, gates);
    double line_um2 = 4 * 130.56 * 4 * 0.032;
    assertEquals(line_um2, closed.area_um2(CLOSED) - alone.area_um2(CLOSED), 1e-6);
    assertEquals(
        line_um2 * NM32.leakage_uWPerUm2(),
        closed.static_uW(CLOSED) - alone.static_uW(CLOSED),
        1e-9);
    // The wordline opens the row's cells, whatever the data are.
    assertEquals(alone.pulses_fJ(CLOSED), closed.wordline_fJ(CLOSED));
    assertEquals(0, alone.wordline_fJ(CLOSED));
  }

  @Test
  void aSharedBusIsADriverAtEachTileAndItsWires() {
    SheetCircuit wires = wires(NM28, 64, 1000, 1000);
    Fabric bus = Fabrics.bus(NM28, 64, 1000, 1);
    assertEquals(2.5 * 0.567, bus.bit_fJ(CLOSED), 1e-9);
    assertEquals(wires.energy_fJ(CLOSED), bus.pitch_fJ(CLOSED), 1e-9);
    assertEquals(64 * 2.5 * 0.614 + wires.area_um2(CLOSED), bus.area_um2(CLOSED), 1e-6);
    // A quarter of a gate a um of wire.
    double wires_uW = 64 * 1000 * 0.25 * NM28.gateLeakage_uW();
    assertEquals(wires_uW, wires.static_uW(CLOSED), 1e-9);
    assertEquals(64 * 2.5 * NM28.gateLeakage_uW() + wires_uW, bus.static_uW(CLOSED), 1e-9);
  }

  /** A tenth of the resistance of 1312 uS from 2550 ohm um: 33.456 um of two transistors each. */
  @Test
  void switchesOfColumnsAndSamplesByHand() {
    SheetCircuit currents = AnalogCircuits.currentMux(NM32, 8, 1312);
    double gate_fJ = NM32.gate_fJ();
    assertEquals(2 * 33.456 * 0.81 + 2 * gate_fJ, currents.energy_fJ(CLOSED), 1e-6);
    SheetCircuit voltages = AnalogCircuits.voltageMux(NM32, 8, 0, 8, 1);
    assertEquals(2 * 0.128 * 0.81 + 2 * gate_fJ, voltages.energy_fJ(CLOSED), 1e-9);
    // 8 bits in 1 ns: 2550 ohm um x 9 ln 2 x 100 fF = 1.5908 um ns; 4 fF need no more than 4F.
    SheetCircuit sar = AnalogCircuits.voltageMux(NM32, 8, 100, 8, 1);
    assertEquals(2 * 1.590772 * 0.81 + 2 * gate_fJ, sar.energy_fJ(CLOSED), 1e-5);
    assertEquals(
        voltages.area_um2(CLOSED), AnalogCircuits.voltageMux(NM32, 8, 4, 8, 1).area_um2(CLOSED));
    // Only the decoder leaks; so do four gates of a switch. 16.09 fF at 2 fF/um2.
    assertEquals(8 * NM32.gateLeakage_uW(), voltages.static_uW(CLOSED), 1e-12);
    Sampler eight = AnalogCircuits.sampleHold(NM32, 8, 100, 300);
    assertEquals(eight.capacitance_fF() / 2 + 4 * NM32.gate_um2(), eight.area_um2(CLOSED), 1e-9);
    assertEquals(4 * NM32.gateLeakage_uW(), eight.static_uW(CLOSED), 1e-12);
  }

  @Test
  void thickOxideStandsLessTheSmallerTheNode() {
    double[] nodes_nm = {65, 64, 22, 21};
    double[] most_V = {3.3, 2.5, 2.5, 1.8};
    for (int i = 0; i < nodes_nm.length; i++) {
      WrittenColumns columns =
          new WrittenColumns(process(nodes_nm[i]), new WritePoint(0.8, 10, 1, 1), 1, false);
      double driver_V = columns.driver(Circuits.CATALOGUE).most_V();
      assertEquals(most_V[i], driver_V, nodes_nm[i] + " nm");
    }
    // A level shifter of 25 um2 from 40 nm down, with the square of the node above.
    assertEquals(25, shifter_um2(NM32), 1e-9);
    assertEquals(100, shifter_um2(process(80)), 1e-9);
  }

  @Test
  void aSampleIsHeldOnACapacitorThatNoiseAndDroopAllow() {
    // 8 bits, V_FS = 0.45 V, 300 K: 12 kT 4^8 / V^2 = 12 x 4.142e-6 fJ x 65536 / 0.2025 = 16.09 fF;
    // 100 ns droop: 1.14 fF.
    Sampler eight = AnalogCircuits.sampleHold(NM32, 8, 100, 300);
    assertEquals(16.09, eight.capacitance_fF(), 0.01);
    assertEquals(16.09 * 0.2025, eight.energy_fJ(CLOSED), 0.01);
    // 4 bits: noise 0.06 fF, so the smallest capacitor of 5 fF.
    assertEquals(5, AnalogCircuits.sampleHold(NM32, 4, 100, 300).capacitance_fF());
    // 4 bits held for 100 us: 1e-5 uA x 1e5 ns x 32 / 0.45 V = 71.1 fF.
    assertEquals(71.1, AnalogCircuits.sampleHold(NM32, 4, 1e5, 300).capacitance_fF(), 0.1);
  }

  /** A row of 2560 uS that carries current, with amplitudes of some bits. */
  private static RowInput graded(int bits) {
    return Rows.graded(
        NM32,
        Rows.line(bits, false, 30, 2560, 0.2, 0.9, false),
        new DrivenRow.Levels(bits, 0.2, 128, 2, 1, 4.14e-6));
  }

  private static double decoder_um2(RowInput row) {
    return row.solution().value(Term.AREA, "decoder", 0);
  }

  @Test
  void aRowThatCarriesCurrentNeedsAWideDriver() {
    RowInput gate = Rows.plain(NM32, Rows.line(1, true, 30, 2560, 0.2, 0.9, false));
    RowInput current = graded(2);

    assertEquals(0, gate.driver_ohm());
    assertEquals(4 / 3.0 * 30 * 0.81, gate.pulses_fJ(CLOSED), 1e-9);
    // 5 % of 1 / 2560 uS = 390.6 ohm is 19.53 ohm.
    assertEquals(19.53, current.driver_ohm(), 0.01);
    assertTrue(current.area_um2(CLOSED) > 4 * gate.area_um2(CLOSED));
    double drawn_um2 = 6 * NM32.gate_um2() + 2 * 130.56 * 4 * 0.032;
    double levels_um2 = current.solution().value(Term.AREA, "levels", 0);
    assertEquals(drawn_um2 + 0.332 + levels_um2, current.area_um2(CLOSED), 1e-9);
    // The DAC of ISAAC and MNSIM: 0.166 um2 x 2^(b-1) at 32 nm; b + 2 gates select a level.
    RowInput four = graded(4);
    assertEquals(0.166 * (8 - 2), decoder_um2(four) - decoder_um2(current), 1e-9);
    assertEquals(2 * NM32.gate_fJ(), four.convert_fJ(CLOSED) - current.convert_fJ(CLOSED), 1e-9);
    assertEquals(7 * NM32.gate_fJ(), current.convert_fJ(CLOSED), 1e-9);
    assertEquals(3 * NM32.gate_fJ(), gate.convert_fJ(CLOSED), 1e-9);
  }

  @Test
  void embeddedMemoriesHaveTheFiguresTheyWereFittedTo() {
    SheetCircuit small = Memories.edram(NM32, 65536, 256, 1);
    SheetCircuit large = Memories.edram(NM32, 131072, 256, 1);
    assertEquals(17_200, 256 * small.energy_fJ(READ, CLOSED), 1e-6);
    assertEquals(25_400, 256 * large.energy_fJ(READ, CLOSED), 254);
    assertEquals(121_000, large.area_um2(CLOSED), 1210);
    // ISAAC: 0.083 mm2 and 20.5 pJ.
    assertEquals(83_000, small.area_um2(CLOSED), 0.05 * 83_000);
    assertEquals(2, small.time_ns(ACCESS));
    // Refresh alone: 524,288 bits x 10 fJ / 40 us = 131 uW.
    assertEquals(131, small.static_uW(CLOSED), 1);
  }

  @Test
  void portsAndNarrowAccessesCostMore() {
    SheetCircuit one = Memories.sram(NM32, 4096, 32, 1, 1);
    SheetCircuit two = Memories.sram(NM32, 4096, 32, 2, 1);
    // A second port: half a pitch more each way, so 2.25 times the cells; 32 more columns'
    // circuits.
    double cells_um2 = 32768 * 0.171 / 0.6;
    double columns_um2 = 32 * 8 * NM32.gate_um2();
    assertEquals(1.25 * cells_um2 + columns_um2, two.area_um2(CLOSED) - one.area_um2(CLOSED), 1);
    assertTrue(two.energy_fJ(READ, CLOSED) > one.energy_fJ(READ, CLOSED));
    // 10 levels of decoder are shared by 32 bits or by 256 of them, four columns a bit in both.
    SheetCircuit wide = Memories.sram(NM32, 32_768, 256, 1, 1);
    double longer_um = Math.sqrt(wide.area_um2(CLOSED)) - Math.sqrt(one.area_um2(CLOSED));
    assertEquals(
        (4 * 10 / 32.0 - 4 * 10 / 256.0) * NM32.gate_fJ()
            - 4 * longer_um * NM32.repeatedWire_fJPerUm(),
        one.energy_fJ(READ, CLOSED) - wide.energy_fJ(READ, CLOSED),
        1e-9);
    SheetCircuit single = Memories.registers(NM28, 64, 8, 1, 1);
    SheetCircuit dual = Memories.registers(NM28, 64, 8, 2, 1);
    assertEquals(512 * 0.614, dual.area_um2(CLOSED) - single.area_um2(CLOSED), 0.01);
    // 64 of a row of 256 bits: half of the energy is paid four times.
    SheetCircuit row = Memories.edram(NM32, 65536, 256, 1);
    SheetCircuit narrow = Memories.edram(NM32, 65536, 64, 1);
    assertEquals(2.5, narrow.energy_fJ(READ, CLOSED) / row.energy_fJ(READ, CLOSED), 1e-9);
  }

  @Test
  void aSwitchBoxIsItsSwitchesItsConfigurationAndASegment() {
    SheetCircuit segment = wires(NM28, 4 * 64, 500, 1000);
    Fabric box = Fabrics.switchBox(NM28, 4, 64, Wires.alike(500, 1000));
    // 4 tracks x (14 buffers x 2.5 gates x 64 bits x 0.614 um2 + 16 cells x 0.127 um2).
    assertEquals(
        4 * (14 * 2.5 * 64 * 0.614 + 16 * 0.127),
        box.area_um2(CLOSED) - segment.area_um2(CLOSED),
        1e-6);
    assertEquals(3 * 0.567 + segment.energy_fJ(CLOSED), box.bit_fJ(CLOSED), 1e-9);
    assertEquals(0.06 + 0.175, box.hop().over_ns(0), 1e-9);
    // A router of five ports pays 126 fJ x 1.16 at 32 nm; a circuit that is set up far less.
    Fabric router = Fabrics.router(NM28, 5, 64, Wires.alike(500, 1000), 1);
    assertTrue(box.bit_fJ(CLOSED) < router.bit_fJ(CLOSED));
  }

  private static SheetCircuit link(Io io) {
    return OffChipLink.of(Circuits.CATALOGUE, Optional.of(io), NM28);
  }

  @Test
  void memoryOffTheChipHasThePublishedEnergyOfABit() {
    double[] bit_pJ = {8, 70, 14, 3.9};
    Io.IoKind[] kinds = {Io.IoKind.LPDDR4, Io.IoKind.DDR3, Io.IoKind.GDDR5, Io.IoKind.HBM2};
    for (int i = 0; i < kinds.length; i++) {
      SheetCircuit link = link(new Io(kinds[i], 1, 6.4, ComponentModel.standard()));
      assertEquals(bit_pJ[i] * 1000, link.energy_fJ(CLOSED), 1e-9);
      assertEquals(0.96e6, link.area_um2(CLOSED), 1e-3);
      assertEquals(96e3, link.static_uW(CLOSED), 1e-6);
    }
  }

  @Test
  void aRegisterFileSwitchesOneFlipFlopAndReadsThroughItsLevels() {
    // 64 B in words of 8 bits: 64 words, 6 levels: (1 + 12) x 0.567 fJ; write 3 x 0.567 fJ; 512 x 7
    // x 0.614 um2.
    SheetCircuit file = Memories.registers(NM28, 64, 8, 1, 1);
    assertEquals(7.371, file.energy_fJ(READ, CLOSED), 1e-9);
    assertEquals(1.701, file.energy_fJ(WRITE, CLOSED), 1e-9);
    assertEquals(2200.6, file.area_um2(CLOSED), 0.1);
    // One word needs no multiplexer.
    assertEquals(0.567, Memories.registers(NM28, 1, 8, 1, 1).energy_fJ(READ, CLOSED), 1e-9);
  }

  @Test
  void wiresAndRoutersHaveTheFiguresTheyWereFittedTo() {
    // ISAAC: 384 wires across 610 um take 0.09 mm2; the library says 54 fJ a bit.
    SheetCircuit bus = wires(NM32, 384, 610, 610);
    assertEquals(90_000, bus.area_um2(CLOSED), 900);
    assertEquals(0.25 * 1.4 * 0.2 * 610 * 0.81, bus.energy_fJ(CLOSED), 1e-9);
    assertWithinFactor(2, 54, bus.energy_fJ(CLOSED));
    // PUMA: 4 and 8 ports, 32 bits: 0.047 and 0.116 mm2; 126 and 201 fJ a bit.
    Fabric four = Fabrics.router(NM32, 4, 32, Wires.alike(0, 0), 1);
    Fabric eight = Fabrics.router(NM32, 8, 32, Wires.alike(0, 0), 1);
    assertEquals(47_000, four.area_um2(CLOSED), 1e-6);
    assertEquals(116_000, eight.area_um2(CLOSED), 1500);
    assertEquals(201, eight.bit_fJ(CLOSED), 3);
    assertEquals(2, four.hop().over_ns(0));
  }

  @Test
  void aSerialLinkDrawsItsPowerAlwaysAndAPadPerBit() {
    SheetCircuit serial =
        link(new Io(Io.IoKind.HYPER_TRANSPORT, 4, 6.4, ComponentModel.standard()));
    SheetCircuit pads = link(new Io(Io.IoKind.PARALLEL, 1, 3.2, ComponentModel.standard()));
    assertEquals(2.6e6, serial.static_uW(CLOSED));
    assertEquals(0, serial.energy_fJ(CLOSED));
    assertEquals(5.72e6, serial.area_um2(CLOSED));
    assertEquals(0.25 * 5000 * 3.24, pads.energy_fJ(CLOSED), 1e-9);
    assertEquals(0, pads.static_uW(CLOSED));
  }

  @Test
  void theArrayOfTheSpecsExampleByHand() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.controlArea = 0;
    knobs.controlEnergy = 0;
    ChipPrices prices = knobs.prices();

    // 53 F2 at 32 nm = 0.05427 um2, pitch 0.23296 um; the access transistor (0.148 + 0.064) x
    // 0.128 = 0.0271 um2 fits inside: 53 / 2 / 4 - 2 = 4.625 F, more than 100 uA / 1099 uA/um.
    double pitch_um = Math.sqrt(53 * 0.032 * 0.032);
    assertEquals(
        128 * 128 * 0.054272 + 128 * 4 * NM32.gate_um2(), prices.area_um2(Part.CROSSBAR), 1e-6);
    // Lines of half the pitch, 116.5 nm, of metal of 56 nm x 1.8 = 100.8 nm.
    double width_um = pitch_um / 2;
    double line_ohmPerUm = 0.0172 * (1 + 0.054 / width_um) / (width_um * 0.1008);
    assertEquals(2.144, line_ohmPerUm, 0.001);
    assertEquals(line_ohmPerUm * pitch_um, prices.electrics().bitlineSegment_ohm(), 1e-6);
    // Over a height of 100.8 nm, w = s = 1.156: 1.15 w + 2.8 + 2 (0.03 w + 0.76) s^-1.34 = 5.438,
    // of 0.2 fF/um at w = s = 0.556: 6.853.
    double line_fFPerUm = 0.2 * 5.438 / 6.853;
    // Gate 1 fF/um, drain 0.6 fF/um.
    double wordline_fF = 128 * (line_fFPerUm * pitch_um + 0.148);
    double bitline_fF = 128 * (line_fFPerUm * pitch_um + 0.6 * 0.148);
    assertEquals(wordline_fF, prices.electrics().wordline_fF(), 0.01);
    assertEquals(bitline_fF, prices.electrics().bitline_fF(), 0.01);
    double on_ns = prices.timing().pass().conduct_ns();
    assertEquals(40 * 0.2 * 0.9 * on_ns, prices.energy_fJ(Action.CELL_READ), 1e-9);
    assertEquals(
        prices.electrics().bitline_fF() * 0.2 * 0.9, prices.energy_fJ(Action.COLUMN_SETTLE), 1e-9);
  }

  @Test
  void programmingByHand() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.controlEnergy = 0;
    ChipPrices prices = knobs.prices();
    PassTiming timing = prices.timing().pass();
    double read_ns = timing.settle_ns() + timing.integrate_ns();
    double verify_fJ =
        40 * 0.2 * 0.9 * read_ns
            + prices.energy_fJ(Action.CONVERSION)
            + prices.energy_fJ(Action.CONVERTER_BIAS);
    // 2 mA feed 20 cells of 100 uA, which share the wordline.
    ProgrammingPrice price = prices.programming();
    assertEquals(20, price.cellsAtOnce());
    double line_fF = prices.electrics().bitline_fF() + prices.electrics().wordline_fF() / 20;

    // 1.75 V is above the supply of 0.9 V, so the pump's 40 % count: 8 (1.75 x 100 x 1000 / 0.4 +
    // ...) fJ = 3.5 nJ.
    assertEquals(
        8 * (437_500 + line_fF * 1.75 * 1.75 / 0.4 + verify_fJ), price.energyPerCell_fJ(), 1e-3);
    // 128 columns, 4 converters: each verifies 5 of the 20 cells.
    double verify_ns = read_ns + 5 * timing.conversion_ns();
    assertEquals(8 * (1000 + verify_ns), price.timePerCellGroup_ns(), 1e-9);
  }

  @Test
  void withoutTransistorsCellsStandWhereWiresCross() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.controlArea = 0;
    knobs.access = Access.PASSIVE;
    ChipPrices prices = knobs.prices();
    // Array wires of 56 nm at 32 nm, 112 nm apart, where 53 F2 have a side of 233 nm.
    assertEquals(
        128 * 128 * 0.112 * 0.112 + 128 * 4 * NM32.gate_um2(),
        prices.area_um2(Part.CROSSBAR),
        1e-6);
    // 0.0172 (1 + 54/56)/(0.056 x 0.1008) = 5.985 ohm/um of lines of the node's least width.
    assertEquals(5.985 * 0.112, prices.electrics().bitlineSegment_ohm(), 1e-3);
    assertEquals(128 * 0.2 * 0.112, prices.electrics().bitline_fF(), 1e-9);
    knobs.access = Access.ONE_SELECTOR;
    assertEquals(prices.area_um2(Part.CROSSBAR), knobs.prices().area_um2(Part.CROSSBAR));
  }

  @Test
  void halfSelectedCellsConductWhileOneIsWritten() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.controlEnergy = 0;
    knobs.access = Access.PASSIVE;
    // 127 cells of the column, and 108 of the row that 20 written ones share, at 20.5 uS and 0.875
    // V for 1 us, from the pump of 40 %.
    double others_fJ = (127 + 108 / 20.0) * 20.5 * 0.875 * 0.875 * 1000 / 0.4;
    ChipPrices prices = knobs.prices();
    double lines_fJ =
        (prices.electrics().bitline_fF() + prices.electrics().wordline_fF() / 20)
            * (1.75 * 1.75 / 0.4);
    assertEquals(437_500 + lines_fJ + others_fJ, prices.programming().pulseEnergy_fJ(), 1e-3);
    // 127 x 20.5 uS x 0.875 V = 2278 uA of a column.
    assertEquals(
        List.of(
            "cell.access: half-selected cells draw 2278 uA from a column in a write, 22.78 times"
                + " the current of the cell that is written; wider drivers and the fall of voltage"
                + " along the line are not priced"),
        prices.warnings());
    knobs.access = Access.ONE_SELECTOR;
    assertEquals(List.of(), knobs.prices().warnings());
    assertEquals(
        437_500 + lines_fJ + others_fJ / 100, knobs.prices().programming().pulseEnergy_fJ(), 1e-3);
    knobs.access = Access.ONE_TRANSISTOR;
    assertTrue(knobs.prices().programming().pulseEnergy_fJ() < 437_500 + 2 * lines_fJ + 1000);
  }

  private static WrittenColumns.Driver driver(Process process, WritePoint write, boolean pair) {
    return new WrittenColumns(process, write, 128, pair).driver(Circuits.CATALOGUE);
  }

  /** Area that a level shifter adds to a row. */
  private static double shifter_um2(Process process) {
    RowInput plain = Rows.plain(process, Rows.line(1, true, 30, 2560, 0.2, 0.9, false));
    RowInput shifted = Rows.plain(process, Rows.line(1, true, 30, 2560, 0.2, 0.9, true));
    return shifted.area_um2(CLOSED) - plain.area_um2(CLOSED);
  }

  @Test
  void writeDriversByHand() {
    // 100 uA at 1.75 V from thick-oxide devices of half of 600 uA/um: 0.333 um wide, 6 x 40 nm
    // long. 20 drivers for 128 columns: 2 + 6.4 transistors, 1 + 6.4 / 20 level shifters each.
    WrittenColumns.Driver driver = driver(NM32, Designs.device(25, 1000).write(), false);
    assertEquals(20, driver.drivers());
    double transistor_um2 = 100 / 300.0 * 6 * 0.04;
    // Two transistors of 0.16 um2 are less than the 3 gates of a driver, one less than a gate.
    double gate_um2 = NM32.gate_um2();
    assertEquals((3 + 6.4) * gate_um2 + 1.32 * 25, driver.area_um2(Account.CLOSED), 1e-9);
    // 6 mA: one driver of 10 um, shared by all columns: 2 + 128 transistors.
    WrittenColumns.Driver wide = driver(NM32, new WritePoint(0.8, 6000, 1, 1), false);
    assertEquals(1, wide.drivers());
    assertEquals(130 * 6000 / 600.0 * 6 * 0.032, wide.area_um2(Account.CLOSED), 1e-9);
    assertTrue(transistor_um2 < gate_um2);
    // A column each, at core voltage: no switch, no shifter.
    WrittenColumns.Driver small = driver(NM32, new WritePoint(0.8, 10, 1, 1), false);
    assertEquals(128, small.drivers());
    assertEquals(3 * gate_um2, small.area_um2(Account.CLOSED), 1e-9);
    // A pair of bitlines a column: 6 gates of the driver, 4 of precharge and select, also where
    // columns share drivers (2 mA feed 40 of 50 uA: 3.2 columns each).
    WrittenColumns.Driver sram = driver(NM32, new WritePoint(0.8, 10, 1, 1), true);
    assertEquals(10 * gate_um2, sram.area_um2(Account.CLOSED), 1e-9);
    WrittenColumns.Driver shared = driver(NM32, new WritePoint(0.8, 50, 1, 1), true);
    assertEquals((6 + 3.2 * 4) * gate_um2, shared.area_um2(Account.CLOSED), 1e-9);
    // More than 2 mA a cell: one at a time.
    assertEquals(1, driver(NM32, new WritePoint(2, 3000, 1, 1), false).drivers());
    // Two milliamperes feed six of 300 uA, not a seventh.
    assertEquals(6, driver(NM32, new WritePoint(2, 300, 1, 1), false).drivers());
  }

  @Test
  void theMuxOfASenseAmplifierByHand() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.controlArea = 0;
    knobs.kind = ReadoutKind.SENSE_AMPLIFIER;
    knobs.bits = 2;
    knobs.columnsPerAdc = 8;

    // Half of 128 rows at (40 + 1) / 2 uS: 1312 uS, 762 ohm. A tenth of that with a switch of
    // 1.7 x 0.9 V / 1099 uA/um = 1392 ohm um: 18.3 um.
    double width_um = 1.53 / 1099e-6 * 1312e-6 / 0.1;
    assertEquals(
        8 * (2 * width_um * 4 * 0.032 + NM32.gate_um2()),
        knobs.prices().area_um2(Part.COLUMN_MUX),
        1e-6);
  }

  @Test
  void theRowSelectorByHand() {
    double g_fJ = NM32.gate_fJ();
    SheetCircuit bits = Rows.selector(NM32, 128, 1);
    // A prefix network of 2 x 128 - 2 - 7 = 247 gates; a flip-flop of 3 capacitances and 6 areas.
    assertEquals((128 * 3 + 247) * g_fJ, bits.energy_fJ(SelectedRows.LOAD, Account.CLOSED), 1e-9);
    assertEquals(7 * g_fJ, bits.energy_fJ(SelectedRows.PICK, Account.CLOSED), 1e-9);
    assertEquals((128 * 13 + 247) * NM32.gate_um2(), bits.area_um2(Account.CLOSED), 1e-9);
    assertEquals((2 * 7 + 3) * NM32.gate_ns(), bits.time_ns("pick"), 1e-12);
    // Three bits a digit: two OR gates a row, which switch half of the time.
    SheetCircuit digits = Rows.selector(NM32, 128, 3);
    assertEquals((128 * 4 + 247) * g_fJ, digits.energy_fJ(SelectedRows.LOAD, Account.CLOSED), 1e-9);
    assertEquals((128 * 15 + 247) * NM32.gate_um2(), digits.area_um2(Account.CLOSED), 1e-9);
    // One row needs no network.
    assertEquals(13 * NM32.gate_um2(), Rows.selector(NM32, 1, 1).area_um2(Account.CLOSED), 1e-9);
  }

  @Test
  void rowsArePickedWhileTheReadBeforeIsConverted() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.rowsActive = 16;
    double pass_ns = knobs.prices().timing().pass().pass_ns();
    assertEquals(0, knobs.prices().instances(Part.ROW_SELECTOR));
    assertEquals(0, knobs.prices().energy_fJ(Action.ROW_PICK));
    knobs.skipsZeroRows = true;
    assertEquals(8, knobs.prices().instances(Part.ROW_SELECTOR));
    assertTrue(knobs.prices().energy_fJ(Action.ROW_PICK) > 0);
    assertTrue(knobs.prices().energy_fJ(Action.ROW_LOAD) > 0);
    assertEquals(pass_ns, knobs.prices().timing().pass().pass_ns());
    // Picking 100 rows takes longer than 4 conversions of 1 bit.
    knobs.rowsActive = 100;
    knobs.bits = 1;
    knobs.columnsPerAdc = 4;
    double picked_ns = 100 * Rows.selector(NM32, 128, 1).time_ns("pick");
    assertEquals(picked_ns, knobs.prices().timing().pass().pass_ns(), 1e-9);
    // Rows are picked however few columns are converted.
    assertEquals(picked_ns, knobs.prices().timing().pass().pass_ns(1), 1e-9);
    // A stated pass of half that time is late by as much, which without picking suffices.
    knobs.compute = knobs.compute.withPass(OptionalDouble.of(picked_ns / 2));
    assertEquals(1, knobs.prices().timing().pass().overrun(), 1e-9);
    knobs.skipsZeroRows = false;
    assertEquals(0, knobs.prices().timing().pass().overrun());
    knobs.compute = knobs.compute.withPass(OptionalDouble.empty());
    assertTrue(knobs.prices().timing().pass().pass_ns() < picked_ns);
  }

  @Test
  void instancesOfAModelledChip() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.columns = 100;
    knobs.fabric = new Interconnect(Topology.CONCENTRATED_MESH, 64, 4, ComponentModel.standard());
    ChipPrices prices = knobs.prices();

    assertEquals(8, prices.instances(Part.CROSSBAR));
    assertEquals(8 * 128, prices.instances(Part.INPUT));
    assertEquals(8 * 100, prices.instances(Part.SAMPLE_HOLD));
    assertEquals(8 * 100, prices.instances(Part.FRONT_END));
    assertEquals(8 * 4, prices.instances(Part.READOUT));
    assertEquals(8 * 4, prices.instances(Part.COLUMN_MUX));
    assertEquals(8 * 4, prices.instances(Part.SHIFT_ADD));
    assertEquals(0.25, prices.instances(Part.INTERCONNECT));
    assertEquals(0, prices.instances(Part.IO));
    assertEquals(0, prices.instances(Part.GLOBAL_BUFFER));
    knobs.sampleHold = false;
    assertEquals(8 * 4, knobs.prices().instances(Part.FRONT_END));
    knobs.columnsPerAdc = 1;
    assertEquals(0, knobs.prices().instances(Part.COLUMN_MUX));
  }

  @Test
  void bandwidthsBindOnlyWhereThereIsSomething() {
    Designs.Knobs knobs = new Designs.Knobs();
    ChipPrices prices = knobs.prices();
    // 256 bits every 2 ns from eDRAM; 256 wires and 128 wires at 1 GHz.
    assertEquals(128, prices.timing().buffer_bitPerNs());
    assertEquals(256, prices.timing().bus_bitPerNs());
    assertEquals(128, prices.timing().link_bitPerNs());
    knobs.buffer = Designs.noMemory();
    knobs.fabric = new Interconnect(Topology.NONE, 0, 1, ComponentModel.standard());
    assertEquals(Double.POSITIVE_INFINITY, knobs.prices().timing().buffer_bitPerNs());
    assertEquals(Double.POSITIVE_INFINITY, knobs.prices().timing().link_bitPerNs());
    assertEquals(0, knobs.prices().timing().hop().over_ns(64));
  }

  @Test
  void passiveCellsMakeTheDriverCarryTheRowsCurrent() {
    Designs.Knobs knobs = new Designs.Knobs();
    assertEquals(0, knobs.prices().electrics().driver_ohm());
    knobs.access = Access.PASSIVE;
    assertTrue(knobs.prices().electrics().driver_ohm() > 0);
    assertTrue(knobs.prices().area_um2(Part.INPUT) > 0);
  }

  @Test
  void anUnknownModelIsRefusedWithThoseThatExist() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.readout = new ComponentModel.Named("sar-of-tomorrow");
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, knobs::prices);
    assertTrue(refused.getMessage().contains("sar-of-tomorrow"));
    assertTrue(refused.getMessage().contains("isaac-sar"));
  }

  private static void assertWithinFactor(double factor, double published, double ours) {
    assertTrue(
        ours < factor * published && ours > published / factor, ours + " is not near " + published);
  }

  private static Process process(double node_nm) {
    return StatedProcess.of(new Technology(node_nm, 0.9, Flavour.LOW_POWER, 300));
  }

  /** A write at the supply needs neither pump nor level shifters; a nanovolt more needs both. */
  @Test
  void onlyVoltagesAboveTheSupplyArePumpedAndShifted() {
    Designs.Knobs knobs = new Designs.Knobs();
    ChipPrices[] prices = new ChipPrices[3];
    double[] write_V = {0.9 - 1e-9, 0.9, 0.9 + 1e-9};
    for (int i = 0; i < prices.length; i++) {
      knobs.device = Designs.device(25, 1000, write_V[i]);
      prices[i] = knobs.prices();
    }
    double at_fJ = prices[1].energy_fJ(Action.CELL_WRITE);
    assertEquals(at_fJ, prices[0].energy_fJ(Action.CELL_WRITE), 1e-6 * at_fJ);
    assertTrue(prices[2].energy_fJ(Action.CELL_WRITE) > 1.5 * at_fJ);
    double at_um2 = prices[1].area_um2(Part.WRITE_DRIVER);
    assertEquals(at_um2, prices[0].area_um2(Part.WRITE_DRIVER), 1e-6 * at_um2);
    assertTrue(prices[2].area_um2(Part.WRITE_DRIVER) > at_um2 + 20);
  }

  /** Read voltages in steps of 2 %, by which the capacitor grows by less than 5 %. */
  @Test
  void integratorsAreWarnedOfFromTenPicofaradsOn() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.frontEnd = Readout.FrontEnd.INTEGRATOR;
    knobs.bits = 12;
    knobs.input =
        new Input(
            Input.Encoding.BIT_SERIAL,
            OptionalInt.of(1),
            Input.Sign.SECOND_PASS,
            OptionalDouble.of(20),
            Input.Swing.SUPPLY,
            ComponentModel.standard());
    double least_pF = Double.POSITIVE_INFINITY;
    int without = 0;
    for (knobs.read_V = 0.02; knobs.read_V < 0.4; knobs.read_V *= 1.02) {
      double warned_pF = integrator_pF(knobs);
      without += warned_pF == 0 ? 1 : 0;
      least_pF = warned_pF > 0 ? Math.min(least_pF, warned_pF) : least_pF;
    }
    assertTrue(without > 0, "some need less");
    assertEquals(10.25, least_pF, 0.25);
  }

  /** The capacitor that the warning names; 0 without one. */
  private static double integrator_pF(Designs.Knobs knobs) {
    return knobs.prices().warnings().stream()
        .filter(warning -> warning.contains("integrator takes a capacitor of "))
        .mapToDouble(warning -> Double.parseDouble(warning.split("capacitor of ")[1].split(" ")[0]))
        .findFirst()
        .orElse(0);
  }
}
