package dev.kirchhoff.peripherals.readout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.design.CircuitSettings;
import dev.kirchhoff.peripherals.StatedProcess;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Converters of 4 bits at 28 nm and 0.9 V by hand.
 *
 * <p>16 codes on 0.4 V are steps of 25 mV, on 160 uA of 10 uA; the mean is 80 uA. kT = 1.380649e-8
 * fJ/K x 300 K, a gate 0.7 fF x 0.81 V2 = 0.567 fJ and 0.614 um2, FO4 = 0.45 ps/nm x 28 nm = 12.6
 * ps, tau = 0.4 FO4 = 5.04 ps, A_vt = 2 mV um.
 */
class ConvertersByHandTest {
  private static final Process NM28 =
      StatedProcess.of(new Technology(28, 0.9, Flavour.LOW_POWER, 300));
  private static final double KT_FJ = 1.380649e-8 * 300;
  private static final Signal SIGNAL = new Signal(4, 160, 80, 0.4, 0, 0.9, KT_FJ, 1);
  private static final double GATE_FJ = 0.567;
  private static final double GATE_UM2 = 0.614;
  private static final double FO4_NS = 0.0126;
  private static final Account CLOSED = Account.CLOSED;
  private static final Terms ENERGY = Terms.of(Term.ENERGY);
  private static final Terms AREA = Terms.of(Term.AREA);
  private static final Terms CAPACITANCE = Terms.of(Term.CAPACITANCE);
  private static final Terms TIME = Terms.of(Term.TIME);
  private static final Terms NOISE = Terms.of(Term.NOISE);

  // Of SPICE: noise of a latch, start of regeneration; gates of a SAR's bit, an encoder's adder, an
  // edge at a latch and a latch that closes, a count, a step of a delay line; delays in FO4.
  private static final double LATCH_NOISE = 2.6;
  private static final double START = 2.2;
  private static final double LOGIC = 47;
  private static final double CONTROL = 9.4;
  private static final double SETTLING = 0.33;
  private static final double COUNTED = 2.4;
  private static final double ADDER_DELAY = 3.3;
  private static final double EDGE = 1.1;
  private static final double LATCH = 2.9;
  private static final double COUNT = 13;
  private static final double LINE = 8.1;
  private static final double LEAST_LINE = 1;
  private static final double LEAST_RING = 5;
  private static final double RING_FF = 0.028 * 120;
  private static final double SWING_V = 0.7 * 0.9;
  private static final double RING_JITTER = 7.3;

  // Pair for one step of offset, 25 mV: (2 mV um / 25 mV)^2 = 0.0064 um2, above 4 F^2 = 0.0031 um2:
  // 2 x 15 fF/um2 x 0.0064 um2 x 0.81 V2 = 0.1555 fJ. Noise of a quarter step, 6.25 mV. Latch
  // 11.34 fJ, 9.5 gates. Together 4 x 0.0064 + 9.5 x 0.614 = 5.8586 um2, 0.096 fF.
  private static final double QUIET_FJ = noise_fJ(6.25e-3);
  private static final double WAITING_FJ = 11.34 + 0.15552 + QUIET_FJ;
  private static final double WAITING_UM2 = 5.8586;
  // tau (start + ln(0.9 / 0.025 x 256 / 0.12)) = 5.04 ps x (start + ln 76800).
  private static final double LEAST_NS = 5.04e-3 * (START + Math.log(76_800));

  /** Energy of a comparator's noise. */
  private static double noise_fJ(double noise_V) {
    return LATCH_NOISE * KT_FJ * 0.81 / (noise_V * noise_V);
  }

  @Test
  void aComparatorPaysForNoiseAndOffsetWhateverItsTime() {
    Solution waiting = Readouts.comparator(NM28, SIGNAL, 6.25e-3, 25e-3, 0);
    assertEquals(WAITING_FJ, waiting.sum(ENERGY), 1e-6);
    assertEquals(WAITING_UM2, waiting.sum(AREA), 1e-9);
    assertEquals(0.096, waiting.sum(CAPACITANCE), 1e-12);
    assertEquals(LEAST_NS, waiting.sum(TIME), 1e-6);
    assertEquals(0, waiting.sum(NOISE));
    // It is as drawn in any time.
    Solution clocked = Readouts.comparator(NM28, SIGNAL, 6.25e-3, 25e-3, LEAST_NS);
    assertEquals(WAITING_FJ, clocked.sum(ENERGY), 1e-4);
    // In 30 ps P = 36 exp(start - 30 / 5.04).
    Solution late = Readouts.comparator(NM28, SIGNAL, 6.25e-3, 25e-3, 0.03);
    assertEquals(WAITING_FJ, late.sum(ENERGY), 1e-6);
    assertEquals(WAITING_UM2, late.sum(AREA), 1e-9);
    assertEquals(0.096, late.sum(CAPACITANCE), 1e-12);
    double missed = Math.min(1, 36 * Math.exp(START - 30 / 5.04));
    assertEquals(missed * 256 / 12.0, late.sum(NOISE), 1e-6);
    // In its least time a variance of 0.01 squared steps.
    assertEquals(0.01, clocked.sum(NOISE), 1e-6);
    // Without time every code is as good as any: 256 / 12.
    Solution none = Readouts.comparator(NM28, SIGNAL, 6.25e-3, 25e-3, 1e-6);
    assertEquals(256 / 12.0, none.sum(NOISE), 1e-9);
  }

  // 5 bits' times of g_m = 5 ln 2 x 8 fF / t_bit at an overdrive of 0.15 V and 0.9 V.
  private static final double BUFFER_FJ = 5 * 5 * Math.log(2) * 8 * 0.15 * 0.9;

