package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Times, instances and errors where bits of an input are weighted before one conversion. */
class CombinedPulsesTest {
  private static Designs.Knobs knobs(int combine, boolean sampled) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.sampleHold = sampled;
    knobs.columnsPerAdc = 4;
    knobs.input =
        new Input(
            Input.Encoding.BIT_SERIAL,
            OptionalInt.of(1),
            OptionalInt.of(combine),
            Input.Sign.SECOND_PASS,
            OptionalDouble.empty(),
            Input.Swing.SUPPLY,
            ComponentModel.standard());
    return knobs;
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
    assertTrue(calibrated.prices().area_um2(Part.READOUT) > single.prices().area_um2(Part.READOUT));
  }
}
