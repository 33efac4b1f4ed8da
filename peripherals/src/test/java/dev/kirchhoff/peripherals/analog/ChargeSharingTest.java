package dev.kirchhoff.peripherals.analog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.StatedProcess;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Errors and sizes of capacitors that weight the bits of an input. */
class ChargeSharingTest {
  private static final long SEED = 20261127;
  private static final Process NM28 =
      StatedProcess.of(new Technology(28, 0.9, Flavour.LOW_POWER, 300));

  private static Sampler sharing(int bits, int pulses) {
    return AnalogCircuits.chargeSharing(
        NM28, Signal.ofVoltage(Circuits.CATALOGUE, NM28, bits, 1, 300), pulses, 1);
  }

  @Test
  void capacitorsHoldNoiseMatchingAndOffsetByHand() {
    // Steps of 0.75 V/256 = 2.93 mV: kT/C of a fifth, 4.14e-6 fJ/(0.586 mV)^2 = 12.06 fF; matching
    // asks for (0.01 x 51.2/0.3)^2 = 2.9 fF, switches for less than 9 fF.
    Sampler eight = sharing(8, 8);
    double kT_fJ = 1.380649e-8 * 300;
    double step_V = 0.75 / 256;
    assertEquals(kT_fJ / (0.04 * step_V * step_V), eight.capacitance_fF(), 1e-3);
    assertEquals(12.06, eight.capacitance_fF(), 0.01);
    double matched = 2.0 / 3 * 0.01 / Math.sqrt(eight.capacitance_fF()) * 51.2;
    assertEquals(0.04 + matched * matched, NoiseTerm.sum_steps2(eight.noise(Account.CLOSED)), 1e-4);
    // The switch settles 9 ln 2 times within a pulse of 1 ns; its threshold deviates by 2 mV um.
    double width_um = NM28.nominalSwitch_MohmUm() * eight.capacitance_fF() * 9 * Math.log(2);
    double charge_fFV = Math.sqrt(5) / 2 * 15 * 0.002 * Math.sqrt(width_um * 0.028);
    assertEquals(charge_fFV / eight.capacitance_fF() / step_V, eight.offset_steps(), 1e-6);
    assertEquals(
        eight.capacitance_fF() * 0.75 * 0.75 + 2 * width_um * 0.81,
        eight.energy_fJ(Account.CLOSED),
        1e-6);
    assertEquals(
        2 * (2 * eight.capacitance_fF() / 1.5 + 2 * width_um * 4 * 0.028) + 6 * NM28.gate_um2(),
        eight.area_um2(Account.CLOSED),
        1e-6);
  }

  @Test
  void errorsStayWithinTheirShares() {
    for (int bits = 2; bits <= 10; bits++) {
      for (int pulses = 2; pulses <= 16; pulses++) {
        Sampler sharing = sharing(bits, pulses);
        assertTrue(
            NoiseTerm.sum_steps2(sharing.noise(Account.CLOSED)) <= 0.08 * (1 + 1e-9),
            bits + " bits");
        assertTrue(sharing.offset_steps() <= 0.1 * (1 + 1e-6), bits + " bits");
      }
    }
  }

  /**
   * The capacitor is as large as its switches ask for, which are as wide as it asks for: 0.1 steps
   * are left exactly where they decide, and less where noise or matching does.
   */
  @Test
  void switchesThatDecideTheCapacitorLeaveTheirShareExactly() {
    Random random = new Random(SEED);
    int decided = 0;
    for (int i = 0; i < 2000; i++) {
      int bits = 1 + random.nextInt(10);
      double pulse_ns = 0.01 * Math.pow(1e4, random.nextDouble());
      Signal signal = Signal.ofVoltage(Circuits.CATALOGUE, NM28, bits, 1, 300);
      Sampler sharing = AnalogCircuits.chargeSharing(NM28, signal, 8, pulse_ns);
      double least_fF = AnalogCircuits.chargeSharing(NM28, signal, 8, 1e9).capacitance_fF();
      String message = "seed " + SEED + ", " + bits + " bits, " + pulse_ns + " ns";
      assertTrue(sharing.offset_steps() <= 0.1 * (1 + 1e-12), message);
      if (sharing.capacitance_fF() > least_fF) {
        assertEquals(0.1, sharing.offset_steps(), 1e-13, message);
        decided++;
      }
    }
    assertTrue(decided > 200, decided + " cases");
  }

  @Test
  void noiseOfSamplesAndSharesIsDrawnTheSame() {
    // In kT/C: a sample 1, the switch of a share a half.
    Random random = new Random(SEED);
    for (int pulses : new int[] {1, 2, 4, 8}) {
      double square = 0;
      int draws = 200_000;
      for (int draw = 0; draw < draws; draw++) {
        double v = 0;
        for (int k = 0; k < pulses; k++) {
          v = (v + random.nextGaussian()) / 2 + Math.sqrt(0.5) * random.nextGaussian();
        }
        square += v * v / draws;
      }
      assertEquals(1 - Math.pow(4, -pulses), square, 0.01, "seed " + SEED);
    }
  }

  @Test
  void mismatchLeavesHalfOfItselfOfTheSumAsDrawn() {
    // Capacitors that differ by e: V <- (V + (1 + e) S)/(2 + e); what remains of the deviation of
    // the sum is sqrt(2)/3 e, its gain and mean taken off.
    Random random = new Random(SEED);
    double e = 0.02;
    int pulses = 12;
    int draws = 100_000;
    double square = 0;
    double sum2 = 0;
    double both = 0;
    for (int draw = 0; draw < draws; draw++) {
      double exact = 0;
      double real = 0;
      for (int k = 0; k < pulses; k++) {
        double s = random.nextGaussian();
        exact = (exact + s) / 2;
        real = (real + (1 + e) * s) / (2 + e);
      }
      double error = real - exact;
      square += error * error / draws;
      sum2 += exact * exact / draws;
      both += error * exact / draws;
    }
    assertEquals(2.0 / 9 * e * e, square / sum2, 0.05 * 2 / 9 * e * e, "seed " + SEED);
    assertTrue(Math.abs(both / sum2) < e);
  }
}
