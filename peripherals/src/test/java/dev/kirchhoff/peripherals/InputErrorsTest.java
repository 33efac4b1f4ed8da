package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Input.Encoding;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.StatedInputErrors;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.analog.MatchedPairs;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.input.DigitPulse;
import dev.kirchhoff.peripherals.input.DrivenRow;
import dev.kirchhoff.peripherals.input.RowInput;
import dev.kirchhoff.peripherals.input.Rows;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.Term;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Errors of the levels of inputs, and what they cost: finer steps are never free. */
class InputErrorsTest {
  private static final long SEED = 20261130;
  private static final double KT_FJ = 4.142e-6;
  private static final Process NM28 =
      StatedProcess.of(new Technology(28, 0.9, Flavour.LOW_POWER, 300));

  private static DrivenRow.Line line(int bits) {
    return Rows.line(bits, true, 100, 0, 0.2, 0.9, false);
  }

  private static DrivenRow.Levels levels(int wholeBits, double full_V, double average_ns) {
    return new DrivenRow.Levels(wholeBits, full_V, 128, 1, average_ns, KT_FJ);
  }

  /** Pair of a gate area whose threshold deviates by 2 mV um over its root. */
  private static RowInput driver(
      int bits, double full_V, double average_ns, double gate_um2, double unit_um2) {
    double sigma_V = MatchedPairs.threshold_Vum(NM28) / Math.sqrt(gate_um2);
    double step_V = full_V / ((1 << bits) - 1);
    return Rows.sized(
        NM28, line(bits), levels(bits, full_V, average_ns), sigma_V / step_V, unit_um2);
  }

  private static RowInput driver(int bits, double full_V, double gate_um2, double unit_um2) {
    return driver(bits, full_V, 1, gate_um2, unit_um2);
  }

  /** Area of buffer and string. */
  private static double area_um2(RowInput row) {
    return row.solution().value(Term.AREA, "levels", 0);
  }

  /**
   * 4 bits over 50 mV, a step of 3.333 mV, pairs of 4 um2: 2 mV/2 = 1 mV, 0.3 steps. 15 resistors
   * of 4 um2, 1 % each: root of 224/90 of it, 0.01578 steps. Gates of 60 fF with a line of 100 fF,
   * settled to 5 bits in 1 ns: 5 ln 2 160 fF/ns = 554.5 uS, so that of kT/160 fF = (160.9 uV)²,
   * averaged over 1 ns, 1/(1 + 554.5/320) are left: 97.3 uV, 0.0292 steps.
   */
  @Test
  void levelsByHand() {
    InputErrors errors = driver(4, 0.05, 4, 4).errors();
    assertEquals(0.3, errors.offset_steps(), 1e-6);
    assertEquals(0.01578, errors.level_steps(), 1e-5);
    assertEquals(0.0292, errors.noise_steps(), 1e-4);
    assertEquals(0, errors.gain());
  }

  /** As above in a charge array, whose capacitors keep what nothing averages: 160.9 uV. */
  @Test
  void capacitorsKeepTheNoiseOfTheirLine() {
    RowInput row = driver(4, 0.05, 0, 4, 4);
    InputErrors errors = row.errors();
    assertEquals(Math.sqrt(KT_FJ / 160) / (0.05 / 15), errors.noise_steps(), 1e-12);
    assertEquals(0.3, errors.offset_steps(), 1e-6);
    // A row selects a level and latches its digit with gates, whatever the array is.
    assertEquals(9 * NM28.gate_fJ(), row.convert_fJ(Account.CLOSED), 1e-9);
  }

  /**
   * 28 nm, 0.9 V: smallest gates of 56 nm, 2 mV um/0.056 um = 35.7 mV; √6 · 12.6 ps · 1.3 ·
   * 35.7/550 = 2.60 ps.
   */
  @Test
  void edgesByHand() {
    InputErrors width = new DigitPulse(NM28, 0.1, false).errors(Circuits.CATALOGUE);
    InputErrors count = new DigitPulse(NM28, 0.1, true).errors(Circuits.CATALOGUE);
    assertEquals(0.026, width.offset_steps(), 2e-4);
    assertEquals(0.0178, width.noise_steps(), 1e-4);
    assertEquals(0.026, count.gain(), 2e-4);
  }

