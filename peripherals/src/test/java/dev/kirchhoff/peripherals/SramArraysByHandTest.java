package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.arch.device.Origin;
import dev.kirchhoff.arch.device.Provenance;
import dev.kirchhoff.peripherals.array.ArrayCells;
import dev.kirchhoff.peripherals.array.CellArray;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.Readouts;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Arrays of SRAM that share charge, discharge bitlines or add bits, computed by hand at 28 nm. */
class SramArraysByHandTest {
  private static final Account CLOSED = Account.CLOSED;
  private static final double GATE_FJ = 0.7 * 0.81;
  private static final Process NM28 = process(28, 0.9);
  private static final Cell CELL =
      new Cell(Designs.device(Family.SRAM, 10, 1e6, 0.9), Access.ONE_TRANSISTOR, 1, 0.9, false);

  private static Process process(double node_nm, double supply_V) {
    return Process.of(new Technology(node_nm, supply_V, Flavour.LOW_POWER, 300));
  }

  private static Crossbar crossbar(Compute.Kind kind, int combine, int banks) {
    return new Crossbar(
        1,
        1,
        64,
        32,
        64,
        new Crossbar.WeightEncoding(
            Crossbar.Encoding.OFFSET, false, false, false, OptionalInt.of(combine), 0, 0),
        Crossbar.Wires.OF_PITCH,
        ComponentModel.standard(),
        new Compute(kind, 1.2, banks, OptionalDouble.empty()));
  }

  private static CellArray array(String circuit, Crossbar crossbar, Cell cell, boolean adders) {
    ArrayCells cells = new ArrayCells(NM28, crossbar, cell, true, adders, 0);
    return CellArray.of(Circuits.CATALOGUE, circuit, cells);
  }

  private static CellArray charge(int combine, int banks) {
    return array("charge-array", crossbar(Compute.Kind.CHARGE, combine, banks), CELL, false);
  }

  @Test
  void aProductThatIsOneChargesItsCapacitorAndTwoGates() {
    CellArray plain = charge(1, 1);
    assertEquals(1.2 * 0.81 + 2 * GATE_FJ, plain.cellRead_fJ(1, CLOSED), 1e-9);
    // A ladder: three units, twice as often.
    CellArray ladder = charge(8, 1);
    assertEquals(2 * 3.6 * 0.81 + 2 * GATE_FJ, ladder.cellRead_fJ(1, CLOSED), 1e-9);
    // 1.5 cells of 0.127 um2, a gate, 1.2 fF at 1.5 fF/um2; a decoder of 4 gates a row.
    double cell_um2 = 1.5 * 0.127 + 0.614 + 0.8;
    assertEquals(64 * 32 * cell_um2 + 64 * 4 * 0.614, plain.area_um2(CLOSED), 1e-6);
    CellArray banked = charge(1, 8);
    assertEquals(64 * 32 * 7 * 1.5 * 0.127, banked.area_um2(CLOSED) - plain.area_um2(CLOSED), 1e-6);
  }

  @Test
  void aGivenCellIsTheWholeCell() {
    Provenance.Statement given = new Provenance.Statement(Origin.GIVEN, "a.yaml:1");
    Cell cell =
        new Cell(CELL.device().withCellArea(1000, given), Access.ONE_TRANSISTOR, 1, 0.9, false);
    // 1,000 F2 at 28 nm are 0.784 um2, whatever multiplies beside the bit.
    double decoder_um2 = 64 * 4 * 0.614;
    Crossbar charge = crossbar(Compute.Kind.CHARGE, 1, 8);
    Crossbar digital = crossbar(Compute.Kind.DIGITAL, 64, 1);
    Crossbar current = crossbar(Compute.Kind.DISCHARGE, 1, 1);
    for (CellArray array :
        List.of(
            array("charge-array", charge, cell, false),
            array("digital-array", digital, cell, true),
            array("sram-bitline-array", current, cell, false))) {
      assertEquals(64 * 32 * 0.784 + decoder_um2, array.area_um2(CLOSED), 1e-6);
      assertEquals(Math.sqrt(0.784), array.pitch_um(), 1e-9);
      Account open = Account.open();
      assertEquals(array.area_um2(CLOSED), array.area_um2(open), 1e-9);
    }
  }

  @Test
  void cellsThatDischargeABitlineShareItsCharge() {
    Crossbar crossbar = crossbar(Compute.Kind.DISCHARGE, 1, 1);
    CellArray array = array("sram-bitline-array", crossbar, CELL, false);
    // All 64 active rows together take C_b V^2.
    assertEquals(array.bitline_fF() * 0.81, 64 * array.cellRead_fJ(1, CLOSED), 1e-9);
    double pitch_um = Math.sqrt(1.5 * 0.127);
    assertEquals(64 * (0.2 * pitch_um + 0.056), array.bitline_fF(), 1e-9);
  }

