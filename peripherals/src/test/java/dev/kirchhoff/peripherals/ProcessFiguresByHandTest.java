package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.chip.Technology.Roadmap;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.memory.EdramBuffer;
import dev.kirchhoff.peripherals.memory.RegisterFile;
import dev.kirchhoff.peripherals.memory.SramBuffer;
import dev.kirchhoff.peripherals.readout.ChargeDecrementConverter;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.CountingConverter;
import dev.kirchhoff.peripherals.readout.FlashConverter;
import dev.kirchhoff.peripherals.readout.PulseTrain;
import dev.kirchhoff.peripherals.readout.RampConverter;
import dev.kirchhoff.peripherals.readout.RescaledSar;
import dev.kirchhoff.peripherals.readout.SarConverter;
import dev.kirchhoff.peripherals.readout.SenseAmplifier;
import dev.kirchhoff.peripherals.readout.Sensing;
import dev.kirchhoff.peripherals.readout.SurveyConverter;
import dev.kirchhoff.peripherals.scaling.Process;
import org.junit.jupiter.api.Test;

/** Currents, leakage and loads of a process, and what converters and memories make of them. */
class ProcessFiguresByHandTest {
  private static final Account CLOSED = Account.CLOSED;
  private static final Process NM28 = process(28, 0.9, Roadmap.LOW_POWER, 300);
  private static final Process NM32 = process(32, 0.9, Roadmap.LOW_POWER, 300);
  private static final double GATE_FJ = 0.567;

  private static Process process(double node_nm, double supply_V, Roadmap roadmap, double kelvin) {
    return Process.of(new Technology(node_nm, supply_V, roadmap, kelvin));
  }

  @Test
  void currentsFollowTheOverdrive() {
    // 600 uA/um low power, 1410 high performance at 32 nm and 0.9 V; thresholds 0.45 and 0.2 V.
    assertEquals(600, NM32.onCurrent_uAPerUm(), 1e-9);
    Process low = process(32, 0.8, Roadmap.LOW_POWER, 300);
    Process high = process(32, 0.8, Roadmap.HIGH_PERFORMANCE, 300);
    assertEquals(600 * Math.pow(0.35 / 0.45, 1.3), low.onCurrent_uAPerUm(), 1e-9);
    assertEquals(1410 * Math.pow(0.6 / 0.7, 1.3), high.onCurrent_uAPerUm(), 1e-9);
    assertEquals(600, low.nominalOnCurrent_uAPerUm(), 1e-9);
    assertTrue(high.isHighPerformance() && !low.isHighPerformance());
    // Below threshold 50 mV of overdrive are left.
    Process least = process(32, 0.46, Roadmap.LOW_POWER, 300);
    assertEquals(600 * Math.pow(0.05 / 0.45, 1.3), least.onCurrent_uAPerUm(), 1e-9);
    // 1.7 V / I_on: 2550 ohm um.
    assertEquals(2550, NM32.switch_ohmUm(), 1e-9);
    assertEquals(1.7 * 0.8 / low.onCurrent_uAPerUm() * 1e6, low.switch_ohmUm(), 1e-9);
    assertEquals(2550, low.nominalSwitch_ohmUm(), 1e-9);
  }

  @Test
  void wiresAreOfTheirWidthAndTemperature() {
    // 56 nm wide, aspect 1.8: 1000 x 17.2 (1 + 54/56) / (56^2 x 1.8) ohm/um.
    double ohmPerUm = 17_200 * (1 + 54 / 56.0) / (56 * 56 * 1.8);
    assertEquals(ohmPerUm, NM32.wire_ohmPerUm(), 1e-9);
    Process hot = process(32, 0.9, Roadmap.LOW_POWER, 310);
    assertEquals(ohmPerUm * 1.0393, hot.wire_ohmPerUm(), 1e-9);
    // 1/4 x 1.4 x 0.2 fF/um x 0.81 V2.
    assertEquals(0.0567, NM28.repeatedWire_fJPerUm(), 1e-12);
  }

