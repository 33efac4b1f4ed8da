package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.LoopAmplifier;
import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.circuit.Thermal;
import dev.kirchhoff.peripherals.analog.AnalogCircuits;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.random.RandomCircuits;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import org.junit.jupiter.api.Test;

/** Circuits of kernels, small enough to compute by hand, and laws that they hold. */
class KernelCircuitsByHandTest {
  private static final Process NM28 = process(28);
  private static final Process NM32 = process(32);
  private static final Account CLOSED = Account.CLOSED;
  private static final double KT_FJ = Thermal.kT_fJ(300);
  private static final ComponentModel STANDARD = ComponentModel.standard();

  private static Process process(double node_nm) {
    return StatedProcess.of(new Technology(node_nm, 0.9, Flavour.LOW_POWER, 300));
  }

  @Test
  void eachLineHasTwoSwitchesForItsCurrent() {
    // r_on = 1.7 x 0.9 V / 600 uA/um = 2550 ohm um. Rows of 2000 uS: W = 2550 x 0.002 / 0.1 = 51
    // um,
    // 2 W 4F = 2 x 51 x 0.128 = 13.056 um2; columns of 4000 uS twice that. Two a line, each with a
    // gate: 256 x 13.056 + 128 x 26.112 + 384 gates.
    SheetCircuit switches = AnalogCircuits.switches(NM32, 128, 64, 2000, 4000);
    assertEquals(6684.67 + 384 * NM32.gate_um2(), switches.area_um2(CLOSED), 0.01);
    // Lines without current: 4F wide, 2 x 0.128 x 0.128 um2.
    SheetCircuit open = AnalogCircuits.switches(NM32, 128, 64, 0, 0);
    assertEquals(384 * (0.032768 + NM32.gate_um2()), open.area_um2(CLOSED), 1e-9);
    assertTrue(open.static_uW(CLOSED) < switches.static_uW(CLOSED));
  }

  private static SheetCircuit amplifier(
      double gain, double bandwidth_GHz, double offset_V, double line_fF, double current_uA) {
    return AnalogCircuits.loopAmplifier(
        NM28,
        new LoopAmplifier(gain, bandwidth_GHz, offset_V, STANDARD),
        line_fF,
        current_uA,
        KT_FJ);
  }

  @Test
  void anAmplifierCarriesItsRowAndHoldsBandwidthNoiseAndOffset() {
    // Pair for 1 mV: 2 mV um / 1 mV = 2 um; gate 0.09017 um2 = 1.353 fF with 3.409 bits of trim,
    // 4 x 0.09017 + 3.409 um2 = 3.770 um2. C_c = max(0.22 x 31.353, 2 x 4.142e-6 / 1e-6) = 8.284
    // fF,
    // g_1 = 0.6283 x 8.284 = 5.205 uS. I = 5.205 x 0.15 x 1.0341 + 100 = 100.807 uA.
    SheetCircuit two = amplifier(400, 0.1, 1e-3, 30, 100);
    assertEquals(2 * 100.807 * 0.9, two.energy_fJ(CLOSED), 0.01);
    // 20 um2 x (1 + 100.807 / 250) + 3.770 + 8.284 / 1.5, twice.
    assertEquals(2 * (28.0646 + 3.770 + 5.523), two.area_um2(CLOSED), 0.01);
    // Without cells the output stage has ten times the transconductance: 52.05 uS x 0.075 V.
    assertEquals(
        2 * (0.8074 + 3.9037) * 0.9, amplifier(400, 0.1, 1e-3, 30, 0).energy_fJ(CLOSED), 1e-3);
    // 20^4: four devices, twice the current of the first stage and twice the area of its devices.
    SheetCircuit four = amplifier(160_000, 0.1, 1e-3, 30, 100);
    assertEquals(2 * (2 * 0.8074 + 100) * 0.9, four.energy_fJ(CLOSED), 0.01);
    assertEquals(2 * (20 * (2 + 101.615 / 250) + 3.770 + 5.523), four.area_um2(CLOSED), 0.01);
    assertEquals(1, four.solution().reach(), 1e-12);
    // A long line: 0.22 x 101.353 = 22.30 fF instead of noise.
    assertEquals(
        2 * (0.62832 * 22.298 * 0.15 * 1.03409 + 100) * 0.9,
        amplifier(400, 0.1, 1e-3, 100, 100).energy_fJ(CLOSED),
        0.01);
  }

