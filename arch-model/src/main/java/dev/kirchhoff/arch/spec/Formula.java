package dev.kirchhoff.arch.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An arithmetic formula over names: {@code + - * / ^ ( ) min max log2 ceil floor}, numbers with
 * units. Dimensions are checked before anything is computed.
 *
 * <pre>{@code
 * Formula f = FormulaParser.parse("side / shares", List.of());
 * double rows = f.evaluate(name -> name.name().equals("side") ? 128 : 2);   // 64
 * }</pre>
 */
public final class Formula {
  private final String text;
  private final Expression root;

  Formula(String text, Expression root) {
    this.text = text;
    this.root = root;
  }

  /**
   * A name in a formula.
   *
   * @param name let name, path or metric
   * @param subscript network or layer in brackets, or empty
   * @param offset where it stands in the formula's text
   */
  public record Name(String name, String subscript, int offset) {}

  /** Gives names their values. */
  @FunctionalInterface
  public interface Environment {
    /** The value of a name in the coherent unit. */
    double value(Name name);
  }

  /** Gives names their dimensions. */
  @FunctionalInterface
  public interface Dimensions {
    /**
     * The dimension of a name.
     *
     * @throws FormulaException if there is no such name
     */
    Dimension dimension(Name name) throws FormulaException;
  }

  /** Syntax error of a formula, with its position in the text. */
  public static final class FormulaException extends Exception {
    private final int offset;

    /** A problem at an offset of the formula's text. */
    public FormulaException(String message, int offset) {
      super(message);
      this.offset = offset;
    }

    /** Offset in the formula's text. */
    public int offset() {
      return offset;
    }
  }

  sealed interface Expression {}

  record Literal(double value, Dimension dimension, int offset) implements Expression {}

  record Reference(Name name) implements Expression {}

  record Binary(char operator, Expression left, Expression right, int offset)
      implements Expression {}

  record Negated(Expression operand) implements Expression {}

  record Call(String function, List<Expression> arguments, int offset) implements Expression {}

  /** As written. */
  public String text() {
    return text;
  }

  /** The single name that this formula consists of, or empty. */
  public java.util.Optional<String> singleName() {
    return singleReference().filter(name -> name.subscript().isEmpty()).map(Name::name);
  }

  /** The single name that this formula consists of, with or without brackets, or empty. */
  public java.util.Optional<Name> singleReference() {
    return root instanceof Reference reference
        ? java.util.Optional.of(reference.name())
        : java.util.Optional.empty();
  }

  /** All names in it, in order. */
  public List<Name> names() {
    List<Name> names = new ArrayList<>();
    visit(
        root,
        e -> {
          if (e instanceof Reference reference) {
            names.add(reference.name());
          }
        });
    return names;
  }

  private static void visit(Expression expression, Consumer<Expression> visitor) {
    visitor.accept(expression);
    if (expression instanceof Binary b) {
      visit(b.left(), visitor);
      visit(b.right(), visitor);
    } else if (expression instanceof Negated n) {
      visit(n.operand(), visitor);
    } else if (expression instanceof Call c) {
      c.arguments().forEach(a -> visit(a, visitor));
    }
  }

  /** The value, in the coherent unit. */
  public double evaluate(Environment environment) {
    return value(root, environment);
  }

  private static double value(Expression expression, Environment environment) {
    if (expression instanceof Literal literal) {
      return literal.value();
    }
    if (expression instanceof Reference reference) {
      return environment.value(reference.name());
    }
    if (expression instanceof Negated negated) {
      return -value(negated.operand(), environment);
    }
    if (expression instanceof Binary b) {
      double left = value(b.left(), environment);
      double right = value(b.right(), environment);
      return switch (b.operator()) {
        case '+' -> left + right;
        case '-' -> left - right;
        case '*' -> left * right;
        case '/' -> left / right;
        default -> StrictMath.pow(left, right);
      };
    }
    Call call = (Call) expression;
    double first = value(call.arguments().get(0), environment);
    switch (call.function()) {
      case "log2":
        return StrictMath.log(first) / StrictMath.log(2);
      case "ceil":
        return Math.ceil(first - 1e-12 * Math.abs(first));
      case "floor":
        return Math.floor(first + 1e-12 * Math.abs(first));
      default:
        double result = first;
        for (int i = 1; i < call.arguments().size(); i++) {
          double next = value(call.arguments().get(i), environment);
          result = call.function().equals("min") ? Math.min(result, next) : Math.max(result, next);
        }
        return result;
    }
  }

  /**
   * The exponents of the result's dimension.
   *
   * @throws FormulaException if unlike things are added or compared, or a name is unknown
   */
  int[] exponents(Dimensions dimensions) throws FormulaException {
    return exponents(root, dimensions);
  }

  /**
   * The result's dimension.
   *
   * @throws FormulaException as {@link #exponents}, or if it is no named dimension
   */
  public Dimension dimension(Dimensions dimensions) throws FormulaException {
    return Dimension.ofExponents(exponents(dimensions))
        .orElseThrow(
            () -> new FormulaException("gives a product of units that has no name here", 0));
  }

  private static int[] exponents(Expression e, Dimensions dimensions) throws FormulaException {
    if (e instanceof Literal literal) {
      return literal.dimension().exponents();
    }
    if (e instanceof Reference reference) {
      return dimensions.dimension(reference.name()).exponents();
    }
    if (e instanceof Negated negated) {
      return exponents(negated.operand(), dimensions);
    }
    if (e instanceof Binary b) {
      return binaryExponents(b, dimensions);
    }
    Call call = (Call) e;
    int[] first = exponents(call.arguments().get(0), dimensions);
    for (int i = 1; i < call.arguments().size(); i++) {
      same(first, exponents(call.arguments().get(i), dimensions), call.offset(), call.function());
    }
    if (call.function().equals("log2")) {
      same(first, Dimension.NUMBER.exponents(), call.offset(), "log2");
    }
    return first;
  }

  private static int[] binaryExponents(Binary b, Dimensions dimensions) throws FormulaException {
    int[] left = exponents(b.left(), dimensions);
    int[] right = exponents(b.right(), dimensions);
    int[] result = left.clone();
    switch (b.operator()) {
      case '+', '-' -> same(left, right, b.offset(), b.operator() == '+' ? "added" : "subtracted");
      case '*' -> {
        for (int i = 0; i < result.length; i++) {
          result[i] += right[i];
        }
      }
      case '/' -> {
        for (int i = 0; i < result.length; i++) {
          result[i] -= right[i];
        }
      }
      default -> {
        same(right, Dimension.NUMBER.exponents(), b.offset(), "an exponent");
        boolean plain = java.util.Arrays.equals(left, Dimension.NUMBER.exponents());
        if (!plain) {
          if (!(b.right() instanceof Literal power) || power.value() != Math.rint(power.value())) {
            throw new FormulaException(
                "a quantity can only be raised to a whole power", b.offset());
          }
          for (int i = 0; i < result.length; i++) {
            result[i] *= (int) power.value();
          }
        }
      }
    }
    return result;
  }

  private static void same(int[] left, int[] right, int offset, String verb)
      throws FormulaException {
    if (!java.util.Arrays.equals(left, right)) {
      String a = Dimension.ofExponents(left).map(Dimension::article).orElse("one thing");
      String b = Dimension.ofExponents(right).map(Dimension::article).orElse("another");
      throw new FormulaException(
          switch (verb) {
            case "added", "subtracted" -> a + " and " + b + " cannot be " + verb;
            case "an exponent" -> "an exponent must be a number, not " + b;
            default -> verb + " of " + a + " and " + b + " means nothing";
          },
          offset);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
