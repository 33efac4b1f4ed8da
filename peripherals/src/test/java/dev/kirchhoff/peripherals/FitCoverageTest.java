package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.peripherals.FitCoverage.Grade;
import dev.kirchhoff.peripherals.calibration.Calibration;
import dev.kirchhoff.peripherals.calibration.OperatingPoint;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FitCoverageTest {
  /** Within 4 to 784 rows, 0.1 V, 1 to 4 bits, 19.5 to 556 MS/s and 22 to 180 nm of seven chips. */
  private static final OperatingPoint INSIDE = point(128, 0.1, 4, 0.1, 28);

  private static FitCoverage of(CircuitFamily family, OperatingPoint at, FittedFactor... own) {
    return FitCoverage.of(Part.READOUT, family, Calibration.of(List.of(own)), at);
  }

  /** A setting, without a read voltage if it is 0. */
  private static OperatingPoint point(
      int rows, double read_V, int bits, double rate_GSps, double node_nm) {
    return new OperatingPoint(
        rows,
        read_V > 0 ? OptionalDouble.of(read_V) : OptionalDouble.empty(),
        OptionalInt.of(bits),
        rate_GSps,
        node_nm);
  }

  private static FitCoverage sensed(OperatingPoint at) {
    return of(CircuitFamily.SENSE_AMPLIFIER, at);
  }

  private static Designs.Knobs sensing(double read_V) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.kind = ReadoutKind.SENSE_AMPLIFIER;
    knobs.bits = 3;
    knobs.read_V = read_V;
    return knobs;
  }

  @Test
  void aSenseAmplifierAmongItsChipsIsFitted() {
    assertEquals("fitted: on 7 chips", sensed(INSIDE).sentence());
    assertFalse(sensed(INSIDE).isMarked());
    OperatingPoint edge = point(784, 0.1, 1, 0.0195, 180);
    assertEquals(Grade.FITTED, sensed(edge).grade());
  }

  @Test
  void eachQuantityOutsideTheRangeOfTheChipsIsNamed() {
    assertEquals(
        "extrapolated: read voltage 0.2 V, fitted at 0.1 V (7 chips)",
        sensed(point(128, 0.2, 4, 0.1, 28)).sentence());
    assertEquals(
        "active rows 1024, fitted at 4 to 784; read voltage 50 mV, fitted at 0.1 V;"
            + " bits 5, fitted at 1 to 4; rate 1 GS/s, fitted at 19.5 MS/s to 556 MS/s;"
            + " node 14 nm, fitted at 22 nm to 180 nm (7 chips)",
        sensed(point(1024, 0.05, 5, 1, 14)).reason());
  }

  @Test
  void aFamilyWithoutAFactorStatesTheFactorsOfItsChips() {
    assertEquals(
        "unfitted: no factor of the catalogue; 3 chips ask for 0.82 to 3.26",
        of(CircuitFamily.SAR, INSIDE).sentence());
    assertEquals(
        "unfitted: no factor of the catalogue; 1 chip asks for 1.5",
        of(CircuitFamily.OSCILLATOR, INSIDE).sentence());
    assertEquals(
        "unfitted: no factor of the catalogue, no chip of this family",
        of(CircuitFamily.TIME_TO_DIGITAL, INSIDE).sentence());
  }

  @Test
  void anOwnFactorHoldsAroundTheChipThatItNames() {
    FittedFactor jia = own("jia-jssc-2020");
    OperatingPoint chip = point(2304, 0, 8, 0.000741, 65);
    assertEquals(Grade.FITTED, of(CircuitFamily.SAR, chip, jia).grade());
    FitCoverage smaller = of(CircuitFamily.SAR, point(2304, 0, 8, 0.000741, 28), jia);
    assertEquals("extrapolated: node 28 nm, fitted at 65 nm (1 chip)", smaller.sentence());
    // Nothing is known of a chip that is not in the gallery.
    assertEquals(Grade.FITTED, of(CircuitFamily.SAR, INSIDE, own("our test chip")).grade());
  }

  private static FittedFactor own(String chip) {
    return new FittedFactor(CircuitFamily.SAR, Quantity.ENERGY, 1.9, List.of(chip), "");
  }

  @Test
  void amplifiersAndSensedCellsShareTheMarkOfTheReadout() {
    ChipPrices prices = sensing(0.2).prices();
    assertEquals(
        List.of(Part.READOUT), prices.fitCoverage().stream().map(FitCoverage::part).toList());
    for (Action action : List.of(Action.CONVERSION, Action.AMPLIFY, Action.CELL_READ)) {
      String source = prices.explain(PriceLine.energy(action)).source();
      assertTrue(source.contains("; extrapolated: read voltage 0.2 V"), action + " " + source);
    }
    String shift = prices.explain(PriceLine.energy(Action.SHIFT_ADD)).source();
    assertFalse(shift.contains("extrapolated"), shift);
    String sampled =
        new Designs.Knobs().prices().explain(PriceLine.energy(Action.CELL_READ)).source();
    assertFalse(sampled.contains("unfitted"), "cells before a SAR are physics: " + sampled);
  }

  @Test
  void givenFiguresAndModelsOfOthersHaveNone() {
    Designs.Knobs knobs = sensing(0.2);
    knobs.readout = Designs.given(900, 0, Map.of("conversion", 450.0), 5, "ours.yaml:4", 28, 0.9);
    assertEquals(List.of(), knobs.prices().fitCoverage());
    knobs.readout = Designs.given(900, 0, Map.of(), 5, "ours.yaml:4", 28, 0.9);
    assertEquals(1, knobs.prices().fitCoverage().size(), "energy is not among the given figures");
    knobs.kind = ReadoutKind.SAR;
    knobs.readout = new ComponentModel.Named("isaac-sar");
    assertEquals(List.of(), knobs.prices().fitCoverage());
  }
}
