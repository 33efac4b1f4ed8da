package dev.kirchhoff.arch.design;

import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;
import static dev.kirchhoff.arch.spec.Type.word;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.workload.StatisticsOrigin;
import java.util.Arrays;
import java.util.List;

/** The keys of a network that is given as a list of shapes. */
final class NetworkGrammar {
  private static final long CHANNELS = 10_000_000;
  private static final long KERNEL = 1_000_000;
  private static final long MAP = 1_000_000_000;
  private static final long POSITIONS = 1_000_000_000_000_000L;

  private NetworkGrammar() {}

  /** A network's own file. */
  static Shape file() {
    return new Shape(
        "network",
        "a network",
        List.of(
            Key.required("kirchhoff", whole(1, 1), "format version"),
            Key.required("network", new Type.Text(), "name of the network"),
            Key.optional("source", new Type.Text(), "source of shapes and statistics"),
            Key.optional("note", new Type.Text(), "remark for the reader"),
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
            Key.required("inputs", whole(1, CHANNELS), "input channels of one group"),
            Key.required("outputs", whole(1, CHANNELS), "output channels of one group"),
            Key.of("kernel", whole(1, KERNEL), "1", "rows and columns of the kernel"),
            Key.optional("kernelWidth", whole(1, KERNEL), "columns of the kernel, if not square"),
            Key.of("output", whole(1, MAP), "1", "rows and columns of the output map"),
            Key.optional("outputWidth", whole(1, MAP), "columns of the output map, if not square"),
            Key.of("stride", whole(1, KERNEL), "1", "stride in both directions"),
            Key.of("groups", whole(1, CHANNELS), "1", "number of groups"),
            Key.of("dynamic", word("true", "false"), "false", "both operands are activations"),
            Key.optional(
                "producer",
                whole(-1, 1_000_000),
                "number of the layer that it reads, −1 = the network's input; without it the layer before"),
            Key.optional(
                "reads",
                new Type.ListOf(new Type.Text()),
                "names or numbers of the layers that it reads, input = the network's input: several of a concatenation, the operands of a dynamic matrix"),
            Key.optional(
                "joins",
                new Type.ListOf(new Type.Text()),
                "names or numbers of earlier layers whose outputs its digital work takes too: a residual sum, a gate"),
            Key.optional(
                "window",
                new Type.Section(window()),
                "movement of the window over the input map; without it padded to the size of the output"),
            Key.of(
                "steps",
                whole(1, 10_000_000),
                "1",
                "steps that depend on each other, as the time steps of a recurrent matrix"),
            Key.optional(
                "weightsOf",
                new Type.Text(),
                "name or number of an earlier layer whose stored matrix it multiplies with: both use one matrix"),
            Key.optional(
                "recurrentOf",
                new Type.Text(),
                "name or number of the layer with the input matrix W of the cell whose recurrent matrix R this is, where the cell takes W x + R h as a sum (LSTM, RNN)"),
            Key.of(
                "recurrentScale",
                quantity(Dimension.NUMBER, 1e-12, 1e12),
                "1",
                "largest magnitude in R over that in W"),
            Key.optional(
                "after",
                new Type.Text(),
                "digital work on the outputs, as docs/workloads.md names it: bias relu max2@16x16 mac=1024; without it bias and relu, behind the last layer bias"),
            Key.optional(
                "inputValues",
                new Type.Section(statistics()),
                "statistics of the input values, normalised to the largest"),
            Key.optional(
                "weightValues",
                new Type.Section(statistics()),
                "statistics of the weights, normalised to the largest"),
            Key.optional(
                "origins",
                new Type.Section(origins()),
                "origins of these statistics; without it given where they are given")));
  }

  private static Shape origins() {
    return new Shape(
        "origins",
        "origins of statistics",
        List.of(
            Key.of("signs", origin(), "given", "origin of the signs of the inputs"),
            Key.of("inputs", origin(), "given", "origin of their zero share and magnitudes"),
            Key.of("weights", origin(), "given", "origin of the statistics of the weights")));
  }

  private static Type origin() {
    return word(
        Arrays.stream(StatisticsOrigin.values())
            .map(StatisticsOrigin::word)
            .toArray(String[]::new));
  }

  private static Shape window() {
    return new Shape(
        "window",
        "a window",
        List.of(
            Key.required("positions", whole(1, POSITIONS), "positions of the input map"),
            Key.required("first", whole(1, POSITIONS), "positions that the first output waits for"),
            Key.required("line", whole(1, POSITIONS), "positions kept while it moves")));
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
