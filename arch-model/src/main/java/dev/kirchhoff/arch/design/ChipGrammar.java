package dev.kirchhoff.arch.design;

import static dev.kirchhoff.arch.design.Grammar.quantity;
import static dev.kirchhoff.arch.design.Grammar.whole;
import static dev.kirchhoff.arch.design.Grammar.word;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Key;
import dev.kirchhoff.arch.spec.Shape;
import dev.kirchhoff.arch.spec.Type;
import java.util.ArrayList;
import java.util.List;

/** The keys of {@code chip}. */
final class ChipGrammar {
  private static final double INFINITE = Double.POSITIVE_INFINITY;
  private static final double ABOVE_ZERO = Double.MIN_VALUE;

  private ChipGrammar() {}

  static Shape chip() {
    return new Shape(
        "chip",
        "a chip",
        List.of(
            Key.of("technology", section(technology()), "{}", "process and supply"),
            Key.of(
                "clock",
                new Type.Quantity(Dimension.FREQUENCY, 0.001, 10, List.of("fastest")),
                "1 GHz",
                "clock of the digital parts; fastest = as fast as the slowest stage of a pass lets it be"),
            Key.of("io", io(), "parallel", "links that leave the chip"),
            Key.of("interconnect", interconnect(), "mesh", "fabric between tiles"),
            Key.of(
                "globalBuffer",
                memory("globalBuffer", "none", "1 MB", 256),
                "none",
                "chip-level buffer"),
            Key.of(
                "control",
                section(control()),
                "{}",
                "control, clock and layout overhead of modelled parts"),
            others("chip"),
            Key.of("tile", section(tile()), "{}", "tile"),
            Key.of("pe", section(pe()), "{}", "processing element"),
            Key.of("crossbar", section(crossbar()), "{}", "crossbar"),
            Key.of("cell", section(cell()), "{}", "cell")));
  }

  private static Shape technology() {
    return new Shape(
        "technology",
        "a technology",
        List.of(
            Key.of("node", quantity(Dimension.LENGTH, 0.003, 0.25), "32 nm", "feature size"),
            Key.of(
                "supply",
                new Type.Quantity(Dimension.VOLTAGE, 0.3, 5, List.of("nominal")),
                "nominal",
                "core supply; nominal = the node's own"),
            Key.of(
                "roadmap", word("lowPower", "highPerformance"), "lowPower", "transistor flavour")));
  }

  private static Type io() {
    Key links = Key.of("links", whole(1, 1024), "1", "links");
    Key bandwidth =
        Key.of(
                "bandwidth",
                quantity(Dimension.BANDWIDTH, ABOVE_ZERO, 10_000),
                "6.4 GB/s",
                "bandwidth of one link")
            .setting();
    List<Shape> kinds = new ArrayList<>();
    for (String kind : List.of("parallel", "hyperTransport", "lpddr4", "ddr3", "gddr5", "hbm2")) {
      kinds.add(new Shape(kind, "a link of " + kind, List.of(links, bandwidth, model("io"))));
    }
    kinds.add(none("io"));
    return new Type.Kinds("io", kinds);
  }

  private static Type interconnect() {
    Key width = Key.of("width", whole(1, 4096), "128", "wires of one link").setting();
    return new Type.Kinds(
        "interconnect",
        List.of(
            new Shape("mesh", "a mesh", List.of(width, model("interconnect"))),
            new Shape(
                "concentratedMesh",
                "a concentrated mesh",
                List.of(
                    Key.of("tilesPerRouter", whole(1, 64), "4", "tiles that share one router")
                        .setting(),
                    width,
                    model("interconnect"))),
            new Shape("hTree", "an H-tree", List.of(width, model("interconnect"))),
            new Shape(
                "reconfigurable",
                "a reconfigurable fabric",
                List.of(
                    width,
                    Key.of("tracks", whole(1, 256), "8", "links side by side in a channel")
                        .setting(),
                    model("interconnect"))),
            none("interconnect")));
  }

  private static Shape control() {
    return new Shape(
        "control",
        "a control",
        List.of(
            Key.of(
                "energy",
                quantity(Dimension.RATIO, 0, 10),
                "6 %",
                "share of the energy of modelled parts that control and clock add; published 4 to 8 %"),
            Key.of(
                "area",
                quantity(Dimension.RATIO, 0, 10),
                "15 %",
                "share of the area of modelled parts that control and layout add; published 11 to 39 %")));
  }

