package dev.kirchhoff.peripherals;

import static dev.kirchhoff.peripherals.LibraryEntries.ADDER_CHAIN;
import static dev.kirchhoff.peripherals.LibraryEntries.ADDER_TREE;
import static dev.kirchhoff.peripherals.LibraryEntries.CHARGE_ARRAY;
import static dev.kirchhoff.peripherals.LibraryEntries.DIGITAL_ARRAY;
import static dev.kirchhoff.peripherals.LibraryEntries.H_TREE;
import static dev.kirchhoff.peripherals.LibraryEntries.INTEGRATOR;
import static dev.kirchhoff.peripherals.LibraryEntries.ISAAC_SAR;
import static dev.kirchhoff.peripherals.LibraryEntries.NEUROSIM_FLASH;
import static dev.kirchhoff.peripherals.LibraryEntries.NEUROSIM_SAR;
import static dev.kirchhoff.peripherals.LibraryEntries.NEUROSIM_VOLTAGE_FLASH;
import static dev.kirchhoff.peripherals.LibraryEntries.SRAM_ARRAY;
import static dev.kirchhoff.peripherals.LibraryEntries.SURVEY;

import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.peripherals.neurosim.MeasuredConverter;
import dev.kirchhoff.peripherals.readout.AddedColumn;
import dev.kirchhoff.peripherals.readout.AdderChain;
import dev.kirchhoff.peripherals.readout.AdderTree;
import dev.kirchhoff.peripherals.readout.ChargeDecrementConverter;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.FlashConverter;
import dev.kirchhoff.peripherals.readout.IntegrateFireConverter;
import dev.kirchhoff.peripherals.readout.OscillatorConverter;
import dev.kirchhoff.peripherals.readout.PublishedConverter;
import dev.kirchhoff.peripherals.readout.PulseTrain;
import dev.kirchhoff.peripherals.readout.RampConverter;
import dev.kirchhoff.peripherals.readout.RescaledSar;
import dev.kirchhoff.peripherals.readout.SarConverter;
import dev.kirchhoff.peripherals.readout.SenseAmplifier;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.readout.SurveyConverter;
import dev.kirchhoff.peripherals.readout.TimeToDigitalConverter;
import dev.kirchhoff.peripherals.readout.VoltageSenseAmplifier;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;
import java.util.Optional;

/**
 * The circuit models by name: what {@code model: NAME} may say, what {@code catalog circuits}
 * lists. Where published models disagree they stand side by side.
 */
public final class CircuitLibrary {

  /**
   * A model of the library.
   *
   * @param name its name in a spec
   * @param part the part that it prices
   * @param kind the kind of that part, or empty
   * @param standard whether it is the default of its kind
   * @param range nodes and settings that it holds for
   * @param source paper or tool; node; read, fitted or assumed
   * @param sentence what it is, in one sentence
   * @param uncertainty how far other published figures lie from it
   */
  public record Entry(
      String name,
      Part part,
      String kind,
      boolean standard,
      Range range,
      String source,
      String sentence,
      Uncertainty uncertainty) {}

  /**
   * Range of validity.
   *
   * @param fewestBits least bits, or 0 where bits do not matter
   * @param mostBits most bits, or 0
   * @param smallest_nm smallest node
   * @param largest_nm largest node
   */
  public record Range(int fewestBits, int mostBits, double smallest_nm, double largest_nm) {}

  /** The survey needs a rate beside bits: that of the default SAR at 8 bits (assumed). */
  private static final int SURVEY_RATE_BITS = 8;

  private static final double ROOM_K = 300;

  /** They follow from crossbar.compute and the kind of a part and are no models to choose. */
  private static final List<String> IMPLIED =
      List.of(ADDER_TREE, ADDER_CHAIN, CHARGE_ARRAY, SRAM_ARRAY, DIGITAL_ARRAY, INTEGRATOR, H_TREE);

  private CircuitLibrary() {}

