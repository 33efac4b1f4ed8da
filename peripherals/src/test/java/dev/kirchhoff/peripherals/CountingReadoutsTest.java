package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.PulseTrain;
import dev.kirchhoff.peripherals.readout.Readouts;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Readouts that count, and what inputs send them, by hand. */
class CountingReadoutsTest {
  private static final Process NM130 = process(130, 1.8);
  private static final Process NM28 = process(28, 0.9);

  private static Process process(double node_nm, double supply_V) {
    return StatedProcess.of(new Technology(node_nm, supply_V, Flavour.LOW_POWER, 300));
  }

  private static Input input(Input.Encoding encoding, Input.Sign sign) {
    return new Input(
        encoding,
        OptionalInt.empty(),
        sign,
        OptionalDouble.empty(),
        Input.Swing.SUPPLY,
        ComponentModel.standard());
  }

  @Test
  void signsOnLinesSpareABitAndLongMagnitudesComeInTwoPhases() {
    Input two = input(Input.Encoding.PULSE_COUNT, Input.Sign.TWO_PHASE);
    // Sign and 3 bits: one phase of 3. Sign and 4: 2 + 2. Sign and 5: 3 + 2. Sign and 6: 3 + 3.
    assertEquals(1, two.pulsesOf(4));
    assertEquals(3, two.bitsOfPulse(4));
    assertEquals(2, two.pulsesOf(5));
    assertEquals(2, two.bitsOfPulse(5));
    assertEquals(3, two.bitsOfPulse(6));
    assertEquals(2, two.pulsesOf(7));
    // One bit with its sign is one bit of magnitude still.
    assertEquals(1, two.magnitudeBits(1));
    Input plain = input(Input.Encoding.PULSE_WIDTH, Input.Sign.SECOND_PASS);
    assertEquals(8, plain.bitsOfPulse(8));
    assertEquals(7, input(Input.Encoding.PULSE_WIDTH, Input.Sign.BIPOLAR).bitsOfPulse(8));
    // 3 + 2 bits: 8 and 4 levels, 6 on average; 3 bits are delivered before the second phase.
    PulseTrain train = PulseTrain.of(two, 6);
    assertEquals(2.5, train.bits());
    assertEquals(6, train.levels());
    assertEquals(1.5, train.bitsBefore());
  }

  @Test
  void neuronStepsAddUp() {
    // 3 bits and 6 out: 3 samples, 7 integrations, 6 decrements.
    PulseTrain three = PulseTrain.of(input(Input.Encoding.PULSE_COUNT, Input.Sign.TWO_PHASE), 4);
    Converter one =
        Readouts.chargeDecrement(
            NM130,
            Signal.ofVoltage(Circuits.CATALOGUE, NM130, 6, 1, 300),
            three,
            OptionalDouble.empty());
    assertEquals(3 * 1200 + 7 * 250 + 6 * 400, one.energy_fJ(Account.CLOSED), 1e-9);
    assertEquals(7 * 270, one.integrate_ns(0), 1e-9);
    assertEquals(7 * 300, one.time_ns(), 1e-9);
    // 6 bits and 9 out in two phases of 3: (9 + 6) / 2 decrements a phase.
    PulseTrain six = PulseTrain.of(input(Input.Encoding.PULSE_COUNT, Input.Sign.TWO_PHASE), 7);
    Converter two =
        Readouts.chargeDecrement(
            NM130,
            Signal.ofVoltage(Circuits.CATALOGUE, NM130, 9, 1, 300),
            six,
            OptionalDouble.empty());
    assertEquals(3 * 1200 + 7 * 250 + 7.5 * 400, two.energy_fJ(Account.CLOSED), 1e-9);
    assertEquals(8.5 * 300, two.time_ns(), 1e-9);
    assertEquals(
        0.1 * 7,
        Readouts.chargeDecrement(
                NM130,
                Signal.ofVoltage(Circuits.CATALOGUE, NM130, 6, 1, 300),
                three,
                OptionalDouble.of(0.1))
            .integrate_ns(0),
        1e-9);
    assertEquals(1270, one.area_um2(Account.CLOSED), 1e-9);
  }

