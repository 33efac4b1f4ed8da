package dev.kirchhoff.peripherals;

import static dev.kirchhoff.peripherals.memory.MemorySize.READ;
import static dev.kirchhoff.peripherals.memory.MemorySize.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.memory.Memories;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.ErrorBudget;
import dev.kirchhoff.peripherals.readout.PulseTrain;
import dev.kirchhoff.peripherals.readout.Readouts;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Currents, leakage and loads of a process, and what converters and memories make of them. */
class ProcessFiguresByHandTest {
  private static final Account CLOSED = Account.CLOSED;
  private static final Process NM28 = process(28, 0.9, Flavour.LOW_POWER, 300);
  private static final Process NM32 = process(32, 0.9, Flavour.LOW_POWER, 300);
  private static final double GATE_FJ = 0.567;

  private static Process process(double node_nm, double supply_V, Flavour flavour, double kelvin) {
    return Process.of(new Technology(node_nm, supply_V, flavour, kelvin));
  }

  @Test
  void currentsAreThoseOfTheCardsAndSwitchesFollowThem() {
    // NMOS of 32 nm at 0.9 V with a threshold 0.1 V higher: 1099 uA/um, 697.1 at 0.765 V.
    assertEquals(1099, NM32.onCurrent_uAPerUm(), 1e-9);
    Process low = process(32, 0.765, Flavour.LOW_POWER, 300);
    Process high = process(32, 0.9, Flavour.HIGH_PERFORMANCE, 300);
    assertEquals(697.1, low.onCurrent_uAPerUm(), 1e-9);
    assertEquals(1370, high.onCurrent_uAPerUm(), 1e-9);
    assertEquals(1099, low.nominalOnCurrent_uAPerUm(), 1e-9);
    assertTrue(high.isHighPerformance() && !low.isHighPerformance());
    // 1.7 V / I_on: 1392 ohm um.
    assertEquals(1.53 / 1099, NM32.switch_MohmUm(), 1e-15);
    assertEquals(1.7 * 0.765 / 697.1, low.switch_MohmUm(), 1e-15);
    assertEquals(1.53 / 1099, low.nominalSwitch_MohmUm(), 1e-15);
  }

  @Test
  void wiresAreOfTheirWidthAndTemperature() {
    // 56 nm wide, aspect 1.8.
    assertEquals(0.056, NM32.wireWidth_um(), 1e-12);
    assertEquals(0.056 * 1.8, NM32.wireThickness_um(), 1e-12);
    assertEquals(1, NM32.warmResistivity(), 1e-12);
    Process hot = process(32, 0.9, Flavour.LOW_POWER, 310);
    assertEquals(1.0393, hot.warmResistivity(), 1e-9);
    // 1/4 x 1.4 x 0.2 fF/um x 0.81 V2.
    assertEquals(0.0567, NM28.repeatedWire_fJPerUm(), 1e-12);
  }

  @Test
  void leakageIsThatOfTheCards() {
    // 0.2147 nW a NAND2 of 32 nm at 0.9 V, 4.061 nA/um off: a cell 2 x 2 F.
    assertEquals(0.2147e-3, NM32.gateLeakage_uW(), 1e-12);
    assertEquals(2 * 2 * 0.032 * 4.061e-3 * 0.9, NM32.sramCellLeakage_uW(), 1e-12);
    double gate_uW = NM28.gateLeakage_uW();
    double cell_uW = NM28.sramCellLeakage_uW();
    assertEquals(gate_uW / 0.614, NM28.leakage_uWPerUm2(), 1e-15);
    assertEquals(10 * gate_uW / 0.614, NM28.leakage_uW(10, CLOSED), 1e-15);
    // Twelve kelvin double it.
    Process hot = process(28, 0.9, Flavour.LOW_POWER, 312);
    assertEquals(2 * gate_uW, hot.gateLeakage_uW(), 1e-12);
    assertEquals(2 * cell_uW, hot.sramCellLeakage_uW(), 1e-12);
    Process fast = process(32, 0.9, Flavour.HIGH_PERFORMANCE, 300);
    assertEquals(2.973e-3, fast.gateLeakage_uW(), 1e-12);
    assertEquals(0.7, NM28.gate_fF(), 1e-12);
    // A kilobyte: cells; seven gates a bit. 64 KB of embedded DRAM at 32 nm: as logic on 0.7 of its
    // area, and refresh of 524,288 bits x 10 fJ in 40 us.
    assertEquals(8192 * cell_uW, Memories.sram(NM28, 1024, 32, 1, 1).static_uW(CLOSED), 1e-12);
    assertEquals(
        8192 * 7 * gate_uW, Memories.registers(NM28, 1024, 32, 1, 1).static_uW(CLOSED), 1e-9);
    SheetCircuit buffer = Memories.edram(NM32, 65_536, 256, 1);
    double logic_uW = 0.7 * 86_000 * NM32.leakage_uWPerUm2();
    assertEquals(logic_uW + 524_288 * 10 / 40_000.0, buffer.static_uW(CLOSED), 1e-9);
  }

