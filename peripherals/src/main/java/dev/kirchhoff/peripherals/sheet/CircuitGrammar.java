package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.device.Origin;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import java.util.List;

/** Grammar of a circuit model's data file. */
final class CircuitGrammar {
  private static final int MOST_BITS = 32;

  /** Words of what a circuit asks of the circuits around it. */
  static final List<String> BEHAVIOUR =
      List.of(
          "holdsInput",
          "holdsSampledInput",
          "usesSpareTime",
          "countsInputs",
          "trimsItself",
          "keepsSum",
          "pricesReadCurrent",
          "holdsLink");

  /** Band of a circuit that states none. */
  private static final String UNSTATED =
      "{energy: {low: 0.3, high: 3, reason: not stated}, area: {low: 0.3, high: 3, reason: not stated}}";

  private CircuitGrammar() {}

  static Shape circuit() {
    return new Shape(
        "circuit",
        "a circuit",
        List.of(
            Key.required("sentence", new Type.Text(), "the circuit, in one sentence"),
            Key.optional("bits", section(bits()), "bits of a code that it holds for"),
            Key.of("node", section(nodes()), "{}", "nodes that it holds for"),
            Key.required("source", new Type.Text(), "paper or tool; read, fitted or assumed"),
            Key.of("band", section(band()), UNSTATED, "disagreement of other published figures"),
            Key.optional("scaledBand", section(scaled()), "band away from a chip's own node"),
            Key.optional("neglected", new Type.Text(), "effects that it leaves out"),
            Key.optional(
                "behaviour",
                new Type.ListOf(new Type.Word(BEHAVIOUR)),
                "what it asks of the circuits around it"),
            Key.optional(
                "inputs",
                new Type.ListOf(section(input())),
                "quantities that a circuit which uses this one states"),
            Key.optional(
                "constants", new Type.ListOf(section(constant())), "constants of its equations"),
            Key.optional("equations", new Type.Text(), "its equations, a line each")));
  }

  static Origin origin(String word) {
    for (Origin origin : Origin.values()) {
      if (origin.word().equals(word)) {
        return origin;
      }
    }
    throw new IllegalArgumentException("No origin is called (" + word + ").");
  }

  private static Shape bits() {
    Type bits = new Type.WholeNumber(1, MOST_BITS, List.of());
    return new Shape(
        "bits",
        "a range of bits",
        List.of(Key.required("least", bits, "least"), Key.required("most", bits, "most")));
  }

  private static Shape nodes() {
    return new Shape(
        "node",
        "a range of nodes",
        List.of(
            Key.of("least", quantity(Dimension.LENGTH), "7 nm", "smallest"),
            Key.of("most", quantity(Dimension.LENGTH), "130 nm", "largest")));
  }

  private static Shape band() {
    return new Shape("band", "a band", List.of(spread("energy"), spread("area")));
  }

  private static Shape scaled() {
    return new Shape(
        "scaledBand",
        "a band away from a node",
        List.of(
            Key.required("node", quantity(Dimension.LENGTH), "node of the chip"),
            Key.required("beyond", quantity(Dimension.NUMBER), "ratio of nodes"),
            spread("energy"),
            spread("area")));
  }

  private static Key spread(String quantity) {
    Shape shape =
        new Shape(
            quantity,
            "a spread",
            List.of(
                Key.required("low", Type.aboveZero(Dimension.NUMBER, 1), "factor to the low end"),
                Key.required(
                    "high",
                    Type.quantity(Dimension.NUMBER, 1, CircuitFile.MOST),
                    "factor to the high end"),
                Key.required("reason", new Type.Text(), "sources that disagree")));
    return Key.required(quantity, section(shape), "factors on " + quantity);
  }

  private static Shape input() {
    return new Shape(
        "input",
        "an input",
        List.of(
            Key.required("name", new Type.Text(), "its name"),
            Key.required("unit", new Type.Text(), "its unit"),
            Key.required("meaning", new Type.Text(), "what it is")));
  }

  private static Shape constant() {
    return new Shape(
        "constant",
        "a constant",
        List.of(
            Key.required("name", new Type.Text(), "its name"),
            Key.optional("value", quantity(Dimension.NUMBER), "its value"),
            Key.optional(
                "nodes",
                new Type.ListOf(Type.aboveZero(Dimension.NUMBER, CircuitFile.MOST)),
                "nodes of a table, in nm"),
            Key.optional(
                "values", new Type.ListOf(quantity(Dimension.NUMBER)), "its values at these nodes"),
            Key.optional(
                "band",
                new Type.ListOf(quantity(Dimension.NUMBER)),
                "factors to the low and high end of what the value may be"),
            Key.optional("symbol", new Type.Text(), "its symbol in documents"),
            Key.required("unit", new Type.Text(), "its unit"),
            Key.required(
                "is",
                new Type.Word(
                    List.of(
                        Origin.READ.word(),
                        Origin.FITTED.word(),
                        Origin.ASSUMED.word(),
                        Origin.CHOSEN.word())),
                "its origin"),
            Key.required("source", new Type.Text(), "paper, tool, or reason of an assumption")));
  }

  private static Type quantity(Dimension dimension) {
    return Type.quantity(dimension, 0, CircuitFile.MOST);
  }

  private static Type section(Shape shape) {
    return new Type.Section(shape);
  }
}