  @Test
  void aTreeOverWordsCountsItsAdders() {
    // 256 words of 4 bits: 256 x 5 - (4 + 8 + 1) = 1267 adders; a register of 12 bits.
    Converter tree = Readouts.tree(NM28, 256, 4, 1);
    assertEquals(12 * 3 * GATE_FJ, tree.energy_fJ(CLOSED), 1e-9);
    assertEquals((1267 * 7.8 + 12 * 6) * 0.614, tree.area_um2(CLOSED), 1e-6);
    // Random data: a quarter of 1024 products is one, half of the adders switch.
    assertEquals(0.5 * 1267 * 6 * GATE_FJ, 256 * tree.product_fJ(CLOSED), 1e-6);
    // 7 sums of 4.8, a carry out of 4.4, 10 carries of 2 gate delays.
    assertEquals((7 * 4.8 + 4.4 + 10 * 2) * 0.0478, tree.time_ns(), 1e-9);
    // Every gate of its area leaks.
    assertEquals((1267 * 7.8 + 12 * 6) * NM28.gateLeakage_uW(), tree.static_uW(CLOSED), 1e-12);
    // Bits alone: 2 n - log2 n - 2.
    Converter bits = Readouts.tree(NM28, 256, 1, 1);
    assertEquals(0.5 * (512 - 8 - 2) * 6 * GATE_FJ, 64 * bits.product_fJ(CLOSED), 1e-6);
  }

  /** Cells of a held bitline are priced as resistive ones of their resistance, and leak. */
  @Test
  void cellsOfAHeldBitlineConductAndLeak() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.sampleHold = false;
    knobs.kind = ReadoutKind.SENSE_AMPLIFIER;
    knobs.bits = 4;
    knobs.device = Designs.device(Family.SRAM, 10, 1e6, 0.9);
    ChipPrices discharged = knobs.prices();
    knobs.heldBitline = true;
    ChipPrices held = knobs.prices();
    knobs.device = Designs.device(Family.REDOX, 10, 1e6, 0.9);
    ChipPrices resistive = knobs.prices();
    assertEquals(0, discharged.passEnergy_fJ(Part.FRONT_END));
    for (Part part : new Part[] {Part.FRONT_END, Part.CROSSBAR, Part.READOUT}) {
      assertEquals(resistive.passEnergy_fJ(part), held.passEnergy_fJ(part), 1e-9, part.toString());
    }
    assertEquals(resistive.timing().pass(), held.timing().pass());
    Process process = process(32, 0.9);
    double cells_uW = 128 * 128 * process.sramCellLeakage_uW();
    assertEquals(
        1.15 * cells_uW,
        held.static_uW(Part.CROSSBAR) - resistive.static_uW(Part.CROSSBAR),
        1e-9 * cells_uW);
  }

  @Test
  void moreInputBitsAtOnceWidenTheTree() {
    Converter one = Readouts.tree(NM28, 32, 8, 1);
    Converter two = Readouts.tree(NM28, 32, 8, 2);
    Converter four = Readouts.tree(NM28, 32, 8, 4);
    // Two bits are one Booth digit: products of 9 bits, 32 x 10 - (9 + 5 + 1) = 305 adders.
    assertEquals(0.5 * 305 * 6 * GATE_FJ, 64 * two.product_fJ(CLOSED), 1e-6);
    assertTrue(one.area_um2(CLOSED) < two.area_um2(CLOSED));
    assertTrue(1.5 * two.area_um2(CLOSED) < four.area_um2(CLOSED));
  }

  @Test
  void aChainOfAddersRipplesThroughEightRowsAndAWord() {
    Converter chain = Readouts.chain(NM28, 128, 8, 1);
    // 16 registers of 8 + 7 bits.
    assertEquals(16 * 15 * 3 * GATE_FJ, chain.energy_fJ(CLOSED), 1e-9);
    assertEquals((8 * 4.8 + 15 * 3) * 0.0478, chain.time_ns(), 1e-9);
    assertEquals(16 * 15 * 6 * 0.614, chain.area_um2(CLOSED), 1e-9);
    assertEquals(16 * 15 * 6 * NM28.gateLeakage_uW(), chain.static_uW(CLOSED), 1e-12);
    // Two input bits side by side are two chains.
    Converter two = Readouts.chain(NM28, 128, 8, 2);
    assertEquals(2 * chain.energy_fJ(CLOSED), two.energy_fJ(CLOSED), 1e-9);
    // Its cells hold the adders: half a gate and half of 6 over a quarter of the products.
    Crossbar digital = crossbar(Compute.Kind.DIGITAL, 64, 1);
    CellArray cells = array("digital-array", digital, CELL, true);
    CellArray plain = array("digital-array", digital, CELL, false);
    assertEquals(12.5 * GATE_FJ, cells.cellRead_fJ(1, CLOSED), 1e-9);
    assertEquals(0.5 * GATE_FJ, plain.cellRead_fJ(1, CLOSED), 1e-9);
    assertTrue(cells.area_um2(CLOSED) > 5 * plain.area_um2(CLOSED));
  }

  @Test
  void delayFollowsTheSupplyAsPublished() {
    // Wang et al., VLSI 2022: 6.95, 4.59, 4.19 ns at 0.7, 1, 1.1 V.
    double at1V = process(22, 1).gate_ns();
    assertEquals(6.95 / 4.59, process(22, 0.7).gate_ns() / at1V, 0.055);
    assertEquals(4.19 / 4.59, process(22, 1.1).gate_ns() / at1V, 0.03);
    // Sinangil et al., JSSC 2021: 5.5 and 4.5 ns at 0.8 and 1 V.
    double at08V = process(7, 0.8).gate_ns();
    assertEquals(5.5 / 4.5, at08V / process(7, 1).gate_ns(), 0.08);
    assertEquals(0.0478, NM28.gate_ns(), 1e-12);

    assertTrue(process(65, 1.1).gate_ns() > process(28, 0.9).gate_ns());
  }
}
