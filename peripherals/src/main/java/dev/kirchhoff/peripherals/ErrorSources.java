package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.peripherals.analog.LoopRow;
import dev.kirchhoff.peripherals.link.OffChipLink;
import dev.kirchhoff.peripherals.memory.MemoryCircuits;
import dev.kirchhoff.peripherals.random.RandomCircuits;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.Uncertainty;

/** Sources of error of the circuits of a chip: the models that price its parts. */
final class ErrorSources {
  private ErrorSources() {}

  /**
   * Source of error of a part of a chip where the spec gives no figures: its model, together with
   * the models of its family. Circuits that serve converters of any family (amplifiers, samples,
   * multiplexers, drivers of rows) err by themselves, alike before every converter; so do wires,
   * routers and links, for which one source has 1.6x of our wires and 0.4x of our router.
   */
  static ErrorSource of(Circuits circuits, Chip chip, Part part, Quantity quantity) {
    String priced = model(chip, part);
    if (priced.isEmpty()) {
      return ErrorSource.NONE;
    }
    CircuitFile data = circuits.circuit(priced).orElseThrow();
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
          case FRONT_END,
              SAMPLE_HOLD,
              COLUMN_MUX,
              INPUT,
              TRANSPOSE,
              FEEDBACK,
              RANDOM,
              BUS,
              INTERCONNECT,
              LINKS,
              IO ->
              model;
          case CROSSBAR,
              ROW_SELECTOR,
              READOUT,
              SHIFT_ADD,
              INPUT_REGISTER,
              OUTPUT_REGISTER,
              WRITE_DRIVER,
              TILE_BUFFER,
              TILE_OUTPUT_REGISTER,
              RELU,
              SIGMOID,
              MAX_POOL,
              TILE_SHIFT_ADD,
              VECTOR,
              GLOBAL_BUFFER,
              PE_OTHERS,
              TILE_OTHERS,
              CHIP_OTHERS,
              CONTROL ->
              Families.of(chip, part).word();
        };
    return new ErrorSource(family, model, quantity, spread);
  }

  /**
   * The model that prices a part of a chip where the spec gives no figures: of a readout the one
   * that it names or the default of its kind, of other parts the one of their kind; empty for parts
   * that only a spec can price, for control, a share of what it controls, and for parts for kernels
   * that a chip does not have.
   */
  private static String model(Chip chip, Part part) {
    if (part == Part.READOUT) {
      return CircuitLibrary.entry(chip.pe().readout()).name();
    }
    if (part.isOthers() || part == Part.CONTROL) {
      return "";
    }
    String neurosim = NeurosimModels.of(chip, part);
    return neurosim.isEmpty() ? ownModel(chip, part) : neurosim;
  }

  private static String ownModel(Chip chip, Part part) {
    return switch (part) {
      case CROSSBAR ->
          switch (chip.crossbar().compute().kind()) {
            case CURRENT -> "physical-array";
            case DISCHARGE -> CircuitModels.SRAM_ARRAY;
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
      case TRANSPOSE ->
          switch (chip.pe().kernelParts().transpose()) {
            case OWN -> "transpose-converters";
            case SHARED -> "transpose-switches";
            case NONE -> "";
          };
      case FEEDBACK -> chip.pe().kernelParts().feedback().isEmpty() ? "" : LoopRow.CIRCUIT;
      case RANDOM -> random(chip.pe().kernelParts().random());
      case INPUT_REGISTER -> MemoryCircuits.name(chip.pe().inputRegister());
      case OUTPUT_REGISTER -> MemoryCircuits.name(chip.pe().outputRegister());
      case TILE_BUFFER -> MemoryCircuits.name(chip.tile().buffer());
      case TILE_OUTPUT_REGISTER -> MemoryCircuits.name(chip.tile().outputRegister());
      case GLOBAL_BUFFER -> MemoryCircuits.name(chip.uncore().globalBuffer());
      case BUS -> "repeated-wires";
      case INTERCONNECT, LINKS ->
          switch (chip.uncore().interconnect().kind().medium()) {
            case WIRES -> "repeated-wires";
            case SWITCHES -> "switch-box";
            case ROUTERS, NONE -> "router-orion";
          };
      case IO -> OffChipLink.name(chip.uncore().io());
    };
  }

  private static String random(RandomSource source) {
    return source.exists() ? RandomCircuits.name(source) : "";
  }
}