  @Test
  void leakageIsOfOffPaths() {
    // 0.1 nA/um: a gate 0.5 x 4 F, a cell 2 x 2 F of 28 nm at 0.9 V.
    double gate_uW = 0.5 * 4 * 0.028 * 1e-4 * 0.9;
    assertEquals(gate_uW, NM28.gateLeakage_uW(), 1e-15);
    assertEquals(2 * gate_uW, NM28.sramCellLeakage_uW(), 1e-15);
    assertEquals(gate_uW / 0.614, NM28.leakage_uWPerUm2(), 1e-15);
    assertEquals(10 * gate_uW / 0.614, NM28.leakage_uW(10, CLOSED), 1e-15);
    // Twelve kelvin double it, high performance leaks a thousandfold.
    Process hot = process(28, 0.9, Roadmap.LOW_POWER, 312);
    assertEquals(2 * gate_uW, hot.gateLeakage_uW(), 1e-12);
    Process fast = process(28, 0.9, Roadmap.HIGH_PERFORMANCE, 300);
    assertEquals(1000 * gate_uW, fast.gateLeakage_uW(), 1e-12);
    assertEquals(0.7, NM28.gate_fF(), 1e-12);
    // A kilobyte: cells; seven gates a bit. 64 KB of embedded DRAM at 32 nm: as logic on 0.7 of its
    // area, and refresh of 524,288 bits x 10 fJ in 40 us.
    assertEquals(
        8192 * 2 * gate_uW, new SramBuffer(NM28, 1024, 32, 1, 1).static_uW(CLOSED), 1e-12);
    assertEquals(
        8192 * 7 * gate_uW, new RegisterFile(NM28, 1024, 32, 1, 1).static_uW(CLOSED), 1e-9);
    EdramBuffer buffer = new EdramBuffer(NM32, 65_536, 256, 1);
    double logic_uW = 0.7 * 86_000 * NM32.leakage_uWPerUm2();
    assertEquals(logic_uW + 524_288 * 10 / 40_000.0, buffer.static_uW(CLOSED), 1e-9);
  }

  @Test
  void aStaticMemoryByHand() {
    // 1 KB in words of 32 bits: 256 words, 8 levels of 4 gates over 32 bits; 128 cells a bitline.
    SramBuffer buffer = new SramBuffer(NM28, 1024, 32, 1, 1);
    double pitch_um = Math.sqrt(0.127);
    double bitline_fF = 128 * (0.2 * pitch_um + 0.15 * 28 / 32);
    double wordline_fF = 0.2 * pitch_um + 2 * 0.028;
    double area_um2 = 8192 * 0.127 / 0.6 + 32 * 8 * 0.614;
    double wire_fJ = Math.sqrt(area_um2) * 0.0567;
    assertEquals(area_um2, buffer.area_um2(CLOSED), 1e-9);
    assertEquals(
        (0.5 * bitline_fF + wordline_fF) * 0.81 + (8 + 1) * GATE_FJ + wire_fJ,
        buffer.read_fJ(CLOSED),
        1e-9);
    assertEquals(
        (bitline_fF + wordline_fF) * 0.81 + (3 + 1) * GATE_FJ + wire_fJ,
        buffer.write_fJ(CLOSED),
        1e-9);
  }

