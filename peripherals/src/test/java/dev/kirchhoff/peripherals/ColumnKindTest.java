package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.peripherals.input.DrivenRow;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Kinds of columns: what decides them, and what each answers at the borders between them. */
class ColumnKindTest {
  private static final ReadoutKind.Senses VOLTAGE = ReadoutKind.Senses.VOLTAGE;
  private static final ReadoutKind.Senses CURRENT = ReadoutKind.Senses.CURRENT;
  private static final ReadoutKind.Senses OPEN = ReadoutKind.Senses.OPEN_COLUMN;

  private static ColumnKind column(Designs.Knobs knobs) {
    return ColumnKind.of(knobs.design().chip());
  }

  private static Designs.Knobs knobs(ReadoutKind kind, Readout.FrontEnd frontEnd) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.kind = kind;
    knobs.frontEnd = frontEnd;
    return knobs;
  }

  @Test
  void resistiveColumnsAreHeldSensedOrOpen() {
    Readout.FrontEnd tia = Readout.FrontEnd.TIA;
    Readout.FrontEnd none = Readout.FrontEnd.NONE;
    for (ReadoutKind kind : ReadoutKind.values()) {
      ColumnKind behind = column(knobs(kind, tia));
      ColumnKind alone = column(knobs(kind, none));
      switch (kind.senses()) {
        case VOLTAGE -> {
          assertEquals(new HeldCurrent(VOLTAGE, Turns.SAMPLED, tia), behind);
          assertEquals(new OpenVoltage(VOLTAGE, Turns.SAMPLED), alone);
        }
        case CURRENT -> {
          assertEquals(new HeldCurrent(CURRENT, Turns.IN_TURN, tia), behind);
          assertEquals(new SensedCurrent(false), alone);
        }
        case OPEN_COLUMN -> {
          assertEquals(new OpenVoltage(OPEN, Turns.IN_TURN), behind);
          assertEquals(behind, alone);
        }
        // Adders make an array digital.
        case BITS -> assertTrue(kind.keys().isEmpty());
      }
    }
  }

  @Test
  void aFitThatHoldsItsColumnTakesTheCurrentWhateverItsKindTakes() {
    Designs.Knobs knobs = knobs(ReadoutKind.SAR, Readout.FrontEnd.TIA);
    knobs.readout = new ComponentModel.Named("neurosim-sar-fit");
    assertEquals(new SensedCurrent(true), column(knobs));
    assertEquals(0, knobs.prices().instances(Part.FRONT_END));
  }

  @Test
  void samplesAreOfVoltagesOnly() {
    Designs.Knobs knobs = knobs(ReadoutKind.RAMP, Readout.FrontEnd.INTEGRATOR);
    assertEquals(new HeldCurrent(VOLTAGE, Turns.SAMPLED, knobs.frontEnd), column(knobs));
    knobs.sampleHold = false;
    assertEquals(new HeldCurrent(VOLTAGE, Turns.IN_TURN, knobs.frontEnd), column(knobs));
    knobs.sampleHold = true;
    knobs.kind = ReadoutKind.OSCILLATOR;
    assertEquals(Turns.IN_TURN, column(knobs).turns());
  }

  @Test
  void arraysOfSramDischargeHoldOrShare() {
    Designs.Knobs knobs = knobs(ReadoutKind.FLASH, Readout.FrontEnd.TIA);
    knobs.device = Designs.device(Family.SRAM, 10, 1e6, 0.9);
    assertEquals(new BitlineDischarge(VOLTAGE), column(knobs));
    knobs.heldBitline = true;
    assertEquals(new HeldCurrent(VOLTAGE, Turns.SAMPLED, knobs.frontEnd), column(knobs));
    // A table of such an array is sized as one of resistive cells.
    knobs.heldBitline = false;
    knobs.array = Designs.rated(30, 400, 100, "ours.yaml:9");
    assertEquals(new HeldCurrent(VOLTAGE, Turns.SAMPLED, knobs.frontEnd), column(knobs));
    knobs.array = ComponentModel.standard();
    knobs.compute = new Compute(Compute.Kind.CHARGE, 1.2, 1, OptionalDouble.empty());
    assertEquals(new SharedCharge(VOLTAGE), column(knobs));
    knobs.compute = new Compute(Compute.Kind.DIGITAL, 0, 1, OptionalDouble.empty());
    knobs.kind = ReadoutKind.ADDER_TREE;
    assertEquals(new AddedBits(false), column(knobs));
    knobs.kind = ReadoutKind.ADDER_CHAIN;
    assertEquals(new AddedBits(true), column(knobs));
  }

  /** Digits of b bits, all alike likely; those that are zero send nothing. */
  @Test
  void pulsesOfADigitAreThoseOfDigitsThatAreNotZero() {
    for (int bits = 1; bits <= 5; bits++) {
      double ones = 0;
      double counts = 0;
      int digits = (1 << bits) - 1;
      for (int digit = 1; digit <= digits; digit++) {
        ones += (double) Integer.bitCount(digit) / digits;
        counts += (double) digit / digits;
      }
      Pulses counted = pulses(Input.Encoding.PULSE_COUNT, bits);
      DrivenRow.Train planes = new OpenVoltage(OPEN, Turns.IN_TURN).train(counted);
      assertEquals(ones, planes.pulses(), 1e-12, "a pulse a plane whose bit is one");
      assertEquals(bits, planes.planes(), "the row is opened once a plane");
      DrivenRow.Train train = new SensedCurrent(false).train(counted);
      assertEquals(counts, train.pulses(), 1e-12, "as many pulses as the digit");
      assertEquals(counts, train.planes(), 1e-12);
      DrivenRow.Train lines = new AddedBits(false).train(pulses(Input.Encoding.BIT_SERIAL, bits));
      assertEquals(ones, lines.pulses(), 1e-12, "a line a bit that is one");
      DrivenRow.Train single =
          new SensedCurrent(false).train(pulses(Input.Encoding.PULSE_WIDTH, 3));
      assertEquals(1, single.pulses());
    }
  }

  private static Pulses pulses(Input.Encoding encoding, int bits) {
    Input input =
        new Input(
            encoding,
            OptionalInt.of(bits),
            Input.Sign.SECOND_PASS,
            OptionalDouble.empty(),
            Input.Swing.SUPPLY,
            ComponentModel.standard());
    return Pulses.of(input, bits, 1, false);
  }

  /** A stated pulse that is shorter than the lines settle is a miss by that share. */
  @Test
  void aMissOfAStatedTimeIsAMissHoweverSmall() {
    Designs.Knobs knobs = new Designs.Knobs();
    double settle_ns = knobs.prices().timing().pass().settle_ns();
    for (double share : List.of(0.2, 0.049, 0.01, 1e-3, 1e-6)) {
      PassTiming late = withPulse(settle_ns / (1 + share));
      assertEquals(settle_ns, late.settle_ns(), 0, "the pulse is not part of the settling");
      assertEquals(share, late.overrun(), 1e-12, "needed over stated time, less 1");
      // What is missing of a change: (2^-9)^(t/t_settle) of 8 bits.
      assertEquals(Math.pow(2, -9 / (1 + share)), late.unsettled(), 1e-9);
    }
    PassTiming exact = withPulse(settle_ns);
    assertEquals(0, exact.overrun());
    assertEquals(0, exact.unsettled());
    assertEquals(0, withPulse(2 * settle_ns).overrun());
  }

  private static PassTiming withPulse(double pulse_ns) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.input = knobs.input.withPulse(pulse_ns);
    return knobs.prices().timing().pass();
  }

  @Test
  void readsAndConversionsShareAPassByTheOrderOfColumns() {
    // Four columns, reads of 10 ns, conversions of 3 ns.
    assertEquals(4 * (10 + 3), Turns.IN_TURN.pass_ns(4, 10, 3));
    assertEquals(10 + 4 * 3, Turns.HELD.pass_ns(4, 10, 3));
    // The longer of a read and all conversions, either way.
    assertEquals(4 * 3, Turns.SAMPLED.pass_ns(4, 10, 3));
    assertEquals(13, Turns.SAMPLED.pass_ns(4, 13, 3));
    assertEquals(List.of(4, 1, 1), all(order -> order.reads(4)));
    assertEquals(List.of(4, 1, 4), all(order -> order.sharers(4)));
    assertEquals(List.of(12.0, 0.0, 12.0), all(order -> order.beforeReads_ns(12)));
    // Samples let cells go before a conversion; a converter that holds its input needs none of it.
    assertEquals(List.of(13.0, 10.0, 13.0), all(order -> order.conduct_ns(10, 3)));
    assertEquals(List.of(26.0, 16.0, 26.0), all(order -> order.readInTurn_ns(2, 10, 3)));
  }

  private static <T> List<T> all(Function<Turns, T> figure) {
    return List.of(Turns.IN_TURN, Turns.SAMPLED, Turns.HELD).stream().map(figure).toList();
  }

  @Test
  void onlyColumnsThatNothingHoldsAreChargedByInputLines() {
    Chip chip = new Designs.Knobs().design().chip();
    for (ColumnKind column :
        List.of(
            new HeldCurrent(CURRENT, Turns.IN_TURN, Readout.FrontEnd.TIA),
            new SensedCurrent(true),
            new OpenVoltage(VOLTAGE, Turns.IN_TURN),
            new OpenVoltage(OPEN, Turns.IN_TURN),
            new BitlineDischarge(VOLTAGE),
            new BitlineDischarge(CURRENT),
            new SharedCharge(VOLTAGE),
            new AddedBits(true))) {
      boolean isOpen =
          column instanceof OpenVoltage || column.equals(new BitlineDischarge(VOLTAGE));
      assertEquals(isOpen, column.isOpen(), column.toString());
      // Only resistive cells conduct for as long as something reads them.
      assertEquals(
          column instanceof ResistiveColumn,
          column.read_V(chip.cell()).isPresent(),
          column.toString());
      // Rows without input are driven too where planes are sampled or lines carry both signs.
      boolean isCurrent = !(column instanceof SharedCharge || column instanceof AddedBits);
      assertEquals(isCurrent, column.takesInputLine(Input.Sign.BIPOLAR), column.toString());
      assertEquals(
          column.senses() == OPEN,
          column.takesInputLine(Input.Sign.SECOND_PASS),
          column.toString());
    }
  }
}
