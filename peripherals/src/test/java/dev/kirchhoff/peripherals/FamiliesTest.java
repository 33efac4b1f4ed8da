package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Families whose fitted factors a part has, where its kind alone does not say. */
class FamiliesTest {
  private static CircuitFamily driver(
      Compute.Kind compute, Input.Encoding encoding, int bitsPerPulse) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.compute = new Compute(compute, 1, 1, OptionalDouble.empty());
    knobs.input = new Input(encoding, bitsPerPulse, ComponentModel.standard());
    return Families.of(knobs.design().chip(), Part.INPUT);
  }

  @Test
  void aDriverOfLevelsIsADacAndOneOfPulsesDrivesAWordline() {
    Compute.Kind current = Compute.Kind.CURRENT;
    assertEquals(CircuitFamily.WORDLINE_DRIVER, driver(current, Input.Encoding.BIT_SERIAL, 1));
    assertEquals(CircuitFamily.DAC, driver(current, Input.Encoding.BIT_SERIAL, 2));
    assertEquals(CircuitFamily.DAC, driver(current, Input.Encoding.AMPLITUDE, 1));
    assertEquals(CircuitFamily.WORDLINE_DRIVER, driver(current, Input.Encoding.PULSE_WIDTH, 4));
    Compute.Kind charge = Compute.Kind.CHARGE;
    assertEquals(CircuitFamily.CHARGE_ARRAY, driver(charge, Input.Encoding.BIT_SERIAL, 1));
    assertEquals(CircuitFamily.DAC, driver(charge, Input.Encoding.BIT_SERIAL, 2));
  }

  @Test
  void aSenseAmplifierOfAnOpenColumnSensesItsVoltage() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.kind = ReadoutKind.SENSE_AMPLIFIER;
    assertEquals(
        ReadoutKind.SENSE_AMPLIFIER.family(), Families.of(knobs.design().chip(), Part.READOUT));
    knobs.frontEnd = Readout.FrontEnd.NONE;
    assertEquals(CircuitFamily.VOLTAGE_SENSE, Families.of(knobs.design().chip(), Part.READOUT));
    knobs.kind = ReadoutKind.SAR;
    assertEquals(ReadoutKind.SAR.family(), Families.of(knobs.design().chip(), Part.READOUT));
  }
}
