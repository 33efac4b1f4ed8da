package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.peripherals.readout.AddedColumn;
import dev.kirchhoff.peripherals.readout.AdderChain;
import dev.kirchhoff.peripherals.readout.AdderTree;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.FlashConverter;
import dev.kirchhoff.peripherals.readout.MeasuredSenseFit;
import dev.kirchhoff.peripherals.readout.RescaledSar;
import dev.kirchhoff.peripherals.readout.SarConverter;
import dev.kirchhoff.peripherals.readout.SenseAmplifier;
import dev.kirchhoff.peripherals.readout.SurveyConverter;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;

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
  private static final String SURVEY = "survey-2025";

  /** The survey needs a rate beside bits: that of the default SAR at 8 bits (assumed). */
  private static final int SURVEY_RATE_BITS = 8;

  private static final String ADDER_TREE = "adder-tree";
  private static final String ADDER_CHAIN = "adder-chain";
  private static final String CHARGE_ARRAY = "charge-array";
  private static final String DIGITAL_ARRAY = "digital-array";
  private static final String NEUROSIM_SAR = "neurosim-sar-fit";
  private static final String NEUROSIM_FLASH = "neurosim-flash-fit";
  private static final String ZIGZAG = "ZigZag-IMC, arXiv 2305.18335, 28 nm, 0.9 V; read";
  private static final String NEUROSIM =
      "measured on DNN+NeuroSim V1.3, doi 10.1109/IEDM19573.2019.8993491, 130..7 nm; fitted";
  private static final String PUMA = "PUMA simulator, doi 10.1145/3297858.3304049, 32 nm; fitted";

  /** They follow from crossbar.compute and the kind of the readout and are no models to choose. */
  private static final List<String> IMPLIED =
      List.of(ADDER_TREE, ADDER_CHAIN, CHARGE_ARRAY, DIGITAL_ARRAY);

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
              "SAR of a benchmark tool; contains the array's read current."),
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
              "Flash of current-mode sense amplifiers of a benchmark tool; contains the array's"
                  + " read current."),
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
              DIGITAL_ARRAY,
              Part.CROSSBAR,
              "digital",
              ZIGZAG,
              "SRAM cells with a gate that multiplies, and an adder each in a chain."));

  private CircuitLibrary() {}

  private static Entry readout(
      String name, String kind, boolean standard, Range range, String source, String sentence) {
    Uncertainty uncertainty = Uncertainties.of(name);
    return new Entry(name, Part.READOUT, kind, standard, range, source, sentence, uncertainty);
  }

  private static Entry other(String name, Part part, String kind, String source, String sentence) {
    return new Entry(name, part, kind, true, LOGIC, source, sentence, Uncertainties.of(name));
  }

  /** All models. */
  public static List<Entry> entries() {
    return ENTRIES;
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
    return ENTRIES.stream()
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

  /** The entry that prices a readout. */
  static Entry entry(Readout readout) {
    String kind = readout.kind().word();
    String name = readout.model() instanceof ComponentModel.Named named ? named.name() : "";
    for (Entry entry : ENTRIES) {
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
    return Uncertainties.of(
        switch (part) {
          case CROSSBAR ->
              switch (chip.crossbar().compute().kind()) {
                case CURRENT -> "physical-array";
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

  /** The converter of a readout on a column. */
  static Converter converter(Process process, Readout readout, ColumnLoad load, double cycle_ns) {
    int bits = readout.bits();
    if (readout.model() instanceof ComponentModel.Named named) {
      return switch (named.name()) {
        case ISAAC_SAR -> new RescaledSar(process, bits);
        case SURVEY -> {
          double rate_ns = new SarConverter(process, SURVEY_RATE_BITS, load.rows()).time_ns();
          yield new SurveyConverter(process, bits, rate_ns);
        }
        case NEUROSIM_SAR -> new MeasuredSenseFit(process, bits, load, false);
        case NEUROSIM_FLASH -> new MeasuredSenseFit(process, bits, load, true);
        case "sar-28nm" -> new SarConverter(process, bits, load.rows());
        case "flash-28nm" -> new FlashConverter(process, bits, cycle_ns);
        case "current-sense" -> new SenseAmplifier(process, bits, load, cycle_ns);
        default -> {
          requireName(Part.READOUT, named.name());
          throw new IllegalStateException(
              "The model (" + named.name() + ") has an entry but no circuit.");
        }
      };
    }
    return standard(process, readout, load, cycle_ns);
  }

  private static Converter standard(
      Process process, Readout readout, ColumnLoad load, double cycle_ns) {
    return switch (readout.kind()) {
      case SAR -> new SarConverter(process, readout.bits(), load.rows());
      case FLASH -> new FlashConverter(process, readout.bits(), cycle_ns);
      case SENSE_AMPLIFIER -> new SenseAmplifier(process, readout.bits(), load, cycle_ns);
      case ADDER_TREE, ADDER_CHAIN ->
          throw new IllegalArgumentException(
              "A readout of kind ("
                  + readout.kind().word()
                  + ") adds bits.\nMaybe crossbar.compute should be digital.");
    };
  }
}