  private static Shape tile() {
    return new Shape(
        "tile",
        "a tile",
        List.of(
            Key.of(
                "count",
                new Type.Whole(1, 1_000_000, List.of("fit")),
                "fit",
                "tiles on the chip; fit = as many as the workload needs"),
            Key.of("buffer", memory("buffer", "edram", "64 KB", 256), "edram", "activation buffer"),
            Key.of(
                "bus",
                section(
                    new Shape(
                        "bus",
                        "a bus",
                        List.of(
                            Key.of(
                                    "width",
                                    whole(0, 8192),
                                    "256",
                                    "wires between buffer and PEs; 0 = there is no bus")
                                .setting(),
                            model("bus")))),
                "{}",
                "bus between buffer and PEs"),
            Key.of(
                "outputRegister",
                memory("outputRegister", "sram", "fit", 64),
                "sram",
                "register behind the tile's adders"),
            unit("relu", "8", "rectifiers"),
            unit("sigmoid", "2", "look-up units for sigmoid, tanh and other non-linear functions"),
            unit("maxPool", "8", "comparators of maximum pools"),
            unit("shiftAdd", "8", "adders for partial sums, bias and residual additions"),
            unit(
                "vector",
                "1",
                "multiply-accumulate lanes for dynamic matrices, normalisation and softmax"),
            others("tile")));
  }

  private static Key unit(String name, String count, String doc) {
    return Key.of(
        name,
        section(
            new Shape(
                name,
                "a digital unit",
                List.of(
                    Key.of("count", whole(0, 100_000), count, "instances in one tile"),
                    model(name)))),
        "{}",
        doc);
  }

