package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.device.Access;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Times, instances and errors where bits of an input are weighted before one conversion. */
class CombinedPulsesTest {
  private static Designs.Knobs knobs(int combine, boolean sampled) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.sampleHold = sampled;
    knobs.columnsPerAdc = 4;
    knobs.input = input(combine, OptionalDouble.empty());
    return knobs;
  }

  private static Input input(int combine, OptionalDouble pulse_ns) {
    return new Input(
        Input.Encoding.BIT_SERIAL,
        OptionalInt.of(1),
        OptionalInt.of(combine),
        Input.Sign.SECOND_PASS,
        pulse_ns,
        Input.Swing.SUPPLY,
        ComponentModel.standard());
  }

  @Test
  void aPassHoldsAllPulsesOfADigitAndOneConversion() {
    PassTiming single = knobs(1, false).prices().timing().pass();
    double conversion_ns = single.conversion_ns();
    double read_ns = single.pass_ns() / 4 - conversion_ns;
    assertEquals(read_ns, single.conduct_ns(), 1e-9);
    for (int combine : new int[] {2, 4, 8}) {
      PassTiming timing = knobs(combine, false).prices().timing().pass();
      double settle_ns = timing.settle_ns() - single.settle_ns();
      assertEquals(
          4 * (combine * (read_ns + settle_ns) + conversion_ns), timing.pass_ns(), 1e-9, "four");
      // Cells conduct for one pulse, which is counted for each.
      assertEquals(read_ns + settle_ns, timing.conduct_ns(), 1e-9);
      PassTiming held = knobs(combine, true).prices().timing().pass();
      assertEquals(
          Math.max(combine * held.conduct_ns(), 4 * conversion_ns), held.pass_ns(), 1e-9, "held");
    }
    // 8 bits in digits of 3, 3 and 2: 8/3 pulses each.
    PassTiming three = knobs(3, false).prices().timing().pass();
    assertEquals(
        4 * (8.0 / 3 * three.conduct_ns() + conversion_ns), three.pass_ns(), 1e-9, "three");
  }

  /** Lines settle for each of the four pulses of a digit, before its one conversion. */
  @Test
  void aStatedPassHoldsTheSettlingsOfAllPulsesOfADigit() {
    Designs.Knobs knobs = knobs(4, false);
    double settle_ns = knobs.prices().timing().pass().settle_ns();
    // Nine decisions of 10.75 ps x (2.2 + ln(576 x 65536 / 0.12)), and as many turns of 9.4 + 0.33
    // ln 256 FO4 of 0.01725 ns.
    double decision_ns = 0.01075 * (2.2 + Math.log(576 * 65536 / 0.12));
    double sar_ns = 9 * (decision_ns + (9.4 + 0.33 * Math.log(256)) * 0.01725);
    double needed_ns = 4 * (4 * settle_ns + sar_ns);
    assertEquals(0, within(knobs, needed_ns).overrun());
    assertEquals(0, within(knobs, needed_ns).unsettled());
    assertEquals(needed_ns / 32, within(knobs, needed_ns / 2).conduct_ns(), 1e-9);
    assertEquals(1 / 0.99 - 1, within(knobs, 0.99 * needed_ns).overrun(), 1e-9);
    PassTiming half = within(knobs, 4 * (2 * settle_ns + sar_ns));
    assertEquals(Math.pow(2, -4.5), half.unsettled(), 1e-9);
  }

  private static PassTiming within(Designs.Knobs knobs, double pass_ns) {
    knobs.compute = new Compute(Compute.Kind.CURRENT, 0, 1, OptionalDouble.of(pass_ns));
    return knobs.prices().timing().pass();
  }

  /** Three of four columns float while one is read, for the pulses of its digit. */
  @Test
  void halfSelectedCellsConductForAllPulsesOfADigit() {
    for (int combine : new int[] {1, 2, 4}) {
      Designs.Knobs knobs = knobs(combine, false);
      knobs.controlEnergy = 0;
      knobs.access = Access.PASSIVE;
      knobs.rowsActive = 32;
      ChipPrices prices = knobs.prices();
      // 20.5 uS x 16 of 32 rows x 96 of 128 to the others = 246 uS at 0.2 V from 0.9 V.
      double column_fJ = 20.5 * 16 * 112 / 128 * 0.2 * 0.9 * prices.timing().pass().conduct_ns();
      assertEquals(
          96 * 4 * combine * column_fJ, prices.energy_fJ(Action.ARRAY_PASS), 1e-6 * column_fJ);
    }
  }

  /** In 2 ns of four columns an amplifier is on for 0.125 ns of each of four pulses. */
  @Test
  void amplifiersShareAStatedPassAmongPulses() {
    Designs.Knobs knobs = knobs(4, false);
    within(knobs, 2);
    String formula = knobs.prices().explain(PriceLine.energy(Action.AMPLIFY)).formula();
    assertTrue(formula.contains(" x 0.125 ns"), formula);
    assertFalse(formula.contains(" x 0.5 ns"), formula);
  }

  /** Of a stated pass of 64 ns 4 are a pulse's of 10 ns: an amplifier is as fast as half of it. */
  @Test
  void amplifiersAreAsFastAsAPulseOfAStatedPassNeeds() {
    Designs.Knobs knobs = knobs(4, false);
    knobs.clock_GHz = OptionalDouble.of(5);
    knobs.input = input(4, OptionalDouble.of(10));
    within(knobs, 64);
    double area_um2 = knobs.prices().area_um2(Part.FRONT_END);
    within(knobs, 48);
    assertTrue(knobs.prices().area_um2(Part.FRONT_END) > area_um2 * (1 + 1e-6));
  }

  @Test
  void capacitorsBelongToConvertersOrToColumnsThatAreHeld() {
    ChipPrices alone = knobs(8, false).prices();
    assertEquals(alone.instances(Part.READOUT), alone.instances(Part.SAMPLE_HOLD));
    assertTrue(alone.energy_fJ(Action.SAMPLE) > 0);
    ChipPrices held = knobs(8, true).prices();
    assertEquals(8 * 128, held.instances(Part.SAMPLE_HOLD));
    assertEquals(0, knobs(1, false).prices().instances(Part.SAMPLE_HOLD));
  }

  @Test
  void errorsOfTheCapacitorsAddToThoseOfTheConverter() {
    ReadoutErrors single = knobs(1, false).prices().readoutErrors();
    ReadoutErrors weighted = knobs(8, false).prices().readoutErrors();
    assertTrue(weighted.budget().noise_steps2() > single.budget().noise_steps2() + 0.03);
    assertTrue(weighted.budget().offset_steps() > single.budget().offset_steps());
  }

  @Test
  void noiseAveragesOverThreePulsesOfEight() {
    // (Σ 2^i)²/Σ 4^i = 255²/21845 of a cycle of 1 ns.
    assertEquals(
        255.0 * 255 / 21845, knobs(8, false).prices().timing().pass().integrate_ns(), 1e-9);
    assertEquals(1, knobs(1, false).prices().timing().pass().integrate_ns());
  }

  @Test
  void aCalibratedSumSpansLessThanThePulsesThatItIsMadeOf() {
    Designs.Knobs full = knobs(8, false);
    Designs.Knobs calibrated = knobs(8, false);
    calibrated.range = Readout.Range.CALIBRATED;
    Designs.Knobs single = knobs(1, false);
    single.range = Readout.Range.CALIBRATED;
    // Steps of 0.58 of those of single pulses: larger capacitors.
    assertTrue(
        calibrated.prices().energy_fJ(Action.SAMPLE) > full.prices().energy_fJ(Action.SAMPLE) / 2);
    assertTrue(
        calibrated.prices().area_um2(Part.SAMPLE_HOLD) > full.prices().area_um2(Part.SAMPLE_HOLD));
    // Beside so many converters the register of their gains is small.
    calibrated.columns = 2048;
    single.columns = 2048;
    assertTrue(calibrated.prices().area_um2(Part.READOUT) > single.prices().area_um2(Part.READOUT));
  }
}