  @Test
  void sarByHand() {
    Converter sar = Readouts.sar(NM28, SIGNAL, OptionalDouble.empty());
    // Bits of 40 FO4 = 0.504 ns; pace 1 + 42 / 40 = 2.05, at which logic is as drawn. Noise of half
    // a
    // step takes a quarter of the energy.
    // Units (1 % x 4 / 0.2)^2 = 0.04, at least 0.5 fF: 8 fF, kT / (5 mV)^2 being 0.17 fF.
    double comparators_fJ = 2 * (WAITING_FJ + WAITING_FJ - 0.75 * QUIET_FJ);
    assertEquals(
        4 * LOGIC * GATE_FJ
            + comparators_fJ
            + 0.25 * 8 * 0.16 * 2.05
            + 8 * 0.4 * 0.9
            + BUFFER_FJ
            + 6 * 6 * GATE_FJ,
        sar.energy_fJ(CLOSED),
        1e-4);
    assertEquals(
        2 * (4 * 22.4 * GATE_UM2 + WAITING_UM2 + 8 / 1.5 + 6 * 14 * GATE_UM2),
        sar.area_um2(CLOSED),
        1e-4);
    assertEquals(5 * 0.504, sar.time_ns(), 1e-12);
    // A decision, then its switch and the settling of the capacitors to a sixteenth.
    double turn_ns = (CONTROL + SETTLING * Math.log(16)) * FO4_NS;
    assertEquals(5 * (LEAST_NS + turn_ns), sar.needed_ns(), 1e-6);
    assertEquals(8, sar.input_fF(), 1e-12);
    assertTrue(sar.holdsInput());
    // Noise 0.25^2 and 4.142e-6 / 8 / 0.025^2 = 0.000828; offset a tenth; capacitors (4 x 1 % /
    // sqrt(0.5))^2 / 6 = 0.000533.
    ErrorBudget errors = sar.errors();
    assertEquals(0.0625 + 0.000828 + 0.000533, errors.noise_steps2(), 1e-6);
    assertEquals(0.1, errors.offset_steps());
    assertEquals(0, errors.gain());
    assertEquals(0, errors.bow_steps());
    // A conversion in 1 ns: bits of 0.2 ns, pace 1 + 42 x 12.6 / 200 = 3.646.
    Converter stated = Readouts.sar(NM28, SIGNAL, OptionalDouble.of(1));
    assertEquals(1, stated.time_ns(), 1e-12);
    assertEquals(
        4 * LOGIC * GATE_FJ * 3.646 / 2.05
            + comparators_fJ
            + 0.25 * 8 * 0.16 * 3.646
            + 8 * 0.4 * 0.9
            + BUFFER_FJ
            + 6 * 6 * GATE_FJ,
        stated.energy_fJ(CLOSED),
        1e-3);
    // In 0.95 ns a bit of 190 ps leaves the capacitors their time, in which they come to within a
    // sixteenth of a weight, 16 / 4 / 16 steps, and a decision 60 ps of its 68.
    double decide_ns = 0.19 - turn_ns;
    assertTrue(0.055 < decide_ns && decide_ns < LEAST_NS);
    double undecided = 36 * Math.exp(START - decide_ns / 5.04e-3) * 256 / 12;
    assertEquals(
        0.063861 + 0.0625 + undecided,
        Readouts.sar(NM28, SIGNAL, OptionalDouble.of(0.95)).errors().noise_steps2(),
        1e-5);
    // In 1.1 ns half of what a bit of 220 ps has beyond both is the capacitors'.
    double spare_ns = 0.22 - turn_ns - LEAST_NS;
    double missing = 0.25 * Math.exp(-spare_ns / 2 / (SETTLING * FO4_NS));
    double seldom = 36 * Math.exp(START - (LEAST_NS + spare_ns / 2) / 5.04e-3) * 256 / 12;
    assertEquals(
        0.063861 + missing * missing + seldom,
        Readouts.sar(NM28, SIGNAL, OptionalDouble.of(1.1)).errors().noise_steps2(),
        1e-5);
  }

  @Test
  void capacitorsOfASarFollowMatchingThenNoise() {
    // 8 bits: (1 % x 16 / 0.2)^2 = 0.64 fF a unit, 163.84 fF; kT / (0.2 x 0.4 / 256)^2 = 42.4 fF.
    Signal eight = new Signal(8, 160, 80, 0.4, 0, 0.9, KT_FJ, 1);
    Converter sar = Readouts.sar(NM28, eight, OptionalDouble.empty());
    assertEquals(163.84, sar.input_fF(), 1e-9);
    // 0.25^2, kT / 163.84 fF / (0.4 V / 256)^2 = 0.010354, 0.2^2 / 6; metastability is less.
    assertEquals(0.0625 + 0.010354 + 0.006667, sar.errors().noise_steps2(), 2e-6);
    assertEquals(9 * 0.504, sar.time_ns(), 1e-12);
    // 0.1 V: kT / (0.2 x 0.1 / 256)^2 = 678.616 fF.
    Signal small = new Signal(8, 160, 80, 0.1, 0, 0.9, KT_FJ, 1);
    assertEquals(678.616, Readouts.sar(NM28, small, OptionalDouble.empty()).input_fF(), 1e-3);
  }