  @Test
  void anOscillatorCountsAsLongAsTheInputsPulseOrAsItNeeds() {
    Signal eight = signal(8);
    Converter sustained =
        Readouts.oscillator(NM28, eight, PulseTrain.ONE, 1, OptionalDouble.of(0.5));
    assertEquals(128, sustained.integrate_ns(1), 1e-9);
    PulseTrain width = PulseTrain.of(input(Input.Encoding.PULSE_WIDTH, Input.Sign.BIPOLAR), 7);
    // 64 ns of a 6-bit pulse are 128 counts of 0.5 ns: one bit less than 8, (4 - 1) / 12.
    Converter cut = Readouts.oscillator(NM28, eight, width, 64, OptionalDouble.of(0.5));
    assertEquals(64, cut.integrate_ns(64), 1e-9);
    assertEquals(0.25, cut.errors().noise_steps2() - sustained.errors().noise_steps2(), 1e-9);
  }

  @Test
  void moreBitsNeverCostLess() {
    for (int bits = 1; bits < 12; bits++) {
      Signal few = signal(bits);
      Signal many = signal(bits + 1);
      assertCostsLess(
          Readouts.oscillator(NM28, few, PulseTrain.ONE, 1, OptionalDouble.empty()),
          Readouts.oscillator(NM28, many, PulseTrain.ONE, 1, OptionalDouble.empty()));
      assertCostsLess(
          Readouts.integrateFire(NM28, few, PulseTrain.ONE, 1, OptionalDouble.empty()),
          Readouts.integrateFire(NM28, many, PulseTrain.ONE, 1, OptionalDouble.empty()));
      assertCostsLess(
          Readouts.timeToDigital(NM28, few, PulseTrain.ONE, 1, OptionalDouble.empty()),
          Readouts.timeToDigital(NM28, many, PulseTrain.ONE, 1, OptionalDouble.empty()));
      assertCostsLess(
          Readouts.senseAmplifier(NM28, few, 1, OptionalDouble.empty()),
          Readouts.senseAmplifier(NM28, many, 1, OptionalDouble.empty()));
      assertCostsLess(
          Readouts.sar(NM28, few, OptionalDouble.empty()),
          Readouts.sar(NM28, many, OptionalDouble.empty()));
      assertCostsLess(Readouts.flash(NM28, few, 1), Readouts.flash(NM28, many, 1));
      Converter less = Readouts.ramp(NM28, few, 16, OptionalDouble.of(1));
      Converter more = Readouts.ramp(NM28, many, 16, OptionalDouble.of(1));
      assertCostsLess(less, more);
      assertEquals(2 * less.time_ns(), more.time_ns(), 1e-9);
    }
  }

  private static void assertCostsLess(Converter less, Converter more) {
    String where = more.getClass().getSimpleName() + " of " + more.time_ns() + " ns";
    assertTrue(less.energy_fJ(Account.CLOSED) < more.energy_fJ(Account.CLOSED), where);
    assertTrue(less.area_um2(Account.CLOSED) < more.area_um2(Account.CLOSED), where);
  }

  private static Signal signal(int bits) {
    ColumnLoad load = new ColumnLoad(64, 64, 40, 20, 0.2);
    return Signal.ofCurrent(Circuits.CATALOGUE, NM28, load, bits, OptionalDouble.of(1), false, 300);
  }

  @Test
  void publishedConvertersAreAsPublishedAtHome() {
    for (CircuitFile data : CircuitLibraryTest.published()) {
      double node_nm = data.constant("own_node") * Units.NM_PER_UM;
      Process home = process(node_nm, data.constant("own_supply"));
      int bits = data.range().bits().orElseThrow().most();
      Converter converter = Readouts.model(data.name(), home, bits);
      assertEquals(data.constant("own_energy"), converter.energy_fJ(Account.CLOSED), 1e-9);
      assertEquals(data.constant("own_area"), converter.area_um2(Account.CLOSED), 1e-9);
    }
  }

  /** Its decrements leave the whole sum: nothing is added behind it, nor kept apart. */
  @Test
  void aNeuronKeepsTheSumThatOthersAddUp() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.sampleHold = false;
    assertEquals(8 * 4, knobs.prices().instances(Part.SHIFT_ADD));
    assertEquals(1, knobs.prices().instances(Part.OUTPUT_REGISTER));
    knobs.kind = ReadoutKind.CHARGE_DECREMENT;
    assertEquals(0, knobs.prices().instances(Part.SHIFT_ADD));
    assertEquals(0, knobs.prices().instances(Part.OUTPUT_REGISTER));
  }
}