  @Test
  void halfTheStepOfEqualSizesDoublesErrorsInSteps() {
    InputErrors whole = driver(4, 0.1, 1, 2).errors();
    InputErrors half = driver(4, 0.05, 1, 2).errors();
    assertEquals(2 * whole.offset_steps(), half.offset_steps(), 1e-12);
    assertEquals(2 * whole.noise_steps(), half.noise_steps(), 1e-12);
    // Levels of a string go with the voltage over it.
    assertEquals(whole.level_steps(), half.level_steps(), 1e-12);
    InputErrors finer = driver(5, 0.1, 1, 2).errors();
    assertTrue(finer.offset_steps() > 2 * whole.offset_steps());
    assertTrue(finer.noise_steps() > whole.noise_steps());
    assertTrue(finer.level_steps() > whole.level_steps());
  }

  @Test
  void smallerDevicesHaveLargerErrors() {
    InputErrors large = driver(4, 0.1, 4, 4).errors();
    InputErrors small = driver(4, 0.1, 1, 1).errors();
    assertEquals(2 * large.offset_steps(), small.offset_steps(), 1e-12);
    assertEquals(2 * large.level_steps(), small.level_steps(), 1e-12);
    assertTrue(area_um2(driver(4, 0.1, 1, 1)) < area_um2(driver(4, 0.1, 4, 4)));
  }

  /** Sized by the model, a finer step takes area, or leaves a larger error. */
  @Test
  void finerStepsAreNotFree() {
    Random random = new Random(SEED);
    for (int i = 0; i < 1000; i++) {
      int bits = 2 + random.nextInt(8);
      double full_V = 0.01 * Math.pow(100, random.nextDouble());
      RowInput coarse = sized(bits, full_V);
      RowInput finer = random.nextBoolean() ? sized(bits, full_V / 2) : sized(bits + 1, full_V);
      String message = "seed " + SEED + ", " + bits + " bits, " + full_V + " V";
      double area = area_um2(coarse);
      assertTrue(area_um2(finer) >= area * (1 - 1e-12), message);
      assertTrue(finer.errors().noise_steps() > coarse.errors().noise_steps(), message);
      assertTrue(
          finer.errors().offset_steps() >= coarse.errors().offset_steps() * (1 - 1e-12), message);
    }
  }

  private static RowInput sized(int bits, double full_V) {
    return Rows.graded(NM28, line(bits), levels(bits, full_V, 1));
  }

  /** Pulses of 2 bits of an input of 8 are as exact as the whole, which takes larger devices. */
  @Test
  void slicesAreAsExactAsTheWhole() {
    RowInput whole = Rows.graded(NM28, line(2), levels(2, 0.2, 1));
    RowInput slice = Rows.graded(NM28, line(2), levels(8, 0.2, 1));
    assertTrue(slice.errors().offset_steps() <= 0.2 * 3 / 255 + 1e-12);
    assertTrue(slice.errors().level_steps() <= 0.2 * 3 / 255 + 1e-12);
    assertTrue(area_um2(slice) > area_um2(whole));
  }

