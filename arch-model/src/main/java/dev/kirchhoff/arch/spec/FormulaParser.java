package dev.kirchhoff.arch.spec;

import dev.kirchhoff.arch.spec.Formula.Comparison;
import dev.kirchhoff.arch.spec.Formula.FormulaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Recursive-descent parser of formulas, one after the other: a line of a circuit holds several with
 * words between.
 */
public final class FormulaParser {
  private static final int DEPTH_LIMIT = 60;

  /** Operators and parentheses of a formula: its tree, which methods descend, is no deeper. */
  private static final int MOST_OPERATORS = 500;

  /** Words that end a formula of a circuit and are no names. */
  private static final Set<String> KEYWORDS = Set.of("if", "else", "not", "over", "wakes", "while");

  private final String text;
  private final Dialect dialect;
  private final List<String> metrics;
  private int at;
  private int depth;
  private int operators;

  /** True of a word that ends a formula of a circuit and can be no name. */
  public static boolean isKeyword(String word) {
    return KEYWORDS.contains(word);
  }

  /** A parser of a line's text, at an offset of which formulas begin. */
  public FormulaParser(String text, int start) {
    this(text, Dialect.CIRCUIT, List.of());
    at = start;
  }

  private FormulaParser(String text, Dialect dialect, List<String> metrics) {
    this.text = text;
    this.dialect = dialect;
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
    FormulaParser parser = new FormulaParser(text, Dialect.SPEC, metrics);
    Formula formula = parser.formula();
    parser.end();
    return formula;
  }

  /**
   * The next formula; offsets count from the beginning of the text.
   *
   * @throws FormulaException if it cannot be read
   */
  public Formula formula() throws FormulaException {
    blank();
    int start = at;
    operators = 0;
    Formula.Expression root = piece();
    return new Formula(text.substring(start, at).trim(), root);
  }

  /**
   * Asks for the end of the text.
   *
   * @throws FormulaException if something is left
   */
  public void end() throws FormulaException {
    blank();
    if (at < text.length()) {
      throw new FormulaException("has '" + text.substring(at) + "' left over", at);
    }
  }

  /** True if the next word is this one, which is then read. */
  public boolean word(String word) {
    blank();
    if (text.startsWith(word, at) && !isNamePart(at + word.length())) {
      at += word.length();
      return true;
    }
    return false;
  }

  /** True if the next sign is this one, which is then read. */
  public boolean sign(char sign) {
    if (peek() == sign) {
      at++;
      return true;
    }
    return false;
  }

  /** The next name, or empty text where none stands. */
  public String name() {
    int start = Character.isLetter(peek()) ? at : text.length();
    while (start < text.length() && isNamePart(at)) {
      at++;
    }
    return start < text.length() ? text.substring(start, at) : "";
  }

  /** The next name, in which {@code -} may join words: {@code sar-28nm}. */
  public String hyphenated() {
    StringBuilder name = new StringBuilder(name());
    while (name.length() > 0
        && at + 1 < text.length()
        && text.charAt(at) == '-'
        && isNamePart(at + 1)) {
      int start = at++;
      while (isNamePart(at)) {
        at++;
      }
      name.append(text, start, at);
    }
    return name.toString();
  }

  /** Offset of what follows. */
  public int offset() {
    blank();
    return at;
  }

  /** {@code sum}, or {@code sum if condition else piece}. */
  private Formula.Expression piece() throws FormulaException {
    if (++depth > DEPTH_LIMIT) {
      throw new FormulaException("is nested too deeply", at);
    }
    Formula.Expression piece = pieceOrSum();
    depth--;
    return piece;
  }

  private Formula.Expression pieceOrSum() throws FormulaException {
    Formula.Expression yes = sum();
    if (!dialect.hasPieces()) {
      return yes;
    }
    int offset = offset();
    if (!word("if")) {
      return yes;
    }
    operator(offset);
    boolean negated = word("not");
    Formula.Expression left = sum();
    blank();
    String sign = comparison();
    Formula.Expression right = sign.isEmpty() ? left : sum();
    if (sign.isEmpty() && !(left instanceof Formula.Reference)) {
      throw new FormulaException("lacks a comparison: < <= == >= >", at);
    }
    if (!word("else")) {
      throw new FormulaException("lacks else", at);
    }
    Formula.Expression no = piece();
    Formula.Expression first = negated ? no : yes;
    Formula.Expression second = negated ? yes : no;
    return switch (sign) {
      case ">" -> new Formula.Piece(Comparison.LESS, right, left, first, second, offset);
      case ">=" -> new Formula.Piece(Comparison.AT_MOST, right, left, first, second, offset);
      case "<" -> new Formula.Piece(Comparison.LESS, left, right, first, second, offset);
      case "<=" -> new Formula.Piece(Comparison.AT_MOST, left, right, first, second, offset);
      case "==" -> new Formula.Piece(Comparison.EQUAL, left, right, first, second, offset);
      default -> new Formula.Piece(Comparison.FLAG, left, left, first, second, offset);
    };
  }

