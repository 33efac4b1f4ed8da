package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.peripherals.neurosim.MeasuredConverter;
import dev.kirchhoff.peripherals.readout.AddedColumn;
import dev.kirchhoff.peripherals.readout.AdderChain;
import dev.kirchhoff.peripherals.readout.AdderTree;
import dev.kirchhoff.peripherals.readout.ChargeDecrementConverter;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.CountingConverter;
import dev.kirchhoff.peripherals.readout.FlashConverter;
import dev.kirchhoff.peripherals.readout.PublishedConverter;
import dev.kirchhoff.peripherals.readout.PulseTrain;
import dev.kirchhoff.peripherals.readout.RampConverter;
import dev.kirchhoff.peripherals.readout.RescaledSar;
import dev.kirchhoff.peripherals.readout.SarConverter;
import dev.kirchhoff.peripherals.readout.SenseAmplifier;
import dev.kirchhoff.peripherals.readout.SurveyConverter;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.ArrayList;
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

  private static final String ISAAC_SAR = "isaac-sar";
  static final String SURVEY = "survey-2025";

  /** The survey needs a rate beside bits: that of the default SAR at 8 bits (assumed). */
  private static final int SURVEY_RATE_BITS = 8;

  private static final String ADDER_TREE = "adder-tree";
  private static final String ADDER_CHAIN = "adder-chain";
  private static final String CHARGE_ARRAY = "charge-array";
  private static final String SRAM_ARRAY = "sram-bitline-array";
  private static final String DIGITAL_ARRAY = "digital-array";
  private static final String NEUROSIM_SAR = "neurosim-sar-fit";
  private static final String NEUROSIM_FLASH = "neurosim-flash-fit";
  private static final String NEUROSIM_VOLTAGE_FLASH = "neurosim-voltage-flash-fit";
  private static final String ZIGZAG = "ZigZag-IMC, arXiv 2305.18335, 28 nm, 0.9 V; read";
  private static final String NEUROSIM =
      "measured on DNN+NeuroSim V1.3, doi 10.1109/IEDM19573.2019.8993491, 130..7 nm; fitted";
  private static final String PUMA = "PUMA simulator, doi 10.1145/3297858.3304049, 32 nm; fitted";

  /** They follow from crossbar.compute and the kind of the readout and are no models to choose. */
  private static final List<String> IMPLIED =
      List.of(ADDER_TREE, ADDER_CHAIN, CHARGE_ARRAY, SRAM_ARRAY, DIGITAL_ARRAY);

  private static final Range LOGIC = new Range(0, 0, 7, 130);

  private static final List<Entry> ENTRIES =
      List.of(
          readout(
              "sar-28nm",
              "sar",
              true,
              new Range(1, 12, 7, 130),
              ZIGZAG,
              "SAR fitted to 28 nm compute-in-memory chips: (100 B + 0.001 4^B) fF V^2."),
          readout(
              ISAAC_SAR,
              "sar",
              false,
              new Range(4, 10, 7, 130),
              "ISAAC, doi 10.1109/ISCA.2016.12, rescaled after Saberi 2011, 32 nm; read",
              "ISAAC's 8-bit converter rescaled to other resolutions."),
          readout(
              SURVEY,
              "sar",
              false,
              new Range(4, 14, 7, 180),
              "Murmann's ADC survey, regression of arXiv 2404.06553; fitted",
              "Lower envelope of published converters of any architecture; bits are effective"
                  + " bits."),
          readout(
              NEUROSIM_SAR,
              "sar",
              false,
              new Range(3, 8, 7, 130),
              NEUROSIM,
              "SAR of a benchmark tool; prices the array's read current too."),
          readout(
              "flash-28nm",
              "flash",
              true,
              new Range(1, 8, 7, 130),
              "comparator: MNSIM 2.0 ADC option 8, 28 nm; bias and area assumed",
              "2^B - 1 comparators and an encoder, one cycle."),
          readout(
              NEUROSIM_FLASH,
              "flash",
              false,
              new Range(1, 8, 7, 130),
              NEUROSIM,
              "Flash of current-mode sense amplifiers of a benchmark tool; prices the array's"
                  + " read current too."),
          readout(
              NEUROSIM_VOLTAGE_FLASH,
              "flash",
              false,
              new Range(1, 8, 7, 130),
              NEUROSIM,
              "The same with voltage-mode sense amplifiers."),
          readout(
              "current-sense",
              "senseAmplifier",
              true,
              new Range(1, 4, 7, 130),
              "Xue et al., JSSC 2020, doi 10.1109/JSSC.2019.2951363; mirror, bias and area assumed",
              "Current-mode binary search against a reference current."),
          readout(
              ADDER_TREE,
              "adderTree",
              true,
              LOGIC,
              ZIGZAG,
              "Ripple adders in a tree over the active rows; exact."),
          readout(
              ADDER_CHAIN,
              "adderChain",
              true,
              LOGIC,
              "Colonnade, doi 10.1109/JSSC.2021.3061508; " + ZIGZAG,
              "Full adder in every cell, registers every 8 rows; exact."),
          readout(
              "shared-ramp",
              "ramp",
              true,
              new Range(1, 10, 7, 130),
              "comparator: MNSIM 2.0 ADC option 8, 28 nm, read; bias and area assumed",
              "A ramp of 2^B steps for all columns, a comparator and a latch each."),
          readout(
              "cco-hermes",
              "oscillator",
              true,
              new Range(1, 12, 7, 130),
              "HERMES, doi 10.1109/VLSICircuits52068.2021.9492362, 14 nm: step read; rest assumed",
              "Current-controlled oscillator and counter, counts while inputs pulse."),
          readout(
              "neuron-neurram",
              "chargeDecrement",
              true,
              new Range(1, 12, 40, 180),
              "NeuRRAM, doi 10.1038/s41586-022-04992-8, 130 nm, 1.8 V; read",
              "Voltage-mode neuron: integrates samples, takes charge away step by step."),
          readout(
              "tdc-timely",
              "timeToDigital",
              true,
              new Range(1, 10, 7, 130),
              "TIMELY, ISCA 2020, table II, 65 nm; read, step assumed",
              "The column discharges a capacitor against a delay line."),
          readout(
              "spike-counter",
              "integrateFire",
              true,
              new Range(1, 12, 7, 130),
              "assumed",
              "A neuron fires for each quantum of charge; spikes are counted."),
          other(
              "row-driver",
              Part.INPUT,
              "",
              ZIGZAG,
              "Latch, output stage sized for the row's current, DAC above one bit."),
          other(
              "two-stage-tia",
              Part.FRONT_END,
              "",
              "amplifier theory; assumed",
              "Virtual ground sized for column and load."),
          other(
              "sample-hold",
              Part.SAMPLE_HOLD,
              "",
              "kT/C noise and droop",
              "Capacitor sized for noise and droop."),
          other(
              "transmission-gate",
              Part.COLUMN_MUX,
              "",
              "ITRS on-current; drop assumed",
              "One transmission gate a column."),
          other("ripple-accumulator", Part.SHIFT_ADD, "", ZIGZAG, "Ripple adder and register."),
          other(
              "flip-flops",
              Part.INPUT_REGISTER,
              "registerFile",
              ZIGZAG,
              "Flip-flops with a read multiplexer."),
          other(
              "sram-6t",
              Part.TILE_BUFFER,
              "sram",
              "foundry 6T cells; CACTI-like; assumed",
              "Banked 6T SRAM of a size, width and number of ports, with wires across."),
          other(
              "edram-puma",
              Part.TILE_BUFFER,
              "edram",
              PUMA,
              "Power law through 64 and 128 KB, refresh beside it."),
          other(
              "repeated-wires",
              Part.BUS,
              "",
              "ITRS wires; pitch fitted to ISAAC",
              "Repeated wires over a tile."),
          other(
              "router-orion",
              Part.INTERCONNECT,
              "mesh",
              PUMA,
              "Power law through routers of 4 and 8 ports, and a link."),
          other(
              "switch-box",
              Part.INTERCONNECT,
              "reconfigurable",
              "Betz, Rose and Marquardt 1999; buffers and cells assumed",
              "Six switches a crossing of tracks, their configuration cells and a segment."),
          other(
              "hyper-transport",
              Part.IO,
              "hyperTransport",
              "ISAAC, doi 10.1109/ISCA.2016.12; read",
              "Serial link, power drawn always."),
          other(
              "off-chip-memory",
              Part.IO,
              "lpddr4, ddr3, gddr5, hbm2",
              "table of Accelergy's CACTI plug-in; read; controller assumed",
              "Memory and its interface, energy of a bit."),
          other(
              "pads",
              Part.IO,
              "parallel",
              "5 pF, 1.8 V, 0.8 Gb/s; assumed",
              "Plain pads switched at a quarter of the rate."),
          other(
              "physical-array",
              Part.CROSSBAR,
              "",
              "circuit laws; ITRS wires",
              "Cells, lines and row decoder; currents by Ohm's law."),
          other(
              "write-driver",
              Part.WRITE_DRIVER,
              "",
              "ITRS on-current; level shifter assumed",
              "Driver sized for the write current, with a level shifter where it needs one."),
          other(
              CHARGE_ARRAY,
              Part.CROSSBAR,
              "charge",
              "Jia et al., JSSC 2020, doi 10.1109/JSSC.2020.2987714; " + ZIGZAG,
              "SRAM cells that multiply onto unit capacitors; C V^2 and local gates."),
          other(
              SRAM_ARRAY,
              Part.CROSSBAR,
              "current",
              "Sinangil et al., JSSC 2021, doi 10.1109/JSSC.2020.3031290; ITRS wires",
              "SRAM cells that discharge precharged bitlines; C V^2 of what they take."),
          other(
              DIGITAL_ARRAY,
              Part.CROSSBAR,
              "digital",
              ZIGZAG,
              "SRAM cells with a gate that multiplies, and an adder each in a chain."),
          neurosim(
              NeurosimCircuits.ARRAY,
              Part.CROSSBAR,
              "Sub-array of a benchmark tool: cells, switch matrices, level shifters, mux, decoders."),
          neurosim(
              NeurosimCircuits.LOGIC,
              Part.SHIFT_ADD,
              "Shift-and-adds, adders, rectifiers and maxima of a benchmark tool."),
          neurosim(
              NeurosimCircuits.FEED,
              Part.INPUT_REGISTER,
              "Input register at the leaf of a benchmark tool's tree; a bit pays its way there."),
          neurosim(
              NeurosimCircuits.BUFFER,
              Part.TILE_BUFFER,
              "Register files and SRAM of a benchmark tool, per bit."),
          neurosim(NeurosimCircuits.BUS, Part.BUS, "Wires of a benchmark tool over a tile."),
          neurosim(
              NeurosimCircuits.H_TREE,
              Part.INTERCONNECT,
              "H-tree of a benchmark tool between tiles."));

  private static final List<Entry> ALL = all();

  private CircuitLibrary() {}

  private static List<Entry> all() {
    List<Entry> all = new ArrayList<>(ENTRIES);
    for (PublishedConverter.Row row : PublishedConverter.TABLE) {
      all.add(
          readout(
              row.name(),
              row.bits() < 6 ? "flash" : "sar",
              false,
              new Range(row.bits(), row.bits(), 7, 130),
              row.source(),
              "As published, at its own bits and rate."));
    }
    return List.copyOf(all);
  }

  private static Entry readout(
      String name, String kind, boolean standard, Range range, String source, String sentence) {
    Uncertainty uncertainty = Uncertainties.of(name);
    return new Entry(name, Part.READOUT, kind, standard, range, source, sentence, uncertainty);
  }

  private static Entry other(String name, Part part, String kind, String source, String sentence) {
    return new Entry(name, part, kind, true, LOGIC, source, sentence, Uncertainties.of(name));
  }

  private static Entry neurosim(String name, Part part, String sentence) {
    return new Entry(name, part, "", false, LOGIC, NEUROSIM, sentence, Uncertainties.of(name));
  }

  /** All models. */
  public static List<Entry> entries() {
    return ALL;
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
    return ALL.stream()
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

  /** Whether a model is one of ours, not published figures or a fit to another tool. */
  public static boolean isStandard(ComponentModel model) {
    if (model instanceof ComponentModel.Named named) {
      return ENTRIES.stream().anyMatch(e -> e.standard() && e.name().equals(named.name()));
    }
    return model instanceof ComponentModel.Default;
  }

  /** The entry that prices a readout. */
  static Entry entry(Readout readout) {
    String kind = readout.kind().word();
    String name = readout.model() instanceof ComponentModel.Named named ? named.name() : "";
    for (Entry entry : ALL) {
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
   * The uncertainty of what prices a part of a chip where the spec gives no figures: a readout has
   * that of its model, other parts that of the one model of their kind.
   */
  static Uncertainty uncertainty(Chip chip, Part part) {
    if (part == Part.READOUT) {
      return entry(chip.pe().readout()).uncertainty();
    }
    if (part.isOthers()) {
      return new Uncertainty(Spread.NONE, Spread.NONE);
    }
    String neurosim = NeurosimCircuits.model(chip, part);
    if (!neurosim.isEmpty()) {
      return Uncertainties.of(neurosim);
    }
    return Uncertainties.of(
        switch (part) {
          case CROSSBAR ->
              switch (chip.crossbar().compute().kind()) {
                case CURRENT ->
                    chip.cell().device().family() == Family.SRAM ? SRAM_ARRAY : "physical-array";
                case CHARGE -> CHARGE_ARRAY;
                case DIGITAL -> DIGITAL_ARRAY;
              };
          case READOUT, CONTROL, PE_OTHERS, TILE_OTHERS, CHIP_OTHERS -> "physical-array";
          case INPUT -> "row-driver";
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
                case H_TREE -> "repeated-wires";
                case RECONFIGURABLE -> "switch-box";
                case NONE, MESH, CONCENTRATED_MESH -> "router-orion";
              };
          case IO ->
              switch (chip.uncore().io().kind()) {
                case HYPER_TRANSPORT -> "hyper-transport";
                case PARALLEL, NONE -> "pads";
                case LPDDR4, DDR3, GDDR5, HBM2 -> "off-chip-memory";
              };
        });
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
    return readout.kind() == Readout.ReadoutKind.ADDER_CHAIN
        ? new AdderChain(process, column)
        : new AdderTree(process, column);
  }

  /**
   * What a converter stands on.
   *
   * @param load the column that it reads
   * @param train what the inputs send in a pass
   * @param pulses_ns time of the inputs' pulses
   * @param sharers converters beside each other that may share a reference
   * @param cycle_ns one clock cycle
   */
  record Column(ColumnLoad load, PulseTrain train, double pulses_ns, int sharers, double cycle_ns) {

    /** A column alone that single pulses of one cycle are sent to. */
    static Column of(ColumnLoad load, double cycle_ns) {
      return new Column(load, PulseTrain.ONE, cycle_ns, 1, cycle_ns);
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

  private static Readout.ReadoutKind kind(String word) {
    for (Readout.ReadoutKind kind : Readout.ReadoutKind.values()) {
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
        double rate_ns = new SarConverter(process, SURVEY_RATE_BITS, load.rows()).time_ns();
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
      Process process, Readout.ReadoutKind kind, Readout readout, Column column) {
    int bits = readout.bits();
    ColumnLoad load = column.load();
    double cycle_ns = column.cycle_ns();
    double step_ns = readout.step_ns();
    return switch (kind) {
      case SAR -> new SarConverter(process, bits, load.rows());
      case FLASH -> new FlashConverter(process, bits, cycle_ns);
      case SENSE_AMPLIFIER ->
          new SenseAmplifier(
              process, bits, load, column.pulses_ns(), step_ns > 0 ? step_ns : cycle_ns);
      case RAMP ->
          new RampConverter(process, bits, column.sharers(), step_ns > 0 ? step_ns : cycle_ns);
      case CHARGE_DECREMENT -> new ChargeDecrementConverter(process, bits, column.train(), step_ns);
      case OSCILLATOR -> counting(process, CountingConverter.Kind.OSCILLATOR, readout, column);
      case INTEGRATE_FIRE ->
          counting(process, CountingConverter.Kind.INTEGRATE_FIRE, readout, column);
      case TIME_TO_DIGITAL ->
          counting(process, CountingConverter.Kind.TIME_TO_DIGITAL, readout, column);
      case ADDER_TREE, ADDER_CHAIN ->
          throw new IllegalArgumentException(
              "A readout of kind ("
                  + kind.word()
                  + ") adds bits.\nMaybe crossbar.compute should be digital.");
    };
  }

  private static Converter counting(
      Process process, CountingConverter.Kind kind, Readout readout, Column column) {
    return new CountingConverter(
        process, kind, readout.bits(), column.train(), column.pulses_ns(), readout.step_ns());
  }
}
