package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.OperatingPoint;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Reader of a spec's {@code calibration}: its own fitted factors. */
final class CalibrationReader {
  private CalibrationReader() {}

  static List<FittedFactor> read(View.Section root) {
    if (!root.has("calibration") || !(root.raw("calibration") instanceof Value.Items items)) {
      return List.of();
    }
    List<FittedFactor> factors = new ArrayList<>();
    for (Value item : items.items()) {
      View.Section row = root.of(item);
      List<String> fittedOn = new ArrayList<>();
      for (Value design : ((Value.Items) row.raw("fittedOn")).items()) {
        fittedOn.add(((Value.Word) design).text());
      }
      factors.add(
          new FittedFactor(
              family(row),
              quantity(row),
              row.number("factor"),
              fittedOn,
              settings(row),
              row.has("reason") ? row.word("reason") : ""));
    }
    return factors;
  }

  private static List<OperatingPoint> settings(View.Section row) {
    List<OperatingPoint> settings = new ArrayList<>();
    if (row.has("at") && row.raw("at") instanceof Value.Items items) {
      for (Value item : items.items()) {
        View.Section at = row.of(item);
        settings.add(
            new OperatingPoint(
                at.whole("rows"),
                at.has("readVoltage")
                    ? OptionalDouble.of(at.number("readVoltage"))
                    : OptionalDouble.empty(),
                at.has("bits") ? OptionalInt.of(at.whole("bits")) : OptionalInt.empty(),
                at.number("rate"),
                at.number("node") * Units.NM_PER_UM));
      }
    }
    return settings;
  }

  /** One factor a quantity of a family, of a quantity that the family has. */
  static void check(View.Section root, Problems problems) {
    if (!root.has("calibration") || !(root.raw("calibration") instanceof Value.Items items)) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < items.items().size(); i++) {
      View.Section row = root.of(items.items().get(i));
      CircuitFamily family = family(row);
      Quantity quantity = quantity(row);
      String path = "calibration[" + i + "]";
      if (!family.quantities().contains(quantity)) {
        problems.add(
            row.raw("quantity").place(),
            path + ".quantity",
            "is "
                + quantity.word()
                + ", but of "
                + family.word()
                + " only "
                + String.join(
                    " and ", family.quantities().stream().sorted().map(Quantity::word).toList())
                + " can be fitted");
      } else if (!seen.add(family.word() + " " + quantity.word())) {
        problems.add(
            row.place(),
            path,
            "is a second factor on " + quantity.word() + " of " + family.word() + "; give one");
      }
    }
  }

  private static CircuitFamily family(View.Section row) {
    return CircuitFamily.ofWord(row.word("family")).orElseThrow();
  }

  private static Quantity quantity(View.Section row) {
    return Quantity.ofWord(row.word("quantity")).orElseThrow();
  }
}
