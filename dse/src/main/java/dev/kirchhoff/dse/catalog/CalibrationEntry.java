package dev.kirchhoff.dse.catalog;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.calibration.FittedFactors;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Fitted factors of a family of circuits: 1 was not fitted, {@code -} is not to be fitted.
 *
 * @param fittedOn chips that factors were fitted on
 * @param reason reason of each factor
 */
public record CalibrationEntry(
    String name,
    String energy,
    String time,
    String area,
    String fittedOn,
    String sentence,
    String reason) {

  /** All families in the order of their list. */
  public static List<CalibrationEntry> all() {
    return List.of(CircuitFamily.values()).stream().map(CalibrationEntry::of).toList();
  }

  private static CalibrationEntry of(CircuitFamily family) {
    Set<String> fittedOn = new LinkedHashSet<>();
    List<String> reasons = new ArrayList<>();
    for (Quantity quantity : Quantity.values()) {
      for (FittedFactor factor : FittedFactors.all()) {
        if (factor.family() == family && factor.quantity() == quantity) {
          fittedOn.addAll(factor.fittedOn());
          reasons.add(quantity.word() + ": " + factor.reason());
        }
      }
    }
    return new CalibrationEntry(
        family.word(),
        factor(family, Quantity.ENERGY),
        factor(family, Quantity.TIME),
        factor(family, Quantity.AREA),
        fittedOn.isEmpty() ? "not fitted" : String.join(", ", fittedOn),
        family.sentence(),
        String.join("; ", reasons));
  }

  private static String factor(CircuitFamily family, Quantity quantity) {
    return FittedFactors.all().stream()
        .filter(factor -> factor.family() == family && factor.quantity() == quantity)
        .map(factor -> Units.significant(factor.factor()))
        .reduce((first, last) -> last)
        .orElse(family.quantities().contains(quantity) ? "1" : "-");
  }
}