  @Test
  void rampsAndCountersByHand() {
    // 4 bits, 8 sharers, 1 ns steps: 1.63 + 2 x 0.9 x 16 + 16 x 50 x 0.81 / 8 + 16 x 2 gates.
    RampConverter ramp = new RampConverter(NM28, 4, 8, 1);
    assertEquals(1.63 + 28.8 + 81 + 32 * GATE_FJ, ramp.energy_fJ(CLOSED), 1e-9);
    double dac_um2 = 16 * Math.pow(10, 1.206 - 0.0369 * 4);
    assertEquals(16 + dac_um2 / 8 + 4 * 6 * 0.614, ramp.area_um2(CLOSED), 1e-9);
    // 128 of 256 counts of 0.6 ns: 24 gates each, 20 uA for 153.6 ns.
    CountingConverter ring = counting(NM28, CountingConverter.Kind.OSCILLATOR);
    assertEquals(128 * 24 * GATE_FJ + 20 * 0.9 * 153.6, ring.energy_fJ(CLOSED), 1e-9);
    assertEquals(300 + 8 * 9 * 0.614, ring.area_um2(CLOSED), 1e-9);
    // 128 spikes of 20 fF, a latch and 6 gates; 1 uA for 256 ns.
    CountingConverter spikes = counting(NM28, CountingConverter.Kind.INTEGRATE_FIRE);
    assertEquals(
        128 * (20 * 0.81 + 1.63 + 6 * GATE_FJ) + 0.9 * 256, spikes.energy_fJ(CLOSED), 1e-9);
    assertEquals(60 + 8 * 9 * 0.614, spikes.area_um2(CLOSED), 1e-9);
    // TIMELY's 41.7 + 145 fJ at 1.2 V, here at 1.1 V.
    CountingConverter line =
        counting(
            process(65, 1.1, Roadmap.LOW_POWER, 300), CountingConverter.Kind.TIME_TO_DIGITAL);
    assertEquals(186.7 * 1.21 / 1.44, line.energy_fJ(CLOSED), 1e-9);
    assertEquals(350, line.area_um2(CLOSED), 1e-9);
  }

  private static CountingConverter counting(Process process, CountingConverter.Kind kind) {
    return new CountingConverter(process, kind, 8, PulseTrain.ONE, 1, 0);
  }

  @Test
  void loadsLostBitsAndSensingOfConverters() {
    ColumnLoad load = new ColumnLoad(8, 8, 40, 20, 0.2);
    // 0.5 fF a code or 1 fF a comparator, at least 10 fF.
    assertEquals(10, new SarConverter(NM28, 4, 64).input_fF());
    assertEquals(128, new SarConverter(NM28, 8, 64).input_fF());
    assertEquals(128, new RescaledSar(NM28, 8).input_fF());
    assertEquals(128, new SurveyConverter(NM28, 8, 1).input_fF());
    assertEquals(10, new FlashConverter(NM28, 3, 1).input_fF());
    assertEquals(63, new FlashConverter(NM28, 6, 1).input_fF());
    assertEquals(10, new RampConverter(NM28, 6, 1, 1).input_fF());
    assertEquals(10, new SenseAmplifier(NM28, 3, load, 1, 1).input_fF());
    ChargeDecrementConverter neuron = new ChargeDecrementConverter(NM28, 6, PulseTrain.ONE, 0);
    CountingConverter ring = counting(NM28, CountingConverter.Kind.OSCILLATOR);
    assertEquals(20, neuron.input_fF());
    assertEquals(20, ring.input_fF());

    assertEquals(1, new SarConverter(NM28, 8, 64).lostBits(), 1e-12);
    assertEquals(1.76, new RescaledSar(NM28, 8).lostBits(), 1e-12);
    assertEquals(0, new SurveyConverter(NM28, 8, 1).lostBits());
    assertEquals(0.6, new FlashConverter(NM28, 6, 1).lostBits(), 1e-12);
    assertEquals(0.6, new RampConverter(NM28, 6, 1, 1).lostBits(), 1e-12);
    assertEquals(0.2, new SenseAmplifier(NM28, 3, load, 1, 1).lostBits(), 1e-12);
    assertEquals(0.75, neuron.lostBits(), 1e-12);

    assertEquals(Sensing.AMPLIFIED, new SarConverter(NM28, 8, 64).sensing());
    assertEquals(Sensing.CURRENT, new SenseAmplifier(NM28, 3, load, 1, 1).sensing());
    assertEquals(Sensing.CURRENT, ring.sensing());
    assertEquals(Sensing.SAMPLED_VOLTAGE, neuron.sensing());
    assertTrue(ring.trimsItself() && neuron.trimsItself() && neuron.keepsSum());
    assertTrue(new RampConverter(NM28, 6, 1, 1).trimsItself());
    assertFalse(new SarConverter(NM28, 8, 64).trimsItself());
    assertFalse(ring.keepsSum());
  }
}