  private static Designs.Knobs knobs(Encoding encoding, int bits, double pulse_ns) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.inputBits = 4;
    knobs.input =
        new Input(
            encoding,
            OptionalInt.of(bits),
            Input.Sign.SECOND_PASS,
            pulse_ns > 0 ? OptionalDouble.of(pulse_ns) : OptionalDouble.empty(),
            Input.Swing.SUPPLY,
            ComponentModel.standard());
    return knobs;
  }

  @Test
  void amplitudesPayForTheirBuffersAndPulsesOfOneBitForNone() {
    ChipPrices one = knobs(Encoding.BIT_SERIAL, 1, 0).prices();
    ChipPrices four = knobs(Encoding.AMPLITUDE, 4, 0).prices();
    assertTrue(one.inputErrors().isNone());
    assertTrue(four.inputErrors().hasMismatch());
    assertTrue(four.inputErrors().noise_steps() > 0);
    assertTrue(four.area_um2(Part.INPUT) > one.area_um2(Part.INPUT) + 10);
    assertTrue(four.energy_fJ(Action.ROW_BIAS) > 0);
    assertEquals(0, one.energy_fJ(Action.ROW_BIAS));
  }

  @Test
  void halfTheReadVoltageTakesAreaAndLeavesMoreNoise() {
    Designs.Knobs low = knobs(Encoding.AMPLITUDE, 4, 0);
    low.read_V = 0.05;
    Designs.Knobs high = knobs(Encoding.AMPLITUDE, 4, 0);
    high.read_V = 0.1;
    assertTrue(low.prices().area_um2(Part.INPUT) > high.prices().area_um2(Part.INPUT));
    assertTrue(
        low.prices().inputErrors().noise_steps() > 1.9 * high.prices().inputErrors().noise_steps());
  }

  /** A buffer that is drawn for a shorter pulse takes more; one below its least time is late. */
  @Test
  void aShorterPulseTakesALargerBufferOrIsLate() {
    ChipPrices calm = knobs(Encoding.AMPLITUDE, 4, 20).prices();
    ChipPrices quick = knobs(Encoding.AMPLITUDE, 4, 5).prices();
    ChipPrices hasty = knobs(Encoding.AMPLITUDE, 4, 0.05).prices();
    assertTrue(quick.area_um2(Part.INPUT) >= calm.area_um2(Part.INPUT));
    assertTrue(hasty.area_um2(Part.INPUT) > quick.area_um2(Part.INPUT));
    assertEquals(0, calm.timing().pass().overrun());
    assertTrue(hasty.timing().pass().overrun() > 1);
    assertTrue(hasty.timing().pass().unsettled() > 0.1);
  }

  @Test
  void shorterStepsOfAWidthAndPulsesOfACountAreLessExact() {
    InputErrors wide = knobs(Encoding.PULSE_WIDTH, 4, 1).prices().inputErrors();
    InputErrors narrow = knobs(Encoding.PULSE_WIDTH, 4, 0.1).prices().inputErrors();
    assertTrue(wide.offset_steps() < 0.01);
    assertEquals(10 * wide.offset_steps(), narrow.offset_steps(), 1e-9);
    assertEquals(10 * wide.noise_steps(), narrow.noise_steps(), 1e-9);
    InputErrors count = knobs(Encoding.PULSE_COUNT, 4, 0.1).prices().inputErrors();
    assertEquals(narrow.offset_steps(), count.gain(), 1e-9);
  }

  @Test
  void chargesHaveTheErrorsOfBuffersAndDigitalArraysNone() {
    Designs.Knobs charge = knobs(Encoding.AMPLITUDE, 4, 0);
    charge.compute = new Compute(Compute.Kind.CHARGE, 1.2, 1, OptionalDouble.empty());
    InputErrors errors = charge.prices().inputErrors();
    // Sized for 0.2 steps of the whole input, here one amplitude; 15 resistors of 1 um2, scaled.
    assertEquals(0.2, errors.offset_steps(), 1e-9);
    assertTrue(errors.level_steps() > 0.01 && errors.level_steps() < 0.2);
    Designs.Knobs digital = knobs(Encoding.BIT_SERIAL, 4, 0);
    digital.compute = new Compute(Compute.Kind.DIGITAL, 0, 1, OptionalDouble.empty());
    digital.kind = ReadoutKind.ADDER_TREE;
    assertTrue(digital.prices().inputErrors().isNone());
  }

  @Test
  void statedErrorsTakeThePlaceOfThoseOfCircuits() {
    Designs.Knobs knobs = knobs(Encoding.AMPLITUDE, 4, 0);
    InputErrors own = knobs.prices().inputErrors();
    InputErrors rows = new InputErrors(0.5, 0.01, 0.1, 0);
    knobs.input =
        stated(knobs.input, new StatedInputErrors(Optional.of(rows), OptionalDouble.empty()));
    assertEquals(new InputErrors(0.5, 0.01, 0.1, own.noise_steps()), knobs.prices().inputErrors());
    knobs.input =
        stated(knobs.input, new StatedInputErrors(Optional.empty(), OptionalDouble.of(0.3)));
    assertEquals(
        new InputErrors(own.offset_steps(), own.gain(), own.level_steps(), 0.3),
        knobs.prices().inputErrors());
  }

  private static Input stated(Input input, StatedInputErrors stated) {
    return new Input(
        input.encoding(),
        input.bitsPerPulse(),
        input.combine(),
        input.sign(),
        input.pulse_ns(),
        input.wordline(),
        stated,
        input.model());
  }
}
