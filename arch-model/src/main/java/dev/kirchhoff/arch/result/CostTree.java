package dev.kirchhoff.arch.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kirchhoff.arch.spec.Units;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.regex.Pattern;

/**
 * Tree that explains a number: its parts, down to a formula and a source at each leaf. The value of
 * an inner node is the sum of its parts.
 *
 * @param name what it is, in the field's word: {@code readout}
 * @param value its value
 * @param unit unit of the value: {@code fJ}, {@code um2}, {@code uW}, {@code ns}
 * @param formula how it came about, with the numbers in it, all their digits: {@code 491,000,000
 *     conversions x 324.0178 fJ; each (FORMULA OF THE PRICE)}
 * @param source where the constants come from; empty for sums
 * @param spread how far sources disagree about it: factors from the value to the ends of its band,
 *     with the reason at a leaf; left out of JSON where nothing disagrees
 * @param parts what it is made of
 */
public record CostTree(
    String name,
    double value,
    String unit,
    String formula,
    String source,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Spread.Absent.class)
        Spread spread,
    List<CostTree> parts) {
  /** Words between the formula of a row and that of its price. */
  public static final String EACH = "; each ";

  private static final Pattern DECIMAL =
      Pattern.compile("(?<![\\w.])[0-9]+(?:\\.[0-9]+(?:e-?[0-9]+)?|e-?[0-9]+)(?![\\w.])");

  public CostTree {
    parts = List.copyOf(parts);
  }

  /** A leaf that nothing disagrees about. */
  public static CostTree leaf(
      String name, double value, String unit, String formula, String source) {
    return leaf(name, value, unit, formula, source, Spread.NONE);
  }

  /** A leaf with its band. */
  public static CostTree leaf(
      String name, double value, String unit, String formula, String source, Spread spread) {
    return new CostTree(name, value, unit, formula, source, spread, List.of());
  }

  /**
   * An inner node whose value is the sum of its parts, added in their order; the ends of its band
   * are the sums of theirs.
   */
  public static CostTree sum(String name, String unit, String formula, List<CostTree> parts) {
    double total = 0;
    double low = 0;
    double high = 0;
    boolean exact = true;
    for (CostTree part : parts) {
      total += part.value();
      low += part.low();
      high += part.high();
      exact &= part.spread().isNone();
    }
    Spread spread =
        exact || !(total > 0)
            ? Spread.NONE
            : new Spread(Math.min(1, low / total), Math.max(1, high / total), "");
    return new CostTree(name, total, unit, formula, "", spread, parts);
  }

  /**
   * The tree with formulas as people read them: three digits of a number, four in the formula of a
   * price.
   */
  public CostTree readable() {
    int price = formula.indexOf(EACH);
    String text =
        price < 0
            ? rounded(formula, 3, Units::significant)
            : rounded(formula.substring(0, price), 3, Units::significant)
                + rounded(formula.substring(price), 4, Units::number);
    return new CostTree(
        name, value, unit, text, source, spread, parts.stream().map(CostTree::readable).toList());
  }

  private static String rounded(String text, int digits, DoubleFunction<String> print) {
    return DECIMAL
        .matcher(text)
        .replaceAll(
            found ->
                new BigDecimal(found.group()).precision() > digits
                    ? print.apply(Double.parseDouble(found.group()))
                    : found.group());
  }

  /** The low end of the value's band. */
  @JsonIgnore
  public double low() {
    return value * spread.low();
  }

  /** The high end of the value's band. */
  @JsonIgnore
  public double high() {
    return value * spread.high();
  }
}
