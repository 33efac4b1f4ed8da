package dev.kirchhoff.arch.design;

import static dev.kirchhoff.arch.spec.Type.aboveZero;
import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;
import static dev.kirchhoff.arch.spec.Type.word;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The keys of a spec: their types, ranges, defaults and meaning. The reader checks by it, editors
 * complete by the JSON Schema made from it, and {@code docs/spec-keys.md} lists it.
 */
public final class Grammar {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  /** Longest age that a spec may state, some 30,000 years. */
  private static final double LONGEST_NS = 1e21;

  private Grammar() {}

  /** The top level. */
  public static Shape spec() {
    return spec(new Type.AnyValue());
  }

  /**
   * The top level of a spec.
   *
   * @param circuits type of its constants of circuits
   */
  static Shape spec(Type circuits) {
    return new Shape(
        "spec",
        "a spec",
        List.of(
            Key.required(
                "kirchhoff",
                new Type.WholeNumber(1, 1, List.of()),
                "format version; the first key: kirchhoff: 1"),
            Key.of(
                "name",
                new Type.Text(),
                "unnamed",
                "name of the spec on the terminal and the pages"),
            Key.optional("note", new Type.Text(), "remark for the reader"),
            Key.optional(
                "source", new Type.Text(), "paper or measurement that the figures come from"),
            Key.optional(
                "workload",
                workload(),
                "network or kernel that the chip runs: a catalogue name, a file of yours, or a list that shares the chip"),
            Key.optional(
                "files",
                new Type.AnyValue(),
                "contents, by name, of files that kernels read; the spec of a run carries them"),
            Key.of(
                "precision",
                new Type.Section(precision()),
                "{}",
                "bits of weights, inputs and outputs"),
            Key.required("chip", new Type.Section(Chip.shape(DeviceGrammar.device())), "the chip"),
            Key.of(
                "mapping",
                new Type.Section(mapping()),
                "{}",
                "mapping of the workload to the chip"),
            Key.of(
                "operation",
                new Type.Section(operation()),
                "{}",
                "operating conditions: temperature, age and updates of the weights, data of peak figures"),
            Key.optional(
                "objectives",
                new Type.Section(objectives()),
                "metrics that a search maximises or minimises"),
            Key.optional(
                "constraints",
                new Type.ListOf(new Type.Text()),
                "conditions that every design must meet, as text: area <= 50 mm2"),
            Key.of(
                "record",
                new Type.ListOf(new Type.Text()),
                "[energy, latency, area, snr, power]",
                "metrics that a run keeps of every evaluated design, beside its objectives and those that its constraints limit"),
            Key.of("search", new Type.Section(search()), "{}", "settings of explore"),
            Key.optional("sweep", new Type.Section(sweep()), "settings of sweep"),
            Key.optional(
                "circuits",
                circuits,
                "constants of circuits that this spec changes, by circuit and name, as catalog circuits lists them: {sar-28nm: {logic: 30}}"),
            Key.optional(
                "calibration",
                new Type.ListOf(new Type.Section(calibration())),
                "fitted factors of your own; the models have none"),
            Key.optional(
                "expect",
                new Type.ListOf(new Type.AnyValue()),
                "published values that evaluate and validate compare with ours")));
  }

  private static Type workload() {
    return new Type.Named(
        "network",
        new Shape(
            "network",
            "a workload",
            List.of(
                Key.required(
                    "network",
                    new Type.Text(),
                    "catalogue name or file of the network, or a name for the layers given here"),
                Key.optional(
                    "layers",
                    new Type.ListOf(new Type.Section(NetworkGrammar.layer())),
                    "layers, as the file of a network lists them"),
                Key.optional(
                    "dimensions",
                    new Type.AnyValue(),
                    "sizes of dimensions that an .onnx file leaves open: {sequence: 128}, or {sequence: {any: [64, 128]}}; batch is 1 unless stated"),
                Key.optional(
                    "samples",
                    new Type.Text(),
                    "inputs of an .onnx file, .npy, or a folder of them for several: statistics of its first layer; explore measures its sensitivity on them and simulates members with them"),
                Key.optional(
                    "activations",
                    new Type.Text(),
                    "inner values of an .onnx file by tensor's name, .npz: statistics of the layers that read them"),
                Key.of(
                    "sensitivity",
                    word("kind", "equal"),
                    "kind",
                    "weights of the layers' noise at the output where the network's own were not measured: by kind of layer, from networks that were; equal, the mean over the layers, without agreement"),
                Key.of(
                    "weight",
                    aboveZero(Dimension.NUMBER, 1e9),
                    "1",
                    "inferences of this network for one of the others"))),
        List.of(".onnx", ".yaml"),
        KernelCatalogue.installed().kinds().stream().map(Grammar::kernel).toList());
  }