  @Test
  void flashByHand() {
    Converter flash = Readouts.flash(NM28, SIGNAL, 1);
    // Offset of 5 mV: 0.0901684 um2, 1.3525266 fF, deviate by 6.660437 mV; 1.7 x 6.660437/5 - 0.7 =
    // 1.564549 levels, 0.645746 bits of trim: 2 x 1.3525266 fF x 0.81 V2 x 1.00645746 = 2.205242
    // fJ, 4 x 0.0901684 + 0.645746 + 9.5 x 0.614 = 6.839420 um2; a cycle leaves it as drawn.
    double wider = 1;
    double input_fF = 15 * 1.3525266 * wider;
    assertEquals(
        15 * (QUIET_FJ + 2.205242 + 11.34) * wider
            + 5 * 0.693147 * input_fF * 0.16
            + 11 * COUNTED * GATE_FJ
            + 6 * 6 * GATE_FJ,
        flash.energy_fJ(CLOSED),
        1e-3);
    assertEquals(
        2 * (15 * 6.839420 * wider + 11 * 10.5 * GATE_UM2 + 6 * 14 * GATE_UM2),
        flash.area_um2(CLOSED),
        1e-3);
    assertEquals(input_fF, flash.input_fF(), 1e-4);
    // Five adders in the longest way behind the latches.
    assertEquals(1 + 5 * ADDER_DELAY * FO4_NS, flash.time_ns(), 1e-12);
    assertEquals(LEAST_NS + 5 * ADDER_DELAY * FO4_NS, flash.needed_ns(), 1e-6);
    // Noise 0.25^2 and thresholds 0.2^2.
    assertEquals(0.1025, flash.errors().noise_steps2(), 1e-12);
    assertEquals(
        new ErrorBudget(0, 0, 0, 0), flash.errors().plusNoise(-flash.errors().noise_steps2()));
    assertTrue(flash.holdsInput());
    Signal bit = new Signal(1, 160, 80, 0.4, 0, 0.9, KT_FJ, 1);
    assertEquals(1.25, Readouts.flash(NM28, bit, 1.25).time_ns(), 0);
  }

  @Test
  void rampByHand() {
    Converter ramp = Readouts.ramp(NM28, SIGNAL, 8, OptionalDouble.of(0.5));
    double wider = 1;
    // DAC of 16 units (1 % x 4 / 0.2)^2 = 0.04, at least 0.5 fF: 8 fF for 8 converters; hold of 5
    // fF; buffer
    // (B + 1) ln 2 C 0.15 V 0.9 V a step.
    double line_fF = 0.096 * wider + 2;
    assertEquals(
        8 * WAITING_FJ * wider
            + (16 * EDGE + 4 * LATCH) * GATE_FJ
            + 8 * 0.16 / 8
            + 16 * 5 * 0.693147 * line_fF * 0.15 * 0.9
            + 5 * 0.4 * 0.9
            + 36 * GATE_FJ,
        ramp.energy_fJ(CLOSED),
        1e-3);
    assertEquals(
        2 * (WAITING_UM2 * wider + 4 * 4.25 * GATE_UM2 + 8 / 1.5 / 8 + 5 / 1.5 + 6 * 14 * GATE_UM2),
        ramp.area_um2(CLOSED),
        1e-3);
    assertEquals(8, ramp.time_ns(), 1e-12);
    assertEquals(16 * LEAST_NS, ramp.needed_ns(), 1e-5);
    assertEquals(5 + 0.096 * wider, ramp.input_fF(), 1e-6);
    // kT / 5 fF / 0.025^2 = 0.001325.
    assertEquals(0.0625 + 0.001325 + 0.2 * 0.2 / 6, ramp.errors().noise_steps2(), 1e-6);
    assertEquals(0.1, ramp.errors().offset_steps());
    assertEquals(0, ramp.errors().bow_steps());
    assertTrue(ramp.trimsItself() && ramp.holdsInput());
    // Columns that hold its input spare it the sample of 5 fF and its noise.
    Converter open = Readouts.ramp(NM28, SIGNAL, 8, OptionalDouble.of(0.5), false);
    assertEquals(5 * 0.4 * 0.9, ramp.energy_fJ(CLOSED) - open.energy_fJ(CLOSED), 1e-9);
    assertEquals(2 * 5 / 1.5, ramp.area_um2(CLOSED) - open.area_um2(CLOSED), 1e-9);
    assertEquals(5, ramp.input_fF() - open.input_fF(), 1e-9);
    assertEquals(0.0625 + 0.2 * 0.2 / 6, open.errors().noise_steps2(), 1e-6);
    assertTrue(!open.holdsInput() && !open.usesSpareTime());
    // Its own step is 16 FO4.
    assertEquals(
        16 * 16 * FO4_NS, Readouts.ramp(NM28, SIGNAL, 8, OptionalDouble.empty()).time_ns(), 1e-12);
  }

  /** Of ten bits, 0.39 mV a step: 2 x 5.04 ps x (start + ln(2304 x 4^10 / 0.12)), above 16 FO4. */
  @Test
  void aSlowDecisionTakesTwiceItsLeastTimeOfItself() {
    Signal fine = new Signal(10, 160, 80, 0.4, 0, 0.9, KT_FJ, 1);
    double least_ns = 5.04e-3 * (START + Math.log(2304 * Math.pow(4, 10) / 0.12));
    assertTrue(2 * least_ns > 16 * FO4_NS);
    Converter ramp = Readouts.ramp(NM28, fine, 8, OptionalDouble.empty());
    assertEquals(1024 * 2 * least_ns, ramp.time_ns(), 1e-4);
  }

