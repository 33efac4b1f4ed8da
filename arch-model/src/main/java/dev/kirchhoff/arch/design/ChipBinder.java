package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.ConverterMismatch;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.DigitalUnit;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.KernelParts;
import dev.kirchhoff.arch.chip.LoopAmplifier;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.OtherPart;
import dev.kirchhoff.arch.chip.ProcessingElement;
import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.StatedErrors;
import dev.kirchhoff.arch.chip.StatedInputErrors;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.chip.Tile;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.chip.Transpose;
import dev.kirchhoff.arch.chip.Uncore;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.arch.workload.Precision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/** Binder of the section {@code chip} of one design to records. */
final class ChipBinder {
  private static final double UM_TO_NM = 1000;
  private static final double OHM_PER_MOHM = 1e6;
  private static final int EXACT_BITS = 16;
  private static final int MOST_CELL_BITS = 8;

  /** Read voltage of a device that recommends none: the default of the language. */
  private static final double USUAL_READ_V = 0.2;

  /**
   * Technology of a file that states figures.
   *
   * @param node_nm its node
   * @param supply_V its supply
   */
  record FileTechnology(double node_nm, double supply_V) {}

  private final Function<Place, FileTechnology> technologies;
  private final DeviceBinder devices;
  private final IdentityHashMap<Value.Section, ComponentModel> givens = new IdentityHashMap<>();
  private final Map<String, Readout.FrontEnd> frontEnds = new HashMap<>();
  private final Map<String, Transpose> transposes = new HashMap<>();
  private final Map<String, Input.Encoding> encodings = new HashMap<>();
  private final Map<String, Input.Sign> signs = new HashMap<>();
  private final Map<String, Memory.MemoryKind> memoryKinds = new HashMap<>();
  private final Map<String, Io.IoKind> ioKinds = new HashMap<>();
  private final Map<String, OtherPart.Scaling> scalings = new HashMap<>();

  ChipBinder(DeviceCatalogue catalogue, Function<Place, FileTechnology> technologies) {
    this.technologies = technologies;
    devices = new DeviceBinder(catalogue::section);
    for (Readout.FrontEnd kind : Readout.FrontEnd.values()) {
      frontEnds.put(kind.word(), kind);
    }
    for (Transpose kind : Transpose.values()) {
      transposes.put(kind.word(), kind);
    }
    for (Input.Encoding kind : Input.Encoding.values()) {
      encodings.put(kind.word(), kind);
    }
    for (Input.Sign kind : Input.Sign.values()) {
      signs.put(kind.word(), kind);
    }
    for (Memory.MemoryKind kind : Memory.MemoryKind.values()) {
      memoryKinds.put(kind.word(), kind);
    }
    for (Io.IoKind kind : Io.IoKind.values()) {
      ioKinds.put(kind.word(), kind);
    }
    for (OtherPart.Scaling scaling : OtherPart.Scaling.values()) {
      scalings.put(scaling.word(), scaling);
    }
  }

  /**
   * Reads a chip.
   *
   * @param widest widest precision of a layer; an amplitude-encoded input carries all of its bits
   *     in one pulse, an analogue cell all of a weight's magnitude
   */
  Chip chip(View.Section chip, double temperature_K, Precision widest) {
    View.Section control = chip.section("control");
    Crossbar crossbar = crossbar(chip);
    Cell cell =
        cell(
            chip.section("cell"),
            crossbar.weights().encoding() == Crossbar.Encoding.OFFSET
                ? widest.weights()
                : Math.max(1, widest.weights() - 1));
    RegisterSizes sizes = RegisterSizes.of(crossbar, cell.bits(), gathered(chip), widest);
    Uncore uncore =
        new Uncore(
            interconnect(chip.section("interconnect")),
            memory(chip.section("globalBuffer"), 0),
            io(chip.section("io")),
            control.number("energy"),
            control.number("area"),
            others(chip));
    return new Chip(
        technology(chip.section("technology"), temperature_K),
        chip.isWord("clock", "fastest")
            ? OptionalDouble.empty()
            : OptionalDouble.of(chip.number("clock")),
        tile(chip.section("tile"), sizes),
        pe(chip.section("pe"), widest.inputs(), sizes),
        crossbar,
        cell,
        uncore);
  }

  /** PEs whose outputs a tile gathers: none where it is one PE without a buffer. */
  private static int gathered(View.Section chip) {
    int pes = chip.section("pe").whole("perTile");
    boolean alone = pes == 1 && chip.section("tile").section("buffer").kind().equals("none");
    return alone ? 0 : pes;
  }

