package dev.kirchhoff.arch.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An arithmetic formula over names: {@code + - * / ^ ( )}, numbers with units, and the functions
 * and pieces of its {@link Dialect}. Units are checked before anything is computed.
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

  /** Gives names their units. */
  @FunctionalInterface
  public interface Quantities {
    /**
     * The exponents of a name's unit.
     *
     * @throws FormulaException if there is no such name
     */
    Exponents exponents(Name name) throws FormulaException;

    /** True of a name that is a flag, which stands in conditions alone. */
    default boolean isFlag(Name name) {
      return false;
    }
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

  /** Node of a formula. */
  public sealed interface Expression {}

  /**
   * Number with its unit.
   *
   * @param value value in the coherent unit
   * @param exponents its unit
   * @param text as written
   * @param offset where it stands
   */
  public record Literal(double value, Exponents exponents, String text, int offset)
      implements Expression {}

  /** Value of a name. */
  public record Reference(Name name) implements Expression {}

  /** Sum, difference, product, quotient or power. */
  public record Binary(char operator, Expression left, Expression right, int offset)
      implements Expression {}

  /** Negated value. */
  public record Negated(Expression operand) implements Expression {}

  /** Function of values. */
  public record Call(Function function, List<Expression> arguments, int offset)
      implements Expression {}

  /**
   * Piecewise value: {@code yes if condition else no}.
   *
   * @param comparison relation of left and right
   * @param left left side, or the flag
   * @param right right side; of a flag the flag again
   */
  public record Piece(
      Comparison comparison,
      Expression left,
      Expression right,
      Expression yes,
      Expression no,
      int offset)
      implements Expression {}

  /** Relation that a piece asks for. */
  public enum Comparison {
    LESS("<"),
    AT_MOST("<="),
    EQUAL("=="),
    /** The flag on the left is set. */
    FLAG("");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    /** As written. */
    public String sign() {
      return sign;
    }

    /** The first of two values if left is less than right, else the second. */
    public static double less(double left, double right, double yes, double no) {
      return left < right ? yes : no;
    }

    /** The first of two values if left is at most right, else the second. */
    public static double atMost(double left, double right, double yes, double no) {
      return left <= right ? yes : no;
    }

    /** The first of two values if left equals right, else the second. */
    public static double equal(double left, double right, double yes, double no) {
      return left == right ? yes : no;
    }

    /** The first of two values if a flag is set, else the second. */
    public static double flag(double flag, double yes, double no) {
      return flag != 0 ? yes : no;
    }

    /** True if it holds between two values. */
    public boolean holds(double left, double right) {
      return switch (this) {
        case LESS -> left < right;
        case AT_MOST -> left <= right;
        case EQUAL -> left == right;
        case FLAG -> left != 0;
      };
    }
  }

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

  /** Names, numbers and operators of a node of a formula, each as often as it stands there. */
  public static int size(Expression expression) {
    int[] size = {0};
    visit(expression, e -> size[0]++);
    return size[0];
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
    } else if (expression instanceof Piece p) {
      visit(p.left(), visitor);
      if (p.right() != p.left()) {
        visit(p.right(), visitor);
      }
      visit(p.yes(), visitor);
      visit(p.no(), visitor);
    }
  }

  /** The tree. */
  public Expression root() {
    return root;
  }

  /** The value, in the coherent unit. */
  public double evaluate(Environment environment) {
    return value(root, environment);
  }

  /** Value of a node of a formula, in the coherent unit. */
  public static double value(Expression expression, Environment environment) {
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
        default -> Function.power(left, right);
      };
    }
    if (expression instanceof Piece p) {
      boolean holds =
          p.comparison().holds(value(p.left(), environment), value(p.right(), environment));
      return value(holds ? p.yes() : p.no(), environment);
    }
    Call call = (Call) expression;
    double result = value(call.arguments().get(0), environment);
    if (call.arguments().size() == 1) {
      return call.function().of(result);
    }
    for (int i = 1; i < call.arguments().size(); i++) {
      result = call.function().of(result, value(call.arguments().get(i), environment));
    }
    return result;
  }

  /**
   * The exponents of the result's unit.
   *
   * @throws FormulaException if unlike things are added or compared, or a name is unknown
   */
  public Exponents exponents(Quantities quantities) throws FormulaException {
    return exponents(root, quantities);
  }

  /**
   * The result's dimension.
   *
   * @throws FormulaException as {@link #exponents}, or if it is no named dimension
   */
  public Dimension dimension(Quantities quantities) throws FormulaException {
    return Dimension.of(exponents(quantities))
        .orElseThrow(
            () -> new FormulaException("gives a product of units that has no name here", 0));
  }

  /**
   * Exponents of a node of a formula.
   *
   * @throws FormulaException as {@link #exponents(Quantities)}
   */
  public static Exponents exponents(Expression e, Quantities quantities) throws FormulaException {
    if (e instanceof Literal literal) {
      return literal.exponents();
    }
    if (e instanceof Reference reference) {
      Exponents exponents = quantities.exponents(reference.name());
      if (quantities.isFlag(reference.name())) {
        throw new FormulaException(
            "'" + reference.name().name() + "' is a flag, which stands after if alone",
            reference.name().offset());
      }
      return exponents;
    }
    if (e instanceof Negated negated) {
      return exponents(negated.operand(), quantities);
    }
    if (e instanceof Binary b) {
      return ofBinary(b, quantities);
    }
    if (e instanceof Piece p) {
      return ofPiece(p, quantities);
    }
    return ofCall((Call) e, quantities);
  }

  private static Exponents ofPiece(Piece p, Quantities quantities) throws FormulaException {
    if (p.comparison() == Comparison.FLAG) {
      Name flag = ((Reference) p.left()).name();
      quantities.exponents(flag);
      if (!quantities.isFlag(flag)) {
        throw new FormulaException(
            "'" + flag.name() + "' is no flag; compare it: < <= == >= >", flag.offset());
      }
    } else {
      Exponents left = exponents(p.left(), quantities);
      Exponents right = exponents(p.right(), quantities);
      same(left, right, p.offset(), "compared");
    }
    Exponents yes = exponents(p.yes(), quantities);
    Exponents no = exponents(p.no(), quantities);
    if (!yes.equals(no)) {
      throw new FormulaException(
          "is "
              + Dimension.articleOf(yes)
              + " on one side of if and "
              + Dimension.articleOf(no)
              + " on the other",
          p.offset());
    }
    return yes;
  }

  private static Exponents ofCall(Call call, Quantities quantities) throws FormulaException {
    Exponents first = exponents(call.arguments().get(0), quantities);
    String name = call.function().word();
    for (int i = 1; i < call.arguments().size(); i++) {
      same(first, exponents(call.arguments().get(i), quantities), call.offset(), name);
    }
    if (call.function() == Function.SQRT) {
      return first
          .power(0.5)
          .orElseThrow(
              () ->
                  new FormulaException(
                      "sqrt of " + Dimension.articleOf(first) + " has no unit", call.offset()));
    }
    if (call.function().ofNumbers() && !first.isNumber()) {
      throw new FormulaException(
          name + " of " + Dimension.articleOf(first) + " means nothing, must be a number",
          call.offset());
    }
    return first;
  }

  private static Exponents ofBinary(Binary b, Quantities quantities) throws FormulaException {
    Exponents left = exponents(b.left(), quantities);
    Exponents right = exponents(b.right(), quantities);
    return switch (b.operator()) {
      case '+', '-' -> {
        same(left, right, b.offset(), b.operator() == '+' ? "added" : "subtracted");
        yield left;
      }
      case '*' -> left.times(right);
      case '/' -> left.over(right);
      default -> {
        if (!right.isNumber()) {
          throw new FormulaException(
              "an exponent must be a number, not " + Dimension.articleOf(right), b.offset());
        }
        if (left.isNumber()) {
          yield left;
        }
        if (!(b.right() instanceof Literal power)) {
          throw new FormulaException(
              Dimension.articleOf(left) + " can only be raised to a stated power", b.offset());
        }
        yield left.power(power.value())
            .orElseThrow(
                () ->
                    new FormulaException(
                        Dimension.articleOf(left)
                            + " to the power of "
                            + power.text()
                            + " has no unit",
                        b.offset()));
      }
    };
  }

  private static void same(Exponents left, Exponents right, int offset, String verb)
      throws FormulaException {
    if (!left.equals(right)) {
      String a = Dimension.articleOf(left);
      String b = Dimension.articleOf(right);
      throw new FormulaException(
          switch (verb) {
            case "added", "subtracted", "compared" -> a + " and " + b + " cannot be " + verb;
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