  @Test
  void senseAmplifierByHand() {
    // Node of 5 fF x 0.1 V slewed by half a step, 5 uA: 0.1 ns, and the latch on 0.1 V: 0.00504 ns
    // x (ln(9 x 256 / 0.12) and its start). Of least charge beside 2 ns of pulses: a share of
    // √(0.1 / 2 / (0.5 + latch)) of the current.
    double latch_ns = 0.049708 + START * 5.04e-3;
    double decision_ns = 0.1 + latch_ns;
    Converter own = Readouts.senseAmplifier(NM28, SIGNAL, 2, OptionalDouble.empty());
    double share = Math.sqrt(0.1 / 2 / (0.5 + latch_ns));
    assertEquals(4 * (0.1 / share + latch_ns), own.time_ns(), 1e-5);
    assertEquals(4 * decision_ns, own.needed_ns(), 1e-5);
    // Beside 10 us of pulses the copy is the smallest one, a sixteenth.
    Converter slow = Readouts.senseAmplifier(NM28, SIGNAL, 1e4, OptionalDouble.empty());
    assertEquals(4 * (16 * 0.1 + latch_ns), slow.time_ns(), 1e-5);
    // Decisions of 0.5 ns: copy and reference of 0.1 / (0.5 - latch) of 80 uA each for 2 + 4 x 0.5
    // ns. Latch for noise of 25 mV, offset 0.1555 fJ.
    double copy_uA = 80 * 0.1 / (0.5 - latch_ns);
    Converter stated = Readouts.senseAmplifier(NM28, SIGNAL, 2, OptionalDouble.of(0.5));
    assertEquals(
        4 * (noise_fJ(25e-3) + 0.15552 + 11.34) + 2 * copy_uA * 0.9 * 4 + 36 * GATE_FJ,
        stated.energy_fJ(CLOSED),
        1e-4);
    // Units of 0.2 / 4 = 5 % of a current at 0.25 V: 6.25 mV, log2(1.7 x 6.660437/6.25 - 0.7) =
    // 0.152688 bits of trim and 4 x 0.0901684 um2.
    assertEquals(2 * (WAITING_UM2 + 16 * 0.513362 + 84 * GATE_UM2), stated.area_um2(CLOSED), 1e-4);
    assertEquals(2, stated.time_ns(), 1e-12);
    // 4 kT g / (m t step^2), g = 2 x 160 uA / 0.25 V = 1280 uS, m t = 0.1 ns whatever t is.
    assertEquals(4 * KT_FJ * 1280 / 0.1 / 100 + 0.04 / 6, stated.errors().noise_steps2(), 1e-9);
    // A quarter of the time that it needs leaves three quarters of the codes' variance.
    Converter hasty = Readouts.senseAmplifier(NM28, SIGNAL, 2, OptionalDouble.of(decision_ns / 4));
    double thermal = 4 * KT_FJ * 1280 / (0.1 / 4) / 100;
    assertEquals(thermal + 0.75 * 256 / 12 + 0.04 / 6, hasty.errors().noise_steps2(), 1e-3);
    assertEquals(4 * hasty.time_ns(), hasty.needed_ns(), 1e-5);
    assertEquals(10, stated.input_fF());
  }

  @Test
  void voltageSenseAmplifierByHand() {
    Converter amplifier = Readouts.voltageSense(NM28, SIGNAL, OptionalDouble.of(0.5));
    double wider = 1;
    assertEquals(
        4 * WAITING_FJ * wider + 4 * 0.25 * 8 * 0.16 + 36 * GATE_FJ,
        amplifier.energy_fJ(CLOSED),
        1e-4);
    assertEquals(
        2 * (WAITING_UM2 * wider + 8 / 1.5 + 84 * GATE_UM2), amplifier.area_um2(CLOSED), 1e-4);
    assertEquals(2, amplifier.time_ns(), 1e-12);
    assertEquals(4 * LEAST_NS, amplifier.needed_ns(), 1e-5);
    assertEquals(new ErrorBudget(0.0625 + 0.04 / 6, 0.1, 0, 0), amplifier.errors());
    assertEquals(
        4 * 20 * FO4_NS,
        Readouts.voltageSense(NM28, SIGNAL, OptionalDouble.empty()).time_ns(),
        1e-12);
  }

  @Test
  void oscillatorByHand() {
    Converter ring = Readouts.oscillator(NM28, SIGNAL, PulseTrain.ONE, 1, OptionalDouble.empty());
    // 8 of 16 counts: a ring's capacitance over its swing from the supply, and a counter's gates.
    assertEquals(
        8 * RING_FF * SWING_V * 0.9 + 8 * COUNT * GATE_FJ + 4 * LATCH * GATE_FJ + 36 * GATE_FJ,
        ring.energy_fJ(CLOSED),
        1e-9);
    assertEquals(300 + 2 * (4 * 11.25 + 84) * GATE_UM2, ring.area_um2(CLOSED), 1e-9);
    // Counts of 48 FO4 = 0.6048 ns: 9.6768 ns, then two; it counts no faster than its ring.
    assertEquals(9.6768, ring.integrate_ns(1), 1e-12);
    Converter longer =
        Readouts.oscillator(NM28, SIGNAL, PulseTrain.ONE, 12, OptionalDouble.empty());
    assertEquals(12, longer.integrate_ns(12), 1e-12);
    assertEquals(1.2096, ring.time_ns(), 1e-12);
    assertEquals(1.2096, ring.needed_ns(), 1e-12);
    Converter fast =
        Readouts.oscillator(
            NM28, SIGNAL, PulseTrain.ONE, 0.25, OptionalDouble.of(LEAST_RING * FO4_NS / 2));
    assertEquals(2 * fast.time_ns(), fast.needed_ns(), 1e-12);
    // 8 counts of 7.3 kT / (C V2).
    double jitter = 8 * RING_JITTER * KT_FJ / (RING_FF * SWING_V * SWING_V);
    assertEquals(jitter, ring.errors().noise_steps2(), 1e-12);
    // Half of the time of a count: two steps in one, (4 - 1) / 12.
    assertEquals(0.25 + jitter, fast.errors().noise_steps2(), 1e-9);
  }