  private static Technology technology(View.Section technology, double temperature_K) {
    double node_nm = technology.number("node") * UM_TO_NM;
    return new Technology(
        node_nm,
        technology.isWord("supply", "nominal")
            ? NominalSupply.of(node_nm)
            : technology.number("supply"),
        technology.isWord("roadmap", "lowPower")
            ? Technology.Roadmap.LOW_POWER
            : Technology.Roadmap.HIGH_PERFORMANCE,
        temperature_K);
  }

  private Interconnect interconnect(View.Section section) {
    Topology kind = Topology.ofWord(section.kind());
    if (kind == Topology.NONE) {
      return new Interconnect(kind, 1, 1, ComponentModel.standard());
    }
    Interconnect.Tree tree = Interconnect.Tree.BINARY;
    if (section.has("arity")) {
      tree = new Interconnect.Tree(section.whole("arity"), section.number("taper"));
    }
    Interconnect.SwitchedChannels circuits = Interconnect.SwitchedChannels.ONE;
    if (section.has("tracks")) {
      circuits =
          new Interconnect.SwitchedChannels(
              section.whole("tracks"),
              Interconnect.SwitchBox.ofWord(section.word("switchBox")),
              section.isWord("configure", Interconnect.Configure.PER_PHASE.word())
                  ? Interconnect.Configure.PER_PHASE
                  : Interconnect.Configure.PER_NETWORK);
    }
    return new Interconnect(
        kind,
        section.whole("width"),
        section.has("tilesPerRouter") ? section.whole("tilesPerRouter") : 1,
        tree,
        circuits,
        model(section));
  }

  private Io io(View.Section section) {
    Io.IoKind kind = ioKinds.get(section.kind());
    return kind == Io.IoKind.NONE
        ? new Io(kind, 0, 0, ComponentModel.standard())
        : new Io(kind, section.whole("links"), section.number("bandwidth"), model(section));
  }

  /**
   * Reads a memory.
   *
   * @param fit_B its size where it says fit
   */
  private Memory memory(View.Section section, double fit_B) {
    Memory.MemoryKind kind = memoryKinds.get(section.kind());
    return kind == Memory.MemoryKind.NONE
        ? new Memory(kind, 0, 1, ComponentModel.standard())
        : new Memory(
            kind,
            section.isWord("size", "fit") ? fit_B : section.number("size"),
            section.whole("width"),
            kind == Memory.MemoryKind.EDRAM ? 1 : section.whole("ports"),
            model(section));
  }

  private Tile tile(View.Section tile, RegisterSizes sizes) {
    View.Section bus = tile.section("bus");
    return new Tile(
        tile.isWord("count", "fit") ? OptionalInt.empty() : OptionalInt.of(tile.whole("count")),
        memory(tile.section("buffer"), 0),
        new Tile.Bus(bus.whole("width"), model(bus)),
        memory(tile.section("outputRegister"), sizes.tileOutputs_B()),
        new Tile.Units(
            unit(tile.section("relu")),
            unit(tile.section("sigmoid")),
            unit(tile.section("maxPool")),
            unit(tile.section("shiftAdd")),
            unit(tile.section("vector"))),
        others(tile));
  }

  /** Parts that have no key of their own. */
  private List<OtherPart> others(View.Section level) {
    if (!level.has("others")) {
      return List.of();
    }
    List<OtherPart> others = new ArrayList<>();
    for (Value item : ((Value.Items) level.raw("others")).items()) {
      View.Section part = level.of(item);
      others.add(
          new OtherPart(
              part.word("name"),
              part.whole("count"),
              scalings.get(part.word("scaling")),
              (ComponentModel.Given) model(part)));
    }
    return others;
  }

  private DigitalUnit unit(View.Section unit) {
    return new DigitalUnit(unit.whole("count"), model(unit));
  }

  private ProcessingElement pe(View.Section pe, int inputBits, RegisterSizes sizes) {
    View.Section input = pe.section("input");
    View.Section sampleHold = pe.section("sampleHold");
    View.Section shiftAdd = pe.section("shiftAdd");
    return new ProcessingElement(
        pe.whole("perTile"),
        input(input, inputBits),
        sampleHold.kind().equals("none")
            ? DigitalUnit.none()
            : new DigitalUnit(1, model(sampleHold)),
        readout(pe.section("readout"), frontEnds.get(pe.word("frontEnd"))),
        new ProcessingElement.ShiftAdd(
            shiftAdd.isWord("count", "perConverter")
                ? OptionalInt.empty()
                : OptionalInt.of(shiftAdd.whole("count")),
            model(shiftAdd)),
        memory(pe.section("inputRegister"), sizes.inputs_B()),
        memory(pe.section("outputRegister"), sizes.sums_B()),
        others(pe),
        kernelParts(pe));
  }

  private KernelParts kernelParts(View.Section pe) {
    return new KernelParts(
        transposes.get(pe.word("transpose")),
        feedback(pe.section("feedback")),
        random(pe.section("random")));
  }