  private String comparison() {
    for (String sign : List.of("<=", ">=", "==", "<", ">")) {
      if (text.startsWith(sign, at)) {
        at += sign.length();
        return sign;
      }
    }
    return "";
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
      int offset = operator(at++);
      left = new Formula.Binary(c, left, product(), offset);
    }
    return left;
  }

  private Formula.Expression product() throws FormulaException {
    Formula.Expression left = power();
    for (char c = peek(); c == '*' || c == '/'; c = peek()) {
      int offset = operator(at++);
      left = new Formula.Binary(c, left, power(), offset);
    }
    return left;
  }

  private Formula.Expression power() throws FormulaException {
    if (peek() == '-') {
      operator(at++);
      return new Formula.Negated(power());
    }
    Formula.Expression base = atom();
    if (peek() == '^') {
      int offset = operator(at++);
      return new Formula.Binary('^', base, power(), offset);
    }
    return base;
  }

  private Formula.Expression atom() throws FormulaException {
    char c = peek();
    if (c == '(') {
      operator(at++);
      Formula.Expression result = piece();
      close();
      return result;
    }
    if (Character.isDigit(c) || c == '.') {
      return literal();
    }
    if (Character.isLetter(c)) {
      return nameOrCall();
    }
    throw new FormulaException(
        c == '\0' ? "ends where a value must stand" : "has '" + c + "' where a value must stand",
        at);
  }

  /** Counts an operator at an offset. */
  private int operator(int offset) throws FormulaException {
    if (++operators > MOST_OPERATORS) {
      throw new FormulaException(
          "is too long: more than " + MOST_OPERATORS + " operators and parentheses", offset);
    }
    return offset;
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
      Units.UnitProduct product = Units.product(unit);
      double value = Double.parseDouble(number);
      if (!Double.isFinite(value)) {
        throw new FormulaException("is " + number + ", which is too large", start);
      }
      String shown = number + (unit.isEmpty() ? "" : " " + unit);
      return new Formula.Literal(value * product.factor(), product.exponents(), shown, start);
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
    return dialect.hasPieces() ? divided(best) : best;
  }

  /** A unit with others that divide it, written without blanks: {@code fF/um2}. */
  private String divided(String unit) {
    int end = at + unit.length();
    while (!unit.isEmpty() && end + 1 < text.length() && text.charAt(end) == '/') {
      int next = end + 1;
      while (next < text.length() && Character.isLetterOrDigit(text.charAt(next))) {
        next++;
      }
      if (Dimension.ofUnit(text.substring(end + 1, next)).isEmpty()) {
        break;
      }
      end = next;
    }
    return text.substring(at, Math.min(end, text.length()));
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
    if (dialect.hasPieces() && KEYWORDS.contains(name)) {
      at = start;
      throw new FormulaException("has '" + name + "' where a value must stand", start);
    }
    Optional<Function> function = Function.of(name).filter(dialect::has);
    if (function.isPresent() && peek() == '(') {
      return call(function.get(), start);
    }
    if (dialect.hasPieces() && peek() == '(') {
      throw new FormulaException(
          "no function named '" + name + "'; there are " + dialect.functionList(), start);
    }
    return new Formula.Reference(new Formula.Name(name, subscript(), start));
  }

  private Formula.Expression call(Function function, int start) throws FormulaException {
    operator(at++);
    List<Formula.Expression> arguments = new ArrayList<>();
    arguments.add(piece());
    while (peek() == ',') {
      operator(at++);
      arguments.add(piece());
    }
    close();
    int fewest = function.arguments();
    if (fewest == 1 && arguments.size() != 1) {
      throw new FormulaException(function.word() + " takes one value", start);
    }
    if (function == Function.STATED && arguments.size() != 2) {
      throw new FormulaException("stated takes two values", start);
    }
    return new Formula.Call(function, List.copyOf(arguments), start);
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
