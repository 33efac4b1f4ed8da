package dev.kirchhoff.arch.design;

import static dev.kirchhoff.arch.design.PartGrammar.memory;
import static dev.kirchhoff.arch.design.PartGrammar.model;
import static dev.kirchhoff.arch.design.PartGrammar.none;
import static dev.kirchhoff.arch.design.PartGrammar.others;
import static dev.kirchhoff.arch.design.PartGrammar.section;
import static dev.kirchhoff.arch.design.PartGrammar.unit;
import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;
import static dev.kirchhoff.arch.spec.Type.word;

import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import java.util.ArrayList;
import java.util.List;

/** The keys of {@code chip}. */
final class ChipGrammar {
  private static final double ABOVE_ZERO = Double.MIN_VALUE;

  /** A tile that adds nothing to its PEs, as around a macro alone. */
  private static final String NO_PARTS =
      "{count: 1, buffer: none, bus: none, outputRegister: none, relu: none, sigmoid: none, maxPool: none, shiftAdd: none, vector: none}";

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
                memory("globalBuffer", "none", "1 MB", 256, "read", "write"),
                "none",
                "chip-level buffer"),
            Key.of(
                "control",
                section(control()),
                "{}",
                "control, clock and layout overhead of modelled parts"),
            others("chip"),
            Key.of("tile", new Type.Section(tile(), NO_PARTS), "{}", "tile"),
            Key.of("pe", section(PeGrammar.pe()), "{}", "processing element"),
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
                quantity(Dimension.BANDWIDTH, 1e-6, 10_000),
                "6.4 GB/s",
                "bandwidth of one link")
            .setting();
    List<Shape> kinds = new ArrayList<>();
    for (String kind : List.of("parallel", "hyperTransport", "lpddr4", "ddr3", "gddr5", "hbm2")) {
      kinds.add(
          new Shape(kind, "a link of " + kind, List.of(links, bandwidth, model("io", "transfer"))));
    }
    kinds.add(none("io"));
    return new Type.Kinds("io", kinds);
  }

  private static Type interconnect() {
    Key width = Key.of("width", whole(1, 4096), "128", "wires of one link").setting();
    Key model = model("interconnect", "hop");
    List<Shape> shapes = new ArrayList<>();
    for (Topology topology : Topology.values()) {
      if (topology != Topology.NONE) {
        shapes.add(new Shape(topology.word(), topology.article(), keys(topology, width, model)));
      }
    }
    shapes.add(none("interconnect"));
    return new Type.Kinds("interconnect", shapes);
  }

  private static List<Key> keys(Topology topology, Key width, Key model) {
    return switch (topology) {
      case CONCENTRATED_MESH ->
          List.of(
              Key.of("tilesPerRouter", whole(1, 64), "4", "tiles that share one router").setting(),
              width,
              model);
      case FAT_TREE ->
          List.of(
              width,
              Key.of("arity", whole(2, 16), "4", "children of a router").setting(),
              Key.of(
                      "taper",
                      quantity(Dimension.RATIO, 1, 16),
                      "2",
                      "width of a router's links downwards together over that upwards")
                  .setting(),
              model);
      case RECONFIGURABLE ->
          List.of(
              width,
              Key.of("tracks", whole(1, 256), "8", "links side by side in a channel").setting(),
              Key.of(
                      "switchBox",
                      word("disjoint", "universal", "wilton"),
                      "wilton",
                      "which tracks a switch box joins")
                  .setting(),
              Key.of(
                  "configure",
                  word("perNetwork", "perPhase"),
                  "perNetwork",
                  "how often the switches are set"),
              model);
      default -> List.of(width, model);
    };
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
                new Type.WholeNumber(1, 1_000_000, List.of("fit")),
                "fit",
                "tiles on the chip; fit = as many as the workload needs"),
            Key.of(
                "buffer",
                memory("buffer", "edram", "64 KB", 256, "read", "write"),
                "edram",
                "activation buffer"),
            Key.of(
                "bus",
                new Type.Section(
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
                            model("bus", "transfer"))),
                    "{width: 0}"),
                "{}",
                "bus between buffer and PEs"),
            Key.of(
                "outputRegister",
                memory("outputRegister", "sram", "fit", 64, "write"),
                "sram",
                "register behind the tile's adders"),
            unit("relu", "relu", "8", "rectifiers"),
            unit(
                "sigmoid",
                "lookup",
                "2",
                "look-up units for sigmoid, tanh and other non-linear functions"),
            unit("maxPool", "compare", "8", "comparators of maximum pools"),
            unit("shiftAdd", "add", "8", "adders for partial sums, bias and residual additions"),
            unit(
                "vector",
                "multiplyAccumulate",
                "1",
                "multiply-accumulate lanes for dynamic matrices, normalisation and softmax"),
            others("tile")));
  }

  private static Shape crossbar() {
    return new Shape(
        "crossbar",
        "a crossbar",
        List.of(
            Key.of("perPe", whole(1, 4096), "8", "crossbars in one PE"),
            Key.of(
                "working",
                whole(1, 4096),
                "= crossbar.perPe",
                "crossbars of a PE that work at once, each with its set of converters; the others hold weights and take turns behind it"),
            Key.of("rows", whole(1, 8192), "128", "wordlines").setting(),
            Key.of("columns", whole(1, 8192), "128", "bitlines").setting(),
            Key.of(
                "rowsActive",
                whole(1, 8192),
                "= crossbar.rows",
                "rows driven at once; the others are gated off"),
            Key.of(
                "skipZeroRows",
                word("true", "false"),
                "false",
                "rows whose digit is zero are skipped: a read takes the next rowsActive of those that are driven (bitSerial inputs of an array that adds up currents)"),
            Key.of("weights", section(weights()), "{}", "how signed weights become conductances"),
            Key.of("wires", section(wires()), "{}", "resistance of the lines"),
            Key.optional(
                "compute",
                word("current", "charge", "digital"),
                "what a column adds up: cells' currents, charge of a capacitor in each cell, or bits by adders; without it digital where the readout adds bits, else current"),
            Key.optional(
                "passTime",
                quantity(Dimension.TIME, 0.001, 1e9),
                "time of one pass where it is known; without it that of the circuits"),
            Key.of(
                "referenceColumns",
                whole(0, 8192),
                "0",
                "columns beside these that hold no weights but are read and converted with every pass"),
            model("crossbar", "pass")));
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
                new Type.WholeNumber(1, 16, List.of("weight")),
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
                    new Type.WholeNumber(1, 8, List.of("analog")),
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
            Key.of(
                "bitline",
                word("discharged", "held"),
                "discharged",
                "SRAM cells discharge a precharged bitline, or feed a held one whose current is read"),
            Key.optional(
                "area",
                quantity(Dimension.FEATURE_AREA, 1, 100_000),
                "cell area; without it the device's"),
            Key.of(
                "capacitor",
                quantity(Dimension.CAPACITANCE, 0.001, 1000),
                "1.2 fF",
                "unit capacitor of a cell in a charge array"),
            Key.of(
                "banks",
                whole(1, 1024),
                "1",
                "weights behind one multiplying cell of a charge or digital array, of which one is selected")));
  }
}
