package dev.kirchhoff.peripherals.analog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.StatedProcess;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import org.junit.jupiter.api.Test;

/**
 * Front ends by hand at 28 nm and 0.9 V: 40 rows of 20 uS at 0.2 V, half of them driven: 400 uS and
 * 80 uA; 4 bits on 160 uA and 0.4 V, steps of 10 uA.
 */
class FrontEndByHandTest {
  private static final Process NM28 =
      StatedProcess.of(new Technology(28, 0.9, Flavour.LOW_POWER, 300));
  private static final double KT_FJ = 1.380649e-8 * 300;
  private static final ColumnLoad LOAD = new ColumnLoad(64, 40, 20, 20, 0.2);
  private static final Account CLOSED = Account.CLOSED;

  // 5 ln 2.
  private static final double SETTLING = 3.465736;
  // Cascode 2 x 80 uA / 0.15 V.
  private static final double CASCODE_US = 1066.667;
  // Its gate of a fifth of FO4, wires of two sides of 20 um2, and the pair's gate.
  private static final double NODE_FF =
      CASCODE_US * NM28.fo4_ns() / 5 + 2 * 0.2 * Math.sqrt(20) + 1.3525266;

  private static Signal signal(int bits) {
    return new Signal(bits, 160, 80, 0.4, 0, 0.9, KT_FJ, 1);
  }

  private static ColumnAmplifier frontEnd(double settle_ns, double average_ns) {
    return AnalogCircuits.frontEnd(NM28, signal(4), LOAD, 80, 5, settle_ns, average_ns);
  }

  private static ColumnAmplifier integrator(int bits, double integrate_ns) {
    return AnalogCircuits.integrator(NM28, signal(bits), LOAD, 80, 5, integrate_ns);
  }

  @Test
  void aFrontEndIsSizedForSpeedOrNoise() {
    // A fifth of a step over 400 uS: 2 uA are 5 mV, a pair of 0.0901684 um2 and 1.3525266 fF with
    // 0.645746 bits of trim. Speed: 5 ln 2 / 1 ns x 6.82 fF x (1 + 400 / 1066.667) = 32.5 uS,
    // 0.645746 % more for the trim; noise 2 kT 400^2 / 2^2 uS.
    double speed_uS = SETTLING * NODE_FF * 1.375 * 1.00645746;
    double output_uA = 0.4 * 5 * SETTLING / 2;
    assertEquals(
        (speed_uS * 0.15 + output_uA) * 0.9 * 2, frontEnd(1, 1).amplify_fJ(2, CLOSED), 1e-4);
    // Averaged over a picosecond noise asks for 2 x 4.142e-6 x 160000 / 0.001 / 4 = 331.356 uS.
    assertEquals(
        (331.3558 * 1.00645746 * 0.15 + output_uA) * 0.9 * 2,
        frontEnd(1, 1e-3).amplify_fJ(2, CLOSED),
        1e-3);
    // Twice the time, half of amplifier and output, as long as noise allows.
    assertEquals(frontEnd(1, 1).amplify_fJ(1, CLOSED), frontEnd(2, 1).amplify_fJ(2, CLOSED), 1e-9);
  }

  @Test
  void itsAreaIsThatOfItsCurrentAndItsMatchedDevices() {
    // Mirror: 2 uA of 80 uA at 0.25 V are 3.125 mV, log2(1.7 x 6.660437/3.125 - 0.7) = 1.547587
    // bits.
    double current_uA = SETTLING * NODE_FF * 1.375 * 1.00645746 * 0.15 + SETTLING;
    assertEquals(
        20 * (1 + current_uA / 250) + 2 * 4 * 0.0901684 + 0.645746 + 1.547587,
        frontEnd(1, 1).area_um2(CLOSED),
        1e-4);
  }

  @Test
  void itsInputIsThatOfACascodeWithGainAndSettlesWithItsPole() {
    ColumnAmplifier frontEnd = frontEnd(1, 1);
    assertEquals(1e6 / (CASCODE_US * 101), frontEnd.input_ohm(), 1e-5);
    // The fastest amplifier, of 2 FO4, settles faster than the mean of its pole at zero and that of
    // the bitline, (1067 + 400) / 80 / 2.
    double fastest = Math.sqrt(CASCODE_US / (2 * 80 * 2 * NM28.fo4_ns()));
    assertTrue(fastest > (CASCODE_US + 400) / 80 / 2);
    assertEquals(SETTLING / fastest, frontEnd.least_ns(), 1e-6);
  }

