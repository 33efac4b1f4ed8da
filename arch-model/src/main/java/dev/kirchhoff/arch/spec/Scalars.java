package dev.kirchhoff.arch.spec;

import java.util.List;

/** Reader of scalars by their text and the expected type. */
final class Scalars {
  private final Problems problems;

  Scalars(Problems problems) {
    this.problems = problems;
  }

  Value compile(Node node, Type type, String path) {
    if (!(node instanceof Node.Scalar scalar)) {
      problems.add(
          node.place(),
          Paths.shown(path),
          "is a "
              + (node instanceof Node.Mapping ? "mapping" : "list")
              + ", must be "
              + expected(type));
      return new Value.Absent(node.place());
    }
    if (type instanceof Type.Text) {
      return new Value.Word(scalar.place(), scalar.text());
    }
    if (type instanceof Type.Word word) {
      return word(scalar, word.words(), path);
    }
    if (type instanceof Type.WholeNumber whole) {
      return whole.words().contains(scalar.text())
          ? new Value.Word(scalar.place(), scalar.text())
          : whole(scalar, whole, path);
    }
    Type.Quantity quantity = (Type.Quantity) type;
    return quantity.words().contains(scalar.text())
        ? new Value.Word(scalar.place(), scalar.text())
        : quantity(scalar, quantity, path);
  }

  private Value word(Node.Scalar scalar, List<String> words, String path) {
    if (words.contains(scalar.text())) {
      return new Value.Word(scalar.place(), scalar.text());
    }
    String near =
        NearNames.nearest(scalar.text(), words).map(n -> "; did you mean " + n + "?").orElse("");
    return invalid(
        scalar,
        path,
        "is '" + scalar.text() + "', must be one of " + String.join(", ", words) + near);
  }

  private Value whole(Node.Scalar scalar, Type.WholeNumber type, String path) {
    double number;
    try {
      number = Units.quantity(scalar.text(), Dimension.NUMBER);
    } catch (Units.UnitException e) {
      String message = e.getMessage();
      return invalid(
          scalar,
          path,
          message.endsWith("must be a number") || message.startsWith("is ")
              ? message.replaceAll(", must be a number$", "") + ", must be " + expected(type)
              : message);
    }
    if (number != Math.rint(number)) {
      return invalid(scalar, path, "is " + scalar.text() + ", must be " + expected(type));
    }
    if (number < type.min() || number > type.max()) {
      return invalid(scalar, path, "is " + scalar.text() + ", must be " + range(type));
    }
    return new Value.Number(scalar.place(), number, Dimension.NUMBER, scalar.text());
  }

  private Value quantity(Node.Scalar scalar, Type.Quantity type, String path) {
    double number;
    try {
      number = Units.quantity(scalar.text(), type.dimension());
    } catch (Units.UnitException e) {
      String words = type.words().isEmpty() ? "" : ", or " + String.join(", ", type.words());
      return invalid(scalar, path, e.getMessage() + words);
    }
    if (!type.range().holds(number)) {
      return invalid(scalar, path, "is " + scalar.text() + ", must be " + range(type));
    }
    return new Value.Number(scalar.place(), number, type.dimension(), scalar.text());
  }

  private Value invalid(Node.Scalar scalar, String path, String message) {
    problems.add(scalar.place(), Paths.shown(path), message);
    return new Value.Absent(scalar.place());
  }

  /** Values that a type allows, in words. */
  static String expected(Type type) {
    if (type instanceof Type.WholeNumber whole) {
      return "a whole number " + range(whole) + words(whole.words());
    }
    if (type instanceof Type.Quantity quantity) {
      return (quantity.dimension() == Dimension.NUMBER
              ? ("a number " + range(quantity)).strip()
              : quantity.dimension().article() + " (" + quantity.dimension().unitList() + ")")
          + words(quantity.words());
    }
    if (type instanceof Type.Word word) {
      return "one of " + String.join(", ", word.words());
    }
    return "text";
  }

  private static String words(List<String> words) {
    return words.isEmpty() ? "" : ", or " + String.join(", ", words);
  }

  static String range(Type.WholeNumber type) {
    if (type.min() == type.max()) {
      return Long.toString(type.min());
    }
    return type.max() == Long.MAX_VALUE ? "at least " + type.min() : type.min() + ".." + type.max();
  }

  static String range(Type.Quantity type) {
    Type.Range range = type.range();
    if (Double.isInfinite(range.min()) && Double.isInfinite(range.max())) {
      return "";
    }
    String low =
        range.min() == 0 && range.isOpen() ? "0" : Units.print(range.min(), type.dimension());
    String high = Units.print(range.max(), type.dimension());
    if (range.isOpen()) {
      return "above " + low + (Double.isInfinite(range.max()) ? "" : ", at most " + high);
    }
    return Double.isInfinite(range.max()) ? "at least " + low : low + " .. " + high;
  }
}
