package dev.kirchhoff.arch.design;

import static dev.kirchhoff.arch.design.Grammar.quantity;
import static dev.kirchhoff.arch.design.Grammar.whole;
import static dev.kirchhoff.arch.design.Grammar.word;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Key;
import dev.kirchhoff.arch.spec.Shape;
import dev.kirchhoff.arch.spec.Type;
import java.util.List;

/** The keys of a network that is given as a list of shapes. */
final class NetworkGrammar {
  private NetworkGrammar() {}

  /** A network's own file. */
  static Shape file() {
    return new Shape(
        "network",
        "a network",
        List.of(
            Key.required("kirchhoff", whole(1, 1), "format version"),
            Key.required("network", new Type.Text(), "name of the network"),
            Key.optional("source", new Type.Text(), "where shapes and statistics come from"),
            Key.optional("note", new Type.Text(), "anything a reader should know"),
            Key.required(
                "layers",
                new Type.ListOf(new Type.Section(layer())),
                "matrix layers in execution order")));
  }

  /** One layer. */
  static Shape layer() {
    return new Shape(
        "layer",
        "a layer",
        List.of(
            Key.optional("name", new Type.Text(), "name; without it its number, 00, 01, ..."),
            Key.required("inputs", whole(1, 10_000_000), "input channels of one group"),
            Key.required("outputs", whole(1, 10_000_000), "output channels of one group"),
            Key.of("kernel", whole(1, 1024), "1", "rows and columns of the kernel"),
            Key.optional("kernelWidth", whole(1, 1024), "columns of the kernel, if not square"),
            Key.of("output", whole(1, 10_000_000), "1", "rows and columns of the output map"),
            Key.optional(
                "outputWidth", whole(1, 10_000_000), "columns of the output map, if not square"),
            Key.of("stride", whole(1, 1024), "1", "stride"),
            Key.of("groups", whole(1, 1_000_000), "1", "groups"),
            Key.of("dynamic", word("true", "false"), "false", "both operands are activations"),
            Key.optional(
                "producer",
                whole(-1, 1_000_000),
                "number of the layer that it reads, −1 = the network's input; without it the layer before"),
            Key.optional(
                "after",
                new Type.Text(),
                "digital work on the outputs, as docs/workloads.md names it: bias relu max2@16x16; without it bias and relu, behind the last layer bias"),
            Key.optional(
                "inputValues",
                new Type.Section(statistics()),
                "statistics of the input values, normalised to the largest"),
            Key.optional(
                "weightValues",
                new Type.Section(statistics()),
                "statistics of the weights, normalised to the largest")));
  }

  private static Shape statistics() {
    return new Shape(
        "values",
        "statistics of values",
        List.of(
            Key.of("zero", quantity(Dimension.RATIO, 0, 1), "0 %", "share of zeros"),
            Key.required("meanAbs", quantity(Dimension.NUMBER, 0, 1), "mean of |x|"),
            Key.required("rms", quantity(Dimension.NUMBER, 0, 1), "root of the mean square"),
            Key.of(
                "negative", quantity(Dimension.RATIO, 0, 1), "0 %", "share of negative values")));
  }
}