  /**
   * In 0.2 ns the rate is 17.33 per ns, the mean of the bitline's pole, 18.33, and one of the
   * amplifier, 16.32: at a unity frequency of 2 x 17.33² x 80 / 1067 its gain is 2.76.
   */
  @Test
  void aBitlineThatIsSlowerThanTheReadAsksForAnAmplifierOfLittleGain() {
    double rate = SETTLING / 0.2;
    double unity = 2 * rate * rate * 80 / CASCODE_US;
    double gain = unity / (2 * rate - (CASCODE_US + 400) / 80);
    ColumnAmplifier frontEnd = frontEnd(0.2, 1);
    assertEquals(1e6 / (CASCODE_US * (1 + gain)), frontEnd.input_ohm(), 1e-3);
    double output_uA = 0.4 * 5 * rate / 2;
    assertEquals(
        (unity * NODE_FF * 1.00645746 * 0.15 + output_uA) * 0.9 * 2,
        frontEnd.amplify_fJ(2, CLOSED),
        1e-3);
  }

  @Test
  void itsErrorsAreThoseOfItsDevices() {
    FrontEndErrors errors = frontEnd(1, 1).errors();
    // Amplifier 400 / 32.5, mirrors 2 x 2 x 0.2 V / 0.25 V.
    assertEquals(1 + 400 / (SETTLING * NODE_FF * 1.375) + 3.2, errors.noise(), 1e-4);
    // Deviations of 160 uA / 5 = 32 uA of a mean of 80 uA.
    assertEquals(0.4 * 5e-3, errors.offset_V(), 1e-9);
    // Of a mean of 16 uA, below them, all of the offset is left.
    Signal low = new Signal(4, 160, 16, 0.4, 0, 0.9, KT_FJ, 1);
    ColumnAmplifier whole = AnalogCircuits.frontEnd(NM28, low, LOAD, 80, 5, 1, 1);
    assertEquals(5e-3, whole.errors().offset_V(), 1e-9);
    // R_in x 160 uA / 0.2 V / 4 of 16 codes.
    double bend = 1 / (CASCODE_US * 101) * 800 / 4 * 16;
    assertEquals(bend, errors.bow_steps(), 1e-6);
    assertEquals(0.025, errors.gain(), 1e-9);
    ColumnAmplifier eight = AnalogCircuits.frontEnd(NM28, signal(8), LOAD, 80, 5, 1, 1);
    assertEquals(0.4 * 5e-3 / 16, eight.errors().offset_V(), 1e-9);
    assertEquals(16 * bend, eight.errors().bow_steps(), 1e-6);
    assertEquals(0.025 / 16, eight.errors().gain(), 1e-9);
  }

  @Test
  void moreBitsNeverCostLessAndLargerBitlinesSettleMoreSlowly() {
    double before_fJ = 0;
    double before_um2 = 0;
    for (int bits = 1; bits <= 10; bits++) {
      ColumnAmplifier frontEnd = AnalogCircuits.frontEnd(NM28, signal(bits), LOAD, 80, 5, 1, 1);
      assertTrue(frontEnd.amplify_fJ(2, CLOSED) > before_fJ, bits + " bits");
      assertTrue(frontEnd.area_um2(CLOSED) > before_um2, bits + " bits");
      before_fJ = frontEnd.amplify_fJ(2, CLOSED);
      before_um2 = frontEnd.area_um2(CLOSED);
    }
    ColumnAmplifier longer = AnalogCircuits.frontEnd(NM28, signal(4), LOAD, 160, 5, 1, 1);
    // The rate of the fastest amplifier falls with the root of the bitline's capacitance.
    assertEquals(Math.sqrt(2) * frontEnd(1, 1).least_ns(), longer.least_ns(), 1e-9);
  }

