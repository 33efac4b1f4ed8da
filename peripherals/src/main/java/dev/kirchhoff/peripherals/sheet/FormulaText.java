package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Exponents;
import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.Function;
import dev.kirchhoff.arch.spec.Units;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;

/**
 * Text of a row with the numbers in place of its names: the tree that was computed, of a piece the
 * side that was taken.
 */
final class FormulaText {
  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int POWER = 3;
  private static final int ATOM = 4;

  private final ToDoubleFunction<String> values;
  private final java.util.function.Function<String, Exponents> units;

  private FormulaText(
      ToDoubleFunction<String> values, java.util.function.Function<String, Exponents> units) {
    this.values = values;
    this.units = units;
  }

  /**
   * Text of a formula.
   *
   * @param values value of a name
   * @param units unit of a name
   */
  static String of(
      Formula.Expression expression,
      ToDoubleFunction<String> values,
      java.util.function.Function<String, Exponents> units) {
    return new FormulaText(values, units).text(expression, SUM);
  }

  private double evaluate(Formula.Expression expression) {
    return Formula.value(expression, name -> values.applyAsDouble(name.name()));
  }

  private String text(Formula.Expression e, int least) {
    if (e instanceof Formula.Literal literal) {
      return number(literal.value(), literal.exponents(), least);
    }
    if (e instanceof Formula.Reference reference) {
      String name = reference.name().name();
      return number(values.applyAsDouble(name), units.apply(name), least);
    }
    if (e instanceof Formula.Negated negated) {
      return inside("-" + text(negated.operand(), POWER), PRODUCT, least);
    }
    if (e instanceof Formula.Piece p) {
      boolean holds = p.comparison().holds(evaluate(p.left()), evaluate(p.right()));
      return text(holds ? p.yes() : p.no(), least);
    }
    if (e instanceof Formula.Call call) {
      return text(call, least);
    }
    Formula.Binary b = (Formula.Binary) e;
    return switch (b.operator()) {
      case '+' -> inside(text(b.left(), SUM) + " + " + text(b.right(), SUM), SUM, least);
      case '-' -> inside(text(b.left(), SUM) + " - " + text(b.right(), PRODUCT), SUM, least);
      case '*' -> inside(text(b.left(), PRODUCT) + " x " + text(b.right(), POWER), PRODUCT, least);
      case '/' -> inside(text(b.left(), PRODUCT) + " / " + text(b.right(), POWER), PRODUCT, least);
      default -> inside(text(b.left(), ATOM) + "^" + text(b.right(), ATOM), POWER, least);
    };
  }

  private String text(Formula.Call call, int least) {
    if (call.function() == Function.STATED) {
      Formula.Expression first = call.arguments().get(0);
      boolean isStated = !Double.isNaN(evaluate(first));
      return text(isStated ? first : call.arguments().get(1), least);
    }
    StringJoiner arguments = new StringJoiner(", ", call.function().word() + "(", ")");
    call.arguments().forEach(argument -> arguments.add(text(argument, SUM)));
    return arguments.toString();
  }

  private static String number(double value, Exponents exponents, int least) {
    String number = Units.allDigits(value);
    // A power of a unit is one word, so that it is none of the number: 0.06 V2.
    String unit = Dimension.unitOf(exponents).replace("^", "");
    return unit.isEmpty() && value >= 0
        ? number
        : inside(unit.isEmpty() ? number : number + " " + unit, PRODUCT, least);
  }

  private static String inside(String text, int level, int least) {
    return level < least && !(level == PRODUCT && least == POWER && isOneQuantity(text))
        ? "(" + text + ")"
        : text;
  }

  /** True of a number with its unit, which multiplies and divides without parentheses. */
  private static boolean isOneQuantity(String text) {
    return text.matches("[0-9.e+-]+ [^ ]+");
  }
}