  @Test
  void aBetterAmplifierNeverCostsLess() {
    double[] factors = {1, 1.3, 2, 5, 20};
    for (int i = 1; i < factors.length; i++) {
      double before = factors[i - 1];
      double after = factors[i];
      for (double current_uA : new double[] {0, 30}) {
        notCheaper(
            amplifier(1000 * before, 0.1, 1e-3, 30, current_uA),
            amplifier(1000 * after, 0.1, 1e-3, 30, current_uA));
        notCheaper(
            amplifier(1e5, 0.05 * before, 1e-3, 30, current_uA),
            amplifier(1e5, 0.05 * after, 1e-3, 30, current_uA));
        notCheaper(
            amplifier(1e5, 0.1, 0.01 / before, 30, current_uA),
            amplifier(1e5, 0.1, 0.01 / after, 30, current_uA));
        notCheaper(
            amplifier(1e5, 0.1, 1e-3, 30 * before, current_uA),
            amplifier(1e5, 0.1, 1e-3, 30 * after, current_uA));
      }
      notCheaper(
          amplifier(1e5, 0.1, 1e-3, 30, 10 * before), amplifier(1e5, 0.1, 1e-3, 30, 10 * after));
    }
  }

  private static void notCheaper(SheetCircuit before, SheetCircuit after) {
    assertTrue(before.energy_fJ(CLOSED) <= after.energy_fJ(CLOSED));
    assertTrue(before.area_um2(CLOSED) <= after.area_um2(CLOSED));
    assertTrue(before.static_uW(CLOSED) <= after.static_uW(CLOSED));
  }

  private static SheetCircuit random(RandomSource source) {
    return RandomCircuits.of(Circuits.CATALOGUE, source, NM28);
  }

  @Test
  void randomSourcesCountUnitGates() {
    // (0.5 x 1.5 x 61 + 3 x 32) x 0.567 fJ; (2.4 x 61 + 6 x 32) x 0.614 um2.
    SheetCircuit digital = random(RandomSource.Digital.standard());
    assertEquals(80.372, digital.energy_fJ(CLOSED), 1e-3);
    assertEquals(207.778, digital.area_um2(CLOSED), 1e-3);
    // 100 cycles of 1 us and one more, 24 gates each, 16 flip-flops of the register, 0.5 V x 10 uA
    // for 1 us: 16 x ((101 x 24 + 48) x 0.567 fJ + 5 pJ).
    RandomSource.Counter source = new RandomSource.Counter(1, 1e5, 0.3, 6.7e4, 1e-3, STANDARD);
    SheetCircuit counter = random(source);
    assertEquals(16 * (2472 * 0.567 + 5000), counter.energy_fJ(CLOSED), 1e-6);
    // 9.5 + 17 x 6 + 1 + 10 gates.
    assertEquals(122.5 * 0.614, counter.area_um2(CLOSED), 1e-9);
    // Jiang et al. 2017: 6 kb/s.
    assertEquals(6e-6, 16 / counter.time_ns(RandomCircuits.WORD), 0.02e-6);
    SheetCircuit register = random(new RandomSource.DeviceNoise(1, STANDARD));
    assertEquals(16 * 48 * 0.567, register.energy_fJ(CLOSED), 1e-9);
    assertEquals(96 * 0.614, register.area_um2(CLOSED), 1e-9);
  }
}
