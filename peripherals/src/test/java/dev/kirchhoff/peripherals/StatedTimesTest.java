package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Technology;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Times that a spec states and circuits cannot keep, and supplies that leave no headroom. */
class StatedTimesTest {
  // 8 bits at 32 nm: the comparator decides in 10.75 ps x (2.2 + ln(576 x 65536 / 0.12)), then its
  // bit is switched and the capacitors settle in 9.4 + 0.33 ln 256 FO4 of 17.25 ps.
  private static final double SAR_NS =
      9 * (0.01075 * (2.2 + Math.log(576 * 65536 / 0.12)) + (9.4 + 0.33 * Math.log(256)) * 0.01725);

  private static Designs.Knobs unsampled(int columnsPerAdc) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.sampleHold = false;
    knobs.columnsPerAdc = columnsPerAdc;
    return knobs;
  }

  private static double settle_ns(Designs.Knobs knobs) {
    return knobs.prices().timing().pass().settle_ns();
  }

  private static PassTiming within(Designs.Knobs knobs, double pass_ns) {
    knobs.compute = new Compute(Compute.Kind.CURRENT, 0, 1, OptionalDouble.of(pass_ns));
    return knobs.prices().timing().pass();
  }

  @Test
  void withoutStatedTimesCircuitsTakeTheirOwnTimes() {
    for (int columns : new int[] {1, 4, 32}) {
      PassTiming timing = unsampled(columns).prices().timing().pass();
      assertEquals(0, timing.overrun());
      assertEquals(0, timing.unsettled());
    }
  }

  @Test
  void everyTurnOfAStatedPassHoldsASettlingAndAConversion() {
    for (int columns : new int[] {1, 4, 32}) {
      Designs.Knobs knobs = unsampled(columns);
      double settle_ns = settle_ns(knobs);
      PassTiming enough = within(knobs, columns * (settle_ns + SAR_NS) * (1 + 1e-9));
      assertEquals(0, enough.overrun(), 1e-12);
      assertEquals(0, enough.unsettled());
      // Half of the settling leaves exp(-9 ln 2 / 2) of a change.
      double pass_ns = columns * (settle_ns / 2 + SAR_NS);
      PassTiming half = within(knobs, pass_ns);
      assertEquals(columns * (settle_ns + SAR_NS) / pass_ns - 1, half.overrun(), 1e-9);
      assertEquals(Math.pow(2, -4.5), half.unsettled(), 1e-9);
      PassTiming none = within(knobs, columns * SAR_NS / 2);
      assertEquals(1, none.unsettled(), 0);
    }
  }

  /** A miss of a limit counts however small it is, but for the rounding of times. */
  @Test
  void aPassThatIsHardlyTooShortIsLate() {
    Designs.Knobs knobs = unsampled(4);
    double needed_ns = 4 * (settle_ns(knobs) + SAR_NS);
    assertEquals(1 / 0.99 - 1, within(knobs, 0.99 * needed_ns).overrun(), 1e-9);
    assertEquals(1e-6, within(knobs, needed_ns / (1 + 1e-6)).overrun(), 1e-9);
    assertEquals(0, within(knobs, needed_ns).overrun());
  }

  @Test
  void sampledColumnsSettleWhileThoseBeforeAreConverted() {
    Designs.Knobs knobs = new Designs.Knobs();
    double settle_ns = settle_ns(knobs);
    PassTiming enough = within(knobs, 32 * SAR_NS * (1 + 1e-9));
    assertEquals(0, enough.overrun());
    assertEquals(0, enough.unsettled());
    PassTiming half = within(knobs, 16 * SAR_NS);
    assertEquals(1, half.overrun(), 1e-9);
    assertEquals(0, half.unsettled());
    PassTiming unsettled = within(knobs, settle_ns / 2);
    assertEquals(32 * SAR_NS / (settle_ns / 2) - 1, unsettled.overrun(), 1e-6);
    assertEquals(Math.pow(2, -4.5), unsettled.unsettled(), 1e-9);
  }

  /** Cells take all of a column's share; of a converter that holds its input, what it leaves. */
  @Test
  void cellsConductForTheRemainderOfAStatedPass() {
    Designs.Knobs knobs = unsampled(4);
    knobs.kind = ReadoutKind.FLASH;
    knobs.bits = 4;
    PassTiming flash = within(knobs, 400);
    assertEquals(100 - flash.conversion_ns(), flash.conduct_ns(), 1e-9);
    assertTrue(flash.conversion_ns() < 2, "a flash takes a cycle of 1 ns and its encoder");
    knobs.input = pulse(2);
    assertEquals(2, within(knobs, 400).conduct_ns(), 1e-9);
    knobs.input = signs(Input.Sign.SECOND_PASS);
    knobs.kind = ReadoutKind.SENSE_AMPLIFIER;
    PassTiming sensed = within(knobs, 400);
    assertEquals(100, sensed.conduct_ns(), 1e-9);
    // Settling and a cycle of input leave the rest to the decisions.
    assertEquals(99 - sensed.settle_ns(), sensed.conversion_ns(), 1e-9);
    assertEquals(0.01, within(knobs, 0.04).conduct_ns(), 1e-9);
    knobs.kind = ReadoutKind.OSCILLATOR;
    assertEquals(100, within(knobs, 400).conduct_ns(), 1e-9);
  }

  /** Decisions of a share that is too short are undecided and cost no more than it lasts. */
  @Test
  void aShortShareOfAPassTakesLessEnergyAndIsLate() {
    Designs.Knobs knobs = unsampled(4);
    knobs.kind = ReadoutKind.SENSE_AMPLIFIER;
    knobs.bits = 4;
    ChipPrices own = knobs.prices();
    double own_ns = own.timing().pass().conversion_ns();
    assertEquals(0, own.timing().pass().overrun());
    PassTiming quick = within(knobs, own_ns);
    ChipPrices prices = knobs.prices();
    assertTrue(quick.overrun() > 1, "late by " + quick.overrun());
    assertEquals(own_ns / 4, quick.conduct_ns(), 1e-9);
    assertTrue(
        prices.energy_fJ(Action.CELL_READ) < own.energy_fJ(Action.CELL_READ) / 4,
        "cells conduct for a quarter of a conversion at most");
    double noise = prices.readoutErrors().budget().noise_steps2();
    assertTrue(noise > own.readoutErrors().budget().noise_steps2() + 10, "noise " + noise);
  }

  @Test
  void aStatedPulseHasToHoldTheSettling() {
    Designs.Knobs knobs = unsampled(1);
    knobs.kind = ReadoutKind.FLASH;
    knobs.bits = 4;
    double settle_ns = settle_ns(knobs);
    knobs.input = pulse(2 * settle_ns);
    PassTiming enough = knobs.prices().timing().pass();
    assertEquals(0, enough.overrun());
    // A cycle for the decision, five adders of 3.3 FO4.
    assertEquals(2 * settle_ns + 1 + 5 * 3.3 * 0.01725, enough.pass_ns(), 1e-9);
    // Half of the settling of 4 bits leaves 2^-2.5 of a change: x 16 / 5 = 0.565685 steps of a
    // range of
    // five deviations, twice its square is 0.64 beside 0.25^2 and 0.2^2 of the comparators.
    knobs.input = pulse(settle_ns / 2);
    ChipPrices half = knobs.prices();
    assertEquals(1, half.timing().pass().overrun(), 1e-9);
    assertEquals(Math.pow(2, -2.5), half.timing().pass().unsettled(), 1e-9);
    assertEquals(0.1025 + 0.64, half.readoutErrors().budget().noise_steps2(), 1e-9);
  }

  /** A pass holds its stated pulses in full, and the settling of those that are shorter. */
  @Test
  void aStatedPassHoldsStatedPulsesAndTheirSettling() {
    Designs.Knobs knobs = unsampled(4);
    double settle_ns = settle_ns(knobs);
    knobs.input = pulse(3 * settle_ns);
    double needed_ns = 4 * (3 * settle_ns + SAR_NS);
    assertEquals(0, within(knobs, needed_ns).overrun());
    assertEquals(1 / 0.99 - 1, within(knobs, 0.99 * needed_ns).overrun(), 1e-9);
    knobs.input = pulse(settle_ns / 2);
    assertEquals(1, within(knobs, 100 * needed_ns).overrun(), 1e-9);
    // Half of nine constants of ln 2 leave 2^-4.5, however long the pass is.
    assertEquals(Math.pow(2, -4.5), within(knobs, 100 * needed_ns).unsettled(), 1e-12);
    assertEquals(2, within(knobs, 4 * (settle_ns + SAR_NS) / 3).overrun(), 1e-9);
  }

  /**
   * A column that nothing holds settles as a divider of its own cells, and lacks what is missing.
   */
  @Test
  void openColumnsHaveToSettleToo() {
    for (ReadoutKind kind :
        new ReadoutKind[] {ReadoutKind.CHARGE_DECREMENT, ReadoutKind.SENSE_AMPLIFIER}) {
      Designs.Knobs knobs = unsampled(1);
      knobs.kind = kind;
      knobs.frontEnd = Readout.FrontEnd.NONE;
      knobs.bits = 4;
      ChipPrices calm = knobs.prices();
      ChipPrices hasty = of(knobs, calm.timing().pass().settle_ns() / 2);
      assertTrue(hasty.timing().pass().unsettled() > 0, kind.word());
      assertTrue(hasty.timing().pass().overrun() > 0, kind.word());
      double missing = hasty.timing().pass().unsettled() * 16 / 5;
      assertTrue(
          hasty.readoutErrors().budget().noise_steps2()
              >= calm.readoutErrors().budget().noise_steps2() + 2 * missing * missing - 1e-12,
          kind.word());
    }
  }

  private static ChipPrices of(Designs.Knobs knobs, double pass_ns) {
    knobs.compute = new Compute(Compute.Kind.CURRENT, 0, 1, OptionalDouble.of(pass_ns));
    return knobs.prices();
  }

  @Test
  void rowsOfOpenColumnsAreDrivenBothWaysForAnySigns() {
    Designs.Knobs knobs = unsampled(1);
    knobs.kind = ReadoutKind.CHARGE_DECREMENT;
    knobs.input = signs(Input.Sign.SECOND_PASS);
    ChipPrices second = knobs.prices();
    knobs.input = signs(Input.Sign.BIPOLAR);
    ChipPrices both = knobs.prices();
    assertTrue(second.energy_fJ(Action.WORDLINE) > 0);
    assertEquals(both.energy_fJ(Action.ROW_PULSE), second.energy_fJ(Action.ROW_PULSE));
    assertEquals(both.area_um2(Part.INPUT), second.area_um2(Part.INPUT));
    // A column at virtual ground lets rows without input be gated off.
    knobs.kind = ReadoutKind.SAR;
    knobs.input = signs(Input.Sign.SECOND_PASS);
    assertEquals(0, knobs.prices().energy_fJ(Action.WORDLINE));
  }

  private static Input signs(Input.Sign sign) {
    return new Input(
        Input.Encoding.BIT_SERIAL,
        OptionalInt.of(1),
        sign,
        OptionalDouble.empty(),
        Input.Swing.SUPPLY,
        ComponentModel.standard());
  }

  private static Input pulse(double pulse_ns) {
    return new Input(
        Input.Encoding.BIT_SERIAL,
        OptionalInt.of(1),
        Input.Sign.SECOND_PASS,
        OptionalDouble.of(pulse_ns),
        Input.Swing.SUPPLY,
        ComponentModel.standard());
  }

  @Test
  void aStatedClockHasCyclesOfTwelveFanoutsOfFour() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.clock_GHz = OptionalDouble.of(4);
    assertEquals(0, knobs.prices().timing().pass().overrun());
    knobs.clock_GHz = OptionalDouble.of(10);
    assertEquals(12 * 0.01725 / 0.1 - 1, knobs.prices().timing().pass().overrun(), 1e-9);
    // The fastest one is 20 gate delays.
    knobs.clock_GHz = OptionalDouble.empty();
    assertEquals(0, knobs.prices().timing().pass().overrun());
    // A flash of 4 bits decides in 10.75 ps x ln(36 x 256 / 0.12) = 120.9 ps.
    knobs.clock_GHz = OptionalDouble.of(50);
    knobs.kind = ReadoutKind.FLASH;
    knobs.bits = 4;
    assertEquals(12 * 0.01725 / 0.02 - 1, knobs.prices().timing().pass().overrun(), 1e-9);
    assertTrue(knobs.prices().readoutErrors().budget().noise_steps2() > 1);
  }

  @Test
  void headroomIsMissingWhereAFrontEndHasLessThanATenthOfAVolt() {
    Designs.Knobs knobs = new Designs.Knobs();
    assertEquals(0, knobs.prices().missingHeadroom_V());
    // 0.55 - 0.2 - 0.3 V leave 0.05 V.
    knobs.technology = new Technology(32, 0.55, Flavour.LOW_POWER, 300);
    assertEquals(0.05, knobs.prices().missingHeadroom_V(), 1e-9);
    knobs.read_V = 0.1;
    assertEquals(0, knobs.prices().missingHeadroom_V(), 1e-9);
    knobs.read_V = 0.2;
    knobs.kind = ReadoutKind.SENSE_AMPLIFIER;
    assertEquals(0.05, knobs.prices().missingHeadroom_V(), 1e-9);
    // The amplifier of an open column needs 0.35 + 3 x 0.15 V and its range.
    knobs.kind = ReadoutKind.CHARGE_DECREMENT;
    assertTrue(knobs.prices().missingHeadroom_V() > 0.25);
    knobs.kind = ReadoutKind.SAR;
    knobs.frontEnd = Readout.FrontEnd.NONE;
    assertEquals(0, knobs.prices().missingHeadroom_V());
  }
}