  /** Keys of a kernel: its word, its own, and its weight among the workloads of a chip. */
  private static Shape kernel(KernelKind kind) {
    List<Key> keys = new ArrayList<>();
    keys.add(Key.required(Type.Named.OTHER, word(kind.shape().name()), kind.description()));
    keys.addAll(kind.shape().keys());
    keys.add(
        Key.of(
            "weight",
            aboveZero(Dimension.NUMBER, 1e9),
            "1",
            "tasks of this kernel for one inference or task of the others"));
    return new Shape(kind.shape().name(), kind.shape().article(), keys);
  }

  private static Shape precision() {
    return new Shape(
        "precision",
        "a precision",
        List.of(
            Key.of(
                "weights",
                whole(1, 16),
                "8",
                "bits of a weight, sign included; {any: [...], per: layer} lets each layer choose"),
            Key.of("inputs", whole(1, 16), "8", "bits of an input value"),
            Key.of(
                "outputs",
                whole(1, 32),
                "= precision.inputs",
                "bits of an output value that the next layer gets"),
            Key.optional(
                "layers",
                new Type.ListOf(
                    new Type.Section(
                        new Shape(
                            "layers",
                            "a precision of some layers",
                            List.of(
                                Key.required(
                                    "match",
                                    new Type.Text(),
                                    "glob of layer names, resnet18/0*; the last match wins"),
                                Key.optional("weights", whole(1, 16), "bits of a weight"),
                                Key.optional("inputs", whole(1, 16), "bits of an input value"),
                                Key.optional(
                                    "outputs", whole(1, 32), "bits of an output value"))))),
                "layers that differ from the rest")));
  }

  private static Shape mapping() {
    return new Shape(
        "mapping",
        "a mapping",
        List.of(
            Key.of(
                "schedule",
                word("pipelined", "layerByLayer"),
                "pipelined",
                "pipelined: layers work at once, on successive inferences; layerByLayer: one after the other"),
            Key.of(
                "extraCrossbars",
                quantity(Dimension.RATIO, 0, 100),
                "0 %",
                "crossbars for weight duplication, as a share of those that hold one copy"),
            Key.of(
                "overflow",
                word("infeasible", "reload", "chips"),
                "infeasible",
                "treatment of a workload that does not fit: infeasible; weights loaded in phases; several chips joined by their links"),
            Key.of(
                "chips",
                new Type.WholeNumber(1, 1_000, List.of("fit")),
                "fit",
                "largest number of chips with overflow: chips; fit = as many as runs of whole layers require"),
            Key.of(
                "batch",
                new Type.WholeNumber(1, 1_000_000, List.of("endless")),
                "endless",
                "inferences that run together: the next batch starts when the last one has ended, and weights that do not stay on the chip are loaded once for it; endless = inferences follow each other, and such weights are loaded for each"),
            Key.of(
                "dynamic",
                word("digital", "write"),
                "digital",
                "products of two matrices of activations: on the tiles' vector units, or on crossbars of their own into which one of them is written for each inference"),
            Key.of(
                "pack",
                word("oneGroup", "blockDiagonal"),
                "oneGroup",
                "packing of the groups of a grouped layer into a crossbar"),
            Key.of(
                "floorplan",
                word("shared", "ownTiles", "ownKernels"),
                "shared",
                "shared: layers follow each other crossbar by crossbar; ownTiles: each layer has whole tiles, which its copies fill; ownKernels: each position of a convolution's kernel has PEs of its own too"),
            Key.of(
                "arrange",
                word("unrolled", "kernelPosition"),
                "unrolled",
                "unrolled: positions of a kernel below each other; kernelPosition: each on row blocks of its own (ungrouped convolutions)"),
            Key.of(
                "granularity",
                word("crossbar", "pe", "tile"),
                "crossbar",
                "unit of which a layer with its copies takes whole multiples; copies that fill one cost nothing"),
            Key.of(
                "share",
                word("none", "layers"),
                "none",
                "sharing of a crossbar by blocks of several layers that do not fill one, read in turn"),
            Key.of(
                "recurrent",
                word("auto", "joint", "separate"),
                "auto",
                "input matrix W and recurrent matrix R of an LSTM or RNN cell: one matrix [W; R] that reads inputs and state at once, or two; auto = one where that takes fewer crossbars")));
  }

