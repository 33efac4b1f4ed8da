package dev.kirchhoff.dse.catalog;

import static java.util.stream.Collectors.joining;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.peripherals.calibration.ComparedChip;
import dev.kirchhoff.peripherals.calibration.ComparedChips;
import java.util.List;

/**
 * Family of circuits that a spec's calibration may multiply, beside the chips that it is compared
 * with.
 *
 * @param quantities quantities that a factor may multiply
 * @param chips chips, each with its published energy over the modelled one
 */
public record CalibrationEntry(String name, String quantities, String chips, String sentence) {

  /** All families in the order of their list. */
  public static List<CalibrationEntry> all() {
    return List.of(CircuitFamily.values()).stream().map(CalibrationEntry::of).toList();
  }

  private static CalibrationEntry of(CircuitFamily family) {
    return new CalibrationEntry(
        family.word(),
        family.quantities().stream().sorted().map(Quantity::word).collect(joining(", ")),
        ComparedChips.of(family).stream().map(ComparedChip::sentence).collect(joining(", ")),
        family.sentence());
  }
}