  @Test
  void aStaticMemoryByHand() {
    // 1 KB in words of 32 bits: 256 words, 8 levels of 4 gates over 32 bits; 128 cells a bitline,
    // two
    // columns a bit. Wires of two sides at twice the activity of 0.0567 fJ/um.
    SheetCircuit buffer = Memories.sram(NM28, 1024, 32, 1, 1);
    double pitch_um = Math.sqrt(0.127);
    double bitline_fF = 128 * (0.2 * pitch_um + 0.15 * 28 / 32);
    double wordline_fF = 0.2 * pitch_um + 2 * 0.028;
    double area_um2 = 8192 * 0.127 / 0.6 + 32 * 8 * 0.614;
    double wire_fJ = 4 * Math.sqrt(area_um2) * 0.0567;
    assertEquals(area_um2, buffer.area_um2(CLOSED), 1e-9);
    assertEquals(
        2 * (0.2 * bitline_fF + wordline_fF) * 0.81 + (8 + 1) * GATE_FJ + wire_fJ,
        buffer.energy_fJ(READ, CLOSED),
        1e-9);
    assertEquals(
        (1.2 * bitline_fF + 2 * wordline_fF) * 0.81 + (3 + 1) * GATE_FJ + wire_fJ,
        buffer.energy_fJ(WRITE, CLOSED),
        1e-9);
  }

  @Test
  void loadsLostBitsAndSensingOfPublishedConverters() {
    // 0.5 fF a code, at least 10 fF.
    assertEquals(10, Readouts.isaac(NM28, 4).input_fF());
    assertEquals(128, Readouts.isaac(NM28, 8).input_fF());
    assertEquals(128, Readouts.survey(NM28, 8, 1).input_fF());
    Converter neuron =
        Readouts.chargeDecrement(
            NM28,
            Signal.ofVoltage(Circuits.CATALOGUE, NM28, 6, 1, 300),
            PulseTrain.ONE,
            OptionalDouble.empty());
    assertEquals(20, neuron.input_fF());

    assertEquals(1.76, Readouts.isaac(NM28, 8).errors().lostBits(), 1e-12);
    assertEquals(ErrorBudget.EXACT, Readouts.survey(NM28, 8, 1).errors());
    // 4^0.75 and 12 x (2 kT / (370.37 fF x 28 / 130) + 0.25 mV^2) / (0.75 V / 64)^2.
    double kT_fJ = 1.380649e-8 * 300;
    double noise_V2 = 2 * kT_fJ / (1200 / 3.24 * 28 / 130) + 0.25e-3 * 0.25e-3;
    double noise = 12 * noise_V2 * 64 * 64 / 0.5625;
    assertEquals(
        0.5 * Math.log(Math.pow(4, 0.75) + noise) / Math.log(2), neuron.errors().lostBits(), 1e-12);

    assertEquals(ReadoutKind.Senses.VOLTAGE, senses("isaac-sar"));
    assertEquals(ReadoutKind.Senses.OPEN_COLUMN, senses("neuron-neurram"));
    assertEquals(ReadoutKind.Senses.CURRENT, senses("current-sense"));
    // A fit that holds the column has its current, whatever its kind takes.
    assertEquals(ReadoutKind.Senses.CURRENT, senses("neurosim-sar-fit"));
    assertTrue(neuron.trimsItself() && neuron.keepsSum());
    // They sample on capacitors of their own, and their models know no least time.
    assertTrue(Readouts.isaac(NM28, 8).holdsInput());
    assertTrue(Readouts.survey(NM28, 8, 1).holdsInput());
    assertFalse(neuron.holdsInput());
    assertEquals(0, Readouts.isaac(NM28, 8).needed_ns());
  }

  private static ReadoutKind.Senses senses(String model) {
    return CircuitModels.BY_NAME.get(model).senses();
  }
}