  @Test
  void integrateAndFireByHand() {
    Converter neuron =
        Readouts.integrateFire(NM28, SIGNAL, PulseTrain.ONE, 1, OptionalDouble.empty());
    // Spikes of 0.2 V. Noise 0.25 x 0.2 V / 4 = 12.5 mV; offset 0.2 / 16 x 0.2 V = 2.5
    // mV: log2(1.7 x 6.660437/2.5 - 0.7) = 1.937004 bits of trim on 0.0901684 um2, 1.3525266 fF: 2
    // x
    // 1.3525266 fF x 0.81 x 1.01937004 = 2.233535 fJ.
    double comparator_fJ = noise_fJ(12.5e-3) + 2.233535 + 11.34;
    // I_c = 1.3525266 fF x 0.4 V / (6 x 12.6 ps) = 7.156226 uA for 16 x 16 FO4 = 3.2256 ns.
    assertEquals(
        8 * (6 * 0.2 * 0.9 + comparator_fJ + COUNT * GATE_FJ)
            + 7.156226 * 0.9 * 3.2256
            + 4 * LATCH * GATE_FJ
            + 36 * GATE_FJ,
        neuron.energy_fJ(CLOSED),
        1e-4);
    assertEquals(
        60 + 2 * (2.297678 + 9.5 * GATE_UM2) + 2 * (4 * 11.25 + 84) * GATE_UM2,
        neuron.area_um2(CLOSED),
        1e-9);
    assertEquals(3.2256, neuron.integrate_ns(1), 1e-12);
    assertEquals(2 * 16 * FO4_NS, neuron.time_ns(), 1e-12);
    // 8 spikes of kT / (6 fF x 0.04 V2) and the comparator's quarter of a step.
    double jitter = 8 * KT_FJ / (6 * 0.04) + 0.0625;
    assertEquals(jitter, neuron.errors().noise_steps2(), 1e-12);
    // A step of 6 FO4 is half of what comparator and packet take.
    Converter fast =
        Readouts.integrateFire(NM28, SIGNAL, PulseTrain.ONE, 1, OptionalDouble.of(6 * FO4_NS));
    assertEquals(0.25 + jitter, fast.errors().noise_steps2(), 1e-9);
    assertEquals(2 * fast.time_ns(), fast.needed_ns(), 1e-12);
    // In 4.8 FO4 there is no time for a spike of 12 FO4: one code is left of 16.
    Converter hasty =
        Readouts.integrateFire(
            NM28, SIGNAL, PulseTrain.ONE, FO4_NS, OptionalDouble.of(0.3 * FO4_NS));
    assertEquals(255 / 12.0 + jitter, hasty.errors().noise_steps2(), 1e-9);
  }

  @Test
  void timeToDigitalByHand() {
    Converter line =
        Readouts.timeToDigital(NM28, SIGNAL, PulseTrain.ONE, 1, OptionalDouble.empty());
    // Steps of 5 FO4 = 63 ps; T falls from 32 to 16 of them as I rises from I_FS to 2 I_FS, 64/3 in
    // the middle, 1.344 ns. Shares over 1.5: offset of 16.667 mV 0.0144 um2 and 0.216 fF, 2 x 0.216
    // fF
    // x 0.81 V2 = 0.34992 fJ; noise of 4.16667 mV.
    // Watching: noise 2 kT / (4.16667 mV)^2 / 63 ps = 7.574 uS, speed 2 pi x 2.216 fF / 63 ps =
    // 221.0086 uS: 33.15129 uA.
    double latch_fJ = noise_fJ(0.025 / 6) + 0.34992 + 11.34;
    assertEquals(2.016, line.time_ns(), 1e-12);
    assertEquals(1, line.integrate_ns(1), 0);
    assertEquals(
        10 * 0.4 * 0.9
            + 33.15129 * 0.9 * 1.344
            + latch_fJ
            + 16 * LINE * GATE_FJ
            + 8 * GATE_FJ
            + 4 * LATCH * GATE_FJ
            + 36 * GATE_FJ,
        line.energy_fJ(CLOSED),
        1e-4);
    assertEquals(
        2
            * (10 / 1.5
                + 4 * 0.0144
                + 9.5 * GATE_UM2
                + 16 * 5.75 * GATE_UM2
                + 6.4 * GATE_UM2
                + (4 * 11.25 + 84) * GATE_UM2),
        line.area_um2(CLOSED),
        1e-9);
    // Comparator, 1.5^2 kT / 10 fF / 0.025^2 = 0.001491, line (9/8 x 0.1 / 5)^2 x 64/3 = 0.0108,
    // uneven steps (1.401825 - 1) / 12 = 0.033485.
    assertEquals(0.0625 + 0.001491 + 0.0108 + 0.033485, line.errors().noise_steps2(), 1e-6);
    // Half of the least step of a delay line.
    Converter fast =
        Readouts.timeToDigital(
            NM28, SIGNAL, PulseTrain.ONE, 1, OptionalDouble.of(LEAST_LINE / 2 * FO4_NS));
    assertEquals(2 * fast.time_ns(), fast.needed_ns(), 1e-12);
    double late = 1.125 * 0.1 / (LEAST_LINE / 2);
    assertEquals(
        0.0625 + 0.001491 + late * late * 64 / 3 + 0.033485 + 0.25,
        fast.errors().noise_steps2(),
        1e-6);
    // A mean of three times the range: the reference takes off 1.5 of it.
    Signal far = new Signal(4, 160, 480, 0.4, 0, 0.9, KT_FJ, 1);
    Converter taken = Readouts.timeToDigital(NM28, far, PulseTrain.ONE, 1, OptionalDouble.empty());
    assertEquals(
        (2 * 3 - 1.5) / 1.5 * 3.6 - 3.6, taken.energy_fJ(CLOSED) - line.energy_fJ(CLOSED), 1e-9);
  }