  private static Shape pe() {
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
                        new Shape("perColumn", "a sample-and-hold", List.of(model("sampleHold"))),
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
                section(
                    new Shape(
                        "shiftAdd",
                        "a shift-and-add",
                        List.of(
                            Key.of(
                                "count",
                                new Type.Whole(0, 100_000, List.of("perConverter")),
                                "perConverter",
                                "shift-and-add units in one PE; 0 = codes leave it as they are"),
                            model("shiftAdd")))),
                "{}",
                "shift-and-add behind the converters"),
            Key.of(
                "inputRegister",
                memory("inputRegister", "sram", "fit", 128),
                "sram",
                "input register"),
            Key.of(
                "outputRegister",
                memory("outputRegister", "sram", "fit", 64),
                "sram",
                "output register"),
            others("PE")));
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
            model("input")));
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
    Key range =
        Key.of(
            "range",
            word("calibrated", "full"),
            "calibrated",
            "what the code covers: what the layer's data produce (a trimmed reference), or the largest sum there can be");
    Key model = model("readout");
    return new Type.Kinds(
        "readout",
        List.of(
            readout("sar", List.of(bits(16, "8"), range, columnsPerAdc("8"), model)),
            readout("flash", List.of(bits(10, "4"), range, columnsPerAdc("8"), model)),
            readout(
                "senseAmplifier",
                List.of(
                    bits(4, "1"),
                    range,
                    columnsPerAdc("1"),
                    step("time of one decision; without it a clock cycle"),
                    model)),
            readout("adderTree", List.of(columnsPerAdc("1"), model)),
            readout("adderChain", List.of(model)),
            readout(
                "ramp",
                List.of(
                    bits(12, "8"),
                    range,
                    columnsPerAdc("1"),
                    step("time of one step of the ramp; without it a clock cycle"),
                    model)),
            readout(
                "oscillator",
                List.of(
                    bits(14, "8"),
                    range,
                    columnsPerAdc("1"),
                    step("time of one count at full scale; without it the model's"),
                    model)),
            readout(
                "chargeDecrement",
                List.of(
                    bits(12, "8"),
                    range,
                    columnsPerAdc("1"),
                    step("time of one step of integration or decrement; without it the model's"),
                    model)),
            readout(
                "timeToDigital",
                List.of(
                    bits(12, "8"),
                    range,
                    columnsPerAdc("1"),
                    step("time of one code; without it the model's"),
                    model)),
            readout(
                "integrateFire",
                List.of(
                    bits(12, "8"),
                    range,
                    columnsPerAdc("1"),
                    step("least time between two spikes; without it the model's"),
                    model))));
  }

  private static Shape readout(String kind, List<Key> keys) {
    return new Shape(kind, (kind.matches("[aeiou].*") ? "an " : "a ") + kind + " readout", keys);
  }

  private static Key step(String doc) {
    return Key.optional("step", quantity(Dimension.TIME, 1e-6, 1e6), doc).setting();
  }

  private static Key bits(int max, String standard) {
    return Key.of("bits", whole(1, max), standard, "bits of a code").setting();
  }

  private static Key columnsPerAdc(String standard) {
    return Key.of(
        "columnsPerAdc",
        whole(1, 8192),
        standard,
        "columns that share one converter through the column mux");
  }

  private static Shape crossbar() {
    return new Shape(
        "crossbar",
        "a crossbar",
        List.of(
            Key.of("perPe", whole(1, 4096), "8", "crossbars in one PE"),
            Key.of("rows", whole(1, 8192), "128", "wordlines").setting(),
            Key.of("columns", whole(1, 8192), "128", "bitlines").setting(),
            Key.of(
                "rowsActive",
                whole(1, 8192),
                "= crossbar.rows",
                "rows driven at once; the others are gated off"),
            Key.of("weights", section(weights()), "{}", "how signed weights become conductances"),
            Key.of("wires", section(wires()), "{}", "resistance of the lines"),
            Key.optional(
                "compute",
                word("current", "charge", "digital"),
                "what a column adds up: cells' currents, charge of a capacitor in each cell, or bits by adders; without it digital where the readout adds bits, else current"),
            Key.optional(
                "passTime",
                quantity(Dimension.TIME, ABOVE_ZERO, INFINITE),
                "time of one pass where it is known; without it that of the circuits"),
            Key.of(
                "referenceColumns",
                whole(0, 8192),
                "0",
                "columns beside these that hold no weights but are read and converted with every pass"),
            model("crossbar")));
  }

  private static Shape wires() {
    return new Shape("wires", "wires", List.of(segment("wordline"), segment("bitline")));
  }

  private static Key segment(String line) {
    return Key.of(
        line,
        new Type.Quantity(Dimension.RESISTANCE, 0, 1, List.of("nominal")),
        "nominal",
        "resistance of a "
            + line
            + " between two cells; nominal = the node's array wire over the pitch of a cell");
  }

  private static Shape weights() {
    return new Shape(
        "weights",
        "an encoding of weights",
        List.of(
            Key.of(
                "encoding",
                word("differential", "offset", "xnor"),
                "differential",
                "number representation"),
            Key.of(
                "flip",
                word("true", "false"),
                "false",
                "columns are inverted where that lowers the sum (offset)"),
            Key.of(
                "pair",
                word("columns", "rows"),
                "columns",
                "where the two cells of a differential pair sit"),
            Key.of(
                "subtract",
                word("analog", "digital"),
                "analog",
                "a differential pair is subtracted before or after conversion"),
            Key.optional(
                "combine",
                new Type.Whole(1, 16, List.of("weight")),
                "cells of a weight whose columns are weighted and added before one conversion (capacitor ladder, adder tree over words); weight = all; without it 1, in a digital array all")));
  }

  private static Shape cell() {
    return new Shape(
        "cell",
        "a cell",
        List.of(
            Key.of("access", word("1T1R", "1S1R", "passive"), "1T1R", "access device"),
            Key.of(
                    "bits",
                    new Type.Whole(1, 8, List.of("analog")),
                    "2",
                    "bits stored in one cell; analog = the whole magnitude of a weight")
                .setting(),
            Key.of(
                "device",
                new Type.Catalogued("device", DeviceGrammar.device()),
                "redox-generic",
                "resistive device, as catalog devices names them"),
            Key.of(
                "readVoltage",
                new Type.Quantity(Dimension.VOLTAGE, 0.001, 5, List.of("device")),
                "0.2 V",
                "voltage across the cell during a read; device = the one that it recommends, else 0.2 V"),
            Key.of(
                "readRail",
                word("regulator", "own"),
                "regulator",
                "read current from the core supply through a regulator, or from a rail of its own"),
            Key.optional(
                "area",
                quantity(Dimension.FEATURE_AREA, 1, 100_000),
                "cell area; without it the device's"),
            Key.of(
                "capacitor",
                quantity(Dimension.CAPACITANCE, ABOVE_ZERO, 1000),
                "1.2 fF",
                "unit capacitor of a cell in a charge array"),
            Key.of(
                "banks",
                whole(1, 1024),
                "1",
                "weights behind one multiplying cell of a charge or digital array, of which one is selected")));
  }

  private static Type memory(String name, String firstKind, String size, int width) {
    List<String> kinds = new ArrayList<>(List.of("sram", "edram", "registerFile", "none"));
    kinds.remove(firstKind);
    kinds.add(0, firstKind);
    List<Shape> shapes = new ArrayList<>();
    for (String kind : kinds) {
      shapes.add(kind.equals("none") ? none(name) : memoryOf(kind, name, size, width));
    }
    return new Type.Kinds(name, shapes);
  }

  private static Shape memoryOf(String kind, String name, String size, int width) {
    List<Key> keys = new ArrayList<>();
    boolean fits = size.equals("fit");
    keys.add(
        Key.of(
                "size",
                new Type.Quantity(
                    Dimension.INFORMATION, 1, 1e12, fits ? List.of("fit") : List.of()),
                size,
                fits ? "capacity; fit = one vector of every crossbar" : "capacity")
            .setting());
    keys.add(
        Key.of("width", whole(1, 65536), Integer.toString(width), "bits of one access").setting());
    if (!kind.equals("edram")) {
      keys.add(Key.of("ports", whole(1, 8), "1", "accesses at the same time").setting());
    }
    keys.add(model(name));
    String article = kind.matches("[aeiou].*") ? "an " : "a ";
    return new Shape(kind, article + kind + " " + name, keys);
  }

  private static Shape none(String what) {
    return new Shape("none", "no " + what, List.of());
  }

  private static Type section(Shape shape) {
    return new Type.Section(shape);
  }

  private static Key model(String part) {
    return Key.optional(
        "model",
        new Type.Model(part, figures()),
        "another model of the library, or figures of your own");
  }

  /** Parts that have no key of their own; the shape's key {@code others}. */
  private static Key others(String level) {
    return Key.optional(
        "others",
        new Type.ListOf(
            section(
                new Shape(
                    "others",
                    "another part",
                    List.of(
                        Key.required(
                            "name",
                            new Type.Text(),
                            "its line in every breakdown: letters and digits"),
                        Key.of("count", whole(1, 1_000_000), "1", "instances"),
                        Key.of(
                            "scaling",
                            word("logic", "sram", "analog", "wire"),
                            "logic",
                            "class of circuit that its figures scale by at another node"),
                        Key.required(
                            "model",
                            section(new Shape("model", "a model", figures(false))),
                            "figures of one instance; its action is one pass of a crossbar"))))),
        "parts of a " + level + " that have no key of their own, with figures");
  }

  private static Shape figures() {
    return new Shape("model", "a model", figures(true));
  }

  /**
   * Keys of given figures.
   *
   * @param timed whether the time of an action is among them
   */
  private static List<Key> figures(boolean timed) {
    List<Key> keys = new ArrayList<>();
    keys.add(Key.optional("area", quantity(Dimension.AREA, 0, INFINITE), "area of one instance"));
    keys.add(
        Key.optional(
            "power",
            quantity(Dimension.POWER, 0, INFINITE),
            "power of one instance while it is busy, everything included"));
    keys.add(
        Key.optional(
            "energy",
            new Type.PerAction(Dimension.ENERGY),
            "energy per action: one value, or one per action name"));
    keys.add(
        Key.optional("leakage", quantity(Dimension.POWER, 0, INFINITE), "leakage of one instance"));
    if (timed) {
      keys.add(Key.optional("time", quantity(Dimension.TIME, 0, INFINITE), "time of one action"));
      keys.add(
          Key.optional(
              "rate",
              quantity(Dimension.RATE, ABOVE_ZERO, INFINITE),
              "actions in a second, instead of time"));
    }
    keys.add(
        Key.optional(
            "node",
            quantity(Dimension.LENGTH, 0.003, 0.25),
            "node that the figures hold for; without it that of their file"));
    keys.add(
        Key.optional(
            "supply", quantity(Dimension.VOLTAGE, 0.3, 5), "supply that the figures hold for"));
    keys.add(Key.optional("source", new Type.Text(), "paper or measurement"));
    return keys;
  }
}
