package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.LoopAmplifier;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.peripherals.scaling.ScalingClass;
import java.util.Optional;

/** Models that a chip chooses for its parts, and the rule by which given figures are scaled. */
final class Models {
  private static final Part[] PARTS = Part.values();
  private static final ComponentModel STANDARD = ComponentModel.standard();

  private Models() {}

  /** The model of every part, by ordinal. */
  static ComponentModel[] of(Chip chip) {
    ComponentModel[] models = new ComponentModel[PARTS.length];
    for (Part part : PARTS) {
      models[part.ordinal()] = of(chip, part);
    }
    return models;
  }

  /** True if every part has the default model of its kind. */
  static boolean isEachDefault(ComponentModel[] models) {
    for (ComponentModel model : models) {
      if (!(model instanceof ComponentModel.Default)) {
        return false;
      }
    }
    return true;
  }

  /** The model of a part. */
  static ComponentModel of(Chip chip, Part part) {
    return switch (part) {
      case CROSSBAR -> chip.crossbar().model();
      case INPUT -> chip.pe().input().model();
      case SAMPLE_HOLD -> chip.pe().sampleHold().model();
      case READOUT -> chip.pe().readout().model();
      case SHIFT_ADD -> chip.pe().shiftAdd().model();
      case INPUT_REGISTER -> memory(chip.pe().inputRegister());
      case OUTPUT_REGISTER -> memory(chip.pe().outputRegister());
      case FEEDBACK ->
          chip.pe().kernelParts().feedback().map(LoopAmplifier::model).orElse(STANDARD);
      case RANDOM -> chip.pe().kernelParts().random().model();
      case TILE_BUFFER -> memory(chip.tile().buffer());
      case BUS -> chip.tile().bus().model();
      case TILE_OUTPUT_REGISTER -> memory(chip.tile().outputRegister());
      case RELU -> chip.tile().units().relu().model();
      case SIGMOID -> chip.tile().units().sigmoid().model();
      case MAX_POOL -> chip.tile().units().maxPool().model();
      case TILE_SHIFT_ADD -> chip.tile().units().shiftAdd().model();
      case VECTOR -> chip.tile().units().vector().model();
      case INTERCONNECT -> chip.uncore().interconnect().model();
      // A name is that of a router; figures are those of both.
      case LINKS ->
          chip.uncore().interconnect().model() instanceof ComponentModel.Given given
              ? given
              : STANDARD;
      case GLOBAL_BUFFER -> memory(chip.uncore().globalBuffer());
      case IO -> chip.uncore().io().map(Io::model).orElse(STANDARD);
      case ROW_SELECTOR, FRONT_END, COLUMN_MUX, WRITE_DRIVER, TRANSPOSE, CONTROL -> STANDARD;
      case PE_OTHERS, TILE_OTHERS, CHIP_OTHERS -> STANDARD;
    };
  }

  private static ComponentModel memory(Optional<Memory> memory) {
    return memory.map(Memory::model).orElse(STANDARD);
  }

  /** The class that a part's given figures scale by. */
  static ScalingClass scaling(Chip chip, Part part) {
    return switch (part) {
      case CROSSBAR -> ScalingClass.ARRAY;
      case FRONT_END, SAMPLE_HOLD, COLUMN_MUX, READOUT, TRANSPOSE, FEEDBACK -> ScalingClass.ANALOG;
      case INPUT,
          ROW_SELECTOR,
          SHIFT_ADD,
          INPUT_REGISTER,
          OUTPUT_REGISTER,
          TILE_OUTPUT_REGISTER,
          RELU,
          SIGMOID,
          MAX_POOL,
          TILE_SHIFT_ADD,
          VECTOR,
          RANDOM,
          PE_OTHERS,
          TILE_OTHERS,
          CHIP_OTHERS,
          CONTROL ->
          ScalingClass.LOGIC;
      case TILE_BUFFER, GLOBAL_BUFFER -> ScalingClass.SRAM;
      case BUS -> ScalingClass.WIRE;
      case INTERCONNECT, LINKS ->
          switch (chip.uncore().interconnect().kind().medium()) {
            case WIRES -> ScalingClass.WIRE;
            case ROUTERS, SWITCHES, NONE -> ScalingClass.LOGIC;
          };
      case WRITE_DRIVER -> ScalingClass.HIGH_VOLTAGE;
      case IO -> ScalingClass.INPUT_OUTPUT;
    };
  }
}