  private Optional<LoopAmplifier> feedback(View.Section feedback) {
    return feedback.kind().equals("none")
        ? Optional.empty()
        : Optional.of(
            new LoopAmplifier(
                feedback.number("gain"),
                feedback.number("bandwidth"),
                feedback.number("offset"),
                model(feedback)));
  }

  private RandomSource random(View.Section random) {
    return switch (random.kind()) {
      case "digital" -> new RandomSource.Digital(random.whole("count"), model(random));
      case "counter" ->
          new RandomSource.Counter(
              random.whole("count"),
              random.number("delay"),
              random.number("spread"),
              random.number("recovery"),
              random.number("clock"),
              model(random));
      case "device" -> new RandomSource.DeviceNoise(random.whole("count"), model(random));
      default -> RandomSource.NONE;
    };
  }

  private Input input(View.Section input, int inputBits) {
    Input.Encoding encoding = encodings.get(input.word("encoding"));
    OptionalInt bitsPerPulse =
        encoding == Input.Encoding.BIT_SERIAL ? OptionalInt.of(1) : OptionalInt.empty();
    if (encoding == Input.Encoding.AMPLITUDE) {
      bitsPerPulse = OptionalInt.of(inputBits);
    } else if (input.has("bitsPerPulse")) {
      bitsPerPulse = OptionalInt.of(input.whole("bitsPerPulse"));
    }
    return new Input(
        encoding,
        bitsPerPulse,
        combine(input),
        signs.get(input.word("sign")),
        optional(input, "pulse"),
        input.has("wordline") ? swing(input.section("wordline")) : Input.Swing.SUPPLY,
        new StatedInputErrors(
            input.has("mismatch")
                ? Optional.of(inputMismatch(input.section("mismatch")))
                : Optional.empty(),
            optional(input, "noise")),
        model(input));
  }

  private static InputErrors inputMismatch(View.Section mismatch) {
    return new InputErrors(
        mismatch.number("offset"), mismatch.number("gain"), mismatch.number("level"), 0);
  }

  private static OptionalInt combine(View.Section input) {
    if (!input.has("combine")) {
      return OptionalInt.of(1);
    }
    return input.isWord("combine", "value")
        ? OptionalInt.empty()
        : OptionalInt.of(input.whole("combine"));
  }

  private static Input.Swing swing(View.Section wordline) {
    return new Input.Swing(
        wordline.number("low"),
        wordline.isWord("high", "supply")
            ? OptionalDouble.empty()
            : OptionalDouble.of(wordline.number("high")));
  }

  private Readout readout(View.Section readout, Readout.FrontEnd frontEnd) {
    ReadoutKind kind = ReadoutKind.ofWord(readout.kind());
    if (kind.isDigital()) {
      // Exact: the bits follow from what is added.
      int columns = kind.keys().columns() > 0 ? readout.whole("columnsPerAdc") : 1;
      return new Readout(kind, EXACT_BITS, Readout.Range.FULL, columns, model(readout));
    }
    return new Readout(
        kind,
        readout.whole("bits"),
        readout.isWord("range", "full") ? Readout.Range.FULL : Readout.Range.CALIBRATED,
        readout.whole("columnsPerAdc"),
        statedErrors(readout),
        optional(readout, "step"),
        frontEnd,
        model(readout));
  }

  private static StatedErrors statedErrors(View.Section readout) {
    return new StatedErrors(
        readout.has("mismatch")
            ? Optional.of(mismatch(readout.section("mismatch")))
            : Optional.empty(),
        optional(readout, "noise"),
        optional(readout, "virtualGround"));
  }

  private static ConverterMismatch mismatch(View.Section mismatch) {
    return new ConverterMismatch(
        mismatch.number("offset"), mismatch.number("gain"), mismatch.number("bow"));
  }

  private Crossbar crossbar(View.Section chip) {
    View.Section crossbar = chip.section("crossbar");
    View.Section weights = crossbar.section("weights");
    Crossbar.Encoding encoding =
        weights.isWord("encoding", "offset")
            ? Crossbar.Encoding.OFFSET
            : weights.isWord("encoding", "xnor")
                ? Crossbar.Encoding.XNOR
                : Crossbar.Encoding.DIFFERENTIAL;
    Compute compute = compute(chip);
    return new Crossbar(
        crossbar.whole("perPe"),
        // A knob on perPe may leave fewer than work at once.
        Math.min(crossbar.whole("working"), crossbar.whole("perPe")),
        crossbar.whole("rows"),
        crossbar.whole("columns"),
        crossbar.whole("rowsActive"),
        new Crossbar.WeightEncoding(
            encoding,
            weights.isWord("flip", "true"),
            weights.isWord("pair", "rows"),
            weights.isWord("subtract", "digital"),
            combine(weights, compute.kind()),
            carryColumns(chip),
            crossbar.whole("referenceColumns")),
        new Crossbar.Wires(
            segment_ohm(crossbar.section("wires"), "wordline"),
            segment_ohm(crossbar.section("wires"), "bitline")),
        model(crossbar),
        compute,
        crossbar.isWord("skipZeroRows", "true"));
  }

