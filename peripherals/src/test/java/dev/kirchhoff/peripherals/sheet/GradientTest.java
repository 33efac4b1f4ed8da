package dev.kirchhoff.peripherals.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.peripherals.readout.RandomColumns;
import dev.kirchhoff.peripherals.readout.ReadoutColumn;
import dev.kirchhoff.peripherals.readout.ReadoutNames;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** One sweep backwards over the rows gives the derivatives of each figure. */
class GradientTest {
  /** Step of a difference, relative. */
  private static final double STEP = 1e-5;

  private static final int CASES = 30;

  private static final String BY_HAND =
      """
      sentence: "By hand."
      source: "by hand"
      constants:
        - {name: a, value: 3, unit: fF, is: assumed, source: "-"}
        - {name: b, value: 2, unit: V, is: chosen, source: "-"}
        - {name: c, value: 5, unit: fJ, is: read, source: "-"}
        - {name: d, value: 4, unit: "1", is: fitted, source: "-"}
        - {name: e, value: 7, unit: um2, is: assumed, source: "-"}
      equations: |
        C      = 2 * a
        energy charge = C * b^2 / d                      # 6 * 4 / 4 = 6
        energy larger = max(c, C * b * b / 8)            # 5: the constant
        energy lesser = min(c * 3, C * b * b / 8)        # 3: the capacitor
        energy piece  = c * ln(d) if d <= 4 else c * 9   # 5 ln 4
        energy least  = -(1 fJ - sqrt(d) * c)            # 9
        area   layout = e * 2^d * ceil(d / 3)            # 7 * 16 * 2
        area   power  = e * exp(-d) * log2(d) * floor(d)
        time   conversion = 1 ns
        noise  none   = d - 3
      """;

  private static Solution byHand() {
    CircuitFile file =
        CircuitFile.parse("by-hand", "by-hand.circuit", BY_HAND.getBytes(StandardCharsets.UTF_8));
    ReadoutColumn column = RandomColumns.of(new Random(1));
    return Circuits.CATALOGUE
        .with(Map.of("by-hand", file))
        .solve("by-hand", ReadoutNames.VOCABULARY, column, 28);
  }

  @Test
  void derivativesEqualThoseByHand() {
    Solution solution = byHand();
    Gradient energy = Gradient.all(solution).get("energy");
    double figure = 6 + 5 + 3 + 5 * Math.log(4) + 9;
    assertEquals(figure, energy.figure(), 1e-12);
    // C b^2 / d and C b b / 8 of the capacitor's side.
    assertEquals(2 * 4 / 4.0 + 2 * 4 / 8.0, energy.by("a"), 1e-12);
    assertEquals(6 * 2 * 2 / 4.0 + 6 * 2 * 2 / 8.0, energy.by("b"), 1e-12);
    assertEquals(1 + Math.log(4) + 2, energy.by("c"), 1e-12);
    assertEquals(-6 * 4 / 16.0 + 5 / 4.0 + 5 / (2 * Math.sqrt(4)), energy.by("d"), 1e-12);
    assertEquals(0, energy.by("e"));
    assertEquals(3 * energy.by("a") / 2, energy.by("C") * 3, 1e-12);
    Gradient area = Gradient.all(solution).get("area");
    double layout = 7 * 16 * 2;
    double power = 7 * Math.exp(-4) * 2 * 4;
    assertEquals(layout + power, area.figure(), 1e-12);
    assertEquals(layout * Math.log(2) - power + power / (4 * Math.log(4)), area.by("d"), 1e-12);
    SheetConstant e =
        solution.constants().stream().filter(c -> c.name().equals("e")).findFirst().orElseThrow();
    assertEquals(1, area.share(e), 1e-12);
    assertEquals(0, energy.share(e));
  }

  /**
   * Of constants and of inputs, in random cases of every circuit of the catalogue. Where a
   * difference bends, at a kink or by its curvature, the derivative lies between its two sides.
   */
  @Test
  void derivativesEqualDifferences() {
    for (CircuitSheetsTest.Drawn<?> drawn : CircuitSheetsTest.DRAWN) {
      int compared = drawn.cases().stream().limit(CASES).mapToInt(GradientTest::compared).sum();
      assertTrue(
          drawn.sheet().terms().isEmpty() || compared > CASES,
          drawn.sheet().circuit() + ": " + compared);
    }
  }

  private static int compared(Solution solution) {
    Map<String, Gradient> gradients = Gradient.all(solution);
    int compared = 0;
    for (String key : names(solution)) {
      double value = solution.value(solution.sheet().slot(key).orElseThrow());
      if (value == 0 || Double.isNaN(value)) {
        continue;
      }
      Map<String, Double> more = figures(solution.with(Map.of(key, value * (1 + STEP))));
      Map<String, Double> less = figures(solution.with(Map.of(key, value * (1 - STEP))));
      for (Map.Entry<String, Gradient> each : gradients.entrySet()) {
        double figure = each.getValue().figure();
        double up = more.get(each.getKey()) - figure;
        double down = figure - less.get(each.getKey());
        double scale = Math.abs(figure) * STEP;
        double bent = Math.abs(up - down) / scale;
        double share = (up + down) / 2 / scale;
        if (bent < 1e-3 * Math.max(1, share * share)) {
          assertEquals(
              share,
              each.getValue().by(key) * value / Math.abs(figure),
              bent + 1e-6 * Math.max(1, Math.abs(share)),
              solution.circuit() + " " + each.getKey() + " by " + key);
          compared++;
        }
      }
    }
    return compared;
  }

  private static Map<String, Double> figures(Solution solution) {
    Map<String, Double> figures = new HashMap<>();
    solution
        .sheet()
        .terms()
        .forEach(row -> figures.merge(row.figure(), solution.value(row), Double::sum));
    return figures;
  }

  private static TreeSet<String> names(Solution solution) {
    TreeSet<String> names = new TreeSet<>();
    solution.constants().forEach(constant -> names.add(constant.key()));
    List<? extends SheetInput<?>> inputs = solution.sheet().inputs();
    inputs.stream()
        .filter(input -> input.entry().sort() != Vocabulary.Sort.FLAG)
        .forEach(input -> names.add(input.entry().name()));
    return names;
  }
}