  private static Shape operation() {
    return new Shape(
        "operation",
        "an operation",
        List.of(
            Key.of(
                "temperature",
                quantity(Dimension.TEMPERATURE, 233, 423),
                "300 K",
                "junction temperature"),
            Key.of(
                "age", quantity(Dimension.TIME, 0, LONGEST_NS), "1 day", "time since programming"),
            Key.of(
                "updateInterval",
                quantity(Dimension.TIME, 1, LONGEST_NS),
                "1 year",
                "time between two updates of all weights"),
            Key.of(
                "peakData",
                new Type.Section(
                    new Shape(
                        "peakData",
                        "data of the peak state",
                        List.of(
                            Key.of(
                                "inputs",
                                quantity(Dimension.RATIO, 0, 1),
                                "50 %",
                                "probability that a bit of an input is one"),
                            Key.of(
                                "weights",
                                quantity(Dimension.RATIO, 0, 1),
                                "50 %",
                                "probability that a bit of a weight is one (of its magnitude in a differential pair)"),
                            Key.of(
                                "negative",
                                quantity(Dimension.RATIO, 0, 1),
                                "0 %",
                                "share of inputs that are negative; above 0 inputs are signed, and sign: secondPass reads twice")))),
                "{}",
                "data that peak figures are stated at")));
  }

  private static Shape objectives() {
    Type names = new Type.ListOf(new Type.Text());
    return new Shape(
        "objectives",
        "objectives",
        List.of(
            Key.optional("maximise", names, "metrics to maximise, as catalog metrics names them"),
            Key.optional("minimise", names, "metrics to minimise"),
            Key.of(
                "band",
                word("nominal", "low", "high"),
                "nominal",
                "end of the uncertainty band that a design is judged by, in objectives and"
                    + " constraints: low is the pessimistic one"),
            Key.of(
                "over",
                word("weighted", "worst", "mean"),
                "weighted",
                "aggregation of the figures of several networks in objectives: mean over inferences by the networks' weights, worst network, or plain mean")));
  }

  private static Shape search() {
    return new Shape(
        "search",
        "a search",
        List.of(
            Key.of(
                "engine",
                word("optaplanner", "pareto-local-search", "random", "exhaustive"),
                "optaplanner",
                "search engine"),
            Key.of(
                "budget",
                new Type.WholeNumber(1, 20_000_000, List.of()),
                "20000",
                "unique designs to evaluate at most"),
            Key.optional(
                "time",
                aboveZero(Dimension.TIME, INFINITE),
                "time after which no further design is computed"),
            Key.of(
                "seed",
                new Type.WholeNumber(0, Long.MAX_VALUE, List.of()),
                "1",
                "seed of all random numbers"),
            Key.of(
                "islands",
                whole(1, 64),
                "2",
                "parallel searches that exchange their fronts after every round")));
  }

  private static Shape calibration() {
    return new Shape(
        "calibration",
        "a fitted factor",
        List.of(
            Key.required(
                "family",
                new Type.Word(
                    Arrays.stream(CircuitFamily.values()).map(CircuitFamily::word).toList()),
                "circuit family that it multiplies, as catalog calibration lists them"),
            Key.required(
                "quantity",
                new Type.Word(Arrays.stream(Quantity.values()).map(Quantity::word).toList()),
                "quantity that it multiplies; energy is that of actions and static power alike"),
            Key.required(
                "factor", quantity(Dimension.NUMBER, 0.001, 1000), "the factor, 1 = as modelled"),
            Key.required(
                "fittedOn",
                new Type.ListOf(new Type.Text()),
                "designs, chips or measurements that it was fitted on"),
            Key.optional(
                "at",
                new Type.ListOf(new Type.Section(setting())),
                "settings at which it was measured; between them it is fitted, elsewhere extrapolated; those of the chips of designs/ are known"),
            Key.optional("reason", new Type.Text(), "reason for the model's deviation")));
  }

  private static Shape setting() {
    return new Shape(
        "setting",
        "a measured setting",
        List.of(
            Key.required("rows", whole(1, 1 << 20), "rows of a column that are summed at once"),
            Key.optional(
                "readVoltage",
                quantity(Dimension.VOLTAGE, 0.001, 10),
                "voltage across a resistive cell"),
            Key.optional("bits", whole(1, 16), "bits of a code"),
            Key.required(
                "rate",
                quantity(Dimension.RATE, 1e-9, 1000),
                "conversions of one converter a second, pulses and settling included"),
            Key.required("node", quantity(Dimension.LENGTH, 0.001, 1), "technology node")));
  }

  private static Shape sweep() {
    return new Shape(
        "sweep",
        "a sweep",
        List.of(
            Key.of("points", new Type.AnyValue(), "all", "all, or {sobol: N} for a sample"),
            Key.of(
                "columns",
                new Type.ListOf(new Type.Text()),
                "[TOPS/W, area, latency, snr]",
                "metrics to print"),
            Key.optional("out", new Type.Text(), "file of the table, .csv")));
  }
}
