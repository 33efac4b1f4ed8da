package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Units.UnitException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Value of a printed formula, from its text alone: {@code + - x / ^}, parentheses and functions of
 * quantities with units; words between say what a quantity is, and {@code ": "} ends it.
 */
final class PrintedFormula {
  private static final Pattern NUMBER =
      Pattern.compile("[0-9]+(?:,[0-9]{3})*(?:\\.[0-9]+)?(?:e-?[0-9]+)?");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9]*");
  private static final Pattern UNIT = Pattern.compile(" ?(/?[A-Za-z%][A-Za-z0-9/]*|1/[a-z0-9]+)");
  private static final Pattern SQUARE = Pattern.compile("(V|uA|um)2");

  private static final Map<String, Double> SIZES = new ConcurrentHashMap<>();

  private final String text;
  private final List<Double> quantities = new ArrayList<>();
  private int at;
  private int calls;

  private PrintedFormula(String text) {
    this.text = text;
  }

  /**
   * Reading of a formula.
   *
   * @param value its value in coherent units
   * @param quantities the quantities in it
   */
  record Reading(double value, List<Double> quantities) {}

  /** Reads a formula. */
  static Reading read(String formula) {
    PrintedFormula reader = new PrintedFormula(formula.split(": ", 2)[0]);
    double value = reader.sum();
    if (reader.at < reader.text.length()) {
      throw reader.wrong("an operator");
    }
    return new Reading(value, reader.quantities);
  }

  private IllegalArgumentException wrong(String wanted) {
    return new IllegalArgumentException(
        "Not " + wanted + ": " + text.substring(at) + " (of " + text + ")");
  }

  private double sum() {
    double value = product();
    while (true) {
      if (operator('+')) {
        value += product();
      } else if (operator('-')) {
        value -= product();
      } else {
        return value;
      }
    }
  }

  private double product() {
    double value = power();
    while (true) {
      if (operator('x')) {
        value *= power();
      } else if (operator('/')) {
        value /= power();
      } else {
        return value;
      }
    }
  }

  private double power() {
    double value = atom();
    if (at < text.length() && text.charAt(at) == '^') {
      at++;
      value = StrictMath.pow(value, atom());
    }
    aside();
    return value;
  }

  /** An operator between two quantities. */
  private boolean operator(char sign) {
    boolean is = text.startsWith(" " + sign + " ", at);
    at += is ? 3 : 0;
    return is;
  }

  private double atom() {
    if (take("-")) {
      return -power();
    }
    if (take("(")) {
      int outside = calls;
      calls = 0;
      double value = sum();
      calls = outside;
      close();
      return value;
    }
    Matcher word = WORD.matcher(text).region(at, text.length());
    if (word.lookingAt()) {
      at = word.end();
      if (take("(")) {
        return call(word.group());
      }
      at++;
      return atom();
    }
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw wrong("a quantity");
    }
    at = number.end();
    double value = Double.parseDouble(number.group().replace(",", "")) * units();
    quantities.add(value);
    return value;
  }

  private double units() {
    double factor = 1;
    Matcher unit = UNIT.matcher(text);
    while (unit.region(at, text.length()).lookingAt() && !unit.group(1).equals("x")) {
      double size = SIZES.computeIfAbsent(unit.group(1), PrintedFormula::size);
      if (Double.isNaN(size)) {
        break;
      }
      factor *= size;
      at = unit.end();
    }
    return factor;
  }

  /** Size of a unit in the coherent one; NaN of another word. */
  private static double size(String unit) {
    try {
      String plain = SQUARE.matcher(unit).replaceAll("$1 $1");
      return plain.equals("%") ? 0.01 : Units.product(plain).factor();
    } catch (UnitException e) {
      return Double.NaN;
    }
  }

  private double call(String function) {
    calls++;
    List<Double> arguments = new ArrayList<>();
    do {
      arguments.add(sum());
    } while (take(", "));
    calls--;
    close();
    double first = arguments.get(0);
    return switch (function) {
      case "min" -> arguments.stream().mapToDouble(a -> a).min().orElseThrow();
      case "max" -> arguments.stream().mapToDouble(a -> a).max().orElseThrow();
      case "log2" -> StrictMath.log(first) / StrictMath.log(2);
      case "ceil" -> Math.ceil(first);
      case "floor" -> Math.floor(first);
      case "sqrt" -> Math.sqrt(first);
      case "ln" -> StrictMath.log(first);
      case "exp" -> StrictMath.exp(first);
      default -> throw wrong("a function but " + function);
    };
  }

  private boolean take(String sign) {
    boolean is = text.startsWith(sign, at);
    at += is ? sign.length() : 0;
    return is;
  }

  private void close() {
    if (!take(")")) {
      throw wrong("a parenthesis");
    }
  }

  /** Skips words behind a quantity, up to an operator or the end of what holds it. */
  private void aside() {
    int open = 0;
    while (at < text.length() && !(open == 0 && ends())) {
      char c = text.charAt(at++);
      open += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
  }

  private boolean ends() {
    char c = text.charAt(at);
    boolean isOperator =
        c == ' '
            && at + 2 < text.length()
            && text.charAt(at + 2) == ' '
            && "+-x/".indexOf(text.charAt(at + 1)) >= 0;
    return isOperator || c == ')' || (c == ',' && calls > 0);
  }
}
