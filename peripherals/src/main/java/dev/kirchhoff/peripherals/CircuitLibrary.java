package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.peripherals.library.CircuitData;
import dev.kirchhoff.peripherals.library.Uncertainty;
import dev.kirchhoff.peripherals.readout.AddedColumn;
import dev.kirchhoff.peripherals.readout.AdderChain;
import dev.kirchhoff.peripherals.readout.AdderTree;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The circuit models by name: what {@code model: NAME} may say, what {@code catalog circuits}
 * lists. Where published models disagree they stand side by side.
 */
public final class CircuitLibrary {

  /**
   * Model of the library.
   *
   * @param name its name in a spec
   * @param part the part that it prices
   * @param kind the kind of that part, or empty
   * @param standard true if it is the default of its kind
   * @param implied true if it follows from the kind of a part and is no model to choose
   * @param converter of a readout of an analogue sum, its converter on a column
   */
  public record Entry(
      String name,
      Part part,
      String kind,
      boolean standard,
      boolean implied,
      Optional<Function<ReadoutColumn, Converter>> converter) {

    /** Range, source, band and constants, as its file states them. */
    public CircuitData data() {
      return CircuitData.of(name);
    }
  }

  private CircuitLibrary() {}

  /** All models. */
  public static List<Entry> entries() {
    return CircuitModels.ALL;
  }

  /**
   * Names that a part's {@code model} may say; buffers and registers share theirs, as do adders.
   */
  public static List<String> names(Part part) {
    List<Part> family =
        switch (part) {
          case INPUT_REGISTER, OUTPUT_REGISTER, TILE_OUTPUT_REGISTER, TILE_BUFFER, GLOBAL_BUFFER ->
              List.of(Part.INPUT_REGISTER, Part.TILE_BUFFER);
          case RELU, SIGMOID, MAX_POOL, TILE_SHIFT_ADD, VECTOR, SHIFT_ADD ->
              List.of(Part.SHIFT_ADD);
          default -> List.of(part);
        };
    return CircuitModels.ALL.stream()
        .filter(e -> family.contains(e.part()) && !e.implied())
        .map(Entry::name)
        .toList();
  }