  /**
   * 160 uA x 1 ns over 0.4 V: 400 fF, 200 um2. Devices of 2 x 0.0901684 um2: √(200/0.180337) =
   * 33.302 of them, 12.0113 fF. Noise would allow 2 uA² of (2 kT 400 uS/1 ns) (1.6 + 400/800): 575.
   */
  @Test
  void anIntegratorScalesItsCurrentDownForTheLeastArea() {
    ColumnAmplifier amplifier = frontEnd(1, 1);
    ColumnAmplifier integrator = integrator(4, 1);
    assertEquals(33.302, integrator.ratio(), 1e-3);
    assertEquals(12.0113, integrator.collected_fF(), 1e-3);
    assertEquals(
        12.0113 * 0.16, integrator.amplify_fJ(2, CLOSED) - amplifier.amplify_fJ(2, CLOSED), 1e-3);
    assertEquals(
        32.302 * 0.180337 + 6.00566,
        integrator.area_um2(CLOSED) - amplifier.area_um2(CLOSED),
        1e-3);
    assertEquals(amplifier.input_ohm(), integrator.input_ohm());
    assertEquals(amplifier.least_ns(), integrator.least_ns());
    // 640 uS settle gates of 1.35253 fF to 5 bits in 1 ns: 640/(5 ln 2 x 1.35253) = 136.53.
    assertEquals(136.53, integrator.solution().quantity("quick", 0), 0.01);
    // 1.6 for each further device, m² C/(2 G t) = 33.302² x 12.0113/800.
    FrontEndErrors errors = integrator.errors();
    assertEquals(32.302 * 1.6 + 16.6510, errors.noise() - amplifier.errors().noise(), 1e-3);
    assertEquals(Math.sqrt((1 + 1 / 33.302) / 2), errors.gain() / amplifier.errors().gain(), 1e-5);
    assertEquals(amplifier.errors().offset_V(), errors.offset_V());
    assertFalse(integrator.solution().reach() > 1);
  }

  /**
   * Of a gain of 4 the same range is a quarter of the full one: two taps, of which one changes a
   * read. A bank of four times C: √(4 x 200/0.180337) = 66.604 devices, 6.00566 fF.
   */
  @Test
  void aGainTakesTapsAndABankOfCapacitors() {
    Signal four = new Signal(4, 160, 80, 0.4, 0, 0.9, KT_FJ, 4);
    ColumnAmplifier plain = frontEnd(1, 1);
    ColumnAmplifier amplifier = AnalogCircuits.frontEnd(NM28, four, LOAD, 80, 5, 1, 1);
    double tap_um2 = 2 * NM28.gate_um2();
    double changed_fJ = 2 * NM28.gate_fJ();
    assertEquals(changed_fJ, amplifier.amplify_fJ(2, CLOSED) - plain.amplify_fJ(2, CLOSED), 1e-9);
    assertEquals(2 * (tap_um2 + 1), amplifier.area_um2(CLOSED) - plain.area_um2(CLOSED), 1e-9);
    assertEquals(plain.errors(), amplifier.errors());
    ColumnAmplifier bank = AnalogCircuits.integrator(NM28, four, LOAD, 80, 5, 1);
    assertEquals(66.604, bank.ratio(), 1e-3);
    assertEquals(6.00566, bank.collected_fF(), 1e-4);
    assertEquals(
        6.00566 * 2 * 0.16 + changed_fJ,
        bank.amplify_fJ(2, CLOSED) - plain.amplify_fJ(2, CLOSED),
        1e-3);
    assertEquals(
        65.604 * 0.180337 + 4 * 6.00566 / 2 + 2 * tap_um2,
        bank.area_um2(CLOSED) - plain.area_um2(CLOSED),
        1e-3);
  }

  @Test
  void anIntegratorIsNoSmallerThanItsNoiseAllowsNorThanFiveFemtofarads() {
    // 8 bits: an LSB of 160 uA/256, 0.125 uA: 0.015625 uA² of 3.3137e-3 x 2.1 uA² allow 2.245.
    assertEquals(2.245, integrator(8, 1).ratio(), 1e-2);
    // 12 bits allow none: all of 400 fF.
    ColumnAmplifier exact = integrator(12, 1);
    assertEquals(1, exact.ratio());
    assertEquals(400, exact.collected_fF(), 1e-9);
    assertTrue(integrator(12, 30).solution().reach() > 1);
    // 1 ps: the smallest of 5 fF.
    ColumnAmplifier small = integrator(4, 1e-3);
    assertEquals(0.8, small.amplify_fJ(2, CLOSED) - frontEnd(1, 1).amplify_fJ(2, CLOSED), 1e-9);
    assertEquals(1, small.ratio());
  }

  /** The first term of (53) is the bias, the second the current that settles the load. */
  @Test
  void biasAndOutputFlowForTimesOfTheirOwn() {
    ColumnAmplifier frontEnd = frontEnd(1, 1);
    double both_fJ = frontEnd.amplify_fJ(2, 2, CLOSED);
    double bias_fJ = frontEnd.amplify_fJ(4, 2, CLOSED) - both_fJ;
    double output_fJ = frontEnd.amplify_fJ(2, 4, CLOSED) - both_fJ;
    assertTrue(bias_fJ > 0 && output_fJ > 0);
    assertEquals(both_fJ, bias_fJ + output_fJ, 1e-9 * both_fJ);
    assertEquals(both_fJ, frontEnd.amplify_fJ(2, CLOSED));
  }
}