  /** The steps were read at 130 nm and 1.8 V: three bits sampled, seven counts, two bits known. */
  @Test
  void chargeDecrementByHand() {
    Process nm130 = StatedProcess.of(new Technology(130, 1.8, Flavour.LOW_POWER, 300));
    Signal five = new Signal(5, 0, 0, 0.4, 0, 1.8, KT_FJ, 1);
    PulseTrain train = new PulseTrain(1, 3, 8, 2, false);
    Converter neuron = Readouts.chargeDecrement(nm130, five, train, OptionalDouble.empty());
    assertEquals(3 * 1200 + 7 * 250 + 3 * 400, neuron.energy_fJ(CLOSED), 1e-9);
    assertEquals(1270, neuron.area_um2(CLOSED), 1e-9);
    assertEquals(1270 * nm130.leakage_uWPerUm2(), neuron.static_uW(CLOSED), 1e-12);
    // A single pulse tells nothing before the others: all five bits.
    Converter single =
        Readouts.chargeDecrement(nm130, five, PulseTrain.ONE, OptionalDouble.empty());
    assertEquals(1200 + 250 + 5 * 400, single.energy_fJ(CLOSED), 1e-9);
    // Steps of 12.5 mV. 1200 fJ at 1.8 V are 370.37 fF: 2 kT / C over seven samples; 0.25 mV of a
    // comparator; 5 x 0.125 bits lost, (4^0.625 - 1) / 12; offset of 0.2 mV.
    double step_V2 = 0.0125 * 0.0125;
    double sample = 2 * KT_FJ / (1200 / 3.24) / 7 / step_V2;
    assertEquals(sample, noise_steps2(neuron, "sample"), 1e-12);
    assertEquals(4e-4, noise_steps2(neuron, "comparator noise"), 1e-12);
    assertEquals(0.114868, noise_steps2(neuron, "decisions"), 1e-6);
    assertEquals(0.016, neuron.errors().offset_steps(), 1e-12);
    // Half of the node and of the supply: an eighth of the energy, half of area and capacitor.
    Process nm65 = StatedProcess.of(new Technology(65, 0.9, Flavour.LOW_POWER, 300));
    Converter small = Readouts.chargeDecrement(nm65, five, train, OptionalDouble.empty());
    assertEquals(6550 / 8.0, small.energy_fJ(CLOSED), 1e-9);
    assertEquals(635, small.area_um2(CLOSED), 1e-9);
    assertEquals(2 * sample, noise_steps2(small, "sample"), 1e-12);
  }

  private static double noise_steps2(Converter converter, String cause) {
    return converter.noise(Account.CLOSED).stream()
        .filter(term -> term.name().equals(cause))
        .mapToDouble(NoiseTerm::steps2)
        .sum();
  }

  /** Of 8 bits on 0.1 V: a fifth of a step is 78.125 uV, kT / C of 678.616 fF. */
  @Test
  void samplesOfSmallRangesTakeTheCapacitorThatTheirNoiseAllows() {
    Signal small = new Signal(8, 160, 80, 0.1, 0, 0.9, KT_FJ, 1);
    Converter ramp = Readouts.ramp(NM28, small, 1, OptionalDouble.of(0.5));
    assertEquals(678.616 * 0.1 * 0.9, Readouts.energy_fJ(ramp, "sample"), 1e-3);
    assertEquals(2 * 678.616 / 1.5, Readouts.area_um2(ramp, "sample"), 1e-3);
    assertEquals(0.04, noise_steps2(ramp, "sample"), 1e-6);
    // Units of (1 % x 16 / 0.2)^2 = 0.64 fF; one converter pays the whole ramp, and so does one
    // that shares it with none.
    assertEquals(256 * 0.64 * 0.01, Readouts.energy_fJ(ramp, "ramp"), 1e-9);
    Converter alone = Readouts.ramp(NM28, small, 0, OptionalDouble.of(0.5));
    assertEquals(ramp.energy_fJ(CLOSED), alone.energy_fJ(CLOSED), 1e-9);
    // Time to digital: shares over 1.5, so 2.25 times the capacitor.
    Converter line = Readouts.timeToDigital(NM28, small, PulseTrain.ONE, 1, OptionalDouble.empty());
    assertEquals(2.25 * 678.616 * 0.1 * 0.9, Readouts.energy_fJ(line, "capacitor"), 1e-3);
  }

  /** Of 10 bits: 10 x 12 full adders of 6 gates and 14 gates' area add up calibrated weights. */
  @Test
  void capacitorsBeyondEightBitsAreCalibratedAndTheirWeightsAdded() {
    Converter eight =
        Readouts.sar(
            NM28, Signal.ofVoltage(Circuits.CATALOGUE, NM28, 8, 1, 300), OptionalDouble.empty());
    Converter nine =
        Readouts.sar(
            NM28, Signal.ofVoltage(Circuits.CATALOGUE, NM28, 9, 1, 300), OptionalDouble.empty());
    Converter ten =
        Readouts.sar(
            NM28, Signal.ofVoltage(Circuits.CATALOGUE, NM28, 10, 1, 300), OptionalDouble.empty());
    assertEquals(0, Readouts.energy_fJ(eight, "weights"));
    assertEquals(0, Readouts.area_um2(eight, "weights"));
    // Nine bits are the first whose weights are calibrated: 9 x 11 adders.
    assertEquals(99 * 6 * GATE_FJ, Readouts.energy_fJ(nine, "weights"), 1e-9);
    assertEquals(2 * 99 * 14 * GATE_UM2, Readouts.area_um2(nine, "weights"), 1e-9);
    assertEquals(120 * 6 * GATE_FJ, Readouts.energy_fJ(ten, "weights"), 1e-9);
    assertEquals(2 * 120 * 14 * GATE_UM2, Readouts.area_um2(ten, "weights"), 1e-9);
  }

  /**
   * A step of 0.6 mV with a share of 0.25 over 1.5 has 0.1 mV of noise: 2 kT / (0.1 mV)^2 / 63 ps =
   * 13149 uS at 0.15 V, far above its bandwidth.
   */
  @Test
  void aContinuousComparatorOfLowNoisePaysForItNotForSpeed() {
    Signal small = new Signal(4, 160, 80, 16 * 0.6e-3, 0, 0.9, KT_FJ, 1);
    Converter quiet =
        Readouts.timeToDigital(NM28, small, PulseTrain.ONE, 1, OptionalDouble.of(0.063));
    double bias_uA = 2 * KT_FJ / 1e-8 / 0.063 * 0.15;
    double on_ns = 2 / 1.5 * 16 * 0.063;
    assertEquals(
        bias_uA * 0.9 * on_ns,
        Readouts.energy_fJ(quiet, "comparison"),
        1e-6 * bias_uA * 0.9 * on_ns);
  }

