package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.OperatingPoint;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.peripherals.FitCoverage.Grade;
import dev.kirchhoff.peripherals.calibration.Calibration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FitCoverageTest {
  /** Within 4 to 784 rows, 0.1 V, 1 to 4 bits, 19.5 to 556 MS/s and 22 to 180 nm. */
  private static final OperatingPoint INSIDE = point(128, 0.1, 4, 0.1, 28);

  private static final OperatingPoint EDGE = point(784, 0.1, 1, 0.0195, 180);

  /** A factor of the user's own, measured at the corners of that range. */
  private static final FittedFactor MEASURED =
      new FittedFactor(
          CircuitFamily.SENSE_AMPLIFIER,
          Quantity.ENERGY,
          0.8,
          List.of("our test chip"),
          List.of(EDGE, point(4, 0.1, 4, 0.556, 22)),
          "");

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
    return of(CircuitFamily.SENSE_AMPLIFIER, at, MEASURED);
  }

  private static Designs.Knobs sensing(double read_V) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.kind = ReadoutKind.SENSE_AMPLIFIER;
    knobs.bits = 3;
    knobs.read_V = read_V;
    return knobs;
  }

  @Test
  void aFactorIsFittedBetweenTheSettingsAtWhichItWasMeasured() {
    assertEquals("fitted: on 1 chip", sensed(INSIDE).sentence());
    assertFalse(sensed(INSIDE).isMarked());
    assertEquals(Grade.FITTED, sensed(EDGE).grade());
  }

  @Test
  void eachQuantityOutsideTheRangeOfTheSettingsIsNamed() {
    assertEquals(
        "extrapolated: read voltage 0.2 V, fitted at 0.1 V (1 chip)",
        sensed(point(128, 0.2, 4, 0.1, 28)).sentence());
    assertEquals(
        "active rows 1024, fitted at 4 to 784; read voltage 50 mV, fitted at 0.1 V;"
            + " bits 5, fitted at 1 to 4; rate 1 GS/s, fitted at 19.5 MS/s to 556 MS/s;"
            + " node 14 nm, fitted at 22 nm to 180 nm (1 chip)",
        sensed(point(1024, 0.05, 5, 1, 14)).reason());
  }

  @Test
  void aFamilyWithoutAFactorStatesTheRatiosOfItsChips() {
    assertEquals(
        "unfitted: 3 chips drew 1.67x to 2.82x of the modelled energy",
        of(CircuitFamily.SAR, INSIDE).sentence());
    assertEquals(
        "unfitted: no chip of this family", of(CircuitFamily.TIME_TO_DIGITAL, INSIDE).sentence());
  }

  @Test
  void anOwnFactorHoldsAroundTheChipThatItNames() {
    FittedFactor jia = own("jia-jssc-2020");
    OperatingPoint chip = point(2304, 0, 8, 0.000741, 65);
    assertEquals(Grade.FITTED, of(CircuitFamily.SAR, chip, jia).grade());
    FitCoverage smaller = of(CircuitFamily.SAR, point(2304, 0, 8, 0.000741, 28), jia);
    assertEquals("extrapolated: node 28 nm, fitted at 65 nm (1 chip)", smaller.sentence());
    assertEquals(
        "extrapolated: calibration states no setting (1 chip)",
        of(CircuitFamily.SAR, INSIDE, own("our test chip")).sentence());
  }

  private static FittedFactor own(String chip) {
    return new FittedFactor(CircuitFamily.SAR, Quantity.ENERGY, 1.9, List.of(chip), List.of(), "");
  }

  @Test
  void convertersCarryTheMarkAndCellsAndAmplifiersDoNot() {
    ChipPrices prices = sensing(0.2).prices();
    assertEquals(
        List.of(Part.READOUT), prices.fitCoverage().stream().map(FitCoverage::part).toList());
    assertTrue(
        prices.explain(PriceLine.energy(Action.CONVERSION)).source().contains("; unfitted: "));
    for (Action action : List.of(Action.AMPLIFY, Action.CELL_READ, Action.SHIFT_ADD)) {
      String source = prices.explain(PriceLine.energy(action)).source();
      assertFalse(source.contains("fitted"), action + " " + source);
    }
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

  /** Settings of chips have three digits: 788 is 784 rows, 800 is 2 % more; so at the other end. */
  @Test
  void onePerCentBeyondTheRangeIsWithinIt() {
    assertEquals(Grade.FITTED, sensed(point(788, 0.1, 4, 0.1, 28)).grade());
    assertEquals(Grade.EXTRAPOLATED, sensed(point(800, 0.1, 4, 0.1, 28)).grade());
    assertEquals(Grade.FITTED, sensed(point(128, 0.1, 4, 0.1, 21.85)).grade());
    assertEquals(Grade.EXTRAPOLATED, sensed(point(128, 0.1, 4, 0.1, 21.5)).grade());
  }
}
