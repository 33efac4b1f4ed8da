package dev.kirchhoff.arch.design;

import static dev.kirchhoff.arch.design.PartGrammar.memory;
import static dev.kirchhoff.arch.design.PartGrammar.model;
import static dev.kirchhoff.arch.design.PartGrammar.none;
import static dev.kirchhoff.arch.design.PartGrammar.others;
import static dev.kirchhoff.arch.design.PartGrammar.section;
import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;
import static dev.kirchhoff.arch.spec.Type.word;

import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import java.util.ArrayList;
import java.util.List;

/** The keys of {@code chip.pe}: inputs, converters and what is around them. */
final class PeGrammar {
  private static final double ABOVE_ZERO = Double.MIN_VALUE;
  private static final String CONVERSION = "conversion";

  private PeGrammar() {}

  static Shape pe() {
    return new Shape(
        "pe",
        "a PE",
        List.of(
            Key.of("perTile", whole(1, 4096), "8", "PEs in one tile"),
            Key.of("input", section(input()), "{}", "wordline drivers"),
            Key.of(
                "sampleHold",
                new Type.Kinds(
                    "sampleHold",
                    List.of(
                        new Shape(
                            "perColumn",
                            "a sample-and-hold",
                            List.of(model("sampleHold", "sample"))),
                        none("sampleHold"))),
                "perColumn",
                "sample-and-hold of each column; none = cells conduct during conversion"),
            Key.of("readout", readout(), "sar", "converters"),
            Key.of(
                "frontEnd",
                word("tia", "integrator", "none"),
                "tia",
                "amplifier before a sar, flash or ramp readout: virtual ground, virtual ground that collects charge, or none, so that the column is a voltage divider"),
            Key.of(
                "shiftAdd",
                new Type.Section(
                    new Shape(
                        "shiftAdd",
                        "a shift-and-add",
                        List.of(
                            Key.of(
                                "count",
                                new Type.WholeNumber(0, 100_000, List.of("perConverter")),
                                "perConverter",
                                "shift-and-add units in one PE; 0 = codes leave it as they are"),
                            model("shiftAdd", "shiftAdd"))),
                    "{count: 0}"),
                "{}",
                "shift-and-add behind the converters"),
            Key.of(
                "inputRegister",
                memory("inputRegister", "sram", "fit", 128, "read", "write"),
                "sram",
                "input register"),
            Key.of(
                "outputRegister",
                memory("outputRegister", "sram", "fit", 64, "read", "write"),
                "sram",
                "output register"),
            Key.of(
                "transpose",
                word("none", "shared", "own"),
                "none",
                "reads of the transposed matrix, inputs on columns and sums on rows: drivers and converters switched between rows and columns, or a set of their own"),
            Key.of(
                "feedback",
                feedback(),
                "none",
                "amplifiers around a crossbar that let it settle to the solution of a linear system"),
            Key.of("random", random(), "none", "source of random words"),
            others("PE")));
  }

  private static Type feedback() {
    Shape amplifiers =
        new Shape(
            "amplifiers",
            "loop amplifiers",
            List.of(
                Key.of(
                        "gain",
                        quantity(Dimension.NUMBER, 10, 1e9),
                        "1e5",
                        "open-loop gain at zero frequency")
                    .setting(),
                Key.of(
                        "bandwidth",
                        quantity(Dimension.FREQUENCY, 1e-6, 10),
                        "100 MHz",
                        "unity-gain bandwidth on the line of a row")
                    .setting(),
                Key.of(
                        "offset",
                        quantity(Dimension.VOLTAGE, 1e-6, 0.1),
                        "1 mV",
                        "offset between amplifiers after trimming, standard deviation")
                    .setting(),
                model("feedback", "settle")));
    return new Type.Kinds("feedback", List.of(amplifiers, none("feedback")));
  }

  private static Type random() {
    Key count = Key.of("count", whole(1, 100_000), "1", "sources in one PE, which draw at once");
    Key model = model("random", "draw");
    return new Type.Kinds(
        "random",
        List.of(
            new Shape("digital", "a digital random source", List.of(count, model)),
            new Shape(
                "counter",
                "a random source by counter",
                List.of(
                    count,
                    Key.of(
                            "delay",
                            quantity(Dimension.TIME, 0.1, 1e9),
                            "100 us",
                            "mean delay of the volatile device")
                        .setting(),
                    Key.of(
                            "spread",
                            quantity(Dimension.RATIO, 0, 1),
                            "30 %",
                            "standard deviation of the delay over its mean")
                        .setting(),
                    Key.of(
                            "recovery",
                            quantity(Dimension.TIME, 0, 1e9),
                            "67 us",
                            "time that the device relaxes before the next bit")
                        .setting(),
                    Key.of(
                            "clock",
                            quantity(Dimension.FREQUENCY, 1e-9, 10),
                            "1 MHz",
                            "clock of the counter")
                        .setting(),
                    model)),
            new Shape("device", "a random source by read noise", List.of(count, model)),
            none("random source")));
  }