  /** All models. */
  public static List<Entry> entries() {
    return LibraryEntries.ALL;
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
    return LibraryEntries.ALL.stream()
        .filter(e -> family.contains(e.part()) && !IMPLIED.contains(e.name()))
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
      return LibraryEntries.OWN.stream()
          .anyMatch(e -> e.standard() && e.name().equals(named.name()));
    }
    return model instanceof ComponentModel.Default;
  }

  /** The entry that prices a readout. */
  static Entry entry(Readout readout) {
    String kind = readout.kind().word();
    String name = readout.model() instanceof ComponentModel.Named named ? named.name() : "";
    for (Entry entry : LibraryEntries.ALL) {
      if (entry.part() == Part.READOUT
          && (name.isEmpty()
              ? entry.standard() && entry.kind().equals(kind)
              : entry.name().equals(name))) {
        return entry;
      }
    }
    throw new IllegalStateException(
        "No readout model is named (" + name + ") or stands for " + kind + ".");
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
    String model = Uncertainties.at(chip.technology().node_nm(), priced);
    Uncertainty uncertainty = Uncertainties.of(model);
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
            case CURRENT -> chip.cell().dischargesBitline() ? SRAM_ARRAY : "physical-array";
            case CHARGE -> CHARGE_ARRAY;
            case DIGITAL -> DIGITAL_ARRAY;
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
          switch (chip.uncore().interconnect().kind()) {
            case H_TREE, BUS -> "repeated-wires";
            case RECONFIGURABLE -> "switch-box";
            case NONE, RING, MESH, CONCENTRATED_MESH, TORUS, FAT_TREE -> "router-orion";
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

  /** The adders of a digital readout. */
  static Converter adder(Process process, Readout readout, AddedColumn column) {
    return readout.kind() == ReadoutKind.ADDER_CHAIN
        ? new AdderChain(process, column)
        : new AdderTree(process, column);
  }

  /**
   * Design conditions of a converter.
   *
   * @param load the column that it reads
   * @param signal what it is designed for
   * @param train what the inputs send in a pass
   * @param pulses_ns time of the inputs' pulses
   * @param sharers converters beside each other that may share a reference
   * @param cycle_ns one clock cycle
   * @param stated_ns time of a conversion that is stated, or 0
   */
  record Column(
      ColumnLoad load,
      Signal signal,
      PulseTrain train,
      double pulses_ns,
      int sharers,
      double cycle_ns,
      double stated_ns) {

    /** A column alone that single pulses of one cycle are sent to. */
    static Column of(ColumnLoad load, Signal signal, double cycle_ns) {
      return new Column(load, signal, PulseTrain.ONE, cycle_ns, 1, cycle_ns, 0);
    }
  }

  /** The converter of a readout on a column. */
  static Converter converter(Process process, Readout readout, Column column) {
    if (readout.model() instanceof ComponentModel.Named named) {
      return named(process, readout.bits(), named.name(), column)
          .orElseGet(
              () -> {
                Entry entry = entry(readout);
                return standard(process, kind(entry.kind()), readout, column);
              });
    }
    return standard(process, readout.kind(), readout, column);
  }

  private static ReadoutKind kind(String word) {
    for (ReadoutKind kind : ReadoutKind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new IllegalStateException("No readout is of kind (" + word + ").");
  }

  /** A model that is not the default of its kind. */
  private static Optional<Converter> named(Process process, int bits, String name, Column column) {
    ColumnLoad load = column.load();
    switch (name) {
      case ISAAC_SAR -> {
        return Optional.of(new RescaledSar(process, bits));
      }
      case SURVEY -> {
        Signal signal = Signal.ofVoltage(process, SURVEY_RATE_BITS, ROOM_K);
        double rate_ns = new SarConverter(process, signal, 0).time_ns();
        return Optional.of(new SurveyConverter(process, bits, rate_ns));
      }
      case NEUROSIM_SAR -> {
        return Optional.of(measured(process, MeasuredConverter.Kind.SAR, bits, load));
      }
      case NEUROSIM_FLASH -> {
        return Optional.of(measured(process, MeasuredConverter.Kind.FLASH, bits, load));
      }
      case NEUROSIM_VOLTAGE_FLASH -> {
        return Optional.of(measured(process, MeasuredConverter.Kind.VOLTAGE_FLASH, bits, load));
      }
      default -> {
        for (PublishedConverter.Row row : PublishedConverter.TABLE) {
          if (row.name().equals(name)) {
            return Optional.of(new PublishedConverter(process, row));
          }
        }
        requireName(Part.READOUT, name);
        return Optional.empty();
      }
    }
  }

  private static Converter measured(
      Process process, MeasuredConverter.Kind kind, int bits, ColumnLoad load) {
    return new MeasuredConverter(process, kind, bits, load.readVoltage_V());
  }

  private static Converter standard(
      Process process, ReadoutKind kind, Readout readout, Column column) {
    Signal signal = column.signal();
    double pulses_ns = column.pulses_ns();
    double step_ns = readout.step_ns();
    return switch (kind) {
      case SAR ->
          new SarConverter(
              process, signal, step_ns > 0 ? step_ns * (signal.bits() + 1) : column.stated_ns());
      case FLASH -> new FlashConverter(process, signal, step_ns > 0 ? step_ns : column.cycle_ns());
      case SENSE_AMPLIFIER ->
          signal.range_uA() > 0
              ? new SenseAmplifier(process, signal, pulses_ns, step_ns)
              : new VoltageSenseAmplifier(process, signal, step_ns);
      case RAMP -> new RampConverter(process, signal, column.sharers(), step_ns);
      case CHARGE_DECREMENT ->
          new ChargeDecrementConverter(process, signal, column.train(), step_ns);
      case OSCILLATOR ->
          new OscillatorConverter(process, signal, column.train(), pulses_ns, step_ns);
      case INTEGRATE_FIRE ->
          new IntegrateFireConverter(process, signal, column.train(), pulses_ns, step_ns);
      case TIME_TO_DIGITAL ->
          new TimeToDigitalConverter(process, signal, column.train(), pulses_ns, step_ns);
      case ADDER_TREE, ADDER_CHAIN ->
          throw new IllegalArgumentException(
              "A readout of kind ("
                  + kind.word()
                  + ") adds bits.\nMaybe crossbar.compute should be digital.");
    };
  }
}
