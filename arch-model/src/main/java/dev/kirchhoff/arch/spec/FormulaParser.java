package dev.kirchhoff.arch.spec;

import dev.kirchhoff.arch.spec.Formula.FormulaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Recursive-descent parser of a formula. */
public final class FormulaParser {
  private static final Set<String> FUNCTIONS = Set.of("min", "max", "log2", "ceil", "floor");
  private static final int DEPTH_LIMIT = 60;

  private final String text;
  private final List<String> metrics;
  private int at;
  private int depth;

  private FormulaParser(String text, List<String> metrics) {
    this.text = text;
    List<String> longestFirst = new ArrayList<>(metrics);
    longestFirst.sort((a, b) -> b.length() - a.length());
    this.metrics = longestFirst;
  }

  /**
   * Parses a formula.
   *
   * @param text the formula, without the leading {@code =}
   * @param metrics names that hold characters of formulas, {@code TOPS/W}
   * @throws FormulaException if it cannot be read
   */
  public static Formula parse(String text, List<String> metrics) throws FormulaException {
    FormulaParser parser = new FormulaParser(text, metrics);
    return new Formula(text.trim(), parser.whole());
  }

  private Formula.Expression whole() throws FormulaException {
    Formula.Expression expression = sum();
    blank();
    if (at < text.length()) {
      throw new FormulaException("has '" + text.substring(at) + "' left over", at);
    }
    return expression;
  }

  private void blank() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    blank();
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private Formula.Expression sum() throws FormulaException {
    Formula.Expression left = product();
    for (char c = peek(); c == '+' || c == '-'; c = peek()) {
      int offset = at++;
      left = new Formula.Binary(c, left, product(), offset);
    }
    return left;
  }

  private Formula.Expression product() throws FormulaException {
    Formula.Expression left = power();
    for (char c = peek(); c == '*' || c == '/'; c = peek()) {
      int offset = at++;
      left = new Formula.Binary(c, left, power(), offset);
    }
    return left;
  }

  private Formula.Expression power() throws FormulaException {
    if (peek() == '-') {
      at++;
      return new Formula.Negated(power());
    }
    Formula.Expression base = atom();
    if (peek() == '^') {
      int offset = at++;
      return new Formula.Binary('^', base, power(), offset);
    }
    return base;
  }

  private Formula.Expression atom() throws FormulaException {
    if (++depth > DEPTH_LIMIT) {
      throw new FormulaException("is nested too deeply", at);
    }
    char c = peek();
    Formula.Expression result;
    if (c == '(') {
      at++;
      result = sum();
      close();
    } else if (Character.isDigit(c) || c == '.') {
      result = literal();
    } else if (Character.isLetter(c)) {
      result = nameOrCall();
    } else if (c == '\0') {
      throw new FormulaException("ends where a value must stand", at);
    } else {
      throw new FormulaException("has '" + c + "' where a value must stand", at);
    }
    depth--;
    return result;
  }

  private void close() throws FormulaException {
    if (peek() != ')') {
      throw new FormulaException("lacks a closing parenthesis", at);
    }
    at++;
  }

  private Formula.Expression literal() throws FormulaException {
    int start = at;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int exponent = at + 1;
      if (exponent < text.length()
          && (text.charAt(exponent) == '-' || text.charAt(exponent) == '+')) {
        exponent++;
      }
      if (exponent < text.length() && Character.isDigit(text.charAt(exponent))) {
        at = exponent;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
          at++;
        }
      }
    }
    String number = text.substring(start, at);
    if (!Units.isNumber(number)) {
      throw new FormulaException("has '" + number + "', which is no decimal number", start);
    }
    int afterNumber = at;
    blank();
    String unit = longestUnit();
    at = unit.isEmpty() ? afterNumber : at + unit.length();
    try {
      Dimension dimension =
          unit.isEmpty() ? Dimension.NUMBER : Units.dimensionOf(number + " " + unit);
      return new Formula.Literal(
          Units.quantity(number + (unit.isEmpty() ? "" : " " + unit), dimension), dimension, start);
    } catch (Units.UnitException e) {
      throw new FormulaException(e.getMessage(), start);
    }
  }

  private String longestUnit() {
    String best = "";
    for (Dimension dimension : Dimension.values()) {
      for (Dimension.Unit unit : dimension.units()) {
        String candidate = unit.text();
        if (candidate.length() > best.length()
            && text.startsWith(candidate, at)
            && !isNamePart(at + candidate.length())) {
          best = candidate;
        }
      }
    }
    return best;
  }

  private boolean isNamePart(int index) {
    return index < text.length()
        && (Character.isLetterOrDigit(text.charAt(index))
            || text.charAt(index) == '_'
            || text.charAt(index) == '.');
  }

  private Formula.Expression nameOrCall() throws FormulaException {
    int start = at;
    for (String metric : metrics) {
      if (text.startsWith(metric, at) && !isNamePart(at + metric.length())) {
        at += metric.length();
        return new Formula.Reference(new Formula.Name(metric, subscript(), start));
      }
    }
    while (isNamePart(at)) {
      at++;
    }
    String name = text.substring(start, at);
    if (FUNCTIONS.contains(name) && peek() == '(') {
      return call(name, start);
    }
    return new Formula.Reference(new Formula.Name(name, subscript(), start));
  }

  private Formula.Expression call(String function, int start) throws FormulaException {
    at++;
    List<Formula.Expression> arguments = new ArrayList<>();
    arguments.add(sum());
    while (peek() == ',') {
      at++;
      arguments.add(sum());
    }
    close();
    boolean several = function.equals("min") || function.equals("max");
    if (!several && arguments.size() != 1) {
      throw new FormulaException(function + " takes one value", start);
    }
    return new Formula.Call(function, arguments, start);
  }

  private String subscript() throws FormulaException {
    if (at >= text.length() || text.charAt(at) != '[') {
      return "";
    }
    int end = text.indexOf(']', at);
    if (end < 0) {
      throw new FormulaException("lacks a closing bracket", at);
    }
    String subscript = text.substring(at + 1, end).trim();
    at = end + 1;
    return subscript;
  }
}