  private static Compute compute(View.Section chip) {
    View.Section crossbar = chip.section("crossbar");
    // What compute says holds for all readouts that a spec may choose; it was checked.
    boolean adder = chip.section("pe").section("readout").kind().startsWith("adder");
    Compute.Kind kind =
        adder
            ? Compute.Kind.DIGITAL
            : crossbar.has("compute") && crossbar.isWord("compute", "charge")
                ? Compute.Kind.CHARGE
                : Compute.Kind.CURRENT;
    View.Section cell = chip.section("cell");
    return new Compute(
        kind, cell.number("capacitor"), cell.whole("banks"), optional(crossbar, "passTime"));
  }

  private static OptionalInt combine(View.Section weights, Compute.Kind compute) {
    if (!weights.has("combine")) {
      return compute == Compute.Kind.DIGITAL ? OptionalInt.empty() : OptionalInt.of(1);
    }
    return weights.isWord("combine", "weight")
        ? OptionalInt.empty()
        : OptionalInt.of(weights.whole("combine"));
  }

  /** Carries of a sum of rows ripple into log2(rows) further columns of an in-cell adder chain. */
  private static int carryColumns(View.Section chip) {
    if (!chip.section("pe").section("readout").kind().equals("adderChain")) {
      return 0;
    }
    int rows = chip.section("crossbar").whole("rowsActive");
    return 32 - Integer.numberOfLeadingZeros(Math.max(1, rows - 1));
  }

  private static OptionalDouble segment_ohm(View.Section wires, String line) {
    return wires.isWord(line, "nominal")
        ? OptionalDouble.empty()
        : OptionalDouble.of(wires.number(line) * OHM_PER_MOHM);
  }

  private Cell cell(View.Section cell, int analogBits) {
    Access access =
        cell.isWord("access", "1T1R")
            ? Access.ONE_TRANSISTOR
            : cell.isWord("access", "1S1R") ? Access.ONE_SELECTOR : Access.PASSIVE;
    Device device = devices.device(cell.section("device"));
    if (cell.has("area")) {
      device = DeviceBinder.inCell(device, cell.number("area"), cell.raw("area").place());
    }
    return new Cell(
        device,
        access,
        cell.isWord("bits", "analog") ? Math.min(MOST_CELL_BITS, analogBits) : cell.whole("bits"),
        readVoltage_V(cell, device),
        cell.isWord("readRail", "own"),
        cell.isWord("bitline", "held"));
  }

  private static double readVoltage_V(View.Section cell, Device device) {
    return cell.isWord("readVoltage", "device")
        ? device.read().voltage_V().orElse(USUAL_READ_V)
        : cell.number("readVoltage");
  }

  private ComponentModel model(View.Section section) {
    if (!section.has("model")) {
      return ComponentModel.standard();
    }
    if (!section.isSection("model")) {
      return new ComponentModel.Named(section.word("model"));
    }
    View.Section figures = section.section("model");
    ComponentModel known = givens.get(figures.undecided());
    if (known != null) {
      return known;
    }
    ComponentModel given = given(figures);
    if (DeviceBinder.isPlain(figures.undecided())) {
      givens.put(figures.undecided(), given);
    }
    return given;
  }

  private ComponentModel given(View.Section figures) {
    FileTechnology technology = technologies.apply(figures.place());
    OptionalDouble time_ns = optional(figures, "time");
    if (time_ns.isEmpty() && figures.has("rate")) {
      time_ns = OptionalDouble.of(1 / figures.number("rate"));
    }
    Map<String, Double> energy_fJ = new HashMap<>();
    if (figures.raw("energy") instanceof Value.PerAction perAction) {
      perAction.numbers().forEach((action, number) -> energy_fJ.put(action, number.number()));
    }
    return new ComponentModel.Given(
        optional(figures, "area"),
        optional(figures, "power"),
        energy_fJ,
        optional(figures, "leakage"),
        time_ns,
        new ComponentModel.Origin(
            figures.has("node") ? figures.number("node") * UM_TO_NM : technology.node_nm(),
            figures.has("supply") ? figures.number("supply") : technology.supply_V(),
            figures.place().fileAndLine(),
            figures.has("source") ? figures.word("source") : ""));
  }

  private static OptionalDouble optional(View.Section section, String key) {
    return section.has(key) ? OptionalDouble.of(section.number(key)) : OptionalDouble.empty();
  }
}