  /** A mean of three ranges: three are copied, the reference takes off what is beyond a half. */
  @Test
  void aMeanBeyondTheRangeIsCopiedAndTakenOff() {
    Signal far = new Signal(4, 160, 480, 0.4, 0, 0.9, KT_FJ, 1);
    assertEquals(3, far.meanShare(), 1e-12);
    assertEquals(2.5, far.subtractedShare(), 1e-12);
    Converter ring = Readouts.oscillator(NM28, far, PulseTrain.ONE, 1, OptionalDouble.empty());
    assertEquals(2 * 8 * 5.5 * RING_FF * SWING_V * 0.9, Readouts.energy_fJ(ring, "copy"), 1e-9);
    assertEquals(0.2, ring.errors().bow_steps());
    assertEquals(0.1, ring.errors().offset_steps());
  }

  /** A trimmed reference changes area and standing power alone, whatever it stands beside. */
  @Test
  void aTrimmedReferenceLeavesAllElseToItsConverter() {
    List<Converter> converters =
        List.of(
            Readouts.sar(NM28, SIGNAL, OptionalDouble.empty()),
            Readouts.senseAmplifier(NM28, SIGNAL, 2, OptionalDouble.of(0.5)),
            Readouts.oscillator(NM28, SIGNAL, PulseTrain.ONE, 1, OptionalDouble.empty()),
            Readouts.chargeDecrement(NM28, SIGNAL, PulseTrain.ONE, OptionalDouble.empty()),
            Readouts.measured("neurosim-sar-fit", NM28, 5),
            Readouts.tree(NM28, 64, 4, 1));
    for (Converter plain : converters) {
      Converter trimmed = Readouts.trimmed(NM28, SIGNAL, plain);
      String name = plain.getClass().getSimpleName();
      assertEquals(plain.energy_fJ(CLOSED), trimmed.energy_fJ(CLOSED), name);
      assertEquals(plain.product_fJ(CLOSED), trimmed.product_fJ(CLOSED), name);
      assertEquals(plain.readCurrent_fJ(40, CLOSED), trimmed.readCurrent_fJ(40, CLOSED), name);
      assertEquals(plain.time_ns(), trimmed.time_ns(), name);
      assertEquals(plain.needed_ns(), trimmed.needed_ns(), name);
      assertEquals(plain.integrate_ns(3), trimmed.integrate_ns(3), name);
      assertEquals(plain.input_fF(), trimmed.input_fF(), name);
      assertEquals(plain.errors(), trimmed.errors(), name);
      assertEquals(plain.noise(Account.CLOSED), trimmed.noise(Account.CLOSED), name);
      assertEquals(plain.trimsItself(), trimmed.trimsItself(), name);
      assertEquals(plain.keepsSum(), trimmed.keepsSum(), name);
      assertEquals(plain.pricesReadCurrent(), trimmed.pricesReadCurrent(), name);
      assertEquals(plain.usesSpareTime(), trimmed.usesSpareTime(), name);
      assertEquals(plain.countsInputs(), trimmed.countsInputs(), name);
      assertEquals(plain.holdsInput(), trimmed.holdsInput(), name);
    }
  }

  /** The law of a time that goes with 1/I: drawn currents, whole steps of time, a table. */
  @Test
  void evenStepsOfTimeAreUnevenStepsOfCurrent() {
    Random random = new Random(4);
    int codes = 64;
    double even = 0;
    double inverse = 0;
    int draws = 200_000;
    for (int i = 0; i < draws; i++) {
      double current = 1.5 + random.nextGaussian() / 5;
      if (current <= 1 || current >= 2) {
        continue;
      }
      double time = 2.0 * codes / current;
      double back = 2.0 * codes / (Math.floor(time) + 0.5);
      inverse += (back - current) * (back - current);
      double code = (Math.floor(current * codes) + 0.5) / codes;
      even += (code - current) * (code - current);
    }
    // 1.40 of the formula, without the tails that the range cuts off 1.38.
    assertEquals(1.40, inverse / even, 0.03);
  }

  @Test
  void aTrainThatEndsByItselfLeavesCountsOut() {
    // A pulse of 8 x 0.6048 ns counts to half of 16 codes, on average to 4: steps of two, (4 - 1) /
    // 12.
    PulseTrain width = new PulseTrain(1, 3, 8, 0, false);
    Converter cut = Readouts.oscillator(NM28, SIGNAL, width, 4.8384, OptionalDouble.empty());
    Converter whole = Readouts.oscillator(NM28, SIGNAL, PulseTrain.ONE, 1, OptionalDouble.empty());
    assertEquals(4.8384, cut.integrate_ns(4.8384), 1e-12);
    assertEquals(0.25, cut.errors().noise_steps2() - whole.errors().noise_steps2(), 1e-9);
    double counts_fJ = 4 * (RING_FF * SWING_V * 0.9 + COUNT * GATE_FJ);
    assertEquals(counts_fJ, whole.energy_fJ(CLOSED) - cut.energy_fJ(CLOSED), 1e-9);
  }

  @Test
  void lostBitsAreNoise() {
    // One bit: (4 - 1) / 12.
    assertEquals(0.25, ErrorBudget.ofLostBits(1).noise_steps2(), 1e-12);
    assertEquals(1, ErrorBudget.ofLostBits(1).lostBits(), 1e-12);
    assertEquals(ErrorBudget.EXACT, ErrorBudget.ofLostBits(0));
    // Noise 0.13 and a bow of 0.3: 1 + 12 x 0.22 = 3.64, half of its binary logarithm.
    assertEquals(0.931969, new ErrorBudget(0.13, 1, 1, 0.3).lostBits(), 1e-5);
    assertEquals(new ErrorBudget(0.5, 1, 2, 3), new ErrorBudget(0.25, 1, 2, 3).plusNoise(0.25));
  }