  private static Shape input() {
    return new Shape(
        "input",
        "an input",
        List.of(
            Key.of(
                "encoding",
                word("bitSerial", "amplitude", "pulseWidth", "pulseCount"),
                "bitSerial",
                "pulses of some bits one after the other as amplitudes, the whole value as one amplitude, one pulse as long as the digit, or as many pulses as the digit says"),
            Key.optional(
                    "bitsPerPulse",
                    whole(1, 8),
                    "input bits that one pulse or train of pulses carries; without it 1 (bitSerial) or the whole magnitude")
                .setting(),
            Key.optional(
                    "combine",
                    new Type.WholeNumber(1, 16, List.of("value")),
                    "pulses of an input whose column voltages are sampled, each halving what was sampled before (charge shared by two capacitors), and converted once; value = all of an input; without it 1")
                .setting(),
            Key.of(
                "sign",
                word("secondPass", "bipolar", "twoPhase"),
                "secondPass",
                "negative inputs in a second pass, or by lines of both polarities, which spares a bit of the magnitude; twoPhase is bipolar with magnitudes above 3 bits in two phases"),
            Key.optional(
                "pulse",
                quantity(Dimension.TIME, 0.001, 1e6),
                "time of one pulse, of one step of a pulse's width; without it a clock cycle, or what the readout needs"),
            Key.optional("wordline", section(wordline()), "swing of lines that drive gates"),
            Key.optional(
                "mismatch",
                section(inputMismatch()),
                "how rows and levels of one chip differ after trimming, standard deviations, the same for"
                    + " every input; without it what their circuits are sized and trimmed for"),
            Key.optional(
                "noise",
                quantity(Dimension.NUMBER, 0, 1000),
                "noise of a pulse of a row, standard deviation in steps of the input; without it that of"
                    + " its circuits"),
            model("input", "pulses", "wordlines", "rowConvert")));
  }

  private static Shape inputMismatch() {
    return new Shape(
        "mismatch",
        "a mismatch of inputs",
        List.of(
            Key.of(
                "offset",
                quantity(Dimension.NUMBER, 0, 1000),
                "0",
                "deviation of the offset between rows that are driven, in steps of the input"),
            Key.of(
                "gain",
                quantity(Dimension.RATIO, 0, 1),
                "0 %",
                "deviation of the gain between rows"),
            Key.of(
                "level",
                quantity(Dimension.NUMBER, 0, 1000),
                "0",
                "deviation of a level from the straight line, in steps of the input")));
  }

  private static Shape wordline() {
    return new Shape(
        "wordline",
        "a wordline",
        List.of(
            Key.of("low", quantity(Dimension.VOLTAGE, 0, 5), "0 V", "level of a gate that is off"),
            Key.of(
                "high",
                new Type.Quantity(Dimension.VOLTAGE, ABOVE_ZERO, 10, List.of("supply")),
                "supply",
                "level of a gate that is on")));
  }

  private static Type readout() {
    List<Shape> kinds = new ArrayList<>();
    for (ReadoutKind kind : ReadoutKind.values()) {
      kinds.add(kind.isDigital() ? adders(kind) : converter(kind));
    }
    return new Type.Kinds("readout", kinds);
  }

  /** Adders, whose bits follow from what they add. */
  private static Shape adders(ReadoutKind kind) {
    int columns = kind.keys().columns();
    return readout(
        kind.word(),
        columns == 0
            ? List.of(model("readout", CONVERSION))
            : List.of(columnsPerAdc(columns), model("readout", CONVERSION, "product")));
  }

  /** A readout that turns an analogue sum into a code. */
  private static Shape converter(ReadoutKind kind) {
    ReadoutKind.Keys keys = kind.keys();
    return readout(
        kind.word(),
        List.of(
            bits(keys.mostBits(), keys.bits()),
            range(),
            columnsPerAdc(keys.columns()),
            mismatch(),
            noise(),
            virtualGround(),
            step(keys.step()),
            model("readout", CONVERSION)));
  }

  private static Key range() {
    return Key.of(
        "range",
        word("calibrated", "full"),
        "calibrated",
        "what the code covers: what the layer's data produce (a trimmed reference), or the largest sum there can be");
  }

  private static Key mismatch() {
    Shape shape =
        new Shape(
            "mismatch",
            "a mismatch of converters",
            List.of(
                Key.of(
                    "offset",
                    quantity(Dimension.NUMBER, 0, 1000),
                    "0",
                    "deviation of the offset, in steps of a code (LSB)"),
                Key.of("gain", quantity(Dimension.RATIO, 0, 1), "0 %", "deviation of the gain"),
                Key.of(
                    "bow",
                    quantity(Dimension.NUMBER, 0, 1000),
                    "0",
                    "deviation of the integral non-linearity in the middle of the range, in steps of a code")));
    return Key.optional(
        "mismatch",
        section(shape),
        "how converters of one chip differ after trimming, standard deviations, the same for every input;"
            + " without it what their circuits are sized and trimmed for");
  }

  private static Key noise() {
    return Key.optional(
        "noise",
        quantity(Dimension.NUMBER, 0, 1000),
        "noise of a conversion, standard deviation in steps of a code (LSB); without it that of its"
            + " circuits");
  }

  private static Key virtualGround() {
    return Key.optional(
        "virtualGround",
        quantity(Dimension.VOLTAGE, 0, 1),
        "offset of the virtual ground between front ends after trimming, standard deviation; without"
            + " it that of the front end");
  }

  private static Shape readout(String kind, List<Key> keys) {
    return new Shape(kind, (kind.matches("[aeiou].*") ? "an " : "a ") + kind + " readout", keys);
  }

  private static Key step(String doc) {
    return Key.optional("step", quantity(Dimension.TIME, 1e-6, 1e6), doc).setting();
  }

  private static Key bits(int max, int standard) {
    return Key.of("bits", whole(1, max), Integer.toString(standard), "bits of a code").setting();
  }

  private static Key columnsPerAdc(int standard) {
    return Key.of(
        "columnsPerAdc",
        whole(1, 8192),
        Integer.toString(standard),
        "columns that share one converter through the column mux");
  }
}