  /** Refuses a name that no model of a part has. */
  static void requireName(Part part, String name) {
    List<String> known = names(part);
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "The model ("
              + name
              + ") of "
              + part.word()
              + " is not in the library.\nMaybe one of "
              + String.join(", ", known)
              + ".");
    }
  }

  /**
   * True if a model is part of our library, as opposed to published figures or a fit to another
   * tool.
   */
  public static boolean isStandard(ComponentModel model) {
    if (model instanceof ComponentModel.Named named) {
      Entry entry = CircuitModels.BY_NAME.get(named.name());
      return entry != null && entry.standard();
    }
    return model instanceof ComponentModel.Default;
  }

  /** The entry that prices a readout. */
  static Entry entry(Readout readout) {
    if (readout.model() instanceof ComponentModel.Named named) {
      requireName(Part.READOUT, named.name());
      return CircuitModels.BY_NAME.get(named.name());
    }
    return CircuitModels.usual(readout.kind());
  }

  /**
   * Source of error of a part of a chip where the spec gives no figures: its model, together with
   * the models of its family. Circuits that serve converters of any family (amplifiers, samples,
   * multiplexers, drivers of rows) err by themselves, alike before every converter; so do wires,
   * routers and links, for which one source has 1.6x of our wires and 0.4x of our router.
   */
  static ErrorSource error(Chip chip, Part part, Quantity quantity) {
    String priced = model(chip, part);
    if (priced.isEmpty()) {
      return ErrorSource.NONE;
    }
    CircuitData data = CircuitData.of(priced);
    boolean scaled = data.isScaled(chip.technology().node_nm());
    String model = scaled ? priced + ", scaled" : priced;
    Uncertainty uncertainty = scaled ? data.scaled().orElseThrow().band() : data.band();
    Spread spread =
        switch (quantity) {
          case ENERGY -> uncertainty.energy();
          case AREA -> uncertainty.area();
          case TIME -> Spread.NONE;
        };
    String family =
        switch (part) {
          case FRONT_END, SAMPLE_HOLD, COLUMN_MUX, INPUT, BUS, INTERCONNECT, IO -> model;
          default -> Families.of(chip, part).word();
        };
    return new ErrorSource(family, model, quantity, spread);
  }

  /**
   * The model that prices a part of a chip where the spec gives no figures: of a readout the one
   * that it names or the default of its kind, of other parts the one of their kind; empty for parts
   * that only a spec can price and for control, a share of what it controls.
   */
  private static String model(Chip chip, Part part) {
    if (part == Part.READOUT) {
      return entry(chip.pe().readout()).name();
    }
    if (part.isOthers() || part == Part.CONTROL) {
      return "";
    }
    String neurosim = NeurosimCircuits.model(chip, part);
    return neurosim.isEmpty() ? ownModel(chip, part) : neurosim;
  }

  private static String ownModel(Chip chip, Part part) {
    return switch (part) {
      case CROSSBAR ->
          switch (chip.crossbar().compute().kind()) {
            case CURRENT ->
                chip.cell().dischargesBitline() ? CircuitModels.SRAM_ARRAY : "physical-array";
            case CHARGE -> CircuitModels.CHARGE_ARRAY;
            case DIGITAL -> CircuitModels.DIGITAL_ARRAY;
          };
      case READOUT, CONTROL, PE_OTHERS, TILE_OTHERS, CHIP_OTHERS -> "physical-array";
      case INPUT -> "row-driver";
      case ROW_SELECTOR -> "row-selector";
      case FRONT_END -> "two-stage-tia";
      case SAMPLE_HOLD -> "sample-hold";
      case COLUMN_MUX -> "transmission-gate";
      case WRITE_DRIVER -> "write-driver";
      case SHIFT_ADD, RELU, SIGMOID, MAX_POOL, TILE_SHIFT_ADD, VECTOR -> "ripple-accumulator";
      case INPUT_REGISTER -> memory(chip.pe().inputRegister());
      case OUTPUT_REGISTER -> memory(chip.pe().outputRegister());
      case TILE_BUFFER -> memory(chip.tile().buffer());
      case TILE_OUTPUT_REGISTER -> memory(chip.tile().outputRegister());
      case GLOBAL_BUFFER -> memory(chip.uncore().globalBuffer());
      case BUS -> "repeated-wires";
      case INTERCONNECT ->
          switch (chip.uncore().interconnect().kind().medium()) {
            case WIRES -> "repeated-wires";
            case SWITCHES -> "switch-box";
            case ROUTERS, NONE -> "router-orion";
          };
      case IO ->
          switch (chip.uncore().io().kind()) {
            case HYPER_TRANSPORT -> "hyper-transport";
            case PARALLEL, NONE -> "pads";
            case LPDDR4, DDR3, GDDR5, HBM2 -> "off-chip-memory";
          };
    };
  }

  private static String memory(Memory memory) {
    return switch (memory.kind()) {
      case SRAM -> "sram-6t";
      case EDRAM -> "edram-puma";
      case REGISTER_FILE, NONE -> "flip-flops";
    };
  }

  /** Adders of a digital readout. */
  static Converter adder(Process process, Readout readout, AddedColumn column) {
    return readout.kind() == ReadoutKind.ADDER_CHAIN
        ? new AdderChain(process, column)
        : new AdderTree(process, column);
  }

  /** Converter of a readout on a column. */
  static Converter converter(Readout readout, ReadoutColumn column) {
    return entry(readout)
        .converter()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A readout of kind ("
                        + readout.kind().word()
                        + ") adds bits.\nMaybe crossbar.compute should be digital."))
        .apply(column);
  }
}