  @Test
  void aSignalIsTheRangeOfItsColumn() {
    // 32 rows of 4 and 40 uS at 0.2 V: at most 256 uA, on average 16 x 22 uS x 0.2 V = 70.4 uA;
    // 0.9 - 0.2 - 0.3 V are left.
    ColumnLoad load = new ColumnLoad(256, 32, 40, 22, 0.2);
    Signal full =
        Signal.ofCurrent(Circuits.CATALOGUE, NM28, load, 4, OptionalDouble.of(1), false, 300);
    assertEquals(256, full.range_uA(), 1e-9);
    assertEquals(70.4, full.mean_uA(), 1e-9);
    assertEquals(0.4, full.range_V(), 1e-9);
    assertEquals(0, full.missing_V());
    assertEquals(16, full.step_uA(), 1e-9);
    assertEquals(0.025, full.step_V(), 1e-9);
    assertEquals(
        512,
        Signal.ofCurrent(Circuits.CATALOGUE, NM28, load, 4, OptionalDouble.of(1), true, 300)
            .range_uA(),
        1e-9);
    // 0.2 V sqrt(32 ((1600 + 16) / 4 - 484 / 4)) = 0.2 sqrt(9056) = 19.0326 uA; 2 x 2.68 of that.
    Signal narrow =
        Signal.ofCurrent(Circuits.CATALOGUE, NM28, load, 4, OptionalDouble.empty(), false, 300);
    assertEquals(2 * 2.68 * 19.032604, narrow.range_uA(), 1e-4);
    Signal pair =
        Signal.ofCurrent(Circuits.CATALOGUE, NM28, load, 4, OptionalDouble.empty(), true, 300);
    assertEquals(Math.sqrt(2) * narrow.range_uA(), pair.range_uA(), 1e-9);
    // 0.55 V less 0.5 V leaves half of the least range.
    Process low = StatedProcess.of(new Technology(28, 0.55, Flavour.LOW_POWER, 300));
    Signal scarce =
        Signal.ofCurrent(Circuits.CATALOGUE, low, load, 4, OptionalDouble.of(1), false, 300);
    assertEquals(0.1, scarce.range_V(), 1e-9);
    assertEquals(0.05, scarce.missing_V(), 1e-9);
    Signal voltage = Signal.ofVoltage(Circuits.CATALOGUE, NM28, 4, 1, 300);
    assertEquals(0.75, voltage.range_V(), 1e-9);
    assertEquals(0, voltage.range_uA());
  }

  /**
   * Devices of 0.2 V of overdrive leave 0.1 V less of a current's range, and 0.05 V of a voltage's.
   */
  @Test
  void theOverdriveOfADesignMovesItsRanges() {
    Circuits circuits = Circuits.of(new CircuitSettings(Map.of(), Map.of("common.overdrive", 0.2)));
    ColumnLoad load = new ColumnLoad(256, 32, 40, 22, 0.2);
    assertEquals(
        0.3,
        Signal.ofCurrent(circuits, NM28, load, 4, OptionalDouble.of(1), false, 300).range_V(),
        1e-9);
    assertEquals(0.7, Signal.ofVoltage(circuits, NM28, 4, 1, 300).range_V(), 1e-9);
    Signal open = Signal.ofOpenColumn(circuits, NM28, load, 4, OptionalDouble.of(1), false, 300);
    assertEquals(0.95 + 256 / 704.0 - 0.9, open.missing_V(), 1e-9);
  }

  /** Beyond 8 bits the best half range grows by 0.26 deviations a bit: 3.94 + 2 x 0.26 of 10. */
  @Test
  void aCalibratedRangeOfManyBitsReachesFurtherIntoItsTails() {
    ColumnLoad load = new ColumnLoad(256, 32, 40, 22, 0.2);
    Signal ten =
        Signal.ofCurrent(Circuits.CATALOGUE, NM28, load, 10, OptionalDouble.empty(), false, 300);
    assertEquals(2 * 4.46 * 19.032604, ten.range_uA(), 1e-4);
    Signal half = ten.narrowed(0.5);
    assertEquals(4.46 * 19.032604, half.range_uA(), 1e-4);
    assertEquals(0.2, half.range_V(), 1e-12);
    assertEquals(ten.mean_uA(), half.mean_uA());
  }

  /** 32 rows of 22 uS share the read voltage: 256 uA over 704 uS are 0.364 V. */
  @Test
  void anOpenColumnDividesTheReadVoltageAmongItsRows() {
    ColumnLoad load = new ColumnLoad(256, 32, 40, 22, 0.2);
    Signal open =
        Signal.ofOpenColumn(Circuits.CATALOGUE, NM28, load, 4, OptionalDouble.of(1), false, 300);
    assertEquals(256 / 704.0, open.range_V(), 1e-9);
    assertEquals(0, open.range_uA());
    assertEquals(0, open.mean_uA());
    // A threshold of 0.35 V and three overdrives of 0.15 V beside the range, of 0.9 V.
    assertEquals(0.8 + 256 / 704.0 - 0.9, open.missing_V(), 1e-9);
    // A read at 0.85 V needs that instead, and spans 0.85 / 0.2 of the range.
    ColumnLoad high = new ColumnLoad(256, 32, 40, 22, 0.85);
    Signal far =
        Signal.ofOpenColumn(Circuits.CATALOGUE, NM28, high, 4, OptionalDouble.of(1), false, 300);
    assertEquals(4.25 * 256 / 704, far.range_V(), 1e-9);
    assertEquals(0.85 + 4.25 * 256 / 704 - 0.9, far.missing_V(), 1e-9);
  }
}
