package dev.kirchhoff.arch.result;

import java.util.List;

/**
 * A number explained: what it is made of, down to a formula and a source at each leaf. The value of
 * an inner node is the sum of its parts.
 *
 * @param name what it is, in the field's word: {@code readout}
 * @param value its value
 * @param unit unit of the value: {@code fJ}, {@code um2}, {@code uW}, {@code ns}
 * @param formula how it came about, with the numbers in it: {@code 491,000,000 conversions x 324
 *     fJ}
 * @param source where the constants come from; empty for sums
 * @param parts what it is made of
 */
public record CostTree(
    String name, double value, String unit, String formula, String source, List<CostTree> parts) {
  public CostTree {
    parts = List.copyOf(parts);
  }

  /** A leaf. */
  public static CostTree leaf(
      String name, double value, String unit, String formula, String source) {
    return new CostTree(name, value, unit, formula, source, List.of());
  }

  /** An inner node whose value is the sum of its parts, added in their order. */
  public static CostTree sum(String name, String unit, String formula, List<CostTree> parts) {
    double total = 0;
    for (CostTree part : parts) {
      total += part.value();
    }
    return new CostTree(name, total, unit, formula, "", parts);
  }
}
